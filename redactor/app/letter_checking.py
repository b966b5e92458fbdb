"""Check the draft of a letter of response, by itself and against its case."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from redactor import jobs
from redactor.app.attempt import redacted_marks, withheld_from
from redactor.app.case import Case
from redactor.app.files import in_worker
from redactor.app.holding_back import going_out, request_of, withheld_in_full
from redactor.app.numbers_letter import hidden_counts
from redactor.app.submitted_files import candidate_files
from redactor.errors import UnreadableDocument
from redactor.jobs import FileSource, SegmentBatch
from redactor.law.clock import clock_of
from redactor.law.exemptions import Standing, exemption_named
from redactor.law.holidays import calendar
from redactor.law.letters import (
    CaseFacts,
    HiddenPart,
    Issue,
    Letter,
    Passage,
    WithheldTerm,
    issues_of,
    passages_of,
)
from redactor.law.request import Request
from redactor.model import CellPlace, Document, FieldPlace, LinePlace, PagePlace, Segment
from redactor.workers import Lane

_READ_SECONDS = 300.0


def check_draft(path: Path, lane: Lane, case: Case | None = None) -> tuple[Issue, ...]:
    """Check the draft of a letter.

    Args:
        case: the case that it answers; None to check it by itself.

    Raises:
        UnreadableDocument: the draft cannot be read.
        DamagedCase: the case's request is not as it was written.
    """
    letter = read_letter(path, lane)
    return issues_of(letter, facts_of(case, lane) if case is not None else None)


def read_letter(path: Path, lane: Lane) -> Letter:
    """Read a draft in a worker, with all that it hides.

    Raises:
        UnreadableDocument: it cannot be read.
    """
    try:
        document: Document = in_worker(lane, path, jobs.read_all, FileSource(path))
    except UnreadableDocument as error:
        raise UnreadableDocument(f"{path.name}: {error.why}", error.remedy, error.reason) from None
    return letter_of(document, path.name)


def letter_of(document: Document, file_name: str) -> Letter:
    """Make a letter of a document that was read."""
    seen = [one for one in document.segments if one.hidden is None]
    hidden = (
        HiddenPart(one.id, one.hidden, one.text)
        for one in document.segments
        if one.hidden is not None
    )
    is_lined = all(isinstance(one.place, PagePlace | LinePlace) for one in seen)
    return Letter(
        passages_of((one.id, one.text) for one in seen)
        if is_lined
        else tuple(Passage(one.id, one.text) for one in seen),
        file_name,
        hidden=tuple(hidden),
        unread=tuple(one.place for one in document.unread),
    )


# --- what the case says -----------------------------------------------------------------------


def facts_of(case: Case, lane: Lane) -> CaseFacts:
    """Gather what a case says that its letter has to agree with.

    The names and the figures of the release are those of what is submitted; before that there are
    none.

    Raises:
        DamagedCase: the request is not as it was written.
    """
    request = request_of(case)
    begun = case.life.case
    regime = str(begun.body["regime"]) if begun is not None else "foi"
    citations = _relied_on(case, request)
    qualified = Standing.QUALIFIED in citations.values()
    today = dt.datetime.now(dt.UTC).astimezone().date()
    return CaseFacts(
        regime,
        citations,
        tuple(one.source.name for one in candidate_files(case)),
        _figures(case, lane),
        _withheld(case),
        request.stance,
        tuple(one.stance for one in request.questions),
        request.received,
        clock_of(request, regime, today, calendar(), qualified=qualified).due,
        hidden_counts(case, lane),
    )


def _relied_on(case: Case, request: Request) -> dict[str, Standing]:
    """Give the limbs that what is seen is withheld under, and that questions are refused under."""
    now, out = case.standing(), {one.number for one in going_out(case)}
    marks = (one for one in case.marks() if one.document in out and one.hidden is None)
    cited = [now.decisions[one.id].exemption for one in redacted_marks(marks, now)]
    cited += [one.exemption for one in withheld_in_full(case).values()]
    rests_on = [request.justification, *(one.justification for one in request.questions)]
    cited += [now.justifications[one].exemption for one in rests_on if one in now.justifications]
    return {one: exemption_named(one, case.regime).standing for one in dict.fromkeys(cited)}


def _withheld(case: Case) -> tuple[WithheldTerm, ...]:
    """Give the texts that may stand nowhere, as the gate of the release takes them."""
    found = withheld_from(case)
    return tuple(WithheldTerm(one.term, one.by_case) for one in found if one.strict)


def _figures(case: Case, lane: Lane) -> Mapping[str, frozenset[str]]:
    """Give what stands against each label in the tables of what is submitted."""
    found: dict[str, set[str]] = defaultdict(set)
    for view in candidate_files(case):
        if view.document is None:
            continue
        batch: SegmentBatch = lane.run(
            jobs.output_segments, view.source, timeout_s=_READ_SECONDS, supply=view.source.supply
        )
        for label, values in _rows(batch.segments):
            found[label].update(values)
    return {label: frozenset(values) for label, values in found.items()}


def _rows(segments: Iterable[Segment]) -> Iterator[tuple[str, list[str]]]:
    """Give the rows of tables: the first words of each, and the cells after them."""
    rows: dict[object, list[str]] = defaultdict(list)
    for one in segments:
        match one.place:
            case CellPlace(sheet, row, _) if one.hidden is None and one.text.strip():
                rows[sheet, row].append(one.text.strip())
            case FieldPlace(row, _) if one.hidden is None and one.text.strip():
                rows[row].append(one.text.strip())
            case _:
                continue
    for cells in rows.values():
        at = next((n for n, text in enumerate(cells) if any(map(str.isalpha, text))), None)
        if at is not None and len(cells) > at + 1:
            yield cells[at], cells[at + 1 :]
