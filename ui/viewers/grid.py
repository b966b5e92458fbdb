"""A grid of cells that stays smooth whatever the size of the sheet.

It asks for and draws only what is seen, and selects whole columns without going through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.viewers.base import MarkView
from ui.viewers.cells import CellModel, CellRange, one_line
from ui.viewers.column_header import ColumnHeader
from ui.viewers.frame import zoom_steps
from ui.viewers.grid_painting import GridPainting
from ui.viewers.marks import MarkIndex

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_COLUMN_KEY = QKeyCombination(_CONTROL, Qt.Key.Key_Space)
_ROW_KEY = QKeyCombination(_SHIFT, Qt.Key.Key_Space)
_SHEET_KEY = QKeyCombination(_CONTROL, Qt.Key.Key_A)
_WANTED = {
    QKeyCombination(_CONTROL, Qt.Key.Key_F): "find",
    QKeyCombination(Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F3): "next",
    QKeyCombination(_SHIFT, Qt.Key.Key_F3): "previous",
    QKeyCombination(_CONTROL | _SHIFT, Qt.Key.Key_L): "filter",
}


class Grid(QTableView):
    """Cells with marks.

    Signals:
        mark_clicked: the id of a mark that was clicked.
        seen: the rows in view changed: the first and the last.
        sheet_wanted: Ctrl+PageUp or Ctrl+PageDown: one sheet back or on.
        key_wanted: a key that the viewer has a meaning for: ``find``, ``next``, ``previous`` or
            ``filter``.
        resized: it has another size.
        repainted: it was drawn.

    Attributes:
        painting: what draws it.
        covered: what lies over the top of it, in pixels, for whoever wants to show a row; -1 where
            the row itself is shown there.
    """

    mark_clicked = Signal(int)
    seen = Signal(int, int)
    sheet_wanted = Signal(int)
    key_wanted = Signal(str)
    resized = Signal()
    repainted = Signal()

    def __init__(self, index: MarkIndex, parent: QWidget) -> None:
        super().__init__(parent)
        self.painting = GridPainting(self, index)
        self.covered: Callable[[int], int] = lambda _: 0
        self._pressed: QPointF | None = None
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._dress_headers()
        self.verticalScrollBar().valueChanged.connect(self.say_seen)
        self.verticalScrollBar().rangeChanged.connect(self.say_seen)

    def _dress_headers(self) -> None:
        """Let rows have one height, and columns be made wider and narrower."""
        rows, columns = self.verticalHeader(), ColumnHeader(self)
        self.setHorizontalHeader(columns)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setMinimumSectionSize(24)
        columns.setMaximumSectionSize(1200)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show other cells."""
        super().setModel(model)
        self.painting.measure_anew()
        if model is None:
            return
        # The headers ask whether whole columns are selected, which asks the model about every row
        # of them; with a selection of their own, which stays empty, they need not.
        for header in (self.horizontalHeader(), self.verticalHeader()):
            before = header.selectionModel()
            header.setSelectionModel(QItemSelectionModel(model, header))
            if before.parent() is header:
                before.deleteLater()

    def cells(self) -> CellModel | None:
        """Give what is shown."""
        model = self.model()
        return model if isinstance(model, CellModel) else None

    def set_letters(self, font: QFont) -> None:
        """Set the font, and rows of a height that fits it."""
        self.setFont(font)
        self.painting.measure_anew()
        metrics = QFontMetricsF(font)
        height = round(metrics.height()) + 8
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(height)
        self.say_seen()

    def fit_columns(self, texts: Mapping[int, str]) -> None:
        """Make columns so wide that a text fits into each."""
        metrics = self.fontMetrics()
        for column, text in texts.items():
            self.setColumnWidth(column, metrics.horizontalAdvance(one_line(text)) + 24)

    def fit_numbers(self, last_row: int) -> None:
        """Leave room for the number of the last row beside the rows."""
        digits = "0" * max(len(str(last_row + 1)), 3)
        self.verticalHeader().setFixedWidth(self.fontMetrics().horizontalAdvance(digits) + 20)

    def below_header(self, column: int) -> QPoint:
        """Give the point of the screen under the head of a column."""
        x = max(self.columnViewportPosition(column), 0)
        return self.viewport().mapToGlobal(QPoint(x, 0))

    def lay_out_now(self) -> None:
        """Know at once how far it can be scrolled, after other cells were set."""
        self.executeDelayedItemsLayout()

    # --- what is seen ----------------------------------------------------------------------------

    def rows_seen(self) -> range:
        """Give the rows in view."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        count = self.model().rowCount() if self.model() is not None else 0
        if first < 0 or not count:
            return range(0)
        return range(first, (last if last >= 0 else count - 1) + 1)

    def say_seen(self) -> None:
        """Tell which rows are in view."""
        rows = self.rows_seen()
        if rows:
            self.seen.emit(rows.start, rows.stop - 1)

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen."""
        painter = QPainter(self.viewport())
        if self.painting.paint(painter, event.rect(), self.cells(), self.ranges()):
            self.repainted.emit()

    def paint_rows(self, painter: QPainter, rows: Sequence[int], first: QRect) -> None:
        """Draw some rows one under the other, wherever they lie, from the place of the first."""
        model = self.cells()
        if model is not None:
            self.painting.paint_rows(painter, model, rows, first)

    # --- selection -------------------------------------------------------------------------------

    def ranges(self) -> list[CellRange]:
        """Give the rectangles of cells that are selected."""
        if self.cells() is None:
            return []
        selection = self.selectionModel().selection()
        # Copied out: the ranges of a selection point into it, and it goes when this returns.
        found = []
        for number in range(selection.size()):
            one = selection.at(number)
            found.append(CellRange(one.top(), one.left(), one.bottom(), one.right()))
        return found

    def select_whole(self, *, rows: bool = False, columns: bool = False) -> None:
        """Select the whole rows or columns of what is selected, or both: the sheet."""
        model, current = self.cells(), self.currentIndex()
        if model is None or not model.rowCount():
            return
        ranges = self.ranges()
        if not ranges and current.isValid():
            ranges = [CellRange(current.row(), current.column(), current.row(), current.column())]
        last_row, last_column = model.rowCount() - 1, model.columnCount() - 1
        if rows and columns:
            ranges = [CellRange(0, 0, last_row, last_column)]
        chosen = QItemSelection()
        for one in ranges:
            top, bottom = (0, last_row) if columns else (one.top, one.bottom)
            left, right = (0, last_column) if rows else (one.left, one.right)
            chosen.select(model.index(top, left), model.index(bottom, right))
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(chosen, how)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view, and out from under what lies over the grid."""
        over = self.covered(index.row())
        if over < 0:
            value = self.verticalScrollBar().value()
            super().scrollTo(index, hint)
            self.verticalScrollBar().setValue(value)
            return
        super().scrollTo(index, hint)
        hidden = over - self.rowViewportPosition(index.row())
        if hidden > 0:
            bar = self.verticalScrollBar()
            bar.setValue(max(bar.value() - hidden, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what lies over it."""
        super().resizeEvent(event)
        self.resized.emit()

    def mark_at(self, point: QPointF) -> MarkView | None:
        """Give the mark at a point: the one under it, or the only one of the cell."""
        index = self.indexAt(point.toPoint())
        model = self.cells()
        segment = None if model is None else model.segment(index.row(), index.column())
        if segment is None:
            return None
        boxes = list(self.painting.mark_boxes(segment, self.visualRect(index)))
        under = [mark for mark, box, beyond in boxes if not beyond and box.contains(point)]
        if under:
            return under[-1]
        return boxes[0][0] if len(boxes) == 1 else None

    # --- the mouse and the keys ------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a selection."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a mark makes it the current one."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        moved = (event.position() - pressed).manhattanLength()
        if plain and moved < QApplication.startDragDistance():
            mark = self.mark_at(event.position())
            if mark is not None:
                self.mark_clicked.emit(mark.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and select; letters, zooming and Escape are left to the window."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.sheet_wanted.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
            event.accept()
            return
        if self._selects(event):
            event.accept()
            return
        wanted = _WANTED.get(event.keyCombination())
        if wanted is not None:
            self.key_wanted.emit(wanted)
            event.accept()
            return
        typed = bool(event.text()) and event.text().isprintable() and event.text() != " "
        copy = control and event.key() in {Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_Insert}
        if zoom_steps(event) is not None or typed or copy or event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _selects(self, event: QKeyEvent) -> bool:
        """Select a whole column, row or sheet with the keys of a spreadsheet."""
        match event.keyCombination():
            case one if one == _COLUMN_KEY:
                self.select_whole(columns=True)
            case one if one == _ROW_KEY:
                self.select_whole(rows=True)
            case one if one == _SHEET_KEY:
                self.select_whole(rows=True, columns=True)
            case _:
                return False
        return True

    def event(self, event: QEvent) -> bool:
        """Take the keys of a spreadsheet before the window does, while the grid has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = event.keyCombination()
            if keys in _WANTED or keys in {_COLUMN_KEY, _ROW_KEY, _SHEET_KEY}:
                event.accept()
                return True
        return super().event(event)

    def keyboardSearch(self, _search: str) -> None:
        """Do not look for typed letters: they are the window's commands."""
