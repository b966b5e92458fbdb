"""Read one worksheet, row by row.

Source of the markup: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from redactor.content import CellValue
from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, gather_element, whole_text
from redactor.formats.number_format import GENERAL, NumberFormat, plain_number
from redactor.formats.package import damaged, forget, is_element, local_name, start_stream
from redactor.formats.xlsx.workbook import SheetEntry, Style, Workbook, item_text, tidy
from redactor.model import HiddenKind, Progress, Report, column_letters

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _F, _IS, _C, _ROW = (_MAIN + one for one in ("v", "f", "is", "c", "row"))
_EXT = _MAIN + "extLst"
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384
#: A rebuilt grid has a place for every column up to the last of each row; more than this is a bomb.
_MAX_GRID = 60_000_000
_STEP = 5_000
_MOST_UNREAD_CELLS = 50
_PLAIN_WHOLE = re.compile(r"-?[1-9]\d{0,14}|0")
_TRUE = frozenset({"1", "true", "on"})

_DULL = frozenset(
    {"dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "mergeCells",
     "phoneticPr", "printOptions", "pageMargins", "pageSetup", "rowBreaks", "colBreaks",
     "ignoredErrors", "drawing", "legacyDrawing", "legacyDrawingHF", "tableParts", "picture",
     "sheetProtection"}
)  # fmt: skip
_KINDS = {
    "sheetPr": HiddenKind.SETTINGS,
    "protectedRanges": HiddenKind.SETTINGS,
    "customSheetViews": HiddenKind.SETTINGS,
    "customProperties": HiddenKind.SETTINGS,
    "headerFooter": HiddenKind.SETTINGS,
    "webPublishItems": HiddenKind.SETTINGS,
    "scenarios": HiddenKind.SCENARIO,
    "autoFilter": HiddenKind.FILTER,
    "sortState": HiddenKind.FILTER,
    "dataConsolidate": HiddenKind.CONNECTION,
    "conditionalFormatting": HiddenKind.CONDITIONAL_FORMAT,
    "dataValidations": HiddenKind.DATA_VALIDATION,
    "hyperlinks": HiddenKind.LINK,
    "smartTags": HiddenKind.CUSTOM_XML,
    "oleObjects": HiddenKind.EMBEDDED_FILE,
    "controls": HiddenKind.FORM_FIELD,
}
_EXTENSIONS = {
    "conditionalFormattings": HiddenKind.CONDITIONAL_FORMAT,
    "dataValidations": HiddenKind.DATA_VALIDATION,
    "slicerList": HiddenKind.FILTER,
    "timelineRefs": HiddenKind.FILTER,
    "protectedRanges": HiddenKind.SETTINGS,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something.

    Attributes:
        row, column: from 0.
        text: what it shows; for hidden cells what it would show.
        value: as much of the value as a release may carry.
        number_format: a plain format that shows ``value`` as ``text``.
        hidden: why nobody sees it, if so.
    """

    row: int
    column: int
    text: str = field(repr=False)
    value: CellValue = field(repr=False)
    number_format: str = GENERAL
    bold: bool = False
    hidden: HiddenKind | None = None


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A sheet as read; ``merged`` holds (first row, first column, last row, last column)."""

    entry: SheetEntry
    cells: list[Cell] = field(repr=False)
    merged: tuple[tuple[int, int, int, int], ...] = ()


class SheetReader:
    """Reads the sheets of one workbook, and knows which shared texts they used."""

    def __init__(self, workbook: Workbook, gathered: Gathered) -> None:
        self._workbook = workbook
        self._gathered = gathered
        self._texts = workbook.texts
        self._used = bytearray(len(workbook.texts))
        self._columns: dict[str, int] = {}

    def unused_texts(self) -> list[str]:
        """Give the shared texts that no cell shows."""
        return [text for text, used in zip(self._texts, self._used, strict=True) if not used]

    def read(self, entry: SheetEntry, report: Report) -> SheetContent:
        """Read a worksheet.

        Raises:
            UnreadableDocument: damaged or too large.
        """
        return _OneSheet(self, entry).read(report)

    def column(self, letters: str) -> int:
        """Give the number of a column from its letters."""
        found = self._columns.get(letters)
        if found is None:
            found = 0
            if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
                raise damaged("a cell has a name that is none")
            for letter in letters.upper():
                found = found * 26 + ord(letter) - 64
            if found > _MAX_COLUMN:
                raise damaged("a cell lies beyond the last column")
            found -= 1
            self._columns[letters] = found
        return found

    def shared(self, index: str) -> str:
        """Give a shared text and remember that it is used."""
        number = int(index)
        if not 0 <= number < len(self._texts):
            raise damaged("a cell points at a text that is not there")
        self._used[number] = 1
        return self._texts[number]


class _OneSheet:
    """The reading of one sheet."""

    def __init__(self, reader: SheetReader, entry: SheetEntry) -> None:
        self._reader = reader
        self._workbook = reader._workbook  # noqa: SLF001 - one thing in two classes
        self._gathered = reader._gathered  # noqa: SLF001
        self._entry = entry
        self._hidden_sheet = _state_kind(entry.state)
        self._hidden_columns: list[tuple[int, int]] = []
        self._rows_start_hidden = False
        self._narrow_by_default = False
        self._wide_columns: list[tuple[int, int]] = []
        self._cells: list[Cell] = []
        self._invisible: list[int] = []
        self._without_value: list[str] = []
        self._grid = 0
        self._show_by_type: dict[str, Callable[[str, Style], tuple[str, CellValue, str, bool]]] = {
            "n": self._show_number,
            "s": self._show_shared,
            "str": _show_own_text,
            "b": _show_truth,
            "e": _show_error,
            "d": self._show_iso_date,
        }

    def read(self, report: Report) -> SheetContent:
        part = self._entry.part
        data = self._workbook.package.xml(part)
        tags = ("{*}row", "{*}cols", "{*}sheetFormatPr")
        try:
            source = start_stream(data, tags)
            for number, element in enumerate(self._rows(source)):
                if number % _STEP == 0:
                    report(Progress(len(self._cells), 0, f"reading sheet {self._entry.index + 1}"))
                self._read_row(element)
            root = source.root
        except etree.XMLSyntaxError:
            raise damaged(f"part {part} is not well-formed XML") from None
        if root is None or local_name(root) not in {"worksheet", "macrosheet"}:
            raise damaged(f"part {part} is not a worksheet")
        merged = self._finish(root)
        return SheetContent(self._entry, self._cells, merged)

    # --- rows ---------------------------------------------------------------------------------

    def _rows(self, source: etree.iterparse[etree._Element]) -> Iterator[etree._Element]:
        self._last_row = -1
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
            elif name == "cols":
                self._read_columns(element)
            else:
                self._rows_start_hidden = (element.get("zeroHeight") or "") in _TRUE
                self._narrow_by_default = _is_zero(element.get("defaultColWidth"))

    def _read_columns(self, columns: etree._Element) -> None:
        for one in columns:
            if not is_element(one):
                continue
            span = int(one.get("min") or 1) - 1, int(one.get("max") or _MAX_COLUMN) - 1
            if (one.get("hidden") or "") in _TRUE or _is_zero(one.get("width")):
                self._hidden_columns.append(span)
            else:
                self._wide_columns.append(span)

    def _column_is_hidden(self, column: int) -> bool:
        if any(first <= column <= last for first, last in self._hidden_columns):
            return True
        return self._narrow_by_default and not any(
            first <= column <= last for first, last in self._wide_columns
        )

    def _read_row(self, element: etree._Element) -> None:
        given = element.get("r")
        row = int(given) - 1 if given else self._last_row + 1
        if row <= self._last_row or row >= _MAX_ROW:
            raise damaged(f"the rows of {self._entry.part} are out of order")
        self._last_row = row
        hidden = self._hidden_sheet
        if hidden is None and self._row_is_hidden(element):
            hidden = HiddenKind.HIDDEN_ROW
        digits = str(row + 1)
        last = -1
        for cell in element:
            if cell.tag != _C:
                self._gather_odd(cell)
                continue
            last = self._read_cell(cell, row, digits, last, hidden)
        self._grid += last + 1
        if self._grid > _MAX_GRID:
            raise UnreadableDocument(
                f"Sheet {self._entry.index + 1} spans more cells than can be handled.",
                "Remove stray cells far to the right, or split the sheet.",
                "too-large",
            )

    def _row_is_hidden(self, element: etree._Element) -> bool:
        hidden, height = element.get("hidden"), element.get("ht")
        if hidden is not None and hidden in _TRUE:
            return True
        return _is_zero(height) or (self._rows_start_hidden and hidden is None and height is None)

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
            column = self._reader.column(letters)
            if given[len(letters) :] != digits:
                raise damaged("a cell stands in another row than its name says")
            if column <= last:
                raise damaged("two cells have the same name, or are out of order")
        if not len(cell):
            return column
        raw, inline, formula = self._parts_of(cell)
        style = self._style(cell.get("s"))
        kind = cell.get("t") or "n"
        if formula is not None and self._lacks_value(raw, kind):
            self._without_value.append(f"{column_letters(column)}{digits}")
            return column
        if inline is not None:
            shown = _show_own_text(inline, style)
        elif raw is None or (raw == "" and kind != "str"):
            return column
        else:
            show = self._show_by_type.get(kind)
            if show is None:
                raise damaged("a cell is of a kind that is not known")
            shown = show(raw, style)
        self._keep(row, column, shown, style, hidden)
        return column

    def _parts_of(self, cell: etree._Element) -> tuple[str | None, str | None, str | None]:
        """Give a cell's value, inline text and formula."""
        raw = inline = formula = None
        for child in cell:
            if child.tag == _V:
                raw = child.text or ""
            elif child.tag == _F:
                formula = child.text or ""
                if formula:
                    self._gathered.add(
                        HiddenKind.FORMULA,
                        f"{self._entry.part}/formula",
                        f"={formula}",
                        self._entry.name,
                    )
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
        shown: tuple[str, CellValue, str, bool],
        style: Style,
        hidden: HiddenKind | None,
    ) -> None:
        text, value, code, unseen = shown
        if not text:
            return
        if hidden is None and (self._hidden_columns or self._narrow_by_default):
            hidden = HiddenKind.HIDDEN_COLUMN if self._column_is_hidden(column) else None
        if hidden is None and unseen:
            hidden = HiddenKind.HIDDEN_FORMAT
        if hidden is None and style.invisible:
            self._invisible.append(len(self._cells))
        self._cells.append(Cell(row, column, text, value, code, style.bold, hidden))

    # --- kinds of value -----------------------------------------------------------------------

    def _show_number(self, raw: str, style: Style) -> tuple[str, CellValue, str, bool]:
        if style.number_format.is_general and _PLAIN_WHOLE.fullmatch(raw):
            return raw, int(raw), GENERAL, False
        number = float(raw)
        if number - number != 0:
            raise damaged("a cell holds a number that is none")
        shown = style.number_format.show(number)
        return shown.text, shown.value, shown.number_format, shown.hidden

    def _show_shared(self, raw: str, style: Style) -> tuple[str, CellValue, str, bool]:
        return _show_text(self._reader.shared(raw), style.number_format)

    def _show_iso_date(self, raw: str, style: Style) -> tuple[str, CellValue, str, bool]:
        try:
            moment = dt.datetime.fromisoformat(raw.strip().removesuffix("Z"))
        except ValueError:
            return _show_text(tidy(raw), style.number_format)
        start = dt.datetime(1904, 1, 1) if self._workbook.epoch_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no zones
        serial = (moment.replace(tzinfo=None) - start) / dt.timedelta(days=1)
        shown = style.number_format.show(serial)
        if shown.text == plain_number(serial):
            return raw, raw, GENERAL, False
        return shown.text, shown.value, shown.number_format, shown.hidden

    # --- what stands around the rows ----------------------------------------------------------

    def _finish(self, root: etree._Element) -> tuple[tuple[int, int, int, int], ...]:
        names = {local_name(one) for one in root if is_element(one)}
        if not names & {"tableParts", "conditionalFormatting", "drawing", "picture"}:
            # elsewhere a fill that the cell's own style does not have may stand behind white text
            for index in self._invisible:
                self._hide(index, HiddenKind.HIDDEN_FORMAT)
        self._block_formulas()
        merged = _merged_ranges(root)
        self._hide_covered(merged)
        for element in root:
            if not is_element(element):
                self._gather_odd(element)
            elif local_name(element) not in _DULL:
                self._gather_around(element)
        return merged

    def _gather_around(self, element: etree._Element) -> None:
        name = local_name(element)
        kind = _KINDS.get(name, HiddenKind.OTHER)
        inner = {local_name(one) for one in element.iter() if is_element(one)}
        if name == "extLst":
            kind = next((_EXTENSIONS[one] for one in _EXTENSIONS if one in inner), kind)
        if "sparkline" in inner:
            place = f"{self._entry.part}/sparklines"
            self._gathered.block(place, "Small charts in cells. The rebuilt file has none.")
        gather_element(
            element, kind, f"{self._entry.part}/{kind.value}", self._gathered, self._entry.name
        )

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

    def _hide_covered(self, merged: tuple[tuple[int, int, int, int], ...]) -> None:
        """Mark cells under a merged area: only the first of them is shown (18.3.1.55)."""
        if not merged:
            return
        by_row: dict[int, list[tuple[int, int, int, int]]] = {}
        for area in merged:
            for row in range(area[0], area[2] + 1):
                by_row.setdefault(row, []).append(area)
        for index, cell in enumerate(self._cells):
            for top, left, _, right in by_row.get(cell.row, ()):
                inside = left <= cell.column <= right
                if inside and (cell.row, cell.column) != (top, left):
                    self._hide(index, HiddenKind.HIDDEN_FORMAT)

    def _hide(self, index: int, kind: HiddenKind) -> None:
        cell = self._cells[index]
        if cell.hidden is None:
            self._cells[index] = replace(cell, hidden=kind)


