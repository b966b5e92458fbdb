"""Pages to paint on, from top to bottom, in points."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pymupdf

from redactor.content import Run
from redactor.formats.writers.fonts import FALLBACK, FontSet
from redactor.formats.writers.png import only_pixels, pixels_of
from redactor.formats.writers.ruled import Ruled, TableCell
from redactor.formats.writers.strokes import colour, paint_line
from redactor.formats.writers.typeset import Drawn, Line, break_lines

PORTRAIT = (595.0, 842.0)  # A4
LANDSCAPE = (842.0, 595.0)
_MARGIN = 50.0
_PAGE_NUMBER_SIZE = 7.5
#: A comment near the start that names the library; blanked, as every place in the file counts.
_WRITTEN_BY = re.compile(rb"% Written by [^\r\n]*")


class Canvas:
    """Collects pages. ``finish`` gives the file."""

    def __init__(self, paper: tuple[float, float]) -> None:
        self.fonts = FontSet()
        self._paper = paper
        self._operators: list[str] = []
        self._pages: list[tuple[tuple[float, float], list[str]]] = []
        self._pictures: dict[bytes, int] = {}
        self._header: list[Line] = []
        self._footer: list[Line] = []
        self._foot: Callable[[int], list[Line]] = lambda _: []
        self._is_numbered = False
        self._top_room = self._bottom_room = _MARGIN
        self.y = self._top

    # --- the page -----------------------------------------------------------------------------

    @property
    def width(self) -> float:
        """Give how wide a line may be."""
        return self._paper[0] - 2 * _MARGIN

    @property
    def left(self) -> float:
        """Give where a line begins."""
        return _MARGIN

    @property
    def room(self) -> float:
        """Give how much is left below on this page."""
        return self.y - self._bottom_room

    @property
    def page_height(self) -> float:
        """Give how much a page holds."""
        return self._top - self._bottom_room

    @property
    def page_count(self) -> int:
        """Give how many pages were begun."""
        return len(self._pages) + 1

    @property
    def _top(self) -> float:
        return self._paper[1] - self._top_room

    def frame_pages(self, header: list[Line], footer: list[Line]) -> None:
        """Print a header and a footer on every page; what is too tall for that, once."""
        tallest = self._paper[1] / 4
        above = sum(line.height for line in header)
        below = sum(line.height for line in footer)
        if above <= tallest:
            self._header = header
            self._top_room += max(above - _MARGIN / 2, 0) + 6
        if below <= tallest:
            self._footer = footer
            self._bottom_room += max(below - _MARGIN / 2, 0) + 6
        self.y = self._top
        if not self._header:
            self.put_lines(header)
        if not self._footer:
            self.put_lines(footer)

    @property
    def frames(self) -> tuple[bool, bool]:
        """Say whether there is a header, and a footer, on every page."""
        return bool(self._header), bool(self._footer)

    def foot_pages(self, foot: Callable[[int], list[Line]]) -> None:
        """Print in the lower margin of every page what this gives for the page's number, from 1."""
        self._foot = foot

    def number_pages(self) -> None:
        """Print ``Page 1 of 3`` in the lower margin of every page."""
        self._is_numbered = True

    def new_page(self, paper: tuple[float, float] | None = None) -> None:
        """Begin a new page."""
        self._end_page()
        self._paper = paper or self._paper
        self.y = self._top

    def skip(self, points: float) -> None:
        """Leave room."""
        self.y -= points

    def keep_room(self, points: float) -> None:
        """Begin a page where less than this is left."""
        if self.room < points:
            self.new_page()

    @property
    def is_fresh(self) -> bool:
        """Say whether nothing was painted on this page yet."""
        return not self._operators

    # --- painting -----------------------------------------------------------------------------

    def paint(self, operators: str) -> None:
        """Paint what these instructions say (ISO 32000-1, annex A)."""
        self._operators.append(operators)

    def rule(self, thickness: float, grey: float, share: float = 1.0) -> None:
        """Draw a line across the page, or a share of it: 0 is black, 1 white."""
        end = _MARGIN + self.width * share
        y = self.y
        self.paint(f"{thickness:g} w {grey:g} G {_MARGIN:g} {y:.1f} m {end:g} {y:.1f} l S")

    def put_lines(self, lines: list[Line]) -> None:
        """Print lines one under the other, over as many pages as they need."""
        for line in lines:
            self.keep_room(line.height)
            self.y -= line.height
            self.put_line(line, _MARGIN, self.y)

    def put_line(self, line: Line, x: float, y: float) -> None:
        """Print a line with its foot at a place."""
        self._operators += paint_line(line, x, y)

    def draw(self, png: bytes, width: float, height: float) -> Drawn:
        """Take a picture in, to be put on a line; equal ones are kept once."""
        number = self._pictures.setdefault(only_pixels(png), len(self._pictures))
        return Drawn(number, width, height)

    def put_row(
        self,
        cells: list[list[Line]],
        widths: list[float],
        padding: float,
        header: list[list[Line]] | None = None,
        *,
        boxed: bool = True,
    ) -> None:
        """Print one ruled row; a row taller than the page goes on, and the header is repeated.

        Args:
            boxed: draw a box around every cell; otherwise a line under the row.
        """
        table = Ruled(self, widths, padding, rules="boxes" if boxed else "lines")
        if header is not None:
            table.heading = [[TableCell(one, column) for column, one in enumerate(header)]]
        table.put([[TableCell(one, column) for column, one in enumerate(cells)]])

    # --- the file -----------------------------------------------------------------------------

    def finish(self) -> bytes:
        """Give the whole PDF."""
        if self._operators or not self._pages:
            self._end_page()
        document: Any = pymupdf.open()
        xrefs = [self._write_page(document, number) for number in range(1, len(self._pages) + 1)]
        self._put_resources(document, xrefs)
        document.set_metadata({})
        catalog = document.pdf_catalog()
        pages = document.xref_get_key(catalog, "Pages")[1]
        document.update_object(catalog, f"<</Type/Catalog/Pages {pages}>>")
        data: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
        document.close()
        return _WRITTEN_BY.sub(lambda found: b"%".ljust(len(found[0])), data, count=1)

    def _end_page(self) -> None:
        self._frame_page()
        self._pages.append((self._paper, self._operators))
        self._operators = []

    def _frame_page(self) -> None:
        y = self._paper[1] - _MARGIN / 2
        for line in self._header:
            y -= line.height
            self.put_line(line, _MARGIN, y)
        y = _MARGIN / 2 + sum(line.height for line in self._footer)
        for line in self._footer:
            y -= line.height
            self.put_line(line, _MARGIN, y)
        y = _MARGIN * 0.6
        for line in self._foot(len(self._pages) + 1):
            y -= line.height
            self.put_line(line, _MARGIN, y)

    def _write_page(self, document: Any, number: int) -> int:
        (width, height), operators = self._pages[number - 1]
        if self._is_numbered:
            text = (Run(f"Page {number} of {len(self._pages)}"),)
            room = width - 2 * _MARGIN
            (line,) = break_lines(text, room, _PAGE_NUMBER_SIZE, self.fonts, align="right")
            operators += [colour("595959", "rg"), *paint_line(line, _MARGIN, 12.0), "0 g"]
        page = document.new_page(width=width, height=height)
        xref = document.get_new_xref()
        document.update_object(xref, "<<>>")
        document.update_stream(xref, "\n".join(operators).encode("ascii"))
        page.set_contents(xref)
        operators.clear()
        return int(page.xref)

    def _put_resources(self, document: Any, pages: list[int]) -> None:
        fonts = ""
        for number in sorted(self.fonts.used):
            xref = document[0].insert_font(
                fontname=f"F{number}", fontbuffer=self.fonts.font(number).buffer
            )
            fonts += f"/F{number} {xref} 0 R"
        pictures = "".join(
            f"/I{number} {_put_picture(document, png)} 0 R"
            for png, number in self._pictures.items()
        )
        listed = f"/Font<<{fonts}>>" + (f"/XObject<<{pictures}>>" if pictures else "")
        for xref in pages:
            document.xref_set_key(xref, "Resources", f"<<{listed}>>")
        if FALLBACK in self.fonts.used:
            document.subset_fonts()  # the fallback alone has 3.5 megabytes


def _put_picture(document: Any, png: bytes) -> int:
    """Put the pixels of a picture into the file, and give the object they are."""
    pixels = pixels_of(png)
    space = "DeviceRGB" if pixels.colorspace.n == 3 else "DeviceGray"
    xref = int(document.get_new_xref())
    document.update_object(
        xref,
        f"<</Type/XObject/Subtype/Image/Width {pixels.width}/Height {pixels.height}"
        f"/ColorSpace/{space}/BitsPerComponent 8>>",
    )
    document.update_stream(xref, bytes(pixels.samples), compress=1)
    return xref
