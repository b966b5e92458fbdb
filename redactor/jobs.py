"""What runs inside a worker. Each function is sent there by name; heavy libraries load there only.

Every job takes ``report`` last, for progress and partial results (``redactor.workers``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from redactor.case.codec import segment_rows, segments_of
from redactor.config import model_folders
from redactor.events import Mark
from redactor.lists import NOTHING, Lists
from redactor.model import (
    NO_STAMPS,
    Area,
    Decision,
    Document,
    Finding,
    Incomplete,
    PageChanges,
    Progress,
    ReadAs,
    Report,
    Segment,
    Stamps,
    Unread,
    key_of,
    quiet,
)
from redactor.release.order import (
    CaseSource,
    FileSource,
    OutputFile,
    OutputSource,
    RebuildAnswer,
    RebuildOrder,
    Source,
    read_file,
    take_in,
)
from redactor.workers import fetch

if TYPE_CHECKING:
    from redactor.content import Content
    from redactor.detect.in_use import DetectionInUse
    from redactor.formats.base import Formulas, Grid
    from redactor.formats.embedded import Embedded
    from redactor.formats.first_rows import FirstRows
    from redactor.formats.pdf.render import OpenPdf
    from redactor.inspection.report import HiddenReport
    from redactor.layout import Layout
    from redactor.numbers.answers import Answered, Question, Treatment
    from redactor.numbers.model import CellName, Interval, Need, Release
    from redactor.numbers.verdicts import Audit
    from redactor.release.certificate import CertificateFacts
    from redactor.release.kept import OpenOutput
    from redactor.release.letter import LetterOrder, WrittenLetter
    from redactor.release.pack import MarkOrder, PackOrder
    from redactor.release.paperwork import Paperwork, PaperworkOrder
    from redactor.release.plan import WithheldText
    from redactor.release.verify.model import Against, VerificationReport, Withheld
    from redactor.second_look import Lead

__all__ = [
    "CaseSource",
    "FileSource",
    "FindingBatch",
    "OutputFile",
    "OutputSource",
    "PagePicture",
    "Reading",
    "RebuildAnswer",
    "RebuildOrder",
    "SegmentBatch",
    "Source",
    "read_file",
]

#: For a reading: look for names, too.
WITH_NAMES = True
#: What a worker asks its parent for when another searches a share of its document.
SHARE = "share"
#: Segments sent home at a time.
_BATCH = 2000


# --- reading and detecting --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SegmentBatch:
    """Segments as they were read; they cross the pipe as plain rows."""

    segments: tuple[Segment, ...] = field(repr=False)

    def __reduce__(self) -> tuple[Callable[..., SegmentBatch], tuple[object]]:
        """Take them apart for the pipe."""
        return _segment_batch, (segment_rows(self.segments),)


def _segment_batch(rows: list[tuple[Any, ...]]) -> SegmentBatch:
    return SegmentBatch(tuple(segments_of(rows)))


@dataclass(frozen=True, slots=True)
class FindingBatch:
    """Findings as they came in, in reading order."""

    findings: tuple[Finding, ...]
    hidden: tuple[str | None, ...]
    """For each finding, the kind of hidden content it lies in."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a document once it was read and searched."""

    sha256: str
    format: str
    unread: tuple[Unread, ...]
    incomplete: tuple[Incomplete, ...]
    notes: tuple[str, ...]
    read_from_pixels: bytes = field(default=b"", repr=False)
    """What was read from its pixels, packed, for whoever opens the document again."""


def read_whole(source: Source, report: Report = quiet) -> tuple[bytes, Document]:
    """Read one original with the format that its bytes call for."""
    from redactor.formats import detect_format

    untrusted = take_in(source)
    return untrusted, detect_format(source.name, untrusted).read(untrusted, report, source.read_as)


def _read_from_pixels(untrusted: bytes, document: Document) -> bytes:
    """Pack what was read from the pixels of a document's pages, where it has pages."""
    from redactor.formats import format_named

    kind = format_named(document.format)
    if not kind.is_paged:
        return b""
    from redactor.formats.pdf import recognition_memory

    return recognition_memory.learnt(hashlib.sha256(kind.pages(untrusted)).hexdigest())


