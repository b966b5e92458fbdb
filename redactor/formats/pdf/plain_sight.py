"""Tell of a page of plain text, without painting it, that all of it is seen.

Nearly every page of a typed document is one: letters in dark colours on white paper, and nothing
that could lie over, under or around them. The answer is yes only where every way to hide text is
ruled out by what is not on the page at all; in any doubt the page is looked at as ``unseen`` does.
"""

from __future__ import annotations

import re
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.stext import rarely_collecting
from redactor.formats.pdf.suspicion import is_white, spans_of, within

#: Resources by which a page can paint anything but glyphs in plain colours (ISO 32000-1, 7.8.3).
_MORE_THAN_TEXT = ("ExtGState", "XObject", "Pattern", "Shading")
#: Operators that clip, paint pictures of their own, or let glyphs clip or not be painted.
_TELLTALE = (b"W", b"BI", b"Tr")
_CLIPS = re.compile(rb"(?<![A-Za-z])(?:W|BI|Tr)(?![A-Za-z])")


def is_in_plain_sight(page: Any, text: PageText) -> bool:
    """Say whether it is certain that all text on a page is seen, and that there is nothing else.

    Args:
        page: a page of a prepared document.
        text: everything on it, taken as seen.
    """
    return (
        text.is_nothing_but_text_on_page
        and _has_only_fonts(page)
        and not _clips(page.read_contents())
        and _are_dark(text)
    )


def _has_only_fonts(page: Any) -> bool:
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    resources = mupdf.pdf_dict_gets_inheritable(entry, "Resources")
    if any(mupdf.pdf_dict_len(mupdf.pdf_dict_gets(resources, kind)) for kind in _MORE_THAN_TEXT):
        return False
    fonts = mupdf.pdf_dict_gets(resources, "Font")
    return not any(_is_drawn(fonts, index) for index in range(mupdf.pdf_dict_len(fonts)))


def _is_drawn(fonts: Any, index: int) -> bool:
    """Say whether the letters of a font are drawings (Type 3), which may paint anything."""
    font = mupdf.pdf_dict_get_val(fonts, index)
    return bool(mupdf.pdf_to_name(mupdf.pdf_dict_gets(font, "Subtype")) == "Type3")


def _clips(instructions: bytes) -> bool:
    return any(one in instructions for one in _TELLTALE) and bool(_CLIPS.search(instructions))


def _are_dark(text: PageText) -> bool:
    """Say whether all glyphs are painted by themselves, of a size that is seen, and not white."""
    with rarely_collecting():
        spans = spans_of(text.content.extractDICT()["blocks"])
    return all(
        span.is_painted
        and not span.is_tiny
        and not is_white(span.colour)
        and within(span.box, text.page_box)
        for span in spans
    )
