"""The words of a page that stay, with their places: what a picture of the page says as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from redactor.formats.pdf.page_text import Line, PageText
from redactor.formats.pdf.stext import Box, union

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class ApprovedWord:
    """A word that stays.

    Attributes:
        box: in points of the page as displayed.
        direction: of writing, a unit vector.
        line: the number of its line, in reading order.
    """

    text: str = field(repr=False)
    box: Box
    line: int
    direction: tuple[float, float] = (1.0, 0.0)


def approved_words(text: PageText, mask: bytearray, first: int = 0) -> list[ApprovedWord]:
    """Give the words of a page without what is removed.

    Of a word in the drawing instructions the letters that stay are given; a word that was read from
    pixels goes as a whole, because nobody knows exactly where in it one letter ends.

    Args:
        text: the page as it was read.
        mask: for each code point of ``text.raw``, whether it goes.
        first: the code point of ``text.raw`` from which on lines are given.
    """
    native = len(text.native)
    words: list[ApprovedWord] = []
    for number, line in enumerate(text.lines):
        if line.start < first:
            continue
        pieces = _pieces(line, mask) if line.start < native else _whole_words(line, mask)
        words.extend(
            ApprovedWord(line.text[start:end], union(line.boxes[start:end]), number, line.direction)
            for start, end in pieces
        )
    return words


def _pieces(line: Line, mask: bytearray) -> Iterator[tuple[int, int]]:
    kept = "".join(
        " " if mask[line.start + index] else character for index, character in enumerate(line.text)
    )
    for match in _WORD.finditer(kept):
        yield match.span()


def _whole_words(line: Line, mask: bytearray) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(line.text):
        start, end = match.span()
        if not any(mask[line.start + start : line.start + end]):
            yield start, end
