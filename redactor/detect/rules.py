"""What every recogniser of ours is made of: rules with labels, a time limit and a stated reason.

``Recogniser`` is a Presidio ``EntityRecognizer`` that closes three of its habits: a pattern that
runs out of time is reported as stalled instead of counting as nothing found; a failed check digit
lowers the score instead of dropping the find (a mistyped number is still somebody's); and patterns
are case-sensitive unless they say otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any

import regex
from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from redactor.errors import BugError

#: How long one pattern may take on one passage of at most 4,000 characters, in seconds.
TIMEOUT_SECONDS = 5.0
#: Stands between the cells of one column when they are analysed together; no pattern crosses it.
CELL_BREAK = "\n\ue000\n"
#: The score of a shape that counts only with the right words near it.
NEEDS_CONTEXT = 0.1
#: The score of a number whose check digit is wrong.
FAILED_CHECK = 0.4
#: Findings below this are not reported.
FLOOR = 0.2

#: Finds of this recogniser are proposed to be kept: an FOI reference tells of nobody.
KEPT = "disclosure-reference"
#: How the names of recognisers begin that were learnt from examples.
LEARNT = "trained-"

#: How far from its digits or words a pattern may reach, in characters, unless it says less.
REACH = 150
#: Stretches no further apart than this are searched as one: to begin a search costs as much.
_JOINED = 40
#: Where a rule is searched that says nothing else.
DIGITS = r"\d+"
_PLAIN_WORD = re.compile("[A-Za-z]+")
#: What stands between the last word of the head of a field and its value: ``Witness 2:``.
_HEAD = re.compile(r"\.?\d?(?: \d)? ?:")
#: How ``spelt`` reads a pattern: what is no word, a letter to choose, and what it cannot read.
_NO_WORD = re.compile(r"\(\?[a-z]*[:=!]|[()]|\\.")
_CHOICE = re.compile(r"\[([A-Za-z]{2})\]|([A-Za-z ])\?")
_GLUED = re.compile(r"[A-Za-z]\(\?[a-z]*:[A-Za-z]|[A-Za-z]\)\??[A-Za-z]")

CONTEXT_KEY = "context_phrases"
WHY_KEY = "why"
SCORE_KEY = "score"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found in a passage: code points of the normalised text, end exclusive."""

    label: str
    start: int
    end: int
    score: float
    why: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a recogniser must find exactly this stretch under this label."""

    text: str
    label: str
    found: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern.

    Attributes:
        label: of the finding; the group ``v`` of the pattern is what is found, else the whole.
        why: the reason shown to the officer; never holds text of the document.
        context: phrases of which one must stand nearby for a score below ``FLOOR`` to count.
        check: tells whether the text found passes its check digit; None where it has none.
        needs: a cheap test on the passage: ``digit`` searches near digits only, any other string is
            a piece that must occur.
        near: words; where there are some, only what stands near one of them is searched, whatever
            ``needs`` says. In small letters a word stands for itself however written, with a
            capital only as written; with a colon at its end it has to be the head of a field.
        spot: a plain expression of ``re``; where there is one, only what stands near its matches is
            searched, instead of what stands near digits. Beside ``near`` it has to match within
            what stands near a word.
        reach: how far from a digit, a word of ``near`` or a match of ``spot`` the pattern may begin
            or end; 0 for the recogniser's own.
        unless: tells of a find that it is nothing (an ordinary word); such a find is dropped.
    """

    label: str
    pattern: str
    score: float
    why: str
    context: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    ignore_case: bool = False
    needs: str = "digit"
    near: tuple[str, ...] = ()
    spot: str = ""
    reach: int = 0
    unless: Callable[[str], bool] | None = None


#: Stretches of a passage, start and end, in order and apart.
Stretches = tuple[tuple[int, int], ...]


@lru_cache(maxsize=256)
def _near_spots(text: str, spot: str, reach: int) -> Stretches:
    """Give the stretches of a passage that lie near the matches of a plain expression."""
    return _merged(text, _spots(text, spot), reach)


