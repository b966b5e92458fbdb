"""Small numbers of a file: find the tables, protect them, audit what is hidden already.

Nothing here is called proved: the layout is what the program found, and nobody has confirmed it.
What takes time runs in a worker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from redactor import jobs
from redactor.errors import UsageError
from redactor.numbers.answers import BASE, Answered, Question, Treatment
from redactor.numbers.grouping import Band
from redactor.numbers.layout import Layout, Sheet, detect
from redactor.numbers.model import (
    CellName,
    Interval,
    Need,
    Policy,
    Release,
    Tables,
    hidden_release,
    small_cells,
)
from redactor.numbers.protection import Status
from redactor.numbers.verdicts import Audit, Verdict
from redactor.workers import Lane

#: Seconds for finding a pattern, and for each look at what can be worked out.
BUDGET_S, AUDIT_S = 60.0, 120.0
#: A worker that says nothing for so many seconds is stopped; it says something ten times a second.
SILENT_S = 60.0
#: What each outcome is called in JSON; of the layout as found, which nobody has confirmed.
_STATUS = {
    Status.NOTHING_TO_HIDE: "nothing-to-hide",
    Status.PROVED_MINIMUM: "optimal",
    Status.BEST_FOUND: "best-found",
    Status.UNACHIEVABLE: "unachievable",
    None: "rounded",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is small, and what is done about it.

    Attributes:
        base: figures are rounded to multiples of it, if they are.
    """

    policy: Policy = field(default_factory=Policy)
    treatment: Treatment = Treatment.SUPPRESS
    base: int = BASE


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reader can work out of one hidden cell, before and after."""

    cell: CellName
    before: Interval | None = field(repr=False)
    after: Interval | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of the tables of some sheets.

    Attributes:
        layout: what was found.
        rule: how they were treated; None for what is suppressed already.
        tables: the counts that are released, with bands in place of what was grouped.
        release: what a reader of the result has.
        needs: what must not be worked out.
        primary, secondary: cells small in themselves, and those hidden to protect them.
        hidden: the cells printed as ``[c]``.
        bands: lines taken together.
        unsafe: cells of which more can be worked out than may be.
    """

    layout: Layout
    rule: Rule | None
    tables: Tables
    release: Release
    needs: tuple[Need, ...]
    primary: tuple[CellName, ...]
    secondary: tuple[CellName, ...]
    hidden: frozenset[CellName]
    looked: tuple[Looked, ...]
    status: str
    cost: float
    bound: float
    bands: tuple[Band, ...] = ()
    unsafe: tuple[CellName, ...] = ()


def sheets_named(sheets: Sequence[Sheet], name: str | None) -> tuple[Sheet, ...]:
    """Give the sheet with a name, with what the others explain; all where none is named.

    Raises:
        UsageError: there is no such sheet.
    """
    if name is None:
        return tuple(sheets)
    chosen = [one for one in sheets if one.name == name]
    if not chosen:
        raise UsageError(
            f"There is no sheet of that name. Nothing was done. There are {len(sheets)}."
        )
    notes = [cell.text for one in sheets if one.name != name for cell in one.cells]
    notes = [one for one in notes if len(one) > 4]
    return tuple(replace(one, around=(*(one.around or ("",)), *notes)) for one in chosen)


def treat(sheets: Sequence[Sheet], rule: Rule, lane: Lane) -> Outcome:
    """Protect the small counts of some sheets.

    Raises:
        TablesError: the counts cannot be protected as they stand.
    """
    layout = detect(sheets)
    question = Question(
        layout, layout.found(), layout.known, rule.policy, rule.base, BUDGET_S, AUDIT_S
    )
    found: Answered = lane.run(
        jobs.answer_numbers, question, rule.treatment, timeout_s=BUDGET_S + SILENT_S
    )
    outcome = outcome_of(layout, rule, found)
    looked = _looked(layout, found, outcome.primary, rule.policy, lane)
    return replace(outcome, looked=looked)


