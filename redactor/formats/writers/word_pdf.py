"""Running text as a PDF: laid out by LibreOffice where it is installed, by this program otherwise.

What LibreOffice makes is not released as it comes: its pages are carried into an empty file and
stripped of all that painting does not need, as those of a foreign PDF are, and they must say what
was approved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from redactor.content import Flow, FlowTable
from redactor.errors import LayoutFailed, RedactorError
from redactor.formats.base import RebuildPlan, RebuiltFile
from redactor.formats.pdf.opening import open_pdf
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.rebuild import rebuild_pdf
from redactor.formats.writers.docx import document_bytes
from redactor.formats.writers.libreoffice import lay_out
from redactor.formats.writers.pdf import PdfWriter
from redactor.formats.writers.pdf_flow import texts_in
from redactor.formats.writers.walk import texts_of
from redactor.model import Report

BY_LIBREOFFICE = "The PDF was laid out by LibreOffice, from the approved content only."
_BY_OURSELVES = "The PDF has the program's own layout: {}."
_WORD = re.compile(r"\w+")
#: More of the approved words than this may not be missing from the pages. Few are, where a line
#: ends within a word or a sign has no letter of its own.
_MOST_MISSING = 0.02


def write_flow(flow: Flow, report: Report) -> tuple[tuple[RebuiltFile, ...], str, bool]:
    """Write running text as a PDF.

    Returns:
        The file, a remark that says who laid it out and why, and whether it was this program.

    Raises:
        Cancelled: the person asked to stop.
    """
    try:
        return (_by_libreoffice(flow, report),), BY_LIBREOFFICE, False
    except LayoutFailed as problem:
        return PdfWriter().write(flow), _BY_OURSELVES.format(problem), True
    except RedactorError:
        reason = "LibreOffice made pages that could not be carried over"
        return PdfWriter().write(flow), _BY_OURSELVES.format(reason), True


def _by_libreoffice(flow: Flow, report: Report) -> RebuiltFile:
    laid_out = lay_out(document_bytes(flow, signs_in_notes=False), report)
    rebuilt = rebuild_pdf(laid_out, RebuildPlan(), "pdf", report)
    if rebuilt.notes:
        raise LayoutFailed("LibreOffice made pages that could only be shown as pictures")
    (file,) = rebuilt.files
    pages = _page_texts(file.data)
    if not _say(pages, texts_of(flow)):
        raise LayoutFailed("LibreOffice left out some of the text")
    return RebuiltFile(file.data, ".pdf", again=_repeated(flow) * (len(pages) - 1))


def _page_texts(pdf: bytes) -> list[str]:
    document = open_pdf(pdf)
    return [PageText(document.load_page(number)).text for number in range(document.page_count)]


def _say(pages: Iterable[str], approved: Iterable[str]) -> bool:
    """Say whether the pages hold the words that were approved."""
    wanted = Counter(word for text in approved for word in _WORD.findall(text))
    found = Counter(word for text in pages for word in _WORD.findall(text))
    missing = sum((wanted - found).values())
    return missing <= wanted.total() * _MOST_MISSING + 2


def _repeated(flow: Flow) -> tuple[str, ...]:
    """Give what may stand on every page: the header, the footer, the headings of tables."""
    heads = [
        text
        for block in flow.body
        if isinstance(block, FlowTable)
        for row in block.rows[: block.heading_rows]
        for cell in row
        for text in texts_in(cell.blocks if cell else ())
    ]
    return (*texts_in(flow.header), *texts_in(flow.footer), *heads)
