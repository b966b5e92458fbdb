"""Make the paper of a picture evenly white, where shadows lie on it.

The engine tells ink from paper by one level for the whole picture, so that half of a shadowed
photocopy turns black and is not read. Here every cell of the picture is held against the brightest
paper near it; on a picture with even paper nothing is changed.
"""

from __future__ import annotations

import functools
from typing import Any

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
    import numpy as np  # noqa: PLC0415 - loaded with the first picture

    pixels = np.frombuffer(grey, np.uint8).reshape(height, width)
    paper = _paper(np, _means(np, pixels))
    levels = np.sort(paper, axis=None)
    twentieth = levels.size // 20
    if int(levels[-1 - twentieth]) - int(levels[twentieth]) <= _EVEN:
        return grey
    white = np.empty_like(pixels)
    tables = _whitening(np)
    for row, cells in enumerate(paper):
        band = slice(row * _CELL, (row + 1) * _CELL)
        level = np.repeat(cells, _CELL)[:width]
        white[band] = tables[level, pixels[band]]
    whitened: bytes = white.tobytes()
    return whitened


def _means(np: Any, pixels: Any) -> Any:
    """Give the mean of every cell, from every other pixel of every fourth row."""
    some = pixels[::4, ::2].astype(np.int32)
    rows, columns = np.arange(0, some.shape[0], _CELL // 4), np.arange(0, some.shape[1], _CELL // 2)
    sums = np.add.reduceat(np.add.reduceat(some, rows, axis=0), columns, axis=1)
    high = np.diff(rows, append=some.shape[0])
    wide = np.diff(columns, append=some.shape[1])
    return sums // np.outer(high, wide)


def _paper(np: Any, means: Any) -> Any:
    """Give the level of the paper at every cell: the brightest mean near it."""
    brightest = _brightest(np, _brightest(np, means).T).T
    return np.maximum(brightest, _DARKEST) // _STEP * _STEP


def _brightest(np: Any, means: Any) -> Any:
    """Give for each cell of a row the brightest that is near it."""
    brightest = means.copy()
    for step in range(1, _NEAR + 1):
        brightest[:, step:] = np.maximum(brightest[:, step:], means[:, :-step])
        brightest[:, :-step] = np.maximum(brightest[:, :-step], means[:, step:])
    return brightest


@functools.cache
def _whitening(np: Any) -> Any:
    """Give for each level of paper the table that makes it white."""
    levels = np.maximum(np.arange(256), 1)[:, None]
    return np.minimum(np.arange(256) * 255 // levels, 255).astype(np.uint8)
