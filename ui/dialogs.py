"""The small dialogs: who is working, a new case, a ruling, files that were not added, trouble."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from redactor.config import cases_folder
from redactor.errors import RedactorError
from redactor.formats import FORMATS
from redactor.model import Ruling
from ui import theme
from ui.intake import NotAdded
from ui.messages import message_for

CASE_SUFFIX = ".redactor"
CASE_FILTER = f"Redactor cases (*{CASE_SUFFIX})"
_WIDTH = 460
_FORBIDDEN = set('<>:"/\\|?*')


def files_filter() -> str:
    """Give the filter of the file dialog, made from the list of formats."""
    every = " ".join(f"*{suffix}" for one in FORMATS for suffix in one.suffixes)
    each = (f"{one.title} ({' '.join('*' + s for s in one.suffixes)})" for one in FORMATS)
    return ";;".join([f"All documents ({every})", *each, "All files (*)"])


def free_name(folder: Path, stem: str) -> Path:
    """Give a file name in a folder that is not taken yet."""
    path = folder / f"{stem}{CASE_SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}{CASE_SUFFIX}"
        number += 1
    return path


class _Asking(QDialog):
    """A dialog that cannot be accepted before what it asks for is given."""

    def __init__(self, parent: QWidget | None, title: str, accept: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(18, 16, 18, 16)
        self.layout_.setSpacing(12)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(accept)
        self.ok.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def say(self, text: str) -> QLabel:
        """Add a paragraph."""
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.layout_.addWidget(label)
        return label


class NameDialog(_Asking):
    """Ask once who is working, since every decision names a person."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, "Who is working?", "Continue")
        self.say("Every decision is recorded with the name of the person who made it.")
        self.line = QLineEdit(name)
        self.line.setAccessibleName("Your name")
        self.line.setPlaceholderText("First name and surname, as your authority knows you")
        self.line.setMaxLength(80)
        form = QFormLayout()
        form.addRow("&Your name", self.line)
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.buttons)
        self.line.textChanged.connect(self._check)
        self._check()

    @property
    def name(self) -> str:
        """Give the name."""
        return " ".join(self.line.text().split())

    def _check(self) -> None:
        self.ok.setEnabled(len(self.name) >= 2)


class NewCaseDialog(_Asking):
    """Ask for a reference and where the case file is to lie."""

    def __init__(self, stem: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, "New case", "Make the case")
        self.say(
            "A case is one file that holds copies of the documents, and every decision with its "
            "reason. Each decision is saved as it is made. The originals are never changed."
        )
        self.reference = QLineEdit(stem)
        self.reference.setAccessibleName("Reference of the request")
        self.reference.setPlaceholderText("The reference of the request, such as FOI 2025/0417")
        self.folder = QLineEdit(str(cases_folder()))
        self.folder.setAccessibleName("Folder of the case file")
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose the folder of the case file")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        self.outcome = QLabel()
        theme.dress(self.outcome, "quiet")
        self.outcome.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow("&Reference", self.reference)
        form.addRow("&Kept in", row)
        form.labelForField(row).setBuddy(self.folder)  # type: ignore[attr-defined]
        form.addRow("", self.outcome)
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.buttons)
        self.reference.textChanged.connect(self._check)
        self.folder.textChanged.connect(self._check)
        self._check()

    @property
    def ref(self) -> str:
        """Give the reference."""
        return " ".join(self.reference.text().split())

    @property
    def path(self) -> Path:
        """Give where the case file is to lie."""
        stem = "".join("-" if one in _FORBIDDEN else one for one in self.ref).strip(". ")
        return free_name(Path(self.folder.text()), stem or "Case")

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Keep the case in", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _check(self) -> None:
        there = Path(self.folder.text()).is_dir()
        self.ok.setEnabled(bool(self.ref) and there)
        if not there:
            self.outcome.setText("There is no such folder.")
        else:
            self.outcome.setText(
                f"The case file will be called {self.path.name}." if self.ref else ""
            )


class RulingDialog(_Asking):
    """Ask what is to happen with a part that could not be read, and why."""

    def __init__(
        self,
        what: str,
        why: str,
        rulings: Sequence[Ruling],
        actor: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "Rule on a part", "Record the ruling")
        heading = self.say(what)
        theme.dress(heading, "heading")
        self.say(why)
        self._choices = QButtonGroup(self)
        self._rulings = tuple(rulings)
        for number, ruling in enumerate(self._rulings):
            title, meaning = _RULINGS[ruling]
            button = QRadioButton(title)
            button.setAccessibleName(title)
            button.setAccessibleDescription(meaning)
            self._choices.addButton(button, number)
            self.layout_.addWidget(button)
            self.say(meaning).setContentsMargins(26, 0, 0, 4)
        if len(self._rulings) == 1:
            self._choices.button(0).setChecked(True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason for the ruling")
        self.reason.setPlaceholderText("Why? This is recorded with your name.")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        label = QLabel("&Reason")
        label.setBuddy(self.reason)
        self.layout_.addWidget(label)
        self.layout_.addWidget(self.reason)
        signed = self.say(f"Ruled by {actor}")
        theme.dress(signed, "quiet")
        self.layout_.addWidget(self.buttons)
        self.reason.textChanged.connect(self._check)
        self._choices.idToggled.connect(self._check)
        self._check()

    @property
    def ruling(self) -> Ruling | None:
        """Give the ruling that was chosen."""
        chosen = self._choices.checkedId()
        return self._rulings[chosen] if chosen >= 0 else None

    def choose(self, ruling: Ruling) -> None:
        """Choose a ruling."""
        self._choices.button(self._rulings.index(ruling)).setChecked(True)

    def _check(self) -> None:
        written = bool(self.reason.toPlainText().strip())
        self.ok.setEnabled(written and self.ruling is not None)


_RULINGS = {
    Ruling.LEAVE_OUT: (
        "Leave it out",
        "The release will not hold this part. The list of what was left out names it.",
    ),
    Ruling.RELEASE_AS_SEEN: (
        "I have looked at it; release it as it is",
        "You take it on yourself that nothing in it is to be withheld. Redactor cannot check it.",
    ),
}


class NotAddedDialog(QDialog):
    """List files that were not taken in, with the reason for each."""

    def __init__(self, files: Sequence[NotAdded], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Files that were not added")
        self.resize(560, 340)
        count = "1 file was" if len(files) == 1 else f"{len(files)} files were"
        label = QLabel(f"{count} &not added. They will not be part of any release.")
        label.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Files that were not added")
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        for one in files:
            item = QListWidgetItem(f"{one.name}\n{one.why}")
            self.list.addItem(item)
        label.setBuddy(self.list)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(label)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)


class PreviewDialog(QDialog):
    """Show a passage as it would read once released."""

    def __init__(self, passage: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preview of the passage")
        self.resize(640, 420)
        label = QLabel(
            "The &passage with what is decided so far. Undecided findings still stand in it, and "
            "only a release is rebuilt and checked."
        )
        label.setWordWrap(True)
        self.text = QPlainTextEdit(passage)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The passage as it would read")
        label.setBuddy(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(label)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)


def show_error(parent: QWidget, error: RedactorError) -> None:
    """Show an error without stopping what runs behind it."""
    message = message_for(error)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Redactor")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message.title)
    box.setInformativeText("\n\n".join(filter(None, (message.happened, message.next_step))))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
