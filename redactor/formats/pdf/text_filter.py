"""Write the drawing instructions of a page anew without some of its glyphs.

The library's filter of instructions asks of every glyph whether it goes (MuPDF,
pdf/pdf-op-filter.c), and keeps every other where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.content_filter import rewrite

#: Says of a glyph by its origin on the page as displayed, its rendering mode (ISO 32000-1, table
#: 106) and its opacity that it goes.
Goes: TypeAlias = Callable[[float, float, int, float], bool]

#: Origins are compared in steps of this (points); the library works them out in two ways.
_STEP = 0.1
_STROKED = frozenset({1, 5})


class Origins:
    """Origins of glyphs, found again however they were rounded."""

    def __init__(self, origins: Iterable[tuple[float, float]]) -> None:
        """Take the origins."""
        self._steps = frozenset(
            (round(x / _STEP) + right, round(y / _STEP) + down)
            for x, y in origins
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
        )

    def holds(self, x: float, y: float) -> bool:
        """Say whether a glyph with this origin is among them."""
        return (round(x / _STEP), round(y / _STEP)) in self._steps


def filter_text(page: Any, goes: Goes) -> None:
    """Take glyphs out of a page.

    Forms are copied for the page first, so that other uses of them stay as they are.
    """
    rewrite(page, _Choice(page, goes), recurse=True, ascii_only=False)


def copy_without(page: Any, origins: Iterable[tuple[float, float]]) -> Any:
    """Give a document that holds a copy of one page without the glyphs at these origins."""
    copy = pymupdf.open()
    copy.insert_pdf(
        page.parent,
        from_page=page.number,
        to_page=page.number,
        links=False,
        annots=False,
        widgets=False,
    )
    gone = Origins(origins)
    filter_text(copy.load_page(0), lambda x, y, *_: gone.holds(x, y))
    return copy


class _Choice(mupdf.PdfSanitizeFilterOptions2):
    def __init__(self, page: Any, goes: Goes) -> None:
        super().__init__()
        self._goes = goes
        media_box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
        mupdf.pdf_page_transform(mupdf.pdf_page_from_fz_page(page.this), media_box, matrix)
        self._to_page = pymupdf.Matrix(matrix)
        self.use_virtual_text_filter()

    def text_filter(self, *arguments: Any) -> int:
        """Say of one glyph whether it goes (the library's own name and order of arguments)."""
        _, _, _, glyph, matrix, _, mode, fill, stroke = arguments
        x = matrix.a * glyph.e + matrix.c * glyph.f + matrix.e
        y = matrix.b * glyph.e + matrix.d * glyph.f + matrix.f
        a, b, c, d, e, f = self._to_page
        opacity = stroke if mode in _STROKED else fill
        return int(self._goes(a * x + c * y + e, b * x + d * y + f, mode, opacity))
