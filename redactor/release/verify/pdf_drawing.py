"""PDFium as the gate uses it: pages drawn in grey, and the letters on them with their places.

Places are in points of the page as displayed, origin top left, y down, as everywhere else.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Grey: TypeAlias = npt.NDArray[np.uint8]

#: A page of more pixels than this is drawn more coarsely.
_MOST_PIXELS = 30_000_000
#: What PDFium puts between words, or in the place of what it cannot read, belongs to none.
_WORD = re.compile(r"[^\s\ufffd\x00-\x1f\ufffe]+")
Box: TypeAlias = tuple[float, float, float, float]


@contextmanager
def opened(untrusted: bytes) -> Iterator[Any]:
    """Open a PDF with PDFium, and close it."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    document = pypdfium2.PdfDocument(untrusted)
    try:
        yield document
    finally:
        document.close()


class Sheet:
    """One page of an open file. It has to be closed."""

    def __init__(self, document: Any, number: int) -> None:
        """Load a page.

        Raises:
            PdfiumError: there is no such page, or it cannot be loaded.
        """
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

        self._pdfium = pdfium
        self.page = document[number]
        self.width, self.height = self.page.get_size()
        self._letters: Letters | None = None

    def close(self) -> None:
        """Let the page go."""
        if self._letters is not None:
            self._letters.close()
        self.page.close()

    def drawn(self, dpi: float) -> tuple[Grey, float]:
        """Draw the page in grey, as it is seen on opening, without annotations.

        Returns:
            The pixels, and how many of them a point has.
        """
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        scale = dpi / 72
        scale *= min(1.0, (_MOST_PIXELS / max(self.width * self.height * scale**2, 1)) ** 0.5)
        width = max(round(self.width * scale), 1)
        height = max(round(self.height * scale), 1)
        pixels = np.full((height, width), 255, np.uint8)
        bitmap = self._pdfium.FPDFBitmap_CreateEx(
            width, height, self._pdfium.FPDFBitmap_Gray,
            pixels.ctypes.data_as(ctypes.c_void_p), width,
        )  # fmt: skip
        self._pdfium.FPDF_RenderPageBitmap(
            bitmap, self.page.raw, 0, 0, width, height, 0, self._pdfium.FPDF_GRAYSCALE
        )
        self._pdfium.FPDFBitmap_Destroy(bitmap)
        return pixels, scale

    @property
    def letters(self) -> Letters:
        """Give the letters on the page."""
        if self._letters is None:
            self._letters = Letters(self.page, self.space)
        return self._letters

    @property
    def space(self) -> Space:
        """Give how the page's own space is displayed."""
        left, bottom, right, top = self.page.get_bbox()
        return Space(left, bottom, right, top, self.page.get_rotation() // 90 % 4)


@dataclass(frozen=True, slots=True)
class Space:
    """The visible part of a page in its own space, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def displayed(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point of the page's own space is displayed."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def own(self, x: float, y: float) -> tuple[float, float]:
        """Give where a displayed point lies in the page's own space."""
        if self.turns == 0:
            return x + self.left, self.top - y
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    def own_box(self, box: Box) -> Box:
        """Give a displayed box in the page's own space, as left, bottom, right and top."""
        (x0, y0), (x1, y1) = self.own(box[0], box[1]), self.own(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def displayed_box(self, box: Box) -> Box:
        """Give a box of the page's own space as it is displayed."""
        (x0, y0), (x1, y1) = self.displayed(box[0], box[1]), self.displayed(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(slots=True)
class Letters:
    """The letters on a page, in the order of the file; ``text`` has one character for each."""

    page: Any
    space: Space
    text: str = field(init=False, repr=False)
    _raw: Any = field(init=False, repr=False)
    _words: Words | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        self._raw = self.page.get_textpage()
        self.text = self._read()

    def close(self) -> None:
        """Let them go."""
        self._raw.close()

    def _read(self) -> str:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

        count = pdfium.FPDFText_CountChars(self._raw.raw)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count * 2 + 1))()
        written = pdfium.FPDFText_GetText(self._raw.raw, 0, count, buffer) - 1
        if written == count:
            text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
            if len(text) == count:
                return text
        codes = (pdfium.FPDFText_GetUnicode(self._raw.raw, at) for at in range(count))
        return "".join(
            "\ufffd" if 0xD800 <= one < 0xE000 or one > 0x10FFFF else chr(one) for one in codes
        )

    def origins(self, which: Iterable[int]) -> Iterator[tuple[float, float]]:
        """Give the origins of letters, as displayed; far outside for one that has none."""
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

        x, y = ctypes.c_double(), ctypes.c_double()
        to_x, to_y = ctypes.byref(x), ctypes.byref(y)
        raw, displayed, origin = self._raw.raw, self.space.displayed, pdfium.FPDFText_GetCharOrigin
        for at in which:
            if not origin(raw, at, to_x, to_y):
                yield -1e6, -1e6
            else:
                yield displayed(x.value, y.value)

    def within(self, box: Box) -> str:
        """Give the text of the letters that reach into a displayed box."""
        left, bottom, right, top = self.space.own_box(box)
        text: str = self._raw.get_text_bounded(left, bottom, right, top, errors="replace")
        return text

    @property
    def words(self) -> Words:
        """Give the words of the page, each with the place of its first letter: one call a word."""
        if self._words is None:
            spans = [one.span() for one in _WORD.finditer(self.text)]
            self._words = Words(
                [self.text[start:end] for start, end in spans],
                spans,
                list(self.origins(start for start, _ in spans)),
            )
        return self._words

    def outline(self, start: int, end: int) -> Box | None:
        """Give the displayed box around a stretch of the text; None where it has none."""
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

        boxes = []
        for at in range(pdfium.FPDFText_CountRects(self._raw.raw, start, end - start)):
            left, bottom, right, top = self._raw.get_rect(at)
            boxes.append(self.space.displayed_box((left, bottom, right, top)))
        if not boxes:
            return None
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return min(x0), min(y0), max(x1), max(y1)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a page: what each is, where it stands in the text, and where it begins."""

    names: list[str] = field(repr=False)
    spans: list[tuple[int, int]]
    starts: list[tuple[float, float]]
