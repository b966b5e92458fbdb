"""All that a reader knows, as whole-number unknowns and rows of sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from redactor.errors import NotAdditive, TablesError
from redactor.numbers.model import CellName, Fact, Interval, Need, Release, sum_fact

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]

#: More cells than this are refused.
MOST_CELLS = 50_000
#: Larger numbers are refused, so that sums are exact in 64 bits.
_MOST = 10**9
#: Rows with larger factors (a share printed to many places) are added up one by one.
_MOST_FACTOR = 10**6
_NO_LIMIT = np.iinfo(np.int64).max

_FROM_NOUGHT = Interval(0, None)


@dataclass(frozen=True, slots=True)
class Row:
    """A printed fact with its printed numbers taken off: ``low <= sum <= high``.

    Attributes:
        place: which fact of the release: its relations, then its facts.
        terms: columns with factors, none of them 0; never empty.
    """

    place: int
    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows as arrays, row by row."""

    start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Floats
    low: Floats
    high: Floats

    @property
    def count(self) -> int:
        """Give how many rows there are."""
        return len(self.low)


def matrix_of(rows: Iterable[Row], place: Whole | None = None) -> Matrix:
    """Make arrays of rows.

    Args:
        place: for each column the one that it becomes; None for the same.
    """
    rows = tuple(rows)
    columns = np.array([column for row in rows for column, _ in row.terms], np.int64)
    start = np.cumsum([0, *(len(row.terms) for row in rows)])
    return Matrix(
        start.astype(np.int32),
        (columns if place is None else place[columns]).astype(np.int32),
        np.array([factor for row in rows for _, factor in row.terms], np.float64),
        np.array([-np.inf if row.low is None else row.low for row in rows], np.float64),
        np.array([np.inf if row.high is None else row.high for row in rows], np.float64),
    )


@dataclass(frozen=True, slots=True)
class System:
    """The cells that are not printed as one number, and what binds them.

    Attributes:
        release: all that is printed.
        cells: the unknown cells; a column is a place among them.
        known: the other cells, with the number that is printed.
        low, high: what each column may be, no limit being the largest number there is.
        groups: for each column the number of the group of columns that it hangs together with.
        factors: as ``matrix.value``, in whole numbers; 0 throughout the rows that are in ``long``.
        long: which rows have large factors.
    """

    release: Release
    cells: tuple[CellName, ...]
    column: dict[CellName, int]
    known: dict[CellName, int]
    low: Whole
    high: Whole
    rows: tuple[Row, ...]
    matrix: Matrix
    groups: Whole
    factors: Whole
    long: list[int]

    def interval(self, cell: CellName) -> Interval:
        """Give what is printed of a cell."""
        if cell in self.known:
            return Interval(self.known[cell], self.known[cell])
        column = self.column[cell]
        high = int(self.high[column])
        return Interval(int(self.low[column]), None if high == _NO_LIMIT else high)

    def fits(self, table: Whole) -> bool:
        """Say whether a table agrees with everything printed, in whole numbers."""
        if (table < self.low).any() or (table > self.high).any():
            return False
        matrix = self.matrix
        if not matrix.count:
            return True
        sums = np.add.reduceat(self.factors * table[matrix.index], matrix.start[:-1])
        fit = (sums >= matrix.low) & (sums <= matrix.high)
        fit[self.long] = True
        return bool(fit.all()) and all(_holds(self.rows[place], table) for place in self.long)


def facts_of(release: Release) -> tuple[Fact, ...]:
    """Give everything printed of several cells, in the order of ``Row.place``."""
    return (*(sum_fact(one) for one in release.relations), *release.facts)


