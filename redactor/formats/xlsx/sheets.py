"""Read one worksheet, row by row.

Source of the markup: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redactor.content import CellLook, CellValue
from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, gather_element, whole_text
from redactor.formats.number_codes import GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.package import damaged, forget, is_element, local_name, start_stream
from redactor.formats.workbook.grid import (
    MAX_CELLS,
    MAX_GRID,
    MAX_ROW,
    Cell,
    SheetContent,
    SheetEntry,
    hidden_kind,
)
from redactor.formats.xlsx.around import (
    block_concealing,
    covered_cells,
    filtered_rows,
    gather_around,
    merged_ranges,
)
from redactor.formats.xlsx.escapes import tidy
from redactor.formats.xlsx.fast_rows import PlainCell, PlainRow, PlainSheet, plain_rows, plain_sheet
from redactor.formats.xlsx.measures import MEASURES, Measures
from redactor.formats.xlsx.styles import Style
from redactor.formats.xlsx.values import (
    PLAIN_WHOLE,
    ShownCell,
    ValueReader,
    show_own_text,
    show_text,
)
from redactor.formats.xlsx.workbook import Workbook, item_text
from redactor.model import HiddenKind, Progress, Report, column_letters

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _F, _IS, _C, _ROW = (_MAIN + one for one in ("v", "f", "is", "c", "row"))
_EXT = _MAIN + "extLst"
_AS_IT_IS = Style(NumberFormat(GENERAL))
_STEP = 5_000
_MOST_UNREAD_CELLS = 50
_NUMBER = (None, "n")


class SheetReader:
    """The reading of one worksheet.

    Args:
        workbook: the workbook, opened.
        entry: which sheet.
        values: shared by all sheets of the workbook.
        gathered: takes what is hidden or unread.
    """

    def __init__(
        self, workbook: Workbook, entry: SheetEntry, values: ValueReader, gathered: Gathered
    ) -> None:
        self._workbook = workbook
        self._entry = entry
        self._values = values
        self._gathered = gathered
        self._hidden_sheet = hidden_kind(entry)
        self._measures = Measures()
        self._cells: list[Cell] = []
        self._invisible: list[int] = []
        self._without_value: list[str] = []
        self._simple_styles: dict[str | None, CellLook] = {}
        self._last_row = -1
        self._last_column = -1
        self._grid = 0

    def read(self, report: Report) -> SheetContent:
        """Read the sheet.

        Raises:
            UnreadableDocument: damaged or too large.
        """
        part = self._entry.part
        data = self._workbook.package.xml(part)
        plain = plain_sheet(data, part)
        root = self._read_tree(data, report) if plain is None else self._read_plain(plain, report)
        if local_name(root) not in {"worksheet", "macrosheet"}:
            raise damaged(f"part {part} is not a worksheet")
        merged = self._finish(root)
        index = self._entry.index
        return SheetContent(
            self._entry,
            self._cells,
            merged,
            self._measures.widths(self._last_column),
            self._workbook.areas.get(index),
            self._workbook.titles.get(index, self._measures.frozen_rows),
        )

    # --- rows ---------------------------------------------------------------------------------

    def _read_tree(self, data: bytes, report: Report) -> etree._Element:
        """Read the rows by parsing them; gives the root, emptied of them."""
        try:
            source = start_stream(data, ("{*}row", *MEASURES))
            for number, element in enumerate(self._rows(source)):
                self._say(number, report)
                self._read_row(element)
        except etree.XMLSyntaxError:
            raise damaged(f"part {self._entry.part} is not well-formed XML") from None
        if source.root is None:
            raise damaged(f"part {self._entry.part} is empty")
        root: etree._Element = source.root
        return root

    def _read_plain(self, sheet: PlainSheet, report: Report) -> etree._Element:
        """Read the rows of a plain sheet; gives the root, emptied of them."""
        for element in sheet.root:
            if is_element(element):
                self._measures.read(element)
        self._simple_styles = self._find_simple_styles()
        for number, row in enumerate(plain_rows(sheet.rows)):
            self._say(number, report)
            if isinstance(row, PlainRow) and row.cells is not None:
                self._read_plain_row(row.attributes, row.cells)
                continue
            markup = row if isinstance(row, str) else row.markup
            for element in sheet.parse_row(markup, self._entry.part):
                if element.tag == _ROW:
                    self._read_row(element)
                else:
                    self._gather_odd(element)
        return sheet.root

    def _say(self, number: int, report: Report) -> None:
        if number % _STEP == 0:
            report(Progress(number, 0, f"reading sheet {self._entry.index + 1}"))

    def _rows(self, source: etree.iterparse[etree._Element]) -> Iterator[etree._Element]:
        seen_rows = False
        for _, element in source:
            name = local_name(element)
            if name == "row":
                parent = element.getparent()
                if parent is None or local_name(parent) != "sheetData":
                    continue
                if element.tag != _ROW:
                    raise damaged(f"part {self._entry.part} is written in an unknown vocabulary")
                seen_rows = True
                yield element
                forget(element)
            elif seen_rows and name == "cols":
                raise damaged(f"part {self._entry.part} names its columns after its rows")
            else:
                self._measures.read(element)

    def _begin_row(
        self, given: str | None, hidden: str | None, height: str | None
    ) -> tuple[int, HiddenKind | None]:
        """Give the number of a row and why it is hidden, if it is."""
        row = int(given) - 1 if given else self._last_row + 1
        if row <= self._last_row or row >= MAX_ROW:
            raise damaged(f"the rows of {self._entry.part} are out of order")
        self._last_row = row
        if self._hidden_sheet is not None:
            return row, self._hidden_sheet
        return row, HiddenKind.HIDDEN_ROW if self._measures.hides_row(hidden, height) else None

    def _end_row(self, last: int) -> None:
        self._grid += last + 1
        self._last_column = max(self._last_column, last)
        if self._grid > MAX_GRID or len(self._cells) > MAX_CELLS:
            raise UnreadableDocument(
                f"Sheet {self._entry.index + 1} holds or spans more cells than can be handled.",
                "Remove stray cells far to the right, or split the sheet.",
                "too-large",
            )

    def _read_row(self, element: etree._Element) -> None:
        row, hidden = self._begin_row(element.get("r"), element.get("hidden"), element.get("ht"))
        digits = str(row + 1)
        last = -1
        for cell in element:
            if cell.tag != _C:
                self._gather_odd(cell)
                continue
            last = self._read_cell(cell, row, digits, last, hidden)
        self._end_row(last)

    def _read_plain_row(self, attributes: dict[str, str], cells: list[PlainCell]) -> None:
        get = attributes.get
        row, hidden = self._begin_row(get("r"), get("hidden"), get("ht"))
        digits = str(row + 1)
        last = -1
        column_of, keep, plain_value = self._values.column, self._cells.append, self._plain_value
        columns, simple = self._values.columns, self._simple_styles
        for letters, number, index, kind, formula, raw, inline in cells:
            column = columns.get(letters)
            if column is None:
                column = column_of(letters)
            if number != digits or column <= last:
                raise damaged("a cell stands in another place than its name says")
            last = column
            look = simple.get(index)
            if formula is not None and self._lacks_value_of(
                formula, raw, inline, kind, letters + digits
            ):
                self._without_value.append(letters + digits)
            elif look is None or kind == "str":
                self._keep_plain(row, column, (index, kind, raw, inline), hidden)
            elif inline and inline.isascii() and "_x" not in inline:
                keep(Cell(row, column, inline, inline, GENERAL, look, hidden))
            elif raw and kind in _NUMBER and PLAIN_WHOLE.fullmatch(raw):
                keep(Cell(row, column, raw, int(raw), GENERAL, look, hidden))
            else:
                text, value = plain_value(kind, raw, inline)
                if text:
                    keep(Cell(row, column, text, value, GENERAL, look, hidden))
        self._end_row(last)

    def _lacks_value_of(
        self, formula: str, raw: str | None, inline: str | None, kind: str | None, cell: str
    ) -> bool:
        """Gather a formula and say whether its result is missing."""
        self._gather_formula(formula.partition(">")[2].removesuffix("</f>"), cell)
        return inline is None and self._lacks_value(raw, kind or "n")

    def _gather_formula(self, formula: str, cell: str) -> None:
        if formula:
            place = f"{self._entry.name}!{cell}/formula"
            self._gathered.add(HiddenKind.FORMULA, place, f"={formula}", self._entry.name)

    def _plain_value(
        self, kind: str | None, raw: str | None, inline: str | None
    ) -> tuple[str, CellValue]:
        """Give what a cell in a style that changes nothing shows, and its value."""
        if kind == "s" and raw:
            text = self._values.shared(raw)
        elif inline is not None:
            text = tidy(inline)
        elif raw:
            text, value, _, _ = self._values.show(kind or "n", raw, _AS_IT_IS)
            return text, value
        else:
            return "", None
        return text, text

    def _keep_plain(
        self,
        row: int,
        column: int,
        cell: tuple[str | None, str | None, str | None, str | None],
        hidden: HiddenKind | None,
    ) -> None:
        index, kind, raw, inline = cell
        style = self._style(index)
        if inline is not None:
            self._keep(row, column, show_own_text(inline, style), style, hidden)
        elif raw is not None and (raw or kind == "str"):
            self._keep(row, column, self._values.show(kind or "n", raw, style), style, hidden)

    def _find_simple_styles(self) -> dict[str | None, CellLook]:
        """Give the styles that show values as they are, by number, with how they look."""
        if self._measures.hides_columns:
            return {}
        simple: dict[str | None, CellLook] = {
            str(number): one.look
            for number, one in enumerate(self._workbook.styles)
            if one.number_format.is_general and not one.invisible and not one.tiny
        }
        if "0" in simple:
            simple[None] = simple["0"]
        return simple

    # --- cells --------------------------------------------------------------------------------

    def _read_cell(
        self,
        cell: etree._Element,
        row: int,
        digits: str,
        last: int,
        hidden: HiddenKind | None,
    ) -> int:
        given = cell.get("r")
        if given is None:
            column = last + 1
        else:
            letters = given.rstrip("0123456789")
            column = self._values.column(letters)
            if given[len(letters) :] != digits:
                raise damaged("a cell stands in another row than its name says")
            if column <= last:
                raise damaged("two cells have the same name, or are out of order")
        if not len(cell):
            return column
        raw, inline, formula = self._parts_of(cell, f"{column_letters(column)}{digits}")
        style = self._style(cell.get("s"))
        kind = cell.get("t") or "n"
        if formula is not None and inline is None and self._lacks_value(raw, kind):
            self._without_value.append(f"{column_letters(column)}{digits}")
            return column
        if inline is not None:
            shown = show_text(inline, style.number_format)
        elif raw is None or (raw == "" and kind != "str"):
            return column
        else:
            shown = self._values.show(kind, raw, style)
        self._keep(row, column, shown, style, hidden)
        return column

    def _parts_of(
        self, cell: etree._Element, name: str
    ) -> tuple[str | None, str | None, str | None]:
        """Give a cell's value, inline text and formula."""
        raw = inline = formula = None
        for child in cell:
            if child.tag == _V:
                raw = child.text or ""
            elif child.tag == _F:
                formula = child.text or ""
                self._gather_formula(formula, name)
            elif child.tag == _IS:
                inline = item_text(child)
            else:
                self._gather_odd(child)
        if inline is not None and raw:
            self._gathered.add(HiddenKind.OTHER, f"{self._entry.part}/other", raw, self._entry.name)
        return raw, inline, formula

    def _gather_odd(self, element: etree._Element) -> None:
        if not is_element(element):
            self._gathered.add(
                HiddenKind.OTHER, f"{self._entry.part}/other", element.text or "", self._entry.name
            )
            return
        gather_element(
            element, HiddenKind.OTHER, f"{self._entry.part}/other", self._gathered, self._entry.name
        )
        if element.tag != _EXT and whole_text(element).strip():
            place = f"{self._entry.part}/unknown"
            self._gathered.block(place, "Cells written in a vocabulary that is not known.")

    @staticmethod
    def _lacks_value(raw: str | None, kind: str) -> bool:
        return raw is None or (raw == "" and kind != "str")

    def _style(self, index: str | None) -> Style:
        styles = self._workbook.styles
        number = int(index) if index else 0
        if number >= len(styles):
            raise damaged("a cell has a style that is not there")
        return styles[number]

    def _keep(
        self,
        row: int,
        column: int,
        shown: ShownCell,
        style: Style,
        hidden: HiddenKind | None,
    ) -> None:
        text, value, code, unseen = shown
        if not text:
            return
        if hidden is None and self._measures.hides_columns:
            hidden = HiddenKind.HIDDEN_COLUMN if self._measures.hides_column(column) else None
        if hidden is None and (unseen or style.tiny):
            hidden = HiddenKind.HIDDEN_FORMAT
        if hidden is None and style.invisible:
            self._invisible.append(len(self._cells))
        self._cells.append(Cell(row, column, text, value, code, style.look, hidden))

    # --- what stands around the rows ----------------------------------------------------------

    def _finish(self, root: etree._Element) -> tuple[tuple[int, int, int, int], ...]:
        names = {local_name(one) for one in root if is_element(one)}
        if not names & {"tableParts", "conditionalFormatting", "drawing", "picture"}:
            # elsewhere a fill that the cell's own style does not have may stand behind white text
            for index in self._invisible:
                self._hide(index, HiddenKind.HIDDEN_FORMAT)
        self._block_formulas()
        merged = merged_ranges(root)
        for index in covered_cells(self._cells, merged):
            self._hide(index, HiddenKind.HIDDEN_FORMAT)
        for element in root:
            if local_name(element) == "sheetData":
                self._refuse_leftovers(element)
            if not is_element(element):
                self._gather_odd(element)
            else:
                gather_around(element, self._entry, self._gathered)
                conceal = self._workbook.concealing
                block_concealing(element, conceal, self._entry, self._gathered)
        rows = filtered_rows(root, self._cells)
        self._gathered.count(HiddenKind.FILTER, self._entry.name, rows, "rows hidden by them")
        return merged

    def _refuse_leftovers(self, sheet_data: etree._Element) -> None:
        """Name what stands among the rows and is none; rows that were read are empty by now."""
        for element in sheet_data:
            if element.tag != _ROW:
                self._gather_odd(element)

    def _block_formulas(self) -> None:
        why = "A formula whose result is not kept in the file. Open it in Excel and save it."
        if len(self._without_value) <= _MOST_UNREAD_CELLS:
            for cell in self._without_value:
                self._gathered.block(f"sheet:{self._entry.name}!{cell}", why)
            return
        self._gathered.block(
            f"sheet:{self._entry.name}/formulas",
            f"{len(self._without_value):,} formulas whose results are not kept in the file. "
            "Open it in Excel and save it.",
        )

    def _hide(self, index: int, kind: HiddenKind) -> None:
        cell = self._cells[index]
        if cell.hidden is None:
            self._cells[index] = cell._replace(hidden=kind)
