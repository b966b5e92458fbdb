"""Recording what a person changes in the open case, and what holds since."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from redactor.app.case import Case, Change
from redactor.case.signing import Signer
from redactor.errors import RedactorError
from redactor.events import EventKind
from redactor.model import Ruling
from redactor.review import Justification, LeadRuling, SetAside, Standing, StandingRuling
from ui.applying import Applying
from ui.asking import Applied, applied
from ui.document_view import DocumentView
from ui.marks import Marks
from ui.membership import Membership
from ui.tasks import CaseLane, Courier

#: What is shown of a change as it is taken over.
_APPLIED = (
    "marks_added",
    "marks_changed",
    "marks_forgotten",
    "document_changed",
    "rulings_changed",
    "told",
)


class Recording(Membership):
    """What stands in the open case: written in its own thread, then shown.

    Signals:
        document_changed: one document's status, progress or counts changed; its number.
        marks_added: new marks; a list of ``Mark``.
        marks_changed: marks stand otherwise now; a tuple of their ids. The flag says whether to
            show them (after an undo or redo).
        marks_forgotten: a document is read otherwise, and its marks are gone; its number.
        rulings_changed: a ruling was made or undone.
        request_changed: what was asked, or a justification, was recorded, or that was undone.
        leads_changed: places of the second look were ruled on, or that was undone.
        numbers_changed: small numbers were protected, or given up, or that was undone.
        told: a sentence for the status bar.
        saving: how many changes are on their way to the disk.
    """

    document_changed = Signal(int)
    marks_added = Signal(list)
    marks_changed = Signal(object, bool)
    marks_forgotten = Signal(int)
    rulings_changed = Signal()
    leads_changed = Signal()
    request_changed = Signal()
    numbers_changed = Signal()
    told = Signal(str)
    saving = Signal(int)

    def __init__(self, signer: Signer, courier: Courier, parent: QObject | None = None) -> None:
        super().__init__(signer, parent)
        self.documents: dict[int, DocumentView] = {}
        self.marks = Marks()
        self.rulings: dict[tuple[int, str], StandingRuling] = {}
        self.leads: dict[str, LeadRuling] = {}
        self._request: object = None
        self.justifications: dict[int, Justification] = {}
        #: The documents that stay out of the release as a whole.
        self.set_aside: dict[int, SetAside] = {}
        #: The row of the case file that says how small numbers are protected.
        self.numbers: int | None = None
        self.can_undo = False
        self.can_redo = False
        #: The marks whose decision is on its way to the disk.
        self.pending: set[int] = set()
        self.lane = CaseLane(courier, self._take_life)
        self._writing = 0
        self._applying = Applying(self.marks, self)
        self._applying.stood.connect(self._stand)
        for name in _APPLIED:
            getattr(self._applying, name).connect(getattr(self, name))

    # --- what is changed ----------------------------------------------------------------------

    def record(self, kind: EventKind, function: Callable[[Case], Change]) -> None:
        """Record a change of a kind that the person may make now."""
        self.changing(kind, lambda: self._change(function))

    def record_all(self, kind: EventKind, work: Callable[[Case], Sequence[Change]]) -> None:
        """Record several changes in one go; ``kind`` is that of their events."""

        def done(answers: Sequence[Applied | None]) -> None:
            self._written(())
            for one in answers:
                if one is not None:
                    self._applying.take(one, reveal=False, tell=False)

        def failed(error: RedactorError) -> None:
            self._written(())
            self.failed.emit(error)

        def do() -> None:
            self._writing += 1
            self.saving.emit(self._writing)
            self.lane.ask(lambda case: [applied(case, one) for one in work(case)], done, failed)

        self.changing(kind, do)

    def record_request(self, function: Callable[[Case], Change]) -> None:
        """Record what was asked, or a justification."""
        self.record(EventKind.REQUEST_RECORDED, function)

    def rule(self, number: int, part: str, ruling: Ruling, reason: str) -> None:
        """Record a ruling on an unread or incomplete part."""
        self.changing(
            EventKind.RULED,
            lambda: self._change(lambda case: case.rule(number, part, ruling, reason)),
        )

    def undo(self) -> None:
        """Take back the last decision or ruling."""
        self.changing(EventKind.UNDONE, lambda: self._change(lambda case: case.undo(), reveal=True))

    def redo(self) -> None:
        """Bring back what was last undone."""
        self.changing(EventKind.REDONE, lambda: self._change(lambda case: case.redo(), reveal=True))

    def _change(
        self,
        function: Callable[[Case], Change | None],
        *,
        pending: Sequence[int] = (),
        reveal: bool = False,
        tell: bool = False,
    ) -> None:
        def done(answer: Applied | None) -> None:
            self._written(pending)
            if answer is not None:
                self._applying.take(answer, reveal=reveal, tell=tell)

        def failed(error: RedactorError) -> None:
            self._written(pending)
            self.failed.emit(error)

        self._writing += 1
        self.saving.emit(self._writing)
        self.lane.ask(lambda case: applied(case, function(case)), done, failed)

    def _written(self, pending: Sequence[int]) -> None:
        self.pending.difference_update(pending)
        self._writing -= 1
        self.saving.emit(self._writing)

    # --- what holds since ---------------------------------------------------------------------

    def _stand(self, standing: Standing) -> None:
        self.rulings = dict(standing.rulings)
        self._share_rulings()
        self.can_undo = standing.undo is not None
        self.can_redo = standing.redo is not None
        request = (standing.request, dict(standing.justifications))
        if self._request != request:
            self._request = request
            self.request_changed.emit()
        self.justifications = dict(standing.justifications)
        self._stand_aside(standing)
        if self.numbers != standing.numbers:
            self.numbers = standing.numbers
            self.numbers_changed.emit()
        if self.leads != standing.leads:
            self.leads = dict(standing.leads)
            self.leads_changed.emit()

    def _share_rulings(self) -> None:
        """Tell each document which of its parts were ruled on."""
        for document in self.documents.values():
            ruled = frozenset(part for number, part in self.rulings if number == document.number)
            if ruled != document.ruled:
                document.ruled = ruled
                self.document_changed.emit(document.number)

    def _stand_aside(self, standing: Standing) -> None:
        """Tell the documents that go out again, or not any more."""
        before, self.set_aside = self.set_aside, dict(standing.set_aside)
        for number in before.keys() | self.set_aside.keys():
            if before.get(number) != self.set_aside.get(number) and number in self.documents:
                self.document_changed.emit(number)
