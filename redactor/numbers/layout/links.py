"""Cells that are the same in several tables, tables that add up, and crosses that nobody prints."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.numbers.layout.found import Doubt, Warned
from redactor.numbers.layout.grid import EVERYTHING, Axis, Grid, axis_of
from redactor.numbers.layout.labels import Total, total_kind
from redactor.numbers.layout.relating import add, contradicts, words_of
from redactor.numbers.model import CellName, Evidence, Fact, Interval, Relation

#: Crosses that nobody prints are made up to so many; beyond, no solver would come to an end.
MOST_CROSSES = 20_000
#: How much of what two tables have in common has to agree, and how unlikely that has to be by
#: chance, in bits, for the cells to be taken for the same; less where nothing disagrees.
_MOSTLY, _HARDLY, _SURE, _SURE_IF_ALL = 0.8, 0.5, 4.0, 2.5

#: Lines are taken for the same where so many cells agree, and that is as unlikely as so many bits.
_LINE, _SURE_OF_A_LINE = 3, 10.0

Printed = Mapping[CellName, Interval]
Cells = tuple[CellName, ...]


@dataclass
class Linked:
    """What links tables."""

    relations: list[Relation] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Side:
    """A grid looked at from one side: its lines down and across.

    Attributes:
        turned: rows are taken for columns.
    """

    grid: Grid
    turned: bool
    down: Axis = field(repr=False)
    across: Axis = field(repr=False)

    def cell(self, down: int, across: int) -> CellName | None:
        """Give a cell by its lines."""
        return self.grid.cell(across, down) if self.turned else self.grid.cell(down, across)

    def margin(self) -> dict[str, Cells]:
        """Give what stands for each line down with everything across: one cell, or its parts."""
        found: dict[str, Cells] = {}
        across = self.across
        columns = across.parts if across.everything is None else (across.everything,)
        for at, label in enumerate(self.down.labels):
            if at not in self.down.parts and at != self.down.everything:
                continue
            cells = [one for column in columns if (one := self.cell(at, column)) is not None]
            if cells:
                found[label] = tuple(cells)
        return found


def _sides(grid: Grid) -> tuple[_Side, _Side]:
    rows, columns = axis_of(grid.rows, grid.row_sums), axis_of(grid.columns, grid.column_sums)
    return _Side(grid, False, rows, columns), _Side(grid, True, columns, rows)  # noqa: FBT003


def link_tables(grids: Sequence[Grid], printed: Printed) -> Linked:
    """Find what several tables of one release have in common."""
    linked = Linked()
    sides = [_sides(one) for one in grids]
    for one, other in itertools.combinations(sides, 2):
        before = len(linked.relations)
        _same_cells(one[0], other, printed, Evidence.LINK, linked)
        if len(linked.relations) > before:
            continue
        _same_margins(one, other, printed, Evidence.LINK, linked)
        if len(linked.relations) == before:
            _same_lines(one, other, printed, Evidence.LINK, linked)
    _stacked(sides, printed, linked)
    _crosses(sides, linked)
    return linked


def link_earlier(now: Sequence[Grid], before: Sequence[Grid], printed: Printed) -> Linked:
    """Find cells that an earlier release has printed, and where it says something else."""
    linked = Linked()
    old = [_sides(one) for one in before]
    for grid in now:
        for other in old:
            one = _sides(grid)
            count = len(linked.relations)
            _same_cells(one[0], other, printed, Evidence.EARLIER, linked)
            if len(linked.relations) == count:
                _same_margins(one, other, printed, Evidence.EARLIER, linked)
            if len(linked.relations) == count:
                _same_lines(one, other, printed, Evidence.EARLIER, linked)
    return linked


# --- the same cells -----------------------------------------------------------------------------

Pair = tuple[Cells, Cells]


def _same_cells(
    one: _Side, others: Iterable[_Side], printed: Printed, evidence: Evidence, linked: Linked
) -> None:
    """Link the cells of two tables that are broken down by the same things."""
    for other in others:
        down = _common(one.down, other.down)
        across = _common(one.across, other.across)
        if min(len(down), len(across)) < 1 or len(down) * len(across) < 4:
            continue
        if max(len(down), len(across)) < 2 or not _alike(one, other, down, across):
            continue
        pairs = [
            ((mine,), (theirs,))
            for at, there in down.values()
            for here, yonder in across.values()
            if (mine := one.cell(at, here)) is not None
            and (theirs := other.cell(there, yonder)) is not None
        ]
        _link(pairs, printed, evidence, linked)


def _common(one: Axis, other: Axis) -> dict[str, tuple[int, int]]:
    """Give the lines that two tables have in common; that of all only where all are the same."""
    theirs = {label: at for at, label in enumerate(other.labels)}
    same = one.key == other.key
    return {
        label: (at, theirs[label])
        for at, label in enumerate(one.labels)
        if label in theirs and (label != EVERYTHING or same) and (at in one.parts or same)
    }


def _alike(
    one: _Side, other: _Side, down: Mapping[str, object], across: Mapping[str, object]
) -> bool:
    """Say whether both breakdowns have most of the smaller table's lines in common."""
    least_down = min(len(one.down.key), len(other.down.key))
    least_across = min(len(one.across.key), len(other.across.key))
    return len(down) >= _HARDLY * least_down and len(across) >= _HARDLY * least_across


