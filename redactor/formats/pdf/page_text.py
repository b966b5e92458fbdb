"""The text of a page, and where on the page each code point of it stands.

One pass of the library's text device over the page's own content (never its annotations) gives
everything: text on and off the page, clipped or not, in hidden layers that were switched on, and
the boxes of pictures and paths. Reading, showing and rebuilding all ask here, so an offset means
the same in each.

Coordinates are points of the page as displayed, origin top left, y down.
"""

from __future__ import annotations

import gc
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import pymupdf
from pymupdf import mupdf

Box: TypeAlias = tuple[float, float, float, float]

#: Far beyond any page, so that what lies outside the page is read as well.
_EVERYWHERE = 1e6
#: Ligatures are taken apart; glyphs without a known character stay U+FFFD instead of a guess; what
#: a replacement text (ActualText) claims is ignored, because it is not what the page shows.
_FLAGS = (
    pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_COLLECT_VECTORS
    | pymupdf.TEXT_PRESERVE_IMAGES
    | pymupdf.TEXT_IGNORE_ACTUALTEXT
)
_TEXT_BLOCK, _IMAGE_BLOCK = 0, 1
#: Text of this extent (points) cannot be seen or told apart.
_NO_SIZE = 0.5
_UNTEXTUAL = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Line:
    """A line as the library gives it, with what of it lies on the page.

    Attributes:
        start: the offset of its first code point in the raw text of the page.
        direction: the writing direction, a unit vector.
        box: the box of the whole line.
        text: its characters, one for each glyph.
    """

    start: int
    direction: tuple[float, float]
    box: Box
    text: str = field(repr=False)
    _glyphs: list[dict[str, Any]] = field(repr=False)

    @property
    def end(self) -> int:
        """Give the offset behind its last glyph (and before its line break)."""
        return self.start + len(self.text)

    @cached_property
    def boxes(self) -> list[Box]:
        """Give the box of each glyph."""
        return [glyph["bbox"] for glyph in self._glyphs]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a range of text covers on one line.

    Attributes:
        direction: the line's writing direction, a unit vector.
        boxes: of its glyphs, in order.
        before, after: the boxes of the nearest glyphs on the same line that are not covered.
        line_box: the box of the whole line.
    """

    direction: tuple[float, float]
    boxes: tuple[Box, ...]
    before: Box | None
    after: Box | None
    line_box: Box

    @property
    def box(self) -> Box:
        """Give the box around all its glyphs."""
        return union(self.boxes)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as painted on the page: its box, and its size in pixels."""

    box: Box
    width: int
    height: int


