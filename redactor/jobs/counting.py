"""Small numbers: answering with tables, and playing the readers who try to work them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from redactor.model import Report

if TYPE_CHECKING:
    from redactor.numbers.answers import Answered, Question, Treatment
    from redactor.numbers.model import CellName, Interval, Need, Release
    from redactor.numbers.verdicts import Audit


def audit_release(
    release: Release,
    needs: Sequence[Need],
    insiders: Mapping[CellName, int],
    time_limit: float,
    *,
    report: Report,
) -> Audit:
    """Play the readers of printed tables (``redactor.numbers.audit``); time in seconds."""
    from redactor.numbers.audit import audit
    from redactor.numbers.watching import watched

    watch = watched(report)
    return audit(
        release,
        needs,
        insiders,
        time_limit=time_limit,
        progress=watch.auditing,
        cancel=watch.cancel,
    )


def ranges_of(
    release: Release, cells: Sequence[CellName], time_limit: float, *, report: Report
) -> Mapping[CellName, Interval | None]:
    """Give all that some cells can be; None for one that time was too short for."""
    from redactor.numbers.audit import ranges
    from redactor.numbers.watching import watched

    watch = watched(report)
    return ranges(
        release, cells, time_limit=time_limit, progress=watch.auditing, cancel=watch.cancel
    )


def answer_numbers(question: Question, treatment: Treatment, *, report: Report) -> Answered:
    """Work out one way of answering with tables, and audit it."""
    from redactor.numbers.answering import answer
    from redactor.numbers.watching import watched

    return answer(question, treatment, watched(report))
