"""One reader: somebody with the release, who may know one of the hidden counts.

What a reader cannot rule out is shown by a table of whole numbers that was added up again; what a
reader can rule out, by the solver, and by sums where sums will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

import numpy as np

from redactor.errors import TablesError
from redactor.numbers.audit.deriving import Question, derive
from redactor.numbers.audit.nearing import Nearing, generic
from redactor.numbers.audit.solving import Answer, Clock, Outcome, Programme
from redactor.numbers.audit.system import (
    Floats,
    Matrix,
    System,
    Whole,
    contradiction,
    matrix_of,
)
from redactor.numbers.verdicts import Derivation, End

_NO_LIMIT = np.iinfo(np.int64).max
#: How far from a whole number the solver may be that means one.
_NEAR = 1e-5
#: Steps and share of the best to be content with when many cells are moved at once.
_STEPS = 200
_SHARE = 0.1
#: So many corners are drawn before a table is searched for in whole numbers.
_DRAWS = 4


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a cell goes.

    Attributes:
        far: None for no limit.
        table: a table in which the cell goes so far; None for none.
        derivation: sums that show that it goes no further, where there are such.
        sure: False where it is not known; then nothing else is either.
    """

    far: int | None = None
    table: Whole | None = None
    derivation: Derivation | None = None
    sure: bool = True


_UNKNOWN = Reach(sure=False)


