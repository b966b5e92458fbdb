"""The candidate of a release: everything is rebuilt and proved in memory; nothing is written.

(1) Nothing blocks. (2) Every document is rebuilt from what was approved. (3) No withheld text
stands where nobody decided. (4) Every file is searched by engines that did not write it. (5) So
are the schedule and the manifest. A failure gives no candidate and is recorded. There is no way
past it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from redactor import jobs, review
from redactor.app.attempt import Attempt, in_worker, redacted_marks, withheld_from
from redactor.app.case import Case
from redactor.app.failed_check import require_clean
from redactor.app.holding_back import going_out, public_numbers
from redactor.app.numbers_gate import audit_numbers
from redactor.app.outputs import Output, distinct, output_name
from redactor.app.papers import make_papers
from redactor.app.proving import (
    as_pictures,
    original_of,
    refused_pages,
    said_of_refused,
    searched_for,
    supply_of,
)
from redactor.case.store import StoredDocument
from redactor.errors import Blocked, Cancelled, CheckFailed, RedactorError
from redactor.events import EventKind, Mark
from redactor.formats import format_named
from redactor.jobs import RebuildAnswer, RebuildOrder
from redactor.law.exemptions import exemptions
from redactor.model import NO_STAMPS, Action, Progress, Report, Ruling, Span, Stamps, quiet
from redactor.release.certificate import CERTIFICATE_JSON, CERTIFICATE_PDF
from redactor.release.manifest import MANIFEST_NAME
from redactor.release.numbering import in_order
from redactor.release.order import digest_of_text
from redactor.release.paperwork import PAPERS
from redactor.release.plan import WithheldText
from redactor.release.verify.model import VerificationReport
from redactor.second_look import FILE_NAME
from redactor.workers import Lane


@dataclass(frozen=True, slots=True)
class CandidateFile:
    """One file of a candidate; ``document`` is None for what is about the whole of it."""

    output: Output
    document: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release that was built and proved, and is not written anywhere.

    Attributes:
        withheld: what was withheld, to search whatever else is to go with it.
        redactions: how many places were removed from what a reader sees.
        kept: how many findings a person decided to keep.
    """

    files: tuple[CandidateFile, ...]
    report: VerificationReport
    notes: tuple[str, ...]
    withheld: tuple[WithheldText, ...] = field(repr=False)
    redactions: int
    kept: int
    decisions: str

    @property
    def manifest(self) -> Output:
        """Give the manifest, which names every other file by its digest."""
        return next(one.output for one in self.files if one.output.name == MANIFEST_NAME)


def build_candidate(
    case: Case,
    lane: Lane,
    *,
    targets: Mapping[int, str] | None = None,
    pdf_style: str = "box",
    stamps: Stamps = NO_STAMPS,
    report: Report = quiet,
) -> Candidate:
    """Build and prove what would be released.

    Args:
        targets: by document number, the form to release it in; ``same`` where not given.
        pdf_style: ``box``, ``line`` or ``raster``.
        stamps: what is printed in the margins of PDFs.
        report: told of progress, and called with None now and then in between; may raise
            ``Cancelled``.

    Raises:
        Blocked: a person must rule on something first.
        CheckFailed: a check failed; it is in the log.
        UnreadableDocument, BugError, Cancelled: it could not be built.
    """
    _require_no_blocks(case.blocks())
    try:
        return _build(case, lane, _Writing(targets or {}, pdf_style, stamps), report)
    except Cancelled:
        case.record_change(EventKind.RELEASE_FAILED, {"code": "cancelled"})
        raise
    except (Blocked, CheckFailed):
        raise
    except RedactorError as error:
        case.record_change(EventKind.RELEASE_FAILED, {"code": error.code})
        raise


def _require_no_blocks(blocks: Sequence[review.Block]) -> None:
    if blocks:
        more = f" (and {len(blocks) - 1} more)" if len(blocks) > 1 else ""
        number = blocks[0].document
        where = f"Document {number}: " if number is not None else ""
        raise Blocked(
            f"The case cannot be submitted yet. Nothing was released. {where}"
            f"{blocks[0].message}{more} Settle what is listed, then submit it again."
        )


