"""Whether a case file is what its log says, asked before anything is signed or let out."""

from __future__ import annotations

import hashlib

from redactor.app.case import Case
from redactor.case.check import check_store
from redactor.case.files import StoredOutput
from redactor.errors import CheckFailed
from redactor.events import Event
from redactor.model import Report, quiet


def require_sound(case: Case, report: Report = quiet) -> None:
    """Hold the whole case file against its log.

    Raises:
        CheckFailed: it was changed past the program, or is damaged.
    """
    problems = check_store(case.store, report)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CheckFailed(
            f"The case file does not agree with its log: {problems[0].message}{more} Nothing was "
            "signed or released. Check the case, and restore it from its backup."
        )


def require_listed(case: Case, event: Event) -> tuple[StoredOutput, ...]:
    """Give the files that an event vouches for, each held against its digest once more.

    Raises:
        CheckFailed: one was changed, or is not there.
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
    return outputs
