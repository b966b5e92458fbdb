"""Say whether two showings of a page look the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pymupdf

from redactor.formats.pdf.stext import Box

#: Sharp enough to tell two showings of a page apart.
_DPI = 50
#: Colour values may differ by so much (of 255) where edges are smoothed.
_SMOOTH = 24


def pixels_of(page: Any, *, but: Iterable[Box] = ()) -> bytes:
    """Paint a page's content just sharply enough.

    Args:
        page: of an open document.
        but: boxes that are left white, in points of the page as displayed.
    """
    pixmap = page.get_pixmap(dpi=_DPI, annots=False, alpha=False, colorspace=pymupdf.csRGB)
    zoom = _DPI / 72
    for x0, y0, x1, y1 in but:
        box = (int(x0 * zoom) - 1, int(y0 * zoom) - 1, int(x1 * zoom) + 2, int(y1 * zoom) + 2)
        pixmap.set_rect(box, (255, 255, 255))
    return bytes(pixmap.samples)


def are_alike(first: bytes, second: bytes) -> bool:
    """Say whether two pages as painted look the same."""
    if first == second or len(first) != len(second):
        return first == second
    import numpy as np  # noqa: PLC0415 - hardly ever needed, and slow to load

    one, other = (np.frombuffer(pixels, np.uint8) for pixels in (first, second))
    return bool((np.maximum(one, other) - np.minimum(one, other)).max() <= _SMOOTH)
