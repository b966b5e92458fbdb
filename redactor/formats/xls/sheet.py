"""Read one sheet of an old workbook: its cells, and all that stands around and above them.

Source: [MS-XLS] 2.1.7.20.5 (worksheets), 2.1.7.20.6 (macro sheets).
"""

from __future__ import annotations

import struct

from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered
from redactor.formats.package import damaged
from redactor.formats.workbook.grid import (
    Cell,
    Range,
    SheetContent,
    SheetEntry,
    hidden_kind,
)
from redactor.formats.xls.around import Around
from redactor.formats.xls.cells import CellReader, Formula
from redactor.formats.xls.charts import Chart
from redactor.formats.xls.drawings import Drawings
from redactor.formats.xls.formulas import formula_text
from redactor.formats.xls.links import Links
from redactor.formats.xls.records import BOF, EOF, Record, records
from redactor.formats.xls.skeleton import Book, Part
from redactor.formats.xlsx.around import covered_cells
from redactor.model import HiddenKind, Progress, Report, column_letters

_MERGED, _PANE, _WINDOW, _SWITCHES = 0x00E5, 0x0041, 0x023E, 0x0081
_STEP = 2_000
_MOST_UNREAD_CELLS = 50
_DIALOGUE = 0x0010
_MOST_MERGED_ROWS = 4 * 65_536