def union(boxes: tuple[Box, ...] | list[Box]) -> Box:
    """Give the box around boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes touch."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def text_page(page: Any, *, accurate: bool = False) -> Any:
    """Run the text device over the page's content.

    Args:
        page: a page of an open document.
        accurate: measure glyph boxes by their outlines, not by the font's metrics (slower).
    """
    flags = _FLAGS | (pymupdf.TEXT_ACCURATE_BBOXES if accurate else 0)
    everywhere = mupdf.FzRect(-_EVERYWHERE, -_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)
    content = mupdf.FzStextPage(everywhere)
    device = mupdf.fz_new_stext_device(content, mupdf.FzStextOptions(flags))
    mupdf.fz_run_page_contents(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return pymupdf.TextPage(content)


@dataclass(frozen=True, slots=True)
class _Read:
    """A line as read: its direction and box, and its glyphs with their characters and boxes."""

    direction: tuple[float, float]
    box: Box
    text: str
    glyphs: list[dict[str, Any]]


def _read_lines(content: Any, expected: str) -> list[_Read]:
    """Give the lines with their boxes; the quick way where it gives every expected character."""
    lines = _quick_lines(content)
    if "".join([line.text for line in lines]).replace("\n", "") == expected.replace("\n", ""):
        return lines
    return _exact_lines(content)


def _quick_lines(content: Any) -> list[_Read]:
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of short-lived tuples: collecting among them triples the time
    try:
        page = content.extractRAWDICT()
    finally:
        if collecting:
            gc.enable()
    lines = []
    for block in page["blocks"]:
        for line in block.get("lines", ()):
            spans = line["spans"]
            glyphs = spans[0]["chars"] if spans else []
            for span in spans[1:]:
                glyphs = glyphs + span["chars"]
            text = _clean("".join([glyph["c"] for glyph in glyphs]))
            lines.append(_Read(line["dir"], line["bbox"], text, glyphs))
    return lines


def _exact_lines(content: Any) -> list[_Read]:
    """Give the lines glyph by glyph: slow, but with glyphs of no size, which the other drops."""
    lines = []
    for block in content.this:
        if block.m_internal.type != _TEXT_BLOCK:
            continue
        for line in block:
            chars = [char.m_internal for char in line]
            if chars:
                glyphs = [{"bbox": _quad_box(char.quad)} for char in chars]
                heading = line.m_internal.dir
                box = union([glyph["bbox"] for glyph in glyphs])
                text = _clean("".join([chr(char.c) for char in chars]))
                lines.append(_Read((heading.x, heading.y), box, text, glyphs))
    return lines


def _quad_box(quad: Any) -> Box:
    corners = (quad.ul, quad.ur, quad.ll, quad.lr)
    across = [corner.x for corner in corners]
    down = [corner.y for corner in corners]
    return min(across), min(down), max(across), max(down)


def _clean(text: str) -> str:
    """Replace what is no character, one code point by one."""
    return _UNTEXTUAL.sub("\ufffd", text)


class PageText:
    """The text of one page and its geometry. Keep it only while the page is open."""

    def __init__(self, page: Any, *, accurate: bool = False) -> None:
        """Read a page of a prepared document; ``accurate`` as for ``text_page``."""
        self._page_box: Box = tuple(page.rect)
        self._content = text_page(page, accurate=accurate)
        self.pictures: list[Picture] = []
        self.paths: list[Box] = []
        #: Whether there is text too small to have a place; of doubled letters only one is read.
        self.has_text_without_size = False
        self._all_on_page = True
        self._sort_blocks()

    def _sort_blocks(self) -> None:
        x0, y0, x1, y1 = self._page_box
        for block in self._content.this:
            inner = block.m_internal
            edge = inner.bbox
            box = (edge.x0, edge.y0, edge.x1, edge.y1)
            if inner.type == _TEXT_BLOCK:
                inside = box[0] >= x0 and box[1] >= y0 and box[2] <= x1 and box[3] <= y1
                self._all_on_page = self._all_on_page and inside
                if max(box[2] - box[0], box[3] - box[1]) < _NO_SIZE:
                    self.has_text_without_size = True
            elif inner.type == _IMAGE_BLOCK:
                image = block.i_image()
                self.pictures.append(Picture(box, image.w(), image.h()))
            else:
                self.paths.append(box)

    @cached_property
    def _everything(self) -> str:
        return _clean(self._content.extractText())

    @cached_property
    def raw(self) -> str:
        """Give the text on the page before normalisation, each line closed by a line break."""
        if self._all_on_page:
            return self._everything
        return "".join(line.text + "\n" for line in self.lines)

    @cached_property
    def lines(self) -> list[Line]:
        """Give the lines that lie on the page, without their glyphs that do not."""
        lines = []
        start = 0
        for line in self._read:
            text, glyphs = line.text, line.glyphs
            if not self._all_on_page:
                inside = [i for i, one in enumerate(glyphs) if self._on_page(one)]
                text = "".join(text[i] for i in inside).replace("\n", " ")
                glyphs = [glyphs[i] for i in inside]
            if text:
                lines.append(Line(start, line.direction, line.box, text, glyphs))
                start += len(text) + (0 if text.endswith("\n") else 1)
        return lines

    @cached_property
    def _read(self) -> list[_Read]:
        return _read_lines(self._content, self._everything)

    def _on_page(self, glyph: dict[str, Any]) -> bool:
        return overlap(glyph["bbox"], self._page_box)

    @cached_property
    def text(self) -> str:
        """Give the page's text: lines in the order in which they are painted, NFC."""
        return unicodedata.normalize("NFC", self.raw).removesuffix("\n")

    @cached_property
    def off_page_text(self) -> str:
        """Give the text that lies wholly outside the page."""
        if self._all_on_page:
            return ""
        parts = []
        for line in self._read:
            pairs = zip(line.text, line.glyphs, strict=True)
            parts.append("".join(char for char, glyph in pairs if not self._on_page(glyph)))
        return unicodedata.normalize("NFC", "\n".join(part for part in parts if part.strip()))

    @property
    def reaches_outside(self) -> bool:
        """Say whether anything painted lies outside the page, wholly or in part."""
        x0, y0, x1, y1 = self._page_box
        painted = [picture.box for picture in self.pictures] + self.paths
        return not self._all_on_page or any(
            box[0] < x0 - 1 or box[1] < y0 - 1 or box[2] > x1 + 1 or box[3] > y1 + 1
            for box in painted
        )

    def words(self) -> list[tuple[float, float, float, float, str, int, int, int]]:
        """Give the words with their boxes, in the library's own reading; for comparing pages."""
        words: list[tuple[float, float, float, float, str, int, int, int]]
        words = self._content.extractWORDS()
        return words

    # --- from offsets to places ---------------------------------------------------------------

    @cached_property
    def _raw_offsets(self) -> list[int] | None:
        """Give for each NFC code point, and the end, its raw offset; None where they are equal."""
        if unicodedata.is_normalized("NFC", self.raw):
            return None
        offsets: list[int] = []
        for at, cluster in _clusters(self.raw):
            offsets.extend([at] * len(unicodedata.normalize("NFC", cluster)))
        offsets.append(len(self.raw))
        return offsets

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the code points of ``raw`` that a non-empty range of ``text`` came from."""
        offsets = self._raw_offsets
        if offsets is None:
            return start, end
        last = offsets[end - 1]
        following = next((one for one in offsets[end:] if one > last), len(self.raw))
        return offsets[start], following

    def raw_ranges(self) -> list[tuple[int, int]]:
        """Give for each code point of ``text`` the range of ``raw`` it came from."""
        if self._raw_offsets is None:
            return [(at, at + 1) for at in range(len(self.text))]
        return [self.raw_range(at, at + 1) for at in range(len(self.text))]

    def stretches(self, start: int, end: int) -> list[Stretch]:
        """Give what the code points from start to end cover, line by line.

        White space at the ends of a line is left out; a range of nothing else gives nothing.
        """
        raw_start, raw_end = self.raw_range(start, end)
        found = []
        first = max(0, bisect_right(self._line_starts, raw_start) - 1)
        for line in self.lines[first:]:
            if line.start >= raw_end:
                break
            stretch = self._stretch(line, raw_start, raw_end)
            if stretch is not None:
                found.append(stretch)
        return found

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def _stretch(self, line: Line, raw_start: int, raw_end: int) -> Stretch | None:
        first = max(raw_start, line.start) - line.start
        last = min(raw_end, line.end) - line.start
        text = line.text
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first >= last:
            return None
        before = next((i for i in range(first - 1, -1, -1) if not text[i].isspace()), None)
        after = next((i for i in range(last, len(text)) if not text[i].isspace()), None)
        return Stretch(
            line.direction,
            tuple(line.boxes[first:last]),
            None if before is None else line.boxes[before],
            None if after is None else line.boxes[after],
            line.box,
        )

    def boxes_by_offset(self) -> list[Box | None]:
        """Give for each code point of ``text`` its glyph's box; None for line breaks."""
        raw: list[Box | None] = [None] * (len(self.raw) + 1)
        for line in self.lines:
            raw[line.start : line.end] = line.boxes
        offsets = self._raw_offsets
        if offsets is None:
            return raw[: len(self.text)]
        return [raw[offset] for offset in offsets[: len(self.text)]]


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into pieces that can be normalised one by one, with their offsets."""
    start = 0
    for at in range(1, len(text)):
        if _may_cut(text[start:at], text[at]):
            yield start, text[start:at]
            start = at
    if text:
        yield start, text[start:]


def _may_cut(cluster: str, following: str) -> bool:
    if following.isascii():
        return True
    if unicodedata.combining(following):
        return False
    normal = unicodedata.normalize("NFC", cluster)
    return unicodedata.normalize("NFC", cluster + following) == normal + unicodedata.normalize(
        "NFC", following
    )
