"""The open case as the window sees it: opens and closes it, and holds its documents."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from redactor.app.beginning import new_case
from redactor.app.case import Case
from redactor.app.person_decisions import told
from redactor.app.read_as import read_otherwise
from redactor.app.site_lists import SiteLists
from redactor.case.signing import Signer
from redactor.case.store import StoredDocument
from redactor.errors import Cancelled, RedactorError
from redactor.events import EventKind
from redactor.jobs import CaseSource
from redactor.model import Progress, ReadAs, Role
from redactor.review import Standing
from ui.asking import Applied, Opened, all_but_marks, hidden_in_turns, marks_but
from ui.deciding import Deciding
from ui.document_view import DocumentView
from ui.intake import Intake
from ui.remarks import Remarks
from ui.tasks import Courier, Ended, Found, Lanes, Readings

#: After how many new marks the collector of garbage is told to leave them alone.
_FREEZE_EVERY = 20_000


class Session(Deciding):
    """One open case.

    Signals:
        opened: the case is open and its documents are known.
        open_failed: the case could not be opened; an error.
        documents_changed: documents were added.
        not_added: files that were not taken in; a list of ``NotAdded``.
    """

    opened = Signal()
    open_failed = Signal(object)
    documents_changed = Signal()
    not_added = Signal(list)

    def __init__(
        self,
        path: Path,
        signer: Signer,
        lanes: Lanes,
        courier: Courier,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(signer, lanes, courier, parent)
        self.path = path
        self.ref = ""
        #: What is to be said of this opening: that it is the backup, and where the other file is.
        self.note = ""
        #: The first event that the log's chain does not hold for; None where all is well.
        self.broken_at: int | None = None
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
        self._unfrozen = 0
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
        for source in what.sources:
            self.sources.take(source)
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
        self.sources.take(source)
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

    def read_otherwise(self, number: int, read_as: ReadAs, reason: str) -> None:
        """Have a text file read in another way; what was decided on it falls."""

        def work(case: Case) -> tuple[CaseSource, Standing]:
            read_otherwise(case, number, read_as, reason)
            return case.source(number), case.standing()

        def done(answer: tuple[CaseSource, Standing]) -> None:
            source, standing = answer
            self.sources.take(source)
            self._applying.forget(number, standing)

        self.changing(
            EventKind.DOCUMENT_READ_AS, lambda: self.lane.ask(work, done, self.failed.emit)
        )

    def stop_reading(self, number: int) -> None:
        """Stop reading a document."""
        self.readings.cancel(number)

    def preview(self, mark_id: int, then: Callable[[str], None]) -> None:
        """Ask for the passage around a finding as it would read with its redactions made."""
        failed = self.failed.emit
        self.lane.ask(
            lambda case: case.passage(mark_id),
            lambda passage: self.sources.passage(*passage, then, failed),
            failed,
        )

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

    def reload_marks(self) -> None:
        """Take in marks that a release added: places where something withheld still stands."""
        known = frozenset(self.marks.by_id)
        self.lane.ask(lambda case: marks_but(case, known), self._take_found, self.failed.emit)

    def _take_found(self, found: Sequence[Found]) -> None:
        self.readings.inbox.extend(found)
        self.readings.watch()

    def look_again(self) -> None:
        """Take in documents and marks that a longer task made, and what holds now."""
        known = frozenset(self.documents)

        def work(case: Case) -> tuple[Standing, list[tuple[StoredDocument, CaseSource]]]:
            new = [one for one in case.documents() if one.number not in known]
            return case.standing(), [(one, case.source(one.number)) for one in new]

        def done(answer: tuple[Standing, list[tuple[StoredDocument, CaseSource]]]) -> None:
            standing, new = answer
            for stored, source in new:
                self.sources.take(source)
                self._take(stored)
            self._applying.stand(standing)
            if new:
                self.documents_changed.emit()
            for stored, _ in new:
                self._count_hidden(self.documents[stored.number])
            self.reload_marks()
            self.rulings_changed.emit()

        self.lane.ask(work, done, self.failed.emit)
