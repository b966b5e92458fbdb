"""Whether the tables of a case file hold what its log vouches for, all of it and nothing else.

The log is taken for what was written; whether it is, ``check_log`` says. What is being read of a
document just now is the one thing that nothing vouches for yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.case import codec
from redactor.case.marks import Marks
from redactor.case.problems import Problem
from redactor.case.store import Store
from redactor.events import Event, EventKind
from redactor.model import Progress, Report

#: What an event makes of the status of a document.
_STATUS = {
    EventKind.DOCUMENT_ADDED: "reading",
    EventKind.DOCUMENT_READING: "reading",
    EventKind.DOCUMENT_READ: "read",
    EventKind.DOCUMENT_REFUSED: "refused",
    EventKind.DOCUMENT_READ_AS: "reading",
}
#: Events that name findings, each of which has to be there.
_ABOUT_MARKS = frozenset(
    {
        EventKind.DECIDED,
        EventKind.NUMBERS_SETTLED,
        EventKind.PLACES_ADDED,
        EventKind.PERSON_SPLIT,
        EventKind.DOCUMENT_READ_AS,
    }
)
_EMPTY = codec.encode_summary((), (), (), "")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a log says of the tables.

    Attributes:
        added: the event that added each document.
        last: the last event that changed its status.
        making: the events that made findings.
        spoken_of: for each finding that an event is about, the first such event.
        listed: the events that added to the lists.
        listing: the events that vouch for files which have to be there.
    """

    added: dict[int, Event] = field(default_factory=dict)
    last: dict[int, Event] = field(default_factory=dict)
    making: list[Event] = field(default_factory=list)
    spoken_of: dict[int, int] = field(default_factory=dict)
    listed: list[Event] = field(default_factory=list)
    listing: dict[int, Event] = field(default_factory=dict)


def check_tables(store: Store, events: Sequence[Event], report: Report) -> list[Problem]:
    """Say where the tables do not agree with the log.

    Raises:
        CaseError: something in the file cannot be read.
    """
    known = _known(events)
    steps: tuple[tuple[str, Callable[[Store, _Known], Iterable[Problem]]], ...] = (
        ("checking the documents", _check_documents),
        ("checking the findings", _check_marks),
        ("checking the lists", _check_lists),
        ("checking the files", _check_outputs),
        ("checking the originals", _check_blobs),
    )
    problems: list[Problem] = []
    for done, (what, step) in enumerate(steps):
        report(Progress(done, len(steps), what))
        problems += step(store, known)
    return problems


def _known(events: Sequence[Event]) -> _Known:
    known = _Known()
    approved = {one.body["submission"] for one in events if one.kind is EventKind.APPROVED}
    submitted = [one.seq for one in events if one.kind is EventKind.SUBMITTED]
    kept = {*approved, *submitted[-1:]}
    for event in events:
        body = event.body
        if event.kind is EventKind.DOCUMENT_ADDED:
            known.added.setdefault(body["document"], event)
        if event.kind in _STATUS and body["document"] in known.added:
            known.last[body["document"]] = event
        if "made" in body:
            known.making.append(event)
        if body.get("listed"):
            known.listed.append(event)
        for mark in _spoken_of(event):
            known.spoken_of.setdefault(mark, event.seq)
        if event.kind is EventKind.CERTIFIED or (event.seq in kept and "files" in body):
            known.listing[event.seq] = event
    return known


def _spoken_of(event: Event) -> Sequence[int]:
    if event.kind in _ABOUT_MARKS:
        return [int(one) for one in (*event.body["marks"], *event.body.get("freed", ()))]
    if event.kind is EventKind.LISTS_CHANGED:
        return [*event.body["marks"], *event.body["keep"], *event.body["redact"]]
    if event.kind is EventKind.COMMENTED:
        return [event.body["mark"]]
    return ()


def _rows(store: Store, statement: str) -> list[tuple[Any, ...]]:
    return list(store.vault.link.execute(statement))


# --- documents --------------------------------------------------------------------------------


def _check_documents(store: Store, known: _Known) -> Iterator[Problem]:
    statement = "SELECT number, name, sha256, format, status, summary FROM documents"
    rows = {row[0]: row[1:] for row in _rows(store, f"{statement} ORDER BY number")}
    blocks = dict(_rows(store, "SELECT document, count(*) FROM blocks GROUP BY document"))
    readings = store.readings.documents()
    for number in sorted({*rows, *blocks, *readings} - set(known.added)):
        said = f"The file holds document {number}, of which the log knows nothing."
        yield Problem(None, "unlogged", said)
    for number, added in sorted(known.added.items()):
        if number not in rows:
            said = f"Document {number}, which event {added.seq} added, is missing."
            yield Problem(added.seq, "missing", said)
            continue
        yield from _check_document(store, number, rows[number], added, known.last[number])
        if known.last[number].kind is EventKind.DOCUMENT_REFUSED and number in blocks:
            said = f"The file holds text of document {number}, which was never read."
            yield Problem(known.last[number].seq, "unlogged", said)
        # Of one that was read, the seal of its reading says whether they are what was read.
        if known.last[number].kind is not EventKind.DOCUMENT_READ and number in readings:
            said = (
                f"The file holds what the pixels of document {number} say, though nobody read it."
            )
            yield Problem(known.last[number].seq, "unlogged", said)


