"""What detection uses: its rules, what ships with the program, and the models of the site."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from redactor.config import READ_SECONDS, models_folder
from redactor.detect.in_use import DetectionInUse
from redactor.errors import Cancelled, RedactorError
from redactor.jobs import try_models
from ui import theme
from ui.clipboard import copy_public
from ui.dialogs.base import words
from ui.tasks import Courier, Lanes, in_our_words

_HEADINGS = ("Searches with", "From", "State")
_TITLES = {
    "names": "Trained field: names",
    "domain": "Trained field: all that is personal",
}
_ABOUT = (
    "A document is searched with all of these, and what any of them finds is proposed. A better "
    "model that your authority has is taken up from its folder: a pipeline of spaCy such as "
    "en_core_web_lg, or a GLiNER model. Nothing is downloaded. A model that cannot be used blocks "
    "what was searched without it until somebody rules on it. Documents that were read before are "
    "not searched again by themselves."
)


class _Row(NamedTuple):
    what: str
    whence: str
    state: str
    is_trouble: bool = False


class DetectionDialog(QDialog):
    """List what detection uses; a worker tries each model out.

    Attributes:
        table: what there is, once it is known.
        state: how it stands as a whole.
    """

    def __init__(self, lanes: Lanes, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What detection uses")
        self.resize(900, 500)
        self._lanes, self._courier = lanes, courier
        self.table = _new_table()
        self.state = words("")
        self.state.setAccessibleName("How it stands")
        self.folder = QLineEdit(str(models_folder()))
        self.folder.setReadOnly(True)
        self.folder.setCursorPosition(0)
        self.folder.setAccessibleName("Folder for models")
        self.copy = QPushButton("&Copy")
        self.copy.setAccessibleName("Copy the path of the folder")
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.again = QPushButton("&Try again")
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._ask)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.again, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(words(_ABOUT))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.state)
        layout.addLayout(self._where())
        layout.addWidget(buttons)
        self._ask()

    def _where(self) -> QHBoxLayout:
        label = QLabel("Put &models here")
        label.setBuddy(self.folder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.folder, 1)
        row.addWidget(self.copy)
        return row

    def _copy(self) -> None:
        copy_public(self.folder.text())
        self._say("The path was copied.")

    def _ask(self) -> None:
        self.again.setEnabled(False)
        self._say("Each model is being loaded. While documents are being read, this has to wait.")
        ticket = self._lanes.reading.submit(try_models, timeout_s=READ_SECONDS)
        self.finished.connect(ticket.future.cancel)  # what runs may end; its answer is dropped
        ticket.future.add_done_callback(
            lambda done: self._courier.post(lambda: self._answered(done))
        )

    def _answered(self, done: Future[DetectionInUse]) -> None:
        if not isValid(self):  # it was closed meanwhile
            return
        self.again.setEnabled(True)
        try:
            self._show(done.result())
        except (Exception, CancelledError) as error:  # noqa: BLE001 - whatever ended the worker
            known = in_our_words(error)
            if not isinstance(known, Cancelled):
                self._refused(known)

    def _show(self, in_use: DetectionInUse) -> None:
        rows = list(_rows(in_use))
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, text in enumerate((row.what, row.whence, row.state)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(at, column, item)
        unusable = sum(row.is_trouble for row in rows)
        if unusable:
            models = "1 model" if unusable == 1 else f"{unusable} models"
            self._say(f"{models} of this site cannot be used.", is_trouble=True)
        elif in_use.models:
            self._say("All are in use.")
        else:
            self._say("All are in use. This site has no model of its own.")

    def _refused(self, error: RedactorError) -> None:
        self._say(error.user_message, is_trouble=True)

    def _say(self, text: str, *, is_trouble: bool = False) -> None:
        theme.dress(self.state, "trouble", on=is_trouble)
        self.state.setText(text)


def _rows(in_use: DetectionInUse) -> Iterator[_Row]:
    yield _Row(f"{in_use.rules} recognisers by rule", "The program", "In use")
    for field in in_use.fields:
        title = _TITLES.get(field.name, f"Trained field: {field.name}")
        yield _Row(title, f"The program, {field.told}", "In use")
    for model in in_use.models:
        state = f"Cannot be used: {model.trouble}" if model.trouble else "In use"
        yield _Row(model.name, f"{model.library}\n{model.folder}", state, bool(model.trouble))


def _new_table() -> QTableWidget:
    table = QTableWidget(0, len(_HEADINGS))
    table.setAccessibleName("What a document is searched with")
    table.setHorizontalHeaderLabels(_HEADINGS)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    for column in (1, 2):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table
