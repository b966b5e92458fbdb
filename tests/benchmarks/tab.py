"""The metrics of the Text Anonymization Benchmark, on its development split.

Source of the definitions: evaluation.py of NorskRegnesentral/text-anonymization-benchmark (Pilán
and others, 2022). An entity counts as masked only if every one of its mentions that needs masking
is; a mention, only if every character of it is, leaving out titles, function words and punctuation.
Tokens are runs of ``\\w``. Precision is by token, each of the same weight; a token is right if it
lies whole in one mention that needs masking. The corpus at hand has one annotator a document.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.scoring import Piece, Ratio, ratio

_IGNORED_WORDS = (
    "mr mrs ms and or from until to about after as at before between by during for in into of on "
    "over since with the a an no nr"
)
_IGNORED = re.compile(
    "|".join(
        [rf"\b{word}\b" for word in _IGNORED_WORDS.split()]
        + ["[’']s\\b", r"[,.\-;:/&()\[\]–'\" ’“”]"]
    ),
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an entity.

    Attributes:
        entity: which.
        label: TAB's own type.
        must: ``DIRECT``, ``QUASI`` or ``NO_MASK``.
    """

    start: int
    end: int
    label: str
    entity: str
    must: str


@dataclass(frozen=True, slots=True)
class Judgment:
    """One annotated judgment."""

    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """TAB's metrics over all judgments.

    Attributes:
        direct, quasi: entity recall (ERdi, ERqi).
        mentions, tokens: recall by type, and of ``all``.
        precision: by token.
    """

    direct: Ratio
    quasi: Ratio
    mentions: dict[str, Ratio]
    tokens: dict[str, Ratio]
    precision: Ratio


def read_tab(path: Path, split: str = "dev") -> list[Judgment]:
    """Read the judgments of a split."""
    records = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [_judgment(one) for one in records if one["split"] == split]


def _judgment(record: dict[str, object]) -> Judgment:
    mentions = tuple(
        Mention(
            one["start_offset"],
            one["end_offset"],
            one["entity_type"],
            one["entity_id"],
            one["identifier_type"],
        )
        for one in record["full"]  # type: ignore[attr-defined]
    )
    return Judgment(str(record["text"]), mentions)


class _Masked:
    """A judgment with what a detector would mask in it."""

    def __init__(self, judgment: Judgment, flags: Iterable[Piece]) -> None:
        self.text = judgment.text
        self.flags = list(flags)
        self.entities: dict[str, list[Mention]] = defaultdict(list)
        for one in judgment.mentions:
            self.entities[one.entity].append(one)
        self.to_mask = {
            key: mentions
            for key, mentions in self.entities.items()
            if any(one.must != "NO_MASK" for one in mentions)
        }
        self._covered = {at for one in self.flags for at in range(one.start, one.end)}

    def hides(self, start: int, end: int) -> bool:
        """Say whether a stretch is masked but for what may be left."""
        left = set(range(start, end)) - self._covered
        if left:
            for match in _IGNORED.finditer(self.text[start:end].lower()):
                left -= set(range(start + match.start(), start + match.end()))
        return not left

    def hides_entity(self, mentions: Sequence[Mention]) -> bool:
        """Say whether every mention that needs masking is masked."""
        return all(one.must == "NO_MASK" or self.hides(one.start, one.end) for one in mentions)

    def entity_recall(self, *, direct: bool) -> tuple[int, int]:
        """Count the entities of a kind that are masked, of how many."""
        asked = [one for one in self.to_mask.values() if _is_direct(one) == direct]
        return sum(map(self.hides_entity, asked)), len(asked)

    def stretch_recall(self, label: str, cut: Callable[[Mention], list[Piece]]) -> tuple[int, int]:
        """Count the mentions, or the tokens of them, that are masked."""
        stretches = [
            piece
            for mentions in self.to_mask.values()
            if label in ("all", mentions[0].label)
            for one in mentions
            for piece in cut(one)
        ]
        return sum(self.hides(one.start, one.end) for one in stretches), len(stretches)

    def precision(self) -> tuple[int, int]:
        """Count the masked tokens that lie in a mention that needs masking."""
        right = [
            (one.start, one.end)
            for mentions in self.to_mask.values()
            for one in mentions
            if one.must != "NO_MASK"
        ]
        tokens = [token for one in self.flags for token in self.tokens(one.start, one.end)]
        good = sum(
            any(start <= token.start and token.end <= end for start, end in right)
            for token in tokens
        )
        return good, len(tokens)

    def tokens(self, start: int, end: int) -> list[Piece]:
        """Cut a stretch into tokens."""
        return [
            Piece(start + match.start(), start + match.end(), "")
            for match in _TOKEN.finditer(self.text[start:end])
        ]


def _is_direct(mentions: Sequence[Mention]) -> bool:
    # As there: the first mention says of which kind the entity is.
    return mentions[0].must == "DIRECT"


def measure(judgments: Sequence[Judgment], find: Callable[[str], Iterable[Piece]]) -> Figures:
    """Run a detector over the judgments and give TAB's metrics."""
    masked = [_Masked(one, find(one.text)) for one in judgments]
    labels = sorted(
        {one.label for each in judgments for one in each.mentions if one.must != "NO_MASK"}
    )

    def recall(label: str, *, by_token: bool) -> Ratio:
        pairs = [
            one.stretch_recall(
                label,
                lambda mention, one=one: (
                    one.tokens(mention.start, mention.end)
                    if by_token
                    else [Piece(mention.start, mention.end, mention.label)]
                ),
            )
            for one in masked
        ]
        return ratio(pairs, with_interval=label == "all")

    return Figures(
        ratio([one.entity_recall(direct=True) for one in masked], with_interval=True),
        ratio([one.entity_recall(direct=False) for one in masked], with_interval=True),
        {label: recall(label, by_token=False) for label in ["all", *labels]},
        {label: recall(label, by_token=True) for label in ["all", *labels]},
        ratio([one.precision() for one in masked], with_interval=True),
    )
