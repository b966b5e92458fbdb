"""The case on disk: one file, one connection, one thread. The only module that knows the database.

Every change is one transaction that writes the event together with its effect, flushed to disk
before it is acknowledged, so that a killed program loses nothing that a person did.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redactor.case import codec
from redactor.case.faults import case_error, explained
from redactor.errors import CaseError
from redactor.events import Event, EventKind, Mark
from redactor.model import (
    CellPlace,
    FieldPlace,
    Incomplete,
    LinePlace,
    Proposal,
    Segment,
    Target,
    Unread,
)

#: Written into the file; a newer one is refused.
SCHEMA_VERSION = 1
_APPLICATION_ID = 0x52444354  # "RDCT"
#: Segments a block; a viewer fetches whole blocks.
BLOCK_SIZE = 2000


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document of the case as the store knows it; the original's bytes are fetched apart."""

    number: int
    name: str
    sha256: str
    format: str
    status: str
    unread: tuple[Unread, ...]
    incomplete: tuple[Incomplete, ...]
    notes: tuple[str, ...]
    refusal: str


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark that has no id yet."""

    target: Target
    text: str
    label: str
    score: float
    recogniser: str
    why: str
    proposal: Proposal = Proposal.REDACT
    hidden: str | None = None
    by_hand: bool = False


def read_original(path: Path, number: int) -> bytes:
    """Read one original out of a case file, for a worker, without touching anything.

    Raises:
        CaseError: the case or the document is not there.
    """
    try:
        link = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            row = link.execute(
                "SELECT original FROM documents WHERE number = ?", (number,)
            ).fetchone()
        finally:
            link.close()
    except sqlite3.Error as error:
        raise case_error(path, error) from None
    if row is None:
        raise CaseError(f"Document {number} is not in the case {path.name}.")
    return bytes(row[0])


class Store:
    """An open case file. Use it from one thread."""

    def __init__(self, path: Path, link: sqlite3.Connection) -> None:
        self.path = path
        self._link = link

    @classmethod
    def create(cls, path: Path, ref: str, actor: str) -> Store:
        """Make a new case file.

        Raises:
            CaseError: there is a file of this name already, or the folder cannot be written to.
        """
        if path.exists():
            raise CaseError(f"{path.name} exists already. Choose another name, or open it.")
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        with explained(path):
            store = cls(path, _connect(path))
            store._link.executescript(f"BEGIN;\n{schema}\nCOMMIT;")
            store._link.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            store._link.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            with store._change(actor, EventKind.CASE_CREATED, {"ref": ref}):
                store._link.execute("INSERT INTO about VALUES ('ref', ?)", (ref,))
        return store

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open a case file.

        Raises:
            CaseError: it is missing, not a case file, damaged, or of a newer version.
        """
        if not path.is_file():
            raise CaseError(f"{path.name} is not there. Check the folder, or make a new case.")
        with explained(path):
            store = cls(path, _connect(path))
            (kind,) = store._link.execute("PRAGMA application_id").fetchone()
            (version,) = store._link.execute("PRAGMA user_version").fetchone()
            if kind != _APPLICATION_ID:
                store.close()
                raise CaseError(f"{path.name} is not a Redactor case file. Nothing was changed.")
            if version > SCHEMA_VERSION:
                store.close()
                raise CaseError(
                    f"{path.name} was made by a newer version of Redactor. "
                    "Nothing was changed. Install the newer version to open it."
                )
        return store

    def close(self) -> None:
        """Close the file."""
        self._link.close()

    @property
    def ref(self) -> str:
        """Give the authority's reference of the case."""
        row = self._link.execute("SELECT value FROM about WHERE key = 'ref'").fetchone()
        return str(row[0])

    # --- documents ----------------------------------------------------------------------------

    def add_document(self, name: str, sha256: str, original: bytes, actor: str) -> int | None:
        """Take in an original; None where the very same bytes are in the case already."""
        known = self._link.execute(
            "SELECT number FROM documents WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if known is not None:
            return None
        (number,) = self._link.execute(
            "SELECT coalesce(max(number), 0) + 1 FROM documents"
        ).fetchone()
        body = {"document": number, "sha256": sha256, "bytes": len(original)}
        with self._change(actor, EventKind.DOCUMENT_ADDED, body):
            self._link.execute(
                "INSERT INTO documents VALUES (?, ?, ?, '', 'reading', ?, ?)",
                (number, name, sha256, codec.encode_summary((), (), (), ""), original),
            )
        return int(number)

    def documents(self) -> tuple[StoredDocument, ...]:
        """Give the documents in the order in which they were added."""
        rows = self._link.execute(
            "SELECT number, name, sha256, format, status, summary FROM documents ORDER BY number"
        )
        return tuple(
            StoredDocument(number, name, sha256, kind, status, *codec.decode_summary(summary))
            for number, name, sha256, kind, status, summary in rows
        )

    def begin_reading(self, number: int) -> None:
        """Forget what an earlier, unfinished reading left."""
        with explained(self.path), self._link:
            self._link.execute("DELETE FROM blocks WHERE document = ?", (number,))
            self._link.execute(
                "UPDATE documents SET status = 'reading' WHERE number = ?", (number,)
            )

    def add_segments(self, number: int, segments: Sequence[Segment]) -> None:
        """Keep segments as they come, in order."""
        (block,) = self._link.execute(
            "SELECT coalesce(max(number), -1) + 1 FROM blocks WHERE document = ?", (number,)
        ).fetchone()
        with explained(self.path), self._link:
            for offset, chunk in enumerate(_chunks(segments)):
                rows = [_row_of(one) for one in chunk]
                self._link.execute(
                    "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        block + offset,
                        _container_of(chunk[0]),
                        min(rows),
                        max(rows),
                        codec.encode_segments(chunk),
                    ),
                )

    def segments(self, number: int) -> Iterator[Segment]:
        """Give every segment of a document, in order."""
        with explained(self.path):
            for (payload,) in self._link.execute(
                "SELECT payload FROM blocks WHERE document = ? ORDER BY number", (number,)
            ):
                yield from codec.decode_segments(payload)

    def segments_between(
        self, number: int, container: str, first: int, last: int
    ) -> Iterator[Segment]:
        """Give the segments of a sheet (or of all rows or lines) whose blocks touch these rows."""
        for (payload,) in self._link.execute(
            "SELECT payload FROM blocks WHERE document = ? AND container = ?"
            " AND last_row >= ? AND first_row <= ? ORDER BY number",
            (number, container, first, last),
        ):
            for segment in codec.decode_segments(payload):
                if first <= _row_of(segment) <= last and _container_of(segment) == container:
                    yield segment

    def containers(self, number: int) -> tuple[tuple[str, int], ...]:
        """Give the sheets of a document in order, each with its last row counted from 0."""
        rows = self._link.execute(
            "SELECT container, max(last_row) FROM blocks WHERE document = ?"
            " GROUP BY container ORDER BY min(number)",
            (number,),
        )
        return tuple((name, int(last)) for name, last in rows)

    def finish_reading(
        self,
        number: int,
        kind: str,
        unread: Sequence[Unread],
        incomplete: Sequence[Incomplete],
        notes: Sequence[str],
        actor: str,
    ) -> None:
        """Record that a document was read, and what was not."""
        body = {
            "document": number,
            "format": kind,
            "unread": len(unread),
            "incomplete": len(incomplete),
        }
        summary = codec.encode_summary(unread, incomplete, notes, "")
        with self._change(actor, EventKind.DOCUMENT_READ, body):
            self._link.execute(
                "UPDATE documents SET status = 'read', format = ?, summary = ? WHERE number = ?",
                (kind, summary, number),
            )

    def refuse_document(self, number: int, reason: str, why: str, actor: str) -> None:
        """Record that a document could not be read."""
        body = {"document": number, "reason": reason}
        with self._change(actor, EventKind.DOCUMENT_REFUSED, body):
            self._link.execute(
                "UPDATE documents SET status = 'refused', summary = ? WHERE number = ?",
                (codec.encode_summary((), (), (), why), number),
            )

    # --- marks --------------------------------------------------------------------------------

    def add_marks(self, number: int, marks: Iterable[NewMark]) -> list[Mark]:
        """Keep marks; one that stands at the same place already keeps its id and its decision."""
        with explained(self.path), self._link:
            return [self._add_mark(number, mark) for mark in marks]

    def _add_mark(self, number: int, mark: NewMark) -> Mark:
        target = codec.encode_target(mark.target)
        self._link.execute(
            "INSERT INTO marks (document, target, text, label, score, recogniser, why, proposal,"
            " hidden, by_hand) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (document, target) DO NOTHING",
            (
                number,
                target,
                mark.text,
                mark.label,
                mark.score,
                mark.recogniser,
                mark.why,
                str(mark.proposal),
                mark.hidden,
                int(mark.by_hand),
            ),
        )
        row = self._link.execute(
            f"SELECT {_MARK_COLUMNS} FROM marks WHERE document = ? AND target = ?",  # noqa: S608
            (number, target),
        ).fetchone()
        return _mark(row)

    def marks(self, number: int | None = None) -> tuple[Mark, ...]:
        """Give the marks of one document, or of all."""
        where = "" if number is None else " WHERE document = ?"
        with explained(self.path):
            rows = self._link.execute(
                f"SELECT {_MARK_COLUMNS} FROM marks{where} ORDER BY document, id",  # noqa: S608
                () if number is None else (number,),
            )
            return tuple(_mark(row) for row in rows)

    # --- events -------------------------------------------------------------------------------

    def events(self) -> tuple[Event, ...]:
        """Give the log from its beginning."""
        rows = self._link.execute("SELECT seq, at, actor, kind, body FROM events ORDER BY seq")
        return tuple(
            Event(seq, at, actor, EventKind(kind), json.loads(body))
            for seq, at, actor, kind, body in rows
        )

    def record(self, actor: str, kind: EventKind, body: dict[str, Any]) -> Event:
        """Append an event that has no other effect.

        Raises:
            CaseError: it could not be written; nothing was changed.
        """
        with self._change(actor, kind, body) as event:
            return event

    def decide(
        self,
        actor: str,
        body: dict[str, Any],
        mark_ids: Sequence[int],
        new: Sequence[tuple[int, NewMark]] = (),
    ) -> tuple[Event, list[Mark]]:
        """Record one decision on marks, making those that are new in the same transaction."""
        with explained(self.path), self._link:
            made = [self._add_mark(number, mark) for number, mark in new]
            ids = list(dict.fromkeys([*mark_ids, *(mark.id for mark in made)]))
            return self._append(actor, EventKind.DECIDED, {**body, "marks": ids}), made

    @contextmanager
    def _change(self, actor: str, kind: EventKind, body: dict[str, Any]) -> Iterator[Event]:
        with explained(self.path), self._link:
            yield self._append(actor, kind, body)

    def _append(self, actor: str, kind: EventKind, body: dict[str, Any]) -> Event:
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        seq = self._link.execute(
            "INSERT INTO events (at, actor, kind, body) VALUES (?, ?, ?, ?) RETURNING seq",
            (at, actor, str(kind), json.dumps(body, ensure_ascii=False, sort_keys=True)),
        ).fetchone()[0]
        return Event(seq, at, actor, kind, body)


