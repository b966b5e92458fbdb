"""Proofs that a mixture of patterns does not let a column move far enough, using few columns."""

from __future__ import annotations

import numpy as np

from redactor.numbers.protect.attack import Push, partly
from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import Clock, Floats, Programme, both_ways
from redactor.numbers.protect.system import System

#: Little enough of each column for a proof to prefer to use fewer.
_TRACE = 1e-3


class Tracer:
    """Pushes columns while each moves by a share of what it could, and a trace at least.

    Each column is there twice, as it moves up and as it moves down, so that nothing moves at the
    low limits: a push begins near there, and takes few steps.
    """

    def __init__(self, system: System, clock: Clock) -> None:
        self._system = system
        self._clock = clock
        nought = np.zeros(2 * system.columns)
        self._programme = Programme(nought, nought, nought, both_ways(system.rows, system.columns))
        self._programme.prefer_primal()
        self._nought = self._most = nought

    def pushes(self, demand: Demand, share: Floats, most: float) -> list[tuple[Side, Push]]:
        """Give for each side of a demand how far it goes, and what proves that it goes no further.

        Args:
            share: 0 to 1 for each column.
            most: no column needs to move further.
        """
        low, high = partly(self._system, np.maximum(share, _TRACE), most)
        limits = np.concatenate([high, -low])
        if not np.array_equal(limits, self._most):
            self._programme.set_limits(self._nought, limits)
            self._most = limits
        return [(side, self._push(demand, side)) for side in demand.sides]

    def _push(self, demand: Demand, side: Side) -> Push:
        sign, amount = side
        width = self._system.columns
        up, down = demand.column, width + demand.column
        along, against = (up, down) if sign > 0 else (down, up)
        limits = {along: min(self._most[along], amount), against: 0.0}
        if demand.blind >= 0:
            limits |= {demand.blind: 0.0, width + demand.blind: 0.0}
        for place, most in limits.items():
            self._programme.set_limit(place, 0.0, most)
        self._programme.set_cost(along, -1.0)
        try:
            answer = self._programme.solve(self._clock)
        finally:
            self._programme.set_cost(along, 0.0)
            for place in limits:
                self._programme.set_limit(place, 0.0, self._most[place])
        table = answer.values[:width] - answer.values[width:]
        return Push(-answer.value, table, -answer.row_duals)
