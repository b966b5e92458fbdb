"""Find which removed text was read from pixels, and the whole words that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from redactor.formats.pdf.page_text import Line, PageText
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Stretch


def words_read_from_pixels(text: PageText, stretches: Sequence[Stretch]) -> dict[int, list[Box]]:
    """Give for each stretch that was read from pixels the boxes of the words it belongs to."""
    native = len(text.native)
    if native == len(text.raw):
        return {}
    found = {}
    by_box: dict[Box, tuple[Line, int]] = {}
    for line in text.lines:
        if line.start >= native:
            by_box.update((box, (line, index)) for index, box in enumerate(line.boxes))
    for number, stretch in enumerate(stretches):
        ends = [by_box.get(box) for box in (stretch.boxes[0], stretch.boxes[-1])]
        first, last = ends
        if first is not None and last is not None:
            found[number] = _words(first[0], first[1], last[1])
    return found


def _words(line: Line, first: int, last: int) -> list[Box]:
    while first and not line.text[first - 1].isspace():
        first -= 1
    while last + 1 < len(line.text) and not line.text[last + 1].isspace():
        last += 1
    return line.boxes[first : last + 1]
