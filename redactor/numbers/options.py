"""What can be printed in place of hidden cells: rounded figures, merged categories, totals only.

Each gives what a reader would have, for the audit, and how much of the tables that leaves, so that
the answers stand side by side. None of them is safe by itself: rounded figures with rounded totals
can give one away too.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.errors import UsageError
from redactor.numbers.model import (
    CellName,
    Interval,
    Policy,
    Relation,
    Release,
    Tables,
    hidden_release,
    small_cells,
)

#: More ways than this of cutting a dimension into bands are not tried.
MOST_BANDS = 4_096


@dataclass(frozen=True, slots=True)
class Option:
    """One way of answering.

    Attributes:
        release: what a reader has.
        printed: how many figures are printed, exactly or rounded.
        hidden: how many of the figures asked for are not.
    """

    release: Release
    printed: int
    hidden: int


def as_hidden(tables: Tables, hidden: frozenset[CellName], floor: int) -> Option:
    """Say what hiding cells leaves, in the terms of the others."""
    release = hidden_release(tables, hidden, floor)
    return Option(release, len(tables.counts) - len(hidden), len(hidden))


def rounded_to(count: int, base: int) -> int:
    """Give the nearest multiple of a base; of two that are as near, the greater."""
    return (2 * count + base) // (2 * base) * base


@dataclass(frozen=True, slots=True)
class Rounding:
    """Print figures to the nearest multiple of a base, each for itself, totals too.

    Attributes:
        base: 2 or more.
        hides: what is hidden besides; None where small counts are rounded like all others.

    Raises:
        UsageError: the base is not 2 or more.
    """

    base: int
    hides: Policy | None = None

    def __post_init__(self) -> None:
        if self.base < 2:
            raise UsageError("Figures are rounded to a multiple of 2 or more.")

    def shown(self, count: int) -> int:
        """Give what is printed of a count that is not hidden."""
        return rounded_to(count, self.base)

    def reading(self, shown: int) -> Interval:
        """Say what a reader has of a figure: all counts that are printed so."""
        low = max(0, shown - self.base // 2)
        high = shown + (self.base - 1) // 2
        if self.hides is not None and not self.hides.must_print:  # none of the small ones is
            while low < high and self.hides.is_small(low):
                low += 1
            while low < high and self.hides.is_small(high):
                high -= 1
        return Interval(low, high)

    @property
    def hidden_reading(self) -> Interval:
        """Say what a reader has of a figure that is hidden: only small ones are, but for pins."""
        policy = self.hides or Policy()
        return Interval(policy.floor, None if policy.must_hide else policy.threshold - 1)


def rounded(tables: Tables, rounding: Rounding) -> Option:
    """Print rounded figures.

    A reader knows how figures are rounded and which are hidden. Facts are left out: a percentage of
    unrounded counts would undo the rounding, and is to be worked out from the rounded ones.
    """
    hidden = frozenset() if rounding.hides is None else {*small_cells(tables, rounding.hides)}
    printed = {
        cell: rounding.hidden_reading if cell in hidden else rounding.reading(rounding.shown(count))
        for cell, count in tables.counts.items()
    }
    return Option(Release(printed, tables.relations), len(printed) - len(hidden), len(hidden))


def totals_only(tables: Tables) -> Option:
    """Print the cells that are sums of others, and no other; small totals too.

    Where a total is the sum of totals, all of them are printed. Facts are left out.
    """
    totals = tables.totals
    printed = {
        cell: Interval(count, count) for cell, count in tables.counts.items() if cell in totals
    }
    release = Release(printed, tables.relations)
    return Option(release, len(printed), len(tables.counts) - len(printed))


Groupings = Mapping[CellName, CellName]
"""For each cell that is merged into another figure, the name of that figure."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Tables in which some cells are merged into one figure.

    Attributes:
        tables: the merged figures in place of the cells, in the order of the tables.
        behind: which cells are in each merged figure.
    """

    tables: Tables
    behind: Mapping[CellName, tuple[CellName, ...]] = field(repr=False)

    def option(self, hidden: frozenset[CellName], floor: int, asked: int) -> Option:
        """Say what is left if some of the figures are hidden still.

        Args:
            asked: how many figures were asked for, before merging.
        """
        left = as_hidden(self.tables, hidden, floor)
        return Option(left.release, left.printed, asked - left.printed)


def merged(tables: Tables, groupings: Groupings) -> Merged:
    """Merge cells into figures that are their sums.

    A row or column is merged by naming all its cells. Facts of cells that are merged are left out:
    a percentage of one of them is not to be printed.

    Raises:
        UsageError: a name has no count; a figure has the name of another cell; or a total has some
            of the cells of a figure and not the others.
    """
    if unknown := sorted(set(groupings).difference(tables.counts)):
        raise UsageError(f"There is no count to merge: {unknown[0]}.")
    if taken := sorted(set(groupings.values()).intersection(tables.cells).difference(groupings)):
        raise UsageError(f"A merged figure cannot have the name of another cell: {taken[0]}.")
    behind: dict[CellName, list[CellName]] = {}
    counts: dict[CellName, int] = {}
    for cell, count in tables.counts.items():
        figure = groupings.get(cell, cell)
        behind.setdefault(figure, []).append(cell)
        counts[figure] = counts.get(figure, 0) + count
    whole = {figure: tuple(cells) for figure, cells in behind.items()}
    relations = _merged_relations(tables.relations, groupings, whole)
    facts = tuple(
        fact for fact in tables.facts if not any(cell in groupings for cell, _ in fact.terms)
    )
    return Merged(Tables(counts, relations, facts), whole)


def _merged_relations(
    relations: Sequence[Relation],
    groupings: Groupings,
    behind: Mapping[CellName, tuple[CellName, ...]],
) -> tuple[Relation, ...]:
    """Say the relations of the figures: merged totals are the sums of all their parts."""
    by_total: dict[tuple[CellName, int], list[Relation]] = {}
    seen: dict[CellName, int] = {}
    for one in relations:
        nth = seen[one.total] = seen.get(one.total, -1) + 1
        by_total.setdefault((groupings.get(one.total, one.total), nth), []).append(one)
    found = []
    for (total, _), together in by_total.items():
        if len({one.total for one in together}) < len(behind.get(total, (total,))):
            raise UsageError(f"A merged total has parts that the others have not: {total}.")
        parts = [part for one in together for part in one.parts]
        figures = dict.fromkeys(groupings.get(part, part) for part in parts)
        for figure in figures:
            if any(parts.count(cell) != 1 for cell in behind.get(figure, (figure,))):
                raise UsageError(f"A total has only some of what is merged: {figure}.")
        if tuple(figures) != (total,):
            found.append(Relation(total, tuple(figures), together[0].evidence, together[0].label))
    return tuple(found)


def collapsed(tables: Tables, groupings: Groupings) -> Option:
    """Print merged figures, all of them.

    Raises:
        UsageError: as ``merged``.
    """
    result = merged(tables, groupings)
    return result.option(frozenset(), 0, len(tables.counts))


def bands(length: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Give every way of cutting an ordered dimension into bands, those with most bands first.

    Each band is its first place and the one after its last.
    """
    for count in range(length, 0, -1):
        for ends in itertools.combinations(range(1, length), count - 1):
            yield tuple(itertools.pairwise((0, *ends, length)))


