"""Where the pages lie under one another, at any zoom, and the pictures kept of them."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from redactor.jobs import PagePicture
from ui.viewers.page_text import PageText

#: Pixels between two pages, and around them.
GAP = 14
#: A picture is never asked for with more pixels than this (A4 at 300 dpi is 8.7 million): larger
#: ones would hold up the window while they are taken in. Beyond it pages are shown enlarged.
_MOST_PIXELS = 9_000_000
#: Bytes of pictures kept.
CACHE_BYTES = 192 * 2**20
_WORD_BYTES = 250


class PageLayout:
    """The pages of a document under one another, each in the middle. Sizes in points."""

    def __init__(self, sizes: Sequence[tuple[float, float]] = ()) -> None:
        self.sizes = sizes
        self.widest = max((width for width, _ in sizes), default=0.0)
        self._above = [0.0, *accumulate(height for _, height in sizes)]

    def __len__(self) -> int:
        return len(self.sizes)

    def height(self, scale: float) -> float:
        """Give the height of everything, in pixels, at ``scale`` pixels a point."""
        return self._above[-1] * scale + GAP * (len(self.sizes) + 1)

    def width(self, scale: float) -> float:
        """Give the width of everything, in pixels."""
        return self.widest * scale + 2 * GAP

    def top(self, page: int, scale: float) -> float:
        """Give where a page begins, in pixels from the top of everything."""
        return self._above[page] * scale + GAP * (page + 1)

    def page_at(self, y: float, scale: float) -> int:
        """Give the page at a height in pixels; the gap over a page belongs to it."""
        pages = range(len(self.sizes))
        found = bisect_right(pages, y, key=lambda page: self.top(page, scale) - GAP) - 1
        return min(max(found, 0), len(self.sizes) - 1)

    def box(self, page: int, scale: float, across: float) -> QRectF:
        """Give where a page lies, in pixels, within a width of ``across`` pixels."""
        width, height = self.sizes[page]
        left = max((across - width * scale) / 2, 0.0)
        return QRectF(left, self.top(page, scale), width * scale, height * scale)

    def sharpest(self, page: int, dpi: int) -> int:
        """Give the dpi to ask a picture of a page for: as wanted, unless that is too large."""
        width, height = self.sizes[page]
        pixels = (width / 72 * dpi) * (height / 72 * dpi)
        if pixels <= _MOST_PIXELS:
            return dpi
        return max(int(dpi * math.sqrt(_MOST_PIXELS / pixels)), 4)


@dataclass(frozen=True, slots=True)
class LoadedPage:
    """A page that came: its picture and its words."""

    image: QImage
    dpi: int
    text: PageText

    @property
    def bytes(self) -> int:
        """Give what it takes of memory, roughly."""
        return self.image.sizeInBytes() + _WORD_BYTES * len(self.text.words)


def take_in(picture: PagePicture) -> LoadedPage:
    """Make a rendered page ready for the screen."""
    width, height = picture.width_px, picture.height_px
    raw = QImage(picture.rgb, width, height, width * 3, QImage.Format.Format_RGB888)
    # The conversion copies, so that nothing points into the bytes of the picture any more.
    image = raw.convertToFormat(QImage.Format.Format_RGB32)
    return LoadedPage(image, picture.dpi, PageText(picture.words))


class PictureCache:
    """The pages seen last, within a limit of bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit = limit
        self.bytes = 0
        self._pages: OrderedDict[int, LoadedPage] = OrderedDict()

    def __contains__(self, page: int) -> bool:
        return page in self._pages

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, page: int) -> LoadedPage | None:
        """Give a page that is kept, and count it as seen now."""
        found = self._pages.get(page)
        if found is not None:
            self._pages.move_to_end(page)
        return found

    def put(self, page: int, loaded: LoadedPage, needed: Collection[int]) -> None:
        """Keep a page; drop those seen longest ago, but none that is ``needed``."""
        before = self._pages.pop(page, None)
        self.bytes += loaded.bytes - (before.bytes if before is not None else 0)
        self._pages[page] = loaded
        for old in list(self._pages):
            if self.bytes <= self.limit:
                break
            if old != page and old not in needed:
                self.bytes -= self._pages.pop(old).bytes


def snapped(point: QPointF, ratio: float) -> QPointF:
    """Move a point onto a whole pixel of the screen, so that pictures stay sharp."""
    return QPointF(round(point.x() * ratio) / ratio, round(point.y() * ratio) / ratio)
