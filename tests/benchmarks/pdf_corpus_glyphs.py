"""What PDFium, which wrote nothing of ours, reads on a page before and after, glyph by glyph."""

from __future__ import annotations

import ctypes
import math
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from redactor.matching import Term, find_term, fold

#: Farther than this (points), a glyph has moved.
MOVED = 2.0
#: Units of a device point; PDFium gives device coordinates as whole numbers.
_FINE = 50
#: Pixels a point, and the least difference of grey by which something shows.
_PAINT_SCALE, _CONTRAST = 2, 24
#: A line reaches this far above and below the feet of its letters (points).
_LINE_ABOVE, _LINE_BELOW = 30.0, 12.0


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its character, its origin in points of the page as displayed, its direction."""

    char: str
    x: float
    y: float
    angle: float

    def below(self, other: Glyph) -> float:
        """Give how far the other's origin is off the line on which this one stands."""
        across, down = other.x - self.x, other.y - self.y
        return abs(across * math.sin(self.angle) + down * math.cos(self.angle))

    def along(self) -> float:
        """Give how far along its line it stands."""
        return self.x * math.cos(self.angle) - self.y * math.sin(self.angle)


def glyphs_of_pages(data: bytes | Path) -> list[list[Glyph | None]]:
    """Give for every page its glyphs as PDFium reads them; None stands for a space or a new line.

    What lies off the page is left out: no reader sees it, and no release carries it.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        return [list(_glyphs(document[number])) for number in range(len(document))]
    finally:
        document.close()


def _glyphs(page: Any) -> Iterator[Glyph | None]:
    content = page.get_textpage()
    width, height = page.get_width(), page.get_height()
    x, y = ctypes.c_double(), ctypes.c_double()
    across, down = ctypes.c_int(), ctypes.c_int()
    size = (int(width * _FINE), int(height * _FINE))
    turned = page.get_rotation() * math.pi / 180
    for index in range(content.count_chars()):
        code = pdfium.FPDFText_GetUnicode(content, index)
        code = code if code <= sys.maxunicode else 0xFFFD  # PDFium hands out what is no character
        char = "-" if code in {0x02, 0xFFFE} else chr(code)
        if char.isspace() or (code not in {0x02, 0xFFFE} and unicodedata.category(char)[0] == "C"):
            yield None
            continue
        if pdfium.FPDFText_IsGenerated(content, index) == 1:
            yield None
            continue
        pdfium.FPDFText_GetCharOrigin(content, index, x, y)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x.value, y.value, across, down)
        at = (across.value / _FINE, down.value / _FINE)
        if 0 <= at[0] <= width and 0 <= at[1] <= height:
            # PDFium turns with the clock; on the page as displayed, y runs down
            angle = -pdfium.FPDFText_GetCharAngle(content, index) - turned
            yield Glyph(char, at[0], at[1], angle)
    content.close()
    page.close()


def words_of(glyphs: Iterable[Glyph | None]) -> list[list[Glyph]]:
    """Give the words: glyphs without a space between."""
    words: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph is not None:
            words[-1].append(glyph)
        elif words[-1]:
            words.append([])
    return words if words[-1] else words[:-1]


def text_of(glyphs: Iterable[Glyph | None]) -> str:
    """Give a page's text, one character a glyph."""
    return "".join(" " if glyph is None else glyph.char for glyph in glyphs)


def hits(glyphs: Sequence[Glyph | None], terms: Sequence[Term]) -> list[Glyph]:
    """Give the glyphs that belong to a term, by the rule by which the program removes it."""
    folded = fold(text_of(glyphs))
    found: list[Glyph] = []
    for term in terms:
        for start, end in find_term(term, folded):
            found.extend(glyph for glyph in glyphs[start:end] if glyph is not None)
    return found


