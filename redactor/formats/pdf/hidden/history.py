"""What earlier versions of the file said that it no longer says (ISO 32000-1, 7.5.6).

A program that saves changes by adding to the end leaves everything before in the file. Each
earlier version is opened as the file it once was, and held against the present one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pymupdf
from pymupdf import mupdf

from redactor.errors import UnreadableDocument
from redactor.formats.pdf.hidden.file import BROKEN, PdfFile
from redactor.formats.pdf.hidden.model import Found, Hidden
from redactor.formats.pdf.hidden.search import Search
from redactor.formats.pdf.hidden.syntax import Dict, Ref, Value, tidy
from redactor.formats.pdf.opening import refuse_bombs
from redactor.formats.pdf.stext import text_page
from redactor.model import HiddenKind, Unread

_END = re.compile(rb"startxref[\x00\t\n\f\r ]+(\d+)[\x00\t\n\f\r ]*(?:%%EOF)?")
_KIND = HiddenKind.OLD_REVISION
#: Versions, bytes and objects beyond which a file's history is not read.
MOST_VERSIONS, MOST_BYTES, MOST_OBJECTS = 40, 2 * 2**30, 2_000_000
#: Objects of a page that are looked at to see whether it was changed.
_MOST_OF_A_PAGE = 60
_UNREAD = "An earlier version of the file, which is still in it, could not be read."
_TOO_MUCH = "There are more earlier versions of the file in it than can be read."

Entry = tuple[str, int, int]


def version_part(number: int) -> str:
    """Give what an earlier version is listed under, by its number from 1, the oldest first."""
    return f"earlier version {number}"


def version_ends(data: bytes) -> list[int]:
    """Give where each earlier version of a file ends, the oldest first.

    The first end in a file that was made for quick display over a network is none (annex F).
    """
    found = [one for one in _END.finditer(data) if 0 < int(one[1]) < one.start()]
    ends = [one.end() for one in found]
    return ends[:-1]


def list_versions(data: bytes) -> list[Hidden]:
    """Say that there are earlier versions, without reading them."""
    return [_listed(number) for number in range(1, len(version_ends(data)) + 1)]


def _listed(number: int) -> Hidden:
    text = "The file still holds this earlier version of itself."
    return Hidden(_KIND, version_part(number), text, "earlier versions")


def known_places(data: bytes) -> set[int]:
    """Give where the present version of a file says that its objects begin."""
    document = _opened(data)
    if document is None:
        return set()
    with document:
        return {place for _, (kind, place, _) in _entries(document) if kind == "n"}


@dataclass
class History:
    """The earlier versions of one file, read one by one.

    Attributes:
        said: lines that the present file says, beside its pages.
        known: where objects lie that some version knows of.
    """

    data: bytes = field(repr=False)
    said: set[str] = field(repr=False)
    known: set[int] = field(default_factory=set)
    found: Found = field(default_factory=Found)
    _objects: int = 0

    def read(self) -> Found:
        """Read all earlier versions; what cannot be read of them is named."""
        present = _opened(self.data)
        if present is None:
            return self.found
        with present:
            now = _Version(present)
            self.known |= now.places
            ends = version_ends(self.data)
            for number, end in enumerate(ends, 1):
                self._objects += now.file.count
                too_much = number > MOST_VERSIONS or sum(ends[:number]) > MOST_BYTES
                if too_much or self._objects > MOST_OBJECTS:
                    self._unread("earlier versions", _TOO_MUCH)
                    self.found.hidden.append(_listed(number))
                    break
                self._read_version(number, end, now)
        return self.found

    def _unread(self, place: str, why: str) -> None:
        self.found.unread.append(Unread(place, why))

    def _read_version(self, number: int, end: int, now: _Version) -> None:
        self.found.hidden.append(_listed(number))
        old = _opened(self.data[:end])
        if old is None:
            self._unread(version_part(number), _UNREAD)
            return
        try:
            with old:
                refuse_bombs(old)
                then = _Version(old)
                self.known |= then.places
                for text in _no_longer_said(then, now, self.said):
                    self.found.hidden.append(Hidden(_KIND, version_part(number), text))
        except (UnreadableDocument, *BROKEN):
            self._unread(version_part(number), _UNREAD)


def _opened(data: bytes) -> Any:
    try:
        document = pymupdf.open("pdf", data)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, *BROKEN):
        return None
    if document.needs_pass or not document.is_pdf or document.page_count < 1:
        document.close()
        return None
    return document


class _Version:
    """One version of the file: where its objects lie, and what its pages say."""

    def __init__(self, document: Any) -> None:
        self.file = PdfFile(document)
        self.entries = dict(_entries(document))
        self.places = {place for kind, place, _ in self.entries.values() if kind == "n"}
        self._lines: dict[int, list[str]] = {}

    def differing(self, other: _Version) -> set[int]:
        """Give the numbers of objects that are not the same object in another version."""
        moved = {
            number
            for number, entry in self.entries.items()
            if entry[0] in {"n", "o"} and other.entries.get(number) != entry
        }
        packed = {
            n for n, (kind, place, _) in self.entries.items() if kind == "o" and place in moved
        }
        return moved | packed

    def lines(self, page: int) -> list[str]:
        """Give the lines of a page, those with no letter or digit left out."""
        if page not in self._lines:
            content, _ = text_page(self.file.document.load_page(page))
            lines = (tidy(one) for one in content.extractText().split("\n"))
            self._lines[page] = [one for one in lines if any(map(str.isalnum, one))]
        return self._lines[page]

    def is_among(self, page: int, changed: set[int]) -> bool:
        """Say whether a page, its content or what it uses is among these objects."""
        number = self.file.document.page_xref(page)
        owner = self.file.dictionary(Ref(number))
        if number in changed or not changed.isdisjoint(_references(owner.get("Contents"))):
            return True
        waiting, seen = list(_resources(self.file, owner)), set[int]()
        while waiting and len(seen) < _MOST_OF_A_PAGE:
            number = waiting.pop(0)
            if number in changed:
                return True
            if number not in seen:
                seen.add(number)
                waiting.extend(_painted_by(self.file, number))
        return bool(waiting)


def _entries(document: Any) -> Iterator[tuple[int, Entry]]:
    inner = mupdf.pdf_document_from_fz_document(document.this).m_internal
    for number in range(1, document.xref_length()):
        try:
            one = mupdf.ll_pdf_get_xref_entry_no_null(inner, number)
            yield number, (str(one.type), int(one.ofs), int(one.gen))
        except BROKEN:
            continue


def _resources(file: PdfFile, owner: Dict) -> Iterator[int]:
    """Give what a page may paint with, by itself or by what it inherits."""
    for one in (owner, *file.parents(owner)):
        if "Resources" in one:
            yield from _references(one["Resources"])
            break


def _painted_by(file: PdfFile, number: int) -> Iterator[int]:
    """Give what an object refers to, but for fonts, pages and marks."""
    value = file.value(number)
    if isinstance(value, dict) and value.get("Type") in {"Page", "Pages", "Font", "Annot"}:
        return
    yield from _references(value)


def _references(value: Value) -> Iterator[int]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Ref):
            yield one.number
        elif isinstance(one, dict):
            waiting.extend(inner for key, inner in one.items() if key not in {"Font", "Parent"})
        elif isinstance(one, list):
            waiting.extend(one)


def _no_longer_said(then: _Version, now: _Version, said: set[str]) -> Iterator[str]:
    """Give the texts of a version that the present one has not; each is given once in a history."""
    changed = then.differing(now)
    for page in range(then.file.document.page_count):
        is_gone = then.file.document.page_xref(page) not in now.file.pages
        if is_gone or then.is_among(page, changed):
            gone = _gone(then.lines(page), _present_lines(then, now, page), said)
            if gone:
                yield "\n".join([f"Page {page + 1} said:", *gone])
    search = Search(then.file, _draw_nothing)
    for number, hidden in search.everything():
        if number in changed or number == -1:
            gone = _gone(hidden.text.split("\n"), [], said)
            if gone:
                yield "\n".join(gone)


def _present_lines(then: _Version, now: _Version, page: int) -> list[str]:
    number = then.file.document.page_xref(page)
    same = now.file.pages.get(number, page)
    return now.lines(same) if same < now.file.document.page_count else []


def _gone(lines: list[str], present: list[str], said: set[str]) -> list[str]:
    """Give the lines that are neither in the present nor said before, and note them as said."""
    here = set(present)
    gone = [one for one in dict.fromkeys(lines) if one and one not in here and one not in said]
    said.update(gone)
    return gone


def _draw_nothing(_: int) -> str:
    return ""
