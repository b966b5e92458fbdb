"""A case to work in: take in originals, keep what was found, decide, undo, say what still blocks.

Use a ``Case`` from one thread. Every method that changes something has written it to disk before
it returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from redactor import review
from redactor.app.grounds import wanting
from redactor.app.holding_back import at_odds, held_back, request_of
from redactor.app.opening import OpenCase
from redactor.app.parts import name_in_log
from redactor.case.marks import NewMark
from redactor.case.store import StoredDocument
from redactor.errors import RedactorError, UnreadableDocument, UsageError
from redactor.events import Event, EventKind, Mark
from redactor.formats.base import plan_spots
from redactor.jobs import CaseSource, FindingBatch, Reading, SegmentBatch, read_file
from redactor.law.exemptions import exemption_named, exemptions
from redactor.law.regimes import Regime
from redactor.listed import Searching
from redactor.matching import find_term, fold, fold_text, make_term
from redactor.model import AS_FOUND, Action, Area, ReadAs, Ruling, Segment, Span, span_of

_BY_HAND = "by hand"
_SAME_TEXT = "same text"
_NO_REASON = "Nothing was recorded. Say why in a sentence."
_NO_FINDING = "Nothing was recorded. The list of findings has their numbers."


@dataclass(frozen=True, slots=True)
class Change:
    """What a change did: the event, the marks it made, and what holds now."""

    event: Event
    made: tuple[Mark, ...]
    standing: review.Standing


class Case(OpenCase):
    """An open case file and the person who works in it."""

    # --- documents ----------------------------------------------------------------------------

    def add_file(self, path: Path) -> int | None:
        """Take in an original as it is; the file itself is only read.

        Returns:
            Its number in the case, or None where the same bytes are in the case already.

        Raises:
            UnreadableDocument: it cannot be opened or is too large.
            NotAllowed: the person may not add to the case.
        """
        self.allow(EventKind.DOCUMENT_ADDED)
        return self.add_bytes(path.name, read_file(path))

    def add_bytes(self, name: str, untrusted: bytes) -> int | None:
        """Take in an original that lies in no file of its own. See ``add_file``."""
        self.allow(EventKind.DOCUMENT_ADDED)
        digest = hashlib.sha256(untrusted).hexdigest()
        number, event = self.store.add_document(name, digest, untrusted)
        if event is not None:
            self.took(event)
        return number

    def documents(self) -> tuple[StoredDocument, ...]:
        """Give the documents in the order in which they were added."""
        return self.store.documents()

    def source(self, number: int) -> CaseSource:
        """Give what a worker needs to fetch an original.

        Raises:
            UsageError: there is no such document.
        """
        for source in self.sources():
            if source.number == number:
                return source
        raise UsageError(f"The case holds no document {number}.")

    def sources(self) -> tuple[CaseSource, ...]:
        """Give what workers need to fetch each original."""
        original_of, readings_of = self.store.files.original_of, self.store.readings.of
        return tuple(
            CaseSource(
                one.number,
                one.name,
                one.sha256,
                original_of,
                self.read_as(one.number),
                readings_of,
            )
            for one in self.documents()
        )

    def read_as(self, number: int) -> ReadAs:
        """Give how a person chose that a document is read; as found where nobody chose."""
        chosen = self.standing_read_as().get(number)
        return chosen.read_as if chosen is not None else AS_FOUND

    def size_of(self, number: int) -> int:
        """Give the size of an original, in bytes; 0 where there is no such document."""
        added = (e.body for e in self._events if e.kind is EventKind.DOCUMENT_ADDED)
        return next((int(one["bytes"]) for one in added if one["document"] == number), 0)

    def begin_reading(self, number: int) -> None:
        """Prepare for the batches of a reading."""
        self.allow(EventKind.DOCUMENT_READING)
        self._searching[number] = Searching(self.listed.last)
        event = self.store.begin_reading(number)
        if event is not None:
            self.took(event)

    def begin_reading_as(self, number: int, read_as: ReadAs, reason: str = "") -> None:
        """Have a document read in another way, by ``redactor.app.read_as``.

        Its findings are replaced by those of the new reading, and what was decided on them falls.
        """
        self.allow(EventKind.DOCUMENT_READ_AS)
        decided = self.standing().decisions
        fall = [mark.id for mark in self.marks(number) if mark.id in decided]
        self._searching[number] = Searching(self.listed.last)
        self.took(self.store.begin_reading_as(number, read_as, fall, reason))

    def keep(self, number: int, batch: SegmentBatch | FindingBatch) -> tuple[Mark, ...]:
        """Keep what a worker reported; gives the marks made of findings."""
        if isinstance(batch, SegmentBatch):
            self.store.add_segments(number, batch.segments)
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
        made = self.listed.proposed(self.store.add_marks(number, marks))
        if number in self._searching:
            self._searching[number].meet(batch.findings, made)
        return made

    def finish_reading(self, number: int, reading: Reading) -> None:
        """Record that a document was read to its end."""
        self.allow(EventKind.DOCUMENT_READ)
        self.took(
            self.store.finish_reading(
                number,
                reading.format,
                reading.unread,
                reading.incomplete,
                reading.notes,
                self._searching.pop(number, Searching()).body(),
                read_from_pixels=reading.read_from_pixels,
            )
        )

    def refuse(self, number: int, error: RedactorError) -> None:
        """Record that a document could not be read, and why."""
        self.allow(EventKind.DOCUMENT_REFUSED)
        reason = error.reason if isinstance(error, UnreadableDocument) else error.code
        self.took(self.store.refuse_document(number, reason, error.user_message))

    def segments(self, number: int) -> Iterator[Segment]:
        """Give every segment of a document, in reading order."""
        return self.store.segments.all(number)

    def rows(self, number: int, container: str, first: int, last: int) -> tuple[Segment, ...]:
        """Give the cells of some rows, for a grid. ``container`` is one of ``containers``."""
        return tuple(self.store.segments.between(number, container, first, last))

    def containers(self, number: int) -> tuple[tuple[str, int], ...]:
        """Give the sheets (``sheet:NAME``; ``rows`` for CSV) with their last row, from 0."""
        return self.store.segments.containers(number)

    # --- decisions ----------------------------------------------------------------------------

    def marks(self, number: int | None = None) -> tuple[Mark, ...]:
        """Give the marks of one document, or of all."""
        return self.listed.proposed(self.store.marks(number))

    def decide(
        self,
        mark_ids: Sequence[int],
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
        *,
        about: Mapping[str, int | bool] | None = None,
    ) -> Change:
        """Record one decision on some marks.

        Args:
            exemption: the citation with its limb; empty for KEEP.
            reason: never empty.
            public_interest: how it was weighed, where the limb is qualified.
            about: whose mentions they are, or which decision it follows (``person_decisions``).

        Raises:
            UsageError: no marks, no reason, or a redaction without an exemption and its limb.
            NotAllowed: the person may not decide.
            CaseError: it could not be written; nothing was changed.
        """
        ground = _Ground(action, exemption, reason, public_interest)
        return self._decide(mark_ids, (), ground, about or {})

    def decide_same_text(
        self,
        mark_id: int,
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> Change:
        """Record one decision on every place of a mark's text in the whole case.

        A redaction reaches places that no recogniser found, too: they are marked in the same
        transaction, and undo takes all of it back at once.
        """
        marks = self.marks()
        chosen = next((mark for mark in marks if mark.id == mark_id), None)
        if chosen is None:
            raise UsageError(f"The case holds no finding {mark_id}. {_NO_FINDING}")
        wanted = fold_text(chosen.text)
        same = [mark for mark in marks if mark.text and fold_text(mark.text) == wanted]
        ids = [mark.id for mark in same] or [mark_id]
        unmarked: list[tuple[int, NewMark]] = []
        if action is Action.REDACT:
            unmarked = list(self._unmarked(chosen.text, chosen.label, chosen.score, marks))
        return self._decide(ids, unmarked, _Ground(action, exemption, reason, public_interest))

    def decide_term(
        self, text: str, action: Action, exemption: str, reason: str, public_interest: str = ""
    ) -> Change:
        """Record one decision on every place of a text, whether or not anything was found there.

        Raises:
            UsageError: the text stands nowhere in the case.
        """
        marks = self.marks()
        wanted = fold_text(text)
        ids = [mark.id for mark in marks if mark.text and fold_text(mark.text) == wanted]
        new = list(self._unmarked(text, "MANUAL", 1.0, marks, exactly=True))
        if not ids and not new:
            raise UsageError("That text stands nowhere in the case. Nothing was recorded.")
        return self._decide(ids, new, _Ground(action, exemption, reason, public_interest))

    def decide_places(
        self,
        mark_ids: Sequence[int],
        new: Sequence[tuple[int, NewMark]],
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> Change:
        """Record one decision on some marks and on places that are marked with it, as one event.

        Args:
            new: places with the number of their document.

        Raises:
            UsageError, NotAllowed, CaseError: as ``decide``.
        """
        return self._decide(mark_ids, new, _Ground(action, exemption, reason, public_interest))

    def mark_spans(
        self,
        number: int,
        spans: Sequence[tuple[Span, str]],
        action: Action,
        exemption: str,
        reason: str,
        public_interest: str = "",
    ) -> Change:
        """Mark several selected stretches or cells by hand in one step, which undo takes back."""
        marks = [
            (number, NewMark(span, text, "MANUAL", 1.0, _BY_HAND, "marked by hand", by_hand=True))
            for span, text in spans
        ]
        return self._decide((), marks, _Ground(action, exemption, reason, public_interest))

    def mark_area(
        self,
        number: int,
        area: Area,
        text: str,
        action: Action,
        exemption: str,
        reason: str,
        *,
        public_interest: str = "",
    ) -> Change:
        """Mark a drawn box by hand, and decide on it. ``text`` is what the box covers."""
        mark = NewMark(area, text, "MANUAL", 1.0, _BY_HAND, "drawn by hand", by_hand=True)
        ground = _Ground(action, exemption, reason, public_interest)
        return self._decide((), [(number, mark)], ground)

    def add_unmarked(self, places: Iterable[tuple[int, Span, str]]) -> tuple[Mark, ...]:
        """Add places that a release found undecided, as findings to be decided."""
        new = [
            (number, NewMark(span, text, "PERSON", 1.0, _SAME_TEXT, "withheld elsewhere"))
            for number, span, text in places
        ]
        self.allow(EventKind.PLACES_ADDED)
        event, made = self.store.change_with_marks(EventKind.PLACES_ADDED, {}, (), new)
        self.took(event)
        return tuple(made)

    def rule(self, number: int, part: str, ruling: Ruling, reason: str) -> Change:
        """Record a named person's ruling on an unread or incomplete part.

        Raises:
            UsageError: no reason was given.
            NotAllowed: the person may not rule.
        """
        if not reason.strip():
            raise UsageError(f"A ruling needs a reason. {_NO_REASON}")
        body = {
            "document": number,
            "part": name_in_log(self.store.sealer, number, part),
            "ruling": str(ruling),
            "reason": reason.strip(),
        }
        return self._changed(self.record_change(EventKind.RULED, body), ())

    def comment(self, mark_id: int, text: str) -> Event:
        """Say something about a finding, for whoever prepares the case.

        Raises:
            UsageError: nothing was said, or there is no such finding.
        """
        if not text.strip():
            raise UsageError("A comment needs words. Nothing was recorded.")
        self._require_marks([mark_id])
        return self.record_change(EventKind.COMMENTED, {"mark": mark_id, "text": text.strip()})

    def comments(self) -> tuple[review.Comment, ...]:
        """Give every comment on a finding that is there, in order."""
        said = review.comments(self._events)
        if not said or not self.standing_read_as():
            return said
        gone = set(self.store.missing_marks([one.mark for one in said]))
        return tuple(one for one in said if one.mark not in gone)

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
        labels = {one.citation: one.label for one in exemptions(self.regime)}
        redactions = review.redactions(marks, self.standing().decisions, labels)
        spots = plan_spots(redactions.get(number, ())).get(key, ())
        text = next(one.text for one in self.segments(number) if one.key == key)
        return text, tuple((spot.start, spot.end, spot.label) for spot in spots)

    def blocks(self) -> tuple[review.Block, ...]:
        """List all that must be settled before the case can be submitted."""
        states = [
            review.DocumentState(d.number, d.status, d.unread, d.incomplete, d.refusal)
            for d in self.documents()
        ]
        grounds = {one.citation: one.needs_public_interest_test for one in exemptions(self.regime)}
        failed = self._life.failed
        request, back = request_of(self), held_back(self)
        said = str(failed.body.get("said", "")) if failed is not None else ""
        marks, now = self.marks(), self.standing()
        found = review.blocks(
            states,
            marks,
            now,
            grounds=grounds,
            failed=said,
            held_back=back,
        )
        contradictions = tuple(
            review.Block("neither-confirm", number, "", said) for number, said in at_odds(request)
        )
        out = [one for one in marks if one.document not in back]
        grounds_wanting = wanting(out, now, request, self.regime, in_full=self.justifies_in_full)
        return (*found, *contradictions, *grounds_wanting)

    def justification(self, number: int) -> review.Justification:
        """Give a justification as it is written now.

        Raises:
            UsageError: there is none of that number.
        """
        found = self.standing().justifications.get(number)
        if found is None:
            raise UsageError(f"The case holds no justification {number}. Nothing was recorded.")
        return found

    def decide_under(self, mark_ids: Sequence[int], number: int) -> Change:
        """Redact some marks on the ground of a justification of the case.

        Raises:
            UsageError: no marks, or there is no such justification.
            NotAllowed, CaseError: as ``decide``.
        """
        rests_on = self.justification(number)
        ground = _Ground(
            Action.REDACT, rests_on.exemption, rests_on.reason, rests_on.public_interest
        )
        return self._decide(mark_ids, (), ground, {"justification": number})

    # --- inside -------------------------------------------------------------------------------

    def _decide(
        self,
        mark_ids: Sequence[int],
        new: Sequence[tuple[int, NewMark]],
        ground: _Ground,
        about: Mapping[str, int | bool] | None = None,
    ) -> Change:
        if not mark_ids and not new:
            raise UsageError("Nothing was chosen to decide on. Nothing was recorded.")
        body = {**ground.body(self.regime), **(about or {})}
        self._require_marks(mark_ids)
        self.allow(EventKind.DECIDED)
        event, made = self.store.change_with_marks(EventKind.DECIDED, body, list(mark_ids), new)
        return self._changed(self.took(event), tuple(made))

    def _require_marks(self, mark_ids: Sequence[int]) -> None:
        if missing := self.store.missing_marks(mark_ids):
            raise UsageError(f"The case holds no finding {missing[0]}. {_NO_FINDING}")

    def _step(self, seq: int | None, kind: EventKind) -> Change | None:
        if seq is None:
            return None
        return self._changed(self.record_change(kind, {"event": seq}), ())

    def _changed(self, event: Event, made: tuple[Mark, ...]) -> Change:
        return Change(event, made, self.standing())

    def _unmarked(
        self, text: str, label: str, score: float, marks: Iterable[Mark], *, exactly: bool = False
    ) -> Iterator[tuple[int, NewMark]]:
        """Find the places of a text that no mark covers (or, ``exactly``, is not the same as)."""
        term = make_term(text, 1)
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
                    if _is_taken(start, end, taken, exactly=exactly):
                        continue
                    name, column = segment.key
                    yield (
                        document.number,
                        NewMark(
                            Span(name, start, end, column),
                            segment.text[start:end],
                            label,
                            score,
                            _SAME_TEXT,
                            "the same text as another mark",
                            hidden=str(segment.hidden) if segment.hidden else None,
                            by_hand=True,
                        ),
                    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a decision is made on."""

    action: Action
    exemption: str
    reason: str
    public_interest: str

    def body(self, regime: Regime) -> dict[str, str]:
        """Give the body of the event, once nothing is wanting.

        Raises:
            UsageError: no reason, no exemption for a redaction, one without its limb or of another
                law, or one that is not for passages.
        """
        if not self.reason.strip():
            raise UsageError(f"A decision needs a reason. {_NO_REASON}")
        body = {"action": str(self.action), "exemption": "", "reason": self.reason.strip()}
        if self.action is Action.REDACT:
            if not self.exemption.strip():
                raise UsageError(
                    "A redaction needs an exemption and its limb. Nothing was recorded."
                )
            exemption = exemption_named(self.exemption, regime)
            if exemption.neither_confirm_nor_deny:
                raise UsageError(
                    f"{exemption.citation} is for a question or a case as a whole, not for a "
                    "passage. Nothing was recorded. Answer the request so instead."
                )
            body["exemption"] = exemption.citation
            if self.public_interest.strip():
                body["public_interest"] = self.public_interest.strip()
        return body


def _is_taken(start: int, end: int, taken: Iterable[tuple[int, int]], *, exactly: bool) -> bool:
    if exactly:
        return (start, end) in taken
    return any(s <= start and end <= e for s, e in taken)
