"""The pictures on a page as they are stored: a box that is drawn over a scan hides nothing in it.

Each is turned so that it stands as it does on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from redactor.release.verify.pdf_drawing import Box, Sheet, Space

if TYPE_CHECKING:
    from redactor.release.verify.pdf_drawing import Grey

#: Smaller pictures hold no word (pixels a side).
_LEAST_SIDE = 16
_MOST_DEPTH = 15
_Matrix: TypeAlias = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on a page, or the page as a picture.

    Attributes:
        width, height: in pixels.
        box: where it is displayed, in points.
    """

    width: int
    height: int
    box: Box
    _part: Callable[[int, int, int, int], Grey] = field(repr=False)

    @property
    def grey(self) -> Grey:
        """Give all of its pixels, upright as on the page."""
        return self._part(0, 0, self.width, self.height)

    @property
    def dpi(self) -> float:
        """Give how many pixels an inch of the page has."""
        return self.width / max(self.box[2] - self.box[0], 0.1) * 72

    def cut(self, place: Box) -> Grey:
        """Cut out what lies in a displayed place."""
        x0, y0, x1, y1 = self.box
        across, down = self.width / max(x1 - x0, 0.1), self.height / max(y1 - y0, 0.1)
        left, right = (place[0] - x0) * across, (place[2] - x0) * across
        top, bottom = (place[1] - y0) * down, (place[3] - y0) * down
        return self._part(
            min(max(int(left), 0), self.width), min(max(int(top), 0), self.height),
            min(max(int(right) + 1, 0), self.width), min(max(int(bottom) + 1, 0), self.height),
        )  # fmt: skip


def has_images(sheet: Sheet) -> bool:
    """Say whether there is any picture on a page."""
    return next(_objects(sheet), None) is not None


def images_of(sheet: Sheet) -> Iterator[Image]:
    """Give the pictures on a page, those in forms too."""
    for one, matrix in _objects(sheet):
        pixels = _pixels(sheet, one)
        if pixels is not None and min(pixels.shape[:2]) >= _LEAST_SIDE:
            yield _upright(pixels, matrix, sheet.space)


def drawn_image(sheet: Sheet, dpi: float) -> Image:
    """Give a page as it is drawn; only what is asked for of it is."""
    width, height, scale = sheet.size_at(dpi)

    def part(left: int, top: int, right: int, bottom: int) -> Grey:
        return sheet.drawn_part(scale, left, top, right, bottom)

    return Image(width, height, (0.0, 0.0, width / scale, height / scale), part)


def _objects(sheet: Sheet) -> Iterator[tuple[Any, _Matrix]]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

    def below(
        holder: Any, count: Any, get: Any, around: _Matrix, depth: int
    ) -> Iterator[tuple[Any, _Matrix]]:
        for at in range(count(holder)):
            one = get(holder, at)
            kind = pdfium.FPDFPageObj_GetType(one)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                yield one, _times(_matrix(one), around)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                yield from below(
                    one,
                    pdfium.FPDFFormObj_CountObjects,
                    pdfium.FPDFFormObj_GetObject,
                    _times(_matrix(one), around),
                    depth + 1,
                )

    yield from below(
        sheet.page.raw,
        pdfium.FPDFPage_CountObjects,
        pdfium.FPDFPage_GetObject,
        (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
        0,
    )


def _matrix(one: Any) -> _Matrix:
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, found):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _pixels(sheet: Sheet, one: Any) -> Any:
    """Unpack a picture; as it is painted, where it cannot be unpacked by itself.

    Returns:
        Its pixels, row by row, grey or in colours; None where it has none.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code
    from pypdfium2 import PdfBitmap  # noqa: PLC0415 - loads native code

    raw = pdfium.FPDFImageObj_GetBitmap(one) or pdfium.FPDFImageObj_GetRenderedBitmap(
        sheet.page.pdf.raw, sheet.page.raw, one
    )
    if not raw:
        return None
    pixels = PdfBitmap.from_raw(raw).to_numpy()
    is_grey = pixels.ndim == 2 or pixels.shape[2] == 1
    return pixels.reshape(pixels.shape[:2]) if is_grey else pixels


def _greyed(pixels: Any) -> Grey:
    """Give pixels in grey."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    # Weights of ITU-R BT.601, as PDFium has them; the order is blue, green, red.
    grey = pixels[..., 0] * np.uint16(29)
    grey += pixels[..., 1] * np.uint16(150)
    grey += pixels[..., 2] * np.uint16(77)
    eight_bits: Grey = (grey >> 8).astype(np.uint8)
    return eight_bits


def _upright(pixels: Any, matrix: _Matrix, space: Space) -> Image:
    """Turn a picture as it stands on the page, and find the box that it fills."""
    a, b, c, d, e, f = matrix
    start = space.displayed(e, f + 0.0)
    corners = [
        space.displayed(e + i * a + j * c, f + i * b + j * d) for i in (0, 1) for j in (0, 1)
    ]
    across = _from(start, space.displayed(e + a, f + b))
    down = _from(space.displayed(e + c, f + d), start)
    if abs(across[0]) < abs(across[1]):
        pixels, across, down = pixels.swapaxes(0, 1), down, across
    if across[0] < 0:
        pixels = pixels[:, ::-1]
    if down[1] < 0:
        pixels = pixels[::-1]
    x, y = [one for one, _ in corners], [one for _, one in corners]

    def part(left: int, top: int, right: int, bottom: int) -> Grey:
        return _greyed(pixels[top:bottom, left:right])

    height, width = pixels.shape[:2]
    return Image(width, height, (min(x), min(y), max(x), max(y)), part)


def _from(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return other[0] - one[0], other[1] - one[1]
