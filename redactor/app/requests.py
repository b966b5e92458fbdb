"""What was asked, and when, kept with a case: recorded, changed, undone like a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from redactor.app.case import Case, Change
from redactor.app.holding_back import REQUEST, at_odds, request_of
from redactor.canonical import canonical
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.law.clock import Clock, clock_of
from redactor.law.exemptions import exemption_named
from redactor.law.holidays import calendar
from redactor.law.regimes import Regime
from redactor.law.request import Request, Stance
from redactor.review import Justification


@dataclass(frozen=True, slots=True)
class RequestView:
    """What a person sees of a request.

    Attributes:
        documents: number and name of each document of the case.
        trouble: what does not fit together in it, as sentences.
    """

    request: Request
    documents: tuple[tuple[int, str], ...] = field(repr=False)
    justifications: Mapping[int, Justification] = field(repr=False)
    clock: Clock | None
    trouble: tuple[str, ...] = ()


def request_view(case: Case, today: date) -> RequestView:
    """Give what is recorded of the request, and what its clock says today.

    Raises:
        UsageError: the authority's list of bank holidays cannot be read.
    """
    request = request_of(case)
    return RequestView(
        request,
        tuple((one.number, one.name) for one in case.documents()),
        case.standing().justifications,
        clock_for(case, today),
        tuple(said for _, said in at_odds(request)),
    )


def clock_for(case: Case, today: date) -> Clock:
    """Give the statutory clock of a case.

    Raises:
        UsageError: the authority's list of bank holidays cannot be read.
    """
    cited = {one.exemption for one in case.standing().decisions.values() if one.exemption}
    cited |= {one.exemption for one in case.standing().justifications.values()}
    qualified = any(exemption_named(one, case.regime).needs_public_interest_test for one in cited)
    return clock_of(
        request_of(case), case.regime, today, calendar(), qualified=qualified if cited else None
    )


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
    stances = [(request.stance, request.justification)]
    stances += [(one.stance, one.justification) for one in request.questions]
    for stance, number in stances:
        if stance is Stance.NEITHER and number in justified:
            _require_neither(justified[number].exemption, case.regime)
    rests_on: Sequence[int] = [request.justification, *(q.justification for q in request.questions)]
    if strange := [one for one in rests_on if one and one not in justified]:
        raise UsageError(f"The case holds no justification {strange[0]}. Nothing was recorded.")


def _require_neither(citation: str, regime: Regime) -> None:
    if not exemption_named(citation, regime).neither_confirm_nor_deny:
        raise UsageError(
            f"{citation} is not a limb for neither confirming nor denying. Nothing was recorded. "
            "Choose one that is, such as s40(5B)(a)(i)."
        )
