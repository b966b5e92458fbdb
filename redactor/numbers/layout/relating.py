"""From sums of lines to relations of cells, and to what does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from redactor.numbers.layout.found import Doubt, Warned
from redactor.numbers.layout.grid import Grid
from redactor.numbers.layout.labels import is_of_which
from redactor.numbers.layout.sums import Sum
from redactor.numbers.model import CellName, Evidence, Fact, Interval, Relation


@dataclass(frozen=True, slots=True)
class Related:
    """The relations of a table, and its totals that do not add up."""

    relations: tuple[Relation, ...]
    warnings: tuple[Warned, ...]


def relate(grid: Grid) -> Related:
    """Say the sums of a table's lines cell by cell."""
    relations: list[Relation] = []
    warnings: list[Warned] = []
    for one, by_row in _sums(grid):
        lines, crossing = (grid.rows, grid.columns) if by_row else (grid.columns, grid.rows)
        for at in range(len(crossing)):
            total = _cell(grid, one.total, at, by_row=by_row)
            parts = [
                cell
                for part in one.parts
                if (cell := _cell(grid, part, at, by_row=by_row)) is not None
            ]
            if total is None or not parts:
                continue
            label = lines[one.total].label
            if at in one.misses:
                warnings.append(_missed(grid, one, at, (total, *parts), label, by_row=by_row))
            else:
                relations.append(Relation(total, tuple(parts), one.evidence, label))
    return Related(tuple(relations), tuple(warnings))


def _sums(grid: Grid) -> Iterator[tuple[Sum, bool]]:
    yield from ((one, True) for one in grid.row_sums)
    yield from ((one, False) for one in grid.column_sums)


def _cell(grid: Grid, line: int, crossing: int, *, by_row: bool) -> CellName | None:
    return grid.cell(line, crossing) if by_row else grid.cell(crossing, line)


def _missed(
    grid: Grid, one: Sum, at: int, cells: tuple[CellName, ...], label: str, *, by_row: bool
) -> Warned:
    values = grid.by_row() if by_row else grid.by_column()
    total = values[one.total][at]
    parts = [part for each in one.parts if (part := values[each][at]) is not None]
    sums = add(parts)
    said = "its formula" if one.evidence is Evidence.FORMULA else f"“{label}”"
    words = (
        f"{cells[0]} is {words_of(total)} and by {said} the total of {cells[1]} to {cells[-1]}, "
        f"which add up to {words_of(sums)}."
    )
    return Warned(Doubt.NOT_ADDITIVE, words, cells)


def add(parts: Sequence[Interval]) -> Interval:
    """Give what the sum of some counts may be."""
    highs = [one.high for one in parts if one.high is not None]
    return Interval(sum(one.low for one in parts), sum(highs) if len(highs) == len(parts) else None)


def words_of(what: Interval | None) -> str:
    """Say a count or what it may be."""
    if what is None:
        return "nothing"
    if what.low == what.high:
        return f"{what.low:,}"
    return f"{what.low:,} or more" if what.high is None else f"{what.low:,} to {what.high:,}"


def contradicts(
    printed: Mapping[CellName, Interval], total: CellName, parts: Sequence[CellName]
) -> bool:
    """Say whether a total cannot be the sum of its parts as they are printed."""
    return add([printed[one] for one in parts]).meets(printed[total]) is None


def of_which_facts(grid: Grid) -> list[Fact]:
    """Say that what is "of which" of a line is at most that line."""
    facts: list[Fact] = []
    for by_row in (True, False):
        lines, crossing = (grid.rows, grid.columns) if by_row else (grid.columns, grid.rows)
        values = grid.by_row() if by_row else grid.by_column()
        parent: int | None = None
        for number, line in enumerate(lines):
            if not (line.labels and is_of_which(line.labels[-1])):
                parent = number
                continue
            for at in range(len(crossing)) if parent is not None else ():
                whole = _cell(grid, parent or 0, at, by_row=by_row)
                part = _cell(grid, number, at, by_row=by_row)
                most, least = values[parent or 0][at], values[number][at]
                if whole is None or part is None or most is None or least is None:
                    continue
                if most.high is None or least.low <= most.high:
                    said = f"{part}: of which"
                    facts.append(Fact(((whole, 1), (part, -1)), 0, None, said))
    return facts
