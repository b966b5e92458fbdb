"""The trained fields, read from ``resources/`` and asked how sure they are of every token."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pycrfsuite

from redactor.config import resource_path
from redactor.detect.tagger.features import Facts, features_of
from redactor.detect.tagger.tokens import Token

OUTSIDE = "O"
#: By how much sums of chances may be wrong.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch that a field takes for something.

    Attributes:
        start, end: code points of the passage.
        sure: from 0 to 1, calibrated: how often a stretch so judged was right.
    """

    label: str
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read what a field says; found out on texts that it did not learn from.

    Attributes:
        curve: pairs of what it says and how often that was so, both rising.
        floors: for each label, the least chance that is worth a proposal.
    """

    curve: tuple[tuple[float, float], ...]
    floors: Mapping[str, float]

    @classmethod
    def read(cls, text: str) -> Settings:
        """Read the JSON that ``train.py`` writes beside a field."""
        said = json.loads(text)
        curve = tuple((float(chance), float(was)) for chance, was in said["calibration"])
        return cls(curve, {label: float(floor) for label, floor in said["floors"].items()})


class Field:
    """One conditional random field.

    Args:
        field: as CRFsuite wrote it.
        settings: how to read it.
        facts: what is known of words; shared, for it remembers.
    """

    def __init__(self, field: bytes, settings: Settings, facts: Facts) -> None:
        self._bytes = field  # the tagger reads from these, and does not keep them alive
        self._settings = settings
        self._least = min(settings.floors.values(), default=1.0)
        self._facts = facts
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._bytes)
        tags = frozenset(str(one) for one in self._tagger.labels())
        self._labels = tuple(sorted({tag[2:] for tag in tags if tag != OUTSIDE}))
        self._order = list(self._labels)
        #: The tags of each label: that with which a stretch begins, and that with which it goes on.
        self._tags = {
            label: tuple(f"{way}-{label}" if f"{way}-{label}" in tags else "" for way in "BI")
            for label in self._labels
        }

    @classmethod
    def shipped(cls, name: str, facts: Facts) -> Field:
        """Read one of the fields in ``resources/detection/model``.

        Raises:
            BugError: a file is missing, which means a damaged installation.
        """
        field = resource_path("detection", "model", f"{name}.crfsuite").read_bytes()
        settings = resource_path("detection", "model", f"{name}.json").read_text(encoding="utf-8")
        return cls(field, Settings.read(settings), facts)

    def tag(
        self, tokens: Sequence[Token], marked: Sequence[Sequence[str]] | None = None
    ) -> Iterator[Tagged]:
        """Give the stretches that are something with a chance that is worth a proposal.

        Args:
            tokens: of a passage.
            marked: what else is known of each token there; see ``features_of``.
        """
        if not tokens:
            return
        self._tagger.set(list(features_of(tokens, self._facts, marked)))
        run: list[tuple[Token, float, str]] = []
        for at, token in enumerate(tokens):
            chance = 1.0 - self._tagger.marginal(OUTSIDE, at)
            label = self._label(at, chance) if token.text not in "\n\ue000" else ""
            if run and (not label or label != run[-1][2] or self._begins(label, at)):
                yield _joined(run)
                run = []
            if label:
                run.append((token, calibrated(chance, self._settings.curve), label))
        if run:
            yield _joined(run)

    def _label(self, at: int, chance: float) -> str:
        """Give the likeliest label of a token, or nothing where that is too unlikely."""
        if chance < self._least:
            return ""
        label = self._likeliest(at, chance)
        return label if chance >= self._settings.floors.get(label, 1.0) else ""

    def _likeliest(self, at: int, chance: float) -> str:
        """Give the likeliest label; those found last are tried first, for they come in runs.

        No more are tried once the rest of the chance is too little for any other.
        """
        best, most, left = "", -1.0, chance
        for label in self._order:
            said = sum(self._chances(label, at))
            left -= said
            if said > most or (said == most and label < best):
                best, most = label, said
            if most > left + _ROUNDING:
                break
        if self._order[0] != best:
            self._order.remove(best)
            self._order.insert(0, best)
        return best

    def _begins(self, label: str, at: int) -> bool:
        """Say whether a token rather begins another stretch of the label than goes on."""
        begins, goes_on = self._chances(label, at)
        return begins > goes_on

    def _chances(self, label: str, at: int) -> tuple[float, float]:
        begins, goes_on = self._tags[label]
        marginal = self._tagger.marginal
        return (
            float(marginal(begins, at)) if begins else 0.0,
            float(marginal(goes_on, at)) if goes_on else 0.0,
        )


def _joined(run: Sequence[tuple[Token, float, str]]) -> Tagged:
    return Tagged(run[0][2], run[0][0].start, run[-1][0].end, max(one[1] for one in run))


def calibrated(chance: float, curve: Sequence[tuple[float, float]]) -> float:
    """Read a chance off a curve, in a straight line between its points."""
    for (low, least), (high, most) in pairwise(curve):
        if chance <= high:
            share = (chance - low) / (high - low) if high > low else 0.0
            return least + max(0.0, share) * (most - least)
    return curve[-1][1] if curve else chance
