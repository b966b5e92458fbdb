"""Paint sheets: ruled tables whose heading is repeated, cut by columns where they are too wide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from redactor.content import FILLS, Align, Book, Run, Sheet, SheetCell
from redactor.formats.writers.areas import Extent, merged_areas, printed_areas
from redactor.formats.writers.canvas import LANDSCAPE, PORTRAIT, Canvas
from redactor.formats.writers.fonts import BOLD, FontSet
from redactor.formats.writers.ruled import Row, Ruled, TableCell
from redactor.formats.writers.typeset import break_lines
from redactor.formats.writers.walk import cell_text

_SIZE = 8.0
_PADDING = 3.0
_NARROWEST, _WIDEST = 28.0, 230.0
_REMOVED_GROUND = "D9D9D9"
_MOST_HEADING_ROWS = 20


def paint_book(book: Book) -> tuple[Canvas, tuple[str, ...]]:
    """Paint a workbook, every sheet from a page of its own.

    Returns:
        The pages, and the texts that are printed again, as often as they are.
    """
    papers = [LANDSCAPE if one.landscape else PORTRAIT for one in book.sheets]
    canvas = Canvas(papers[0] if papers else LANDSCAPE)
    canvas.number_pages()
    again: list[str] = []
    for number, (sheet, paper) in enumerate(zip(book.sheets, papers, strict=True)):
        if number:
            canvas.new_page(paper)
        if len(book.sheets) > 1 or sheet.name != "Sheet 1":
            title = (Run(sheet.name, bold=True),)
            canvas.put_lines(break_lines(title, canvas.width, 13.0, canvas.fonts))
            canvas.skip(6)
        merged = _Merged(sheet)
        for place, area in enumerate(printed_areas(sheet)):
            if place:
                canvas.skip(14)
            again += _paint_area(sheet, area, merged, canvas)
    return canvas, tuple(again)


class _Merged:
    """The merged areas of a sheet, by the places that they cover."""

    def __init__(self, sheet: Sheet) -> None:
        self.areas = merged_areas(sheet)
        self._by_row: dict[int, list[Extent]] = {}
        for area in self.areas:
            for row in range(area.top, min(area.bottom + 1, len(sheet.rows))):
                self._by_row.setdefault(row, []).append(area)

    def at(self, row: int) -> list[Extent]:
        """Give the areas that have a part in a row."""
        return self._by_row.get(row, [])


@dataclass(slots=True)
class _Part:
    """The columns of an area that fit side by side on a page.

    Attributes:
        columns: their numbers; the first is that of the area, repeated in every part.
    """

    sheet: Sheet
    area: Extent
    merged: _Merged
    columns: list[int]
    widths: list[float]
    canvas: Canvas
    _texts: list[str] = field(default_factory=list)

    def row(self, number: int) -> Row:
        """Give a row as it is painted."""
        cells = self.sheet.rows[number]
        areas = self.merged.at(number)
        if not areas:
            return [
                self._cell(cells[column] if column < len(cells) else None, place, 1, 1)
                for place, column in enumerate(self.columns)
            ]
        row: Row = []
        place = 0
        while place < len(self.columns):
            column = self.columns[place]
            area = next((one for one in areas if one.left <= column <= one.right), None)
            if area is None:
                row.append(self._cell(_at(cells, column), place, 1, 1))
                place += 1
                continue
            wide = sum(area.left <= one <= area.right for one in self.columns[place:])
            top = max(area.top, self.area.top)
            if number == top:
                tall = min(area.bottom, self.area.bottom) - top + 1
                cell = _at(self.sheet.rows[area.top], area.left)
                row.append(self._cell(cell, place, wide, tall))
            place += wide
        return row

    def _cell(self, cell: SheetCell | None, place: int, wide: int, tall: int) -> TableCell:
        if cell is None:
            return TableCell([], place, wide, tall)
        width = sum(self.widths[place : place + wide]) - 2 * _PADDING
        look = cell.look
        text = cell_text(cell)
        run = Run(text, look.bold, look.italic)
        lines = (
            break_lines((run,), width, _SIZE, self.canvas.fonts, align=_align(cell)) if text else []
        )
        fill = _REMOVED_GROUND if cell.redaction else FILLS.get(look.fill, "")
        return TableCell(lines, place, wide, tall, fill, look.ruled)

    def text(self, number: int) -> list[str]:
        """Give the texts of a row."""
        cells = self.sheet.rows[number]
        return [cell_text(_at(cells, one)) for one in self.columns if _at(cells, one) is not None]


def _at(cells: tuple[SheetCell | None, ...], column: int) -> SheetCell | None:
    return cells[column] if column < len(cells) else None


def _align(cell: SheetCell) -> Align:
    """Give how a cell stands: as it says, else numbers to the right, as people expect."""
    if cell.look.align:
        return cell.look.align
    if isinstance(cell.value, bool):
        return "center"
    return "right" if isinstance(cell.value, int | float) else ""


def _paint_area(sheet: Sheet, area: Extent, merged: _Merged, canvas: Canvas) -> list[str]:
    """Paint what is printed of a sheet; give what was printed again."""
    widths = _column_widths(sheet, area, merged, canvas.fonts)
    again: list[str] = []
    for number, columns in enumerate(_column_groups(widths, canvas.width)):
        if number:
            canvas.skip(14)
        part = _Part(
            sheet,
            area,
            merged,
            [area.left + one for one in columns],
            _filling([widths[one] for one in columns], canvas.width),
            canvas,
        )
        heads = _heading(sheet, area)
        repeats = _paint_part(part, heads)
        again += [text for row in heads for text in part.text(row)] * repeats
        if number:
            again += _repeated(part, columns)
    return again


def _repeated(part: _Part, columns: list[int]) -> Iterator[str]:
    """Give what a further part prints again: its first column, and cells that reach into it."""
    if columns[0] == 0:
        for row in part.sheet.rows[part.area.top : part.area.bottom + 1]:
            yield cell_text(_at(row, part.area.left))
    for area in part.merged.areas:
        yield cell_text(_at(part.sheet.rows[area.top], area.left))


def _heading(sheet: Sheet, area: Extent) -> range:
    """Give the rows that every page repeats: those that the sheet names, else its first."""
    if sheet.heading_rows:
        end = min(sheet.heading_rows, _MOST_HEADING_ROWS, area.bottom)
        return range(area.top, max(end, area.top))
    first = next((n for n in range(area.top, area.bottom) if any(sheet.rows[n])), None)
    return range(first, first + 1) if first is not None else range(0)


def _paint_part(part: _Part, heads: range) -> int:
    """Paint the columns of a part over as many pages as they need; give how often it repeats."""
    ruled = Ruled(part.canvas, part.widths, _PADDING)
    for start, end in _blocks(part.area, part.merged, heads):
        rows = [part.row(number) for number in range(start, end)]
        ruled.put(rows)
        if heads and end == heads.stop:
            ruled.heading = rows[heads.start - start :]
    return ruled.repeats


def _blocks(area: Extent, merged: _Merged, heads: range) -> Iterator[tuple[int, int]]:
    """Give the stretches of rows that belong together: merged ones, and the heading."""
    start = area.top
    end = start
    for number in range(area.top, area.bottom + 1):
        if number >= end and number > start:
            yield start, number
            start = number
        if heads and number == heads.start:
            end = max(end, heads.stop)
        for one in merged.at(number):
            end = max(end, one.bottom + 1)
    yield start, area.bottom + 1


# --- widths ------------------------------------------------------------------------------------


def _column_widths(sheet: Sheet, area: Extent, merged: _Merged, fonts: FontSet) -> list[float]:
    """Give each column the room that its approved text asks for, within bounds.

    What is merged over several columns asks for nothing: it has theirs.
    """
    wide = {(one.top, one.left) for one in merged.areas if one.right > one.left}
    longest = [""] * (area.right - area.left + 1)
    for number in range(area.top, area.bottom + 1):
        for column, cell in enumerate(islice(sheet.rows[number], area.left, area.right + 1)):
            if cell is not None and (not wide or (number, column + area.left) not in wide):
                text = cell_text(cell)
                if len(text) > len(longest[column]):
                    longest[column] = text
    return [
        min(max(fonts.width(text[:120], BOLD) * _SIZE + 3 * _PADDING, _NARROWEST), _WIDEST)
        for text in longest
    ]


def _column_groups(widths: list[float], room: float) -> list[list[int]]:
    """Part columns into groups that fit a page; each begins with the first column again."""
    first = widths[0] if widths and widths[0] < room / 3 else 0.0
    groups: list[list[int]] = []
    group: list[int] = []
    used = 0.0
    for column, width in enumerate(widths):
        if used + width > room and group:
            groups.append(group)
            group, used = ([0], first) if first else ([], 0.0)
        group.append(column)
        used += width
    return [*groups, group] if group else groups


def _filling(widths: list[float], room: float) -> list[float]:
    """Give columns that are nearly as wide as the page the rest of it."""
    used = sum(widths)
    return [one * room / used for one in widths] if room * 0.75 < used else widths
