"""Phrase lists, matched word by word: fast whatever their length, and kept as data.

A line of ``resources/detection/lexicons/LABEL.txt`` holds phrases parted by ``|`` outside
brackets. In a phrase ``word~`` also stands for its inflections, ``_`` for any one word, ``(a|b)``
for either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one or more labels, by their first word, longest first for each label."""

    by_first: dict[str, tuple[tuple[str, tuple[Phrase, ...]], ...]] = field(repr=False)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[str, int, int, Phrase]]:
        """Give the phrases in a passage: label, first word, word behind the last, phrase.

        Those of one label do not overlap.
        """
        free: dict[str, int] = {}
        for at, word in enumerate(words):
            for label, phrases in self.by_first.get(word.folded, ()):
                if at < free.get(label, 0):
                    continue
                for phrase in phrases:
                    if _stands_at(words, at, phrase.words):
                        free[label] = at + len(phrase.words)
                        yield label, at, free[label], phrase
                        break


def _stands_at(words: Sequence[Word], at: int, wanted: tuple[str, ...]) -> bool:
    if at + len(wanted) > len(words):
        return False
    for offset in range(1, len(wanted)):
        word = words[at + offset]
        if wanted[offset] not in (ANY, word.folded) or word.gap not in _LINKING:
            return False
    return True


def read_lexicons(labels: Iterable[str]) -> Lexicon:
    """Read the phrases of some labels."""
    by_first: dict[str, list[tuple[str, tuple[Phrase, ...]]]] = {}
    for label in labels:
        for first, phrases in _read(label).items():
            by_first.setdefault(first, []).append((label, phrases))
    return Lexicon({first: tuple(found) for first, found in by_first.items()})


def _read(label: str) -> dict[str, tuple[Phrase, ...]]:
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
    return {
        first: tuple(
            sorted(
                (Phrase(words, is_strong) for words, is_strong in found.items()),
                key=lambda one: (-len(one.words), one.words),
            )
        )
        for first, found in by_first.items()
    }


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
