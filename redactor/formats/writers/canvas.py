"""Pages to paint on, from top to bottom, in points."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pymupdf

from redactor.formats.writers.fonts import FALLBACK, FontSet
from redactor.formats.writers.typeset import Line

PORTRAIT = (595.0, 842.0)  # A4
LANDSCAPE = (842.0, 595.0)
_MARGIN = 50.0
#: A comment near the start that names the library; blanked, as every place in the file counts.
_WRITTEN_BY = re.compile(rb"% Written by [^\r\n]*")
_GREY = "0.85 g"
_BLACK = "0 g"


class Canvas:
    """Collects pages. ``finish`` gives the file."""

    def __init__(self, paper: tuple[float, float]) -> None:
        self.fonts = FontSet()
        self.width = paper[0] - 2 * _MARGIN
        self._paper = paper
        self._document: Any = pymupdf.open()
        self._operators: list[str] = []
        self._header: list[Line] = []
        self._footer: list[Line] = []
        self._foot: Callable[[int], list[Line]] = lambda _: []
        self._top = paper[1] - _MARGIN
        self._bottom = _MARGIN
        self._y = self._top
        self._pages: list[int] = []

    def frame_pages(self, header: list[Line], footer: list[Line]) -> None:
        """Print a header and a footer on every page; what is too tall for that, once."""
        tallest = self._paper[1] / 4
        if sum(line.height for line in header) <= tallest:
            self._header = header
            self._top -= max(sum(line.height for line in header) - _MARGIN / 2, 0) + 6
        if sum(line.height for line in footer) <= tallest:
            self._footer = footer
            self._bottom += max(sum(line.height for line in footer) - _MARGIN / 2, 0) + 6
        self._y = self._top
        if not self._header:
            self.put_lines(header)
        if not self._footer:
            self.put_lines(footer)

    def foot_pages(self, foot: Callable[[int], list[Line]]) -> None:
        """Print in the lower margin of every page what this gives for the page's number, from 1."""
        self._foot = foot

    @property
    def page_count(self) -> int:
        """Give how many pages were begun."""
        return len(self._pages) + 1

    def skip(self, points: float) -> None:
        """Leave room."""
        self._y -= points

    def keep_room(self, points: float) -> None:
        """Begin a page where less than this is left."""
        if self._y - points < self._bottom:
            self.new_page()

    def rule(self, thickness: float, grey: float) -> None:
        """Draw a line across the page: 0 is black, 1 white."""
        y = self._y
        self._operators.append(
            f"{thickness:g} w {grey:g} G {_MARGIN:g} {y:.1f} m {_MARGIN + self.width:g} {y:.1f} l S"
        )

    def put_lines(self, lines: list[Line]) -> None:
        """Print lines one under the other, over as many pages as they need."""
        for line in lines:
            self.keep_room(line.height)
            self._y -= line.height
            self._put_line(line, _MARGIN)

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
        at = 0
        tallest = max((len(lines) for lines in cells), default=0)
        height = max((lines[0].height for lines in cells if lines), default=10.0)
        needed = max(tallest, 1) * height + 2 * padding
        if self._y - min(needed, 8 * height) < self._bottom:
            self._next_page_of_table(widths, padding, header, boxed=boxed)
        while True:
            room = int((self._y - self._bottom - 2 * padding) / height)
            count = min(max(room, 1), max(tallest - at, 1))
            self._put_slice(
                [lines[at : at + count] for lines in cells],
                widths,
                padding,
                count * height,
                boxed=boxed,
            )
            at += count
            if at >= tallest:
                return
            self._next_page_of_table(widths, padding, header, boxed=boxed)

    def new_page(self) -> None:
        """Begin a new page."""
        self._end_page()
        self._y = self._top

    def finish(self) -> bytes:
        """Give the whole PDF."""
        if self._operators or not self._pages:
            self._end_page()
        self._put_fonts()
        self._document.set_metadata({})
        catalog = self._document.pdf_catalog()
        pages = self._document.xref_get_key(catalog, "Pages")[1]
        self._document.update_object(catalog, f"<</Type/Catalog/Pages {pages}>>")
        data: bytes = self._document.tobytes(garbage=3, deflate=True, no_new_id=True)
        self._document.close()
        return _WRITTEN_BY.sub(lambda found: b"%".ljust(len(found[0])), data, count=1)

    def _next_page_of_table(
        self,
        widths: list[float],
        padding: float,
        header: list[list[Line]] | None,
        *,
        boxed: bool,
    ) -> None:
        self.new_page()
        if header:
            count = max(len(lines) for lines in header)
            height = max((lines[0].height for lines in header if lines), default=10.0)
            if count * height < self._paper[1] / 4:
                self._put_slice(header, widths, padding, count * height, boxed=boxed)

    def _put_slice(
        self,
        cells: list[list[Line]],
        widths: list[float],
        padding: float,
        height: float,
        *,
        boxed: bool,
    ) -> None:
        top = self._y
        bottom = top - height - 2 * padding
        x = _MARGIN
        ruled: list[str] = []
        for lines, width in zip(cells, widths, strict=True):
            if boxed:
                ruled.append(f"{x:.1f} {bottom:.1f} {width:.1f} {top - bottom:.1f} re")
            y = top - padding
            for line in lines:
                y -= line.height
                self._put_line(line, x + padding, y)
            x += width
        if not boxed:
            ruled.append(f"{_MARGIN:.1f} {bottom:.1f} m {x:.1f} {bottom:.1f} l")
        self._operators.append(f"0.4 w 0.6 G {' '.join(ruled)} S")
        self._y = bottom

    def _put_line(self, line: Line, x: float, y: float | None = None) -> None:
        baseline = (self._y if y is None else y) + line.size * 0.3
        at = x + line.indent
        for piece in line.pieces:
            if piece.redaction:
                self._operators.append(
                    f"{_GREY} {at:.2f} {baseline - line.size * 0.25:.2f} {piece.width:.2f} "
                    f"{line.size * 1.15:.2f} re f {_BLACK}"
                )
            at += piece.width
        at = x + line.indent
        shown: list[str] = []
        font = -1
        for piece in line.pieces:
            for glyphs in piece.glyphs:
                if glyphs.font != font:
                    font = glyphs.font
                    shown.append(f"/F{font} {line.size:g} Tf")
                shown.append(f"<{glyphs.codes}> Tj")
        if shown:
            self._operators.append(f"BT {at:.2f} {baseline:.2f} Td {' '.join(shown)} ET")

    def _end_page(self) -> None:
        self._frame_page()
        page = self._document.new_page(width=self._paper[0], height=self._paper[1])
        xref = self._document.get_new_xref()
        self._document.update_object(xref, "<<>>")
        self._document.update_stream(xref, "\n".join(self._operators).encode("ascii"))
        page.set_contents(xref)
        self._pages.append(page.xref)
        self._operators = []

    def _frame_page(self) -> None:
        y = self._paper[1] - _MARGIN / 2
        for line in self._header:
            y -= line.height
            self._put_line(line, _MARGIN, y)
        y = _MARGIN / 2 + sum(line.height for line in self._footer)
        for line in self._footer:
            y -= line.height
            self._put_line(line, _MARGIN, y)
        y = _MARGIN * 0.6
        for line in self._foot(len(self._pages) + 1):
            y -= line.height
            self._put_line(line, _MARGIN, y)

    def _put_fonts(self) -> None:
        listed = ""
        for number in sorted(self.fonts.used):
            xref = self._document[0].insert_font(
                fontname=f"F{number}", fontbuffer=self.fonts.font(number).buffer
            )
            listed += f"/F{number} {xref} 0 R"
        for xref in self._pages:
            self._document.xref_set_key(xref, "Resources", f"<</Font<<{listed}>>>>")
        if FALLBACK in self.fonts.used:
            self._document.subset_fonts()  # the fallback alone has 3.5 megabytes