@dataclass(frozen=True, slots=True)
class Banding:
    """The bands that leave the fewest figures hidden.

    Attributes:
        bands: first place and the one after the last.
        merged: the tables with these bands.
        hidden: how many figures are hidden in them.
    """

    bands: tuple[tuple[int, int], ...]
    merged: Merged
    hidden: int


def best_bands(
    tables: Tables,
    lines: Sequence[Sequence[CellName]],
    hide: Callable[[Tables], int],
    most: int | None = None,
) -> Banding:
    """Find the bands of an ordered dimension (years, ages) that leave the fewest figures hidden.

    Args:
        lines: for each place of the dimension, in order, its cells; cell for cell the same crosses.
        hide: gives how many cells of tables are to be hidden (``protect``).
        most: the most bands; None for as many as there are places.

    Returns:
        Of bandings that hide equally few the one with most bands, the first of those.

    Raises:
        UsageError: the lines are not equally long, or there are too many ways to try.
    """
    if not lines or len({len(line) for line in lines}) != 1:
        raise UsageError("The rows or columns to put in bands do not have the same cells.")
    ways = (
        [way for way in bands(len(lines)) if most is None or len(way) <= most]
        if (2 ** (len(lines) - 1) <= MOST_BANDS)
        else []
    )
    if not ways:
        raise UsageError("There are too many ways of putting them in bands.")
    tried = []
    for way in ways:
        result = merged(tables, band_groupings(lines, way))
        hidden = hide(result.tables)
        tried.append(Banding(way, result, hidden))
        if hidden == 0:
            break
    return min(tried, key=lambda one: one.hidden)


def band_groupings(
    lines: Sequence[Sequence[CellName]], way: Sequence[tuple[int, int]]
) -> dict[CellName, CellName]:
    """Name each merged figure after the first and last cell in it."""
    return {
        cell: f"{lines[first][n]}–{lines[end - 1][n]}"
        for first, end in way
        if end - first > 1
        for line in lines[first:end]
        for n, cell in enumerate(line)
    }
