"""Seals over rows of the case file, so that events can vouch for what they do not hold.

A seal is an HMAC-SHA256 with a key that only the encrypted file holds: whoever is shown the log
cannot try out names against it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from typing import Any


class Sealer:
    """Seals rows with the key of one case."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of_rows(self, *tables: Iterable[Sequence[Any]]) -> str:
        """Give the seal over some rows, table by table, in hex. Bytes count by their SHA-256."""
        seal = hmac.new(self._key, digestmod=hashlib.sha256)
        for rows in tables:
            for row in rows:
                plain = [
                    hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
                    for value in row
                ]
                written = json.dumps(plain, ensure_ascii=False).encode("utf-8")
                seal.update(len(written).to_bytes(8, "big") + written)
            seal.update(b"\xff" * 8)  # the end of a table; no row is as long as that
        return seal.hexdigest()

    def of_text(self, text: str) -> str:
        """Give the seal over one text, in hex."""
        return self.of_rows([(text,)])


def commitment(key: bytes) -> str:
    """Give what the first event says of the sealing key, in hex."""
    return hashlib.sha256(b"redactor-seal-key" + key).hexdigest()
