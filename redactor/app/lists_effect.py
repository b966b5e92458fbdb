"""What lists do to the findings of a case that there are already.

A place of the always list that no mark covers is marked; an undecided finding is proposed otherwise
where the lists now say so. What a person decided is counted and left as it is. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from redactor.app.case import Case
from redactor.case.marks import NewMark
from redactor.events import Mark
from redactor.lists import (
    ALWAYS_RECOGNISER,
    ALWAYS_SCORE,
    ON_NEVER,
    Entry,
    Finder,
    Lists,
    Match,
    Which,
    said_of,
    shape_of,
    shapes,
)
from redactor.model import Decision, Proposal, Segment, SegmentKey, Span

_ALWAYS_FINDS = f"{ALWAYS_RECOGNISER}@1"
_NAMES = ("PERSON", "PUBLIC_PERSON")


class Effect:
    """What lists do to the findings there are.

    Attributes:
        new: places of the always list that no mark covers yet.
        keep, redact: undecided marks for which that is proposed from now on.
        decided: places of the always list that stand decided.
    """

    def __init__(self, case: Case, lists: Lists, *, idle: bool = False) -> None:
        self.new: list[tuple[int, NewMark]] = []
        self.keep: list[int] = []
        self.redact: list[int] = []
        self.decided = 0
        self._decisions: Mapping[int, Decision] = case.standing().decisions
        self._always, self._never = Finder(lists.always), Finder(lists.never)
        self._shapes = shapes(lists.never)
        self._parts = _name_words(lists.never)
        if idle:
            return
        marks: dict[tuple[int, SegmentKey], list[Mark]] = {}
        for mark in case.marks():
            if isinstance(mark.target, Span):
                marks.setdefault((mark.document, mark.target.key), []).append(mark)
        for document in case.documents():
            for segment in case.segments(document.number):
                here = marks.get((document.number, segment.key), ())
                self._look(document.number, segment, here)

    def _look(self, number: int, segment: Segment, marks: Sequence[Mark]) -> None:
        always = list(self._always.find(segment.text))
        for start, end, entry in always:
            covering = [mark for mark in marks if _covers(mark, start, end)]
            if not covering:
                self.new.append((number, _mark_of(segment, start, end, entry)))
            self.decided += any(mark.id in self._decisions for mark in covering)
        if marks:
            self._propose(segment, marks, always)

    def _propose(
        self, segment: Segment, marks: Sequence[Mark], always: Sequence[tuple[int, int, Entry]]
    ) -> None:
        never = list(self._never.find(segment.text))
        for mark in marks:
            if mark.id in self._decisions or mark.by_hand or not isinstance(mark.target, Span):
                continue
            start, end = mark.target.start, mark.target.end
            if any(start < high and low < end for low, high, _ in always):
                if mark.proposal is Proposal.KEEP:
                    self.redact.append(mark.id)
            elif self._is_never(mark, never):
                if mark.proposal is Proposal.REDACT:
                    self.keep.append(mark.id)
            elif ON_NEVER in mark.why and mark.proposal is Proposal.KEEP:
                self.redact.append(mark.id)

    def _is_never(self, mark: Mark, never: Iterable[tuple[int, int, Entry]]) -> bool:
        target = mark.target
        if not isinstance(target, Span):
            return False
        if any(low <= target.start and target.end <= high for low, high, _ in never):
            return True
        shape = (mark.recogniser.rpartition("@")[0], mark.label, shape_of(mark.text))
        if shape in self._shapes:
            return True
        is_part = mark.label in _NAMES and ON_NEVER in mark.why
        return is_part and set(mark.text.casefold().split()) <= self._parts


def _name_words(never: Iterable[Entry]) -> frozenset[str]:
    return frozenset(
        word
        for one in never
        if one.match is not Match.SHAPE
        for word in one.text.casefold().split()
    )


def _covers(mark: Mark, start: int, end: int) -> bool:
    span = mark.target
    return isinstance(span, Span) and span.start <= start and end <= span.end


def _mark_of(segment: Segment, start: int, end: int, entry: Entry) -> NewMark:
    name, column = segment.key
    return NewMark(
        Span(name, start, end, column),
        segment.text[start:end],
        entry.label,
        ALWAYS_SCORE,
        _ALWAYS_FINDS,
        said_of(Which.ALWAYS, entry),
        hidden=str(segment.hidden) if segment.hidden else None,
    )
