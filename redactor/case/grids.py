"""Which grid a segment lies in, and in which row: how viewers ask for the cells they show."""

from __future__ import annotations

from redactor.model import CellPlace, FieldPlace, LinePlace, Segment


def grid_of(segment: Segment) -> str:
    """Name the grid a segment lies in: a sheet, the rows of a table, or nothing."""
    match segment.place:
        case CellPlace(sheet, _, _):
            return f"sheet:{sheet}"
        case FieldPlace():
            return "rows"
        case _:
            return ""


def row_of(segment: Segment) -> int:
    """Give the row or line of a segment, from 0; 0 where it lies in none."""
    match segment.place:
        case CellPlace(_, row, _) | FieldPlace(row, _):
            return row
        case LinePlace(line):
            return line
        case _:
            return 0
