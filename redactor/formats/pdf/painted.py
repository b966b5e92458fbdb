"""Record what a page paints, once, and ask the record: in what order, under what, how it looks.

The record is the library's display list, which plays back several times faster than a page is
interpreted. A device whose callback for something is taken away passes over that thing
(fz_fill_text and its kin, MuPDF source/fitz/device.c), so a page can be shown without its text, and
traced without its letters. What lies wholly outside its clip is not recorded at all
(MuPDF, fitz/list-device.c), which is how it is found: the page itself still gives it.

Coordinates are points of the page as displayed, origin top left, y down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.stext import (
    IMAGE_BLOCK,
    READING_FLAGS,
    Box,
    rarely_collecting,
    union,
    without_pictures,
)

#: A block of the page as the library gives it: ``type`` and ``bbox``, and of paths ``color``,
#: ``alpha``, ``stroked`` and ``isrect``; of text ``lines`` with ``spans``. Blocks stand in the
#: order in which they are painted.
Block: TypeAlias = dict[str, Any]

_EVERYWHERE = 1e6
#: What paints text. A clip by letters stays, because it must be ended again.
TEXT_CALLS = ("fill_text", "stroke_text")
#: What the quick trace leaves out: everything of which there is much, and what only describes.
_PLENTY = (
    *TEXT_CALLS,
    "ignore_text",
    "fill_path",
    "stroke_path",
    "begin_structure",
    "end_structure",
    "begin_metatext",
    "end_metatext",
)
_CLIP = re.compile(
    r'<clip_path [^>]*transform="([^"]*)">(.*?)</clip_path>|<clip_stroke_path ', re.DOTALL
)
_POINT = re.compile(r'x="([^"]*)" y="([^"]*)"')
#: What may hide or change what lies under it, or be all that lets text be seen, in ways that only
#: the pixels tell.
_INTRICATE = re.compile(
    r"<(?:clip_text|clip_stroke_text|clip_image_mask|clip_stroke_path|clip_mask"
    r'|tile|group [^>]*(?:blendmode="(?!Normal)|alpha="0(?:\.[0-4]\d*)?"|knockout="1"))'
)
#: A picture with a mask of its own is a picture like any other to whatever is not under it.
_MASKED_PICTURE = re.compile(r"<clip_image_mask [^>]*>\s*<fill_image [^>]*>\s*<pop_clip/>")
_PICTURE = re.compile(r'<(fill_image|fill_image_mask|fill_shade) [^>]*?alpha="([^"]*)"')
#: A picture of less opacity lets what is under it be seen.
_VEIL = 0.78
#: Pixels painted at a time; three bytes each, twice.
_BAND = 4_000_000


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip by a path: the box around it, and whether it is an upright rectangle."""

    box: Box
    is_rectangle: bool


