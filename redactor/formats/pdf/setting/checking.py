"""Prove on the page that text stands where it was planned, and all other text where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from redactor.formats.pdf.setting.line import Direction, SetLine, along, holds
from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Word

#: How far text that should not move may seem to have moved (points), and one part of it.
_STILL, _PARTS = 0.05, 20


def is_as_planned(
    words: Sequence[Word], earlier: Sequence[Word], lines: Sequence[SetLine], plan: Plan
) -> bool:
    """Say whether nothing was lost or doubled, and nothing moved that should not have.

    Args:
        words: of the page as rewritten.
        earlier: its words before that, when everything ordered was removed.
        lines: the lines whose text moves.
        plan: where it moves to.
    """
    texts, earlier_texts = [word[4] for word in words], [word[4] for word in earlier]
    if texts == earlier_texts:  # the usual: the same words in the same order
        moved: Sequence[Word] = [
            one for one, other in zip(words, earlier, strict=True) if not _stands_still(one, other)
        ]
    elif Counter("".join(texts)) == Counter("".join(earlier_texts)):
        moved = words
    else:
        return False
    planned = [_Planned(direction, lines, plan) for direction in {one.direction for one in lines}]
    others = [word for word in moved if not any(one.has(word[:4]) for one in planned)]
    stood = _Stood(earlier if others else ())
    return all(stood.has(word) for word in others)


def _stands_still(word: Word, other: Word) -> bool:
    """Say whether a word stands where it stood, as ``_Stood`` counts it."""
    return (
        abs(word[3] - other[3]) <= _STILL
        and other[0] - _STILL <= word[0]
        and word[2] <= other[2] + _STILL
    )


class _Stood:
    """The words that stood on the page before, by their lower side."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words: dict[int, list[Word]] = {}
        for word in words:
            self._words.setdefault(round(word[3] * _PARTS), []).append(word)

    def has(self, word: Word) -> bool:
        """Say whether a word, or one it is part of, stood where it stands now."""
        lower = round(word[3] * _PARTS)
        return any(
            word[4] in other[4]
            and other[0] - _STILL <= word[0]
            and word[2] <= other[2] + _STILL
            and abs(word[3] - other[3]) <= _STILL
            for near in (lower - 1, lower, lower + 1)
            for other in self._words.get(near, ())
        )


class _Planned:
    """Where the glyphs of all lines of one direction should start, by the lower side of words."""

    def __init__(self, direction: Direction, lines: Sequence[SetLine], plan: Plan) -> None:
        self._direction = direction
        self._starts: dict[int, list[float]] = {}
        for line in lines:
            if line.direction == direction:
                starts = _glyph_starts(line, plan)
                for lower in {round(word[3] * _PARTS) for word in line.words}:
                    self._starts.setdefault(lower, []).extend(starts)
        for starts in self._starts.values():
            starts.sort()

    def has(self, box: Box) -> bool:
        """Say whether a word begins where a glyph should, on its own line."""
        start, _, _, lower_side = along(box, self._direction)
        lower = round(lower_side * _PARTS)
        for near in (lower, lower - 1, lower + 1):
            starts = self._starts.get(near)
            if starts is not None and holds(starts, start):
                return True
        return False


def _glyph_starts(line: SetLine, plan: Plan) -> list[float]:
    found: list[float] = []
    for show in line.shows:
        natural = id(show) in plan.natural
        found.extend(show.glyph_starts(plan.starts.get(id(show)), natural=natural))
    return found
