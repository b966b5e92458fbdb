"""One attempt at a release, and its steps in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from redactor import review
from redactor.app.case import Case
from redactor.app.holding_back import held_back
from redactor.case.store import StoredDocument
from redactor.errors import Cancelled
from redactor.events import Mark
from redactor.model import Action, Report
from redactor.release.plan import WithheldText, withheld_texts
from redactor.workers import Lane

#: How long one step on one document may take before it is given up, in seconds.
STEP_SECONDS = 1800.0
#: How often a cancel is looked for during a step, in seconds.
_HEARTBEAT_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a release: the case as it stood when it began."""

    case: Case
    lane: Lane
    report: Report
    documents: tuple[StoredDocument, ...]
    marks: tuple[Mark, ...]
    now: review.Standing
    withheld: tuple[WithheldText, ...]


def in_worker(
    attempt: Attempt,
    job: Callable[..., Any],
    *arguments: object,
    supply: Callable[[str], bytes] | None = None,
) -> Any:
    """Do one step in a worker; while it goes on, a cancel is looked for again and again."""
    ticket = attempt.lane.submit(job, *arguments, timeout_s=STEP_SECONDS, supply=supply)
    try:
        while True:
            try:
                return ticket.result(_HEARTBEAT_SECONDS)
            except TimeoutError:
                attempt.report(None)
    except Cancelled:
        ticket.cancel()
        raise


def redacted_marks(marks: Iterable[Mark], now: review.Standing) -> Iterable[Mark]:
    """Give the marks that stand decided as redactions."""
    for mark in marks:
        decision = now.decisions.get(mark.id)
        if decision is not None and decision.action is Action.REDACT:
            yield mark


def withheld_from(case: Case) -> tuple[WithheldText, ...]:
    """Give what no release and no letter of a case may say.

    That is every text that stands redacted, in documents that stay out as well, and the names of
    those that it is neither confirmed nor denied are held.
    """
    now, back = case.standing(), held_back(case)
    return withheld_texts(
        ((one.text, one.label) for one in redacted_marks(case.marks(), now)),
        terms=[one.name for one in case.documents() if one.number in back],
    )