class Painted:
    """The record of one page's own content, without annotations."""

    def __init__(self, page: Any) -> None:
        """Record the page."""
        self.page_box: Box = tuple(page.rect)
        self._list = mupdf.FzDisplayList(
            mupdf.FzRect(-_EVERYWHERE, -_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)
        )
        device = mupdf.fz_new_list_device(self._list)
        mupdf.fz_run_page_contents(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
        mupdf.fz_close_device(device)

    def _play(self, device: Any, matrix: Any = None, box: Any = None) -> None:
        everything = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
        mupdf.fz_run_display_list(
            self._list, device, matrix or mupdf.FzMatrix(), box or everything, mupdf.FzCookie()
        )
        mupdf.fz_close_device(device)

    # --- what is painted, in order ----------------------------------------------------------------

    def content(self, flags: int = READING_FLAGS) -> Any:
        """Run the text device over the record."""
        everywhere = mupdf.FzRect(-_EVERYWHERE, -_EVERYWHERE, _EVERYWHERE, _EVERYWHERE)
        content = mupdf.FzStextPage(everywhere)
        self._play(mupdf.fz_new_stext_device(content, mupdf.FzStextOptions(flags)))
        return pymupdf.TextPage(content)

    @cached_property
    def blocks(self) -> list[Block]:
        """Give what is painted, with the spans of the text, in the order of painting."""
        content = self.own_content
        with without_pictures(content) as pictures, rarely_collecting():
            blocks: list[Block] = content.extractDICT()["blocks"]
        for block in blocks:
            if block["number"] in pictures:
                block["type"] = IMAGE_BLOCK
        return blocks

    @cached_property
    def own_content(self) -> Any:
        """Give what the text device sees, as it stands in the record."""
        return self.content()

    @cached_property
    def trace(self) -> str:
        """Give clips, groups, masks, shades and pictures, but neither text nor paths, as XML."""
        return self._traced(_PLENTY)

    def trace_of_lines(self) -> str:
        """Give the lines that are drawn besides."""
        return self._traced(tuple(one for one in _PLENTY if one != "stroke_path"))

    def _traced(self, without: tuple[str, ...]) -> str:
        buffer = mupdf.FzBuffer(4096)
        output = mupdf.FzOutput(buffer)
        self._play(_deaf(mupdf.fz_new_trace_device(output), without))
        output.fz_close_output()
        written: bytes = buffer.fz_buffer_extract()
        return written.decode("utf-8", "replace")

    @property
    def is_intricate(self) -> bool:
        """Say whether there are masks, patterns, blending, or clips by letters or pictures."""
        return _INTRICATE.search(_MASKED_PICTURE.sub("", self.trace)) is not None

    @cached_property
    def clips(self) -> list[Clip]:
        """Give the clips by paths."""
        return [_clip(found[1], found[2]) for found in _CLIP.finditer(self.trace) if found[1]]

    def opaque_pictures(self) -> frozenset[int]:
        """Give the numbers of the pictures that let nothing through: no masks, stencils, shades."""
        blocks = [
            (number, block)
            for number, block in enumerate(self.own_content.this)
            if block.m_internal.type == IMAGE_BLOCK
        ]
        calls = _PICTURE.findall(self.trace)
        if len(calls) != len(blocks):
            return frozenset(number for number, _ in blocks)
        return frozenset(
            number
            for (number, block), (call, alpha) in zip(blocks, calls, strict=True)
            if call == "fill_image"
            and float(alpha) > _VEIL
            and not block.i_image().mask().m_internal
        )

    # --- how it looks -----------------------------------------------------------------------------

    def bands(self, box: Box, zoom: float) -> Iterator[tuple[int, int, int, int]]:
        """Cut a part of the page into bands of pixels that can be painted at once."""
        x0, y0 = int(box[0] * zoom) - 1, int(box[1] * zoom) - 1
        x1, y1 = int(box[2] * zoom) + 2, int(box[3] * zoom) + 2
        rows = max(1, _BAND // (x1 - x0))
        for top in range(y0, y1, rows):
            yield x0, top, x1, min(top + rows, y1)

    def pixels(
        self, band: tuple[int, int, int, int], zoom: float, *, without: tuple[str, ...] = ()
    ) -> Any:
        """Paint a band of pixels (RGB on white) and give the pixmap.

        Args:
            band: in pixels of the enlarged page.
            zoom: pixels a point.
            without: callbacks of the device that are passed over.
        """
        pixmap = mupdf.fz_new_pixmap_with_bbox(
            mupdf.FzColorspace(mupdf.FzColorspace.Fixed_RGB),
            mupdf.FzIrect(*band),
            mupdf.FzSeparations(),
            0,
        )
        mupdf.fz_clear_pixmap_with_value(pixmap, 255)
        device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixmap)
        self._play(_deaf(device, without), mupdf.FzMatrix(zoom, 0, 0, zoom, 0, 0))
        return pymupdf.Pixmap("raw", pixmap)


def _deaf(device: Any, callbacks: tuple[str, ...]) -> Any:
    """Let a device pass over what these callbacks would hear of."""
    for name in callbacks:
        setattr(device.m_internal, name, None)
    return device


def glyphs(content: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any], int, int]]:
    """Give every glyph with its span, and the numbers of span and line in order of painting."""
    with without_pictures(content), rarely_collecting():
        blocks = content.extractRAWDICT()["blocks"]
    lines = [line for block in blocks for line in block.get("lines", ())]
    spans = [(span, number) for number, line in enumerate(lines) for span in line["spans"]]
    for number, (span, line_number) in enumerate(spans):
        for glyph in span["chars"]:
            yield glyph, span, number, line_number


def _clip(transform: str, path: str) -> Clip:
    a, b, c, d, e, f = (float(one) for one in transform.split())
    points = []
    for x, y in _POINT.findall(path):
        across, down = float(x), float(y)
        points.append((a * across + c * down + e, b * across + d * down + f))
    if not points:
        return Clip((0.0, 0.0, 0.0, 0.0), is_rectangle=True)
    is_rectangle = (
        "<curveto" not in path
        and len({round(x, 1) for x, _ in points}) <= 2
        and len({round(y, 1) for _, y in points}) <= 2
    )
    return Clip(union([(x, y, x, y) for x, y in points]), is_rectangle)
