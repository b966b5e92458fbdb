"""What counts, printed tables and rules are made of.

Every cell is an unknown whole number of 0 or more; everything printed is an interval for it; every
total, link, percentage and earlier answer is a linear relation between cells. Suppression,
rounding, "fewer than 5", percentages and earlier releases are all said in these terms (after
Fischetti and Salazar-González, Management Science 47(7), 2001).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

CellName = str
"""What names a cell: ``Sheet1!C5``; a cross that nobody prints has a name no sheet could have."""


class Evidence(enum.StrEnum):
    """What says that cells add up."""

    FORMULA = "formula"
    LABEL = "label"
    ARITHMETIC = "arithmetic"
    LINK = "link"
    EARLIER = "earlier"
    LATENT = "latent"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Relation:
    """One cell is the sum of others. A link is a relation with one part.

    Attributes:
        total: the cell that is the sum.
        parts: the cells that it is the sum of, in the order of the sheet.
        label: what a person calls the total (``Total 2021``); text of a document, for the screen.
    """

    total: CellName
    parts: tuple[CellName, ...]
    evidence: Evidence = Evidence.LABEL
    label: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """The whole numbers that a cell may be: from ``low`` to ``high``, both included.

    Attributes:
        high: None for no upper limit.
    """

    low: int
    high: int | None

    def holds(self, number: int) -> bool:
        """Say whether a number lies in it."""
        return self.low <= number and (self.high is None or number <= self.high)

    def meets(self, other: Interval) -> Interval | None:
        """Give what lies in both; None for nothing."""
        low = max(self.low, other.low)
        highs = [one for one in (self.high, other.high) if one is not None]
        high = min(highs) if highs else None
        return None if high is not None and high < low else Interval(low, high)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something printed that holds of several cells: ``low <= sum of factor x cell <= high``.

    Attributes:
        terms: cells with whole-number factors.
        low, high: None for no limit on that side.
        said: where it is printed, for the screen (``45.5 % in D7``); never a name.
    """

    terms: tuple[tuple[CellName, int], ...]
    low: int | None
    high: int | None
    said: str = field(default="", repr=False)


def sum_fact(relation: Relation) -> Fact:
    """Say a relation as a fact: the parts less the total are 0."""
    terms = (*((part, 1) for part in relation.parts), (relation.total, -1))
    return Fact(terms, 0, 0, relation.label)


def share_fact(
    part: CellName, whole: CellName, printed: Fraction, half: Fraction, said: str = ""
) -> tuple[Fact, Fact]:
    """Say that one cell is a printed share of another, give or take the rounding.

    Args:
        printed: the share, not per cent (45.5 % is 455/1000).
        half: half a unit of the last place printed (45.5 % is give or take 1/2000).

    Returns:
        ``part >= (printed - half) x whole`` and ``part <= (printed + half) x whole``, in whole
        numbers.
    """
    least, most = printed - half, printed + half
    above = Fact(((part, least.denominator), (whole, -least.numerator)), 0, None, said)
    below = Fact(((part, most.denominator), (whole, -most.numerator)), None, 0, said)
    return above, below


