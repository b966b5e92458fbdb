"""A letter that gives in prose what a table withholds."""

from __future__ import annotations

import pytest

from redactor.law.letters import CaseFacts, HiddenCount, Kind, Letter, Passage, issues_of
from redactor.law.letters.hidden_counts import gives_any

_RESIGNED = HiddenCount(("2021", "Resigned"), 3)
_ALL_OF_2021 = HiddenCount(("2021",), 6)


@pytest.mark.parametrize(
    "said",
    [
        "In 2021 three officers resigned.",
        "Of those who resigned, 3 did so in 2021.",
        "It rained. By the end of 2021, 3 had resigned; nobody else left.",
    ],
)
def test_a_count_with_its_headings_in_one_sentence_is_found(said: str) -> None:
    assert gives_any([_RESIGNED], [said])


@pytest.mark.parametrize(
    "said",
    [
        "In 2021 four officers resigned.",
        "Three officers resigned. We looked at 2021 as well.",
        "Officers resigned in 2021; see question 3 and section 3(1).",
        "An officer resigned on 3 March 2021.",
        "In 2021 thirty-three resigned, or 33 in figures.",
    ],
)
def test_other_numbers_and_other_sentences_are_not(said: str) -> None:
    assert not gives_any([_RESIGNED], [said])


def test_the_total_of_a_year_is_found_by_the_year_alone_and_no_date_is_one() -> None:
    assert gives_any([_ALL_OF_2021], ["There were 6 complaints in 2021."])
    assert not gives_any([_ALL_OF_2021], ["You wrote to us on 6 April 2021."])


def test_a_count_without_headings_is_not_looked_for() -> None:
    assert not gives_any([HiddenCount((), 6)], ["There were 6 complaints."])


def test_the_check_of_a_letter_names_the_place_and_not_the_figure() -> None:
    letter = Letter((Passage("part:1#1", "In 2021 three officers resigned."),))
    found = issues_of(letter, CaseFacts(hidden_counts=(_RESIGNED,)))
    (issue,) = [one for one in found if one.kind is Kind.SMALL_COUNT]
    assert issue.place == "part:1#1"
    assert "3" not in issue.message
    assert "three" not in issue.message
