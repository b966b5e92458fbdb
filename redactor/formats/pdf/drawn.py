"""Have the library write down what it paints for a page, and find the paths in that."""

from __future__ import annotations

import re
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.stext import Box, union

TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
#: Drawing instructions that may paint a path that is slanted or curved (ISO 32000-1, table 59), or
#: a form that does.
_SLANTS = re.compile(rb"[\d.]\s+[lcvy]\s")
_FORM = re.compile(rb"\bDo\b")
#: What any of the former ends in; it is found several times faster.
_END_OF_SLANT = re.compile(rb"\s[lcvy]\s".replace(rb"\s", rb"[ \t\n\r\f\v]"))
_PATH = re.compile(r"<((?:fill|stroke)_path)([^>]*)>(.*?)</\1>", re.DOTALL)


def trace_of(page: Any) -> str:
    """Give what the library paints for a page's content, step by step, as it writes it down."""
    buffer = mupdf.FzBuffer(4096)
    output = mupdf.FzOutput(buffer)
    device = mupdf.fz_new_trace_device(output)
    mupdf.fz_run_page_contents(page.this, device, mupdf.FzMatrix(), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    output.fz_close_output()
    trace: bytes = buffer.fz_buffer_extract()
    return trace.decode("utf-8", "replace")


def slanted_paths(page: Any) -> list[Box]:
    """Give the boxes of all paths of a page, where one of them may be slanted or curved."""
    if not _may_slant(page.read_contents()):
        return []
    boxes = []
    for _, attributes, steps in _PATH.findall(trace_of(page)):
        values = dict(ATTRIBUTE.findall(attributes))
        matrix = numbers(values.get("transform", ""))
        room = float(values.get("linewidth", "0")) * max(map(abs, matrix[:4])) / 2
        if points := points_of(steps, matrix):
            x0, y0, x1, y1 = union([(x, y, x, y) for x, y in points])
            boxes.append((x0 - room, y0 - room, x1 + room, y1 + room))
    return boxes


def _may_slant(instructions: bytes) -> bool:
    if b"Do" in instructions and _FORM.search(instructions):
        return True
    return bool(_END_OF_SLANT.search(instructions) and _SLANTS.search(instructions))


_PAIR = re.compile(r'x\d?="([^"]*)" y\d?="([^"]*)"')


def points_of(steps: str, matrix: list[float]) -> list[tuple[float, float]]:
    """Give the points of a path, as displayed."""
    return [moved(float(x), float(y), matrix) for x, y in _PAIR.findall(steps)]


def numbers(text: str) -> list[float]:
    """Give the six numbers of a matrix; zeros where it is none."""
    found = [float(one) for one in text.split()]
    return found if len(found) == 6 else [0.0] * 6


def moved(x: float, y: float, matrix: list[float]) -> tuple[float, float]:
    """Give where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
