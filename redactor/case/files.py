"""The bytes that a case file keeps: originals, and the files of a candidate and its certificate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redactor.case.faults import explained
from redactor.case.vault import Vault
from redactor.errors import CaseError


@dataclass(frozen=True, slots=True)
class StoredOutput:
    """One file that an event speaks of: of a candidate release, or of its certificate."""

    name: str = field(repr=False)
    document: int | None
    sha256: str
    data: bytes = field(repr=False)


class Files:
    """The files in an open case file. Changes are made inside a transaction of the caller's."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, sha256: str, data: bytes) -> None:
        """Keep bytes under their SHA-256."""
        self._vault.link.execute(
            "INSERT INTO blobs VALUES (?, ?) ON CONFLICT DO NOTHING", (sha256, data)
        )

    def add(self, event: int, outputs: Sequence[StoredOutput]) -> None:
        """Keep the files that an event speaks of."""
        self._vault.link.executemany(
            "INSERT INTO outputs VALUES (?, ?, ?, ?, ?)",
            [(event, *row) for row in rows_of(outputs)],
        )
        for one in outputs:
            self.keep(one.sha256, one.data)

    def drop(self, event: int) -> None:
        """Forget the files of a candidate that was never approved."""
        link = self._vault.link
        link.execute("DELETE FROM outputs WHERE event = ?", (event,))
        link.execute(
            "DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM documents)"
            " AND sha256 NOT IN (SELECT sha256 FROM outputs)"
        )

    def of_event(self, event: int) -> tuple[StoredOutput, ...]:
        """Give the files that an event speaks of, as they are kept now."""
        with self._vault.lock, explained(self._vault.path):
            rows = self._vault.link.execute(
                "SELECT name, document, sha256, data FROM outputs JOIN blobs USING (sha256)"
                " WHERE event = ? ORDER BY position",
                (event,),
            )
            return tuple(StoredOutput(name, number, sha, data) for name, number, sha, data in rows)

    def rows(self, event: int) -> list[tuple[int, str, int | None, str]]:
        """Give the rows that list an event's files."""
        with explained(self._vault.path):
            return list(
                self._vault.link.execute(
                    "SELECT position, name, document, sha256 FROM outputs WHERE event = ?"
                    " ORDER BY position",
                    (event,),
                )
            )

    def original_of(self, key: str) -> bytes:
        """Fetch the original of a document by its number, for a worker. Any thread may call it.

        Raises:
            CaseError: the case holds no such document.
        """
        query = "SELECT data FROM blobs JOIN documents USING (sha256) WHERE number = ?"
        data = self._fetch(query, int(key))
        if data is None:
            raise CaseError(f"Document {key} is not in the case {self._vault.path.name}.")
        return data

    def output_of(self, key: str) -> bytes:
        """Fetch a file of a candidate by its SHA-256, for a worker. Any thread may call it.

        Raises:
            CaseError: the case holds no such file.
        """
        query = "SELECT data FROM blobs WHERE sha256 = ? AND sha256 IN (SELECT sha256 FROM outputs)"
        data = self._fetch(query, key)
        if data is None:
            raise CaseError(
                f"A file of the candidate is no longer in the case {self._vault.path.name}: the "
                "submission it belonged to was taken back. It is not shown. Look at the case anew."
            )
        return data

    def blobs(self) -> Iterator[tuple[str, str, int]]:
        """Give, for each kept file, the digest it is kept under, the digest it has, its length."""
        for (name,) in self._vault.link.execute("SELECT sha256 FROM blobs").fetchall():
            (data,) = self._vault.link.execute(
                "SELECT data FROM blobs WHERE sha256 = ?", (name,)
            ).fetchone()
            yield name, hashlib.sha256(data).hexdigest(), len(data)

    def _fetch(self, query: str, key: str | int) -> bytes | None:
        with self._vault.lock, explained(self._vault.path):
            row = self._vault.link.execute(query, (key,)).fetchone()
        return bytes(row[0]) if row is not None else None


def rows_of(outputs: Sequence[StoredOutput]) -> list[tuple[int, str, int | None, str]]:
    """Give the rows that list files, for a seal."""
    return [(place, one.name, one.document, one.sha256) for place, one in enumerate(outputs)]
