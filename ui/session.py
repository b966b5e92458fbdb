"""The open case as the window sees it: asks the case lane, and holds what came back."""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from redactor.app.case import Case, Change
from redactor.case.store import StoredDocument
from redactor.errors import Cancelled, RedactorError
from redactor.jobs import CaseSource, preview_passage, text_in_area
from redactor.model import Action, Area, Progress, Ruling, Span
from redactor.review import Block, Standing, StandingRuling
from ui.asking import Applied, Opened, all_of, applied, hidden_in_turns, marks_but
from ui.document_view import DocumentView
from ui.feed import DocumentFeed
from ui.intake import Intake
from ui.marks import Marks
from ui.tasks import CaseLane, Courier, Ended, Found, Lanes, Readings, in_our_words
from ui.viewers.base import Selection

#: After how many new marks the collector of garbage is told to leave them alone.
_FREEZE_EVERY = 20_000
#: Marks whose count is taken anew in one turn, after a decision on very many.
_TURN = 2000
#: How long the text under a drawn box may take to be found, in seconds.
_AREA_SECONDS = 30.0


class Session(QObject):
    """One open case.

    Signals:
        opened: the case is open and its documents are known.
        open_failed: the case could not be opened; an error.
        documents_changed: documents were added.
        document_changed: one document's status, progress or counts changed; its number.
        marks_added: new marks; a list of ``Mark``.
        marks_changed: marks stand otherwise now; a tuple of their ids. The flag says whether to
            show them (after an undo or redo).
        rulings_changed: a ruling was made or undone.
        told: a sentence for the status bar.
        failed: something asked for was not done; an error.
        not_added: files that were not taken in; a list of ``NotAdded``.
        saving: how many changes are on their way to the disk.
    """

    opened = Signal()
    open_failed = Signal(object)
    documents_changed = Signal()
    document_changed = Signal(int)
    marks_added = Signal(list)
    marks_changed = Signal(object, bool)
    rulings_changed = Signal()
    told = Signal(str)
    failed = Signal(object)
    not_added = Signal(list)
    saving = Signal(int)

    def __init__(
        self, path: Path, actor: str, lanes: Lanes, courier: Courier, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.actor = actor
        self.ref = ""
        self.documents: dict[int, DocumentView] = {}
        self._sources: dict[int, CaseSource] = {}
        self.marks = Marks()
        self.rulings: dict[tuple[int, str], StandingRuling] = {}
        self.can_undo = False
        self.can_redo = False
        self.pending: set[int] = set()
        self.last_exemption = ""
        self.last_reasons = {Action.REDACT: "", Action.KEEP: ""}
        self._lanes = lanes
        self._courier = courier
        self.lane = CaseLane(courier)
        self.readings = Readings(lanes, self.lane, self)
        self.readings.progressed.connect(self._progressed)
        self.readings.found.connect(self._found)
        self.readings.ended.connect(self._ended)
        self.intake = Intake(self.lane, self)
        self.intake.added.connect(self._added)
        self.intake.not_added.connect(self.not_added)
        self.intake.failed.connect(self.failed)
        self._writing = 0
        self._unfrozen = 0
        self._changes: deque[Iterator[None]] = deque()
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._go_on)

    # --- opening and closing ------------------------------------------------------------------

    def create(self, ref: str) -> None:
        """Make the case file and open it."""
        self._open(lambda: Case.create(self.path, ref, self.actor))

    def open(self) -> None:
        """Open the case file."""
        self._open(lambda: Case.open(self.path, self.actor))

    def close(self) -> None:
        """Stop reading, finish what is being written, and close the case."""
        self._turns.stop()
        self.readings.close()
        self.lane.close()

    def set_actor(self, actor: str) -> None:
        """Record what comes next in another person's name."""

        def work(case: Case) -> None:
            case.actor = actor

        self.actor = actor
        self.lane.ask(work, lambda _: None, self.failed.emit)

    def _open(self, maker: Callable[[], Case]) -> None:
        self.lane.open(maker, self._load, self.open_failed.emit)

    def _load(self) -> None:
        self.lane.ask(all_of, self._loaded, self.open_failed.emit)

    def _loaded(self, what: Opened) -> None:
        self.ref = what.ref
        self._stand(what.standing)
        self.last_exemption, self.last_reasons = what.exemption, what.reasons
        self._sources = {source.number: source for source in what.sources}
        for stored in what.documents:
            self._take(stored)
        self._take_found(what.found)
        self.opened.emit()
        self.documents_changed.emit()
        for document in self.documents.values():
            if document.status == "read":
                self._count_hidden(document)
            elif document.status == "queued":  # the program was closed while it was being read
                self.readings.read(document.number)

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
        self.intake.add(paths)

    def _added(self, stored: StoredDocument, source: CaseSource) -> None:
        self._sources[stored.number] = source
        self._take(stored)
        self.documents_changed.emit()
        self.readings.read(stored.number)

    def read_again(self, number: int) -> None:
        """Read a document that was stopped or refused once more."""
        self.documents[number].wait()
        self.readings.read(number)
        self.document_changed.emit(number)

    def stop_reading(self, number: int) -> None:
        """Stop reading a document."""
        self.readings.cancel(number)

    def feed(self, number: int, failed: Callable[[RedactorError], None]) -> DocumentFeed:
        """Give what feeds a viewer of a document; ``failed`` is told what cannot be shown."""
        return DocumentFeed(
            self._sources[number], self._lanes.viewing, self.lane, self._courier, failed
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

    # --- decisions ----------------------------------------------------------------------------

    def decide(self, ids: Sequence[int], action: Action, exemption: str, reason: str) -> None:
        """Record one decision on some marks."""
        self._remember(action, exemption, reason)
        self.pending.update(ids)
        chosen = list(ids)
        self._change(lambda case: case.decide(chosen, action, exemption, reason), pending=chosen)

    def decide_same_text(self, mark_id: int, action: Action, exemption: str, reason: str) -> None:
        """Record one decision on every place of a mark's text in the whole case."""
        self._remember(action, exemption, reason)
        self.pending.add(mark_id)
        self._change(
            lambda case: case.decide_same_text(mark_id, action, exemption, reason),
            pending=[mark_id],
            tell=True,
        )

    def mark_spans(
        self, number: int, selections: Sequence[Selection], exemption: str, reason: str
    ) -> None:
        """Mark selected text or cells by hand, as redactions, in one step."""
        self._remember(Action.REDACT, exemption, reason)
        spans = [(one.target, one.text) for one in selections if isinstance(one.target, Span)]
        self._change(
            lambda case: case.mark_spans(number, spans, Action.REDACT, exemption, reason),
            tell=True,
        )

    def mark_area(self, number: int, area: Area, exemption: str, reason: str) -> None:
        """Mark a drawn box by hand, as a redaction, once the text that it covers is known."""
        self._remember(Action.REDACT, exemption, reason)
        source = self._sources[number]
        ticket = self._lanes.viewing.submit(
            text_in_area, source, area, timeout_s=_AREA_SECONDS, supply=source.supply
        )

        def known(text: str) -> None:
            self._change(
                lambda case: case.mark_area(number, area, text, Action.REDACT, exemption, reason),
                tell=True,
            )

        def settle() -> None:
            error = ticket.future.exception()
            if error is None:
                known(str(ticket.future.result()))
            elif isinstance(trouble := in_our_words(error), RedactorError):
                self.failed.emit(trouble)

        ticket.future.add_done_callback(lambda _: self._courier.post(settle))

    def preview(self, mark_id: int, then: Callable[[str], None]) -> None:
        """Ask for the passage around a finding as it would read with its redactions made."""

        def known(passage: tuple[str, Sequence[tuple[int, int, str]]]) -> None:
            ticket = self._lanes.reading.submit(preview_passage, *passage, timeout_s=_AREA_SECONDS)

            def settle() -> None:
                error = ticket.future.exception()
                if error is None:
                    then(str(ticket.future.result()))
                elif isinstance(trouble := in_our_words(error), RedactorError):
                    self.failed.emit(trouble)

            ticket.future.add_done_callback(lambda _: self._courier.post(settle))

        self.lane.ask(lambda case: case.passage(mark_id), known, self.failed.emit)

    def rule(self, number: int, part: str, ruling: Ruling, reason: str) -> None:
        """Record a ruling on an unread or incomplete part."""
        self._change(lambda case: case.rule(number, part, ruling, reason))

    def undo(self) -> None:
        """Take back the last decision or ruling."""
        self._change(lambda case: case.undo(), reveal=True)

    def redo(self) -> None:
        """Bring back what was last undone."""
        self._change(lambda case: case.redo(), reveal=True)

    def ask_blocks(self, then: Callable[[tuple[Block, ...]], None]) -> None:
        """Ask for all that must be settled before a release."""
        self.lane.ask(lambda case: case.blocks(), then, self.failed.emit)

    def reload_marks(self) -> None:
        """Take in marks that a release added: places where something withheld still stands."""
        known = frozenset(self.marks.by_id)
        self.lane.ask(lambda case: marks_but(case, known), self._take_found, self.failed.emit)

    def _take_found(self, found: Sequence[Found]) -> None:
        self.readings.inbox.extend(found)
        self.readings.watch()

    def _remember(self, action: Action, exemption: str, reason: str) -> None:
        self.last_reasons[action] = reason
        if exemption:
            self.last_exemption = exemption

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
                self._changes.append(self._applying(answer, reveal=reveal, tell=tell))
                if not self._turns.isActive():
                    self._go_on()

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

    def _go_on(self) -> None:
        """Take over changes in their order; one on very many marks takes several turns."""
        while self._changes:
            if next(self._changes[0], self) is self:
                self._changes.popleft()
            else:
                self._turns.start(0)
                return

    def _applying(self, what: Applied, *, reveal: bool, tell: bool) -> Iterator[None]:
        before, touched = self.marks.decisions, what.touched
        self._stand(what.change.standing)
        for start in range(0, len(touched), _TURN):
            if start:
                yield
            self.marks.recount(touched[start : start + _TURN], before)
        new = self.marks.add(what.change.made)
        if new:
            self.marks_added.emit(new)
        self.marks_changed.emit(touched, reveal)
        by_id = self.marks.by_id
        for number in {by_id[one].document for one in touched if one in by_id}:
            self.document_changed.emit(number)
        if not touched:
            self.rulings_changed.emit()
        if tell:
            self.told.emit(what.told)

    def _stand(self, standing: Standing) -> None:
        self.marks.decisions = standing.decisions
        self.rulings = dict(standing.rulings)
        self.can_undo = standing.undo is not None
        self.can_redo = standing.redo is not None
