"""A read-only text in which stretches of segments are marked and can be selected.

Offsets of segments count code points; Qt counts UTF-16 units. ``Piece`` keeps the two apart: every
block of the widget is one piece of one segment, or a heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from time import perf_counter

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from redactor.model import Segment, SegmentKey, Span
from ui.viewers.base import MarkView, Selection
from ui.viewers.frame import zoom_steps
from ui.viewers.marks import MarkIndex, is_dark, paint_mark

#: A block is never longer than this: Qt lays a block out at once, however long it is.
LONGEST_BLOCK = 4000
#: Seconds of filling at a time, so that the window stays at hand.
_SLICE = 0.008
_CHUNK = 100

# Qt would turn some characters into new blocks or drop them, which would shift every place after
# them; and direction overrides would show text in another order than it will be released in. Each
# is shown by one visible character instead, so that offsets hold.
_SHOWN = (
    {code: 0x2400 + code for code in range(0x20) if code != 0x09}
    | {0x7F: 0x2421, 0x85: 0x2424, 0x2028: 0x2424, 0x2029: 0x2424, 0xFDD0: 0xFFFD, 0xFDD1: 0xFFFD}
    | dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), 9254)
    | {0xFFFC: 0xFFFD, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
)


def shown(text: str) -> str:
    """Give a text as it can be shown on one line, character for character."""
    return text.translate(_SHOWN) if not text.isprintable() else text


def to_units(text: str, offset: int) -> int:
    """Turn a place in code points into one in UTF-16 units."""
    return offset if text.isascii() else offset + sum(one > "\uffff" for one in text[:offset])


def to_points(text: str, units: int) -> int:
    """Turn a place in UTF-16 units into one in code points; within a pair, the one before it."""
    if text.isascii():
        return units
    left = units
    for number, one in enumerate(text):
        left -= 2 if one > "\uffff" else 1
        if left < 0:
            return number
    return len(text)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the shown text.

    Attributes:
        key: the segment it belongs to; None for a heading or an empty line.
        start: where it begins in the segment, in code points.
        text: a stretch of the segment without line breaks, or the heading.
        style: ``body``, ``hidden``, ``heading`` or ``note``.
        number: what stands in the margin.
        segment: the segment itself.
    """

    key: SegmentKey | None
    start: int = 0
    text: str = field(default="", repr=False)
    style: str = "body"
    number: str = ""
    segment: Segment | None = None


def pieces_of(segment: Segment, style: str = "body", number: str = "") -> Iterator[Piece]:
    """Cut a segment into blocks at its line breaks, and where it is too long for one block."""
    key, at = segment.key, 0
    for line in segment.text.split("\n"):
        for start in range(0, max(len(line), 1), LONGEST_BLOCK):
            part = line[start : start + LONGEST_BLOCK]
            yield Piece(key, at + start, part, style, number, segment)
            number = ""
        at += len(line) + 1


