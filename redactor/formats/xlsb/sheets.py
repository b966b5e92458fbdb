"""Read one sheet of a binary workbook, record by record ([MS-XLSB] 2.1.7.62)."""

from __future__ import annotations

from redactor.content import CellValue
from redactor.dependants import FormulaCell
from redactor.errors import UnreadableDocument
from redactor.formats.base import composed
from redactor.formats.binary_text import readable_strings
from redactor.formats.hidden import Gathered
from redactor.formats.number_codes import GENERAL
from redactor.formats.package import damaged
from redactor.formats.workbook.grid import (
    LOWEST_ROW,
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
from redactor.formats.xlsb.book import BinaryBook
from redactor.formats.xlsb.formulas import SHARED, binary_formula, split_formula
from redactor.formats.xlsb.records import packed, real, records, text, texts_in, whole
from redactor.formats.xlsx.styles import Style
from redactor.formats.xlsx.values import ShownCell, show_text
from redactor.model import HiddenKind, Progress, Report, column_letters

_ROW, _BLANK, _COLUMN, _MERGED, _PANE = 0, 1, 60, 176, 151
_ARRAY, _SHARED = 426, 427
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_CELLS = range(2, 12)
_FORMULAS = range(8, 12)
#: What a record beside the cells is about; its words are hidden content of that kind.
_KINDS = {
    494: HiddenKind.LINK,
    64: HiddenKind.DATA_VALIDATION,
    479: HiddenKind.HEADER_FOOTER,
    463: HiddenKind.CONDITIONAL_FORMAT,
    461: HiddenKind.CONDITIONAL_FORMAT,
    161: HiddenKind.FILTER,
    163: HiddenKind.FILTER,
    166: HiddenKind.FILTER,
    167: HiddenKind.FILTER,
    174: HiddenKind.FILTER,
    500: HiddenKind.SCENARIO,
    502: HiddenKind.SCENARIO,
    504: HiddenKind.SCENARIO,
    147: HiddenKind.SETTINGS,
    535: HiddenKind.SETTINGS,
    536: HiddenKind.SETTINGS,
    550: HiddenKind.SETTINGS,
    551: HiddenKind.SETTINGS,
    639: HiddenKind.EMBEDDED_FILE,
    643: HiddenKind.FORM_FIELD,
    661: HiddenKind.SETTINGS,
}
_STEP = 20_000


class BinarySheet:
    """The reading of one sheet.

    Args:
        book: the workbook, opened.
        entry: which sheet.
        gathered: takes what is hidden or unread.
    """

    def __init__(self, book: BinaryBook, entry: SheetEntry, gathered: Gathered) -> None:
        self._book = book
        self._entry = entry
        self._gathered = gathered
        self._sheet_hidden = hidden_kind(entry)
        self._row = -1
        self._row_hidden: HiddenKind | None = None
        self._columns: list[tuple[int, int]] = []
        self._widths: dict[int, float] = {}
        self._last = -1
        self._grid = 0
        self._cells: list[Cell] = []
        self._merged: list[Range] = []
        self._headings = 0
        self._computed: list[tuple[int, int, bytes, tuple[str, ...]]] = []
        self._areas: list[tuple[Range, bytes]] = []
        self.formulas: list[FormulaCell] = []

    def read(self, report: Report) -> SheetContent:
        """Read the sheet.

        Raises:
            UnreadableDocument: damaged or too large.
        """
        part = self._entry.part
        for number, (kind, data) in enumerate(records(self._book.package.read(part), part)):
            if number % _STEP == 0:
                report(Progress(number, 0, f"reading sheet {self._entry.index + 1}"))
            if kind in _CELLS:
                self._read_cell(kind, data)
            elif kind == _ROW:
                self._begin_row(data)
            elif kind != _BLANK:
                self._read_around(kind, data)
        self._count_row()
        self._write_formulas()
        self._hide_merged()
        return SheetContent(
            self._entry, self._cells, tuple(self._merged), self._widths, None, self._headings
        )

    # --- rows and cells -----------------------------------------------------------------------

    def _begin_row(self, data: bytes) -> None:
        self._count_row()
        row = whole(data, 0)
        if row <= self._row or row >= MAX_ROW or len(data) < 12:
            raise damaged(f"the rows of {self._entry.part} are out of order")
        self._row, self._last = row, -1
        height = int.from_bytes(data[8:10], "little")
        gone = bool(data[11] & 0x10) or (bool(data[11] & 0x20) and height < LOWEST_ROW * 20)
        self._row_hidden = HiddenKind.HIDDEN_ROW if gone else None

    def _count_row(self) -> None:
        self._grid += self._last + 1
        if self._grid > MAX_GRID or len(self._cells) > MAX_CELLS:
            raise UnreadableDocument(
                f"Sheet {self._entry.index + 1} holds or spans more cells than can be handled.",
                "Remove stray cells far to the right, or split the sheet.",
                "too-large",
            )

    def _read_cell(self, kind: int, data: bytes) -> None:
        column = whole(data, 0)
        if self._row < 0 or column <= self._last or column >= MAX_COLUMN:
            raise damaged("two cells have the same name, or are out of order")
        self._last = column
        style = self._book.style(whole(data, 4) & 0xFFFFFF)
        shown, end = self._shown(kind, data, style)
        if kind in _FORMULAS:
            self._note_formula(column, data, end + 2)
        words, value, code, unseen = shown
        if words:
            hidden = self._why_hidden(column, style, unseen=unseen)
            self._cells.append(Cell(self._row, column, words, value, code, style.look, hidden))
        if len(self._cells) > MAX_CELLS:
            self._count_row()

    def _shown(self, kind: int, data: bytes, style: Style) -> tuple[ShownCell, int]:
        """Give what a cell shows, and where in its record that ends."""
        if kind == 2:
            return _number(packed(whole(data, 8)), style), 12
        if kind in {5, 9}:
            return _number(real(data, 8), style), 16
        if kind == 7:
            return show_text(self._book.shared(whole(data, 8)), style.number_format), 12
        if kind in {6, 8}:
            words, end = text(data, 8)
            return show_text(composed(words), style.number_format), end
        if len(data) < 9:
            raise damaged("a record is shorter than it must be")
        if kind in {4, 10}:
            true = bool(data[8])
            words = "TRUE" if true else "FALSE"
            return (words, true, GENERAL, style.number_format.hides_text), 9
        error = _ERRORS.get(data[8], "#ERROR!")
        return show_text(error, style.number_format), 9

    def _why_hidden(self, column: int, style: Style, *, unseen: bool) -> HiddenKind | None:
        if self._sheet_hidden is not None or self._row_hidden is not None:
            return self._sheet_hidden or self._row_hidden
        if any(first <= column <= last for first, last in self._columns):
            return HiddenKind.HIDDEN_COLUMN
        blank = unseen or style.invisible or style.tiny
        return HiddenKind.HIDDEN_FORMAT if blank else None

    # --- formulas -----------------------------------------------------------------------------

    def _note_formula(self, column: int, data: bytes, at: int) -> None:
        tokens, extra = split_formula(data, at)
        words = tuple(dict.fromkeys(readable_strings(extra)))
        self._computed.append((self._row, column, tokens, words))

    def _read_shared(self, kind: int, data: bytes) -> None:
        """Take a formula that stands for all cells of an area: shared, or of an array."""
        top, bottom, left, right = (whole(data, at) for at in (0, 4, 8, 12))
        tokens, _ = split_formula(data, 16 if kind == _SHARED else 17)
        self._areas.append(((top, left, bottom, right), tokens))

    def _write_formulas(self) -> None:
        for row, column, tokens, words in self._computed:
            if tokens[:1] == bytes([SHARED]):
                tokens = self._shared_at(row, column)  # noqa: PLW2901 - what it stands for
            text_ = binary_formula(tokens, self._book.names, row, column)
            formula = FormulaCell(self._entry.name, row, column, text_)
            self.formulas.append(formula)
            place = f"sheet:{self._entry.name}!{column_letters(column)}{row + 1}/formula"
            said = "; ".join((f"={text_}", *words))
            self._gathered.add(HiddenKind.FORMULA, place, said, self._entry.name)
        self._gathered.count(HiddenKind.FORMULA, self._entry.name, len(self._computed), "formulas")

    def _shared_at(self, row: int, column: int) -> bytes:
        for (top, left, bottom, right), tokens in self._areas:
            if top <= row <= bottom and left <= column <= right:
                return tokens
        return b""

    # --- around the cells ---------------------------------------------------------------------

    def _read_around(self, kind: int, data: bytes) -> None:
        if kind == _COLUMN:
            self._read_column(data)
        elif kind in {_SHARED, _ARRAY}:
            self._read_shared(kind, data)
        elif kind == _MERGED:
            first, last, left, right = (whole(data, at) for at in (0, 4, 8, 12))
            if first > last or left > right or last >= MAX_ROW or right >= MAX_COLUMN:
                raise damaged("a merged area lies beyond the sheet")
            self._merged.append((first, left, last, right))
        elif kind == _PANE and len(data) >= 29:
            if data[28] & 1:
                self._headings = min(int(real(data, 8)), 100)
        else:
            self._gather_words(kind, data)

    def _read_column(self, data: bytes) -> None:
        first, last, width = whole(data, 0), whole(data, 4), whole(data, 8)
        if len(data) < 18 or first > last:
            raise damaged("a column is described in a way that is none")
        if data[16] & 1 or width == 0:
            self._columns.append((first, last))
        for column in range(first, min(last + 1, 1_000)):
            self._widths[column] = width / 256

    def _gather_words(self, kind: int, data: bytes) -> None:
        what = _KINDS.get(kind, HiddenKind.OTHER)
        words = list(texts_in(data))
        if what in {HiddenKind.DATA_VALIDATION, HiddenKind.CONDITIONAL_FORMAT}:
            words += readable_strings(data)
        place = f"{self._entry.part}/{what.value}"
        self._gathered.add_all(what, place, words, self._entry.name)

    def _hide_merged(self) -> None:
        """Hide what lies under a merged area: only its first cell is shown."""
        by_row: dict[int, list[Range]] = {}
        span = 0
        for area in self._merged:
            span += area[2] - area[0] + 1
            if span > 4 * MAX_ROW:
                raise damaged("its merged cells span more rows than there are")
            for row in range(area[0], area[2] + 1):
                by_row.setdefault(row, []).append(area)
        for index, cell in enumerate(self._cells if self._merged else ()):
            for top, left, _, right in by_row.get(cell.row, ()):
                under = left <= cell.column <= right and (cell.row, cell.column) != (top, left)
                if under and cell.hidden is None:
                    self._cells[index] = cell._replace(hidden=HiddenKind.HIDDEN_FORMAT)


def _number(number: float, style: Style) -> ShownCell:
    if style.number_format.is_general and number == int(number) and abs(number) < 1e15:
        value: CellValue = int(number)
        return str(value), value, GENERAL, False
    shown = style.number_format.show(number)
    return shown.text, shown.value, shown.number_format, shown.hidden
