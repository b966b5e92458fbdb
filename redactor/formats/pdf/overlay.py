"""Draw the boxes and labels that stand where something was removed.

Where they stand is worked out by ``setting``. A label never depends on what was there, so that it
does not betray a length (Bland, Iyer, Levchenko: Story Beyond the Eye, PoPETs 2023).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from pymupdf import mupdf

from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.label_fonts import LABEL_FONT, add_font, helvetica
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redaction import PageOrder
from redactor.formats.pdf.setting import SetPlace
from redactor.formats.pdf.setting.grid import MARGIN, label_size, label_width
from redactor.formats.pdf.stext import Box, holds

PICTURE_NOTE = "picture left out"


@dataclass(frozen=True, slots=True)
class Cover:
    """A black box with a label, in points of the page as displayed."""

    box: Box
    label: str
    direction: tuple[float, float] = (1.0, 0.0)


def covers_of(order: PageOrder, places: Sequence[SetPlace], page_box: Box) -> list[Cover]:
    """Give the boxes to draw on a page from which text and pixels were removed.

    Args:
        order: what was removed.
        places: for each labelled stretch, where its box stands (``setting.set_lines``).
        page_box: the page.
    """
    covers: list[Cover] = []
    for (stretch, _), place in zip(order.labelled, places, strict=True):
        if min(abs(part) for part in stretch.direction) > 0.02:  # at an angle: one by one
            covers.extend(Cover(box, "") for box in stretch.boxes)
            covers.append(Cover(stretch.boxes[0], place.label, place.direction))
        else:
            covers.append(Cover(place.box, place.label, place.direction))
    covers.extend(Cover(box, label) for box, label in order.areas)
    covers.extend(Cover(box, PICTURE_NOTE) for box in order.pictures)
    return [
        cover if holds(page_box, cover.box) else replace(cover, box=_inside(cover.box, page_box))
        for cover in covers
    ]


def _inside(box: Box, page_box: Box) -> Box:
    """Cut a box at the page's edges; a label beyond them would be text outside the page."""
    x0, x1 = (min(max(at, page_box[0]), page_box[2]) for at in (box[0], box[2]))
    y0, y1 = (min(max(at, page_box[1]), page_box[3]) for at in (box[1], box[3]))
    return x0, y0, x1, y1


def full_covers(order: PageOrder, accurate: Sequence[Box]) -> list[Cover]:
    """Give boxes that hide everything ordered, for a page whose content could not be changed."""
    covers = [Cover(box, "") for box in accurate]
    for stretch, label in order.labelled:
        covers.extend(Cover(_grown(box), "") for box in stretch.boxes)
        covers.append(Cover(_grown(stretch.boxes[0]), label, stretch.direction))
    covers.extend(Cover(box, label) for box, label in order.areas)
    covers.extend(Cover(box, PICTURE_NOTE) for box in order.pictures)
    return covers


def accurate_boxes(text: PageText, accurate: PageText, order: PageOrder) -> list[Box]:
    """Give the boxes of the ordered glyphs by their outlines.

    Args:
        text: the page as it was read, to whose offsets the order belongs.
        accurate: everything on the page, seen or not; glyphs are found in it by their origins.
        order: what goes.
    """
    outlines = {
        (character, *origin): box
        for line in accurate.native_lines
        for character, origin, box in zip(line.text, line.origins, line.boxes, strict=True)
    }
    boxes = []
    for line in text.native_lines:
        for index, (character, origin) in enumerate(zip(line.text, line.origins, strict=True)):
            if order.mask[line.start + index]:
                x0, y0, x1, y1 = outlines.get((character, *origin), line.boxes[index])
                boxes.append((x0 - 1, y0 - 1, x1 + 1, y1 + 1))
    return boxes


def _grown(box: Box) -> Box:
    return box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1


# --- drawing -------------------------------------------------------------------------------------


