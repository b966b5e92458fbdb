"""Exemptions as data."""

from __future__ import annotations

import pytest

from redactor.errors import UsageError
from redactor.labels import LABELS
from redactor.law.exemptions import Kind, exemption_named, exemptions
from redactor.law.reasons import reasons
from redactor.model import Action


def test_the_first_is_section_40_2_by_40_3a_a():
    assert exemptions()[0].citation == "s40(2) by s40(3A)(a)"
    assert exemptions()[0].label == "s40(2)"


@pytest.mark.parametrize(
    "citation",
    [
        "s40(2) by s40(3A)(a)",
        "s.40(2) by virtue of 40(3A)(a)",
        "section 40 (2) by virtue of section 40(3A)(a)",
        "Section 40(2) & (40)(3a)(a)".replace("(40)", "40"),
        "S40(2) BY S40(3A)(A)",
    ],
)
def test_a_citation_is_known_however_it_is_written(citation: str):
    assert exemption_named(citation) is exemptions()[0]


def test_every_citation_finds_itself_and_none_is_there_twice():
    for one in exemptions():
        assert exemption_named(one.citation) is one
    assert len({one.citation for one in exemptions()}) == len(exemptions())


@pytest.mark.parametrize(
    "citation", ["s40(2) by s40(3B)", "s40(2) by s40(4A)(a)", "s40(2) by s40(4A)(b)", "s31(1)(a)"]
)
def test_a_qualified_limb_is_never_called_absolute(citation: str):
    assert exemption_named(citation).kind is Kind.QUALIFIED


def test_a_bare_section_is_refused_and_its_limbs_are_named():
    with pytest.raises(UsageError, match=r"s40\(2\) by s40\(3A\)\(a\)"):
        exemption_named("s40(2)")
    with pytest.raises(UsageError, match="no exemption"):
        exemption_named("s99(9)")


def test_there_are_reasons_for_every_group_of_labels_and_both_decisions():
    for group in {label.group for label in LABELS}:
        for action in Action:
            assert len(reasons(action, group)) >= 2
            assert all(reason.endswith(".") for reason in reasons(action, group))
