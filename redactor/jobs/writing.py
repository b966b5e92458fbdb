"""Writing what was approved: the documents, and the papers that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Progress, Report
from redactor.release.order import RebuildAnswer, RebuildOrder

if TYPE_CHECKING:
    from redactor.content import Content
    from redactor.inspection.report import HiddenReport
    from redactor.release.certificate import CertificateFacts
    from redactor.release.letter import LetterOrder, WrittenLetter
    from redactor.release.pack import MarkOrder, PackOrder
    from redactor.release.paperwork import Paperwork, PaperworkOrder
    from redactor.release.plan import WithheldText


def rebuild_document(order: RebuildOrder, *, report: Report) -> RebuildAnswer:
    """Read an original again and write it anew from what was approved, in memory."""
    from redactor.release.build import build

    return build(order, report)


def write_content(content: Content, target: str, *, report: Report) -> bytes:
    """Write approved content as one file."""
    from redactor.formats.writers import write

    report(Progress(0, 1, "writing"))
    return write(content, target)[0].data


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


def make_hidden_report(reports: tuple[HiddenReport, ...], *, report: Report) -> bytes:
    """Print hidden-content reports as a PDF, one page a document."""
    from redactor.formats.writers import write
    from redactor.inspection.page import pages

    report(Progress(0, 1, "printing"))
    return write(pages(reports), "pdf")[0].data


def mark_up(order: MarkOrder, *, report: Report) -> bytes:
    """Mark what was withheld in an original, for the Commissioner."""
    from redactor.release import pack_file

    return pack_file.mark_up(order, report)


def bind_pack(order: PackOrder, *, report: Report) -> bytes:
    """Bind the pack for the Commissioner."""
    from redactor.release import pack_file

    report(Progress(0, 1, "binding the pack"))
    return pack_file.bind_pack(order)
