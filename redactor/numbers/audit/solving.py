"""The solver, and the clock: the least of a sum under limits, by HiGHS.

One thread and one seed everywhere, so that the same question has the same answer. Two solvers of
one process with different numbers of threads leave the second without an answer and without an
error: whatever is not plainly an answer is therefore ``ODD``.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from redactor.errors import Cancelled
from redactor.numbers.audit.system import Floats, Matrix


def _empty() -> Floats:
    return np.zeros(0)


class Clock:
    """The time that is left, in seconds, and whether the person still wants an answer."""

    def __init__(self, limit: float, cancel: Callable[[], bool] | None) -> None:
        self._end = time.monotonic() + limit
        self._cancel = cancel

    @property
    def left(self) -> float:
        """Give the seconds that are left; 0 for none.

        Raises:
            Cancelled: the person asked to stop.
        """
        if self.is_cancelled:
            raise Cancelled
        return max(0.0, self._end - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Say whether to stop: the time is used up, or the person asked to."""
        return self.is_cancelled or time.monotonic() >= self._end

    @property
    def is_cancelled(self) -> bool:
        """Say whether the person asked to stop."""
        return self._cancel is not None and self._cancel()


class Outcome(enum.Enum):
    """How a search ended. ``ODD`` is whatever says nothing for certain."""

    DONE = enum.auto()
    NONE = enum.auto()
    UNBOUNDED = enum.auto()
    ODD = enum.auto()


_OUTCOMES = {
    highspy.HighsModelStatus.kOptimal: Outcome.DONE,
    highspy.HighsModelStatus.kInfeasible: Outcome.NONE,
    highspy.HighsModelStatus.kUnbounded: Outcome.UNBOUNDED,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search came to.

    Attributes:
        values: the columns, where the outcome is ``DONE``; in whole numbers also the best that was
            found before the end; else empty.
        duals, reduced: of a search that was not in whole numbers, what each row and each column is
            worth.
    """

    outcome: Outcome
    value: float = 0.0
    values: Floats = field(default_factory=_empty)
    duals: Floats = field(default_factory=_empty)
    reduced: Floats = field(default_factory=_empty)


class Programme:
    """Columns with limits, under rows; asked again and again for the least of different sums."""

    def __init__(self, low: Floats, high: Floats, matrix: Matrix) -> None:
        self.columns = len(low)
        self._all = np.arange(self.columns, dtype=np.int32)
        self._highs = highspy.Highs()
        self._set(output_flag=False, threads=1, random_seed=1, parallel="off", presolve="off")
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, matrix.count
        model.col_cost_ = np.zeros(self.columns)
        model.col_lower_, model.col_upper_ = low, high
        model.row_lower_, model.row_upper_ = matrix.low, matrix.high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.start
        model.a_matrix_.index_ = matrix.index
        model.a_matrix_.value_ = matrix.value
        self._taken = self._highs.passModel(model) != highspy.HighsStatus.kError

    def _set(self, **options: object) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def prefer_primal(self) -> None:
        """Begin from the last solution, which another sum leaves possible; limits as they are."""
        self._set(simplex_strategy=4, primal_simplex_bound_perturbation_multiplier=0.0)

    def limit(self, low: Floats, high: Floats) -> None:
        """Put other limits on all columns."""
        self._highs.changeColsBounds(self.columns, self._all, low, high)

    def cost(self, cost: Floats) -> None:
        """Ask for the least of another sum."""
        self._highs.changeColsCost(self.columns, self._all, cost)

    def limit_one(self, column: int, low: float, high: float) -> None:
        """Put other limits on one column."""
        self._highs.changeColBounds(column, low, high)

    def cost_one(self, column: int, cost: float) -> None:
        """Change what one column counts for in the sum."""
        self._highs.changeColCost(column, cost)

    def solve(self, clock: Clock) -> Answer:
        """Search without asking for whole numbers; an odd end is tried once more from scratch."""
        answer = self._solve(clock)
        if answer.outcome is Outcome.ODD and not clock.is_over:
            self._highs.clearSolver()
            answer = self._solve(clock)
        return answer

    def _solve(self, clock: Clock) -> Answer:
        left = clock.left
        if left <= 0 or not self._taken:
            return Answer(Outcome.ODD)
        self._set(time_limit=self._highs.getRunTime() + left)
        outcome = self._run()
        if outcome is not Outcome.DONE:
            return Answer(outcome)
        solution = self._highs.getSolution()
        return Answer(
            outcome,
            self._highs.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.row_dual),
            np.array(solution.col_dual),
        )

    def solve_whole(self, clock: Clock, *, gap: float = 0.0, nodes: int | None = None) -> Answer:
        """Search in whole numbers, once; the programme is not used again.

        Args:
            gap: by what share the answer may be off.
            nodes: after how many steps to be content with the best so far.
        """
        left = clock.left
        if left <= 0 or not self._taken:
            return Answer(Outcome.ODD)
        kinds = np.full(self.columns, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(self.columns, self._all, kinds)
        # Sums of whole numbers: what is off by less than a half is not off.
        self._set(presolve="on", time_limit=left, mip_rel_gap=gap, mip_abs_gap=0.5)
        # The jump costs 10 ms and more each time, and finds what the first relaxation does.
        self._set(mip_feasibility_tolerance=1e-7, mip_heuristic_run_feasibility_jump=False)
        if nodes is not None:
            self._set(mip_max_nodes=nodes)

        def look(event: Any) -> None:
            if clock.is_over:
                event.interrupt()

        self._highs.cbMipInterrupt.subscribe(look)
        outcome = self._run()
        if clock.is_cancelled:
            raise Cancelled
        info = self._highs.getInfo()
        found = info.primal_solution_status == 2  # a table that fits, whatever ended the search
        values = np.array(self._highs.getSolution().col_value) if found else _empty()
        return Answer(outcome, info.objective_function_value, values)

    def _run(self) -> Outcome:
        if self._highs.run() == highspy.HighsStatus.kError:
            return Outcome.ODD
        return _OUTCOMES.get(self._highs.getModelStatus(), Outcome.ODD)
