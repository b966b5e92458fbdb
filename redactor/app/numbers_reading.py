"""From files and documents of a case to the sheets in which counts are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from redactor import jobs
from redactor.app.case import Case
from redactor.app.files import in_worker
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.dependants import CellKey, FormulaCell
from redactor.errors import UsageError
from redactor.formats.base import Grid
from redactor.jobs import FileSource, Gridded
from redactor.model import AS_FOUND, ReadAs, Report, quiet
from redactor.numbers.layout import Cell, Sheet
from redactor.workers import Lane


def file_sheets(path: Path, lane: Lane, read_as: ReadAs = AS_FOUND) -> tuple[Sheet, ...]:
    """Read the sheets of a file.

    Raises:
        UnreadableDocument: it cannot be read.
        UsageError: such a file has no tables of rows and columns.
    """
    read: Gridded = in_worker(lane, path, jobs.read_grids, FileSource(path, read_as))
    return sheets_of(read)


def case_sheets(case: Case, lane: Lane, number: int, report: Report = quiet) -> tuple[Sheet, ...]:
    """Read the sheets of a document of a case.

    Raises:
        UsageError: there is no such document, or it has no tables of rows and columns.
        UnreadableDocument: it cannot be read.
        Cancelled: the person asked to stop.
    """
    source = case.source(number)
    limit = READ_SECONDS + READ_SECONDS_PER_MB * case.size_of(number) / 2**20
    read: Gridded = lane.run(
        jobs.read_grids, source, timeout_s=limit, supply=source.supply, on_report=report
    )
    return sheets_of(read)


def sheets_of(read: Gridded) -> tuple[Sheet, ...]:
    """Put cells and formulas together.

    Raises:
        UsageError: there are no tables.
    """
    if not read.grids:
        raise UsageError(
            f"A {read.title} has no tables that can be read as rows and columns, or this one has "
            "none. Nothing was done. Give a workbook, a CSV file or a Word document with tables."
        )
    formulas = {} if read.formulas is None else {one.key: one for one in read.formulas.cells}
    names = {} if read.formulas is None else dict(read.formulas.names)
    return tuple(
        Sheet(grid.name, tuple(_cells(grid, formulas)), grid.merged, grid.around, names)
        for grid in read.grids
    )


def _cells(grid: Grid, formulas: Mapping[CellKey, FormulaCell]) -> Iterator[Cell]:
    shown = set()
    for one in grid.cells:
        key = (grid.name, one.row, one.column)
        shown.add(key)
        yield Cell(
            one.row,
            one.column,
            one.text,
            one.number,
            formulas.get(key),
            one.percent,
            one.hidden,
        )
    for key, formula in formulas.items():
        if key[0] == grid.name and key not in shown:
            yield Cell(formula.row, formula.column, "", formula=formula)
