"""Find drawings that a page keeps among its resources and never paints."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.hidden.model import Hidden
from redactor.model import HiddenKind

#: A name before the operator that paints it (ISO 32000-1, 8.8).
_PAINTED = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")


def unpainted(document: Any, words: Callable[[int], str]) -> list[Hidden]:
    """List the forms that no page paints, page by page.

    Args:
        document: as it was opened.
        words: gives the words of a form by its number.
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    painted: set[int] = set()
    spare: dict[int, int] = {}
    for number in range(document.page_count):
        listed = _forms(pdf, number)
        if not listed:
            continue
        names = set(_PAINTED.findall(document.load_page(number).read_contents()))
        for name, xref in listed.items():
            if name in names or b"#" in name:  # an escaped name may be written otherwise
                painted.add(xref)
            else:
                spare.setdefault(xref, number)
    return [
        Hidden(HiddenKind.HIDDEN_TEXT, f"drawings that are not shown, page {page + 1}", words(xref))
        for xref, page in spare.items()
        if xref not in painted
    ]


def _forms(pdf: Any, number: int) -> dict[bytes, int]:
    """Give the forms among the resources of a page, by their names."""
    resources = mupdf.pdf_dict_gets_inheritable(mupdf.pdf_lookup_page_obj(pdf, number), "Resources")
    listed = mupdf.pdf_dict_gets(resources, "XObject")
    forms = {}
    for index in range(mupdf.pdf_dict_len(listed)):
        value = mupdf.pdf_dict_get_val(listed, index)
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(value, "Subtype")) == "Form":
            name = mupdf.pdf_to_name(mupdf.pdf_dict_get_key(listed, index))
            forms[name.encode("utf-8", "replace")] = int(mupdf.pdf_to_num(value))
    return forms
