"""Prove on the page that text stands where it was planned, and all other text where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.setting.line import Direction, SetLine, along, holds
from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Word

#: How far text that should not move may seem to have moved (points), and one part of it.
_STILL, _PARTS = 0.05, 20


def is_as_planned(page: Any, before: PageText, lines: Sequence[SetLine], plan: Plan) -> bool:
    """Say whether nothing was lost or doubled, and nothing moved that should not have.

    Args:
        page: the page as rewritten.
        before: its text before that, when everything ordered was removed.
        lines: the lines whose text moves.
        plan: where it moves to.
    """
    after = PageText(page)
    if _letters(after) != _letters(before):
        return False
    same = {word[:5] for word in before.words}
    others = [word for word in after.words if word[:5] not in same]
    planned = [_Planned(direction, lines, plan) for direction in {one.direction for one in lines}]
    return all(
        any(one.has(word[:4]) for one in planned) or _stood(word, before.words) for word in others
    )


def _letters(text: PageText) -> Counter[str]:
    return Counter("".join([word[4] for word in text.words]))


def _stood(word: Word, before: Sequence[Word]) -> bool:
    """Say whether a word, or one it is part of, stood where it stands now."""
    return any(
        word[4] in other[4]
        and other[0] - _STILL <= word[0]
        and word[2] <= other[2] + _STILL
        and abs(word[3] - other[3]) <= _STILL
        for other in before
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
        word = along(box, self._direction)
        lower = round(word[3] * _PARTS)
        for starts in map(self._starts.get, (lower, lower - 1, lower + 1)):
            if starts and holds(starts, word[0]):
                return True
        return False


def _glyph_starts(line: SetLine, plan: Plan) -> list[float]:
    found: list[float] = []
    for show in line.shows:
        natural = id(show) in plan.natural
        found.extend(show.glyph_starts(plan.starts.get(id(show)), natural=natural))
    return found