@dataclass(frozen=True, slots=True)
class LongDocument:
    """A document is long: another worker may search it from this segment on (``search_share``)."""

    first: int
    read_from_pixels: bytes = field(default=b"", repr=False)


def read_document(
    source: Source,
    names: bool = True,
    lists: Lists = NOTHING,
    shared: bool = False,
    *,
    report: Report,
) -> Reading:
    """Read a document and search it; segments and findings are reported as they come.

    Args:
        shared: where the document is long, say so, and ask for ``SHARE`` later on.
    """
    from redactor import detect
    from redactor.detect.in_file import AskedInFile
    from redactor.detect.shares import Share, share_of
    from redactor.detect.site_models import find_models

    report(Progress(0, 0, "reading"))
    untrusted, document = read_whole(source, report)
    pixels = _read_from_pixels(untrusted, document)
    first = share_of(document.segments) if shared else None
    if first is not None:
        report(LongDocument(first, pixels))
    for start in range(0, len(document.segments), _BATCH):
        report(SegmentBatch(document.segments[start : start + _BATCH]))
    report(Progress(0, 1, "searching"))
    hidden = {one.key: str(one.hidden) for one in document.segments if one.hidden is not None}
    incomplete: list[Incomplete] = []
    site = find_models(model_folders()) if names else ()
    share = None if first is None else Share(first, lambda: fetch(SHARE))
    options = detect.ScanOptions(names=names, site=site, lists=lists)
    asked = AskedInFile(document.proposed)

    def keep(findings: tuple[Finding, ...]) -> None:
        if findings:
            kinds = tuple(hidden.get(key_of(one.place)) for one in findings)
            report(FindingBatch(findings, kinds))

    for batch in detect.scan(document, options, share):
        incomplete.extend(batch.incomplete)
        keep(asked.joined(batch.findings))
        report(Progress(batch.done, batch.total, "searching"))
    keep(asked.rest())
    unfinished = " ".join(one.why for one in incomplete)
    searched = (one.name for one in site if one.name not in unfinished)
    notes = (*document.notes, *(f"Searched with {name} as well." for name in searched))
    return Reading(
        document.sha256, document.format, document.unread, tuple(incomplete), notes, pixels
    )


def search_share(
    source: Source,
    names: bool,
    lists: Lists,
    first: int,
    read_from_pixels: bytes = b"",
    *,
    report: Report,
) -> bytes:
    """Search a share of a long document for the worker that reads it; see ``read_document``.

    Args:
        read_from_pixels: what that worker read from pixels, so that this one need not.
    """
    from redactor import detect
    from redactor.detect.scanner import search_share as search
    from redactor.detect.shares import packed
    from redactor.detect.site_models import find_models

    report(Progress(0, 0, "reading"))
    if read_from_pixels:
        from redactor.formats.pdf import recognition_memory

        recognition_memory.remember(read_from_pixels)
    _, document = read_whole(source, report)
    site = find_models(model_folders()) if names else ()
    options = detect.ScanOptions(names=names, site=site, lists=lists)
    searched = {}
    for number, found in search(document, options, first):
        searched[number] = found
        report(Progress(len(searched), 0, "searching"))
    return packed(searched)


def try_models(*, report: Report) -> DetectionInUse:
    """Say what detection uses, the models of the site tried out."""
    from redactor.detect.in_use import detection_in_use
    from redactor.detect.site_models import find_models

    report(Progress(0, 1, "loading"))
    return detection_in_use(find_models(model_folders()))


def read_all(source: Source, *, report: Report) -> Document:
    """Read a document, what is seen of it and what is hidden, without searching it."""
    return read_whole(source, report)[1]


def read_hidden(source: Source, *, report: Report) -> Document:
    """Read a document for its hidden content and unread parts; what is seen is left away."""
    document = read_whole(source, report)[1]
    hidden = tuple(one for one in document.segments if one.hidden is not None)
    return replace(document, segments=hidden)


