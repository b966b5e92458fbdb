"""How wide the place of something removed is made, so that it tells little of what was there.

Of 1,633 surnames the exact width tells some 7 bits of 10.7; in steps of one and a half em from
three em on it tells 0.9 to 1.5 (``redactor bench width``), and text moves by 0.4 em on average.
"""

from __future__ import annotations

import math
from functools import lru_cache

import pymupdf

#: The least width and the steps from there on, in em of the line.
LEAST, STEP = 3.0, 1.5
#: How far a box reaches above and below the baseline, in em: capitals and letters that hang down.
ABOVE, BELOW = 0.9, 0.22
#: Where lines stand closer, a box leaves what hangs down from the line above, and reaches so far.
LEAST_ABOVE = 0.7
#: Labels are no larger and no smaller than this (points), and no larger than this part of the box.
_MAX_SIZE, _MIN_SIZE, _OF_HEIGHT = 7.0, 3.0, 0.62
#: A label may be squeezed to this part of its natural width, and where there is no room, to that.
_SQUEEZED, _SQUEEZED_MOST = 0.8, 0.5
#: Black between the label and the ends of its box, both together (points): enough that the label is
#: told apart from what stands beside the box, and reaches over no edge once places are rounded.
MARGIN = 3.5


@lru_cache(maxsize=256)
def label_width(label: str) -> float:
    """Give a label's width in Helvetica of size 1."""
    return max(float(pymupdf.get_text_length(label, "helv", 1)), 0.1)


def label_size(height: float) -> float:
    """Give the size of a label in a box of this height, in quarters of a point."""
    return round(max(_MIN_SIZE, min(_MAX_SIZE, height * _OF_HEIGHT)) * 4) / 4


def least_width(label: str, em: float) -> float:
    """Give the least width of a box with this label on a line of this size, in em."""
    return max(LEAST, LEAST + _steps(_needed(label, em, _SQUEEZED) - LEAST))


def widths(gap: float, label: str, em: float) -> list[float]:
    """Give the widths that a gap may be set to, the wanted one first and then smaller ones.

    Args:
        gap: the width of what was removed, in em; 0 where it need not be looked at.
        label: what is printed in the box.
        em: the size of the line in points.
    """
    least = least_width(label, em)
    wanted = max(least, least + math.floor((gap - least) / STEP + 0.5) * STEP)
    fits = max(STEP, _steps(_needed(label, em, _SQUEEZED_MOST)))
    return [wanted - i * STEP for i in range(max(1, round((wanted - fits) / STEP) + 1))]


def _steps(width: float) -> float:
    return math.ceil(max(width, 0.0) / STEP - 1e-9) * STEP


def _needed(label: str, em: float, squeezed: float) -> float:
    return (label_width(label) * label_size(em * (ABOVE + BELOW)) * squeezed + MARGIN) / em
