"""A log as whoever looks back on a case reads it: what became of each event later. Pure.

An event is never changed, but what it did may be undone, and a submission or an approval ends when
the case is changed or returned. The log says so in a later event; here it is said of the earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redactor import lifecycle
from redactor.app.log_words import GROUPS, Group, words_of
from redactor.case.bodies import fault_of
from redactor.events import Event, EventKind
from redactor.lifecycle import Life, Voided

_STEPS = frozenset({EventKind.UNDONE, EventKind.REDONE})
_OF_A_DOCUMENT = frozenset(
    {
        EventKind.DOCUMENT_ADDED,
        EventKind.DOCUMENT_READING,
        EventKind.DOCUMENT_READ,
        EventKind.DOCUMENT_REFUSED,
        EventKind.DOCUMENT_READ_AS,
        EventKind.RULED,
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it is read.

    Attributes:
        words: what happened, in a sentence that names documents by their numbers.
        documents: the numbers of the documents that it is about, ascending.
        voids: the submission or approval that it took away, if it did.
        objection: why it was not allowed and counts for nothing; empty where it counts.
    """

    event: Event
    words: str
    group: Group
    documents: tuple[int, ...]
    voids: Voided | None = None
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an event later.

    Attributes:
        how: ``undone``, ``taken away`` or ``returned``.
        by: the number of the event that did it.
    """

    how: str
    by: int


class Story:
    """A log added up event by event, in its order.

    Args:
        names: what the documents are called.
        places: the number of the document that each mark stands in.
    """

    def __init__(
        self, names: Mapping[int, str] | None = None, places: Mapping[int, int] | None = None
    ) -> None:
        self.names = dict(names or {})
        self.entries: list[Entry] = []
        self.fates: dict[int, Fate] = {}
        self._places = dict(places or {})
        self._life = Life()
        self._at: dict[int, Entry] = {}
        self._done: list[int] = []
        self._undone: list[int] = []

    def know(self, names: Mapping[int, str], places: Mapping[int, int]) -> None:
        """Learn of more documents and marks, before events that speak of them are added."""
        self.names.update(names)
        self._places.update(places)

    def entry(self, seq: int) -> Entry | None:
        """Give what was added under a number."""
        return self._at.get(seq)

    def add(self, event: Event) -> Entry:
        """Add the next event."""
        before = self._life
        objection = lifecycle.objection(
            before, event.kind, event.fingerprint, event.body, event.actor
        )
        self._life = lifecycle.advance(before, event)
        over = self._stepped_over(event)
        entry = Entry(
            event,
            self._words(event, over),
            over.group if over is not None else GROUPS[event.kind],
            over.documents if over is not None else self._documents(event),
            self._end_of_submission(before, event),
            objection,
        )
        if not objection:
            self._step(event)
        self.entries.append(entry)
        self._at[event.seq] = entry
        return entry

    def _stepped_over(self, event: Event) -> Entry | None:
        """Give what an undo or a redo speaks of."""
        if event.kind not in _STEPS or fault_of(event):
            return None
        return self._at.get(event.body["event"])

    def _words(self, event: Event, over: Entry | None) -> str:
        words = words_of(event)
        if over is None:
            return words
        return f"{words} – {over.words[:1].lower()}{over.words[1:]}"

    def _documents(self, event: Event) -> tuple[int, ...]:
        if fault_of(event):
            return ()
        if event.kind in _OF_A_DOCUMENT:
            return (event.body["document"],)
        found = {self._places.get(mark, 0) for mark in _marks_of(event)}
        return tuple(sorted(found - {0}))

    def _end_of_submission(self, before: Life, event: Event) -> Voided | None:
        """Say of a submission, and of its approval, that they ended; what a change took away."""
        if before.submission is None or self._life.submission is not None:
            return None
        how = "returned" if event.kind is EventKind.RETURNED else "taken away"
        for one in (before.submission, before.approval, before.certificate):
            if one is not None:
                self.fates[one.seq] = Fate(how, event.seq)
        return self._life.voided if how == "taken away" else None

    def _step(self, event: Event) -> None:
        """Follow what is undone, by the rule of ``redactor.review.Tally``."""
        if event.kind in lifecycle.UNDOABLE:
            self._done.append(event.seq)
            self._undone.clear()
        elif event.kind is EventKind.UNDONE and self._done:
            self._undone.append(self._done.pop())
            self.fates[self._undone[-1]] = Fate("undone", event.seq)
        elif event.kind is EventKind.REDONE and self._undone:
            self._done.append(self._undone.pop())
            self.fates.pop(self._done[-1], None)


def _marks_of(event: Event) -> Iterable[int]:
    body = event.body
    match event.kind:
        case EventKind.DECIDED | EventKind.PLACES_ADDED | EventKind.PERSON_SPLIT:
            return list(body["marks"])
        case EventKind.LISTS_CHANGED:
            return [*body["marks"], *body["keep"], *body["redact"]]
        case EventKind.PERSONS_MERGED:
            return list(body["persons"])
        case EventKind.PERSON_ROLE:
            return (body["person"],)
        case EventKind.COMMENTED:
            return (body["mark"],)
        case _:
            return ()
