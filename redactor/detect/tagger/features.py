"""What the model sees of a token: never the word itself unless it is an ordinary one.

A name is seen by its shape, its first and last letters and what the word lists know of it, and
each of these only as one of 262,144 numbers. So no name of the texts that it learnt from can be
read out of the model, and a name that it never met looks to it like one that it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from redactor.detect.gazetteer import Gazetteer, fold_name, gazetteer
from redactor.detect.recognise.name_words import (
    DEEDS,
    FUNCTION_WORDS,
    PARTICLES,
    PRONOUNS,
    PUBLIC_TITLES,
    RANK_WORDS,
    TITLES,
)
from redactor.detect.tagger.tokens import Token

#: Into how many numbers all features fall.
BUCKETS = 1 << 18
_REACH = 2
_RATES = (("none", 0.01), ("few", 1.0), ("some", 3.0), ("more", 6.0))
_KEY_WORDS = 4

_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("title", TITLES),
    ("rank", RANK_WORDS),
    ("public", PUBLIC_TITLES),
    ("particle", PARTICLES),
    ("function", FUNCTION_WORDS),
    ("deed", DEEDS),
)


def hashed(feature: str) -> str:
    """Give the number, in hex, that stands for a feature; the same on every machine."""
    return f"{crc32(feature.encode()) % BUCKETS:x}"


def shape_of(word: str) -> str:
    """Give a word's shape: capitals ``X``, small letters ``x``, digits ``d``, runs cut at three."""
    shape: list[str] = []
    for character in word:
        kind = _kind(character)
        if shape[-3:] != [kind] * 3:
            shape.append(kind)
    return "".join(shape)


def _kind(character: str) -> str:
    if character.isupper():
        return "X"
    if character.isalpha():
        return "x"
    return "d" if character.isdigit() else character


class Facts:
    """What is known of single words; each word is looked up once."""

    def __init__(self, lists: Gazetteer | None = None) -> None:
        self._lists = lists or gazetteer()
        self._place_words = frozenset(self._lists.places)
        self.names_somebody = lru_cache(maxsize=60_000)(self._names_somebody)
        #: The hashed features of a word by itself.
        self.own = lru_cache(maxsize=60_000)(self._features_of)
        #: The hashed features of a word that stands so many tokens away.
        self.near = lru_cache(maxsize=240_000)(self._features_beside)
        #: The word, if it is an ordinary one, else its shape.
        self.lexical = lru_cache(maxsize=60_000)(self._lexical)
        self._last: tuple[Sequence[Token], list[list[str]]] = ((), [])

    def of_passage(self, tokens: Sequence[Token]) -> list[list[str]]:
        """Give the features of every token; the last passage is remembered for the other field."""
        if self._last[0] is not tokens:
            self._last = (tokens, list(_plain_features(tokens, self)))
        return self._last[1]

    def _lexical(self, word: str) -> str:
        lowered = word.lower()
        if len(word) == 1 or self._is_common(lowered):
            return lowered
        return shape_of(word)

    def known(self, word: str) -> Iterator[str]:
        """Name the lists that hold a word."""
        lists = self._lists
        if lists.is_forename(word):
            yield "forename"
        if lists.is_surname(word):
            yield "surname"
        if fold_name(word) in self._place_words:
            yield "place"
        if lists.is_ordinary(word):
            yield "ordinary"
        lowered = word.lower()
        yield from (name for name, words in _CLASSES if lowered in words)

    def _names_somebody(self, word: str) -> bool:
        known = set(self.known(word))
        return (
            word[:1].isupper()
            and bool(known & {"forename", "title", "rank"})
            and "ordinary" not in known
        )

    def _is_common(self, lowered: str) -> bool:
        return lowered in self._lists.ordinary or any(lowered in words for _, words in _CLASSES)

    def _features_of(self, word: str) -> tuple[str, ...]:
        lowered = fold_name(word)
        known = sorted(self.known(word))
        plain = [
            f"w={self.lexical(word)}",
            f"s={shape_of(word)}",
            f"n={min(len(word), 10)}",
            f"k={'+'.join(known)}",
            *(f"k={one}" for one in known),
        ]
        if len(lowered) > 2 and lowered.isalpha():
            plain += [f"p2={lowered[:2]}", f"e2={lowered[-2:]}", f"e3={lowered[-3:]}"]
        if len(lowered) > 4 and lowered.isalpha():
            plain += [f"p3={lowered[:3]}", f"e4={lowered[-4:]}"]
        return tuple(map(hashed, plain))

    def _features_beside(self, word: str, offset: int) -> tuple[str, ...]:
        plain = [
            f"{offset}w={self.lexical(word)}",
            f"{offset}s={shape_of(word)}",
            f"{offset}k={'+'.join(sorted(self.known(word)))}",
        ]
        return tuple(map(hashed, plain))


