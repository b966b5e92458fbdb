"""Ways of answering, worked out: each is searched for where it has to be, and always audited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from redactor.numbers.answers import Answered, Question, Treatment
from redactor.numbers.audit import audit
from redactor.numbers.grouping import grouped
from redactor.numbers.model import (
    Need,
    Policy,
    Release,
    Require,
    Tables,
    hidden_release,
    needs_of,
    small_cells,
)
from redactor.numbers.protect import protect
from redactor.numbers.protection import Status
from redactor.numbers.rounding import Rounding, rounded
from redactor.numbers.verdicts import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Watched:
    """Who is told how far it is, and who is asked whether to stop.

    Attributes:
        searching: told of the cost of the best pattern so far, and of the lower bound.
        auditing: told how many findings there are, and how many there will be.
        cancel: asked from time to time whether to stop.
    """

    searching: Callable[[float, float], None] | None = None
    auditing: Callable[[int, int], None] | None = None
    cancel: Callable[[], bool] | None = None


NOBODY = Watched()


def answer(question: Question, treatment: Treatment, watched: Watched = NOBODY) -> Answered:
    """Answer in one way.

    Raises:
        TablesError, UsageError, Cancelled: as ``protect`` and ``audit``.
    """
    return _HOW[treatment](question, watched)


def _suppressed(question: Question, watched: Watched) -> Answered:
    return _protected(question, watched, Treatment.SUPPRESS, question.tables)


def _collapsed(question: Question, watched: Watched) -> Answered:
    bands, tables = grouped(question.layout, question.tables, question.policy)
    found = _protected(question, watched, Treatment.COLLAPSE, tables)
    return replace(found, bands=bands)


def _totals(question: Question, watched: Watched) -> Answered:
    """Print sums only; what they are the sums of is printed nowhere, and limited by them still."""
    totals = question.tables.totals
    counts = {cell: count for cell, count in question.tables.counts.items() if cell in totals}
    tables = replace(question.tables, counts=counts)
    return _protected(question, watched, Treatment.TOTALS, tables)


def _protected(
    question: Question, watched: Watched, treatment: Treatment, tables: Tables
) -> Answered:
    """Hide the small counts of tables, with others; audit it for what is printed nowhere, too."""
    policy = _of(question.policy, tables)
    found = protect(
        tables,
        policy,
        budget_s=question.budget_s,
        known=question.known,
        progress=watched.searching,
        cancel=watched.cancel,
    )
    release = _with_known(hidden_release(tables, found.hidden, policy.floor), question)
    needs = (*needs_of(tables, policy), *_needs_behind(question, tables))
    return Answered(
        treatment,
        1,
        tables,
        release,
        needs,
        found.primary,
        found.secondary,
        (),
        len(question.tables.counts),
        len(tables.counts) - len(found.hidden),
        found.status,
        found.cost,
        found.lower_bound,
        found.relaxed,
        _unsafe(question, release, needs, watched),
        found.why,
    )


def _of(policy: Policy, tables: Tables) -> Policy:
    """Leave out what a policy says of cells that are printed nowhere."""
    there = frozenset(tables.counts)
    return replace(
        policy,
        must_print=policy.must_print & there,
        must_hide=policy.must_hide & there,
        insiders=policy.insiders & there,
        weight_of={cell: one for cell, one in policy.weight_of.items() if cell in there},
    )


def _needs_behind(question: Question, tables: Tables) -> tuple[Need, ...]:
    """Give what is asked of the small counts that were asked for and are printed nowhere now."""
    every = needs_of(question.tables, question.policy)
    related = frozenset(tables.cells)
    return tuple(one for one in every if one.cell not in tables.counts and one.cell in related)


def _rounded(question: Question, watched: Watched) -> Answered:
    return _in_multiples(question, watched, Treatment.ROUND)


def _hidden_and_rounded(question: Question, watched: Watched) -> Answered:
    return _in_multiples(question, watched, Treatment.HIDE_AND_ROUND)


def _in_multiples(question: Question, watched: Watched, treatment: Treatment) -> Answered:
    """Print multiples of the base; ask that no small count can be told exactly."""
    policy = replace(question.policy, require=Require.EXACT)
    tables = question.tables
    hides = treatment is Treatment.HIDE_AND_ROUND
    hidden = small_cells(tables, policy) if hides else ()
    printed = rounded(tables, Rounding(question.base, policy if hides else None))
    release = _with_known(replace(printed, facts=tables.facts), question)
    needs = needs_of(tables, policy)
    unsafe = _unsafe(question, release, needs, watched)
    return Answered(
        treatment,
        question.base,
        tables,
        release,
        needs,
        hidden,
        (),
        (),
        len(tables.counts),
        len(tables.counts) - len(hidden),
        Status.UNACHIEVABLE if unsafe else None,
        0.0,
        0.0,
        (),
        unsafe,
    )


def _with_known(release: Release, question: Question) -> Release:
    return replace(release, printed={**question.known, **release.printed})


def _unsafe(
    question: Question, release: Release, needs: tuple[Need, ...], watched: Watched
) -> tuple[Finding, ...]:
    """Give what can be worked out and may not be, by anybody and by each insider."""
    if not needs:
        return ()
    there = {*release.printed, *(part for one in release.relations for part in one.parts)}
    counts = question.tables.counts
    insiders = {cell: counts[cell] for cell in counts if cell in question.policy.insiders & there}
    found = audit(
        release,
        needs,
        insiders,
        time_limit=question.audit_s,
        progress=watched.auditing,
        cancel=watched.cancel,
    )
    return tuple(one for one in found.findings if one.verdict is not Verdict.SAFE)


_HOW: Mapping[Treatment, Callable[[Question, Watched], Answered]] = {
    Treatment.SUPPRESS: _suppressed,
    Treatment.COLLAPSE: _collapsed,
    Treatment.ROUND: _rounded,
    Treatment.HIDE_AND_ROUND: _hidden_and_rounded,
    Treatment.TOTALS: _totals,
}
