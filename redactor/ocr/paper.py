"""Make the paper of a picture evenly white, where shadows lie on it.

The engine tells ink from paper by one level for the whole picture, so that half of a shadowed
photocopy turns black and is not read. Here every cell of the picture is held against the brightest
paper near it; on a picture with even paper nothing is changed.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import chain, groupby

#: The side of a cell in pixels: some cells lie between the lines even of close print.
_CELL = 16
#: How many cells around one are looked at: about a centimetre each way at 200 dpi.
_NEAR = 2
#: By how much the paper may differ between the darkest and the brightest twentieth of a picture.
_EVEN = 24
#: Levels are told apart in steps of so many, so that cells beside each other can be done at once.
_STEP = 4
#: Below it there is no paper, but a dark picture, and nothing is to be gained.
_DARKEST = 48


def evened(grey: bytes, width: int, height: int) -> bytes:
    """Give a picture with its paper made evenly white; the same one where it is even.

    Args:
        grey: a byte for each pixel, 0 black, row by row without padding.
    """
    paper = _paper(_means(grey, width, height))
    levels = sorted(chain.from_iterable(paper))
    twentieth = len(levels) // 20
    if levels[-1 - twentieth] - levels[twentieth] <= _EVEN:
        return grey
    pieces: list[bytes] = []
    runs = [_runs(levels, width) for levels in paper]
    for y in range(height):
        at = y * width
        for level, start, end in runs[y // _CELL]:
            pieces.append(grey[at + start : at + end].translate(_whitening(level)))
    return b"".join(pieces)


def _means(grey: bytes, width: int, height: int) -> list[list[int]]:
    """Give the mean of every cell, from every other pixel of every fourth row."""
    means = []
    for top in range(0, height, _CELL):
        band = [grey[y * width : (y + 1) * width] for y in range(top, min(top + _CELL, height), 4)]
        cells = []
        for left in range(0, width, _CELL):
            pixels = b"".join([row[left : left + _CELL : 2] for row in band])
            cells.append(sum(pixels) // len(pixels))
        means.append(cells)
    return means


def _paper(means: Sequence[Sequence[int]]) -> list[list[int]]:
    """Give the level of the paper at every cell: the brightest mean near it."""
    wide = [_brightest(row) for row in means]
    tall = [_brightest([row[x] for row in wide]) for x in range(len(wide[0]))]
    return [
        [max(column[y], _DARKEST) // _STEP * _STEP for column in tall] for y in range(len(wide))
    ]


def _brightest(cells: Sequence[int]) -> list[int]:
    """Give for each of a row of cells the brightest that is near it."""
    return [max(cells[max(at - _NEAR, 0) : at + _NEAR + 1]) for at in range(len(cells))]


def _runs(levels: Sequence[int], width: int) -> list[tuple[int, int, int]]:
    """Give stretches of a row with one level: the level, and where it starts and ends."""
    runs = []
    at = 0
    for level, cells in groupby(levels):
        end = min(at + sum(1 for _ in cells) * _CELL, width)
        runs.append((level, at, end))
        at = end
    return runs


@functools.cache
def _whitening(level: int) -> bytes:
    """Give the table that makes paper of this level white."""
    return bytes(min(255, value * 255 // max(level, 1)) for value in range(256))
