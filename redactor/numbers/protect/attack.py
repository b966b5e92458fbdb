"""What a reader can still reckon with: tables that fit all that is printed, in whole numbers.

A demand is met only by a table that was added up again in whole numbers (``System.fits``); what the
solver says is believed nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import Clock, Flags, Floats, OutOfTime, Programme
from redactor.numbers.protect.system import System

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Push:
    """How far a column can be pushed, whole numbers or not.

    Attributes:
        reached: the movement, never more than asked.
        table: all movements.
        worth: what each row is worth: proof that no more can be had.
    """

    reached: float
    table: Floats
    worth: Floats


class Attack:
    """Push columns as far as they go while some are hidden."""

    def __init__(self, system: System, clock: Clock) -> None:
        self.system = system
        self._clock = clock
        zeros = np.zeros(system.columns)
        self._programme = Programme(zeros, zeros, zeros, system.rows)
        self._programme.prefer_primal()
        self._cost = zeros.copy()
        self._low, self._high = zeros, zeros

    def hide(self, hidden: Flags) -> None:
        """Let hidden columns move, and those that are printed nowhere."""
        moving = hidden | self.system.free
        self._limit(np.where(moving, self.system.low, 0.0), np.where(moving, self.system.high, 0.0))

    def hide_partly(self, share: Floats, most: float) -> None:
        """Let each column move by a share of what it could, and of ``most``."""
        high = np.minimum(self.system.high, most) * share
        low = np.maximum(self.system.low, -most) * share
        free = self.system.free
        self._limit(np.where(free, self.system.low, low), np.where(free, self.system.high, high))

    def _limit(self, low: Floats, high: Floats) -> None:
        self._low, self._high = low, high
        self._programme.set_limits(low, high)

    def push(self, column: int, side: Side, blind: int = -1) -> Push:
        """Push one column, by no more than is asked."""
        sign, amount = side
        caps = {column: (self._low[column], self._high[column])}
        caps[column] = (
            (caps[column][0], min(caps[column][1], amount))
            if sign > 0
            else (max(caps[column][0], -amount), caps[column][1])
        )
        return self._pushed({column: float(sign)}, caps, blind)

    def _pushed(
        self, aim: dict[int, float], caps: dict[int, tuple[float, float]], blind: int
    ) -> Push:
        if blind >= 0:
            caps = {**caps, blind: (0.0, 0.0)}
        for column, (low, high) in caps.items():
            self._programme.set_limit(column, low, high)
        for column, worth in aim.items():
            self._programme.set_cost(column, -worth)
        try:
            answer = self._programme.solve(self._clock)
        finally:
            for column in aim:
                self._programme.set_cost(column, 0.0)
            for column in caps:
                self._programme.set_limit(column, self._low[column], self._high[column])
        return Push(-answer.value, answer.values, -answer.row_duals)

    def witnesses(self, demands: Iterable[Demand], hidden: Flags) -> dict[Demand, Floats]:
        """Give tables of whole numbers that meet demands: as many as are found in few pushes.

        A demand without one is not settled by that.
        """
        self.hide(hidden)
        groups: dict[int, list[Demand]] = defaultdict(list)
        for demand in demands:
            groups[demand.blind].append(demand)
        found: dict[Demand, Floats] = {}
        for blind, group in groups.items():
            for sign in (1, -1):
                self._witness_many(group, sign, blind, hidden, found)
        return found

    def _witness_many(
        self,
        group: Sequence[Demand],
        sign: int,
        blind: int,
        hidden: Flags,
        found: dict[Demand, Floats],
    ) -> None:
        while True:
            aims = {
                demand.column: amount
                for demand in group
                if demand not in found
                for way, amount in demand.sides
                if way == sign
            }
            if not aims:
                return
            caps = {
                column: (self._low[column], min(self._high[column], amount))
                if sign > 0
                else (max(self._low[column], -amount), self._high[column])
                for column, amount in aims.items()
            }
            push = self._pushed(dict.fromkeys(aims, float(sign)), caps, blind)
            table = self.whole(push.table, hidden)
            new = (
                []
                if table is None
                else [demand for demand in group if demand not in found and meets(table, demand)]
            )
            if not new or table is None:
                return
            found.update(dict.fromkeys(new, table))

    def whole(self, table: Floats, hidden: Flags) -> Floats | None:
        """Give a table in whole numbers if it is one that fits, else None."""
        rounded = np.rint(table)
        if len(table) == 0 or np.abs(table - rounded).max(initial=0.0) > _NEAR:
            return None
        return rounded if self.system.fits(rounded, hidden) else None

    def whole_witness(self, demand: Demand, hidden: Flags) -> Floats | None:
        """Give a table in whole numbers that meets a demand, or None where there is none.

        Raises:
            OutOfTime: before it was known.
        """
        for side in demand.sides:
            reached, table = self.whole_reach(demand, side, hidden)
            if reached >= side[1] and table is not None:
                return table
        return None

    def whole_reach(self, demand: Demand, side: Side, hidden: Flags) -> tuple[int, Floats | None]:
        """Give how far a column can be pushed in whole numbers, up to what is asked."""
        sign, amount = side
        moving = hidden | self.system.free
        low = np.where(moving, self.system.low, 0.0)
        high = np.where(moving, self.system.high, 0.0)
        if demand.blind >= 0:
            low[demand.blind] = high[demand.blind] = 0.0
        column = demand.column
        if sign > 0:
            high[column] = min(high[column], amount)
        else:
            low[column] = max(low[column], -amount)
        cost = np.zeros(self.system.columns)
        cost[column] = -sign
        programme = Programme(cost, low, high, self.system.rows)
        answer = programme.solve_whole(self._clock, np.ones(len(cost), bool), gap=0.5)
        if not answer.ended:
            raise OutOfTime
        table = self.whole(answer.values, hidden)
        if table is None:
            raise OutOfTime
        return round(sign * table[column]), table


def meets(table: Floats, demand: Demand) -> bool:
    """Say whether a table has a column move as far as is demanded."""
    if demand.blind >= 0 and table[demand.blind] != 0:
        return False
    moved = table[demand.column]
    return any(sign * moved >= amount for sign, amount in demand.sides)
