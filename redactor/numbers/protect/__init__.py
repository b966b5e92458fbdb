"""Which further counts to hide, so that the small ones cannot be worked out: as few as can be.

All linked tables are protected together, with whatever else is printed about them. The answer says
whether it is the least, or by how much it may be off; what could not be had is said too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from redactor.errors import TablesError
from redactor.numbers.model import (
    CellName,
    Interval,
    Need,
    Policy,
    Tables,
    needs_of,
    small_cells,
)
from redactor.numbers.protect.attack import Attack
from redactor.numbers.protect.demands import Demand, asked_of
from redactor.numbers.protect.reasons import reasons
from redactor.numbers.protect.refusing import check_pins, check_tables
from redactor.numbers.protect.relaxing import attainable
from redactor.numbers.protect.search import SAME_COST, Search
from redactor.numbers.protect.solving import Clock, Flags, OutOfTime
from redactor.numbers.protect.system import System, make_system
from redactor.numbers.protection import Protection, Relaxed, Status

__all__ = ["Protection", "Relaxed", "Status", "protect"]


def protect(
    tables: Tables,
    policy: Policy,
    *,
    budget_s: float,
    known: Mapping[CellName, Interval] | None = None,
    needs: Sequence[Need] | None = None,
    progress: Callable[[float, float], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Protection:
    """Choose what to hide beside the small counts, at the least cost.

    Args:
        budget_s: seconds after which the best pattern so far is given.
        known: what a reader has already of cells, from earlier releases.
        needs: what must not be worked out, in place of what the policy asks; of cells that are
            hidden for themselves.
        progress: told of the cost of the best pattern so far, and of the lower bound.
        cancel: asked from time to time whether to stop.

    Raises:
        TablesError, NotAdditive: the tables cannot be protected as they stand; ``time``: there was
            not even time to see what can be had.
        UsageError: pins that cannot be kept to.
        Cancelled: the person asked to stop.
    """
    known = known or {}
    check_tables(tables, known)
    check_pins(tables, policy)
    primary = small_cells(tables, policy)
    if not primary:
        return Protection(frozenset(), (), (), Status.NOTHING_TO_HIDE, 0.0, 0.0, (), ())
    clock = Clock(budget_s, cancel)
    try:
        system = make_system(tables, policy, known, clock)
        asked = asked_of(needs_of(tables, policy) if needs is None else needs, policy, system)
        can = attainable(asked, system, Attack(system, clock))
    except OutOfTime:
        raise TablesError("time", "There was no time to see what can be had.", ()) from None
    sure = _sure(system, primary, can.demands)
    search_clock = Clock(clock.left * _SEARCH_SHARE, cancel)
    found = Search(system, can.demands, sure, search_clock, progress).run()
    secondary = _secondary(tables, system, found.hidden, primary)
    cost = float(system.cost[found.hidden & ~system.free].sum())
    found.settled.use(Attack(system, clock))
    return Protection(
        hidden=frozenset(primary) | frozenset(secondary),
        primary=primary,
        secondary=secondary,
        status=_status(can.unprotectable, cost, found.bound),
        cost=cost,
        lower_bound=found.bound,
        relaxed=can.relaxed,
        unprotectable=can.unprotectable,
        why=reasons(system, found.settled, found.hidden, primary, secondary, clock),
    )


#: The rest of the time is for saying why.
_SEARCH_SHARE = 0.9


def _sure(system: System, primary: tuple[CellName, ...], demands: tuple[Demand, ...]) -> Flags:
    """Give the columns that are hidden whatever happens.

    Those that something is demanded of, and those of small cells only.
    """
    small = frozenset(primary)
    sure = np.array(
        [bool(cells) and small.issuperset(cells) for cells in system.members], dtype=np.bool_
    )
    sure[[one.column for one in demands]] = True
    return sure


def _secondary(
    tables: Tables, system: System, hidden: Flags, primary: tuple[CellName, ...]
) -> tuple[CellName, ...]:
    chosen = {cell for column in np.flatnonzero(hidden) for cell in system.members[column]}
    chosen.difference_update(primary)
    return tuple(cell for cell in tables.counts if cell in chosen)


def _status(unprotectable: tuple[CellName, ...], cost: float, bound: float) -> Status:
    if unprotectable:
        return Status.UNACHIEVABLE
    return Status.PROVED_MINIMUM if cost - bound <= SAME_COST else Status.BEST_FOUND
