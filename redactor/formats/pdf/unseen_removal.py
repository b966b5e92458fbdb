"""Take text that is not seen out of a page, glyph by glyph, and prove that nothing else is touched.

So a name under a black box goes, and the label printed over the box stays.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from redactor.formats.pdf.likeness import are_alike, pixels_of
from redactor.formats.pdf.painted import glyphs
from redactor.formats.pdf.stext import text_page
from redactor.formats.pdf.text_filter import Origins, filter_text
from redactor.formats.pdf.unseen import UnseenGlyphs

#: Text rendering mode 3 paints nothing (ISO 32000-1, table 106).
_INVISIBLE = 3


def remove_unseen(document: Any, number: int, unseen: UnseenGlyphs) -> bool:
    """Take out what is not seen on a page.

    Args:
        document: a prepared document; the page is changed in it.
        number: the page, from 0.
        unseen: what ``unseen.hides_on`` gave for the page as it is now.

    Returns:
        Whether all of it is gone, and everything else is there, is where it was, and looks the
        same. Where not, the page must not be released as it is.
    """
    page = document.load_page(number)
    before = pixels_of(page, but=unseen.marks)
    expected = [one for one in _glyphs(page) if not unseen(one)]
    origins = Origins(unseen.origins)

    def goes(x: float, y: float, mode: int, opacity: float) -> bool:
        return mode == _INVISIBLE or opacity == 0 or origins.holds(x, y)

    filter_text(page, goes)
    page = document.load_page(number)
    return _same(expected, _glyphs(page)) and are_alike(before, pixels_of(page, but=unseen.marks))


def _glyphs(page: Any) -> list[dict[str, Any]]:
    return [one for one, *_ in glyphs(text_page(page)[0]) if not one["c"].isspace()]


def _same(expected: list[dict[str, Any]], left: list[dict[str, Any]]) -> bool:
    """Say whether the same glyphs stand in the same places."""
    if len(expected) != len(left):
        return False
    if Counter(one["c"] for one in expected) != Counter(one["c"] for one in left):
        return False
    places: dict[str, list[tuple[float, float]]] = {}
    for one in expected:
        places.setdefault(one["c"], []).append(one["origin"])
    nearby = {character: Origins(origins) for character, origins in places.items()}
    return all(nearby[one["c"]].holds(*one["origin"]) for one in left)
