"""Whether a case file is what its log says, asked before anything is signed or let out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from redactor import review
from redactor.app.case import Case
from redactor.app.outputs import require_plain_names
from redactor.case.check import check_store
from redactor.case.files import StoredOutput
from redactor.case.problems import Problem
from redactor.errors import CheckFailed
from redactor.events import Event, EventKind
from redactor.model import Report, quiet


def require_sound(case: Case, report: Report = quiet) -> None:
    """Hold the whole case file against its log.

    Raises:
        CheckFailed: it was changed past the program, or is damaged.
    """
    problems = check_store(case.store, report) or submitted_otherwise(case.events())
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CheckFailed(
            f"The case file does not agree with its log: {problems[0].message}{more} Nothing was "
            "signed or released. Check the case, and restore it from its backup."
        )


def submitted_otherwise(events: Iterable[Event]) -> list[Problem]:
    """Say which submissions of a sound log are not of the decisions that stood."""
    tally = review.Tally()
    problems = []
    for event in events:
        tally.add(event)
        if event.kind is EventKind.SUBMITTED and event.body["decisions"] != review.digest_of(
            tally.standing()
        ):
            said = f"Event {event.seq} was submitted with other decisions than those that stood."
            problems.append(Problem(event.seq, "wrong-decisions", said))
        elif event.kind is EventKind.SUBMITTED and _looked_otherwise(event, tally.standing()):
            said = f"What event {event.seq} says of the second look is not what the log says."
            problems.append(Problem(event.seq, "wrong-second-look", said))
        elif event.kind is EventKind.SUBMITTED and _ticked_otherwise(event, tally.standing()):
            said = f"What event {event.seq} says of the checklist is not what the log says."
            problems.append(Problem(event.seq, "wrong-checklist", said))
    return problems


def _ticked_otherwise(submitted: Event, now: review.Standing) -> bool:
    """Say whether a submission tells of other answers than the log."""
    for told in submitted.body.get("checklist", ()):
        tick = now.ticks.get(told["point"])
        said = ("", "", "", "")
        if tick is not None:
            said = (str(tick.answer), tick.remark, tick.actor, tick.at)
        if (told["answer"], told["remark"], told["by"], told["at"]) != said:
            return True
    return False


def _looked_otherwise(submitted: Event, now: review.Standing) -> bool:
    """Say whether a submission tells of another second look than the log; older ones tell none."""
    told = submitted.body.get("second_look")
    if told is None:
        return False
    look = now.look
    if look is None or look.decisions != submitted.body["decisions"]:
        return True
    return bool(told != review.look_counts(now) or now.waiting(look.sure))


def require_listed(case: Case, event: Event) -> tuple[StoredOutput, ...]:
    """Give the files that an event vouches for, each held against its digest once more.

    Raises:
        CheckFailed: one was changed, is not there, or has a name that leads elsewhere.
    """
    outputs = case.store.files.of_event(event.seq)
    listed = [(one["sha256"], one["bytes"]) for one in event.body["files"]]
    there = [(hashlib.sha256(one.data).hexdigest(), len(one.data)) for one in outputs]
    named = [one.sha256 for one in outputs]
    if there != listed or named != [digest for digest, _ in listed]:
        raise CheckFailed(
            "A file that was kept to be released is not the one that was approved. Nothing was "
            "signed or released. Submit the case again."
        )
    require_plain_names([one.name for one in outputs])
    return outputs
