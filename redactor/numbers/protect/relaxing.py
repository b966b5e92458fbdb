"""What can be had at all: the needs that are met if everything is hidden that may be hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from redactor.numbers.model import CellName, Need
from redactor.numbers.protect.attack import Attack, meets
from redactor.numbers.protect.demands import Asked, Demand, Side
from redactor.numbers.protect.system import System
from redactor.numbers.protection import Relaxed


@dataclass(frozen=True, slots=True)
class Attainable:
    """What is asked and can be had.

    Attributes:
        demands: each once.
        relaxed: what was lowered.
        unprotectable: cells that can be worked out exactly, whatever is hidden.
    """

    demands: tuple[Demand, ...]
    relaxed: tuple[Relaxed, ...]
    unprotectable: tuple[CellName, ...]


def attainable(asked: Iterable[Asked], system: System, attack: Attack) -> Attainable:
    """Lower what cannot be met, by as little as will do, and say so.

    Raises:
        OutOfTime: before it was known.
    """
    asked = tuple(asked)
    everything = ~system.free
    wanted = dict.fromkeys(one.demand for one in asked if one.demand is not None)
    met = attack.witnesses(wanted, everything)
    can: dict[Demand, tuple[Side, ...]] = {
        demand: demand.sides if demand in met else _reach(demand, everything, attack)
        for demand in wanted
    }
    demands: dict[Demand, None] = {}
    lowered: dict[tuple[Need, CellName | None], dict[int, int]] = {}
    for one in asked:
        sides = can[one.demand] if one.demand is not None else ()
        if one.demand is not None and sides:
            demands[Demand(one.demand.column, sides, one.demand.blind)] = None
        if sides != one.sides and not (sides and len(one.sides) > 1):
            had = dict(sides)
            lacking = lowered.setdefault((one.need, one.insider), {})
            lacking |= {sign: had.get(sign, 0) for sign, _ in one.sides}
    relaxed = tuple(
        _relaxed(need, insider, reach, system.truth[need.cell])
        for (need, insider), reach in lowered.items()
    )
    exact = dict.fromkeys(one.need.cell for one in relaxed if one.low == one.high)
    return Attainable(tuple(demands), relaxed, tuple(exact))


def _reach(demand: Demand, everything: np.ndarray, attack: Attack) -> tuple[Side, ...]:
    """Give the sides that can be had, each as far as it goes."""
    attack.hide(everything)
    had = []
    for side in demand.sides:
        sign, amount = side
        movement = attack.nearest(demand, side)
        table = None if movement is None else attack.whole(movement, everything)
        if table is not None:
            reached = amount
        else:
            reached, table = attack.whole_reach(demand, side, everything)
        if len(demand.sides) > 1 and table is not None and meets(table, demand):
            return demand.sides
        if reached > 0:
            had.append((sign, min(reached, amount)))
    return tuple(had)


def _relaxed(need: Need, insider: CellName | None, reach: dict[int, int], count: int) -> Relaxed:
    """Say how far below and above the count a reader must still reckon with."""
    down = reach.get(-1, 0 if need.low is None else count - need.low)
    up = reach.get(1, 0 if need.high is None else need.high - count)
    return Relaxed(need, count - down, count + up, insider)
