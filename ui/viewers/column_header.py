"""The letters over the columns, with a sign where detection takes a column for something."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableView

from ui import theme
from ui.viewers.cells import SheetModel
from ui.viewers.text import shown

_SIDE = 7


class ColumnHeader(QHeaderView):
    """Draws a letter, and beside it in small what the column is taken for, where there is room."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one section."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        model: QAbstractTableModel = self.model()  # type: ignore[assignment]
        kind = model.kind(section) if isinstance(model, SheetModel) else ""
        if not kind:
            return
        painter.save()
        colour = QColor(theme.colours().accent)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        corner = QPointF(rect.right(), rect.top() + 1)
        painter.drawPolygon(
            QPolygonF([corner, corner + QPointF(-_SIDE, 0), corner + QPointF(0, _SIDE)])
        )
        room = rect.width() // 2 - 24
        words = self.fontMetrics().elidedText(shown(kind), Qt.TextElideMode.ElideRight, room)
        if len(words) > 3:
            painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
            painter.setOpacity(0.8)
            place = rect.adjusted(rect.width() // 2 + 12, 0, -_SIDE - 3, 0)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, side, words)
        painter.restore()