def _check_document(
    store: Store, number: int, row: Sequence[Any], added: Event, last: Event
) -> Iterator[Problem]:
    name, sha256, kind, status, summary = row
    if store.sealer.of_text(name) != added.body["name"]:
        yield _changed(added, f"The name of document {number}")
    if sha256 != added.body["sha256"]:
        yield _changed(added, f"The digest of document {number}")
    if status != _STATUS[last.kind]:
        yield _changed(last, f"Whether document {number} was read")
    yield from _check_reading(store, number, (kind, summary), last)


def _check_reading(
    store: Store, number: int, kept: tuple[str, str], last: Event
) -> Iterator[Problem]:
    kind, summary = kept
    last_mark = last.body.get("last_mark", 0)
    if _STATUS[last.kind] == "reading":
        if (kind, summary) != ("", _EMPTY):
            yield _changed(last, f"What is known of document {number}")
        is_added = last.kind is EventKind.DOCUMENT_ADDED  # nothing was found in it before
        if not is_added and store.found_seal(number, last_mark) != last.body["seal"]:
            yield _changed(last, f"What was found in document {number}")
    elif kind != last.body.get("format", ""):
        yield _changed(last, f"The format of document {number}")
    elif store.reading_seal(number, kind, summary, last_mark) != last.body["seal"]:
        yield _changed(last, f"What was read of document {number}, or found in it,")


def _changed(event: Event, what: str) -> Problem:
    said = f"{what} was changed: it is not what event {event.seq} vouches for."
    return Problem(event.seq, "changed", said)


# --- findings ---------------------------------------------------------------------------------


def _check_marks(store: Store, known: _Known) -> Iterator[Problem]:
    found = dict(Marks(store.vault.link).ids())
    lost = sorted(known.spoken_of.keys() - found.keys())
    if lost:
        many = f" and {len(lost) - 1} more are" if len(lost) > 1 else " is"
        said = f"Finding {lost[0]}{many} missing; event {known.spoken_of[lost[0]]} speaks of it."
        yield Problem(known.spoken_of[lost[0]], "missing", said)
    made: set[int] = set()
    for event in known.making:
        ids = event.body["made"]
        made.update(ids)
        if set(lost).isdisjoint(ids) and store.made_seal(ids) != event.body["seal"]:
            yield _changed(event, f"A finding that was made by event {event.seq}")
    unlogged = Counter(
        number
        for mark, number in found.items()
        if mark not in made and not _is_vouched_for(mark, known.last.get(number))
    )
    for number, count in sorted(unlogged.items()):
        said = f"Document {number} has {count} findings of which the log knows nothing."
        yield Problem(None, "unlogged", said)


def _is_vouched_for(mark: int, last: Event | None) -> bool:
    """Say whether the log vouches for a mark, or will when the reading has an end."""
    if last is None:
        return False
    return _STATUS[last.kind] == "reading" or mark <= last.body["last_mark"]


# --- lists ------------------------------------------------------------------------------------


def _check_lists(store: Store, known: _Known) -> Iterator[Problem]:
    there, spoken_of = store.lists.ids(), set[int]()
    for event in known.listed:
        entries = event.body["entries"]
        spoken_of.update(entries)
        if lost := sorted(set(entries) - there):
            said = f"{len(lost)} list entries are missing; event {event.seq} speaks of them."
            yield Problem(event.seq, "missing", said)
        elif event.body.get("change") != "removed" and (
            store.listed_seal(entries) != event.body["listed"]
        ):
            yield _changed(event, f"An entry that event {event.seq} put on a list")
    if unlogged := there - spoken_of:
        said = f"The lists have {len(unlogged)} entries of which the log knows nothing."
        yield Problem(None, "unlogged", said)


# --- files ------------------------------------------------------------------------------------


def _check_outputs(store: Store, known: _Known) -> Iterator[Problem]:
    listed = {row[0] for row in _rows(store, "SELECT DISTINCT event FROM outputs")}
    for seq in sorted(listed - set(known.listing)):
        said = f"The file lists files of event {seq}, which vouches for none that are kept."
        yield Problem(None, "unlogged", said)
    for seq, event in sorted(known.listing.items()):
        rows = store.files.rows(seq)
        digests = [one["sha256"] for one in event.body["files"]]
        if len(rows) < len(digests):
            said = f"{len(digests) - len(rows)} of the files that event {seq} lists are missing."
            yield Problem(seq, "missing", said)
        elif store.sealer.of_rows(rows) != event.body["seal"] or digests != [r[3] for r in rows]:
            yield _changed(event, f"The list of the files of event {seq}")


def _check_blobs(store: Store, known: _Known) -> Iterator[Problem]:
    wanted = _wanted(known)
    there: set[str] = set()
    for name, digest, size in store.files.blobs():
        there.add(name)
        if name not in wanted:
            said = "The file holds the bytes of a file of which the log knows nothing."
            yield Problem(None, "unlogged", said)
            continue
        event, expected, what = wanted[name]
        if (name, expected) != (digest, size):
            yield _changed(event, what)
    for name, (event, _, what) in wanted.items():
        if name not in there:
            said = f"{what} is missing; event {event.seq} vouches for it."
            yield Problem(event.seq, "missing", said)


def _wanted(known: _Known) -> Mapping[str, tuple[Event, int, str]]:
    """Give by digest the files that must be there: the event, how long, and what it is."""
    wanted: dict[str, tuple[Event, int, str]] = {}
    for seq, event in sorted(known.listing.items()):
        for place, one in enumerate(event.body["files"], start=1):
            wanted[one["sha256"]] = (event, one["bytes"], f"File {place} of event {seq}")
    for number, event in known.added.items():
        what = f"The original of document {number}"
        wanted[event.body["sha256"]] = (event, event.body["bytes"], what)
    return wanted
