"""What labels of rows and columns say: a total, a part of the one above, a share, an average."""

from __future__ import annotations

import enum
import re

_NOTES = re.compile(r"\s*(?:\[(?:notes?\s*)?[\d, ]*\]|\((?:notes?\s*)[\d, ]*\)|[*†‡§]+)\s*$", re.I)
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u200b]+")

_WHOLE = re.compile(
    r"(?:grand|overall|combined)[ -]totals?|overall|totals?(?: \(all\b.*\))?|all|sum|altogether|"
    r"all (?:persons|people|ages|sexes|years|areas|regions|offences|types|categories|cases|staff|"
    r"groups|forces|ranks|grades|reasons|outcomes|departments|schools|wards|months|quarters|of the "
    r"above)|both(?: sexes)?|totals? (?:number|count)|grand sum"
)
_PART = re.compile(
    r"sub[ -]?totals?\b.*|totals?\b[ :,–-].*|.*\b(?:sub[ -]?)?totals?|all (?!others?\b|else\b).+|"
    r".+ \(totals?\)|.+[ :,–-](?:all|overall|combined)"
)
_OF_WHICH = re.compile(
    r"(?:of|in) (?:which|whom|these|those)\b|includ(?:ing|es)\b|incl\b|thereof\b"
)
_SHARE = re.compile(
    r"^\(?(?:%|per ?cent(?:age)?s?\b|proportion\b|share of\b)|(?:%|\bper ?cent(?:age)?s?)\)?$"
)
_AVERAGE = re.compile(
    r"\b(?:averages?|mean|median|rates?|ratio|standard deviation"
    r"|per (?:1,?000|10,?000|100,?000|head|capita|officer|day|week|month|year))\b|£"
)
_CHANGE = re.compile(r"\b(?:changes?|difference|variance|increase|decrease|net)\b|\+/-|±")
_YEAR_HEADING = re.compile(r"\b(?:years?|period|date|fy|calendar)\b")


#: A heading that holds a count: ``North (n=3)``.
_COUNTED = re.compile(r"\b(?:n|total|base)\s*=\s*[\d,]+", re.IGNORECASE)


class Total(enum.IntEnum):
    """How a label speaks of a total."""

    NONE = 0
    PART = 1
    WHOLE = 2


def plain(label: str) -> str:
    """Give a label for comparing: lower case, single spaces, without marks of notes."""
    bare = _RAISED.sub("", label).strip()
    while (shorter := _NOTES.sub("", bare)) != bare:
        bare = shorter
    return " ".join(bare.lower().split()).rstrip(" :.")


def total_kind(label: str) -> Total:
    """Say whether a label names a total: of everything, or of a part."""
    said = plain(label)
    if not said or is_of_which(label) or is_share(label) or is_average(label):
        return Total.NONE
    if _WHOLE.fullmatch(said):
        return Total.WHOLE
    return Total.PART if _PART.fullmatch(said) else Total.NONE


def holds_count(label: str) -> bool:
    """Say whether a heading holds a count, which nothing here looks into."""
    return bool(_COUNTED.search(label))


def is_of_which(label: str) -> bool:
    """Say whether it names some of those counted by the line before it."""
    return bool(_OF_WHICH.match(plain(label).lstrip("-–— (")))


def is_share(label: str) -> bool:
    """Say whether it names shares."""
    return bool(_SHARE.search(plain(label)))


def is_average(label: str) -> bool:
    """Say whether it names averages, rates, money or times: numbers that count nobody."""
    return bool(_AVERAGE.search(plain(label)))


def is_change(label: str) -> bool:
    """Say whether it names differences."""
    return bool(_CHANGE.search(plain(label)))


def names_years(label: str) -> bool:
    """Say whether it heads a column of years."""
    return bool(_YEAR_HEADING.search(plain(label)))
