"""What runs inside a worker. Each function is sent there by name; heavy libraries load there only.

Every job takes ``report`` last, for progress and partial results (``redactor.workers``).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from redactor.config import MAX_FILE_BYTES
from redactor.errors import UnreadableDocument
from redactor.model import (
    Area,
    Document,
    Finding,
    Incomplete,
    LeftOut,
    PagePlace,
    Progress,
    Redaction,
    Report,
    Ruling,
    Segment,
    Span,
    Unread,
    quiet,
)

if TYPE_CHECKING:
    from redactor.formats.pdf.render import OpenPdf
    from redactor.release.plan import Survivor, WithheldText
    from redactor.release.verify.model import VerificationReport, Withheld

#: Segments sent home at a time.
_BATCH = 2000


# --- where the bytes come from ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileSource:
    """An original on disk. It is only ever read."""

    path: Path

    @property
    def name(self) -> str:
        """Give the file's name."""
        return self.path.name

    def read(self) -> bytes:
        """Read it whole.

        Raises:
            UnreadableDocument: it is missing, locked, a folder, or larger than the limit.
        """
        return read_file(self.path)


@dataclass(frozen=True, slots=True)
class CaseSource:
    """An original inside a case file."""

    case: Path
    number: int
    name: str

    def read(self) -> bytes:
        """Read it out of the case."""
        from redactor.case.store import read_original

        return read_original(self.case, self.number)


Source = FileSource | CaseSource


def read_file(path: Path) -> bytes:
    """Read a file whole, or say in one sentence why not.

    Raises:
        UnreadableDocument: it is missing, locked, a folder, or larger than the limit.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableDocument(
                f"The file is larger than {MAX_FILE_BYTES // 2**20} MB.",
                "Split it into smaller files and add those.",
                "too-large",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument(
            "The file is not there.", "Check the name and the folder.", "missing"
        ) from None
    except OSError:
        raise UnreadableDocument(
            "The file cannot be opened.",
            "It may be open in another program, or you may not have permission. Close it there, "
            "or ask for access, and add it again.",
            "locked",
        ) from None


# --- reading and detecting --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SegmentBatch:
    """Segments as they were read."""

    segments: tuple[Segment, ...] = field(repr=False)


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


def read_whole(source: Source, report: Report = quiet) -> tuple[bytes, Document]:
    """Read one original with the format that its bytes call for."""
    from redactor.formats import detect_format

    untrusted = source.read()
    return untrusted, detect_format(source.name, untrusted).read(untrusted, report)


def read_document(source: Source, names: bool = True, *, report: Report) -> Reading:
    """Read a document and search it; segments and findings are reported as they come."""
    from redactor import detect

    report(Progress(0, 0, "reading"))
    _, document = read_whole(source, report)
    for start in range(0, len(document.segments), _BATCH):
        report(SegmentBatch(document.segments[start : start + _BATCH]))
    hidden = {one.key: str(one.hidden) for one in document.segments if one.hidden is not None}
    incomplete: list[Incomplete] = []
    for batch in detect.scan(document, detect.ScanOptions(names=names)):
        incomplete.extend(batch.incomplete)
        if batch.findings:
            kinds = tuple(hidden.get(_key(one)) for one in batch.findings)
            report(FindingBatch(batch.findings, kinds))
        report(Progress(batch.done, batch.total, "searching"))
    return Reading(
        document.sha256, document.format, document.unread, tuple(incomplete), document.notes
    )


def _key(finding: Finding) -> tuple[str, int | None]:
    from redactor.model import key_of

    return key_of(finding.place)


def read_only(source: Source, *, report: Report) -> Document:
    """Read a document without searching it."""
    return read_whole(source, report)[1]


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
    """Open a PDF for the viewer, and keep the last two open in this worker."""
    from redactor.formats.pdf.render import OpenPdf

    key = str(source)
    if key not in _open_pdfs:
        while len(_open_pdfs) >= 2:
            _open_pdfs.pop(next(iter(_open_pdfs)))
        _open_pdfs[key] = OpenPdf(source.read())
    return _open_pdfs[key]


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


# --- rebuilding and proving -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RebuildOrder:
    """What is asked of one rebuild.

    Attributes:
        target: a format name, or ``same``.
        withheld: every string withheld anywhere in the release, with how strictly it binds.
        kept: places where a person decided to keep the text.
        spread: remove every strict string wherever it stands (one-shot releases), instead of
            reporting it as a survivor for a person to rule on.
    """

    source: Source
    target: str
    redactions: tuple[Redaction, ...]
    withheld: tuple[WithheldText, ...] = field(repr=False)
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    kept: tuple[Span, ...] = ()
    pdf_style: str = "box"
    spread: bool = False
    spread_label: str = ""
    leave_out_unread: bool = False


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of a release, not yet written to disk."""

    suffix: str
    part: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RebuildAnswer:
    """What a rebuild gave.

    Attributes:
        allowed: by term number, how often it may remain.
        survivors: strict strings that stand where nobody decided; the release must not go on.
        unruled: unread parts without a ruling; the release must not go on.
        removed: how many places were redacted.
    """

    sha256: str
    format: str
    target: str
    files: tuple[OutputFile, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    allowed: Mapping[int, int]
    survivors: tuple[Survivor, ...]
    unruled: tuple[Unread, ...]
    removed: int
    areas_text: tuple[str, ...] = field(default=(), repr=False)
    by_kind: Mapping[str, int] = field(default_factory=dict)


def rebuild_document(order: RebuildOrder, *, report: Report) -> RebuildAnswer:
    """Read an original again and write it anew from what was approved, in memory."""
    from redactor.release.build import build

    return build(order, report)


def verify_output(
    name: str,
    untrusted: bytes,
    withheld: Withheld,
    seen: frozenset[str] = frozenset(),
    *,
    report: Report,
) -> VerificationReport:
    """Search a written file with engines that did not write it; our own releases, strictly."""
    from redactor.release.verify import verify_file

    report(Progress(0, 1, "checking"))
    return verify_file(name, untrusted, withheld, strict=True, seen=seen)


def verify_path(
    path: Path, withheld: Withheld, original: Path | None = None, *, report: Report
) -> VerificationReport:
    """Search anyone's file."""
    from redactor.release.verify import verify_file

    report(Progress(0, 1, "checking"))
    before = read_file(original) if original is not None else None
    return verify_file(path.name, read_file(path), withheld, before)


def sha256_of(data: bytes) -> str:
    """Give the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def hidden_counts(document: Document) -> dict[tuple[str, str], int]:
    """Count hidden content by kind and container."""
    counts: Counter[tuple[str, str]] = Counter()
    for segment in document.segments:
        if segment.hidden is not None:
            counts[str(segment.hidden), segment.container or segment.id] += 1
    return dict(counts)


def pages_of(document: Document) -> int:
    """Count the pages of a paged document."""
    return sum(1 for one in document.segments if isinstance(one.place, PagePlace))
