"""What comes of a search for what to hide, as data: what ``protect`` writes.

Like what an audit says, it is for the officer's screen and the internal record. None of it goes
into a release.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.numbers.model import CellName, Need


class Status(enum.StrEnum):
    """What is known of a pattern.

    ``UNACHIEVABLE``: some small cell can be worked out exactly whatever is hidden, so that these
    tables must be changed and not only hidden in.
    """

    NOTHING_TO_HIDE = "nothing_to_hide"
    PROVED_MINIMUM = "proved_minimum"
    BEST_FOUND = "best_found"
    UNACHIEVABLE = "unachievable"


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A need that nothing could meet, and the most that can be had of it.

    Attributes:
        need: what the policy asks.
        low, high: the least and the greatest number that a reader cannot rule out between the two
            that the need names, if everything is hidden that may be hidden; equal where the cell
            can be worked out exactly.
        insider: whose knowledge this is against; None for a reader who knows no cell.
    """

    need: Need
    low: int
    high: int
    insider: CellName | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """What to hide.

    Attributes:
        hidden: all cells to hide: ``primary`` and ``secondary``.
        primary: those hidden for themselves, in the order of the tables.
        secondary: those hidden to protect them, in the order of the tables.
        cost: what the secondary cells cost (``Policy.weights``).
        lower_bound: what no safe pattern costs less than.
        relaxed: needs that nothing could meet, each with the nearest that can be had.
        unprotectable: small cells that can be worked out exactly whatever is hidden.
        why: for each secondary cell the small cells that could be worked out, or told to be small,
            if it alone were printed; without those that time did not suffice for.
    """

    hidden: frozenset[CellName]
    primary: tuple[CellName, ...]
    secondary: tuple[CellName, ...]
    status: Status
    cost: float
    lower_bound: float
    relaxed: tuple[Relaxed, ...]
    unprotectable: tuple[CellName, ...]
    why: Mapping[CellName, tuple[CellName, ...]] = field(default_factory=dict)

    @property
    def gap(self) -> float:
        """Give by what share the pattern may cost more than the least: 0 to 1."""
        return (self.cost - self.lower_bound) / self.cost if self.cost else 0.0
