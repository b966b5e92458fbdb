"""What was read from the pixels of the documents, in the case file: one packed value each.

It is never unpacked here, for a worker made it out of hostile bytes; workers unpack it, and hold it
against its form. The event that says that a document was read vouches for it with the rest.
"""

from __future__ import annotations

from redactor.case.faults import explained
from redactor.case.vault import Vault


class Readings:
    """The readings in an open case file. Changes are made inside a transaction of the caller's."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(self, number: int, packed: bytes) -> None:
        """Keep what was read of a document; nothing where nothing had to be read from pixels."""
        if packed:
            self._vault.link.execute("INSERT INTO readings VALUES (?, ?)", (number, packed))

    def forget(self, number: int) -> None:
        """Forget what was read of a document."""
        self._vault.link.execute("DELETE FROM readings WHERE document = ?", (number,))

    def of(self, key: str) -> bytes:
        """Fetch what was read of a document by its number, for a worker. Any thread may call it."""
        query = "SELECT packed FROM readings WHERE document = ?"
        with self._vault.lock, explained(self._vault.path):
            row = self._vault.link.execute(query, (int(key),)).fetchone()
        return bytes(row[0]) if row is not None else b""

    def rows(self, number: int) -> list[tuple[int, bytes]]:
        """Give the row of a document, for a seal."""
        with explained(self._vault.path):
            return list(
                self._vault.link.execute("SELECT * FROM readings WHERE document = ?", (number,))
            )

    def documents(self) -> set[int]:
        """Give the documents of which something is kept."""
        with explained(self._vault.path):
            return {
                number for (number,) in self._vault.link.execute("SELECT document FROM readings")
            }
