"""What every recogniser of ours is made of: rules with labels, a time limit and a stated reason.

``Recogniser`` is a Presidio ``EntityRecognizer`` that closes three of its habits: a pattern that
runs out of time is reported as stalled instead of counting as nothing found; a failed check digit
lowers the score instead of dropping the find (a mistyped number is still somebody's); and patterns
are case-sensitive unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex
from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

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

#: How far from its digits a pattern for numbers may reach, in characters.
_REACH = 150
_DIGITS = regex.compile(r"\d+")

CONTEXT_KEY = "context_phrases"
WHY_KEY = "why"


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
        needs: a cheap test on the passage: ``digit`` skips passages without a digit, any other
            string is a piece that must occur.
    """

    label: str
    pattern: str
    score: float
    why: str
    context: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    ignore_case: bool = False
    needs: str = "digit"


@lru_cache(maxsize=4)
def _near_digits(text: str) -> tuple[tuple[int, int], ...]:
    """Give the stretches of a passage that lie near a digit, merged; the rest holds no number."""
    stretches: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        low, high = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        if stretches and low <= stretches[-1][1] + _REACH:
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    return tuple(stretches)


class Recogniser(EntityRecognizer):
    """A recogniser of ours: give ``hits``; the rest is Presidio's contract."""

    NAME = ""
    VERSION = "1"
    LABELS: tuple[str, ...] = ()
    #: It looks for names and language rather than for shapes; left out by ``names=False``.
    OF_NAMES = False

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
        }
        return RecognizerResult(hit.label, hit.start, hit.end, hit.score, explanation, metadata)

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


class RuleRecogniser(Recogniser):
    """A recogniser made of rules only."""

    RULES: tuple[Rule, ...] = ()

    def load(self) -> None:
        """Compile the patterns."""
        self._compiled = [
            (rule, regex.compile(rule.pattern, regex.IGNORECASE if rule.ignore_case else 0))
            for rule in self.RULES
        ]

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Run every rule whose cheap test passes."""
        near_digits = _near_digits(text)
        for rule, pattern in self._compiled:
            if rule.needs and rule.needs != "digit" and rule.needs not in text:
                continue
            group: str | int = "v" if "v" in pattern.groupindex else 0
            for low, high in near_digits if rule.needs == "digit" else ((0, len(text)),):
                for match in self.search(pattern, text, rule.why, low, high):
                    start, end = match.span(group)
                    if end > start:
                        yield self._judged(rule, text[start:end], start, end)

    def _judged(self, rule: Rule, found: str, start: int, end: int) -> Hit:
        score, why = rule.score, rule.why
        if rule.check is not None:
            if rule.check(found):
                score, why = max(score, 0.95), f"{why}; check digit right"
            elif score >= FLOOR:
                score, why = min(score, FAILED_CHECK), f"{why}; check digit wrong"
        return Hit(rule.label, start, end, score, why, rule.context)
