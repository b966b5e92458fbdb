"""PDFium as the gate uses it: pages drawn in grey, and the letters on them with their places.

Places are in points of the page as displayed, origin top left, y down, as everywhere else.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from redactor.release.verify.pdf_calls import address_of, calls

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Grey: TypeAlias = npt.NDArray[np.uint8]
    #: Positions in a text or in a list of words.
    Places: TypeAlias = npt.NDArray[np.intp]
    #: Points of a page, one a row.
    Points: TypeAlias = npt.NDArray[np.float64]

#: A page of more pixels than this is drawn more coarsely.
_MOST_PIXELS = 30_000_000
#: What PDFium puts between words, or in the place of what it cannot read, belongs to none.
_WORD = re.compile(r"[^\s\ufffd\x00-\x1f\ufffe]+")
Box: TypeAlias = tuple[float, float, float, float]
#: Where a letter is said to be that has no origin.
_NOWHERE = -1e6


@contextmanager
def opened(untrusted: bytes) -> Iterator[Any]:
    """Open a PDF with PDFium, and close it."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    document = pypdfium2.PdfDocument(untrusted)
    try:
        yield document
    finally:
        document.close()


def sheet_with_fields(document: Any, number: int) -> Sheet:
    """Give a page with what stands in its form fields as a part of it, as a release has it.

    All other annotations of a page with fields go: they are no part of a release.

    Raises:
        PdfiumError: there is no such page, or it cannot be loaded.
    """
    sheet = Sheet(document, number)
    if not _set_fields(sheet.page.raw):
        return sheet
    sheet.close()  # what was set is seen by a page that is loaded after it
    return Sheet(document, number)


