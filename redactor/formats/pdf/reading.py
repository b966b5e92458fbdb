"""Read a PDF into a document: its pages, what is hidden in it, and what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from redactor.formats.pdf.hidden import Hidden, as_segments, read_hidden
from redactor.formats.pdf.hidden_layers import find_hidden_layers
from redactor.formats.pdf.opening import open_pdf, prepare, refuse_bombs, refusing
from redactor.formats.pdf.pages import Pages
from redactor.formats.pdf.redact_marks import find_marks
from redactor.formats.pdf.trust import PictureList, pictures_of, unread_page
from redactor.formats.pdf.unseen import as_hidden, tallies_of
from redactor.model import (
    Document,
    Finding,
    HiddenKind,
    PagePlace,
    Progress,
    Report,
    Segment,
    Unread,
)

_REPORT_EVERY = 10
#: Runs of pages that a note lists.
_MOST_RUNS = 20


@refusing
def read_pdf(untrusted: bytes, report: Report) -> Document:
    """Read the bytes of a PDF whole.

    Raises:
        UnreadableDocument: it cannot be read.
        Cancelled: the person asked to stop.
    """
    document = open_pdf(untrusted)
    refuse_bombs(document)
    hidden = read_hidden(document, untrusted)
    layers = find_hidden_layers(document)
    sha256 = hashlib.sha256(untrusted).hexdigest()
    read = _Read(Pages(prepare(document), sha256))
    read.all_pages(report)
    return Document(
        sha256,
        "pdf",
        (
            *read.segments,
            *as_segments([*read.hidden, *read.unseen, *layers]),
            *as_segments(hidden.hidden),
        ),
        (*read.unread, *read.pictures.unread(), *hidden.unread),
        read.notes(),
        (*hidden.tallies, *tallies_of([*read.unseen, *layers])),
        tuple(read.proposed),
    )


@dataclass(slots=True)
class _Read:
    """What is read of the pages, one after the other."""

    pages: Pages
    segments: list[Segment] = field(default_factory=list, repr=False)
    unread: list[Unread] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list, repr=False)
    unseen: list[Hidden] = field(default_factory=list, repr=False)
    pictures: PictureList = field(default_factory=PictureList)
    proposed: list[Finding] = field(default_factory=list, repr=False)
    #: Pages of which something was read from pixels.
    from_pixels: list[int] = field(default_factory=list)

    def all_pages(self, report: Report) -> None:
        """Read every page; where pages are read from their pixels, each one is reported."""
        count = self.pages.count
        for number in range(count):
            if number % _REPORT_EVERY == 0 or self.from_pixels:
                report(Progress(number, count, "reading"))
            self._page(number)
        report(Progress(count, count, "reading"))

    def _page(self, number: int) -> None:
        text, reading = self.pages.text(number), self.pages.reading(number)
        is_read = reading is not None and bool(reading.words)
        read_from = text.native_length if is_read else None
        self.segments.append(Segment(PagePlace(number), text.text, read_from=read_from))
        distrusted = unread_page(number, text, reading)
        if distrusted is not None:
            self.unread.append(distrusted)
        self.pictures.add_page(number, pictures_of(self.pages.document, number, text), reading)
        if is_read:
            self.from_pixels.append(number)
        marks = find_marks(self.pages.document, number, text)
        self.proposed.extend(marks.proposed)
        self.unread.extend(marks.unread)
        if text.off_page_text:
            part = f"off-page:page {number + 1}"
            self.hidden.append(Hidden(HiddenKind.OFF_PAGE, part, text.off_page_text))
        self.unseen.extend(as_hidden(number, self.pages.unseen(number)))
        self.unseen.extend(self.pages.covered(number))

    def notes(self) -> tuple[str, ...]:
        """Say which pages were read from their pixels."""
        if not self.from_pixels:
            return ()
        pages = "page" if len(self.from_pixels) == 1 else "pages"
        said = f"Read from the picture (OCR): {pages} {_numbers(self.from_pixels)}."
        return (f"{said} Letters may have been mistaken; hold them against the picture.",)


def _numbers(pages: Sequence[int]) -> str:
    """Give numbers of pages, from 1, as runs (``1–40, 52``)."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page:
            runs[-1][1] = page + 1
        else:
            runs.append([page + 1, page + 1])
    shown = [
        str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_RUNS]
    ]
    return ", ".join(shown) + (" and more" if len(runs) > _MOST_RUNS else "")
