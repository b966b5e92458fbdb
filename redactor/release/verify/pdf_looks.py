"""Hold two drawings of a page against each other, pixel by pixel. Nothing here knows what a PDF is.

Drawings are arrays of grey, 0 black; places are in pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redactor.release.verify.pdf_drawing import Box, Grey

#: Two drawings by one engine differ by less where nothing was changed: the rest of re-packing
#: pictures, and of counting in hundredths of a point.
_SLACK = 48
#: So many pixels side by side make a difference that is one.
_LEAST_PIXELS = 6
#: Two drawings by different engines: cells of so many pixels a side are held against each other.
_CELL = 8
#: How much lighter or darker a cell may be, and how many cells side by side may be more.
_CELL_SLACK, _CELL_MUCH = 40, 110
_MOST_CELLS = 3
#: Less contrast than this is one colour: the grain of paper, the noise of JPEG.
CONTRAST = 24


def differs(before: Grey, after: Grey, forgiven: Iterable[Box]) -> bool:
    """Say whether two drawings by one engine differ outside of the places that may.

    A pixel may have any value that lies near it in the other drawing: an edge that is smoothed
    otherwise is no difference, a line that is gone is one.
    """
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    before, after = _same_size(before, after)
    unequal = before != after
    _forget(unequal, forgiven)
    if not unequal.any():
        return False
    where = np.flatnonzero(unequal)
    gap = before.ravel()[where].astype(np.int16) - after.ravel()[where]
    where = where[np.abs(gap) > _SLACK]
    if not where.size:
        return False
    return _strangers(before, after, where) + _strangers(after, before, where) >= _LEAST_PIXELS


def coarsely_differs(before: Grey, after: Grey, forgiven: Iterable[Box]) -> bool:
    """Say whether drawings by two engines show something else outside of the places that may."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    before, after = _same_size(before, after)
    apart = before.astype(np.int16) - after
    _forget(apart, forgiven)
    cells = np.abs(_cells(apart))
    much = (cells > _CELL_MUCH).sum()
    return bool(much > 1 or _longest_run(cells > _CELL_SLACK) > _MOST_CELLS)


def is_uniform(pixels: Grey) -> bool:
    """Say whether a place is of one colour, and so can hold no text."""
    return not pixels.size or int(pixels.max()) - int(pixels.min()) <= CONTRAST


def are_uniform(places: Iterable[Grey]) -> bool:
    """Say whether each of many places is of one colour."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    flat = [one.ravel() for one in places if one.size]
    if not flat:
        return True
    begins = np.cumsum([0, *map(len, flat[:-1])])
    pixels = np.concatenate(flat)
    darkest = np.minimum.reduceat(pixels, begins)
    return bool((np.maximum.reduceat(pixels, begins) - darkest <= CONTRAST).all())


def cut(pixels: Grey, box: Box, scale: float, *, inwards: int = 0) -> Grey:
    """Cut a displayed box out of a drawing, by so many pixels smaller on every side."""
    left, top = int(box[0] * scale) + inwards, int(box[1] * scale) + inwards
    right, bottom = int(-(-box[2] * scale // 1)) - inwards, int(-(-box[3] * scale // 1)) - inwards
    return pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]


def _same_size(before: Grey, after: Grey) -> tuple[Grey, Grey]:
    rows, columns = (min(one, other) for one, other in zip(before.shape, after.shape, strict=True))
    if before.shape == after.shape:
        return before, after
    return before[:rows, :columns].copy(), after[:rows, :columns].copy()


def _forget(apart: Any, places: Iterable[Box]) -> None:
    for x0, y0, x1, y1 in places:
        apart[max(int(y0), 0) : max(int(y1) + 1, 0), max(int(x0), 0) : max(int(x1) + 1, 0)] = 0


def _strangers(one: Grey, other: Grey, where: Any) -> int:
    """Count the pixels of one drawing that have no like near them in the other."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    rows, columns = np.divmod(where, one.shape[1])
    around = np.pad(other, 1, mode="edge")
    near = np.stack([around[rows + dy, columns + dx] for dy in range(3) for dx in range(3)])
    here = one[rows, columns].astype(np.int16)
    low, high = near.min(axis=0).astype(np.int16), near.max(axis=0).astype(np.int16)
    strange = (here < low - _SLACK) | (here > high + _SLACK)
    return int(strange.sum())


def _cells(apart: Any) -> Any:
    rows, columns = (side // _CELL * _CELL for side in apart.shape)
    shape = (rows // _CELL, _CELL, columns // _CELL, _CELL)
    return apart[:rows, :columns].reshape(shape).mean(axis=(1, 3))


def _longest_run(cells: Any) -> int:
    """Give the most cells side by side in a row or a column."""
    longest = 0
    for grid in (cells, cells.T):
        run = grid[:, 0].astype(int) if grid.shape[1] else grid.sum(axis=1)
        longest = max(longest, int(run.max(initial=0)))
        for column in range(1, grid.shape[1]):
            run = (run + 1) * grid[:, column]
            longest = max(longest, int(run.max(initial=0)))
    return longest
