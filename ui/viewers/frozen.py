"""The rows of headings that stay in view over the grid while it is scrolled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.viewers.grid import Grid


class FrozenRows(QWidget):
    """Lies over the top of a grid, as soon as the rows of headings are scrolled out of view.

    A click on one of its cells chooses the cell, as in the grid itself.
    """

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._rows: tuple[int, ...] = ()
        self._on = True
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName("Headings that stay in view")
        self.hide()
        grid.verticalScrollBar().valueChanged.connect(self.settle)
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.horizontalHeader().sectionResized.connect(self.update)
        grid.resized.connect(self.settle)
        grid.repainted.connect(self.update)
        grid.covered = self.covered

    @property
    def is_on(self) -> bool:
        """Say whether headings stay in view at all."""
        return self._on

    def freeze(self, rows: Sequence[int]) -> None:
        """Keep these rows in view from now on."""
        self._rows = tuple(rows)
        self.settle()

    def switch(self, *, on: bool) -> None:
        """Keep headings in view, or scroll them away like any other row."""
        self._on = on
        self.settle()

    def covered(self, row: int) -> int:
        """Give how much of the grid lies under it for whoever wants to show a row; 0 for its own.

        A frozen row that lies under it is shown in it.
        """
        return -1 if row in self._rows and self.isVisible() else self._height()

    def _height(self) -> int:
        return len(self._rows) * self._row_height() if self._on else 0

    def _row_height(self) -> int:
        return self._grid.verticalHeader().defaultSectionSize()

    def settle(self) -> None:
        """Be there only while the headings are out of view, and as wide as the grid."""
        model = self._grid.model()
        there = self._on and self._rows and model is not None
        if not there or self._rows[-1] >= model.rowCount():
            self.hide()
            return
        last = len(self._rows) - 1
        natural = self._grid.rowViewportPosition(self._rows[-1])
        gone = natural < last * self._row_height()
        if gone:
            view = self._grid.viewport().geometry()
            header = self._grid.verticalHeader().width()
            self.setGeometry(
                view.left() - header, view.top(), view.width() + header, self._height() + 1
            )
            self.raise_()
        self.setVisible(gone)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells as the grid draws them, with the numbers of their rows."""
        painter = QPainter(self)
        header = self._grid.verticalHeader().width()
        height = self._row_height()
        self._grid.paint_rows(painter, self._rows, QRect(header, 0, self.width() - header, height))
        colours = self.palette()
        painter.fillRect(0, 0, header, self.height(), colours.color(QPalette.ColorRole.Button))
        painter.setPen(colours.color(QPalette.ColorRole.ButtonText))
        for slot, row in enumerate(self._rows):
            place = QRect(0, slot * height, header - 1, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(row + 1))
        rule = QColor(theme.colours().accent)
        painter.fillRect(0, self.height() - 2, self.width(), 2, rule)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave nothing of a click to the grid below."""
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the mouse."""
        slot = int(event.position().y()) // max(self._row_height(), 1)
        x = int(event.position().x()) - self._grid.verticalHeader().width()
        column = self._grid.columnAt(x)
        if not 0 <= slot < len(self._rows) or column < 0:
            return
        index = self._grid.model().index(self._rows[slot], column)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._grid.selectionModel().setCurrentIndex(index, how)
        self._grid.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