@dataclass(frozen=True, slots=True)
class _Writing:
    """How the documents are to be written."""

    targets: Mapping[int, str]
    pdf_style: str
    stamps: Stamps

    def is_stamped(self, document: StoredDocument) -> bool:
        """Say whether a document goes out as a PDF of its own pages, which can be printed on."""
        return (
            format_named(document.format).is_paged
            and self.targets.get(document.number, "same") in _AS_PDF
        )


#: Forms in which the pages of a PDF go out as pages.
_AS_PDF = frozenset({"same", "pdf"})


def _build(case: Case, lane: Lane, writing: _Writing, report: Report) -> Candidate:
    now, documents = case.standing(), going_out(case)
    out = {one.number for one in documents}
    marks = tuple(one for one in case.marks() if one.document in out)
    withheld = withheld_from(case)
    attempt = Attempt(case, lane, report, documents, marks, now, withheld)
    orders = list(_orders(attempt, writing))
    answers = [_rebuilt(attempt, order, done) for done, order in enumerate(orders)]
    _require_no_survivors(case, documents, answers)
    with lane.apart() as gate:
        proved = _proved(attempt, replace(attempt, lane=gate), orders, answers)
    answers, outputs, owners, proof = proved.answers, proved.outputs, proved.owners, proved.report
    require_clean(attempt, proof)
    checks = (*proof.checks, *audit_numbers(attempt, orders, outputs, owners))
    papers = make_papers(attempt, answers, outputs, owners, checks)
    require_clean(attempt, papers.report)
    files = [
        CandidateFile(output, documents[owner].number)
        for output, owner in zip(outputs, owners, strict=True)
    ]
    files += [CandidateFile(Output(name, data), None) for name, data in papers.files]
    return Candidate(
        tuple(files),
        VerificationReport((*checks, *papers.report.checks), ()),
        (*(note for answer in answers for note in answer.notes), *proved.notes),
        withheld,
        sum(one.removed for one in answers),
        sum(
            mark.id in now.decisions and now.decisions[mark.id].action is Action.KEEP
            for mark in marks
        ),
        review.digest_of(now),
    )


def _orders(attempt: Attempt, writing: _Writing) -> Iterator[RebuildOrder]:
    redactions = review.redactions(
        attempt.marks,
        attempt.now.decisions,
        _printed_labels(attempt.case),
        _printed_numbers(attempt, writing),
    )
    kept = _kept_spans(attempt.marks, attempt.now)
    for document in attempt.documents:
        number = document.number
        yield RebuildOrder(
            attempt.case.source(number),
            writing.targets.get(number, "same"),
            redactions.get(number, ()),
            attempt.withheld,
            _rulings(document, attempt.now),
            kept.get(number, ()),
            writing.pdf_style,
            stamps=writing.stamps,
            decided_on=_said_by(attempt.case, document),
        )


def _rebuilt(attempt: Attempt, order: RebuildOrder, done: int) -> RebuildAnswer:
    """Rebuild one document, the so-manyth from 0."""
    number = attempt.documents[done].number
    attempt.report(Progress(done, len(attempt.documents) * 2, f"rebuilding document {number}"))
    answer: RebuildAnswer = in_worker(
        attempt, jobs.rebuild_document, order, supply=supply_of(order.source)
    )
    return answer


def _said_by(case: Case, document: StoredDocument) -> str:
    """Give the digest of what pages said when it was decided on: its pixels may be read again."""
    if not format_named(document.format).is_paged:
        return ""
    return digest_of_text(case.segments(document.number))


@dataclass(frozen=True, slots=True)
class _Proved:
    """What was rebuilt, as it goes out, and what its proof said."""

    answers: list[RebuildAnswer]
    outputs: list[Output]
    owners: list[int]
    report: VerificationReport
    notes: tuple[str, ...] = ()


