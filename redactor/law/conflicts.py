"""Which grounds cannot stand together on the same information."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

#: Stands for a release in place of a citation.
RELEASED = ""


class ConflictKind(enum.StrEnum):
    """Whether two grounds exclude one another, or may be pleaded in the alternative."""

    EXCLUDES = "excludes"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two groups of grounds of which the same information takes one.

    Attributes:
        these, those: how their citations begin (``s30``, ``s40(1)``); ``RELEASED`` for a release.
        kind: whether both may be given with the words “in the alternative”.
        why: in a sentence.
        source: the address of the provision.
    """

    these: str
    those: str
    kind: ConflictKind
    why: str
    source: str

    @property
    def is_barred(self) -> bool:
        """Say whether the two can in no way be relied on together."""
        return self.kind is ConflictKind.EXCLUDES

    def concerns(self, citation: str) -> bool:
        """Say whether a ground is one of these."""
        return _is_in(citation, self.these) or _is_in(citation, self.those)

    def is_between(self, one: str, other: str) -> bool:
        """Say whether it is between two grounds."""
        return (_is_in(one, self.these) and _is_in(other, self.those)) or (
            _is_in(other, self.these) and _is_in(one, self.those)
        )


def _is_in(citation: str, group: str) -> bool:
    """Say whether a citation is of a group: section 3 is not the beginning of section 30."""
    if group == RELEASED:
        return citation == RELEASED
    return citation == group or citation.startswith((f"{group}(", f"{group} "))


def between(citations: Iterable[str], known: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Give the conflicts between grounds that are relied on for the same information, each once.

    Args:
        citations: in full, as decisions give them; ``RELEASED`` where it is released as well.
        known: the conflicts that there are.
    """
    pairs = list(combinations(dict.fromkeys(citations), 2))
    return tuple(one for one in known if any(one.is_between(*pair) for pair in pairs))
