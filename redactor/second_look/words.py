"""Words of a text with their places, folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from redactor.matching import as_misread, fold_text

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ][sS]?$")
#: How far two pieces may lie apart to be read as one: a comma and a space, a hyphen and a new line.
NEAR = 3
#: How many pieces one thing may be in.
_MOST_PIECES = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters or digits: what everything is put together of."""

    start: int
    end: int
    folded: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Some neighbouring pieces, read as one."""

    start: int
    end: int
    folded: str = field(repr=False)
    pieces: int


def pieces_of(text: str) -> list[Piece]:
    """Cut a text into its runs of letters and of digits; ``sarahOkoro`` is two."""
    found: list[Piece] = []
    for match in _PIECE.finditer(text):
        start, word = match.start(), match.group()
        for at, part in _cut_at_capitals(word):
            if folded := _folded(part):
                found.append(Piece(start + at, start + at + len(part), folded))
    return found


def runs_of(pieces: Sequence[Piece], heads: frozenset[str], longest: int) -> Iterator[Run]:
    """Give every run of neighbouring pieces that may be something known.

    Args:
        heads: the first letters, up to three, of all that is known, as it is written and as a
            scanner may have read it.
        longest: how many letters the longest has.
    """
    for at, first in enumerate(pieces):
        if first.folded[:3] not in heads and as_misread(first.folded)[:3] not in heads:
            continue
        folded, end = first.folded, first.end
        yield Run(first.start, end, folded, 1)
        for count, piece in enumerate(pieces[at + 1 : at + _MOST_PIECES], start=2):
            folded += piece.folded
            if piece.start - end > NEAR or len(folded) > longest:
                break
            end = piece.end
            yield Run(first.start, end, folded, count)


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Give every word of letters, hyphens and apostrophes within it kept, without its genitive."""
    for match in _WORD.finditer(text):
        word = without_possessive(match.group())
        yield match.start(), match.start() + len(word), word


def without_possessive(word: str) -> str:
    """Give a word without its genitive ending."""
    return _POSSESSIVE.sub("", word)


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold_text(word)


def _cut_at_capitals(word: str) -> Iterator[tuple[int, str]]:
    """Cut where a capital follows a small letter: two words that lost the space between them."""
    if word.islower() or word.isupper() or word[1:].islower():
        yield 0, word
        return
    start = 0
    for at in range(1, len(word)):
        if word[at - 1].islower() and word[at].isupper():
            yield start, word[start:at]
            start = at
    yield start, word[start:]