def outcome_of(layout: Layout, rule: Rule, found: Answered) -> Outcome:
    """Give what comes of an answer, but for how far its cells go (``looked``)."""
    return Outcome(
        layout,
        rule,
        found.tables,
        found.release,
        found.needs,
        small_cells(found.tables, rule.policy),
        found.secondary,
        found.hidden,
        (),
        _STATUS[found.status],
        found.cost,
        found.bound,
        found.bands,
        found.unsafe_cells,
    )


def _looked(
    layout: Layout,
    found: Answered,
    small: tuple[CellName, ...],
    policy: Policy,
    lane: Lane,
) -> tuple[Looked, ...]:
    """Say what a reader could work out with the small counts alone hidden, and can now."""
    counts = found.tables.counts
    before: dict[CellName, Interval | None] = {
        cell: Interval(counts[cell], counts[cell]) for cell in (*small, *found.secondary)
    }
    if not found.treatment.rounds:
        alone = hidden_release(found.tables, frozenset(small), policy.floor)
        alone = replace(alone, printed={**layout.known, **alone.printed})
        before |= ranges(alone, small, lane)
    after = ranges(found.release, (*small, *found.secondary), lane)
    return tuple(Looked(cell, before[cell], after[cell]) for cell in counts if cell in after)


def ranges(
    release: Release, cells: Sequence[CellName], lane: Lane
) -> Mapping[CellName, Interval | None]:
    """Give all that some cells of a release can be; nothing of one that time was too short for."""
    if not cells:
        return {}
    found: Mapping[CellName, Interval | None] = lane.run(
        jobs.ranges_of, release, tuple(cells), AUDIT_S, timeout_s=AUDIT_S + SILENT_S
    )
    return found


def verdicts(release: Release, needs: Sequence[Need], lane: Lane) -> Mapping[CellName, Verdict]:
    """Say of each cell that something is needed of what a reader can work out.

    Raises:
        TablesError: the release contradicts itself.
    """
    if not needs:
        return {}
    found: Audit = lane.run(
        jobs.audit_release, release, tuple(needs), {}, AUDIT_S, timeout_s=AUDIT_S + SILENT_S
    )
    return {one.need.cell: one.verdict for one in found.findings}


def unsafe_cells(release: Release, needs: Sequence[Need], lane: Lane) -> tuple[CellName, ...]:
    """Give the cells of which a reader can work out more than may be, or that time was short for.

    Raises:
        TablesError: the release contradicts itself.
    """
    found = verdicts(release, needs, lane)
    return tuple(cell for cell, one in found.items() if one is not Verdict.SAFE)


# --- what is suppressed already ------------------------------------------------------------------


def audit_sheets(sheets: Sequence[Sheet], threshold: int, lane: Lane) -> Outcome:
    """Say what a reader can work out of what is suppressed or rounded in some sheets.

    Raises:
        TablesError: what is printed contradicts itself.
    """
    layout = detect(sheets)
    release = layout.release()
    hidden = {
        cell: one
        for cell, one in layout.printed.items()
        if one.low != one.high and cell not in layout.earlier
    }
    needs = tuple(_need(cell, one, layout, threshold) for cell, one in hidden.items())
    found = verdicts(release, needs, lane)
    after = ranges(release, tuple(hidden), lane)
    return Outcome(
        layout,
        None,
        replace(layout.found(), relations=layout.relations),
        release,
        needs,
        tuple(hidden),
        (),
        frozenset(hidden),
        tuple(Looked(cell, one, after[cell]) for cell, one in hidden.items()),
        str(max(found.values(), key=list(Verdict).index)) if hidden else "nothing-hidden",
        len(hidden),
        len(hidden),
        (),
        tuple(cell for cell, one in found.items() if one is not Verdict.SAFE),
    )


def _need(cell: CellName, printed: Interval, layout: Layout, threshold: int) -> Need:
    """Say what must not be worked out of a suppressed cell: no more than its mark says."""
    if layout.base > 1:
        return Need(cell, None, None)
    if printed.high is not None:
        return Need(cell, printed.low, printed.high)
    return Need(cell, max(printed.low, 1), max(threshold, printed.low))
