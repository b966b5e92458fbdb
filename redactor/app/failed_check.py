"""What a failed check of a candidate comes to: an event in the log, and a word on how to settle it.

Findings are named by their numbers; the event says where text was found, and never which.
"""

from __future__ import annotations

from collections.abc import Sequence

from redactor.app.attempt import Attempt, redacted_marks
from redactor.errors import CheckFailed
from redactor.events import EventKind
from redactor.matching import fold_text
from redactor.release.verify.model import Check, Leak, VerificationReport


def require_clean(attempt: Attempt, report: VerificationReport) -> None:
    """Go on only where every check was passed.

    Raises:
        CheckFailed: one was not; it was written to the log.
    """
    if report.ok:
        return
    failed = [check for check in report.checks if not check.ok]
    said = _said_of(failed, report.leaks)
    remedy = _remedy(attempt, report.leaks)
    attempt.case.record_change(
        EventKind.RELEASE_FAILED,
        {
            "code": "check-failed",
            "checks": [check.name for check in failed],
            "leaks": [{"where": leak.where, "engine": leak.engine} for leak in report.leaks],
            "said": f"The last candidate failed a check: {failed[0].name}. Nothing was released. "
            f"{remedy}",
        },
    )
    raise CheckFailed(f"{said} Nothing was released. {remedy}")


def _said_of(failed: Sequence[Check], leaks: Sequence[Leak]) -> str:
    places = sorted({f"{leak.path}, {leak.where}" for leak in leaks})
    if places:
        return f"Withheld text was found in what would have been released: {_listed(places, '; ')}."
    return f"A check failed: {failed[0].name}. {failed[0].detail}"


def _remedy(attempt: Attempt, leaks: Sequence[Leak]) -> str:
    """Say how to settle a check that failed; findings are named by their numbers."""
    if not leaks:
        return "Mark what stands there, or rule on the part, and submit again."
    found = {leak.term_index for leak in leaks}
    withheld = [one for one in attempt.withheld if one.term.number in found]
    terms = {one.term.folded for one in withheld}
    sources = [
        str(mark.id)
        for mark in redacted_marks(attempt.marks, attempt.now)
        if any(fold_text(line) in terms for line in mark.text.splitlines())
    ]
    said = ["Mark what stands at the places named."]
    if sources:
        of_finding = "finding" if len(sources) == 1 else "findings"
        said.insert(0, f"It is withheld by {of_finding} {_listed(sources, ', ')}.")
    if not any(one.strict for one in withheld):
        said.append(
            "Where it is so plain a word that it may stay there, keep the finding and mark the "
            "whole passage around it instead."
        )
    return " ".join([*said, "Then submit again."])


def _listed(names: Sequence[str], separator: str, most: int = 5) -> str:
    more = f"{separator}and {len(names) - most} more" if len(names) > most else ""
    return f"{separator.join(names[:most])}{more}"