@lru_cache(maxsize=256)
def _spots(text: str, spot: str) -> Stretches:
    return tuple(match.span() for match in re.finditer(spot, text))


@lru_cache(maxsize=256)
def near_words(text: str, words: tuple[str, ...], reach: int) -> Stretches:
    """Give the stretches of a passage that lie near one of some words; see ``Rule.near``."""
    known, forms = _words_at(text), _forms_of(words)
    spots = [
        (at, at + len(word))
        for word in known.keys() & forms.keys()
        for at in known[word]
        if forms[word].any or forms[word].stands(text, at)
    ]
    spots.sort()
    return _merged(text, spots, reach)


@dataclass(slots=True)
class _Forms:
    """How a word of ``Rule.near`` may be written.

    Attributes:
        any: however one likes.
        cased: as written, with these capitals.
        heads: however one likes, as the head of a field.
    """

    any: bool = False
    cased: list[str] = field(default_factory=list)
    heads: str = ""

    def stands(self, text: str, at: int) -> bool:
        """Say whether the word that begins there is so written."""
        if self.heads and _HEAD.match(text, at + len(self.heads)):
            return True
        return any(text.startswith(word, at) for word in self.cased)


@lru_cache(maxsize=512)
def _forms_of(words: tuple[str, ...]) -> Mapping[str, _Forms]:
    """Give the forms of some words by the word in small letters."""
    forms: dict[str, _Forms] = {}
    for word in words:
        plain = word.removesuffix(":")
        lowered = plain.lower()
        form = forms.setdefault(lowered, _Forms())
        if word != plain:
            form.heads = lowered
        elif word == lowered:
            form.any = True
        else:
            form.cased.append(word)
    return forms


def spelt(alternatives: str) -> tuple[str, ...]:
    """Give the plain words that stand in a pattern, for ``Rule.near``.

    A letter that may be left out (``Gardens?``, ``key ?worker``) and one in either case
    (``[Ss]tation``) are given both ways.

    Raises:
        BugError: only a part of a word stands in brackets, which is not read.
    """
    if _GLUED.search(alternatives):
        raise BugError("The words of a detection rule cannot be read.")
    written = _NO_WORD.sub("|", alternatives).split("|")
    return tuple(
        dict.fromkeys(
            word for one in written for way in _ways(one) for word in _PLAIN_WORD.findall(way)
        )
    )


def _ways(written: str) -> Iterator[str]:
    """Give the ways to write something in which letters may be left out, or be capitals."""
    choice = _CHOICE.search(written)
    if choice is None:
        yield written
        return
    either = choice[1] or (choice[2], "")
    for letter, rest in product(either, list(_ways(written[choice.end() :]))):
        yield written[: choice.start()] + letter + rest


@lru_cache(maxsize=4)
def _words_at(text: str) -> Mapping[str, list[int]]:
    """Give where each plain word of a passage begins; words in small letters."""
    places: dict[str, list[int]] = {}
    for match in _PLAIN_WORD.finditer(text):
        places.setdefault(match.group().lower(), []).append(match.start())
    return places


def _merged(text: str, spots: Iterable[tuple[int, int]], reach: int) -> Stretches:
    """Widen spots by ``reach``, up to the end of a word, and join those that then nearly touch."""
    stretches: list[tuple[int, int]] = []
    for start, end in spots:
        if stretches and start - reach <= stretches[-1][1] + _JOINED:
            if end + reach > stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], _end_of_word(text, end + reach))
        else:
            stretches.append((max(0, start - reach), _end_of_word(text, end + reach)))
    return tuple(stretches)


def _with_spots(stretches: Stretches, spots: Stretches) -> Stretches:
    """Give those of some stretches within which a spot begins."""
    return tuple(
        (low, high)
        for low, high in stretches
        if (at := bisect_left(spots, (low, low))) < len(spots) and spots[at][0] < high
    )


def _end_of_word(text: str, at: int) -> int:
    """Give the end of the word in which an offset lies, so that no search sees half of it."""
    end = text.find(" ", at)
    return len(text) if end < 0 else min(end, at + REACH)


