"""Release a case: everything is rebuilt and proved in memory before the first byte is written.

(1) Nothing blocks. (2) Every document is rebuilt from what was approved. (3) No withheld text
stands where nobody decided. (4) Every file is searched by engines that did not write it. (5) So
are the schedule and the manifest. (6) Only then are the files written, read back and compared.
A failure writes nothing and is recorded. There is no way past it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from redactor import jobs, review
from redactor.app.attempt import Attempt, in_worker, redacted_marks
from redactor.app.case import Case
from redactor.app.outputs import Output, distinct, output_name, write_all
from redactor.app.papers import make_papers
from redactor.case.store import StoredDocument
from redactor.errors import Blocked, Cancelled, CheckFailed, RedactorError, UsageError
from redactor.events import EventKind, Mark
from redactor.jobs import RebuildAnswer, RebuildOrder
from redactor.law.exemptions import exemptions
from redactor.model import Action, Progress, Report, Ruling, Span, quiet
from redactor.release.paperwork import (
    PAPERS,
)
from redactor.release.plan import WithheldText, withheld_texts
from redactor.release.verify.model import Check, Leak, VerificationReport, Withheld
from redactor.workers import Lane


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """One file of a release."""

    name: str
    sha256: str
    bytes: int
    document: int | None


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """A release that was written."""

    folder: Path
    files: tuple[ReleasedFile, ...]
    report: VerificationReport
    notes: tuple[str, ...]
    redactions: int


def release_case(
    case: Case,
    lane: Lane,
    folder: Path,
    *,
    targets: Mapping[int, str] | None = None,
    pdf_style: str = "box",
    report: Report = quiet,
) -> ReleaseResult:
    """Release a case into an empty folder.

    Args:
        targets: by document number, the form to release it in; ``same`` where not given.
        pdf_style: ``box``, ``line`` or ``raster``.
        report: told of progress, and called with None now and then in between; may raise
            ``Cancelled``.

    Raises:
        Blocked: a person must rule on something first; nothing was written.
        CheckFailed: a check failed; nothing was written, and it is in the log.
        UsageError: the folder is not empty or cannot be written to.
        UnreadableDocument, BugError, Cancelled: nothing was written.
    """
    _require_empty(folder)
    _require_no_blocks(case.blocks())
    try:
        return _release(case, lane, folder, targets or {}, pdf_style, report)
    except Cancelled:
        case.record(EventKind.RELEASE_FAILED, {"code": "cancelled"})
        raise
    except Blocked:
        raise
    except RedactorError as error:
        case.record(EventKind.RELEASE_FAILED, {"code": error.code})
        raise


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"The folder {folder.name} is not empty. Nothing was written. A release needs a folder "
            "of its own, so that nothing else is sent with it."
        )


def _require_no_blocks(blocks: Sequence[review.Block]) -> None:
    if blocks:
        more = f" (and {len(blocks) - 1} more)" if len(blocks) > 1 else ""
        number = blocks[0].document
        where = f"Document {number}: " if number is not None else ""
        raise Blocked(
            f"The release is blocked. Nothing was written. {where}{blocks[0].message}{more} "
            "Settle what is listed under Before release."
        )


def _release(
    case: Case,
    lane: Lane,
    folder: Path,
    targets: Mapping[int, str],
    pdf_style: str,
    report: Report,
) -> ReleaseResult:
    marks, now = case.marks(), case.standing()
    documents = tuple(one for one in case.documents() if one.status == "read")
    withheld = withheld_texts((mark.text, mark.label) for mark in redacted_marks(marks, now))
    attempt = Attempt(case, lane, report, documents, marks, now, withheld)
    answers = _rebuild_all(attempt, targets, pdf_style)
    _require_no_survivors(case, documents, answers)
    outputs, owners = _outputs(documents, answers, withheld)
    proof = _verify_all(attempt, answers, outputs, owners)
    _require_clean(case, proof)
    papers = make_papers(attempt, answers, outputs, owners, proof.checks)
    _require_clean(case, papers.report)
    everything = [*outputs, *(Output(name, data) for name, data in papers.files)]
    write_all(folder, everything)
    numbers = [documents[owner].number for owner in owners]
    files = tuple(
        ReleasedFile(one.name, one.sha256, len(one.data), number)
        for one, number in zip_longest(everything, numbers)
    )
    whole = VerificationReport((*proof.checks, *papers.report.checks), ())
    _record_release(case, files, whole)
    notes = tuple(note for answer in answers for note in answer.notes)
    return ReleaseResult(folder, files, whole, notes, sum(one.removed for one in answers))


def _rebuild_all(
    attempt: Attempt, targets: Mapping[int, str], pdf_style: str
) -> list[RebuildAnswer]:
    redactions = review.redactions(attempt.marks, attempt.now.decisions, _printed_labels())
    kept = _kept_spans(attempt.marks, attempt.now)
    answers: list[RebuildAnswer] = []
    for done, document in enumerate(attempt.documents):
        number = document.number
        attempt.report(Progress(done, len(attempt.documents) * 2, f"rebuilding document {number}"))
        order = RebuildOrder(
            attempt.case.source(number),
            targets.get(number, "same"),
            redactions.get(number, ()),
            attempt.withheld,
            _rulings(document, attempt.now),
            kept.get(number, ()),
            pdf_style,
        )
        answers.append(in_worker(attempt, jobs.rebuild_document, order))
    return answers


def _verify_all(
    attempt: Attempt,
    answers: Sequence[RebuildAnswer],
    outputs: Sequence[Output],
    owners: Sequence[int],
) -> VerificationReport:
    checks: list[Check] = []
    leaks: list[Leak] = []
    terms = tuple(one.term for one in attempt.withheld)
    count = len(attempt.documents)
    for done, (output, owner) in enumerate(zip(outputs, owners, strict=True)):
        attempt.report(Progress(count + done, count + len(outputs), f"checking {output.name}"))
        found: VerificationReport = in_worker(
            attempt,
            jobs.verify_output,
            output.name,
            output.data,
            Withheld(terms, dict(answers[owner].allowed)),
            _seen(attempt.documents[owner], attempt.now),
        )
        checks.extend(found.checks)
        leaks.extend(found.leaks)
    return VerificationReport(tuple(checks), tuple(leaks))


def _record_release(case: Case, files: Sequence[ReleasedFile], whole: VerificationReport) -> None:
    case.record(
        EventKind.RELEASED,
        {
            "files": [
                {"document": one.document, "sha256": one.sha256, "bytes": one.bytes}
                for one in files
            ],
            "engines": sorted({check.engine for check in whole.checks if check.engine}),
            "checks": len(whole.checks),
        },
    )


def _printed_labels() -> dict[str, str]:
    return {one.citation: one.label for one in exemptions()}


def _kept_spans(marks: Iterable[Mark], now: review.Standing) -> dict[int, tuple[Span, ...]]:
    found: dict[int, list[Span]] = {}
    for mark in marks:
        decision = now.decisions.get(mark.id)
        if (
            decision is not None
            and decision.action is Action.KEEP
            and isinstance(mark.target, Span)
        ):
            found.setdefault(mark.document, []).append(mark.target)
    return {document: tuple(spans) for document, spans in found.items()}


def _rulings(document: StoredDocument, now: review.Standing) -> dict[str, Ruling]:
    return {
        place: standing.ruling
        for (number, place), standing in now.rulings.items()
        if number == document.number
    }


def _seen(document: StoredDocument, now: review.Standing) -> frozenset[str]:
    rulings = _rulings(document, now)
    return frozenset(place for place, ruling in rulings.items() if ruling is Ruling.RELEASE_AS_SEEN)


def _require_no_survivors(
    case: Case, documents: Sequence[StoredDocument], answers: Sequence[RebuildAnswer]
) -> None:
    places = [
        (document.number, survivor.span, survivor.text)
        for document, answer in zip(documents, answers, strict=True)
        for survivor in answer.survivors
    ]
    if places:
        case.add_unmarked(places)
        raise Blocked(
            f"Something that was withheld also stands in {len(places)} "
            f"{'place' if len(places) == 1 else 'places'} where nobody has decided. Nothing was "
            "written. The places were added to the findings: decide each, then release again."
        )
    unruled = sum(len(answer.unruled) for answer in answers)
    if unruled:
        raise Blocked(
            f"{unruled} unread parts have no ruling. Nothing was written. "
            "Rule on each under Before release."
        )


def _outputs(
    documents: Sequence[StoredDocument],
    answers: Sequence[RebuildAnswer],
    withheld: Sequence[WithheldText],
) -> tuple[list[Output], list[int]]:
    """Name the outputs; gives them with, for each, the position of its document."""
    names: list[str] = []
    owners: list[int] = []
    data: list[bytes] = []
    for index, (document, answer) in enumerate(zip(documents, answers, strict=True)):
        for one in answer.files:
            names.append(
                output_name(document.name, one.suffix, one.part, withheld, document.number)
            )
            owners.append(index)
            data.append(one.data)
    told_apart = distinct([*PAPERS, *names])[len(PAPERS) :]
    return [Output(name, one) for name, one in zip(told_apart, data, strict=True)], owners


def _require_clean(case: Case, report: VerificationReport) -> None:
    if report.ok:
        return
    failed = [check for check in report.checks if not check.ok]
    leaks = report.leaks
    case.record(
        EventKind.RELEASE_FAILED,
        {
            "code": "check-failed",
            "checks": [check.name for check in failed],
            "leaks": [{"where": leak.where, "engine": leak.engine} for leak in leaks],
        },
    )
    places = sorted({f"{leak.path}, {leak.where}" for leak in leaks})
    said = (
        f"Withheld text was found in what would have been released: {'; '.join(places[:5])}."
        if places
        else f"A check failed: {failed[0].name}. {failed[0].detail}"
    )
    raise CheckFailed(
        f"{said} Nothing was written. Look at the places named, mark what stands there, and "
        "release again."
    )