@dataclass(slots=True)
class Difference:
    """What became of the words of one page that are no part of a term.

    Attributes:
        elsewhere: words off the lines on which something was removed.
        lost, moved: how many of them are not on the page any more, or stand somewhere else.
        unseen: how many words are gone that did not show: in a layer that is off, white, covered.
        beside: words on the lines on which something was removed.
        beside_lost: how many of them are gone, or in another order.
        beside_moved: how many of them moved along the line.
    """

    elsewhere: int = 0
    lost: int = 0
    moved: int = 0
    unseen: int = 0
    beside: int = 0
    beside_lost: int = 0
    beside_moved: int = 0


def difference(
    before: Sequence[Glyph | None],
    after: Sequence[Glyph | None],
    terms: Sequence[Term],
    shows: Callable[[list[Glyph]], bool],
) -> Difference:
    """Compare a page before and after its terms were removed.

    Args:
        before, after: its glyphs.
        terms: what was to be removed.
        shows: says whether glyphs can be seen on the page as it was.
    """
    removed = hits(before, terms)
    gone = {id(glyph) for glyph in removed}
    there = _Places([glyph for glyph in after if glyph is not None])
    found = Difference()
    lines: list[tuple[Glyph, list[Glyph]]] = []
    for word in words_of(before):
        kept = [glyph for glyph in word if id(glyph) not in gone]
        if not kept:
            continue
        line = next((one for one in removed if one.below(kept[0]) <= MOVED), None)
        still = all(there.near(glyph) for glyph in kept)
        if not still and not shows(kept):
            found.unseen += 1
            continue
        if line is None:
            found.elsewhere += 1
            if not still:
                spelt = "".join(glyph.char for glyph in kept)
                found.moved += int(there.has(spelt))
                found.lost += int(not there.has(spelt))
            continue
        found.beside += 1
        found.beside_moved += int(not still)
        for glyph in kept:  # a word may stand on two lines, or end in a raised figure
            known = next((one for one in lines if one[0].below(glyph) <= MOVED), None)
            if known is not None:
                known[1].append(glyph)
            elif not still:
                lines.append((glyph, [glyph]))
    found.beside_lost = sum(not there.has_in_order(line, kept) for line, kept in lines)
    return found


def shown_on(data: bytes | Path, number: int) -> Callable[[list[Glyph]], bool]:
    """Give the judge of what shows on a page as PDFium paints it (at the first question)."""
    painted: list[Any] = []

    def shows(glyphs: list[Glyph]) -> bool:
        if not painted:
            document = pypdfium2.PdfDocument(data)
            painted.append(document[number].render(scale=_PAINT_SCALE).to_pil().convert("L"))
            document.close()
        (picture,) = painted
        return any(_shows(picture, one) for one in glyphs)

    return shows


def _shows(picture: Any, glyph: Glyph) -> bool:
    x, y = glyph.x * _PAINT_SCALE, glyph.y * _PAINT_SCALE
    reach = 4 * _PAINT_SCALE
    box = (int(x), int(y - reach), int(x + reach), int(y + 1))
    darkest, lightest = picture.crop(box).getextrema()
    return bool(lightest - darkest > _CONTRAST)


