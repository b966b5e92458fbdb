"""Whether a passage speaks of somebody, lays down rules, or counts: what a phrase is weighed by.

A word list finds *assault* in a charge, in a policy and in a table of figures alike. What tells
them apart is who is near: a pronoun, a name, a rank, a relation. Each is looked up word by word,
once a sentence and once a line, and only where a phrase was found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from redactor.detect.gazetteer import gazetteer
from redactor.detect.lexicon import word_classes
from redactor.detect.rules import CELL_BREAK
from redactor.detect.words import Word, words_of

_NUMBERED = regex.compile(r"[vswcp]\d{1,2}")
#: Figures behind a phrase, as in the row of a table.
_FIGURES = regex.compile(
    r"[^\n]{0,30}?(?:[ \t]{2,}|[ ]*\|[ ]*|,)\"?[\d<*-][\d,.%]*\"?(?:[ \t]{2,}|[ ]*[|,\n]|[ ]*$)"
    r"|[ ]*:[ ]*\d{1,4}%?(?:[ ]*$|[ ]*\n)"
)
_SEPARATORS = regex.compile(r"[,|;\t]|[ ]{3,}")
_COLUMNS = regex.compile(r",(?=\S)|[|;\t]|[ ]{3,}")
_SENTENCE_END = regex.compile(r"[.?!][)\"']*\s")
#: How far a sentence and a line are followed, in words either way.
_SENTENCE, _LINE = 40, 80
#: From how many words on a passage can be judged as a whole, and how rarely a person may be
#: spoken of for it to count as speaking of nobody.
_LONG, _RARELY, _OFTEN = 40, 110, 25


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The classes of words that tell who is spoken of, by ``classes.txt``.

    Attributes:
        pronoun, short, title: stand for one person; ``short`` with a verb joined to it.
        lettered: does so before a single letter (*Officer C*).
        role: what somebody is to the case or to another; weaker, since rules use these too.
        binding, pair, rule: words of rules; the first two count double.
        counted: what is counted rather than told of.
    """

    pronoun: frozenset[str]
    short: frozenset[str]
    title: frozenset[str]
    lettered: frozenset[str]
    role: frozenset[str]
    binding: frozenset[str]
    pair: frozenset[str]
    rule: frozenset[str]
    counted: frozenset[str]


@lru_cache(maxsize=1)
def _kinds() -> _Kinds:
    classes = word_classes()
    return _Kinds(
        pronoun=classes["pronoun"],
        short=classes["pronoun-short"],
        title=classes["title"],
        lettered=classes["lettered"],
        role=classes["role"],
        binding=classes["binding"],
        pair=classes["binding-pair"],
        rule=classes["rule"],
        counted=classes["counted"],
    )


@dataclass(frozen=True, slots=True)
class Company:
    """What stands around a phrase.

    Attributes:
        person: a pronoun, a name or a title.
        role: a word for what somebody is to the case.
        rule: words of rules, and nobody in person.
        counts: things counted, and nobody in person.
    """

    person: bool = False
    role: bool = False
    rule: bool = False
    counts: bool = False


