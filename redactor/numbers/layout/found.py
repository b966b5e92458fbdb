"""What was found on some sheets, what a person makes of it, and what comes of that."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.numbers.model import CellName, Evidence, Fact, Interval, Relation, Release, Tables


class Doubt(enum.StrEnum):
    """What an officer has to look at before they confirm a layout."""

    NOT_ADDITIVE = "not-additive"
    LINK_CONFLICT = "link-conflict"
    EARLIER_CONFLICT = "earlier-conflict"
    SHARES = "shares"
    NO_COUNT = "no-count"
    MARK = "mark"
    HIDDEN = "hidden"
    ROUNDED = "rounded"
    RECORDS = "records"
    NO_RESULT = "no-result"
    LEFT_OUT = "left-out"
    HEADING = "heading"
    CROSSES = "crosses"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something to look at.

    Attributes:
        words: a sentence with cells and figures; text of a document, for the screen.
    """

    doubt: Doubt
    words: str = field(repr=False)
    cells: tuple[CellName, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a table is broken down by: a name where the table says one, and its lines.

    Attributes:
        lines: the rows or columns of the sheet, from 0, in the order of ``labels``.
        groups: lines that may be taken together, next to one another: neither totals nor parts of
            the totals of groups; empty where no grouping is plain.
    """

    name: str = field(repr=False)
    labels: tuple[str, ...] = field(repr=False)
    lines: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts as it lies on a sheet.

    Attributes:
        range: with its headings, ``A3:F12``.
        dimensions: down and across.
        cells: its counts, in the order of the sheet.
        headings: rows and columns of the cells that head it.
    """

    sheet: str
    range: str
    title: str = field(repr=False)
    dimensions: tuple[Dimension, ...]
    cells: tuple[CellName, ...] = field(repr=False)
    headings: tuple[tuple[int, int], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """A printed figure that is computed from counts: a share, a change.

    Attributes:
        cell: where it is printed.
        of: the counts it is computed from; empty where that was not found out.
        facts: what it says of them.
    """

    cell: CellName
    of: tuple[CellName, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Edits:
    """What an officer changes in a layout.

    Attributes:
        dropped: relations that are none.
        added: relations that were not found.
        not_counts: cells whose figures count nobody.
    """

    dropped: frozenset[Relation] = frozenset()
    added: tuple[Relation, ...] = ()
    not_counts: frozenset[CellName] = frozenset()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Tables whose layout somebody looked through.

    Attributes:
        by: who.
        known: what a reader has of other cells (``Layout.known``).
    """

    by: str
    tables: Tables
    known: Mapping[CellName, Interval] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of some sheets and how their counts hang together, as the program sees it.

    Nobody has confirmed it: what is computed from it holds if it is right, and is not to be called
    proved before somebody did (``confirmed``).

    Attributes:
        printed: what a reader of these sheets has of each cell, those nobody sees included, and of
            the cells of earlier releases.
        relations: sums, links, crosses that nobody prints, and what earlier releases add.
        facts: what else is printed about the cells, but for ``derived``.
        derived: shares and changes.
        unseen: cells in hidden rows, columns and sheets.
        earlier: cells of earlier releases.
        base: figures are rounded to multiples of it; 1 for not rounded.
    """

    tables: tuple[Table, ...]
    printed: Mapping[CellName, Interval] = field(repr=False)
    relations: tuple[Relation, ...] = ()
    facts: tuple[Fact, ...] = ()
    derived: tuple[Derived, ...] = ()
    warnings: tuple[Warned, ...] = ()
    unseen: frozenset[CellName] = frozenset()
    earlier: frozenset[CellName] = frozenset()
    base: int = 1

    @property
    def links(self) -> tuple[Relation, ...]:
        """Give the relations between tables and to earlier releases."""
        between = {Evidence.LINK, Evidence.EARLIER, Evidence.LATENT}
        return tuple(one for one in self.relations if one.evidence in between)

    @property
    def known(self) -> Mapping[CellName, Interval]:
        """Give what a reader has of cells that have no count in ``found``, for ``protect``.

        These are the cells of earlier releases, and those that are withheld or rounded already.
        """
        return {
            cell: one
            for cell, one in self.printed.items()
            if cell in self.earlier or (one.low != one.high and cell not in self.unseen)
        }

    def release(self) -> Release:
        """Give what a reader of the sheets has as they stand, shares and hidden rows included."""
        facts = (*self.facts, *(fact for one in self.derived for fact in one.facts))
        return Release(self.printed, self.relations, facts)

    def found(self, edits: Edits | None = None, *, shares: bool = False) -> Tables:
        """Give the tables as found, with what an officer changed.

        Args:
            shares: shares and changes are printed, too, of cells that are withheld as well. A
                release that withholds them with the cells that they are of says nothing by them.

        Returns:
            Cells that nobody sees, that are withheld already or rounded, and those of earlier
            releases (``known``) have no count in it.
        """
        edits = edits or Edits()
        counts = {
            cell: one.low
            for cell, one in self.printed.items()
            if one.low == one.high and cell not in self.unseen | self.earlier | edits.not_counts
        }
        kept = (one for one in self.relations if one not in edits.dropped)
        relations = tuple(
            one
            for one in (*kept, *edits.added)
            if edits.not_counts.isdisjoint((one.total, *one.parts)) and _adds_up(one, counts)
        )
        facts = list(self.facts)
        for one in self.derived if shares else ():
            facts.extend(one.facts)
        left = (one for one in facts if edits.not_counts.isdisjoint(cell for cell, _ in one.terms))
        return Tables(counts, relations, tuple(left))

    def confirmed(self, by: str, edits: Edits | None = None, *, shares: bool = False) -> Confirmed:
        """Give the tables as an officer confirms them, with their changes (``found``)."""
        return Confirmed(by, self.found(edits, shares=shares), self.known)


def _adds_up(relation: Relation, counts: Mapping[CellName, int]) -> bool:
    """Say whether a relation holds, or cannot be told to fail; an officer's own always counts."""
    total = counts.get(relation.total)
    parts = [counts.get(one) for one in relation.parts]
    known = [one for one in parts if one is not None]
    if relation.evidence is Evidence.PERSON or total is None or len(known) < len(parts):
        return True
    return sum(known) == total
