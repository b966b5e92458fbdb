"""Read a PDF into a document: its pages, what is hidden in it, and what could not be read."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from redactor.formats.pdf.hidden import Hidden, as_segments, read_hidden
from redactor.formats.pdf.hidden_layers import find_hidden_layers
from redactor.formats.pdf.opening import open_pdf, prepare, refuse_bombs, refusing
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redact_marks import find_marks
from redactor.formats.pdf.trust import PictureList, pictures_of, unread_page
from redactor.formats.pdf.unseen import tallies_of
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
#: Text rendering modes that paint nothing (ISO 32000-1, table 106).
_INVISIBLE = re.compile(rb"(?<![\d.])[37]\s+Tr\b")


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
    document = prepare(document)
    pages, unread, off_page, notes, proposed = _read_pages(document, report)
    return Document(
        hashlib.sha256(untrusted).hexdigest(),
        "pdf",
        (*pages, *as_segments([*off_page, *layers]), *as_segments(hidden.hidden)),
        (*unread, *hidden.unread),
        notes,
        (*hidden.tallies, *tallies_of(layers)),
        proposed,
    )


def _read_pages(
    document: Any, report: Report
) -> tuple[list[Segment], tuple[Unread, ...], list[Hidden], tuple[str, ...], tuple[Finding, ...]]:
    segments: list[Segment] = []
    unread: list[Unread] = []
    off_page: list[Hidden] = []
    pictures = PictureList()
    invisible: list[int] = []
    proposed: list[Finding] = []
    for number in range(document.page_count):
        if number % _REPORT_EVERY == 0:
            report(Progress(number, document.page_count, "reading"))
        page = document.load_page(number)
        text = PageText(page)
        segments.append(Segment(PagePlace(number), text.text))
        distrusted = unread_page(number, text)
        if distrusted is not None:
            unread.append(distrusted)
        else:
            pictures.add_page(number, pictures_of(page, text))
        marks = find_marks(document, number, text)
        proposed.extend(marks.proposed)
        unread.extend(marks.unread)
        if text.off_page_text:
            part = f"off-page:page {number + 1}"
            off_page.append(Hidden(HiddenKind.OFF_PAGE, part, text.off_page_text))
        if not text.is_faulty and _INVISIBLE.search(page.read_contents()):
            invisible.append(number + 1)
    report(Progress(document.page_count, document.page_count, "reading"))
    unread.extend(entry.as_unread() for entry in pictures.entries)
    return segments, tuple(unread), off_page, _notes(invisible), tuple(proposed)


def _notes(invisible: list[int]) -> tuple[str, ...]:
    if not invisible:
        return ()
    shown = ", ".join(map(str, invisible[:20])) + (" and more" if len(invisible) > 20 else "")
    return (f"Text that is there but not visible is listed with the text of page {shown}.",)
