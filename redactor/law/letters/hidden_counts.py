"""Counts that a table withholds and a letter would give: in prose, by the headings of the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from redactor.law.letters.given import Given
from redactor.law.letters.model import HiddenCount, Issue, Kind

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|[a-z]+(?:-[a-z]+)*")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
#: Numbers that count nobody: dates, provisions, the numbers of questions, pages and documents.
_NO_COUNT = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})(?: \d{{4}})?"
    r"|\b(?:sections?|s|regulations?|articles?|questions?|pages?|documents?|parts?|schedules?)"
    r"\.? ?\d+(?:\(\w+\))*"
)
_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    "twelve",
)
_VALUES = {word: number for number, word in enumerate(_WORDS, 1)}


def hidden_counts(given: Given) -> Iterator[Issue]:
    """Find sentences that give a count which a released table withholds."""
    if given.facts is None or not given.facts.hidden_counts:
        return
    for at, text in enumerate(given.texts):
        if gives_any(given.facts.hidden_counts, [text]):
            yield Issue(
                Kind.SMALL_COUNT,
                given.place(at),
                "The letter gives a count that a table withholds, with the headings it stands "
                "under. Take it out, or print it in the table as well.",
            )


def gives_any(counts: Sequence[HiddenCount], texts: Iterable[str]) -> bool:
    """Say whether some text gives a withheld count in one sentence with all its headings."""
    wanted = [(tuple(map(_plain, one.labels)), one.number) for one in counts if one.labels]
    return any(
        _gives(sentence, labels, number)
        for text in texts
        for sentence in map(_plain, _SENTENCE.split(text))
        for labels, number in wanted
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _gives(sentence: str, labels: Sequence[str], number: int) -> bool:
    sentence = _NO_COUNT.sub(" ", sentence)
    if not all(one in sentence for one in labels):
        return False
    for one in labels:
        sentence = sentence.replace(one, " ")
    said = (found[0].replace(",", "") for found in _NUMBER.finditer(sentence))
    return any((int(one) if one.isdecimal() else _VALUES.get(one, -1)) == number for one in said)
