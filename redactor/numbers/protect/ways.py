"""The cheapest movement that takes a column as far as is demanded."""

from __future__ import annotations

import numpy as np

from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import (
    Clock,
    Floats,
    Programme,
    Rows,
    Whole,
    both_ways,
)


class Ways:
    """Each column is there twice, as it moves up and as it moves down; moving costs.

    Args:
        columns: the columns of the system that can move.
        place: for each column of the system where it is among them, or -1.
        rows: what ties them.
    """

    def __init__(self, columns: Whole, place: Whole, rows: Rows) -> None:
        self._columns = columns
        self._place = place
        nought = np.zeros(2 * len(columns))
        self._nought = self._most = nought
        self._programme = Programme(nought, nought, nought, both_ways(rows, len(columns)))

    def begin_from_nought(self) -> None:
        """Begin each time with nothing moving, and not from the last movement."""
        self._programme.begin_from_nought()

    def limit(self, low: Floats, high: Floats) -> None:
        """Say how far each column of the system moves down (0 or less) and up."""
        most = np.concatenate([high[self._columns], -low[self._columns]])
        if not np.array_equal(most, self._most):
            self._programme.set_limits(self._nought, most)
            self._most = most

    def price(self, price: Floats) -> None:
        """Say what one step up or down costs, for each column twice."""
        self._programme.set_costs(price)

    def cheapest(self, demand: Demand, side: Side, clock: Clock) -> tuple[float, Floats] | None:
        """Give what it costs and the movements of the columns of the system; None for no way.

        The column moves as far as is demanded, or further; whole numbers or not.
        """
        sign, amount = side
        n, column = len(self._columns), int(self._place[demand.column])
        if column < 0:
            return None
        along, against = (column, n + column) if sign > 0 else (n + column, column)
        furthest = float(self._most[along])
        if furthest < amount:
            return None
        limits = {along: (float(amount), furthest), against: (0.0, 0.0)}
        if demand.blind >= 0 and (blind := int(self._place[demand.blind])) >= 0:
            limits |= {blind: (0.0, 0.0), n + blind: (0.0, 0.0)}
        for one, (low, high) in limits.items():
            self._programme.set_limit(one, low, high)
        try:
            answer = self._programme.solve(clock)
        finally:
            for one in limits:
                self._programme.set_limit(one, 0.0, self._most[one])
        if not answer.solved:
            return None
        table = np.zeros(len(self._place))
        table[self._columns] = answer.values[:n] - answer.values[n:]
        return answer.value, table
