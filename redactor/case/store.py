"""The case on disk: what is kept, and the events that say so. Use it from one thread.

Every change is one transaction that writes the event together with its effect, flushed to disk
before it is acknowledged, so that a killed program loses nothing that a person did.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from redactor.canonical import canonical
from redactor.case import codec, log
from redactor.case.bodies import fault_of
from redactor.case.faults import explained, understood
from redactor.case.files import Files, StoredOutput, rows_of
from redactor.case.list_rows import ListRows
from redactor.case.marks import Marks, NewMark
from redactor.case.readings import Readings
from redactor.case.sealing import Sealer, commitment
from redactor.case.segments import Segments
from redactor.case.signing import Signer, signer_of_seed
from redactor.case.vault import Vault
from redactor.errors import BugError
from redactor.events import Event, EventKind, Mark
from redactor.model import Incomplete, ReadAs, Role, Unread

#: The name under which the case itself signs the end of an export.
CASE_SIGNER_NAME = "The case file"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document of the case as the store knows it; the original's bytes are fetched apart."""

    number: int
    name: str = field(repr=False)
    sha256: str
    format: str
    status: str
    unread: tuple[Unread, ...]
    incomplete: tuple[Incomplete, ...]
    notes: tuple[str, ...]
    refusal: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs what is written: the key, and the name that the case knows its holder by."""

    signer: Signer
    name: str


class Store:
    """What an open case file holds."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.author: Author | None = None
        self.sealer, self.case_signer = _keys_in(vault)
        self.files = Files(vault)
        self._marks = Marks(vault.link)
        self.lists = ListRows(vault.link)
        #: By document: marks that were there when its reading began, and nothing vouched for.
        self._doubtful: dict[int, set[int]] = {}
        self._segments = Segments(vault.path, vault.link)
        self.readings = Readings(vault)

    @classmethod
    def begin(cls, vault: Vault, author: Author, about: Mapping[str, Any]) -> Store:
        """Write the first event into a new file.

        Args:
            about: reference, regime and the day the request was received.
        """
        sealing, signing = secrets.token_bytes(32), secrets.token_bytes(32)
        with vault.change() as link:
            link.executemany(
                "INSERT INTO secrets VALUES (?, ?)",
                [("sealing key", sealing.hex()), ("signing key", signing.hex())],
            )
            store = cls(vault)
            store.author = author
            signer = author.signer
            store.append(
                EventKind.CASE_CREATED,
                {
                    **about,
                    "case": secrets.token_hex(16),
                    "name": author.name,
                    "role": str(Role.OFFICER),
                    "public_key": signer.public_key.hex(),
                    "case_key": store.case_signer.public_key.hex(),
                    "seal_key": commitment(sealing),
                },
            )
        return store

    # --- events -------------------------------------------------------------------------------

    def events(self) -> tuple[Event, ...]:
        """Give the log from its beginning.

        Raises:
            CaseError: an event cannot be read.
        """
        with explained(self.vault.path), understood(self.vault.path):
            rows = self.vault.link.execute(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY seq")  # noqa: S608
            return tuple(event_of_row(row) for row in rows)

    def draft(self, kind: EventKind, body: Mapping[str, Any]) -> Event:
        """Make the next event without writing it.

        Raises:
            UsageError: somebody wrote what is no text.
            BugError: it would not be complete, so that the log could not be read again.
        """
        if self.author is None:
            raise BugError("Nobody is named as the author of a change. Nothing was recorded.")
        with explained(self.vault.path):
            last = self.vault.link.execute(
                "SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        seq, head = last if last is not None else (0, log.GENESIS)
        event = log.seal(self.author.signer, self.author.name, head, seq + 1, kind, body)
        if wanting := fault_of(event):
            raise BugError(f"An event would not have been complete ({wanting}). It was not kept.")
        return event

    def append(self, kind: EventKind, body: Mapping[str, Any]) -> Event:
        """Write the next event, inside a change that is under way."""
        event = self.draft(kind, body)
        self.insert(event)
        return event

    def insert(self, event: Event) -> None:
        """Write an event that was drafted just now, inside a change that is under way."""
        self.vault.link.execute(
            f"INSERT INTO events ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (
                event.seq,
                event.at,
                event.actor,
                event.fingerprint,
                str(event.kind),
                canonical(event.body).decode("utf-8"),
                event.previous,
                event.digest,
                event.signature,
            ),
        )

    def record(self, kind: EventKind, body: Mapping[str, Any]) -> Event:
        """Append an event that has no other effect.

        Raises:
            CaseError: it could not be written; nothing was changed.
        """
        with self.vault.change():
            return self.append(kind, body)

    # --- documents ----------------------------------------------------------------------------

    def add_document(
        self, name: str, sha256: str, original: bytes
    ) -> tuple[int, Event] | tuple[None, None]:
        """Take in an original; None where the very same bytes are in the case already."""
        with self.vault.change() as link:
            if link.execute("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,)).fetchone():
                return None, None
            (last,) = link.execute("SELECT coalesce(max(number), 0) FROM documents").fetchone()
            number = int(last) + 1
            self.files.keep(sha256, original)
            link.execute(
                "INSERT INTO documents VALUES (?, ?, ?, '', 'reading', ?)",
                (number, name, sha256, codec.encode_summary((), (), (), "")),
            )
            body = {
                "document": number,
                "sha256": sha256,
                "bytes": len(original),
                "name": self.sealer.of_text(name),
            }
            return number, self.append(EventKind.DOCUMENT_ADDED, body)

    def documents(self) -> tuple[StoredDocument, ...]:
        """Give the documents in the order in which they were added."""
        with explained(self.vault.path), understood(self.vault.path):
            rows = self.vault.link.execute(
                "SELECT number, name, sha256, format, status, summary FROM documents"
                " ORDER BY number"
            )
            return tuple(
                StoredDocument(number, name, sha256, kind, status, *codec.decode_summary(summary))
                for number, name, sha256, kind, status, summary in rows
            )

    def begin_reading(self, number: int) -> Event | None:
        """Forget what an earlier, unfinished reading left; an event where it had an end."""
        with self.vault.change() as link:
            self._forget_reading(number)
            (status,) = link.execute(
                "SELECT status FROM documents WHERE number = ?", (number,)
            ).fetchone()
            if status == "reading":
                self._doubtful[number] = self._unvouched(number)
                return None
            self._put_status(number, "reading", codec.encode_summary((), (), (), ""))
            last = self._marks.last_id(number)
            body = {"document": number, "last_mark": last, "seal": self.found_seal(number, last)}
            return self.append(EventKind.DOCUMENT_READING, body)

    def begin_reading_as(
        self, number: int, read_as: ReadAs, marks: Sequence[int], reason: str
    ) -> Event:
        """Forget what was read of a document, which is to be read otherwise.

        The marks that were made of it stay in the file, for the log speaks of them; the event says
        up to which, and on which of them decisions fall.
        """
        with self.vault.change():
            self._forget_reading(number)
            self._put_status(number, "reading", codec.encode_summary((), (), (), ""))
            last = self._marks.last_id(number)
            body = {
                "document": number,
                "encoding": read_as.encoding,
                "delimiter": read_as.delimiter,
                "marks": sorted(marks),
                "last_mark": last,
                "seal": self.found_seal(number, last),
                **({"reason": reason} if reason else {}),
            }
            return self.append(EventKind.DOCUMENT_READ_AS, body)

    def _forget_reading(self, number: int) -> None:
        self._segments.forget(number)
        self.readings.forget(number)

    def _put_status(self, number: int, status: str, summary: str, kind: str = "") -> None:
        """Keep how far the reading of a document came, and what came of it."""
        self.vault.link.execute(
            "UPDATE documents SET status = ?, format = ?, summary = ? WHERE number = ?",
            (status, kind, summary, number),
        )

    def set_aside(self, number: int, last_mark: int) -> None:
        """Give the marks of a document up to one no more: it is read otherwise since."""
        self._marks.set_aside(number, last_mark)
        self._doubtful.pop(number, None)

    def _unvouched(self, number: int) -> set[int]:
        """Give the marks of a document that no event vouches for."""
        ids = self._marks.ids_of(number)
        if not ids:
            return ids
        last = 0
        for event in self.events():
            ids.difference_update(event.body.get("made", ()))
            if event.body.get("document") == number:
                last = event.body.get("last_mark", last)
        return {one for one in ids if one > last}

    @property
    def segments(self) -> Segments:
        """Give what was read of the documents."""
        return self._segments

    def add_segments(self, number: int, segments: Sequence[Any]) -> None:
        """Keep segments as they come, in order."""
        with self.vault.change():
            self._segments.add(number, segments)

    def finish_reading(
        self,
        number: int,
        kind: str,
        unread: Sequence[Unread],
        incomplete: Sequence[Incomplete],
        notes: Sequence[str],
        lists: Mapping[str, Any] | None = None,
        *,
        read_from_pixels: bytes = b"",
    ) -> Event:
        """Record that a document was read, and what was not; seals all that came of it.

        Args:
            lists: what the event says of the lists that it was searched with.
            read_from_pixels: what was read from its pixels, packed.
        """
        summary = codec.encode_summary(unread, incomplete, notes, "")
        with self.vault.change():
            self.readings.keep(number, read_from_pixels)
            self._put_status(number, "read", summary, kind)
            last = self._marks.last_id(number)
            body = {
                "document": number,
                "format": kind,
                "unread": len(unread),
                "incomplete": len(incomplete),
                "last_mark": last,
                **(lists or {}),
                "seal": self.reading_seal(number, kind, summary, last),
            }
            return self.append(EventKind.DOCUMENT_READ, body)

    def reading_seal(self, number: int, kind: str, summary: str, last_mark: int) -> str:
        """Seal what was read of a document and what was found in it up to a mark."""
        tables = [
            [(number, kind, summary)],
            self._segments.rows(number),
            self._marks.rows_up_to(number, last_mark),
        ]
        readings = self.readings.rows(number)
        # Where there are none, the seal is what it was before there could be any.
        return self.sealer.of_rows(*tables, *([readings] if readings else []))

    def found_seal(self, number: int, last_mark: int) -> str:
        """Seal what was found in a document up to a mark."""
        return self.sealer.of_rows(self._marks.rows_up_to(number, last_mark))

    def refuse_document(self, number: int, reason: str, why: str) -> Event:
        """Record that a document could not be read."""
        summary = codec.encode_summary((), (), (), why)
        with self.vault.change():
            self._forget_reading(number)
            self._put_status(number, "refused", summary)
            last = self._marks.last_id(number)
            seal = self.reading_seal(number, "", summary, last)
            body = {"document": number, "reason": reason, "last_mark": last, "seal": seal}
            return self.append(EventKind.DOCUMENT_REFUSED, body)

    # --- marks --------------------------------------------------------------------------------

    def add_marks(self, number: int, marks: Iterable[NewMark]) -> list[Mark]:
        """Keep what a reading found; one that stands at the same place already keeps its id.

        Of a reading that did not end, nothing vouches for what was found. Somebody who has the
        passphrase could have put a mark there that needs no decision, in the place of the one that
        is found now. So it is written anew.
        """
        doubtful = self._doubtful.get(number, set())
        made = []
        with self._marks_changing():
            for mark in marks:
                one, _ = self._marks.add(number, mark, doubtful)
                doubtful.discard(one.id)
                made.append(one)
        return made

    def marks(self, number: int | None = None) -> tuple[Mark, ...]:
        """Give the marks of one document, or of all."""
        with explained(self.vault.path), understood(self.vault.path):
            return self._marks.all(number)

    def missing_marks(self, ids: Sequence[int]) -> list[int]:
        """Give those ids that no mark has, or one of a reading that was replaced."""
        with explained(self.vault.path):
            return self._marks.missing(ids)

    def change_with_marks(
        self,
        kind: EventKind,
        body: Mapping[str, Any],
        mark_ids: Sequence[int],
        new: Sequence[tuple[int, NewMark]],
        listed: Sequence[tuple[str, str]] = (),
    ) -> tuple[Event, list[Mark]]:
        """Record one change about marks, making those that are new in the same transaction.

        Args:
            listed: rows that the change adds to the lists of the case.
        """
        with self._marks_changing():
            if listed:
                entries = self.lists.add(listed)
                body = {**body, "entries": entries, "listed": self.listed_seal(entries)}
            added = self._marks.add_all(new)
            ids = list(dict.fromkeys([*mark_ids, *(mark.id for mark, _ in added)]))
            made = sorted(mark.id for mark, is_new in added if is_new)
            sealed = {"made": made, "seal": self.made_seal(made)} if made else {}
            event = self.append(kind, {**body, "marks": ids, **sealed})
            return event, [mark for mark, _ in added]

    @contextmanager
    def _marks_changing(self) -> Iterator[None]:
        try:
            with self.vault.change():
                yield
        except BaseException:
            self._marks.let_go()
            raise

    def made_seal(self, ids: Sequence[int]) -> str:
        """Seal marks that a change made."""
        return self.sealer.of_rows(self._marks.rows(ids))

    def listed_seal(self, ids: Sequence[int]) -> str:
        """Seal rows that a change added to the lists."""
        return self.sealer.of_rows((one.id, one.list, one.payload) for one in self.lists.rows(ids))

    # --- files of a candidate release ---------------------------------------------------------

    def draft_with_outputs(
        self, kind: EventKind, body: Mapping[str, Any], outputs: Sequence[StoredOutput]
    ) -> Event:
        """Make the next event, which vouches for some files, without writing it."""
        files = [{"sha256": one.sha256, "bytes": len(one.data)} for one in outputs]
        seal = self.sealer.of_rows(rows_of(outputs))
        return self.draft(kind, {**body, "files": files, "seal": seal})

    def insert_with_outputs(self, event: Event, outputs: Sequence[StoredOutput]) -> None:
        """Write a drafted event with its files, inside a change that is under way."""
        self.insert(event)
        self.files.add(event.seq, outputs)


def _keys_in(vault: Vault) -> tuple[Sealer, Signer]:
    """Give what the case's own keys do: one seals, and one signs."""
    with explained(vault.path), understood(vault.path):
        kept = dict(vault.link.execute("SELECT name, value FROM secrets"))
        sealing, signing = (bytes.fromhex(kept[name]) for name in ("sealing key", "signing key"))
        return Sealer(sealing), signer_of_seed(CASE_SIGNER_NAME, Role.OBSERVER, signing)


_KINDS = {str(one): one for one in EventKind}
EVENT_COLUMNS = "seq, at, actor, fingerprint, kind, body, previous, digest, signature"


def event_of_row(row: Sequence[Any]) -> Event:
    """Read an event out of its row.

    Raises:
        ValueError: it is none.
    """
    seq, at, actor, fingerprint, kind, kept, previous, digest, signature = row
    body = codec.read_json(kept)
    if type(body) is not dict:
        raise ValueError("not a body")
    return Event(
        seq,
        at,
        actor,
        _KINDS.get(kind) or EventKind(kind),
        body,
        fingerprint,
        previous,
        digest,
        signature,
    )
