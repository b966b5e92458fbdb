"""What is said of people: offences and conduct, outcomes, and the heads of Article 9(1) UK GDPR.

The words are data (``resources/detection/lexicons``). A phrase that says enough by itself is
proposed wherever a case is spoken of; a weak one (``push``, ``white``) only near somebody. Text
that lays down rules, and rows that count, speak of nobody: nothing is proposed there.
Criminal-offence data follow sections 10(5) and 11(2) of the Data Protection Act 2018.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from redactor.detect.gazetteer import gazetteer
from redactor.detect.lexicon import SPECIAL_LABELS, Phrase, phrases_said, said_lexicon
from redactor.detect.recognise.spoken_of import SpokenOf, spoken_of
from redactor.detect.rules import Example, Hit, Recogniser

#: Scores: said of somebody; said, but of whom is not plain.
_TIED, _UNTIED = 0.65, 0.45


@lru_cache(maxsize=2)
def _said(text: str) -> tuple[Hit, ...]:
    """Give every phrase of a passage that speaks of somebody; remembered for the recognisers."""
    around = spoken_of(text)
    hits: list[Hit] = []
    for label, first, behind, phrase in phrases_said(text):
        score = _weighed(around, first, behind, phrase)
        if score:
            start, end = around.words[first].start, around.words[behind - 1].end
            hits.append(Hit(label, start, end, score, "a phrase of the word list"))
    return tuple(hits)


def _weighed(around: SpokenOf, first: int, behind: int, phrase: Phrase) -> float:
    """Weigh a phrase by those near it; 0 where it speaks of nobody."""
    sentence = around.sentence(first)
    if (sentence.rule or sentence.counts) and not around.cells:
        return 0.0
    if around.heads_a_line(first, behind) or around.followed_by_figures(behind):
        return 0.0
    if phrase.length == 1 and _may_be_name(around, first, strong=phrase.strong):
        return 0.0
    near = sentence.person or around.line(first).person
    if around.impersonal and not near and not around.cells:
        return 0.0
    tied = near or sentence.role or around.cells or around.in_a_row(first) or around.dense
    if phrase.strong:
        return _TIED if tied else _UNTIED
    return _UNTIED if tied else 0.0


def _may_be_name(around: SpokenOf, at: int, *, strong: bool) -> bool:
    """Say whether a single word is rather a name: ``Mr Christian``, ``Dorothy Mason``."""
    word = around.words[at]
    if not word.capital:
        return False
    if not strong and word.gap == " " and not word.shouted:
        return True
    lists = gazetteer()
    if not (lists.is_forename(word.text) or lists.is_surname(word.text)):
        return False
    before = around.words[at - 1] if at and word.gap == " " else None
    after = around.words[at + 1] if at + 1 < len(around.words) else None
    if after is not None and after.gap != " ":
        after = None
    return any(
        one is not None
        and one.capital
        and (
            lists.is_forename(one.text)
            or (lists.is_surname(one.text) and not lists.is_ordinary(one.text))
        )
        for one in (before, after)
    )


class _Phrases(Recogniser):
    """Phrases of one or more labels, tied to somebody."""

    OF_NAMES = True

    def load(self) -> None:
        """Read the phrases."""
        said_lexicon()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the phrases that speak of somebody."""
        return (hit for hit in _said(text) if hit.label in self.LABELS)


class Offences(_Phrases):
    """Offences, misconduct and conduct alleged of somebody."""

    NAME = "offence"
    LABELS = ("OFFENCE",)
    EXAMPLES = (
        Example("He was arrested for common assault at home", "OFFENCE", "common assault"),
        Example(
            "PC Stone is accused of misconduct in public office.",
            "OFFENCE",
            "misconduct in public office",
        ),
        Example("she said he punched her", "OFFENCE", "punched"),
    )
    NOT_FOUND = (
        "Officers must declare any conviction for assault.",
        "Sexual assault                  3         1         4",
        "Examples of offences include theft.",
    )


class Outcomes(_Phrases):
    """Disposals, findings and sanctions."""

    NAME = "outcome"
    LABELS = ("OUTCOME",)
    EXAMPLES = (
        Example("PC Stone was dismissed without notice", "OUTCOME", "dismissed without notice"),
        Example("She pleaded guilty in May", "OUTCOME", "pleaded guilty"),
        Example("He was released under investigation.", "OUTCOME", "released under investigation"),
    )
    NOT_FOUND = (
        "Final written warning       5        1         0",
        "Anyone convicted must declare it.",
    )


class Special(_Phrases):
    """The nine heads of Article 9(1): health, origin, belief, politics, union and the rest."""

    NAME = "special-category"
    LABELS = SPECIAL_LABELS
    EXAMPLES = (
        Example("She has post-traumatic stress and", "SC_HEALTH", "post-traumatic stress"),
        Example("he takes sertraline daily", "SC_HEALTH", "sertraline"),
        Example("Mr Khan is Pakistani and", "SC_RACE", "Pakistani"),
        Example("she is a practising Catholic.", "SC_RELIGION", "practising Catholic"),
        Example("he is a Green Party member", "SC_POLITICS", "Green Party member"),
        Example("her union rep attended", "SC_UNION", "union rep"),
        Example("he was having an affair with", "SC_SEXLIFE", "having an affair with"),
        Example("she is openly gay", "SC_ORIENTATION", "openly gay"),
        Example("his fingerprints were found", "SC_BIOMETRIC", "fingerprints"),
        Example("a DNA sample from him", "SC_GENETIC", "DNA sample"),
    )
    NOT_FOUND = (
        "A declaration may reveal racial or ethnic origin, political opinions or health.",
        "a white van and a black Golf",
    )


RECOGNISERS = (Offences, Outcomes, Special)