class _Places:
    """The glyphs of one page, by where they stand."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        self._glyphs = glyphs
        self._text = "".join(glyph.char for glyph in glyphs)
        self._cells: dict[tuple[str, int, int], list[Glyph]] = {}
        for glyph in glyphs:
            self._cells.setdefault(self._cell(glyph), []).append(glyph)

    @staticmethod
    def _cell(glyph: Glyph, right: int = 0, down: int = 0) -> tuple[str, int, int]:
        return glyph.char, round(glyph.x / MOVED) + right, round(glyph.y / MOVED) + down

    def near(self, glyph: Glyph) -> bool:
        around = (self._cell(glyph, right, down) for right in (-1, 0, 1) for down in (-1, 0, 1))
        return any(
            math.hypot(one.x - glyph.x, one.y - glyph.y) <= MOVED
            for cell in around
            for one in self._cells.get(cell, ())
        )

    def has(self, spelt: str) -> bool:
        return spelt in self._text

    def has_in_order(self, line: Glyph, kept: list[Glyph]) -> bool:
        """Say whether a line still holds these glyphs, in their order, whatever is between."""
        left = iter(sorted((one for one in self._glyphs if line.below(one) <= MOVED), key=_along))
        return all(
            any(one.char == glyph.char for one in left) for glyph in sorted(kept, key=_along)
        )


def _along(glyph: Glyph) -> float:
    return glyph.along()


def pixels_apart(before: bytes | Path, after: bytes, number: int, removed: Sequence[Glyph]) -> int:
    """Count the pixels by which a page looks otherwise, off boxes and lines that were set anew.

    Form fields are painted, as a release holds them; other annotations are not. A pixel may have
    any value that lies near it in the other painting: smoothing is no difference.
    """
    import numpy as np

    old, new = _painted(before, number), _painted(after, number)
    rows, columns = (min(one, other) for one, other in zip(old.shape, new.shape, strict=True))
    old, new = old[:rows, :columns], new[:rows, :columns]
    off = np.ones((rows, columns), bool)
    down, across = np.mgrid[:rows, :columns] / _PAINT_SCALE
    for line in _lines(removed):
        away = (across - line.x) * math.sin(line.angle) + (down - line.y) * math.cos(line.angle)
        off &= (away < -_LINE_ABOVE) | (away > _LINE_BELOW)
    for box in _black_boxes(after, number):
        x0, y0, x1, y1 = (round(edge * _PAINT_SCALE) for edge in box)
        off[max(y0 - 2, 0) : y1 + 3, max(x0 - 2, 0) : x1 + 3] = False
    apart = np.abs(old.astype(int) - new) > _CONTRAST
    return int((_stranger(old, new) & _stranger(new, old) & apart & off).sum())


def _black_boxes(data: bytes, number: int) -> Iterator[tuple[float, float, float, float]]:
    """Give where black is painted within straight edges, as displayed."""
    document = pypdfium2.PdfDocument(data)
    page = document[number]
    size = (int(page.get_width() * _FINE), int(page.get_height() * _FINE))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    across, down = ctypes.c_int(), ctypes.c_int()
    for one in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        pdfium.FPDFPageObj_GetFillColor(one.raw, red, green, blue, alpha)
        if red.value + green.value + blue.value:
            continue
        left, bottom, right, top = one.get_bounds()
        corners = []
        for x, y in ((left, bottom), (right, top)):
            pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
            corners.append((across.value / _FINE, down.value / _FINE))
        (x0, y0), (x1, y1) = corners
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    page.close()
    document.close()


def _lines(removed: Sequence[Glyph]) -> list[Glyph]:
    """Give one glyph of every line."""
    lines: list[Glyph] = []
    for glyph in removed:
        if all(one.below(glyph) > 0.5 or abs(one.angle - glyph.angle) > 0.01 for one in lines):
            lines.append(glyph)
    return lines


def _painted(data: bytes | Path, number: int) -> Any:
    import numpy as np

    document = pypdfium2.PdfDocument(data)
    try:
        document.init_forms()
        picture = document[number].render(scale=_PAINT_SCALE, grayscale=True, draw_annots=False)
        return np.asarray(picture.to_pil().convert("L"))
    finally:
        document.close()


def _stranger(one: Any, other: Any) -> Any:
    """Say of each pixel of one painting whether the other has none like it next to it."""
    import numpy as np

    around = np.pad(other, 1, mode="edge")
    rows, columns = one.shape
    near = [around[dy : dy + rows, dx : dx + columns] for dy in range(3) for dx in range(3)]
    low, high = np.minimum.reduce(near).astype(int), np.maximum.reduce(near).astype(int)
    return (one < low - _CONTRAST) | (one > high + _CONTRAST)
