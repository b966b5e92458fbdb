"""A read-only text with headings, lists, tables and pictures, in which segments are marked.

Each block of the document shows one segment from its beginning, line breaks as line separators, so
that an offset in a segment is an offset in its block (in UTF-16 units). Blocks know their piece by
their user state, which stays with them whatever is inserted before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from redactor.model import Segment, SegmentKey, Span
from ui.viewers.base import MarkView, Selection
from ui.viewers.frame import zoom_steps
from ui.viewers.marks import MarkIndex, is_dark, paint_mark
from ui.viewers.text import Piece, to_points, to_units, x_of

#: Seconds of filling at a time, so that the window stays at hand.
_SLICE = 0.008
#: Blocks looked at before and after those that are seen: a mark may begin above them.
_AROUND = 12


class RichText(QTextEdit):
    """A read-only rich text with marks. It never copies the text anywhere.

    Signals:
        mark_clicked: the id of a mark that was clicked.
        filled: all of it is there.
    """

    mark_clicked = Signal(int)
    filled = Signal()

    def __init__(self, index: MarkIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.current: int | None = None
        self.complete = True
        self.pieces: list[Piece] = []
        self._steps: Iterator[None] = iter(())
        self._pressed: QPointF | None = None
        self._filling = QTimer(self, interval=0)
        self._filling.timeout.connect(self._fill)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTabChangesFocus(True)
        self.document().setIndentWidth(22)
        self.viewport().setMouseTracking(True)

    # --- the text -----------------------------------------------------------------------------

    def fill(self, steps: Iterator[None]) -> None:
        """Take steps that build the document, a few at a time."""
        self._filling.stop()
        self.clear()
        self.pieces = []
        self._steps = steps
        self.complete = False
        self._fill()
        if not self.complete:
            self._filling.start()

    def _fill(self) -> None:
        begun = perf_counter()
        while not self.complete and perf_counter() - begun < _SLICE:
            self.complete = next(self._steps, self) is self
        if self.complete:
            self._filling.stop()
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.filled.emit()

    def note(self, block: QTextBlock, piece: Piece) -> None:
        """Say which piece a block shows."""
        block.setUserState(len(self.pieces))
        self.pieces.append(piece)

    def piece(self, block: QTextBlock) -> Piece | None:
        """Give the piece that a block shows."""
        number = block.userState()
        return self.pieces[number] if 0 <= number < len(self.pieces) else None

    def block_of(self, key: SegmentKey) -> QTextBlock | None:
        """Give the block of a segment, or None where it is not shown (yet)."""
        block = self.document().begin()
        while block.isValid():
            piece = self.piece(block)
            if piece is not None and piece.key == key:
                return block
            block = block.next()
        return None

    def go_to(self, span: Span) -> bool:
        """Put the caret at the beginning of a span and bring it into view."""
        block = self.block_of(span.key)
        piece = self.piece(block) if block is not None else None
        if block is None or piece is None:
            return False
        inside = min(max(span.start, 0), len(piece.text))
        self.show_position(block.position() + to_units(piece.text, inside))
        return True

    def show_position(self, position: int) -> None:
        """Put the caret somewhere and bring it into view, in the middle where it was not seen."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        seen = self.cursorRect(cursor)
        if not self.viewport().rect().adjusted(0, 24, 0, -24).contains(seen.center()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + seen.center().y() - self.viewport().height() // 2)

    def selections(self) -> list[Selection]:
        """Give what is selected, one for each segment, with exact offsets."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        found: list[Selection] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            piece = self.piece(block)
            if piece is not None and piece.segment is not None:
                low = to_points(piece.text, max(start - block.position(), 0))
                high = to_points(piece.text, min(end - block.position(), block.length() - 1))
                if high > low:
                    found.append(_selection(piece.segment, low, high))
            block = block.next()
        return found

    # --- marks --------------------------------------------------------------------------------

    def seen_blocks(self, area: QRectF) -> Iterator[QTextBlock]:
        """Give the blocks that may show something in a part of the viewport."""
        first = self.cursorForPosition(area.topLeft().toPoint()).block().blockNumber()
        last = self.cursorForPosition(area.bottomRight().toPoint()).block().blockNumber()
        block = self.document().findBlockByNumber(max(first - _AROUND, 0))
        while block.isValid() and block.blockNumber() <= last + _AROUND:
            yield block
            block = block.next()

    def corner(self, block: QTextBlock) -> QPointF:
        """Give where the lines of a block are counted from, in the viewport."""
        bounds = self.document().documentLayout().blockBoundingRect(block)
        inner = block.layout().boundingRect().topLeft()
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return bounds.topLeft() - inner - scrolled

    def marks_in(self, area: QRectF) -> Iterable[tuple[MarkView, list[QRectF]]]:
        """Give the marks whose boxes lie in a part of the viewport."""
        for block in self.seen_blocks(area):
            piece = self.piece(block)
            if piece is None or piece.key is None:
                continue
            for mark in self.index.at(piece.key):
                boxes = [box for box in self._boxes(block, piece, mark) if box.intersects(area)]
                if boxes:
                    yield mark, boxes

    def _boxes(self, block: QTextBlock, piece: Piece, mark: MarkView) -> list[QRectF]:
        if not isinstance(mark.target, Span) or mark.target.end <= mark.target.start:
            return []
        begin = to_units(piece.text, mark.target.start)
        end = to_units(piece.text, min(mark.target.end, len(piece.text)))
        corner, layout = self.corner(block), block.layout()
        boxes: list[QRectF] = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(begin, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if last > first:
                sides = sorted(x_of(line.cursorToX(place)) for place in (first, last))
                box = QRectF(sides[0], line.y(), max(sides[1] - sides[0], 4.0), line.height())
                boxes.append(box.translated(corner).adjusted(-0.5, 0.5, 0.5, -0.5))
        return boxes

    def mark_at(self, point: QPointF) -> MarkView | None:
        """Give the mark drawn at a point of the viewport; of several, the shortest."""
        found = None
        for mark, boxes in self.marks_in(QRectF(point, point).adjusted(-1, -1, 1, 1)):
            if any(box.contains(point) for box in boxes):
                found = mark
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the marks over it."""
        self._paint_ground(event.rect())
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        dark = is_dark(self.palette())
        last: tuple[MarkView, list[QRectF]] | None = None
        for mark, boxes in self.marks_in(QRectF(event.rect()).adjusted(-16, -16, 16, 16)):
            if mark.id == self.current:
                last = (mark, [*(last[1] if last else ()), *boxes])
            else:
                paint_mark(painter, boxes, mark, dark=dark)
        if last is not None:
            paint_mark(painter, last[1], last[0], current=True, dark=dark)

    def _paint_ground(self, dirty: QRect) -> None:
        """Tint what is hidden content, under the text."""
        painter = QPainter(self.viewport())
        tint = QColor(self.palette().color(QPalette.ColorRole.Text))
        tint.setAlpha(14)
        for block in self.seen_blocks(QRectF(dirty)):
            piece = self.piece(block)
            if piece is not None and piece.style == "hidden":
                bounds = self.document().documentLayout().blockBoundingRect(block)
                top = bounds.top() - self.verticalScrollBar().value()
                ground = QRectF(0, top, self.viewport().width(), bounds.height())
                painter.fillRect(ground, tint)

    # --- the mouse and the keys ---------------------------------------------------------------

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
        moved = (event.position() - pressed).manhattanLength()
        if moved < QApplication.startDragDistance() and not self.textCursor().hasSelection():
            mark = self.mark_at(event.position())
            if mark is not None:
                self.mark_clicked.emit(mark.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; it is no click."""
        super().mouseDoubleClickEvent(event)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a mark."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            over = self.mark_at(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret and select; zooming, letters and Escape are left to the window."""
        typed = bool(event.text()) and event.text().isprintable()
        if zoom_steps(event) is not None or typed or event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give nothing to a clipboard or a drag."""
        return QMimeData()


def _selection(segment: Segment, low: int, high: int) -> Selection:
    name, column = segment.key
    return Selection(Span(name, low, high, column), segment.text[low:high])