def _same_margins(
    one: Sequence[_Side],
    other: Sequence[_Side],
    printed: Printed,
    evidence: Evidence,
    linked: Linked,
) -> None:
    for mine in one:
        for theirs in other:
            common = _common(mine.down, theirs.down)
            if len([label for label in common if label != EVERYTHING]) < 2:
                continue
            if len(common) < _HARDLY * max(len(mine.down.key), len(theirs.down.key)):
                continue
            here, there = mine.margin(), theirs.margin()
            pairs = [(here[each], there[each]) for each in common if each in here and each in there]
            _link(pairs, printed, evidence, linked)
            return


def _same_lines(
    one: Sequence[_Side],
    other: Sequence[_Side],
    printed: Printed,
    evidence: Evidence,
    linked: Linked,
) -> None:
    """Link lines that say the same number for number, whatever they are called.

    A letter says "Complaints" where the workbook says "Total", and one of the two would give away
    what is hidden in the other. That so many numbers agree by chance is unlikely.
    """
    for mine, theirs in itertools.product(one, other):
        common = _common(mine.down, theirs.down)
        if len(common) < _LINE or len(common) < _HARDLY * len(mine.down.key):
            continue
        for here, there in itertools.product(
            range(len(mine.across.labels)), range(len(theirs.across.labels))
        ):
            pairs = [
                ((cell,), (twin,))
                for at, yonder in common.values()
                if (cell := mine.cell(at, here)) is not None
                and (twin := theirs.cell(yonder, there)) is not None
            ]
            if len(pairs) >= _LINE and _bits_of_agreement(pairs, printed) >= _SURE_OF_A_LINE:
                for cells, twins in pairs:
                    _take(cells, twins, evidence, linked)


def _bits_of_agreement(pairs: Sequence[Pair], printed: Printed) -> float:
    """Say how unlikely it is by chance that all pairs are equal; 0 where one is not."""
    bits = 0.0
    for (mine,), (theirs,) in pairs:
        here, there = printed[mine], printed[theirs]
        if here.meets(there) is None:
            return 0.0
        if here == there and here.low == here.high and here.low:
            bits += 0.5 * math.log2(2 * math.pi * here.low)
    return bits


def _link(pairs: Sequence[Pair], printed: Printed, evidence: Evidence, linked: Linked) -> None:
    """Link what agrees, where most does; say what does not."""
    agreed: list[Pair] = []
    odd: list[Pair] = []
    bits = 0.0
    for pair in pairs:
        mine, theirs = (add([printed[cell] for cell in cells]) for cells in pair)
        if mine.meets(theirs) is None:
            odd.append(pair)
            continue
        agreed.append(pair)
        if mine == theirs and mine.low == mine.high and mine.low:
            bits += 0.5 * math.log2(2 * math.pi * mine.low)
    share = len(agreed) / max(len(pairs), 1)
    is_earlier = evidence is Evidence.EARLIER
    if share < _HARDLY or bits < (_SURE if odd else _SURE_IF_ALL):
        return
    if share >= _MOSTLY or is_earlier:
        for one, other in agreed:
            _take(one, other, evidence, linked)
    for one, other in odd:
        linked.warnings.append(_conflict(one, other, printed, is_earlier=is_earlier))


