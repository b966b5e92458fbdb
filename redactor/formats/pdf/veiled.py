"""Find the pictures that the library's text device passes over, because little of them is painted.

It leaves out every picture of less than half opacity as a watermark (MuPDF, fitz/stext-device.c).
A reader may see it all the same, and whoever takes it out of the file sees all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.drawn import ATTRIBUTE, TAG, moved, numbers, trace_of
from redactor.formats.pdf.stext import Box, union

_HALF = 0.5
_MAX_DEPTH = 12
_PICTURES = frozenset({"fill_image", "fill_image_mask"})


def veiled_pictures(page: Any) -> Iterator[tuple[Box, int, int]]:
    """Give the box of each such picture as displayed, and its size in pixels."""
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    if not _has_veil(mupdf.pdf_dict_gets_inheritable(entry, "Resources"), 0):
        return
    for closing, tag, rest in TAG.findall(trace_of(page)):
        if closing or tag not in _PICTURES:
            continue
        values = dict(ATTRIBUTE.findall(rest))
        if float(values.get("alpha", "1")) < _HALF:
            matrix = numbers(values.get("transform", ""))
            corners = [moved(x, y, matrix) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
            box = union([(x, y, x, y) for x, y in corners])
            yield box, int(values.get("width", "0")), int(values.get("height", "0"))


def _has_veil(resources: Any, depth: int) -> bool:
    """Say whether anything may be painted with less than half opacity."""
    if depth > _MAX_DEPTH:
        return True
    states = _values(resources, "ExtGState")
    opacities = (mupdf.pdf_dict_gets(one, "ca") for one in states)
    if any(mupdf.pdf_is_number(one) and mupdf.pdf_to_real(one) < _HALF for one in opacities):
        return True
    return any(
        _has_veil(mupdf.pdf_dict_gets(one, "Resources"), depth + 1)
        for kind in ("XObject", "Pattern")
        for one in _values(resources, kind)
    )


def _values(resources: Any, kind: str) -> Iterator[Any]:
    listed = mupdf.pdf_dict_gets(resources, kind)
    for index in range(mupdf.pdf_dict_len(listed)):
        yield mupdf.pdf_dict_get_val(listed, index)
