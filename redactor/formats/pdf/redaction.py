"""Remove text, pixels and paths from a page, and prove on the page that they are gone.

Text goes first and alone, by thin strips through the middle of the lines: the library removes a
glyph as soon as a tenth of its box is touched, and a full box of one line reaches into the next
(PyMuPDF issues 1809, 3655). Where the proof finds a glyph too many or too few, the page is put back
and every glyph is removed by its origin. Pixels and paths follow, by the padded box, without
touching text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pymupdf import mupdf

from redactor.formats.base import Spot
from redactor.formats.pdf.art import Art, Drawings, Unreached, unreached_on
from redactor.formats.pdf.exact import (
    Origin,
    PageCopy,
    complete_forms,
    remove_glyphs,
    remove_paths,
)
from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.page_text import Line, PageText
from redactor.formats.pdf.proof import is_as_ordered
from redactor.formats.pdf.stext import Box, overlap
from redactor.formats.pdf.words import Stretch
from redactor.model import Area

#: How the library is told what to remove (MuPDF, pdf/clean.h: pdf_redact_options).
_TEXT_REMOVE, _TEXT_KEEP = 0, 1
_IMAGE_KEEP, _IMAGE_REMOVE, _IMAGE_PIXELS = 0, 1, 2
_ART_KEEP, _ART_COVERED = 0, 1

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
#: Pixels this near to a word that was read from them go with it.
_PAD_READ = 1.5


@dataclass(slots=True)
class PageOrder:
    """What is to be removed from one page, and what was found to lie under it.

    Attributes:
        stretches: lines or parts of lines, each with the label to print.
        ranges: the ranges of the page's text that they stand for.
        read: whole words that were read from pixels, line by line, each with the label to print.
        left: the text of the page once all that was removed from it.
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
    read: list[tuple[Stretch, str]] = field(default_factory=list)
    left: PageText | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        """Say whether anything is to be removed."""
        return bool(self.stretches or self.read or self.areas or self.pictures)

    @property
    def labelled(self) -> list[tuple[Stretch, str]]:
        """Give every stretch that gets a box with a label."""
        return self.stretches + self.read

    @property
    def read_words(self) -> list[Box]:
        """Give the boxes of the words that have no glyphs, only pixels."""
        return [box for stretch, _ in self.read for box in stretch.boxes]


def order_for(
    text: PageText,
    spots: Sequence[Spot],
    areas: Iterable[tuple[Area, str]],
    pictures: Sequence[Box] = (),
) -> PageOrder:
    """Work out what spots and drawn boxes mean on a page."""
    mask = bytearray(len(text.raw))
    stretches: list[tuple[Stretch, str]] = []
    read: list[tuple[Stretch, str]] = []
    ranges = []
    native = text.native_length
    for spot in spots:
        last = min(spot.end, len(text.text))
        if spot.start < last:
            start, end = text.raw_range(spot.start, last)
            mask[start:end] = b"\1" * (end - start)
            read.extend((one, spot.label) for one in text.read_stretches(start, end))
            last = min(last, native)
        if spot.start < last:
            ranges.append((spot.start, last))
            stretches.extend((one, spot.label) for one in text.quick_stretches(spot.start, last))
    boxes = [(_upright(area), label) for area, label in areas]
    removed = _mask_areas(text, mask, [box for box, _ in boxes])
    return PageOrder(stretches, ranges, boxes, list(pictures), mask, removed, read)


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
    before = PageCopy.of(document.load_page(number))
    try:
        for way in (_by_strips, _by_origins):
            way(document.load_page(number), text, order)
            if not _remove_marks(document, number, text, order):
                return False
            left = PageText(document.load_page(number))
            if is_as_ordered(text, order.mask, left):
                order.left = left
                return True
            before.put_back(document)
    except (RuntimeError, mupdf.FzErrorBase):
        return False  # a picture whose pixels the library cannot change (PyMuPDF issue 4943)
    return False


def is_text_alone(page: Any, text: PageText, order: PageOrder) -> bool:
    """Say whether text in the instructions is all that is to go, and nothing lies under it."""
    if not order.stretches or order.read or order.areas or order.pictures or text.pictures:
        return False
    boxes = [_padded(stretch.box, _PAD) for stretch, _ in order.stretches]
    return not _touched(text.paths, boxes) and unreached_on(page) is Unreached.NOTHING