_MARK_COLUMNS = (
    "id, document, target, text, label, score, recogniser, why, proposal, hidden, by_hand"
)


def _mark(row: tuple[Any, ...]) -> Mark:
    number, document, target, text, label, score, recogniser, why, proposal, hidden, by_hand = row
    return Mark(
        number,
        document,
        codec.decode_target(target),
        text,
        label,
        score,
        recogniser,
        why,
        Proposal(proposal),
        hidden,
        bool(by_hand),
    )


def _chunks(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Cut segments into blocks, each of one container."""
    chunk: list[Segment] = []
    for segment in segments:
        if chunk and (
            len(chunk) >= BLOCK_SIZE or _container_of(segment) != _container_of(chunk[0])
        ):
            yield chunk
            chunk = []
        chunk.append(segment)
    if chunk:
        yield chunk


def _container_of(segment: Segment) -> str:
    """Name the grid a segment lies in: a sheet, the rows of a table, or nothing."""
    match segment.place:
        case CellPlace(sheet, _, _):
            return f"sheet:{sheet}"
        case FieldPlace():
            return "rows"
        case _:
            return ""


def _row_of(segment: Segment) -> int:
    match segment.place:
        case CellPlace(_, row, _) | FieldPlace(row, _):
            return row
        case LinePlace(line):
            return line
        case _:
            return 0


def _connect(path: Path) -> sqlite3.Connection:
    link = sqlite3.connect(path, timeout=5.0)
    link.execute("PRAGMA journal_mode = WAL")
    link.execute("PRAGMA synchronous = FULL")
    link.execute("PRAGMA temp_store = MEMORY")
    link.execute("PRAGMA secure_delete = ON")
    link.execute("PRAGMA foreign_keys = ON")
    return link
