"""Why each further cell is hidden: the small ones that it protects."""

from __future__ import annotations

from collections.abc import Iterable

from redactor.numbers.model import CellName
from redactor.numbers.protect.routing import Settled
from redactor.numbers.protect.solving import Flags, OutOfTime
from redactor.numbers.protect.system import System


def reasons(
    system: System,
    settled: Settled,
    hidden: Flags,
    primary: tuple[CellName, ...],
    secondary: Iterable[CellName],
) -> dict[CellName, tuple[CellName, ...]]:
    """Print each further cell alone again, and see which needs are no longer met.

    Returns:
        For each cell the small ones, in the order of the tables; cells that time did not suffice
        for are left out.
    """
    of_column: dict[int, tuple[CellName, ...]] = {}
    why: dict[CellName, tuple[CellName, ...]] = {}
    for cell in secondary:
        column = system.column_of[cell]
        if column not in of_column:
            without = hidden.copy()
            without[column] = False
            try:
                broken = {
                    demand.column
                    for demand in settled.demands
                    if settled.table(demand, without) is None
                }
            except OutOfTime:
                return why
            of_column[column] = tuple(one for one in primary if system.column_of.get(one) in broken)
        why[cell] = of_column[column]
    return why
