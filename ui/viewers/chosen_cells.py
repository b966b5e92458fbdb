"""What is selected in a grid, as ranges: whole columns are never gone through cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from redactor.app.tables import Cells, Ranges
from redactor.model import Action, column_letters
from ui.viewers.cells import CellModel, CellRange
from ui.viewers.rows import runs_of


@dataclass(frozen=True, slots=True)
class TableWanted:
    """A decision that is wanted on cells.

    Attributes:
        what: the cells in words, as ``column C``.
        most: how many cells these are at the most, empty ones too.
        every_value: also wherever else their values stand.
    """

    cells: tuple[Cells, ...] = field(repr=False)
    what: str
    most: int
    action: Action
    every_value: bool = False


@dataclass(frozen=True, slots=True)
class ChosenCells:
    """What is selected.

    Attributes:
        is_whole: whole rows, whole columns or the whole sheet.
        has_columns: whole columns, so that "every value" makes sense.
    """

    cells: tuple[Cells, ...] = field(repr=False)
    what: str
    most: int
    is_whole: bool
    has_columns: bool

    def wanted(self, action: Action, *, every_value: bool = False) -> TableWanted:
        """Ask for a decision on them."""
        return TableWanted(self.cells, self.what, self.most, action, every_value)


def chosen_cells(
    model: CellModel, container: str, ranges: Sequence[CellRange]
) -> ChosenCells | None:
    """Give what some rectangles of a grid hold; None where nothing is selected."""
    if not ranges:
        return None
    last_row, last_column = model.rowCount() - 1, model.columnCount() - 1
    all_rows = all(one.top == 0 and one.bottom == last_row for one in ranges)
    all_columns = all(one.left == 0 and one.right == last_column for one in ranges)
    cells = tuple(
        Cells(
            container,
            None if all_rows and not model.is_arranged else _rows(model, one),
            None if all_columns else ((one.left, one.right),),
        )
        for one in ranges
    )
    most = sum((one.bottom - one.top + 1) * (one.right - one.left + 1) for one in ranges)
    what = _words(model, ranges, all_rows=all_rows, all_columns=all_columns)
    return ChosenCells(cells, what, most, all_rows or all_columns, all_rows)


def _rows(model: CellModel, one: CellRange) -> Ranges:
    """Give the rows of the sheet that are shown in some rows of the grid."""
    if not model.is_arranged:
        return ((one.top, one.bottom),)
    rows = sorted(model.row_of_sheet(shown) for shown in range(one.top, one.bottom + 1))
    return tuple(runs_of(rows))


def _words(
    model: CellModel, ranges: Sequence[CellRange], *, all_rows: bool, all_columns: bool
) -> str:
    shown = "the shown cells of " if model.is_arranged and all_rows else ""
    if all_rows and all_columns:
        return f"{shown}the whole sheet"
    if all_rows:
        letters = [_pair(*map(column_letters, (one.left, one.right))) for one in ranges]
        return f"{shown}{_plural('column', letters)}"
    if all_columns:
        numbers = [
            _pair(*(f"{model.row_of_sheet(row) + 1:,}" for row in (one.top, one.bottom)))
            for one in ranges
        ]
        return _plural("row", numbers)
    return "the selected cells"


def _pair(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _plural(thing: str, names: Sequence[str]) -> str:
    many = len(names) > 1 or " to " in names[0]
    return f"{thing}{'s' if many else ''} {', '.join(names)}"