class SpokenOf:
    """A passage, asked about the surroundings of its phrases."""

    def __init__(self, text: str) -> None:
        self.words: Sequence[Word] = words_of(text)
        self._kinds = _kinds()
        self.cells = CELL_BREAK in text
        self._text = text
        self._sentences: dict[int, Company] = {}
        self._lines: dict[int, Company] = {}
        #: The words that begin a line and those that begin a sentence, in order.
        self._begin_lines = [at for at, word in enumerate(self.words) if "\n" in word.gap]
        self._begin_sentences = [
            at for at, word in enumerate(self.words) if word.gap != " " and self._ends_sentence(at)
        ]

    def sentence(self, at: int) -> Company:
        """Judge the sentence around a word."""
        return self._company(self._bounds(at, _SENTENCE, self._begin_sentences), self._sentences)

    def line(self, at: int) -> Company:
        """Judge the line around a word."""
        return self._company(self._bounds(at, _LINE, self._begin_lines), self._lines)

    def followed_by_figures(self, behind: int) -> bool:
        """Say whether figures stand behind words, and nobody in their line."""
        end = self.words[behind - 1].end
        return bool(_FIGURES.match(self._text, end)) and not self.line(behind - 1).person

    def in_a_row(self, at: int) -> bool:
        """Say whether a word stands in a row of data: several separators, and some digits."""
        low, high = self._bounds(at, _LINE, self._begin_lines)
        line = self._text[self.words[low].start : self.words[high - 1].end]
        return len(_SEPARATORS.findall(line)) >= 4 and any(mark.isdigit() for mark in line)

    def heads_a_line(self, first: int, behind: int) -> bool:
        """Say whether words are the label of a field, or one of a row of headings."""
        words = self.words
        gap = words[behind].gap if behind < len(words) else self._text[words[-1].end :][:2]
        low, high = self._bounds(first, _LINE, self._begin_lines)
        if gap.lstrip(" )?").startswith(":") and first - low < 2:
            return True
        line = self._text[words[low].start : words[high - 1].end]
        return (
            len(_COLUMNS.findall(line)) >= 3
            and not any(mark.isdigit() or mark in ".:?!" for mark in line)
            and not self.line(first).person
            and high - low < 40
        )

    @property
    def dense(self) -> bool:
        """Say whether somebody is spoken of in nearly every sentence."""
        return len(self._persons) * _OFTEN > len(self.words)

    @property
    def impersonal(self) -> bool:
        """Say whether a passage is long and speaks of hardly anybody."""
        return len(self.words) >= _LONG and len(self._persons) * _RARELY < len(self.words)

    @cached_property
    def _persons(self) -> Sequence[int]:
        """Give the words that stand for one person, in order."""
        return [at for at in range(len(self.words)) if self._is_person(at)]

    def _company(self, bounds: tuple[int, int], known: dict[int, Company]) -> Company:
        low, high = bounds
        if low not in known:
            known[low] = self._judged(low, high)
        return known[low]

    def _judged(self, low: int, high: int) -> Company:
        words = self.words
        first = bisect_left(self._persons, low)
        person = first < len(self._persons) and self._persons[first] < high
        role = any(
            word.folded in self._kinds.role
            or (word.folded[-1].isdigit() and _NUMBERED.fullmatch(word.folded))
            for word in words[low:high]
        )
        if person:
            return Company(person=True, role=role)
        weight = self._rule_weight(low, high)
        rule = weight >= (1 if self.impersonal else 2 if len(words) < _LONG else 3)
        return Company(role=role, rule=rule, counts=self._counted(low, high))

    def _rule_weight(self, low: int, high: int) -> int:
        words = self.words
        weight = 0
        for at in range(low, high):
            folded = words[at].folded
            if folded in self._kinds.binding:
                weight += 2
            elif folded in self._kinds.rule and words[at].text != "May":
                weight += 1
            if at + 1 < high and f"{folded}_{words[at + 1].folded}" in self._kinds.pair:
                weight += 2
        return weight

    def _counted(self, low: int, high: int) -> bool:
        words = self.words
        return any(
            words[at].text.isdigit()
            and any(
                word.folded in self._kinds.counted for word in words[at + 1 : min(at + 4, high)]
            )
            for at in range(low, high)
        )

    def _is_person(self, at: int) -> bool:
        word = self.words[at]
        if word.folded in self._kinds.pronoun:
            return not self._either(at)
        if word.folded in self._kinds.short or word.folded in self._kinds.title:
            return True
        if not word.capital:
            return False
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if word.folded in self._kinds.lettered:
            return following is not None and len(following.text) == 1 and following.capital
        lists = gazetteer()
        return (
            len(word.text) > 1 and lists.is_forename(word.text) and not lists.is_ordinary(word.text)
        )

    def _either(self, at: int) -> bool:
        """Say whether a pronoun is one of *he or she*, which is nobody."""
        near = self.words[max(0, at - 2) : at + 3]
        return sum(word.folded in self._kinds.pronoun for word in near) > 1 and any(
            word.folded == "or" or "/" in word.gap for word in near
        )

    def _bounds(self, at: int, most: int, begins: Sequence[int]) -> tuple[int, int]:
        """Give the stretch between two beginnings around a word, cut to so many words each way."""
        behind = bisect_right(begins, at)
        low = begins[behind - 1] if behind else 0
        high = begins[behind] if behind < len(begins) else len(self.words)
        return max(low, at - most), min(high, at + most)

    def _ends_sentence(self, at: int) -> bool:
        """Say whether a sentence ends before a word."""
        gap = self.words[at].gap
        if "\n" in gap:
            return True
        return len(self.words[at - 1].text) > 3 and bool(_SENTENCE_END.match(gap))


@lru_cache(maxsize=2)
def spoken_of(text: str) -> SpokenOf:
    """Give a passage to be asked; the last are remembered, so that recognisers share them."""
    return SpokenOf(text)