class SheetReader:
    """The reading of one sheet.

    Args:
        book: the workbook.
        links: what it names.
        entry: which sheet.
        part: its stretch of the stream.
        used: takes a mark for each shared text that a cell shows.
        gathered: takes what is hidden or unread.
    """

    def __init__(
        self,
        book: Book,
        links: Links,
        entry: SheetEntry,
        part: Part,
        used: bytearray,
        gathered: Gathered,
    ) -> None:
        self.cells = CellReader(book, entry, used)
        self._book = book
        self._links = links
        self._entry = entry
        self._part = part
        self._gathered = gathered
        self._place = f"{book.name}/{entry.part}"
        self._around = Around(self._place, entry.name, links.names, gathered, on_sheet=True)
        self._drawings = self._new_drawings(self._place)
        self._chart: Chart | None = None
        self._charts = 0
        self._merged: list[Range] = []
        self._merged_rows = 0
        self._frozen = self._is_frozen = self._is_dialogue = 0

    def read(self, report: Report) -> SheetContent:
        """Read the sheet; one that is no grid comes without cells.

        Raises:
            UnreadableDocument: damaged or too large.
        """
        self._walk(report)
        self._drawings.finish()
        self._around.finish()
        plain = not (self._around.has_conditional_formats or self._drawings.any_drawn)
        cells = self.cells.finish(hidden_kind(self._entry), hide_invisible=plain)
        self._gather_cells()
        merged = tuple(self._merged)
        for index in covered_cells(cells, merged):
            if cells[index].hidden is None:
                cells[index] = cells[index]._replace(hidden=HiddenKind.HIDDEN_FORMAT)
        entry = self._entry
        if entry.kind != "worksheet" or self._is_dialogue:
            self._gather_odd_sheet(cells)
            return SheetContent(SheetEntry(entry.index, entry.name, entry.state, entry.part, (
                "dialogsheet" if self._is_dialogue else entry.kind
            )), [])  # fmt: skip
        return SheetContent(
            entry,
            cells,
            merged,
            self.cells.widths,
            self._links.print_areas.get(entry.index),
            self._links.title_rows.get(entry.index, self._frozen if self._is_frozen else 0),
        )

    def _walk(self, report: Report) -> None:
        handlers = self.cells.handlers
        depth = 0
        for number, record in enumerate(
            records(self._book.stream, self._part.start, self._part.end)
        ):
            if number % _STEP == 0:
                report(Progress(number, 0, f"reading sheet {self._entry.index + 1}"))
                self.cells.check_size()
            handler = handlers.get(record.kind)
            if handler is not None and self._chart is None:
                handler(record)
            elif record.kind == BOF:
                depth += 1
                if depth > 1 or self._entry.kind == "chartsheet":
                    self._begin_chart()
            elif record.kind == EOF:
                depth -= 1
                self._end_chart()
            else:
                self._take(record)

    def _take(self, record: Record) -> None:
        if self._chart is not None:
            self._chart.take(record)
        elif record.kind == _MERGED:
            self._take_merged(record)
        elif record.kind == _PANE:
            (self._frozen,) = struct.unpack_from("<H", record.body, 2)
        elif record.kind == _WINDOW:
            (flags,) = struct.unpack_from("<H", record.body)
            self._is_frozen = flags & 0x08
        elif record.kind == _SWITCHES:
            (flags,) = struct.unpack_from("<H", record.body)
            self._is_dialogue = flags & _DIALOGUE
        elif not self._drawings.take(record):
            self._around.take(record)

    def _take_merged(self, record: Record) -> None:
        (count,) = struct.unpack_from("<H", record.body)
        for at in range(2, min(2 + 8 * count, len(record.body) - 7), 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", record.body, at)
            if top > bottom or left > right:
                raise damaged("its merged cells are none")
            self._merged.append((top, left, bottom, right))
            self._merged_rows += bottom - top + 1
        if self._merged_rows > _MOST_MERGED_ROWS:
            raise damaged("its merged cells span more rows than there are")

    # --- charts -------------------------------------------------------------------------------

    def _new_drawings(self, place: str) -> Drawings:
        return Drawings(place, self._entry.name, self._links.names, self._gathered)

    def _begin_chart(self) -> None:
        self._end_chart()
        self._charts += 1
        place = f"{self._place}/chart:{self._charts}"
        names = self._links.names
        self._chart = Chart(
            place, self._entry.name, names, self._gathered, self._new_drawings(place)
        )

    def _end_chart(self) -> None:
        if self._chart is not None:
            self._chart.finish()
            self._chart = None

    # --- what is hidden among the cells -----------------------------------------------------------

    def _gather_cells(self) -> None:
        part, sheet = f"{self._place}/formula", self._entry.name
        for formula in self.cells.formulas:
            whole = self.cells.resolved(formula)
            if whole is None or (whole is not formula and not self._leads(formula)):
                continue
            cell = f"{column_letters(formula.column)}{formula.row + 1}"
            self._gathered.add(
                HiddenKind.FORMULA, part, f"{cell}: ={self.formula_text(whole)}", sheet
            )
        count = len(self.cells.formulas)
        self._gathered.count(HiddenKind.FORMULA, sheet, count, "formulas")
        self._gathered.add_all(
            HiddenKind.OTHER, f"{self._place}/overwritten", self.cells.overwritten, sheet
        )
        self._block_formulas()

    def _leads(self, formula: Formula) -> bool:
        return (formula.row, formula.column) in self.cells.groups

    def formula_text(self, formula: Formula) -> str:
        """Write one formula of the sheet as text."""
        row, column, tokens, extra = formula
        return formula_text(tokens, self._links.names, row, column, extra)

    def _block_formulas(self) -> None:
        why = "A formula whose result is not kept in the file. Open it in Excel and save it."
        lacking = self.cells.without_value
        if len(lacking) > _MOST_UNREAD_CELLS:
            self._gathered.block(
                f"sheet:{self._entry.name}",
                f"{len(lacking):,} formulas whose results are not kept in the file. "
                "Open it in Excel and save it.",
            )
            return
        for row, column in lacking:
            cell = f"{column_letters(column)}{row + 1}"
            self._gathered.block(f"sheet:{self._entry.name}!{cell}", why)

    def _gather_odd_sheet(self, cells: list[Cell]) -> None:
        """Gather the cells of a sheet of old macros, or of a dialogue, as they are no grid."""
        kind = HiddenKind.MACRO if self._entry.kind == "macrosheet" else HiddenKind.OTHER
        texts = [f"{column_letters(one.column)}{one.row + 1}: {one.text}" for one in cells]
        self._gathered.add(kind, f"{self._place}/cells", "", self._entry.name, even_empty=True)
        self._gathered.add_all(kind, f"{self._place}/cells", texts, self._entry.name)


def part_of(book: Book, entry: SheetEntry) -> Part:
    """Give the stretch of the stream that a sheet lies in.

    Raises:
        UnreadableDocument: there is none.
    """
    part = book.parts.get(book.starts[entry.index])
    if part is None:
        raise UnreadableDocument(
            f"The file is damaged (sheet {entry.index + 1} of {len(book.sheets)} is missing).",
            "Open it in its own program, save it again, and add that.",
            "damaged",
        )
    return part
