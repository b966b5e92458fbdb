"""Set the schedule's tables on pages with PyMuPDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf

_WIDTH, _HEIGHT = 841.89, 595.28  # A4 across, in points
_MARGIN = 45.0
_SIZE, _LEADING = 9.0, 12.0
_PADDING = 4.0
_HEADING_SIZE = 11.0
_TITLE_SIZE = 15.0
_GREY = (0.45, 0.45, 0.45)
_RULE = (0.75, 0.75, 0.75)
#: How the width is shared among columns, by how many there are.
_SHARES = {6: (0.05, 0.10, 0.27, 0.20, 0.25, 0.13), 3: (0.12, 0.60, 0.28)}


class SchedulePages:
    """Collects tables; ``finish`` gives the file.

    Args:
        title: printed large on the first page and small on every page.
    """

    def __init__(self, title: str) -> None:
        pymupdf.TOOLS.mupdf_display_errors(False)  # noqa: FBT003 - the library's signature
        self._title = title
        self._document: Any = pymupdf.open()
        self._regular = pymupdf.Font("helv")
        self._bold = pymupdf.Font("hebo")
        self._page: Any = None
        self._writer: Any = None
        self._y = 0.0
        self._new_page()
        self._put(title, _MARGIN, self._y + _TITLE_SIZE, self._bold, _TITLE_SIZE)
        self._y += _TITLE_SIZE + 14

    def table(
        self,
        title: str,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        empty: str = "",
    ) -> None:
        """Print a table under its heading; ``empty`` is said where it has no rows."""
        self._keep_room(_HEADING_SIZE + 4 * _LEADING)
        self._put(title, _MARGIN, self._y + _HEADING_SIZE, self._bold, _HEADING_SIZE)
        self._y += _HEADING_SIZE + 8
        if not rows:
            self._put(empty, _MARGIN, self._y + _SIZE, self._regular, _SIZE)
            self._y += _LEADING + 12
            return
        widths = self._widths(len(titles))
        self._row(titles, widths, self._bold)
        for row in rows:
            cells = self._broken(row, widths, self._regular)
            if self._y + self._height(cells) > self._bottom:
                self._new_page()
                self._row(titles, widths, self._bold)
            self._lines(cells, widths, self._regular)
        self._y += 16

    def finish(self) -> bytes:
        """Number the pages and give the whole PDF, without any property."""
        self._writer.write_text(self._page)
        count = len(self._document)
        for number, page in enumerate(self._document, 1):
            writer = pymupdf.TextWriter(page.rect)
            foot = _HEIGHT - _MARGIN / 2
            writer.append((_MARGIN, foot), self._title, font=self._regular, fontsize=8)
            numbered = f"Page {number} of {count}"
            at = _WIDTH - _MARGIN - self._regular.text_length(numbered, fontsize=8)
            writer.append((at, foot), numbered, font=self._regular, fontsize=8)
            writer.write_text(page, color=_GREY)
        self._document.subset_fonts()
        self._document.set_metadata({})
        # MuPDF keeps its own name in the catalogue as well.
        self._document.xref_set_key(self._document.pdf_catalog(), "Info", "null")
        data: bytes = self._document.tobytes(garbage=4, deflate=True, no_new_id=True)
        self._document.close()
        return data

    @property
    def _bottom(self) -> float:
        return _HEIGHT - _MARGIN

    def _new_page(self) -> None:
        if self._writer is not None:
            self._writer.write_text(self._page)
        self._page = self._document.new_page(width=_WIDTH, height=_HEIGHT)
        self._writer = pymupdf.TextWriter(self._page.rect)
        self._y = _MARGIN

    def _keep_room(self, height: float) -> None:
        if self._y + height > self._bottom:
            self._new_page()

    def _put(self, text: str, x: float, y: float, font: Any, size: float) -> None:
        if text:
            self._writer.append((x, y), text, font=font, fontsize=size)

    def _widths(self, columns: int) -> list[float]:
        room = _WIDTH - 2 * _MARGIN
        return [room * share for share in _SHARES.get(columns, (1 / columns,) * columns)]

    def _row(self, cells: Sequence[str], widths: list[float], font: Any) -> None:
        self._lines(self._broken(cells, widths, font), widths, font)

    def _broken(self, cells: Sequence[str], widths: list[float], font: Any) -> list[list[str]]:
        return [
            _wrapped(cell, width - 2 * _PADDING, font)
            for cell, width in zip(cells, widths, strict=True)
        ]

    def _height(self, cells: list[list[str]]) -> float:
        return max(len(lines) for lines in cells) * _LEADING + _PADDING

    def _lines(self, cells: list[list[str]], widths: list[float], font: Any) -> None:
        x = _MARGIN
        for lines, width in zip(cells, widths, strict=True):
            for number, line in enumerate(lines):
                self._put(line, x + _PADDING, self._y + _SIZE + number * _LEADING, font, _SIZE)
            x += width
        self._y += self._height(cells)
        edge = self._y - 1
        self._page.draw_line((_MARGIN, edge), (_WIDTH - _MARGIN, edge), color=_RULE, width=0.5)
        self._y += _PADDING / 2


def _wrapped(text: str, width: float, font: Any) -> list[str]:
    """Break a text into lines at white space, and a word that is too long anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if font.text_length(candidate, fontsize=_SIZE) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        while font.text_length(word, fontsize=_SIZE) > width and len(word) > 1:
            fits = next(
                end
                for end in range(len(word) - 1, 0, -1)
                if end == 1 or font.text_length(word[:end], fontsize=_SIZE) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901 - what is left of it
        line = word
    return [*lines, line]
