"""The values of chosen cells, wherever else in the case they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from redactor.app.case import Case
from redactor.case.marks import NewMark
from redactor.events import Mark
from redactor.matching import ManyTerms, fold, fold_text
from redactor.model import Progress, Report, Segment, SegmentKey, Span
from redactor.release.plan import WithheldText, withheld_text

_REPORT_EVERY = 20_000


class KnownMarks:
    """The marks of the case by place. What was marked by hand and undone is shown no more."""

    def __init__(self, case: Case) -> None:
        decided = case.standing().decisions
        self._marks = case.marks()
        self._gone = {one.id for one in self._marks if one.by_hand and one.id not in decided}
        self._at: dict[tuple[int, SegmentKey], list[Mark]] = {}
        for mark in self._marks:
            if isinstance(mark.target, Span):
                self._at.setdefault((mark.document, mark.target.key), []).append(mark)

    def shown_at(self, number: int, key: SegmentKey) -> list[int]:
        """Give the marks of a segment that are shown."""
        return [one.id for one in self._at.get((number, key), ()) if one.id not in self._gone]

    def whole_at(self, number: int, key: SegmentKey, length: int, *, label: str = "") -> list[int]:
        """Give the marks that cover a segment whole, undone ones too; those of one label only."""
        return [
            one.id
            for one in self._at.get((number, key), ())
            if isinstance(one.target, Span)
            and one.target.start <= 0
            and one.target.end >= length
            and label in {"", one.label}
        ]

    def spans(self, number: int, key: SegmentKey) -> list[tuple[int, int]]:
        """Give the stretches of a segment that are marked."""
        return [
            (one.target.start, one.target.end)
            for one in self._at.get((number, key), ())
            if isinstance(one.target, Span) and one.id not in self._gone
        ]

    def saying(self, strict: Sequence[WithheldText], but: Collection[int]) -> Iterator[int]:
        """Give the marks whose text is one of some values, apart from some."""
        wanted = {one.term.folded for one in strict}
        known: dict[str, bool] = {}
        for mark in self._marks:
            if mark.text not in known:
                known[mark.text] = fold_text(mark.text) in wanted
            if known[mark.text] and mark.id not in but and mark.id not in self._gone:
                yield mark.id


def strict_values(values: Iterable[tuple[str, str]]) -> tuple[list[WithheldText], int]:
    """Sort different values: those that say the same wherever they stand, by the release's rule.

    Args:
        values: each with the label of its column.

    Returns:
        Those, and how many others there are, which are too short or too common.
    """
    strict: dict[str, WithheldText] = {}
    others: set[str] = set()
    for text, label in dict.fromkeys(values):
        one = withheld_text(text, label, len(strict) + 1)
        if one is None or not one.strict:
            others.add(fold_text(text))
        else:
            strict.setdefault(one.term.folded, one)
    return list(strict.values()), len(others - strict.keys())


def spread(
    case: Case,
    strict: Sequence[WithheldText],
    known: KnownMarks,
    taken: Collection[tuple[int, SegmentKey]],
    report: Report,
) -> list[tuple[int, NewMark]]:
    """Find the places of some values in the whole case that no mark covers.

    Args:
        taken: segments that are withheld whole already, by the number of their document.
    """
    if not strict:
        return []
    finder = _Finder(strict)
    found: list[tuple[int, NewMark]] = []
    documents = case.documents()
    for done, document in enumerate(documents):
        number = document.number
        for at, segment in enumerate(case.segments(number)):
            if at % _REPORT_EVERY == 0:
                report(Progress(done, len(documents), "Looking for the values elsewhere"))
            places = finder.places(segment.text)
            if places and (number, segment.key) not in taken:
                marked = known.spans(number, segment.key)
                found.extend(
                    (number, _place(segment, start, end))
                    for start, end in places
                    if not any(low <= start and end <= high for low, high in marked)
                )
    return found


def _place(segment: Segment, start: int, end: int) -> NewMark:
    name, column = segment.key
    return NewMark(
        Span(name, start, end, column),
        segment.text[start:end],
        "MANUAL",
        1.0,
        "same text",
        "the same text as a cell that was decided on",
        hidden=str(segment.hidden) if segment.hidden else None,
        by_hand=True,
    )


class _Finder:
    """Finds strict values in texts; cells repeat themselves, so each text is searched once."""

    def __init__(self, strict: Sequence[WithheldText]) -> None:
        self._terms = ManyTerms(one.term for one in strict)
        self._by_case = {one.term.folded: one.by_case for one in strict}
        self._known: dict[str, tuple[tuple[int, int], ...]] = {}

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Give the stretches of a text that say a value, the longest where several overlap."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._find(text)
        return known

    def _find(self, text: str) -> tuple[tuple[int, int], ...]:
        found = sorted(
            (
                (start, end)
                for term, start, end in self._terms.find(fold(text))
                if not (self._by_case[term.folded] and text[start:end].islower())
            ),
            key=lambda one: (one[0], -one[1]),
        )
        longest: list[tuple[int, int]] = []
        for start, end in found:
            if not longest or end > longest[-1][1]:
                longest.append((start, end))
        return tuple(longest)
