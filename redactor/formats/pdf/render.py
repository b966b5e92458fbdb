"""Show a PDF as it is read: the pages the viewer paints, and where their text stands.

Used inside a worker process only. Offsets and boxes are those of ``Pdf.read``, because both ask
``pages``; pages are prepared and read one at a time, so that a long file opens at once.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import pymupdf

from redactor.formats.pdf.opening import refusing
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.pages import Pages
from redactor.formats.pdf.redaction import ranges_under
from redactor.formats.pdf.stext import Box, overlap, union

_WORD = re.compile(r"\S+")
#: More would be 400 MB for one picture of a page.
_MAX_PIXELS = 100_000_000

WordBox: TypeAlias = tuple[int, int, float, float, float, float]


class OpenPdf:
    """A prepared PDF. Pages count from 0; points of the page as displayed, origin top left."""

    def __init__(self, untrusted: bytes, *, sees: bool = True) -> None:
        """Open and prepare the bytes.

        Args:
            sees: as for ``Pages``; a release is shown without.

        Raises:
            UnreadableDocument: as ``Pdf.read``.
        """
        self._pages = Pages.of(untrusted, sees=sees)

    def close(self) -> None:
        """Give the memory back; nothing may be asked afterwards."""
        self._pages.close()

    @property
    def page_count(self) -> int:
        """Give the number of pages."""
        return self._pages.count

    @refusing
    def page_sizes(self) -> list[tuple[float, float]]:
        """Give the width and height of every page as displayed, in points."""
        sizes = []
        for number in range(self.page_count):
            box = self._page(number).rect
            sizes.append((float(box.width), float(box.height)))
        return sizes

    @refusing
    def render(self, page: int, dpi: float) -> tuple[int, int, bytes]:
        """Paint a page as it is seen when the file is opened, without annotations.

        Args:
            page: from 0.
            dpi: dots per inch; lowered where the picture would not fit into memory.

        Returns:
            Width and height in pixels, and three bytes (red, green, blue) for each, row by row
            without padding.
        """
        shown = self._page(page)
        zoom = dpi / 72
        pixels = shown.rect.width * shown.rect.height * zoom * zoom
        if pixels > _MAX_PIXELS:
            zoom *= (_MAX_PIXELS / pixels) ** 0.5
        picture = shown.get_pixmap(
            matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csRGB, alpha=False, annots=False
        )
        return picture.width, picture.height, bytes(picture.samples)

    @refusing
    def text(self, page: int) -> str:
        """Give the page's text: that of its segment."""
        return self._text(page).text

    @refusing
    def word_boxes(self, page: int) -> tuple[WordBox, ...]:
        """Give every word (what stands between white space) with its offsets and its box."""
        text = self._text(page)
        boxes = text.boxes_by_offset()
        words = []
        for word in _WORD.finditer(text.text):
            covered = [box for box in boxes[word.start() : word.end()] if box is not None]
            if covered:
                words.append((word.start(), word.end(), *union(covered)))
        return tuple(words)

    @refusing
    def span_boxes(self, page: int, start: int, end: int) -> tuple[Box, ...]:
        """Give the boxes that the code points from start to end cover, one a line.

        Of what was read from pixels they cover whole words, as a release covers them: where a
        letter stands within such a word nobody knows.
        """
        text = self._text(page)
        if not 0 <= start < end <= len(text.text):
            return ()
        native = min(max(start, text.native_length), end)
        found = text.stretches(start, native) if start < native else []
        if native < end:
            found += text.read_stretches(*text.raw_range(native, end))
        return tuple(stretch.box for stretch in found)

    @refusing
    def spans_in_area(
        self, page: int, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[tuple[int, int], ...]:
        """Give the ranges of text that a redaction of this box would remove, one a line."""
        text = self._text(page)
        area = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        raw = bytearray(len(text.raw))
        for line in text.lines:
            if overlap(line.box, area):
                for start, end in ranges_under(line, [area]):
                    raw[start:end] = b"\1" * (end - start)
        return tuple(_ranges([any(raw[slice(*part)]) for part in text.raw_ranges()]))

    @refusing
    def area_text(self, page: int, area: Box) -> str:
        """Give the text under a box, line by line."""
        text = self._text(page).text
        spans = self.spans_in_area(page, *area)
        return "\n".join(text[start:end] for start, end in spans)

    def _page(self, number: int) -> Any:
        return self._pages.document.load_page(number)

    def _text(self, number: int) -> PageText:
        return self._pages.text(number)


def _ranges(marked: list[bool]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for offset, one in enumerate(marked):
        if not one:
            continue
        if ranges and ranges[-1][1] == offset:
            ranges[-1] = (ranges[-1][0], offset + 1)
        else:
            ranges.append((offset, offset + 1))
    return ranges
