"""What tables are refused for, before anything is worked out of them: nothing is guessed at."""

from __future__ import annotations

from collections.abc import Mapping

from redactor.errors import NotAdditive, TablesError, UsageError
from redactor.numbers.model import CellName, Fact, Interval, Policy, Tables, Zeros

#: More cells than this are not attempted.
MOST_CELLS = 50_000


def check_tables(tables: Tables, known: Mapping[CellName, Interval]) -> None:
    """Refuse tables that are not counts, do not add up, or are at odds with what is known.

    Raises:
        TablesError: too large, below nought, not whole, at odds with a fact or an earlier release.
        NotAdditive: a total is not the sum of its parts.
    """
    cells = tables.cells
    if len(cells) > MOST_CELLS:
        raise TablesError("too-large", f"There are more than {MOST_CELLS:,} cells.", ())
    _check_counts(tables.counts)
    _check_sums(tables)
    _check_facts(tables)
    odds = tuple(
        cell
        for cell, interval in known.items()
        if cell in tables.counts and not interval.holds(tables.counts[cell])
    )
    if odds:
        raise TablesError("contradicts", "An earlier answer says otherwise of", odds)


def _check_counts(counts: Mapping[CellName, int]) -> None:
    broken = tuple(
        cell for cell, count in counts.items() if isinstance(count, bool) or count != int(count)
    )
    if broken:
        raise TablesError("not-whole", "A count is a whole number. It is not in", broken)
    below = tuple(cell for cell, count in counts.items() if count < 0)
    if below:
        raise TablesError("below-nought", "A count is never below nought. It is in", below)


def _check_sums(tables: Tables) -> None:
    counts = tables.counts
    for relation in tables.relations:
        if relation.total not in counts or any(part not in counts for part in relation.parts):
            continue
        expected = sum(counts[part] for part in relation.parts)
        found = counts[relation.total]
        if expected != found:
            raise NotAdditive(relation.total, expected, found, relation.parts)


def _check_facts(tables: Tables) -> None:
    for fact in tables.facts:
        if all(cell in tables.counts for cell, _ in fact.terms) and not holds(fact, tables.counts):
            cells = tuple(cell for cell, _ in fact.terms)
            raise TablesError("contradicts", "A printed figure says otherwise of", cells)


def holds(fact: Fact, values: Mapping[CellName, int]) -> bool:
    """Say whether a fact is true of some values."""
    said = sum(factor * values[cell] for cell, factor in fact.terms)
    return (fact.low is None or said >= fact.low) and (fact.high is None or said <= fact.high)


def check_pins(tables: Tables, policy: Policy) -> None:
    """Refuse pins that cannot be kept to.

    Raises:
        UsageError: a pin or an insider names no count; a cell is pinned both ways; a nought is
            pinned as hidden while noughts are printed, so that ``[c]`` in its place would be false;
            a weight is below nought.
    """
    named = policy.must_print | policy.must_hide | policy.insiders | frozenset(policy.weight_of)
    if unknown := sorted(named.difference(tables.counts)):
        raise UsageError(f"A pin or weight is on no count: {unknown[0]}.")
    if both := sorted(policy.must_print & policy.must_hide):
        raise UsageError(f"A cell is pinned both as printed and as hidden: {both[0]}.")
    noughts = [cell for cell in sorted(policy.must_hide) if tables.counts[cell] < policy.floor]
    if policy.zeros is Zeros.SHOWN and noughts:
        raise UsageError(f"A nought cannot be hidden where noughts are printed: {noughts[0]}.")
    if any(not weight >= 0 for weight in policy.weight_of.values()):
        raise UsageError("What hiding a cell costs cannot be below nought.")
