"""The pages of a prepared document as they are read, so that an offset means the same everywhere.

Reading, showing and rebuilding all ask here: what the drawing instructions hold and a reader sees,
and then what was read from the pixels.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Self

from redactor.formats.pdf import plain_pages, recognition_memory
from redactor.formats.pdf.covered import covered_pictures
from redactor.formats.pdf.hidden import Hidden
from redactor.formats.pdf.opening import open_pdf, prepare, refuse_bombs, refusing
from redactor.formats.pdf.page_reading import PageReading
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.painted import Painted
from redactor.formats.pdf.plain_sight import is_in_plain_sight
from redactor.formats.pdf.recognition import recognise
from redactor.formats.pdf.stext import text_page
from redactor.formats.pdf.unseen import Unseen, UnseenGlyphs, hides_on, why_unseen

#: Texts of pages kept at hand; a page with its boxes takes about 2 MB.
_KEPT_PAGES = 8


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page as it was read, and what on it is not seen: glyphs, and parts of pictures."""

    text: PageText
    reading: PageReading | None
    hides: UnseenGlyphs | None
    covered: tuple[Hidden, ...]


class Pages:
    """A prepared document and its pages as they are read. Pages count from 0.

    Args:
        document: as ``prepare`` gave it.
        sha256: of the bytes that it was opened from.
        sees: take the text of a page as a reader sees it: without what cannot be seen, and with
            what only its pixels say. A release is shown without, for it was made so.
    """

    def __init__(self, document: Any, sha256: str, *, sees: bool = True) -> None:
        self.document = document
        self._sha256 = sha256
        self._sees = sees
        self._read: OrderedDict[int, _ReadPage] = OrderedDict()

    @classmethod
    @refusing
    def of(cls, untrusted: bytes, *, sees: bool = True) -> Self:
        """Open and prepare the bytes of a PDF.

        Raises:
            UnreadableDocument: it cannot be read.
        """
        document = open_pdf(untrusted)
        refuse_bombs(document)
        return cls(prepare(document), hashlib.sha256(untrusted).hexdigest(), sees=sees)

    def close(self) -> None:
        """Give the memory back; nothing may be asked afterwards."""
        self._read.clear()
        self.document.close()

    @property
    def count(self) -> int:
        """Give the number of pages."""
        return int(self.document.page_count)

    def text(self, number: int) -> PageText:
        """Give the text of a page as it was when it was first asked for."""
        return self._page(number).text

    def reading(self, number: int) -> PageReading | None:
        """Give what was read from the pixels of a page; None where nothing had to be.

        It is of the page as it was first asked for, whatever was done to the document since.
        """
        return self._page(number).reading

    def unseen(self, number: int) -> list[Unseen]:
        """Give what stands on a page and is not seen, with the reasons."""
        if self.hides(number) is None:
            return []
        return why_unseen(self.document.load_page(number))

    def hides(self, number: int) -> UnseenGlyphs | None:
        """Give what says of the glyphs on a page that they are not seen; None where all are."""
        return self._page(number).hides

    def covered(self, number: int) -> tuple[Hidden, ...]:
        """Give the pictures of a page of which a part lies under a box."""
        return self._page(number).covered

    def native(self, number: int) -> PageText:
        """Give what the drawing instructions of a page hold and a reader sees, as they are now."""
        page = self.document.load_page(number)
        content = text_page(page)
        hides = hides_on(page, content[0]) if self._sees else None
        return PageText(page, hides=hides, content=content)

    def _page(self, number: int) -> _ReadPage:
        found = self._read.pop(number, None) or self._read_page(number)
        self._read[number] = found
        while len(self._read) > _KEPT_PAGES:
            self._read.popitem(last=False)
        return found

    def _read_page(self, number: int) -> _ReadPage:
        kept = plain_pages.take_text(self._sha256, number) if self._sees else None
        if kept is not None:
            return _ReadPage(kept, None, None, ())
        page = self.document.load_page(number)
        content = text_page(page)
        text = PageText(page, content=content)
        if not self._sees or plain_pages.is_plain(self._sha256, number):
            return _ReadPage(text, None, None, ())
        hides, covered = _hidden_on(page, text)
        if hides is not None:
            text = PageText(page, hides=hides, content=content)
        reading = recognition_memory.recall(self._sha256, number)
        if reading is None:
            reading = recognise(page, text)
            if reading is not None:
                recognition_memory.learn(self._sha256, number, reading)
            elif hides is None and not covered:
                plain_pages.note_plain(self._sha256, number)
                plain_pages.keep_text(self._sha256, number, text)
        if reading is not None and reading.words:
            text = PageText(page, hides=hides, content=content, added=reading.lines)
        return _ReadPage(text, reading, hides, covered)


def _hidden_on(page: Any, text: PageText) -> tuple[UnseenGlyphs | None, tuple[Hidden, ...]]:
    """Look for what is not seen on a page that was not changed; one record serves for all."""
    if is_in_plain_sight(page, text):
        return None, ()
    painted = Painted(page)
    hides = hides_on(page, text.content, painted)
    return hides, tuple(covered_pictures(page, painted))