class Recogniser(EntityRecognizer):
    """A recogniser of ours: give ``hits``; the rest is Presidio's contract."""

    NAME = ""
    VERSION = "1"
    LABELS: tuple[str, ...] = ()
    #: It looks for names and language rather than for shapes; left out by ``names=False``.
    OF_NAMES = False
    #: It was learnt from examples and gives way to rules; left out by ``model=False``. Presidio
    #: drops what lies within a surer find of its label, so that it is told of a low score, and the
    #: real one goes along in ``SCORE_KEY``.
    TRAINED = False

    def __init__(self) -> None:
        self.stalled: list[str] = []
        super().__init__(
            supported_entities=list(self.LABELS),
            name=self.NAME,
            supported_language="en",
            version=self.VERSION,
        )

    def load(self) -> None:
        """Prepare patterns and lists; called once by Presidio."""

    def hits(self, text: str, artifacts: Any) -> Iterable[Hit]:
        """Give what is found in a normalised passage."""
        raise NotImplementedError

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        """Give the hits as Presidio results; ``entities`` limits the labels."""
        wanted = set(entities)
        return [self._result(hit) for hit in self.hits(text, nlp_artifacts) if hit.label in wanted]

    def _result(self, hit: Hit) -> RecognizerResult:
        explanation = AnalysisExplanation(
            recognizer=self.NAME, original_score=hit.score, textual_explanation=hit.why
        )
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: f"{self.NAME}@{self.VERSION}",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            CONTEXT_KEY: hit.context,
            WHY_KEY: hit.why,
            SCORE_KEY: hit.score,
        }
        score = FLOOR + hit.score / 1000 if self.TRAINED else hit.score
        return RecognizerResult(hit.label, hit.start, hit.end, score, explanation, metadata)

    def search(
        self,
        pattern: regex.Pattern[str],
        text: str,
        name: str,
        low: int = 0,
        high: int | None = None,
    ) -> Iterator[Any]:
        """Iterate over matches; running out of time is noted in ``stalled`` and ends the search."""
        try:
            yield from pattern.finditer(text, low, high, timeout=TIMEOUT_SECONDS)
        except TimeoutError:
            self.stalled.append(f"{self.NAME}: {name}")


def _compiled(rule: Rule) -> tuple[Rule, regex.Pattern[str], str | int]:
    """Compile the pattern of a rule; the last is the group that is found."""
    pattern = regex.compile(rule.pattern, regex.IGNORECASE if rule.ignore_case else 0)
    return rule, pattern, "v" if "v" in pattern.groupindex else 0


class RuleRecogniser(Recogniser):
    """A recogniser made of rules only."""

    RULES: tuple[Rule, ...] = ()

    #: How far from its digits or words a rule may reach that does not say so itself.
    REACH = REACH

    def load(self) -> None:
        """Compile the patterns."""
        self._compiled = [_compiled(rule) for rule in self.RULES]

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Run every rule whose cheap test passes."""
        for rule, pattern, group in self._compiled:
            for low, high in self._stretches(rule, text):
                for match in self.search(pattern, text, rule.why, low, high):
                    start, end = match.span(group)
                    found = text[start:end]
                    if found and not (rule.unless and rule.unless(found)):
                        yield self._judged(rule, found, start, end)

    def _stretches(self, rule: Rule, text: str) -> Stretches:
        """Give where a rule is to be searched."""
        reach = rule.reach or self.REACH
        if rule.near:
            near = near_words(text, rule.near, reach)
            return _with_spots(near, _spots(text, rule.spot)) if rule.spot and near else near
        if rule.spot or rule.needs == "digit":
            return _near_spots(text, rule.spot or DIGITS, reach)
        return ((0, len(text)),) if rule.needs in text else ()

    def _judged(self, rule: Rule, found: str, start: int, end: int) -> Hit:
        score, why = rule.score, rule.why
        if rule.check is not None:
            if rule.check(found):
                score, why = max(score, 0.95), f"{why}; check digit right"
            elif score >= FLOOR:
                score, why = min(score, FAILED_CHECK), f"{why}; check digit wrong"
        return Hit(rule.label, start, end, score, why, rule.context)
