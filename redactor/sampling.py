"""The re-check sample: which of the released text a reviewer reads again, and what that shows.

What would be released is cut into *units* of about a hundred words. Some are drawn by lot, spread
over the files by their size. The lot is the reviewer's signature of what is submitted: whoever
submits cannot know it, an Ed25519 key signs the same in one way only (RFC 8032), so the reviewer
does not choose either, and anybody who has the files can draw it again. From how many units held
something missed follows what share of all units may: with its exact 95 % interval (C. J. Clopper
and E. S. Pearson, Biometrika 26, 1934, 404-413). Pure functions.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

#: About so many words make a unit: what a person reads at one go.
WORDS_OF_A_UNIT = 100
#: What a sample is to show: that fewer than 5 % of units hold something missed, with a confidence
#: of 95 %, where none of those looked at does. 0.95 to the power of 59 is less than 0.05.
SHARE, CONFIDENCE = 0.05, 0.95
#: Shares are given in ten-thousandths, for what is signed holds no fractions.
WHOLE = 10_000
_STEPS = 60
_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text of a released file: which text of it, and from where to where."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a file.

    Attributes:
        words: how many.
    """

    stretches: tuple[Stretch, ...]
    words: int = field(default=0)


def units_of(texts: Sequence[str], rows: Sequence[object] | None = None) -> tuple[Unit, ...]:
    """Cut the texts of one file into units, in reading order.

    A long text is cut at the end of a sentence or line; short ones are put together, cells by whole
    rows.

    Args:
        rows: for each text what row it is of; None where it is of none.
    """
    units: list[Unit] = []
    open_ones: list[Stretch] = []
    count = 0
    row: object = None
    for index, text in enumerate(texts):
        own_row = rows[index] if rows is not None else None
        for start, end, words in _chunks(text):
            goes_on = own_row is not None and own_row == row
            if count and not goes_on and count + words > WORDS_OF_A_UNIT:
                units.append(Unit(tuple(open_ones), count))
                open_ones, count = [], 0
            open_ones.append(Stretch(index, start, end))
            count += words
            row = own_row
    if count:
        units.append(Unit(tuple(open_ones), count))
    return tuple(units)


def _chunks(text: str) -> Iterable[tuple[int, int, int]]:
    """Cut one text into pieces of up to a unit's words; gives where, and how many words."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        until = min(at + WORDS_OF_A_UNIT, len(words))
        if until < len(words):
            until = _better_end(text, words, at, until)
        yield words[at].start(), words[until - 1].end(), until - at
        at = until


def _better_end(text: str, words: Sequence[re.Match[str]], at: int, until: int) -> int:
    """Move the end of a piece back to that of a sentence or a line, if one is in its last third."""
    for end in range(until, at + 2 * (until - at) // 3, -1):
        if _BREAK.search(text, words[end - 1].end() - 1, words[end].start()):
            return end
    return until


# --- drawing ----------------------------------------------------------------------------------


def sample_size(units: int) -> int:
    """Give how many units to look at; all of them where there are no more than are needed."""
    enough = math.ceil(math.log(1 - CONFIDENCE) / math.log(1 - SHARE))
    return min(units, enough)


def lot_message(submission: str, manifest: str) -> bytes:
    """Give what a reviewer signs to draw the lot: the submission, and the files it speaks of."""
    return f"redactor-sample-1\n{submission}\n{manifest}".encode()


def seed_of(lot: bytes) -> str:
    """Give what is drawn with, in hex, out of the reviewer's signature."""
    return hashlib.sha256(lot).hexdigest()


def may_be_drawn(units: Sequence[int], frame: int) -> bool:
    """Say whether so many units, and each but once, may be a sample of a number of units."""
    in_order = all(one < after for one, after in pairwise(units))
    inside = all(0 <= one < frame for one in units)
    return in_order and inside and 0 < len(units) == sample_size(frame)


def draw(seed: str, sizes: Sequence[int], wanted: int) -> tuple[int, ...]:
    """Draw units by lot, from each file in proportion to its units.

    Args:
        sizes: how many units each file has; units are numbered through, from 0.
        wanted: how many to draw.

    Returns:
        The numbers of those drawn, ascending.
    """
    drawn: list[int] = []
    first = 0
    for size, share in zip(sizes, _shares(sizes, wanted), strict=True):
        ranked = sorted(range(first, first + size), key=lambda unit: _lot(seed, unit))
        drawn += ranked[:share]
        first += size
    return tuple(sorted(drawn))


