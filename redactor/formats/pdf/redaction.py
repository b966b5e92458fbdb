"""Remove text, pixels and paths from a page, and prove on the page that they are gone.

Text goes first and alone, by thin strips through the middle of the lines: the library removes a
glyph as soon as a tenth of its box is touched, and a full box of one line reaches into the next
(PyMuPDF issues 1809, 3655). Pixels and paths follow, by the padded box, without touching text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pymupdf import mupdf

from redactor.formats.base import Spot
from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.page_text import Line, PageText
from redactor.formats.pdf.stext import Box, overlap
from redactor.formats.pdf.words import Stretch
from redactor.model import Area

#: How the library is told what to remove (MuPDF, pdf/clean.h: pdf_redact_options).
_TEXT_REMOVE, _TEXT_KEEP = 0, 1
_IMAGE_KEEP, _IMAGE_REMOVE, _IMAGE_PIXELS = 0, 1, 2
_ART_KEEP, _ART_COVERED, _ART_TOUCHED = 0, 1, 2

#: A strip starts and ends inside the outer glyphs, so that it never reaches a neighbour, whose box
#: may overlap where letters are kerned: by this part of the glyph's width, or of its height where
#: that is less (a whole word is wide, and its last letter may be narrow).
_INSET, _INSET_BY_HEIGHT = 0.35, 0.12
_STRIP = (0.45, 0.55)
_LEAST = 0.05
#: The library shrinks a glyph's box by this much on every side before it looks (pdf-clean.c).
_SHRINK = 0.1
#: Pixels this near to a removed glyph go with it: letters reach beyond their boxes.
_PAD = 1.0
#: How far a letter that stays may move (points).
_MOVED = 0.5


@dataclass(slots=True)
class PageOrder:
    """What is to be removed from one page, and what was found to lie under it.

    Attributes:
        stretches: lines or parts of lines, each with the label to print.
        ranges: the ranges of the page's text that they stand for.
        areas: drawn boxes with their labels, in points of the page as displayed.
        pictures: boxes of pictures that are left out.
        mask: for each code point of the page's raw text, whether it goes.
        removed: text that lies under drawn boxes.
    """

    stretches: list[tuple[Stretch, str]]
    ranges: list[tuple[int, int]]
    areas: list[tuple[Box, str]]
    pictures: list[Box]
    mask: bytearray
    removed: tuple[str, ...] = field(default=(), repr=False)


def order_for(
    text: PageText,
    spots: Sequence[Spot],
    areas: Iterable[tuple[Area, str]],
    pictures: Sequence[Box] = (),
) -> PageOrder:
    """Work out what spots and drawn boxes mean on a page."""
    mask = bytearray(len(text.raw))
    stretches: list[tuple[Stretch, str]] = []
    ranges = []
    for spot in spots:
        last = min(spot.end, len(text.text))
        if spot.start < last:
            start, end = text.raw_range(spot.start, last)
            mask[start:end] = b"\1" * (end - start)
            ranges.append((spot.start, last))
            stretches.extend((one, spot.label) for one in text.quick_stretches(spot.start, last))
    boxes = [(_upright(area), label) for area, label in areas]
    removed = _mask_areas(text, mask, [box for box, _ in boxes])
    return PageOrder(stretches, ranges, boxes, list(pictures), mask, removed)


def _upright(area: Area) -> Box:
    return (
        min(area.x0, area.x1),
        min(area.y0, area.y1),
        max(area.x0, area.x1),
        max(area.y0, area.y1),
    )


def _mask_areas(text: PageText, mask: bytearray, boxes: list[Box]) -> tuple[str, ...]:
    """Mark the glyphs that drawn boxes remove, and give the text of each stretch of them."""
    if not boxes:
        return ()
    removed = []
    for line in text.lines:
        for start, end in ranges_under(line, boxes):
            mask[start:end] = b"\1" * (end - start)
            removed.append(text.raw[start:end].strip())
    return tuple(one for one in removed if one)


def ranges_under(line: Line, boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Give the ranges of a line's glyphs that the library would remove under these boxes."""
    near = [box for box in boxes if overlap(line.box, box)]
    ranges: list[tuple[int, int]] = []
    for index, glyph in enumerate(line.boxes if near else ()):
        if any(overlap(_shrunk(glyph), box) for box in near):
            at = line.start + index
            if ranges and ranges[-1][1] == at:
                ranges[-1] = (ranges[-1][0], at + 1)
            else:
                ranges.append((at, at + 1))
    return ranges


