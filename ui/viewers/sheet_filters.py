"""Filter and sort: a few questions for each column, and a bar that says what is not shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from redactor.app.table_order import Arranged, Arrangement, Filter, Test
from redactor.model import Progress, column_letters
from ui import theme

_ANY = "Any"


class Arranger(Protocol):
    """What works out an order of rows (``CaseTables``)."""

    def arrange(
        self,
        container: str,
        wanted: Arrangement,
        then: Callable[[Arranged], None],
        progressed: Callable[[Progress], None],
    ) -> None:
        """Ask for the rows to show."""

    def stop(self, what: str) -> None:
        """Give up ``arrange``."""


class ArrangedBar(QFrame):
    """Says how many rows are shown, and brings all of them back.

    Signals:
        cleared: all rows are wanted again.
    """

    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.dress(self, "noticebar")
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.clear = QPushButton("Clear")
        self.clear.setAccessibleName("Clear filter and sorting: show all rows")
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self.said, 1)
        row.addWidget(self.clear)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence."""
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.show()


class FilterPopup(QFrame):
    """Asks what is wanted of one column.

    Signals:
        wanted: an ``Arrangement``.
    """

    wanted = Signal(object)

    def __init__(self, now: Arrangement, column: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._now, self._column = now, column
        letters = column_letters(column)
        mine = next((one for one in now.filters if one.column == column), None)
        self.up = QPushButton("Sort &ascending")
        self.down = QPushButton("Sort &descending")
        self.test = QComboBox()
        self.test.addItem(_ANY, None)
        for one in Test:
            self.test.addItem(f"{str(one)[0].upper()}{str(one)[1:]}", one)
        self.test.setAccessibleName(f"Show rows whose cell in column {letters}")
        self.text = QLineEdit()
        self.text.setAccessibleName("Text of the cell")
        self.text.setPlaceholderText("Text of the cell")
        self.apply = QPushButton("A&pply")
        self.apply.setDefault(True)
        title = QLabel(f"Column {letters}")
        theme.dress(title, "heading")
        at = self.test.findData(mine.test) if mine is not None else 1
        self.test.setCurrentIndex(at)
        self.text.setText(mine.text if mine is not None else "")
        grid = QGridLayout(self)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(self.up, 1, 0)
        grid.addWidget(self.down, 1, 1)
        grid.addWidget(QLabel("Show rows whose cell"), 2, 0, 1, 2)
        grid.addWidget(self.test, 3, 0, 1, 2)
        grid.addWidget(self.text, 4, 0, 1, 2)
        grid.addWidget(self.apply, 5, 0, 1, 2)
        self.up.clicked.connect(lambda: self._sort(descending=False))
        self.down.clicked.connect(lambda: self._sort(descending=True))
        self.test.currentIndexChanged.connect(self._test_chosen)
        self.text.returnPressed.connect(self._filter)
        self.apply.clicked.connect(self._filter)
        self._test_chosen()

    def _test_chosen(self) -> None:
        test = self.test.currentData()
        self.text.setEnabled(test is not None and Test(test).asks_text)

    def _sort(self, *, descending: bool) -> None:
        self._want(Arrangement(self._now.filters, self._column, descending))

    def _filter(self) -> None:
        others = tuple(one for one in self._now.filters if one.column != self._column)
        test = self.test.currentData()
        if test is not None and not (Test(test).asks_text and not self.text.text().strip()):
            text = self.text.text() if Test(test).asks_text else ""
            others = (*others, Filter(self._column, Test(test), text))
        self._want(Arrangement(others, self._now.sorted_by, self._now.descending))

    def _want(self, wanted: Arrangement) -> None:
        self.wanted.emit(wanted)
        self.close()


class SheetFilters(QObject):
    """What is filtered and sorted in each sheet of one document.

    Signals:
        arranged: other rows of a sheet are to be shown: its container, and the rows or None.
    """

    arranged = Signal(str, object)

    def __init__(self, tables: Arranger | None, bar: ArrangedBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._tables = tables
        self._bar = bar
        self._widget = parent
        self._container = ""
        self._wanted: dict[str, Arrangement] = {}
        self._said: dict[str, str] = {}
        self.popup: FilterPopup | None = None
        bar.cleared.connect(self.clear)

    @property
    def is_possible(self) -> bool:
        """Say whether there is a case that can be asked."""
        return self._tables is not None

    def show_sheet(self, container: str) -> None:
        """Speak of another sheet."""
        self._container = container
        said = self._said.get(container, "")
        if said:
            self._bar.say(said)
        else:
            self._bar.hide()

    def ask(self, column: int, at: QPoint) -> None:
        """Ask what is wanted of a column."""
        if self._tables is None or not self._container:
            return
        now = self._wanted.get(self._container, Arrangement())
        popup = FilterPopup(now, column, self._widget)
        popup.wanted.connect(self.apply)
        popup.move(at)
        popup.show()
        popup.text.setFocus(Qt.FocusReason.PopupFocusReason)
        self.popup = popup

    def sort(self, column: int, *, descending: bool) -> None:
        """Sort the rows by a column."""
        now = self._wanted.get(self._container, Arrangement())
        self.apply(Arrangement(now.filters, column, descending))

    def apply(self, wanted: Arrangement) -> None:
        """Show the rows that are wanted, as soon as they are found."""
        if self._tables is None:
            return
        if wanted.is_plain:
            self.clear()
            return
        container = self._container
        self._wanted[container] = wanted

        def progressed(how_far: Progress) -> None:
            share = f" {how_far.done * 100 // how_far.total} %" if how_far.total else ""
            self._tell(container, f"{how_far.what}…{share}")

        def then(found: Arranged) -> None:
            self.arranged.emit(container, found.rows)
            self._tell(container, _sentence(found, wanted))

        self._tell(container, "Going through the rows…")
        self._tables.arrange(container, wanted, then, progressed)

    def clear(self) -> None:
        """Show all rows in their own order."""
        if self._tables is not None:
            self._tables.stop("arrange")
        self._wanted.pop(self._container, None)
        self._said.pop(self._container, None)
        self._bar.hide()
        self.arranged.emit(self._container, None)

    def _tell(self, container: str, said: str) -> None:
        self._said[container] = said
        if container == self._container:
            self._bar.say(said)


def _sentence(found: Arranged, wanted: Arrangement) -> str:
    shown = f"Showing {len(found.rows) - found.head:,} of {found.total:,} rows"
    if wanted.sorted_by is None:
        return shown
    way = "from high to low" if wanted.descending else "from low to high"
    return f"{shown}, sorted by column {column_letters(wanted.sorted_by)} {way}"
