"""Rounded figures, and what a reader has of them."""

from __future__ import annotations

import pytest

from redactor.errors import UsageError
from redactor.numbers.model import Fact, Interval, Tables
from redactor.numbers.rounding import (
    Rounding,
    rounded,
    rounded_to,
)
from tests.unit.numbers.made_tables import grid

YEARS = grid([[12, 3, 9], [10, 2, 8], [7, 6, 11], [9, 1, 14]])


@pytest.mark.parametrize("base", [2, 3, 5, 10])
def test_a_rounded_figure_says_all_counts_that_would_be_rounded_to_it(base: int) -> None:
    for count in range(60):
        tables = Tables({"S!A1": count}, ())
        said = rounded(tables, Rounding(base)).printed["S!A1"]
        same = [n for n in range(120) if rounded_to(n, base) == rounded_to(count, base)]
        assert said == Interval(min(same), max(same))


def test_rounding_leaves_out_percentages_and_hides_nothing() -> None:
    tables = Tables(YEARS.counts, YEARS.relations, (Fact((("S!r1c1", 2),), 24, 24),))
    release = rounded(tables, Rounding(5))
    assert release.facts == ()
    assert release.printed.keys() == YEARS.counts.keys()


def test_a_base_of_one_rounds_nothing_and_is_refused() -> None:
    with pytest.raises(UsageError):
        rounded(YEARS, Rounding(1))
