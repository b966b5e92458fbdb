"""What the notes of a file say of its marks and of rounding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redactor.numbers.layout.figures import Band, Figure, FigureKind, band_in, mark_of
from redactor.numbers.model import Interval

_SIGN = r"(?P<mark>\[[a-z]{1,4}\]|\([a-z]\)|[*~#†‡]{1,3}|\.\.\.?|[:–—-]|\b[cskxzu]\b)"
_QUOTE = "['\"\u2018\u2019\u201c\u201d]?"
#: ``[c] = withheld``, ``* denotes fewer than 5``, ``"-" means nil``.
_MARK_FIRST = re.compile(
    rf"(?:^|[.;,(\n]\s*|\bmark |\bsymbol |\bshorthand ){_QUOTE}{_SIGN}{_QUOTE}\s*"
    r"(?:=|:|–|—|-|means|denotes?|indicates?|represents?|is|are|signifies|shows)\s+"
    r"(?P<meaning>[^;\n]+)",
    re.IGNORECASE,
)
#: ``Counts of 1 to 4 are shown as *``.
_MARK_LAST = re.compile(
    r"(?P<meaning>[^.;\n]+?)\s(?:shown as|replaced (?:with|by)|marked(?: as| with)?|denoted by|"
    rf"represented (?:as|by)|displayed as|indicated by|suppressed (?:as|with)) (?:an? )?"
    rf"{_QUOTE}{_SIGN}{_QUOTE}(?=\s|[.;,)]|$)",
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"round(?:ed|ing)\b[^.;]{0,40}?\bnearest (?P<base>\d+|ten|five|three|hundred|thousand)\b",
    re.IGNORECASE,
)
_BASES = {"three": 3, "five": 5, "ten": 10, "hundred": 100, "thousand": 1000}
_NOUGHT = re.compile(r"\b(?:nil|zero|zeros|none|nought|no (?:cases|records|data recorded))\b", re.I)
_NOT_APPLICABLE = re.compile(r"not applicable", re.IGNORECASE)
_NOT_AVAILABLE = re.compile(r"not (?:available|held|recorded|known)|unavailable|missing", re.I)
#: The mark stands for other numbers, too.
_AND_OTHERS = re.compile(
    r"\b(?:larger|other|secondary|further|complementary|additional)\b[^.]{0,60}?"
    r"\b(?:withheld|suppress\w+|hidden|protect\w*)|\bor a larger\b|\bsecondary suppression\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Legend:
    """The meaning of marks.

    Attributes:
        bands: what each mark says, as ``figures.Figure`` has it.
        base: printed counts are rounded to a multiple of it; 1 for not rounded.
    """

    bands: Mapping[str, Band] = field(default_factory=dict)
    base: int = 1

    def explains(self, figure: Figure) -> bool:
        """Say whether the mark of a figure is explained."""
        return figure.mark in self.bands

    def interval(self, figure: Figure, floor: int) -> Interval:
        """Give the whole numbers that a count may be, as a reader has it.

        Args:
            floor: the least that a hidden count can be (1 where noughts are printed).

        Raises:
            ValueError: the figure is no count.
        """
        if figure.kind is FigureKind.COUNT:
            number = figure.count or 0
            return Interval(max(number - self.base // 2, 0), number + self.base // 2)
        if figure.kind is FigureKind.BAND:
            low, high = figure.low, figure.high
        elif figure.kind is FigureKind.MARK:
            low, high = self.bands.get(figure.mark, _USUAL.get(figure.mark, (None, None)))
        else:
            raise ValueError("a share or a decimal is no count")
        least = floor if low is None else low
        return Interval(least if high is None else min(least, high), high)


#: What marks say where nobody explains them: not available is anything, not applicable is nought;
#: a dash may be nought or anything.
_USUAL: dict[str, Band] = {"x": (0, None), "z": (0, 0), "-": (0, None), "n/a": (0, None)}


def read_legend(texts: Iterable[str]) -> Legend:
    """Read what notes say of marks; of two that contradict, what leaves more open."""
    bands: dict[str, Band] = {}
    base = 1
    for text in texts:
        rounded = _ROUNDED.search(text)
        if rounded is not None and not re.search(r"\bnot (?:been )?round", text, re.IGNORECASE):
            said = rounded["base"].lower()
            base = max(base, _BASES.get(said) or int(said))
        has_others = _AND_OTHERS.search(text) is not None
        for found in (*_MARK_FIRST.finditer(text), *_MARK_LAST.finditer(text)):
            mark = mark_of(found["mark"]) or found["mark"].strip("[]()").lower()
            low, high = _meaning(found["meaning"])
            meant = low, None if has_others and high != 0 else high
            bands[mark] = meant if mark not in bands else _wider(bands[mark], meant)
    return Legend(bands, base)


def _meaning(words: str) -> Band:
    if _NOT_APPLICABLE.search(words):
        return 0, 0
    if _NOT_AVAILABLE.search(words):
        return 0, None
    band = band_in(words)
    if band is not None:
        low, high = band
        if _NOUGHT.search(words):
            low = 0
        return low, high
    return (0, 0) if _NOUGHT.search(words) else (None, None)


def _wider(one: Band, other: Band) -> Band:
    lows = (one[0], other[0])
    low = None if None in lows else min(low for low in lows if low is not None)
    highs = [high for high in (one[1], other[1]) if high is not None]
    return low, max(highs) if len(highs) == 2 else None
