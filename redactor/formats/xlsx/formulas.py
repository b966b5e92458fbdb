"""Read the formulas of a workbook, each with its cell, for the view of what depends on what.

Source of the markup: ECMA-376 part 1, 18.3.1.40 (formulas), 18.2.5 (names), 18.5.1.2 (tables).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from redactor.dependants import FormulaCell
from redactor.formats.base import Formulas
from redactor.formats.hidden import Gathered
from redactor.formats.package import Package, is_element, local_name
from redactor.formats.workbook.grid import SheetEntry, column_number
from redactor.formats.xlsx.workbook import open_workbook
from redactor.model import Progress, Report

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
#: An array formula fills at most so many cells that are told one by one.
_MOST_OF_ARRAY = 10_000


def read_formulas(untrusted: bytes, report: Report) -> Formulas:
    """Give every formula, and what each name and table refers to.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    workbook = open_workbook(untrusted, Gathered())
    cells: list[FormulaCell] = []
    names = dict(_defined_names(workbook.package.tree(workbook.main)))
    for number, entry in enumerate(workbook.sheets):
        report(Progress(number, len(workbook.sheets), "reading formulas"))
        if entry.is_grid:
            cells.extend(_sheet_formulas(workbook.package, entry))
            names.update(_tables(workbook.package, entry))
    return Formulas(tuple(cells), names)


def _defined_names(root: etree._Element) -> Iterator[tuple[str, str]]:
    for group in root:
        if is_element(group) and local_name(group) == "definedNames":
            for one in group:
                if is_element(one) and one.get("name") and one.text:
                    yield str(one.get("name")).lower(), one.text


def _tables(package: Package, entry: SheetEntry) -> Iterator[tuple[str, str]]:
    for part in package.related(entry.part, "table"):
        root = package.tree(part)
        name, reference = root.get("displayName") or root.get("name"), root.get("ref")
        if name and reference:
            quoted = entry.name.replace("'", "''")
            yield str(name).lower(), f"'{quoted}'!{reference}"


def _sheet_formulas(package: Package, entry: SheetEntry) -> Iterator[FormulaCell]:
    shared: dict[str, FormulaCell] = {}
    for cell in package.rows(entry.part, "{*}c"):
        place = _CELL.fullmatch(str(cell.get("r") or ""))
        element = next((one for one in cell if is_element(one) and local_name(one) == "f"), None)
        if place is None or element is None:
            continue
        row, column = int(place[2]) - 1, column_number(place[1])
        text, index = element.text or "", str(element.get("si") or "")
        if element.get("t") == "shared" and not text:
            master = shared.get(index)
            if master is not None:
                shift = (row - master.row, column - master.column)
                yield FormulaCell(entry.name, row, column, master.text, shift)
            continue
        formula = FormulaCell(entry.name, row, column, text)
        if element.get("t") == "shared":
            shared[index] = formula
        yield formula
        if element.get("t") == "array":
            yield from _array(formula, str(element.get("ref") or ""))


def _array(formula: FormulaCell, reference: str) -> Iterator[FormulaCell]:
    """Give the other cells that an array formula fills."""
    found = _RANGE.fullmatch(reference)
    if found is None or found[3] is None:
        return
    bottom, right = int(found[4]) - 1, column_number(found[3])
    if (bottom - formula.row + 1) * (right - formula.column + 1) > _MOST_OF_ARRAY:
        return
    for row in range(formula.row, bottom + 1):
        for column in range(formula.column, right + 1):
            if (row, column) != (formula.row, formula.column):
                yield FormulaCell(formula.sheet, row, column, formula.text)
