"""Write a workbook of approved values: no formulas, no properties, nothing inherited.

The parts are written here rather than by a library, so that every byte is known: texts stand in
their cells (``inlineStr``), there is no document property, no theme, no clock. The only names are
those of what is printed and of the rows repeated on every page, both worked out here.
Source of the markup: ECMA-376 part 1, 18.2 and 18.3.
"""

from __future__ import annotations

import math
import re
from typing import ClassVar

from redactor.content import Book, Content, Sheet, SheetCell
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.archive import (
    OFFICE_RELATIONSHIPS,
    XML_START,
    content_types,
    escape,
    relationships,
    zip_parts,
)
from redactor.formats.writers.areas import Extent, merged_areas, printed_areas, size_of
from redactor.formats.writers.walk import cell_text
from redactor.formats.writers.xlsx_styles import Styles
from redactor.model import column_letters

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAX_CELL_CHARACTERS = 32_767
_MAX_NAME_CHARACTERS = 31
#: ``_x0041_`` in a text would be read as the letter A (18.18.19, ST_Xstring).
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Excel keeps this name for itself (support.microsoft.com, Rename a worksheet).
_RESERVED_NAME = "history"
#: A line of the font, a column that nobody set, and the tallest row that Excel has.
_LINE_POINTS, _USUAL_WIDTH, _TALLEST = 15, 9, 405
#: Words are a little narrower than the digits that widths are counted in.
_PER_WIDTH = 1.15
_ON_A4 = (
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="{}" fitToWidth="1" fitToHeight="0"/>'
)


