"""Put rewritten instructions in the place of those of a page, and take them back."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.setting.shown import Stream
from redactor.formats.pdf.setting.writing import rewritten

_NAME = "Sf"


def put_in(document: Any, page: Any, stream: Stream, plan: Plan) -> Any:
    """Write a page's instructions anew; forms that change are copied first.

    Returns:
        The contents as they were, for ``taken_back``.
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    before = mupdf.pdf_dict_gets(entry, "Contents")
    data = rewritten(stream, plan, _forms(document, stream, plan))
    written = mupdf.fz_new_buffer_from_copied_data(data)
    contents = mupdf.pdf_add_stream(pdf, written, mupdf.PdfObj(), 0)
    mupdf.pdf_dict_puts(entry, "Contents", contents)
    return before


def taken_back(page: Any, before: Any) -> None:
    """Undo ``put_in``: copies of forms are left, and nothing draws them."""
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    mupdf.pdf_dict_puts(entry, "Contents", before)


def _forms(document: Any, stream: Stream, plan: Plan) -> dict[int, bytes]:
    """Copy the forms of a stream that change; give their new names."""
    names: dict[int, bytes] = {}
    for index, form in stream.forms.items():
        inner = _forms(document, form, plan)
        if not inner and not _changes(form, plan):
            continue
        names[index] = _copied(document, stream, form, rewritten(form, plan, inner))
    return names


def _changes(form: Stream, plan: Plan) -> bool:
    """Say whether text of a form moves, or it holds spacing that tells what was removed."""
    return any(id(one) in plan.starts or one.has_spacing_only for one in form.shows.values())


def _copied(document: Any, stream: Stream, form: Stream, data: bytes) -> bytes:
    """Put a copy of a form among the resources of what draws it; give its name."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    copy = mupdf.pdf_add_object(pdf, mupdf.pdf_copy_dict(form.entry))
    number = mupdf.pdf_to_num(copy)
    document.update_stream(number, data, new=True, compress=False)
    group = mupdf.pdf_dict_gets(stream.resources, "XObject")
    name = f"{_NAME}{number}"
    mupdf.pdf_dict_puts(group, name, mupdf.pdf_new_indirect(pdf, number, 0))
    return b"/" + name.encode("ascii")