def _proved(
    attempt: Attempt, gate: Attempt, orders: list[RebuildOrder], answers: list[RebuildAnswer]
) -> _Proved:
    """Prove every document; pages that a check refuses become pictures, once.

    Args:
        gate: the same attempt, with a lane that does nothing but verify.
    """
    unnamed = _unnamed(attempt.marks, attempt.now)
    outputs, owners = _outputs(attempt, answers, unnamed)
    reports = [
        _verified(gate, orders[owner], answers[owner], output, owner)
        for output, owner in zip(outputs, owners, strict=True)
    ]
    notes = []
    for at, owner in enumerate(owners):
        if refused := refused_pages(answers[owner], reports[at]):
            name = f"Document {attempt.documents[owner].number}"
            notes.append(f"{name}: {said_of_refused(refused, reports[at])}")
            orders[owner] = as_pictures(orders[owner], refused)
            answers[owner] = _rebuilt(attempt, orders[owner], owner)
            again, _ = _outputs(attempt, answers, unnamed)
            outputs[at] = again[at]
            reports[at] = _verified(gate, orders[owner], answers[owner], outputs[at], owner)
    checks = tuple(check for one in reports for check in one.checks)
    leaks = tuple(leak for one in reports for leak in one.leaks)
    return _Proved(answers, outputs, owners, VerificationReport(checks, leaks), tuple(notes))


def _verified(
    gate: Attempt, order: RebuildOrder, answer: RebuildAnswer, output: Output, owner: int
) -> VerificationReport:
    """Search one file with engines that did not write it."""
    count = len(gate.documents)
    gate.report(Progress(count + owner, count * 2, f"checking {output.name}"))
    found: VerificationReport = in_worker(
        gate,
        jobs.verify_output,
        output.name,
        output.data,
        searched_for(gate.withheld, answer),
        _seen(gate.documents[owner], gate.now),
        not format_named(answer.format).is_paged,
        original_of(order, answer),
        supply=supply_of(order.source),
    )
    return found


def _printed_labels(case: Case) -> dict[str, str]:
    return {one.citation: one.label for one in exemptions(case.regime)}


def _printed_numbers(attempt: Attempt, writing: _Writing) -> dict[int, int]:
    """Give the number in the schedule of each mark that is printed with it."""
    if not writing.stamps.redactions:
        return {}
    stamped = {one.number for one in attempt.documents if writing.is_stamped(one)}
    listed = in_order(
        mark for mark in redacted_marks(attempt.marks, attempt.now) if mark.hidden is None
    )
    return {
        mark.id: number for number, mark in enumerate(listed, start=1) if mark.document in stamped
    }


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
            "released. The places were added to the findings: decide each, then submit again."
        )
    unruled = sum(len(answer.unruled) for answer in answers)
    if unruled:
        raise Blocked(
            f"{unruled} unread parts have no ruling. Nothing was released. "
            "Rule on each, then submit again."
        )


def _unnamed(marks: Iterable[Mark], now: review.Standing) -> AbstractSet[int]:
    """Give the documents whose file names a person redacted something in."""
    return {
        mark.document
        for mark in redacted_marks(marks, now)
        if isinstance(mark.target, Span) and mark.target.segment == FILE_NAME
    }


#: Names that are taken before any document is named.
_OWN_NAMES = (*PAPERS, CERTIFICATE_JSON, CERTIFICATE_PDF)


def _outputs(
    attempt: Attempt, answers: Sequence[RebuildAnswer], unnamed: AbstractSet[int]
) -> tuple[list[Output], list[int]]:
    """Name the outputs; gives them with, for each, the position of its document.

    Args:
        unnamed: the documents whose own names hold something that was redacted in them.
    """
    names: list[str] = []
    owners: list[int] = []
    data: list[bytes] = []
    public = public_numbers(attempt.case)
    for index, (document, answer) in enumerate(zip(attempt.documents, answers, strict=True)):
        for one in answer.files:
            number = public[document.number]
            name = f"document {number}" if document.number in unnamed else document.name
            names.append(output_name(name, one.suffix, one.part, attempt.withheld, number))
            owners.append(index)
            data.append(one.data)
    told_apart = distinct([*_OWN_NAMES, *names])[len(_OWN_NAMES) :]
    return [Output(name, one) for name, one in zip(told_apart, data, strict=True)], owners
