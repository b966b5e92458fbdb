"""Take redaction marks that another program made and never applied as proposals.

Such a mark (ISO 32000-2, 12.5.6.23) looks like a redaction in some viewers, and everything under it
is still there. What text it covers is proposed for redaction; a person decides. What it covers and
nobody can read is named, and is blanked unless somebody rules that the mark means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2
from typing import Any, TypeAlias

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.stext import Box, overlap
from redactor.formats.pdf.trust import page_place
from redactor.labels import IN_FILE
from redactor.model import Finding, PagePlace, Ruling, Unread

Quad: TypeAlias = tuple[tuple[float, float], ...]
"""The corners of an area in their order around it, in points of the page as displayed."""

RECOGNISER = IN_FILE
LABEL = "MANUAL"
WHY = "Marked for redaction in the file by another program, and never applied."
NOT_TEXT = (
    "A redaction mark of another program over something that is no text, and never applied."
    " Left out, its area is blanked; released as seen, the mark is ignored."
)
OVER_PICTURE = (
    "A redaction mark of another program over a picture, and never applied."
    " Left out, its area is blanked; released as seen, the mark is ignored."
)
_RULINGS = (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)
#: Marks and areas of one mark that are looked at on a page.
_MOST_MARKS, _MOST_QUADS = 5_000, 2_000
#: A mark thinner or lower than this covers nothing (points).
_THIN = 0.5
#: Of the area of a mark over a picture, glyphs cover at least this much where it is meant for them.
_MOSTLY_TEXT = 0.4


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its number on the page, from 1, and the areas that it covers."""

    number: int
    quads: tuple[Quad, ...]

    @property
    def box(self) -> Box:
        """Give the box around all its areas."""
        across = [x for quad in self.quads for x, _ in quad]
        down = [y for quad in self.quads for _, y in quad]
        return min(across), min(down), max(across), max(down)


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What the marks of one page ask for.

    Attributes:
        proposed: the text under them, one finding for each stretch of it.
        unread: the marks that cover no text.
    """

    proposed: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()


def mark_place(page: int, number: int) -> str:
    """Give the name under which a mark is ruled on."""
    return f"{page_place(page)}/mark:{number}"


def find_marks(document: Any, number: int, text: PageText) -> PageMarks:
    """Give what the marks of a page ask for.

    Args:
        document: the document, prepared or not; its annotations are still there.
        number: of the page, from 0.
        text: the page's, as its segment has it.
    """
    proposed: list[Finding] = []
    unread: list[Unread] = []
    boxes: list[Box | None] | None = None
    taken: set[tuple[int, int]] = set()
    for mark in marks_of(document, number):
        boxes = text.boxes_by_offset() if boxes is None else boxes
        ranges = _covered(mark, text.text, boxes)
        why = _unreadable(mark, ranges, boxes, text)
        if why:
            unread.append(Unread(mark_place(number, mark.number), why, _RULINGS))
        for start, end in ranges:
            if (start, end) not in taken:
                taken.add((start, end))
                found = text.text[start:end]
                proposed.append(
                    Finding(PagePlace(number), start, end, found, LABEL, 1.0, RECOGNISER, WHY)
                )
    return PageMarks(tuple(sorted(proposed, key=lambda one: one.start)), tuple(unread))


def areas_of_marks(
    document: Any, places: Sequence[str] | None = None
) -> dict[str, tuple[int, Box]]:
    """Give the area of each mark by the name it is ruled on under: its page and box.

    Args:
        document: the document, prepared or not.
        places: the names asked for; all of the document where None.
    """
    pages = range(document.page_count) if places is None else sorted(set(_pages_of(places)))
    areas = {
        mark_place(page, mark.number): (page, mark.box)
        for page in pages
        if page < document.page_count
        for mark in marks_of(document, page)
    }
    return areas if places is None else {one: areas[one] for one in places if one in areas}


def _pages_of(places: Sequence[str]) -> Iterator[int]:
    for place in places:
        found = re.fullmatch(r"page:(\d+)/mark:\d+", place)
        if found:
            yield int(found[1]) - 1


# --- marks ----------------------------------------------------------------------------------------


def marks_of(document: Any, number: int) -> list[Mark]:
    """Give the redaction marks of a page that cover anything."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    entries = mupdf.pdf_dict_gets(mupdf.pdf_lookup_page_obj(pdf, number), "Annots")
    count = min(mupdf.pdf_array_len(entries), _MOST_MARKS)
    found: list[Mark] = []
    matrix = None
    for at in range(count):
        entry = mupdf.pdf_array_get(entries, at)
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "Subtype")) != "Redact":
            continue
        if matrix is None:
            matrix = _to_display(document.load_page(number))
        quads = tuple(one for one in _areas(entry, matrix) if _covers(one))
        if quads:
            found.append(Mark(len(found) + 1, quads))
    return found


