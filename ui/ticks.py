"""Boxes to tick that are seen in the dark scheme, too: Fusion outlines them darker than the ground.

Only for widgets that ask for it: a style in Python is called for every little thing that is drawn.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from ui import theme

WidgetT = TypeVar("WidgetT", bound=QWidget)

_BOXES = frozenset(
    {
        QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
        QStyle.PrimitiveElement.PE_IndicatorCheckBox,
        QStyle.PrimitiveElement.PE_IndicatorRadioButton,
    }
)


def tick_clearly(widget: WidgetT) -> WidgetT:
    """Give a widget boxes to tick that are seen; gives the widget."""
    widget.setStyle(TickStyle(widget))
    return widget


class TickStyle(QProxyStyle):
    """Fusion with boxes of our own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__("Fusion")
        self.setParent(parent)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a box, and the tick in it."""
        if element not in _BOXES:
            super().drawPrimitive(element, option, painter, widget)
            return
        scheme = theme.colours()
        state = option.state
        rect = option.rect
        usable = bool(state & QStyle.StateFlag.State_Enabled)
        ticked = bool(state & QStyle.StateFlag.State_On)
        side = min(rect.width(), rect.height()) - 2.0
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = scheme.accent if ticked and usable else scheme.muted
        painter.setPen(QPen(QColor(ink), 1.2))
        painter.setBrush(QColor(ink if ticked else scheme.base))
        if element is QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            painter.drawEllipse(box)
            if ticked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(scheme.on_accent))
                painter.drawEllipse(box.center(), side * 0.2, side * 0.2)
            painter.restore()
            return
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(scheme.on_accent), 1.8, Qt.PenStyle.SolidLine))
            corners = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
            points = [QPointF(box.x() + x * side, box.y() + y * side) for x, y in corners]
            painter.drawPolyline(QPolygonF(points))
        painter.restore()
