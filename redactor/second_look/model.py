"""What the second look is given, and what it finds."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redactor.canonical import canonical
from redactor.model import Segment, Span

#: The segment that stands for a document's own file name, which goes out with the release.
FILE_NAME = "file-name"


class LeadKind(enum.StrEnum):
    """Why a place is shown, the surest first."""

    SAME_WORDS = "same-words"
    VARIANT = "variant"
    UNEVEN = "uneven"
    LINKED = "linked"
    FUZZY = "fuzzy"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One document as it was read. ``name`` is its file name."""

    number: int
    sha256: str
    name: str = field(repr=False)
    segments: Sequence[Segment] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lead:
    """A place near something redacted, which is not redacted itself.

    Attributes:
        key: stays the same from one search to the next while the place, its words and what it is
            near do; so a dismissal holds, and no longer than its grounds.
        why: a sentence without any text of the case.
        target: the place; None where a whole page, sheet or document is meant.
        place: the segment or sheet that is meant; empty for a whole document.
        near: the redactions that it is near, the first few.
        is_sure: it is all but certainly the same: it must be ruled on before anything is submitted.
        hidden: the kind of hidden content it lies in, which is never released; None elsewhere.
        text: what stands there.
    """

    key: str
    kind: LeadKind
    why: str
    document: int
    target: Span | None
    place: str = field(repr=False)
    near: tuple[int, ...]
    is_sure: bool
    hidden: str | None = None
    text: str = field(default="", repr=False)

    @property
    def needs_ruling(self) -> bool:
        """Say whether somebody has to rule on it at all; hidden content is never released."""
        return self.hidden is None


def key_of_lead(sha256: str, place: Iterable[object], words: str, near: Iterable[str]) -> str:
    """Give the key of a lead, in hex.

    Args:
        sha256: of the document.
        place: what names the place in it.
        words: the folded words that stand there.
        near: the folded texts of what it is near; another one makes it another lead.
    """
    shape = [sha256, [str(one) for one in place], words, sorted(set(near))]
    return hashlib.sha256(b"redactor-lead-1" + canonical({"lead": shape})).hexdigest()
