"""Files with a term planted where a careless release leaves it. Everybody is invented."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pikepdf

from redactor.matching import make_term
from redactor.release.verify import VerificationReport, Withheld, verify_file

NAME = "Zephyrine Quibbleton"


def withheld(*texts: str, allowed: dict[int, int] | None = None) -> Withheld:
    terms = [make_term(text, number) for number, text in enumerate(texts, 1)]
    return Withheld(tuple(term for term in terms if term is not None), allowed or {})


def verified(
    name: str, data: bytes, *texts: str, strict: bool = False, allowed: dict[int, int] | None = None
) -> VerificationReport:
    return verify_file(name, data, withheld(*(texts or (NAME,)), allowed=allowed), strict=strict)


def places(report: VerificationReport) -> set[str]:
    return {leak.where for leak in report.leaks}


def failed(report: VerificationReport) -> set[str]:
    return {check.name for check in report.checks if not check.ok}


# --- PDF ---------------------------------------------------------------------------------------


def helvetica(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )  # fmt: skip


def pdf_with(*contents: bytes, font: bool = True) -> pikepdf.Pdf:
    """Make a PDF with a page for each content stream."""
    pdf = pikepdf.new()
    shared = helvetica(pdf) if font else None
    for content in contents or (b"BT /F1 12 Tf 72 720 Td (Nothing to see here.) Tj ET",):
        page = pdf.add_blank_page(page_size=(595, 842))
        if shared is not None:
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=shared))
        page.obj.Contents = pdf.make_stream(content)
    return pdf


def pdf_bytes(pdf: pikepdf.Pdf, **options: object) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **options)  # type: ignore[arg-type]
    return written.getvalue()


def clean_pdf() -> bytes:
    pdf = pdf_with()
    return pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


# --- packages ----------------------------------------------------------------------------------


def workbook_bytes(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def document_bytes(document: object) -> bytes:
    written = io.BytesIO()
    document.save(written)  # type: ignore[attr-defined]
    return written.getvalue()


def clean_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Allegation"
    book.active["A2"] = 3
    return workbook_bytes(book)


def clean_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("Nothing to see here.")
    return document_bytes(document)


def with_parts(package: bytes, added: dict[str, bytes], comment: bytes = b"") -> bytes:
    """Copy a package and add or replace members."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            if member.filename not in added:
                new.writestr(member, old.read(member))
        for name, data in added.items():
            new.writestr(name, data)
        new.comment = comment
    return written.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)
