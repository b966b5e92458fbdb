"""Dialogs about case files: a new one, opening one, and taking one over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from redactor.app.site_lists import SiteLists
from redactor.case.passphrase import SHORTEST
from redactor.config import cases_folder
from redactor.errors import StaleLock
from redactor.law.regimes import Regime
from ui import theme
from ui.dialogs.base import Asking, PassphraseField, add_pair, new_form, words
from ui.ticks import tick_clearly

CASE_SUFFIX = ".redactor"
CASE_FILTER = f"Redactor cases (*{CASE_SUFFIX})"
_FORBIDDEN = set('<>:"/\\|?*')


def free_name(folder: Path, stem: str) -> Path:
    """Give a file name in a folder that is not taken yet."""
    path = folder / f"{stem}{CASE_SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}{CASE_SUFFIX}"
        number += 1
    return path


def passphrase_trouble(first: str, second: str) -> str:
    """Say what is wrong with a new passphrase that was typed twice; empty where all is well."""
    if not first:
        return ""
    if len(first) < SHORTEST or not first.strip():
        return f"The passphrase needs at least {SHORTEST} characters."
    if second and first != second:
        return "The two passphrases are not the same."
    return ""


class NewCaseDialog(Asking):
    """Ask what a case is about, where its file is to lie, and for its passphrase.

    Where the authority keeps lists, it offers to adopt them, and stays open until their passphrase
    is the right one.

    Attributes:
        site: the lists to be adopted; None without.

    Signals:
        lists_wanted: the lists are to be opened with this passphrase before the case is made.
    """

    lists_wanted = Signal(str)

    def __init__(
        self, ref: str = "", parent: QWidget | None = None, site_lists: Path | None = None
    ) -> None:
        super().__init__(parent, "New case", "Make the case")
        self.say(
            "A case is one encrypted file. It holds copies of the documents, and every decision "
            "with its reason, saved as it is made. The originals are never changed."
        )
        self.reference = QLineEdit(ref)
        self.reference.setAccessibleName("Reference of the request")
        self.reference.setPlaceholderText("The reference of the request, such as FOI 2025/0417")
        self.regime_box = QComboBox()
        self.regime_box.setAccessibleName("Law under which it is answered")
        for regime in Regime:
            self.regime_box.addItem(regime.words.title, str(regime))
        self.date = QDateEdit(QDate.currentDate())
        self.date.setAccessibleName("Day on which the request was received")
        self.date.setDisplayFormat("d MMMM yyyy")
        self.date.setCalendarPopup(True)
        self.date.setMaximumDate(QDate.currentDate())
        self.date_unknown = tick_clearly(QCheckBox("Not &known"))
        self.date_unknown.setAccessibleName("The day of receipt is not known")
        self.date_unknown.toggled.connect(self.date.setDisabled)
        self.folder = QLineEdit(str(cases_folder()))
        self.folder.setAccessibleName("Folder of the case file")
        self.passphrase_field = PassphraseField("Passphrase of the case")
        self.again = PassphraseField("Passphrase of the case again")
        self.trouble = words("", "trouble")
        self.outcome = words("", "quiet")
        self.in_full = tick_clearly(QCheckBox("Ask for a &full justification of every redaction"))
        self.in_full.setAccessibleName("Ask for a full justification of every redaction")
        self.in_full.setToolTip(
            "Before the case is submitted, every redaction has to rest on a justification that "
            "answers all that its limb asks. Without it a reason is enough."
        )
        self.site: SiteLists | None = None
        self.adopting = tick_clearly(QCheckBox("Adopt the lists of the authori&ty"))
        self.adopting.setAccessibleName("Adopt the lists of the authority")
        self.lists_passphrase = PassphraseField("Passphrase of the lists")
        self.lists_trouble = words("", "trouble")
        self._busy = False
        self._lay_out()
        self._offer_lists(site_lists)
        for line in (self.reference, self.folder, self.passphrase_field.line, self.again.line):
            line.textChanged.connect(self._check)
        self._check()

    @property
    def ref(self) -> str:
        """Give the reference."""
        return " ".join(self.reference.text().split())

    @property
    def regime(self) -> str:
        """Give the law under which it is answered, as ``Case.create`` takes it."""
        return str(self.regime_box.currentData())

    @property
    def received(self) -> str:
        """Give the day of receipt, YYYY-MM-DD; empty where it is not known."""
        if self.date_unknown.isChecked():
            return ""
        return self.date.date().toString(Qt.DateFormat.ISODate)

    @property
    def passphrase(self) -> str:
        """Give the passphrase."""
        return self.passphrase_field.text

    @property
    def path(self) -> Path:
        """Give where the case file is to lie."""
        stem = "".join("-" if one in _FORBIDDEN else one for one in self.ref).strip(". ")
        return free_name(Path(self.folder.text()), stem or "Case")

    def _lay_out(self) -> None:
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose the folder of the case file")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        form = new_form()
        form.addRow("&Reference", self.reference)
        form.addRow("&Law", self.regime_box)
        add_pair(form, "Re&ceived", self.date, self.date_unknown)
        add_pair(form, "Kept &in", self.folder, choose)
        form.addRow("", self.outcome)
        form.addRow("&Passphrase", self.passphrase_field)
        form.addRow("&Again", self.again)
        form.addRow("", self.trouble)
        form.addRow("", self.in_full)
        form.addRow("", self.adopting)
        form.addRow("Lists' pa&ssphrase", self.lists_passphrase)
        form.addRow("", self.lists_trouble)
        self.layout_.addLayout(form)
        self.form = form
        self.say(
            "Nobody can recover the passphrase. Whoever loses it loses the case. Keep it where "
            "your authority keeps its passwords, and give it only to those who work on the case.",
            "notice",
        )
        self.layout_.addWidget(self.buttons)

    def _offer_lists(self, path: Path | None) -> None:
        """Show the tick where there is a file of lists, and the passphrase once it is ticked."""
        there = path is not None and path.is_file()
        self.form.setRowVisible(self.adopting, there)
        self.form.setRowVisible(self.lists_passphrase, False)  # noqa: FBT003 - Qt's own
        self.form.setRowVisible(self.lists_trouble, False)  # noqa: FBT003
        if path is not None and there:
            self.adopting.setToolTip(
                f"The case takes a copy of what {path.name} lists now. The log records a seal "
                "over it and how many entries there are, never their words."
            )
        self.adopting.toggled.connect(self._ask_for_lists)
        self.lists_passphrase.line.textChanged.connect(self._check)

    def _ask_for_lists(self, on: bool) -> None:
        self.form.setRowVisible(self.lists_passphrase, on)
        self.form.setRowVisible(self.lists_trouble, on)
        if on:
            self.lists_passphrase.line.setFocus()
        self._check()
        self.make_room()

    def accept(self) -> None:
        """Have the lists opened first, where they are to be adopted; then make the case."""
        if not self.ok.isEnabled():
            return
        if self.adopting.isChecked():
            self._set_busy(busy=True)
            self.lists_trouble.setText("")
            self.lists_wanted.emit(self.lists_passphrase.text)
        else:
            super().accept()

    def adopt(self, site: SiteLists) -> None:
        """Go, with the lists that the case is to adopt."""
        self.site = site
        super().accept()

    def refuse(self, why: str) -> None:
        """Say why the lists were not opened, and ask again; no case was made."""
        self._set_busy(busy=False)
        self.lists_trouble.setText(why)
        self.make_room()
        self.lists_passphrase.line.selectAll()
        self.lists_passphrase.line.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.lists_passphrase.setEnabled(not busy)
        self.ok.setText("Opening the lists…" if busy else "Make the case")
        self._check()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Keep the case in", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _check(self) -> None:
        there = Path(self.folder.text()).is_dir()
        trouble = passphrase_trouble(self.passphrase, self.again.text)
        same = bool(self.passphrase) and self.passphrase == self.again.text
        self.trouble.setText(trouble)
        lists = bool(self.lists_passphrase.text) or not self.adopting.isChecked()
        ready = bool(self.ref) and there and same and not trouble and lists
        self.ok.setEnabled(ready and not self._busy)
        theme.dress(self.outcome, "trouble", on=not there)
        if not there:
            self.outcome.setText("There is no such folder.")
        else:
            self.outcome.setText(f"The file will be called {self.path.name}." if self.ref else "")


class OpenCaseDialog(Asking):
    """Ask for the passphrase of a case, and stay open while it is the wrong one.

    Signals:
        tried: a passphrase was given.
    """

    tried = Signal(str)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Open a case", "Open")
        self.say(path.stem, "heading")
        self.say(f"Kept in {path.parent}", "quiet")
        self.passphrase_field = PassphraseField("Passphrase of the case")
        self.trouble = words("", "trouble")
        form = new_form()
        form.addRow("&Passphrase", self.passphrase_field)
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.trouble)
        self.layout_.addWidget(self.buttons)
        self.passphrase_field.line.textChanged.connect(self._check)
        self.passphrase_field.line.setFocus()
        self._busy = False
        self._check()

    def accept(self) -> None:
        """Try the passphrase; the dialog goes once it was the right one."""
        if self.ok.isEnabled():
            self._set_busy(busy=True)
            self.trouble.setText("")
            self.tried.emit(self.passphrase_field.text)

    def opened(self) -> None:
        """Go, since the case is open."""
        super().accept()

    def refuse(self, why: str) -> None:
        """Say why it did not open, and ask again."""
        self._set_busy(busy=False)
        self.trouble.setText(why)
        self.make_room()
        self.passphrase_field.line.selectAll()
        self.passphrase_field.line.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.passphrase_field.setEnabled(not busy)
        self.ok.setText("Opening…" if busy else "Open")
        self._check()

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.passphrase_field.text) and not self._busy)


class TakeOverDialog(Asking):
    """Ask why a case that somebody else did not close is taken over."""

    def __init__(self, error: StaleLock, parent: QWidget | None = None) -> None:
        super().__init__(parent, "The case was not closed properly", "Take it over")
        self.say("The case was not closed properly", "heading")
        self.say(error.user_message)
        self.reason_field = QPlainTextEdit()
        self.reason_field.setAccessibleName("Reason for taking the case over")
        self.reason_field.setPlaceholderText("Why? This goes into the log with your name.")
        self.reason_field.setTabChangesFocus(True)
        self.reason_field.setFixedHeight(72)
        label = QLabel("&Reason")
        label.setBuddy(self.reason_field)
        self.layout_.addWidget(label)
        self.layout_.addWidget(self.reason_field)
        self.layout_.addWidget(self.buttons)
        self.reason_field.textChanged.connect(self._check)
        self._check()

    @property
    def reason(self) -> str:
        """Give the reason."""
        return self.reason_field.toPlainText().strip()

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.reason))
