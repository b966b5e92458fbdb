"""What a cell says of a number: a count, a share, a mark for what is withheld, a range.

Sources of the marks: Analysis Function, "Using symbols and shorthand in tables" (``[c]``, ``[x]``,
``[z]``, ``[low]``); older tables have ``*``, ``~``, ``-`` and ``..``.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from fractions import Fraction

from redactor.numbers.layout.sheet import Cell


class FigureKind(enum.StrEnum):
    """What sort of figure stands in a cell."""

    COUNT = "count"
    SHARE = "share"
    OTHER = "other"  # a decimal, a sum of money, a change with its sign
    MARK = "mark"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed.

    Attributes:
        value: the number printed; a share is 0.455 for 45.5 %. None for marks and bands.
        half: half a unit of the last place printed.
        mark: the sign that stands for a number, in lower case.
        low, high: what a band says; ``low`` None for "as little as a hidden count can be", ``high``
            None for no upper limit.
        hidden: nobody sees it.
    """

    kind: FigureKind
    value: Fraction | None = field(default=None, repr=False)
    half: Fraction = Fraction(1, 2)
    mark: str = ""
    low: int | None = None
    high: int | None = None
    hidden: bool = False

    @property
    def count(self) -> int | None:
        """Give the count that is printed; None where it is none."""
        return int(self.value) if self.kind is FigureKind.COUNT and self.value is not None else None

    @property
    def may_be_count(self) -> bool:
        """Say whether a count stands here, printed or not."""
        return self.kind in {FigureKind.COUNT, FigureKind.MARK, FigureKind.BAND}


_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u1d43-\u1dbf\u200b]+")
#: Marks of notes behind a figure: ``12 [note 1]``, ``12 [r]``, ``12 (p)``, ``12*``, ``12r``.
_NOTE = re.compile(
    r"(?<=[\d%])\s*(?:\[(?:notes?|n)?\s*\d[\d ,;and]*\]|\[[a-z]{1,2}\d?\]|\((?:notes?\s*)?\d{1,2}\)"
    r"|\((?:r|p|e|b|u|note [a-z])\)|\s?[rpe]|[*\u2020\u2021\u00a7#]+)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[+\-\u2212])?(?P<money>[£$€])?"
    r"(?P<whole>\d{1,3}(?:[, \u00a0\u2009\u202f'\u2019]\d{3})+|\d+)(?P<part>\.\d+)?"
    r"\s*(?P<share>%|per ?cent)?(?P<close>\))?",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"[csxzku]|low|supp(?:ressed)?|withheld|redacted|confidential|n/?a|\*{1,3}|[~#†‡:–—]|\.{2,3}|--?"
)
_EXEMPTION = re.compile(r"\[(?:redacted|withheld|s\.? ?\d+|reg|regulation|section)\b[^\]]*\]")
_BELOW = re.compile(r"(?:<|fewer than|less than|under|below) ?(\d+)")
_AT_MOST = re.compile(
    r"(?:<=|≤|up to|at most|no more than) ?(\d+)|(\d+) (?:or|and) (?:fewer|less|under)"
)
_ABOVE = re.compile(r"(?:>|more than|over|above) ?(\d+)")
_AT_LEAST = re.compile(r"(?:>=|≥|at least) ?(\d+)|(\d+)(?:\+| (?:or|and) (?:more|over|above))")
_FROM_TO = re.compile(r"(?:between |from )?(\d+) ?(?:to|and|-|–|—) ?(\d+)")
_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")

Band = tuple[int | None, int | None]


def read_figure(cell: Cell) -> Figure | None:
    """Say what figure stands in a cell; None for words."""
    text = _RAISED.sub("", cell.text).strip()
    mark = mark_of(text)
    if mark:
        if cell.number is not None and cell.number == 0:
            return Figure(FigureKind.COUNT, Fraction(0), hidden=cell.hidden)  # a format for nought
        return Figure(FigureKind.MARK, mark=mark, hidden=cell.hidden)
    band = band_of(text)
    if band is not None:
        return Figure(FigureKind.BAND, low=band[0], high=band[1], hidden=cell.hidden)
    while True:
        bare = _NOTE.sub("", text)
        if bare == text:
            break
        text = bare
    found = _NUMBER.fullmatch(text)
    return None if found is None else _number(found, cell)


def _number(found: re.Match[str], cell: Cell) -> Figure:
    whole = re.sub(r"\D", "", found["whole"])
    value = Fraction(whole + (found["part"] or ""))
    half = Fraction(1, 2 * 10 ** (len(found["part"] or ".") - 1))
    below = found["sign"] in {"-", "\u2212"} or (found["open"] and found["close"])
    if below:
        value = -value
    if found["share"] or cell.percent:
        return Figure(FigureKind.SHARE, value / 100, half / 100, hidden=cell.hidden)
    signed = found["sign"] or found["open"] or found["money"]
    is_rounded = isinstance(cell.number, float) and not cell.number.is_integer()
    kind = FigureKind.OTHER if signed or found["part"] or is_rounded else FigureKind.COUNT
    return Figure(kind, value, half, hidden=cell.hidden)


def mark_of(text: str) -> str:
    """Give the mark that a text is, without brackets and in lower case; empty for none."""
    low = text.strip().strip("'\"\u2018\u2019\u201c\u201d").lower()
    bare = low[1:-1] if low[:1] + low[-1:] in {"[]", "()"} else low
    if _MARK.fullmatch(bare):
        return {"–": "-", "—": "-", "--": "-"}.get(bare, bare)
    return "redacted" if _EXEMPTION.fullmatch(low) else ""


def band_of(text: str) -> Band | None:
    """Give the range of counts that a text is as a whole; None for none."""
    return _band(text, whole=True)


def band_in(text: str) -> Band | None:
    """Give the first range of counts that a sentence speaks of; None for none."""
    return _band(text, whole=False)


def _band(text: str, *, whole: bool) -> Band | None:
    words = _NUMBER_WORD.sub(lambda one: _WORDS[one[0]], text.strip().lower())

    def find(pattern: re.Pattern[str]) -> list[int]:
        found = pattern.fullmatch(words) if whole else pattern.search(words)
        return [int(one) for one in found.groups() if one] if found else []

    if at_most := find(_AT_MOST):
        return None, at_most[0]
    if below := find(_BELOW):
        return None, max(below[0] - 1, 0)
    if (from_to := find(_FROM_TO)) and from_to[0] < from_to[1]:
        return from_to[0], from_to[1]
    if at_least := find(_AT_LEAST):
        return at_least[0], None
    if above := find(_ABOVE):
        return above[0] + 1, None
    return None
