from __future__ import annotations

import tomllib
from urllib.parse import urlsplit

import pytest

from redactor.config import resource_path
from redactor.errors import UsageError
from redactor.law.exemptions import Exemption, Harm, Standing, exemption_named, exemptions
from redactor.law.regimes import Regime
from tests.unit.law.limbs import LIMBS, name_of


def test_the_usual_limb_of_section_40_comes_first() -> None:
    first = exemptions()[0]
    assert first.citation == "s40(2) by s40(3A)(a)"
    assert first.label == "s40(2)"
    assert first.standing is Standing.ABSOLUTE
    assert not first.needs_public_interest_test


def test_only_the_first_condition_of_section_40_is_called_absolute() -> None:
    standing = {one.citation: one.standing for one in exemptions() if "s40(2)" in one.citation}
    assert {name for name, one in standing.items() if one is Standing.ABSOLUTE} == {
        "s40(2) by s40(3A)(a)",
        "s40(2) by s40(3A)(b)",
    }
    assert {name for name, one in standing.items() if one is Standing.QUALIFIED} == {
        "s40(2) by s40(3B)",
        "s40(2) by s40(4A)(a)",
        "s40(2) by s40(4A)(b)",
    }


@pytest.mark.parametrize("citation", ["s40(5B)(b)", "s40(5B)(c)", "s40(5B)(d)"])
def test_these_limbs_of_neither_confirm_nor_deny_need_the_public_interest_test(
    citation: str,
) -> None:
    found = exemption_named(citation)
    assert found.neither_confirm_nor_deny
    assert found.needs_public_interest_test


@pytest.mark.parametrize(
    ("section", "standing"),
    [
        ("s21", Standing.ABSOLUTE), ("s22", Standing.QUALIFIED), ("s23(1)", Standing.ABSOLUTE),
        ("s24(1)", Standing.QUALIFIED), ("s27(2)", Standing.QUALIFIED),
        ("s30(1)(a)", Standing.QUALIFIED), ("s31(1)(g)", Standing.QUALIFIED),
        ("s32(1)(a)", Standing.ABSOLUTE), ("s35(1)(a)", Standing.QUALIFIED),
        ("s36(2)(b)(ii)", Standing.QUALIFIED), ("s38(1)(b)", Standing.QUALIFIED),
        ("s40(1)", Standing.ABSOLUTE), ("s41(1)", Standing.ABSOLUTE),
        ("s42(1)", Standing.QUALIFIED), ("s43(2)", Standing.QUALIFIED),
        ("s44(1)(c)", Standing.ABSOLUTE),
    ],
)  # fmt: skip
def test_each_section_stands_as_section_2_3_of_the_act_says(
    section: str, standing: Standing
) -> None:
    assert exemption_named(section).standing is standing


def test_prejudice_must_be_shown_for_law_enforcement_but_not_for_investigations() -> None:
    assert exemption_named("s31(1)(a)").test is Harm.PREJUDICE
    assert exemption_named("s30(1)(a)").test is Harm.CLASS
    assert exemption_named("s27(1)(a)").test is Harm.PREJUDICE
    assert exemption_named("s43(1)").test is Harm.CLASS


@pytest.mark.parametrize(
    "written",
    [
        "s40(2) by s40(3A)(a)",
        "s.40(2) by virtue of 40(3A)(a)",
        "Section 40(2) & (3a)(a)",
        "40(2)(3A)(a)",
        "  S40 (2)  by  s40 (3A) (a) FOIA",
        "section 40(2) by virtue of section 40(3A)(a) of the Freedom of Information Act 2000",
    ],
)
def test_a_citation_is_known_however_it_is_written(written: str) -> None:
    assert exemption_named(written) is exemptions()[0]


def test_a_law_enforcement_limb_is_known_in_words() -> None:
    assert exemption_named("section 31(1)(a)").citation == "s31(1)(a)"


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("s40(2)", "s40(2) by s40(3A)(a)"),
        ("s31(1)", "s31(1)(a)"),
        ("s41(3)", "s41(1)"),
    ],
)
def test_a_citation_without_its_limb_is_refused_with_what_is_near(written: str, near: str) -> None:
    with pytest.raises(UsageError) as refused:
        exemption_named(written)
    assert near in refused.value.user_message


@pytest.mark.parametrize("written", ["", "personal data", "(b)(6)", "s40(2) Okoro", "s999"])
def test_what_is_no_citation_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(UsageError) as refused:
        exemption_named(written)
    assert not written or written not in refused.value.user_message


def test_no_two_limbs_share_a_citation_and_each_finds_itself() -> None:
    citations = [one.citation for one in exemptions()]
    assert len(set(citations)) == len(citations)
    for one in exemptions():
        assert exemption_named(one.citation) is one


def test_every_entry_says_what_to_record_and_where_it_stands_in_the_act() -> None:
    for one in exemptions():
        assert one.title
        assert one.record.endswith(".")
        assert urlsplit(one.source).netloc == "www.legislation.gov.uk"
        assert one.label in one.citation
        assert ("public interest" in one.record) is (
            one.needs_public_interest_test or one.citation == "s41(1)"
        )


