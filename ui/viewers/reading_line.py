"""The line over the grid that shows the chosen cell whole, and lets a part of it be selected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from redactor.model import Segment, SegmentKey
from ui.viewers.marks import MarkIndex
from ui.viewers.text import MarkedText, pieces_of


class ReadingLine(QWidget):
    """The address of a cell and all of its text, three lines high."""

    def __init__(self, index: MarkIndex, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._key: SegmentKey | None = None
        self._address = QLabel(self)
        self._address.setMinimumWidth(72)
        self._address.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._address.setContentsMargins(0, 9, 0, 0)
        self.text = MarkedText(index, self)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(9)  # room for the signs of marks
        self.text.setAccessibleName("Text of the chosen cell")
        self.text.setAccessibleDescription("Select a part of it to mark only that part.")
        self.text.setPlaceholderText("Choose a cell to read all of it here")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._address)
        layout.addWidget(self.text)

    def show_cell(self, address: str, segment: Segment | None) -> None:
        """Show a cell; the same one again is left as it is, with what is selected in it."""
        self._address.setText(address)
        key = None if segment is None else segment.key
        if key is not None and key == self._key:
            return
        self._key = key
        if segment is None:
            self.text.set_pieces([])
            return
        style = "body" if segment.hidden is None else "hidden"
        self.text.set_pieces(pieces_of(segment, style))

    def clear_selection(self) -> None:
        """Select nothing of the text."""
        cursor = self.text.textCursor()
        cursor.clearSelection()
        self.text.setTextCursor(cursor)

    def set_letters(self, font: QFont) -> None:
        """Set the font, and a height of three lines of it."""
        self.text.setFont(font)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + 22)
        strong = QFont(font)
        strong.setBold(True)
        self._address.setFont(strong)
