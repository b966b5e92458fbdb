"""The trained fields, read from ``resources/`` and asked how sure they are of every token."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pycrfsuite

from redactor.config import resource_path
from redactor.detect.tagger.features import Facts, features_of
from redactor.detect.tagger.tokens import Token

OUTSIDE = "O"


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


class Field:
    """One conditional random field.

    Args:
        name: of its two files in ``resources/detection/model``.
        facts: what is known of words; shared, for it remembers.

    Raises:
        BugError: a file is missing, which means a damaged installation.
    """

    def __init__(self, name: str, facts: Facts) -> None:
        folder = resource_path("detection", "model")
        self._bytes = (folder / f"{name}.crfsuite").read_bytes()
        self._curve = read_curve((folder / f"{name}.json").read_text(encoding="utf-8"))
        self._facts = facts
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._bytes)
        tags = frozenset(str(one) for one in self._tagger.labels())
        self._labels = tuple(sorted({tag[2:] for tag in tags if tag != OUTSIDE}))
        #: The tags of each label: that with which a stretch begins, and that with which it goes on.
        self._tags = {
            label: tuple(f"{way}-{label}" if f"{way}-{label}" in tags else "" for way in "BI")
            for label in self._labels
        }

    @property
    def labels(self) -> tuple[str, ...]:
        """Give the labels that it knows."""
        return self._labels

    def tag(
        self,
        tokens: Sequence[Token],
        floor: float,
        marked: Sequence[Sequence[str]] | None = None,
    ) -> Iterator[Tagged]:
        """Give the stretches that are something with a chance of at least ``floor``."""
        if not tokens:
            return
        self._tagger.set(list(features_of(tokens, self._facts, marked)))
        run: list[tuple[Token, float, str]] = []
        for at, token in enumerate(tokens):
            chance = 1.0 - self._tagger.marginal(OUTSIDE, at)
            sure = calibrated(chance, self._curve)
            label = self._likeliest(at) if sure >= floor and token.text not in "\n\ue000" else ""
            if run and (not label or label != run[-1][2] or self._begins(label, at)):
                yield _joined(run)
                run = []
            if label:
                run.append((token, sure, label))
        if run:
            yield _joined(run)

    def _likeliest(self, at: int) -> str:
        return max(self._labels, key=lambda label: sum(self._chances(label, at)))

    def _begins(self, label: str, at: int) -> bool:
        """Say whether a token rather begins another stretch of the label than goes on."""
        begins, goes_on = self._chances(label, at)
        return begins > goes_on

    def _chances(self, label: str, at: int) -> tuple[float, float]:
        begins, goes_on = (
            float(self._tagger.marginal(tag, at)) if tag else 0.0 for tag in self._tags[label]
        )
        return begins, goes_on


def _joined(run: Sequence[tuple[Token, float, str]]) -> Tagged:
    return Tagged(run[0][2], run[0][0].start, run[-1][0].end, max(one[1] for one in run))


def read_curve(text: str) -> tuple[tuple[float, float], ...]:
    """Read the calibration: pairs of what the field says and what was so, both rising."""
    pairs = json.loads(text)["calibration"]
    return tuple((float(said), float(was)) for said, was in pairs)


def calibrated(chance: float, curve: Sequence[tuple[float, float]]) -> float:
    """Read a chance off a curve, in a straight line between its points."""
    for (low, least), (high, most) in pairwise(curve):
        if chance <= high:
            share = (chance - low) / (high - low) if high > low else 0.0
            return least + max(0.0, share) * (most - least)
    return curve[-1][1] if curve else chance
