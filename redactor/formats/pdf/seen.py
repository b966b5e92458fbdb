"""Say whether a page shows all of its pictures, or keeps parts of them from view.

A cropped picture still holds what was cropped away, and whoever ruled that it may be released "as
seen" did not see that. The library's trace of a page lists what is painted under which clip.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from redactor.formats.pdf.covered import covered_parts
from redactor.formats.pdf.drawn import ATTRIBUTE, TAG, moved, numbers, trace_of
from redactor.formats.pdf.stext import Box, union
from redactor.formats.pdf.trust import enough_pixels, is_legible

#: A frame drawn round a picture often cuts this much off its edge (points).
_EDGE = 1.5
_CLIPS = frozenset(
    {"clip_path", "clip_stroke_path", "clip_text", "clip_stroke_text", "clip_image_mask"}
)
_PICTURES = frozenset({"fill_image", "fill_image_mask"})
#: What lies under such a clip is taken to be partly hidden.
_NOTHING: Box = (0.0, 0.0, 0.0, 0.0)
#: Where a picture is said to be that is painted and not seen: no clip shows all of it.
_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
#: Less opacity, or less difference from white, is not seen.
_TRACE = 0.05


def shows_all_of_its_pictures(page: Any) -> bool:
    """Say whether every picture large enough to be read is shown whole: nothing cut, or covered."""
    clips: list[Box] = [tuple(page.rect)]
    is_uncut = all(
        _within(box, clips) for box in _pictures(trace_of(page), clips) if min(_extent(box)) > 0
    )
    return is_uncut and not covered_parts(page)


def _pictures(trace: str, clips: list[Box]) -> Iterator[Box]:
    """Give the box of each picture, while ``clips`` holds what it is painted under."""
    path: list[tuple[float, float]] | None = None
    is_curved = False
    matrix: list[float] = []
    for closing, tag, rest in TAG.findall(trace):
        values = dict(ATTRIBUTE.findall(rest))
        if tag == "clip_path":
            if closing:
                clips.append(_clip_box(path or [], matrix, is_curved=is_curved))
                path = None
            else:
                path, is_curved, matrix = [], False, numbers(values.get("transform", ""))
        elif path is not None:
            is_curved = is_curved or tag not in {"moveto", "lineto", "closepath"}
            if "x" in values and "y" in values:
                path.append((float(values["x"]), float(values["y"])))
        elif (tag in _CLIPS and not closing) or (tag == "clip_mask" and closing):
            clips.append(_NOTHING)
        elif tag == "pop_clip":
            clips.pop()
        elif tag in _PICTURES and not closing:
            box = _picture_box(values)
            yield _EVERYWHERE if min(_extent(box)) > 0 and _is_invisible(values) else box


def _clip_box(path: list[tuple[float, float]], matrix: list[float], *, is_curved: bool) -> Box:
    """Give the box of a clip that is an upright rectangle; anything else hides something."""
    points = [moved(x, y, matrix) for x, y in path]
    across = {round(x, 1) for x, _ in points}
    down = {round(y, 1) for _, y in points}
    if is_curved or len(across) != 2 or len(down) != 2:
        return _NOTHING
    return union([(x, y, x, y) for x, y in points])


def _picture_box(values: dict[str, str]) -> Box:
    """Give a picture's box; a box of no size where it is too small to hold a word."""
    matrix = numbers(values.get("transform", ""))
    corners = [moved(x, y, matrix) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
    box = union([(x, y, x, y) for x, y in corners])
    size = int(values.get("width", "0")), int(values.get("height", "0"))
    return box if is_legible(box) and enough_pixels(*size) else _NOTHING


def _is_invisible(values: dict[str, str]) -> bool:
    """Say whether a picture lets all through, or is a stencil through which white is painted."""
    if float(values.get("alpha", "1")) < _TRACE:
        return True
    paint = [float(one) for one in values.get("color", "").split()]
    white = [0.0] * 4 if len(paint) == 4 else [1.0] * len(paint)
    return bool(paint) and all(abs(a - b) < _TRACE for a, b in zip(paint, white, strict=True))


def _within(box: Box, clips: list[Box]) -> bool:
    return all(
        box[0] >= clip[0] - _EDGE
        and box[1] >= clip[1] - _EDGE
        and box[2] <= clip[2] + _EDGE
        and box[3] <= clip[3] + _EDGE
        for clip in clips
    )


def _extent(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]
