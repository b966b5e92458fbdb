"""Read the structure tree of a tagged PDF: types, order and marks, and none of its words.

Source: ISO 32000-1, 14.7 and 14.8. What an element says about itself in words (ActualText, Alt, E,
T, ID, Lang) is never read, nor its attributes but the shape of tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pymupdf import mupdf

from redactor.formats.pdf.marked import STRUCTURE_TYPES

_MAX_DEPTH = 100
_MAX_ELEMENTS = 2_000_000
_MAX_HOPS = 10
_MAX_SPAN = 1_000
_SCOPES = frozenset({"Row", "Column", "Both"})
#: Types of ISO 32000-2 and of ruby text, by what stands nearest to them.
_NEAREST = {
    "Title": "P", "FENote": "Note", "Aside": "Div", "Em": "Span", "Strong": "Span", "Sub": "Span",
    "DocumentFragment": "Div", "Ruby": "Span", "RB": "Span", "RT": "Span", "RP": "Span",
    "Warichu": "Span", "WT": "Span", "WP": "Span", "Form": "Div", "Annot": "Span",
}  # fmt: skip
#: Its content is decoration.
_ARTIFACT = "Artifact"
UNTAGGED = "The tags for screen readers were left out, because their structure is not understood."


@dataclass(frozen=True, slots=True)
class Marked:
    """Marked content of a page, by its number."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Object:
    """An annotation, by its object number in the original."""

    number: int


@dataclass(slots=True)
class Element:
    """A structure element: its standard type, what is in it, and the shape of a table's cell."""

    kind: str
    kids: list[Kid] = field(default_factory=list)
    attributes: tuple[tuple[str, str | int], ...] = ()


Kid: TypeAlias = "Element | Marked | Object"


@dataclass(frozen=True, slots=True)
class Tree:
    """A structure tree; its root holds elements only."""

    root: Element


class _NotUnderstood(Exception):
    """The tree holds something that is not known how to carry."""


def read_tree(document: Any) -> tuple[Tree | None, str]:
    """Read the structure tree.

    Returns:
        The tree, if there is one, and a note where it is not understood.
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    catalog = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root")
    root = mupdf.pdf_dict_gets(catalog, "StructTreeRoot")
    if not mupdf.pdf_is_dict(root) or not _has_kids(root):
        return None, ""
    reader = _Reader(document, mupdf.pdf_dict_gets(root, "RoleMap"))
    try:
        kids = list(reader.kids_of(root, None, 0))
    except _NotUnderstood:
        return None, UNTAGGED
    element = Element("", [one for one in kids if isinstance(one, Element)])
    return Tree(element), ""


def _has_kids(root: Any) -> bool:
    kids = mupdf.pdf_dict_gets(root, "K")
    return bool(mupdf.pdf_is_dict(kids)) or mupdf.pdf_array_len(kids) > 0


class _Reader:
    """Goes down a tree, and meets each element once."""

    def __init__(self, document: Any, roles: Any) -> None:
        self._roles = roles
        self._pages = {document.page_xref(at): at for at in range(document.page_count)}
        self._met: set[int] = set()
        self._kinds: dict[str, str] = {}

    def kids_of(self, owner: Any, page: int | None, depth: int) -> Iterator[Kid]:
        """Give the kids of an element or of the root."""
        if depth > _MAX_DEPTH:
            raise _NotUnderstood
        kids = mupdf.pdf_dict_gets(owner, "K")
        if mupdf.pdf_is_array(kids):
            for index in range(mupdf.pdf_array_len(kids)):
                yield from self._kid(mupdf.pdf_array_get(kids, index), page, depth)
        else:
            yield from self._kid(kids, page, depth)

    def _kid(self, kid: Any, page: int | None, depth: int) -> Iterator[Kid]:
        if mupdf.pdf_is_int(kid):
            if page is None:
                raise _NotUnderstood
            yield Marked(page, mupdf.pdf_to_int(kid))
        elif mupdf.pdf_is_dict(kid):
            yield from self._dictionary(kid, page, depth)
        elif not mupdf.pdf_is_null(kid):
            raise _NotUnderstood

    def _dictionary(self, kid: Any, page: int | None, depth: int) -> Iterator[Kid]:
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(kid, "Type"))
        own = self._page_of(kid, page)
        if kind == "MCR":
            number = mupdf.pdf_dict_gets(kid, "MCID")
            in_form = not mupdf.pdf_is_null(mupdf.pdf_dict_gets(kid, "Stm"))
            if own is None or in_form or not mupdf.pdf_is_int(number):
                raise _NotUnderstood
            yield Marked(own, mupdf.pdf_to_int(number))
        elif kind == "OBJR":
            yield Object(mupdf.pdf_to_num(mupdf.pdf_dict_gets(kid, "Obj")))
        else:
            yield from self._element(kid, own, depth)

    def _element(self, found: Any, page: int | None, depth: int) -> Iterator[Kid]:
        number = mupdf.pdf_to_num(found)
        if number in self._met or len(self._met) > _MAX_ELEMENTS:
            raise _NotUnderstood
        if number:
            self._met.add(number)
        kind = self._kind(mupdf.pdf_to_name(mupdf.pdf_dict_gets(found, "S")))
        if kind != _ARTIFACT:
            kids = list(self.kids_of(found, page, depth + 1))
            yield Element(kind, kids, _shape(found) if kind in {"TH", "TD"} else ())

    def _page_of(self, found: Any, page: int | None) -> int | None:
        given = mupdf.pdf_dict_gets(found, "Pg")
        return page if mupdf.pdf_is_null(given) else self._pages.get(mupdf.pdf_to_num(given))

    def _kind(self, name: str) -> str:
        if name not in self._kinds:
            self._kinds[name] = self._standard(name)
        return self._kinds[name]

    def _standard(self, name: str) -> str:
        """Give the standard type for a producer's own; one of no known meaning groups, no more."""
        for _ in range(_MAX_HOPS):
            if name in STRUCTURE_TYPES or name == _ARTIFACT:
                return name
            if name in _NEAREST:
                return _NEAREST[name]
            name = mupdf.pdf_to_name(mupdf.pdf_dict_gets(self._roles, name)) if name else ""
        return "NonStruct"


def _shape(cell: Any) -> tuple[tuple[str, str | int], ...]:
    """Give of a cell's attributes those that make the shape of its table."""
    given = mupdf.pdf_dict_gets(cell, "A")
    listed = (
        [mupdf.pdf_array_get(given, at) for at in range(mupdf.pdf_array_len(given))]
        if mupdf.pdf_is_array(given)
        else [given]
    )
    shape: dict[str, str | int] = {}
    for one in listed:
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(one, "O")) != "Table":
            continue
        scope = mupdf.pdf_to_name(mupdf.pdf_dict_gets(one, "Scope"))
        if scope in _SCOPES:
            shape["Scope"] = scope
        for name in ("ColSpan", "RowSpan"):
            span = mupdf.pdf_to_int(mupdf.pdf_dict_gets(one, name))
            if 1 < span <= _MAX_SPAN:
                shape[name] = span
    return tuple(shape.items())
