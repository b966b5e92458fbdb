"""Find what a PDF holds beside its pages: everything here is listed, searched, and never released.

The search goes over every object of the file, whether or not anything points to it, over every
earlier version of it, and over the bytes that no version lists.
"""

from __future__ import annotations

from typing import Any

from redactor.formats.pdf.hidden.appearance import Painter
from redactor.formats.pdf.hidden.attachments import read_files
from redactor.formats.pdf.hidden.camera import picture_words
from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.history import History, list_versions
from redactor.formats.pdf.hidden.leftovers import around, leftovers, unlisted
from redactor.formats.pdf.hidden.model import Found, Hidden, as_left_out, as_segments
from redactor.formats.pdf.hidden.navigation import named_places
from redactor.formats.pdf.hidden.search import Search
from redactor.formats.pdf.hidden.structure import marked_content
from redactor.formats.pdf.hidden.syntax import without_markup
from redactor.model import HiddenKind, Unread

__all__ = [
    "Found",
    "Hidden",
    "as_left_out",
    "as_segments",
    "find_hidden",
    "read_hidden",
    "without_markup",
]


def find_hidden(document: Any, untrusted: bytes = b"") -> list[Hidden]:
    """List everything hidden in an opened document, before it is prepared.

    What lies in attachments, earlier versions and drawings of annotations is not read for it.

    Args:
        document: as it was opened.
        untrusted: the bytes of the file; the document's own where none are given.
    """
    file = PdfFile(document)
    search = Search(file, _draw_nothing)
    hidden = [one for _, one in search.everything()]
    data = untrusted or document.stream or b""
    hidden += named_places(file)
    hidden += marked_content(file, search.drawings)
    return [*hidden, *list_versions(data)]


def _draw_nothing(_: int) -> str:
    return ""


def read_hidden(document: Any, untrusted: bytes) -> Found:
    """Read everything hidden in a file, with what lies in files in it and in earlier versions.

    Args:
        document: as it was opened, before it is prepared.
        untrusted: the bytes of the file.
    """
    file = PdfFile(document)
    painter = Painter(document.stream or untrusted)
    search = Search(file, painter.form)
    used = file.used()
    found = Found()
    for number, hidden in search.everything():
        found.hidden.append(hidden if number in used or number == -1 else _unused(hidden))
    found.hidden += named_places(file)
    found.hidden += _unused_drawings(file, painter, used)
    found.hidden += marked_content(file, search.drawings)
    found.hidden += picture_words(file, search.pictures)
    _add(found, read_files(file, search.file_names, search.files))
    _add_history(found, file, untrusted)
    return found


def _unused(hidden: Hidden) -> Hidden:
    """List what nothing leads to any more as what it is: left from before."""
    if hidden.kind is HiddenKind.EMBEDDED_FILE:
        return hidden
    return Hidden(HiddenKind.OLD_REVISION, "no longer used", hidden.text)


def _unused_drawings(file: PdfFile, painter: Painter, used: set[int]) -> list[Hidden]:
    """Read the pages and forms that nothing leads to any more."""
    texts = []
    for number in range(1, file.count):
        if number in used:
            continue
        written = file.written(number)
        if b"/Type/Page" in written and b"/Type/Pages" not in written:
            texts.append(painter.page(number))
        elif b"/Subtype/Form" in written:
            texts.append(painter.form(number))
    return [Hidden(HiddenKind.OLD_REVISION, "no longer used", one) for one in texts if one]


def _add_history(found: Found, file: PdfFile, untrusted: bytes) -> None:
    said = {line for one in found.hidden for line in one.text.split("\n")}
    history = History(untrusted, said)
    _add(found, history.read())
    if file.trailer.get("Encrypt") is None:
        found.hidden += leftovers(untrusted, history.known)
    elif any(True for _ in unlisted(untrusted, history.known)):
        why = "The file is encrypted and holds objects that belong to no version of it."
        found.unread.append(Unread("no longer used", why))
    found.hidden += around(untrusted)


def _add(found: Found, other: Found) -> None:
    found.hidden += other.hidden
    found.unread += other.unread
    found.counted += other.counted
