"""Whole documents that stay out of a release: withheld, public already, or not what was asked for.

A document that is withheld as a whole stays in the schedule and the letter with its limb; what is
public already goes on counting as known to every reader.
"""

from __future__ import annotations

from redactor.app.case import Case, Change
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.law.exemptions import exemption_named
from redactor.model import Aside

_NOTHING = "Nothing was recorded."


def set_aside(
    case: Case,
    number: int,
    why: Aside,
    reason: str,
    *,
    exemption: str = "",
    public_interest: str = "",
    justification: int = 0,
    by: int = 0,
) -> Change:
    """Leave a whole document out of the release.

    Args:
        exemption: the limb under which it is withheld; for ``WITHHELD`` only.
        justification: the number of the justification that this rests on, in place of limb, reason
            and public interest.
        by: the document that goes out in its place; for ``REPLACED`` only.

    Raises:
        UsageError: there is no such document or justification; no reason; no limb for one that is
            withheld, or a limb of another law.
        NotAllowed: the person may not.
    """
    _require_document(case, number)
    body: dict[str, object] = {"document": number, "why": str(why), "exemption": ""}
    if justification:
        rests_on = case.justification(justification)
        exemption, reason = rests_on.exemption, rests_on.reason
        public_interest = rests_on.public_interest
        body["justification"] = justification
    if not reason.strip():
        raise UsageError(f"To leave a document out needs a reason. {_NOTHING} Say why.")
    if why is Aside.WITHHELD:
        body["exemption"] = _limb(case, exemption)
    elif exemption:
        raise UsageError(f"Only a document that is withheld has an exemption. {_NOTHING}")
    if why is Aside.REPLACED:
        _require_document(case, by)
        if by == number:
            raise UsageError(f"A document cannot go out in its own place. {_NOTHING}")
        body["by"] = by
    body["reason"] = reason.strip()
    if public_interest.strip():
        body["public_interest"] = public_interest.strip()
    return _recorded(case, body)


def put_back(case: Case, number: int) -> Change:
    """Let a document that was left out go out again.

    Raises:
        UsageError: it is not left out.
        NotAllowed: the person may not.
    """
    if number not in case.standing().set_aside:
        raise UsageError(f"Document {number} is not left out. {_NOTHING}")
    return _recorded(case, {"document": number, "why": "", "exemption": "", "reason": ""})


def _recorded(case: Case, body: dict[str, object]) -> Change:
    return Change(case.record_change(EventKind.DOCUMENT_SET_ASIDE, body), (), case.standing())


def _limb(case: Case, citation: str) -> str:
    if not citation.strip():
        raise UsageError(f"A document that is withheld needs an exemption and its limb. {_NOTHING}")
    exemption = exemption_named(citation, case.regime)
    if exemption.neither_confirm_nor_deny:
        raise UsageError(
            f"{exemption.citation} is for a question or a case as a whole. {_NOTHING} Answer the "
            "request so instead."
        )
    return exemption.citation


def _require_document(case: Case, number: int) -> None:
    if all(one.number != number for one in case.documents()):
        raise UsageError(f"The case holds no document {number}. {_NOTHING}")
