"""What detection is measured by: recall and precision of marks, whole documents, and intervals.

Pure functions over offsets. A mark is what a person annotated, a flag what a detector found.

* *overlapping*: a flag shares a character with the mark; *exact*: it has the same ends.
* *any*: under whatever label; *typed*: under the mark's own.
* *masked*: every letter and digit of the mark lies in some flag, so that nothing of it is left.
* Precision is the same from the other side: the share of flags that overlap, or equal, a mark; and
  by words, the share of flagged words that lie in a mark.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

#: Labels that are found in documents without personal data, too.
IMPERSONAL = frozenset({"DATE", "TIME", "ORG", "PLACE", "PUBLIC_PERSON"})

_WORD = re.compile(r"[^\s,|]+")
_SEED, _ROUNDS = 2024, 1000


class Piece(NamedTuple):
    """A stretch of text under a label: a mark or a flag."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Labels that are scored as one.

    Attributes:
        name: as printed.
        labels: which; empty means all.
        recall: what is wanted of it, overlapping under any label; None where nothing is.
    """

    name: str
    labels: frozenset[str] = frozenset()
    recall: float | None = None

    def holds(self, label: str) -> bool:
        """Say whether a label belongs to it."""
        return not self.labels or label in self.labels


_IDENTIFIERS = frozenset({"ID", "PHONE", "EMAIL", "VEHICLE", "POSTCODE", "ADDRESS", "HANDLE"})
_SPECIAL = "HEALTH RACE RELIGION POLITICS UNION SEXLIFE ORIENTATION BIOMETRIC GENETIC"

GROUPS: tuple[Group, ...] = (
    Group("all"),
    Group("PERSON", frozenset({"PERSON"}), 0.97),
    Group("identifiers, contact", _IDENTIFIERS, 0.97),
    Group("dates, ages, times", frozenset({"DATE", "DOB", "AGE", "TIME"}), 0.97),
    Group("PLACE", frozenset({"PLACE"}), 0.85),
    Group("ORG", frozenset({"ORG"}), 0.85),
    Group("OFFENCE", frozenset({"OFFENCE"}), 0.85),
    Group("OUTCOME", frozenset({"OUTCOME"}), 0.85),
    *(Group(f"SC_{one}", frozenset({f"SC_{one}"}), 0.85) for one in _SPECIAL.split()),
)
#: What a single miss of would name somebody.
NAMING = Group("names, identifiers, contact", _IDENTIFIERS | {"PERSON"})


@dataclass(frozen=True, slots=True)
class Scores:
    """What was counted in one document.

    Attributes:
        words: in the document, between white space, commas and bars.
        marks: by the mark's label and kind: ``all``, ``any``, ``typed``, ``exact``,
            ``exact_typed``, ``masked``.
        flags: by the flag's label and kind: ``all``, ``any``, ``typed``, ``exact``,
            ``exact_typed``, ``words``, ``right_words``.
    """

    words: int
    marks: Counter[tuple[str, str]] = field(default_factory=Counter)
    flags: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def is_impersonal(self) -> bool:
        """Say whether nothing that is marked in it is personal."""
        return all(label in IMPERSONAL for label, _ in self.marks)

    def counted(self, side: str, kind: str, group: Group) -> int:
        """Add up one kind over the labels of a group; the side is ``marks`` or ``flags``."""
        counts = self.marks if side == "marks" else self.flags
        return sum(n for (label, of), n in counts.items() if of == kind and group.holds(label))

    def is_clean(self, group: Group) -> bool:
        """Say whether no mark of the group was missed altogether."""
        return self.counted("marks", "any", group) == self.counted("marks", "all", group)


def score(text: str, marks: Sequence[Piece], flags: Iterable[Piece]) -> Scores:
    """Hold the flags of one document against its marks."""
    flags = outermost(flags)
    scores = Scores(len(_WORD.findall(text)))
    covered = _covered(len(text), flags)
    for mark in marks:
        _count(scores.marks, mark, flags)
        if all(covered[at] for at in range(mark.start, mark.end) if text[at].isalnum()):
            scores.marks[mark.label, "masked"] += 1
    right = _covered(len(text), marks)
    for flag in flags:
        _count(scores.flags, flag, marks)
        words = list(words_in(text, flag.start, flag.end))
        scores.flags[flag.label, "words"] += len(words)
        scores.flags[flag.label, "right_words"] += sum(right[at] for at in words)
    return scores


def overlapping(one: Piece, others: Iterable[Piece]) -> list[Piece]:
    """Give those of the others that share a character with it."""
    return [other for other in others if other.start < one.end and other.end > one.start]


def outermost(flags: Iterable[Piece]) -> list[Piece]:
    """Leave out flags that lie wholly in another one, so that nothing counts twice."""
    kept: list[Piece] = []
    for one in sorted(set(flags), key=lambda piece: (piece.start, -piece.end, piece.label)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


def words_in(text: str, start: int, end: int) -> Iterator[int]:
    """Give where each word of a range starts."""
    inside = False
    for at in range(start, end):
        word = text[at].isalnum()
        if word and not inside:
            yield at
        inside = word


def _count(counts: Counter[tuple[str, str]], one: Piece, others: Sequence[Piece]) -> None:
    over = overlapping(one, others)
    same = [other for other in over if other[:2] == one[:2]]
    counts[one.label, "all"] += 1
    counts[one.label, "any"] += bool(over)
    counts[one.label, "typed"] += any(other.label == one.label for other in over)
    counts[one.label, "exact"] += bool(same)
    counts[one.label, "exact_typed"] += any(other.label == one.label for other in same)


def _covered(length: int, pieces: Iterable[Piece]) -> bytearray:
    covered = bytearray(length)
    for one in pieces:
        covered[one.start : one.end] = b"\x01" * (one.end - one.start)
    return covered


# --- over a whole set ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share, with its 95 % interval by documents drawn again and again.

    Attributes:
        hits, total: what was counted.
        low, high: None where it was not worked out, or nothing was counted.
    """

    hits: int
    total: int
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The share, or None of nothing."""
        return self.hits / self.total if self.total else None


def ratio(pairs: Sequence[tuple[int, int]], *, with_interval: bool = False) -> Ratio:
    """Give the share over documents of which each gave hits and a total."""
    hits, total = sum(one[0] for one in pairs), sum(one[1] for one in pairs)
    if not with_interval or not total:
        return Ratio(hits, total)
    return Ratio(hits, total, *interval(pairs))


def interval(
    pairs: Sequence[tuple[int, int]], *, seed: int = _SEED, rounds: int = _ROUNDS
) -> tuple[float, float]:
    """Give the 95 % interval of a share: documents drawn with replacement, the same every run."""
    chance = random.Random(seed)
    shares = []
    for _ in range(rounds):
        drawn = chance.choices(pairs, k=len(pairs))
        total = sum(one[1] for one in drawn)
        if total:
            shares.append(sum(one[0] for one in drawn) / total)
    shares.sort()
    return shares[int(len(shares) * 0.025)], shares[min(len(shares) - 1, int(len(shares) * 0.975))]


def of_marks(scores: Sequence[Scores], kind: str, group: Group, **how: bool) -> Ratio:
    """Give the recall of a group, of one kind."""
    pairs = [
        (one.counted("marks", kind, group), one.counted("marks", "all", group)) for one in scores
    ]
    return ratio(pairs, **how)


def of_flags(scores: Sequence[Scores], kind: str, group: Group, **how: bool) -> Ratio:
    """Give the precision of a group, of one kind; ``right_words`` is by words."""
    whole = "words" if kind == "right_words" else "all"
    pairs = [
        (one.counted("flags", kind, group), one.counted("flags", whole, group)) for one in scores
    ]
    return ratio(pairs, **how)


def clean_documents(scores: Sequence[Scores], group: Group) -> Ratio:
    """Give the share of documents with marks of a group in which none was missed altogether."""
    pairs = [(int(one.is_clean(group)), 1) for one in scores if one.counted("marks", "all", group)]
    return ratio(pairs, with_interval=True)


def flags_per_thousand_words(scores: Sequence[Scores]) -> tuple[float, float] | None:
    """Give flags, and flags that lie in no mark, per 1,000 words of impersonal documents.

    Returns:
        None where there is no such document.
    """
    impersonal = [one for one in scores if one.is_impersonal]
    words = sum(one.words for one in impersonal)
    if not words:
        return None
    every = Group("all")
    flags = sum(one.counted("flags", "all", every) for one in impersonal)
    right = sum(one.counted("flags", "any", every) for one in impersonal)
    return flags * 1000 / words, (flags - right) * 1000 / words
