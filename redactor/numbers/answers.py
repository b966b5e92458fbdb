"""Ways of answering with tables in which counts are small, as data: what is asked and what comes.

What comes of it is for the officer's screen and the internal record.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.numbers.grouping import Band
from redactor.numbers.layout import Layout
from redactor.numbers.model import CellName, Interval, Need, Policy, Release, Tables
from redactor.numbers.protection import Relaxed, Status
from redactor.numbers.verdicts import Finding, Verdict

#: Figures are rounded to multiples of it where nothing else is said (Ofqual, NHS England).
BASE = 5


class Treatment(enum.StrEnum):
    """What is done so that small counts do not go out.

    ``SUPPRESS``: they are hidden, and others with them. ``COLLAPSE``: lines are taken together
    first. ``ROUND``: all figures are rounded. ``HIDE_AND_ROUND``: small ones are hidden, the others
    rounded. ``TOTALS``: only sums are printed, and small ones hidden among them.
    """

    SUPPRESS = "suppress"
    COLLAPSE = "collapse"
    ROUND = "round"
    HIDE_AND_ROUND = "hide-and-round"
    TOTALS = "totals"

    @property
    def rounds(self) -> bool:
        """Say whether figures are rounded."""
        return self in {Treatment.ROUND, Treatment.HIDE_AND_ROUND}


#: The answers that are held side by side.
FOUR = (Treatment.SUPPRESS, Treatment.COLLAPSE, Treatment.ROUND, Treatment.TOTALS)
#: What a rule may say (``presets``).
PRESET_TREATMENTS = (Treatment.SUPPRESS, Treatment.ROUND, Treatment.HIDE_AND_ROUND)


@dataclass(frozen=True, slots=True)
class Question:
    """Tables that are to be answered with, and the rule.

    Attributes:
        layout: what was found, for grouping.
        tables: its counts, as somebody confirmed them or as they were found.
        known: what a reader has of cells without a count here (``Layout.known``).
        base: figures are rounded to multiples of it, if they are.
        budget_s, audit_s: seconds for a search, and for a look at what can be worked out.
    """

    layout: Layout
    tables: Tables
    known: Mapping[CellName, Interval] = field(repr=False)
    policy: Policy
    base: int = BASE
    budget_s: float = 60.0
    audit_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One way of answering.

    Attributes:
        treatment, base: how; the base is 1 where nothing is rounded.
        tables: the counts that are printed or hidden, bands in place of what was grouped.
        release: what a reader has.
        needs: what must not be worked out.
        primary, secondary: figures hidden for themselves, and to protect them.
        bands: lines taken together.
        asked, printed: how many figures there were, and how many of these tables are printed.
        status: what is known of the pattern; None where none is searched for and nothing is unsafe.
        cost, bound: of the pattern, and what none is cheaper than.
        relaxed: needs that nothing could meet.
        unsafe: where a reader can work out more than may be, or time was short, with the words.
        why: for each secondary figure the small ones that it protects (``Protection.why``).
    """

    treatment: Treatment
    base: int
    tables: Tables
    release: Release
    needs: tuple[Need, ...]
    primary: tuple[CellName, ...]
    secondary: tuple[CellName, ...]
    bands: tuple[Band, ...]
    asked: int
    printed: int
    status: Status | None
    cost: float
    bound: float
    relaxed: tuple[Relaxed, ...]
    unsafe: tuple[Finding, ...]
    why: Mapping[CellName, tuple[CellName, ...]] = field(default_factory=dict, repr=False)

    @property
    def hidden(self) -> frozenset[CellName]:
        """Give the cells printed as ``[c]``."""
        return frozenset((*self.primary, *self.secondary))

    @property
    def share(self) -> float:
        """Give how many of the figures asked for are printed: 0 to 1."""
        return self.printed / self.asked if self.asked else 1.0

    @property
    def unsafe_cells(self) -> tuple[CellName, ...]:
        """Give the cells of which more can be worked out than may be, each once."""
        return tuple(dict.fromkeys(one.need.cell for one in self.unsafe))

    def count(self, verdict: Verdict) -> int:
        """Say how many cells are unsafe in one way."""
        return sum(one.verdict is verdict for one in self.unsafe)
