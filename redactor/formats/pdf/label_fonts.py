"""The font that this program prints its own words in, on pages of others."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

#: Their names among the resources of a page: of the labels on boxes, and of what is in the margins.
LABEL_FONT = "Lb0"
STAMP_FONT = "St0"


def helvetica(document: Any) -> int:
    """Add Helvetica to a document, which every reader has; give its object number."""
    number: int = document.get_new_xref()
    document.update_object(
        number, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    )
    return number


def add_font(document: Any, page: Any, name: str, number: int) -> None:
    """Put a font among the resources of a page."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    resources = mupdf.pdf_dict_gets_inheritable(entry, "Resources")
    if not mupdf.pdf_is_dict(resources):
        resources = mupdf.pdf_new_dict(pdf, 2)
        mupdf.pdf_dict_puts(entry, "Resources", resources)
    fonts = mupdf.pdf_dict_gets(resources, "Font")
    if not mupdf.pdf_is_dict(fonts):
        fonts = mupdf.pdf_new_dict(pdf, 2)
        mupdf.pdf_dict_puts(resources, "Font", fonts)
    mupdf.pdf_dict_puts(fonts, name, mupdf.pdf_new_indirect(pdf, number, 0))
