"""Figures rounded in place of hidden ones, and what a reader then has of each.

This is not safe by itself: rounded figures with rounded totals can give one away too, so that the
audit is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from redactor.errors import UsageError
from redactor.numbers.model import (
    Interval,
    Policy,
    Release,
    Tables,
    small_cells,
)


def rounded_to(count: int, base: int) -> int:
    """Give the nearest multiple of a base; of two that are as near, the greater."""
    return (2 * count + base) // (2 * base) * base


@dataclass(frozen=True, slots=True)
class Rounding:
    """Print figures to the nearest multiple of a base, each for itself, totals too.

    Attributes:
        base: 2 or more.
        hides: what is hidden besides; None where small counts are rounded like all others.

    Raises:
        UsageError: the base is not 2 or more.
    """

    base: int
    hides: Policy | None = None

    def __post_init__(self) -> None:
        if self.base < 2:
            raise UsageError("Figures are rounded to a multiple of 2 or more.")

    def shown(self, count: int) -> int:
        """Give what is printed of a count that is not hidden."""
        return rounded_to(count, self.base)

    def reading(self, shown: int) -> Interval:
        """Say what a reader has of a figure: all counts that are printed so."""
        low = max(0, shown - self.base // 2)
        high = shown + (self.base - 1) // 2
        if self.hides is not None and not self.hides.must_print:  # none of the small ones is
            while low < high and self.hides.is_small(low):
                low += 1
            while low < high and self.hides.is_small(high):
                high -= 1
        return Interval(low, high)

    @property
    def hidden_reading(self) -> Interval:
        """Say what a reader has of a figure that is hidden: only small ones are, but for pins."""
        policy = self.hides or Policy()
        return Interval(policy.floor, None if policy.must_hide else policy.threshold - 1)


def rounded(tables: Tables, rounding: Rounding) -> Release:
    """Print rounded figures.

    A reader knows how figures are rounded and which are hidden. Facts are left out: a percentage of
    unrounded counts would undo the rounding, and is to be worked out from the rounded ones.
    """
    hidden = frozenset() if rounding.hides is None else {*small_cells(tables, rounding.hides)}
    printed = {
        cell: rounding.hidden_reading if cell in hidden else rounding.reading(rounding.shown(count))
        for cell, count in tables.counts.items()
    }
    return Release(printed, tables.relations)
