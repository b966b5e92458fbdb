"""Read the words that a form, or a page that no longer is one, would show if it were painted."""

from __future__ import annotations

from typing import Any

import pymupdf

from redactor.formats.pdf.hidden.file import BROKEN
from redactor.formats.pdf.hidden.syntax import tidy
from redactor.formats.pdf.stext import text_page

#: Forms read in one document; a form with more boxes than this repeats itself.
_MOST = 20_000
_SIDE = 1_000


class Painter:
    """Paints forms on a page of a copy of the document, one at a time, and reads their text."""

    def __init__(self, data: bytes) -> None:
        """Keep the bytes of the document; the copy is made when it is needed."""
        self._data = data
        self._copy: Any = None
        self._page = 0
        self._contents = 0
        self._known: dict[int, str] = {}
        #: Forms that could not be read.
        self.broken: list[int] = []

    def form(self, number: int) -> str:
        """Give the words of a form by its number; nothing where it shows none."""
        if number not in self._known:
            self._known[number] = self._read(number) if len(self._known) < _MOST else ""
        return self._known[number]

    def _read(self, number: int) -> str:
        try:
            copy = self._opened()
            if not copy.xref_is_stream(number):
                return ""
            copy.xref_set_key(number, "Subtype", "/Form")
            copy.xref_set_key(number, "OC", "null")
            resources = f"<</XObject<</X {number} 0 R>>>>"
            return self._painted(resources, f"{self._contents} 0 R")
        except BROKEN:
            self.broken.append(number)
            return ""

    def page(self, number: int) -> str:
        """Give the words of a page that is not among the pages of the document."""
        try:
            copy = self._opened()
            resources = copy.xref_get_key(number, "Resources")
            contents = copy.xref_get_key(number, "Contents")
            if contents[0] not in {"xref", "array"}:
                return ""
            known = resources[1] if resources[0] in {"xref", "dict"} else "<<>>"
            return self._painted(known, contents[1])
        except BROKEN:
            self.broken.append(number)
            return ""

    def instructions(self, number: int) -> str:
        """Give the words that drawing instructions would show with the means of the first page."""
        try:
            first = self._opened().page_xref(0)
            resources = self._opened().xref_get_key(first, "Resources")
            known = resources[1] if resources[0] in {"xref", "dict"} else "<<>>"
            return self._painted(known, f"{number} 0 R")
        except BROKEN:
            self.broken.append(number)
            return ""

    def _painted(self, resources: str, contents: str) -> str:
        copy = self._opened()
        copy.xref_set_key(self._page, "Resources", resources)
        copy.xref_set_key(self._page, "Contents", contents)
        content, _ = text_page(copy.load_page(copy.page_count - 1))
        return tidy(content.extractText())

    def _opened(self) -> Any:
        if self._copy is None:
            self._copy = pymupdf.open("pdf", self._data)
            self._copy.new_page(width=_SIDE, height=_SIDE)
            self._page = self._copy.page_xref(self._copy.page_count - 1)
            self._contents = self._copy.get_new_xref()
            self._copy.update_object(self._contents, "<<>>")
            self._copy.update_stream(self._contents, b"/X Do")
        return self._copy
