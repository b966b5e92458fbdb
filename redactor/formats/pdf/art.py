"""Say what drawings, patterns and gradients lie under the boxes that are to be emptied.

The library removes a path whole or not at all, and nothing of a pattern, a soft mask or a gradient.
So what reaches out of a box cannot be cut at its edge, and what lies in a pattern cannot be
removed: such a page has to become a picture. Backgrounds and rules that pass under a box say
nothing, and stay.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.drawn import ATTRIBUTE, TAG, moved, numbers, trace_of
from redactor.formats.pdf.stext import Box, overlap, union

#: A path that reaches no farther out of a box (points) lies in it.
_EDGE = 1.0
#: A rule, as under a heading or between the rows of a table, is no thicker than this.
_THIN = 2.5
#: A path with no more points than this over removed text is no outline of letters.
_FEW_POINTS = 3
#: Forms of one page that are looked through, one within the other.
_MOST_FORMS = 500
#: Kinds of resources by which something can hold text or pictures.
_HOLDING = ("Font", "XObject", "Pattern")
_PATHS = frozenset({"fill_path", "stroke_path"})
#: Gradients that run evenly between colours; meshes may hold a whole picture.
_EVEN = frozenset({"linear", "radial", "function"})
_UNREACHED = frozenset({"tile", "clip_mask"})
_HOLDS_TEXT = frozenset({"fill_image", "fill_image_mask", "clip_image_mask", "span"})


class Art(enum.Enum):
    """What the drawings under some boxes ask for."""

    #: Nothing is there, or only what says nothing.
    CLEAR = enum.auto()
    #: There are paths that lie in a box as a whole, and can be removed.
    INSIDE = enum.auto()
    #: Something is there that cannot be removed.
    STUCK = enum.auto()


class Unreached(enum.Enum):
    """What of a page no removal reaches."""

    NOTHING = enum.auto()
    #: A soft mask; where it lies can be told.
    MASK = enum.auto()
    #: A pattern of tiles with text or pictures in it; the library paints a single tile as if it
    #: stood on the page, so that where it lies cannot be told.
    TILES = enum.auto()


def unreached_on(page: Any) -> Unreached:
    """Say whether a page uses what the library removes nothing from (pdf-clean.c: recurse is 0)."""
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    found = set(_unreached(mupdf.pdf_dict_gets_inheritable(entry, "Resources"), set()))
    if Unreached.TILES in found:
        return Unreached.TILES
    return Unreached.MASK if found else Unreached.NOTHING


def _unreached(resources: Any, seen: set[int]) -> Iterator[Unreached]:
    """Go through resources and those of forms; each form once, for they may refer to each other."""
    if len(seen) > _MOST_FORMS:
        yield Unreached.TILES
        return
    for one in _values(resources, "Pattern"):
        own = mupdf.pdf_dict_gets(one, "Resources")
        if any(mupdf.pdf_dict_len(mupdf.pdf_dict_gets(own, kind)) for kind in _HOLDING):
            yield Unreached.TILES
    for one in _values(resources, "ExtGState"):
        if mupdf.pdf_is_dict(mupdf.pdf_dict_gets(one, "SMask")):
            yield Unreached.MASK
    for one in _values(resources, "XObject"):
        number = mupdf.pdf_to_num(one)
        if number not in seen:
            seen.add(number)
            yield from _unreached(mupdf.pdf_dict_gets(one, "Resources"), seen)


def _values(resources: Any, kind: str) -> Iterator[Any]:
    listed = mupdf.pdf_dict_gets(resources, kind)
    for index in range(mupdf.pdf_dict_len(listed)):
        yield mupdf.pdf_dict_get_val(listed, index)


@dataclass(slots=True)
class _Path:
    """A path as painted, in points of the page as displayed."""

    points: list[tuple[float, float]] = field(default_factory=list)
    #: Whether all of it runs along the page's edges.
    is_upright: bool = True
    thickness: float = 0.0

    @property
    def edges(self) -> Box:
        """Give the box around its points."""
        return union([(x, y, x, y) for x, y in self.points])

    @property
    def box(self) -> Box:
        """Give the box around all that is painted."""
        x0, y0, x1, y1 = self.edges
        room = self.thickness / 2
        return x0 - room, y0 - room, x1 + room, y1 + room


class Drawings:
    """The drawings of one page."""

    def __init__(self, page: Any) -> None:
        """Have the page painted, and note its paths and what cannot be reached."""
        self._paths: list[_Path] = []
        self._stuck: list[Box] = []
        self._read(trace_of(page))

    def under_areas(self, boxes: Sequence[Box]) -> Art:
        """Say what is to be done for boxes that a person drew: nothing under them may stay."""
        return self._under(boxes, 0)

    def under_text(self, boxes: Sequence[Box]) -> Art:
        """Say what is to be done for removed text: its outlines may have been drawn as well."""
        return self._under(boxes, _FEW_POINTS)

    def edges_inside(self, boxes: Sequence[Box]) -> list[Box]:
        """Give the edges of the paths that lie in a box as a whole."""
        inside = (path for path in self._paths if any(lies_in(path.box, box) for box in boxes))
        return [path.edges for path in inside]

    def hide_in(self, boxes: Sequence[Box]) -> bool:
        """Say whether text or pictures lie where no removal reaches: in a pattern, a soft mask."""
        return any(overlap(stuck, box) for stuck in self._stuck for box in boxes)

    def _under(self, boxes: Sequence[Box], allowed: int) -> Art:
        if self.hide_in(boxes):
            return Art.STUCK
        found = Art.CLEAR
        for path in self._paths:
            for box in (one for one in boxes if overlap(path.box, one)):
                if lies_in(path.box, box):
                    found = Art.INSIDE
                elif not _says_nothing(path, box, allowed):
                    return Art.STUCK
        return found

    def _read(self, trace: str) -> None:
        path: _Path | None = None
        matrix: list[float] = []
        unreached: list[Box] = []
        for closing, tag, rest in TAG.findall(trace):
            values = dict(ATTRIBUTE.findall(rest))
            if tag in _PATHS:
                if closing:
                    self._add(path)
                    path = None
                else:
                    path, matrix = _Path(), numbers(values["transform"])
                    path.thickness = _thickness(values, matrix)
            elif path is not None:
                _extend(path, values, matrix)
            elif tag in _UNREACHED:
                if closing:
                    unreached.pop()
                else:
                    unreached.append(_place(tag, values))
            elif tag in _HOLDS_TEXT and not closing:
                self._stuck.extend(unreached)
            elif tag == "fill_shade" and values.get("type") not in _EVEN:
                self._stuck.append(_EVERYWHERE)

    def _add(self, path: _Path | None) -> None:
        if path is not None and path.points:
            self._paths.append(path)


_EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)


def _thickness(values: dict[str, str], matrix: list[float]) -> float:
    width = float(values.get("linewidth", "0"))
    return width * max(abs(one) for one in matrix[:4])


def _extend(path: _Path, values: dict[str, str], matrix: list[float]) -> None:
    for x, y in _pairs(values):
        point = moved(x, y, matrix)
        if path.points:
            before = path.points[-1]
            slanted = abs(point[0] - before[0]) > 0.1 < abs(point[1] - before[1])
            path.is_upright = path.is_upright and not slanted and "x1" not in values
        path.points.append(point)


def _pairs(values: dict[str, str]) -> Iterator[tuple[float, float]]:
    for number in ("", "1", "2", "3"):
        if f"x{number}" in values and f"y{number}" in values:
            yield float(values[f"x{number}"]), float(values[f"y{number}"])


def _place(tag: str, values: dict[str, str]) -> Box:
    """Give where a pattern or a soft mask is painted, as displayed."""
    edges = [float(one) for one in values.get("area" if tag == "tile" else "bbox", "").split()]
    if len(edges) != 4:
        return _EVERYWHERE
    x0, y0, x1, y1 = edges
    if tag != "tile":
        return x0, y0, x1, y1
    matrix = numbers(values.get("transform", ""))
    corners = [moved(x, y, matrix) for x in (x0, x1) for y in (y0, y1)]
    return union([(x, y, x, y) for x, y in corners])


def lies_in(inner: Box, outer: Box) -> bool:
    """Say whether a box lies in another, but for a hair."""
    return (
        inner[0] >= outer[0] - _EDGE
        and inner[1] >= outer[1] - _EDGE
        and inner[2] <= outer[2] + _EDGE
        and inner[3] <= outer[3] + _EDGE
    )


def _says_nothing(path: _Path, box: Box, allowed: int) -> bool:
    """Say whether a path that reaches out of a box tells nothing by what lies in it."""
    across, down = path.box[2] - path.box[0], path.box[3] - path.box[1]
    if path.is_upright and min(across, down) <= _THIN:
        return True
    inside = sum(
        box[0] + _EDGE < x < box[2] - _EDGE and box[1] + _EDGE < y < box[3] - _EDGE
        for x, y in path.points
    )
    if path.is_upright:
        return inside <= allowed
    return inside <= allowed and not (allowed == 0 and _crosses(path, box))


def _crosses(path: _Path, box: Box) -> bool:
    """Say whether a slanted or curved path may run through a box between two of its points."""
    return any(
        overlap(union([(*one, *one), (*other, *other)]), box)
        for one, other in zip(path.points, path.points[1:], strict=False)
    )
