"""What the viewers of running text share: marks, selection, size, and the notice over it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QWidget

from redactor.model import Span, Target
from ui.viewers.base import Feed, MarkView
from ui.viewers.frame import FramedViewer, WheelZoom
from ui.viewers.marks import MarkIndex
from ui.viewers.rich import RichText
from ui.viewers.text import MarkedText

_SMALLEST, _LARGEST = 6.0, 40.0


class RunningViewer(FramedViewer):
    """Running text in one widget. What it shows, and where a place in it is, is left open."""

    def __init__(
        self, feed: Feed, text: MarkedText | RichText, index: MarkIndex, parent: QWidget | None
    ) -> None:
        super().__init__(feed, parent)
        self._index = index
        self._reveal: int | None = None
        self._text = text
        text.setParent(self.viewport())
        text.setAccessibleName("Text of the draft, not redacted")
        text.setAccessibleDescription("Move with the arrow keys, select with Shift.")
        text.setPlaceholderText("Opening the text …")
        layout = QHBoxLayout(self.viewport())
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text)
        self.setFocusProxy(text)
        self.setAccessibleName("Draft, not redacted")
        self._wheel_zoom = WheelZoom(self)
        text.viewport().installEventFilter(self._wheel_zoom)
        text.mark_clicked.connect(self.mark_activated)
        text.filled.connect(self._text_is_there)
        text.cursorPositionChanged.connect(self._say_place)
        text.verticalScrollBar().valueChanged.connect(self.moved)
        self._size = max(self.font().pointSizeF(), 8.0)
        self._normal = self._size + 2
        self._set_size(self._normal)

    @property
    def bar(self) -> QScrollBar:
        """Give the scroll bar of the text."""
        return self._text.verticalScrollBar()

    @abstractmethod
    def _say_place(self) -> None:
        """Say where the caret is."""

    @abstractmethod
    def fit_margin(self) -> None:
        """Fit the margins of the text to its width."""

    def _text_is_there(self) -> None:
        self.fit_margin()
        if self._reveal is not None:
            self.show_mark(self._reveal)
        self._say_place()
        self.settled.emit()

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

    def go_to_target(self, target: Target) -> None:
        """Put the caret where the segment of a target begins."""
        if isinstance(target, Span):
            self._text.go_to(Span(target.segment, 0, 0, target.column))

    def show_candidate(self, name: str) -> None:
        """Say everywhere that a file of a candidate is shown, and no draft."""
        super().show_candidate(name)
        self._text.setAccessibleName(f"Text of {name}, as it would be released")

    # --- size ---------------------------------------------------------------------------------

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller by steps; 0 gives the normal size."""
        size = self._normal if steps == 0 else self._size * 1.15**steps
        self._set_size(min(max(size, _SMALLEST), _LARGEST))

    def _set_size(self, size: float) -> None:
        self._size = size
        font = self._font()
        font.setPointSizeF(size)
        self._text.setFont(font)
        self.fit_margin()

    def _font(self) -> QFont:
        return QFont(self.font())

    def sizeHint(self) -> QSize:
        """Ask for the room of a readable column."""
        return QSize(760, 900)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the margins to the new width."""
        super().resizeEvent(event)
        self.fit_margin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the selection with Escape; see ``FramedViewer``."""
        cursor = self._text.textCursor()
        if event.key() == Qt.Key.Key_Escape and cursor.hasSelection():
            cursor.clearSelection()
            self._text.setTextCursor(cursor)
            event.accept()
            return
        super().keyPressEvent(event)
