"""Run the library's text device over a page, and take lines and glyphs out of what it saw.

Coordinates are points of the page as displayed, origin top left, y down.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import pymupdf
from pymupdf import mupdf

Box: TypeAlias = tuple[float, float, float, float]

#: Far beyond any page, so that what lies outside the page is read as well.
_EVERYWHERE = 1e6
#: Ligatures are taken apart; glyphs without a known character stay U+FFFD instead of a guess; what
#: a replacement text (ActualText) claims is ignored, because it is not what the page shows.
READING_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_PRESERVE_IMAGES
    | pymupdf.TEXT_IGNORE_ACTUALTEXT
)
TEXT_BLOCK, IMAGE_BLOCK, VECTOR_BLOCK = 0, 1, 3
#: Objects made before the collector looks for cycles; a full page makes about 15,000.
_COLLECT_AFTER = 200_000
#: Two boxes that start this near to each other (points) are the same.
_SAME = 0.01
_UNTEXTUAL = re.compile("[\x00\ud800-\udfff]")


def union(boxes: tuple[Box, ...] | list[Box]) -> Box:
    """Give the box around boxes."""
    if len(boxes) == 1:
        return boxes[0]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes touch."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def holds(one: Box, other: Box) -> bool:
    """Say whether all of another box lies in one."""
    return one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2] and one[3] >= other[3]


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let the collector run rarely: among many short-lived tuples it costs more than the work."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def without_pictures(content: Any) -> Iterator[frozenset[int]]:
    """Let pictures pass for paths, whose samples nobody copies; give their block numbers."""
    pictures = {
        number: block.m_internal
        for number, block in enumerate(content.this)
        if block.m_internal.type == IMAGE_BLOCK
    }
    for picture in pictures.values():
        picture.type = VECTOR_BLOCK
    try:
        yield frozenset(pictures)
    finally:
        for picture in pictures.values():
            picture.type = IMAGE_BLOCK


def text_page(page: Any, *, accurate: bool = False) -> tuple[Any, int]:
    """Run the text device over the page's content.

    Args:
        page: a page of an open document.
        accurate: measure glyph boxes by their outlines, not by the font's metrics (slower).

    Returns:
        What the device saw, and how many faults of the content it had to pass over.
    """
    flags = READING_FLAGS | (pymupdf.TEXT_ACCURATE_BBOXES if accurate else 0)
    try:
        return _text_page(page, flags)
    except mupdf.FzErrorBase:  # a gradient without bounds is a picture as large as everywhere
        content, faults = _text_page(page, flags & ~pymupdf.TEXT_PRESERVE_IMAGES)
        return content, faults + 1


def _text_page(page: Any, flags: int) -> tuple[Any, int]:
    everywhere = mupdf.FzRect(-_EVERYWHERE, -_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)
    content = mupdf.FzStextPage(everywhere)
    device = mupdf.fz_new_stext_device(content, mupdf.FzStextOptions(flags))
    cookie = mupdf.FzCookie()
    mupdf.fz_run_page_contents(page.this, device, mupdf.FzMatrix(), cookie)
    mupdf.fz_close_device(device)
    return pymupdf.TextPage(content), int(cookie.m_internal.errors)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as read: its direction and box, and its glyphs with their characters and boxes."""

    direction: tuple[float, float]
    box: Box
    text: str
    glyphs: list[dict[str, Any]]


def read_lines(content: Any, expected: str) -> list[ReadLine]:
    """Give the lines with their boxes; the quick way where it gives every expected character."""
    lines = _quick_lines(content)
    if "".join([line.text for line in lines]).replace("\n", "") == expected.replace("\n", ""):
        return lines
    return _exact_lines(content)


def _quick_lines(content: Any) -> list[ReadLine]:
    with without_pictures(content), rarely_collecting():
        page = content.extractRAWDICT()
    lines = []
    for block in page["blocks"]:
        for line in block.get("lines", ()):
            spans = line["spans"]
            glyphs = spans[0]["chars"] if spans else []
            for span in spans[1:]:
                glyphs = glyphs + span["chars"]
            text = clean("".join([glyph["c"] for glyph in glyphs]))
            if line["wmode"]:
                glyphs = [_set_from_above(glyph) for glyph in glyphs]
            lines.append(ReadLine(line["dir"], line["bbox"], text, glyphs))
    return lines


def _set_from_above(glyph: dict[str, Any]) -> dict[str, Any]:
    """Give a glyph of vertical text its origin: the library tells where the next one is set."""
    return {**glyph, "origin": (glyph["origin"][0], glyph["bbox"][1])}


def _exact_lines(content: Any) -> list[ReadLine]:
    """Give the lines glyph by glyph: slow, but with glyphs of no size, which the other drops."""
    lines = []
    for block in content.this:
        if block.m_internal.type != TEXT_BLOCK:
            continue
        for line in block:
            chars = [char.m_internal for char in line]
            if chars:
                glyphs = [
                    {"bbox": _quad_box(char.quad), "origin": (char.origin.x, char.origin.y)}
                    for char in chars
                ]
                heading = line.m_internal.dir
                box = union([glyph["bbox"] for glyph in glyphs])
                text = clean("".join([chr(char.c) for char in chars]))
                lines.append(ReadLine((heading.x, heading.y), box, text, glyphs))
    return lines


def _quad_box(quad: Any) -> Box:
    corners = (quad.ul, quad.ur, quad.ll, quad.lr)
    across = [corner.x for corner in corners]
    down = [corner.y for corner in corners]
    return min(across), min(down), max(across), max(down)


def clean(text: str) -> str:
    """Replace what is no character, one code point by one."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNTEXTUAL.sub("\ufffd", text)


def glyphs_of_word(content: Any, box: Box, word: str) -> list[Box] | None:
    """Give the boxes of one word's glyphs without reading the whole page.

    Args:
        content: what the device saw.
        box: the word's box, as the device gave it.
        word: its characters.
    """
    inner = content.this.m_internal
    whole = mupdf.FzRect(inner.mediabox)
    narrow = mupdf.FzRect(*box)  # kept in a name: what is assigned points into it
    inner.mediabox = narrow.internal()
    try:
        lines = _quick_lines(content)
    finally:
        inner.mediabox = whole.internal()
    low = box[3] + _SAME
    for line in lines:
        at = line.text.find(word)
        while at >= 0:
            boxes = [glyph["bbox"] for glyph in line.glyphs[at : at + len(word)]]
            first = boxes[0]
            if abs(first[0] - box[0]) < _SAME and first[1] > box[1] - _SAME and first[3] < low:
                return boxes
            at = line.text.find(word, at + 1)
    return None