def _state_kind(state: str) -> HiddenKind | None:
    if state in {"", "visible"}:
        return None
    return HiddenKind.VERY_HIDDEN_SHEET if state == "veryHidden" else HiddenKind.HIDDEN_SHEET


def _is_zero(text: str | None) -> bool:
    return text is not None and float(text) == 0


def _show_text(text: str, number_format: NumberFormat) -> tuple[str, CellValue, str, bool]:
    if number_format.hides_text:
        return text, text, GENERAL, True
    if number_format.changes_text:
        text = number_format.show_text(text)
    return text, text, GENERAL, False


def _show_own_text(raw: str, style: Style) -> tuple[str, CellValue, str, bool]:
    return _show_text(tidy(raw), style.number_format)


def _show_truth(raw: str, style: Style) -> tuple[str, CellValue, str, bool]:
    true = raw.strip().lower() in _TRUE
    return ("TRUE" if true else "FALSE"), true, GENERAL, style.number_format.hides_text


def _show_error(raw: str, style: Style) -> tuple[str, CellValue, str, bool]:
    return _show_text(tidy(raw), style.number_format)


def _merged_ranges(root: etree._Element) -> tuple[tuple[int, int, int, int], ...]:
    areas: list[tuple[int, int, int, int]] = []
    rows = 0
    for group in root:
        if not is_element(group) or local_name(group) != "mergeCells":
            continue
        for one in group:
            found = re.fullmatch(
                r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", str(one.get("ref") or "")
            )
            if found is None:
                continue
            area = int(found[2]) - 1, _number(found[1]), int(found[4]) - 1, _number(found[3])
            rows += area[2] - area[0] + 1
            if rows > 4 * _MAX_ROW or area[2] >= _MAX_ROW:
                raise damaged("its merged cells span more rows than there are")
            areas.append(area)
    return tuple(areas)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