class MarkedText(QPlainTextEdit):
    """A read-only text with marks. It never changes the text and never copies it anywhere.

    Copying and dragging out are off: a draft's text does not go to a clipboard, whose history
    other programs keep.

    Signals:
        mark_clicked: the id of a mark that was clicked.
        filled: all the text is there.
    """

    mark_clicked = Signal(int)
    filled = Signal()

    def __init__(self, index: MarkIndex, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.current: int | None = None
        self._pieces: list[Piece] = []
        self._coming: Iterator[Piece] = iter(())
        self._block_of: dict[SegmentKey, int] = {}
        self.complete = True
        self._pressed: QPointF | None = None
        self._filling = QTimer(self, interval=0)
        self._filling.timeout.connect(self._fill)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTabChangesFocus(True)
        self.viewport().setMouseTracking(True)

    # --- the text -----------------------------------------------------------------------------

    def set_pieces(self, pieces: Iterable[Piece]) -> None:
        """Show these blocks, top to bottom. They are taken a few at a time, as they are shown."""
        self._filling.stop()
        self.clear()
        self._pieces = []
        self._coming = iter(pieces)
        self._block_of = {}
        self.complete = False
        self._fill()
        if not self.complete:
            self._filling.start()

    def _fill(self) -> None:
        begun = perf_counter()
        while not self.complete and perf_counter() - begun < _SLICE:
            pieces = list(islice(self._coming, _CHUNK))
            self._add(pieces)
            self.complete = len(pieces) < _CHUNK
        if self.complete:
            self._filling.stop()
            self.filled.emit()

    def _add(self, pieces: Sequence[Piece]) -> None:
        done = len(self._pieces)
        self._pieces.extend(pieces)
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for style, group in groupby(pieces, key=lambda piece: piece.style):
            lines = []
            for number, piece in enumerate(group, done):
                if piece.key is not None:
                    self._block_of.setdefault(piece.key, number)
                lines.append(shown(piece.text))
            lead = "\n" if done else ""
            cursor.insertText(lead + "\n".join(lines), self._format(style))
            done += len(lines)
        cursor.endEditBlock()

    def _format(self, style: str) -> QTextCharFormat:
        look = QTextCharFormat()
        if style == "heading":
            look.setFontWeight(QFont.Weight.Bold)
        elif style in {"hidden", "note"}:
            look.setFontItalic(True)
            colour = "#B4B8BD" if is_dark(self.palette()) else "#4A4E53"
            look.setForeground(QColor(colour))
        return look

    def piece(self, block: QTextBlock) -> Piece | None:
        """Give the piece that a block shows."""
        number = block.blockNumber()
        return self._pieces[number] if 0 <= number < len(self._pieces) else None

    def first_block(self, key: SegmentKey) -> QTextBlock | None:
        """Give the first block of a segment, or None where it is not shown (yet)."""
        number = self._block_of.get(key)
        return None if number is None else self.document().findBlockByNumber(number)

    def go_to(self, span: Span) -> bool:
        """Put the caret at the beginning of a span and bring it into view."""
        block = self.first_block(span.key)
        if block is None:
            return False
        piece = self.piece(block)
        while block.isValid() and piece is not None and piece.key == span.key:
            if span.start <= piece.start + len(piece.text):
                break
            following = block.next()
            later = self.piece(following)
            if later is None or later.key != span.key:
                break
            block, piece = following, later
        if piece is None:
            return False
        cursor = QTextCursor(block)
        inside = min(max(span.start - piece.start, 0), len(piece.text))
        cursor.setPosition(block.position() + to_units(piece.text, inside))
        seen = self.cursorRect(cursor)
        self.setTextCursor(cursor)
        if not self.viewport().rect().adjusted(0, 24, 0, -24).contains(seen.center()):
            self.centerCursor()
        return True

    def selections(self) -> list[Selection]:
        """Give what is selected, one for each segment, with exact offsets."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        ranges: dict[SegmentKey, tuple[Segment, int, int]] = {}
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            piece = self.piece(block)
            if piece is not None and piece.key is not None and piece.segment is not None:
                low = to_points(piece.text, max(start - block.position(), 0))
                high = to_points(piece.text, min(end - block.position(), block.length() - 1))
                if high > low:
                    _, first, _ = ranges.get(piece.key, (None, piece.start + low, 0))
                    ranges[piece.key] = piece.segment, first, piece.start + high
            block = block.next()
        return [
            Selection(Span(key[0], first, last, key[1]), segment.text[first:last])
            for key, (segment, first, last) in ranges.items()
        ]

    # --- marks --------------------------------------------------------------------------------

    def _boxes(self, block: QTextBlock, piece: Piece, mark: MarkView) -> list[QRectF]:
        """Give the boxes of a mark within a block, one for each line it is wrapped into."""
        if not isinstance(mark.target, Span):
            return []
        low = max(mark.target.start - piece.start, 0)
        high = min(mark.target.end - piece.start, len(piece.text))
        if high <= low:
            return []
        begin, end = to_units(piece.text, low), to_units(piece.text, high)
        corner = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        layout = block.layout()
        boxes = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(begin, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if last > first:
                # PySide6 types one of the two overloads only; it gives (x, position).
                sides = sorted(x_of(line.cursorToX(place)) for place in (first, last))
                box = QRectF(sides[0], line.y(), max(sides[1] - sides[0], 4.0), line.height())
                boxes.append(box.translated(corner).adjusted(-0.5, 0.5, 0.5, -0.5))
        return boxes

    def marks_in(self, area: QRectF) -> Iterable[tuple[MarkView, list[QRectF]]]:
        """Give the marks whose boxes lie in a part of the viewport, top to bottom."""
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > area.bottom():
                return
            piece = self.piece(block)
            if piece is not None and piece.key is not None and place.bottom() >= area.top():
                for mark in self.index.at(piece.key):
                    boxes = [box for box in self._boxes(block, piece, mark) if box.intersects(area)]
                    if boxes:
                        yield mark, boxes
            block = block.next()

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
        """Tint what is hidden content, and underline headings, under the text."""
        painter = QPainter(self.viewport())
        tint = QColor(self.palette().color(QPalette.ColorRole.Text))
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > dirty.bottom():
                return
            piece = self.piece(block)
            if piece is not None and piece.style == "hidden":
                tint.setAlpha(14)
                painter.fillRect(place.adjusted(-8, 0, 8, 0), tint)
            elif piece is not None and piece.style == "heading" and piece.text:
                tint.setAlpha(70)
                painter.fillRect(
                    QRectF(4, place.bottom() - 1, self.viewport().width() - 8, 1), tint
                )
            block = block.next()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, keeping the first visible block at the top."""
        block = self.firstVisibleBlock().blockNumber()
        super().resizeEvent(event)
        if self.firstVisibleBlock().blockNumber() != block:
            self.verticalScrollBar().setValue(
                self.document().findBlockByNumber(block).firstLineNumber()
            )


def x_of(answer: object) -> float:
    """Give the place across of a caret: Qt gives it alone or with the caret's position."""
    if isinstance(answer, tuple):
        answer = answer[0]
    return float(answer) if isinstance(answer, int | float) else 0.0
