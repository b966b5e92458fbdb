"""Prove on the page that text stands where it was planned, and all other text where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.setting.line import SetLine, along
from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Word

#: How far text off the line may seem to have moved, and text on it from where it was planned.
_STILL, _PLANNED = 0.05, 0.2


def is_as_planned(page: Any, before: PageText, lines: Sequence[SetLine], plan: Plan) -> bool:
    """Say whether nothing was lost or doubled, and nothing moved that should not have.

    Args:
        page: the page as rewritten.
        before: its text before that, when everything ordered was removed.
        lines: the lines whose text moves.
        plan: where it moves to.
    """
    after = PageText(page)
    if Counter("".join(after.raw.split())) != Counter("".join(before.raw.split())):
        return False
    bands = [_Band(line, plan) for line in lines]
    still = Counter((word[4], *_rounded(word)) for word in before.words)
    for word in after.words:
        key = (word[4], *_rounded(word))
        if still[key] > 0:
            still[key] -= 1
            continue
        if not any(band.has(word[:4]) for band in bands) and not _stood(word, before.words):
            return False
    return True


def _rounded(word: Word) -> tuple[int, int]:
    return round(word[0] * 20), round(word[3] * 20)


def _stood(word: Word, before: Sequence[Word]) -> bool:
    """Say whether a word, or one it is part of, stood where it stands now."""
    return any(
        word[4] in other[4]
        and other[0] - _STILL <= word[0]
        and word[2] <= other[2] + _STILL
        and abs(word[3] - other[3]) <= _STILL
        for other in before
    )


class _Band:
    """A line whose text moves, and where each of its glyphs should start."""

    def __init__(self, line: SetLine, plan: Plan) -> None:
        self._direction = line.direction
        self._baselines = {show.across for show in line.shows}
        self._starts: list[float] = []
        for show in line.shows:
            planned = plan.starts.get(id(show))
            self._starts.extend(show.glyph_starts(planned, natural=id(show) in plan.natural))

    def has(self, box: Box) -> bool:
        """Say whether a word begins where a glyph of this line should."""
        word = along(box, self._direction)
        upper = word[1] + (word[3] - word[1]) * 0.45
        if not any(upper <= baseline <= word[3] for baseline in self._baselines):
            return False
        return any(abs(start - word[0]) <= _PLANNED for start in self._starts)
