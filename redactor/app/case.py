"""An open case: take in originals, keep what was found, decide, undo, and say what still blocks.

Use a ``Case`` from one thread. Every method that changes something has written it to disk before
it returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from redactor import review
from redactor.case.store import NewMark, Store, StoredDocument
from redactor.errors import RedactorError, UnreadableDocument, UsageError
from redactor.events import Event, EventKind, Mark
from redactor.formats.base import plan_spots
from redactor.jobs import CaseSource, FindingBatch, Reading, SegmentBatch, read_file
from redactor.law.exemptions import exemptions
from redactor.matching import find_term, fold, fold_text, make_term
from redactor.model import Action, Area, Ruling, Segment, Span, span_of

_BY_HAND = "by hand"
_SAME_TEXT = "same text"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change did: the event, the marks it made, and what holds now."""

    event: Event
    made: tuple[Mark, ...]
    standing: review.Standing


class Case:
    """An open case file and the person who works in it."""

    def __init__(self, store: Store, actor: str) -> None:
        self._store = store
        self.actor = actor
        self._events = list(store.events())

    @classmethod
    def create(cls, path: Path, ref: str, actor: str) -> Self:
        """Make a new case file.

        Raises:
            CaseError: the name is taken, or the folder cannot be written to.
        """
        return cls(Store.create(path, ref, actor), actor)

    @classmethod
    def open(cls, path: Path, actor: str) -> Self:
        """Open a case file.

        Raises:
            CaseError: it is missing, damaged, or of a newer version.
        """
        return cls(Store.open(path), actor)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    @property
    def path(self) -> Path:
        """Give where the case file lies."""
        return self._store.path

    @property
    def ref(self) -> str:
        """Give the authority's reference of the case."""
        return self._store.ref

    # --- documents ----------------------------------------------------------------------------

    def add_file(self, path: Path) -> int | None:
        """Take in an original as it is; the file itself is only read.

        Returns:
            Its number in the case, or None where the same bytes are in the case already.

        Raises:
            UnreadableDocument: it cannot be opened or is too large.
        """
        untrusted = read_file(path)
        digest = hashlib.sha256(untrusted).hexdigest()
        number = self._store.add_document(path.name, digest, untrusted, self.actor)
        self._refresh()
        return number

    def documents(self) -> tuple[StoredDocument, ...]:
        """Give the documents in the order in which they were added."""
        return self._store.documents()

    def source(self, number: int) -> CaseSource:
        """Give what a worker needs to fetch an original.

        Raises:
            UsageError: there is no such document.
        """
        for document in self.documents():
            if document.number == number:
                return CaseSource(self.path, number, document.name)
        raise UsageError(f"The case holds no document {number}.")

    def begin_reading(self, number: int) -> None:
        """Prepare for the batches of a reading."""
        self._store.begin_reading(number)

    def keep(self, number: int, batch: SegmentBatch | FindingBatch) -> tuple[Mark, ...]:
        """Keep what a worker reported; gives the marks made of findings."""
        if isinstance(batch, SegmentBatch):
            self._store.add_segments(number, batch.segments)
            return ()
        marks = (
            NewMark(
                span_of(one),
                one.text,
                one.label,
                one.score,
                one.recogniser,
                one.why,
                one.proposal,
                hidden,
            )
            for one, hidden in zip(batch.findings, batch.hidden, strict=True)
        )
        return tuple(self._store.add_marks(number, marks))

    def finish_reading(self, number: int, reading: Reading) -> None:
        """Record that a document was read to its end."""
        self._store.finish_reading(
            number, reading.format, reading.unread, reading.incomplete, reading.notes, self.actor
        )
        self._refresh()

    def refuse(self, number: int, error: RedactorError) -> None:
        """Record that a document could not be read, and why."""
        reason = error.reason if isinstance(error, UnreadableDocument) else error.code
        self._store.refuse_document(number, reason, error.user_message, self.actor)
        self._refresh()

    def segments(self, number: int) -> Iterator[Segment]:
        """Give every segment of a document, in reading order."""
        return self._store.segments(number)

    def rows(self, number: int, container: str, first: int, last: int) -> tuple[Segment, ...]:
        """Give the cells of some rows, for a grid. ``container`` is one of ``containers``."""
        return tuple(self._store.segments_between(number, container, first, last))

    def containers(self, number: int) -> tuple[tuple[str, int], ...]:
        """Give the sheets (``sheet:NAME``; ``rows`` for CSV) with their last row, from 0."""
        return self._store.containers(number)

    # --- decisions ----------------------------------------------------------------------------

    def marks(self, number: int | None = None) -> tuple[Mark, ...]:
        """Give the marks of one document, or of all."""
        return self._store.marks(number)

    def standing(self) -> review.Standing:
        """Give what holds now."""
        return review.standing(self._events)

    def events(self) -> tuple[Event, ...]:
        """Give the log."""
        return tuple(self._events)

    def decide(
        self, mark_ids: Sequence[int], action: Action, exemption: str, reason: str
    ) -> Change:
        """Record one decision on some marks.

        Args:
            exemption: the citation with its limb; empty for KEEP.
            reason: never empty.

        Raises:
            UsageError: no marks, no reason, or a redaction without an exemption.
            CaseError: it could not be written; nothing was changed.
        """
        return self._decide(mark_ids, (), action, exemption, reason)

    def decide_same_text(self, mark_id: int, action: Action, exemption: str, reason: str) -> Change:
        """Record one decision on every place of a mark's text in the whole case.

        A redaction reaches places that no recogniser found, too: they are marked in the same
        transaction, and undo takes all of it back at once.
        """
        marks = self.marks()
        chosen = next(mark for mark in marks if mark.id == mark_id)
        wanted = fold_text(chosen.text)
        same = [mark for mark in marks if mark.text and fold_text(mark.text) == wanted]
        ids = [mark.id for mark in same] or [mark_id]
        unmarked = list(self._unmarked(chosen, marks)) if action is Action.REDACT else []
        return self._decide(ids, unmarked, action, exemption, reason)

    def mark_spans(
        self,
        number: int,
        spans: Sequence[tuple[Span, str]],
        action: Action,
        exemption: str,
        reason: str,
    ) -> Change:
        """Mark several selected stretches or cells by hand in one step, which undo takes back."""
        marks = [
            (number, NewMark(span, text, "MANUAL", 1.0, _BY_HAND, "marked by hand", by_hand=True))
            for span, text in spans
        ]
        return self._decide((), marks, action, exemption, reason)

    def mark_area(
        self, number: int, area: Area, text: str, action: Action, exemption: str, reason: str
    ) -> Change:
        """Mark a drawn box by hand, and decide on it. ``text`` is what the box covers."""
        mark = NewMark(area, text, "MANUAL", 1.0, _BY_HAND, "drawn by hand", by_hand=True)
        return self._decide((), [(number, mark)], action, exemption, reason)

    def add_unmarked(self, places: Iterable[tuple[int, Span, str]]) -> tuple[Mark, ...]:
        """Add places that a release found undecided, as findings to be decided."""
        made: list[Mark] = []
        for number, span, text in places:
            mark = NewMark(span, text, "PERSON", 1.0, _SAME_TEXT, "withheld elsewhere")
            made.extend(self._store.add_marks(number, [mark]))
        return tuple(made)

    def rule(self, number: int, part: str, ruling: Ruling, reason: str) -> Change:
        """Record a named person's ruling on an unread or incomplete part.

        Raises:
            UsageError: no reason was given.
        """
        if not reason.strip():
            raise UsageError("A ruling needs a reason. Nothing was recorded.")
        body = {"document": number, "part": part, "ruling": str(ruling), "reason": reason.strip()}
        event = self._store.record(self.actor, EventKind.RULED, body)
        return self._changed(event, ())

    def undo(self) -> Change | None:
        """Take back the last decision or ruling, by a later event; None where there is none."""
        return self._step(self.standing().undo, EventKind.UNDONE)

    def redo(self) -> Change | None:
        """Bring back what was last undone; None where there is none."""
        return self._step(self.standing().redo, EventKind.REDONE)

    def passage(self, mark_id: int) -> tuple[str, tuple[tuple[int, int, str], ...]]:
        """Give the text around a mark, and what stands redacted in it: start, end, label.

        Raises:
            UsageError: the mark is a drawn box, which lies in no text.
        """
        marks = self.marks()
        chosen = next(mark for mark in marks if mark.id == mark_id)
        if not isinstance(chosen.target, Span):
            raise UsageError("A drawn box lies in no text. Look at the page instead.")
        key, number = chosen.target.key, chosen.document
        labels = {one.citation: one.label for one in exemptions()}
        redactions = review.redactions(marks, self.standing().decisions, labels)
        spots = plan_spots(redactions.get(number, ())).get(key, ())
        text = next(one.text for one in self.segments(number) if one.key == key)
        return text, tuple((spot.start, spot.end, spot.label) for spot in spots)

    def blocks(self) -> tuple[review.Block, ...]:
        """List all that must be settled before a release."""
        states = [
            review.DocumentState(d.number, d.status, d.unread, d.incomplete, d.refusal)
            for d in self.documents()
        ]
        return review.blocks(states, self.marks(), self.standing())

    def record(self, kind: EventKind, body: dict[str, object]) -> Event:
        """Append an event of a release to the log."""
        event = self._store.record(self.actor, kind, body)
        self._events.append(event)
        return event

    # --- inside -------------------------------------------------------------------------------

    def _decide(
        self,
        mark_ids: Sequence[int],
        new: Sequence[tuple[int, NewMark]],
        action: Action,
        exemption: str,
        reason: str,
    ) -> Change:
        if not mark_ids and not new:
            raise UsageError("Nothing was chosen to decide on. Nothing was recorded.")
        if not reason.strip():
            raise UsageError("A decision needs a reason. Nothing was recorded.")
        if action is Action.REDACT and not exemption.strip():
            raise UsageError("A redaction needs an exemption and its limb. Nothing was recorded.")
        body = {"action": str(action), "exemption": exemption.strip(), "reason": reason.strip()}
        event, made = self._store.decide(self.actor, body, list(mark_ids), new)
        return self._changed(event, tuple(made))

    def _step(self, seq: int | None, kind: EventKind) -> Change | None:
        if seq is None:
            return None
        return self._changed(self._store.record(self.actor, kind, {"event": seq}), ())

    def _changed(self, event: Event, made: tuple[Mark, ...]) -> Change:
        self._events.append(event)
        return Change(event, made, self.standing())

    def _refresh(self) -> None:
        self._events = list(self._store.events())

    def _unmarked(self, chosen: Mark, marks: Iterable[Mark]) -> Iterator[tuple[int, NewMark]]:
        """Find the places of a mark's text that no mark covers."""
        term = make_term(chosen.text, 1)
        if term is None:
            return
        covered: dict[tuple[int, tuple[str, int | None]], list[tuple[int, int]]] = {}
        for mark in marks:
            if isinstance(mark.target, Span):
                spans = covered.setdefault((mark.document, mark.target.key), [])
                spans.append((mark.target.start, mark.target.end))
        for document in self.documents():
            for segment in self.segments(document.number):
                taken = covered.get((document.number, segment.key), ())
                for start, end in find_term(term, fold(segment.text)):
                    if any(s <= start and end <= e for s, e in taken):
                        continue
                    name, column = segment.key
                    yield (
                        document.number,
                        NewMark(
                            Span(name, start, end, column),
                            segment.text[start:end],
                            chosen.label,
                            chosen.score,
                            _SAME_TEXT,
                            "the same text as another mark",
                            hidden=str(segment.hidden) if segment.hidden else None,
                            by_hand=True,
                        ),
                    )