def _to_display(page: Any) -> Any:
    """Give what turns places in the file into places on the page as displayed, turned or not."""
    whole, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_transform(mupdf.pdf_page_from_fz_page(page.this), whole, matrix)
    return pymupdf.Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _areas(entry: Any, matrix: Any) -> Iterator[Quad]:
    """Give the areas of a mark: its quads or, where there are none, its rectangle."""
    numbers = _numbers(mupdf.pdf_dict_gets(entry, "QuadPoints"), _MOST_QUADS * 8)
    if len(numbers) < 8:
        rectangle = _numbers(mupdf.pdf_dict_gets(entry, "Rect"), 4)
        if len(rectangle) < 4:
            return
        x0, y0, x1, y1 = rectangle
        numbers = [x0, y1, x1, y1, x0, y0, x1, y0]
    for at in range(0, len(numbers) - 7, 8):
        corners = [
            pymupdf.Point(numbers[at + 2 * one], numbers[at + 2 * one + 1]) * matrix
            for one in range(4)
        ]
        yield _around([(one.x, one.y) for one in corners])


def _numbers(array: Any, most: int) -> list[float]:
    count = min(mupdf.pdf_array_len(array), most)
    return [mupdf.pdf_to_real(mupdf.pdf_array_get(array, at)) for at in range(count)]


def _around(corners: list[tuple[float, float]]) -> Quad:
    """Put corners in order around their middle: programs disagree on the order in the file."""
    x, y = sum(one[0] for one in corners) / 4, sum(one[1] for one in corners) / 4
    return tuple(sorted(corners, key=lambda one: atan2(one[1] - y, one[0] - x)))


def _covers(quad: Quad) -> bool:
    across, down = [x for x, _ in quad], [y for _, y in quad]
    return max(across) - min(across) >= _THIN and max(down) - min(down) >= _THIN


# --- what is under them ---------------------------------------------------------------------------


def _covered(mark: Mark, text: str, boxes: list[Box | None]) -> list[tuple[int, int]]:
    """Give the stretches of text under a mark; white space between covered words belongs to one."""
    x0, y0, x1, y1 = mark.box
    ranges: list[tuple[int, int]] = []
    for offset, box in enumerate(boxes):
        if box is None or text[offset].isspace():
            continue
        if box[2] < x0 or box[0] > x1 or box[3] < y0 or box[1] > y1:
            continue
        if not any(_lies_under(box, quad) for quad in mark.quads):
            continue
        if ranges and _is_gap(text[ranges[-1][1] : offset]):
            ranges[-1] = (ranges[-1][0], offset + 1)
        else:
            ranges.append((offset, offset + 1))
    return ranges


def _unreadable(
    mark: Mark, ranges: list[tuple[int, int]], boxes: list[Box | None], text: PageText
) -> str:
    """Say why a mark has to be ruled on: it covers no text, or a picture and little text."""
    if not ranges:
        return NOT_TEXT
    box = mark.box
    if not any(overlap(box, picture.box) for picture in text.pictures):
        return ""
    glyphs = (one for start, end in ranges for one in boxes[start:end] if one is not None)
    covered = sum((one[2] - one[0]) * (one[3] - one[1]) for one in glyphs)
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return OVER_PICTURE if covered < whole * _MOSTLY_TEXT else ""


def _is_gap(between: str) -> bool:
    """Say whether nothing but white space of one line stands between two words."""
    return not between.strip() and "\n" not in between


def _lies_under(box: Box, quad: Quad) -> bool:
    """Say whether the middle of a glyph's box lies within an area, on its edge included."""
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    turns = [_turn(quad[at - 1], quad[at], middle) for at in range(4)]
    return all(one >= 0 for one in turns) or all(one <= 0 for one in turns)


def _turn(start: tuple[float, float], end: tuple[float, float], at: tuple[float, float]) -> float:
    return (end[0] - start[0]) * (at[1] - start[1]) - (end[1] - start[1]) * (at[0] - start[0])
