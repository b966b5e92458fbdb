"""A table with its counts and sums: what lies between its place on the sheet and the relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.numbers.layout.blocks import Block, Line
from redactor.numbers.layout.figures import Figure, FigureKind
from redactor.numbers.layout.labels import (
    Total,
    is_average,
    is_change,
    is_of_which,
    is_share,
    plain,
    total_kind,
)
from redactor.numbers.layout.sheet import cell_name
from redactor.numbers.layout.sums import Sum
from redactor.numbers.model import CellName, Interval

#: Stands in margins for the label of what everything adds up to.
EVERYTHING = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts.

    Attributes:
        prefix: before the name of its sheet; tells an earlier release apart.
        rows, columns: the lines with counts.
        other_rows, other_columns: those with shares, averages and changes.
        counts: what each cell may be, as printed, by row and column of the sheet.
        row_sums, column_sums: numbers of ``rows`` and ``columns``.
    """

    block: Block
    prefix: str
    rows: tuple[Line, ...] = field(repr=False)
    columns: tuple[Line, ...] = field(repr=False)
    other_rows: tuple[Line, ...] = field(repr=False)
    other_columns: tuple[Line, ...] = field(repr=False)
    counts: Mapping[tuple[int, int], Interval] = field(repr=False)
    row_sums: tuple[Sum, ...] = ()
    column_sums: tuple[Sum, ...] = ()

    def name(self, row: int, column: int) -> CellName:
        """Give what a cell of the sheet is called in relations."""
        return cell_name(self.prefix + self.block.sheet, row, column)

    def cell(self, row: int, column: int) -> CellName | None:
        """Give the cell of a row and a column by their numbers; None where none is filled."""
        spot = self.rows[row].at, self.columns[column].at
        return self.name(*spot) if spot in self.counts else None

    def by_row(self) -> list[list[Interval | None]]:
        """Give the counts row by row."""
        return [
            [self.counts.get((row.at, column.at)) for column in self.columns] for row in self.rows
        ]

    def by_column(self) -> list[list[Interval | None]]:
        """Give the counts column by column."""
        return [list(one) for one in zip(*self.by_row(), strict=True)]

    def cells(self) -> Iterator[CellName]:
        """Give the cells in the order of the sheet."""
        return (self.name(*spot) for spot in sorted(self.counts))


@dataclass(frozen=True, slots=True)
class Axis:
    """The lines of a grid in one direction, as others may have them too.

    Attributes:
        labels: of every line, for comparing; ``EVERYTHING`` for the line of all.
        everything: the number of the line that all others add up to; None for none.
    """

    labels: tuple[str, ...] = field(repr=False)
    everything: int | None
    parts: tuple[int, ...]

    @property
    def key(self) -> frozenset[str]:
        """Give the labels of what is not a sum."""
        return frozenset(self.labels[one] for one in self.parts)


def axis_of(lines: Sequence[Line], sums: Sequence[Sum]) -> Axis:
    """Give the lines of one direction for comparing them with those of another table."""
    totals = {one.total for one in sums}
    taken = {part for one in sums for part in one.parts}
    asides = {at for at, line in enumerate(lines) if line.labels and is_of_which(line.labels[-1])}
    parts = tuple(at for at in range(len(lines)) if at not in totals | asides)
    tops = [at for at in totals if at not in taken]
    whole = tops[0] if len(tops) == 1 and _covers(tops[0], sums, set(parts)) else None
    if whole is None and len(lines) == 1:
        whole, parts = 0, ()
    labels = tuple(
        EVERYTHING if at == whole else " / ".join(plain(one) for one in line.labels if one)
        for at, line in enumerate(lines)
    )
    return Axis(labels, whole, parts)


def _covers(total: int, sums: Sequence[Sum], parts: set[int]) -> bool:
    under: set[int] = set()
    waiting = [total]
    while waiting:
        at = waiting.pop()
        inner = [part for one in sums if one.total == at for part in one.parts]
        waiting.extend(one for one in inner if one not in under)
        under.update(inner)
    return parts <= under


def sort_lines(
    lines: Sequence[Line], figures_of: Callable[[Line], list[Figure]]
) -> tuple[list[Line], list[Line]]:
    """Tell the lines with counts from those with shares, averages, sums of money and changes."""
    counts: list[Line] = []
    others: list[Line] = []
    for line in lines:
        figures = figures_of(line)
        (others if _is_other(line, figures) else counts).append(line)
    return counts, others


def _is_other(line: Line, figures: Sequence[Figure]) -> bool:
    kinds = [one.kind for one in figures]
    uncounted = sum(one in {FigureKind.SHARE, FigureKind.OTHER} for one in kinds)
    counted = kinds.count(FigureKind.COUNT)
    if uncounted and uncounted >= counted:
        return True
    said = line.labels[-1] if line.labels else ""
    if uncounted:
        return is_share(said) or is_average(said) or is_change(said)
    return is_average(said) or (is_share(said) and total_kind(said) is Total.NONE)
