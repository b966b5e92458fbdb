"""What a reader can still reckon with: tables that fit all that is printed, in whole numbers.

A demand is met only by a table that was added up again in whole numbers (``System.fits``); what the
solver says is believed nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from redactor.errors import BugError
from redactor.numbers.protect.demands import Demand, Side
from redactor.numbers.protect.solving import (
    Answer,
    Clock,
    Flags,
    Floats,
    OutOfTime,
    Programme,
    generic,
)
from redactor.numbers.protect.system import System
from redactor.numbers.protect.ways import Ways

_NEAR = 1e-6
#: So many near movements are looked at before one is searched for in whole numbers.
_DRAWS = 4


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


class _Part:
    """The programme of the columns that can move, and of the rows that they are in."""

    def __init__(self, system: System, moving: Flags) -> None:
        self.columns = np.flatnonzero(moving)
        self.place = np.full(system.columns, -1, np.int64)
        self.place[self.columns] = np.arange(len(self.columns))
        self._moving = moving
        self._width = system.columns
        self._height = system.rows.count
        self._rows, rows = system.rows.among(self.place, len(self.columns))
        zeros = np.zeros(len(self.columns))
        self.programme = Programme(zeros, zeros, zeros, rows)
        self._low = self._high = zeros
        self.programme.prefer_primal()
        self._kept = rows
        self._ways: Ways | None = None
        self._draw = -1

    def ways_at(self, draw: int) -> Ways:
        """Give the same columns, each as it moves up and as it moves down, at prices as drawn."""
        if self._ways is None:
            self._ways = Ways(self.columns, self.place, self._kept)
            self._ways.begin_from_nought()
        if draw != self._draw:
            self._ways.price(generic(2 * len(self.columns), draw))
            self._draw = draw
        return self._ways

    def limit(self, low: Floats, high: Floats) -> None:
        """Say how far each column of the system moves in a push."""
        low, high = low[self.columns], high[self.columns]
        if not (np.array_equal(low, self._low) and np.array_equal(high, self._high)):
            self.programme.set_limits(low, high)
            self._low, self._high = low, high

    def serves(self, moving: Flags) -> bool:
        """Say whether others that move are all here, and are most of those here."""
        count = int(moving.sum())
        return not (moving & ~self._moving).any() and 2 * count + 20 >= len(self.columns)

    def with_others(self, moving: Flags) -> Flags:
        """Give the columns that are here and others that move."""
        return self._moving | moving

    def spread(self, answer: Answer) -> tuple[Floats, Floats]:
        """Give the movements of all columns and the worths of all rows."""
        table, worth = np.zeros(self._width), np.zeros(self._height)
        table[self.columns] = answer.values
        worth[self._rows] = -answer.row_duals
        return table, worth


class Attack:
    """Push columns as far as they go while some are hidden."""

    def __init__(self, system: System, clock: Clock) -> None:
        self.system = system
        self._clock = clock
        self._mixed: _Part | None = None
        self._part: _Part | None = None
        self._now: _Part | None = None
        self._low = self._high = np.zeros(system.columns)

    def hide(self, hidden: Flags) -> None:
        """Let hidden columns move, and those that are printed nowhere."""
        moving = hidden | self.system.free
        part = self._part
        if part is None or not part.serves(moving):
            part = self._part = _Part(self.system, self._room(part, moving))
        self._limit(
            part,
            np.where(moving, self.system.low, 0.0),
            np.where(moving, self.system.high, 0.0),
        )

    def hide_partly(self, share: Floats, most: float) -> None:
        """Let each column move by a share of what it could, and of ``most``."""
        moving = (share > 0) | self.system.free
        if self._mixed is None or not self._mixed.serves(moving):
            self._mixed = _Part(self.system, self._room(self._mixed, moving))
        self._limit(self._mixed, *partly(self.system, share, most))

    def _room(self, part: _Part | None, moving: Flags) -> Flags:
        """Choose the columns of a programme so that it serves the next patterns too."""
        if 3 * int(moving.sum()) > 2 * self.system.columns:
            return np.ones_like(moving)
        both = moving if part is None else part.with_others(moving)
        return both if int(both.sum()) < 1.3 * int(moving.sum()) else moving

    def _limit(self, part: _Part, low: Floats, high: Floats) -> None:
        self._now = part
        self._low, self._high = low, high

    def _hiding(self) -> _Part:
        if self._now is None:
            raise BugError("Nothing was hidden before a push.")
        return self._now

    def push(self, column: int, side: Side, blind: int = -1) -> Push:
        """Push one column, by no more than is asked."""
        return self._pushed({column: side[1]}, side[0], blind)

    def _pushed(self, amounts: dict[int, int], sign: int, blind: int) -> Push:
        """Push columns one way, each by no more than its amount."""
        part = self._hiding()
        part.limit(self._low, self._high)
        caps = {
            column: (self._low[column], min(self._high[column], amount))
            if sign > 0
            else (max(self._low[column], -amount), self._high[column])
            for column, amount in amounts.items()
        }
        if blind >= 0:
            caps[blind] = (0.0, 0.0)
        here = {column: part.place[column] for column in caps if part.place[column] >= 0}
        for column, place in here.items():
            part.programme.set_limit(place, *caps[column])
            if column in amounts:
                part.programme.set_cost(place, -float(sign))
        try:
            answer = part.programme.solve(self._clock)
        finally:
            for column, place in here.items():
                part.programme.set_cost(place, 0.0)
                part.programme.set_limit(place, self._low[column], self._high[column])
        table, worth = part.spread(answer)
        return Push(-answer.value, table, worth)

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
            push = self._pushed(aims, sign, blind)
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

    def nearest(self, demand: Demand, side: Side, draw: int = 0) -> Floats | None:
        """Give the movement that meets one side of a demand with little else moving; None for none.

        What moves little goes round by ones, so that it mostly is in whole numbers by itself.

        Args:
            draw: which of several that are as good.
        """
        ways = self._hiding().ways_at(draw)
        ways.limit(self._low, self._high)
        found = ways.cheapest(demand, side, self._clock)
        return None if found is None else found[1]

    def whole_witness(self, demand: Demand, hidden: Flags) -> Floats | None:
        """Search for a table in whole numbers that meets a demand; None where there is none.

        Raises:
            OutOfTime: before it was known.
        """
        for side in demand.sides:
            table = self._whole_beyond(demand, side, hidden)
            if table is not None:
                return table
        return None

    def whole_reach(self, demand: Demand, side: Side, hidden: Flags) -> tuple[int, Floats | None]:
        """Search for how far a column can be pushed: what is asked and more, or less.

        Raises:
            OutOfTime: before it was known.
        """
        sign, amount = side
        table = self._whole_beyond(demand, side, hidden)
        if table is None:
            limits = (0.0, float(amount)) if sign > 0 else (-float(amount), 0.0)
            table = self._whole_within(demand, sign, limits, hidden)
        if table is None:  # nothing moves in the true table, so that one there is
            raise OutOfTime
        return round(sign * table[demand.column]), table

    def _whole_beyond(self, demand: Demand, side: Side, hidden: Flags) -> Floats | None:
        """Give a table in which a column moves as far as is asked or further; None for none.

        Whole numbers have gaps: what cannot move by 1 may move by 4 (by shares that are printed).
        """
        sign, amount = side
        column = demand.column
        furthest = self.system.high[column] if sign > 0 else -self.system.low[column]
        if furthest < amount:
            return None
        self.hide(hidden)
        for draw in range(1, _DRAWS):
            movement = self.nearest(demand, side, draw)
            table = None if movement is None else self.whole(movement, hidden)
            if table is not None:
                return table
        limits = (float(amount), furthest) if sign > 0 else (-furthest, -float(amount))
        return self._whole_within(demand, -sign, limits, hidden)

    def _whole_within(
        self, demand: Demand, sign: int, limits: tuple[float, float], hidden: Flags
    ) -> Floats | None:
        """Give the table in which a column moves furthest one way within limits; None for none."""
        column = demand.column
        moving = hidden | self.system.free
        if demand.blind >= 0:
            moving[demand.blind] = False
        if not moving[column]:
            return None if limits[0] > 0 or limits[1] < 0 else np.zeros(self.system.columns)
        columns = np.flatnonzero(moving)
        place = np.full(self.system.columns, -1, np.int64)
        place[columns] = np.arange(len(columns))
        _, rows = self.system.rows.among(place, len(columns))
        low, high = self.system.low[columns], self.system.high[columns]
        here = int(place[column])
        low[here], high[here] = max(low[here], limits[0]), min(high[here], limits[1])
        cost = np.zeros(len(columns))
        cost[here] = -sign
        programme = Programme(cost, low, high, rows)
        answer = programme.solve_whole(self._clock, np.ones(len(cost), bool), gap=0.5)
        if not answer.ended:
            raise OutOfTime
        if not answer.solved:
            return None
        table = np.zeros(self.system.columns)
        table[columns] = answer.values
        found = self.whole(table, hidden)
        if found is None:
            raise OutOfTime
        return found


def partly(system: System, share: Floats, most: float) -> tuple[Floats, Floats]:
    """Give how far each column moves down and up if so much of it does, and no more than ``most``.

    Columns that are printed nowhere move whatever is hidden.
    """
    low = np.where(system.free, system.low, np.maximum(system.low, -most) * share)
    high = np.where(system.free, system.high, np.minimum(system.high, most) * share)
    return low, high


def meets(table: Floats, demand: Demand) -> bool:
    """Say whether a table has a column move as far as is demanded."""
    if demand.blind >= 0 and table[demand.blind] != 0:
        return False
    moved = table[demand.column]
    return any(sign * moved >= amount for sign, amount in demand.sides)
