"""The persons of a case as its user works with them: list, merge, split, name the role, decide.

Nothing is kept in the file: persons are gathered from the marks and the log. In a large case that
takes seconds, so what was gathered is remembered until marks or persons change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from redactor.app.case import Case, Change
from redactor.app.person_decisions import (
    PersonDecision,
    decisions_for_persons,
    standing_decisions,
)
from redactor.errors import UsageError
from redactor.events import Event, EventKind, Mark
from redactor.model import Action, Decision, Span
from redactor.people import (
    People,
    Subject,
    SubjectRole,
    Suggestion,
    apart_body,
    merge_body,
    people,
    role_body,
    split_body,
    subject_of,
)
from redactor.person_roles import Context, context_of, proposed_role

#: What changes who is who, or what is called how.
_CHANGE_PERSONS = frozenset(
    {
        EventKind.PERSONS_MERGED,
        EventKind.PERSON_SPLIT,
        EventKind.PERSON_ROLE,
        EventKind.PERSONS_TOLD_APART,
        EventKind.DOCUMENT_ADDED,
        EventKind.DOCUMENT_READING,
        EventKind.DOCUMENT_READ,
        EventKind.DOCUMENT_READ_AS,
    }
)
#: So many mentions of a person are looked at to propose a role: the first ones say most.
_MENTIONS_READ = 12


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the list shows them.

    Attributes:
        proposed: the role that the words around the mentions speak for, where nobody chose one.
        why: what speaks for it.
        standing: the decision that holds for all mentions; several contradict each other.
    """

    subject: Subject
    undecided: int
    redact: int
    keep: int
    proposed: SubjectRole | None
    why: str
    standing: tuple[PersonDecision, ...]


@dataclass(frozen=True, slots=True)
class Persons:
    """All persons of a case, and the pairs that may be one."""

    rows: tuple[PersonRow, ...] = field(repr=False)
    suggestions: tuple[Suggestion, ...] = field(repr=False)


def persons(case: Case) -> tuple[Subject, ...]:
    """Gather the persons whom the documents of a case speak of."""
    return _gathered(case).people.subjects


def all_persons(case: Case) -> Persons:
    """Give every person with how the mentions stand and what is proposed."""
    marks = case.marks()
    by_id = {mark.id: mark for mark in marks}
    decisions = case.standing().decisions
    found, roles = _gathered(case).people, _roles(case)
    standing = standing_decisions(found.subjects, decisions_for_persons(case.events()))
    rows = tuple(
        PersonRow(
            one,
            *_counts((by_id[mark] for mark in one.marks), decisions),
            *roles.get(one.id, (None, "")),
            standing.get(one.id, ()),
        )
        for one in found.subjects
    )
    return Persons(rows, found.suggestions)


def list_persons(case: Case) -> list[dict[str, Any]]:
    """Give every person with the number of mentions, and how they stand, as JSON holds them."""
    return [
        {
            "id": row.subject.id,
            "name": row.subject.name,
            "role": str(row.subject.role) if row.subject.role is not None else None,
            "proposed_role": str(row.proposed) if row.proposed is not None else None,
            "mentions": len(row.subject.marks),
            "documents": list(row.subject.documents),
            "file_names": list(row.subject.file_names),
            "undecided": row.undecided,
            "redact": row.redact,
            "keep": row.keep,
            "standing": [
                {"event": one.seq, "action": str(one.action), "exemption": one.exemption}
                for one in row.standing
            ],
        }
        for row in all_persons(case).rows
    ]


def merge(case: Case, ids: Sequence[str]) -> Event:
    """Record that some persons are one.

    Raises:
        UsageError: there is no such person, they are one already, or decisions that stand for them
            contradict each other.
        NotAllowed: the person who works may not.
    """
    among = persons(case)
    body = merge_body(ids, among)
    if contradicting(case, ids, among):
        raise UsageError(
            "Decisions that contradict each other stand for these persons. Nothing was changed. "
            "Decide for one of them as for the other first, then merge them."
        )
    return case.record_change(EventKind.PERSONS_MERGED, body)


def contradicting(
    case: Case, ids: Sequence[str], among: Sequence[Subject]
) -> tuple[PersonDecision, ...]:
    """Give the decisions that stand for some persons, where they contradict each other."""
    chosen = {one.id: one for one in (subject_of(one, among) for one in ids)}
    standing = standing_decisions(chosen.values(), decisions_for_persons(case.events()))
    each = [one for held in standing.values() for one in held]
    return tuple(each) if any(not one.agrees_with(each[0]) for one in each) else ()


def split(case: Case, mark_ids: Iterable[int]) -> Event:
    """Record that some mentions of one person are of another.

    Raises:
        UsageError: they are not mentions of one person, or they are all it has.
        NotAllowed: the person who works may not.
    """
    return case.record_change(EventKind.PERSON_SPLIT, split_body(mark_ids, persons(case)))