class XlsxWriter(Writer):
    """One workbook with a sheet for each approved sheet."""

    target: ClassVar[str] = "xlsx"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the workbook.

        Raises:
            TypeError: the content is not a workbook.
        """
        if not isinstance(content, Book):
            raise TypeError("only a workbook can be written as XLSX")
        sheets = content.sheets or (Sheet("Sheet 1", ()),)
        styles = Styles()
        parts: dict[str, bytes] = {}
        overrides = {"xl/workbook.xml": f"{_TYPE}.sheet.main+xml"}
        for number, sheet in enumerate(sheets, 1):
            name = f"xl/worksheets/sheet{number}.xml"
            parts[name] = _sheet_xml(sheet, styles, is_first=number == 1)
            overrides[name] = f"{_TYPE}.worksheet+xml"
        overrides["xl/styles.xml"] = f"{_TYPE}.styles+xml"
        parts["xl/styles.xml"] = styles.xml()
        parts["xl/workbook.xml"] = _workbook_xml(sheets)
        parts["[Content_Types].xml"] = content_types(overrides)
        parts["_rels/.rels"] = relationships({"rId1": ("officeDocument", "xl/workbook.xml")})
        arrows = {
            f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml")
            for number in range(1, len(sheets) + 1)
        }
        arrows[f"rId{len(sheets) + 1}"] = ("styles", "styles.xml")
        parts["xl/_rels/workbook.xml.rels"] = relationships(arrows)
        return (RebuiltFile(zip_parts(parts), ".xlsx"),)


def count_shortened(content: Content) -> int:
    """Count the cells whose text is longer than a cell of Excel holds."""
    if not isinstance(content, Book):
        return 0
    return sum(
        1
        for sheet in content.sheets
        for row in sheet.rows
        for cell in row
        if cell is not None
        and isinstance(cell.value, str)
        and len(cell.value) > _MAX_CELL_CHARACTERS // 2
        and _units(cell.value) > _MAX_CELL_CHARACTERS
    )


# --- the workbook ------------------------------------------------------------------------------


def _workbook_xml(sheets: tuple[Sheet, ...]) -> bytes:
    names = sheet_names(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    defined = "".join(
        _printing(sheet, name, number)
        for number, (sheet, name) in enumerate(zip(sheets, names, strict=True))
    )
    return (
        f'{XML_START}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets>"
        f"{f'<definedNames>{defined}</definedNames>' if defined else ''}</workbook>"
    ).encode()


def _printing(sheet: Sheet, name: str, number: int) -> str:
    """Name what is printed of a sheet, and the rows that every page repeats (18.2.5)."""
    quoted = "'" + name.replace("'", "''") + "'"
    said = ""
    if sheet.print_area:
        areas = ",".join(f"{quoted}!{one.fixed_name}" for one in printed_areas(sheet))
        said += _defined("Print_Area", number, areas) if areas else ""
    heading_rows = _heading_rows(sheet)
    if heading_rows:
        said += _defined("Print_Titles", number, f"{quoted}!$1:${heading_rows}")
    return said


def _defined(name: str, number: int, refers_to: str) -> str:
    start = f'<definedName name="_xlnm.{name}" localSheetId="{number}">'
    return f"{start}{escape(refers_to)}</definedName>"


def sheet_names(sheets: tuple[Sheet, ...]) -> list[str]:
    """Give names that Excel accepts: short, without signs of references, none twice."""
    names: list[str] = []
    taken = {_RESERVED_NAME}
    for number, sheet in enumerate(sheets, 1):
        name = _within(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", sheet.name), _MAX_NAME_CHARACTERS)
        name = name.strip(" '")
        if not name or name.lower() in taken:
            name = f"Sheet {number}"
        again = 2
        while name.lower() in taken:
            name = f"Sheet {number} ({again})"
            again += 1
        names.append(name)
        taken.add(name.lower())
    return names


# --- a sheet -----------------------------------------------------------------------------------


def _sheet_xml(sheet: Sheet, styles: Styles, *, is_first: bool) -> bytes:
    pieces = [f'{XML_START}<worksheet xmlns="{_MAIN}">', _sheet_start(sheet, is_first=is_first)]
    pieces.append("<sheetData>")
    _, columns = size_of(sheet)
    letters = [column_letters(one) for one in range(columns)]
    for number, row in enumerate(sheet.rows, 1):
        cells = [
            _cell_xml(f"{letters[column]}{number}", cell, styles)
            for column, cell in enumerate(row)
            if cell is not None
        ]
        if cells:
            pieces.append(f'<row r="{number}"{_height(row, sheet)}>{"".join(cells)}</row>')
    pieces.append("</sheetData>")
    merged = [one for one in merged_areas(sheet) if (one.top, one.left) != (one.bottom, one.right)]
    if merged:
        listed = "".join(f'<mergeCell ref="{one.name}"/>' for one in merged)
        pieces.append(f'<mergeCells count="{len(merged)}">{listed}</mergeCells>')
    pieces.append(_ON_A4.format("landscape" if sheet.landscape else "portrait"))
    pieces.append("</worksheet>")
    return "".join(pieces).encode("utf-8", "replace")


def _sheet_start(sheet: Sheet, *, is_first: bool) -> str:
    """Write what comes before the cells: paper, size, what stays in view, widths."""
    rows, columns = size_of(sheet)
    start = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    if rows and columns:
        start += f'<dimension ref="{Extent(0, 0, rows - 1, columns - 1).name}"/>'
    heading_rows = _heading_rows(sheet)
    pane = (
        f'<pane ySplit="{heading_rows}" topLeftCell="A{heading_rows + 1}" '
        'activePane="bottomLeft" state="frozen"/>'
        if heading_rows
        else ""
    )
    selected = ' tabSelected="1"' if is_first else ""
    start += f'<sheetViews><sheetView{selected} workbookViewId="0">{pane}</sheetView></sheetViews>'
    start += f'<sheetFormatPr defaultRowHeight="{_LINE_POINTS}"/>'
    if sheet.widths:
        columns_xml = "".join(
            f'<col min="{number}" max="{number}" width="{min(width, 255)}" customWidth="1"/>'
            for number, width in enumerate(sheet.widths, 1)
        )
        start += f"<cols>{columns_xml}</cols>"
    return start


def _height(row: tuple[SheetCell | None, ...], sheet: Sheet) -> str:
    """Give the height of a row with wrapped cells, which not every program works out on opening."""
    wrapped = [
        (column, cell)
        for column, cell in enumerate(row)
        if cell is not None and cell.look.wrap and isinstance(cell.value, str)
    ]
    lines = 1
    for column, cell in wrapped:
        width = sheet.widths[column] if column < len(sheet.widths) else _USUAL_WIDTH
        paragraphs = cell_text(cell).split("\n")
        fits = max(width, 1) * _PER_WIDTH
        lines = max(lines, sum(max(math.ceil(len(one) / fits), 1) for one in paragraphs))
    return f' ht="{min(lines * _LINE_POINTS, _TALLEST)}"' if lines > 1 else ""


def _heading_rows(sheet: Sheet) -> int:
    """Give how many first rows stay in view; never all of them, nor more than a screen has."""
    return min(sheet.heading_rows, max(len(sheet.rows) - 1, 0), 20)


def _cell_xml(reference: str, cell: SheetCell, styles: Styles) -> str:
    style = styles.number(cell)
    shown = f' s="{style}"' if style else ""
    value = cell.value
    if isinstance(value, bool):
        return f'<c r="{reference}"{shown} t="b"><v>{int(value)}</v></c>'
    if value is None:
        return f'<c r="{reference}"{shown}/>'
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return f'<c r="{reference}"{shown}><v>{value!r}</v></c>'
    text = cell_text(cell)
    if len(text) > _MAX_CELL_CHARACTERS // 2:
        text = _within(text, _MAX_CELL_CHARACTERS)
    text = escape(_ESCAPE_LIKE.sub("_x005F_", text))
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c r="{reference}"{shown} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _units(text: str) -> int:
    """Count characters as Excel does, which takes those beyond U+FFFF for two."""
    return len(text) + sum(one > "\uffff" for one in text)


def _within(text: str, most: int) -> str:
    """Cut a text to what Excel counts as so many characters."""
    text = text[:most]
    while _units(text) > most:
        text = text[: len(text) - max((_units(text) - most) // 2, 1)]
    return text
