"""Ask the pixels of a page whether its letters can be seen.

The page is painted twice, with and without its text. Where the two are the same, no text is seen.
"""

from __future__ import annotations

from typing import Any

from redactor.formats.pdf.painted import TEXT_CALLS, Painted
from redactor.formats.pdf.stext import Box

#: Pixels a point: 100 to the inch, at which the stems of small print are still told from paper.
_ZOOM = 100 / 72
#: More pixels than this are not held at once (an A0 poster has 15 million): it is painted smaller.
_MAX_PIXELS = 40_000_000
#: A change of less (of 255, in the channel that changes most) is not seen.
_CHANGE = 6
#: A letter of which less than this part of its box is changed is not seen: tips that show beside a
#: cover tell nobody what it is.
_LEAST_PART = 0.04
#: Paint that differs by less (of 255) is of one colour.
_UNIFORM = 12


class Ink:
    """The pixels of one part of a page, with its text and without."""

    def __init__(self, painted: Painted, box: Box, other: Painted | None = None) -> None:
        """Paint a part of the page, which is cut to the page itself.

        Args:
            painted: the page.
            box: the part.
            other: the page without the text in question; all text is left out where not given.
        """
        import numpy as np  # noqa: PLC0415 - half a hundred milliseconds that most pages never need

        page = painted.page_box
        x0, y0 = max(box[0], page[0]), max(box[1], page[1])
        x1, y1 = max(x0, min(box[2], page[2])), max(y0, min(box[3], page[3]))
        pixels = max((x1 - x0) * (y1 - y0), 1.0) * _ZOOM * _ZOOM
        self._zoom = _ZOOM * min(1.0, (_MAX_PIXELS / pixels) ** 0.5)
        changed: list[Any] = []
        shown: list[Any] = []
        self._left, self._top = 0, 0
        for band in painted.bands((x0, y0, x1, y1), self._zoom):
            if not shown:
                self._left, self._top = band[:2]
            with_text = _array(np, painted.pixels(band, self._zoom))
            without = _array(
                np,
                painted.pixels(band, self._zoom, without=TEXT_CALLS)
                if other is None
                else other.pixels(band, self._zoom),
            )
            difference = np.maximum(with_text, without) - np.minimum(with_text, without)
            changed.append(difference.max(axis=2) >= _CHANGE)
            shown.append(with_text)
        self._shown = np.concatenate(shown)
        mask = np.concatenate(changed)
        self._sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int32)
        self._sums[1:, 1:] = mask.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)

    def is_seen(self, box: Box) -> bool:
        """Say whether text is seen in the box of a glyph."""
        x0, y0, x1, y1 = self._place(box)
        sums = self._sums
        changed = int(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])
        return changed > 0 and changed >= _LEAST_PART * (x1 - x0) * (y1 - y0)

    def is_uniform(self, box: Box) -> bool:
        """Say whether what is shown in a box is all of one colour."""
        x0, y0, x1, y1 = self._place(box)
        part = self._shown[y0:y1, x0:x1]
        if not part.size:
            return True
        spread = part.max(axis=(0, 1)).astype(int) - part.min(axis=(0, 1))
        return bool(spread.max() < _UNIFORM)

    def colour_at(self, x: float, y: float) -> int | None:
        """Give the colour shown at a point, as one number; None outside the page."""
        column, row = int(x * self._zoom) - self._left, int(y * self._zoom) - self._top
        height, width = self._shown.shape[:2]
        if not (0 <= row < height and 0 <= column < width):
            return None
        red, green, blue = (int(one) for one in self._shown[row, column])
        return red << 16 | green << 8 | blue

    def _place(self, box: Box) -> tuple[int, int, int, int]:
        height, width = self._shown.shape[:2]
        x0 = min(max(int(box[0] * self._zoom) - self._left, 0), width)
        y0 = min(max(int(box[1] * self._zoom) - self._top, 0), height)
        x1 = min(max(int(box[2] * self._zoom) + 1 - self._left, x0), width)
        y1 = min(max(int(box[3] * self._zoom) + 1 - self._top, y0), height)
        return x0, y0, x1, y1


def _array(np: Any, pixmap: Any) -> Any:
    samples = np.frombuffer(pixmap.samples, np.uint8)
    return samples.reshape(pixmap.height, pixmap.stride)[:, : pixmap.width * 3].reshape(
        pixmap.height, pixmap.width, 3
    )