def tell_apart(case: Case, ids: Sequence[str]) -> Event:
    """Record that some persons are not one, so that it is suggested no more.

    Raises:
        UsageError: there is no such person, or they are one.
        NotAllowed: the person who works may not.
    """
    return case.record_change(EventKind.PERSONS_TOLD_APART, apart_body(ids, persons(case)))


def set_role(case: Case, person: str, role: str) -> Event:
    """Record what a person is in the matter of the case.

    Raises:
        UsageError: there is no such person, or no such role.
        NotAllowed: the person who works may not.
    """
    if role not in {str(one) for one in SubjectRole}:
        roles = ", ".join(SubjectRole)
        raise UsageError(f"There is no such role. Nothing was recorded. Choose one of: {roles}.")
    body = role_body(person, SubjectRole(role), persons(case))
    return case.record_change(EventKind.PERSON_ROLE, body)


def decide_person(
    case: Case,
    person: str,
    action: Action,
    exemption: str,
    reason: str,
    public_interest: str = "",
    *,
    later: bool = True,
) -> Change:
    """Decide on every mention of a person, in one step, which undo takes back.

    Args:
        later: mentions in documents that are added later are to be decided alike.

    Raises:
        UsageError: there is no such person, no reason, or no exemption for a redaction.
        NotAllowed: the person who works may not decide.
    """
    one = subject_of(person, persons(case))
    about = {"person": one.named_by, "later": later}
    return case.decide(one.marks, action, exemption, reason, public_interest, about=about)


def keep(case: Case, person: str, reason: str) -> Change:
    """Decide to keep every mention of a person, in one step, which undo takes back.

    Raises:
        UsageError: there is no such person, or no reason.
        NotAllowed: the person who works may not decide.
    """
    return decide_person(case, person, Action.KEEP, "", reason)


def contexts(case: Case, marks: Iterable[Mark]) -> dict[int, tuple[str, Context]]:
    """Give each mark's own text, and what stands around it, by its id; a drawn box has none."""
    wanted: dict[int, dict[tuple[str, int | None], list[Mark]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for mark in marks:
        if isinstance(mark.target, Span):
            wanted[mark.document][mark.target.key].append(mark)
    found: dict[int, tuple[str, Context]] = {}
    for number, places in wanted.items():
        for segment in case.segments(number):
            for mark in places.pop(segment.key, ()):
                if isinstance(mark.target, Span):
                    start, end = mark.target.start, mark.target.end
                    found[mark.id] = mark.text, context_of(segment.text, start, end)
            if not places:
                break
    return found


@dataclass(slots=True)
class _Remembered:
    """What was gathered of a case, and of which marks and events."""

    key: tuple[int, int, int]
    people: People = field(repr=False)
    roles: dict[str, tuple[SubjectRole | None, str]] | None = field(default=None, repr=False)


_remembered: WeakKeyDictionary[Case, _Remembered] = WeakKeyDictionary()


def _gathered(case: Case) -> _Remembered:
    marks = case.marks()
    changed = next(
        (event.seq for event in reversed(case.events()) if event.kind in _CHANGE_PERSONS), 0
    )
    key = len(marks), max((mark.id for mark in marks), default=0), changed
    known = _remembered.get(case)
    if known is None or known.key != key:
        names = {one.number: one.name for one in case.documents()}
        known = _remembered[case] = _Remembered(key, people(marks, case.events(), names))
    return known


def _roles(case: Case) -> dict[str, tuple[SubjectRole | None, str]]:
    known = _gathered(case)
    if known.roles is None:
        by_id = {mark.id: mark for mark in case.marks()}
        known.roles = _proposed_roles(case, known.people.subjects, by_id)
    return known.roles


def _proposed_roles(
    case: Case, among: Sequence[Subject], by_id: Mapping[int, Mark]
) -> dict[str, tuple[SubjectRole | None, str]]:
    """Propose roles for those for whom nobody chose one."""
    open_ones = [one for one in among if one.role is None]
    first = {one.id: one.marks[:_MENTIONS_READ] for one in open_ones}
    around = contexts(case, (by_id[mark] for held in first.values() for mark in held))
    return {
        person: proposed_role(around[mark][1] for mark in held if mark in around)
        for person, held in first.items()
    }


def _counts(marks: Iterable[Mark], decisions: Mapping[int, Decision]) -> tuple[int, int, int]:
    """Count as ``review.blocks`` does: what is hidden or was marked by hand awaits no decision.

    Returns:
        How many are undecided, how many redacted, and how many kept.
    """
    undecided, counts = 0, dict.fromkeys(Action, 0)
    for mark in marks:
        decision = decisions.get(mark.id)
        if decision is not None:
            counts[decision.action] += 1
        elif mark.hidden is None and not mark.by_hand:
            undecided += 1
    return undecided, counts[Action.REDACT], counts[Action.KEEP]
