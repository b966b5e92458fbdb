"""Descriptions that pick out one person without a name (jigsaw identification).

A post or trade says little; *the only* one does, or one *who* did something, *with* something, or
of a named place. The words are data (``resources/detection/lexicons/classes.txt``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from redactor.detect.gazetteer import gazetteer
from redactor.detect.lexicon import word_classes
from redactor.detect.recognise.spoken_of import SpokenOf, spoken_of
from redactor.detect.rules import Example, Hit, Recogniser, Rule, RuleRecogniser
from redactor.detect.words import Word

#: How many words a description may have before and behind its noun.
_BEFORE, _BEHIND = 4, 8
_TELLING = frozenset(("who", "whose", "known", "pictured", "wiv"))
_ARTICLES = frozenset(
    ("the", "a", "an", "our", "my", "his", "her", "their", "your", "this", "that")
)
_BREAKS = frozenset("and or but of to in on at is was by from with for as than if not ex".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class _Noun:
    """Where a description begins, where its noun stands, and what article it has."""

    low: int
    at: int
    article: str


class Roles(Recogniser):
    """Descriptions that pick out one person: the only one, the one who, and where."""

    NAME = "role"
    LABELS = ("ROLE",)
    OF_NAMES = True
    EXAMPLES = (
        Example(
            "she is the only female sergeant at Bexley.",
            "ROLE",
            "the only female sergeant at Bexley",
        ),
        Example(
            "she asked the barber opposite Carr Hill College.",
            "ROLE",
            "barber opposite Carr Hill College",
        ),
        Example(
            "the previous inspector on the Boston patch, he",
            "ROLE",
            "previous inspector on the Boston patch",
        ),
        Example("it was the piano tuner's widow, he said", "ROLE", "piano tuner's widow"),
    )
    NOT_FOUND = (
        "the only reason was cost",
        "an officer attended",
        "The manager replied.",
        "Anyone must tell the manager who is responsible.",
    )

    def load(self) -> None:
        """Take the classes of words."""
        classes = word_classes()
        self._nouns = classes["occupation"] | classes["occupation-weak"]
        self._weak = classes["occupation-weak"]
        self._singles = classes["picks-out"]
        self._kin = classes["kinsfolk"]
        self._places = classes["place-word"]
        self._ends = classes["role-end"]
        self._never = classes["role-never"]

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the descriptions of a passage."""
        around = spoken_of(text)
        words = around.words
        behind = 0
        for at, word in enumerate(words):
            if at < behind or self._head(word) not in self._nouns:
                continue
            found = self._described(around, at)
            if found:
                low, behind, score, why = found
                yield Hit("ROLE", words[low].start, words[behind - 1].end, score, why)

    def _head(self, word: Word) -> str:
        return word.folded.rpartition("-")[2] if "-" in word.folded else word.folded

    def _described(self, around: SpokenOf, at: int) -> tuple[int, int, float, str] | None:
        words = around.words
        noun = self._noun(words, at)
        if any(word.folded in self._never for word in words[noun.low : at + 1]):
            return None
        sentence = around.sentence(at)
        quiet = sentence.rule or sentence.counts or around.impersonal
        only = next(
            (place for place in range(noun.low, at) if words[place].folded in self._singles), None
        )
        tail = self._tail(words, at)
        if only is not None and self._is_single(words, noun, only):
            low = only - 1 if noun.article and only == noun.low else only
            return low, tail or at + 1, 0.85, "words for the only one"
        if quiet or noun.article in ("an", "this", "that"):
            return None
        kin = self._kin_of(words, at)
        if kin:
            return noun.low, kin, 0.5, "somebody's relation"
        if tail and self._tells_enough(words, noun, tail):
            return noun.low, tail, 0.5, "a post or description with a place or a deed"
        return None

    def _is_single(self, words: Sequence[Word], noun: _Noun, only: int) -> bool:
        """Say whether it tells of one: *the last lad* and *the first man* do not."""
        if words[only].folded in ("first", "last"):
            return noun.article == "the" and self._head(words[noun.at]) not in self._weak
        return noun.article in ("the", "")

    def _noun(self, words: Sequence[Word], at: int) -> _Noun:
        """Go back over the words that describe the noun, up to its article."""
        low = at
        while low > 0 and at - low < _BEFORE and words[low].gap in (" ", "-"):
            before = words[low - 1].folded
            if before in _ARTICLES:
                return _Noun(low, at, before)
            if before in _BREAKS or before in self._ends or before in self._places:
                break
            low -= 1
        return _Noun(low, at, "")

    def _tail(self, words: Sequence[Word], at: int) -> int | None:
        """Give the word behind what tells who is meant, where something does."""
        if at + 2 > len(words) - 1 or words[at + 1].gap != " ":
            return None
        first = words[at + 1].folded
        if first not in _TELLING and first != "with" and first not in self._places:
            return None
        behind = at + 2
        while behind < len(words) and behind - at <= _BEHIND:
            word = words[behind]
            if not _runs_on(word.gap):
                break
            if word.folded in self._ends and (behind > at + 2 or first not in _TELLING):
                break
            behind += 1
        return behind if behind > at + 2 else None

    def _tells_enough(self, words: Sequence[Word], noun: _Noun, tail: int) -> bool:
        first, second = words[noun.at + 1].folded, words[noun.at + 2]
        weak = self._head(words[noun.at]) in self._weak
        named = any(word.capital for word in words[noun.at + 1 : tail])
        if first in _TELLING:
            return bool(noun.article) and (not weak or named or noun.low < noun.at)
        if first == "with":
            return second.folded in ("the", "a", "an", "one", "his", "her") and (
                not weak or noun.low < noun.at
            )
        if not named or _names_a_person(words[noun.at + 1 : tail]):
            return False
        return bool(noun.article) or (not weak and noun.low < noun.at)

    def _kin_of(self, words: Sequence[Word], at: int) -> int | None:
        """Give the word behind a relation: ``verger's daughter``."""
        if at + 1 >= len(words) or self._head(words[at]) in self._kin - self._nouns:
            return None
        following = words[at + 1]
        possessive = following.start - words[at].end > 1 and following.gap == " "
        if possessive and following.folded in self._kin and not words[at].shouted:
            return at + 2
        return None


def _runs_on(gap: str) -> bool:
    return gap in (" ", "-", "' ", "'")


def _names_a_person(words: Sequence[Word]) -> bool:
    """Say whether the place named is rather a person: ``the friend of Amir``."""
    lists = gazetteer()
    capitals = [word for word in words if word.capital]
    return bool(capitals) and all(
        lists.is_forename(word.text)
        and not lists.is_ordinary(word.text)
        and word.folded not in lists.places
        for word in capitals
    )


class UnionPosts(RuleRecogniser):
    """Posts in a union, which few hold."""

    NAME = "role-in-union"
    LABELS = ("ROLE",)
    OF_NAMES = True
    RULES = (
        Rule(
            "ROLE",
            r"(?<=, |\()(?P<v>(?:UNISON|Unison|Unite|GMB|PCS|UCU|NEU|RMT|Federation|Fed|FBU) "
            r"(?:regional |branch |full-time )?"
            r"(?:secretary|chair|rep|representative|convenor|steward|organiser|officer))\b",
            0.7,
            "a post in a union",
            needs="",
        ),
    )
    EXAMPLES = (Example("Mary, UNISON branch secretary", "ROLE", "UNISON branch secretary"),)
    NOT_FOUND = ("the union secretary",)


RECOGNISERS = (Roles, UnionPosts)
