"""The word lists: names, places, ordinary words; read once, looked up by folded form."""

from __future__ import annotations

import gzip
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from redactor.config import resource_path

_LATIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


def fold_name(word: str) -> str:
    """Give a word as the lists hold it: small letters without accents, marks or apostrophes."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered.replace("'", "")
    decomposed = unicodedata.normalize("NFKD", lowered.translate(_LATIN))
    return "".join(one for one in decomposed if not unicodedata.combining(one)).replace("'", "")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The lists.

    Attributes:
        forenames, surnames: folded; from Faker's locales and a list of our own.
        ordinary: words of English in small letters, whatever else they may be.
        never: words that are no names of people though they begin with a capital letter.
        places: folded phrases of one to four words, by their first word.
        doubtful: folded places of one word that are names of people as well.
    """

    forenames: frozenset[str] = field(repr=False)
    surnames: frozenset[str] = field(repr=False)
    ordinary: frozenset[str] = field(repr=False)
    never: frozenset[str] = field(repr=False)
    places: dict[str, tuple[tuple[str, ...], ...]] = field(repr=False)
    doubtful: frozenset[str] = field(repr=False)

    def is_forename(self, word: str) -> bool:
        """Say whether every part of a word is a known forename."""
        return _all_parts(word, self.forenames)

    def is_surname(self, word: str) -> bool:
        """Say whether any part of a word is a known surname, Mac and Mc and O' included."""
        folded = fold_name(word)
        return folded in self.surnames or any(
            part in self.surnames for part in folded.split("-") if len(part) > 2
        )

    def is_ordinary(self, word: str) -> bool:
        """Say whether a word is a word of English or of this trade, as well as whatever else."""
        folded = fold_name(word)
        if folded in self.ordinary or folded in self.never:
            return True
        if "-" in folded:
            return all(part in self.ordinary for part in folded.split("-"))
        return folded.endswith("s") and (
            folded[:-1] in self.ordinary or folded[:-2] in self.ordinary
        )


def _all_parts(word: str, names: frozenset[str]) -> bool:
    folded = fold_name(word)
    return folded in names or ("-" in folded and all(one in names for one in folded.split("-")))


def read_words(name: str) -> frozenset[str]:
    """Read a shipped list, compressed or not; ``#`` begins a remark."""
    path = resource_path("detection", name)
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = (line.partition("#")[0].strip() for line in data.decode().splitlines())
    return frozenset(line for line in lines if line)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Give the lists, read on first use."""
    never = frozenset(fold_name(one) for one in read_words("not_names.txt"))
    always = frozenset(fold_name(one) for one in read_words("never_ordinary.txt"))
    places: dict[str, list[tuple[str, ...]]] = {}
    for place in sorted(read_words("places.txt.gz")):
        words = tuple(fold_name(place).split())
        places.setdefault(words[0], []).append(words)
    return Gazetteer(
        read_words("forenames.txt.gz"),
        read_words("surnames.txt.gz"),
        read_words("ordinary.txt.gz") - always,
        never,
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in places.items()},
        read_words("doubtful_places.txt.gz"),
    )
