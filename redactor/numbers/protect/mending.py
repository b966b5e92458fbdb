"""A cheaper pattern near one that is safe: some of it is shown again and made safe another way.

Where no proof is in reach (dense tables of three dimensions) this finds what the search for a
proof passes by. Chance has a fixed seed and a fixed number of tries, so that the same tables have
the same answer while there is time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from redactor.numbers.protect.routing import Router, Settled, completed, thinned
from redactor.numbers.protect.solving import Flags, Floats
from redactor.numbers.protect.system import System

#: The least and the greatest share of the further columns that is shown again.
_LEAST, _MOST = 0.1, 0.45


class Mender:
    """Tries around the best pattern; each begins from the cheapest that there is by then."""

    def __init__(
        self, system: System, settled: Settled, router: Router, sure: Flags, cost: Floats
    ) -> None:
        self._system = system
        self._settled = settled
        self._router = router
        self._sure = sure
        self._cost = cost
        self._chance = random.Random(1)  # noqa: S311 - no secret
        self._rows = [
            system.rows.index[system.rows.start[row] : system.rows.start[row + 1]]
            for row in range(system.rows.count)
        ]

    def tries(self, best: Flags, guide: Floats, count: int) -> Iterator[Flags]:
        """Give each pattern that is cheaper than all before.

        Args:
            best: a safe pattern.
            guide: 0 to 1 for each column: how much of it a good mixture hides.

        Raises:
            OutOfTime, Cancelled: the clock says so.
        """
        for _ in range(count):
            found = self._mended(best, guide)
            if self._cost[found].sum() < self._cost[best].sum() - 1e-9:
                best = found
                yield best

    def _mended(self, best: Flags, guide: Floats) -> Flags:
        kept = best & ~self._shown_again(best)
        noise = np.array([self._chance.uniform(-0.3, 0.3) for _ in range(self._system.columns)])
        whole = completed(
            self._settled, self._router, self._system, kept, np.clip(guide + noise, 0.0, 1.0)
        )
        order = [int(one) for one in np.flatnonzero(whole & ~self._sure)]
        self._chance.shuffle(order)
        order.sort(key=lambda one: -round(float(self._cost[one])))
        return thinned(self._settled, self._system, whole, self._sure, order)

    def _shown_again(self, best: Flags) -> Flags:
        """Choose further columns: those of a few sums, or any."""
        further = best & ~self._sure & ~self._system.free
        chosen = np.zeros(len(best), np.bool_)
        columns = [int(one) for one in np.flatnonzero(further)]
        if not columns:
            return chosen
        most = max(1, round(len(columns) * self._chance.uniform(_LEAST, _MOST)))
        if self._chance.random() < 0.5:
            chosen[self._chance.sample(columns, min(most, len(columns)))] = True
            return chosen
        rows = [row for row in self._rows if further[row].any()]
        self._chance.shuffle(rows)
        for row in rows:
            chosen[row] |= further[row]
            if chosen.sum() >= most:
                break
        return chosen
