"""Give spot colours neutral names: painting needs that they differ, not what they are called.

ISO 32000-1, 8.6.6.4 (Separation) and 8.6.6.5 (DeviceN): what is painted where the ink is not there
comes from the alternate space. The attributes of a DeviceN space only help to print.
"""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf

#: Names that mean something to a reader or to a press.
_STANDARD = frozenset({"All", "None", "Cyan", "Magenta", "Yellow", "Black"})
_MAX_DEPTH = 20


def neutral_colour_names(document: Any) -> None:
    """Number every spot colour of a document that has a name of its own."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    names: dict[str, str] = {}
    for number in range(1, document.xref_length()):
        _rename(mupdf.pdf_load_object(pdf, number), names, 0)


def _rename(found: Any, names: dict[str, str], depth: int) -> None:
    if depth > _MAX_DEPTH or (depth and mupdf.pdf_is_indirect(found)):
        return
    if mupdf.pdf_is_array(found):
        _rename_space(found, names)
        for index in range(mupdf.pdf_array_len(found)):
            _rename(mupdf.pdf_array_get(found, index), names, depth + 1)
    elif mupdf.pdf_is_dict(found):
        for index in range(mupdf.pdf_dict_len(found)):
            _rename(mupdf.pdf_dict_get_val(found, index), names, depth + 1)


def _rename_space(space: Any, names: dict[str, str]) -> None:
    first = mupdf.pdf_array_get(space, 0)
    kind = mupdf.pdf_to_name(first) if mupdf.pdf_is_name(first) else ""
    if kind == "Separation":
        _rename_at(space, 1, names)
    elif kind == "DeviceN":
        inks = mupdf.pdf_array_get(space, 1)
        for index in range(mupdf.pdf_array_len(inks)):
            _rename_at(inks, index, names)
        while mupdf.pdf_array_len(space) > 4:
            mupdf.pdf_array_delete(space, 4)


def _rename_at(owner: Any, index: int, names: dict[str, str]) -> None:
    entry = mupdf.pdf_array_get(owner, index)
    name = mupdf.pdf_to_name(entry) if mupdf.pdf_is_name(entry) else ""
    if name and name not in _STANDARD:
        neutral = names.setdefault(name, f"S{len(names) + 1}")
        mupdf.pdf_array_put(owner, index, mupdf.pdf_new_name(neutral))
