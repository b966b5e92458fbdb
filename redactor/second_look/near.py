"""Find words that are a letter or two from known ones, without comparing every two.

Two words are at most *k* steps apart only if some word can be reached from both by leaving out at
most *k* letters. So what is left of every known word is kept in an index, and what is left of a
word of the text is looked up in it; the few that are met are then measured.
Source: W. Garbe, Symmetric Delete, 2012 (https://wolfgarbe.medium.com, "1000x Faster Spelling
Correction algorithm").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from redactor.spelling import distance

#: One letter may be wrong in a word of so many, and two in a longer one.
ONE_FROM, TWO_FROM = 5, 8


def steps_allowed(length: int) -> int:
    """Give how many letters may be wrong in a known word of so many letters."""
    return 2 if length >= TWO_FROM else 1 if length >= ONE_FROM else 0


class NearWords:
    """An index of known words, all folded."""

    def __init__(self, words: Iterable[str]) -> None:
        self._index: dict[str, list[str]] = defaultdict(list)
        self._longest = 0
        for word in sorted(set(words)):
            steps = steps_allowed(len(word))
            if steps:
                self._longest = max(self._longest, len(word))
                for rest in _left_of(word, steps):
                    self._index[rest].append(word)

    def near(self, word: str) -> tuple[str, ...]:
        """Give the known words that this one may be, written wrongly; not the word itself."""
        if len(word) < ONE_FROM - 1 or len(word) > self._longest + 2:
            return ()
        most = 2 if len(word) >= TWO_FROM - 2 else 1
        met = {known for rest in _left_of(word, most) for known in self._index.get(rest, ())}
        return tuple(
            known
            for known in sorted(met)
            if known != word and distance(word, known, 2) <= steps_allowed(len(known))
        )


def _left_of(word: str, steps: int) -> set[str]:
    """Give all that is left of a word without up to so many of its letters."""
    found = {word}
    for count in range(1, steps + 1):
        for gone in combinations(range(len(word)), count):
            left, start = "", 0
            for at in gone:
                left += word[start:at]
                start = at + 1
            found.add(left + word[start:])
    return found
