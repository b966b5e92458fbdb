"""Pairs of persons who may be one: Enter says that they are, Delete that they are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor.app.persons import PersonRow
from redactor.people import Suggestion
from ui import theme
from ui.panels.button_row import ButtonRow

_MOST_SHOWN = 200
_HEADING = "May be &one person"


class SuggestedPairs(QWidget):
    """The pairs, and the two answers.

    Signals:
        looked_at: another pair is the current one; the id of its first person.
        one_person: the current pair is one person; the ids of both.
        two_persons: the current pair is two persons; the ids of both.
    """

    looked_at = Signal(str)
    one_person = Signal(str, str)
    two_persons = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestions: Sequence[Suggestion] = ()
        self.list = QListWidget()
        self.same, self.apart = QPushButton("They are one"), QPushButton("They are not")
        self._heading = QLabel(_HEADING)
        self._lay_out()
        self._connect()

    def show_pairs(
        self, suggestions: Sequence[Suggestion], person: Callable[[str], PersonRow | None]
    ) -> None:
        """Show who may be one.

        Args:
            person: gives a person by id.
        """
        self._suggestions = suggestions[:_MOST_SHOWN]
        at = self.list.currentRow()
        self.list.clear()
        for one in self._suggestions:
            first, second = person(one.one), person(one.other)
            if first is not None and second is not None:
                self.list.addItem(_item(one, first.subject.name, second.subject.name))
        if self.list.count():
            self.list.setCurrentRow(max(0, min(at, self.list.count() - 1)))
        total = len(suggestions)
        pairs = "1 pair" if total == 1 else f"{total:,} pairs"
        self._heading.setText(f"{_HEADING}: {pairs}" if total else _HEADING)

    def enable(self, *, may: bool) -> None:
        """Switch the answers; there is nothing to answer where nothing is suggested."""
        for button in (self.same, self.apart):
            button.setEnabled(may and bool(self._suggestions))

    def _pair(self) -> tuple[str, str] | None:
        if self.list.currentRow() < 0:
            return None
        one, other = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return str(one), str(other)

    def _look(self) -> None:
        if (pair := self._pair()) is not None:
            self.looked_at.emit(pair[0])

    def _accept(self) -> None:
        if (pair := self._pair()) is not None:
            self.one_person.emit(*pair)

    def _dismiss(self) -> None:
        if (pair := self._pair()) is not None:
            self.two_persons.emit(*pair)

    def _lay_out(self) -> None:
        theme.dress(self._heading, "heading")
        self._heading.setBuddy(self.list)
        self.list.setAccessibleName("Pairs that may be one person")
        self.list.setAccessibleDescription("Enter: they are one. Delete: they are not.")
        self.list.setMaximumHeight(150)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addWidget(self.list)
        column.addLayout(ButtonRow(self.same, self.apart))

    def _connect(self) -> None:
        self.same.clicked.connect(self._accept)
        self.apart.clicked.connect(self._dismiss)
        for key, do in (("Return", self._accept), ("Enter", self._accept), ("Del", self._dismiss)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        self.list.currentRowChanged.connect(lambda _: self._look())


def _item(suggestion: Suggestion, first: str, second: str) -> QListWidgetItem:
    item = QListWidgetItem(f"{first}  =  {second}?")
    item.setToolTip(suggestion.why)
    item.setData(Qt.ItemDataRole.UserRole, (suggestion.one, suggestion.other))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{first} may be {second}. {suggestion.why}")
    return item
