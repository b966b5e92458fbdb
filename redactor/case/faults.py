"""What the database says, turned into sentences; its own text may quote values and is dropped."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from redactor.errors import CaseError, DamagedCase


@contextmanager
def explained(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn a database error into a sentence; its own text may quote values and is dropped.

    Args:
        reading: nothing is written here but what a killed program left half done.
    """
    try:
        yield
    except sqlite.Error as error:
        if reading and getattr(error, "sqlite_errorcode", 0) == sqlite.SQLITE_READONLY:
            raise CaseError(f"{path.name} {_UNCLOSED}") from None
        raise case_error(path, error) from None


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turn what a file says and cannot mean into a sentence, whatever reading it raised.

    Only who has the passphrase can have written it there, past the program.
    """
    try:
        yield
    except _NOT_UNDERSTOOD:
        raise DamagedCase(
            f"{path.name} cannot be read: it was changed outside Redactor. Nothing was changed. "
            "Restore it from its backup."
        ) from None


_NOT_UNDERSTOOD = (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error)


def case_error(path: Path, error: sqlite.Error) -> CaseError:
    """Give the error for a person that a database error stands for."""
    name = getattr(error, "sqlite_errorname", "") or ""
    sentence = next(
        (text for prefix, text in _SENTENCES.items() if name.startswith(prefix)),
        "could not be used. Nothing was changed. Restore it from its backup if this happens again.",
    )
    kind = DamagedCase if name.startswith(_DAMAGE) else CaseError
    return kind(f"{path.name} {sentence}")


#: Said of an open file that is not where it was opened.
GONE = (
    "is no longer in its place: it was moved or deleted, or the network share is gone. The last "
    "change was not kept. Put it back, then close the case and open it again."
)
#: Said where reading a file would begin with playing back its journal, and cannot.
_UNCLOSED = (
    "was not closed properly, and cannot be put right where nothing can be written. Nothing was "
    "changed. Check the folder's permissions. If you copy it elsewhere, copy the file beside it "
    "that ends in -journal as well."
)
_IN_USE = "is in use by another program. Nothing was changed. Close it there first."
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_SENTENCES = {
    "SQLITE_BUSY": _IN_USE,
    "SQLITE_LOCKED": _IN_USE,
    "SQLITE_READONLY": "cannot be written to. Nothing was changed. Check the folder's permissions, "
    "or copy the case to a folder of your own.",
    "SQLITE_FULL": "could not be saved: the disk is full. The last change was not kept. Make room"
    " and do it again.",
    "SQLITE_CANTOPEN": "cannot be opened there. Nothing was changed. Check that the folder is "
    "there and writable.",
    "SQLITE_NOTADB": "is damaged. Nothing was changed. Restore it from its backup.",
    "SQLITE_CORRUPT": "is damaged. Nothing was changed. Restore it from its backup.",
    "SQLITE_IOERR": "could not be read or written: the disk or the network share gave an error. "
    "The last change was not kept. Check it and do it again.",
}
