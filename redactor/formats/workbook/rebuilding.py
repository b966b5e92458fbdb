"""Rebuild a workbook of any kind from approved values."""

from __future__ import annotations

import re

from redactor.content import Book, CellValue, Sheet, SheetCell
from redactor.formats.base import RebuildPlan, Rebuilt, Spot, cut
from redactor.formats.hidden import Gathered, list_left_out
from redactor.formats.workbook.grid import Cell, SheetContent, Walk, column_number, name_segment
from redactor.formats.workbook.reading import without_collection
from redactor.formats.writers import remarks, write
from redactor.formats.writers.walk import cell_text
from redactor.model import CellPlace, PartPlace, Report, Segment, column_letters, key_of

#: Column widths in characters. Few and coarse, and chosen from what is released.
_WIDTHS = (9, 14, 22, 34, 50)


def rebuild_book(
    walk: Walk, untrusted: bytes, plan: RebuildPlan, target: str, report: Report
) -> Rebuilt:
    """Write a new workbook of what the plan leaves. See ``Format.rebuild``."""
    gathered = Gathered()
    sheets: list[Sheet] = []
    hidden: list[Segment] = []

    def take(content: SheetContent) -> None:
        hidden.extend(_hidden_segments(content))
        if content.entry.is_shown and content.entry.is_grid:
            sheets.append(_approved_sheet(content, plan, len(sheets)))

    with without_collection():
        walk(untrusted, gathered, take, report)
        book = Book(tuple(sheets))
        left_out = list_left_out([*hidden, *gathered.segments], gathered.unread)
        return Rebuilt(write(book, target), left_out, remarks(book, target))


def _hidden_segments(content: SheetContent) -> list[Segment]:
    entry = content.entry
    segments = [
        Segment(CellPlace(entry.name, one.row, one.column), one.text, one.hidden, entry.name)
        for one in content.cells
        if one.hidden is not None
    ]
    name = name_segment(entry)
    return [name, *segments] if name.hidden is not None else segments


def _approved_sheet(content: SheetContent, plan: RebuildPlan, position: int) -> Sheet:
    """Lay the visible cells out anew; hidden rows and columns close up."""
    cells = [one for one in content.cells if one.hidden is None]
    rows = _kept_indexes([one.row for one in content.cells], [one.row for one in cells])
    columns = _kept_indexes([one.column for one in content.cells], [one.column for one in cells])
    name = _approved_name(content, plan, position)
    spots = _spots_by_cell(content.entry.name, plan)
    grid: list[list[SheetCell | None]] = [[] for _ in range(max(rows.values(), default=-1) + 1)]
    for one in cells:
        row = grid[rows[one.row]]
        column = columns[one.column]
        row.extend([None] * (column - len(row)))
        row.append(_approved_cell(one, spots.get((one.row, one.column), ())))
    sheet_rows = tuple(tuple(row) for row in grid)
    merged = _approved_merges(content, rows, columns)
    return Sheet(name, sheet_rows, _widths(sheet_rows), merged)


def _spots_by_cell(sheet: str, plan: RebuildPlan) -> dict[tuple[int, int], tuple[Spot, ...]]:
    """Give what is to be cut from each cell of a sheet, by row and column from 0."""
    found: dict[tuple[int, int], tuple[Spot, ...]] = {}
    start = f"sheet:{sheet}!"
    for (name, _), spots in plan.spots.items():
        if not name.startswith(start):
            continue
        cell = re.fullmatch(r"([A-Z]{1,3})(\d+)", name[len(start) :])
        if cell is not None:  # else it is a cell of another sheet whose name holds a "!"
            found[int(cell[2]) - 1, column_number(cell[1])] = spots
    return found


def _kept_indexes(everything: list[int], visible: list[int]) -> dict[int, int]:
    """Give each visible row (or column) its new number.

    Empty ones stay, as they part one table from the next; those that only hidden cells stood in go.
    """
    shown = set(visible)
    gone = sorted(set(everything) - shown)
    numbers: dict[int, int] = {}
    passed = 0
    for index in sorted(shown):
        while passed < len(gone) and gone[passed] < index:
            passed += 1
        numbers[index] = index - passed
    return numbers


def _approved_name(content: SheetContent, plan: RebuildPlan, position: int) -> str:
    spots = plan.spots.get(key_of(PartPlace(f"sheet-name:{content.entry.index}", 0)))
    return f"{spots[0].label} {position + 1}" if spots else content.entry.name


def _approved_cell(cell: Cell, spots: tuple[Spot, ...]) -> SheetCell:
    if not spots:
        return SheetCell(cell.value, cell.number_format, cell.look)
    text: CellValue = "".join(piece for piece, _ in cut(cell.text, spots))
    return SheetCell(text, look=cell.look, redaction=True)


def _approved_merges(
    content: SheetContent, rows: dict[int, int], columns: dict[int, int]
) -> tuple[str, ...]:
    """Give the merged areas that hold something and lose no row or column, in their new place."""
    if not content.merged:
        return ()
    hidden_rows = {one.row for one in content.cells} - set(rows)
    hidden_columns = {one.column for one in content.cells} - set(columns)
    filled = {(one.row, one.column) for one in content.cells if one.hidden is None}
    merged: list[str] = []
    for top, left, bottom, right in content.merged:
        if (top, left) not in filled:
            continue
        broken = any(top <= one <= bottom for one in hidden_rows) or any(
            left <= one <= right for one in hidden_columns
        )
        if broken:
            continue
        row, column = rows[top], columns[left]
        end = f"{column_letters(column + right - left)}{row + bottom - top + 1}"
        merged.append(f"{column_letters(column)}{row + 1}:{end}")
    return tuple(merged)


def _widths(rows: tuple[tuple[SheetCell | None, ...], ...]) -> tuple[int, ...]:
    longest = [0] * max((len(row) for row in rows), default=0)
    for row in rows:
        for column, cell in enumerate(row):
            if cell is not None:
                longest[column] = max(longest[column], len(cell_text(cell)))
    return tuple(next((one for one in _WIDTHS if one > size), _WIDTHS[-1]) for size in longest)
