# ruff: noqa: E501 - a pattern is easier to check on one line
"""Driving licence numbers, which tell their holder's name, birth date and sex to whoever can read them.

Source: DVLA, INF1D ("Application for a driving licence", driver number): five characters of the
surname, filled up with 9; the decade of birth; the month, with 5 added to its first figure for women;
the day; the year within its decade; two initials (9 where there is none); three more, and in some
papers two for the issue. Numbers of Northern Ireland are eight digits and tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from redactor.detect.rules import Example, Hit, Recogniser

_FORM = regex.compile(
    r"(?i)(?<![\w-])(?P<v>(?P<surname>[A-Z9]{5})[ -]?(?P<decade>\d)(?P<month>[0156]\d)(?P<day>[0-3]\d)(?P<year>\d)[ -]?(?P<initials>[A-Z9]{2})[ -]?[A-Z0-9]{3}(?:[ -]?\d{2})?)(?![\w])"
)
#: What every such number holds, and next to nothing else.
_QUICK = re.compile(r"[A-Za-z9][ -]?\d{6}[ -]?[A-Za-z9]")
#: Nearly the form: a letter or figure too few or too many, as numbers are copied by hand.
_NEARLY = regex.compile(r"\b(?P<v>[A-Z]{2,5}9{0,3}\d{6}[A-Z9]{2,3}[A-Z0-9]{2,4})\b")
_CONTEXT = ("licence", "license", "driver", "driving licence", "driver number", "dvla")
_WORD = regex.compile(r"(?<![\p{L}\d])\p{L}[\p{L}'-]+(?![\p{L}\d])")
_DATE = regex.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:[ ]?[/.-][ ]?(?P<month>\d{1,2})[ ]?[/.-][ ]?|(?:st|nd|rd|th)? ?(?P<named>[A-Za-z]{3})[a-z]*,? ?)(?P<year>(?:19|20)?\d{2})(?!\d)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Encoded:
    """What a driver number tells: the surname's beginning, and the birth date without its century."""

    surname: str
    day: int
    month: int
    year: int

    @property
    def real(self) -> bool:
        """Say whether there is such a day and month."""
        return 1 <= self.day <= 31 and 1 <= self.month <= 12

    def names(self, word: str) -> bool:
        """Say whether a word could be the surname."""
        letters = "".join(one for one in word.upper() if one.isalpha())
        if letters.startswith("MAC"):  # the DVLA writes Mac as Mc
            letters = "MC" + letters[3:]
        return len(letters) > 1 and letters[:5].ljust(5, "9") == self.surname

    def dates(self, match: regex.Match[str]) -> bool:
        """Say whether a date could be the birth date."""
        named = (match["named"] or "").lower()
        month = _MONTHS.index(named) + 1 if named in _MONTHS else int(match["month"] or 0)
        found = (int(match["day"]), month, int(match["year"]) % 100)
        return found == (self.day, self.month, self.year)


def encoded(match: regex.Match[str]) -> Encoded:
    """Read what a number of the right form tells."""
    month = int(match["month"])
    return Encoded(
        match["surname"].upper(),
        int(match["day"]),
        month - 50 if month > 50 else month,
        int(match["decade"] + match["year"]),
    )


class DrivingLicences(Recogniser):
    """Driver numbers of Great Britain; the reason says what else of the text they tell."""

    NAME = "driving-licence"
    LABELS = ("ID",)
    EXAMPLES = (
        Example("licence WOJCI609149S99ZZ shown", "ID", "WOJCI609149S99ZZ"),
        Example("licence MORGA 753116 SM9IJ 35 shown", "ID", "MORGA 753116 SM9IJ 35"),
        Example("driver number smith607128jd9ab typed", "ID", "smith607128jd9ab"),
        Example("driving licence MORG753116SM9IJ", "ID", "MORG753116SM9IJ"),
    )
    NOT_FOUND = ("ABCDE 123456 pounds", "under licence since 2019")

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the numbers, and say which other words of the passage they repeat."""
        if not _QUICK.search(text):
            return
        for match in self.search(_FORM, text, "a driving licence number"):
            told = encoded(match)
            if told.real and any(one.isalpha() for one in told.surname):
                yield Hit(
                    "ID",
                    match.start("v"),
                    match.end("v"),
                    0.95,
                    _why(told, text[: match.start()] + text[match.end() :]),
                )
        for match in self.search(_NEARLY, text, "nearly a driving licence number"):
            why = "nearly the form of a driving licence number"
            yield Hit("ID", match.start("v"), match.end("v"), 0.5, why, _CONTEXT)


def _why(told: Encoded, text: str) -> str:
    agreeing = []
    if any(told.names(one.group()) for one in _WORD.finditer(text)):
        agreeing.append("a name")
    if any(told.dates(one) for one in _DATE.finditer(text)):
        agreeing.append("a date")
    why = "a driving licence number: it encodes the holder's surname, initials, birth date and sex"
    return f"{why}, and agrees with {' and '.join(agreeing)} nearby" if agreeing else why
