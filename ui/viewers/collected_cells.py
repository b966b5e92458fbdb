"""The chosen cells one by one, each with its text, once all their rows were fetched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from redactor.app.tables import Cells
from redactor.model import SegmentKey, Span
from ui.viewers.base import Selection
from ui.viewers.grid import Grid
from ui.viewers.rows import BLOCK_ROWS, BlockKey, SheetRows


class CollectedCells(QObject):
    """Collects what is selected in the grid.

    Signals:
        collected: the cells that hold a text; a list of ``Selection``, never empty.
    """

    collected = Signal(list)

    def __init__(self, rows: SheetRows, grid: Grid, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._grid = grid
        self._wanted: list[BlockKey] = []
        rows.came.connect(self._block_came)

    def forget(self) -> None:
        """No longer wait for rows."""
        self._rows.release(self._wanted)
        self._wanted = []

    def collect(self, cells: Sequence[Cells]) -> None:
        """Emit what is selected, after these ranges of it were fetched."""
        self._wanted = sorted(
            {
                (one.container, row // BLOCK_ROWS)
                for one in cells
                for first, last in one.rows or ()
                for row in (*range(first, last + 1, BLOCK_ROWS), last)
            }
        )
        self._rows.hold(self._wanted)
        if not self._is_waiting():
            self._emit()

    def _is_waiting(self) -> bool:
        return any(self._rows.is_waiting(key) for key in self._wanted)

    def _block_came(self) -> None:
        if self._wanted and not self._is_waiting():
            self._emit()

    def _emit(self) -> None:
        keys, self._wanted = self._wanted, []
        found = self._selections()
        if found:
            self.collected.emit(found)
        self._rows.release(keys)

    def _selections(self) -> list[Selection]:
        model = self._grid.cells()
        if model is None:
            return []
        found: dict[SegmentKey, Selection] = {}
        for chosen in self._grid.ranges():
            for row in range(chosen.top, chosen.bottom + 1):
                for column in range(chosen.left, chosen.right + 1):
                    segment = model.segment(row, column)
                    if segment is not None and segment.text:
                        name, field = segment.key
                        span = Span(name, 0, len(segment.text), field)
                        found[segment.key] = Selection(span, segment.text)
        return list(found.values())