def _shrunk(box: Box) -> Box:
    across, down = (box[2] - box[0]) * _SHRINK, (box[3] - box[1]) * _SHRINK
    return box[0] + across, box[1] + down, box[2] - across, box[3] - down


# --- removing ------------------------------------------------------------------------------------


def redact_page(document: Any, number: int, text: PageText, order: PageOrder) -> bool:
    """Remove what is ordered from a page, and compare the page before and after.

    Args:
        document: a prepared document; the page is changed in it.
        number: the page, from 0.
        text: the page's text as it was.
        order: what goes.

    Returns:
        Whether everything ordered is gone, and everything else is there and where it was. Where
        not, the page must not be released as it is.
    """
    areas = [box for box, _ in order.areas]
    by_word = [strip for stretch, _ in order.stretches for strip in strips_of(stretch)]
    _remove_text(document, number, by_word + areas)
    _remove_marks(document, number, text, order)
    after = PageText(document.load_page(number))
    if _survivors(text, order, after):
        exact = [one for start, end in order.ranges for one in text.stretches(start, end)]
        _remove_text(document, number, [strip for one in exact for strip in strips_of(one)] + areas)
        after = PageText(document.load_page(number))
        if _survivors(text, order, after):
            _remove_text(document, number, [box for one in exact for box in one.boxes] + areas)
            after = PageText(document.load_page(number))
    return _as_ordered(text, order, after)


def _remove_text(document: Any, number: int, boxes: Sequence[Box]) -> None:
    _apply(document, number, boxes, _TEXT_REMOVE, _IMAGE_KEEP, _ART_KEEP)


def _remove_marks(document: Any, number: int, text: PageText, order: PageOrder) -> None:
    """Remove pixels and paths, where there are any."""
    spots = [_padded(stretch.box) for stretch, _ in order.stretches]
    areas = [box for box, _ in order.areas]
    painted = [picture.box for picture in text.pictures] + text.paths
    if any(overlap(one, other) for one in spots for other in painted):
        _apply(document, number, spots, _TEXT_KEEP, _IMAGE_PIXELS, _ART_COVERED)
    if any(overlap(one, other) for one in areas for other in painted):
        _apply(document, number, areas, _TEXT_KEEP, _IMAGE_PIXELS, _ART_TOUCHED)
    if order.pictures:
        _apply(document, number, order.pictures, _TEXT_KEEP, _IMAGE_REMOVE, _ART_KEEP)


def _padded(box: Box) -> Box:
    return box[0] - _PAD, box[1] - _PAD, box[2] + _PAD, box[3] + _PAD


def _apply(
    document: Any, number: int, boxes: Sequence[Box], text: int, images: int, art: int
) -> None:
    """Run the library's redaction over boxes: one mark with one quadrilateral for each box."""
    if not boxes:
        return
    page = document.load_page(number)
    space = to_pdf_space(page)
    quads = " ".join([space.quad(box) for box in boxes])
    pdf_page = mupdf.pdf_page_from_fz_page(page.this)
    mark = mupdf.pdf_create_annot(pdf_page, mupdf.PDF_ANNOT_REDACT)
    document.xref_set_key(mupdf.pdf_to_num(mupdf.pdf_annot_obj(mark)), "QuadPoints", f"[{quads}]")
    options = mupdf.PdfRedactOptions()
    options.black_boxes = 0
    options.text = text
    options.image_method = images
    options.line_art = art
    mupdf.pdf_redact_page(pdf_page.doc(), pdf_page, options)