def make_system(release: Release, needs: Iterable[Need] = ()) -> System:
    """Say a release as unknowns and rows.

    Raises:
        TablesError: it is too large, has a number below nought, or contradicts itself where that
            shows without a search (``NotAdditive`` for a printed total).
    """
    facts = facts_of(release)
    named = dict.fromkeys(release.printed)
    for fact in facts:
        named.update(dict.fromkeys(cell for cell, _ in fact.terms))
    named.update(dict.fromkeys(need.cell for need in needs))
    if len(named) > MOST_CELLS:
        raise TablesError("too-large", f"There are more than {MOST_CELLS:,} cells.", ())
    intervals = {cell: _interval(release, cell) for cell in named}
    known = {cell: one.low for cell, one in intervals.items() if one.low == one.high}
    cells = tuple(cell for cell in named if cell not in known)
    column = {cell: number for number, cell in enumerate(cells)}
    rows = []
    for place, fact in enumerate(facts):
        row = _row(place, fact, column, known)
        if row.terms:
            rows.append(row)
        elif not _holds_nothing(row):
            raise _contradiction(release, place, known)
    return System(
        release,
        cells,
        column,
        known,
        np.array([intervals[cell].low for cell in cells], np.int64),
        np.array([_or_no_limit(intervals[cell].high) for cell in cells], np.int64),
        tuple(rows),
        matrix_of(rows),
        _groups(len(cells), rows),
        np.array([0 if _is_long(row) else one for row in rows for _, one in row.terms], np.int64),
        [number for number, row in enumerate(rows) if _is_long(row)],
    )


def _is_long(row: Row) -> bool:
    return max(abs(factor) for _, factor in row.terms) > _MOST_FACTOR


def _holds(row: Row, table: Whole) -> bool:
    total = sum(factor * int(table[column]) for column, factor in row.terms)
    return (row.low is None or row.low <= total) and (row.high is None or total <= row.high)


def _or_no_limit(high: int | None) -> int:
    return int(_NO_LIMIT) if high is None else high


def _interval(release: Release, cell: CellName) -> Interval:
    printed = release.printed.get(cell, _FROM_NOUGHT)
    if printed.high is not None and printed.high < 0:
        raise TablesError("below-nought", "A count is below nought:", (cell,))
    if max(printed.low, printed.high or 0) > _MOST:
        raise TablesError("too-large", "A count is too large:", (cell,))
    both = printed.meets(_FROM_NOUGHT)
    if both is None:
        raise TablesError("contradicts", "No number is left for", (cell,))
    return both


def _row(place: int, fact: Fact, column: dict[CellName, int], known: dict[CellName, int]) -> Row:
    terms: dict[int, int] = {}
    printed = 0
    for cell, factor in fact.terms:
        if cell in known:
            printed += factor * known[cell]
        else:
            terms[column[cell]] = terms.get(column[cell], 0) + factor
    low = None if fact.low is None else fact.low - printed
    high = None if fact.high is None else fact.high - printed
    return Row(place, tuple((one, factor) for one, factor in terms.items() if factor), low, high)


def _holds_nothing(row: Row) -> bool:
    return (row.low is None or row.low <= 0) and (row.high is None or row.high >= 0)


def _contradiction(release: Release, place: int, known: dict[CellName, int]) -> TablesError:
    if place >= len(release.relations):
        return contradiction(release, place)
    relation = release.relations[place]
    if any(cell not in known for cell in (relation.total, *relation.parts)):
        return contradiction(release, place)
    expected = sum(known[part] for part in relation.parts)
    return NotAdditive(relation.total, expected, known[relation.total], relation.parts)


def contradiction(release: Release, place: int) -> TablesError:
    """Say that nothing fits a printed fact, naming its cells."""
    if place < len(release.relations):
        one = release.relations[place]
        cells = (one.total, *one.parts)
        return TablesError("contradicts", "What is printed cannot add up to", cells)
    fact = release.facts[place - len(release.relations)]
    cells = tuple(cell for cell, _ in fact.terms)
    return TablesError("contradicts", "What is printed cannot fit the share or limit at", cells)


def _groups(columns: int, rows: Iterable[Row]) -> Whole:
    parent = list(range(columns))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for row in rows:
        first = root(row.terms[0][0])
        for column, _ in row.terms[1:]:
            parent[root(column)] = first
    return np.array([root(one) for one in range(columns)], np.int64)
