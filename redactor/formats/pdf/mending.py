"""Mend what other readers of PDF read past, and the library does not.

Each of these faults stands in files that people open every day; here they would make a page, or
all of them, unreadable. What is mended is what is read, shown and rebuilt; a release is held
against the file as it came, as another engine draws it.
"""

from __future__ import annotations

import re
from typing import Any

from pymupdf import mupdf

#: A name with spaces in it that were not written as ``#20`` (ISO 32000-1, 7.3.5): programs write
#: the names of fonts so. The rest of the name makes the whole dictionary one that cannot be read.
_REGULAR = rb"[^\s/<>\[\](){}%]+"
_SPACED_NAME = re.compile(
    rb"(/(?:BaseFont|FontName)\s*/" + _REGULAR + rb")((?:[ ]+" + _REGULAR + rb")+)"
)
_MOST_NODES = 500


def with_whole_names(untrusted: bytes) -> bytes:
    """Give the bytes of a PDF with the spaces in names of fonts written as they have to be."""
    return _SPACED_NAME.sub(lambda found: found[1] + re.sub(rb"[ ]+", b"#20", found[2]), untrusted)


def count_pages_anew(document: Any) -> None:
    """Set the number of pages where the file's own is none: it follows from the tree of pages."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root")
    pages = mupdf.pdf_dict_gets(root, "Pages")
    if mupdf.pdf_is_dict(pages) and not mupdf.pdf_is_array(mupdf.pdf_dict_gets(pages, "Kids")):
        pages = _tree_of(pdf, root, pages)
    if mupdf.pdf_is_dict(pages) and mupdf.pdf_to_int(mupdf.pdf_dict_gets(pages, "Count")) < 1:
        _count(pages, set())


def _tree_of(pdf: Any, root: Any, page: Any) -> Any:
    """Put a page that stands in the place of the tree of pages into a tree."""
    kids = mupdf.pdf_new_array(pdf, 1)
    mupdf.pdf_array_push(kids, page)
    node = mupdf.pdf_new_dict(pdf, 3)
    mupdf.pdf_dict_puts(node, "Type", mupdf.pdf_new_name("Pages"))
    mupdf.pdf_dict_puts(node, "Kids", kids)
    tree = mupdf.pdf_add_object(pdf, node)
    mupdf.pdf_dict_puts(page, "Parent", tree)
    mupdf.pdf_dict_puts(root, "Pages", tree)
    return tree


def _count(node: Any, met: set[int]) -> int:
    kids = mupdf.pdf_dict_gets(node, "Kids")
    if not mupdf.pdf_is_array(kids):
        return 1
    number = mupdf.pdf_to_num(node)
    if number in met or len(met) > _MOST_NODES:
        return 0
    met.add(number)
    below = (mupdf.pdf_array_get(kids, at) for at in range(mupdf.pdf_array_len(kids)))
    count = sum(_count(kid, met) for kid in below)
    mupdf.pdf_dict_puts(node, "Count", mupdf.pdf_new_int(count))
    return count


def part_pages(document: Any) -> None:
    """Make each page an object of its own, with a size and resources.

    A file may show one page object in several places; what is removed in one would go, or be drawn,
    twice. Where a page has no size, readers take it for a sheet of letter paper.
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pdf), "Root")
    waiting, met = [mupdf.pdf_dict_gets(root, "Pages")], set[int]()
    while waiting:
        node = waiting.pop()
        kids = mupdf.pdf_dict_gets(node, "Kids")
        for at in range(mupdf.pdf_array_len(kids)):
            kid = mupdf.pdf_array_get(kids, at)
            number = mupdf.pdf_to_num(kid)
            if mupdf.pdf_is_array(mupdf.pdf_dict_gets(kid, "Kids")):
                if number not in met:
                    waiting.append(kid)
            elif number in met or not mupdf.pdf_is_dict(kid):
                mupdf.pdf_array_put(kids, at, _page_like(pdf, kid, node))
            met.add(number)
    for number in range(document.page_count):
        page = mupdf.pdf_lookup_page_obj(pdf, number)
        if not mupdf.pdf_is_array(mupdf.pdf_dict_gets_inheritable(page, "MediaBox")):
            document.xref_set_key(mupdf.pdf_to_num(page), "MediaBox", "[0 0 612 792]")
        if not mupdf.pdf_is_dict(mupdf.pdf_dict_gets_inheritable(page, "Resources")):
            document.xref_set_key(mupdf.pdf_to_num(page), "Resources", "<<>>")


def _page_like(pdf: Any, page: Any, parent: Any) -> Any:
    """Add a page like another; an empty one where that is lost."""
    if mupdf.pdf_is_dict(page):
        copy = mupdf.pdf_copy_dict(mupdf.pdf_resolve_indirect(page))
    else:
        copy = mupdf.pdf_new_dict(pdf, 3)
        mupdf.pdf_dict_puts(copy, "Type", mupdf.pdf_new_name("Page"))
    mupdf.pdf_dict_puts(copy, "Parent", parent)
    return mupdf.pdf_add_object(pdf, copy)


def drop_lost_contents(document: Any) -> None:
    """Take away what a page refers to for its content where no such thing is in the file.

    A later version of a file may have deleted it; the page is then empty (ISO 32000-1, 7.7.3.3).
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    for number in range(document.page_count):
        page = mupdf.pdf_lookup_page_obj(pdf, number)
        contents = mupdf.pdf_dict_gets(page, "Contents")
        if mupdf.pdf_is_array(contents):
            for at in reversed(range(mupdf.pdf_array_len(contents))):
                if not mupdf.pdf_is_stream(mupdf.pdf_array_get(contents, at)):
                    mupdf.pdf_array_delete(contents, at)
        elif contents.m_internal and not mupdf.pdf_is_stream(contents):
            mupdf.pdf_dict_dels(page, "Contents")
