"""What a line keeps to: its start, its end, its middle, or both ends.

A line that is centred, set to the right or spread to both ends tells the width of each of its words
by where it starts or by the gaps between the others. So such a line is set accordingly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from redactor.formats.pdf.setting.line import Item, SetLine
from redactor.formats.pdf.setting.room import Room

#: Two lines start or end at the same place within this, and are centred alike within that (points).
_SAME, _SAME_MIDDLE = 0.25, 1.5
#: So many other lines that end where a line does say that it is no chance.
_ENOUGH = 2
#: A line spread to both ends may be indented by this much (em).
_INDENT = 5.0


class Anchor(Enum):
    """What a line keeps to."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Anchored:
    """What a line keeps to, and where that is, along the line (for the start: of no meaning)."""

    anchor: Anchor
    at: float = 0.0


def anchored(line: SetLine, run: Sequence[Item], room: Room) -> Anchored:
    """Find out what a run keeps to, by where the other lines of the page start and end."""
    start, end = run[0].start, max(item.end for item in run)
    others = room.other_lines(line)
    starts_alike = any(abs(box[0] - start) <= _SAME for box in others)
    ends = [box[2] for box in others if abs(box[2] - end) <= _SAME]
    if len(ends) >= _ENOUGH:
        usual = Counter(round(box[0], 1) for box in others).most_common(1)[0][0]
        if starts_alike or 0 < start - usual < _INDENT * line.em:
            return Anchored(Anchor.BOTH)
        return Anchored(Anchor.END, Counter(round(one, 2) for one in ends).most_common(1)[0][0])
    if not starts_alike:
        for middle in room.middles(others):
            if abs((start + end) / 2 - middle) <= _SAME_MIDDLE:
                return Anchored(Anchor.MIDDLE, middle)
    return Anchored(Anchor.START)