def _set_fields(page: Any) -> bool:
    """Make the form fields of a page a part of it; say whether there were any."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

    kinds = [_annotation_kind(page, at) for at in range(pdfium.FPDFPage_GetAnnotCount(page))]
    if pdfium.FPDF_ANNOT_WIDGET not in kinds:
        return False
    for at in reversed(range(len(kinds))):
        if kinds[at] != pdfium.FPDF_ANNOT_WIDGET:
            pdfium.FPDFPage_RemoveAnnot(page, at)
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    return True


def _annotation_kind(page: Any, at: int) -> int:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

    one = pdfium.FPDFPage_GetAnnot(page, at)
    kind: int = pdfium.FPDFAnnot_GetSubtype(one)
    pdfium.FPDFPage_CloseAnnot(one)
    return kind


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

    def drawn(self, dpi: float, canvas: Canvas | None = None) -> tuple[Grey, float]:
        """Draw the page in grey, as it is seen on opening, without annotations.

        Args:
            canvas: to draw on; what was drawn on it before is gone.

        Returns:
            The pixels, and how many of them a point has.
        """
        width, height, scale = self.size_at(dpi)
        pixels = (canvas or Canvas()).blank(height, width)
        self._draw(pixels, (0, 0), (width, height))
        return pixels, scale

    def size_at(self, dpi: float) -> tuple[int, int, float]:
        """Give how many pixels the page has across and down when drawn, and how many a point."""
        scale = dpi / 72
        scale *= min(1.0, (_MOST_PIXELS / max(self.width * self.height * scale**2, 1)) ** 0.5)
        return max(round(self.width * scale), 1), max(round(self.height * scale), 1), scale

    def drawn_part(self, scale: float, left: int, top: int, right: int, bottom: int) -> Grey:
        """Draw a part of the page alone, in pixels of all of it when drawn at a scale."""
        pixels = Canvas().blank(bottom - top, right - left)
        if pixels.size:
            size = max(round(self.width * scale), 1), max(round(self.height * scale), 1)
            self._draw(pixels, (left, top), size)
        return pixels

    def _draw(self, pixels: Grey, start: tuple[int, int], size: tuple[int, int]) -> None:
        """Draw on paper what begins at a pixel of the whole page, which has so many."""
        height, width = pixels.shape
        bitmap = self._pdfium.FPDFBitmap_CreateEx(
            width, height, self._pdfium.FPDFBitmap_Gray,
            pixels.ctypes.data_as(ctypes.c_void_p), width,
        )  # fmt: skip
        self._pdfium.FPDF_RenderPageBitmap(
            bitmap, self.page.raw, -start[0], -start[1], *size, 0, self._pdfium.FPDF_GRAYSCALE
        )
        self._pdfium.FPDFBitmap_Destroy(bitmap)

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


class Canvas:
    """Memory that one page after the other is drawn in."""

    def __init__(self) -> None:
        self._pixels: Any = None

    def blank(self, height: int, width: int) -> Grey:
        """Give white paper of a size (pixels)."""
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        if self._pixels is None or self._pixels.size < height * width:
            self._pixels = np.empty(height * width, np.uint8)
        paper: Grey = self._pixels[: height * width].reshape(height, width)
        paper.fill(255)
        return paper


@dataclass(frozen=True, slots=True)
class Space:
    """The visible part of a page in its own space, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def displayed(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Give where a point of the page's own space is displayed, or where many are."""
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
    """The letters on a page, in the order of the file.

    Attributes:
        text: one character for each letter.
        codes: the same as numbers.
    """

    page: Any
    space: Space
    text: str = field(init=False, repr=False)
    codes: Any = field(init=False, repr=False)
    _raw: Any = field(init=False, repr=False)
    _at: int = field(init=False, repr=False)
    _words: Words | None = field(init=False, default=None, repr=False)
    _is_as_read: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        self._raw = self.page.get_textpage()
        self._at = address_of(self._raw.raw)
        self.text = self._read()
        self.codes = np.frombuffer(self.text.encode("utf-32-le"), np.uint32)

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
                self._is_as_read = "\ufffd" not in text  # half a pair is left out when given out
                return text
        codes = (pdfium.FPDFText_GetUnicode(self._raw.raw, at) for at in range(count))
        return "".join(
            "\ufffd" if 0xD800 <= one < 0xE000 or one > 0x10FFFF else chr(one) for one in codes
        )

    @property
    def as_read(self) -> str:
        """Give the text as PDFium gives it out: without what it takes for nothing."""
        if self._is_as_read:
            return self.text
        as_read: str = self._raw.get_text_range()
        return as_read

    def spelt(self, which: Places) -> str:
        """Give the letters at some positions of the text."""
        spelt: str = self.codes[which].tobytes().decode("utf-32-le")
        return spelt

    def origins(self, which: Places) -> Points:
        """Give the origins of letters, as displayed; far outside for one that has none."""
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        asked, has_one = calls().origins(self._at, which)
        points = np.column_stack(self.space.displayed(asked[:, 0], asked[:, 1]))
        points[~has_one] = _NOWHERE
        return points

    def within(self, box: Box) -> str:
        """Give the text of the letters that reach into a displayed box."""
        text: str | None
        left, bottom, right, top = self.space.own_box(box)
        text = calls().within(self._at, left, top, right, bottom)
        if text is None:
            text = self._raw.get_text_bounded(left, bottom, right, top, errors="replace")
        return text

    @property
    def words(self) -> Words:
        """Give the words of the page, each with the place of its first letter: one call a word."""
        if self._words is None:
            import numpy as np  # noqa: PLC0415 - loads native code, in workers only

            in_word = np.zeros(len(self.codes) + 2, bool)
            in_word[1:-1] = _in_words()[np.minimum(self.codes, 0xFFFF)]
            edges = np.flatnonzero(in_word[1:] != in_word[:-1])
            starts, ends = edges[::2], edges[1::2]
            text = self.text
            names = [text[at:to] for at, to in zip(starts.tolist(), ends.tolist(), strict=True)]
            self._words = Words(names, starts, ends, self.origins(starts))
        return self._words

    def finishes(self, which: Places) -> Points:
        """Give the origins of the last letters of words."""
        words = self.words
        unknown = which[~words.is_known[which]]
        if len(unknown):
            words.finishes[unknown] = self.origins(words.ends[unknown] - 1)
            words.is_known[unknown] = True
        return words.finishes[which]

    def outline(self, start: int, end: int) -> Box | None:
        """Give the displayed box around a stretch of the text; None where it has none."""
        around = calls().around(self._at, start, end - start)
        return None if around is None else self.space.displayed_box(around)


@dataclass(slots=True)
class Words:
    """Words of a page: what each is, where it stands in the text, and where it begins.

    Attributes:
        names: what they are.
        starts, ends: where they stand in the text, end exclusive.
        places: the origins of their first letters, as displayed.
        finishes: of their last letters, where ``is_known``.
    """

    names: list[str] = field(repr=False)
    starts: Places
    ends: Places
    places: Points
    finishes: Points = field(init=False)
    is_known: Any = field(init=False)

    def __post_init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        self.finishes = np.empty((len(self.names), 2))
        self.is_known = np.zeros(len(self.names), bool)

    def letters_of(self, which: Places) -> Places:
        """Give the positions in the text of all letters of words."""
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only

        starts = self.starts[which]
        lengths = self.ends[which] - starts
        before = np.cumsum(lengths) - lengths
        positions: Places = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
        return positions


@lru_cache(maxsize=1)
def _in_words() -> Any:
    """Say of each code of the basic plane whether it can stand in a word."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    said = np.zeros(0x10000, bool)
    for run in _WORD.finditer("".join(map(chr, range(0x10000)))):
        said[run.start() : run.end()] = True
    return said
