"""Lay the cells of a table in running text out on its grid, for every writer alike."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.content import FlowCell, FlowTable


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a row's columns: a cell, or a place under one of an earlier row.

    Attributes:
        cell: what stands there; None under another cell and where the row is short.
        rows: how many rows the cell takes.
        is_under: it lies under a cell of an earlier row.
    """

    column: int
    columns: int
    cell: FlowCell | None
    rows: int = 1
    is_under: bool = False


def lay_out(table: FlowTable) -> list[list[Slot]]:
    """Give every row as slots that fill its columns from the first to the last."""
    columns = column_count(table)
    rows: list[list[Slot]] = []
    #: By column: how many rows a cell goes on, and how wide it is.
    going_on: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(table.rows):
        slots: list[Slot] = []
        column = 0
        waiting = list(row)
        while column < columns:
            left, wide = going_on.pop(column, (0, 1))
            if left:
                slots.append(Slot(column, wide, None, is_under=True))
                if left > 1:
                    going_on[column] = left - 1, wide
                if waiting and waiting[0] is None:
                    waiting.pop(0)
            else:
                cell = waiting.pop(0) if waiting else None
                wide = _free(column, cell.columns if cell else 1, columns, going_on)
                tall = min(cell.rows, len(table.rows) - number) if cell else 1
                slots.append(Slot(column, wide, cell, tall))
                if tall > 1:
                    going_on[column] = tall - 1, wide
            column += wide
        rows.append(slots)
    return rows


def _free(column: int, wanted: int, columns: int, going_on: dict[int, tuple[int, int]]) -> int:
    """Give how many of the wanted columns are free from here."""
    wide = 1
    while wide < wanted and column + wide < columns and column + wide not in going_on:
        wide += 1
    return wide


def column_count(table: FlowTable) -> int:
    """Give how many columns a table has."""
    widest = max(
        (sum(cell.columns if cell else 1 for cell in row) for row in table.rows), default=0
    )
    return max(widest, len(table.widths)) if widest else 0


def column_shares(table: FlowTable) -> list[float]:
    """Give each column's share in the table's width; together they make one."""
    columns = column_count(table)
    shares = [max(one, 0.0) for one in table.widths]
    if len(shares) != columns or not sum(shares):
        return [1 / columns] * columns if columns else []
    least = sum(shares) / (columns * 8)  # or nothing could stand in a column
    shares = [max(one, least) for one in shares]
    return [one / sum(shares) for one in shares]
