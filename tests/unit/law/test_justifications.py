from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.law.exemptions import Exemption, Harm, exemption_named
from redactor.law.forms import Kind, Part, forms
from redactor.law.justifications import (
    is_answered,
    missing,
    objections,
    public_interest_of,
    questions,
    reason_of,
)
from redactor.law.regimes import Regime
from tests.unit.law.limbs import LIMBS, answers_to, name_of, ways_to_answer

S40 = exemption_named("s40(2) by s40(3A)(a)")
ORDINARY = {
    "identifiability": "Colleagues would know the sergeant from the unit and the year.",
    "data_class": "ordinary",
    "principle": "a",
    "legitimate_purpose": "The public wants to know how complaints are dealt with",
    "legitimate_necessity": "The role is released, and serves that without the name.",
    "legitimate_balance": "The person’s privacy outweighs what little the name would add.",
    "expectations": "Junior staff are told that they are not named.",
    "distress": "They were threatened before, and would be again.",
}


def keys(asked: object) -> list[str]:
    return [one.key for one in asked]  # type: ignore[attr-defined]


def misses_whatever_is_taken_away(limb: Exemption, answers: dict[str, str]) -> None:
    assert missing(limb, answers) == ()
    for question in questions(limb, answers):
        if question.key in limb.requires:
            less = {key: said for key, said in answers.items() if key != question.key}
            assert question.key in keys(missing(limb, less))
            assert question.key in keys(missing(limb, {**answers, question.key: "  \n"}))


def says_each_answer_once(limb: Exemption, answers: dict[str, str]) -> None:
    reason, interest = reason_of(limb, answers), public_interest_of(limb, answers)
    assert reason
    assert "\n" not in reason + interest
    for question in questions(limb, answers):
        here, there = (reason, interest) if question.part is Part.REASON else (interest, reason)
        if question.kind is Kind.TEXT:
            said = f"{question.lead}: {answers[question.key]}"
            assert here.count(said) == 1
            assert said not in there
        if question.choices:
            chosen = next(c for c in question.choices if c.value == answers[question.key])
            assert chosen.says in here


@pytest.mark.parametrize("limb", LIMBS, ids=name_of)
def test_a_limb_misses_every_required_answer_and_says_each_that_it_has(limb: Exemption) -> None:
    for answers in ways_to_answer(limb):
        misses_whatever_is_taken_away(limb, answers)
        says_each_answer_once(limb, answers)


@given(data=st.data(), limb=st.sampled_from(LIMBS))
def test_any_limb_does_so_however_it_is_answered(data: st.DataObject, limb: Exemption) -> None:
    answers = data.draw(answers_to(limb))
    misses_whatever_is_taken_away(limb, answers)
    says_each_answer_once(limb, answers)


@pytest.mark.parametrize("limb", LIMBS, ids=name_of)
def test_a_limb_that_weighs_the_public_interest_asks_for_both_sides_and_the_balance(
    limb: Exemption,
) -> None:
    asked = set(limb.requires)
    assert ("interest_balance" in asked) is limb.needs_public_interest_test
    if limb.needs_public_interest_test and limb.citation != "reg 12(4)(a)":
        assert {"interest_for", "interest_against"} <= asked


@pytest.mark.parametrize("limb", LIMBS, ids=name_of)
def test_a_limb_asks_for_the_harm_that_its_legal_test_is_about(limb: Exemption) -> None:
    asked = set(limb.requires)
    assert (limb.test is Harm.PREJUDICE) is ({"prejudice", "causal_link", "likelihood"} <= asked)
    assert (limb.test is Harm.ADVERSE_EFFECT) is ({"adverse_effect", "why_would"} <= asked)
    assert (limb.test is Harm.NEED) is ("need" in asked)
    assert limb.neither_confirm_nor_deny is ("why_neither" in asked)


def test_every_question_is_asked_by_some_limb_and_every_key_has_a_question() -> None:
    asked = {key for limb in LIMBS for key in (*limb.requires, *limb.asks)}
    assert asked == set(forms().questions)


def test_no_form_asks_the_same_question_twice() -> None:
    for limb in LIMBS:
        asked = (*limb.requires, *limb.asks)
        assert len(set(asked)) == len(asked)


def test_ordinary_data_is_asked_for_the_three_parts_of_the_legitimate_interests() -> None:
    asked = keys(questions(S40, ORDINARY))
    assert asked[:6] == [
        "identifiability", "data_class", "principle",
        "legitimate_purpose", "legitimate_necessity", "legitimate_balance",
    ]  # fmt: skip
    assert not {"article_9_head", "offence_limb", "other_principle"} & set(asked)
    assert missing(S40, ORDINARY) == ()


def test_special_category_data_is_asked_for_its_head_and_its_condition_instead() -> None:
    answers = {**ORDINARY, "data_class": "special", "article_9_condition": "none"}
    assert "article_9_head" in keys(missing(S40, answers))
    assert not any(one.startswith("legitimate") for one in keys(questions(S40, answers)))
    assert "offence_limb" not in keys(questions(S40, answers))


