"""A Word document on a flowing page: headings, lists, tables and pictures, as they are read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QFrame, QWidget

from redactor.layout import Layout
from redactor.model import Segment
from ui.viewers.base import Feed, Spot
from ui.viewers.flow import place_words
from ui.viewers.marks import MarkIndex, while_open
from ui.viewers.rich import RichText
from ui.viewers.running import RunningViewer
from ui.viewers.word_page import page_steps

_WIDEST = 96  # letters a line that are read easily
_WIDEST_ACROSS = 130  # on a page that lies on its side


class WordViewer(RunningViewer):
    """Running text as it lies on the page, then what is hidden in the document."""

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        index = MarkIndex()
        self._rich = RichText(index)
        self._rich.setFrameShape(QFrame.Shape.NoFrame)
        self._segments: Sequence[Segment] | None = None
        self._letters = _WIDEST
        super().__init__(feed, self._rich, index, parent)
        feed.segments(while_open(self, self._take_segments))

    @property
    def text(self) -> RichText:
        """Give the widget that shows the text."""
        return self._rich

    def fit_margin(self) -> None:
        """Give the text a width that is read easily, in the middle."""
        room = self._rich.width() - self._rich.verticalScrollBar().sizeHint().width()
        wide = self._rich.fontMetrics().averageCharWidth() * self._letters
        side = max(24, (room - wide) // 2)
        self._rich.setViewportMargins(side, 14, side, 0)

    def _take_segments(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.feed.layout(while_open(self, self._take_layout))

    def _take_layout(self, layout: Layout | None) -> None:
        segments = self._segments or ()
        if layout is not None and layout.landscape:
            self._letters = _WIDEST_ACROSS
        self._rich.setPlaceholderText("There is no text in this document.")
        self._rich.fill(page_steps(self._rich, layout, segments))
        self.fit_margin()

    def _say_place(self) -> None:
        piece = self._rich.piece(self._rich.textCursor().block())
        if piece is not None and piece.segment is not None:
            self.place_changed.emit(place_words(piece.segment))
        elif piece is not None and piece.style == "picture":
            self.place_changed.emit(f"Picture: {piece.text}")

    # --- places -----------------------------------------------------------------------------------

    def show_part(self, place: str) -> bool:
        """Bring a picture that the case names into view; False where it is not shown."""
        block = self._rich.document().begin()
        while block.isValid():
            piece = self._rich.piece(block)
            if piece is not None and piece.style == "picture" and piece.text == place:
                self._rich.show_position(block.position())
                return True
            block = block.next()
        return False

    def spot(self) -> Spot | None:
        """Give the segment at the top, and how much of it is out of sight, in its own heights."""
        top = QRectF(self._rich.viewport().rect()).adjusted(4, 2, -4, 0).topLeft()
        block = self._rich.cursorForPosition(top.toPoint()).block()
        while block.isValid():
            piece = self._rich.piece(block)
            if piece is not None and piece.key is not None:
                return Spot("text", self._above(block) / self._line_height, piece.key)
            block = block.next()
        return None

    def go_to_spot(self, spot: Spot) -> None:
        """Bring the same segment to the top, where it is here, too."""
        block = self._rich.block_of(spot.key) if spot.key is not None else None
        if spot.container == "text" and block is not None:
            bar = self._rich.verticalScrollBar()
            bar.setValue(round(bar.value() - self._above(block) + spot.at * self._line_height))

    def _above(self, block: QTextBlock) -> float:
        """Give how far the beginning of a block lies above the top of what is seen, in pixels."""
        corner: QPointF = self._rich.corner(block)
        return -corner.y()

    @property
    def _line_height(self) -> float:
        return float(max(self._rich.fontMetrics().lineSpacing(), 1))
