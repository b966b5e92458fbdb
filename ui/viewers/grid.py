"""A grid of cells that stays smooth whatever the size of the sheet: it draws what is seen itself.

``QTableView`` asks a model seven times for every cell it draws, which takes longer than a frame
for a large window. Here one loop draws the cells, their marks and the selection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from redactor.model import Segment, Span
from ui.viewers.base import MarkView
from ui.viewers.cells import CellModel, one_line
from ui.viewers.frame import zoom_steps
from ui.viewers.marks import (
    BADGE,
    MarkIndex,
    is_dark,
    paint_badge,
    paint_mark,
)

_PAD = 5
#: Texts whose fit into a column is remembered: some windows full.
_MOST_FITTED = 6000
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
_NUMBER = re.compile(r"[-(]?[£$€]?\s?-?\d[\d,]*(\.\d+)?\s?%?\)?")


class CellRange(NamedTuple):
    """A rectangle of cells, all edges included."""

    top: int
    left: int
    bottom: int
    right: int


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
        self.marks = index
        self.current_mark: int | None = None
        self.covered: Callable[[int], int] = lambda _: 0
        self._pressed: QPointF | None = None
        self._fitted: dict[tuple[str, int], tuple[str, bool]] = {}
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.dress_headers()
        self.verticalScrollBar().valueChanged.connect(self.say_seen)
        self.verticalScrollBar().rangeChanged.connect(self.say_seen)

    def dress_headers(self) -> None:
        """Let rows have one height, and columns be made wider and narrower."""
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setMinimumSectionSize(24)
        columns.setMaximumSectionSize(1200)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show other cells."""
        super().setModel(model)
        self._fitted.clear()
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
        self._fitted.clear()
        metrics = QFontMetricsF(font)
        height = round(metrics.height()) + 8
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(height)
        self.say_seen()

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

    def _columns_in(self, area: QRect) -> list[tuple[int, int, int]]:
        """Give the columns that touch an area, each with its left edge and its width."""
        header = self.horizontalHeader()
        first = self.columnAt(max(area.left(), 0))
        if first < 0:
            return []
        found = []
        for column in range(first, header.count()):
            left = self.columnViewportPosition(column)
            if left > area.right():
                break
            found.append((column, left, self.columnWidth(column)))
        return found

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells that are seen, then marks, then the selection."""
        model = self.cells()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Base))
        if model is None:
            return
        columns = self._columns_in(event.rect())
        first = self.rowAt(max(event.rect().top() - 12, 0))
        last = self.rowAt(min(event.rect().bottom() + 12, self.viewport().height() - 1))
        if not columns or first < 0:
            return
        rows = range(first, (last if last >= 0 else model.rowCount() - 1) + 1)
        marked = self._paint_cells(painter, model, rows, columns, self.rowViewportPosition)
        self._paint_lines(painter, rows, columns)
        self._paint_selection(painter, rows, columns)
        self._paint_marks(painter, marked)
        self._paint_current(painter)
        self.repainted.emit()

    def paint_rows(self, painter: QPainter, rows: Sequence[int], first: QRect) -> None:
        """Draw some rows one under the other, wherever they lie, from the place of the first."""
        model = self.cells()
        area = self.viewport().rect()
        columns = [(one, left + first.left(), wide) for one, left, wide in self._columns_in(area)]
        if model is None or not columns:
            return
        tops = {row: first.top() + slot * first.height() for slot, row in enumerate(rows)}
        marked = self._paint_cells(painter, model, rows, columns, tops.__getitem__)
        colour = self._line_colour()
        for top in tops.values():
            painter.fillRect(first.left(), top + first.height() - 1, first.width(), 1, colour)
        for _, left, width in columns:
            painter.fillRect(left + width - 1, first.top(), 1, len(rows) * first.height(), colour)
        self._paint_marks(painter, marked)

    def _paint_cells(
        self,
        painter: QPainter,
        model: CellModel,
        rows: Sequence[int],
        columns: Sequence[tuple[int, int, int]],
        top_of: Callable[[int], int],
    ) -> list[tuple[Segment, QRect]]:
        """Draw the text of cells; give those that have marks."""
        plain = self.palette().color(QPalette.ColorRole.Text)
        faint = QColor("#B4B8BD" if is_dark(self.palette()) else "#4A4E53")
        tint = QColor(plain)
        tint.setAlpha(14)
        height = self.verticalHeader().defaultSectionSize()
        slanted = QFont(self.font())
        slanted.setItalic(True)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        left_side, right_side = (
            middle | Qt.AlignmentFlag.AlignLeft,
            middle | (Qt.AlignmentFlag.AlignRight),
        )
        marks = self.marks if len(self.marks) else None
        marked: list[tuple[Segment, QRect]] = []
        painter.setPen(plain)
        painter.setFont(self.font())
        for row in rows:
            top = top_of(row)
            if not model.loaded(row):
                painter.setPen(faint)
                place = QRect(columns[0][1] + _PAD, top, 200, height)
                painter.drawText(place, left_side, "…")
                painter.setPen(plain)
                continue
            for column, left, width in columns:
                segment = model.segment(row, column)
                place = QRect(left + _PAD, top, width - 2 * _PAD, height)
                if segment is None:
                    caption = model.caption(row, column)
                    if caption:
                        painter.drawText(place, left_side, caption)
                    continue
                if marks is not None:
                    key = model.key(row, column)
                    if key is not None and marks.at(key):
                        marked.append((segment, QRect(left, top, width, height)))
                        place.setRight(place.right() - BADGE)  # the sign covers no letter
                text, number = self._drawn(segment.text, place.width())
                side = right_side if number else left_side
                if segment.hidden is None:
                    painter.drawText(place, side, text)
                else:
                    painter.fillRect(QRect(left, top, width, height), tint)
                    painter.setFont(slanted)
                    painter.setPen(faint)
                    painter.drawText(place, side, text)
                    painter.setFont(self.font())
                    painter.setPen(plain)
        return marked

    def _drawn(self, text: str, width: int) -> tuple[str, bool]:
        """Give what is drawn of a text in a cell of some width, and whether it is a number."""
        known = self._fitted.get((text, width))
        if known is None:
            line = one_line(text)
            number = _is_number(line)
            metrics = self.fontMetrics()
            if len(line) * metrics.averageCharWidth() * 0.7 > width:
                line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            if len(self._fitted) > _MOST_FITTED:
                self._fitted.clear()
            known = self._fitted[text, width] = line, number
        return known

    def _paint_lines(
        self, painter: QPainter, rows: range, columns: Sequence[tuple[int, int, int]]
    ) -> None:
        colour = self._line_colour()
        height = self.verticalHeader().defaultSectionSize()
        top = self.rowViewportPosition(rows.start)
        bottom = self.rowViewportPosition(rows.stop - 1) + height - 1
        right = columns[-1][1] + columns[-1][2] - 1
        for row in rows:
            y = self.rowViewportPosition(row) + height - 1
            painter.fillRect(columns[0][1], y, right - columns[0][1], 1, colour)
        for _, left, width in columns:
            painter.fillRect(left + width - 1, top, 1, bottom - top, colour)

    def _line_colour(self) -> QColor:
        return _between(
            self.palette().color(QPalette.ColorRole.Base),
            self.palette().color(QPalette.ColorRole.Text),
        )

    def _paint_selection(
        self, painter: QPainter, rows: range, columns: Sequence[tuple[int, int, int]]
    ) -> None:
        colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        colour.setAlpha(60)
        height = self.verticalHeader().defaultSectionSize()
        lefts = {column: (left, left + width) for column, left, width in columns}
        for chosen in self.ranges():
            low, high = max(chosen.top, rows.start), min(chosen.bottom, rows.stop - 1)
            first = max(chosen.left, columns[0][0])
            last = min(chosen.right, columns[-1][0])
            if low > high or first > last:
                continue
            top = self.rowViewportPosition(low)
            bottom = self.rowViewportPosition(high) + height
            left, right = lefts[first][0], lefts[last][1]
            painter.fillRect(QRect(left, top, right - left - 1, bottom - top - 1), colour)

    def _paint_marks(self, painter: QPainter, marked: Sequence[tuple[Segment, QRect]]) -> None:
        dark = is_dark(self.palette())
        for segment, place in marked:
            painter.save()
            painter.setClipRect(place.adjusted(-1, -1, 0, 0))
            boxes = list(self._mark_boxes(segment, place))
            aside = QPointF(place.right() - BADGE - 1, place.center().y() - BADGE // 2)
            for mark, box, beyond in boxes:
                current = mark.id == self.current_mark
                if not beyond:
                    paint_mark(painter, [box], mark, current=current, dark=dark, badge=False)
                # One sign stands in the room left for it; several stand with their marks.
                alone = beyond or len(boxes) == 1
                corner = QPointF(min(box.right() - 2, aside.x()), place.top() + 1)
                paint_badge(painter, aside if alone else corner, mark, dark=dark)
            painter.restore()

    def _mark_boxes(
        self, segment: Segment, place: QRect
    ) -> Iterator[tuple[MarkView, QRectF, bool]]:
        """Give the marks of a cell, each with its box and whether its text is out of sight."""
        text = one_line(segment.text)
        metrics = QFontMetricsF(self.font())
        inner = QRectF(place).adjusted(_PAD, 3, -_PAD - BADGE, -4)
        wide = metrics.horizontalAdvance(text)
        right_hand = _is_number(text) and wide <= inner.width()
        begin = inner.right() - wide if right_hand else inner.left()
        for mark in self.marks.at(segment.key):
            if not isinstance(mark.target, Span):
                continue
            start, end = mark.target.start, mark.target.end
            if start <= 0 and end >= len(segment.text):
                yield mark, QRectF(place).adjusted(2, 2, -3, -3), False
                continue
            left = begin + metrics.horizontalAdvance(text[:start])
            right = begin + metrics.horizontalAdvance(text[:end])
            beyond = left >= inner.right() - 3
            right = min(max(right, left + 4), float(place.right()) - 2)
            yield mark, QRectF(left - 1, inner.top(), right - left + 2, inner.height()), beyond

    def _paint_current(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        place = self.visualRect(index)
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))

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
        boxes = list(self._mark_boxes(segment, self.visualRect(index)))
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


def _between(ground: QColor, ink: QColor) -> QColor:
    """Mix a colour for lines: opaque, for blending them over the whole window takes long."""
    parts = zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(low * 0.85 + high * 0.15) for low, high in parts))


def _is_number(text: str) -> bool:
    return len(text) < 24 and _NUMBER.fullmatch(text) is not None
