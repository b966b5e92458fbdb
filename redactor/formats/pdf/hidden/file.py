"""The objects of an opened PDF as plain values, found by number, whether or not anything uses them.

Every answer is bounded: chains of references, chains of parents and trees may go round in circles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.hidden.syntax import Dict, Name, Ref, Value, read_value, stream_text
from redactor.formats.pdf.hidden.syntax import text_of as string_text

#: What the library raises over a broken object or stream.
BROKEN = (RuntimeError, ValueError, TypeError, IndexError, mupdf.FzErrorBase)
_HOPS = 32
_MOST_NODES = 500_000
#: Objects that are kept as values; beyond it they are read again.
_MOST_KEPT = 20_000
_REFERENCE = re.compile(rb"(\d{1,10}) \d+ R\b")
#: Text in a stream beyond this is cut off; nobody reads more of a script or a form.
_MOST_TEXT = 8 * 2**20


class PdfFile:
    """One opened document, seen as numbered objects."""

    def __init__(self, document: Any) -> None:
        """Look at a document; nothing in it is changed."""
        self.document = document
        self.count: int = document.xref_length()
        self._values: dict[int, Value] = {}
        self.pages: dict[int, int] = {}
        for page in range(document.page_count):
            self.pages.setdefault(document.page_xref(page), page)
        #: Strings and streams that are objects of their own, and were given as the text of another.
        self.spoken: set[int] = set()
        self.annotations = dict(self._annotations())

    # --- objects ------------------------------------------------------------------------------

    def written(self, number: int) -> bytes:
        """Give an object as it is written, in ASCII; -1 is the trailer. Nothing if it is broken."""
        try:
            text = self.document.xref_object(number, compressed=True, ascii=True)
            return str(text).encode("ascii", "backslashreplace")
        except BROKEN:
            return b""

    def value(self, number: int) -> Value:
        """Give an object; -1 is the trailer."""
        if number not in self._values:
            if len(self._values) > _MOST_KEPT:
                self._values.clear()
            self._values[number] = read_value(self.written(number))[0]
        return self._values[number]

    def resolve(self, value: Value) -> Value:
        """Follow references to what they name in the end."""
        for _ in range(_HOPS):
            if not isinstance(value, Ref):
                return value
            value = self.value(value.number) if 0 < value.number < self.count else None
        return None

    def dictionary(self, value: Value) -> Dict:
        """Give a dictionary, followed; an empty one for anything else."""
        found = self.resolve(value)
        return found if isinstance(found, dict) else {}

    def items(self, value: Value) -> list[Value]:
        """Give the items of an array, followed; none for anything else."""
        found = self.resolve(value)
        return found if isinstance(found, list) else []

    def name(self, value: Value) -> str:
        """Give a name, followed; empty for anything else."""
        found = self.resolve(value)
        return str(found) if isinstance(found, Name) else ""

    def is_stream(self, number: int) -> bool:
        """Say whether an object is a stream."""
        return 0 < number < self.count and bool(self.document.xref_is_stream(number))

    def stream(self, number: int) -> bytes | None:
        """Give the bytes of a stream, unpacked; None where they cannot be."""
        try:
            return self.document.xref_stream(number) if self.is_stream(number) else None
        except BROKEN:
            return None

    def raw_stream(self, number: int) -> bytes:
        """Give the bytes of a stream as they lie in the file."""
        try:
            return self.document.xref_stream_raw(number) or b""
        except BROKEN:
            return b""

    def text(self, value: Value, depth: int = 0) -> str:
        """Give the text of a string, of a stream that is text, or of several of them."""
        if isinstance(value, Ref) and self.is_stream(value.number):
            self.spoken.add(value.number)
            return stream_text((self.stream(value.number) or b"")[:_MOST_TEXT])
        found = self.resolve(value)
        if isinstance(found, bytes):
            if isinstance(value, Ref):
                self.spoken.add(value.number)
            return string_text(found)
        if isinstance(found, list):
            inside = found[:1000] if depth < _HOPS else ()
            return ", ".join(filter(None, (self.text(one, depth + 1) for one in inside)))
        return ""

    def said(self, value: Value) -> str:
        """Give a text or, where it is one, a name."""
        return self.text(value) or self.name(value)

    # --- where things stand -------------------------------------------------------------------

    @property
    def catalog(self) -> Dict:
        """Give the root of the document."""
        return self.dictionary(self.trailer.get("Root"))

    @property
    def trailer(self) -> Dict:
        """Give the trailer."""
        found = self.value(-1)
        return found if isinstance(found, dict) else {}

    def _annotations(self) -> Iterator[tuple[int, int]]:
        """Give the numbers of the annotations, each with its page."""
        for number, page in reversed(self.pages.items()):
            written = self.written(number)
            if b"/Annots" not in written:
                continue
            entry = read_value(written)[0]
            for one in self.items(entry.get("Annots") if isinstance(entry, dict) else None):
                if isinstance(one, Ref):
                    yield one.number, page

    def page_of(self, owner: Dict, number: int) -> int | None:
        """Give the page of an annotation or field, by the page's list of them or its own word."""
        if number in self.annotations:
            return self.annotations[number]
        if number in self.pages:
            return self.pages[number]
        page = owner.get("P")
        if isinstance(page, Ref) and page.number in self.pages:
            return self.pages[page.number]
        for kid in self.items(owner.get("Kids"))[:50]:
            if isinstance(kid, Ref) and kid.number in self.annotations:
                return self.annotations[kid.number]
        return None

    def target_page(self, value: Value) -> int | None:
        """Give the page that a destination leads to, where it says so."""
        found = self.resolve(value)
        if isinstance(found, dict):
            found = self.resolve(found.get("D"))
        first = found[0] if isinstance(found, list) and found else None
        return self.pages.get(first.number) if isinstance(first, Ref) else None

    def parents(self, owner: Dict) -> Iterator[Dict]:
        """Give what a dictionary names as its parent, the parent of that, and so on."""
        for _ in range(_HOPS):
            owner = self.dictionary(owner.get("Parent"))
            if not owner:
                return
            yield owner

    def tree(self, root: Value) -> Iterator[tuple[int, Dict]]:
        """Give the nodes of a name or number tree, each once, with its object number or 0."""
        waiting, seen = [root], set[int]()
        while waiting and len(seen) < _MOST_NODES:
            value = waiting.pop()
            number = value.number if isinstance(value, Ref) else 0
            node = self.dictionary(value)
            if not node or number in seen:
                continue
            if number:
                seen.add(number)
            yield number, node
            waiting.extend(self.items(node.get("Kids")))

    def references(self, number: int) -> set[int]:
        """Give the numbers that an object refers to."""
        return {int(one) for one in _REFERENCE.findall(self.written(number))}

    @cached_property
    def used(self) -> set[int]:
        """Give the numbers of all objects that the trailer leads to."""
        waiting = [int(one) for one in _REFERENCE.findall(self.written(-1))]
        seen = set(waiting)
        while waiting:
            fresh = self.references(waiting.pop()) - seen
            seen |= fresh
            waiting.extend(fresh)
        return seen

    def page_using(self, number: int, users: dict[int, list[int]]) -> int | None:
        """Give the first page found from which an object is used.

        Args:
            number: of the object.
            users: for each object, those that refer to it.
        """
        waiting, seen = [number], {number}
        while waiting and len(seen) < 10_000:
            one = waiting.pop(0)
            if one in self.pages:
                return self.pages[one]
            fresh = [user for user in users.get(one, ()) if user not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        return None


def page_words(page: int | None) -> str:
    """Give ``, page 3`` for a page, from 0; nothing where none is known."""
    return "" if page is None else f", page {page + 1}"


def as_dict(value: Value) -> Dict:
    """Give a dictionary that is there itself; an empty one for anything else."""
    return value if isinstance(value, dict) else {}
