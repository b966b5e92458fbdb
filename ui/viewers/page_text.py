"""The words of one page: which word lies where, and which boxes a stretch of text has.

Pure functions of the words that come with a picture. Boxes are in points, origin top left, y down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from ui.viewers.base import Box

Word = tuple[int, int, float, float, float, float]


class PageText:
    """The words of a page in reading order.

    Args:
        words: for each word its range in the page's text and its box.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        self.words: Sequence[Word] = sorted(words)
        self._starts = [word[0] for word in self.words]

    def word_at(self, x: float, y: float) -> int | None:
        """Give the number of the word that a point lies on, or None."""
        for number, (_, _, x0, y0, x1, y1) in enumerate(self.words):
            if x0 <= x <= x1 and y0 <= y <= y1:
                return number
        return None

    def nearest(self, x: float, y: float) -> int | None:
        """Give the number of the word nearest to a point; None on a page without words.

        Words of the same line are preferred: a distance up or down counts four times.
        """
        best, found = float("inf"), None
        for number, (_, _, x0, y0, x1, y1) in enumerate(self.words):
            across = max(x0 - x, 0.0, x - x1)
            down = max(y0 - y, 0.0, y - y1)
            distance = across * across + 16 * down * down
            if distance < best:
                best, found = distance, number
                if distance == 0:
                    break
        return found

    def above_or_below(self, number: int, down: bool) -> int:
        """Give the word over or under a word, or the word itself on the last line."""
        _, _, x0, y0, x1, y1 = self.words[number]
        middle, best, found = (x0 + x1) / 2, float("inf"), number
        for other, (_, _, a0, b0, a1, b1) in enumerate(self.words):
            lies = b0 >= (y0 + y1) / 2 if down else b1 <= (y0 + y1) / 2
            if not lies:
                continue
            distance = abs((b0 + b1 - y0 - y1) / 2) * 8 + max(a0 - middle, 0.0, middle - a1)
            if distance < best:
                best, found = distance, other
        return found

    def range_of(self, first: int, last: int) -> tuple[int, int]:
        """Give the range of text from one word through another, whichever comes first."""
        low, high = min(first, last), max(first, last)
        return self.words[low][0], self.words[high][1]

    def boxes_of(self, start: int, end: int) -> tuple[tuple[Box, ...], bool]:
        """Give the boxes of a stretch of text, one a line, and whether they are exact.

        They are exact where the stretch begins and ends with whole words. Within a word the place
        is guessed from the number of letters, to show something until the exact answer comes.
        """
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.words[first][1] <= start:
            first += 1
        last = bisect_left(self._starts, end)
        pieces: list[Box] = []
        exact = first < last
        for begins, ends, x0, y0, x1, y1 in self.words[first:last]:
            left, right = max(start, begins), min(end, ends)
            exact = exact and (left, right) == (begins, ends)
            letters = max(ends - begins, 1)
            wide = x1 - x0
            pieces.append(
                (
                    x0 + wide * (left - begins) / letters,
                    y0,
                    x0 + wide * (right - begins) / letters,
                    y1,
                )
            )
        return joined(pieces), exact


def joined(pieces: Iterable[Box]) -> tuple[Box, ...]:
    """Join boxes that follow one another on one line, which may run in any direction."""
    lines: list[Box] = []
    for piece in pieces:
        if lines and (_beside(lines[-1], piece) or _beneath(lines[-1], piece)):
            x0, y0, x1, y1 = lines[-1]
            lines[-1] = min(x0, piece[0]), min(y0, piece[1]), max(x1, piece[2]), max(y1, piece[3])
        else:
            lines.append(piece)
    return tuple(lines)


def _beside(one: Box, other: Box) -> bool:
    """Say whether two boxes stand next to one another on a line across the page."""
    low = min(one[3] - one[1], other[3] - other[1])
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return overlap > low / 2 and -low < gap < 2.5 * low


def _beneath(one: Box, other: Box) -> bool:
    """Say whether two boxes stand one after another on a line up or down the page.

    Words of two lines across the page may lie so as well, but they are seldom as narrow as they
    are high and as wide as one another.
    """
    wide = min(one[2] - one[0], other[2] - other[0])
    upright = all(box[3] - box[1] > box[2] - box[0] for box in (one, other))
    aligned = abs(one[0] - other[0]) < wide / 4 and abs(one[2] - other[2]) < wide / 4
    gap = max(one[1], other[1]) - min(one[3], other[3])
    return upright and aligned and -wide < gap < wide
