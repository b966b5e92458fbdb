"""The numbered questions of a request, and which of them the letter answers by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given
from redactor.law.letters.model import WHOLE, Issue, Kind
from redactor.law.request import Stance

_INTRO = Expression(
    r"\byou (?:have )?(?:asked|requested|sought|wrote|seek|would like)\b|\byour request\b"
    r"|\bfollowing (?:information|questions?|request)\b|\byou seek\b|\brequest for information\b"
)
#: How many passages after such words the first question may stand.
_NEAR = 3
_NUMBER = re.compile(
    r"^\(?(?:Q(?:uestion)?\.?\s*)?(\d{1,2})\s*[.):]\s*(?:\(?([a-h])[.)])?", re.IGNORECASE
)
_LETTER = re.compile(r"^\(?([a-h])[.)]\s")
_ONE = r"\d{1,2}(?:\s?\(?[a-h]\b\)?)?"
_REFERRED = Expression(
    rf"\b(?:Q|Qs|Questions?|Parts?|Points?)\.?\s?"
    rf"(?P<list>{_ONE}(?:\s?(?:,|and|&|to|-|/)\s?(?:and\s)?Q?{_ONE})*)"
)
_ITEM = re.compile(r"(\d{1,2})(?:\s?\(?([a-h])\b\)?)?", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s?(?:to|-)\s?Q?(\d{1,2})", re.IGNORECASE)
_ALL = Expression(
    r"\b(?:all|each|every|both) (?:of )?(?:your|the) questions|\byour questions in turn"
    r"|\b(?:all|whole|entirety) of (?:your|the) (?:request|(?:requested )?information)"
    r"|\byour request (?:as a whole|in full|in its entirety)|\bappropriate limit\b|\bvexatious\b"
)


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """The number of a question, with the letter of a part of it; empty for the whole."""

    number: int
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.number}({self.letter})" if self.letter else str(self.number)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The questions that a letter repeats, and the passages that it repeats them in."""

    asked: tuple[Asked, ...]
    passages: range


def numbered(given: Given) -> Numbered:
    """Find the numbered questions that a letter repeats; none where it repeats none."""
    for number, text in enumerate(given.texts):
        if _INTRO.search(text):
            for first in range(number + 1, min(number + 1 + _NEAR, len(given.texts))):
                if _NUMBER.match(given.texts[first]):
                    return _from(given, first)
    return Numbered((), range(0))


def _from(given: Given, first: int) -> Numbered:
    asked: list[Asked] = []
    end = first
    for text in given.texts[first:]:
        one = _asked(text, asked)
        if one is None or one in asked or one.number < (asked[-1].number if asked else 1):
            break
        asked.append(one)
        end += 1
    return Numbered(tuple(asked), range(first, end))


def _asked(text: str, before: list[Asked]) -> Asked | None:
    if found := _NUMBER.match(text):
        return Asked(int(found[1]), (found[2] or "").lower())
    if (found := _LETTER.match(text)) and before:
        return Asked(before[-1].number, found[1].lower())
    return None


def questions(given: Given) -> Iterator[Issue]:
    """Find questions that the letter does not answer by their numbers, and gaps in the numbers."""
    repeated = numbered(given)
    asked = repeated.asked or _of_case(given)
    if not asked:
        return
    place = given.place(repeated.passages.start) if repeated.asked else WHOLE
    for one in _gaps(asked):
        yield Issue(
            Kind.QUESTION,
            place,
            f"There is no question {one} between the others, and no answer to it. "
            "Say what became of it.",
        )
    if len(asked) == 1 or _is_of_all(given):
        return
    referred = _referred(given, repeated.passages)
    if not referred:
        yield Issue(
            Kind.QUESTION,
            place,
            f"The request has {len(asked)} numbered questions, and the answer names none of them. "
            "Answer each by its number.",
        )
        return
    for one in asked:
        if not _is_answered(one, asked, referred):
            yield Issue(Kind.QUESTION, place, f"Question {one} is not answered by its number.")


def _of_case(given: Given) -> tuple[Asked, ...]:
    count = len(given.facts.questions) if given.facts is not None else 0
    return tuple(Asked(number) for number in range(1, count + 1))


def _is_of_all(given: Given) -> bool:
    of_whole = given.facts is not None and given.facts.stance is not Stance.HELD
    return of_whole or _ALL.search(given.whole) is not None


def _gaps(asked: tuple[Asked, ...]) -> Iterator[Asked]:
    numbers = {one.number for one in asked}
    for number in range(1, max(numbers) + 1):
        if number not in numbers:
            yield Asked(number)
        letters = {one.letter for one in asked if one.number == number and one.letter}
        for code in range(ord("a"), ord(max(letters, default="a"))):
            if letters and chr(code) not in letters:
                yield Asked(number, chr(code))


def _referred(given: Given, skipped: range) -> frozenset[Asked]:
    """Give the questions that the letter names outside the request, by ``Q2b`` or as an item."""
    found: set[Asked] = set()
    item: list[Asked] = []
    for number, text in enumerate(given.texts):
        if number in skipped:
            continue
        for each in _REFERRED.each(text):
            found.update(_of_list(each["list"]))
        one = _asked(text, item)
        if one is not None and number > skipped.start:
            item.append(one)
            found.add(one)
    return frozenset(found)


def _of_list(written: str) -> Iterator[Asked]:
    for one in _ITEM.finditer(written):
        yield Asked(int(one[1]), (one[2] or "").lower())
    for one in _RANGE.finditer(written):
        yield from (Asked(number) for number in range(int(one[1]), int(one[2]) + 1))


def _is_answered(one: Asked, asked: tuple[Asked, ...], referred: frozenset[Asked]) -> bool:
    """Say whether a question is answered: itself, by its parts, or as part of a whole."""
    if one in referred:
        return True
    if not one.letter:
        return any(other.number == one.number for other in referred)
    parts = {other for other in asked if other.number == one.number and other.letter}
    return Asked(one.number) in referred and not parts & referred
