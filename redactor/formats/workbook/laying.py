"""Lay visible cells out anew: hidden rows and columns close up, and everything moves with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from redactor.formats.workbook.grid import Range, SheetContent
from redactor.model import column_letters


class Closing:
    """How the rows, or the columns, of a sheet close up.

    Empty ones stay, as they part one table from the next; those that only hidden cells stood in go.
    """

    def __init__(self, everything: Iterable[int], visible: Iterable[int]) -> None:
        self._gone = sorted(set(everything) - set(visible))

    def now(self, index: int) -> int:
        """Give the new number of a row or column that stays."""
        return index - bisect_left(self._gone, index) if self._gone else index

    def loses(self, first: int, last: int) -> bool:
        """Say whether any from the first to the last of these goes."""
        return bisect_left(self._gone, last + 1) > bisect_left(self._gone, first)


class Layout:
    """Where the visible cells of a sheet come to stand."""

    def __init__(self, content: SheetContent) -> None:
        cells = [one for one in content.cells if one.hidden is None]
        if len(cells) == len(content.cells):
            self.rows = self.columns = Closing((), ())
            return
        self.rows = Closing((one.row for one in content.cells), (one.row for one in cells))
        self.columns = Closing((one.column for one in content.cells), (one.column for one in cells))

    def area(self, area: Range) -> str:
        """Give where an area comes to lie, ``A1:B2``; empty where it loses a row or column."""
        top, left, bottom, right = area
        if self.rows.loses(top, bottom) or self.columns.loses(left, right):
            return ""
        row, column = self.rows.now(top), self.columns.now(left)
        end = f"{column_letters(column + right - left)}{row + bottom - top + 1}"
        return f"{column_letters(column)}{row + 1}:{end}"

    def heading_rows(self, count: int) -> int:
        """Give how many first rows are repeated; none where one of them goes."""
        return 0 if count and self.rows.loses(0, count - 1) else count
