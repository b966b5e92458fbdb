"""The least pattern by trying them all, and safety by looking for whole tables: no solver.

It shares nothing with what it judges but the model. Numbers are tried one after another, with the
limits that the sums leave; a cell is tried up to ``REACH`` above its count, which is enough where a
movement goes round in cells by ones, as in these tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redactor.numbers.model import CellName, Policy, Require, Tables, small_cells

#: How far above its count a cell is tried, beyond the threshold.
REACH = 2

Limits = dict[CellName, tuple[int, int]]
Table = dict[CellName, int]


@dataclass(frozen=True)
class Asked:
    """A cell is to be able to lie in one of some ranges, while another is known."""

    cell: CellName
    ranges: tuple[tuple[int, int], ...]
    insider: CellName | None = None


class Reader:
    """Somebody who tries every table that fits what is printed."""

    def __init__(self, tables: Tables, policy: Policy) -> None:
        self._tables = tables
        self._policy = policy
        self._sums = [(one.total, one.parts) for one in tables.relations]
        self._most = max(tables.counts.values()) + policy.threshold + REACH

    def table(self, hidden: Iterable[CellName], asked: Asked) -> Table | None:
        """Give a table that fits, with a cell in one of the ranges asked for; None for none."""
        for low, high in asked.ranges:
            limits = self._limits(frozenset(hidden), asked.insider)
            first, last = limits[asked.cell]
            limits[asked.cell] = (max(first, low), min(last, high))
            found = self._filled(limits)
            if found is not None:
                return found
        return None

    def _limits(self, hidden: frozenset[CellName], insider: CellName | None) -> Limits:
        limits: Limits = {}
        for cell in self._tables.cells:
            count = self._tables.counts.get(cell)
            if count is None:
                limits[cell] = (0, self._most)
            elif cell in hidden and cell != insider:
                limits[cell] = (self._policy.floor, count + self._policy.threshold + REACH)
            else:
                limits[cell] = (count, count)
        return limits

    def _filled(self, limits: Limits) -> Table | None:
        narrowed = self._narrowed(limits)
        if narrowed is None:
            return None
        open_cells = [cell for cell, (low, high) in narrowed.items() if low < high]
        if not open_cells:
            return self._checked({cell: low for cell, (low, _) in narrowed.items()})
        cell = min(open_cells, key=lambda one: narrowed[one][1] - narrowed[one][0])
        low, high = narrowed[cell]
        near = sorted(
            range(low, high + 1), key=lambda n: abs(n - self._tables.counts.get(cell, low))
        )
        for number in near:
            found = self._filled({**narrowed, cell: (number, number)})
            if found is not None:
                return found
        return None

    def _narrowed(self, limits: Limits) -> Limits | None:
        limits = dict(limits)
        changed = True
        while changed:
            changed = False
            for total, parts in self._sums:
                terms = [(total, -1), *((part, 1) for part in parts)]
                lows = sum(min(s * limits[c][0], s * limits[c][1]) for c, s in terms)
                highs = sum(max(s * limits[c][0], s * limits[c][1]) for c, s in terms)
                if lows > 0 or highs < 0:
                    return None
                for cell, sign in terms:
                    low, high = limits[cell]
                    others_low = lows - min(sign * low, sign * high)
                    others_high = highs - max(sign * low, sign * high)
                    ends = (-others_high, -others_low) if sign > 0 else (others_low, others_high)
                    new = (max(low, ends[0]), min(high, ends[1]))
                    if new[0] > new[1]:
                        return None
                    if new != (low, high):
                        limits[cell] = new
                        changed = True
                        lows = others_low + min(sign * new[0], sign * new[1])
                        highs = others_high + max(sign * new[0], sign * new[1])
        return limits

    def _checked(self, table: Table) -> Table | None:
        fits = all(table[total] == sum(table[one] for one in parts) for total, parts in self._sums)
        return table if fits else None


def all_asked(tables: Tables, policy: Policy, reader: Reader) -> list[Asked]:
    """Give what can be had of all that is asked, with everything hidden that may be."""
    everything = [
        cell
        for cell, count in tables.counts.items()
        if cell not in policy.must_print and count >= policy.floor
    ]
    high = max(tables.counts.values()) + policy.threshold + REACH
    asked = []
    for cell in small_cells(tables, policy):
        count = tables.counts[cell]
        insiders = [None, *(one for one in sorted(policy.insiders) if one != cell)]
        for insider in insiders:
            if policy.require is Require.EXACT or not policy.is_small(count):
                ranges = ((count + 1, high), (policy.floor, count - 1))
                if reader.table(everything, Asked(cell, ranges, insider)) is not None:
                    asked.append(Asked(cell, ranges, insider))
                continue
            ups = (Asked(cell, ((n, high),), insider) for n in range(policy.threshold, count, -1))
            downs = (Asked(cell, ((0, n),), insider) for n in range(policy.floor, count))
            for way in (ups, downs):
                had = next((one for one in way if reader.table(everything, one) is not None), None)
                if had is not None:
                    asked.append(had)
    return asked


def is_safe(tables: Tables, policy: Policy, hidden: Iterable[CellName]) -> bool:
    """Say whether a pattern gives all that can be had."""
    reader = Reader(tables, policy)
    hidden = frozenset(hidden)
    return all(reader.table(hidden, one) is not None for one in all_asked(tables, policy, reader))


def least_cost(tables: Tables, policy: Policy, costs: Mapping[CellName, float]) -> float:
    """Give what the cheapest safe pattern costs, by trying them from the cheapest on."""
    reader = Reader(tables, policy)
    primary = frozenset(small_cells(tables, policy))
    others = [
        cell
        for cell, count in tables.counts.items()
        if cell not in primary and cell not in policy.must_print and count >= policy.floor
    ]
    bit = {cell: 1 << n for n, cell in enumerate(others)}
    subsets = [(0.0, 0)]
    for cell in others:
        subsets += [(cost + costs[cell], chosen | bit[cell]) for cost, chosen in subsets]
    judge = _Judge(reader, tables, all_asked(tables, policy, reader), primary, bit)
    for cost, chosen in sorted(subsets):
        if judge.safe(chosen):
            return cost
    raise AssertionError("what can be had with everything hidden cannot be had")


class _Judge:
    """Remembers tables that fit, and patterns that are not enough, each as wide as it can be.

    A pattern is the sum of the bits of its further cells.
    """

    def __init__(
        self,
        reader: Reader,
        tables: Tables,
        asked: list[Asked],
        primary: frozenset[CellName],
        bit: Mapping[CellName, int],
    ) -> None:
        self._reader = reader
        self._counts = tables.counts
        self._primary = primary
        self._bit = bit
        self._moved: dict[Asked, list[int]] = {one: [] for one in asked}
        self._short: list[int] = []

    def safe(self, chosen: int) -> bool:
        if any(chosen & ~short == 0 for short in self._short):
            return False
        for asked in self._moved:
            if not self._met(asked, chosen):
                self._short.append(self._widened(asked, chosen))
                return False
        return True

    def _met(self, asked: Asked, chosen: int) -> bool:
        if any(moved & ~chosen == 0 for moved in self._moved[asked]):
            return True
        hidden = self._primary.union(cell for cell, bit in self._bit.items() if bit & chosen)
        table = self._reader.table(hidden, asked)
        if table is None:
            return False
        moved = (bit for cell, bit in self._bit.items() if table[cell] != self._counts[cell])
        self._moved[asked].append(sum(moved))
        return True

    def _widened(self, asked: Asked, chosen: int) -> int:
        for bit in self._bit.values():
            if not chosen & bit and not self._met(asked, chosen | bit):
                chosen |= bit
        return chosen
