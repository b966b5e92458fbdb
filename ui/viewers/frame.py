"""The strip that says a draft is a draft, and the keys and the wheel that every viewer shares."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from redactor.model import Area
from ui.viewers.base import CANDIDATE_NOTICE, DRAFT_NOTICE, Feed, MarkState, MarkView, Viewer
from ui.viewers.marks import paint_mark

_KEY_TO_STATES = (
    ("undecided", MarkState.UNDECIDED),
    ("to redact", MarkState.REDACT),
    ("keep", MarkState.KEEP),
)


class DraftNotice(QWidget):
    """A strip over the content: it is a draft. Where there is room, what the marks mean."""

    INK, GROUND, EDGE = QColor("#3F2200"), QColor("#FFE3A3"), QColor("#A85B00")

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = DRAFT_NOTICE
        self.setAccessibleName(DRAFT_NOTICE)
        self.setAccessibleDescription("What is shown here is a draft. Nothing was removed from it.")

    def say_candidate(self) -> None:
        """Say that it is a file of a candidate; there are no marks in it to explain."""
        self._words = CANDIDATE_NOTICE
        self.INK, self.GROUND, self.EDGE = (
            QColor("#10233F"),
            QColor("#D5E6F7"),
            QColor("#1D5C9E"),
        )
        self.setAccessibleName(CANDIDATE_NOTICE)
        self.setAccessibleDescription(
            "What is shown here was built for the release, from the bytes that were submitted."
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for one line of bold text with some air."""
        return QSize(200, self.fontMetrics().height() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the notice in the middle, and the key to the marks at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.GROUND)
        painter.fillRect(0, self.height() - 2, self.width(), 2, self.EDGE)
        font = QFont(self.font())
        font.setBold(True)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.0)
        painter.setFont(font)
        painter.setPen(self.INK)
        notice = painter.fontMetrics().horizontalAdvance(self._words)
        is_draft = self._words == DRAFT_NOTICE
        key = self._key_width() if is_draft else 0
        inner = self.rect().adjusted(12, 0, -12, -2)
        # In the middle while the key fits beside it, otherwise at the left, and alone if need be.
        middle = self.width() > notice + 2 * (key + 36)
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.setFont(self.font())
        if is_draft and self.width() > notice + key + 48:
            self._paint_key(painter, self.width() - key - 12)

    def _key_width(self) -> int:
        metrics = self.fontMetrics()
        return sum(metrics.horizontalAdvance(name) + 22 + 16 for name, _ in _KEY_TO_STATES) - 16

    def _paint_key(self, painter: QPainter, left: int) -> None:
        metrics = self.fontMetrics()
        for name, state in _KEY_TO_STATES:
            box = QRectF(left + 0.5, (self.height() - 2 - 11) / 2 + 0.5, 16, 11)
            painter.fillRect(box, Qt.GlobalColor.white)
            sample = MarkView(0, Area(0, 0, 0, 0, 0), state, "")
            paint_mark(painter, [box], sample, badge=False)
            painter.setPen(self.INK)
            wide = metrics.horizontalAdvance(name)
            where = QRectF(left + 22, 0, wide + 2, self.height() - 2)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, name)
            left += wide + 22 + 16


def zoom_steps(event: QKeyEvent) -> int | None:
    """Give the steps that a key zooms by; None if it does not. 0 fits the width."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    match event.key():
        case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            return 1
        case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
            return -1
        case Qt.Key.Key_0:
            return 0
        case _:
            return None


class FramedViewer(Viewer):
    """A viewer under the notice. ``zoom`` and what is shown is left to its subclasses."""

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(feed, parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.notice = DraftNotice(self)
        self._wheel = 0
        self.is_candidate = False
        self._place_notice()

    def show_candidate(self, name: str) -> None:
        """Say everywhere that a file of a candidate is shown, and no draft."""
        self.is_candidate = True
        self.notice.say_candidate()
        self.setAccessibleName(f"{name}, as it would be released")

    def _place_notice(self) -> None:
        height = self.notice.sizeHint().height()
        self.setViewportMargins(0, height, 0, 0)
        self.notice.setGeometry(0, 0, self.viewport().width(), height)
        self.notice.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the notice as wide as the viewer."""
        self._place_notice()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Place the notice once the font is known."""
        self._place_notice()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with Ctrl and plus, minus or 0; leave every other key to the window."""
        steps = zoom_steps(event)
        if steps is None:
            event.ignore()
            return
        self.zoom(steps)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom while Ctrl is held, otherwise scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by_wheel(event)
        else:
            super().wheelEvent(event)

    def zoom_by_wheel(self, event: QWheelEvent) -> None:
        """Zoom by whole notches; a touchpad sends many small turns that add up."""
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / 120)
        if notches:
            self._wheel -= notches * 120
            self.zoom(notches)
        event.accept()


class WheelZoom(QObject):
    """Hands Ctrl+wheel over an inner widget to its viewer."""

    def __init__(self, viewer: FramedViewer) -> None:
        super().__init__(viewer)
        self._viewer = viewer

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take wheel turns made while Ctrl is held, and nothing else."""
        if isinstance(event, QWheelEvent) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self._viewer.zoom_by_wheel(event)
            return True
        return False