def strips_of(stretch: Stretch) -> list[Box]:
    """Give thin boxes through the middle of the glyphs, along the line's direction."""
    along_x, along_y = (abs(part) for part in stretch.direction)
    if min(along_x, along_y) > 0.02:  # at an angle: a point in each glyph
        return [_around(box) for box in stretch.boxes]
    horizontal = along_x > along_y
    strips = []
    for run in _runs(stretch.boxes, horizontal=horizontal):
        low, high = (0, 2) if horizontal else (1, 3)
        ordered = sorted(run, key=lambda box: box[low] + box[high])
        first, last = ordered[0], ordered[-1]
        base, top = (first[1], first[3]) if horizontal else (first[0], first[2])
        most = (top - base) * _INSET_BY_HEIGHT
        start = first[low] + min((first[high] - first[low]) * _INSET, most)
        end = last[high] - min((last[high] - last[low]) * _INSET, most)
        start, end = min(start, end) - _LEAST, max(start, end) + _LEAST
        near = base + (top - base) * _STRIP[0] - _LEAST
        far = base + (top - base) * _STRIP[1] + _LEAST
        strips.append((start, near, end, far) if horizontal else (near, start, far, end))
    return strips


def _around(box: Box) -> Box:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x - _LEAST, y - _LEAST, x + _LEAST, y + _LEAST


def _runs(boxes: Sequence[Box], *, horizontal: bool) -> list[list[Box]]:
    """Cut a line's glyphs where their height changes (a raised figure, another size)."""
    low, high = (1, 3) if horizontal else (0, 2)
    runs: list[list[Box]] = []
    for box in boxes:
        if runs and box[low] == runs[-1][0][low] and box[high] == runs[-1][0][high]:
            runs[-1].append(box)
        else:
            runs.append([box])
    return runs


# --- proving -------------------------------------------------------------------------------------


def _kept(text: PageText, order: PageOrder) -> str:
    """Give the characters that stay, without white space."""
    raw = text.raw
    if not any(order.mask):
        return "".join(raw.split())
    parts = []
    at = 0
    while at < len(raw):
        start = order.mask.find(1, at)
        if start < 0:
            break
        parts.append(raw[at:start])
        at = order.mask.find(0, start)
        if at < 0:
            at = len(raw)
    parts.append(raw[at:])
    return "".join("".join(parts).split())


def _survivors(text: PageText, order: PageOrder, after: PageText) -> bool:
    """Say whether more is left than should be."""
    left, expected = "".join(after.raw.split()), _kept(text, order)
    return left != expected and bool(Counter(left) - Counter(expected))


def _as_ordered(text: PageText, order: PageOrder, after: PageText) -> bool:
    left = "".join(after.raw.split())
    expected = _kept(text, order)
    if left != expected and Counter(left) != Counter(expected):
        return False
    return _unmoved(text, after)


def _unmoved(before: PageText, after: PageText) -> bool:
    """Say whether every word that is left stands where it, or a word it is part of, stood."""
    words = before.words
    places = {(word[4], round(word[0] * 3), round(word[1] * 3)) for word in words}
    by_height: dict[int, list[Any]] = {}
    for word in words:
        by_height.setdefault(round(word[1]), []).append(word)
    for word in after.words:
        if (word[4], round(word[0] * 3), round(word[1] * 3)) in places:
            continue
        row = round(word[1])
        near = [one for height in (row - 1, row, row + 1) for one in by_height.get(height, ())]
        if not any(word[4] in other[4] and _within(word[:4], other[:4]) for other in near):
            return False
    return True


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _MOVED
        and inner[1] >= outer[1] - _MOVED
        and inner[2] <= outer[2] + _MOVED
        and inner[3] <= outer[3] + _MOVED
    )
