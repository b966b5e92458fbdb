"""Find ink on a picture of a page that lies outside of all that was read.

Handwriting, signatures, stamps, photographs and logos are ink that the engine made no words of.
Rules, boxes of forms, shaded panels and specks are not looked at: they say nothing. What counts is
where brightness changes, so that a panel of one shade is no more than its outline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redactor.formats.pdf.stext import Box

#: Dots to the inch at which ink is looked for: a pen's stroke is 2 to 4 of them wide.
_DPI = 100
#: A change of brightness of less (of 255) is no ink, and neither is one of less than so many times
#: the usual change on the paper (its grain, and what JPEG makes of it). More than the last is ink
#: on any paper, within three dots too: photographs, and what is out of focus, have no sharp edges.
_LEAST_CHANGE, _ABOVE_GRAIN, _MOST_CHANGE = 24, 6.0, 48
_SOFT = 3
#: The grain is taken from every so many rows and columns.
_SAMPLE = 3
#: In a block of this side (dots) with so many dots free of print, at least this part is of as few
#: shades as paper, a panel and ink have; of a photograph less. A shade spans so many of 256 values.
_BLOCK, _LEAST_FREE, _ONE_SHADE = 60, 1200, 0.7
_SHADE, _SHADES = 16, 3
#: A straight stroke of this length and at most this thickness is a rule or an edge (dots).
_RULE_LENGTH, _RULE_THICKNESS = 14, 9
#: The side of the cells that ink is gathered in (dots); cells this near belong together.
_CELL, _NEAR = 6, 2
#: Ink in a cell that counts (dots).
_LEAST_IN_CELL = 3
#: Less ink than this is a speck, a bullet or a tick (dots; points).
_LEAST_INK = 60
_LEAST_LENGTH, _LEAST_HEIGHT = 12.0, 5.0
#: What has this part of its ink along its own outline is an empty box of a form.
_OUTLINE = 0.9


@dataclass(frozen=True, slots=True)
class Patch:
    """Ink in one place, with its box in pixels of the picture and its amount."""

    box: Box
    ink: int


def leftover_ink(
    grey: bytes, width: int, height: int, dpi: float, explained: Iterable[Box]
) -> list[Patch]:
    """Give the patches of ink that nothing explains.

    Args:
        grey: a byte for each pixel, row by row.
        dpi: pixels an inch.
        explained: boxes of what was read, in pixels, with the room that letters need.
    """
    import numpy as np  # noqa: PLC0415 - needed for pages that are read from pixels only

    factor = max(1, round(dpi / _DPI))
    small = _smaller(np, grey, width, height, factor)
    if min(small.shape) < 2 * _CELL:
        return []
    free = np.ones(small.shape, bool)
    for x0, y0, x1, y1 in explained:
        rows = slice(max(int(y0 / factor), 0), max(int(y1 / factor) + 1, 0))
        columns = slice(max(int(x0 / factor), 0), max(int(x1 / factor) + 1, 0))
        free[rows, columns] = False
    edges = _edges(np, small, free)
    edges &= ~_rules(np, edges)
    edges |= _many_tones(np, small, free)
    scale = 72 / dpi * factor
    return [
        Patch(_times(box, factor), ink)
        for box, ink, outline in _groups(np, edges)
        if _says_something(box, ink, outline, scale)
    ]


def _smaller(np: Any, grey: bytes, width: int, height: int, factor: int) -> Any:
    pixels = np.frombuffer(grey, np.uint8).reshape(height, width)
    rows, columns = height // factor, width // factor
    pixels = pixels[: rows * factor, : columns * factor]
    if factor == 1:
        return pixels.astype(np.int16)
    sums = np.zeros((rows, columns), np.uint32 if factor > 16 else np.uint16)
    for down in range(factor):
        for across in range(factor):
            sums += pixels[down::factor, across::factor]
    return (sums // factor**2).astype(np.int16)


def _edges(np: Any, small: Any, free: Any) -> Any:
    """Give where brightness changes by more than the grain of the paper."""
    at_once = _change(np, small, 1)
    some = at_once[::_SAMPLE, ::_SAMPLE][free[::_SAMPLE, ::_SAMPLE]]
    grain = float(np.median(some)) if some.size else 0.0
    least = min(max(_LEAST_CHANGE, _ABOVE_GRAIN * grain), _MOST_CHANGE)
    return ((at_once >= least) | (_change(np, small, _SOFT) >= _MOST_CHANGE)) & free


def _change(np: Any, small: Any, step: int) -> Any:
    change = np.zeros_like(small)
    change[:, :-step] = np.abs(small[:, step:] - small[:, :-step])
    change[:-step] = np.maximum(change[:-step], np.abs(small[step:] - small[:-step]))
    return change


def _many_tones(np: Any, small: Any, free: Any) -> Any:
    """Give the blocks that have many shades and no print: photographs without a sharp edge."""
    found = np.zeros_like(free)
    for top in range(0, small.shape[0], _BLOCK):
        for left in range(0, small.shape[1], _BLOCK):
            block = slice(top, top + _BLOCK), slice(left, left + _BLOCK)
            tones = small[block][free[block]] // _SHADE
            counts = np.sort(np.bincount(tones, minlength=_SHADES))
            if tones.size > _LEAST_FREE and counts[-_SHADES:].sum() < _ONE_SHADE * tones.size:
                found[block] = free[block]
    return found


def _rules(np: Any, edges: Any) -> Any:
    """Give what belongs to straight strokes along and across the page, a little aslant or not."""
    return _rules_along(np, edges, 1) | _rules_along(np, edges, 0)


def _rules_along(np: Any, edges: Any, axis: int) -> Any:
    """Give what belongs to straight strokes along the rows (1) or the columns (0)."""
    thick = _widened(edges, 1, 1 - axis)
    rules = _opened(np, thick, _RULE_LENGTH, axis)
    rules &= ~_opened(np, thick, _RULE_THICKNESS, 1 - axis)
    # into corners, where a rule is as thick as the other one is long
    return _widened(rules, _RULE_THICKNESS // 2 + 1, axis)


def _widened(mask: Any, by: int, axis: int) -> Any:
    """Let a mask grow by so many dots to both sides along an axis."""
    grown = mask.copy()
    for step in range(1, by + 1):
        grown[_from(step, axis)] |= mask[_until(-step, axis)]
        grown[_until(-step, axis)] |= mask[_from(step, axis)]
    return grown


def _opened(np: Any, mask: Any, length: int, axis: int) -> Any:
    """Keep runs along an axis of at least some length."""
    if mask.shape[axis] < length:
        return np.zeros_like(mask)
    starts, done = mask, 1  # of runs of the length that is done, which doubles with every step
    while done < length:
        step = min(done, length - done)
        starts = starts[_until(-step, axis)] & starts[_from(step, axis)]
        done += step
    kept = np.zeros_like(mask)
    kept[_until(starts.shape[axis], axis)] = starts
    done = 1
    while done < length:
        step = min(done, length - done)
        kept[_from(step, axis)] |= kept[_until(-step, axis)]
        done += step
    return kept


def _from(start: int, axis: int) -> tuple[slice, slice]:
    part = slice(start, None)
    return (part, slice(None)) if axis == 0 else (slice(None), part)


def _until(end: int, axis: int) -> tuple[slice, slice]:
    part = slice(None, end)
    return (part, slice(None)) if axis == 0 else (slice(None), part)


def _groups(np: Any, edges: Any) -> list[tuple[Box, int, float]]:
    """Gather ink that lies together; give its box, its amount, and its share along the outline."""
    rows, columns = edges.shape[0] // _CELL, edges.shape[1] // _CELL
    cut = edges[: rows * _CELL, : columns * _CELL]
    cells = cut.reshape(rows, _CELL, columns, _CELL).sum(axis=(1, 3))
    waiting = {(int(row), int(column)) for row, column in np.argwhere(cells >= _LEAST_IN_CELL)}
    groups = []
    while waiting:
        group = _connected(waiting)
        top, bottom = min(row for row, _ in group), max(row for row, _ in group) + 1
        left, right = min(column for _, column in group), max(column for _, column in group) + 1
        part = cut[top * _CELL : bottom * _CELL, left * _CELL : right * _CELL]
        ink = sum(int(cells[one]) for one in group)
        box = _tight(np, part, left * _CELL, top * _CELL)
        groups.append((box, ink, _share_of_outline(part)))
    return groups


def _connected(waiting: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take one cell and all that hang together with it out of those that wait."""
    group = [waiting.pop()]
    reach = range(-_NEAR, _NEAR + 1)
    for row, column in group:
        for down in reach:
            for across in reach:
                other = (row + down, column + across)
                if other in waiting:
                    waiting.remove(other)
                    group.append(other)
    return group


def _tight(np: Any, part: Any, left: int, top: int) -> Box:
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return (
        float(left + columns[0]),
        float(top + rows[0]),
        float(left + columns[-1] + 1),
        float(top + rows[-1] + 1),
    )


def _share_of_outline(part: Any) -> float:
    """Give the share of ink that lies within three dots of the outline of all of it."""
    rows, columns = part.any(axis=1).nonzero()[0], part.any(axis=0).nonzero()[0]
    tight = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return 1.0 - float(tight[3:-3, 3:-3].sum()) / max(float(tight.sum()), 1.0)


def _says_something(box: Box, ink: int, outline: float, scale: float) -> bool:
    across, down = (box[2] - box[0]) * scale, (box[3] - box[1]) * scale
    if ink < _LEAST_INK or max(across, down) < _LEAST_LENGTH or min(across, down) < _LEAST_HEIGHT:
        return False
    return outline < _OUTLINE


def _times(box: Box, factor: int) -> Box:
    return box[0] * factor, box[1] * factor, box[2] * factor, box[3] * factor
