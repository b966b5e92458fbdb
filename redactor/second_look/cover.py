"""What of a document is redacted, kept or still waits for a decision, place by place."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from redactor.events import Mark
from redactor.model import Action, Area, Decision, PagePlace, SegmentKey, Span
from redactor.second_look.patterns import letters_of
from redactor.second_look.stretches import Stretches


class Stand(enum.IntEnum):
    """How a place stands; where several hold, the lowest counts."""

    REDACTED = 0
    WAITING = 1
    KEPT = 2
    OPEN = 3


class Cover:
    """The marks of one document, by the segment they lie in."""

    def __init__(self, marks: Iterable[Mark], decisions: Mapping[int, Decision]) -> None:
        self._spans: dict[SegmentKey, Stretches[Stand]] = defaultdict(Stretches)
        self._boxed: dict[SegmentKey, list[str]] = defaultdict(list)
        #: How many redactions lie in each segment.
        self.redacted: Counter[SegmentKey] = Counter()
        for mark in marks:
            self._add(mark, _stand_of(mark, decisions.get(mark.id)))

    def stand(self, key: SegmentKey, start: int, end: int) -> Stand:
        """Say how a stretch of text stands."""
        spans = self._spans.get(key)
        if spans is None:
            return Stand.OPEN
        return min((stand for _, _, stand in spans.over(start, end)), default=Stand.OPEN)

    def boxed(self, key: SegmentKey, words: str) -> int:
        """Count how often some words stand under boxes that were drawn on a page.

        Which of several equal words on a page a box covers, its text does not say.
        """
        return sum(text.count(words) for text in self._boxed.get(key, ()))

    def _add(self, mark: Mark, stand: Stand) -> None:
        if stand is Stand.OPEN:
            return
        if isinstance(mark.target, Area):
            key: SegmentKey = (PagePlace(mark.target.page).id, None)
            if stand is Stand.REDACTED:
                self._boxed[key].append(letters_of(mark.text))
        else:
            key = mark.target.key
            self._spans[key].add(mark.target.start, mark.target.end, stand)
        self.redacted[key] += stand is Stand.REDACTED


def _stand_of(mark: Mark, decision: Decision | None) -> Stand:
    if decision is not None:
        return Stand.REDACTED if decision.action is Action.REDACT else Stand.KEPT
    return Stand.OPEN if mark.by_hand or mark.hidden is not None else Stand.WAITING


def spans_of(marks: Iterable[Mark]) -> Iterable[tuple[Mark, Span]]:
    """Give the marks that lie in text, with where."""
    return ((mark, mark.target) for mark in marks if isinstance(mark.target, Span))
