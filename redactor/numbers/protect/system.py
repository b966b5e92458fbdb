"""Tables as a system of movements: how far each cell can be from the truth, and what ties them.

A reader's table is the true one plus a movement. What is printed does not move; a hidden cell moves
down to the floor and up without end; every relation says that movements add up. Cells that can only
move together (links, a total with one part that can move) are one *column*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from redactor.errors import TablesError
from redactor.numbers.model import (
    CellName,
    Fact,
    Interval,
    Policy,
    Tables,
    Weights,
    small_cells,
    sum_fact,
)
from redactor.numbers.protect.refusing import holds
from redactor.numbers.protect.solving import (
    INFINITE,
    Answer,
    Clock,
    Flags,
    Floats,
    OutOfTime,
    Programme,
    Rows,
    generic,
    rows_of,
)

#: So many corners are drawn before crosses are searched for in whole numbers.
_DRAWS = 4


@dataclass(frozen=True, slots=True)
class System:
    """What can move, how far, and what ties it.

    Attributes:
        members: the counted cells of each column.
        column_of: the column of each cell that can move.
        low, high: how far each column moves down (0 or less) and up, once it is hidden.
        cost: what hiding a column costs, its small cells apart.
        free: columns that are printed nowhere, and move whatever is hidden.
        rows: what ties the columns.
        truth: the counts.
    """

    members: tuple[tuple[CellName, ...], ...]
    column_of: Mapping[CellName, int]
    low: Floats
    high: Floats
    cost: Floats
    free: Flags
    rows: Rows
    truth: Mapping[CellName, int]

    @property
    def columns(self) -> int:
        """Give how many columns there are."""
        return len(self.members)

    def fits(self, table: Floats, hidden: Flags) -> bool:
        """Say whether whole movements are a table that a reader must reckon with; no solver."""
        still = ~(hidden | self.free)
        if (table[still] != 0).any() or (table < self.low).any() or (table > self.high).any():
            return False
        sums = self.rows.sums(table)
        return bool((sums >= self.rows.low).all() and (sums <= self.rows.high).all())


def weight(tables: Tables, policy: Policy) -> dict[CellName, float]:
    """Give what hiding each cell costs.

    By cells: 1, with up to a half more for the share of all counts that it holds, and
    ``total_weight`` times that for a total. By counts: the count.
    """
    whole = sum(tables.counts.values()) or 1
    totals = tables.totals

    def cost(cell: CellName, count: int) -> float:
        if cell in policy.weight_of:
            return policy.weight_of[cell]
        if policy.weights is Weights.COUNTS:
            return float(count)
        return (1 + 0.5 * count / whole) * (policy.total_weight if cell in totals else 1)

    return {cell: cost(cell, count) for cell, count in tables.counts.items()}


def make_system(
    tables: Tables, policy: Policy, known: Mapping[CellName, Interval], clock: Clock
) -> System:
    """Say what can move in tables of which anything may be hidden.

    Raises:
        TablesError: no whole numbers in the crosses that are not printed fit the printed ones.
    """
    truth = _completed(tables, known, clock)
    facts = (*(sum_fact(one) for one in tables.relations), *tables.facts)
    movement = {cell: _movement(cell, truth[cell], tables, policy, known) for cell in tables.cells}
    ties = [_Tie(fact, truth) for fact in facts]
    together = _Together(movement)
    while sum(tie.reduce(together) for tie in ties):
        pass
    return _gathered(tables, policy, truth, together, ties)


def _movement(
    cell: CellName,
    count: int,
    tables: Tables,
    policy: Policy,
    known: Mapping[CellName, Interval],
) -> tuple[float, float]:
    counted = cell in tables.counts
    if counted and (cell in policy.must_print or count < policy.floor):
        return 0.0, 0.0
    floor = policy.floor if counted else 0
    said = known.get(cell, Interval(0, None))
    high = INFINITE if said.high is None else float(said.high - count)
    return float(max(floor, said.low) - count), high


class _Together:
    """Which cells move only together, by union and find, and how far."""

    def __init__(self, movement: Mapping[CellName, tuple[float, float]]) -> None:
        self._chief = {cell: cell for cell in movement}
        self._reach = dict(movement)

    def chief(self, cell: CellName) -> CellName:
        while (above := self._chief[cell]) != cell:
            self._chief[cell] = cell = self._chief[above]
        return cell

    def reach(self, cell: CellName) -> tuple[float, float]:
        return self._reach[self.chief(cell)]

    def moves(self, cell: CellName) -> bool:
        return self.reach(cell) != (0.0, 0.0)

    def stop(self, cell: CellName) -> None:
        self._reach[self.chief(cell)] = (0.0, 0.0)

    def join(self, one: CellName, other: CellName) -> None:
        first, second = self.chief(one), self.chief(other)
        if first == second:
            return
        (low, high), (low2, high2) = self._reach[first], self._reach[second]
        self._chief[second] = first
        self._reach[first] = (max(low, low2), min(high, high2))


class _Tie:
    """One relation or fact, as movements: what it still says of the cells that move."""

    def __init__(self, fact: Fact, truth: Mapping[CellName, int]) -> None:
        now = sum(factor * truth[cell] for cell, factor in fact.terms)
        self.low = -INFINITE if fact.low is None else float(fact.low - now)
        self.high = INFINITE if fact.high is None else float(fact.high - now)
        self.terms: dict[CellName, int] = {}
        for cell, factor in fact.terms:
            self.terms[cell] = self.terms.get(cell, 0) + factor

    def reduce(self, together: _Together) -> bool:
        """Leave out what does not move, put together what moves together; say if that was new."""
        terms: dict[CellName, int] = {}
        for cell, factor in self.terms.items():
            if factor and together.moves(cell):
                chief = together.chief(cell)
                terms[chief] = terms.get(chief, 0) + factor
        self.terms = {cell: factor for cell, factor in terms.items() if factor}
        if self.low != 0 or self.high != 0:
            return False
        if len(self.terms) == 1:
            together.stop(next(iter(self.terms)))
            return True
        if len(self.terms) == 2 and sum(self.terms.values()) == 0:
            together.join(*self.terms)
            return True
        return False


def _gathered(
    tables: Tables,
    policy: Policy,
    truth: Mapping[CellName, int],
    together: _Together,
    ties: Iterable[_Tie],
) -> System:
    moving = [cell for cell in tables.cells if together.moves(cell)]
    chiefs = {chief: n for n, chief in enumerate(dict.fromkeys(map(together.chief, moving)))}
    column_of = {cell: chiefs[together.chief(cell)] for cell in moving}
    members: list[list[CellName]] = [[] for _ in chiefs]
    costs, small = weight(tables, policy), frozenset(small_cells(tables, policy))
    cost = np.zeros(len(chiefs))
    for cell in moving:
        if cell in tables.counts:
            members[column_of[cell]].append(cell)
            cost[column_of[cell]] += 0.0 if cell in small else costs[cell]
    left = [tie for tie in ties if tie.terms]
    entries = [
        ([chiefs[cell] for cell in tie.terms], [float(one) for one in tie.terms.values()])
        for tie in left
    ]
    reach = [together.reach(chief) for chief in chiefs]
    return System(
        members=tuple(map(tuple, members)),
        column_of=column_of,
        low=np.array([low for low, _ in reach]),
        high=np.array([high for _, high in reach]),
        cost=cost,
        free=np.array([not one for one in members], bool),
        rows=rows_of(entries, [tie.low for tie in left], [tie.high for tie in left]),
        truth=truth,
    )


def _completed(
    tables: Tables, known: Mapping[CellName, Interval], clock: Clock
) -> dict[CellName, int]:
    """Give the counts, and some whole numbers that fit for the crosses without one."""
    truth = dict(tables.counts)
    open_cells = [cell for cell in tables.cells if cell not in truth]
    if not open_cells:
        return truth
    column = {cell: n for n, cell in enumerate(open_cells)}
    facts = (*(sum_fact(one) for one in tables.relations), *tables.facts)
    facts = tuple(one for one in facts if any(cell in column for cell, _ in one.terms))
    entries, low, high = [], [], []
    for fact in facts:
        said = sum(factor * truth[cell] for cell, factor in fact.terms if cell in truth)
        terms: dict[int, float] = {}
        for cell, factor in fact.terms:
            if cell in column:
                terms[column[cell]] = terms.get(column[cell], 0.0) + factor
        entries.append((list(terms), list(terms.values())))
        low.append(-INFINITE if fact.low is None else float(fact.low - said))
        high.append(INFINITE if fact.high is None else float(fact.high - said))
    limits = [known.get(cell, Interval(0, None)) for cell in open_cells]
    least = np.array([float(max(0, one.low)) for one in limits])
    most = np.array([INFINITE if one.high is None else float(one.high) for one in limits])
    programme = Programme(np.zeros(len(column)), least, most, rows_of(entries, low, high))
    answer = _fitting(programme, clock)
    if answer.solved:
        truth |= {cell: round(answer.values[n]) for cell, n in column.items()}
    if not answer.solved or not all(holds(fact, truth) for fact in facts):
        raise TablesError("contradicts", "The figures do not fit together.", ())
    return truth


def _fitting(programme: Programme, clock: Clock) -> Answer:
    """Find any solution in whole numbers: a corner that is one by itself, or else by search."""
    answer = programme.solve(clock)
    for draw in range(_DRAWS):
        if not answer.solved or _is_whole(answer):
            return answer
        programme.set_costs(generic(programme.columns, draw))
        answer = programme.solve(clock)
    programme.set_costs(np.zeros(programme.columns))
    answer = programme.solve_whole(clock, np.ones(programme.columns, bool))
    if not answer.solved and not answer.ended:
        raise OutOfTime
    return answer


def _is_whole(answer: Answer) -> bool:
    return bool((np.abs(answer.values - np.rint(answer.values)) <= 1e-6).all())
