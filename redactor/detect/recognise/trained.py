"""What the trained fields find: names of people, bodies, places, and all else that the guide has.

The fields join the rules and never overrule them: what they find in addition is proposed with its
own score. See ``resources/detection/model/CARD.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from redactor.detect.rules import FLOOR, Example, Hit, Recogniser
from redactor.detect.tagger.features import Facts
from redactor.detect.tagger.phrases import PhraseMarks
from redactor.detect.tagger.tagger import Field
from redactor.detect.tagger.tokens import Token, tokens_of
from redactor.labels import LABELS

_FACTS: list[Facts] = []


def _facts() -> Facts:
    """Give the facts that both fields share in a worker."""
    if not _FACTS:
        _FACTS.append(Facts())
    return _FACTS[0]


class TrainedNames(Recogniser):
    """Names of people, bodies and places, as learnt from openly licensed text."""

    NAME = "trained-names"
    LABELS: tuple[str, ...] = ("PERSON", "ORG", "PLACE")
    OF_NAMES = True
    TRAINED = True
    EXAMPLES: tuple[Example, ...] = (
        Example(
            "I spoke to Kwabena Ofori-Atta about it yesterday.", "PERSON", "Kwabena Ofori-Atta"
        ),
    )
    NOT_FOUND = ("the report was sent on time and read with care by the team",)
    #: The name of the field's files in ``resources/detection/model``.
    FIELD = "names"

    def load(self) -> None:
        """Read the model."""
        self._field = Field.shipped(self.FIELD, _facts())

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the field is sure enough of."""
        tokens = tokens_of(text)
        for found in self._field.tag(tokens, self._marks(text, tokens)):
            score = round(max(found.sure, FLOOR), 3)  # it was found worth a proposal
            yield Hit(found.label, found.start, found.end, score, "learnt from examples")

    def _marks(self, text: str, tokens: Sequence[Token]) -> Sequence[Sequence[str]] | None:
        return None


class TrainedDomain(TrainedNames):
    """Every label of the guide, as learnt from invented documents of this domain."""

    NAME = "trained-domain"
    LABELS = tuple(label.name for label in LABELS if label.name != "PUBLIC_PERSON")
    EXAMPLES: tuple[Example, ...] = (
        Example("I spoke to PC 4471 Hannah Morley at the station.", "ID", "4471"),
        Example("At 14:35 hrs I spoke to the caller.", "TIME", "14:35 hrs"),
        Example("Her telephone number is 07700 900123.", "PHONE", "07700 900123"),
    )
    NOT_FOUND = ("the report was sent on time and read with care by the team",)
    FIELD = "domain"

    def load(self) -> None:
        """Read the model, and the word lists that it also goes by."""
        super().load()
        self._phrases = PhraseMarks()

    def _marks(self, text: str, tokens: Sequence[Token]) -> Sequence[Sequence[str]] | None:
        return self._phrases.of(text, tokens)


RECOGNISERS = (TrainedNames, TrainedDomain)
