"""Find what a PDF holds beside its pages: everything here is listed, searched, and never released.

The search goes over every object of the file, whether or not anything points to it, over every
earlier version of it, and over the bytes that no version lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from redactor.formats.pdf.hidden.appearance import Painter
from redactor.formats.pdf.hidden.attachments import read_files
from redactor.formats.pdf.hidden.camera import picture_words
from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.history import History, known_places, list_versions
from redactor.formats.pdf.hidden.leftovers import UNUSED, around, leftovers, unlisted
from redactor.formats.pdf.hidden.model import Found, Hidden, as_left_out, as_segments
from redactor.formats.pdf.hidden.navigation import named_places
from redactor.formats.pdf.hidden.search import Search
from redactor.formats.pdf.hidden.structure import marked_content
from redactor.formats.pdf.hidden.syntax import without_markup
from redactor.formats.pdf.hidden.unpainted import unpainted
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
    hidden, drawn = _of_objects(file, search)
    hidden += (Hidden(HiddenKind.OLD_REVISION, UNUSED) for _ in drawn)
    hidden += search.bare.texts(file, file.used)
    hidden += unpainted(document, _draw_nothing)
    data = untrusted or document.stream or b""
    versions = list_versions(data)
    if not versions and any(True for _ in unlisted(data, known_places(data))):
        versions = [Hidden(HiddenKind.OLD_REVISION, UNUSED)]
    return [*hidden, *versions, *around(data)]


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
    hidden, drawn = _of_objects(file, search)
    texts = (painter.page(one) if is_page else painter.form(one) for one, is_page in drawn)
    hidden += (Hidden(HiddenKind.OLD_REVISION, UNUSED, text) for text in texts if text)
    hidden += search.bare.texts(file, file.used, painter.instructions)
    hidden += unpainted(document, painter.form)
    hidden += picture_words(file, search.pictures)
    found = Found(hidden)
    _add(found, read_files(file, search.file_names, search.files))
    _add_history(found, file, untrusted)
    return found


def _of_objects(file: PdfFile, search: Search) -> tuple[list[Hidden], list[tuple[int, bool]]]:
    """Give what is hidden in the objects of the present version.

    Returns:
        All that, and the numbers of the drawings that nothing leads to any more, each with whether
        it is a page.
    """
    used = file.used
    hidden = [
        one if number in used or number == -1 else _unused(one)
        for number, one in search.everything()
    ]
    hidden += named_places(file)
    hidden += marked_content(file, search.drawings)
    return hidden, _unused_drawings(file, used)


def _unused(hidden: Hidden) -> Hidden:
    """List what nothing leads to any more as what it is: left from before."""
    if hidden.kind is HiddenKind.EMBEDDED_FILE:
        return hidden
    return Hidden(HiddenKind.OLD_REVISION, UNUSED, hidden.text)


def _unused_drawings(file: PdfFile, used: set[int]) -> list[tuple[int, bool]]:
    drawings = []
    for number in range(1, file.count):
        written = file.written(number) if number not in used else b""
        is_page = b"/Type/Page" in written and b"/Type/Pages" not in written
        if is_page or b"/Subtype/Form" in written:
            drawings.append((number, is_page))
    return drawings


def _add_history(found: Found, file: PdfFile, untrusted: bytes) -> None:
    present = [one for one in found.hidden if one.part != UNUSED]
    history = History(untrusted, _lines(present))
    earlier = history.read()
    said = _lines(earlier.hidden)
    left = (one for one in found.hidden if one.part == UNUSED)
    found.hidden = [*present, *(one for each in left for one in _not_said(each, said))]
    _add(found, earlier)
    if file.trailer.get("Encrypt") is None:
        found.hidden += leftovers(untrusted, history.known)
    elif any(True for _ in unlisted(untrusted, history.known)):
        why = "The file is encrypted and holds objects that belong to no version of it."
        found.unread.append(Unread("no longer used", why))
    found.hidden += around(untrusted)


def _not_said(hidden: Hidden, said: set[str]) -> Iterator[Hidden]:
    """Give a thing with the lines of it that nothing else said; not at all if there are none."""
    lines = [one for one in hidden.text.split("\n") if one not in said]
    if lines:
        yield replace(hidden, text="\n".join(lines))


def _lines(hidden: list[Hidden]) -> set[str]:
    return {line for one in hidden for line in one.text.split("\n")}


def _add(found: Found, other: Found) -> None:
    found.hidden += other.hidden
    found.unread += other.unread
    found.counted += other.counted
