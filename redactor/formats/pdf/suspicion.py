"""Tell from what a page paints which of its text may not be seen, without looking at pixels.

Everything here errs on the side of suspicion: whatever it names is looked at again, pixel by pixel,
in ``unseen``; whatever it does not name is certainly seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from redactor.formats.pdf.painted import Block, Painted
from redactor.formats.pdf.stext import IMAGE_BLOCK, TEXT_BLOCK, VECTOR_BLOCK, Box, overlap

#: What the text device notes of a glyph (MuPDF, fitz/structured-text.h): filled, stroked, clip.
_FILLED, _STROKED, _CLIPPED = 16, 32, 64
PAINT = _FILLED | _STROKED
#: Text of less than this (points) cannot be seen: its size, and how far a letter is from the next.
_LEAST_SIZE, _LEAST_ADVANCE = 1.0, 0.25
#: A line is about so much higher than the size of its text.
_SIZE_IN_HEIGHT = 0.7
#: One or two marks may take no room of their own, as accents do.
_FEW = 3
#: Colours this near to each other (of 255, in every channel) are hard to tell apart.
_NEAR_COLOUR = 64
_WHITE = 0xFFFFFF
#: What is thinner (points) is a rule beside, under or through text, and covers none of it. Several
#: of them over the same text are taken as a cover.
_RULE = 1.5
_MANY_RULES = 3
#: This much of a line's box is left out on every side, where rules and the next line reach into it.
_MARGIN = 0.25
#: Opacities (of 255): below, a cover leaves what is under it to be seen well; and is no background.
_VEIL, _TRACE = 200, 12
#: More pairs of text and paint are not compared one by one; the pixels are asked at once.
_MAX_PAIRS = 60_000
_LINE_WIDTH = re.compile(r'<stroke_path [^>]*linewidth="([^"]*)"[^>]*transform="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one look.

    Attributes:
        order: the number of its block: blocks are numbered as they are painted.
        box: the box around it.
        colour: red, green and blue in one number.
        flags: whether it is filled, stroked, or used as a clip.
        is_tiny: whether it is too small to be seen at all.
    """

    order: int
    box: Box
    colour: int
    alpha: int
    flags: int
    is_tiny: bool

    @property
    def core(self) -> Box:
        """Give the middle of the box."""
        x0, y0, x1, y1 = self.box
        margin = min(x1 - x0, y1 - y0) * _MARGIN
        return x0 + margin, y0 + margin, x1 - margin, y1 - margin

    @property
    def is_painted(self) -> bool:
        """Say whether it puts paint on the page by itself."""
        return self.alpha > 0 and bool(self.flags & PAINT)

    @property
    def is_clip(self) -> bool:
        """Say whether other paint shows through it."""
        return bool(self.flags & _CLIPPED)


def spans_of(blocks: Iterable[Block]) -> list[Span]:
    """Give the spans among the blocks of a page in the order in which they are painted."""
    return [
        Span(
            block["number"],
            span["bbox"],
            span["color"],
            span["alpha"],
            span["char_flags"],
            is_tiny(span["size"], span["bbox"], line["dir"], len(span["text"])),
        )
        for block in blocks
        if block["type"] == TEXT_BLOCK
        for line in block["lines"]
        for span in line["spans"]
    ]


def is_tiny(size: float, box: Box, direction: tuple[float, float], length: int) -> bool:
    """Say whether text of a size that takes so much room for so many letters is too small.

    The size alone does not tell: a font may have its own measure (Type 3).
    """
    width, height = box[2] - box[0], box[3] - box[1]
    along = width * abs(direction[0]) + height * abs(direction[1])
    across = width * abs(direction[1]) + height * abs(direction[0])
    if max(size, across * _SIZE_IN_HEIGHT) < _LEAST_SIZE:
        return True
    return length >= _FEW and along < _LEAST_ADVANCE * length


def suspects(painted: Painted, spans: list[Span]) -> frozenset[int]:
    """Give the numbers of the spans, among those that paint something, that may not be seen."""
    shown = {n for n, span in enumerate(spans) if span.is_painted and not span.is_tiny}
    if painted.is_intricate:
        return frozenset(shown)
    found = {n for n in shown if is_white(spans[n].colour)}
    found.update(n for n in shown if not within(spans[n].box, painted.page_box))
    odd = [clip.box for clip in painted.clips if not clip.is_rectangle]
    found.update(n for n in shown if any(overlap(spans[n].box, box) for box in odd))
    paint = list(_paint(painted))
    if len(shown) * len(paint) > _MAX_PAIRS:
        return frozenset(shown)
    found.update(n for n in shown - found if _is_suspect(spans[n], paint))
    return frozenset(found)


@lru_cache(maxsize=4096)
def near(one: int, other: int) -> bool:
    """Say whether two colours are hard to tell apart."""
    return all(
        abs((one >> shift & 255) - (other >> shift & 255)) < _NEAR_COLOUR for shift in (0, 8, 16)
    )


def is_white(colour: int) -> bool:
    """Say whether a colour is hard to tell from white paper."""
    return near(colour, _WHITE)


def covers_of(painted: Painted) -> list[tuple[int, Box]]:
    """Give what may cover something, with its place in the order of painting."""
    return [
        (block["number"], block["bbox"])
        for block in _paint(painted)
        if block["type"] == IMAGE_BLOCK or block["alpha"] >= _VEIL
    ]


def _paint(painted: Painted) -> Iterator[Block]:
    """Give pictures, shades and paths; lines only where they are as thick as a bar."""
    bars: bool | None = None
    for block in painted.blocks:
        if block["type"] == IMAGE_BLOCK:
            yield block
        elif block["type"] == VECTOR_BLOCK and block["alpha"] > _TRACE:
            if block["stroked"]:
                bars = _has_bars(painted) if bars is None else bars
            if bars or not block["stroked"]:
                yield block


def _has_bars(painted: Painted) -> bool:
    """Say whether any line is drawn as thick as a bar."""
    for width, transform in _LINE_WIDTH.findall(painted.trace_of_lines()):
        a, b, c, d = (float(one) for one in transform.split()[:4])
        if float(width) * max(abs(a) + abs(c), abs(b) + abs(d)) >= _RULE:
            return True
    return False


def _is_suspect(span: Span, paint: list[Block]) -> bool:
    core = span.core
    rules = 0
    for block in paint:
        is_later = block["number"] > span.order
        is_picture = block["type"] == IMAGE_BLOCK
        matters = is_later or is_picture or near(span.colour, block["color"])
        if not matters or not overlap(core, block["bbox"]):
            continue
        if not is_later or _may_cover(block):
            return True
        rules += _is_rule(block)
    return rules >= _MANY_RULES


def within(inner: Box, outer: Box) -> bool:
    """Say whether a box lies in another."""
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _may_cover(block: Block) -> bool:
    if block["type"] == IMAGE_BLOCK:
        return True
    return bool(block["alpha"] >= _VEIL) and not _is_rule(block)


def _is_rule(block: Block) -> bool:
    x0, y0, x1, y1 = block["bbox"]
    return bool(min(x1 - x0, y1 - y0) < _RULE)
