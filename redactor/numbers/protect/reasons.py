"""Why each further cell is hidden: the small ones that it protects."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from redactor.numbers.model import CellName
from redactor.numbers.protect.narrowing import furthest
from redactor.numbers.protect.routing import Router, Settled
from redactor.numbers.protect.solving import Clock, Flags, OutOfTime
from redactor.numbers.protect.system import System

_NEAR = 1e-6


def reasons(
    system: System,
    settled: Settled,
    hidden: Flags,
    primary: tuple[CellName, ...],
    secondary: Iterable[CellName],
    clock: Clock,
) -> dict[CellName, tuple[CellName, ...]]:
    """Print each further cell alone again, and see which needs are no longer met.

    Returns:
        For each cell the small ones, in the order of the tables; cells that time did not suffice
        for are left out.
    """
    of_column: dict[int, tuple[CellName, ...]] = {}
    why: dict[CellName, tuple[CellName, ...]] = {}
    try:
        _move_little(system, settled, hidden, primary, clock)
        for cell in secondary:
            column = system.column_of[cell]
            if column not in of_column:
                broken = _broken(system, settled, hidden, column)
                of_column[column] = tuple(
                    one for one in primary if system.column_of.get(one) in broken
                )
            why[cell] = of_column[column]
    except OutOfTime:
        return why
    return why


def _broken(system: System, settled: Settled, hidden: Flags, column: int) -> set[int]:
    """Give the columns of which something is demanded that is not met without another."""
    without = hidden.copy()
    without[column] = False
    low, high = furthest(system, without)
    return {
        one.column
        for one in settled.demands
        if all(
            (high[one.column] if sign > 0 else -low[one.column]) < amount - _NEAR
            for sign, amount in one.sides
        )
        or settled.table(one, without) is None
    }


def _move_little(
    system: System, settled: Settled, hidden: Flags, primary: tuple[CellName, ...], clock: Clock
) -> None:
    """Find tables that move few of the further cells: only those few have to be asked about."""
    if not settled.demands:
        return
    small = [system.column_of[cell] for cell in primary if cell in system.column_of]
    price = np.ones(system.columns)
    price[small] = 1e-3
    router = Router(system, clock, hidden | system.free)
    for demand in settled.demands:
        movement = router.route(demand, price)
        if movement is not None:
            settled.offer(demand, movement, hidden)
