"""Read the cells of one sheet.

Source: [MS-XLS] 2.4.127 (Formula), 2.4.149 (LabelSst), 2.4.175 (MulRk), 2.4.180 (Number), 2.4.220
(RK), 2.4.24 (BoolErr), 2.4.221 (Row), 2.4.53 (ColInfo); RString is of BIFF5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from redactor.content import CellValue
from redactor.errors import UnreadableDocument
from redactor.formats.base import composed
from redactor.formats.number_codes import GENERAL
from redactor.formats.package import damaged
from redactor.formats.workbook.grid import LOWEST_ROW, MAX_CELLS, Cell, SheetEntry
from redactor.formats.xls.formulas import ERRORS
from redactor.formats.xls.records import Record
from redactor.formats.xls.skeleton import Book
from redactor.formats.xls.styles import Style
from redactor.model import HiddenKind

_PLACE = struct.Struct("<HHH")
_LABEL = struct.Struct("<HHHI")
_NUMBER = struct.Struct("<HHHd")
_RK = struct.Struct("<HHHI")
_DOUBLE = struct.Struct("<d")
#: What BIFF has of columns (1.1, "column").
MAX_COLUMN = 256
_EXP, _TABLE = 0x01, 0x02
_EXACT = 10**15  # the digits that a spreadsheet keeps


class Formula(NamedTuple):
    """A formula as it lies in the file: its cell, tokens, and what follows them."""

    row: int
    column: int
    tokens: bytes
    extra: bytes


class CellReader:
    """The reading of one sheet's cells.

    Args:
        book: the workbook.
        entry: which sheet.
        used: takes a mark for each shared text that a cell shows.
    """

    def __init__(self, book: Book, entry: SheetEntry, used: bytearray) -> None:
        self.cells: list[Cell] = []
        self.formulas: list[Formula] = []
        self.groups: dict[tuple[int, int], Formula] = {}
        self.without_value: list[tuple[int, int]] = []
        self.overwritten: list[str] = []
        self.widths: dict[int, float] = {}
        self._book = book
        self._entry = entry
        self._used = used
        self._shared = book.shared
        self._styles = book.styles
        self._simple = [one.is_plain for one in book.styles]
        self._invisible: list[int] = []
        self._hidden_rows: set[int] = set()
        self._rows: set[int] = set()
        self._narrow = bytearray(MAX_COLUMN)
        self._wide = bytearray(MAX_COLUMN)
        self._rows_start_hidden = False
        self._narrow_by_default = False
        self._awaits: tuple[int, int, int] | None = None
        self.handlers: dict[int, Callable[[Record], None]] = {
            0x00FD: self._label_sst,
            0x0203: self._number,
            0x027E: self._rk,
            0x00BD: self._many_rk,
            0x0006: self._formula,
            0x0206: self._formula,
            0x0406: self._formula,
            0x0207: self._string,
            0x0205: self._truth_or_error,
            0x0204: self._label,
            0x00D6: self._label,
            0x0208: self._row,
            0x007D: self._columns,
            0x0055: self._default_width,
            0x0225: self._default_height,
            0x04BC: self._shared_formula,
            0x0221: self._array,
            0x0236: self._table,
        }

    def check_size(self) -> None:
        """Stop before a sheet takes more memory than there is.

        Raises:
            UnreadableDocument: it holds too many cells.
        """
        if len(self.cells) > MAX_CELLS:
            raise UnreadableDocument(
                f"Sheet {self._entry.index + 1} holds more cells than can be handled.",
                "Split the sheet into smaller ones.",
                "too-large",
            )

    # --- values -------------------------------------------------------------------------------

    def _label_sst(self, record: Record) -> None:
        row, column, style, index = _LABEL.unpack_from(record.body)
        if index >= len(self._shared):
            raise damaged("a cell points at a text that is not there")
        self._used[index] = 1
        text = self._shared[index]
        if style < len(self._simple) and self._simple[style]:
            if text:
                look = self._styles[style].look
                self.cells.append(Cell(row, column, text, text, GENERAL, look))
            return
        self._keep_text(row, column, style, text)

    def _label(self, record: Record) -> None:
        row, column, style = _PLACE.unpack_from(record.body)
        text, _ = self._book.texts.long(record.body, 6, record.breaks)
        self._keep_text(row, column, style, composed(text))

    def _number(self, record: Record) -> None:
        self._keep_number(*_NUMBER.unpack_from(record.body))

    def _rk(self, record: Record) -> None:
        row, column, style, packed = _RK.unpack_from(record.body)
        self._keep_number(row, column, style, _unpacked(packed))

    def _many_rk(self, record: Record) -> None:
        body = record.body
        row, column = struct.unpack_from("<HH", body)
        for at in range(4, len(body) - 7, 6):
            style, packed = struct.unpack_from("<HI", body, at)
            self._keep_number(row, column, style, _unpacked(packed))
            column += 1

    def _truth_or_error(self, record: Record) -> None:
        row, column, style = _PLACE.unpack_from(record.body)
        value, is_error = record.body[6:8]
        self._keep_truth_or_error(row, column, style, value, is_error=bool(is_error))

    def _keep_truth_or_error(
        self, row: int, column: int, index: int, value: int, *, is_error: bool
    ) -> None:
        style = self._style(index)
        hidden = style.number_format.hides_text
        if is_error:
            text = ERRORS.get(value, "#ERR!")
            self._keep(row, column, style, text, text, GENERAL, unseen=hidden)
        else:
            text = "TRUE" if value else "FALSE"
            self._keep(row, column, style, text, bool(value), GENERAL, unseen=hidden)

    def _keep_text(self, row: int, column: int, index: int, text: str) -> None:
        style = self._style(index)
        code = style.number_format
        unseen = code.hides_text
        if not unseen and code.changes_text:
            text = code.show_text(text)
        self._keep(row, column, style, text, text, GENERAL, unseen=unseen)

    def _keep_number(self, row: int, column: int, index: int, number: float) -> None:
        if number - number != 0:
            raise damaged("a cell holds a number that is none")
        style = self._style(index)
        if index < len(self._simple) and self._simple[index] and number.is_integer():
            whole = int(number)
            if -_EXACT < whole < _EXACT:
                self.cells.append(Cell(row, column, str(whole), whole, GENERAL, style.look))
                return
        shown = style.number_format.show(number)
        self._keep(
            row, column, style, shown.text, shown.value, shown.number_format, unseen=shown.hidden
        )

    def _style(self, index: int) -> Style:
        return self._styles[index if index < len(self._styles) else 0]

    def _keep(
        self,
        row: int,
        column: int,
        style: Style,
        text: str,
        value: CellValue,
        code: str,
        *,
        unseen: bool,
    ) -> None:
        if not text:
            return
        hidden = HiddenKind.HIDDEN_FORMAT if unseen or style.tiny else None
        if style.invisible and hidden is None:
            self._invisible.append(len(self.cells))
        self.cells.append(Cell(row, column, text, value, code, style.look, hidden))

    # --- formulas -----------------------------------------------------------------------------

    def _formula(self, record: Record) -> None:
        body = record.body
        row, column, style = _PLACE.unpack_from(body)
        self._drop_awaited()
        (length,) = struct.unpack_from("<H", body, 20)
        self.formulas.append(Formula(row, column, body[22 : 22 + length], body[22 + length :]))
        if body[12:14] != b"\xff\xff":
            self._keep_number(row, column, style, _DOUBLE.unpack_from(body, 6)[0])
        elif body[6] == 0:
            self._awaits = row, column, style
        elif body[6] in {1, 2}:
            self._keep_truth_or_error(row, column, style, body[8], is_error=body[6] == 2)

    def _string(self, record: Record) -> None:
        if self._awaits is None:
            return
        row, column, style = self._awaits
        self._awaits = None
        text, _ = self._book.texts.long(record.body, 0, record.breaks)
        self._keep_text(row, column, style, composed(text))

    def _drop_awaited(self) -> None:
        if self._awaits is not None:
            self.without_value.append(self._awaits[:2])
            self._awaits = None

    def _shared_formula(self, record: Record) -> None:
        self._group(record.body, 8)

    def _array(self, record: Record) -> None:
        self._group(record.body, 12)

    def _group(self, body: bytes, at: int) -> None:
        if self.formulas:
            row, column, *_ = self.formulas[-1]
            (length,) = struct.unpack_from("<H", body, at)
            tokens, extra = body[at + 2 : at + 2 + length], body[at + 2 + length :]
            self.groups[row, column] = Formula(row, column, tokens, extra)

    def _table(self, record: Record) -> None:
        """Note a table of operations: its results stand in the cells."""

    def resolved(self, formula: Formula) -> Formula | None:
        """Give a formula with the tokens of the group it belongs to; None where it has none."""
        if formula.tokens[:1] not in {bytes([_EXP]), bytes([_TABLE])} or len(formula.tokens) < 5:
            return formula
        found = self.groups.get(struct.unpack_from("<HH", formula.tokens, 1))
        if found is None:
            return None
        return Formula(formula.row, formula.column, found.tokens, found.extra)

    # --- rows and columns ---------------------------------------------------------------------

    def _row(self, record: Record) -> None:
        row, _, _, height = struct.unpack_from("<HHHH", record.body)
        (flags,) = struct.unpack_from("<H", record.body, 12)
        self._rows.add(row)
        if flags & 0x20 or height & 0x7FFF < LOWEST_ROW * 20:
            self._hidden_rows.add(row)

    def _columns(self, record: Record) -> None:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", record.body)
        hidden = flags & 1 or width == 0
        span = slice(first, min(last, MAX_COLUMN - 1) + 1)
        marks = self._narrow if hidden else self._wide
        marks[span] = b"\x01" * len(marks[span])
        if not hidden:
            self.widths.update(
                dict.fromkeys(range(first, min(last, MAX_COLUMN - 1) + 1), width / 256)
            )

    def _default_width(self, record: Record) -> None:
        self._narrow_by_default = record.body[:2] == b"\x00\x00"

    def _default_height(self, record: Record) -> None:
        (flags,) = struct.unpack_from("<H", record.body)
        self._rows_start_hidden = bool(flags & 2)

    # --- the end ------------------------------------------------------------------------------

    def finish(self, hidden_sheet: HiddenKind | None, *, hide_invisible: bool) -> list[Cell]:
        """Give the cells in order, those that nobody sees marked.

        Raises:
            UnreadableDocument: they span more than can be handled.
        """
        self._drop_awaited()
        if hide_invisible:
            for index in self._invisible:
                self.cells[index] = self.cells[index]._replace(hidden=HiddenKind.HIDDEN_FORMAT)
        self._put_in_order()
        self.check_size()
        if any(one.column >= MAX_COLUMN for one in self.cells):
            raise damaged("a cell lies beyond the last column")
        hidden_column = self._column_is_hidden if self._any_column_hidden() else None
        if hidden_sheet or self._hidden_rows or self._rows_start_hidden or hidden_column:
            self.cells = [
                one._replace(hidden=hidden_sheet or self._why_hidden(one, hidden_column))
                for one in self.cells
            ]
        return self.cells

    def _put_in_order(self) -> None:
        places = [(one.row, one.column) for one in self.cells]
        if all(first < second for first, second in pairwise(places)):
            return
        last: dict[tuple[int, int], Cell] = {}
        for one in self.cells:
            before = last.get((one.row, one.column))
            if before is not None and before.text != one.text:
                self.overwritten.append(before.text)
            last[one.row, one.column] = one
        self.cells = [last[place] for place in sorted(last)]

    def _any_column_hidden(self) -> bool:
        return any(self._narrow) or self._narrow_by_default

    def _column_is_hidden(self, column: int) -> bool:
        return bool(self._narrow[column]) or (self._narrow_by_default and not self._wide[column])

    def _why_hidden(
        self, cell: Cell, column_is_hidden: Callable[[int], bool] | None
    ) -> HiddenKind | None:
        folded = self._rows_start_hidden and cell.row not in self._rows
        if folded or cell.row in self._hidden_rows:
            return HiddenKind.HIDDEN_ROW
        if column_is_hidden is not None and column_is_hidden(cell.column):
            return HiddenKind.HIDDEN_COLUMN
        return cell.hidden


def _unpacked(packed: int) -> float:
    """Give a number that was packed into four bytes (2.5.217, RkNumber)."""
    if packed & 2:
        number = float(packed >> 2 if packed < 0x80000000 else (packed >> 2) - 0x40000000)
    else:
        (number,) = _DOUBLE.unpack(b"\x00\x00\x00\x00" + struct.pack("<I", packed & 0xFFFFFFFC))
    return number / 100 if packed & 1 else number
