"""Sheets for tests, written as people see them: a line a row, ``|`` between cells."""

from __future__ import annotations

from redactor.dependants import FormulaCell
from redactor.numbers.layout import Cell, Sheet
from redactor.numbers.model import Relation


def sheet(text: str, name: str = "Data", around: tuple[str, ...] = ()) -> Sheet:
    """Make a sheet. ``12 =B2+B3`` is 12 with a formula; ``12 !`` is hidden; ``.`` is blank."""
    cells: list[Cell] = []
    for row, line in enumerate(text.strip("\n").split("\n")):
        for column, written in enumerate(line.split("|")):
            shown, _, formula = written.strip().partition(" =")
            hidden = shown.endswith(" !")
            shown = shown.removesuffix(" !").strip()
            if not shown or shown == ".":
                continue
            computed = FormulaCell(name, row, column, formula) if formula else None
            number = int(shown) if shown.isdecimal() else None
            cells.append(Cell(row, column, shown, number, computed, hidden=hidden))
    return Sheet(name, tuple(cells), around=around)


def sums(relations: tuple[Relation, ...]) -> dict[str, list[str]]:
    """Give relations without the name of the sheet: each total with its parts."""
    return {
        one.total.removeprefix("Data!"): [part.removeprefix("Data!") for part in one.parts]
        for one in relations
    }
