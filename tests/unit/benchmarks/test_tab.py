"""Tests of the Text Anonymization Benchmark's metrics, on one judgment made up here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.benchmarks.scoring import Piece
from tests.benchmarks.tab import Figures, Judgment, Mention, measure

#        0         1         2         3         4         5
#        0123456789012345678901234567890123456789012345678901234567
_TEXT = "Mr Ion Pop, born in 1960, sued Freedonia. Pop won in 1999."
_MENTIONS = (
    Mention(0, 10, "PERSON", "pop", "DIRECT"),
    Mention(42, 45, "PERSON", "pop", "DIRECT"),
    Mention(20, 24, "DATETIME", "born", "QUASI"),
    Mention(31, 40, "LOC", "state", "NO_MASK"),
    Mention(53, 57, "DATETIME", "won", "QUASI"),
)


def _figures(*flags: tuple[int, int]) -> Figures:
    find: Callable[[str], Iterable[Piece]] = lambda _: [Piece(*one, "X") for one in flags]  # noqa: E731
    return measure([Judgment(_TEXT, _MENTIONS)], find)


def test_an_entity_counts_only_if_all_its_mentions_are_masked() -> None:
    assert _figures((0, 10)).direct.value == 0
    assert _figures((0, 10), (42, 45)).direct.value == 1


def test_titles_and_function_words_may_be_left() -> None:
    assert _figures((3, 10), (42, 45)).direct.value == 1
    assert _figures((3, 6), (42, 45)).direct.value == 0


def test_quasi_identifiers_are_counted_apart() -> None:
    figures = _figures((20, 24))
    assert (figures.quasi.hits, figures.quasi.total) == (1, 2)
    assert (figures.direct.hits, figures.direct.total) == (0, 1)


def test_mentions_and_tokens_are_counted_by_type() -> None:
    figures = _figures((0, 10), (20, 24))
    assert (figures.mentions["PERSON"].hits, figures.mentions["PERSON"].total) == (1, 2)
    assert (figures.tokens["PERSON"].hits, figures.tokens["PERSON"].total) == (3, 4)
    assert (figures.mentions["all"].hits, figures.mentions["all"].total) == (2, 4)
    assert "LOC" not in figures.mentions


def test_masking_what_need_not_be_masked_costs_precision() -> None:
    figures = _figures((0, 10), (31, 40))
    assert (figures.precision.hits, figures.precision.total) == (3, 4)


@pytest.mark.parametrize("flags", [((0, 58),), ((0, 30), (30, 58))])
def test_masking_everything_is_full_recall_at_low_precision(
    flags: tuple[tuple[int, int], ...],
) -> None:
    figures = _figures(*flags)
    assert figures.direct.value == figures.quasi.value == 1
    assert figures.precision.total == 12
    assert figures.precision.hits == 6


def test_a_mention_marked_both_ways_needs_masking_only_where_it_says_so() -> None:
    mentions = (Mention(3, 10, "PERSON", "e", "QUASI"), Mention(42, 45, "PERSON", "e", "NO_MASK"))
    figures = measure([Judgment(_TEXT, mentions)], lambda _: [Piece(3, 10, "X")])
    assert figures.quasi.value == 1
    assert (figures.mentions["PERSON"].hits, figures.mentions["PERSON"].total) == (1, 2)
