"""How far the text of a line may move, and where a line may start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.setting.line import Direction, Item, SetLine, along
from redactor.formats.pdf.setting.standing import Standing
from redactor.formats.pdf.stext import Box

#: Text keeps this far from the page's edge (points), and this far (em) from what is beside it.
_EDGE, _BESIDE = 6.0, 0.4
#: What stands in this part of a line's height (em above and below the baseline) is in the way.
_ABOVE, _BELOW = 0.7, 0.15
#: What is drawn in this part of it (em) and ends with the text belongs to it: underlines, shading.
_DRAWN_ABOVE, _DRAWN_BELOW = 1.0, 0.4
#: Where nothing else says where a line starts, it starts on this grid (points).
_START_GRID = 36.0
#: Lines within this of a line (em) say first where its block starts.
_NEAR = 6.0
_SAME_START = 0.5


@dataclass(slots=True)
class Room:
    """What is on a page besides a line, seen along one direction.

    Attributes:
        page: the page.
        boxes: the lines, pictures and paths on it.
        lines: the lines alone.
        paths: the paths alone.
    """

    page: Box
    boxes: list[Box] = field(repr=False)
    lines: list[Box] = field(repr=False)
    paths: list[Box] = field(repr=False)

    @classmethod
    def of(cls, text: PageText, now: Standing, page_box: Box, direction: Direction) -> Room:
        """Gather what is on a page: its lines as they were, and what is painted on it now."""
        lines = [along(box, direction) for box in text.line_boxes]
        paths = [along(box, direction) for box in now.paths]
        pictures = [along(picture.box, direction) for picture in now.pictures]
        return cls(along(page_box, direction), lines + paths + pictures, lines, paths)

    def limits(self, line: SetLine, run: Sequence[Item]) -> tuple[float, float]:
        """Give how far to either side a run may reach without touching anything."""
        start, end = run[0].start, max(item.end for item in run)
        low, high = self._band(line)
        least, most = self.page[0] + _EDGE, self.page[2] - _EDGE
        apart = _BESIDE * line.em
        for box in self.boxes:
            if box[1] > high or box[3] < low:
                continue
            if box[2] > end + 1 and box[0] > start + 1:
                most = min(most, box[0] - apart)
            elif box[0] < start - 1 and box[2] < end - 1:
                least = max(least, box[2] + apart)
        for other in line.extents:
            if other[0] >= end:
                most = min(most, other[0] - apart)
            elif other[1] <= start:
                least = max(least, other[1] + apart)
        return min(least, start), max(most, end)

    def is_drawn_along(self, line: SetLine, run: Sequence[Item]) -> bool:
        """Say whether a path starts or ends with text that moves, and would tell where it was."""
        end = max(item.end for item in run)
        first = min(item.start for item in run if item.show is None)
        low = line.baseline - _DRAWN_ABOVE * line.em
        high = line.baseline + _DRAWN_BELOW * line.em
        for path in self.paths:
            if path[1] > high or path[3] < low:
                continue
            starts_there = first - 0.5 < path[0] < end - 0.5
            ends_there = first + 0.5 < path[2] < end + 1
            if (starts_there and not self._is_of_layout(path, 0)) or (
                ends_there and not self._is_of_layout(path, 2)
            ):
                return True
        return False

    def _is_of_layout(self, path: Box, side: int) -> bool:
        """Say whether a path ends where one on another line does, whatever the text."""
        return any(
            abs(other[side] - path[side]) < _SAME_START and abs(other[1] - path[1]) > 2
            for other in self.paths
        )

    @staticmethod
    def _band(line: SetLine) -> tuple[float, float]:
        return line.baseline - _ABOVE * line.em, line.baseline + _BELOW * line.em

    def other_lines(self, line: SetLine) -> list[Box]:
        """Give the lines of the page that do not stand beside a line."""
        low, high = self._band(line)
        return [box for box in self.lines if box[1] > high or box[3] < low]

    def middles(self, others: Sequence[Box]) -> list[float]:
        """Give the middles that a line may be centred on: of the page, and of its text."""
        middles = [(self.page[0] + self.page[2]) / 2]
        if others:
            starts = Counter(round(box[0], 1) for box in others)
            usual = max(starts, key=lambda start: (starts[start], -start))
            middles.append((usual + max(box[2] for box in others)) / 2)
        return middles

    def start_for(self, line: SetLine, run: Sequence[Item], least: float) -> float:
        """Give where a run starts that is set anew, from a place on.

        Where another line starts at the same place, it stays. Otherwise it may be centred or set to
        the right, so that its start tells its width: then it starts where other lines near it do.
        """
        own = run[0].start
        low, high = self._band(line)
        others = self.other_lines(line)
        if any(abs(box[0] - own) < _SAME_START for box in others):
            return own
        near = [
            box
            for box in others
            if low - _NEAR * line.em < box[3] and box[1] < high + _NEAR * line.em
        ]
        for group in (near, others):
            counted = Counter(round(box[0], 1) for box in group if least <= box[0] <= own)
            if counted:
                return min(counted, key=lambda start: (-counted[start], start))
        on_grid = own // _START_GRID * _START_GRID
        return max(on_grid, least)
