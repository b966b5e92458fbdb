"""Taking the files embedded in a document out, as documents of the case."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from redactor.app.case import Case
from redactor.app.embedded import take_out_embedded
from redactor.case.store import StoredDocument
from redactor.jobs import CaseSource
from redactor.model import Report
from redactor.workers import Lane
from ui.dialogs.working import Outcome, WorkDialog
from ui.session import Session
from ui.tasks import Courier

Taken = tuple[tuple[StoredDocument, CaseSource], ...]


class EmbeddedDialog(WorkDialog):
    """Add what is embedded in a document to the case; it begins at once.

    Signals:
        added: a file is in the case; its ``StoredDocument`` and its ``CaseSource``.
    """

    added = Signal(object, object)

    def __init__(
        self, session: Session, courier: Courier, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, courier, "Embedded files", parent)
        self.stopped = "You stopped it. What was added so far is in the case."
        self._number = number

    def start(self) -> None:
        """Begin."""

        def take(case: Case, lane: Lane, report: Report) -> Taken:
            numbers = take_out_embedded(case, lane, self._number, report)
            stored = [one for one in case.documents() if one.number in numbers]
            return tuple((one, case.source(one.number)) for one in stored)

        self.work("The document is read again, for the files embedded in it.", take, self._done)

    def _done(self, taken: Taken) -> Outcome:
        for stored, source in taken:
            self.added.emit(stored, source)
        if not taken:
            return Outcome(
                "Nothing was added",
                "No file that the program can read is embedded in the document, or the case holds "
                "each of them already.",
                good=True,
            )
        count = "1 file was" if len(taken) == 1 else f"{len(taken):,} files were"
        return Outcome(
            "Added",
            f"{count} added to the case, and will be searched like any other.",
            good=True,
            lines=[stored.name for stored, _ in taken],
            next_step="What is embedded is never released with the document around it.",
        )
