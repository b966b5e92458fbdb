"""Turn points of the page as displayed into the page's own coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.stext import Box


@dataclass(frozen=True, slots=True)
class ToPdf:
    """The matrix from displayed points (origin top left, y down) to user space of one page."""

    matrix: Any

    def quad(self, box: Box) -> str:
        """Give a box's four corners as the eight numbers of a QuadPoints entry."""
        x0, y0, x1, y1 = self.box(box)
        return f"{x0:.4f} {y1:.4f} {x1:.4f} {y1:.4f} {x0:.4f} {y0:.4f} {x1:.4f} {y0:.4f}"

    def box(self, box: Box) -> Box:
        """Give where a box lies in user space."""
        a, b, c, d, e, f = self.matrix
        xs = (box[0] * a + box[1] * c + e, box[2] * a + box[3] * c + e)
        ys = (box[0] * b + box[1] * d + f, box[2] * b + box[3] * d + f)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def operands(self) -> str:
        """Give the matrix as operands of a ``cm`` operator."""
        return " ".join(f"{value:.6f}" for value in self.matrix)


def to_pdf_space(page: Any) -> ToPdf:
    """Give the way back from the displayed page, whatever its rotation, crop box or unit."""
    return ToPdf(tuple(~_page_matrix(page)))


def to_page(page: Any) -> tuple[float, float, float, float, float, float]:
    """Give the matrix from user space of a page to displayed points."""
    a, b, c, d, e, f = _page_matrix(page)
    return a, b, c, d, e, f


def _page_matrix(page: Any) -> Any:
    media_box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_transform(mupdf.pdf_page_from_fz_page(page.this), media_box, matrix)
    return pymupdf.Matrix(matrix)
