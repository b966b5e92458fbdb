"""Files embedded in a document, taken out as documents of their own.

What is embedded is never released with the document around it. Where it was asked for as well, it
is added to the case, searched, decided on and released by itself.
"""

from __future__ import annotations

from pathlib import PurePath

from redactor import jobs
from redactor.app.case import Case
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.events import EventKind
from redactor.model import Report, quiet
from redactor.workers import Lane


def take_out_embedded(
    case: Case, lane: Lane, number: int, report: Report = quiet
) -> tuple[int, ...]:
    """Add the files embedded in a document to the case.

    Those of no known kind stay where they are, and are named among what could not be read.

    Returns:
        The numbers of the new documents; a file whose bytes the case holds already has none.

    Raises:
        UsageError: there is no such document.
        NotAllowed: the person may not add to the case.
        RedactorError: the document could not be read.
        Cancelled: the person asked to stop; what was added so far stays.
    """
    case.allow(EventKind.DOCUMENT_ADDED)
    source = case.source(number)
    limit = READ_SECONDS + READ_SECONDS_PER_MB * case.size_of(number) / 2**20
    found = lane.run(
        jobs.find_embedded, source, timeout_s=limit, supply=source.supply, on_report=report
    )
    stem = PurePath(source.name).stem
    added = (case.add_bytes(f"{stem} - {one.name}", one.data) for one in found)
    return tuple(one for one in added if one is not None)
