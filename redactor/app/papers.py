"""What the schedule and the manifest are to speak of, gathered from the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from redactor import jobs
from redactor.app.attempt import Attempt, in_worker, redacted_marks
from redactor.app.case import Case
from redactor.app.holding_back import public_numbers, withheld_in_full
from redactor.app.outputs import Output
from redactor.events import Mark
from redactor.jobs import RebuildAnswer
from redactor.model import Progress, SegmentKey, Span
from redactor.release.numbering import in_order
from redactor.release.paperwork import (
    Paperwork,
    PaperworkOrder,
    ReleasedDocument,
    ReleasedOutput,
    RulingLine,
)
from redactor.release.verify.model import Check


def make_papers(
    attempt: Attempt,
    answers: Sequence[RebuildAnswer],
    outputs: Sequence[Output],
    owners: Sequence[int],
    checks: Sequence[Check],
) -> Paperwork:
    """Have the schedule and the manifest written and searched, in a worker."""
    now = attempt.now
    count = len(outputs) + len(attempt.documents)
    attempt.report(Progress(count, count, "writing the schedule and the manifest"))
    lengths = {
        (document.number, segment.key): len(segment.text)
        for document in attempt.documents
        for segment in attempt.case.segments(document.number)
    }
    public = public_numbers(attempt.case)
    released = tuple(
        ReleasedDocument(
            public[document.number],
            answer.format,
            answer.sha256,
            answer.source_bytes,
            _sheet_numbers(attempt.case, document.number),
            tuple(
                ReleasedOutput(one.name, one.sha256, len(one.data))
                for one, owner in zip(outputs, owners, strict=True)
                if owner == index
            ),
            answer.left_out,
        )
        for index, (document, answer) in enumerate(zip(attempt.documents, answers, strict=True))
    )
    marks = tuple(
        (
            replace(mark, document=public[mark.document]),
            now.decisions[mark.id],
            _segment_length(mark, lengths),
        )
        for mark in in_order(
            mark for mark in redacted_marks(attempt.marks, now) if mark.hidden is None
        )
    )
    rulings = tuple(
        RulingLine(public[number], place, standing.ruling)
        for (number, place), standing in now.rulings.items()
        if number in public and number not in now.set_aside
    )
    order = PaperworkOrder(
        attempt.case.ref,
        dt.datetime.now(dt.UTC),
        released,
        marks,
        rulings,
        tuple(checks),
        tuple(
            (public[one], each.exemption) for one, each in withheld_in_full(attempt.case).items()
        ),
    )
    papers: Paperwork = in_worker(attempt, jobs.make_paperwork, order, attempt.withheld)
    return papers


def _sheet_numbers(case: Case, number: int) -> dict[str, int]:
    """Number the sheets of a workbook; their names may be names of people."""
    sheets = (name for name, _ in case.containers(number) if name.startswith("sheet:"))
    names = (name.removeprefix("sheet:") for name in sheets)
    return {name: position for position, name in enumerate(names, start=1)}


def _segment_length(mark: Mark, lengths: Mapping[tuple[int, SegmentKey], int]) -> int | None:
    """Give how long the segment of a text mark is, in code points."""
    if isinstance(mark.target, Span):
        return lengths.get((mark.document, mark.target.key))
    return None
