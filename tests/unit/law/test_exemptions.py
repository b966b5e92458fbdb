from __future__ import annotations

import tomllib
from urllib.parse import urlsplit

import pytest

from redactor.config import resource_path
from redactor.errors import UsageError
from redactor.law.exemptions import Exemption, Harm, Standing, exemption_named, exemptions
from redactor.law.regimes import Regime


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
