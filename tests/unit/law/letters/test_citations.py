from __future__ import annotations

import pytest

from redactor.law.exemptions import exemptions
from redactor.law.letters import Kind
from redactor.law.letters.citations import citations_in
from redactor.law.letters.data import sections
from tests.unit.law.letters.kit import CLEAN_FOI, kinds, said

_LIMB = "s40(2) by s40(3A)(a)"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("section 40(2) by virtue of section 40(3A)(a)", [_LIMB]),
        ("section 40(2) and 40(3A)(a) of the Freedom of Information Act 2000", [_LIMB]),
        ("s.31(1)(a) and (b)", ["s31(1)(a)", "s31(1)(b)"]),
        ("sections 30(1)(a) and 31(1)(a)", ["s30(1)(a)", "s31(1)(a)"]),
        ("section 36(2)(b)(i) and (ii)", ["s36(2)(b)(i)", "s36(2)(b)(ii)"]),
        ("section 36(2)(b)(i) and (c)", ["s36(2)(b)(i)", "s36(2)(c)"]),
        ("section 31(1)(a), (b) and (g)", ["s31(1)(a)", "s31(1)(b)", "s31(1)(g)"]),
        ("(section 42(1))", ["s42(1)"]),
        ("s40(5B)(a)(i)", ["s40(5B)(a)(i)"]),
        ("section 42", ["s42(1)"]),
        ("section 22(1)", ["s22"]),
    ],
)
def test_a_citation_is_read_as_it_is_meant(text: str, cited: list[str]) -> None:
    found = citations_in([text])
    assert [one.exemption.citation for one in found if one.exemption] == cited
    assert not [fault for one in found for fault in one.faults]


@pytest.mark.parametrize(
    "text",
    [
        "section 35(8) of the Data Protection Act 2018",
        "section 23 of the Police Act 1996",
        "Data Protection Act 2018 section 40(4)",
        "Article 40(2) of the UK GDPR",
        "in 38 (a) of the cases",
        "paragraph 24(1) of Schedule 2",
        "on 31 March 2024",
        "[2023] UKUT 40 (AAC)",
        "£40(2)",
    ],
)
def test_a_section_of_another_law_is_not_taken_for_one_of_the_act(text: str) -> None:
    assert citations_in([text]) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Section 40(2(3)(a)", "bracket is missing"),
        ("Section 40(2) & (3a)(a)", "with a capital"),
        ("Section 40(2) & (3A)(a)", "how the limb belongs"),
        ("40(2)(3A)(a)", "(3A)(a) is no part of (2)"),
        ("section 31(1)(z)", "no s31(1)(z)"),
        ("section 38(3)", "no s38(3)"),
        ("section 25", "no exemption in section 25"),
        ("section 36(2)(b)(iii)", "no s36(2)(b)(iii)"),
    ],
)
def test_a_citation_of_a_wrong_form_is_an_issue(text: str, fault: str) -> None:
    assert any(fault in one for one in said(f"It is exempt under {text}.", Kind.CITATION))


@pytest.mark.parametrize("old", ["s40(3)(a)(i)", "section 40(4)", "s40(5)", "40(5)(b)(i)"])
def test_limbs_of_before_2018_are_superseded(old: str) -> None:
    assert any("replaced on 25 May 2018" in one for one in said(f"See {old}.", Kind.SUPERSEDED))


def test_every_limb_of_the_exemptions_is_a_part_of_its_section() -> None:
    for one in exemptions():
        if one.source.startswith("https://www.legislation.gov.uk/ukpga/2000/36/"):
            (found,) = citations_in([one.citation])
            assert found.faults == (), one.citation
            assert found.exemption == one


def test_parts_of_sections_are_given_with_what_they_are_parts_of() -> None:
    parts = sections()["30"].parts
    assert {"(1)", "(1)(a)", "(1)(a)(ii)", "(1)(c)", "(2)(a)(iv)", "(3)"} <= parts
    assert "(1)(d)" not in parts
    assert "(1)(b)(i)" not in parts


def test_section_40_2_without_its_limb_is_an_issue() -> None:
    text = CLEAN_FOI.replace(" by virtue of section 40(3A)(a)", "")
    assert any("without its limb" in one for one in said(text, Kind.LIMB))


def test_a_section_of_several_limbs_without_one_is_an_issue_once() -> None:
    text = CLEAN_FOI.replace("31(1)(a)", "31")
    assert len(said(text, Kind.LIMB)) == 1


def test_a_limb_that_is_cited_apart_from_its_subsection_counts() -> None:
    text = CLEAN_FOI.replace(" by virtue of section 40(3A)(a)", "").replace(
        "principle (a), Article", "section 40(3A)(a) and principle (a), Article"
    )
    assert "limb-missing" not in kinds(text)


def test_a_subsection_without_paragraphs_lacks_no_limb() -> None:
    assert said("Under FOIA it is withheld by section 38(2), since.", Kind.LIMB) == []
    assert len(said("Under FOIA it is withheld by section 38(1), since.", Kind.LIMB)) == 1
