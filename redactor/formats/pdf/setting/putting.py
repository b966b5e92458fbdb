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


def keep_used(page: Any, stream: Stream) -> None:
    """Give a page resources of its own, with nothing that its instructions do not call for.

    A font with no letters but those of a name would tell them.

    Args:
        page: it draws no forms.
        stream: its instructions, as they are now.
    """
    pdf = mupdf.pdf_document_from_fz_document(page.parent.this)
    used = _names_used(stream)
    resources = mupdf.pdf_new_dict(pdf, 4)
    for index in range(mupdf.pdf_dict_len(stream.resources)):
        kind = mupdf.pdf_to_name(mupdf.pdf_dict_get_key(stream.resources, index))
        listed = mupdf.pdf_dict_get_val(stream.resources, index)
        kept = mupdf.pdf_new_dict(pdf, 4)
        for at in range(mupdf.pdf_dict_len(listed)):
            name = mupdf.pdf_to_name(mupdf.pdf_dict_get_key(listed, at))
            if (kind == "Font", name) in used:
                mupdf.pdf_dict_puts(kept, name, mupdf.pdf_dict_get_val(listed, at))
        if mupdf.pdf_dict_len(kept):
            mupdf.pdf_dict_puts(resources, kind, kept)
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    mupdf.pdf_dict_puts(entry, "Resources", resources)


def _names_used(stream: Stream) -> set[tuple[bool, str]]:
    """Give the names by which instructions call for resources, and whether for a font."""
    fonts = {(True, show.state.font_name) for show in stream.shows.values() if show.pieces}
    others = {
        (False, name)
        for operation in stream.operations
        if operation.operator != b"Tf"
        for name in operation.operands
        if name[:1] == b"/"
    }
    return {(is_font, name[1:].decode("ascii")) for is_font, name in fonts | others}


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