def preview_reading(source: Source, read_as: ReadAs, *, report: Report) -> FirstRows:
    """Give the first rows of a text file as they would be read in some way."""
    from redactor.formats import detect_format
    from redactor.formats.first_rows import first_rows

    report(Progress(0, 0, "reading"))
    untrusted = source.read()
    is_table = detect_format(source.name, untrusted).name == "csv"
    return first_rows(untrusted, read_as, is_table=is_table)


@dataclass(frozen=True, slots=True)
class Gridded:
    """The tables of a file.

    Attributes:
        title: what such a file is called.
        formulas: None where such a file does not tell.
    """

    title: str
    grids: tuple[Grid, ...]
    formulas: Formulas | None


def read_formulas(source: Source, *, report: Report) -> Formulas | None:
    """Read what is computed from what in a workbook; None where such a file does not tell."""
    from redactor.formats import detect_format

    report(Progress(0, 0, "reading formulas"))
    untrusted = source.read()
    return detect_format(source.name, untrusted).formulas(untrusted, report)


def read_grids(source: Source, *, report: Report) -> Gridded:
    """Read the tables of a file as rows and columns, with their formulas."""
    from redactor.formats import detect_format

    report(Progress(0, 0, "reading tables"))
    untrusted = take_in(source)
    kind = detect_format(source.name, untrusted)
    return Gridded(
        kind.title,
        kind.grids(untrusted, report, source.read_as),
        kind.formulas(untrusted, report),
    )


def read_output_grids(name: str, untrusted: bytes, *, report: Report) -> Gridded:
    """Read the tables of a written file as a reader would who gets it."""
    from redactor.formats import detect_format

    report(Progress(0, 0, "reading tables"))
    kind = detect_format(name, untrusted)
    return Gridded(kind.title, kind.grids(untrusted, report), kind.formulas(untrusted, report))


def read_output_pages(untrusted: bytes, *, report: Report) -> tuple[str, ...]:
    """Give the text of each page of a written PDF, by an engine that did not write it."""
    from redactor.release.verify.pdf_text import page_texts

    report(Progress(0, 0, "reading pages"))
    return tuple(page_texts(untrusted))


def write_content(content: Content, target: str, *, report: Report) -> bytes:
    """Write approved content as one file."""
    from redactor.formats.writers import write

    report(Progress(0, 1, "writing"))
    return write(content, target)[0].data


def find_embedded(source: Source, *, report: Report) -> tuple[Embedded, ...]:
    """Give the files embedded in a document that the program can read."""
    from redactor.formats import detect_format
    from redactor.formats.embedded import embedded_in

    report(Progress(0, 0, "reading"))
    untrusted = source.read()
    return embedded_in(detect_format(source.name, untrusted), untrusted, report)


def make_hidden_report(reports: tuple[HiddenReport, ...], *, report: Report) -> bytes:
    """Print hidden-content reports as a PDF, one page a document."""
    from redactor.formats.writers import write
    from redactor.inspection.page import pages

    report(Progress(0, 1, "printing"))
    return write(pages(reports), "pdf")[0].data


# --- the second look --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookDocument:
    """A document as it was read, for the second look."""

    number: int
    sha256: str
    name: str = field(repr=False)
    batch: SegmentBatch = field(repr=False)


@dataclass(frozen=True, slots=True)
class LookOrder:
    """What the second look is taken of (``redactor.second_look.second_look``)."""

    documents: tuple[LookDocument, ...]
    marks: tuple[Mark, ...] = field(repr=False)
    decisions: Mapping[int, Decision] = field(repr=False)
    strict: frozenset[str] = field(repr=False)


def take_second_look(order: LookOrder, *, report: Report) -> tuple[Lead, ...]:
    """Search again for whatever is near what was redacted."""
    from redactor.second_look import LookedAt, second_look

    documents = [
        LookedAt(one.number, one.sha256, one.name, one.batch.segments) for one in order.documents
    ]
    return second_look(documents, order.marks, order.decisions, order.strict, report)


