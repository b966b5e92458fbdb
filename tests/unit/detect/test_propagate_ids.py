"""Numbers found with their context, elsewhere without it."""

from __future__ import annotations

import pytest

from redactor.detect.propagate_ids import Numbers
from redactor.detect.resolve import Found


def numbers(*texts: str, why: str = "a number after a rank", score: float = 0.9) -> Numbers:
    known = Numbers()
    for text in texts:
        known.meet(text, Found("ID", 0, len(text), score, "police-reference@1", why))
    return known


def mentioned(known: Numbers, text: str) -> list[str]:
    return [text[one.start : one.end] for one in known.mentions(text)]


def test_a_collar_number_found_after_a_rank_is_found_alone() -> None:
    assert mentioned(numbers("4471"), "it was 4471. bwv will show it") == ["4471"]
    assert mentioned(numbers("0138"), "0138: disclosed a condition") == ["0138"]
    assert mentioned(numbers("GN31"), "resume gn31 at scene") == ["gn31"]


@pytest.mark.parametrize(
    "text", ["£4471", "14471", "4,4471", "4471.50", "4471%", "CO/4471/2", "4471m"]
)
def test_a_part_of_a_longer_number_or_a_sum_is_no_mention(text: str) -> None:
    assert mentioned(numbers("4471"), text) == []


def test_three_figures_count_only_where_somebody_stands_beside_them() -> None:
    known = numbers("663")
    assert mentioned(known, "seen by 663 and others") == ["663"]
    assert mentioned(known, "663 Hollis attended") == ["663"]
    assert mentioned(known, "there were 663 requests") == []
    assert mentioned(numbers("663", why="the heading of its column"), "by 663") == []


def test_the_running_number_of_a_reference_is_found_where_it_heads_a_note() -> None:
    known = numbers("CM/0138/23", why="letters and numbers joined by strokes")
    assert mentioned(known, "1. 0138: he disclosed it") == ["0138"]
    assert mentioned(known, "a total of 0138 was paid") == []


def test_years_weak_finds_and_other_labels_are_not_taken_in() -> None:
    assert mentioned(numbers("2019"), "in 2019 they") == []
    assert mentioned(numbers("4471", score=0.4), "it was 4471.") == []
    known = Numbers()
    known.meet("4471", Found("PHONE", 0, 4, 0.9, "telephone@1", "an extension"))
    assert mentioned(known, "it was 4471.") == []


def test_the_reason_holds_nothing_of_the_number() -> None:
    assert all("4471" not in one.why for one in numbers("4471").mentions("it was 4471."))
