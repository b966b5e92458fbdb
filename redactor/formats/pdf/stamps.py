"""Print page numbers, the reference of the case and the law in the margins of a released PDF.

The line goes where nothing is painted: in the foot of the page, or else in its head. Where both are
painted all over, as on many a scan, it stands on a white strip of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.carried.facts import number_of
from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.label_fonts import STAMP_FONT, add_font, helvetica
from redactor.formats.pdf.stext import Box
from redactor.model import Area, Stamps

_SIZE, _LEAST_SIZE = 7.5, 4.0
_GREY = "0.3 g"
#: The height of the line, and how near it may come to the edges of the page.
_BAND, _EDGE, _SIDE = 11.0, 9.0, 30.0
#: How far from an edge a place is looked for, in steps of this.
_REACH, _STEP = 34.0, 3.0
#: Shades that are taken as empty (0 is black, 255 is white).
_EMPTY = bytes(range(252, 256))
_GAP = 12.0


@dataclass(frozen=True, slots=True)
class Stamped:
    """What was printed: where, and the texts that now stand on the pages once more."""

    regions: tuple[Area, ...] = ()
    again: tuple[str, ...] = field(default=(), repr=False)


def stamp(document: Any, stamps: Stamps) -> Stamped:
    """Print what was asked for on every page.

    Args:
        document: the document being built; its pages are final.
        stamps: what is asked for. The numbers of redactions are in their labels already.
    """
    foot = footer_of(stamps)
    if not foot and not stamps.pages:
        return Stamped()
    count = document.page_count
    # All at once: after a change to a document, the next page is found by counting all before it.
    pages = [document.load_page(number) for number in range(count)]
    lines = [
        _line_for(page, foot, f"Page {number} of {count}" if stamps.pages else "")
        for number, page in enumerate(pages, start=1)
    ]
    printer = _Printer(document)
    for page, line in zip(pages, lines, strict=True):
        printer.print_on(page, line)
    regions = tuple(Area(page.number, *line.box) for page, line in zip(pages, lines, strict=True))
    return Stamped(regions, (foot,) * count if foot else ())


def footer_of(stamps: Stamps) -> str:
    """Give what is printed in the foot of every page beside its number."""
    released = f"Released under {stamps.released}" if stamps.released else ""
    return " · ".join(part for part in (stamps.reference.strip(), released) if part)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line for a margin: its box, what is drawn, and what the page lacks of ``q`` and ``Q``."""

    box: Box
    drawing: str = field(repr=False)
    before: int
    after: int


def _line_for(page: Any, left: str, right: str) -> _Line:
    """Set a text at the left and one at the right of a margin."""
    width, height = page.rect.width, page.rect.height
    side = min(_SIDE, width * 0.06)
    size = _fitting(left, right, width - 2 * side)
    box, is_empty = _place(page, (side, width - side), height)
    parts = [] if is_empty else [f"1 g {_operands(box)} re f"]
    baseline = box[3] - (box[3] - box[1] - size * 0.7) / 2
    parts += _shown(left, side, baseline, size)
    parts += _shown(right, width - side - _width(right, size), baseline, size)
    drawing = "\n".join([f"{to_pdf_space(page).operands} cm", *parts])
    before, after = _unbalanced(page)
    return _Line(box, drawing, before, after)


def _unbalanced(page: Any) -> tuple[int, int]:
    """Count what a page's instructions lack of ``q`` before them, and of ``Q`` behind them."""
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    pdf = mupdf.pdf_document_from_fz_document(page.parent.this)
    before, after = mupdf.pdf_count_q_balance_outparams_fn(
        pdf,
        mupdf.pdf_dict_gets_inheritable(entry, "Resources"),
        mupdf.pdf_dict_gets(entry, "Contents"),
    )
    return int(before), int(after)


class _Printer:
    """Prints lines on the pages of one document, in one font for all."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._font = helvetica(document)

    def print_on(self, page: Any, line: _Line) -> None:
        """Print a line on a page, as what belongs to no text of it."""
        own = page.get_contents()
        first = self._stream("q " * (line.before + 1))
        last = self._stream(f"{'Q ' * (line.after + 1)}q /Artifact BMC {line.drawing}\nEMC Q")
        listed = " ".join(f"{one} 0 R" for one in (first, *own, last))
        self._document.xref_set_key(number_of(page), "Contents", f"[{listed}]")
        add_font(self._document, page, STAMP_FONT, self._font)

    def _stream(self, content: str) -> int:
        number: int = self._document.get_new_xref()
        self._document.update_object(number, "<<>>")
        self._document.update_stream(number, content.encode("cp1252", "replace"))
        return number


# --- where ---------------------------------------------------------------------------------------


def _place(page: Any, across: tuple[float, float], height: float) -> tuple[Box, bool]:
    """Find the place for a line: the first that is empty, or the one with the least on it."""
    foot = _candidates(height - _EDGE - _BAND, -_STEP)
    head = _candidates(_EDGE, _STEP)
    fewest: tuple[int, float] | None = None
    for tops in (foot, head):
        low, high = max(0.0, min(tops)), min(height, max(tops) + _BAND)
        rows = _rows(page, (across[0], low, across[1], high))
        for top in tops:
            start = int(top - low)
            ink = sum(rows[max(0, start) : start + int(_BAND) + 2])
            if not ink:
                return _band(across, top, height), True
            if fewest is None or ink < fewest[0]:
                fewest = (ink, top)
    return _band(across, height - _EDGE - _BAND if fewest is None else fewest[1], height), False


def _candidates(first: float, step: float) -> list[float]:
    return [first + at * step for at in range(int((_REACH - _EDGE) / abs(step)) + 1)]


def _band(across: tuple[float, float], top: float, height: float) -> Box:
    low = min(max(top, 0.0), max(height - _BAND, 0.0))
    return across[0], low, across[1], min(low + _BAND, height)


def _rows(page: Any, box: Box) -> list[int]:
    """Count for each row of a part of the page, a point high, how much of it is not white."""
    picture = page.get_pixmap(
        clip=pymupdf.Rect(box), colorspace=pymupdf.csGRAY, annots=False, alpha=False
    )
    samples, stride = picture.samples, picture.stride
    return [
        len(samples[row * stride : row * stride + picture.width].translate(None, _EMPTY))
        for row in range(picture.height)
    ]


# --- what ----------------------------------------------------------------------------------------


def _fitting(left: str, right: str, room: float) -> float:
    """Give the size at which both texts fit beside one another."""
    needed = _width(left, 1) + _width(right, 1)
    gap = _GAP if left and right else 0.0
    return max(_LEAST_SIZE, min(_SIZE, (room - gap) / max(needed, 0.1)))


def _width(text: str, size: float) -> float:
    return float(pymupdf.get_text_length(text, "helv", size)) if text else 0.0


def _shown(text: str, x: float, y: float, size: float) -> Sequence[str]:
    if not text:
        return ()
    written = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        f"BT {_GREY} /{STAMP_FONT} {size:.2f} Tf 1 0 0 -1 {x:.2f} {y:.2f} Tm ({written}) Tj ET",
    )


def _operands(box: Box) -> str:
    return f"{box[0]:.2f} {box[1]:.2f} {box[2] - box[0]:.2f} {box[3] - box[1]:.2f}"
