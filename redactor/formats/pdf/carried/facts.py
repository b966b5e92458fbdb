"""What of a PDF beside its pages may go into a release, once it was vetted: values, no objects."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pymupdf import mupdf

from redactor.formats.pdf.carried.scan import Shown, joined, scan
from redactor.formats.pdf.carried.tree import Tree, read_tree
from redactor.formats.pdf.stext import Box

#: Languages as they are told to a screen reader: two letters, perhaps a country.
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?")
#: Before the number of a page, at most one letter: more could be somebody's initials.
_PREFIX = re.compile(r"(?:[A-Z][-. ]?)?")
_STYLES = frozenset({"D", "R", "r", "A", "a", ""})
_MAX_FIRST = 99_999
_MAX_LEVEL = 20
_MAX_HEADINGS = 100_000


@dataclass(frozen=True, slots=True)
class Goal:
    """A place on a page, and how far below the page's upper edge; None for the page as such."""

    page: int
    top: float | None = None


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link of the original.

    Attributes:
        number: of the object, by which a structure tree refers to it; 0 where that is not known.
        box: in points of the page as displayed.
        uri: the address, of a link that leads out of the document.
    """

    page: int
    number: int
    box: Box
    goal: Goal | None
    uri: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LabelRange:
    """How the pages from one on are numbered."""

    start: int
    style: str
    prefix: str
    first: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A bookmark."""

    level: int
    title: str = field(repr=False)
    goal: Goal


@dataclass(frozen=True, slots=True)
class Carriable:
    """What was found.

    Attributes:
        shown: by page, where strings stood before anything was removed, as displayed.
        tree: the structure tree of a tagged document.
        fault: why a tagged document cannot be tagged anew, in words for the officer.
    """

    links: tuple[LinkFact, ...] = ()
    labels: tuple[LabelRange, ...] = ()
    headings: tuple[Heading, ...] = ()
    language: str = ""
    tree: Tree | None = None
    fault: str = ""
    shown: Mapping[int, tuple[Shown, ...]] = field(default_factory=dict, repr=False)


def facts_of(document: Any, pages: Iterable[int] = ()) -> Carriable:
    """Gather what may be carried over, from a document as it was opened.

    Args:
        document: the original, before it is prepared or changed.
        pages: from which something will be removed, counted from 0.
    """
    tree, fault = read_tree(document)
    shown = {number: _shown(document, number) for number in pages} if tree is not None else {}
    return Carriable(
        tuple(_links(document)),
        tuple(_labels(document)),
        tuple(_headings(document)),
        _language(document),
        tree,
        fault,
        shown,
    )


def catalog_of(document: Any) -> Any:
    """Give the catalogue of a document."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    return mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root")


# --- links and bookmarks -------------------------------------------------------------------------


def _links(document: Any) -> Iterator[LinkFact]:
    for number in range(document.page_count):
        if document.xref_get_key(document.page_xref(number), "Annots")[0] == "null":
            continue
        page = document.load_page(number)
        found = list(_links_of(page))
        numbers = _link_numbers(page)
        if len(numbers) != len(found):
            numbers = [0] * len(found)
        for (box, uri), own in zip(found, numbers, strict=True):
            goal = _goal(document, uri) if uri.startswith("#") else None
            yield LinkFact(number, own, box, goal, "" if goal is not None else uri)


def _links_of(page: Any) -> Iterator[tuple[Box, str]]:
    link = page.first_link
    while link:
        yield tuple(link.rect), link.uri or ""
        link = link.next


def _link_numbers(page: Any) -> list[int]:
    """Give the object numbers of the links of a page, in their order."""
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    listed = mupdf.pdf_dict_gets(entry, "Annots")
    numbers = []
    for index in range(mupdf.pdf_array_len(listed)):
        one = mupdf.pdf_array_get(listed, index)
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(one, "Subtype")) == "Link":
            numbers.append(mupdf.pdf_to_num(one))
    return numbers


def _goal(document: Any, uri: str) -> Goal | None:
    page, _, top = document.resolve_link(uri)
    if not 0 <= page < document.page_count:
        return None
    return Goal(page, float(top) if math.isfinite(top) and top > 0 else None)


def _headings(document: Any) -> Iterator[Heading]:
    """Go through the bookmarks object by object: the library's own way fails on bad ones."""
    waiting = [
        (1, mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(catalog_of(document), "Outlines"), "First"))
    ]
    met: set[int] = set()
    while waiting:
        level, entry = waiting.pop()
        number = mupdf.pdf_to_num(entry)
        if not mupdf.pdf_is_dict(entry) or number in met or len(met) > _MAX_HEADINGS:
            continue
        met.add(number)
        waiting.append((level, mupdf.pdf_dict_gets(entry, "Next")))
        if level < _MAX_LEVEL:
            waiting.append((level + 1, mupdf.pdf_dict_gets(entry, "First")))
        title = str(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(entry, "Title")))
        goal = _goal_of(document, entry)
        if goal is not None and title.strip():
            yield Heading(level, title, goal)


