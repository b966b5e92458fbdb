"""Reading an original and searching it; what is sent home of it while that goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from redactor.case.codec import segment_rows, segments_of
from redactor.config import model_folders
from redactor.lists import NOTHING, Lists
from redactor.model import (
    Document,
    Finding,
    Incomplete,
    Progress,
    ReadAs,
    Report,
    Segment,
    Unread,
    key_of,
    quiet,
)
from redactor.release.order import Source, take_in
from redactor.workers import fetch

if TYPE_CHECKING:
    from redactor.detect.in_use import DetectionInUse
    from redactor.formats.embedded import Embedded
    from redactor.formats.first_rows import FirstRows

#: For a reading: look for names, too.
WITH_NAMES = True
#: What a worker asks its parent for when another searches a share of its document.
SHARE = "share"
#: Segments sent home at a time.
_BATCH = 2000


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


def find_embedded(source: Source, *, report: Report) -> tuple[Embedded, ...]:
    """Give the files embedded in a document that the program can read."""
    from redactor.formats import detect_format
    from redactor.formats.embedded import embedded_in

    report(Progress(0, 0, "reading"))
    untrusted = source.read()
    return embedded_in(detect_format(source.name, untrusted), untrusted, report)
