"""Phrase lists, matched word by word: fast whatever their length, and kept as data.

A line of ``resources/detection/lexicons/LABEL.txt`` holds phrases parted by ``|`` outside brackets. In
a phrase ``word~`` also stands for its inflections, ``_`` for any one word, ``(a|b)`` for either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import regex

from redactor.config import resource_path
from redactor.detect.words import WORD, Word

ANY = "_"
_TOKEN = regex.compile(WORD + "|_")
_LINKING = frozenset(
    (" ", "-", "/", ", ", ". ", ".", "&", " & ", "' ", " (", "'", ' "', '" ', ",", "+")
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as small-letter words, and whether it says enough by itself."""

    words: tuple[str, ...]
    strong: bool


@dataclass(slots=True)
class Lexicon:
    """The phrases of one label, by their first word, longest first."""

    label: str
    by_first: dict[str, list[Phrase]] = field(repr=False)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Phrase]]:
        """Give the phrases in a passage as ranges of word numbers; they do not overlap."""
        at = 0
        while at < len(words):
            best = 0
            for phrase in self.by_first.get(words[at].folded, ()):
                if self._stands_at(words, at, phrase):
                    best = len(phrase.words)
                    yield at, at + best, phrase
                    break
            at += best or 1

    @staticmethod
    def _stands_at(words: Sequence[Word], at: int, phrase: Phrase) -> bool:
        if at + len(phrase.words) > len(words):
            return False
        for offset, wanted in enumerate(phrase.words):
            word = words[at + offset]
            if wanted not in (ANY, word.folded) or (offset and word.gap not in _LINKING):
                return False
        return True


def read_lexicon(label: str) -> Lexicon:
    """Read the phrases of a label."""
    by_first: dict[str, dict[tuple[str, ...], bool]] = {}
    strong = True
    text = resource_path("detection", "lexicons", f"{label}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            strong = line.strip("[]") == "strong"
        elif line.strip() and not line.startswith("#"):
            for phrase in regex.split(r"\|(?![^(]*\))", line):
                for words in _spelt_out(phrase.strip()):
                    first = by_first.setdefault(words[0], {})
                    first[words] = first.get(words, False) or strong
    return Lexicon(
        label,
        {
            first: sorted(
                (Phrase(words, is_strong) for words, is_strong in found.items()),
                key=lambda one: (-len(one.words), one.words),
            )
            for first, found in by_first.items()
        },
    )


def _spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    parts = regex.split(r"\(([^)]*)\)", phrase)
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    for chosen in product(*choices):
        spelt = "".join(chosen)
        forms = [_inflected(one) for one in spelt.split()]
        for words in product(*forms):
            tokens = tuple(_TOKEN.findall(" ".join(words).lower()))
            if tokens and tokens[0] != ANY:
                yield tokens
            elif tokens:
                yield tokens[1:]


def _inflected(word: str) -> list[str]:
    if not word.endswith("~"):
        return [word]
    stem = word[:-1]
    forms = [stem, stem + "s", stem + "ed", stem + "ing", stem + "er", stem + "es"]
    if stem.endswith("e"):
        forms += [stem + "d", stem[:-1] + "ing", stem[:-1] + "er"]
    elif stem.endswith("y"):
        forms += [stem[:-1] + "ies", stem[:-1] + "ied"]
    else:
        forms += [stem + stem[-1] + "ed", stem + stem[-1] + "ing"]
    return forms
