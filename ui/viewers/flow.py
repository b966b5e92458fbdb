"""Running text: the paragraphs of a document, or the lines of a text file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from redactor.model import LinePlace, PartPlace, Segment, Span, Target
from ui.viewers.base import Feed, MarkView, Spot
from ui.viewers.frame import FramedViewer, WheelZoom
from ui.viewers.marks import MarkIndex, while_open
from ui.viewers.text import MarkedText, Piece, pieces_of

_HIDDEN_HEADING = "Hidden content – not on any page, and never released"
#: So many empty lines in a row are still shown one by one.
_MOST_EMPTY = 20
_WIDEST = 92  # letters a line that are read easily
_SMALLEST, _LARGEST = 6.0, 40.0
_PARTS = (
    (re.compile(r"(.*/)?document\d*(\.xml)?|body"), "Body"),
    (re.compile(r"(.*/)?header\d*(\.xml)?"), "Header"),
    (re.compile(r"(.*/)?footer\d*(\.xml)?"), "Footer"),
    (re.compile(r"(.*/)?footnotes\d*(\.xml)?"), "Footnotes"),
    (re.compile(r"(.*/)?endnotes\d*(\.xml)?"), "Endnotes"),
    (re.compile(r"(.*/)?comments\d*(\.xml)?"), "Comments"),
)


def title_of_part(part: str) -> str:
    """Give the heading over the text of a part of a package."""
    for pattern, title in _PARTS:
        if pattern.fullmatch(part):
            return title
    return part


def arrange(segments: Iterable[Segment]) -> Iterator[Piece]:
    """Put segments in the order and under the headings they are shown in.

    What a reader sees comes first, as read; hidden content follows in a section of its own.
    """
    hidden: list[Segment] = []
    yield from _visible_pieces(segments, hidden)
    yield from _hidden_pieces(hidden)


def _visible_pieces(segments: Iterable[Segment], hidden: list[Segment]) -> Iterator[Piece]:
    """Give what a reader sees, one segment at a time, and put the rest aside."""
    part = None
    line = 0
    for segment in segments:
        place = segment.place
        if segment.hidden is not None:
            hidden.append(segment)
            continue
        if isinstance(place, LinePlace):
            yield from _empty_lines(line, place.line)
            line = place.line + 1
            yield from pieces_of(segment, number=str(line))
            continue
        if isinstance(place, PartPlace) and place.part != part:
            if part is not None:
                yield Piece(None)
            part = place.part
            yield Piece(None, text=title_of_part(part), style="heading")
            yield Piece(None)
        yield from pieces_of(segment)
        if isinstance(place, PartPlace):
            yield Piece(None)


def _empty_lines(after: int, before: int) -> Iterator[Piece]:
    """Stand for the lines without text between two lines; they are no segments."""
    if before - after > _MOST_EMPTY:
        yield Piece(None, text=f"({before - after} empty lines)", style="note")
    else:
        for number in range(after, before):
            yield Piece(None, number=str(number + 1))


def _hidden_pieces(segments: Sequence[Segment]) -> Iterator[Piece]:
    group = None
    if segments:
        yield Piece(None)
        yield Piece(None, text=_HIDDEN_HEADING, style="heading")
    for segment in sorted(segments, key=lambda one: (str(one.hidden), one.container)):
        kind = str(segment.hidden).replace("-", " ").capitalize()
        if (kind, segment.container) != group:
            group = kind, segment.container
            where = f" · {title_of_part(segment.container)}" if segment.container else ""
            yield Piece(None)
            yield Piece(None, text=f"{kind}{where}", style="note")
        yield from pieces_of(segment, style="hidden")


class _Margin(QWidget):
    """The line numbers at the left of the text."""

    def __init__(self, text: _FlowText) -> None:
        super().__init__(text)
        self._text = text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines that are seen."""
        self._text.paint_numbers(self, event.rect())


