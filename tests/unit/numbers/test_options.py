"""What else can be printed: rounded, merged, totals only."""

from __future__ import annotations

import random

import pytest

from redactor.errors import UsageError
from redactor.numbers.model import Fact, Interval, Policy, Tables
from redactor.numbers.options import (
    Rounding,
    as_hidden,
    band_groupings,
    bands,
    best_bands,
    collapsed,
    merged,
    rounded,
    rounded_to,
    totals_only,
)
from redactor.numbers.protect import protect
from tests.unit.numbers.made_tables import grid, random_grid

YEARS = grid([[12, 3, 9], [10, 2, 8], [7, 6, 11], [9, 1, 14]])


def lines_of_years() -> list[list[str]]:
    return [[f"S!r{i}c1", f"S!r{i}c2", f"S!r{i}c3", f"S!r{i}"] for i in range(1, 5)]


@pytest.mark.parametrize("base", [2, 3, 5, 10])
def test_a_rounded_figure_says_all_counts_that_would_be_rounded_to_it(base: int) -> None:
    for count in range(60):
        tables = Tables({"S!A1": count}, ())
        said = rounded(tables, Rounding(base)).release.printed["S!A1"]
        same = [n for n in range(120) if rounded_to(n, base) == rounded_to(count, base)]
        assert said == Interval(min(same), max(same))


def test_rounding_leaves_out_percentages_and_hides_nothing() -> None:
    tables = Tables(YEARS.counts, YEARS.relations, (Fact((("S!r1c1", 2),), 24, 24),))
    option = rounded(tables, Rounding(5))
    assert (option.release.facts, option.printed, option.hidden) == ((), len(YEARS.counts), 0)


def test_a_base_of_one_rounds_nothing_and_is_refused() -> None:
    with pytest.raises(UsageError):
        rounded(YEARS, Rounding(1))


def test_totals_only_prints_each_total_and_nothing_else() -> None:
    option = totals_only(YEARS)
    assert set(option.release.printed) == YEARS.totals
    assert option.printed + option.hidden == len(YEARS.counts)


def test_hidden_cells_stand_beside_the_others() -> None:
    option = as_hidden(YEARS, frozenset({"S!r1c2"}), 1)
    assert option.release.printed["S!r1c2"] == Interval(1, None)
    assert (option.printed, option.hidden) == (len(YEARS.counts) - 1, 1)


def test_merged_years_are_the_sums_of_their_years_and_still_add_up() -> None:
    result = merged(YEARS, band_groupings(lines_of_years(), ((0, 2), (2, 4))))
    assert result.tables.counts["S!r1c2–S!r2c2"] == 5
    assert result.tables.counts["S!all"] == YEARS.counts["S!all"]
    for one in result.tables.relations:
        assert result.tables.counts[one.total] == sum(result.tables.counts[p] for p in one.parts)
    assert any(one.total == "S!c2" and len(one.parts) == 2 for one in result.tables.relations)


def test_whatever_is_merged_adds_up() -> None:
    for seed in range(40):
        chance = random.Random(seed)
        tables = random_grid(chance, 4, 3, 4)
        way = chance.choice(list(bands(4)))
        result = merged(tables, band_groupings(lines_of_years(), way)).tables
        for one in result.relations:
            assert result.counts[one.total] == sum(result.counts[part] for part in one.parts)
        assert sum(len(one.parts) for one in result.relations) == 7 * len(way) + 3


def test_collapsing_says_how_many_of_the_figures_asked_for_are_left() -> None:
    option = collapsed(YEARS, band_groupings(lines_of_years(), ((0, 2), (2, 4))))
    assert option.printed == 12
    assert option.printed + option.hidden == len(YEARS.counts)


def test_a_total_of_only_some_merged_cells_is_refused() -> None:
    with pytest.raises(UsageError, match="only some"):
        merged(YEARS, {"S!r1c1": "S!x", "S!r2c2": "S!x"})


def test_a_merged_figure_takes_no_other_cells_name() -> None:
    with pytest.raises(UsageError, match="name of another"):
        merged(YEARS, {"S!r1c1": "S!r3c1", "S!r2c1": "S!r3c1"})


def hidden_in(tables: Tables) -> int:
    return len(protect(tables, Policy(), budget_s=30).hidden)


def test_the_best_bands_hide_no_more_than_any_others() -> None:
    best = best_bands(YEARS, lines_of_years(), hidden_in)
    others = [
        hidden_in(merged(YEARS, band_groupings(lines_of_years(), way)).tables) for way in bands(4)
    ]
    assert best.hidden == min(others)
    assert best.hidden < hidden_in(YEARS)


def test_there_are_two_ways_for_each_place_between_two_years() -> None:
    assert len(set(bands(6))) == 32


def test_too_many_ways_are_refused() -> None:
    lines = [[f"S!r{i}c1"] for i in range(1, 40)]
    with pytest.raises(UsageError, match="too many"):
        best_bands(YEARS, lines, hidden_in)
