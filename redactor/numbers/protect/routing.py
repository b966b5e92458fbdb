"""Safe patterns found quickly: each movement goes the cheapest way, and what is unused is shown.

Every pattern here was checked with tables of whole numbers; only that it is cheap is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from redactor.numbers.protect.attack import Attack, Push, meets
from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import (
    INFINITE,
    Clock,
    Flags,
    Floats,
    OutOfTime,
    Programme,
    Whole,
    both_ways,
)
from redactor.numbers.protect.system import System


class Settled:
    """Which demands a pattern meets, with a table for each that it does."""

    def __init__(self, attack: Attack, demands: Sequence[Demand]) -> None:
        self._attack = attack
        self.demands = tuple(demands)
        #: For each demand tables that meet it, each with the printable columns that move in it.
        self._known: dict[Demand, list[tuple[Whole, Floats]]] = {one: [] for one in demands}

    def table(self, demand: Demand, hidden: Flags, *, quick: bool = False) -> Floats | None:
        """Give a table of whole numbers that meets a demand; None where there is none.

        Args:
            quick: None also where only a search in whole numbers would find one.
        """
        for moved, table in self._known[demand]:
            if hidden[moved].all():
                return table
        return self.settle(demand, hidden, quick=quick)[0]

    def settle(
        self, demand: Demand, hidden: Flags, *, quick: bool = False
    ) -> tuple[Floats | None, list[tuple[Side, Push]]]:
        """Give such a table, or the pushes that fell short; neither where only whole numbers do."""
        self._attack.hide(hidden)
        pushes = []
        short = True
        for side in demand.sides:
            push = self._attack.push(demand.column, side, demand.blind)
            pushes.append((side, push))
            if push.reached > 1e-6 and (len(demand.sides) > 1 or push.reached > side[1] - 1e-6):
                table = self._attack.whole(push.table, hidden)
                if table is not None and meets(table, demand):
                    self._keep(demand, table)
                    return table, []
            short = short and push.reached < side[1] - 1e-6
        if short:
            return None, pushes
        if quick:
            return None, []
        table = self._attack.whole_witness(demand, hidden)
        if table is not None:
            self._keep(demand, table)
        return table, []

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
        self._known[demand] = [(moved, table), *self._known[demand][:7]]

    def unmet(self, hidden: Flags) -> list[Demand]:
        """Give the demands that a pattern does not meet."""
        return [one for one in self.demands if self.table(one, hidden) is None]


class Router:
    """The cheapest way of a movement, where moving what is hidden already costs nothing."""

    def __init__(self, system: System, clock: Clock, among: Flags) -> None:
        self._system = system
        self._clock = clock
        self._columns = np.flatnonzero(among)
        self._place = np.full(system.columns, -1, np.int64)
        self._place[self._columns] = np.arange(len(self._columns))
        _, rows = system.rows.among(self._place, len(self._columns))
        self._low = np.zeros(2 * len(self._columns))
        self._high = np.concatenate([system.high[among], -system.low[among]])
        self._programme = Programme(
            self._low, self._low, self._high, both_ways(rows, len(self._columns))
        )
        self._programme.begin_from_nought()

    def route(self, demand: Demand, price: Floats) -> Floats | None:
        """Give the cheapest movement, in whole numbers or not; None where there is no way.

        Args:
            price: what each column costs a movement that uses all of it that it could.
        """
        routed = [self._routed(demand, side, price) for side in demand.sides]
        cost, table = min(routed, key=lambda one: one[0])
        return table if cost < INFINITE else None

    def _routed(self, demand: Demand, side: Side, price: Floats) -> tuple[float, Floats]:
        sign, amount = side
        n, column = len(self._columns), int(self._place[demand.column])
        table = np.zeros(self._system.columns)
        along, against = (column, n + column) if sign > 0 else (n + column, column)
        if self._high[along] < amount:
            return INFINITE, table
        limits = {along: (float(amount), float(amount)), against: (0.0, 0.0)}
        if demand.blind >= 0 and (blind := int(self._place[demand.blind])) >= 0:
            limits |= {blind: (0.0, 0.0), n + blind: (0.0, 0.0)}
        for one, (low, high) in limits.items():
            self._programme.set_limit(one, low, high)
        price = price[self._columns]
        capacity = np.minimum(self._high, amount)
        self._programme.set_costs(np.concatenate([price, price]) / np.maximum(capacity, 1.0))
        try:
            answer = self._programme.solve(self._clock)
        finally:
            for one in limits:
                self._programme.set_limit(one, self._low[one], self._high[one])
        if not answer.solved:
            return INFINITE, table
        table[self._columns] = answer.values[:n] - answer.values[n:]
        return answer.value, table


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
        if settled.table(demand, hidden, quick=True) is not None:
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
