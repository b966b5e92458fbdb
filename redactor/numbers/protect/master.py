"""The choice of what to hide, under the cuts found so far: its least cost is a lower bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from redactor.numbers.protect.cuts import Cut, cut_rows
from redactor.numbers.protect.solving import Clock, Flags, Floats, Programme, rows_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A pattern, or a mixture of patterns.

    Attributes:
        hidden: 0 to 1 for each column.
        bound: no safe pattern costs less.
        reduced: what hiding a column more would cost, of a mixture.
        ended: False where time ended the search.
    """

    hidden: Floats
    bound: float
    reduced: Floats
    ended: bool = True


class Master:
    """Cuts, and the patterns that satisfy them all at least cost."""

    def __init__(self, cost: Floats, sure: Flags, clock: Clock) -> None:
        self._cost = cost
        self._clock = clock
        self._low = sure.astype(np.float64)
        self._high = np.ones(len(cost))
        self._cuts: list[Cut] = []
        self._keys: set[bytes] = set()
        self._programme = Programme(cost, self._low, self._high, rows_of([], [], []))

    @property
    def count(self) -> int:
        """Give how many cuts there are."""
        return len(self._cuts)

    def add(self, cuts: list[Cut]) -> int:
        """Add cuts that are not there yet; give how many."""
        new = []
        for cut in cuts:
            if cut.key not in self._keys:
                self._keys.add(cut.key)
                new.append(cut)
        if new:
            self._cuts += new
            self._programme.add(cut_rows(new))
        return len(new)

    def never_hide(self, columns: Flags) -> None:
        """Leave columns out that no pattern better than the best so far can have."""
        self._high[columns] = 0.0
        self._programme.set_limits(self._low, self._high)

    def mixture(self) -> Choice | None:
        """Give the cheapest mixture; None where columns left out were needed."""
        answer = self._programme.solve(self._clock)
        if not answer.solved:
            return None
        reduced = self._programme.reduced_costs()
        return Choice(np.clip(answer.values, 0.0, 1.0), answer.value, reduced)

    def pattern(self, best: Floats) -> Choice | None:
        """Give the cheapest pattern in whole columns; None where time ended without one.

        Args:
            best: a pattern that satisfies all cuts.
        """
        used = sorted({int(one) for cut in self._cuts for one in cut.columns})
        place = {column: n for n, column in enumerate(used)}
        rows = cut_rows(
            [
                Cut(np.array([place[int(one)] for one in cut.columns]), cut.factors, cut.least)
                for cut in self._cuts
            ]
        )
        programme = Programme(self._cost[used], self._low[used], self._high[used], rows)
        answer = programme.solve_whole(
            self._clock, np.ones(len(used), bool), start=best[used], gap=1e-6
        )
        if not answer.solved:
            return None
        hidden = self._low.copy()
        hidden[used] = np.rint(answer.values)
        return Choice(hidden, max(0.0, answer.bound), np.zeros(0), answer.ended)
