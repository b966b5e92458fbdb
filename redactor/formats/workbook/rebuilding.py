"""Rebuild a workbook of any kind from approved values."""

from __future__ import annotations

import re
from collections import Counter

from redactor.content import Book, CellValue, Sheet, SheetCell
from redactor.formats.base import RebuildPlan, Rebuilt, Spot, cut
from redactor.formats.hidden import Gathered, list_left_out
from redactor.formats.legend import explained_in_book, own_words, withholds_counts
from redactor.formats.pictures import UNREAD_PICTURE
from redactor.formats.workbook.grid import Cell, SheetContent, Walk, column_number, name_segment
from redactor.formats.workbook.laying import Layout
from redactor.formats.workbook.reading import without_collection
from redactor.formats.writers import remarks, write
from redactor.formats.writers.walk import cell_text
from redactor.model import CellPlace, HiddenKind, PartPlace, Report, Segment, key_of

#: Column widths in characters. Few and coarse, and chosen from what is released.
_WIDTHS = (9, 14, 22, 34, 50)
#: What lies over the cells, and what one and many of it are called.
_OVER_CELLS = {
    HiddenKind.CHART: ("chart", "charts"),
    HiddenKind.TEXT_BOX: ("text box or shape", "text boxes and shapes"),
    HiddenKind.FORM_FIELD: ("form control", "form controls"),
}
_OVER_UNITS = frozenset({"charts", "small charts in cells", "shapes", "text boxes", "fields"})


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
        notes = (*remarks(book, target), *_dropped(gathered))
        if withholds_counts(plan):
            return Rebuilt(own_words(write(explained_in_book(book), target)), left_out, notes)
        return Rebuilt(write(book, target), left_out, notes)


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
    layout = Layout(content)
    spots = _spots_by_cell(content.entry.name, plan)
    last_row = layout.rows.now(cells[-1].row) if cells else -1
    grid: list[list[SheetCell | None]] = [[] for _ in range(last_row + 1)]
    for one in cells:
        row = grid[layout.rows.now(one.row)]
        column = layout.columns.now(one.column)
        row.extend([None] * (column - len(row)))
        row.append(_approved_cell(one, spots.get((one.row, one.column), ())))
    rows = tuple(tuple(row) for row in grid)
    return Sheet(
        _approved_name(content, plan, position),
        rows,
        _widths(rows, _kept_widths(content, layout, spots)),
        _approved_merges(content, layout),
        layout.area(content.print_area) if content.print_area is not None else "",
        min(layout.heading_rows(content.heading_rows), len(rows)),
    )


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


def _approved_name(content: SheetContent, plan: RebuildPlan, position: int) -> str:
    spots = plan.spots.get(key_of(PartPlace(f"sheet-name:{content.entry.index}", 0)))
    return f"{spots[0].label} {position + 1}" if spots else content.entry.name


def _approved_cell(cell: Cell, spots: tuple[Spot, ...]) -> SheetCell:
    if not spots:
        return SheetCell(cell.value, cell.number_format, cell.look)
    text: CellValue = "".join(piece for piece, _ in cut(cell.text, spots))
    return SheetCell(text, look=cell.look, redaction=True)


def _approved_merges(content: SheetContent, layout: Layout) -> tuple[str, ...]:
    """Give the merged areas that hold something and lose no row or column, in their new place."""
    if not content.merged:
        return ()
    filled = {(one.row, one.column) for one in content.cells if one.hidden is None}
    areas = (layout.area(one) for one in content.merged if (one[0], one[1]) in filled)
    return tuple(one for one in areas if one)


def _kept_widths(
    content: SheetContent, layout: Layout, spots: dict[tuple[int, int], tuple[Spot, ...]]
) -> dict[int, float]:
    """Give the widths that may stay: those of columns where nothing was removed or is hidden.

    A column is often as wide as its longest text, and that may be one that was removed.
    """
    touched = {column for _, column in spots}
    touched |= {one.column for one in content.cells if one.hidden is not None}
    return {
        layout.columns.now(column): width
        for column, width in content.widths.items()
        if column not in touched
    }


def _widths(
    rows: tuple[tuple[SheetCell | None, ...], ...], kept: dict[int, float]
) -> tuple[int, ...]:
    longest = [0] * max((len(row) for row in rows), default=0)
    for row in rows:
        for column, cell in enumerate(row):
            if cell is not None and column not in kept:
                longest[column] = max(longest[column], len(cell_text(cell)))
    return tuple(
        next((one for one in _WIDTHS if one >= kept.get(column, size + 1)), _WIDTHS[-1])
        for column, size in enumerate(longest)
    )


# --- what is said about it -------------------------------------------------------------------


def _dropped(gathered: Gathered) -> tuple[str, ...]:
    """Say which things that lie over the cells a release does not carry."""
    counts: Counter[HiddenKind] = Counter()
    for one in gathered.tallies:
        if one.kind in _OVER_CELLS and one.unit in _OVER_UNITS:
            counts[one.kind] += one.count
    pictures = sum(one.why.startswith(UNREAD_PICTURE) for one in gathered.unread)
    said = [_number(counts[kind], *names) for kind, names in _OVER_CELLS.items() if counts[kind]]
    said += [_number(pictures, "picture", "pictures")] if pictures else []
    if not said:
        return ()
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return (f"The release does not carry what lies over the cells: {listed}.",)


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
