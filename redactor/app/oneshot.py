"""Single files without a case: scan, inspect, redact and verify. What the command line does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from redactor import jobs
from redactor.app.files import Refusal, expand, in_worker, refusal, time_limit_s
from redactor.app.outputs import Output, distinct, output_name, write_all
from redactor.app.proving import (
    as_pictures,
    original_of,
    refused_pages,
    said_of_refused,
    searched_for,
)
from redactor.app.sharing import read_shared
from redactor.errors import CheckFailed, RedactorError, UsageError
from redactor.formats import format_named
from redactor.jobs import (
    FileSource,
    FindingBatch,
    Reading,
    RebuildAnswer,
    RebuildOrder,
    SegmentBatch,
)
from redactor.law.exemptions import exemption_named
from redactor.lists import NOTHING, ON_NEVER, Lists
from redactor.model import (
    AS_FOUND,
    NO_STAMPS,
    Document,
    Finding,
    Incomplete,
    LeftOut,
    Proposal,
    ReadAs,
    Redaction,
    Segment,
    Stamps,
    Unread,
    key_of,
    span_of,
)
from redactor.release.plan import WithheldText, withheld_texts
from redactor.release.verify.model import Check, Leak, VerificationReport, Withheld
from redactor.workers import Lane

#: A finding below this is a hint; it is not accepted by label unless asked for.
DEFAULT_THRESHOLD = 0.3

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scanned:
    """One file, read and searched."""

    path: Path
    reading: Reading
    segments: tuple[Segment, ...] = field(repr=False)
    findings: tuple[Finding, ...] = ()


def scan_files(
    paths: Iterable[Path],
    lane: Lane,
    say: Say,
    *,
    threshold: float = 0.0,
    lists: Lists = NOTHING,
    read_as: ReadAs = AS_FOUND,
) -> Iterable[Scanned | Refusal]:
    """Read and search files one after the other; one that cannot be read does not stop the rest."""
    for path in expand(paths):
        try:
            yield _scan(FileSource(path, read_as), lane, say, threshold, lists)
        except RedactorError as error:
            yield refusal(path, error)


def _scan(source: FileSource, lane: Lane, say: Say, threshold: float, lists: Lists) -> Scanned:
    path = source.path
    segments: list[Segment] = []
    findings: list[Finding] = []

    def take(what: object) -> None:
        if isinstance(what, SegmentBatch):
            segments.extend(what.segments)
        elif isinstance(what, FindingBatch):
            findings.extend(one for one in what.findings if one.score >= threshold)

    say(f"{path.name}: reading")
    limit = time_limit_s(path)
    reading = read_shared(lane, source, lists, on_report=take, timeout_s=limit)
    order = {segment.key: at for at, segment in enumerate(segments)}
    findings.sort(key=lambda one: (order[key_of(one.place)], one.start))
    return Scanned(path, reading, tuple(segments), tuple(findings))


def inspect_files(
    paths: Iterable[Path], lane: Lane, say: Say, *, read_as: ReadAs = AS_FOUND
) -> Iterable[tuple[Path, Document] | Refusal]:
    """Read files without searching them, for their hidden content."""
    for path in expand(paths):
        say(f"{path.name}: reading")
        try:
            yield path, in_worker(lane, path, jobs.read_hidden, FileSource(path, read_as))
        except RedactorError as error:
            yield refusal(path, error)


# --- redact -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RedactOrder:
    """What is asked of a one-shot release.

    Attributes:
        labels: accept findings under these labels, but for what a never list keeps; None accepts
            all that are proposed.
        terms: strings to be removed wherever they stand.
        lists: of the authority, in use while searching.
        read_as: how text files are read.
        stamps: what is printed in the margins of PDFs.
        detect: whether anything is to be accepted at all, and so searched for.
    """

    out: Path
    exemption: str
    terms: tuple[str, ...] = field(default=(), repr=False)
    labels: frozenset[str] | None = frozenset()
    target: str = "same"
    pdf_style: str = "box"
    drop_unread: bool = False
    threshold: float = DEFAULT_THRESHOLD
    lists: Lists = field(default=NOTHING, repr=False)
    read_as: ReadAs = AS_FOUND
    stamps: Stamps = NO_STAMPS

    @property
    def detect(self) -> bool:
        """Say whether findings are accepted at all."""
        return self.labels is None or bool(self.labels)


@dataclass(frozen=True, slots=True)
class Released:
    """One original that was released."""

    path: Path
    sha256: str
    outputs: tuple[tuple[Path, str], ...]
    redactions: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """One original that was not released because a person must rule on something first."""

    path: Path
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """One original whose release failed its checks; nothing of it was written."""

    path: Path
    checks: tuple[Check, ...]
    leaks: tuple[Leak, ...]


def redact_files(
    paths: Iterable[Path], order: RedactOrder, lane: Lane, say: Say
) -> Iterable[Released | Stopped | Failed | Refusal]:
    """Release single files: remove, rebuild, verify, and only then write.

    Raises:
        UsageError: the exemption is not known, or the folder cannot be written to.
    """
    label = exemption_named(order.exemption).label
    files = list(expand(paths))
    names = distinct(path.name for path in files)
    written: list[str] = []  # a.xls and a.xlsx both become a.xlsx: neither may replace the other
    for number, (path, name) in enumerate(zip(files, names, strict=True), start=1):
        try:
            result = _redact(
                path, name, number, written, order=order, label=label, lane=lane, say=say
            )
            if isinstance(result, Released):
                written.extend(output.name for output, _ in result.outputs)
            yield result
        except UsageError:
            raise
        except CheckFailed as error:
            yield Failed(path, (Check("written", ok=False, engine="", detail=str(error)),), ())
        except RedactorError as error:
            yield refusal(path, error)


def _redact(
    path: Path,
    name: str,
    number: int,
    written: Sequence[str],
    *,
    order: RedactOrder,
    label: str,
    lane: Lane,
    say: Say,
) -> Released | Stopped | Failed:
    source = FileSource(path, order.read_as)
    accepted: tuple[Finding, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    if order.detect:
        scanned = _scan(source, lane, say, order.threshold, order.lists)
        accepted = tuple(one for one in scanned.findings if _is_accepted(one, order.labels))
        incomplete = scanned.reading.incomplete
        source = replace(source, read_from_pixels=scanned.reading.read_from_pixels)
    withheld = withheld_texts(((one.text, one.label) for one in accepted), terms=order.terms)
    rebuild = RebuildOrder(
        source,
        order.target,
        tuple(Redaction(span_of(one), label) for one in accepted),
        withheld,
        pdf_style=order.pdf_style,
        spread=True,
        spread_label=label,
        leave_out_unread=order.drop_unread,
        stamps=order.stamps,
    )
    say(f"{path.name}: rebuilding")
    answer: RebuildAnswer = in_worker(lane, path, jobs.rebuild_document, rebuild)
    if answer.unruled or incomplete:
        return Stopped(path, answer.unruled, incomplete)
    notes: tuple[str, ...] = ()
    with lane.apart() as gate:
        outputs = _name_outputs(name, number, answer, withheld, written)
        report = verify_outputs(outputs, rebuild, answer, path, gate, say)
        if refused := refused_pages(answer, report):
            notes = (said_of_refused(refused, report),)
            say(f"{path.name}: rebuilding")
            again = as_pictures(rebuild, refused)
            answer = in_worker(lane, path, jobs.rebuild_document, again)
            outputs = _name_outputs(name, number, answer, withheld, written)
            report = verify_outputs(outputs, again, answer, path, gate, say)
    if not report.ok:
        return Failed(path, report.checks, report.leaks)
    write_all(order.out, outputs, [path])
    return Released(
        path,
        answer.sha256,
        tuple((order.out / one.name, one.sha256) for one in outputs),
        answer.removed,
        answer.left_out,
        (*answer.notes, *notes),
        report.checks,
    )


def _is_accepted(finding: Finding, labels: frozenset[str] | None) -> bool:
    if labels is None:
        return finding.proposal is Proposal.REDACT
    kept = finding.proposal is Proposal.KEEP and ON_NEVER in finding.why
    return finding.label in labels and not kept


def _name_outputs(
    name: str,
    number: int,
    answer: RebuildAnswer,
    withheld: Sequence[WithheldText],
    written: Sequence[str],
) -> tuple[Output, ...]:
    names = distinct(
        (output_name(name, one.suffix, one.part, withheld, number) for one in answer.files),
        written,
    )
    return tuple(Output(new, one.data) for new, one in zip(names, answer.files, strict=True))


def verify_outputs(
    outputs: Sequence[Output],
    order: RebuildOrder,
    answer: RebuildAnswer,
    path: Path,
    gate: Lane,
    say: Say,
) -> VerificationReport:
    """Search what is to be written with engines that did not write it.

    Args:
        gate: a lane that does nothing but verify this release.
    """
    terms = searched_for(order.withheld, answer)
    nobody = frozenset[str]()  # looked at a picture
    original = original_of(order, answer)
    checks: list[Check] = []
    leaks: list[Leak] = []
    for output in outputs:
        say(f"{path.name}: checking")
        report = in_worker(
            gate,
            path,
            jobs.verify_output,
            output.name,
            output.data,
            terms,
            nobody,
            not format_named(answer.format).is_paged,
            original,
        )
        checks.extend(report.checks)
        leaks.extend(report.leaks)
    return VerificationReport(tuple(checks), tuple(leaks))


# --- verify -----------------------------------------------------------------------------------


def verify_files(
    paths: Iterable[Path], terms: Sequence[str], original: Path | None, lane: Lane, say: Say
) -> tuple[VerificationReport, tuple[Refusal, ...]]:
    """Search anyone's files for terms.

    Args:
        terms: by line of the list; an empty line keeps its number.

    Returns:
        The report, and the files that could not be opened.
    """
    withheld = withheld_texts((), terms=terms)
    every = tuple(one.term for one in withheld)
    searchable = Withheld(every, misread=every)
    checks: list[Check] = list(_unsearchable(terms, withheld))
    leaks: list[Leak] = []
    refused: list[Refusal] = []
    for path in expand(paths):
        say(f"{path.name}: checking")
        try:
            report = in_worker(lane, path, jobs.verify_path, path, searchable, original)
        except RedactorError as error:
            unopened = refusal(path, error)
            refused.append(unopened)
            checks.append(Check("file was read", ok=False, engine="", detail=unopened.message))
            continue
        checks.extend(report.checks)
        leaks.extend(replace(leak, path=str(path)) for leak in report.leaks)
    return VerificationReport(tuple(checks), tuple(leaks)), tuple(refused)


def _unsearchable(terms: Sequence[str], withheld: Sequence[WithheldText]) -> Iterable[Check]:
    """Report terms in which there is nothing to search for, rather than pass over them."""
    folded = {one.term.folded for one in withheld}
    for number, text in enumerate(terms, start=1):
        if text.strip() and not withheld_texts((), terms=[text]):
            yield Check(f"term {number}", False, "", "It holds no letter or digit to search for.")  # noqa: FBT003
    if not folded:
        yield Check("terms", False, "", "The list of terms holds nothing to search for.")  # noqa: FBT003
