"""Approving: exactly what is signed, by whom, and that it was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QWidget

from redactor.app.forms import form_title
from redactor.app.next_steps import Offered
from redactor.app.pdf_look import look_in, look_words
from redactor.app.signoff import approve
from redactor.case.signing import grouped
from redactor.events import Event
from redactor.sampling import is_finished
from ui import theme
from ui.dialogs.base import words
from ui.dialogs.files_table import SHOWN_OF_DIGEST, FilesTable
from ui.dialogs.working import Outcome, WorkDialog
from ui.moments import spoken_iso
from ui.session import Session
from ui.tasks import Courier
from ui.ticks import tick_clearly


class ApproveDialog(WorkDialog):
    """Sign what was submitted. It cannot be signed before the person says they looked at it.

    Signals:
        sample_wanted: they want to read the re-check sample first.
    """

    sample_wanted = Signal()

    def __init__(
        self, session: Session, courier: Courier, offered: Offered, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, courier, "Approve the case", parent)
        self.stopped = "You stopped it. Nothing was signed, and the case stands as it did."
        self.signed_files = FilesTable()
        self.signed_files.setAccessibleName("Files that are signed")
        self.signed_files.show_files(offered.files)
        self.looked = tick_clearly(QCheckBox("&I have looked at the source and the candidate"))
        self.approve = QPushButton("Approve and sign")
        self.sample = QPushButton("Read the &sample first")
        self._offered = offered
        self._lay_out_asking()
        self._check()
        self.looked.setFocus()

    def start(self) -> None:
        """Sign."""
        self.work(
            "The case file is held against its log, then signed, and the certificate is made.",
            partial(approve, shown=self._offered.head),
            lambda _: _outcome(self.session.actor, len(self._offered.files)),
        )

    def _check(self) -> None:
        self.approve.setEnabled(self.looked.isChecked())

    def _lay_out_asking(self) -> None:
        self.asked.addWidget(self.heading("What you sign"))
        self.asked.addLayout(self._facts())
        self.asked.addWidget(self.signed_files, 1)
        self.asked.addWidget(
            words(
                f"Approving signs exactly these files, the decisions and the log with your key: "
                f"{self.session.actor}, {grouped(self.session.signer.fingerprint)}. Any later "
                "change of the case takes the approval away."
            )
        )
        self.looked.toggled.connect(self._check)
        self.asked.addWidget(self.looked)
        self.approve.setAccessibleName("Approve and sign")
        self.approve.clicked.connect(self.start)
        self.sample.setAccessibleName("Read the re-check sample first")
        self.sample.setAutoDefault(False)
        self.sample.clicked.connect(self._read_first)
        self.sample.setVisible(not is_finished(self.session.life.sampled))
        self.finish_asking(self.approve, self.sample)

    def _read_first(self) -> None:
        self.reject()
        self.sample_wanted.emit()

    def _facts(self) -> QGridLayout:
        offered = self._offered
        submitted = offered.event
        body = submitted.body
        rulings = f", and {_counted(offered.rulings, 'ruling')}" if offered.rulings else ""
        made = (
            f"{_counted(int(body['redactions']), 'place')} redacted, "
            f"{_counted(int(body['kept']), 'finding')} kept"
        )
        facts = (
            ("Prepared by", ", ".join(offered.prepared_by), ""),
            ("Submitted", f"by {submitted.actor} on {spoken_iso(submitted.at)}", ""),
            ("Decisions", f"{offered.decisions:,}{rulings}: {made}", ""),
            *_forms(self.session, offered),
            *_pdfs(submitted),
            ("Re-check sample", _sample_words(self.session.life.sampled), ""),
            ("Manifest", _short(str(body["manifest"])), str(body["manifest"])),
            ("Head of the log", _short(offered.head), offered.head),
        )
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        for row, (title, text, full) in enumerate(facts):
            name, value = QLabel(title), words(text)
            theme.dress(name, "quiet")
            value.setAccessibleName(title)
            value.setAccessibleDescription(full)
            value.setToolTip(full)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return grid


def _forms(session: Session, offered: Offered) -> list[tuple[str, str, str]]:
    """Say which documents go out as spreadsheets, and why."""
    said = [
        f"{session.documents[number].name} as a {form_title(form.target)}: {form.reason}"
        for number, form in offered.forms.items()
        if form.reason and number in session.documents
    ]
    return [("Spreadsheets", "\n".join(said), "")] if said else []


def _pdfs(submitted: Event) -> list[tuple[str, str, str]]:
    """Say how PDFs look, where it is not as always."""
    said = "; ".join(look_words(look_in(submitted), in_full=True))
    return [("PDF files", f"{said[:1].upper()}{said[1:]}", "")] if said else []


def _sample_words(shown: Mapping[str, Any]) -> str:
    """Say what the re-check sample showed, as the certificate will."""
    if not shown.get("drawn"):
        return "None was taken. The certificate will say so."
    if not is_finished(shown):
        read = f"{shown['looked_at']:,} of {_counted(shown['drawn'], 'passage')} read"
        return f"{read}: not finished. The certificate will say so."
    return f"{_counted(shown['looked_at'], 'passage')} read, nothing missed"


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _short(digest: str) -> str:
    return f"{digest[:SHOWN_OF_DIGEST]}…"


def _outcome(actor: str, files: int) -> Outcome:
    return Outcome(
        "Approved",
        f"{actor} signed {_counted(files, 'file')}. The certificate of release is kept with them "
        "in the case.",
        good=True,
        next_step="What happens next: an officer or a reviewer releases the files into a folder. "
        "A change of the case takes the approval away.",
    )
