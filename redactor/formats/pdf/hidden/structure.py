"""Texts of the structure tree and of marked content: what a screen reader is told.

ISO 32000-1, 14.7 to 14.9. Such a text may say what the page no longer does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redactor.formats.pdf.hidden.file import PdfFile, as_dict
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import Entry, Listing, Shape, is_code
from redactor.formats.pdf.hidden.syntax import Ref, Value, read_value, text_of
from redactor.model import HiddenKind

STRUCTURE = Listing(HiddenKind.STRUCTURE, "structure")
MARKED = Listing(HiddenKind.STRUCTURE, "marked content")
TITLES = {
    "ActualText": "Replacement text",
    "Alt": "Alternative text",
    "E": "Long form",
    "T": "Title",
    "Summary": "Summary of a table",
}
#: Owners of attributes (ISO 32000-1, table 341).
_ATTRIBUTES = frozenset({"Layout", "List", "PrintField", "Table", "UserProperties"})
_KEYS = frozenset({"ActualText", "Alt", "E"})
#: A tag with a list of properties that holds a string, or a dictionary that might.
_PROPERTIES = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*[\x00\t\n\f\r ]*(?=<<(?![^()<>]*>>))")
_OPERATOR = re.compile(rb"[\x00\t\n\f\r ]*(BDC|DP)\b")
_MOST_LISTS = 100_000


def structure_element(entry: Entry) -> Shape | None:
    """Recognise an element of the structure tree, or a list of marked content's properties."""
    owner = entry.owner.get("O")
    is_element = entry.type in {"StructElem", "StructTreeRoot"} or (
        entry.has("S") and isinstance(entry.owner.get("P"), Ref) and not entry.has("Subtype", "A1")
    )
    is_element = is_element or entry.has("Summary") or entry.file.name(owner) in _ATTRIBUTES
    if is_element and entry.type not in {"Action", "Annot", "Page", "Group"}:
        return Shape(STRUCTURE)
    if entry.owner.keys() & _KEYS and entry.under.kind is HiddenKind.OTHER:
        return Shape(MARKED)
    return None


def marked_content(file: PdfFile, drawings: list[int]) -> Iterator[Hidden]:
    """Give the texts in the properties of marked content, in pages and forms.

    Args:
        file: the file they are in.
        drawings: the numbers of its forms and patterns.
    """
    for number, page in file.pages.items():
        for text in properties_in(_content(file, number)):
            yield Hidden(MARKED.kind, f"{MARKED.part}, page {page + 1}", text, "texts")
    for number in drawings:
        for text in properties_in(file.stream(number) or b""):
            yield Hidden(MARKED.kind, MARKED.part, text, "texts")


def _content(file: PdfFile, page: int) -> bytes:
    """Give the drawing instructions of a page, without those that are damaged."""
    contents = file.dictionary(Ref(page)).get("Contents")
    pieces = file.items(contents) or [contents]
    streams = (file.stream(one.number) for one in pieces if isinstance(one, Ref))
    return b"\n".join(filter(None, streams))


def properties_in(data: bytes) -> Iterator[str]:
    """Give the strings in property lists of drawing instructions."""
    if b"BDC" not in data and b"DP" not in data:
        return
    for count, found in enumerate(_PROPERTIES.finditer(data)):
        if count > _MOST_LISTS:
            return
        value, end = read_value(data[: found.end() + 1_000_000], found.end())
        if _OPERATOR.match(data, end):
            yield from _strings(value)


def _strings(value: Value) -> Iterator[str]:
    """Give every string in a value with what it is; goes down without calling itself."""
    waiting: list[tuple[str, Value]] = [("", value)]
    while waiting:
        key, one = waiting.pop()
        if isinstance(one, bytes):
            text = text_of(one)
            if text and not is_code(key, text):
                yield f"{TITLES.get(key, key)}: {text}"
        elif isinstance(one, list):
            waiting.extend((key, item) for item in reversed(one))
        else:
            waiting.extend(reversed(as_dict(one).items()))
