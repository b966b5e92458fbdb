"""The persons of a case as its user works with them: list, merge, split, name the role, keep.

Nothing is kept twice: persons are gathered anew from the marks and the log at every call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from redactor.app.case import Case, Change
from redactor.errors import UsageError
from redactor.events import Event, EventKind, Mark
from redactor.model import Action, Decision
from redactor.people import (
    Subject,
    SubjectRole,
    merge_body,
    role_body,
    split_body,
    subject_of,
    subjects,
)


def persons(case: Case) -> tuple[Subject, ...]:
    """Gather the persons whom the documents of a case speak of."""
    return subjects(case.marks(), case.events())


def list_persons(case: Case) -> list[dict[str, Any]]:
    """Give every person with the number of mentions, and how they stand, as JSON holds them."""
    marks = case.marks()
    by_id = {mark.id: mark for mark in marks}
    decisions = case.standing().decisions
    return [
        {
            "id": one.id,
            "name": one.name,
            "role": str(one.role) if one.role is not None else None,
            "mentions": len(one.marks),
            "documents": list(one.documents),
            **_counts((by_id[mark] for mark in one.marks), decisions),
        }
        for one in subjects(marks, case.events())
    ]


def merge(case: Case, ids: Sequence[str]) -> Event:
    """Record that some persons are one.

    Raises:
        UsageError: there is no such person, or they are one already.
        NotAllowed: the person who works may not.
    """
    return case.record_change(EventKind.PERSONS_MERGED, merge_body(ids, persons(case)))


def split(case: Case, mark_ids: Iterable[int]) -> Event:
    """Record that some mentions of one person are of another.

    Raises:
        UsageError: they are not mentions of one person, or they are all it has.
        NotAllowed: the person who works may not.
    """
    return case.record_change(EventKind.PERSON_SPLIT, split_body(mark_ids, persons(case)))


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


def keep(case: Case, person: str, reason: str) -> Change:
    """Decide to keep every mention of a person, in one step, which undo takes back.

    Raises:
        UsageError: there is no such person, or no reason.
        NotAllowed: the person who works may not decide.
    """
    return case.decide(subject_of(person, persons(case)).marks, Action.KEEP, "", reason)


def _counts(marks: Iterable[Mark], decisions: Mapping[int, Decision]) -> dict[str, int]:
    """Count as ``review.blocks`` does: what is hidden or was marked by hand awaits no decision."""
    counts = {"undecided": 0, "redact": 0, "keep": 0}
    for mark in marks:
        decision = decisions.get(mark.id)
        if decision is not None:
            counts[str(decision.action)] += 1
        elif mark.hidden is None and not mark.by_hand:
            counts["undecided"] += 1
    return counts
