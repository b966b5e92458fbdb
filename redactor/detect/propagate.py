"""People found once are looked for everywhere: by surname, forename, initials, in any capitals.

Detection by passage sees ``Sarah Okoro`` on page 1 and may miss ``okoro`` on page 40. This pass
takes the names that were found with some certainty, cuts them into parts, and finds every other
mention of a part; a part that is also an ordinary word counts only where it is written like a
name. Pronouns are not attempted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import regex

from redactor.detect.gazetteer import gazetteer
from redactor.detect.normal import Normal, normalise
from redactor.detect.recognise.name_words import (
    CODES,
    FUNCTION_WORDS,
    PARTICLES,
    PUBLIC_TITLES,
    RANK_WORDS,
    TITLES,
)
from redactor.detect.resolve import Found
from redactor.detect.rules import LEARNT
from redactor.detect.words import Word, mostly_shouted, words_of

_RECOGNISER = "mention@1"
#: A run of letters and digits; a part of a name is one or more of them.
_PIECE = re.compile(r"[^\W_]+")
_INITIALS = regex.compile(
    r"(?<![\w./-])(?:(?:\p{Lu}\.){2,4}|\p{Lu}{2,4}|\p{Lu}-\p{Lu})(?![\w/-]|\.\d)"
)
_BRACKETED = regex.compile(r"\((\p{Lu}{2,4})\)")
_CERTAIN = 0.5
_CERTAIN_IF_LEARNT = 0.75


class People:
    """The names of one document."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._labels: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._in_capitals: set[str] = set()
        self._initials: set[str] = set()
        self._short: set[str] = set()
        self._used: set[str] = set()
        self._pieces: set[str] = set()
        self._short_pieces: set[str] = set()
        self._known: dict[str, tuple[Found, ...]] = {}

    def meet(self, text: str, found: Found) -> None:
        """Take in a name that was found."""
        learnt = found.recogniser.startswith(LEARNT)
        if found.score < (_CERTAIN_IF_LEARNT if learnt else _CERTAIN):
            return
        words = tuple(
            word.text
            for word in words_of(normalise(text).text.replace("\n", " "))
            if word.text[0].isalpha()
        )
        words = tuple(one for one in words if one.lower() not in _NO_PART)
        if words and len(words) < 7:
            self._counts[words] += 1
            for word in words:
                self._labels.setdefault(word.lower(), found.label)
            if any(not word.isupper() for word in words):
                self._in_capitals |= {word for word in words if word.isupper() and len(word) > 2}

    def settle(self, texts: Iterable[str]) -> None:
        """Work out the parts, and the initials that the document itself puts in brackets."""
        for words in sorted(self._counts):
            for word in words:
                for part in {word, *word.split("-")}:
                    if len(part) > 2 and part.lower() not in FUNCTION_WORDS:
                        self._parts[part.lower()] = self._labels[word.lower()]
            if len(words) > 1 and len(words[0]) > 1:
                self._initials |= _initials_of(words)
            if len(words[0]) > 3:
                self._short |= {words[0].lower()[:length] for length in range(3, len(words[0]))}
        bracketed = {found for text in texts if "(" in text for found in _BRACKETED.findall(text)}
        self._used = (self._initials & bracketed) | {
            word
            for words in self._counts
            for word in words[1:]
            if len(word) == 2 and word.isupper()
        }
        self._initials |= self._used
        self._pieces = {piece for part in self._parts for piece in _PIECE.findall(part)}
        self._short_pieces = {piece for part in self._short for piece in _PIECE.findall(part)}

    def mentions(self, text: str) -> tuple[Found, ...]:
        """Find every part of a name in a segment; equal texts are looked through once."""
        known = self._known.get(text)
        if known is None:
            known = tuple(self._look(text)) if self._parts else ()
            if len(text) < 200 and len(self._known) < 100_000:
                self._known[text] = known
        return known

    def _look(self, text: str) -> list[Found]:
        normal = normalise(text)
        finds: list[Found] = []
        if self._may_hold_a_part(normal.text):
            line: list[Word] = []
            for word in words_of(normal.text):
                if "\n" in word.gap and line:
                    self._in_line(line, normal, finds)
                    line = []
                line.append(word)
            self._in_line(line, normal, finds)
        self._find_initials(normal, finds)
        return finds

    def _may_hold_a_part(self, text: str) -> bool:
        """Say whether a text holds a piece of any part of a name: most do not, and need no more."""
        pieces = set(_PIECE.findall(text.lower()))
        if pieces & self._pieces or pieces & self._short_pieces:
            return True
        shorter = {one[:-1] for one in pieces} | {one[:-2] for one in pieces}
        return bool(shorter & self._short_pieces)

    def _in_line(self, line: list[Word], normal: Normal, finds: list[Found]) -> None:
        if not any(self._part_label(word) for word in line):
            return
        shouting = mostly_shouted(line)
        at = 0
        while at < len(line):
            label = self._part_label(line[at])
            if not label or not self._counts_here(line, at, shouting=shouting):
                at += 1
                continue
            end = at + 1
            while (
                end < len(line)
                and line[end].gap == " "
                and self._part_label(line[end])
                and self._counts_here(line, end, shouting=shouting)
            ):
                end += 1
            start, stop = normal.source(line[at].start, line[end - 1].end)
            finds.append(
                Found(label, start, stop, 0.7, _RECOGNISER, "a part of a name found elsewhere")
            )
            at = end

    def _part_label(self, word: Word) -> str:
        label = self._parts.get(word.folded) or self._short_for(word)
        if label is None and "-" in word.folded:
            label = next(
                (self._parts[one] for one in word.folded.split("-") if one in self._parts), None
            )
        return label or ""

    def _short_for(self, word: Word) -> str | None:
        """Give PERSON where a word shortens a forename found elsewhere: ``zof``, ``Chids``."""
        folded = word.folded
        if not 3 <= len(folded) <= 8 or gazetteer().is_ordinary(folded):
            return None
        bare = folded[:-1] if folded[-1] in "sy" else folded.removesuffix("ie")
        return "PERSON" if folded in self._short or bare in self._short else None

    def _counts_here(self, line: list[Word], at: int, *, shouting: bool) -> bool:
        word = line[at]
        ordinary = gazetteer().is_ordinary(word.text)
        if not ordinary:
            return word.capital or len(word.text) > 3 or gazetteer().is_forename(word.text)
        if not word.capital or shouting:
            return False
        if word.text in self._in_capitals:  # ``Devon MARCH``, then ``MARCH introduces …``
            return True
        starts = at == 0 or any(mark in word.gap for mark in '.?!:;"|')
        return not starts and word.folded not in FUNCTION_WORDS

    def _find_initials(self, normal: Normal, finds: list[Found]) -> None:
        """Find initials: where the document uses them for people, alone on a line, with points."""
        for match in _INITIALS.finditer(normal.text):
            letters = match.group().replace(".", "").replace("-", "")
            if letters in self._initials and self._stand_for_somebody(letters, match, normal.text):
                start, end = normal.source(match.start(), match.end())
                why = "initials of a name found elsewhere"
                finds.append(Found("PERSON", start, end, 0.6, _RECOGNISER, why))

    def _stand_for_somebody(self, letters: str, match: regex.Match[str], text: str) -> bool:
        before = text[max(0, match.start() - 1) : match.start()]
        after = text[match.end() : match.end() + 1]
        if before in ("", "\n") and after in ("", "\n"):
            return True
        if letters in CODES:
            return before == "(" and letters in self._used
        return "." in match.group() or letters in self._used or not _in_shouting(text, match)


def _initials_of(words: tuple[str, ...]) -> set[str]:
    """Give the initials of a full name: all of them, first and last, and with both barrels."""
    pieces = [piece for word in words for piece in word.split("-") if piece]
    return {
        "".join(word[0] for word in words).upper(),
        (words[0][0] + words[-1][0]).upper(),
        "".join(piece[0] for piece in pieces).upper(),
        *(
            "".join(one[0] for one in word.split("-") if one).upper()
            for word in words[:1]
            if "-" in word
        ),
    }


def _in_shouting(text: str, match: regex.Match[str]) -> bool:
    """Say whether initials stand in a line of capitals, where they may be any code."""
    low = text.rfind("\n", 0, match.start()) + 1
    high = text.find("\n", match.end())
    letters = [one for one in text[low : high if high >= 0 else len(text)] if one.isalpha()]
    return len(letters) > 12 and sum(one.isupper() for one in letters) > 0.7 * len(letters)


_NO_PART = TITLES | RANK_WORDS | PUBLIC_TITLES | PARTICLES | frozenset(("and", "the", "of"))
