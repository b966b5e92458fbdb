"""What the database says, turned into sentences; its own text may quote values and is dropped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redactor.errors import CaseError


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a database error into a sentence; its own text may quote values and is dropped."""
    try:
        yield
    except sqlite3.Error as error:
        raise case_error(path, error) from None


def case_error(path: Path, error: sqlite3.Error) -> CaseError:
    """Give the error for a person that a database error stands for."""
    name = getattr(error, "sqlite_errorname", "") or ""
    sentence = next(
        (text for prefix, text in _SENTENCES.items() if name.startswith(prefix)),
        "could not be used. Nothing was changed. Restore it from a copy if this happens again.",
    )
    return CaseError(f"{path.name} {sentence}")


_SENTENCES = {
    "SQLITE_BUSY": "is in use by another program. Nothing was changed. Close it there first.",
    "SQLITE_LOCKED": "is in use by another program. Nothing was changed. Close it there first.",
    "SQLITE_READONLY": "cannot be written to. Nothing was changed. Check the folder's permissions.",
    "SQLITE_FULL": "could not be saved: the disk is full. The last change was not kept. Make room"
    " and do it again.",
    "SQLITE_CANTOPEN": "cannot be opened there. Check that the folder is there and writable.",
    "SQLITE_NOTADB": "is not a Redactor case file, or is damaged. Nothing was changed.",
    "SQLITE_CORRUPT": "is damaged. Nothing was changed. Restore it from a copy.",
    "SQLITE_IOERR": "could not be read or written: the disk or the network share gave an error.",
}