def remove_by_strips(page: Any, order: PageOrder) -> None:
    """Remove text by thin strips, and what else lies under drawn boxes; nothing is proved here."""
    strips = [strip for stretch, _ in order.stretches for strip in strips_of(stretch)]
    areas = [box for box, _ in order.areas]
    _apply(page, strips + areas, _TEXT_REMOVE, _IMAGE_KEEP, _ART_KEEP)


def _by_strips(page: Any, _: PageText, order: PageOrder) -> None:
    remove_by_strips(page, order)


def _by_origins(page: Any, text: PageText, order: PageOrder) -> None:
    complete_forms(page.parent, page.number)
    remove_glyphs(page.parent, page.number, _origins(text, order))


def _origins(text: PageText, order: PageOrder) -> Iterator[Origin]:
    for line in text.native_lines:
        for index, (origin, box) in enumerate(zip(line.origins, line.boxes, strict=True)):
            if order.mask[line.start + index]:
                yield Origin(*origin, min(box[2] - box[0], box[3] - box[1]))


def _remove_marks(document: Any, number: int, text: PageText, order: PageOrder) -> bool:
    """Remove pixels and paths, where there are any; say whether that can be done."""
    under_text = [_padded(stretch.box, _PAD) for stretch, _ in order.stretches]
    areas = [_padded(box, _PAD_READ) for box in order.read_words]
    areas += [box for box, _ in order.areas]
    marked = _Marked(document, number, text)
    if not (marked.cleared(under_text, is_text=True) and marked.cleared(areas, is_text=False)):
        return False
    if order.pictures:
        page = document.load_page(number)
        _apply(page, order.pictures, _TEXT_KEEP, _IMAGE_REMOVE, _ART_KEEP)
    return True


@dataclass(slots=True)
class _Marked:
    """A page from which pixels and paths are removed."""

    document: Any
    number: int
    text: PageText

    def cleared(self, boxes: list[Box], *, is_text: bool) -> bool:
        """Blank the pixels and remove the paths under boxes; say whether nothing is left there."""
        if not boxes:
            return True
        unreached = unreached_on(self.document.load_page(self.number))
        if unreached is Unreached.TILES:
            return False
        if unreached is Unreached.MASK and self._drawings().hide_in(boxes):
            return False
        pictures = _touched([picture.box for picture in self.text.pictures], boxes)
        if not pictures and not _touched(self.text.paths, boxes):
            return True
        art = self._art(boxes, is_text=is_text)
        if pictures or art is not Art.CLEAR:
            page = self.document.load_page(self.number)
            _apply(page, boxes, _TEXT_KEEP, _IMAGE_PIXELS, _ART_COVERED)
        if art is not Art.CLEAR:
            remove_paths(self.document, self.number, self._drawings().edges_inside(boxes))
            art = self._art(boxes, is_text=is_text)
        return art is Art.CLEAR

    def _drawings(self) -> Drawings:
        return Drawings(self.document.load_page(self.number))

    def _art(self, boxes: list[Box], *, is_text: bool) -> Art:
        drawings = self._drawings()
        return drawings.under_text(boxes) if is_text else drawings.under_areas(boxes)


def _touched(painted: Iterable[Box], boxes: Sequence[Box]) -> bool:
    return any(overlap(one, other) for one in painted for other in boxes)


def _padded(box: Box, room: float) -> Box:
    return box[0] - room, box[1] - room, box[2] + room, box[3] + room


def _apply(page: Any, boxes: Sequence[Box], text: int, images: int, art: int) -> None:
    """Run the library's redaction over boxes: one mark with one quadrilateral for each box."""
    if not boxes:
        return
    space = to_pdf_space(page)
    quads = " ".join([space.quad(box) for box in boxes])
    pdf_page = mupdf.pdf_page_from_fz_page(page.this)
    mark = mupdf.pdf_create_annot(pdf_page, mupdf.PDF_ANNOT_REDACT)
    number = mupdf.pdf_to_num(mupdf.pdf_annot_obj(mark))
    page.parent.xref_set_key(number, "QuadPoints", f"[{quads}]")
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