class Reader:
    """Look for tables that fit everything that one reader knows."""

    def __init__(self, system: System, clock: Clock, insider: tuple[int, int] | None) -> None:
        self._system = system
        self._clock = clock
        self._insider = insider
        low = system.low.astype(np.float64)
        high = np.where(system.high == _NO_LIMIT, np.inf, system.high.astype(np.float64))
        if insider is not None:
            low[insider[0]] = high[insider[0]] = insider[1]
        self._low, self._high = low, high
        self._programme = Programme(low, high, system.matrix)
        self._programme.prefer_primal()
        self._base: Whole | None = None
        self._nearing: Nearing | None = None

    def agrees(self, table: Whole) -> bool:
        """Say whether a table that fits the release also fits what this reader knows besides."""
        return self._insider is None or bool(table[self._insider[0]] == self._insider[1])

    def first_table(self) -> Whole:
        """Give any table that fits; the other searches start from it.

        Raises:
            TablesError: there is none, so what is printed contradicts itself; or there was no time.
        """
        if self._base is None and not self._system.cells:
            self._base = np.zeros(0, np.int64)
        if self._base is None:
            answer = self._programme.solve(self._clock)
            self._base = self._table(answer)
            if self._base is None and answer.outcome is Outcome.DONE:
                self._base = self._drawn()
            if self._base is None and answer.outcome is not Outcome.NONE:
                answer = self._fresh(self._low, self._high).solve_whole(self._clock)
                self._base = self._table(answer)
            if self._base is None:
                raise self._refusal(answer.outcome)
        return self._base

    def _drawn(self) -> Whole | None:
        """Draw a few corners of what fits: most are in whole numbers, where the first was not."""
        columns = len(self._low)
        table = None
        for draw in range(_DRAWS):
            if table is None:
                self._programme.cost(generic(columns, draw))
                table = self._table(self._programme.solve(self._clock))
        self._programme.cost(np.zeros(columns))
        return table

    def start_from(self, table: Whole) -> None:
        """Take a table that is known to fit as the first."""
        self._base = table
        self._nearing = None

    def together(self, aims: Mapping[int, int], end: End) -> Whole | None:
        """Move many cells one way at once, each as far as its aim and no further.

        Args:
            aims: columns, each with a number beyond what it is in the first table.

        Returns:
            A table; None if none was found.
        """
        low, high = self._capped(aims, end)
        cost = np.zeros(len(low))
        cost[list(aims)] = -1.0 if end is End.HIGH else 1.0
        self._programme.limit(low, high)
        self._programme.cost(cost)
        answer = self._programme.solve(self._clock)
        self._programme.limit(self._low, self._high)
        self._programme.cost(np.zeros(len(low)))
        table = self._table(answer)
        if table is None and answer.outcome is Outcome.DONE:
            programme = self._fresh(low, high)
            programme.cost(cost)
            table = self._table(programme.solve_whole(self._clock, gap=_SHARE, nodes=_STEPS))
        return table

    def reach(self, column: int, end: End, aim: int | None = None, *, show: bool = True) -> Reach:
        """Say how far a cell goes, or that it goes as far as an aim.

        Args:
            aim: a number beyond what the cell is in some table that fits.
            show: whether to look for the sums that show it.
        """
        sign = 1 if end is End.HIGH else -1
        caps = {} if aim is None else {column: aim}
        low, high = self._capped(caps, end)
        self._programme.limit_one(column, low[column], high[column])
        self._programme.cost_one(column, -float(sign))
        answer = self._programme.solve(self._clock)
        self._programme.limit_one(column, self._low[column], self._high[column])
        self._programme.cost_one(column, 0.0)
        if answer.outcome is Outcome.UNBOUNDED and aim is None:
            return Reach()
        if answer.outcome is not Outcome.DONE:
            return _UNKNOWN
        far = sign * floor(-answer.value + _NEAR)
        derivation = None
        if show and far != aim:
            question = Question(self._system, column, end, far, self._insider)
            derivation = derive(question, answer.duals, answer.reduced)
        if derivation is not None:
            far = derivation.limit
        table = self._table(answer)
        if table is not None and sign * int(table[column]) >= sign * far:
            return Reach(int(table[column]), table, derivation)
        found = self._searched(column, end, far, low, high, asked=far == aim)
        shown = derivation is not None and derivation.limit == found.far
        return Reach(found.far, found.table, derivation if shown else None, found.sure)

    def _searched(
        self, column: int, end: End, far: int, low: Floats, high: Floats, *, asked: bool
    ) -> Reach:
        """Say how far a cell goes that goes no further than so many, or beyond where it is asked.

        Whole numbers have gaps: that a cell is never what is asked does not say that it is not
        beyond (by shares that are printed a count may be 4 or 8, and nothing between).
        """
        table = self._near(column, far)
        if table is None:
            table = self._whole(column, end, low, high)
        if table is None or not len(table):  # the first table fits, so none cannot be
            return _UNKNOWN
        if asked and int(table[column]) != far:
            beyond = self._beyond(column, end, far)
            if beyond is None:
                return _UNKNOWN
            table = beyond if len(beyond) else table
        return Reach(int(table[column]), table)

    def _near(self, column: int, count: int) -> Whole | None:
        """Give a table in which a cell is so many; None where none is found easily."""
        if self._nearing is None:
            base = self.first_table()
            self._nearing = Nearing(base, self._low, self._high, self._system.matrix)
        return self._table(self._nearing.at(column, count, self._clock))

    def _beyond(self, column: int, end: End, aim: int) -> Whole | None:
        """Give a table in which a cell is an aim or beyond.

        Returns:
            An empty table for none; None where that is not known.
        """
        low, high = self._low.copy(), self._high.copy()
        (low if end is End.HIGH else high)[column] = aim
        if low[column] > high[column]:
            return np.zeros(0, np.int64)
        # Of what lies beyond, the nearest: that is always there, where the farthest may not be.
        return self._whole(column, End.LOW if end is End.HIGH else End.HIGH, low, high)

    def _whole(self, column: int, end: End, low: Floats, high: Floats) -> Whole | None:
        """Give a table in which a cell goes as far as it can, in whole numbers.

        Only what hangs together with it moves.

        Returns:
            An empty table where none fits; None where that is not known.
        """
        system = self._system
        moving = np.flatnonzero(system.groups == system.groups[column])
        place = np.full(len(system.cells), -1, np.int64)
        place[moving] = np.arange(len(moving))
        rows = (row for row in system.rows if place[row.terms[0][0]] >= 0)
        programme = Programme(low[moving], high[moving], matrix_of(rows, place))
        programme.cost_one(int(place[column]), -1.0 if end is End.HIGH else 1.0)
        answer = programme.solve_whole(self._clock)
        if answer.outcome is Outcome.NONE:
            return np.zeros(0, np.int64)
        if answer.outcome is not Outcome.DONE:
            return None
        values = self.first_table().astype(np.float64)
        values[moving] = answer.values
        return self._table(Answer(Outcome.DONE, values=values))

    def _capped(self, aims: Mapping[int, int], end: End) -> tuple[Floats, Floats]:
        low, high = self._low.copy(), self._high.copy()
        for column, aim in aims.items():
            if end is End.HIGH:
                high[column] = min(high[column], aim)
            else:
                low[column] = max(low[column], aim)
        return low, high

    def _table(self, answer: Answer) -> Whole | None:
        """Give an answer as a table of whole numbers, if it is one that fits."""
        if answer.outcome is Outcome.UNBOUNDED or len(answer.values) != len(self._system.cells):
            return None
        rounded = np.rint(answer.values)
        if np.abs(answer.values - rounded).max(initial=0.0) > _NEAR:
            return None
        table = rounded.astype(np.int64)
        return table if self._system.fits(table) and self.agrees(table) else None

    def _fresh(self, low: Floats, high: Floats) -> Programme:
        return Programme(low, high, self._system.matrix)

    def _refusal(self, outcome: Outcome) -> TablesError:
        if outcome is not Outcome.NONE:
            return TablesError("time", "There was no time to find out what the print leaves.", ())
        for whole in (False, True):
            place = self._torn(whole)
            if place is not None:
                return contradiction(self._system.release, place)
        return TablesError("contradicts", "What is printed contradicts itself.", ())

    def _torn(self, whole: bool) -> int | None:
        """Give the printed fact that gives way first when all may be broken at a price."""
        system, columns = self._system, len(self._system.cells)
        count = system.matrix.count
        matrix = _with_slack(system.matrix, columns)
        slack = np.full(2 * count, np.inf)
        programme = Programme(
            np.concatenate([self._low, np.zeros(2 * count)]),
            np.concatenate([self._high, slack]),
            matrix,
        )
        programme.cost(np.concatenate([np.zeros(columns), np.ones(2 * count)]))
        answer = programme.solve_whole(self._clock) if whole else programme.solve(self._clock)
        if answer.outcome is not Outcome.DONE:
            return None
        given = answer.values[columns::2] + answer.values[columns + 1 :: 2]
        if given.max(initial=0.0) <= _NEAR:
            return None
        return system.rows[int(given.argmax())].place


def _with_slack(matrix: Matrix, columns: int) -> Matrix:
    """Give every row two columns of its own, by which it can be more or less than it should be."""
    ends = matrix.start[1:]
    own = columns + 2 * np.arange(matrix.count)
    at = np.repeat(ends, 2)
    index = np.insert(matrix.index, at, np.stack([own, own + 1], axis=1).ravel())
    value = np.insert(matrix.value, at, np.tile([1.0, -1.0], matrix.count))
    start = matrix.start + 2 * np.arange(matrix.count + 1)
    return Matrix(start.astype(np.int32), index.astype(np.int32), value, matrix.low, matrix.high)