def _take(one: Cells, other: Cells, evidence: Evidence, linked: Linked) -> None:
    if one == other:
        return
    if len(one) == 1:
        linked.relations.append(Relation(one[0], other, evidence))
    elif len(other) == 1:
        linked.relations.append(Relation(other[0], one, evidence))
    else:
        terms = (*((cell, 1) for cell in one), *((cell, -1) for cell in other))
        linked.facts.append(Fact(terms, 0, 0))


def _conflict(one: Cells, other: Cells, printed: Printed, *, is_earlier: bool) -> Warned:
    mine, theirs = (words_of(add([printed[cell] for cell in cells])) for cells in (one, other))
    here, there = (
        cells[0] if len(cells) == 1 else f"the sum of {cells[0]} to {cells[-1]}"
        for cells in (one, other)
    )
    words = f"{here} is {mine} and {there} is {theirs}; by their headings they are the same."
    doubt = Doubt.EARLIER_CONFLICT if is_earlier else Doubt.LINK_CONFLICT
    return Warned(doubt, words, (*one, *other))


# --- tables that add up -------------------------------------------------------------------------


def _stacked(sides: Sequence[tuple[_Side, _Side]], printed: Printed, linked: Linked) -> None:
    """Find a table that is, cell by cell, the sum of all others with the same headings."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Side]] = {}
    for one, _ in sides:
        groups.setdefault((one.down.labels, one.across.labels), []).append(one)
    for (down, across), group in groups.items():
        if len(group) < 3 or len(down) * len(across) < 2:
            continue
        for total in sorted(group, key=_is_named_total, reverse=True):
            parts = [one for one in group if one is not total]
            found = list(_layered(total, parts))
            if found and not any(contradicts(printed, one.total, one.parts) for one in found):
                linked.relations.extend(found)
                break


def _is_named_total(side: _Side) -> bool:
    block = side.grid.block
    return any(total_kind(one) is not Total.NONE for one in (block.sheet, block.title))


def _layered(total: _Side, parts: Sequence[_Side]) -> Iterator[Relation]:
    evidence = Evidence.LABEL if _is_named_total(total) else Evidence.ARITHMETIC
    for down in range(len(total.down.labels)):
        for across in range(len(total.across.labels)):
            whole = total.cell(down, across)
            cells = [cell for one in parts if (cell := one.cell(down, across)) is not None]
            if whole is not None and cells:
                yield Relation(whole, tuple(cells), evidence)


# --- crosses that nobody prints -----------------------------------------------------------------


def _crosses(sides: Sequence[tuple[_Side, _Side]], linked: Linked) -> None:
    """Add the cells behind three tables that cross three things two by two.

    Each of their cells is a sum of such crosses, and what one table says of them limits the
    others. Behind two tables crosses limit nothing that their common margin does not.
    """
    tables: dict[frozenset[frozenset[str]], _Side] = {}
    for one, _ in sides:
        pair = frozenset((one.down.key, one.across.key))
        if len(pair) == 2 and all(len(key) > 1 for key in pair):
            tables.setdefault(pair, one)
    things = sorted({key for pair in tables for key in pair}, key=sorted)
    for number, three in enumerate(itertools.combinations(things, 3)):
        pairs = [frozenset(two) for two in itertools.combinations(three, 2)]
        if not all(pair in tables for pair in pairs):
            continue
        size = math.prod(len(one) for one in three)
        if size > MOST_CROSSES:
            words = f"Three tables have {size:,} crosses behind them, which are too many to follow."
            linked.warnings.append(Warned(Doubt.CROSSES, words))
            continue
        for pair in pairs:
            third = next(one for one in three if one not in pair)
            linked.relations.extend(_behind(tables[pair], third, three, number))


def _behind(
    side: _Side, third: frozenset[str], three: Sequence[frozenset[str]], number: int
) -> Iterator[Relation]:
    ordered = [{label: at for at, label in enumerate(sorted(one))} for one in three]
    at_third = list(three).index(third)
    at_down, at_across = list(three).index(side.down.key), list(three).index(side.across.key)
    for down in side.down.parts:
        for across in side.across.parts:
            whole = side.cell(down, across)
            if whole is None:
                continue
            place = [0, 0, 0]
            place[at_down] = ordered[at_down][side.down.labels[down]]
            place[at_across] = ordered[at_across][side.across.labels[across]]
            parts = []
            for at in range(len(third)):
                place[at_third] = at
                parts.append(f"cross {number + 1}: {place[0] + 1}, {place[1] + 1}, {place[2] + 1}")
            yield Relation(whole, tuple(parts), Evidence.LATENT)
