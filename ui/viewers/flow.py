"""Running text: the paragraphs of a document, or the lines of a text file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QWidget

from redactor.model import LinePlace, PartPlace, Segment
from ui.viewers.base import Feed, Spot
from ui.viewers.marks import MarkIndex, while_open
from ui.viewers.running import RunningViewer
from ui.viewers.text import MarkedText, Piece, pieces_of

HIDDEN_HEADING = "Hidden content – not on any page, and never released"
#: So many empty lines in a row are still shown one by one.
_MOST_EMPTY = 20
_WIDEST = 92  # letters a line that are read easily
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


def kind_words(segment: Segment) -> str:
    """Give the kind of a piece of hidden content as read by people."""
    return str(segment.hidden).replace("-", " ").capitalize()


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
        yield Piece(None, text=HIDDEN_HEADING, style="heading")
    for segment in sorted(segments, key=lambda one: (str(one.hidden), one.container)):
        kind = kind_words(segment)
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

    def __init__(self, index: MarkIndex, parent: QWidget | None = None) -> None:
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


class FlowViewer(RunningViewer):
    """Running text. Paragraphs are grouped by part; lines have numbers."""

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        index = MarkIndex()
        self._flow = _FlowText(index)
        self._last_line = 0
        super().__init__(feed, self._flow, index, parent)
        feed.segments(while_open(self, self._take_segments))

    @property
    def text(self) -> MarkedText:
        """Give the widget that shows the text."""
        return self._flow

    def fit_margin(self) -> None:
        """Fit the margins of the text to its width."""
        self._flow.fit_margin()

    def _take_segments(self, segments: Sequence[Segment]) -> None:
        self._flow.lines = any(isinstance(one.place, LinePlace) for one in segments)
        self._set_size(self._size)
        places = (one.place for one in reversed(segments))
        self._last_line = next((one.line for one in places if isinstance(one, LinePlace)), 0)
        if segments:
            self._flow.set_pieces(arrange(segments))
        else:
            nothing = Piece(None, text="There is no text in this document.", style="note")
            self._flow.set_pieces([nothing])
        self.fit_margin()

    def _say_place(self) -> None:
        piece = self._flow.piece(self._flow.textCursor().block())
        if piece is not None and piece.segment is not None:
            self.place_changed.emit(place_words(piece.segment, self._last_line))

    def _font(self) -> QFont:
        if self._flow.lines:
            return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        return super()._font()

    # --- beside another viewer ------------------------------------------------------------------

    def spot(self) -> Spot | None:
        """Give the segment at the top, and how many of its lines are out of sight."""
        top = self._flow.verticalScrollBar().value()
        block = self._flow.firstVisibleBlock()
        while block.isValid():
            piece = self._flow.piece(block)
            if piece is not None and piece.key is not None:
                first = self._flow.first_block(piece.key) or block
                return Spot("text", top - first.firstLineNumber(), piece.key)
            block = block.next()
        return None

    def go_to_spot(self, spot: Spot) -> None:
        """Bring the same segment to the top, where it is here, too."""
        block = self._flow.first_block(spot.key) if spot.key is not None else None
        if spot.container == "text" and block is not None:
            self._flow.verticalScrollBar().setValue(block.firstLineNumber() + round(spot.at))


def place_words(segment: Segment, last_line: int = 0) -> str:
    """Say where a segment stands."""
    match segment.place:
        case LinePlace(line):
            return f"Line {line + 1} of {last_line + 1}"
        case PartPlace(part, number) if segment.hidden is None:
            return f"{title_of_part(part)}, paragraph {number + 1}"
        case _:
            return f"Hidden content: {segment.container or segment.id}"
