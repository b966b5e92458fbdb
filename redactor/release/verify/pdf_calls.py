"""The calls of PDFium that are made many times a page, with as little around them as can be."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redactor.release.verify.pdf_drawing import Box, Places, Points

#: Text in a box is mostly shorter (UTF-16 units).
_FEW = 256


class _Calls:
    """Calls whose text pages are given by address.

    PDFium gives the origin of one letter at a time. Arguments that are made ready once, and handed
    on without a look at their types, take a tenth of what a plain call takes.
    """

    _AT_ONCE = 1024

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - loads native code, in workers only
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

        self._np = np
        self._found = np.zeros((self._AT_ONCE, 2))
        first = self._found.ctypes.data
        places = range(first, first + 16 * self._AT_ONCE, 16)
        self._x = [ctypes.c_void_p(at) for at in places]
        self._y = [ctypes.c_void_p(at + 8) for at in places]
        whole, real, pointer = ctypes.c_int, ctypes.c_double, ctypes.c_void_p
        self._origin: Any = ctypes.PYFUNCTYPE(whole)(address_of(pdfium.FPDFText_GetCharOrigin))
        self._text = (ctypes.c_ushort * _FEW)()
        self._bounded = ctypes.PYFUNCTYPE(
            whole, pointer, real, real, real, real, pointer, whole
        )(address_of(pdfium.FPDFText_GetBoundedText))  # fmt: skip
        self._sides = (real * 4)()
        self._to_sides = tuple(pointer(ctypes.addressof(self._sides) + 8 * at) for at in range(4))
        self._count_rects = ctypes.PYFUNCTYPE(whole, pointer, whole, whole)(
            address_of(pdfium.FPDFText_CountRects)
        )
        self._rect = ctypes.PYFUNCTYPE(
            whole, pointer, whole, pointer, pointer, pointer, pointer
        )(address_of(pdfium.FPDFText_GetRect))  # fmt: skip

    def origins(self, text_page: int, which: Places) -> tuple[Points, Any]:
        """Give the origins of letters in the page's own space, and which of them have one."""
        np = self._np
        page = repeat(ctypes.c_void_p(text_page))
        origins = np.empty((len(which), 2))
        has_one = np.empty(len(which), bool)
        for at in range(0, len(which), self._AT_ONCE):
            part = which[at : at + self._AT_ONCE].tolist()
            end = at + len(part)
            # map ends with the letters, its shortest argument
            has_one[at:end] = list(map(self._origin, page, part, self._x, self._y))
            origins[at:end] = self._found[: len(part)]
        return origins, has_one

    def within(
        self, text_page: int, left: float, top: float, right: float, bottom: float
    ) -> str | None:
        """Give the text of the letters that reach into a box; None where it may be longer."""
        written = self._bounded(text_page, left, top, right, bottom, self._text, _FEW)
        if not 0 < written < _FEW:
            return None
        # the last is a zero that ends it
        return ctypes.string_at(self._text, 2 * written - 2).decode("utf-16-le", "replace")

    def around(self, text_page: int, start: int, count: int) -> Box | None:
        """Give the box around a stretch of the text, in the page's own space."""
        boxes = []
        for at in range(self._count_rects(text_page, start, count)):
            self._rect(text_page, at, *self._to_sides)
            boxes.append(tuple(self._sides))
        if len(boxes) == 1:
            left, top, right, bottom = boxes[0]
            return left, bottom, right, top
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)


def address_of(handle: Any) -> int:
    """Give the address that a handle or a function is."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


@lru_cache(maxsize=1)
def calls() -> _Calls:
    """Give the calls, made ready once."""
    return _Calls()
