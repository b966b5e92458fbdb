"""The place of a box where the text around it keeps its place.

The box is widened to a coarse grid where there is room; where kept text leaves less, it fills the
gap and says no more than the gap does.
"""

from __future__ import annotations

import math

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.setting.place import SetPlace
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Stretch

_GRID = 12.0
_LEAST_WIDTH = 36.0
_GAP = 0.5
#: A box leaves out the outer parts of the line's height, so that lines set closely stay legible.
_TOP, _BOTTOM = 0.1, 0.06
#: Pixels of a letter are covered with this much around them: points, and parts of its height.
_AROUND, _AROUND_BY_HEIGHT = 1.0, 0.08


def exact_place(
    text: PageText, stretch: Stretch, label: str, page_box: Box, reason: str
) -> SetPlace:
    """Give the place of a box among text that is not moved."""
    along_x, along_y = (abs(part) for part in stretch.direction)
    if min(along_x, along_y) > 0.02:
        return SetPlace(stretch.box, label, stretch.direction, None, reason)
    horizontal = along_x > along_y
    box = stretch.box
    low, high = (0, 2) if horizontal else (1, 3)
    least, most = _room(text, stretch, page_box, horizontal=horizontal)
    start, end = _snapped(box[low], box[high], least, most)
    near, far = (box[1], box[3]) if horizontal else (box[0], box[2])
    height = far - near
    near, far = near + height * _TOP, far - height * _BOTTOM
    covered = (start, near, end, far) if horizontal else (near, start, far, end)
    return SetPlace(covered, label, stretch.direction, None, reason)


def place_over_pixels(stretch: Stretch, label: str, reason: str) -> SetPlace:
    """Give the place of a box over whole words in a picture, with room around them."""
    box = stretch.box
    along_x, along_y = (abs(part) for part in stretch.direction)
    height = box[3] - box[1] if along_x >= along_y else box[2] - box[0]
    around = _AROUND + height * _AROUND_BY_HEIGHT
    grown = (box[0] - around, box[1] - around, box[2] + around, box[3] + around)
    return SetPlace(grown, label, stretch.direction, None, reason)


def _room(
    text: PageText, stretch: Stretch, page_box: Box, *, horizontal: bool
) -> tuple[float, float]:
    """Give how far a box may reach to either side without covering kept text."""
    low, high = (0, 2) if horizontal else (1, 3)
    across = (1, 3) if horizontal else (0, 2)
    box = stretch.box
    least, most = page_box[low] + 2, page_box[high] - 2
    neighbours = [one for one in (stretch.before, stretch.after) if one is not None]
    for line in text.line_boxes:
        beside = line[across[0]] < box[across[1]] and line[across[1]] > box[across[0]]
        if beside and (line[low] >= box[high] or line[high] <= box[low]):
            neighbours.append(line)
    middle = (box[low] + box[high]) / 2
    for one in neighbours:
        if (one[low] + one[high]) / 2 > middle:
            most = min(most, max(one[low] - _GAP, box[high]))
        else:
            least = max(least, min(one[high] + _GAP, box[low]))
    return min(least, box[low]), max(most, box[high])


def _snapped(start: float, end: float, least: float, most: float) -> tuple[float, float]:
    wanted = max(_LEAST_WIDTH, math.ceil((end - start) / _GRID) * _GRID)
    end = min(most, start + wanted)
    start = max(least, end - wanted)
    return start, end