@lru_cache(maxsize=100_000)
def _pair(kind: str, one: str, other: str) -> str:
    return hashed(f"{kind}={one}|{other}")


_EDGE = "\u2402"


def features_of(
    tokens: Sequence[Token], facts: Facts, marked: Sequence[Sequence[str]] | None = None
) -> Iterator[list[str]]:
    """Give the features of every token.

    Args:
        tokens: of a passage.
        facts: what is known of words.
        marked: for every token, what else is known of it there (a phrase of a word list).
    """
    plain = facts.of_passage(tokens)
    if marked is None:
        yield from plain
        return
    last = len(tokens) - 1
    for at, features in enumerate(plain):
        yield [
            *features,
            *(
                _pair(f"m{offset}", one, "")
                for offset in (-1, 0, 1)
                if 0 <= at + offset <= last
                for one in marked[at + offset]
            ),
        ]


def _plain_features(tokens: Sequence[Token], facts: Facts) -> Iterator[list[str]]:
    """Give the features that a token has whatever else is known of it."""
    words = [token.text for token in tokens]
    about = _about(words, facts)
    lexical = [facts.lexical(word) for word in words]
    around = [_EDGE] * _REACH + words + [_EDGE] * _REACH
    said = [_EDGE] * 3 + lexical + [_EDGE] * 3
    near, pair = facts.near, _pair
    for at, (line, key) in enumerate(_lines(tokens, lexical)):
        before, here, after = said[at + 2 : at + 5]
        yield [
            *facts.own(words[at]),
            *near(around[at], -2),
            *near(around[at + 1], -1),
            *near(around[at + 3], 1),
            *near(around[at + 4], 2),
            pair("b", before, here),
            pair("a", here, after),
            pair("o", before, after),
            pair("key", key, ""),
            about,
            pair("near", here, said[at]),
            pair("next", here, said[at + 6]),
            pair("line", line, "glued" if tokens[at].glued else ""),
        ]


def _about(words: Sequence[str], facts: Facts) -> str:
    """Say how much a passage speaks of somebody: names and personal pronouns in a hundred words."""
    named = sum(facts.names_somebody(word) for word in words)
    spoken = sum(word.lower() in PRONOUNS for word in words)
    share = 100 * len(words)
    return _pair("about", f"{_rate(named, share)}", f"{_rate(spoken, share)}")


def _rate(count: int, share: int) -> str:
    per_hundred = 10_000 * count / share if share else 0.0
    return next((name for name, most in _RATES if per_hundred < most), "many")


def _lines(tokens: Sequence[Token], lexical: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Say of every token how its line is written, and after which words and a colon it stands."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].text not in ("\n", "\ue000"):
            end += 1
        case = _case_of([token.text for token in tokens[at:end]])
        key = ""
        for index in range(at, end):
            first = "first" if index == at else "second" if index == at + 1 else ""
            yield f"{case}{first}", key
            if tokens[index].text in (":", "=", "|") and index > at:
                key = " ".join(_words_before(lexical, max(at, index - _KEY_WORDS), index))
        if end < len(tokens):
            yield "end", ""
        at = end + 1


def _words_before(lexical: Sequence[str], low: int, high: int) -> list[str]:
    return [word for word in lexical[low:high] if word[:1].isalpha()][-2:]


def _case_of(words: Iterable[str]) -> str:
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        return "none"
    if all(word.isupper() for word in letters):
        return "upper"
    if all(word.islower() for word in letters):
        return "lower"
    return "mixed"
