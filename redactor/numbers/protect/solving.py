"""Linear and mixed programmes, with HiGHS, and the clock that they keep to.

One thread everywhere and one seed: the same programme has the same answer. (Two ``Highs`` objects
of one process with different numbers of threads leave the second with no answer and no error, so
every status is looked at.)
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

from redactor.errors import BugError, Cancelled

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

INFINITE = float("inf")
#: Of the time there is, what a step that cannot look at the clock may be late by.
_SPARE = 0.03


class OutOfTime(Exception):
    """The time that was given is used up; caught where the best answer so far is at hand."""


class Clock:
    """How much time is left, and whether the person still wants an answer."""

    def __init__(self, budget_s: float, cancel: Callable[[], bool] | None = None) -> None:
        self._end = time.monotonic() + budget_s * (1 - _SPARE)
        self._cancel = cancel

    @property
    def left(self) -> float:
        """Give the seconds that are left; 0 for none."""
        return max(0.0, self._end - time.monotonic())

    @property
    def cancelled(self) -> bool:
        """Say whether the person asked to stop."""
        return self._cancel is not None and self._cancel()

    def check(self) -> None:
        """Go on, or stop.

        Raises:
            Cancelled: the person asked to stop.
            OutOfTime: there is no time left.
        """
        if self.cancelled:
            raise Cancelled
        if self.left <= 0:
            raise OutOfTime


@dataclass(frozen=True, slots=True)
class Rows:
    """Sums of columns with limits, row by row: ``low <= matrix x <= high``."""

    start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Floats
    low: Floats
    high: Floats

    @property
    def count(self) -> int:
        """Give how many there are."""
        return len(self.low)

    def row_of_entry(self) -> Whole:
        """Give the row of each entry."""
        return np.repeat(np.arange(self.count), np.diff(self.start))

    def among(self, place: Whole, columns: int) -> tuple[Whole, Rows]:
        """Give the rows that have any of some columns, with nothing else in them.

        Args:
            place: for each column where it goes, or -1.
            columns: how many stay.

        Returns:
            Which rows stay, and they.
        """
        where = place[self.index]
        stays = where >= 0
        row = self.row_of_entry()[stays]
        rows, lengths = np.unique(row, return_counts=True)
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        kept = Rows(
            start,
            where[stays].astype(np.int32),
            self.value[stays],
            self.low[rows],
            self.high[rows],
        )
        return rows, kept

    def sums(self, table: Floats) -> Floats:
        """Give what each row comes to."""
        parts = self.value * table[self.index]
        return np.bincount(self.row_of_entry(), parts, self.count).astype(np.float64)

    def weighted(self, weights: Floats, columns: int) -> Floats:
        """Give, for each column, the sum of its entries times the weights of their rows."""
        parts = self.value * weights[self.row_of_entry()]
        return np.bincount(self.index, parts, columns).astype(np.float64)


def rows_of(
    entries: list[tuple[list[int], list[float]]], low: list[float], high: list[float]
) -> Rows:
    """Make rows of lists of columns and factors."""
    start = np.cumsum([0, *(len(columns) for columns, _ in entries)]).astype(np.int32)
    index = np.array([one for columns, _ in entries for one in columns], np.int32)
    value = np.array([one for _, factors in entries for one in factors], np.float64)
    return Rows(start, index, value, np.array(low, np.float64), np.array(high, np.float64))


def both_ways(rows: Rows, width: int) -> Rows:
    """Give each column twice: as it moves up, and ``width`` further on as it moves down."""
    row = np.concatenate([rows.row_of_entry(), rows.row_of_entry()])
    order = np.argsort(row, kind="stable")
    return Rows(
        (rows.start * 2).astype(np.int32),
        np.concatenate([rows.index, rows.index + width])[order].astype(np.int32),
        np.concatenate([rows.value, -rows.value])[order],
        rows.low,
        rows.high,
    )


def generic(columns: int, draw: int = 0) -> Floats:
    """Give prices between 1 and 2 with no pattern to them, the same each time.

    With ties the cheapest may lie half way between two in whole numbers.

    Args:
        draw: which prices, where the first were of no help.
    """
    chance = random.Random(draw)  # noqa: S311 - no secret
    return np.array([chance.uniform(1.0, 2.0) for _ in range(columns)])


@dataclass(frozen=True, slots=True)
class Answer:
    """What a programme came to.

    Attributes:
        solved: whether there is a solution to look at.
        ended: False where time ended the search.
        value, values: the least that was found, and where.
        bound: nothing is less than this.
        row_duals: of a linear programme, what each row is worth.
    """

    solved: bool
    ended: bool
    value: float
    values: Floats
    bound: float
    row_duals: Floats


_NOTHING = np.zeros(0)
_NO_SOLUTION = Answer(
    solved=False,
    ended=True,
    value=INFINITE,
    values=_NOTHING,
    bound=INFINITE,
    row_duals=_NOTHING,
)
_DONE = highspy.HighsModelStatus.kOptimal
_NONE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kObjectiveBound,
)
_LATE = (
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kHighsInterrupt,
    highspy.HighsModelStatus.kSolutionLimit,
)


class Programme:
    """Find the least of a sum under limits; kept warm from one question to the next."""

    def __init__(self, cost: Floats, low: Floats, high: Floats, rows: Rows) -> None:
        self.columns = len(cost)
        self._anew = False
        self._all = np.arange(self.columns, dtype=np.int32)
        self._highs = highspy.Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            ("parallel", "off"),
            ("presolve", "off"),
        ):
            self._set(name, value)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, rows.count
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, low, high
        model.row_lower_, model.row_upper_ = rows.low, rows.high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = rows.start
        model.a_matrix_.index_ = rows.index
        model.a_matrix_.value_ = rows.value
        self._checked(self._highs.passModel(model))

    def _set(self, name: str, value: object) -> None:
        self._checked(self._highs.setOptionValue(name, value))

    def _checked(self, status: Any) -> None:
        if status == highspy.HighsStatus.kError:
            raise BugError("The solver did not take a programme.")

    def prefer_primal(self) -> None:
        """Begin from the last solution, which a change of costs leaves possible.

        Limits stay as they are: moved a little, as the solver would, they make the many ties of a
        table harder to solve (a quarter of the steps without, on tables of 500 by 20).
        """
        self._set("simplex_strategy", 4)
        self._set("primal_simplex_bound_perturbation_multiplier", 0.0)

    def begin_from_nought(self) -> None:
        """Begin each time with all columns at their low limits; for costs of 0 and more."""
        self._anew = True
        self._set("dual_simplex_cost_perturbation_multiplier", 0.0)

    def set_costs(self, cost: Floats) -> None:
        """Ask for the least of another sum."""
        self._checked(self._highs.changeColsCost(self.columns, self._all, cost))

    def set_limits(self, low: Floats, high: Floats) -> None:
        """Put other limits on all columns."""
        self._checked(self._highs.changeColsBounds(self.columns, self._all, low, high))

    def set_cost(self, column: int, cost: float) -> None:
        """Change the cost of one column."""
        self._checked(self._highs.changeColCost(column, cost))

    def set_limit(self, column: int, low: float, high: float) -> None:
        """Change the limits of one column."""
        self._checked(self._highs.changeColBounds(column, low, high))

    def add(self, rows: Rows) -> None:
        """Add rows."""
        self._checked(
            self._highs.addRows(
                rows.count, rows.low, rows.high, len(rows.index), rows.start, rows.index, rows.value
            )
        )

    def solve(self, clock: Clock) -> Answer:
        """Solve it as a linear programme.

        Raises:
            OutOfTime, Cancelled: the clock says so.
        """
        clock.check()
        if self._anew:
            self._checked(self._highs.clearSolver())
        self._set("time_limit", self._highs.getRunTime() + clock.left + 0.01)
        answer = self._run()
        if not answer.ended:
            clock.check()
            raise OutOfTime
        return answer

    def reduced_costs(self) -> Floats:
        """Give what more of each column would cost, after the last answer."""
        return np.array(self._highs.getSolution().col_dual)

    def solve_whole(
        self,
        clock: Clock,
        whole: Flags,
        *,
        start: Floats | None = None,
        gap: float = 0.0,
    ) -> Answer:
        """Solve it once with some columns in whole numbers; the programme is not used again.

        Args:
            whole: which columns are whole numbers.
            start: a solution to begin from.
            gap: how far from the least the answer may be.
        """
        clock.check()
        columns = self._all[whole]
        kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
        self._checked(self._highs.changeColsIntegrality(len(columns), columns, kinds))
        for name, value in (
            ("presolve", "on"),
            ("time_limit", clock.left + 0.01),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", gap),
            ("mip_feasibility_tolerance", 1e-7),
            # Costs 10 ms and more each time, and the programmes here have a solution soon without.
            ("mip_heuristic_run_feasibility_jump", False),
        ):
            self._set(name, value)
        if start is not None:
            self._checked(self._highs.setSolution(len(start), self._all, start))

        def look(event: Any) -> None:
            if clock.left <= 0 or clock.cancelled:
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(look)
        answer = self._run()
        if clock.cancelled:
            raise Cancelled
        return answer

    def _run(self) -> Answer:
        self._highs.run()
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        if status in _NONE:
            return _NO_SOLUTION
        if status not in _LATE and status != _DONE:
            raise BugError(f"The solver gave no answer: {self._highs.modelStatusToString(status)}.")
        solution = self._highs.getSolution()
        feasible = info.primal_solution_status == 2  # kSolutionStatusFeasible
        return Answer(
            solved=feasible,
            ended=status == _DONE,
            value=info.objective_function_value if feasible else INFINITE,
            values=np.array(solution.col_value) if feasible else _NOTHING,
            bound=info.mip_dual_bound,
            row_duals=np.array(solution.row_dual),
        )
