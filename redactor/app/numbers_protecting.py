"""Small numbers of a file: find the tables, protect them, audit what is hidden already.

Nothing here is called proved: the layout is what the program found, and nobody has confirmed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from redactor.app.numbers_grouping import Band, grouped
from redactor.errors import UsageError
from redactor.numbers.audit import audit, ranges
from redactor.numbers.layout import Layout, Sheet, detect
from redactor.numbers.model import (
    CellName,
    Interval,
    Need,
    Policy,
    Relation,
    Release,
    Require,
    Tables,
    hidden_release,
    needs_of,
    small_cells,
)
from redactor.numbers.protect import Protection, Status, protect
from redactor.numbers.verdicts import Verdict

#: Seconds for finding a pattern, and for each look at what can be worked out.
BUDGET_S, AUDIT_S = 60.0, 120.0
#: Counts are rounded to multiples of it (numbers are printed so by Ofqual, NHS England and others).
BASE = 5
TREATMENTS = ("suppress", "round", "collapse")
#: What each outcome is called in JSON; of the layout as found, which nobody has confirmed.
_STATUS = {
    Status.NOTHING_TO_HIDE: "nothing-to-hide",
    Status.PROVED_MINIMUM: "optimal",
    Status.BEST_FOUND: "best-found",
    Status.UNACHIEVABLE: "unachievable",
}


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
        tables: the counts that are released, with bands in place of what was grouped.
        release: what a reader of the result has.
        needs: what must not be worked out.
        primary, secondary: cells hidden for themselves, and to protect them.
        bands: lines taken together.
        unsafe: cells of which more can be worked out than may be.
    """

    layout: Layout
    tables: Tables
    release: Release
    needs: tuple[Need, ...]
    primary: tuple[CellName, ...]
    secondary: tuple[CellName, ...]
    looked: tuple[Looked, ...]
    status: str
    cost: float
    bound: float
    bands: tuple[Band, ...] = ()
    unsafe: tuple[CellName, ...] = ()
    rounded: bool = False

    @property
    def hidden(self) -> frozenset[CellName]:
        """Give the cells printed as ``[c]``."""
        return frozenset((*self.primary, *self.secondary)) if not self.rounded else frozenset()


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


def treat(sheets: Sequence[Sheet], threshold: int, treatment: str) -> Outcome:
    """Protect the small counts of some sheets.

    Raises:
        TablesError: the counts cannot be protected as they stand.
    """
    layout = detect(sheets)
    policy = Policy(threshold=threshold)
    tables = layout.found()
    if treatment == "round":
        return _rounded(layout, tables, replace(policy, require=Require.EXACT))
    bands: tuple[Band, ...] = ()
    if treatment == "collapse":
        bands, tables = grouped(layout, tables, policy)
    found = protect(tables, policy, budget_s=BUDGET_S, known=layout.known)
    release = _with_known(hidden_release(tables, found.hidden, policy.floor), layout)
    needs = needs_of(tables, policy)
    return Outcome(
        layout,
        tables,
        release,
        needs,
        found.primary,
        found.secondary,
        _looked(layout, tables, policy, found, release),
        _STATUS[found.status],
        found.cost,
        found.lower_bound,
        bands,
        unsafe_cells(release, needs),
    )


def _with_known(release: Release, layout: Layout) -> Release:
    return replace(release, printed={**layout.known, **release.printed})


def _looked(
    layout: Layout, tables: Tables, policy: Policy, found: Protection, release: Release
) -> tuple[Looked, ...]:
    hidden = (*found.primary, *found.secondary)
    if not hidden:
        return ()
    alone = _with_known(hidden_release(tables, frozenset(found.primary), policy.floor), layout)
    before = dict(ranges(alone, found.primary, time_limit=AUDIT_S))
    after = ranges(release, hidden, time_limit=AUDIT_S)
    for cell in found.secondary:
        before[cell] = Interval(tables.counts[cell], tables.counts[cell])
    in_order = [cell for cell in tables.counts if cell in found.hidden]
    return tuple(Looked(cell, before[cell], after[cell]) for cell in in_order)


def _rounded(layout: Layout, tables: Tables, policy: Policy) -> Outcome:
    """Print every count to the nearest multiple; ask that no small one can be told exactly."""
    release = _with_known(
        Release(
            {cell: rounded_interval(count) for cell, count in tables.counts.items()},
            tables.relations,
            tables.facts,
        ),
        layout,
    )
    small = small_cells(tables, policy)
    needs = needs_of(tables, policy)
    after = ranges(release, small, time_limit=AUDIT_S) if small else {}
    looked = tuple(
        Looked(cell, Interval(tables.counts[cell], tables.counts[cell]), after[cell])
        for cell in small
    )
    unsafe = unsafe_cells(release, needs)
    status = "unachievable" if unsafe else "rounded"
    return Outcome(
        layout, tables, release, needs, small, (), looked, status, 0, 0, (), unsafe, rounded=True
    )


def rounded_interval(count: int) -> Interval:
    """Give what a reader has of a count that is printed to the nearest multiple."""
    printed = rounded_count(count)
    return Interval(max(printed - BASE // 2, 0), printed + BASE // 2)


def rounded_count(count: int) -> int:
    """Give a count to the nearest multiple."""
    return (count + BASE // 2) // BASE * BASE


def unsafe_cells(release: Release, needs: Sequence[Need]) -> tuple[CellName, ...]:
    """Give the cells of which a reader can work out more than may be, or that time was short for.

    Raises:
        TablesError: the release contradicts itself.
    """
    if not needs:
        return ()
    found = audit(release, needs, time_limit=AUDIT_S)
    return tuple(
        dict.fromkeys(one.need.cell for one in found.findings if one.verdict is not Verdict.SAFE)
    )


# --- what is suppressed already ------------------------------------------------------------------


def audit_sheets(sheets: Sequence[Sheet], threshold: int) -> Outcome:
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
    verdicts: Mapping[CellName, Verdict] = {}
    if needs:
        found = audit(release, needs, time_limit=AUDIT_S)
        verdicts = {one.need.cell: one.verdict for one in found.findings}
    unsafe = tuple(cell for cell, one in verdicts.items() if one is not Verdict.SAFE)
    after = ranges(release, tuple(hidden), time_limit=AUDIT_S) if hidden else {}
    looked = tuple(Looked(cell, one, after[cell]) for cell, one in hidden.items())
    worst = max(verdicts.values(), key=list(Verdict).index, default=Verdict.SAFE)
    status = str(worst) if hidden else "nothing-hidden"
    tables = replace(layout.found(), relations=layout.relations)
    return Outcome(
        layout, tables, release, needs, tuple(hidden), (), looked, status, len(hidden),
        len(hidden), (), unsafe,
    )  # fmt: skip


def _need(cell: CellName, printed: Interval, layout: Layout, threshold: int) -> Need:
    """Say what must not be worked out of a suppressed cell: no more than its mark says."""
    if layout.base > 1:
        return Need(cell, None, None)
    if printed.high is not None:
        return Need(cell, printed.low, printed.high)
    return Need(cell, max(printed.low, 1), max(threshold, printed.low))


def relations_of(outcome: Outcome, cells: frozenset[CellName]) -> tuple[Relation, ...]:
    """Give the relations whose total is one of some cells."""
    return tuple(one for one in outcome.tables.relations if one.total in cells)
