"""Read and search the documents of a case one by one; the window does the same, in lanes."""

from __future__ import annotations

from redactor.app.case import Case, Change
from redactor.app.case_lists import lists_of
from redactor.app.person_decisions import follow, told
from redactor.app.sharing import read_shared
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.errors import RedactorError
from redactor.jobs import FindingBatch, SegmentBatch
from redactor.model import Progress, Report, quiet
from redactor.workers import Lane


def read_documents(case: Case, lane: Lane, report: Report = quiet) -> str:
    """Read every document of a case that has not been read to its end.

    A document that cannot be read is recorded as refused, and does not stop the others.

    Returns:
        A sentence on what was decided because decisions for persons stand; empty where nothing was.

    Raises:
        Cancelled: the person asked to stop; what was read so far is kept.
    """
    waiting = [one for one in case.documents() if one.status == "reading"]
    followed: list[Change] = []
    for done, document in enumerate(waiting):
        report(Progress(done, len(waiting), f"reading document {document.number}"))
        followed += read_document(case, lane, document.number)
    return told(followed)


def read_document(case: Case, lane: Lane, number: int) -> tuple[Change, ...]:
    """Read and search one document, and keep what comes of it.

    Returns:
        What was decided because decisions for persons stand (``person_decisions``).
    """
    # The case is used from this thread only, so batches are gathered and kept at the end.
    batches: list[SegmentBatch | FindingBatch] = []

    def take(what: object) -> None:
        if isinstance(what, (SegmentBatch, FindingBatch)):
            batches.append(what)

    source = case.source(number)
    limit = READ_SECONDS + READ_SECONDS_PER_MB * case.size_of(number) / 2**20
    case.begin_reading(number)
    try:
        reading = read_shared(
            lane, source, lists_of(case), on_report=take, timeout_s=limit, supply=source.supply
        )
    except RedactorError as error:
        case.refuse(number, error)
        return ()
    for batch in batches:
        case.keep(number, batch)
    case.finish_reading(number, reading)
    return follow(case, number)
