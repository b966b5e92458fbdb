"""Words of a passage with their places: what name and lexicon recognisers walk over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import regex

#: A word, or a run of letters and digits taken as one.
WORD = r"(?>[\p{L}\p{M}]+(?:['-][\p{L}\p{M}]+)*)(?!\d)|[\p{L}\d]+"
_WORD = regex.compile(WORD)
#: The same for text without any other letters than a to z, which is cut twice as fast so.
_PLAIN_WORD = re.compile(r"(?>[A-Za-z]+(?:['-][A-Za-z]+)*)(?!\d)|[A-Za-z\d]+", re.ASCII)
_POSSESSIVE = regex.compile(r"'[sS]$|(?<=[sS])'$")


class Word(NamedTuple):
    """One word.

    Attributes:
        text: as written, without a possessive ending.
        start, end: code points of the passage; ``end`` before a possessive ending.
        folded: in small letters.
        gap: what stands between the word before and this one.
    """

    text: str
    start: int
    end: int
    folded: str
    gap: str

    @property
    def capital(self) -> bool:
        """Say whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Say whether it is all capitals and longer than one letter."""
        return len(self.text) > 1 and self.text.isupper()


#: Makes a word without the call of Python that ``Word()`` is; a passage has hundreds.
_new = tuple.__new__


@lru_cache(maxsize=4)
def words_of(text: str) -> tuple[Word, ...]:
    """Cut a normalised passage into words; the last few passages are remembered."""
    words: list[Word] = []
    behind = 0
    for match in (_PLAIN_WORD if text.isascii() else _WORD).finditer(text):
        whole = match.group()
        start, end = match.span()
        bare = _POSSESSIVE.sub("", whole) if "'" in whole else whole
        gap = text[behind:start]
        words.append(_new(Word, (bare, start, start + len(bare), bare.lower(), gap)))
        behind = end
    return tuple(words)


def mostly_shouted(words: Iterable[Word]) -> bool:
    """Say whether a line is written in capitals, so that they say nothing."""
    letters = capitals = 0
    for word in words:
        if word.text[0].isalpha():
            letters += len(word.text)
            capitals += len(word.text) if word.text.isupper() else 0
    return letters > 11 and capitals > letters * 0.7
