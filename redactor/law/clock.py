"""The statutory clock of a request: when it has to be answered, and why then.

Pure functions; what day it is, is asked of the caller.

Sources: Freedom of Information Act 2000, sections 1(3), 9(2), 10(1), (2), (3), (6) and 17(2), (3);
the section 45 Code of Practice, part 5; Environmental Information Regulations 2004, regulations
5(2), 7(1), 9(4) and 11(2), (4); UK GDPR Article 12(3) with Article 12A (inserted by the Data (Use
and Access) Act 2025); Data Protection Act 2018, section 54. The 20 further working days for the
public interest, and those for an internal review, are the Information Commissioner's guidance.
"""

from __future__ import annotations

import calendar as months
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from redactor.law.holidays import Calendar
from redactor.law.request import Request

_SOON = 5
_ACCESS = ("sar", "sar-le")
_NO_EXTENSION = (
    "More time was taken, but no qualified exemption is relied on. Section 10(3) gives none for an "
    "absolute exemption, so the twentieth working day stands."
)


class State(enum.StrEnum):
    """Where the clock stands."""

    UNKNOWN = "unknown"
    RUNNING = "running"
    WAITING = "waiting"
    OVERDUE = "overdue"
    REVIEW = "internal-review"


@dataclass(frozen=True, slots=True)
class Step:
    """One day that the clock goes by.

    Attributes:
        day: None where it only says something.
        said: what happens on it, in plain English.
        source: the provision.
    """

    day: date | None
    said: str
    source: str


@dataclass(frozen=True, slots=True)
class Clock:
    """When a request has to be answered.

    Attributes:
        due: the last day; None while it is waiting for the requester, or not known.
        days_left: working days (calendar days for subject access) after today up to the last day;
            negative once it is over; None without one.
        warnings: what does not fit, or is about to be late, as sentences.
    """

    state: State
    due: date | None
    days_left: int | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]

    @property
    def said(self) -> str:
        """Say in a few words where it stands."""
        if self.state is State.UNKNOWN:
            return "No day of receipt is recorded"
        if self.due is None or self.days_left is None:
            return "The clock waits for the requester"
        day = f"{self.due:%A} {self.due.day} {self.due:%B %Y}"
        if self.days_left < 0:
            return f"Overdue since {day}"
        if self.days_left == 0:
            return f"Due today, {day}"
        unit = "day" if self.days_left == 1 else "days"
        return f"Due {day}, {self.days_left} {unit} left"


def clock_of(
    request: Request, regime: str, today: date, days: Calendar, *, qualified: bool | None = None
) -> Clock:
    """Work out when a request has to be answered.

    Args:
        regime: ``foi``, ``eir``, ``sar`` or ``sar-le``.
        qualified: whether a qualified exemption is relied on, without which section 10(3) gives no
            further time; None where that is not known.
    """
    if request.received is None:
        return Clock(State.UNKNOWN, None, None, (), ("No day of receipt is recorded.",))
    frame = _Frame(regime, today, days, list(_out_of_order(request, today)), qualified)
    if request.review_asked is not None:
        return _review(request, request.review_asked, frame)
    if regime in _ACCESS:
        return _access(request, request.received, frame)
    return _information(request, request.received, frame)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a clock is worked out in. Warnings gather as it goes."""

    regime: str
    today: date
    days: Calendar
    warnings: list[str]
    qualified: bool | None


# --- requests for information -----------------------------------------------------------------


def _information(request: Request, received: date, frame: _Frame) -> Clock:
    days, warnings = frame.days, frame.warnings
    foi = frame.regime == "foi"
    start = request.clarified or received
    clarity = "FOIA section 1(3)" if foi else "EIR regulation 9(4)"
    steps = [Step(received, "The request was received", "")]
    if request.clarification_asked is not None:
        steps.append(
            Step(request.clarification_asked, "The requester was asked what is wanted", clarity)
        )
        if request.clarified is None:
            return _waiting(
                steps,
                "Time runs again from the day on which the requester answers.",
                clarity,
                warnings,
            )
        steps.append(
            Step(request.clarified, "The requester answered: the time begins anew", clarity)
        )
    due = days.after(start, 20)
    source = "FOIA section 10(1)" if foi else "EIR regulation 5(2)"
    if foi and request.fee_asked is not None:
        steps.append(Step(request.fee_asked, "A fees notice was given", "FOIA section 9"))
        if request.fee_paid is None:
            return _waiting(
                steps, "Time does not run until the fee is paid.", "FOIA section 10(2)", warnings
            )
        steps.append(Step(request.fee_paid, "The fee was paid", "FOIA section 10(2)"))
        waited = days.between(request.fee_asked, request.fee_paid)
        due = days.after(due, waited + days.is_working(request.fee_asked))
    steps.append(Step(due, "The twentieth working day", source))
    if request.extended_to is not None:
        due, more = _extended(request.extended_to, start, due, frame)
        steps.append(
            Step(
                due,
                "Time was taken to "
                + (
                    "weigh the public interest"
                    if foi
                    else "deal with a complex and voluminous request"
                ),
                "FOIA section 10(3)" if foi else "EIR regulation 7(1)",
            )
        )
        warnings += more
        if not request.extension_reason.strip():
            warnings.append("No reason for taking more time is recorded.")
    return _running(due, days.between(frame.today, due), steps, warnings, days)


def _extended(until: date, start: date, due: date, frame: _Frame) -> tuple[date, list[str]]:
    """Give the day that an extension leads to, and what is wrong with it."""
    foi = frame.regime == "foi"
    if foi and frame.qualified is False:
        return due, [_NO_EXTENSION]
    latest = frame.days.after(start, 40)
    if until <= latest:
        return max(until, due), []
    if foi:
        return until, ["More than 40 working days in all are more than the Commissioner accepts."]
    return latest, ["Regulation 7(1) gives 40 working days in all, and no more."]


# --- subject access ---------------------------------------------------------------------------


def _access(request: Request, received: date, frame: _Frame) -> Clock:
    days, warnings, general = frame.days, frame.warnings, frame.regime == "sar"
    source = "UK GDPR Article 12(3)" if general else "DPA 2018 section 54"
    pause = "UK GDPR Article 12A" if general else "DPA 2018 section 54"
    steps = [Step(received, "The request was received", source)]
    start = received
    if request.identity_asked is not None:
        steps.append(Step(request.identity_asked, "Proof of identity was asked for", pause))
        if request.identity_confirmed is None:
            return _waiting(
                steps, "Time runs from the day on which it is confirmed.", pause, warnings
            )
        start = request.identity_confirmed
        steps.append(Step(start, "The identity was confirmed: the time begins", pause))
    waited = 0
    if request.clarification_asked is not None:
        steps.append(
            Step(request.clarification_asked, "The requester was asked what is wanted", pause)
        )
        if request.clarified is None:
            return _waiting(steps, "The days until the answer do not count.", pause, warnings)
        waited = (request.clarified - max(request.clarification_asked, start)).days
        steps.append(Step(request.clarified, "The requester answered", pause))
    first = _later(_months_after(start, 1), waited)
    due = days.next_working_anywhere(first)
    steps.append(Step(due, "One month", source))
    if request.extended_to is not None:
        latest = days.next_working_anywhere(_later(_months_after(start, 3), waited))
        if request.extended_to > latest:
            warnings.append("No more than two further months can be taken.")
        due = max(due, min(request.extended_to, latest))
        steps.append(Step(due, "Time was taken for a complex request, or several", source))
        if not request.extension_reason.strip():
            warnings.append(
                "The requester has to be told within the first month why more time is taken."
            )
    return _running(due, (due - frame.today).days, steps, warnings, days)


def _months_after(day: date, count: int) -> date:
    """Give the corresponding day of a later month, or its last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _later(day: date, count: int) -> date:
    return date.fromordinal(day.toordinal() + max(count, 0))