# --- small numbers ----------------------------------------------------------------------------


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


# --- pages for the viewer ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One rendered page.

    Attributes:
        rgb: ``width_px * height_px * 3`` bytes, rows from the top.
        words: for each word its range in the page's segment text and its box in points.
    """

    page: int
    dpi: int
    width_px: int
    height_px: int
    rgb: bytes = field(repr=False)
    words: tuple[tuple[int, int, float, float, float, float], ...] = field(repr=False)


_open_pdfs: dict[str, OpenPdf] = {}


def _open_pdf(source: Source) -> OpenPdf:
    """Open the pages of a document for the viewer, and keep the last two open in this worker."""
    from redactor.formats import detect_format
    from redactor.formats.pdf.render import OpenPdf

    key = str(source.path) if isinstance(source, FileSource) else source.sha256
    if key not in _open_pdfs:
        while len(_open_pdfs) >= 2:
            _open_pdfs.pop(next(iter(_open_pdfs)))
        # A release is shown with the text that it was made with, hidden under its pictures or not.
        sees = not isinstance(source, OutputSource)
        untrusted = take_in(source)
        pages = detect_format(source.name, untrusted).pages(untrusted)
        _open_pdfs[key] = OpenPdf(pages, sees=sees)
    return _open_pdfs[key]


def page_layout(source: Source, *, report: Report) -> Layout | None:
    """Say how the running text of a document lies on the page; None where it does not say."""
    from redactor.formats import detect_format

    report(Progress(0, 1, "laying out"))
    untrusted = source.read()
    return detect_format(source.name, untrusted).layout(untrusted)


def page_sizes(source: Source, *, report: Report) -> tuple[tuple[float, float], ...]:
    """Give the width and height of every page, in points."""
    del report
    return tuple(_open_pdf(source).page_sizes())


def render_page(source: Source, page: int, dpi: int, *, report: Report) -> PagePicture:
    """Render one page and say where its words are."""
    del report
    pdf = _open_pdf(source)
    width, height, rgb = pdf.render(page, dpi)
    return PagePicture(page, dpi, width, height, rgb, pdf.word_boxes(page))


def span_boxes(
    source: Source, page: int, spans: Sequence[tuple[int, int]], *, report: Report
) -> tuple[tuple[tuple[float, float, float, float], ...], ...]:
    """Give the boxes of stretches of a page's text, in points."""
    del report
    pdf = _open_pdf(source)
    return tuple(tuple(pdf.span_boxes(page, start, end)) for start, end in spans)


def text_in_area(source: Source, area: Area, *, report: Report) -> str:
    """Give the text that a drawn box covers."""
    del report
    return _open_pdf(source).area_text(area.page, (area.x0, area.y0, area.x1, area.y1))


# --- files of a candidate, for the viewer -----------------------------------------------------


_open_outputs: dict[str, OpenOutput] = {}


def _open_output(source: OutputSource, report: Report) -> OpenOutput:
    """Read a file of a candidate for the viewer, and keep the last two open in this worker."""
    from redactor.release.kept import OpenOutput

    if source.sha256 not in _open_outputs:
        while len(_open_outputs) >= 2:
            _open_outputs.pop(next(iter(_open_outputs)))
        read = source.read()
        _open_outputs[source.sha256] = OpenOutput(source.name, read, report, source.read_as)
    return _open_outputs[source.sha256]


def output_containers(source: OutputSource, *, report: Report) -> tuple[tuple[str, int], ...]:
    """Give the sheets of a candidate's table with their last row, from 0."""
    return _open_output(source, report).containers()


def output_rows(
    source: OutputSource, container: str, first: int, last: int, *, report: Report
) -> SegmentBatch:
    """Give the cells of some rows of a candidate's table."""
    return SegmentBatch(_open_output(source, report).rows(container, first, last))


