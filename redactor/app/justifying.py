"""Why a limb is engaged, written once and relied on by many redactions.

Changing a justification makes a new version of it: an event, that undo takes back, and after which
everything that rests on it says what it says now.
"""

from __future__ import annotations

from collections.abc import Mapping

from redactor.app.case import Case, Change
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.law.exemptions import exemption_named
from redactor.law.justifications import public_interest_of, reason_of


def justify(
    case: Case,
    exemption: str,
    answers: Mapping[str, str],
    *,
    reason: str = "",
    public_interest: str = "",
    number: int = 0,
) -> Change:
    """Write a justification, or another version of one.

    Args:
        exemption: the citation with its limb.
        answers: to the questions that the limb asks, by their keys.
        reason, public_interest: the same in a paragraph each, for the log and the schedules; made
            of the answers where they are empty.
        number: of the one that this replaces; 0 for a new one.

    Raises:
        UsageError: there is no such limb or justification, or nothing was said.
        NotAllowed: the person may not.
    """
    if number:
        case.justification(number)  # there is one to write anew
    limb = exemption_named(exemption, case.regime)
    reason = reason.strip() or reason_of(limb, answers)
    public_interest = public_interest.strip() or public_interest_of(limb, answers)
    if not reason:
        raise UsageError("A justification needs a reason. Nothing was recorded.")
    body = {
        "justification": number or next_number(case),
        "exemption": limb.citation,
        "answers": {key: said.strip() for key, said in answers.items() if said.strip()},
        "reason": reason,
        "public_interest": public_interest,
    }
    return Change(case.record_change(EventKind.JUSTIFIED, body), (), case.standing())


def next_number(case: Case) -> int:
    """Give the number of the next justification; one that was undone keeps its own."""
    used = (int(e.body["justification"]) for e in case.events() if e.kind is EventKind.JUSTIFIED)
    return max(used, default=0) + 1
