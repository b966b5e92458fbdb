"""How far columns can move at most, row by row: what is stuck is seen without the solver."""

from __future__ import annotations

import numpy as np

from redactor.numbers.protect.solving import Flags, Floats
from redactor.numbers.protect.system import System

#: So often the rows are gone through.
_ROUNDS = 4


def furthest(system: System, hidden: Flags) -> tuple[Floats, Floats]:
    """Give how far each column moves down (0 or less) and up at most, once some are hidden.

    A column alone in a sum does not move, and none by more than the others of its row together;
    so that these are limits for every table that fits, but not such as are reached.
    """
    moving = hidden | system.free
    low, high = np.where(moving, system.low, 0.0), np.where(moving, system.high, 0.0)
    rows = system.rows
    row, index, value = rows.row_of_entry(), rows.index, rows.value
    order = np.argsort(index, kind="stable")
    columns, first = np.unique(index[order], return_index=True)
    for _ in range(_ROUNDS if len(columns) else 0):
        most = np.where(value > 0, value * high[index], value * low[index])
        least = np.where(value > 0, value * low[index], value * high[index])
        above = rows.high[row] + _of_others(-least, row, rows.count)
        below = rows.low[row] - _of_others(most, row, rows.count)
        up = np.where(value > 0, above, below) / value
        down = np.where(value > 0, below, above) / value
        high[columns] = np.minimum(high[columns], np.minimum.reduceat(up[order], first))
        low[columns] = np.maximum(low[columns], np.maximum.reduceat(down[order], first))
    return low, high


def _of_others(give: Floats, row: np.ndarray, count: int) -> Floats:
    """Give for each entry what the others of its row give together; endless where one is."""
    endless = np.isinf(give)
    some = np.where(endless, 0.0, give)
    sums = np.bincount(row, some, count)[row] - some
    others = np.bincount(row, endless, count)[row] - endless
    return np.where(others > 0, np.inf, sums)
