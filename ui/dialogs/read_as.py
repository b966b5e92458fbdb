"""Choose the encoding and the delimiter of a text file, and see at once how it would be read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from redactor.errors import RedactorError
from redactor.formats.encoding import ENCODING_NAMES, encoding_name
from redactor.formats.fields import DELIMITER_NAMES, delimiter_name
from redactor.formats.first_rows import FirstRows
from redactor.model import ReadAs
from ui.dialogs.base import Asking, new_form
from ui.document_view import DocumentView
from ui.session import Session

_FOUND_OUT = "Found out from the file"
#: So long a choice has to stand before the file is read for it: keys run through a list.
_REST_MS = 120
_WIDE, _TALL = 720, 520


class ReadAsDialog(Asking):
    """Two lists, and the first rows as they would be read.

    It cannot be accepted before the rows of what is chosen were seen.
    """

    def __init__(self, session: Session, document: DocumentView, parent: QWidget | None) -> None:
        super().__init__(parent, f"Read {document.name} differently", "Read it so")
        self._session = session
        self._document = document
        self._now = session.sources.read_as(document.number)
        self._seen: ReadAs | None = None
        self.encoding = _choices("Encoding", ENCODING_NAMES, self._now.encoding, encoding_name)
        self.delimiter = _choices(
            "What tells fields apart", _delimiters(), self._now.delimiter, delimiter_name
        )
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why it is read differently")
        self.reason.setPlaceholderText("It goes into the log; leave it empty if it is plain")
        self.rows = _table()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._ask)
        self._lay_out()
        self.encoding.currentIndexChanged.connect(self._changed)
        self.delimiter.currentIndexChanged.connect(self._changed)
        self._changed()
        self.encoding.setFocus()

    @property
    def chosen(self) -> ReadAs:
        """Give what is chosen."""
        return ReadAs(self.encoding.currentData(), self.delimiter.currentData())

    @property
    def why(self) -> str:
        """Give the reason, if one was written."""
        return self.reason.text().strip()

    def _lay_out(self) -> None:
        self.say("The release is rebuilt from what is read here. Check that names look right.")
        form = new_form()
        form.addRow("&Encoding", self.encoding)
        is_table = self._document.viewed_as == "csv"
        if is_table:
            form.addRow("&Fields told apart by", self.delimiter)
        form.addRow("&Why", self.reason)
        self.layout_.addLayout(form)
        heading = QLabel("First &rows" if is_table else "First &lines")
        heading.setBuddy(self.rows)
        self.layout_.addWidget(heading)
        self.layout_.addWidget(self.rows, 1)
        self.said = self.say("")
        self.said.setAccessibleName("How it would be read")
        self.layout_.addWidget(self.buttons)
        self.resize(_WIDE, _TALL)

    def _changed(self) -> None:
        self._seen = None
        self._allow()
        self.said.setText("Reading…")
        self._resting.start()

    def _allow(self) -> None:
        self.ok.setEnabled(self._seen == self.chosen != self._now)

    def _ask(self) -> None:
        chosen = self.chosen

        def known(first: FirstRows) -> None:
            if isValid(self) and chosen == self.chosen:
                self._show(chosen, first)

        def failed(error: RedactorError) -> None:
            if isValid(self) and chosen == self.chosen:
                self._show_trouble(error)

        self._session.sources.first_rows(self._document.number, chosen, known, failed)

    def _show(self, chosen: ReadAs, first: FirstRows) -> None:
        columns = max(map(len, first.rows), default=0)
        self.rows.clear()
        self.rows.setRowCount(len(first.rows))
        self.rows.setColumnCount(columns)
        for row, values in enumerate(first.rows):
            for column, value in enumerate(values):
                self.rows.setItem(row, column, QTableWidgetItem(value))
        self.rows.resizeColumnsToContents()
        self._seen = chosen
        already = " It is read so already." if chosen == self._now else ""
        self.said.setText(f"{first.said}{already}")
        self._allow()

    def _show_trouble(self, error: RedactorError) -> None:
        self.rows.setRowCount(0)
        self.said.setText(error.user_message)


def _delimiters() -> dict[str, str]:
    return {sign: name.capitalize() for sign, name in DELIMITER_NAMES.items()}


def _choices(
    title: str, names: dict[str, str], now: str, name_of: Callable[[str], str]
) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(title)
    box.addItem(_FOUND_OUT, "")
    for value, name in names.items():
        box.addItem(name, value)
    if now and box.findData(now) < 0:
        box.addItem(name_of(now), now)
    box.setCurrentIndex(box.findData(now))
    return box


def _table() -> QTableWidget:
    table = QTableWidget()
    table.setAccessibleName("The first rows as they would be read")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().hide()
    table.setWordWrap(False)
    return table
