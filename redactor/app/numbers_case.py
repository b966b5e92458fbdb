"""Small numbers in a case: look at its tables, compare ways of answering, and apply one.

What is applied is an event like any other: the figures that are withheld stand as redactions with
limb, reason and person, and one undo takes all of it back. The plan itself names cells and is kept
sealed in the case file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from redactor import jobs
from redactor.app.case import Case, Change
from redactor.app.holding_back import going_out
from redactor.app.numbers_protecting import AUDIT_S, BUDGET_S, SILENT_S
from redactor.app.numbers_reading import sheets_of
from redactor.app.opening import OpenCase
from redactor.app.table_values import KnownMarks
from redactor.canonical import canonical
from redactor.case.marks import NewMark
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.errors import Blocked, DamagedCase, UsageError
from redactor.events import EventKind
from redactor.jobs import Gridded
from redactor.labels import COUNT
from redactor.law.exemptions import exemption_named
from redactor.model import (
    Action,
    Aside,
    CellPlace,
    FieldPlace,
    Place,
    Progress,
    Report,
    SegmentKey,
    Span,
    key_of,
    quiet,
)
from redactor.numbers.answers import BASE, Answered, Question, Treatment
from redactor.numbers.layout import Edits, Layout, Sheet, book_of, cell_name, detect, sheet_of
from redactor.numbers.model import CellName, Policy
from redactor.numbers.plan import Plan, digest_of_layout
from redactor.numbers.presets import Preset
from redactor.workers import Lane

#: The list of the case file that plans are kept on.
PLANS = "numbers"
_RECOGNISER = "small numbers"
_NOTHING = "Nothing was recorded."
#: What figures are withheld by: these treatments withhold and change none.
WITHHOLDING = frozenset({Treatment.SUPPRESS, Treatment.TOTALS})


@dataclass(frozen=True, slots=True)
class CaseTables:
    """The tables of counts of a case.

    Attributes:
        documents: by number, those that go out and have tables of counts.
        earlier: those that are public already and have tables.
        layout: how all counts hang together; sheets are named ``3:Sheet1``, by document.
        sheets: of the documents that go out, for the screen.
        places: by cell, the segments of the case that it stands in.
    """

    documents: tuple[int, ...]
    earlier: tuple[int, ...]
    layout: Layout
    sheets: tuple[Sheet, ...] = field(repr=False)
    places: Mapping[CellName, tuple[SegmentKey, ...]] = field(repr=False)

    @property
    def digest(self) -> str:
        """Give what tells this layout from every other."""
        return digest_of_layout(self.layout)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer has chosen so far.

    Attributes:
        edits: what they changed in the layout.
        policy, base: the rule; pins are in it.
        preset: the rule that it was started from; empty for none.
        who: who could recognise whom, in their words.
        excepted: cells that may be worked out after all, each with their reason.
    """

    edits: Edits = field(default_factory=Edits)
    policy: Policy = field(default_factory=Policy)
    base: int = BASE
    preset: str = ""
    who: str = field(default="", repr=False)
    excepted: Mapping[CellName, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, preset: Preset) -> Draft:
        """Start from a published rule."""
        return cls(
            policy=preset.policy, base=preset.base if preset.base > 1 else BASE, preset=preset.key
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """Under what the figures are withheld: limb, reason, public interest, or a justification."""

    exemption: str = ""
    reason: str = ""
    public_interest: str = ""
    justification: int = 0


# --- look ---------------------------------------------------------------------------------------


def read_tables(case: Case, lane: Lane, report: Report = quiet) -> CaseTables:
    """Read the tables of every document that goes out, and of those that are public already.

    Raises:
        UnreadableDocument: a document cannot be read any more.
        Cancelled: the person asked to stop.
    """
    public = [n for n, one in case.standing().set_aside.items() if one.why is Aside.PUBLIC]
    wanted = [*(one.number for one in going_out(case)), *sorted(public)]
    read: dict[int, Gridded] = {}
    for done, number in enumerate(wanted):
        report(Progress(done, len(wanted), f"reading the tables of document {number}"))
        found = _grids(case, lane, number)
        if found.grids:
            read[number] = found
    now = [one for number in wanted if number in read and number not in public
           for one in _sheets(number, read[number])]  # fmt: skip
    before = [one for number in public if number in read for one in _sheets(number, read[number])]
    layout = detect(now, before)
    counted = {book_of(cell) for table in layout.tables for cell in table.cells}
    return CaseTables(
        tuple(sorted(counted)),
        tuple(number for number in sorted(public) if number in read),
        layout,
        tuple(one for one in now if book_of(one.name) in counted),
        _places(case, {number: read[number] for number in counted}),
    )


def _grids(case: Case, lane: Lane, number: int) -> Gridded:
    source = case.source(number)
    limit = READ_SECONDS + READ_SECONDS_PER_MB * case.size_of(number) / 2**20
    found: Gridded = lane.run(jobs.read_grids, source, timeout_s=limit, supply=source.supply)
    return found


def _sheets(number: int, read: Gridded) -> Iterator[Sheet]:
    """Give the sheets of a document under names that no other document has."""
    for one in sheets_of(read):
        name = sheet_of(number, one.name)
        cells = tuple(
            cell
            if cell.formula is None
            else replace(cell, formula=replace(cell.formula, sheet=name))
            for cell in one.cells
        )
        yield replace(one, name=name, cells=cells)


def _places(case: Case, read: Mapping[int, Gridded]) -> dict[CellName, tuple[SegmentKey, ...]]:
    """Say for each cell in which segments of the case it stands."""
    found: dict[CellName, tuple[SegmentKey, ...]] = {}
    for number, each in read.items():
        is_rows = any(name == "rows" for name, _ in case.containers(number))
        for grid in each.grids:
            sheet = sheet_of(number, grid.name)
            for cell in grid.cells:
                places: Iterable[Place] = cell.places or (
                    FieldPlace(cell.row, cell.column)
                    if is_rows
                    else CellPlace(grid.name, cell.row, cell.column),
                )
                name = cell_name(sheet, cell.row, cell.column)
                found[name] = tuple(map(key_of, places))
    return found


def question_of(tables: CaseTables, draft: Draft) -> Question:
    """Give what is asked of the protector, with the officer's changes."""
    return Question(
        tables.layout,
        tables.layout.found(draft.edits),
        tables.layout.known,
        draft.policy,
        draft.base,
        BUDGET_S,
        AUDIT_S,
    )


def answer(
    tables: CaseTables, draft: Draft, treatment: Treatment, lane: Lane, report: Report = quiet
) -> Answered:
    """Work out one way of answering.

    Raises:
        TablesError, UsageError: the counts or pins cannot be protected as they stand.
        Cancelled: the person asked to stop.
    """
    found: Answered = lane.run(
        jobs.answer_numbers,
        question_of(tables, draft),
        treatment,
        timeout_s=BUDGET_S + SILENT_S,
        on_report=report,
    )
    return found


# --- apply --------------------------------------------------------------------------------------


def settle(
    case: Case, tables: CaseTables, draft: Draft, answered: Answered, ground: Ground
) -> Change:
    """Withhold the figures of an answer, in place of what was withheld so before.

    The person who does it has looked through the layout, and confirms it by this.

    Args:
        answered: an answer to ``question_of(tables, draft)`` that withholds figures.

    Raises:
        UsageError: no limb or reason; nobody said who could recognise whom; there is no figure to
            withhold; or the answer is one that changes figures.
        Blocked: some small count can be worked out, and no reason was given why it may be.
        NotAllowed: the person may not decide.
    """
    if answered.treatment not in WITHHOLDING:
        raise UsageError(f"This answer changes figures and withholds none by itself. {_NOTHING}")
    plan = plan_for(case, tables, draft, answered)
    hidden = withheld_cells(tables.layout, plan, tables.layout.found(draft.edits).counts)
    if not hidden:
        raise UsageError(f"There is no figure to withhold. {_NOTHING}")
    body = _ground_body(case, ground)
    ids, new = _marks_of(case, tables, hidden, plan)
    freed = sorted(_withheld_before(case) - set(ids))
    case.allow(EventKind.NUMBERS_SETTLED)
    event, made = case.store.change_with_marks(
        EventKind.NUMBERS_SETTLED,
        {**body, **log_body(plan), "freed": freed},
        ids,
        new,
        [(PLANS, canonical(plan.shape()).decode("utf-8"))],
    )
    return Change(case.took(event), tuple(made), case.standing())


def give_up(case: Case, reason: str) -> Change:
    """Print all figures again that were withheld as small numbers or to protect them.

    Raises:
        UsageError: nothing is protected, or no reason was given.
        NotAllowed: the person may not decide.
    """
    if case.standing().numbers is None:
        raise UsageError(f"No small numbers are protected. {_NOTHING}")
    if not reason.strip():
        raise UsageError(f"To give up the protection needs a reason. {_NOTHING}")
    case.allow(EventKind.NUMBERS_SETTLED)
    body = {
        "entries": [],
        "listed": "",
        "marks": [],
        "freed": sorted(_withheld_before(case)),
        "exemption": "",
        "reason": reason.strip(),
    }
    plan = plan_of(case)
    if plan is not None and plan.made:
        pairs = zip(plan.made, plan.documents, strict=True)
        body["swapped"] = [[new, number] for new, number in pairs]
    return Change(case.record_change(EventKind.NUMBERS_SETTLED, body), (), case.standing())


def plan_of(case: OpenCase) -> Plan | None:
    """Give how the small numbers of a case are protected; None where nobody settled it.

    Raises:
        DamagedCase: it is not as it was written.
    """
    row = case.standing().numbers
    if row is None:
        return None
    try:
        (kept,) = case.store.lists.rows([row])
        return Plan.parse(json.loads(kept.payload))
    except (ValueError, KeyError, TypeError) as problem:
        raise DamagedCase(
            f"What {case.path.name} holds of its small numbers is not as it was written. Nothing "
            "was changed. Check the case, and restore it from its backup."
        ) from problem


def plan_for(
    case: Case, tables: CaseTables, draft: Draft, answered: Answered, made: Sequence[int] = ()
) -> Plan:
    """Write down what an officer confirmed and chose.

    Raises:
        UsageError: nobody said who could recognise whom, or an exception has no reason.
        Blocked: some small count can be worked out, and no reason was given why it may be.
    """
    if not draft.who.strip():
        raise UsageError(
            "A small number is not by itself personal data: say who could recognise whom by it. "
            f"{_NOTHING}"
        )
    if any(not why.strip() for why in draft.excepted.values()):
        raise UsageError(f"Each figure that may be worked out after all needs a reason. {_NOTHING}")
    asked = needing_a_reason(question_of(tables, draft), answered)
    left = [one for one in asked if one not in draft.excepted]
    if left:
        what = "1 small number" if len(left) == 1 else f"{len(left):,} small numbers"
        raise Blocked(
            f"{what} would be printed, or can be worked out or told to be small. {_NOTHING} Take "
            "lines together, print totals only, or give a reason why each may be known."
        )
    return Plan(
        tables.documents,
        tables.earlier,
        tables.digest,
        _confirmer(case),
        draft.edits,
        draft.preset,
        draft.policy,
        answered.treatment,
        answered.base,
        draft.who.strip(),
        answered.status,
        answered.cost,
        answered.bound,
        answered.primary,
        answered.secondary,
        tuple(made),
        dict(draft.excepted),
    )


def needing_a_reason(question: Question, answered: Answered) -> tuple[CellName, ...]:
    """Give the cells that may be applied only with a reason each.

    Those of which more can be worked out than may be, and small ones that are to be printed.
    """
    counts, policy = question.tables.counts, question.policy
    printed = (one for one in sorted(policy.must_print) if policy.is_small(counts.get(one, 0)))
    return tuple(dict.fromkeys((*answered.unsafe_cells, *printed)))


def _confirmer(case: Case) -> str:
    """Give the name of the person who works in the case."""
    case.allow(EventKind.NUMBERS_SETTLED)
    return "" if case.signer is None else case.signer.name


def withheld_cells(
    layout: Layout, plan: Plan, counts: Mapping[CellName, int]
) -> tuple[CellName, ...]:
    """Give every cell that a plan withholds: counts, and the shares and changes that tell of them.

    Args:
        counts: the counts of the confirmed layout.
    """
    hidden = set(plan.hidden)
    if plan.treatment is Treatment.TOTALS:
        hidden |= counts.keys() - layout.found(plan.edits).totals
    printed = counts.keys() - hidden
    shares = {
        one.cell
        for one in layout.derived
        if one.cell not in layout.earlier and not (one.of and printed >= set(one.of))
    }
    in_order = (*(one for one in counts if one in hidden), *sorted(shares))
    return in_order if hidden else ()


def _withheld_before(case: Case) -> set[int]:
    decisions = case.standing().decisions
    return {
        one.id
        for one in case.marks()
        if one.label == COUNT and one.id in decisions and decisions[one.id].action is Action.REDACT
    }


def _ground_body(case: Case, ground: Ground) -> dict[str, object]:
    """Give limb, reason and the rest as an event has them.

    Raises:
        UsageError: something is wanting, or there is no such justification.
    """
    if ground.justification:
        rests_on = case.justification(ground.justification)
        ground = Ground(
            rests_on.exemption, rests_on.reason, rests_on.public_interest, rests_on.number
        )
    if not ground.reason.strip() or not ground.exemption.strip():
        raise UsageError(
            f"To withhold figures needs an exemption, its limb and a reason. {_NOTHING}"
        )
    exemption = exemption_named(ground.exemption, case.regime)
    if exemption.neither_confirm_nor_deny:
        raise UsageError(f"{exemption.citation} is not for a figure in a table. {_NOTHING}")
    body: dict[str, object] = {
        "action": str(Action.REDACT),
        "exemption": exemption.citation,
        "reason": ground.reason.strip(),
    }
    if ground.public_interest.strip():
        body["public_interest"] = ground.public_interest.strip()
    if ground.justification:
        body["justification"] = ground.justification
    return body


def log_body(plan: Plan) -> dict[str, object]:
    """Give what the log says of a plan: the rule and what came of it, and no cell."""
    return {
        "documents": list(plan.documents),
        "rule": plan.preset,
        "threshold": plan.policy.threshold,
        "treatment": str(plan.treatment),
        "status": str(plan.status or ""),
        "excepted": len(plan.excepted),
    }


def _marks_of(
    case: Case, tables: CaseTables, hidden: Sequence[CellName], plan: Plan
) -> tuple[list[int], list[tuple[int, NewMark]]]:
    """Give the marks that cover some cells whole, and new ones where there are none."""
    wanted: dict[int, dict[SegmentKey, CellName]] = {}
    for cell in hidden:
        for key in tables.places[cell]:
            wanted.setdefault(book_of(cell), {})[key] = cell
    known, primary = KnownMarks(case), set(plan.primary)
    ids: list[int] = []
    new: list[tuple[int, NewMark]] = []
    for number, keys in wanted.items():
        for segment in case.segments(number):
            if segment.key not in keys:
                continue
            cell = keys[segment.key]
            own = known.whole_at(number, segment.key, len(segment.text), label=COUNT)
            ids.extend(own)
            if not own:
                name, column = segment.key
                span = Span(name, 0, len(segment.text), column)
                new.append((number, _mark(span, segment.text, is_small=cell in primary)))
    return ids, new


def _mark(span: Span, text: str, *, is_small: bool) -> NewMark:
    why = "it is small" if is_small else "small numbers could be worked out from it"
    return NewMark(span, text, COUNT, 1.0, _RECOGNISER, why, by_hand=True)
