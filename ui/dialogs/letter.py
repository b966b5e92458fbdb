"""Writing the response letter, and checking one that somebody wrote."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from redactor.app.letter_checking import check_draft
from redactor.app.letters import Requester, write_letter
from redactor.law.letters import Issue
from ui import icons, theme
from ui.dialogs.base import words
from ui.dialogs.working import Outcome, WorkDialog
from ui.moments import today
from ui.session import Session
from ui.tasks import Courier

_DRAFTS = "Letters (*.docx *.pdf *.txt *.odt)"


class LetterDialog(WorkDialog):
    """Ask who asked, and write the letter; their name is kept nowhere else."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session, courier, "Write the letter", parent)
        self.stopped = "You stopped it. No letter was written."
        self.name = QLineEdit()
        self.address = QPlainTextEdit()
        self.path = QLineEdit()
        self.browse = QPushButton("Choose…")
        self.write = QPushButton("Write the letter")
        self._lay_out_asking()
        self._check()
        self.name.setFocus()

    def start(self) -> None:
        """Write the letter, then check it as one that was brought in."""
        path = Path(self.path.text().strip())
        lines = [one.strip() for one in self.address.toPlainText().splitlines() if one.strip()]
        requester = Requester(self.name.text().strip(), tuple(lines))
        self.work(
            "The letter is written from what the case holds, searched for what is withheld, and "
            "checked.",
            lambda case, lane, _: (
                write_letter(case, lane, path, today=today(), requester=requester),
                check_draft(path, lane, case),
            )[1],
            self._conclude_letter,
        )

    def _conclude_letter(self, issues: tuple[Issue, ...]) -> Outcome:
        path = Path(self.path.text().strip())
        self.extra_button.setText("Open the letter")
        self.extra_button.setIcon(icons.icon("document"))
        self.extra_button.setAccessibleName("Open the letter")
        self.extra_button.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        )
        self.extra_button.show()
        return Outcome(
            "The letter is written",
            f"{path.name} was written. Nothing that is withheld stands in it. Read it through "
            "before it is sent.",
            good=True,
            lines=[issue_words(one) for one in issues],
            next_step="What is listed should be looked at first." if issues else "",
        )

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Write the letter as", self.path.text(), "Word files (*.docx)"
        )
        if name:
            self.path.setText(name if name.lower().endswith(".docx") else f"{name}.docx")

    def _check(self) -> None:
        path = Path(self.path.text().strip())
        good = path.is_absolute() and path.suffix.lower() == ".docx" and path.parent.is_dir()
        self.write.setEnabled(good and not path.exists())

    def _lay_out_asking(self) -> None:
        self.asked.addWidget(self.heading("Who asked"))
        self.asked.addWidget(
            words("Their name and address go into the letter, and are not kept in the case.")
        )
        self.asked.addLayout(_labelled("&Name", self.name, "Name of whoever asked"))
        self.asked.addLayout(_labelled("&Address", self.address, "Address of whoever asked"))
        self.address.setTabChangesFocus(True)
        row = _labelled("&File", self.path, "File of the letter")
        self.path.setPlaceholderText("A new Word file (.docx)")
        self.path.textChanged.connect(self._check)
        self.browse.setAccessibleName("Choose the file of the letter")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        row.addWidget(self.browse)
        self.asked.addLayout(row)
        self.write.clicked.connect(self.start)
        theme.dress(self.write, "main")
        self.finish_asking(self.write)


class LetterCheckDialog(WorkDialog):
    """Check the draft of a letter against the law and the case."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session, courier, "Check a letter", parent)
        self.stopped = "You stopped it. The letter was not checked."
        self.path = QLineEdit()
        self.browse = QPushButton("Choose…")
        self.check = QPushButton("Check it")
        self.asked.addWidget(self.heading("Which letter"))
        self.asked.addWidget(
            words(
                "Its citations, its notice of refusal, its figures and names are held against the "
                "law and against this case. The file is only read."
            )
        )
        row = _labelled("&File", self.path, "File of the letter")
        self.path.textChanged.connect(self._check)
        self.browse.setAccessibleName("Choose the file of the letter")
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        row.addWidget(self.browse)
        self.asked.addLayout(row)
        self.asked.addStretch(1)
        self.check.clicked.connect(self.start)
        theme.dress(self.check, "main")
        self.finish_asking(self.check)
        self.be_tall(on=False)
        self._check()

    def start(self) -> None:
        """Check it."""
        path = Path(self.path.text().strip())
        self.work(
            "The letter is read and checked.",
            lambda case, lane, _: check_draft(path, lane, case),
            self._conclude_check,
        )

    def _conclude_check(self, issues: tuple[Issue, ...]) -> Outcome:
        name = Path(self.path.text().strip()).name
        if not issues:
            return Outcome(
                "Nothing was found", f"{name} holds no slip that the program knows of.", good=True
            )
        count = "1 thing" if len(issues) == 1 else f"{len(issues)} things"
        return Outcome(
            "Look at these",
            f"{count} in {name} should be looked at before it is sent.",
            good=False,
            lines=[issue_words(one) for one in issues],
        )

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Check a letter", "", _DRAFTS)
        if name:
            self.path.setText(name)

    def _check(self) -> None:
        self.check.setEnabled(Path(self.path.text().strip()).is_file())


def issue_words(one: Issue) -> str:
    """Say in a line what is wrong with a letter, and where."""
    kind = str(one.kind).replace("-", " ")
    return f"{kind[:1].upper()}{kind[1:]} ({one.place}): {one.message}"


def _labelled(title: str, field: QWidget, name: str) -> QHBoxLayout:
    label = QLabel(title)
    label.setBuddy(field)
    label.setMinimumWidth(70)
    field.setAccessibleName(name)
    row = QHBoxLayout()
    row.addWidget(label)
    row.addWidget(field, 1)
    return row