def test_where_a_condition_is_met_the_legitimate_interests_are_weighed_after_all() -> None:
    answers = {"data_class": "special", "article_9_condition": "public", "principle": "a"}
    assert "legitimate_balance" in keys(missing(S40, answers))
    both = {**answers, "data_class": "both", "offence_condition": "none"}
    assert "legitimate_balance" not in keys(missing(S40, both))


def test_criminal_offence_data_is_asked_which_part_of_section_11_it_is() -> None:
    asked = keys(missing(S40, {"data_class": "criminal"}))
    assert {"offence_limb", "offence_condition"} <= set(asked)
    assert "article_9_head" not in asked
    values = [one.value for one in forms().questions["offence_limb"].choices]
    assert {"alleged", "proceedings"} <= set(values)


def test_another_principle_has_to_be_named_and_needs_no_legitimate_interests() -> None:
    answers = {**ORDINARY, "principle": "other"}
    assert keys(missing(S40, answers)) == ["other_principle"]


def test_an_answer_to_a_question_that_no_longer_applies_is_said_nowhere() -> None:
    answers = {**ORDINARY, "article_9_head": "health", "other_principle": "It is stale by now."}
    assert "health" not in reason_of(S40, answers)
    assert "stale" not in reason_of(S40, answers)


def test_the_reason_reads_as_a_paragraph() -> None:
    said = reason_of(S40, ORDINARY)
    assert said.startswith(
        "Who could recognise whom: Colleagues would know the sergeant from the unit and the year. "
        "It is ordinary personal data. Disclosure would contravene principle (a), that processing "
        "is lawful, fair and transparent. Legitimate interest: The public wants to know how "
        "complaints are dealt with. Necessity: "
    )
    assert public_interest_of(S40, ORDINARY) == ""


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("identifiability", "Everybody."), ("data_class", "secret"), ("principle", "A"),
        ("distress", "x" * 19),
    ],
)  # fmt: skip
def test_an_answer_that_explains_nothing_is_none(key: str, said: str) -> None:
    assert keys(missing(S40, {**ORDINARY, key: said})) == [key]
    assert not is_answered(forms().questions[key], {key: said})


def test_reasons_that_are_left_out_of_the_notice_have_to_be_explained() -> None:
    answers = {**ORDINARY, "reasons_withheld": "yes"}
    assert keys(missing(S40, answers)) == ["reasons_withheld_why"]
    assert missing(S40, {**ORDINARY, "reasons_withheld": "no"}) == ()
    assert "section 17(4)" in reason_of(S40, answers)


def test_every_limb_of_the_act_and_no_other_offers_to_leave_the_reasons_out() -> None:
    for limb in LIMBS:
        assert ("reasons_withheld" in limb.asks) is (limb.regime is Regime.FOI)


@pytest.mark.parametrize(
    ("day", "is_one"), [("2026-03-04", True), ("4 March 2026", False), ("2026-02-30", False)]
)
def test_section_36_asks_who_gave_the_opinion_when_and_what_it_is(day: str, is_one: bool) -> None:
    limb = exemption_named("s36(2)(b)(i)")
    assert limb.requires[:3] == ("qualified_person", "opinion_date", "opinion")
    assert ("opinion_date" not in keys(missing(limb, {"opinion_date": day}))) is is_one
    assert ("The opinion was given on 4 March 2026." in reason_of(limb, {"opinion_date": day})) is (
        is_one
    )


@pytest.mark.parametrize(
    ("citation", "regime", "answers", "why"),
    [
        ("s42(1)", Regime.FOI, {"privilege_waived": "yes"}, "no longer privileged"),
        ("s22", Regime.FOI, {"publication_settled": "no"}, "older than the request"),
        ("s35(1)(a)", Regime.FOI, {"of_department": "no"}, "government departments"),
        ("s32(1)(a)", Regime.FOI, {"held_only_by": "no"}, "held only by virtue"),
        ("reg 12(5)(f)", Regime.EIR, {"emissions": "yes"}, "regulation 12(9)"),
        ("DPA 2018 Sch 2 para 16", Regime.SAR, {"other_consent": "consented"}, "consented"),
    ],
)
def test_an_answer_that_takes_the_limb_away_is_objected_to(
    citation: str, regime: Regime, answers: dict[str, str], why: str
) -> None:
    (said,) = objections(exemption_named(citation, regime), answers)
    assert why in said


def test_only_paragraphs_d_to_g_of_regulation_12_5_ask_about_emissions() -> None:
    asking = {limb.citation for limb in LIMBS if "emissions" in limb.requires}
    assert asking == {f"reg 12(5)({one})" for one in "defg"}


def test_each_restriction_for_law_enforcement_is_necessary_proportionate_and_recorded() -> None:
    for limb in LIMBS:
        if limb.regime is Regime.SAR_LE and limb.section == "45":
            assert {"need", "causal_link", "proportionate"} <= set(limb.requires)
            # Who neither confirms nor denies has answered it already.
            assert ("tells_restriction" in limb.asks) is not limb.neither_confirm_nor_deny


def test_the_words_of_the_forms_never_call_anything_absolute() -> None:
    for one in forms().questions.values():
        said = " ".join([one.asks, one.help, one.lead, *(c.label + c.says for c in one.choices)])
        assert "absolute" not in said.casefold()
        assert one.source.startswith(("https://www.legislation.gov.uk/", "https://ico.org.uk/"))
