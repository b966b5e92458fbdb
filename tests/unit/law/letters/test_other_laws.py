"""The letters of every law are held to its own citations, standing and public interest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.law.exemptions import Standing, exemptions
from redactor.law.letters import CaseFacts, Kind
from redactor.law.letters.citations import citations_in
from redactor.law.regimes import Regime
from redactor.law.request import Stance
from redactor.release.letter import citation_in_words
from tests.unit.law.letters.kit import CLEAN_FOI, CLEAN_SAR, issues, said
from tests.unit.law.letters.other_laws import CLEAN_EIR, CLEAN_SAR_LE

_CLEAN = {"foi": CLEAN_FOI, "eir": CLEAN_EIR, "sar": CLEAN_SAR, "sar-le": CLEAN_SAR_LE}
#: What the second question of the EIR letter says, to say something else in its place.
_NAMES = CLEAN_EIR[
    CLEAN_EIR.index("The names are withheld") : CLEAN_EIR.index("Under regulation 11")
]


def _instead(text: str) -> str:
    return CLEAN_EIR.replace(_NAMES, f"{text}\n")


@pytest.mark.parametrize("regime", list(_CLEAN))
def test_a_letter_that_is_as_it_should_be_gives_no_issue(regime: str) -> None:
    assert [(one.kind, one.message) for one in issues(_CLEAN[regime])] == []


@pytest.mark.parametrize("regime", list(Regime))
def test_each_limb_of_a_law_is_read_as_it_is_written_and_as_a_letter_says_it(
    regime: Regime,
) -> None:
    for one in exemptions(regime):
        for text in (one.citation, citation_in_words(one.citation)):
            found = citations_in([f"It is withheld under {text}, because."], regime)
            assert [each.exemption for each in found] == [one], text
            assert [fault for each in found for fault in each.faults] == [], text


@pytest.mark.parametrize(
    ("regime", "text", "cited"),
    [
        ("eir", "regulation 12(5)(e) and (f)", ["reg 12(5)(e)", "reg 12(5)(f)"]),
        ("eir", "regs. 12(4)(d) and 12(4)(e)", ["reg 12(4)(d)", "reg 12(4)(e)"]),
        ("eir", "regulation 13(1) and regulation 13(2A)(a)", ["reg 13(1) by reg 13(2A)(a)"]),
        ("sar", "paragraphs 16 and 19 of Schedule 2", ["DPA 2018 Sch 2 para 16",
                                                      "DPA 2018 Sch 2 para 19"]),
        ("sar", "Schedule 2, Part 1, paragraph 2(1)(a) and (b) to the DPA 2018",
         ["DPA 2018 Sch 2 para 2(1)(a)", "DPA 2018 Sch 2 para 2(1)(b)"]),
        ("sar", "paragraph 2(1)(a) of Part 1 of Schedule 2 to the Data Protection Act 2018",
         ["DPA 2018 Sch 2 para 2(1)(a)"]),
        ("sar-le", "section 45(4)(a) and (b) of the Act", ["DPA 2018 s45(4)(a)",
                                                          "DPA 2018 s45(4)(b)"]),
    ],
)  # fmt: skip
def test_a_citation_is_read_as_it_is_meant(regime: str, text: str, cited: list[str]) -> None:
    found = citations_in([f"under {text}."], regime)
    assert [one.exemption.citation for one in found if one.exemption] == cited


@pytest.mark.parametrize(
    ("regime", "text", "kind", "message"),
    [
        ("eir", "regulation 12(5)(h)", Kind.CITATION, "no reg 12(5)(h)"),
        ("eir", "regulation 12(5(e)", Kind.CITATION, "bracket is missing"),
        ("eir", "regulation 13(1) and 13(2a)(a)", Kind.CITATION, "with a capital"),
        ("eir", "regulation 13(1) & (2A)(a)", Kind.CITATION, "how the limb belongs"),
        ("eir", "regulation 13(2)(a)(i)", Kind.SUPERSEDED, "replaced on 25 May 2018"),
        ("eir", "regulation 13(5)(a)", Kind.SUPERSEDED, "replaced on 25 May 2018"),
        ("sar", "paragraph 29 of Schedule 2", Kind.CITATION, "has no paragraph 29"),
        ("sar", "paragraph 2 of Schedule 2", Kind.LIMB, "without its limb"),
        ("sar-le", "section 45(4)(f) of the Act", Kind.CITATION, "no s45(4)(f)"),
        ("sar-le", "section 45(4)(d) of the Act", Kind.SUPERSEDED, "repealed on 5 September 2025"),
    ],
)
def test_what_is_wrong_with_a_citation_is_said(
    regime: str, text: str, kind: Kind, message: str
) -> None:
    letter = _CLEAN[regime].replace("Yours sincerely", f"It is withheld under {text}.")
    assert any(message in one for one in said(letter, kind)), said(letter, kind)


def test_section_45_4_without_its_limb_is_an_issue_and_the_right_itself_is_none() -> None:
    letter = CLEAN_SAR_LE.replace("section 45(4)(b)", "section 45(4)")
    assert len(said(letter, Kind.LIMB)) == 1
    letter = CLEAN_SAR_LE.replace("under section 45(4)(b) of the Act", "under section 78A(1)")
    assert said(letter, Kind.LIMB) == []


@pytest.mark.parametrize("limb", ["12", "12(5)", "13(1)"])
def test_an_exception_without_its_limb_is_an_issue(limb: str) -> None:
    cited = "12(5)(g)" if limb.startswith("12") else "13(1) by virtue of regulation 13(2A)(a)"
    assert len(said(CLEAN_EIR.replace(f"regulation {cited}", f"regulation {limb}"), Kind.LIMB)) == 1


# --- standing and public interest ---------------------------------------------------------------


def test_no_exception_of_the_regulations_is_absolute() -> None:
    letter = CLEAN_EIR.replace(
        "The information is not about emissions.", "Regulation 12(5)(g) is an absolute exception."
    )
    assert said(letter, Kind.STANDING) == [
        (
            "Regulation 12 is called absolute. As cited here it is qualified "
            "(regulations 12(1)(b) and 13(1)(b))."
        )
    ]


@pytest.mark.parametrize("called", ["absolute", "qualified"])
def test_personal_data_by_a_principle_are_neither_absolute_nor_qualified(called: str) -> None:
    letter = CLEAN_EIR.replace(
        "To disclose them", f"Regulation 13(1) is {called} here. To disclose them"
    )
    (told,) = said(letter, Kind.STANDING)
    assert "neither absolute nor qualified" in told


def test_a_restriction_of_the_right_of_access_is_not_called_qualified() -> None:
    letter = CLEAN_SAR_LE.replace(
        "The restriction is", "Section 45(4)(b) is a qualified exemption. The restriction is"
    )
    assert len(said(letter, Kind.STANDING)) == 1
    assert said(CLEAN_SAR_LE.replace("You asked", "The right is not absolute. You asked"),
                Kind.STANDING) == []  # fmt: skip


def test_every_exception_of_regulation_12_weighs_the_public_interest() -> None:
    start, end = CLEAN_EIR.index("We applied the"), CLEAN_EIR.index("Question 2")
    told = said(CLEAN_EIR[:start] + CLEAN_EIR[end:], Kind.PUBLIC_INTEREST)
    assert any("reg 12(5)(g) is qualified" in one and "14(3)(b)" in one for one in told)
    assert any("presumption in favour of disclosure" in one for one in told)


def test_the_presumption_in_favour_of_disclosure_has_to_be_applied() -> None:
    letter = CLEAN_EIR.replace("We applied the presumption in favour of disclosure in regulation "
                               "12(2). ", "")  # fmt: skip
    (told,) = said(letter, Kind.PUBLIC_INTEREST)
    assert "regulation 12(2)" in told


def test_what_was_not_held_has_nothing_to_weigh() -> None:
    letter = _instead(
        "We did not hold the names when your request was received (regulation 12(4)(a))."
    )
    assert [one.message for one in issues(letter)] == []
    facts = CaseFacts(
        "eir", {"reg 12(5)(g)": Standing.QUALIFIED}, questions=(Stance.HELD, Stance.NOT_HELD)
    )
    assert said(letter, Kind.LOG, facts) == []
    held = replace(facts, questions=(Stance.HELD, Stance.HELD))
    assert len(said(letter, Kind.LOG, held)) == 1


@pytest.mark.parametrize("regime", ["sar", "sar-le"])
def test_a_public_interest_test_has_no_place_in_a_letter_about_access(regime: str) -> None:
    letter = _CLEAN[regime].replace(
        "Yours sincerely", "We applied the public interest test to what is withheld."
    )
    (told,) = said(letter, Kind.PUBLIC_INTEREST)
    assert "Take it out" in told


# --- grounds of another law -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "text", "citation"),
    [
        ("foi", "regulation 12(5)(e)", "reg 12(5)(e)"),
        ("foi", "regulation 13(1) by virtue of regulation 13(2A)(a)", "reg 13(1) by"),
        ("foi", "paragraph 16 of Schedule 2 to the Data Protection Act 2018", "Sch 2 para 16"),
        ("foi", "section 45(4)(b) of the Data Protection Act 2018", "s45(4)(b)"),
        ("eir", "section 43(2)", "s43(2)"),
        ("eir", "section 40(2) by virtue of section 40(3A)(a)", "s40(2) by"),
        ("eir", "section 42", "s42(1)"),
        ("sar", "section 31(1)(a) of the Freedom of Information Act 2000", "s31(1)(a)"),
        ("sar", "section 40(2) by virtue of section 40(3A)(a)", "s40(2) by"),
        ("sar", "section 45(4)(e) of the Data Protection Act 2018", "s45(4)(e)"),
        ("sar-le", "paragraph 16 of Schedule 2 to the Data Protection Act 2018", "Sch 2 para 16"),
        ("sar-le", "regulation 12(5)(b)", "reg 12(5)(b)"),
    ],
)
def test_a_ground_of_another_law_is_said_to_be_one(regime: str, text: str, citation: str) -> None:
    letter = _CLEAN[regime].replace("Yours sincerely", f"It is also withheld under {text}.")
    told = [one for one in said(letter, Kind.CITATION, CaseFacts(regime)) if "belongs to" in one]
    assert len(told) == 1
    assert citation in told[0]


@pytest.mark.parametrize(
    ("regime", "text"),
    [
        ("foi", "See the guidance on section 40 and regulation 13."),
        ("foi", "Section 39(1)(a) applies, and we withhold it under regulation 12(5)(b)."),
        ("eir", "Section 39 of the Freedom of Information Act 2000 exempts what is environmental."),
        ("eir", "This is law under section 44 of the Police Act 1996."),
        ("sar", "We keep data as section 44(1)(a) of the Act says."),
        ("sar-le", "We told you so under section 44(2) of the Act."),
    ],
)  # fmt: skip
def test_where_two_laws_meet_nothing_is_said(regime: str, text: str) -> None:
    letter = _CLEAN[regime].replace("Yours sincerely", text)
    assert [one for one in said(letter, Kind.CITATION) if "belongs to" in one] == []


def test_what_a_person_could_not_obtain_themselves_is_a_limb_that_names_the_other_law() -> None:
    limb = "section 40(2) by virtue of section 40(4A)(b)"
    letter = CLEAN_FOI.replace(
        "Yours sincerely",
        f"It is withheld under {limb}, since section 45(4)(b) of the Data Protection Act 2018 "
        "applies. The public interest in it was weighed, and favours withholding it.",
    )
    assert [one for one in said(letter, Kind.CITATION) if "belongs to" in one] == []


# --- neither confirming nor denying ---------------------------------------------------------------

_NEITHER = "As to question 3, we neither confirm nor deny that we hold it"


def test_neither_confirming_nor_denying_needs_its_limb() -> None:
    letter = CLEAN_FOI.replace("Yours sincerely", f"{_NEITHER}, since that would tell.")
    (told,) = said(letter, Kind.LIMB)
    assert "s40(5B)(a)(i)" in told
    assert "section 17(1)(b)" in told
    assert (
        said(letter.replace("since that", "by section 40(5B)(a)(i), since that"), Kind.LIMB) == []
    )
    (told,) = said(_instead(f"{_NEITHER}, since that would tell."), Kind.LIMB)
    assert "reg 13(5A) by reg 13(5B)(a)(i)" in told


@pytest.mark.parametrize("regime", ["foi", "eir"])
def test_each_limb_of_neither_confirming_nor_denying_weighs_what_it_has_to(regime: str) -> None:
    for one in exemptions(regime):
        if not one.neither_confirm_nor_deny:
            continue
        said_so = f"{_NEITHER}, under {citation_in_words(one.citation)}, because it would tell."
        letter = _CLEAN[regime].replace("Yours sincerely", said_so)
        told = said(letter, Kind.PUBLIC_INTEREST)
        assert [one.citation in each for each in told] == [True] * one.needs_public_interest_test
        weighed = " The public interest in neither confirming nor denying outweighs that in saying."
        assert said(letter.replace(said_so, said_so + weighed), Kind.PUBLIC_INTEREST) == []


@pytest.mark.parametrize("limb", ["s40(5B)(b)", "s40(5B)(c)", "s40(5B)(d)", "s31(3)"])
def test_a_qualified_limb_of_neither_confirming_nor_denying_is_not_absolute(limb: str) -> None:
    letter = CLEAN_FOI.replace("Yours sincerely", f"{_NEITHER}. The limb, {limb}, is absolute.")
    assert len(said(letter, Kind.STANDING)) == 1


def test_the_commissioner_checks_a_restriction_of_law_enforcement() -> None:
    start, end = CLEAN_SAR_LE.index("You have the right under"), CLEAN_SAR_LE.index("You may also")
    (told,) = said(CLEAN_SAR_LE[:start] + CLEAN_SAR_LE[end:], Kind.NOTICE)
    assert "51" in told


def test_to_say_why_it_is_not_confirmed_is_no_confirmation() -> None:
    letter = CLEAN_FOI.replace(
        "Question 3\n",
        "Question 3\nWe neither confirm nor deny that we hold it (section 40(5B)(a)(i)).\n"
        "To say whether we hold the information would itself disclose personal data.\n",
    )
    assert [one for one in said(letter, Kind.CONTRADICTION) if "here it confirms" in one] == []


def test_answers_that_say_the_same_are_no_reasoning_said_twice() -> None:
    again = "We have searched for the information you asked for and we do not hold it.\n"
    letter = CLEAN_FOI.replace("Question 3\n", f"{again}Question 3\n{again}")
    assert said(letter, Kind.REPETITION) == []
