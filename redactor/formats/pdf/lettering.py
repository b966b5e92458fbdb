"""Find letters that are drawn as shapes, beside text that says what it is.

Programs turn lettering into outlines (logos, headings, pages "converted to curves"). Shapes of
the size of letters that stand in a row, and that no text lies on, are read from their pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.stext import Box, overlap, union

#: The sides of what may be a letter (points): a full stop is smaller, a shaded cell is larger.
_LEAST_WIDTH, _LEAST_HEIGHT, _MOST = 0.8, 3.0, 72.0
#: So many in a row make a word that says something.
_LEAST_LETTERS = 4
#: Letters of one row are no farther apart than this (of their height).
_APART = 1.5
#: With more shapes than this the page holds a drawing, and all of it is read.
_MANY = 4000
#: Shapes under text, as the cells of a table are, are covered by it to more than this part.
_MOST_COVERED = 0.6


def lettering_on(text: PageText) -> list[Box]:
    """Give the boxes of rows of shapes that may be letters.

    Args:
        text: of a page, with its paths.
    """
    if len(text.paths) < _LEAST_LETTERS:
        return []
    shapes = sorted(box for box in set(text.paths) if _may_be_letter(box))
    if len(shapes) > _MANY:
        return [union(shapes)]
    rows = (union(row) for row in _rows(shapes) if len(row) >= _LEAST_LETTERS)
    return [row for row in rows if _lies_apart(row, text.line_boxes)]


def _lies_apart(row: Box, lines: Sequence[Box]) -> bool:
    """Say whether a row is no background or underlining of text that says what it is."""
    covered = sum(_common(row, line) for line in lines if overlap(row, line))
    return covered < _MOST_COVERED * (row[2] - row[0]) * (row[3] - row[1])


def _common(one: Box, other: Box) -> float:
    return (min(one[2], other[2]) - max(one[0], other[0])) * (
        min(one[3], other[3]) - max(one[1], other[1])
    )


def _may_be_letter(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return _LEAST_WIDTH <= width <= _MOST and _LEAST_HEIGHT <= height <= _MOST


def _rows(shapes: Sequence[Box]) -> list[list[Box]]:
    """Gather shapes, from left to right, with those before them on the same height."""
    rows: list[list[Box]] = []
    for shape in shapes:
        row = next((one for one in reversed(rows) if _follows(shape, one[-1])), None)
        if row is None:
            rows.append([shape])
        else:
            row.append(shape)
    return rows


def _follows(shape: Box, before: Box) -> bool:
    height = max(before[3] - before[1], shape[3] - shape[1])
    common = min(before[3], shape[3]) - max(before[1], shape[1])
    return shape[0] - before[2] <= _APART * height and common > 0
