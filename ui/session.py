"""The open case as the window sees it: asks the case lane, and holds what came back."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from redactor.app.case import Case, Change
from redactor.case.store import StoredDocument
from redactor.errors import Cancelled, RedactorError
from redactor.events import Event, EventKind, Mark
from redactor.formats import FORMATS, known_suffixes
from redactor.jobs import CaseSource, text_in_area
from redactor.model import Action, Area, Incomplete, Progress, Ruling, Span, Unread
from redactor.review import Block, Standing, StandingRuling
from ui.feed import DocumentFeed
from ui.marks import Marks
from ui.tasks import CaseLane, Courier, Ended, Found, Lanes, Readings, in_our_words
from ui.viewers.base import Selection

#: After how many new marks the collector of garbage is told to leave them alone.
_FREEZE_EVERY = 20_000
#: How many segments are looked at in one turn of the case lane when hidden content is counted.
_COUNT_TURN = 20_000
#: How long the text under a drawn box may take to be found, in seconds.
_AREA_SECONDS = 30.0


@dataclass(slots=True)
class DocumentView:
    """One document as it is shown in the list.

    Attributes:
        status: ``queued``, ``reading``, ``read``, ``refused`` or ``stopped``.
        searching: its text is kept already and only findings are still to come.
        hidden: pieces of hidden content by kind and container.
    """

    number: int
    name: str
    format: str = ""
    status: str = "queued"
    progress: Progress | None = None
    searching: bool = False
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""
    hidden: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def viewed_as(self) -> str:
        """Give the format to show it in; before it is read, what its name says."""
        if self.format:
            return self.format
        suffix = Path(self.name).suffix.lower()
        return next((one.name for one in FORMATS if suffix in one.suffixes), "")

    @property
    def percent(self) -> int | None:
        """Give how much of it was searched, or None where that is not known yet."""
        if self.progress is None or self.progress.total <= 0 or not self.searching:
            return None
        return min(100, 100 * self.progress.done // self.progress.total)


@dataclass(frozen=True, slots=True)
class NotAdded:
    """A file that was not taken in, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a case held when it was opened."""

    ref: str
    documents: tuple[StoredDocument, ...]
    marks: tuple[Mark, ...]
    standing: Standing
    exemption: str
    redact_reason: str
    keep_reason: str


class Session(QObject):
    """One open case.

    Signals:
        opened: the case is open and its documents are known.
        open_failed: the case could not be opened; an error.
        documents_changed: documents were added.
        document_changed: one document's status, progress or counts changed; its number.
        marks_added: new marks; a list of ``Mark``.
        marks_changed: marks stand otherwise now; their ids. The flag says whether to show them
            (after an undo or redo).
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
    marks_changed = Signal(list, bool)
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
        self._writing = 0
        self._unfrozen = 0
        self._paths: list[Path] = []
        self._adding = False
        self._refused: list[NotAdded] = []

    # --- opening and closing ------------------------------------------------------------------

    def create(self, ref: str) -> None:
        """Make the case file and open it."""
        self._open(lambda: Case.create(self.path, ref, self.actor))

    def open(self) -> None:
        """Open the case file."""
        self._open(lambda: Case.open(self.path, self.actor))

    def close(self) -> None:
        """Stop reading, finish what is being written, and close the case."""
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
        self.lane.ask(_all_of, self._loaded, self.open_failed.emit)

    def _loaded(self, what: _Opened) -> None:
        self.ref = what.ref
        self._stand(what.standing, ())
        self.last_exemption = what.exemption
        self.last_reasons = {Action.REDACT: what.redact_reason, Action.KEEP: what.keep_reason}
        for stored in what.documents:
            self._take(stored)
        self._take_marks(what.marks)
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
        turns = _hidden_in_turns(number, counter)

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

        def expanded(what: tuple[list[Path], list[NotAdded]]) -> None:
            files, refused = what
            self._paths.extend(files)
            self._refused.extend(refused)
            if not self._adding:
                self._adding = True
                self._add_next()

        wanted = list(paths)
        self.lane.ask(lambda _: expand(wanted), expanded, self.failed.emit)

    def _add_next(self) -> None:
        if not self._paths:
            self._adding = False
            refused, self._refused = self._refused, []
            if refused:
                self.not_added.emit(refused)
            return
        path = self._paths.pop(0)

        def added(what: tuple[int | None, tuple[StoredDocument, ...]]) -> None:
            number, documents = what
            if number is None:
                self._refused.append(NotAdded(path.name, "The case holds this very file already."))
            else:
                self._take(next(each for each in documents if each.number == number))
                self.documents_changed.emit()
                self.readings.read(number)
            self._add_next()

        def failed(error: RedactorError) -> None:
            self._refused.append(NotAdded(path.name, error.user_message))
            self._add_next()

        self.lane.ask(lambda case: (case.add_file(path), case.documents()), added, failed)

    def read_again(self, number: int) -> None:
        """Read a document that was stopped or refused once more."""
        document = self.documents[number]
        document.status, document.progress, document.searching = "queued", None, False
        document.refusal = ""
        self.readings.read(number)
        self.document_changed.emit(number)

    def stop_reading(self, number: int) -> None:
        """Stop reading a document."""
        self.readings.cancel(number)

    def feed(self, number: int, failed: Callable[[RedactorError], None]) -> DocumentFeed:
        """Give what feeds a viewer of a document; ``failed`` is told what cannot be shown."""
        return DocumentFeed(
            self._source(number), self._lanes.viewing, self.lane, self._courier, failed
        )

    def _source(self, number: int) -> CaseSource:
        return CaseSource(self.path, number, self.documents[number].name)

    def _take(self, stored: StoredDocument) -> None:
        document = self.documents.setdefault(
            stored.number, DocumentView(stored.number, stored.name)
        )
        document.format = stored.format
        document.unread, document.incomplete = stored.unread, stored.incomplete
        document.notes, document.refusal = stored.notes, stored.refusal
        document.status = "queued" if stored.status == "reading" else stored.status

    def _progressed(self, since: dict[int, Progress]) -> None:
        for number, progress in since.items():
            document = self.documents[number]
            document.status, document.progress = "reading", progress
            document.searching = progress.what == "searching"
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
        document.progress, document.searching = None, False
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
        ticket = self._lanes.viewing.submit(
            text_in_area, self._source(number), area, timeout_s=_AREA_SECONDS
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
        self.lane.ask(lambda case: case.marks(), self._take_marks, self.failed.emit)

    def _take_marks(self, marks: Sequence[Mark]) -> None:
        by_document: dict[int, list[Mark]] = {}
        for mark in marks:
            if mark.id not in self.marks.by_id:
                by_document.setdefault(mark.document, []).append(mark)
        for number, new in by_document.items():
            self.readings.deliver(number, new)
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
        def work(case: Case) -> tuple[Change, tuple[int, ...]] | None:
            change = function(case)
            return None if change is None else (change, _touched(case, change.event))

        def done(answer: tuple[Change, tuple[int, ...]] | None) -> None:
            self._written(pending)
            if answer is not None:
                self._apply(*answer, reveal=reveal, tell=tell)

        def failed(error: RedactorError) -> None:
            self._written(pending)
            self.failed.emit(error)

        self._writing += 1
        self.saving.emit(self._writing)
        self.lane.ask(work, done, failed)

    def _written(self, pending: Sequence[int]) -> None:
        self.pending.difference_update(pending)
        self._writing -= 1
        self.saving.emit(self._writing)

    def _apply(self, change: Change, touched: Sequence[int], *, reveal: bool, tell: bool) -> None:
        self._stand(change.standing, touched)
        new = self.marks.add(change.made)
        if new:
            self.marks_added.emit(new)
        self.marks_changed.emit(list(touched), reveal)
        for number in {
            self.marks.by_id[one].document for one in touched if one in self.marks.by_id
        }:
            self.document_changed.emit(number)
        if not touched:
            self.rulings_changed.emit()
        if tell:
            self.told.emit(_told(change, touched))

    def _stand(self, standing: Standing, touched: Sequence[int]) -> None:
        self.marks.stand(standing.decisions, touched)
        self.rulings = dict(standing.rulings)
        self.can_undo = standing.undo is not None
        self.can_redo = standing.redo is not None


def expand(paths: Sequence[Path]) -> tuple[list[Path], list[NotAdded]]:
    """Turn folders into the files of known kinds within; name those that are of no known kind.

    A file that was named itself is always taken, whatever it is called: the case then records why
    it cannot be read.
    """
    files: list[Path] = []
    refused: list[NotAdded] = []
    suffixes = known_suffixes()
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for inner in sorted(path.rglob("*")):
            if inner.is_dir():
                continue
            if inner.suffix.lower() in suffixes and not inner.name.startswith("~$"):
                files.append(inner)
            else:
                refused.append(NotAdded(inner.name, _why_not(inner)))
    return files, refused


def _why_not(path: Path) -> str:
    if path.name.startswith("~$"):
        return "It is the lock file of an open document."
    kind = path.suffix or "no suffix"
    return (
        f"Files of this kind ({kind}) cannot be read yet. Save it in another format and add that."
    )


def _all_of(case: Case) -> _Opened:
    exemption, reasons = "", {"redact": "", "keep": ""}
    for event in reversed(case.events()):
        if event.kind is EventKind.DECIDED:
            action = str(event.body["action"])
            reasons[action] = reasons[action] or str(event.body["reason"])
            exemption = exemption or str(event.body["exemption"])
        if exemption and all(reasons.values()):
            break
    return _Opened(
        case.ref,
        case.documents(),
        case.marks(),
        case.standing(),
        exemption,
        reasons["redact"],
        reasons["keep"],
    )


def _touched(case: Case, event: Event) -> tuple[int, ...]:
    """Give the marks that an event changed the standing of."""
    if event.kind in {EventKind.UNDONE, EventKind.REDONE}:
        seq = int(event.body["event"])
        event = next(one for one in reversed(case.events()) if one.seq == seq)
    return tuple(event.body.get("marks", ()))


def _hidden_in_turns(number: int, counter: Counter[tuple[str, str]]) -> Callable[[Case], bool]:
    """Give a function that counts a portion each time it is called; True once it is through."""
    segments = None

    def turn(case: Case) -> bool:
        nonlocal segments
        if segments is None:
            segments = case.segments(number)
        for _ in range(_COUNT_TURN):
            segment = next(segments, None)
            if segment is None:
                return True
            if segment.hidden is not None:
                counter[str(segment.hidden), segment.container or segment.id] += 1
        return False

    return turn


def _told(change: Change, touched: Sequence[int]) -> str:
    action = "redact" if change.event.body.get("action") == Action.REDACT else "keep"
    places = "1 place" if len(touched) == 1 else f"{len(touched)} places"
    new = f", {len(change.made)} of them newly marked" if change.made else ""
    return f"Decided: {action} {places}{new}. Undo with Ctrl+Z."
