"""Forenames and their pet forms, and which words are known as names or as ordinary words.

All words are folded (``matching.fold_text``). The lists are read on first use.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from redactor.config import resource_path
from redactor.matching import fold_text

#: What is hung on a stem to make a pet form: Deano, Gazza, Robbie, Megs, Broady.
_ENDINGS = ("za", "ie", "ey", "ers", "y", "i", "o", "s", "z", "a")
_SHORTEST_STEM = 3


@lru_cache(maxsize=1)
def _formal() -> Mapping[str, frozenset[str]]:
    """Read the list of nicknames; gives the formal names of each form."""
    found: dict[str, set[str]] = defaultdict(set)
    text = resource_path("detection", "nicknames.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        formal, colon, forms = line.partition("#")[0].partition(":")
        if colon:
            for form in forms.split():
                found[fold_text(form)].add(fold_text(formal.strip()))
    return {form: frozenset(names) for form, names in found.items()}


def formal_names(word: str) -> frozenset[str]:
    """Give a forename and all that it may be short for."""
    return _formal().get(word, frozenset()) | {word}


def are_forms_of_one(one: str, other: str) -> bool:
    """Say whether two forenames may be of one person: Bob, Rob and Robert."""
    return not formal_names(one).isdisjoint(formal_names(other))


def stems(word: str) -> Iterator[str]:
    """Give a word and what it may have been before an ending: ``deano`` was ``dean``."""
    if len(word) >= _SHORTEST_STEM:
        yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem
            if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
                yield stem[:-1]  # Robbie


def is_forename(word: str) -> bool:
    """Say whether a word is on the list of forenames, or is a pet form."""
    return word in _words("forenames.txt.gz") or word in _formal()


def is_known_name(word: str) -> bool:
    """Say whether a word is a name that many people have, so that its spelling is its own."""
    return is_forename(word) or word in _words("surnames.txt.gz")


def is_ordinary(word: str) -> bool:
    """Say whether a word is one of English, whatever else it may be."""
    return word in _words("ordinary.txt.gz")


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    text = gzip.decompress(resource_path("detection", name).read_bytes()).decode("utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(fold_text(line) for line in lines if line)