def test_the_resources_hold_nothing_that_is_not_read() -> None:
    read = {*Exemption.__dataclass_fields__, "spares"}
    for regime in Regime:
        with resource_path("law", "exemptions", f"{regime}.toml").open("rb") as file:
            listed = tomllib.load(file)
        assert set(listed) <= {
            "version", "stands_on", "in_force", "source", "exemption", "conflict", "repealed",
        }  # fmt: skip
        assert {key for one in listed["exemption"] for key in one} <= read


@pytest.mark.parametrize("limb", LIMBS, ids=name_of)
def test_every_limb_is_complete(limb: Exemption) -> None:
    assert limb.title
    assert limb.requires
    assert limb.record.endswith(".")
    assert limb.letter.endswith(".")
    assert limb.label in limb.citation
    address = urlsplit(limb.source)
    assert (address.scheme, address.netloc) == ("https", "www.legislation.gov.uk")
    number = limb.section.removeprefix("Sch ")
    assert f"/{number}" in address.path
    assert limb.in_force.year >= 2005


@pytest.mark.parametrize("limb", LIMBS, ids=name_of)
def test_nothing_but_an_absolute_limb_of_the_act_is_anywhere_called_absolute(
    limb: Exemption,
) -> None:
    said = f"{limb.title} {limb.record} {limb.letter} {limb.note}".casefold()
    assert "absolute" not in said
    assert "absolute" not in limb.citation
    if limb.standing is Standing.ABSOLUTE:
        assert limb.regime is Regime.FOI


def test_just_those_limbs_are_absolute_that_section_2_3_names() -> None:
    absolute = {one.citation for one in exemptions() if one.standing is Standing.ABSOLUTE}
    by_section = {one.section for one in exemptions() if one.citation in absolute}
    assert by_section == {"21", "23", "32", "34", "37", "40", "41", "44"}
    assert {one for one in absolute if one.startswith(("s37", "s40"))} == {
        "s37(1)(a)", "s37(1)(aa)", "s37(1)(ab)",
        "s40(1)", "s40(2) by s40(3A)(a)", "s40(2) by s40(3A)(b)",
    }  # fmt: skip
    for section in ("21", "23", "32", "34", "41", "44"):
        standing = {one.standing for one in exemptions() if one.section == section}
        assert standing == {Standing.ABSOLUTE}


def test_section_36_is_qualified_with_a_note_on_parliament() -> None:
    for one in exemptions():
        if one.section == "36":
            assert one.standing is Standing.QUALIFIED
            assert "House of Lords" in one.note


def test_section_41_weighs_a_public_interest_of_its_own() -> None:
    limb = exemption_named("s41(1)")
    assert not limb.needs_public_interest_test
    assert "confidence_defence" in limb.requires
    assert "public interest" in limb.record


def test_every_exception_of_regulation_12_is_qualified_and_presumes_disclosure() -> None:
    for one in exemptions(Regime.EIR):
        if one.section == "12":
            assert one.standing is Standing.QUALIFIED
            assert "presumption in favour of disclosure" in one.record
            assert (one.test is Harm.ADVERSE_EFFECT) is not one.citation.startswith("reg 12(4)")


def test_regulation_13_weighs_the_public_interest_by_its_second_and_third_conditions_only() -> None:
    weighed = {
        one.citation.partition(" by reg 13")[2]
        for one in exemptions(Regime.EIR)
        if one.section == "13" and one.needs_public_interest_test
    }
    assert weighed == {"(2B)", "(3A)(a)", "(3A)(b)", "(5B)(b)", "(5B)(c)", "(5B)(d)"}


def test_no_public_interest_is_weighed_against_a_right_of_access() -> None:
    for regime in (Regime.SAR, Regime.SAR_LE):
        assert {one.standing for one in exemptions(regime)} == {Standing.UNWEIGHED}


@pytest.mark.parametrize(
    ("regime", "first"),
    [
        (Regime.EIR, "reg 13(1) by reg 13(2A)(a)"),
        (Regime.SAR, "DPA 2018 Sch 2 para 16"),
        (Regime.SAR_LE, "DPA 2018 s45(4)(e)"),
    ],
)
def test_what_protects_other_people_is_offered_first(regime: Regime, first: str) -> None:
    assert exemptions(regime)[0].citation == first


def test_every_exception_and_restriction_that_forces_use_is_there() -> None:
    known = {one.citation for one in LIMBS}
    assert {f"reg 12(4)({one})" for one in "abcde"} <= known
    assert {f"reg 12(5)({one})" for one in "abcdefg"} <= known
    assert {f"DPA 2018 s45(4)({one})" for one in "abce"} <= known
    assert {f"DPA 2018 Sch 2 para {one}" for one in (16, 19, 24)} <= known
    assert {"s45A(1)", "s78A(1)"} <= {one.label for one in LIMBS if one.regime is Regime.SAR_LE}
    sections = {one.section for one in exemptions()}
    assert sections >= {"22A", *map(str, range(21, 25)), *map(str, range(26, 45))}


def test_counterparts_are_limbs_of_other_laws() -> None:
    regimes = {one.citation: one.regime for one in LIMBS}
    for one in LIMBS:
        for other in one.counterparts:
            assert regimes[other] is not one.regime


def test_a_refusal_to_confirm_is_about_saying_whether_it_is_held() -> None:
    neither = [one for one in LIMBS if one.neither_confirm_nor_deny]
    assert all(one.title.startswith("Neither confirm nor deny: ") for one in neither)
    assert {one.regime for one in neither} == set(Regime), "each law has a way to do it"
