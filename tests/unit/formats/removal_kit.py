"""Remove something from a page as a rebuild does, and look at the page with another engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pypdfium2

from redactor.formats.base import Spot
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redaction import order_for, redact_page
from redactor.model import Area
from tests.benchmarks.pdf_corpus_glyphs import Glyph, glyphs_of_pages, text_of
from tests.unit.formats.pdf_samples import LABEL

_NEAR = 0.5
_SCALE = 2


@dataclass(frozen=True)
class Removed:
    """A page from which something was removed.

    Attributes:
        held: whether the removal vouches for the page; where not, it becomes a picture.
    """

    held: bool
    before: bytes
    after: bytes
    page: int = 0

    @property
    def text(self) -> str:
        """Give what PDFium reads now."""
        return text_of(glyphs_of_pages(self.after)[self.page])

    def missing(self) -> str:
        """Give the characters that are gone or moved; fails where there is one more than before."""
        left = [one for one in glyphs_of_pages(self.after)[self.page] if one]
        missing = []
        for glyph in (one for one in glyphs_of_pages(self.before)[self.page] if one):
            found = next((one for one in left if _is_same(one, glyph)), None)
            if found is None:
                missing.append(glyph.char)
            else:
                left.remove(found)
        assert not left, f"new or moved: {text_of(left)}"
        return "".join(missing)

    def pixels(self, x0: float, y0: float, x1: float, y1: float) -> tuple[Any, Any]:
        """Give what PDFium paints within a box, before and after."""
        box = tuple(round(edge * _SCALE) for edge in (x0, y0, x1, y1))
        return tuple(_painted(data, self.page).crop(box) for data in (self.before, self.after))


def _is_same(one: Glyph, other: Glyph) -> bool:
    return one.char == other.char and abs(one.x - other.x) + abs(one.y - other.y) <= _NEAR


def _painted(data: bytes, number: int) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[number].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()


def removed(
    data: bytes, pattern: str = "", *boxes: tuple[float, float, float, float], page: int = 0
) -> Removed:
    """Remove every match of a pattern and what lies under boxes from a page."""
    document = prepare(open_pdf(data))
    text = PageText(document.load_page(page))
    found = re.finditer(pattern, text.text) if pattern else ()
    spots = [Spot(match.start(), match.end(), LABEL) for match in found]
    assert spots or not pattern, "the test means to remove something"
    order = order_for(text, spots, [(Area(page, *box), LABEL) for box in boxes])
    held = redact_page(document, page, text, order)
    return Removed(held, data, document.tobytes(garbage=3), page)


def left_as(removal: Removed, withheld: str) -> bool:
    """Say whether a page could be kept, and check what a kept page must show.

    What is withheld is gone and nothing else is lost or moved; where that cannot be had, the page
    is refused, and becomes a picture.
    """
    if removal.held:
        assert sorted(removal.missing()) == sorted("".join(withheld.split()))
    return removal.held
