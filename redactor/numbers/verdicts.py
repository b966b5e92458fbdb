"""What an audit of printed tables says, as data: what ``audit`` writes and ``certify`` checks.

Everything here is for the officer's screen and the internal record. None of it goes into a release:
a range tells which of the hidden counts are small.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.numbers.model import CellName, Need


class Verdict(enum.StrEnum):
    """What a reader can work out of a cell, against what is needed.

    ``SAFE``: not more than may be. ``NARROW``: a number that had to stay possible is ruled out.
    ``EXACT``: only one number is left. ``UNCONFIRMED``: it could not be settled, by the time there
    was or by what the solver said; counts as unsafe.
    """

    SAFE = "safe"
    NARROW = "narrow"
    EXACT = "exact"
    UNCONFIRMED = "unconfirmed"


class End(enum.StrEnum):
    """One of the two ends of what a cell may be."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a reader finds one end of what a cell may be, by adding up what is printed.

    Take each printed fact as often as ``times`` says. What that leaves of other cells is limited by
    what is printed of them; so ``scale`` times the cell is limited, and the cell with it.

    Attributes:
        limit: ``cell <= limit`` for ``End.HIGH``, ``cell >= limit`` for ``End.LOW``.
        scale: a whole number of 1 or more.
        times: places and factors. Place ``n`` is the nth relation of the release (its parts less
            its total are 0); after the relations come the facts. Factors are for ``scale x cell``
            at the high end and ``-scale x cell`` at the low end.
    """

    cell: CellName
    end: End
    limit: int
    scale: int
    times: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one reader can work out of one cell.

    Attributes:
        insider: the cell whose count this reader knows; None for everybody else.
        low, high: for ``SAFE`` and ``UNCONFIRMED`` how far the cell was seen to go, else all that
            it can be. None: there is no upper limit, or nothing was seen.
        low_table, high_table: which of ``Audit.tables`` have the cell that far.
        derivations: how the ends are found, where sums of what is printed suffice. Where the cell
            must be a whole number among others and sums alone do not tell, there is none.
        words: the same in words; cell names and labels of the document, for the screen.
    """

    need: Need
    insider: CellName | None
    verdict: Verdict
    low: int | None = field(repr=False)
    high: int | None = field(repr=False)
    low_table: int | None
    high_table: int | None
    derivations: tuple[Derivation, ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Audit:
    """What readers can work out of a release.

    Attributes:
        needs: what was asked.
        insiders: cells whose count a reader was taken to know, one at a time, with that count.
        cells: all cells that are not printed as one number, in the order of ``tables``.
        tables: complete alternative tables: what these cells may be at the same time, everything
            else being as printed.
        findings: for every need what a reader without inside knowledge can work out, then for every
            insider and every need of another cell.
    """

    needs: tuple[Need, ...]
    insiders: Mapping[CellName, int] = field(repr=False)
    cells: tuple[CellName, ...]
    tables: tuple[tuple[int, ...], ...] = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def is_safe(self) -> bool:
        """Say whether every need is met, whoever reads."""
        return all(one.verdict is Verdict.SAFE for one in self.findings)

    def count(self, verdict: Verdict) -> int:
        """Say how many findings have a verdict."""
        return sum(one.verdict is verdict for one in self.findings)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in an audit that does not add up.

    Attributes:
        code: a stable short code: ``cells``, ``table``, ``witness``, ``derivation``, ``verdict``,
            ``missing``.
        said: what, in words without any count.
        cell: where, if at one cell.
    """

    code: str
    said: str
    cell: CellName | None = None
