"""What was asked, and when, kept with a case: recorded, changed, undone like a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from redactor.app.case import Case, Change
from redactor.canonical import canonical
from redactor.errors import DamagedCase, UsageError
from redactor.events import EventKind
from redactor.law.request import Request

#: The list of the case file that its rows are kept on.
REQUEST = "request"


def request_of(case: Case) -> Request:
    """Give the request of a case; of one that has none, the day on which it was received.

    Raises:
        DamagedCase: it is not as it was written.
    """
    row = case.standing().request
    if row is None:
        begun = case.life.case
        day = str(begun.body["received"]) if begun is not None else ""
        return Request(received=date.fromisoformat(day) if day else None)
    try:
        (kept,) = case.store.lists.rows([row])
        return Request.parse(json.loads(kept.payload))
    except (ValueError, KeyError, TypeError) as problem:
        raise DamagedCase(
            f"What {case.path.name} holds of the request is not as it was written. Nothing was "
            "changed. Check the case, and restore it from its backup."
        ) from problem


def record_request(case: Case, request: Request) -> Change:
    """Record what was asked and when, in place of what was recorded before.

    Raises:
        UsageError: a question says nothing, names a document that the case does not hold, or a
            stance that has to be justified rests on nothing.
        NotAllowed: the person may not.
    """
    _require_sense(case, request)
    case.allow(EventKind.REQUEST_RECORDED)
    payload = canonical(request.shape()).decode("utf-8")
    event, _ = case.store.change_with_marks(
        EventKind.REQUEST_RECORDED, {}, (), (), [(REQUEST, payload)]
    )
    return Change(case.took(event), (), case.standing())


def _require_sense(case: Case, request: Request) -> None:
    known = {one.number for one in case.documents()}
    justified = case.standing().justifications
    for number, one in enumerate(request.questions, 1):
        if not one.asked.strip():
            raise UsageError(
                f"Question {number} says nothing. Nothing was recorded. Say what was asked."
            )
        if strange := sorted(set(one.documents) - known):
            raise UsageError(
                f"Question {number} names document {strange[0]}, which the case does not hold. "
                "Nothing was recorded."
            )
    rests_on: Sequence[int] = [request.justification, *(q.justification for q in request.questions)]
    if strange := [one for one in rests_on if one and one not in justified]:
        raise UsageError(f"The case holds no justification {strange[0]}. Nothing was recorded.")
