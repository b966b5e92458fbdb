"""How a grid is drawn: one loop draws the cells, their marks and the selection.

``QTableView`` asks a model seven times for every cell it draws, which takes longer than a frame
for a large window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QTableView

from redactor.model import Segment, Span
from ui.viewers.base import MarkView
from ui.viewers.cells import CellModel, CellRange, one_line
from ui.viewers.marks import BADGE, MarkIndex, is_dark, paint_badge, paint_mark

_PAD = 5
#: Texts whose fit into a column is remembered: some windows full.
_MOST_FITTED = 6000
_NUMBER = re.compile(r"[-(]?[£$€]?\s?-?\d[\d,]*(\.\d+)?\s?%?\)?")
#: A column that is drawn: its number, its left edge and its width.
_Column = tuple[int, int, int]


class GridPainting:
    """Draws cells where a view has them, in its letters and colours.

    Attributes:
        current_mark: the mark that is outlined strongly.
    """

    def __init__(self, view: QTableView, marks: MarkIndex) -> None:
        self.current_mark: int | None = None
        self._view = view
        self._marks = marks
        self._fitted: dict[tuple[str, int], tuple[str, bool]] = {}

    def measure_anew(self) -> None:
        """Forget how texts fitted: they are other ones now, or in other letters."""
        self._fitted.clear()

    def paint(
        self, painter: QPainter, area: QRect, model: CellModel | None, chosen: Sequence[CellRange]
    ) -> bool:
        """Draw the cells of an area, then marks, then the selection.

        Returns:
            Whether there was any cell to draw.
        """
        view = self._view
        painter.fillRect(area, view.palette().color(QPalette.ColorRole.Base))
        if model is None:
            return False
        columns = self._columns_in(area)
        first = view.rowAt(max(area.top() - 12, 0))
        last = view.rowAt(min(area.bottom() + 12, view.viewport().height() - 1))
        if not columns or first < 0:
            return False
        rows = range(first, (last if last >= 0 else model.rowCount() - 1) + 1)
        marked = self._paint_cells(painter, model, rows, columns, view.rowViewportPosition)
        self._paint_lines(painter, rows, columns)
        self._paint_selection(painter, rows, columns, chosen)
        self._paint_marks(painter, marked)
        self._paint_current(painter)
        return True

    def paint_rows(
        self, painter: QPainter, model: CellModel, rows: Sequence[int], first: QRect
    ) -> None:
        """Draw some rows one under the other, wherever they lie, from the place of the first."""
        area = self._view.viewport().rect()
        columns = [(one, left + first.left(), wide) for one, left, wide in self._columns_in(area)]
        if not columns:
            return
        tops = {row: first.top() + slot * first.height() for slot, row in enumerate(rows)}
        marked = self._paint_cells(painter, model, rows, columns, tops.__getitem__)
        colour = self._line_colour()
        for top in tops.values():
            painter.fillRect(first.left(), top + first.height() - 1, first.width(), 1, colour)
        for _, left, width in columns:
            painter.fillRect(left + width - 1, first.top(), 1, len(rows) * first.height(), colour)
        self._paint_marks(painter, marked)

    def _columns_in(self, area: QRect) -> list[_Column]:
        """Give the columns that touch an area, each with its left edge and its width."""
        header = self._view.horizontalHeader()
        first = self._view.columnAt(max(area.left(), 0))
        if first < 0:
            return []
        found = []
        for column in range(first, header.count()):
            left = self._view.columnViewportPosition(column)
            if left > area.right():
                break
            found.append((column, left, self._view.columnWidth(column)))
        return found

    def _paint_cells(
        self,
        painter: QPainter,
        model: CellModel,
        rows: Sequence[int],
        columns: Sequence[_Column],
        top_of: Callable[[int], int],
    ) -> list[tuple[Segment, QRect]]:
        """Draw the text of cells; give those that have marks."""
        plain = self._view.palette().color(QPalette.ColorRole.Text)
        faint = QColor("#B4B8BD" if is_dark(self._view.palette()) else "#4A4E53")
        tint = QColor(plain)
        tint.setAlpha(14)
        height = self._view.verticalHeader().defaultSectionSize()
        slanted = QFont(self._view.font())
        slanted.setItalic(True)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        left_side = middle | Qt.AlignmentFlag.AlignLeft
        right_side = middle | Qt.AlignmentFlag.AlignRight
        marks = self._marks if len(self._marks) else None
        marked: list[tuple[Segment, QRect]] = []
        painter.setPen(plain)
        painter.setFont(self._view.font())
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
                    painter.setFont(self._view.font())
                    painter.setPen(plain)
        return marked

    def _drawn(self, text: str, width: int) -> tuple[str, bool]:
        """Give what is drawn of a text in a cell of some width, and whether it is a number."""
        known = self._fitted.get((text, width))
        if known is None:
            line = one_line(text)
            number = _is_number(line)
            metrics = self._view.fontMetrics()
            if len(line) * metrics.averageCharWidth() * 0.7 > width:
                line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            if len(self._fitted) > _MOST_FITTED:
                self._fitted.clear()
            known = self._fitted[text, width] = line, number
        return known

    def _paint_lines(self, painter: QPainter, rows: range, columns: Sequence[_Column]) -> None:
        colour = self._line_colour()
        height = self._view.verticalHeader().defaultSectionSize()
        top = self._view.rowViewportPosition(rows.start)
        bottom = self._view.rowViewportPosition(rows.stop - 1) + height - 1
        right = columns[-1][1] + columns[-1][2] - 1
        for row in rows:
            y = self._view.rowViewportPosition(row) + height - 1
            painter.fillRect(columns[0][1], y, right - columns[0][1], 1, colour)
        for _, left, width in columns:
            painter.fillRect(left + width - 1, top, 1, bottom - top, colour)

    def _line_colour(self) -> QColor:
        return _between(
            self._view.palette().color(QPalette.ColorRole.Base),
            self._view.palette().color(QPalette.ColorRole.Text),
        )

    def _paint_selection(
        self,
        painter: QPainter,
        rows: range,
        columns: Sequence[_Column],
        chosen: Sequence[CellRange],
    ) -> None:
        colour = QColor(self._view.palette().color(QPalette.ColorRole.Highlight))
        colour.setAlpha(60)
        height = self._view.verticalHeader().defaultSectionSize()
        lefts = {column: (left, left + width) for column, left, width in columns}
        for one in chosen:
            low, high = max(one.top, rows.start), min(one.bottom, rows.stop - 1)
            first = max(one.left, columns[0][0])
            last = min(one.right, columns[-1][0])
            if low > high or first > last:
                continue
            top = self._view.rowViewportPosition(low)
            bottom = self._view.rowViewportPosition(high) + height
            left, right = lefts[first][0], lefts[last][1]
            painter.fillRect(QRect(left, top, right - left - 1, bottom - top - 1), colour)

    def _paint_marks(self, painter: QPainter, marked: Sequence[tuple[Segment, QRect]]) -> None:
        dark = is_dark(self._view.palette())
        for segment, place in marked:
            painter.save()
            painter.setClipRect(place.adjusted(-1, -1, 0, 0))
            boxes = list(self.mark_boxes(segment, place))
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

    def mark_boxes(self, segment: Segment, place: QRect) -> Iterator[tuple[MarkView, QRectF, bool]]:
        """Give the marks of a cell, each with its box and whether its text is out of sight."""
        text = one_line(segment.text)
        metrics = QFontMetricsF(self._view.font())
        inner = QRectF(place).adjusted(_PAD, 3, -_PAD - BADGE, -4)
        wide = metrics.horizontalAdvance(text)
        right_hand = _is_number(text) and wide <= inner.width()
        begin = inner.right() - wide if right_hand else inner.left()
        for mark in self._marks.at(segment.key):
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
        index = self._view.currentIndex()
        if not index.isValid():
            return
        place = self._view.visualRect(index)
        colour = self._view.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 2 if self._view.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(0, 0, -1, -1))


def _between(ground: QColor, ink: QColor) -> QColor:
    """Mix a colour for lines: opaque, for blending them over the whole window takes long."""
    parts = zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(low * 0.85 + high * 0.15) for low, high in parts))


def _is_number(text: str) -> bool:
    return len(text) < 24 and _NUMBER.fullmatch(text) is not None
