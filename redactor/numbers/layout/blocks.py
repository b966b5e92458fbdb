"""Where tables lie on a sheet, and which of their rows and columns are headings."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.numbers.layout.figures import Figure, FigureKind, read_figure
from redactor.numbers.layout.labels import Total, names_years, total_kind
from redactor.numbers.layout.sheet import Area, Cell, Sheet, area_words

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of figures.

    Attributes:
        at: which row or column of the sheet, from 0.
        labels: its heading, from the widest to the narrowest.
        begins: it is the first of a group (after a heading of its own, or a gap).
    """

    at: int
    labels: tuple[str, ...] = field(repr=False)
    begins: bool = False

    @property
    def label(self) -> str:
        """Give the heading as people say it."""
        return " / ".join(dict.fromkeys(one for one in self.labels if one))


@dataclass(frozen=True, slots=True)
class Block:
    """A table as it lies on a sheet.

    Attributes:
        area: with its headings.
        rows, columns: those with figures.
        figures: by row and column of the sheet.
        row_names, column_names: what its dimensions are called, where it says so.
        title: the words above it.
        headings: the cells that head rows and columns.
        left_out: columns of the sheet that hold neither headings nor figures alone.
    """

    sheet: str
    area: Area
    rows: tuple[Line, ...] = field(repr=False)
    columns: tuple[Line, ...] = field(repr=False)
    figures: Mapping[Spot, Figure] = field(repr=False)
    row_names: tuple[str, ...] = field(default=(), repr=False)
    column_names: tuple[str, ...] = field(default=(), repr=False)
    title: str = field(default="", repr=False)
    headings: tuple[Spot, ...] = field(default=(), repr=False)
    left_out: tuple[int, ...] = ()

    @property
    def range(self) -> str:
        """Give where it lies, ``A3:F12``."""
        return area_words(self.area)


def find_blocks(sheet: Sheet) -> tuple[Block, ...]:
    """Find the tables of figures of a sheet, in the order of the sheet."""
    cells = {(one.row, one.column): one for one in sheet.cells if one.text.strip()}
    readings = [_Reading(cells, one, sheet) for one in _cut(list(cells))]
    blocks = (one.block() for one in _joined(readings, cells, sheet))
    return tuple(one for one in blocks if one is not None)


# --- where they lie -----------------------------------------------------------------------------


def _cut(spots: Sequence[Spot]) -> list[Area]:
    """Cut where a row or a column is empty, again and again."""
    pieces = _split(spots, lambda spot: spot[0])
    if len(pieces) == 1:
        pieces = _split(spots, lambda spot: spot[1])
    if len(pieces) <= 1:
        return [_around(spots)] if spots else []
    return [area for piece in pieces for area in _cut(piece)]


def _split(spots: Sequence[Spot], by: Callable[[Spot], int]) -> list[list[Spot]]:
    pieces: list[list[Spot]] = []
    last = -2
    for spot in sorted(spots, key=by):
        if by(spot) > last + 1:
            pieces.append([])
        pieces[-1].append(spot)
        last = by(spot)
    return pieces


def _around(spots: Iterable[Spot]) -> Area:
    rows, columns = zip(*spots, strict=True)
    return min(rows), min(columns), max(rows), max(columns)


def _joined(readings: list[_Reading], cells: Mapping[Spot, Cell], sheet: Sheet) -> list[_Reading]:
    """Join what lies below without headings, or beside without labels, to what it goes on."""
    joined: list[_Reading] = []
    for one in readings:
        before = next((each for each in reversed(joined) if each.goes_on_in(one)), None)
        if before is None:
            joined.append(one)
            continue
        top, left, bottom, right = zip(before.area, one.area, strict=True)
        area = min(top), min(left), max(bottom), max(right)
        joined[joined.index(before)] = _Reading(cells, area, sheet)
    return joined


# --- headings -----------------------------------------------------------------------------------


