"""Have a text file of a case read in another way: another encoding, another delimiter.

What was found in it by then, and decided, was about other text, and falls. The log keeps it and
says so. It cannot be undone; whoever wants the earlier reading back chooses that way again, and
decides again.
"""

from __future__ import annotations

from pathlib import PurePath

from redactor.app.case import Case
from redactor.case.store import StoredDocument
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.formats import format_named
from redactor.formats.encoding import codec_named
from redactor.formats.fields import delimiter_named
from redactor.model import ReadAs

#: The formats that a person can have read in another way; the others say themselves how.
_TEXT = ("csv", "txt")
NO_UNDO = (
    "It cannot be undone: to go back, choose the earlier way again, and decide again. "
    "Nor can anything be undone that was done in this case before."
)


def way_to_read(encoding: str, delimiter: str) -> ReadAs:
    """Give how a text file is to be read, by the names that people use; empty to find it out.

    Raises:
        UsageError: there is no such encoding, or that tells no fields apart.
    """
    return ReadAs(codec_named(encoding) if encoding else "", delimiter_named(delimiter))


def is_text(name: str, kind: str) -> bool:
    """Say whether a document can be read in another way.

    Args:
        name: its file name.
        kind: the format that it was read as; empty where it was not.
    """
    suffix = PurePath(name).suffix.lower()
    return kind in _TEXT or (
        not kind and any(suffix in format_named(one).suffixes for one in _TEXT)
    )


def falling(case: Case, number: int) -> int:
    """Count the decisions and rulings on a document, which fall when it is read in another way."""
    now = case.standing()
    decided = sum(mark.id in now.decisions for mark in case.marks(number))
    return decided + sum(document == number for document, _ in now.rulings)


def falling_words(count: int) -> str:
    """Say what becomes of decisions on a document that is read in another way."""
    if count == 1:
        return f"1 decision on this document falls with the reading that it was made on. {NO_UNDO}"
    each = f"{count:,} decisions on this document fall with the reading that they were made on."
    return f"{each} {NO_UNDO}"


def read_otherwise(case: Case, number: int, read_as: ReadAs, reason: str = "") -> None:
    """Record how a document is to be read; whoever calls has it read from its beginning.

    Raises:
        UsageError: there is no such document, it is no text, or it is read so already.
        NotAllowed: the person who works is no officer of the case.
    """
    case.allow(EventKind.DOCUMENT_READ_AS)
    document = _document(case, number)
    if not is_text(document.name, document.format):
        raise UsageError(
            f"Document {number} says itself how it is read: it is no CSV or text file. Nothing was "
            "changed."
        )
    if read_as == case.read_as(number):
        raise UsageError(
            f"Document {number} is read in that way already. Nothing was changed. Choose another "
            "encoding or another delimiter."
        )
    case.begin_reading_as(number, read_as, reason.strip())


def _document(case: Case, number: int) -> StoredDocument:
    for document in case.documents():
        if document.number == number:
            return document
    raise UsageError(f"The case holds no document {number}. Nothing was changed.")
