"""Find what a range of text covers by whole words, which is several times faster than by glyphs.

Only where that is certain: all text on the page and set from left to right along the page's width,
and every word met in the text in order. Elsewhere the glyphs are asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from redactor.formats.pdf.stext import TEXT_BLOCK, Box, clean, glyphs_of_word, union

#: A word as the library gives it: its box, its text, and the numbers of its block, line and word.
Word: TypeAlias = tuple[float, float, float, float, str, int, int, int]
_STRAIGHT = 0.999


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a range of text covers on one line.

    Attributes:
        direction: the line's writing direction, a unit vector.
        boxes: of its glyphs or whole words, in order.
        before, after: the boxes of the nearest glyphs or words on the same line that stay.
        box: the box around all it covers.
    """

    direction: tuple[float, float]
    boxes: tuple[Box, ...]
    before: Box | None
    after: Box | None
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", union(self.boxes))


def line_places(content: Any) -> list[tuple[int, int, tuple[float, float], Box]]:
    """Give every line's block and line number, direction and box."""
    places = []
    for block_number, block in enumerate(content.this):
        if block.m_internal.type != TEXT_BLOCK:
            continue
        for number, line in enumerate(block):
            inner = line.m_internal
            heading, box = inner.dir, inner.bbox
            direction = (heading.x, heading.y)
            places.append((block_number, number, direction, (box.x0, box.y0, box.x1, box.y1)))
    return places


class Words:
    """The words of one page, by their offsets in its raw text."""

    def __init__(self, content: Any, words: list[Word], raw: str) -> None:
        """Line the words up with the text."""
        self._content = content
        self._words = words
        self._starts = list(_starts(words, raw))
        self._glyphs: dict[int, list[Box] | None] = {}

    @property
    def are_certain(self) -> bool:
        """Say whether every word was met in the text."""
        return len(self._starts) == len(self._words)

    def stretches(self, start: int, end: int) -> list[Stretch] | None:
        """Give what a range of the raw text covers, by line; None if uncertain."""
        first = max(0, bisect_right(self._starts, start) - 1)
        lines: dict[tuple[int, int], list[int]] = {}
        for index in range(first, len(self._words)):
            if self._starts[index] >= end:
                break
            if self._starts[index] + len(self._words[index][4]) > start:
                lines.setdefault(self._words[index][5:7], []).append(index)
        found = []
        for indices in lines.values():
            stretch = self._stretch(indices, start, end)
            if stretch is None:
                return None
            found.append(stretch)
        return found

    def _stretch(self, indices: list[int], start: int, end: int) -> Stretch | None:
        boxes: list[Box] = []
        before, after = self._neighbour(indices[0], -1), self._neighbour(indices[-1], 1)
        for index in indices:
            word = self._words[index]
            length = len(word[4])
            low, high = max(start - self._starts[index], 0), min(end - self._starts[index], length)
            if (low, high) == (0, length):
                boxes.append(word[:4])
                continue
            glyphs = self._glyphs_of(index)
            if glyphs is None:
                return None
            boxes.extend(glyphs[low:high])
            before = glyphs[low - 1] if low else before
            after = glyphs[high] if high < length else after
        return Stretch((1.0, 0.0), tuple(boxes), before, after)

    def left(self, mask: bytearray) -> list[Word] | None:
        """Give the words, and parts of words, that a mask of the raw text leaves; None if unsure.

        They are as the library would give them: what is left of a word has the box of its glyphs.
        """
        found: list[Word] = []
        done = 0
        for index in self._touched(mask):
            found.extend(self._words[done:index])
            done = index + 1
            start, word = self._starts[index], self._words[index]
            part = mask[start : start + len(word[4])]
            if 0 not in part:
                continue
            glyphs = self._glyphs_of(index)
            if glyphs is None:
                return None
            found.extend(_parts(word, glyphs, part))
        return found + self._words[done:]

    def _touched(self, mask: bytearray) -> list[int]:
        """Give the numbers of the words of which a mask takes anything, in order."""
        touched: dict[int, None] = {}
        at = mask.find(1)
        while at >= 0:
            end = mask.find(0, at)
            end = len(mask) if end < 0 else end
            first = max(bisect_right(self._starts, at) - 1, 0)
            last = bisect_left(self._starts, end)
            for index in range(first, last):
                if self._starts[index] + len(self._words[index][4]) > at:
                    touched[index] = None
            at = mask.find(1, end)
        return list(touched)

    def _neighbour(self, index: int, step: int) -> Box | None:
        other = index + step
        if not 0 <= other < len(self._words):
            return None
        same_line = self._words[other][5:7] == self._words[index][5:7]
        return self._words[other][:4] if same_line else None

    def _glyphs_of(self, index: int) -> list[Box] | None:
        if index not in self._glyphs:
            word = self._words[index]
            glyphs = glyphs_of_word(self._content, word[:4], clean(word[4]))
            self._glyphs[index] = glyphs
        return self._glyphs[index]


def _parts(word: Word, glyphs: Sequence[Box], mask: bytearray) -> Iterator[Word]:
    """Give what a mask leaves of one word."""
    at = mask.find(0)
    while at >= 0:
        end = mask.find(1, at)
        end = len(mask) if end < 0 else end
        x0, y0, x1, y1 = union(list(glyphs[at:end]))
        yield x0, y0, x1, y1, word[4][at:end], *word[5:]
        at = mask.find(0, end)


def _starts(words: list[Word], raw: str) -> Iterator[int]:
    """Give the offset of each word in order, up to the first that is not where it should be."""
    at = 0
    for word in words:
        text = word[4]
        if raw.startswith(text, at + 1) and raw[at].isspace():  # the usual: one space between
            found = at + 1
        else:
            text = clean(text)
            found = raw.find(text, at)
            if found < 0 or (found > at and not raw[at:found].isspace()):
                return
        yield found
        at = found + len(text)


def all_straight(places: list[tuple[int, int, tuple[float, float], Box]]) -> bool:
    """Say whether all lines run from left to right."""
    return all(direction[0] > _STRAIGHT for _, _, direction, _ in places)