class _Reading:
    """The reading of one area: where its headings end and its figures begin."""

    def __init__(self, cells: Mapping[Spot, Cell], area: Area, sheet: Sheet) -> None:
        self._sheet = sheet
        self._cells = cells
        self._titles: list[str] = []
        self.area = self._trimmed(area)
        top, left, bottom, right = self.area
        self._figures = {
            spot: figure
            for spot, cell in self._within().items()
            if (figure := read_figure(cell)) is not None
        }
        self.heads = self._count_heads()
        self._body = range(top + self.heads, bottom + 1)
        self.stubs = self._count_stubs()
        self._data = [one for one in range(left + self.stubs, right + 1) if self._has_figures(one)]

    def _within(self) -> dict[Spot, Cell]:
        top, left, bottom, right = self.area
        if (bottom - top + 1) * (right - left + 1) > 4 * len(self._cells):
            return {
                spot: cell
                for spot, cell in self._cells.items()
                if top <= spot[0] <= bottom and left <= spot[1] <= right
            }
        spots = (
            (row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
        )
        return {spot: self._cells[spot] for spot in spots if spot in self._cells}

    def _trimmed(self, area: Area) -> Area:
        """Leave out words that stand alone in the first rows and the last."""
        top, left, bottom, right = area
        while top < bottom and self._stands_alone(top, left, right):
            self._titles.append(self._text(top, left))
            top += 1
        while top < bottom and self._stands_alone(bottom, left, right):
            bottom -= 1
        columns = [
            column
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) in self._cells
        ]
        return top, min(columns), bottom, max(columns)

    def _stands_alone(self, row: int, left: int, right: int) -> bool:
        filled = [one for one in range(left, right + 1) if (row, one) in self._cells]
        return filled == [left] and right > left and read_figure(self._cells[row, left]) is None

    def _text(self, row: int, column: int) -> str:
        cell = self._cells.get((row, column))
        return " ".join(cell.text.split()) if cell else ""

    # --- rows that are headings ---

    def _count_heads(self) -> int:
        top, left, bottom, right = self.area
        heads = 0
        for row in range(top, bottom + 1):
            filled = [one for one in range(left, right + 1) if (row, one) in self._cells]
            is_section = heads and filled == [left] and right > left
            if is_section or not self._is_head(row, filled, is_first=not heads):
                break
            heads += 1
        return heads

    def _is_head(self, row: int, filled: Sequence[int], *, is_first: bool) -> bool:
        left = self.area[1]
        figures = [
            self._figures[row, one]
            for one in filled
            if (row, one) in self._figures and (one > left or not is_first)
        ]
        words = any((row, one) not in self._figures for one in filled if one > left)
        counts = [one.count for one in figures if one.count is not None]
        if any(one.kind in {FigureKind.SHARE, FigureKind.OTHER} for one in figures):
            return False
        if counts:
            return len(counts) == len(figures) and (
                are_years(counts) or (is_first and are_numbered(counts))
            )
        bands = [(one.low, one.high) for one in figures if one.kind is FigureKind.BAND]
        if len(bands) > 1 and len(set(bands)) == len(bands) == len(figures):
            return True
        return not figures or (is_first and words and 2 * len(figures) < len(filled))

    # --- columns that are labels ---

    def _count_stubs(self) -> int:
        _, left, _, right = self.area
        stubs = 0
        for column in range(left, right):
            if not self._is_stub(column, is_first=column == left):
                break
            stubs += 1
        return stubs

    def _is_stub(self, column: int, *, is_first: bool) -> bool:
        spots = [(row, column) for row in self._body if (row, column) in self._cells]
        figures = [self._figures[spot] for spot in spots if spot in self._figures]
        counts = [one.count for one in figures if one.count is not None]
        if not spots:
            return is_first and not self._heading(column)
        if not counts and not any(one.kind is FigureKind.SHARE for one in figures):
            marks = [one for one in figures if one.kind is FigureKind.MARK]
            return is_first or len(marks) < len(spots) / 2
        if len(figures) < 0.4 * len(spots):
            return True
        if len(counts) < len(figures):
            return False
        if is_first and (are_years(counts) or are_numbered(counts)):
            return True
        return are_years(sorted(set(counts))) and names_years(self._heading(column))

    def _heading(self, column: int) -> str:
        top = self.area[0]
        return " ".join(self._text(row, column) for row in range(top, top + self.heads)).strip()

    def _has_figures(self, column: int) -> bool:
        filled = [(row, column) for row in self._body if (row, column) in self._cells]
        return 2 * sum(spot in self._figures for spot in filled) >= max(len(filled), 1)

    def goes_on_in(self, other: _Reading) -> bool:
        """Say whether another area is a part of this table that a gap was left before."""
        if not self._data or not other._data:
            return False
        top, left, bottom, right = self.area
        below, start, end, last = other.area
        if not other.heads and bottom < below <= bottom + 3:
            return left <= start and last <= right and other.stubs <= max(self.stubs, 1)
        beside = not other.stubs and right < start <= right + 2
        return beside and top <= below and end <= bottom

    # --- the table ---

    def block(self) -> Block | None:
        """Give the table; None where there is no figure that may count anybody."""
        rows = self._row_lines()
        figures = {
            (line.at, column): self._figures[line.at, column]
            for line in rows
            for column in self._data
            if (line.at, column) in self._figures
        }
        counts = sum(one.may_be_count for one in figures.values())
        if counts < 2 or not any(one.count is not None for one in figures.values()):
            return None
        columns, names = self._column_lines()
        left = self.area[1]
        corner = tuple(self._heading(left + one) for one in range(self.stubs))
        return Block(
            self._sheet.name,
            self.area,
            tuple(rows),
            tuple(columns),
            figures,
            corner,
            names,
            " ".join(filter(None, (*self._sheet.around[:1], *self._titles))),
            tuple(one for one in sorted(self._within()) if self._is_heading(one)),
            tuple(sorted({spot[1] for spot in self._within()} - self._kept)),
        )

    @property
    def _kept(self) -> set[int]:
        left = self.area[1]
        return {*self._data, *range(left, left + self.stubs)}

    def _is_heading(self, spot: Spot) -> bool:
        top, left, _, _ = self.area
        row, column = spot
        is_labelled = column < left + self.stubs
        return is_labelled or (row < top + self.heads and column in self._data)

    def _row_lines(self) -> list[Line]:
        left = self.area[1]
        lines: list[Line] = []
        section = ""
        above = [""] * self.stubs
        begins = True
        for row in self._body:
            labels = [self._text(row, left + one) for one in range(self.stubs)]
            if not any((row, one) in self._figures for one in self._data):
                if labels[:1] != [""] and labels:
                    section = labels[0]
                begins = True
                continue
            filled = _filled_down(labels, above)
            begins = begins or (self.stubs > 1 and filled[:-1] != above[:-1])
            above = filled
            lines.append(Line(row, (section, *filled), begins))
            begins = False
        return _without_constant(lines)

    def _column_lines(self) -> tuple[list[Line], tuple[str, ...]]:
        top = self.area[0]
        names: list[str] = []
        levels: list[dict[int, str]] = []
        for row in range(top, top + self.heads):
            level = self._level(row, is_last=row == top + self.heads - 1)
            if len(self._data) > 1 and len(set(level.values())) == 1:
                names.extend(set(level.values()) - {""})
            else:
                levels.append(level)
        lines: list[Line] = []
        for column in self._data:
            labels = tuple(level[column] for level in levels)
            before = lines[-1].labels[:-1] if lines else None
            begins = before is not None and labels[:-1] != before
            begins = begins or (bool(lines) and column > lines[-1].at + 1)
            lines.append(Line(column, labels, begins or not lines))
        return lines, tuple(names)

    def _level(self, row: int, *, is_last: bool) -> dict[int, str]:
        """Give the heading of each column in one row; a wide one stands for all below it."""
        level: dict[int, str] = {}
        said = ""
        for column in self._data:
            text = self._text(row, column)
            merged = self._merged_start(row, column)
            if text or merged is not None:
                said = text or self._text(*merged) if merged is not None else text
            elif is_last:
                said = ""
            level[column] = said
        return level

    def _merged_start(self, row: int, column: int) -> Spot | None:
        for top, left, bottom, right in self._sheet.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return None


