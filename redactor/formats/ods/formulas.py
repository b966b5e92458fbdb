"""Read the formulas of an OpenDocument spreadsheet, each with its cell."""

from __future__ import annotations

from lxml import etree

from redactor.dependants import FormulaCell
from redactor.formats.base import Formulas
from redactor.formats.ods.package import CONTENT, OpenPackage, named, times
from redactor.formats.ods.reading import TABLE
from redactor.formats.package import damaged, is_element, local_name, start_stream
from redactor.model import Progress, Report

_MOST_REPEATED = 10_000


def read_open_formulas(untrusted: bytes, report: Report) -> Formulas:
    """Give every formula, and what each name refers to.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    report(Progress(0, 0, "reading formulas"))
    package = OpenPackage(untrusted)
    cells: list[FormulaCell] = []
    names: dict[str, str] = {}
    sheet, row = "", 0
    tags = tuple(TABLE + one for one in ("table", "table-row", "named-range"))
    try:
        for event, element in start_stream(package.xml(CONTENT), tags, ("start", "end")):
            kind = local_name(element)
            if event == "start":
                sheet, row = (named(element, "name"), 0) if kind == "table" else (sheet, row)
            elif kind == "table-row":
                cells.extend(_formulas_in(element, sheet, row))
                row += times(element, "number-rows-repeated")
                element.clear()
            elif kind == "named-range":
                meant = named(element, "cell-range-address")
                names[named(element, "name").lower()] = f"[{meant}]"
    except etree.XMLSyntaxError:
        raise damaged(f"part {CONTENT} is not well-formed XML") from None
    return Formulas(tuple(cells), names)


def _formulas_in(element: etree._Element, sheet: str, row: int) -> list[FormulaCell]:
    found: list[FormulaCell] = []
    column = 0
    for cell in element:
        if not is_element(cell):
            continue
        count = times(cell, "number-columns-repeated")
        formula = named(cell, "formula")
        if formula:
            wide = min(count, _MOST_REPEATED)
            found.extend(FormulaCell(sheet, row, column + one, formula) for one in range(wide))
        column += count
    return found