class _FlowText(MarkedText):
    """The text with a margin: numbers for lines, air for paragraphs."""

    def __init__(self, index: MarkIndex, parent: QWidget) -> None:
        super().__init__(index, parent)
        self.lines = False
        self._margin = _Margin(self)
        self._margin.hide()
        self.updateRequest.connect(self._text_moved)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def fit_margin(self) -> None:
        """Give the text a width that is read easily, or room for the line numbers."""
        metrics = self.fontMetrics()
        self._margin.setVisible(self.lines)
        if self.lines:
            digits = max(len(str(self.blockCount())), 3)
            wide = metrics.horizontalAdvance("0") * digits + 22
            self.setViewportMargins(wide, 8, 12, 0)
            self._margin.setGeometry(0, 0, wide - 8, self.height())
            self._margin.setFont(self.font())
        else:
            room = self.width() - self.verticalScrollBar().sizeHint().width()
            side = max(24, (room - metrics.averageCharWidth() * _WIDEST) // 2)
            self.setViewportMargins(side, 16, side, 0)

    def _text_moved(self, area: QRect, down: int) -> None:
        if down:
            self._margin.update()
        else:
            top = area.y() + self.viewport().y()
            self._margin.update(0, top, self._margin.width(), area.height())

    def paint_numbers(self, margin: QWidget, dirty: QRect) -> None:
        """Draw the numbers of the blocks that touch ``dirty``."""
        painter = QPainter(margin)
        painter.fillRect(dirty, self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        height = self.fontMetrics().height()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            top = place.top() + self.viewport().y()
            if top > dirty.bottom():
                return
            piece = self.piece(block)
            if piece is not None and piece.number and top + height >= dirty.top():
                line = QRectF(0, top, margin.width() - 6, height)
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, piece.number)
            block = block.next()


class FlowViewer(FramedViewer):
    """Running text. Paragraphs are grouped by part; lines have numbers."""

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(feed, parent)
        self._index = MarkIndex()
        self._reveal: int | None = None
        self._last_line = 0
        self._text = _FlowText(self._index, self.viewport())
        self._text.setAccessibleName("Text of the draft, not redacted")
        self._text.setAccessibleDescription("Move with the arrow keys, select with Shift.")
        self._text.setPlaceholderText("Opening the text …")
        layout = QHBoxLayout(self.viewport())
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        self.setFocusProxy(self._text)
        self.setAccessibleName("Draft, not redacted")
        self._wheel_zoom = WheelZoom(self)
        self._text.viewport().installEventFilter(self._wheel_zoom)
        self._text.mark_clicked.connect(self.mark_activated)
        self._text.filled.connect(self._text_is_there)
        self._text.cursorPositionChanged.connect(self._say_place)
        self._text.verticalScrollBar().valueChanged.connect(self.moved)
        self._size = max(self.font().pointSizeF(), 8.0)
        self._normal = self._size + 2
        self._set_size(self._normal)
        feed.segments(while_open(self, self._take_segments))

    @property
    def text(self) -> MarkedText:
        """Give the widget that shows the text."""
        return self._text

    def _take_segments(self, segments: Sequence[Segment]) -> None:
        self._text.lines = any(isinstance(one.place, LinePlace) for one in segments)
        self._set_size(self._size)
        places = (one.place for one in reversed(segments))
        self._last_line = next((one.line for one in places if isinstance(one, LinePlace)), 0)
        if segments:
            self._text.set_pieces(arrange(segments))
        else:
            nothing = Piece(None, text="There is no text in this document.", style="note")
            self._text.set_pieces([nothing])
        self._text.fit_margin()

    def _text_is_there(self) -> None:
        self._text.fit_margin()
        if self._reveal is not None:
            self.show_mark(self._reveal)
        self._say_place()
        self.settled.emit()

    def _say_place(self) -> None:
        piece = self._text.piece(self._text.textCursor().block())
        if piece is not None and piece.segment is not None:
            self.place_changed.emit(self._place_of(piece.segment))

    def _place_of(self, segment: Segment) -> str:
        match segment.place:
            case LinePlace(line):
                return f"Line {line + 1} of {self._last_line + 1}"
            case PartPlace(part, number) if segment.hidden is None:
                return f"{title_of_part(part)}, paragraph {number + 1}"
            case _:
                return f"Hidden content: {segment.container or segment.id}"

    # --- marks --------------------------------------------------------------------------------

    def set_marks(self, marks: Iterable[MarkView]) -> None:
        """Show these marks and no others."""
        self._index.replace(marks)
        self._text.viewport().update()

    def update_marks(self, marks: Iterable[MarkView], gone: Iterable[int] = ()) -> None:
        """Add or change some marks; ``gone`` are ids no longer shown."""
        self._index.change(marks, gone)
        self._text.viewport().update()

    def show_mark(self, mark_id: int | None) -> None:
        """Make a mark the current one: scroll to it and outline it strongly; None for none."""
        self._text.current = mark_id
        self._reveal = mark_id
        mark = self._index.get(mark_id)
        if mark is not None and isinstance(mark.target, Span) and self._text.go_to(mark.target):
            self._reveal = None
        self._text.viewport().update()

    def mark_selection(self) -> None:
        """Emit ``selected`` for what is selected now, if anything (the M key)."""
        selections = self._text.selections()
        if selections:
            self.selected.emit(selections)

    # --- beside another viewer ------------------------------------------------------------------

    def show_candidate(self, name: str) -> None:
        """Say everywhere that a file of a candidate is shown, and no draft."""
        super().show_candidate(name)
        self._text.setAccessibleName(f"Text of {name}, as it would be released")

    def spot(self) -> Spot | None:
        """Give the segment at the top, and how many of its lines are out of sight."""
        top = self._text.verticalScrollBar().value()
        block = self._text.firstVisibleBlock()
        while block.isValid():
            piece = self._text.piece(block)
            if piece is not None and piece.key is not None:
                first = self._text.first_block(piece.key) or block
                return Spot("text", top - first.firstLineNumber(), piece.key)
            block = block.next()
        return None

    def go_to_spot(self, spot: Spot) -> None:
        """Bring the same segment to the top, where it is here, too."""
        block = self._text.first_block(spot.key) if spot.key is not None else None
        if spot.container == "text" and block is not None:
            self._text.verticalScrollBar().setValue(block.firstLineNumber() + round(spot.at))

    def go_to_target(self, target: Target) -> None:
        """Put the caret where the segment of a target begins."""
        if isinstance(target, Span):
            self._text.go_to(Span(target.segment, 0, 0, target.column))

    # --- size ---------------------------------------------------------------------------------

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller by steps; 0 gives the normal size."""
        size = self._normal if steps == 0 else self._size * 1.15**steps
        self._set_size(min(max(size, _SMALLEST), _LARGEST))

    def _set_size(self, size: float) -> None:
        self._size = size
        font = QFont(self.font())
        if self._text.lines:
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(size)
        self._text.setFont(font)
        self._text.fit_margin()

    def sizeHint(self) -> QSize:
        """Ask for the room of a readable column."""
        return QSize(760, 900)

    def resizeEvent(self, event: object) -> None:
        """Fit the margins to the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._text.fit_margin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the selection with Escape; see ``FramedViewer``."""
        cursor = self._text.textCursor()
        if event.key() == Qt.Key.Key_Escape and cursor.hasSelection():
            cursor.clearSelection()
            self._text.setTextCursor(cursor)
            event.accept()
            return
        super().keyPressEvent(event)
