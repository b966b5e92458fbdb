"""Overlapping finds made into a set that does not overlap, without losing a character.

Finds are painted onto the characters in a fixed order: the surest kinds first, then longer before
shorter. What a find does not get because another has it stays covered by that other; what is left
of it becomes findings of their own. Two finds of one label that overlap become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redactor.detect.recognise.name_words import SMALL_WORDS
from redactor.detect.rules import KEPT, LEARNT, Hit
from redactor.labels import LABELS
from redactor.lists import ALWAYS_RECOGNISER

#: Labels that hold their whole stretch against others, then those that name things, then phrases.
_FIRST = ("EMAIL", "ROLE", "DOB")
_SHAPED = ("POSTCODE", "PHONE", "HANDLE", "VEHICLE")
_PHRASES = ("OFFENCE", "OUTCOME")
#: Labels of what is said of somebody, for which a phrase is enough.
_SAID = frozenset(label.name for label in LABELS if label.special or label.group == "offence") | {
    "ROLE"
}
_ORDER = {label.name: number for number, label in enumerate(LABELS)}
#: Titles, and what begins the name of a church or a street; nothing is told by them alone.
_BARE_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "st"})
_WORD = re.compile(r"[^\W_]+")
#: An apostrophe, of which a possessive ending may have been parted.
_APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}")
#: Below this a find gives way to surer ones whatever its length.
_WEAK = 0.45


@dataclass(frozen=True, slots=True)
class Found:
    """A find in one segment: code points of its text, and what found it."""

    label: str
    start: int
    end: int
    score: float
    recogniser: str
    why: str

    @classmethod
    def of(cls, hit: Hit, recogniser: str) -> Found:
        """Make one of a recogniser's hit."""
        return cls(hit.label, hit.start, hit.end, hit.score, recogniser, hit.why)


@dataclass(slots=True)
class Claimed:
    """Which characters of a segment are taken; kept between the passes over a document."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def free(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the stretches of a range that nobody has."""
        free: list[tuple[int, int]] = []
        at = start
        for low, high in self.spans:
            if high <= at or low >= end:
                continue
            if low > at:
                free.append((at, low))
            at = max(at, high)
        if at < end:
            free.append((at, end))
        return free

    def take(self, start: int, end: int) -> None:
        """Take a range that is free."""
        self.spans.append((start, end))
        self.spans.sort()


def rank(found: Found) -> tuple[int, int, int, float, int, str]:
    """Give the order in which finds are painted."""
    if found.recogniser.startswith(ALWAYS_RECOGNISER):  # a person said so
        return -1, found.start - found.end, 0, -found.score, found.start, found.recogniser
    tier = 0 if found.label in _FIRST else 4 if found.label in _PHRASES else 2
    if found.label in _SHAPED:
        tier = 1
    if found.score < _WEAK or found.recogniser.startswith(LEARNT):
        tier += 3
    length = found.end - found.start
    return tier, -length, _preference(found.label), -found.score, found.start, found.recogniser


def _preference(label: str) -> int:
    """Prefer special categories and contact data over plain names at equal length."""
    return _ORDER.get(label, 99) - (40 if label.startswith("SC_") else 0)


def resolve(text: str, finds: Iterable[Found], claimed: Claimed | None = None) -> list[Found]:
    """Give finds that do not overlap and cover every letter and digit that the given ones cover.

    Left out is what was learnt and says nothing by itself: ``the``, a title, a possessive ending.

    Args:
        text: of the segment.
        finds: in any order; the result does not depend on it.
        claimed: what earlier findings hold; extended by what is given back.
    """
    claimed = claimed if claimed is not None else Claimed()
    kept: list[Found] = []
    for found in sorted(merged(without_second_opinions(finds)), key=rank):
        for start, end in claimed.free(found.start, found.end):
            start, end = _stripped(text, start, end)  # noqa: PLW2901 - narrowed
            if start < end and not _says_nothing(found, text, start, end):
                kept.append(_narrowed(found, start, end))
                claimed.take(start, end)
    return sorted(kept, key=lambda one: (one.start, one.end))


def without_second_opinions(finds: Iterable[Found]) -> list[Found]:
    """Leave out what was learnt where a rule found the same, for better reasons.

    A rule's phrase says enough of an offence or an illness, and a reference that a rule proposes to
    be kept stays so. Of names, numbers and addresses both are kept, and joined.
    """
    found = list(finds)
    ruled = [one for one in found if not one.recogniser.startswith(LEARNT)]
    return ruled + [
        one
        for one in found
        if one.recogniser.startswith(LEARNT)
        and not any(_says_the_same(rule, one) for rule in ruled)
    ]


def _says_the_same(rule: Found, learnt: Found) -> bool:
    if rule.label != learnt.label or rule.start >= learnt.end or learnt.start >= rule.end:
        return False
    return rule.recogniser.startswith(KEPT) or rule.label in _SAID


def _says_nothing(found: Found, text: str, start: int, end: int) -> bool:
    """Say whether only small words are in what was learnt, or in what others left of it."""
    if not found.recogniser.startswith(LEARNT):
        return False
    words = _WORD.findall(text[start:end])
    if words in (["s"], ["S"]):
        return text[:end].rstrip("sS").endswith(_APOSTROPHES)
    if len(words) == 1 and len(words[0]) == 1 and words[0].isupper():
        return False  # ``Ms A``
    small = SMALL_WORDS if len(words) > 1 else SMALL_WORDS | _BARE_TITLES
    return all(word.lower() in small for word in words)


def merged(finds: Iterable[Found]) -> list[Found]:
    """Join finds of one label that overlap."""
    joined: list[Found] = []
    for found in sorted(
        finds, key=lambda one: (one.label, one.start, -one.end, -one.score, one.recogniser)
    ):
        last = joined[-1] if joined else None
        if last is not None and last.label == found.label and found.start < last.end:
            best = _surer(last, found)
            end = max(last.end, found.end)
            joined[-1] = Found(last.label, last.start, end, best.score, best.recogniser, best.why)
        else:
            joined.append(found)
    return joined


def _surer(one: Found, other: Found) -> Found:
    """Give the surer of two; what is proposed to be kept never lends that to more than itself."""
    if (one.start, one.end) != (other.start, other.end):
        if one.recogniser.startswith(KEPT):
            return other
        if other.recogniser.startswith(KEPT):
            return one
    learnt = [it.recogniser.startswith(LEARNT) for it in (one, other)]
    if learnt[0] != learnt[1]:  # a rule can say what it went by
        return other if learnt[0] else one
    return one if one.score >= other.score else other


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space and marks at the ends; nothing remains where there is no word."""
    while start < end and not (text[start].isalnum() or text[start] in "@+£(?\"'/"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)?*\"'"):
        end -= 1
    return (start, end) if any(one.isalnum() for one in text[start:end]) else (start, start)


def _narrowed(found: Found, start: int, end: int) -> Found:
    return Found(found.label, start, end, found.score, found.recogniser, found.why)


def covered(finds: Sequence[Found]) -> set[int]:
    """Give every offset that some find covers."""
    return {at for one in finds for at in range(one.start, one.end)}