def _filled_down(labels: Sequence[str], above: Sequence[str]) -> list[str]:
    """Give labels with those of the row above where they are left blank, but for the last."""
    filled: list[str] = []
    carried = ""
    for number, label in enumerate(labels):
        is_last = number == len(labels) - 1
        if label:
            filled.append(label)
            carried = label if total_kind(label) is not Total.NONE else carried
        elif carried:
            filled.append(carried)  # "Total" and nothing beside it is the total of what is beside
        elif is_last or (number and filled[:number] != list(above[:number])):
            filled.append("")
        else:
            filled.append(above[number])
    return filled


def _without_constant(lines: Sequence[Line]) -> list[Line]:
    """Leave out the section where there is one for all."""
    if len({line.labels[0] for line in lines}) > 1:
        return list(lines)
    return [Line(line.at, line.labels[1:], line.begins) for line in lines]


def are_years(numbers: Sequence[int]) -> bool:
    """Say whether numbers are years in order, once or again and again: headings, not counts."""
    if not numbers or not all(1900 <= one <= 2100 for one in numbers):
        return False
    years = sorted(set(numbers))
    steps = {after - before for before, after in itertools.pairwise(years)}
    in_order = list(numbers) in (years, years[::-1]) or len(numbers) >= 2 * len(years)
    return in_order and len(steps) <= 1 and max(steps, default=1) <= 10


def are_numbered(numbers: Sequence[int]) -> bool:
    """Say whether numbers only number their lines: 1, 2, 3, 4 or 0, 5, 10."""
    steps = {after - before for before, after in itertools.pairwise(numbers)}
    return len(numbers) > 2 and len(steps) == 1 and min(steps) > 0
