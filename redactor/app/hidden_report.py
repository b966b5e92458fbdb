"""The hidden-content report: of files, or of the documents of a case; looked at, and exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redactor import jobs
from redactor.app.case import Case
from redactor.app.outputs import Output, write_all
from redactor.case.store import StoredDocument
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.errors import UsageError
from redactor.inspection.checklists import group_of
from redactor.inspection.report import HiddenReport, report_on
from redactor.model import Document, Progress, Report, quiet
from redactor.workers import Lane

#: Characters of hidden text that are shown of one document; a pivot cache can hold millions.
_MOST_SHOWN = 100_000


def report_on_case(
    case: Case, lane: Lane, numbers: Sequence[int] = (), report: Report = quiet
) -> tuple[HiddenReport, ...]:
    """Read documents of a case again, and report on what is hidden in each.

    A document that was refused when it was added has no report.

    Args:
        numbers: which documents; all where none is given.

    Raises:
        Cancelled: the person asked to stop.
        RedactorError: a document could not be read.
    """
    chosen = [
        one
        for one in case.documents()
        if one.status == "read" and (not numbers or one.number in numbers)
    ]
    reports: list[HiddenReport] = []
    for done, document in enumerate(chosen):
        report(Progress(done, len(chosen), f"reading document {document.number}"))
        source = case.source(document.number)
        limit = READ_SECONDS + READ_SECONDS_PER_MB * case.size_of(document.number) / 2**20
        read = lane.run(jobs.read_hidden, source, timeout_s=limit, supply=source.supply)
        reports.append(report_on(document.name, read))
    return tuple(reports)


@dataclass(frozen=True, slots=True)
class HiddenTexts:
    """What is hidden in one document, in words that may name people: for the screen only.

    Attributes:
        texts: the name of a part, and what stands in it, in the order of the document.
        is_whole: whether all of it is given.
    """

    name: str = field(repr=False)
    texts: tuple[tuple[str, str], ...] = field(repr=False)
    is_whole: bool


def hidden_texts(case: Case, numbers: Sequence[int] = ()) -> tuple[HiddenTexts, ...]:
    """Give what is hidden in documents of a case, as it was read.

    Args:
        numbers: which documents; all where none is given.
    """
    return tuple(
        _texts_of(case, one.number, one.name)
        for one in case.documents()
        if one.status == "read" and (not numbers or one.number in numbers)
    )


def _texts_of(case: Case, number: int, name: str) -> HiddenTexts:
    parts: dict[str, list[str]] = {}
    room = _MOST_SHOWN
    for segment in case.segments(number):
        if segment.hidden is None or room <= 0:
            continue
        part = segment.container or segment.id.removeprefix("part:")
        parts.setdefault(part, []).append(segment.text[:room])
        room -= len(segment.text)
    return HiddenTexts(name, tuple((part, "\n".join(of)) for part, of in parts.items()), room > 0)


def hidden_counts(case: Case, documents: Iterable[StoredDocument]) -> dict[str, int]:
    """Count what is not seen in documents of a case, as they were read.

    Returns:
        ``documents`` that hold some and its ``pieces``; of these, ``spreadsheets`` and
        ``sheet_pieces``.
    """
    pieces = {one.number: _hidden_pieces(case, one.number) for one in documents}
    holding = [(one, pieces[one.number]) for one in case.documents() if pieces.get(one.number)]
    sheets = [count for one, count in holding if group_of(one.format) == "workbook"]
    return {
        "documents": len(holding),
        "pieces": sum(count for _, count in holding),
        "spreadsheets": len(sheets),
        "sheet_pieces": sum(sheets),
    }


def _hidden_pieces(case: Case, number: int) -> int:
    return sum(segment.hidden is not None for segment in case.segments(number))


def report_on_files(read: Iterable[tuple[Path, Document]]) -> tuple[HiddenReport, ...]:
    """Report on files that were read for their hidden content."""
    return tuple(report_on(path.name, document) for path, document in read)


def export_reports(reports: Sequence[HiddenReport], out: Path, lane: Lane) -> Path:
    """Write reports as a PDF, one page a document.

    Raises:
        UsageError: there is nothing to report, or the file is there already or is no PDF.
        CheckFailed: it could not be written.
    """
    if not reports:
        raise UsageError("There is no document to report on. Nothing was written.")
    if out.suffix.lower() != ".pdf":
        raise UsageError(
            f"The report is written as a PDF, and {out.name} is not named as one. Nothing was "
            "written. Give it a name that ends in .pdf."
        )
    if out.exists():
        raise UsageError(
            f"There is a file {out.name} already. Nothing was written. Choose another name."
        )
    page: bytes = lane.run(jobs.make_hidden_report, tuple(reports))
    write_all(out.parent, [Output(out.name, page)], [])
    return out
