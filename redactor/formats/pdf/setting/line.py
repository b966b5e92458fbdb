"""What stands on a line from which something was removed: pieces of text, and gaps.

All places are along the writing direction of the line, or across it, in points of the page.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.formats.pdf.setting.shown import Show, turned
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Stretch

Direction: TypeAlias = tuple[int, int]
#: Most text runs so: a box of the page is a box along the line.
ALONG_THE_PAGE: Direction = (1, 0)

#: Where a baseline lies in the box of a line, from its upper side, in parts of its height.
_BASELINE = (0.45, 1.0)
_STRAIGHT = 0.999
#: A gap of more than this (em) ends a run: what follows is another cell or column.
_WIDE = 2.0
#: What stands less than this (em) above a baseline is raised, and no line of its own.
_RAISED = 0.5
#: Two places are the same within this (points).
SAME = 0.2


class NotMovableError(Exception):
    """Text on a line cannot be moved; the message says why, in words for people."""


@dataclass(slots=True)
class Item:
    """A piece of text or a gap on a line.

    Attributes:
        start, end: where it is, along the line.
        show, piece: what shows it; None and 0 for a gap.
        stretch: the number of the stretch that left the gap; -1 for text.
        has_ink: whether there is more to it than white space.
    """

    start: float
    end: float
    show: Show | None = field(default=None, repr=False)
    piece: int = 0
    stretch: int = -1
    has_ink: bool = True


@dataclass(slots=True)
class SetLine:
    """A line with the gaps in it.

    Attributes:
        direction: its writing direction.
        baseline: where the baseline is, across the direction.
        em: the size of its text.
        leading: how far above it the next baseline is, in em; infinite where there is none.
        stretches: the numbers of the stretches that were removed from it.
        runs: its items in order, cut at wide gaps; only runs with a gap.
        words: the words left on it as the library reads them, along it.
        extents: where each of its runs starts and ends, those without a gap too.
    """

    direction: Direction
    baseline: float
    em: float
    stretches: list[int]
    shows: list[Show] = field(repr=False)
    runs: list[list[Item]] = field(default_factory=list, repr=False)
    words: Sequence[Box] = ()
    extents: list[tuple[float, float]] = field(default_factory=list)
    leading: float = math.inf

    def box(self, start: float, end: float, above: float, below: float) -> Box:
        """Give a part of the line as a box of the page; ``above`` and ``below`` are in em."""
        low, high = self.baseline - above * self.em, self.baseline + below * self.em
        return box_on_page((start, low, end, high), self.direction)


def direction_of(stretch: Stretch) -> Direction | None:
    """Give the direction of removed text where it runs along an axis of the page."""
    x, y = stretch.direction
    if max(abs(x), abs(y)) < _STRAIGHT:
        return None
    return round(x), round(y)


def along(box: Box, direction: Direction) -> Box:
    """Give a box of the page as: start, upper side, end, lower side of a line."""
    if direction == ALONG_THE_PAGE:
        return box
    a0, c0 = turned((box[0], box[1]), direction)
    a1, c1 = turned((box[2], box[3]), direction)
    return min(a0, a1), min(c0, c1), max(a0, a1), max(c0, c1)


def box_on_page(box: Box, direction: Direction) -> Box:
    """Give a box along a line as a box of the page."""
    dx, dy = direction
    x0, y0 = box[0] * dx - box[1] * dy, box[0] * dy + box[1] * dx
    x1, y1 = box[2] * dx - box[3] * dy, box[2] * dy + box[3] * dx
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Lines:
    """Everything shown on a page, by direction and baseline."""

    def __init__(self, shows: Iterable[Show]) -> None:
        """Sort what is shown."""
        by_direction: dict[Direction, list[Show]] = {}
        for show in shows:
            if show.direction is not None and show.pieces:
                by_direction.setdefault(show.direction, []).append(show)
        self._shows = {
            direction: sorted(found, key=_across) for direction, found in by_direction.items()
        }
        self._baselines = {
            direction: [show.across for show in found] for direction, found in self._shows.items()
        }

    def on(self, box: Box, direction: Direction) -> list[Show]:
        """Give what is shown on the line that a removed box (along the line) was on."""
        shows = self._shows.get(direction, [])
        baselines = self._baselines.get(direction, [])
        height = box[3] - box[1]
        low = bisect_left(baselines, box[1] + height * _BASELINE[0])
        return shows[low : bisect_right(baselines, box[1] + height * _BASELINE[1])]

    def leading(self, line: SetLine) -> float:
        """Give how far above a line the next baseline is, in em; raised figures have none."""
        baselines = self._baselines.get(line.direction, [])
        at = bisect_left(baselines, line.baseline - _RAISED * line.em) - 1
        return (line.baseline - baselines[at]) / line.em if at >= 0 else math.inf


def _across(show: Show) -> float:
    return show.across


def lines_of(stretches: Mapping[int, Stretch], lines: Lines) -> list[SetLine]:
    """Put stretches (by their number) that were on one line together, with what is left on it."""
    found: list[SetLine] = []
    by_show: dict[int, SetLine] = {}
    for number, stretch in stretches.items():
        direction = direction_of(stretch)
        if direction is None:
            continue
        box = along(stretch.box, direction)
        shows = lines.on(box, direction)
        line = next((by_show[id(show)] for show in shows if id(show) in by_show), None)
        if line is None:
            line = _line(direction, box, shows)
            line.leading = lines.leading(line)
            found.append(line)
        line.stretches.append(number)
        known = {id(show) for show in line.shows}
        line.shows.extend(show for show in shows if id(show) not in known)
        by_show.update((id(show), line) for show in shows)
    return found


def _line(direction: Direction, box: Box, shows: Sequence[Show]) -> SetLine:
    nearest = min(shows, key=lambda show: _apart(show, box), default=None)
    if nearest is None:
        # Nothing else stands on it: the proportions of Helvetica, which only size the box.
        height = box[3] - box[1]
        return SetLine(direction, box[1] + height * 0.78, height / 1.374, [], [])
    return SetLine(direction, nearest.across, nearest.em, [], [])


def _apart(show: Show, box: Box) -> float:
    """Give how far what is shown stands from the start of a box, along the line."""
    end = max((end for _, end in show.places()), default=show.along)
    return max(show.along - box[0], box[0] - end, 0.0)


def holds(starts: Sequence[float], start: float) -> bool:
    """Say whether a place is among places in order."""
    at = bisect_left(starts, start - SAME)
    return at < len(starts) and starts[at] <= start + SAME


def hold_all(starts: Sequence[float], wanted: Iterable[float]) -> bool:
    """Say whether all of many places in order are among places in order."""
    at = 0
    for start in wanted:
        at = bisect_left(starts, start - SAME, at)
        if at == len(starts) or starts[at] > start + SAME:
            return False
    return True


def fill_runs(line: SetLine, stretches: Sequence[Stretch]) -> None:
    """Find the runs of a line in which something was removed.

    Args:
        line: the line with its words; its runs are set.
        stretches: everything removed from the page.

    Raises:
        NotMovableError: what is on the line is not understood.
    """
    if any(not show.is_certain for show in line.shows):
        raise NotMovableError("a font on the line is not understood")
    starts: list[float] = []
    for show in line.shows:
        starts.extend(show.glyph_starts())
    starts.sort()
    if not hold_all(starts, sorted([word[0] for word in line.words])):
        raise NotMovableError("text on the line is not where it was reckoned to be")
    runs: list[list[Item]] = []
    end = 0.0
    for item in _items(line, stretches):
        if runs and item.start - end <= _WIDE * line.em:
            runs[-1].append(item)
            end = max(end, item.end)
        else:
            runs.append([item])
            end = item.end
    line.extents = [(run[0].start, max(item.end for item in run)) for run in runs]
    line.runs = [run for run in runs if any(item.show is None for item in run)]


def _items(line: SetLine, stretches: Sequence[Stretch]) -> list[Item]:
    gaps = []
    for number in line.stretches:
        box = along(stretches[number].box, line.direction)
        gaps.append(Item(box[0], box[2], None, 0, number))
    items = list(gaps)
    words = sorted((word[0], word[2]) for word in line.words)
    for show in line.shows:
        for index, (start, end) in enumerate(show.places()):
            for gap in gaps:
                if start < gap.start - SAME and end > gap.end + SAME:
                    raise NotMovableError("text on the line is not where it was reckoned to be")
            at = bisect_left(words, (end - SAME,))
            while at and words[at - 1][1] <= start + SAME:
                at -= 1
            items.append(Item(start, end, show, index, has_ink=at > 0))
    return sorted(items, key=_place)


def _place(item: Item) -> tuple[float, float]:
    return item.start, item.end
