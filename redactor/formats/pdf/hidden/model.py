"""What is hidden in a PDF, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redactor.model import HiddenKind, LeftOut, PartPlace, Segment, Tally, Unread

#: Things of these kinds are lists of short lines to a reader; several stand in one segment.
_LISTS = frozenset(
    {
        HiddenKind.LINK,
        HiddenKind.BOOKMARK,
        HiddenKind.STRUCTURE,
        HiddenKind.METADATA,
        HiddenKind.OTHER,
        HiddenKind.HIDDEN_LAYER,
        HiddenKind.OLD_REVISION,
    }
)
#: A list is cut into segments of about this many characters.
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Hidden:
    """One hidden thing: its kind, the part it is listed under, and its text, if it has any.

    Attributes:
        part: says where it stands in words that name nobody (``comments, page 3``).
        unit: what it is counted in, in the plural; empty for what belongs to another thing.
    """

    kind: HiddenKind
    part: str
    text: str = field(default="", repr=False)
    unit: str = ""


@dataclass(slots=True)
class Found:
    """Everything hidden in one file, and what of it could not be read."""

    hidden: list[Hidden] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    #: Counts that others made, of files in the file.
    counted: list[Tally] = field(default_factory=list)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Count things by kind and part, in what people count them in."""
        counts = Counter((one.kind, one.part, one.unit) for one in self.hidden if one.unit)
        own = (Tally(kind, part, count, unit) for (kind, part, unit), count in counts.items())
        return (*own, *self.counted)


def as_segments(hidden: Iterable[Hidden]) -> list[Segment]:
    """Give the hidden texts as segments, numbered within their part."""
    counts: Counter[str] = Counter()
    segments = []
    for kind, part, text in _texts(hidden):
        segments.append(Segment(PartPlace(part, counts[part]), text, kind, part))
        counts[part] += 1
    return segments


def _texts(hidden: Iterable[Hidden]) -> Iterator[tuple[HiddenKind, str, str]]:
    """Give the texts one by one, or several lines together, each once."""
    groups: dict[tuple[HiddenKind, str], dict[str, None]] = {}
    for one in hidden:
        if one.text:
            groups.setdefault((one.kind, one.part), {})[one.text] = None
    for (kind, part), texts in groups.items():
        for text in _chunks(texts) if kind in _LISTS else texts:
            yield kind, part, text


def _chunks(texts: Iterable[str]) -> Iterator[str]:
    lines: list[str] = []
    length = 0
    for text in texts:
        lines.append(text)
        length += len(text) + 1
        if length > _CHUNK:
            yield "\n".join(lines)
            lines, length = [], 0
    if lines:
        yield "\n".join(lines)


def as_left_out(hidden: Iterable[Hidden]) -> tuple[LeftOut, ...]:
    """Give the list of what a release does not carry."""
    listed = [*hidden]
    counted = {(one.kind, one.part) for one in listed if one.unit}
    counts = Counter(
        (str(one.kind), one.part)
        for one in listed
        if one.unit or (one.kind, one.part) not in counted
    )
    return tuple(LeftOut(kind, part, count) for (kind, part), count in counts.items())
