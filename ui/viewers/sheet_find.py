"""Find a text in the cells of a sheet, or of all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from redactor.app.table_order import MOST_FOUND, Place
from redactor.model import Progress
from ui import theme

_PAUSE_MS = 250


class Finder(Protocol):
    """What finds a text (``CaseTables``)."""

    def find(
        self,
        containers: list[str],
        text: str,
        then: Callable[[tuple[Place, ...]], None],
        progressed: Callable[[Progress], None],
    ) -> None:
        """Ask where a text stands."""

    def stop(self, what: str) -> None:
        """Give up ``find``."""


class FindBar(QFrame):
    """Where the text is typed.

    Signals:
        asked: another text is looked for, or in other sheets.
        step: 1 for the next place, -1 for the one before.
        closed: nothing is looked for any more.
    """

    asked = Signal()
    step = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self.line = QLineEdit()
        self.line.setPlaceholderText("Find in the cells")
        self.line.setAccessibleName("Find in the cells")
        self.line.setClearButtonEnabled(True)
        self.everywhere = QCheckBox("A&ll sheets")
        self.everywhere.setToolTip("Hidden sheets, too")
        self.count = QLabel()
        theme.dress(self.count, "quiet")
        self.previous = QPushButton("Previous")
        self.previous.setToolTip("Previous (Shift+F3)")
        self.next = QPushButton("Next")
        self.next.setToolTip("Next (F3)")
        self.close_button = QPushButton("Close")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.line, 1)
        for widget in (
            self.everywhere,
            self.count,
            self.previous,
            self.next,
            self.close_button,
        ):
            row.addWidget(widget)
        self.line.textChanged.connect(lambda _: self.asked.emit())
        self.line.returnPressed.connect(lambda: self.step.emit(1))
        self.everywhere.toggled.connect(lambda _: self.asked.emit())
        self.previous.clicked.connect(lambda: self.step.emit(-1))
        self.next.clicked.connect(lambda: self.step.emit(1))
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape; F3 goes on, as in the grid."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_F3:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)


class SheetFind(QObject):
    """Looks for what is typed, in the background.

    Signals:
        place_wanted: show a cell: container, row and column.
        closed: the grid is to have the focus again.
    """

    place_wanted = Signal(str, int, int)
    closed = Signal()

    def __init__(
        self,
        tables: Finder | None,
        bar: FindBar,
        sheets: Callable[[], tuple[list[str], Place]],
        parent: QObject,
    ) -> None:
        """Begin with nothing looked for.

        Args:
            sheets: gives all sheets in order, and the cell that is chosen now.
        """
        super().__init__(parent)
        self._tables = tables
        self._bar = bar
        self._sheets = sheets
        self._found: tuple[Place, ...] | None = None
        self._keys: list[tuple[int, int, int]] = []
        self._pending = 0
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        bar.asked.connect(self._changed)
        bar.step.connect(self.step)
        bar.closed.connect(self.close)

    @property
    def found(self) -> tuple[Place, ...] | None:
        """Give the places; None while they are looked for."""
        return self._found

    def open(self) -> None:
        """Show where to type."""
        if self._tables is None:
            return
        self._bar.show()
        self._bar.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.line.selectAll()

    def close(self) -> None:
        """Look for nothing."""
        self._pause.stop()
        if self._tables is not None:
            self._tables.stop("find")
        self._bar.hide()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next place from the chosen cell, or to the one before, round the end."""
        if not self._bar.line.text():
            self.open()
            return
        if self._found is None:
            self._pending = by
            return
        if not self._found:
            return
        names, (container, row, column) = self._sheets()
        here = names.index(container) if container in names else -1, row, column
        if by > 0:
            at = bisect_right(self._keys, here) % len(self._found)
        else:
            at = (bisect_left(self._keys, here) - 1) % len(self._found)
        self._bar.count.setText(f"{at + 1:,} of {self._told()}")
        self.place_wanted.emit(*self._found[at])

    def sheet_changed(self) -> None:
        """Look again, where only the sheet that is shown is looked through."""
        if self._bar.isVisible() and not self._bar.everywhere.isChecked():
            self._changed()

    def _changed(self) -> None:
        self._found = None
        self._bar.count.setText("")
        self._pause.start()

    def _ask(self) -> None:
        text = self._bar.line.text()
        if self._tables is None or not text.strip():
            return
        names, (container, _, _) = self._sheets()
        wanted = names if self._bar.everywhere.isChecked() else [container]

        def progressed(how_far: Progress) -> None:
            share = how_far.done * 100 // max(how_far.total, 1)
            self._bar.count.setText(f"Looking… {share} %")

        self._tables.find([one for one in wanted if one], text, self._take, progressed)

    def _take(self, found: tuple[Place, ...]) -> None:
        names, _ = self._sheets()
        self._found = found
        self._keys = [(names.index(name), row, column) for name, row, column in found]
        self._bar.count.setText(self._told())
        pending, self._pending = self._pending, 0
        if pending:
            self.step(pending)

    def _told(self) -> str:
        count = len(self._found or ())
        if count >= MOST_FOUND:
            return f"{count:,} or more cells"
        return "1 cell" if count == 1 else f"{count:,} cells"