def _lot(seed: str, unit: int) -> bytes:
    return hashlib.sha256(f"{seed}:{unit}".encode()).digest()


def _shares(sizes: Sequence[int], wanted: int) -> list[int]:
    """Share a number out in proportion, by the largest remainders; earlier files first."""
    total = sum(sizes)
    wanted = min(wanted, total)
    if not total:
        return [0] * len(sizes)
    shares = [size * wanted // total for size in sizes]
    by_rest = sorted(range(len(sizes)), key=lambda at: -(sizes[at] * wanted % total))
    for at in by_rest[: wanted - sum(shares)]:
        shares[at] += 1
    return shares


# --- what it shows ----------------------------------------------------------------------------


def interval(missed: int, looked_at: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Give the exact interval of the share of units that hold something missed.

    Args:
        missed: of how many units looked at somebody said that they do.
    """
    if not looked_at:
        return 0.0, 1.0
    tail = (1 - confidence) / 2
    low = 0.0 if not missed else _root(lambda p: 1 - _at_most(missed - 1, looked_at, p) - tail)
    return low, bound(missed, looked_at, 1 - tail)


def bound(missed: int, looked_at: int, confidence: float = CONFIDENCE) -> float:
    """Give what the share does not exceed, with this confidence (one side only)."""
    if missed >= looked_at:
        return 1.0
    return _root(lambda p: (1 - confidence) - _at_most(missed, looked_at, p))


def _at_most(missed: int, looked_at: int, share: float) -> float:
    """Give the chance of at most so many, by the binomial distribution."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if missed >= looked_at else 0.0
    yes, no = math.log(share), math.log1p(-share)
    return math.fsum(
        math.exp(_log_ways(looked_at, one) + one * yes + (looked_at - one) * no)
        for one in range(missed + 1)
    )


def _log_ways(of: int, chosen: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(chosen + 1) - math.lgamma(of - chosen + 1)


def _root(rising: Callable[[float], float]) -> float:
    """Find where a rising function of a share passes 0."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def summary(drawn: Mapping[str, Any], seq: int, answers: Mapping[int, int]) -> dict[str, Any]:
    """Say in whole numbers what a sample showed; what is signed and certified.

    Args:
        drawn: the body of the event that drew it.
        seq: the number of that event.
        answers: by unit, how many places were missed in it.

    Returns:
        ``units`` (of all), ``drawn``, ``looked_at``, ``missed_units``, ``missed_places``; ``low``
        and ``high``, the 95 % interval, and ``most``, the one-sided bound, in ten-thousandths.
    """
    return _shown(
        seq,
        units=int(drawn["frame"]),
        drawn=len(drawn["units"]),
        looked_at=len(answers),
        missed_units=sum(1 for one in answers.values() if one),
        missed_places=sum(answers.values()),
    )


def adds_up(shown: Mapping[str, Any]) -> bool:
    """Say whether what a sample is said to show follows from its counts.

    Raises:
        KeyError, TypeError: it is no summary.
    """
    names = ("event", "units", "drawn", "looked_at", "missed_units", "missed_places")
    event, units, drawn, looked_at, missed_units, missed_places = (shown[one] for one in names)
    if not all(type(shown[one]) is int and shown[one] >= 0 for one in names):
        return False
    if not missed_units <= looked_at <= drawn == sample_size(units):
        return False  # before anything is worked out of numbers that somebody else wrote
    if missed_units > missed_places or (missed_places and not missed_units):
        return False
    again = _shown(
        event,
        units=units,
        drawn=drawn,
        looked_at=looked_at,
        missed_units=missed_units,
        missed_places=missed_places,
    )
    return dict(shown) == again


def _shown(
    seq: int, *, units: int, drawn: int, looked_at: int, missed_units: int, missed_places: int
) -> dict[str, Any]:
    if units and looked_at == units:  # all was looked at: nothing is left to chance
        low = high = most = missed_units / units
    else:
        low, high = interval(missed_units, looked_at)
        most = bound(missed_units, looked_at)
    return {
        "event": seq,
        "units": units,
        "drawn": drawn,
        "looked_at": looked_at,
        "missed_units": missed_units,
        "missed_places": missed_places,
        "low": math.floor(round(low * WHOLE, 6)),
        "high": math.ceil(round(high * WHOLE, 6)),
        "most": math.ceil(round(most * WHOLE, 6)),
    }


def is_finished(shown: Mapping[str, Any]) -> bool:
    """Say whether every unit that was drawn was looked at."""
    return bool(shown.get("drawn")) and shown["looked_at"] == shown["drawn"]