@dataclass(frozen=True, slots=True)
class Tables:
    """Counts that belong together, and how they add up.

    Attributes:
        counts: every cell whose value is known to the authority, in the order of the sheets.
        relations: which cells add up to which. Cells that are named here and have no count are
            crosses that exist and are printed nowhere (``Evidence.LATENT``).
        facts: percentages, averages and whatever else is printed about the cells.
    """

    counts: Mapping[CellName, int] = field(repr=False)
    relations: tuple[Relation, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def cells(self) -> tuple[CellName, ...]:
        """Give every cell, those with counts first, then those that are only in relations."""
        named = dict.fromkeys(self.counts)
        for relation in self.relations:
            named.update(dict.fromkeys((relation.total, *relation.parts)))
        return tuple(named)

    @property
    def totals(self) -> frozenset[CellName]:
        """Give the cells that are the sum of two or more others."""
        return frozenset(one.total for one in self.relations if len(one.parts) > 1)


class Zeros(enum.StrEnum):
    """Whether a nought is printed. Where it is, a reader knows a hidden cell to be at least 1."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class Require(enum.StrEnum):
    """What must hold of each small count.

    ``RANGE``: a reader can rule out neither the least small count nor the threshold, so cannot tell
    that it is small. ``EXACT``, weaker: it cannot be worked out exactly.
    """

    RANGE = "range"
    EXACT = "exact"


class Weights(enum.StrEnum):
    """What hiding a cell costs beyond the count of cells hidden."""

    CELLS = "cells"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rule by which small counts are hidden.

    None is the law: a small count is not by itself personal data (*Information Commissioner v
    Miller* [2018] UKUT 229 (AAC)).

    Attributes:
        threshold: counts below it are small (5: 1 to 4).
        zeros: whether noughts are printed; where they are hidden a nought is small too.
        weights: what is to be kept low; by ``CELLS`` fewer cells first and then smaller counts.
        total_weight: how many other cells a total is worth.
        must_print, must_hide: cells that the officer pinned.
        weight_of: what a cell costs in place of what ``weights`` says.
        insiders: cells whose true count a reader is taken to know, one at a time (somebody who is
            the only one counted in it).
    """

    threshold: int = 5
    zeros: Zeros = Zeros.SHOWN
    require: Require = Require.RANGE
    weights: Weights = Weights.CELLS
    total_weight: int = 5
    must_print: frozenset[CellName] = frozenset()
    must_hide: frozenset[CellName] = frozenset()
    insiders: frozenset[CellName] = frozenset()
    weight_of: Mapping[CellName, float] = field(default_factory=dict)

    @property
    def floor(self) -> int:
        """Give the least that a hidden cell can be, as every reader knows who knows the rule."""
        return 1 if self.zeros is Zeros.SHOWN else 0

    def is_small(self, count: int) -> bool:
        """Say whether a count is to be hidden for itself."""
        return self.floor <= count < self.threshold


@dataclass(frozen=True, slots=True)
class Release:
    """All that a reader has: what is printed, and what is known of how it came about.

    Attributes:
        printed: for every cell what print says of it: ``Interval(n, n)`` for a number, ``Interval(
            floor, None)`` for ``[c]``, ``Interval(1, 4)`` for "fewer than 5", ``Interval(r - 2,
            r + 2)`` for a number rounded to the nearest 5. Cells printed nowhere are left out: they
            may be any whole number from 0.
        relations, facts: as in ``Tables``, and those of earlier releases.
    """

    printed: Mapping[CellName, Interval] = field(repr=False)
    relations: tuple[Relation, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What must not be worked out of one cell.

    Attributes:
        cell: a cell with a small count.
        low, high: numbers that a reader must not be able to rule out; the least of what the cell
            may be has to be ``low`` or less and the greatest ``high`` or more. For
            ``Require.EXACT`` both are None: any two different numbers will do.
    """

    cell: CellName
    low: int | None
    high: int | None


def hidden_release(tables: Tables, hidden: frozenset[CellName], floor: int) -> Release:
    """Say what a reader has of tables in which some cells are printed as ``[c]``."""
    printed = {
        cell: Interval(floor, None) if cell in hidden else Interval(count, count)
        for cell, count in tables.counts.items()
    }
    return Release(printed, tables.relations, tables.facts)


def small_cells(tables: Tables, policy: Policy) -> tuple[CellName, ...]:
    """Give the cells that are hidden for themselves, in the order of the tables."""
    return tuple(
        cell
        for cell, count in tables.counts.items()
        if cell not in policy.must_print and (policy.is_small(count) or cell in policy.must_hide)
    )


def needs_of(tables: Tables, policy: Policy) -> tuple[Need, ...]:
    """Give what the policy asks for each cell that is hidden for itself.

    Of a count that is not small and that the officer pinned as hidden, only that it cannot be
    worked out exactly.
    """
    return tuple(
        Need(cell, policy.floor, policy.threshold)
        if policy.require is Require.RANGE and policy.is_small(tables.counts[cell])
        else Need(cell, None, None)
        for cell in small_cells(tables, policy)
    )
