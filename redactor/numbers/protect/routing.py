"""Safe patterns found quickly: each movement goes the cheapest way, and what is unused is shown.

Every pattern here was checked with tables of whole numbers; only that it is cheap is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from redactor.numbers.protect.attack import Attack, Push, meets
from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import Clock, Flags, Floats, OutOfTime, Whole
from redactor.numbers.protect.system import System
from redactor.numbers.protect.ways import Ways

#: So many tables that meet a demand are kept of each, and so many patterns that do not.
_KEPT = 8
#: With so many times as many columns as are hidden, a way among all is dear.
_WIDE = 4


class Settled:
    """Which demands a pattern meets, with a table for each that it does."""

    def __init__(self, attack: Attack, demands: Sequence[Demand]) -> None:
        self._attack = attack
        self.demands = tuple(demands)
        #: For each demand tables that meet it, each with the printable columns that move in it.
        self._known: dict[Demand, list[tuple[Whole, Floats]]] = {one: [] for one in demands}
        #: For each demand patterns that do not meet it, and so no part of them does.
        self._lacking: dict[Demand, list[Flags]] = {one: [] for one in demands}

    def table(self, demand: Demand, hidden: Flags, *, quick: bool = False) -> Floats | None:
        """Give a table of whole numbers that meets a demand; None where there is none.

        Args:
            quick: None also where only a search in whole numbers would find one.
        """
        table = self._seen(demand, hidden)
        if table is not None:
            return table
        if any(not (hidden & ~too_few).any() for too_few in self._lacking[demand]):
            return None
        self._attack.hide(hidden)
        lacking = True
        for side in demand.sides:
            movement = self._attack.nearest(demand, side)
            if movement is not None and self.offer(demand, movement, hidden):
                return self._known[demand][0][1]
            lacking = lacking and movement is None
        if not lacking:
            if quick:
                return None
            table = self._attack.whole_witness(demand, hidden)
            if table is not None:
                self._keep(demand, table)
                return table
        self._lacking[demand] = [hidden.copy(), *self._lacking[demand][: _KEPT - 1]]
        return None

    def is_known(self, demand: Demand, hidden: Flags) -> bool:
        """Say whether a table was seen already that meets a demand."""
        return self._seen(demand, hidden) is not None

    def _seen(self, demand: Demand, hidden: Flags) -> Floats | None:
        return next((table for moved, table in self._known[demand] if hidden[moved].all()), None)

    def shortfall(self, demand: Demand, hidden: Flags) -> list[tuple[Side, Push]]:
        """Give the pushes that fall short of a demand; none where only whole numbers do."""
        self._attack.hide(hidden)
        pushes = [
            (side, self._attack.push(demand.column, side, demand.blind)) for side in demand.sides
        ]
        short = all(push.reached < amount - 1e-6 for (_, amount), push in pushes)
        return pushes if short else []

    def use(self, attack: Attack) -> None:
        """Go on with another clock."""
        self._attack = attack

    def offer(self, demand: Demand, movement: Floats, hidden: Flags) -> bool:
        """Keep a movement if it is a table of whole numbers that meets a demand; say if it is."""
        table = self._attack.whole(movement, hidden)
        if table is None or not meets(table, demand):
            return False
        self._keep(demand, table)
        return True

    def _keep(self, demand: Demand, table: Floats) -> None:
        moved = np.flatnonzero((table != 0) & ~self._attack.system.free)
        self._known[demand] = [(moved, table), *self._known[demand][: _KEPT - 1]]

    def unmet(self, hidden: Flags) -> list[Demand]:
        """Give the demands that a pattern does not meet."""
        return [one for one in self.demands if self.table(one, hidden) is None]


class Router:
    """The cheapest way of a movement, where moving what is hidden already costs nothing."""

    def __init__(self, system: System, clock: Clock, among: Flags) -> None:
        self._clock = clock
        self._free = system.free
        self._columns = np.flatnonzero(among)
        place = np.full(system.columns, -1, np.int64)
        place[self._columns] = np.arange(len(self._columns))
        _, rows = system.rows.among(place, len(self._columns))
        self._most = np.concatenate([system.high[among], -system.low[among]])
        self._ways = Ways(self._columns, place, rows)
        self._ways.begin_from_nought()
        self._ways.limit(system.low, system.high)

    def is_wide(self, hidden: Flags) -> bool:
        """Say whether a way among hidden columns is far easier to find than one among all."""
        return _WIDE * int((hidden | self._free).sum()) < len(self._columns)

    def route(self, demand: Demand, price: Floats) -> Floats | None:
        """Give the cheapest movement, in whole numbers or not; None where there is no way.

        Args:
            price: what each column costs a movement that uses all of it that it could.
        """
        price = np.tile(price[self._columns], 2)
        routed = []
        for side in demand.sides:
            self._ways.price(price / np.maximum(np.minimum(self._most, side[1]), 1.0))
            found = self._ways.cheapest(demand, side, self._clock)
            if found is not None:
                routed.append(found)
        return min(routed, key=lambda one: one[0])[1] if routed else None


def completed(
    settled: Settled, router: Router, system: System, hidden: Flags, guide: Floats
) -> Flags:
    """Hide more until every demand is met.

    Args:
        hidden: what is hidden already.
        guide: 0 to 1 for each column: how much of it a good mixture hides.
    """
    hidden = hidden.copy()
    for demand in settled.demands:
        if settled.is_known(demand, hidden) or (
            router.is_wide(hidden) and settled.table(demand, hidden, quick=True) is not None
        ):
            continue
        price = np.where(hidden | system.free, 1e-5, system.cost * (1.02 - guide) + 1e-4)
        movement = router.route(demand, price)
        if movement is not None:
            hidden |= (np.abs(movement) > 1e-6) & ~system.free
            if settled.offer(demand, movement, hidden):
                continue
        if movement is None or settled.table(demand, hidden) is None:
            hidden |= _whole_way(settled, system, demand, hidden)
    return hidden


def _whole_way(settled: Settled, system: System, demand: Demand, hidden: Flags) -> Flags:
    """Give what must move where fractions do not do: some table of whole numbers, all hidden."""
    table = settled.table(demand, ~system.free)
    if table is None:
        raise OutOfTime
    moved: Flags = table != 0
    return moved & ~system.free & ~hidden


def thinned(
    settled: Settled, system: System, hidden: Flags, sure: Flags, order: Iterable[int]
) -> Flags:
    """Show again, in an order, whatever can be shown without leaving a demand unmet."""
    hidden = hidden.copy()
    for column in order:
        if not hidden[column] or sure[column]:
            continue
        hidden[column] = False
        if any(settled.table(one, hidden, quick=True) is None for one in settled.demands):
            hidden[column] = True
    return hidden