def _goal_of(document: Any, entry: Any) -> Goal | None:
    """Give the place in this document that a bookmark leads to."""
    given = mupdf.pdf_dict_gets(entry, "Dest")
    if mupdf.pdf_is_null(given):
        action = mupdf.pdf_dict_gets(entry, "A")
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(action, "S")) != "GoTo":
            return None
        given = mupdf.pdf_dict_gets(action, "D")
    if mupdf.pdf_is_array(given):
        return _explicit(document, given)
    name = mupdf.pdf_to_name(given) if mupdf.pdf_is_name(given) else mupdf.pdf_to_text_string(given)
    return _goal(document, f"#nameddest={quote(name)}") if name else None


def _explicit(document: Any, given: Any) -> Goal | None:
    """Read a destination that says itself where it leads (ISO 32000-1, 12.3.2.2)."""
    first = mupdf.pdf_array_get(given, 0)
    if mupdf.pdf_is_int(first):
        number = mupdf.pdf_to_int(first)
    else:
        number = mupdf.pdf_lookup_page_number(
            mupdf.pdf_document_from_fz_document(document.this), first
        )
    if not 0 <= number < document.page_count:
        return None
    at = {"XYZ": (2, 3), "FitH": (2, 2), "FitR": (2, 5)}.get(
        mupdf.pdf_to_name(mupdf.pdf_array_get(given, 1))
    )
    if at is None or not mupdf.pdf_is_number(mupdf.pdf_array_get(given, at[1])):
        return Goal(number)
    left, upper = (float(mupdf.pdf_array_get_real(given, one)) for one in at)
    _, b, _, d, _, f = shown_matrix(document.load_page(number))
    top = left * b + upper * d + f
    return Goal(number, top if top > 0 else None)


# --- page numbers, language, text ----------------------------------------------------------------


def _labels(document: Any) -> Iterator[LabelRange]:
    if document.xref_get_key(document.pdf_catalog(), "PageLabels")[0] == "null":
        return
    for one in document.get_page_labels():
        style, first = one.get("style", ""), one.get("firstpagenum", 1)
        prefix = one.get("prefix", "")
        if style in _STYLES and 0 <= one["startpage"] < document.page_count:
            yield LabelRange(
                one["startpage"],
                style,
                prefix if _PREFIX.fullmatch(prefix) else "",
                first if 1 <= first <= _MAX_FIRST else 1,
            )


def _language(document: Any) -> str:
    given = str(mupdf.pdf_to_text_string(mupdf.pdf_dict_gets(catalog_of(document), "Lang")))
    match = _LANGUAGE.fullmatch(given)
    if match is None:
        return ""
    return f"{match[1].lower()}-{match[2].upper()}" if match[2] else match[1].lower()


def _shown(document: Any, number: int) -> tuple[Shown, ...]:
    """Give where strings stand on a page as displayed, origin top left."""
    page = document.load_page(number)
    found = scan(content_of(document, page), properties_of(page)).shown
    a, b, c, d, e, f = shown_matrix(page)
    return tuple(
        Shown(one.x * a + one.y * c + e, one.x * b + one.y * d + f, one.mark) for one in found
    )


def number_of(page: Any) -> int:
    """Give the object number of a page, without counting the pages before it."""
    return int(mupdf.pdf_to_num(mupdf.pdf_page_from_fz_page(page.this).obj()))


def content_of(document: Any, page: Any) -> bytes:
    """Give the drawing instructions of a page."""
    return joined(document.xref_stream(one) or b"" for one in page.get_contents())


def properties_of(page: Any) -> dict[bytes, int]:
    """Give the numbers of the marks whose property lists a page names among its resources."""
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    resources = mupdf.pdf_dict_gets_inheritable(entry, "Resources")
    listed = mupdf.pdf_dict_gets(resources, "Properties")
    numbers = {}
    for index in range(mupdf.pdf_dict_len(listed)):
        name = mupdf.pdf_to_name(mupdf.pdf_dict_get_key(listed, index))
        number = mupdf.pdf_dict_gets(mupdf.pdf_dict_get_val(listed, index), "MCID")
        if mupdf.pdf_is_int(number):
            numbers[b"/" + name.encode("utf-8", "replace")] = int(mupdf.pdf_to_int(number))
    return numbers


def shown_matrix(page: Any) -> tuple[float, float, float, float, float, float]:
    """Give the matrix from user space to points of the page as displayed."""
    media_box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_transform(mupdf.pdf_page_from_fz_page(page.this), media_box, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