# --- internal review --------------------------------------------------------------------------


def _review(request: Request, asked: date, frame: _Frame) -> Clock:
    days, warnings = frame.days, frame.warnings
    steps = [Step(asked, "An internal review was asked for", "")]
    if request.review_answered is not None:
        steps.append(Step(request.review_answered, "The review was answered", ""))
        return Clock(State.REVIEW, None, None, tuple(steps), tuple(warnings))
    if frame.regime == "eir":
        due, source = days.after(asked, 40), "EIR regulation 11(4)"
    else:
        due, source = days.after(asked, 20), "section 45 Code of Practice, part 5"
        steps.append(
            Step(days.after(asked, 40), "The latest for a review that is not simple", source)
        )
    steps.insert(1, Step(due, "The review should be answered", source))
    return _running(due, days.between(frame.today, due), steps, warnings, days, State.REVIEW)


# --- what every clock says --------------------------------------------------------------------


def _running(
    due: date,
    left: int,
    steps: list[Step],
    warnings: list[str],
    days: Calendar,
    state: State = State.RUNNING,
) -> Clock:
    if left < 0:
        state = State.OVERDUE
        warnings.append("The time for answering is over. Answer at once, and say why it is late.")
    elif left <= _SOON:
        warnings.append(f"{left} {'day' if left == 1 else 'days'} left." if left else "Due today.")
    if due.year > days.known_until:
        warnings.append(
            f"Bank holidays proclaimed after {days.known_until} are not known to the program. "
            "Check the day."
        )
    return Clock(state, due, left, tuple(steps), tuple(warnings))


def _waiting(steps: list[Step], said: str, source: str, warnings: list[str]) -> Clock:
    steps.append(Step(None, said, source))
    return Clock(State.WAITING, None, None, tuple(steps), tuple(warnings))


_ORDERED = (
    ("clarification_asked", "clarified", "The request was clarified before anybody asked."),
    ("fee_asked", "fee_paid", "The fee was paid before it was asked for."),
    ("identity_asked", "identity_confirmed", "The identity was confirmed before it was asked for."),
    ("review_asked", "review_answered", "The review was answered before it was asked for."),
)


def _out_of_order(request: Request, today: date) -> Iterator[str]:
    """Say which days cannot be so."""
    received = request.received
    for first, second, said in _ORDERED:
        earlier, later = getattr(request, first), getattr(request, second)
        if later is not None and (earlier is None or later < earlier):
            yield said
        if earlier is not None and received is not None and earlier < received:
            yield "Something is dated before the request was received."
    if received is not None and received > today:
        yield "The day of receipt has not come yet."
