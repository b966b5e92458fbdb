"""Numbers that stand beside a redacted name, and so say whose they are wherever else they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.events import Mark
from redactor.model import CellPlace, FieldPlace, Segment, SegmentKey
from redactor.second_look.cover import Cover, Stand, spans_of
from redactor.second_look.model import LeadKind, LookedAt
from redactor.second_look.patterns import Patterns, Way, letters_of, linked_label
from redactor.second_look.stretches import Stretches

#: Beside so many different people a number says nothing of any of them.
_MOST_PEOPLE = 3
_LEAST_DIGITS = 6
_NUMBER = re.compile(
    r"(?<![\w£$€.,/-])(?=[\w +()/-]*\d)[A-Z0-9+(][A-Z0-9()/ +-]{4,20}[A-Z0-9)](?!\w)"
)
_PLATE = re.compile(r"[A-Z]{2}\d{2} ?[A-Z]{3}")
_DATE = re.compile(r"\d{1,4}[/. -]\d{1,2}[/. -]\d{1,4}")
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-Z])|\n\s*\n")

_LINKED = Way(
    LeadKind.LINKED, "it stands beside a redacted name, and so says whose it is", is_sure=False
)


@dataclass(slots=True)
class Beside:
    """The stretches of text that redacted names stand in: rows of a table, and sentences."""

    _known: dict[tuple[int, SegmentKey], Stretches[None]] = field(
        default_factory=lambda: defaultdict(Stretches), repr=False
    )

    def add(self, document: int, key: SegmentKey, start: int, end: int) -> None:
        """Note one."""
        self._known[document, key].add(start, end, None)

    def holds(self, document: int, key: SegmentKey, start: int, end: int) -> bool:
        """Say whether a place lies in one."""
        known = self._known.get((document, key))
        return known is not None and any(
            s <= start and end <= e for s, e, _ in known.over(start, end)
        )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text beside a redacted name."""

    near: str = field(repr=False)
    mark: int
    key: SegmentKey
    text: str = field(repr=False)
    start: int


def add_linked(
    patterns: Patterns,
    documents: Iterable[LookedAt],
    marks: Mapping[int, Sequence[Mark]],
    covers: Mapping[int, Cover],
) -> Beside:
    """Have the numbers looked for that stand in the row or the sentence of a redacted name.

    Returns:
        Where these names stand; what was kept there was kept by somebody who saw the name.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    beside = Beside()
    for document in documents:
        number = document.number
        cover, numbers = covers[number], _numbers_by_key(marks.get(number, ()))
        for one in _stretches(document, marks.get(number, ()), cover):
            beside.add(number, one.key, one.start, one.start + len(one.text))
            for value in _values(one, numbers.get(one.key), cover):
                found[value].setdefault(one.near, one.mark)
    for value, people in found.items():
        if len(people) <= _MOST_PEOPLE and value not in patterns.by_text:
            for near, mark in people.items():
                patterns.add(value, _LINKED, near, mark)
    return beside


def _numbers_by_key(marks: Iterable[Mark]) -> Mapping[SegmentKey, Stretches[str]]:
    found: dict[SegmentKey, Stretches[str]] = defaultdict(Stretches)
    for mark, span in spans_of(marks):
        if linked_label(mark.label):
            found[span.key].add(span.start, span.end, mark.text)
    return found


def _stretches(document: LookedAt, marks: Iterable[Mark], cover: Cover) -> Iterator[_Stretch]:
    """Give every text beside each redacted name."""
    names = [
        (mark, span)
        for mark, span in spans_of(marks)
        if mark.label == "PERSON" and cover.stand(span.key, span.start, span.end) is Stand.REDACTED
    ]
    if not names:
        return
    by_key = {one.key: one for one in document.segments}
    rows: dict[object, list[Segment]] = defaultdict(list)
    for segment in document.segments:
        if (row := _row_of(segment)) is not None:
            rows[row].append(segment)
    for mark, span in names:
        own = by_key.get(span.key)
        if own is None:
            continue
        near, row = letters_of(mark.text), _row_of(own)
        for other in rows[row] if row is not None else ():
            yield _Stretch(near, mark.id, other.key, other.text, 0)
        if row is None:
            start, end = _sentence(own.text, span.start, span.end)
            yield _Stretch(near, mark.id, own.key, own.text[start:end], start)


def _row_of(segment: Segment) -> object:
    match segment.place:
        case CellPlace(sheet, row, _):
            return sheet, row
        case FieldPlace(row, _):
            return row
        case _:
            return None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    begins = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - 400), start)]
    after = _SENTENCE_END.search(text, end, end + 400)
    return max(begins, default=max(0, start - 400)), after.start() if after else end + 400


def _values(one: _Stretch, marks: Stretches[str] | None, cover: Cover) -> Iterator[str]:
    """Give the numbers of a text that are not redacted in it."""
    if not any(map(str.isdigit, one.text)):
        return
    for match in _NUMBER.finditer(one.text):
        start, end = one.start + match.start(), one.start + match.end()
        if _says_who(match.group()) and cover.stand(one.key, start, end) is not Stand.REDACTED:
            yield letters_of(match.group())
    if marks is None:
        return
    for start, end, number in marks.over(one.start, one.start + len(one.text)):
        if start >= one.start and cover.stand(one.key, start, end) is not Stand.REDACTED:
            yield letters_of(number)


def _says_who(number: str) -> bool:
    if _DATE.fullmatch(number.strip()):
        return False
    return sum(map(str.isdigit, number)) >= _LEAST_DIGITS or bool(_PLATE.fullmatch(number))