class Overlay:
    """Draws covers on pages of one document, with one font object for all."""

    def __init__(self, document: Any) -> None:
        """Prepare nothing; what all pages share is made with the first box."""
        self._document = document
        self._font = 0
        self._pdf: Any = None
        self._save: Any = None

    def draw(self, number: int, covers: Sequence[Cover]) -> None:
        """Draw on a page whose content was rewritten by a redaction, so that it is balanced."""
        if not covers:
            return
        self._make_objects()
        page = self._document.load_page(number)
        entry = mupdf.pdf_page_from_fz_page(page.this).obj()
        drawing = f"Q q {to_pdf_space(page).operands} cm\n" + "\n".join(map(drawn, covers)) + "\nQ"
        painted = mupdf.pdf_dict_gets(entry, "Contents")
        contents = mupdf.pdf_new_array(self._pdf, 3)
        mupdf.pdf_array_push(contents, self._save)
        if mupdf.pdf_is_array(painted):
            for index in range(mupdf.pdf_array_len(painted)):
                mupdf.pdf_array_push(contents, mupdf.pdf_array_get(painted, index))
        elif mupdf.pdf_is_stream(painted):
            mupdf.pdf_array_push(contents, painted)
        mupdf.pdf_array_push(contents, self._stream(drawing.encode("cp1252", "replace")))
        mupdf.pdf_dict_puts(entry, "Contents", contents)
        add_font(self._document, page, LABEL_FONT, self._font)

    def _make_objects(self) -> None:
        if self._font:
            return
        self._font = helvetica(self._document)
        self._pdf = mupdf.pdf_document_from_fz_document(self._document.this)
        self._save = self._stream(b"q\n")

    def _stream(self, instructions: bytes) -> Any:
        written = mupdf.fz_new_buffer_from_copied_data(instructions)
        return mupdf.pdf_add_stream(self._pdf, written, mupdf.PdfObj(), 0)


def drawn(cover: Cover) -> str:
    """Give the drawing instructions for a cover, in displayed points."""
    x0, y0, x1, y1 = map(_quarter, cover.box)
    box = f"0 g {x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g} re f"
    if not cover.label:
        return box
    dx, dy = cover.direction
    horizontal = abs(dx) >= abs(dy)
    length, height = (x1 - x0, y1 - y0) if horizontal else (y1 - y0, x1 - x0)
    printed = _printed(cover.label, length, height, cover.direction)
    x = (x0 + x1) / 2 - dx * printed.advance - dy * printed.rise
    y = (y0 + y1) / 2 - dy * printed.advance + dx * printed.rise
    return f"{box}\n{printed.look} {_quarter(x):g} {_quarter(y):g} Tm {printed.text}"


class _Printed(NamedTuple):
    """A label as it is written in a box of one size, but for where it begins.

    Attributes:
        look: colour, font, squeeze, and the matrix besides its place.
        text: what is shown.
        advance, rise: from where it begins to the middle of the box, along the label and across.
    """

    look: str
    text: str
    advance: float
    rise: float


@lru_cache(maxsize=1024)
def _printed(label: str, length: float, height: float, direction: tuple[float, float]) -> _Printed:
    """Fit a label into a box; most boxes of a document have one of a few sizes (points)."""
    dx, dy = direction
    size = label_size(height)
    natural = label_width(label) * size
    squeeze = min(1.0, max(length - MARGIN, 1.0) / natural)
    written = label.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return _Printed(
        f"BT 1 g /{LABEL_FONT} {size:g} Tf {squeeze * 100:.0f} Tz"
        f" {dx:.4f} {dy:.4f} {dy:.4f} {-dx:.4f}",
        f"({written}) Tj ET",
        natural * squeeze / 2,
        size * 0.35,
    )


def _quarter(at: float) -> float:
    """Give a length in quarters of a point, which every reader writes and counts without a rest."""
    return round(at * 4) / 4
