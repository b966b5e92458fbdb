"""Text as recognisers see it, with the way back to the original's characters.

A PDF or a mail holds the same name in many spellings: no-break spaces, soft hyphens, zero-width
marks, five kinds of dash, curly quotes, full-width digits, a word broken at the end of a line. All
of it is put into one plain form first, so that no pattern has to know, and every offset found is
mapped back to the original (Presidio's own patterns know the ASCII hyphen and space only). A tab is
a space to a pattern; where it parts the cells of a table it is kept beside (``Normal.tabbed``).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import chain, pairwise

import regex

_TO_SPACE = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DROPPED = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_PLAIN: dict[str, str] = {
    **dict.fromkeys(_TO_SPACE, " "),
    **dict.fromkeys(_DROPPED, ""),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
}
_TO_CHANGE = regex.compile(r"[^\x09\x0a\x20-\x5f\x61-\x7e]")
_BROKEN_WORD = regex.compile(r"(?<=\p{Ll})-[ ]?\n[ ]*(?=\p{Ll})")
_OPEN_END = regex.compile(r"[\p{L},;'\"\d-] ?$")
_BREAKS_OFF = regex.compile(r"[\p{Ll},] ?$")
_GOES_ON = regex.compile(r"[ ]{0,3}[\p{L}('\"]+[ ,.'\p{L}]")
#: Words that no sentence ends with: a figure after them begins no item, row or entry of a log.
_WAITS = regex.compile(
    r"(?i)(?<!\S)(?:a|an|the|of|on|in|at|by|to|for|from|with|about|around|under|over|between|than|"
    r"and|or|is|was|were|are|be|has|had|have|aged|only|his|her|their|my|our|no\.?|number|"
    r"p[cs]|d[cs]|d?insp|sgt|ssgt|pcso|sc|officer|room|flat|until|till|since|before|after|circa) ?$"
)
_FIGURE = regex.compile(r"[ ]{0,3}\d(?!\d?[:.]\d\d|\d?/\d|\d{3}-\d)")
#: Rows of a table, by what parts their cells.
_ROW = regex.compile(r".*(?:\||\t|;[^;]*;[^;]*;|\S[ ]{3,}\S|,\S[^,]*,\S[^,]*,\S)")
_LABELLED = regex.compile(rf"[ ]*[\p{{L}}][^:]{{0,30}}:(?:[ ]|$)|[ ]*(?:\d|[-*•>|])|{_ROW.pattern}")
#: How long a line of running text is, unless the lines of a passage show a narrower column.
_FULL = 46
_NARROWEST = 28
#: How many broken lines show the width of a column.
_TELLING = 5


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text that can say where in the original a range lies.

    Attributes:
        tabbed: the same text, character by character, with its tabs; empty where it has none.
    """

    text: str = field(repr=False)
    _starts: tuple[int, ...] | None = field(default=None, repr=False)
    tabbed: str = field(default="", repr=False)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's code-point range of a non-empty range of the normalised text."""
        if self._starts is None:
            return start, end
        return self._starts[start], self._starts[end - 1] + 1


def normalise(original: str) -> Normal:
    """Put a text into plain form; lines stay lines, except where a sentence runs on."""
    starts: list[int] | None = None
    text = original
    if _TO_CHANGE.search(original):
        text, starts = _plain(original)
    text, starts = _without_broken_words(text, starts)
    tabbed = _unwrapped(text)
    places = None if starts is None else tuple(starts)
    if "\t" not in tabbed:
        return Normal(tabbed, places)
    return Normal(tabbed.replace("\t", " "), places, tabbed)


def _plain(original: str) -> tuple[str, list[int] | None]:
    odd = {one: _plain_character(one) for one in set(_TO_CHANGE.findall(original))}
    if all(len(plain) == 1 for plain in odd.values()):
        return original.translate({ord(one): plain for one, plain in odd.items()}), None
    pieces: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(original):
        plain = odd.get(character, character)
        pieces.append(plain)
        starts.extend([index] * len(plain))
    return "".join(pieces), starts


def _plain_character(character: str) -> str:
    known = _PLAIN.get(character)
    if known is not None:
        return known
    if character.isascii():
        return character
    return unicodedata.normalize("NFKC", character) or character


def _without_broken_words(text: str, starts: list[int] | None) -> tuple[str, list[int] | None]:
    if "-\n" not in text and "- \n" not in text:
        return text, starts
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _BROKEN_WORD.finditer(text):
        pieces.append(text[at : match.start()])
        kept.extend(range(at, match.start()))
        at = match.end()
    if not pieces:
        return text, starts
    pieces.append(text[at:])
    kept.extend(range(at, len(text)))
    return "".join(pieces), kept if starts is None else [starts[one] for one in kept]


def _unwrapped(text: str) -> str:
    """Turn the line ends inside running prose into spaces; same length."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    full = _full_line(lines)
    ends = [" " if _runs_on(line, following, full) else "\n" for line, following in pairwise(lines)]
    return "".join(chain.from_iterable(zip(lines, [*ends, ""], strict=True)))


def _full_line(lines: list[str]) -> int:
    """Give how long a line is at least where the width of the page ends it.

    A narrow column is known by lines that break off before a word in small letters, with none
    that is much longer.
    """
    broken = sorted(
        len(line)
        for line, following in pairwise(lines)
        if _BREAKS_OFF.search(line[-2:])
        and following[:1].islower()
        and not _LABELLED.match(following)
    )
    usual = broken[len(broken) // 2] if len(broken) >= _TELLING else 0
    is_column = usual >= _NARROWEST and 2 * max(map(len, lines)) <= 3 * usual
    return min(usual * 3 // 4, _FULL) if is_column else _FULL


def _runs_on(line: str, following: str, full: int) -> bool:
    """Say whether a sentence goes on from a line to the next."""
    if len(line) < full or "\t" in line[-full:] or not _OPEN_END.search(line[-2:]):
        return False
    if _WAITS.search(line[-12:]) and _FIGURE.match(following):
        return not _ROW.match(following)
    return bool(_GOES_ON.match(following)) and not _LABELLED.match(following)
