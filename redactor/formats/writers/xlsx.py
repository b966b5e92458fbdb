"""Write a workbook of approved values: no formulas, no names, no properties, nothing inherited.

The parts are written here rather than by a library, so that every byte is known: texts stand in
their cells (``inlineStr``), there is no document property, no theme, no clock.
Source of the markup: ECMA-376 part 1, 18.2, 18.3 and 18.8.
"""

from __future__ import annotations

import re
from typing import ClassVar

from redactor.content import Book, Content, Sheet, SheetCell
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.number_codes import GENERAL
from redactor.formats.writers.archive import (
    OFFICE_RELATIONSHIPS,
    XML_START,
    content_types,
    escape,
    relationships,
    zip_parts,
)
from redactor.formats.writers.walk import cell_text
from redactor.model import column_letters

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAX_CELL_CHARACTERS = 32_767
_FIRST_OWN_FORMAT = 164
#: ``_x0041_`` in a text would be read as the letter A (18.18.19, ST_Xstring).
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_Style = tuple[str, bool, bool]


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
        styles: dict[_Style, int] = {(GENERAL, False, False): 0}
        parts: dict[str, bytes] = {}
        overrides = {"xl/workbook.xml": f"{_TYPE}.sheet.main+xml"}
        for number, sheet in enumerate(sheets, 1):
            name = f"xl/worksheets/sheet{number}.xml"
            parts[name] = _sheet_xml(sheet, styles)
            overrides[name] = f"{_TYPE}.worksheet+xml"
        overrides["xl/styles.xml"] = f"{_TYPE}.styles+xml"
        parts["xl/styles.xml"] = _styles_xml(styles)
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
        and len(cell.value) > _MAX_CELL_CHARACTERS
    )


def _workbook_xml(sheets: tuple[Sheet, ...]) -> bytes:
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheet_names(sheets), 1)
    )
    return (
        f'{XML_START}<workbook xmlns="{_MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}">'
        f"<sheets>{listed}</sheets></workbook>"
    ).encode()


def sheet_names(sheets: tuple[Sheet, ...]) -> list[str]:
    """Give names that Excel accepts: short, without signs of references, none twice."""
    names: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", sheet.name)[:31].strip(" '")
        if not name or name.lower() in {one.lower() for one in names}:
            name = f"Sheet {number}"
        while name.lower() in {one.lower() for one in names}:
            name = f"{name[:29]} x"
        names.append(name)
    return names


def _sheet_xml(sheet: Sheet, styles: dict[_Style, int]) -> bytes:
    pieces = [f'{XML_START}<worksheet xmlns="{_MAIN}">']
    if sheet.widths:
        pieces.append("<cols>")
        pieces += [
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(sheet.widths, 1)
        ]
        pieces.append("</cols>")
    pieces.append("<sheetData>")
    letters = [
        column_letters(one) for one in range(max((len(row) for row in sheet.rows), default=0))
    ]
    for number, row in enumerate(sheet.rows, 1):
        cells = [
            _cell_xml(f"{letters[column]}{number}", cell, styles)
            for column, cell in enumerate(row)
            if cell is not None
        ]
        if cells:
            pieces.append(f'<row r="{number}">{"".join(cells)}</row>')
    pieces.append("</sheetData>")
    if sheet.merged:
        listed = "".join(f'<mergeCell ref="{escape(one)}"/>' for one in sheet.merged)
        pieces.append(f'<mergeCells count="{len(sheet.merged)}">{listed}</mergeCells>')
    pieces.append("</worksheet>")
    return "".join(pieces).encode("utf-8", "replace")


def _cell_xml(reference: str, cell: SheetCell, styles: dict[_Style, int]) -> str:
    key = (cell.number_format, cell.look.bold, cell.redaction)
    style = styles.get(key)
    if style is None:
        style = styles[key] = len(styles)
    shown = f' s="{style}"' if style else ""
    value = cell.value
    if isinstance(value, bool):
        return f'<c r="{reference}"{shown} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"{shown}><v>{value!r}</v></c>'
    text = escape(_ESCAPE_LIKE.sub("_x005F_", cell_text(cell)[:_MAX_CELL_CHARACTERS]))
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c r="{reference}"{shown} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _styles_xml(styles: dict[_Style, int]) -> bytes:
    codes = sorted({code for code, _, _ in styles if code != GENERAL})
    numbers = {code: _FIRST_OWN_FORMAT + index for index, code in enumerate(codes)}
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
        for code, number in numbers.items()
    )
    cells = "".join(
        f'<xf numFmtId="{numbers.get(code, 0)}" fontId="{int(bold)}" fillId="{2 * removed}" '
        f'borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>'
        for code, bold, removed in styles
    )
    listed = f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else ""
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{XML_START}<styleSheet xmlns="{_MAIN}">{listed}'
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFD9D9D9"/></patternFill></fill>'
        '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
        '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(styles)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ).encode()
