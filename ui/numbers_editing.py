"""What an officer changes in a draft, step by step. Pure functions, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redactor.app.numbers_case import Draft
from redactor.numbers.layout import Edits
from redactor.numbers.model import CellName, Evidence, Policy, Relation
from redactor.numbers.plan import Plan
from ui.numbers_shown import ShownTables


def of_plan(plan: Plan, base: int) -> Draft:
    """Give what was chosen when a plan was applied.

    Args:
        base: of rounding, where the plan rounds nothing.
    """
    return Draft(
        plan.edits,
        plan.policy,
        plan.base if plan.base > 1 else base,
        plan.preset,
        plan.who,
        dict(plan.excepted),
    )


def kept_rule(draft: Draft) -> Draft:
    """Keep what holds of other tables, too: the rule and the words, and no cell."""
    nowhere: frozenset[CellName] = frozenset()
    policy = replace(draft.policy, must_print=nowhere, must_hide=nowhere, insiders=nowhere)
    return replace(draft, edits=Edits(), policy=policy, excepted={})


def pinned(policy: Policy, cells: Sequence[CellName], how: str) -> Policy:
    """Pin cells: ``print``, ``hide`` or ``none``."""
    these = frozenset(cells)
    must_print, must_hide = policy.must_print - these, policy.must_hide - these
    if how == "print":
        must_print |= these
    elif how == "hide":
        must_hide |= these
    return replace(policy, must_print=must_print, must_hide=must_hide)


def with_dropped(edits: Edits, relation: Relation, *, dropped: bool) -> Edits:
    """Say that a sum is none, or is one after all; one of the officer's own goes."""
    if relation.evidence is Evidence.PERSON and dropped:
        return replace(edits, added=tuple(one for one in edits.added if one != relation))
    if relation.evidence is Evidence.PERSON:
        return replace(edits, added=tuple(dict.fromkeys((*edits.added, relation))))
    one = frozenset({relation})
    return replace(edits, dropped=edits.dropped | one if dropped else edits.dropped - one)


def with_nobody(edits: Edits, cells: Sequence[CellName]) -> Edits:
    """Say that cells count nobody; that they do, where all of them were said not to."""
    these = frozenset(cells)
    both = edits.not_counts
    return replace(edits, not_counts=both - these if these <= both else both | these)


def with_known(typed: Draft, draft: Draft, cells: Sequence[CellName]) -> Draft:
    """Say that a reader knows cells besides those known already; no cell for none at all."""
    known = draft.policy.insiders | frozenset(cells) if cells else frozenset[CellName]()
    policy = replace(
        typed.policy,
        must_print=draft.policy.must_print,
        must_hide=draft.policy.must_hide,
        insiders=known,
    )
    return replace(typed, edits=draft.edits, policy=policy, excepted=draft.excepted)


def sum_of(total: CellName, cells: Sequence[CellName], shown: ShownTables) -> Relation | str:
    """Make a sum of the officer's own: one cell is the total of the others.

    Returns:
        The sum; a sentence where the figures do not add up.
    """
    parts = tuple(one for one in cells if one != total)
    printed = shown.tables.layout.printed
    if any(printed[one].low != printed[one].high for one in cells):
        return "One of these figures is not printed as a number, so that no sum can be added."
    found, said = sum(printed[one].low for one in parts), printed[total].low
    if found != said:
        return (
            f"These figures add up to {found:,}, and {shown.words(total)} says {said:,}. "
            "The current cell is taken for the total."
        )
    return Relation(total, parts, Evidence.PERSON, shown.words(total))


def totals_of(shown: ShownTables, edits: Edits) -> frozenset[CellName]:
    """Give the cells that are sums of two or more others, with the officer's changes."""
    kept = {
        one.total
        for one in shown.tables.layout.relations
        if len(one.parts) > 1 and one not in edits.dropped
    }
    return frozenset((kept & shown.totals) | {one.total for one in edits.added})
