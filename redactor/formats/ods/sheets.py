"""Read one table of an OpenDocument spreadsheet, row by row.

Source of the markup: OpenDocument 1.3, part 3, 9 (tables).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from redactor.content import CellLook, CellValue
from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, gather_element, whole_text
from redactor.formats.number_codes import GENERAL
from redactor.formats.ods.asides import gather_inside
from redactor.formats.ods.cells import CellValues, raw_value, text_of_cell
from redactor.formats.ods.package import named, times
from redactor.formats.ods.styles import NO_STYLE, OpenStyle
from redactor.formats.package import is_element, local_name
from redactor.formats.workbook.grid import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_GRID,
    MAX_ROW,
    Cell,
    Range,
    SheetContent,
    SheetEntry,
    hidden_kind,
)
from redactor.model import HiddenKind, column_letters

_MOST_UNREAD_CELLS = 50
_NO_RESULT = "A formula whose result is not kept in the file. Open it in its program and save it."


@dataclass(slots=True)
class _Row:
    """The row that is being read, and how often it stands there."""

    first: int
    times: int
    hidden: HiddenKind | None
    column: int = 0
    cells: list[Cell] = field(default_factory=list)


class TableReader:
    """The reading of one table.

    Args:
        entry: which sheet.
        styles: by name.
        values: shared by all tables of a file.
        gathered: takes what is hidden or unread.
    """

    def __init__(
        self,
        entry: SheetEntry,
        styles: dict[str, OpenStyle],
        values: CellValues,
        gathered: Gathered,
    ) -> None:
        self._entry = entry
        self._styles = styles
        self._values = values
        self._gathered = gathered
        self._sheet_hidden = hidden_kind(entry)
        self._columns: list[tuple[int, int, bool, str]] = []
        self._next_column = 0
        self._next_row = 0
        self._grid = 0
        self._heading_rows = 0
        self._cells: list[Cell] = []
        self._merged: list[Range] = []
        self._widths: dict[int, float] = {}
        self._without_result: list[str] = []

    def read_column(self, element: etree._Element) -> None:
        """Read how one column or several look, and whether they are seen."""
        count = times(element, "number-columns-repeated")
        first, last = self._next_column, self._next_column + count - 1
        self._next_column += count
        style = self._styles.get(named(element, "style-name"), NO_STYLE)
        gone = named(element, "visibility") in {"collapse", "filter"} or style.hidden
        gone = gone or _in_hidden_group(element)
        self._columns.append((first, last, gone, named(element, "default-cell-style-name")))
        if style.characters and first < 1_000:
            for column in range(first, min(last + 1, 1_000)):
                self._widths[column] = style.characters

    def read_row(self, element: etree._Element) -> None:
        """Read one row, as often as it is repeated.

        Raises:
            UnreadableDocument: there are more filled cells than can be handled.
        """
        count = times(element, "number-rows-repeated")
        row = _Row(self._next_row, count, self._row_hidden(element))
        self._next_row += count
        for cell in element:
            if not is_element(cell):
                self._add(HiddenKind.OTHER, cell.text or "")
            elif local_name(cell) in {"table-cell", "covered-table-cell"}:
                self._read_cell(cell, row, covered=local_name(cell) == "covered-table-cell")
            else:
                self._gather(cell, HiddenKind.OTHER)
        self._keep(row)
        parent = element.getparent()
        if parent is not None and local_name(parent) == "table-header-rows":
            self._heading_rows = min(self._next_row, 100)

    def finish(self) -> SheetContent:
        """Give the sheet."""
        self._block_results()
        return SheetContent(
            self._entry,
            self._cells,
            tuple(self._merged),
            self._widths,
            None,
            self._heading_rows,
        )

    # --- rows and cells -----------------------------------------------------------------------

    def _row_hidden(self, element: etree._Element) -> HiddenKind | None:
        if self._sheet_hidden is not None:
            return self._sheet_hidden
        style = self._styles.get(named(element, "style-name"), NO_STYLE)
        gone = named(element, "visibility") in {"collapse", "filter"} or style.hidden
        return HiddenKind.HIDDEN_ROW if gone or _in_hidden_group(element) else None

    def _read_cell(self, cell: etree._Element, row: _Row, *, covered: bool) -> None:
        column, count = row.column, times(cell, "number-columns-repeated")
        row.column += count
        if not len(cell) and not named(cell, "value-type") and not named(cell, "formula"):
            return
        address = f"{column_letters(column)}{row.first + 1}"
        gather_inside(cell, self._entry.name, address, self._gathered)
        text = text_of_cell(cell)
        self._gather_formula(cell, address, text)
        self._gather_value(cell, address, text)
        self._note_span(cell, row, column)
        value, code, unseen = self._shown(cell, text)
        if not text and not unseen:
            return
        self._require_in_reach(column + count)
        look, invisible = self._look(cell, column)
        hidden = row.hidden or self._why_hidden(column, unseen=bool(unseen) or invisible or covered)
        for one in range(column, column + count):
            row.cells.append(Cell(row.first, one, text or unseen, value, code, look, hidden))

    def _shown(self, cell: etree._Element, text: str) -> tuple[CellValue, str, str]:
        """Give the value and format of a cell; third, a value that the cell does not show."""
        if not text:
            raw = raw_value(cell)
            return raw, GENERAL, raw
        value, code = self._values.of(cell, text)
        return value, code, ""

    def _look(self, cell: etree._Element, column: int) -> tuple[CellLook, bool]:
        name = named(cell, "style-name") or next(
            (style for first, last, _, style in self._columns if first <= column <= last), ""
        )
        style = self._styles.get(name, NO_STYLE)
        return style.look, style.hidden

    def _why_hidden(self, column: int, *, unseen: bool) -> HiddenKind | None:
        if any(gone and first <= column <= last for first, last, gone, _ in self._columns):
            return HiddenKind.HIDDEN_COLUMN
        return HiddenKind.HIDDEN_FORMAT if unseen else None

    def _gather_formula(self, cell: etree._Element, address: str, text: str) -> None:
        formula = named(cell, "formula")
        if not formula:
            return
        place = f"sheet:{self._entry.name}!{address}/formula"
        self._gathered.add(HiddenKind.FORMULA, place, formula, self._entry.name)
        if not text and not raw_value(cell) and named(cell, "value-type") != "string":
            self._without_result.append(address)

    def _gather_value(self, cell: etree._Element, address: str, text: str) -> None:
        """Gather the text that a cell is said to hold where the file shows another."""
        value = named(cell, "string-value")
        if text and value.split() != text.split():
            place = f"sheet:{self._entry.name}!{address}/value"
            self._gathered.add(HiddenKind.OTHER, place, value, self._entry.name)

    def _note_span(self, cell: etree._Element, row: _Row, column: int) -> None:
        wide, high = times(cell, "number-columns-spanned"), times(cell, "number-rows-spanned")
        if (wide > 1 or high > 1) and row.first + high <= MAX_ROW:
            area = row.first, column, row.first + high - 1, column + wide - 1
            self._merged.append(area)

    def _keep(self, row: _Row) -> None:
        if not row.cells:
            return
        self._grid += (row.cells[-1].column + 1) * row.times
        filled = len(self._cells) + len(row.cells) * row.times
        if self._grid > MAX_GRID or filled > MAX_CELLS or row.first + row.times > MAX_ROW:
            raise self._too_large()
        self._cells.extend(row.cells)
        for number in range(row.first + 1, row.first + row.times):
            self._cells.extend([one._replace(row=number) for one in row.cells])

    def _require_in_reach(self, columns: int) -> None:
        """Refuse a filled cell beyond the last column before it is repeated up to there."""
        if columns > MAX_COLUMN:
            raise self._too_large()

    def _too_large(self) -> UnreadableDocument:
        return UnreadableDocument(
            f"Sheet {self._entry.index + 1} holds or spans more cells than can be handled.",
            "Remove stray cells far to the right or far down, or split the sheet.",
            "too-large",
        )

    # --- what is not shown --------------------------------------------------------------------

    def _block_results(self) -> None:
        if len(self._without_result) <= _MOST_UNREAD_CELLS:
            for address in self._without_result:
                self._gathered.block(f"sheet:{self._entry.name}!{address}", _NO_RESULT)
            return
        self._gathered.block(f"sheet:{self._entry.name}/formulas", _NO_RESULT)

    def _gather(self, element: etree._Element, kind: HiddenKind) -> None:
        place = f"{self._entry.part}/{kind.value}"
        gather_element(element, kind, place, self._gathered, self._entry.name)
        if whole_text(element).strip():
            self._gathered.block(f"{self._entry.part}/unknown", "Cells in an unknown vocabulary.")

    def _add(self, kind: HiddenKind, text: str) -> None:
        place = f"{self._entry.part}/{kind.value}"
        self._gathered.add(kind, place, text, self._entry.name)


def _in_hidden_group(element: etree._Element) -> bool:
    """Say whether a row or column lies in a group that is folded away."""
    parent = element.getparent()
    while parent is not None and local_name(parent).endswith("-group"):
        if named(parent, "display") == "false":
            return True
        parent = parent.getparent()
    return False