def output_segments(source: OutputSource, *, report: Report) -> SegmentBatch:
    """Give the whole text of a candidate's file."""
    return SegmentBatch(tuple(_open_output(source, report).segments))


# --- a passage ---------------------------------------------------------------------------------


def preview_passage(text: str, spots: Sequence[tuple[int, int, str]], *, report: Report) -> str:
    """Give a passage as it would read with its redactions made."""
    from redactor.detect.mask import masked

    del report
    return masked(text, spots)


# --- rebuilding and proving -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Original:
    """What a released PDF is held against.

    Attributes:
        source: the original; a worker asks its parent for what is in a case.
        changes: where the release may differ from it.
        labels: what may be printed in boxes.
        stamps: what is printed in the margins.
    """

    source: Source
    changes: PageChanges
    labels: frozenset[str]
    stamps: Stamps = NO_STAMPS

    def read(self) -> Against:
        """Read the pages of the original."""
        from redactor.formats import detect_format
        from redactor.release.verify.model import Against

        untrusted = self.source.read()
        pages = detect_format(self.source.name, untrusted).pages(untrusted)
        return Against(pages, self.changes, self.labels, self.stamps)


def rebuild_document(order: RebuildOrder, *, report: Report) -> RebuildAnswer:
    """Read an original again and write it anew from what was approved, in memory."""
    from redactor.release.build import build

    return build(order, report)


def verify_output(
    name: str,
    untrusted: bytes,
    withheld: Withheld,
    seen: frozenset[str] = frozenset(),
    is_drawn_anew: bool = False,
    original: Original | None = None,
    *,
    report: Report,
) -> VerificationReport:
    """Search a written file with engines that did not write it; our own releases, strictly.

    Args:
        original: where the pages of a PDF come from, and where they may differ from it.
    """
    from redactor.release.verify import verify_file

    report(Progress(0, 1, "checking"))
    against = None if original is None else original.read()
    # The name was made by ``output_name``, which keeps every strict text out of it. A plain word
    # or an age, withheld where it stood, says nothing in a name.
    nameless = f"_{PurePath(name).suffix}"
    found = verify_file(
        nameless,
        untrusted,
        withheld,
        strict=True,
        seen=seen,
        is_drawn_anew=is_drawn_anew,
        against=against,
        report=report,
    )
    return replace(found, leaks=tuple(replace(leak, path=name) for leak in found.leaks))


def verify_path(
    path: Path, withheld: Withheld, original: Path | None = None, *, report: Report
) -> VerificationReport:
    """Search anyone's file."""
    from redactor.release.verify import verify_file

    report(Progress(0, 1, "checking"))
    before = read_file(original) if original is not None else None
    return verify_file(path.name, read_file(path), withheld, before, report=report)


def make_paperwork(
    order: PaperworkOrder, withheld: tuple[WithheldText, ...], *, report: Report
) -> Paperwork:
    """Write the public schedule and the manifest of a release, and search them too."""
    from redactor.release.paperwork import write_paperwork

    report(Progress(0, 1, "writing the schedule and the manifest"))
    return write_paperwork(order, withheld)


def make_certificate_page(facts: CertificateFacts, *, report: Report) -> bytes:
    """Set the certificate of a release for people to read, as a PDF."""
    from redactor.release.certificate_page import certificate_pdf

    report(Progress(0, 1, "making the certificate"))
    return certificate_pdf(facts)


def write_letter(order: LetterOrder, *, report: Report) -> WrittenLetter:
    """Write the response letter of a case, and search it."""
    from redactor.release import letter_file

    report(Progress(0, 1, "writing the letter"))
    return letter_file.write_letter(order)


def mark_up(order: MarkOrder, *, report: Report) -> bytes:
    """Mark what was withheld in an original, for the Commissioner."""
    from redactor.release import pack_file

    return pack_file.mark_up(order, report)


def bind_pack(order: PackOrder, *, report: Report) -> bytes:
    """Bind the pack for the Commissioner."""
    from redactor.release import pack_file

    report(Progress(0, 1, "binding the pack"))
    return pack_file.bind_pack(order)
