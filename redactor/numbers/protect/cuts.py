"""What every safe pattern satisfies: capacity cuts, bridges, and patterns that are not enough.

A capacity cut (Fischetti and Salazar-González, Management Science 47(7), 2001) is read off the
proof that a column cannot be pushed far enough: of the cells that the proof uses more must be
hidden. Any multipliers of the rows give a valid cut, so that a solver's rounding can make a cut
weak, never wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from redactor.numbers.protect.attack import Push
from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import Flags, Floats, Rows, rows_of
from redactor.numbers.protect.system import System

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Cut:
    """``sum of factor x hidden >= least``, where hidden is 1 for a hidden column and else 0."""

    columns: NDArray[np.int64]
    factors: Floats
    least: float

    def short_by(self, hidden: Floats) -> float:
        """Give by how much a pattern, or a mixture of patterns, falls short of it."""
        return self.least - float(self.factors @ hidden[self.columns])

    @property
    def key(self) -> bytes:
        """Give what equal cuts have in common."""
        return self.columns.tobytes() + np.round(self.factors, 7).tobytes()


def capacity_cut(
    system: System, demand: Demand, pushes: list[tuple[Side, Push]], sure: Flags
) -> Cut | None:
    """Read a cut off the proofs that a demand is not met.

    Args:
        pushes: for every side of the demand, how far it went.
        sure: columns that are hidden whatever happens; they add to what there is already.

    Returns:
        The cut, with 1 on its right; None where the proofs ask for nothing.
    """
    factors = np.zeros(system.columns)
    for (sign, amount), push in pushes:
        share = _capacities(system, demand, sign, push.worth)
        ready = _rows_give(system.rows, push.worth) + float(share[sure].sum())
        lacking = amount - ready
        if not lacking > _NEAR_NOTHING:
            return None
        share[sure] = 0.0
        factors = np.maximum(factors, np.minimum(1.0, share / lacking))
    columns = np.flatnonzero(factors > _TINY)
    return Cut(columns, factors[columns], 1.0)


_NEAR_NOTHING = 1e-6


def _capacities(system: System, demand: Demand, sign: int, worth: Floats) -> Floats:
    """Give how much each hidden column could add to the push, at most."""
    steps = _snapped(worth)
    rest = -system.rows.weighted(steps, system.columns)
    rest[demand.column] += sign
    up, down = rest > _TINY, rest < -_TINY
    most = np.zeros(system.columns)
    most[up] = rest[up] * system.high[up]
    most[down] = rest[down] * system.low[down]
    if demand.blind >= 0:
        most[demand.blind] = 0.0
    return most


def _rows_give(rows: Rows, worth: Floats) -> float:
    """Give what rows with room in them add to the push, at most."""
    steps = _snapped(worth)
    up, down = steps > 0, steps < 0
    return float((steps[up] * rows.high[up]).sum() + (steps[down] * rows.low[down]).sum())


def _snapped(worth: Floats) -> Floats:
    """Take multipliers to the near fraction that they are meant to be."""
    near = np.round(worth * 60) / 60
    return np.where(np.abs(worth - near) < 1e-7, near, worth)


def more_than(hidden: Flags, system: System) -> Cut:
    """Say that a pattern is not enough: one more column must be hidden."""
    columns = np.flatnonzero(~(hidden | system.free))
    return Cut(columns, np.ones(len(columns)), 1.0)


class Bridges:
    """A hidden cell that is alone in a sum can be worked out: hidden for nothing, or not safe.

    So some least pattern has, for each column in a sum without room, another hidden one beside it.
    """

    def __init__(self, system: System, stuck: Flags) -> None:
        rows = system.rows
        self._free = system.free
        self._stuck = stuck
        self._members = [
            rows.index[rows.start[row] : rows.start[row + 1]].astype(np.int64)
            for row in range(rows.count)
            if rows.low[row] == 0 == rows.high[row]
        ]

    def broken(self, hidden: Floats, enough: float = 0.05) -> list[Cut]:
        """Give the bridges that a mixture of patterns breaks, the worst of each sum."""
        found = []
        for members in self._members:
            if self._free[members].any():
                continue
            shares = hidden[members]
            worst = int(np.argmax(np.where(self._stuck[members], 0.0, shares)))
            if 2 * shares[worst] - shares.sum() > enough:
                factors = np.ones(len(members))
                factors[worst] = -1.0
                found.append(Cut(members, factors, 0.0))
        return found


def cut_rows(cuts: list[Cut]) -> Rows:
    """Give cuts as rows of a programme."""
    entries = [(list(map(int, cut.columns)), list(map(float, cut.factors))) for cut in cuts]
    return rows_of(entries, [cut.least for cut in cuts], [float("inf")] * len(cuts))
