"""The open case as the window sees it: asks the case lane, and holds what came back."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from redactor.app.beginning import new_case
from redactor.app.case import Case, Change
from redactor.app.person_decisions import told
from redactor.app.persons import decide_person
from redactor.app.read_as import read_otherwise
from redactor.app.site_lists import SiteLists
from redactor.app.tables import TableDecision
from redactor.case.signing import Signer
from redactor.case.store import StoredDocument
from redactor.errors import Cancelled, RedactorError
from redactor.events import EventKind
from redactor.formats.first_rows import FirstRows
from redactor.jobs import (
    CaseSource,
    OutputSource,
    preview_passage,
    preview_reading,
    text_in_area,
)
from redactor.model import Action, Area, Progress, ReadAs, Role, Ruling, Span
from redactor.review import Justification, LeadRuling, SetAside, Standing, StandingRuling
from redactor.workers import Ticket
from ui.applying import Applying
from ui.asking import Applied, Opened, all_but_marks, applied, hidden_in_turns, marks_but
from ui.document_view import DocumentView
from ui.feed import DocumentFeed, OutputFeed
from ui.intake import Intake
from ui.marks import Marks
from ui.membership import Membership
from ui.remarks import Remarks
from ui.tasks import CaseLane, Courier, Ended, Found, Lanes, Readings, in_our_words
from ui.viewers.base import Selection

#: After how many new marks the collector of garbage is told to leave them alone.
_FREEZE_EVERY = 20_000
#: What is shown of a change as it is taken over.
_APPLIED = (
    "marks_added",
    "marks_changed",
    "marks_forgotten",
    "document_changed",
    "rulings_changed",
    "told",
)
#: How long the text under a drawn box may take to be found, in seconds.
_AREA_SECONDS = 30.0


class Session(Membership):
    """One open case.

    Signals:
        opened: the case is open and its documents are known.
        open_failed: the case could not be opened; an error.
        documents_changed: documents were added.
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
        not_added: files that were not taken in; a list of ``NotAdded``.
        saving: how many changes are on their way to the disk.
    """

    opened = Signal()
    open_failed = Signal(object)
    documents_changed = Signal()
    document_changed = Signal(int)
    marks_added = Signal(list)
    marks_changed = Signal(object, bool)
    marks_forgotten = Signal(int)
    rulings_changed = Signal()
    leads_changed = Signal()
    request_changed = Signal()
    numbers_changed = Signal()
    told = Signal(str)
    not_added = Signal(list)
    saving = Signal(int)

    def __init__(
        self,
        path: Path,
        signer: Signer,
        lanes: Lanes,
        courier: Courier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(signer, parent)
        self.path = path
        self.ref = ""
        #: What is to be said of this opening: that it is the backup, and where the other file is.
        self.note = ""
        #: The first event that the log's chain does not hold for; None where all is well.
        self.broken_at: int | None = None
        self.documents: dict[int, DocumentView] = {}
        self._sources: dict[int, CaseSource] = {}
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
        self.pending: set[int] = set()
        self.last_exemption = ""
        self.last_reasons = {Action.REDACT: "", Action.KEEP: ""}
        self.last_public_interest = ""
        self._lanes = lanes
        self._courier = courier
        self.lane = CaseLane(courier, self._take_life)
        self.readings = Readings(lanes, self.lane, self)
        self.readings.progressed.connect(self._progressed)
        self.readings.found.connect(self._found)
        self.readings.ended.connect(self._ended)
        self.intake = Intake(self.lane, self)
        self.intake.added.connect(self._added)
        self.intake.not_added.connect(self.not_added)
        self.intake.failed.connect(self.failed)
        self.remarks = Remarks(self.lane, self.failed.emit, self)
        self.life_changed.connect(self.remarks.load)
        self.marks_changed.connect(self.remarks.decided)
        self._writing = 0
        self._unfrozen = 0
        self._applying = Applying(self.marks, self)
        self._applying.stood.connect(self._stand)
        for name in _APPLIED:
            getattr(self._applying, name).connect(getattr(self, name))
        self._applying.marks_forgotten.connect(self._read_from_its_beginning)

    # --- opening and closing ------------------------------------------------------------------

    def create(
        self,
        ref: str,
        passphrase: str,
        *,
        regime: str = "foi",
        received: str = "",
        site: SiteLists | None = None,
        in_full: bool = False,
    ) -> None:
        """Make the case file, with the lists of the authority if there are any, and open it."""
        path, signer = self.path, self.signer
        self._open(
            lambda: new_case(
                path,
                ref,
                passphrase,
                signer,
                regime=regime,
                received=received,
                site=site,
                in_full=in_full,
            )
        )

    def open(self, passphrase: str, *, taking_over: str = "") -> None:
        """Open the case file; with a reason, take it over from whoever did not close it."""
        path, signer = self.path, self.signer
        self._open(lambda: Case.open(path, passphrase, signer, taking_over=taking_over))

    def close(self) -> Future[None]:
        """Stop reading; what is being written is finished, and the case is closed, later."""
        self._applying.stop()
        self.readings.close()
        return self.lane.close()

    def work_as(self, signer: Signer) -> None:
        """Sign what comes next as another person."""

        def known(_: None) -> None:
            self.signer = signer
            self.life_changed.emit()

        self.lane.ask(lambda case: case.work_as(signer), known, self.failed.emit)

    def invite(
        self,
        fingerprint: str,
        name: str,
        role: Role,
        then: Callable[[], None],
        failed: Callable[[RedactorError], None],
    ) -> None:
        """Introduce another person to the case."""
        self.lane.ask(lambda case: case.invite(fingerprint, name, role), lambda _: then(), failed)

    def _open(self, maker: Callable[[], Case]) -> None:
        self.lane.open(maker, self._load, self.open_failed.emit)

    def _load(self) -> None:
        self.lane.ask(all_but_marks, self._loaded, self.open_failed.emit)

    def _loaded(self, what: Opened) -> None:
        self.ref = what.ref
        self._applying.stand(what.standing)
        self.last_exemption, self.last_reasons = what.exemption, what.reasons
        self.last_public_interest = what.public_interest
        self.broken_at = what.broken_at
        self._sources = {source.number: source for source in what.sources}
        for stored in what.documents:
            self._take(stored)
        self._share_rulings()
        self.opened.emit()
        self.documents_changed.emit()
        self.reload_marks()
        for document in self.documents.values():
            if document.status == "read":
                self._count_hidden(document)
            elif document.status == "queued" and self.can_add and not self.life.is_settled:
                self.readings.read(document.number)  # the program was closed while it was read

    def _count_hidden(self, document: DocumentView) -> None:
        """Count hidden content a turn at a time, so that decisions need not wait for it."""
        counter: Counter[tuple[str, str]] = Counter()
        number = document.number
        turns = hidden_in_turns(number, counter)

        def again(done: bool) -> None:
            if done:
                document.hidden = counter
                self.document_changed.emit(number)
            else:
                self.lane.ask(turns, again, self.failed.emit)

        self.lane.ask(turns, again, self.failed.emit)

    # --- documents ----------------------------------------------------------------------------

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Take in files, and of folders all files of known kinds, one after another."""
        wanted = list(paths)
        self.changing(EventKind.DOCUMENT_ADDED, lambda: self.intake.add(wanted))

    def _added(self, stored: StoredDocument, source: CaseSource) -> None:
        self._sources[stored.number] = source
        self._take(stored)
        self.documents_changed.emit()
        self.readings.read(stored.number)

    def read_again(self, number: int) -> None:
        """Read a document that was stopped or refused once more."""
        self.changing(EventKind.DOCUMENT_READING, lambda: self._read_from_its_beginning(number))

    def _read_from_its_beginning(self, number: int) -> None:
        self.documents[number].wait()
        self.readings.read(number)
        self.document_changed.emit(number)

    def read_as_of(self, number: int) -> ReadAs:
        """Give how a person chose that a document is read."""
        return self._sources[number].read_as

    def read_otherwise(self, number: int, read_as: ReadAs, reason: str) -> None:
        """Have a text file read in another way; what was decided on it falls."""

        def work(case: Case) -> tuple[CaseSource, Standing]:
            read_otherwise(case, number, read_as, reason)
            return case.source(number), case.standing()

        def done(answer: tuple[CaseSource, Standing]) -> None:
            self._sources[number], standing = answer
            self._applying.forget(number, standing)

        self.changing(
            EventKind.DOCUMENT_READ_AS, lambda: self.lane.ask(work, done, self.failed.emit)
        )

    def preview_reading(
        self,
        number: int,
        read_as: ReadAs,
        then: Callable[[FirstRows], None],
        failed: Callable[[RedactorError], None],
    ) -> None:
        """Ask for the first rows of a text file as they would be read in some way."""
        source = self._sources[number]
        ticket = self._lanes.viewing.submit(
            preview_reading, source, read_as, timeout_s=_AREA_SECONDS, supply=source.supply
        )

        def settle() -> None:
            error = ticket.future.exception()
            if error is None:
                then(ticket.future.result())
            elif isinstance(trouble := in_our_words(error), RedactorError):
                failed(trouble)

        ticket.future.add_done_callback(lambda _: self._courier.post(settle))

    def stop_reading(self, number: int) -> None:
        """Stop reading a document."""
        self.readings.cancel(number)

    def feed(self, number: int, failed: Callable[[RedactorError], None]) -> DocumentFeed:
        """Give what feeds a viewer of a document; ``failed`` is told what cannot be shown."""
        return DocumentFeed(
            self._sources[number], self._lanes.viewing, self.lane, self._courier, failed
        )

    def output_feed(
        self, source: OutputSource, failed: Callable[[RedactorError], None]
    ) -> OutputFeed:
        """Give what feeds a viewer of a file of the candidate."""
        return OutputFeed(source, self._lanes.viewing, self._courier, failed)

    def _take(self, stored: StoredDocument) -> None:
        number = stored.number
        self.documents.setdefault(number, DocumentView(number, stored.name)).take(stored)

    def _progressed(self, since: dict[int, Progress]) -> None:
        for number, progress in since.items():
            self.documents[number].progressed(progress)
            self.document_changed.emit(number)

    def _found(self, found: Found) -> None:
        new = self.marks.add(found.marks)
        self._unfrozen += len(new)
        if self._unfrozen >= _FREEZE_EVERY:
            self._unfrozen = 0
            gc.freeze()  # they live as long as the case; walking them takes a tenth of a second
        if new:
            self.marks_added.emit(new)
            self.document_changed.emit(found.document)

    def _ended(self, ended: Ended) -> None:
        document = self.documents[ended.document]
        if ended.stored is not None:
            self._take(ended.stored)
        if isinstance(ended.error, Cancelled) or ended.stored is None:
            document.status = "stopped"
        if ended.stored is None and isinstance(ended.error, RedactorError):
            self.failed.emit(ended.error)
        document.hidden = ended.hidden
        self.document_changed.emit(ended.document)
        for change in ended.followed:
            marks = tuple(change.event.body["marks"])
            self._applying.take(Applied(change, marks), reveal=False, tell=False)
        if ended.followed:
            self.told.emit(told(ended.followed))

    # --- decisions ----------------------------------------------------------------------------

    def decide(
        self,
        ids: Sequence[int],
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> None:
        """Record one decision on some marks."""
        chosen, ground = list(ids), (action, exemption, reason, public_interest)
        self._decide(ground, lambda case: case.decide(chosen, *ground), pending=chosen)

    def decide_same_text(
        self, mark_id: int, action: Action, exemption: str, reason: str, public_interest: str = ""
    ) -> None:
        """Record one decision on every place of a mark's text in the whole case."""
        ground = (action, exemption, reason, public_interest)
        self._decide(
            ground,
            lambda case: case.decide_same_text(mark_id, *ground),
            pending=[mark_id],
            tell=True,
        )

    def decide_person(
        self,
        person: str,
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
        *,
        later: bool = True,
    ) -> None:
        """Record one decision on every mention of a person, and on those found later."""
        ground = (action, exemption, reason, public_interest)
        self._decide(
            ground, lambda case: decide_person(case, person, *ground, later=later), tell=True
        )

    def decide_cells(
        self,
        ground: tuple[Action, str, str, str],
        work: Callable[[Case], TableDecision],
        said: Callable[[TableDecision], None],
    ) -> None:
        """Record one decision on cells of a table; ``said`` is told in the thread of the case."""

        def decide(case: Case) -> Change:
            decision = work(case)
            said(decision)
            return decision.change

        self._decide(ground, decide, tell=True)

    def mark_spans(
        self,
        number: int,
        selections: Sequence[Selection],
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> None:
        """Mark selected text or cells by hand, as redactions, in one step."""
        ground = (Action.REDACT, exemption, reason, public_interest)
        spans = [(one.target, one.text) for one in selections if isinstance(one.target, Span)]
        self._decide(ground, lambda case: case.mark_spans(number, spans, *ground), tell=True)

    def mark_area(
        self, number: int, area: Area, exemption: str, reason: str, public_interest: str = ""
    ) -> None:
        """Mark a drawn box by hand, as a redaction, once the text that it covers is known."""
        action, source = Action.REDACT, self._sources[number]
        ground = (action, exemption, reason, public_interest)

        def known(text: str) -> None:
            def work(case: Case) -> Change:
                return case.mark_area(
                    number, area, text, action, exemption, reason, public_interest=public_interest
                )

            self._decide(ground, work, tell=True)

        ticket = self._lanes.viewing.submit(
            text_in_area, source, area, timeout_s=_AREA_SECONDS, supply=source.supply
        )
        self._settle(ticket, known)

    def preview(self, mark_id: int, then: Callable[[str], None]) -> None:
        """Ask for the passage around a finding as it would read with its redactions made."""

        def known(passage: tuple[str, Sequence[tuple[int, int, str]]]) -> None:
            ticket = self._lanes.reading.submit(preview_passage, *passage, timeout_s=_AREA_SECONDS)
            self._settle(ticket, then)

        self.lane.ask(lambda case: case.passage(mark_id), known, self.failed.emit)

    def rule(self, number: int, part: str, ruling: Ruling, reason: str) -> None:
        """Record a ruling on an unread or incomplete part."""
        self.changing(
            EventKind.RULED,
            lambda: self._change(lambda case: case.rule(number, part, ruling, reason)),
        )

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

    def record(self, kind: EventKind, function: Callable[[Case], Change]) -> None:
        """Record a change of a kind that the person may make now."""
        self.changing(kind, lambda: self._change(function))

    def undo(self) -> None:
        """Take back the last decision or ruling."""
        self.changing(EventKind.UNDONE, lambda: self._change(lambda case: case.undo(), reveal=True))

    def redo(self) -> None:
        """Bring back what was last undone."""
        self.changing(EventKind.REDONE, lambda: self._change(lambda case: case.redo(), reveal=True))

    def reload_marks(self) -> None:
        """Take in marks that a release added: places where something withheld still stands."""
        known = frozenset(self.marks.by_id)
        self.lane.ask(lambda case: marks_but(case, known), self._take_found, self.failed.emit)

    def _take_found(self, found: Sequence[Found]) -> None:
        self.readings.inbox.extend(found)
        self.readings.watch()

    def _decide(
        self,
        ground: tuple[Action, str, str, str],
        function: Callable[[Case], Change],
        *,
        pending: Sequence[int] = (),
        tell: bool = False,
    ) -> None:
        def do() -> None:
            action, exemption, reason, public_interest = ground
            self.last_reasons[action] = reason
            self.last_exemption = exemption or self.last_exemption
            self.last_public_interest = public_interest or self.last_public_interest
            self.pending.update(pending)
            self._change(function, pending=pending, tell=tell)

        self.changing(EventKind.DECIDED, do)

    def _settle(self, ticket: Ticket, then: Callable[[str], None]) -> None:
        """Take the answer of a worker on the GUI thread."""

        def settle() -> None:
            error = ticket.future.exception()
            if error is None:
                then(str(ticket.future.result()))
            elif isinstance(trouble := in_our_words(error), RedactorError):
                self.failed.emit(trouble)

        ticket.future.add_done_callback(lambda _: self._courier.post(settle))

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

    def _share_rulings(self) -> None:
        """Tell each document which of its parts were ruled on."""
        for document in self.documents.values():
            ruled = frozenset(part for number, part in self.rulings if number == document.number)
            if ruled != document.ruled:
                document.ruled = ruled
                self.document_changed.emit(document.number)

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

    def look_again(self) -> None:
        """Take in documents and marks that a longer task made, and what holds now."""
        known = frozenset(self.documents)

        def work(case: Case) -> tuple[Standing, list[tuple[StoredDocument, CaseSource]]]:
            new = [one for one in case.documents() if one.number not in known]
            return case.standing(), [(one, case.source(one.number)) for one in new]

        def done(answer: tuple[Standing, list[tuple[StoredDocument, CaseSource]]]) -> None:
            standing, new = answer
            for stored, source in new:
                self._sources[stored.number] = source
                self._take(stored)
            self._applying.stand(standing)
            if new:
                self.documents_changed.emit()
            for stored, _ in new:
                self._count_hidden(self.documents[stored.number])
            self.reload_marks()
            self.rulings_changed.emit()

        self.lane.ask(work, done, self.failed.emit)

    def _stand_aside(self, standing: Standing) -> None:
        """Tell the documents that go out again, or not any more."""
        before, self.set_aside = self.set_aside, dict(standing.set_aside)
        for number in before.keys() | self.set_aside.keys():
            if before.get(number) != self.set_aside.get(number) and number in self.documents:
                self.document_changed.emit(number)
