"""Put rewritten instructions in the place of those of a page, and take them back."""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.setting.shown import Stream
from redactor.formats.pdf.setting.writing import rewritten

_NAME = "Sf"


def put_in(document: Any, page: Any, stream: Stream, plan: Plan) -> str:
    """Write a page's instructions anew; forms that change are copied first.

    Returns:
        What ``taken_back`` needs.
    """
    before: str = document.xref_get_key(page.xref, "Contents")[1]
    data = rewritten(stream, plan, _forms(document, stream, plan))
    number = document.get_new_xref()
    document.update_object(number, "<<>>")
    document.update_stream(number, data, compress=False)
    document.xref_set_key(page.xref, "Contents", f"{number} 0 R")
    return before


def taken_back(document: Any, page: Any, before: str) -> None:
    """Undo ``put_in``: copies of forms are left, and nothing draws them."""
    document.xref_set_key(page.xref, "Contents", before)


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
