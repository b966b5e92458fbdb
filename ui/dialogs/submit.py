"""Submitting: how to write each document, how far it is, and what was handed to the reviewer."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from redactor.app.forms import Form, choices, form_title, is_paged, needs_reason
from redactor.app.signoff import Submitted, submit
from ui.dialogs.base import words
from ui.dialogs.pdf_look import PdfLookBox
from ui.dialogs.working import Outcome, WorkDialog
from ui.session import Session
from ui.tasks import Courier


class SubmitDialog(WorkDialog):
    """Build and check what would be released, and hand the case to a reviewer."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session, courier, "Submit the case", parent)
        self.stopped = "You stopped it. Nothing was submitted, and the case stands as it did."
        self.targets: dict[int, QComboBox] = {}
        self.reasons: dict[int, QLineEdit] = {}
        self.wanting = words("", "quiet")
        self.look = PdfLookBox(_regime(session), session.ref)
        self.submit = QPushButton("Submit")
        self._lay_out_asking()
        self._check()
        self.submit.setFocus()

    def start(self) -> None:
        """Begin with what was chosen."""
        forms = {number: self._form(number) for number in self.targets}
        pdf = self.look.wish
        self.work(
            "Every file is rebuilt and searched for everything withheld. Nothing is submitted "
            "before every check has been passed.",
            lambda case, lane, report: submit(
                case, lane, forms=forms, pdf=pdf, every_lead=True, report=report
            ),
            _outcome,
        )

    def _lay_out_asking(self) -> None:
        self.asked.addWidget(self.heading("How to write the release"))
        self.asked.addWidget(
            words(
                "Each file is rebuilt from what was approved, then searched for everything "
                "withheld. What passes every check is kept in the case, for another person to "
                "approve. Nothing is written outside it, and the originals are not changed."
            )
        )
        if any(one.format and is_paged(one.format) for one in self.session.documents.values()):
            self.asked.addWidget(self.look)
        self.asked.addWidget(self.heading("Write each document as"))
        self.asked.addWidget(self._choices(), 1)
        self.asked.addWidget(self.wanting)
        self.submit.setAccessibleName("Submit the case")
        self.submit.clicked.connect(self.start)
        self.finish_asking(self.submit)

    def _form(self, number: int) -> Form:
        return Form(str(self.targets[number].currentData()), self.reasons[number].text())

    def _check(self) -> None:
        """Ask for a reason where a spreadsheet was chosen, and wait for it."""
        wanting = 0
        for number, reason in self.reasons.items():
            form = self._form(number)
            asked = needs_reason(form.target)
            reason.setVisible(asked)
            wanting += asked and not form.reason.strip()
        self.submit.setEnabled(not wanting)
        self.wanting.setText(
            "Say why a spreadsheet goes out as one. Where nobody asked for it, CSV or PDF is safer."
            if wanting
            else ""
        )

    def _choices(self) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setColumnStretch(0, 1)
        read = [one for one in self.session.documents.values() if one.status == "read"]
        for row, document in enumerate(read):
            box = QComboBox()
            box.setAccessibleName(f"Write {document.name} as")
            for position, target in enumerate(choices(document.format)):
                title = form_title(target)
                title = title[:1].upper() + title[1:]
                box.addItem(title if position else f"{title} (advised)", target)
            reason = QLineEdit()
            reason.setPlaceholderText("Why a spreadsheet: who asked for it, and how (s11 FOIA)")
            reason.setAccessibleName(f"Why {document.name} goes out as a spreadsheet")
            reason.hide()
            box.currentIndexChanged.connect(self._check)
            reason.textChanged.connect(self._check)
            label = QLabel(document.name)
            label.setBuddy(box)
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(box, 2 * row, 1)
            grid.addWidget(reason, 2 * row + 1, 0, 1, 2)
            self.reasons[document.number] = reason
            self.targets[document.number] = box
        grid.setRowStretch(2 * len(read), 1)
        area = QScrollArea()
        area.setAccessibleName("Documents of the release")
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area


def _regime(session: Session) -> str:
    begun = session.life.case
    return "" if begun is None else str(begun.body.get("regime", ""))


def _outcome(submitted: Submitted) -> Outcome:
    checks, redactions = len(submitted.report.checks), submitted.redactions
    places = "1 place was" if redactions == 1 else f"{redactions:,} places were"
    return Outcome(
        "Submitted",
        f"{_files(len(submitted.files))} built and kept in the case. {places} redacted. All "
        f"{checks} checks were passed: nothing withheld was found in any file.",
        good=True,
        files=submitted.files,
        lines=[f"Note: {note}" for note in submitted.notes],
        next_step="What happens next: another person, a reviewer who did not prepare the case, "
        "looks at it and approves or returns it. A change that is made meanwhile takes the "
        "submission away.",
    )


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count:,} files were"
