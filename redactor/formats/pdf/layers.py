"""Take hidden layers out of a PDF, so that what is left is what a reader sees when it opens.

Optional content that is off is no part of the page: it is listed as hidden, and never released. The
settings then go, because nothing is left for them to switch. Every page that was changed is held
against the library's own showing of it with those layers off; where the two differ, and where the
content is too tangled to be taken apart, the page becomes a picture of what is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.layer_content import Filtered, names_in, without_hidden
from redactor.formats.pdf.layer_states import LayerStates
from redactor.formats.pdf.likeness import are_alike, pixels_of
from redactor.formats.pdf.painted import glyphs
from redactor.formats.pdf.raster import picture_of, replace_by_picture
from redactor.formats.pdf.stext import text_page

#: Lists of resources, of which those that are no longer used go.
_LISTS = ("XObject", "Font", "Pattern", "Shading", "ExtGState", "ColorSpace", "Properties")
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of the pages.

    Attributes:
        changed: pages that lost something, from 0.
        pictures: those of them that became pictures.
    """

    changed: frozenset[int]
    pictures: frozenset[int]


def has_layers(document: Any) -> bool:
    """Say whether a document has settings of layers."""
    kind, _ = document.xref_get_key(document.pdf_catalog(), "OCProperties")
    return kind in {"dict", "xref"}


def drop_hidden_annotations(document: Any) -> None:
    """Take annotations and form fields in layers that are off from their pages.

    Turning form fields into page content would show them: what is baked forgets its layer.
    """
    states = LayerStates(document)
    for number in range(document.page_count if states.off else 0):
        listed = mupdf.pdf_dict_gets(_page_object(document, number), "Annots")
        for index in reversed(range(mupdf.pdf_array_len(listed))):
            annotation = mupdf.pdf_array_get(listed, index)
            if states.is_off(mupdf.pdf_dict_gets(annotation, "OC")):
                mupdf.pdf_array_delete(listed, index)


def drop_hidden_layers(document: Any) -> Dropped:
    """Take the content of layers that are off out of a document, and all settings of layers.

    Args:
        document: an opened PDF without form fields; it is changed.
    """
    states = LayerStates(document)
    if not states.off:
        forget_layers(document)
        return Dropped(frozenset(), frozenset())
    shown = as_shown(document, states)
    dropping = _Dropping(document, states)
    dropping.drop()
    forget_layers(document)
    pictures = {
        number
        for number in dropping.changed
        if number in dropping.unsafe or not _look_alike(document, shown, number)
    }
    for number in sorted(pictures):
        page = shown.load_page(number)
        size = (page.rect.width, page.rect.height)
        replace_by_picture(document, number, picture_of(page), size)
    return Dropped(frozenset(dropping.changed), frozenset(pictures))


# --- the document as it opens --------------------------------------------------------------------


def as_shown(document: Any, states: LayerStates) -> Any:
    """Give a copy in which the library itself leaves out what is off, by plain settings."""
    copy = pymupdf.open("pdf", document.tobytes(garbage=0))
    for number in states.groups:
        copy.xref_set_key(number, "Usage", "null")
        copy.xref_set_key(number, "Intent", "null")
    every, off = (
        " ".join(f"{number} 0 R" for number in sorted(numbers))
        for numbers in (states.groups, states.off)
    )
    copy.xref_set_key(
        copy.pdf_catalog(), "OCProperties", f"<</OCGs[{every}]/D<</BaseState/ON/OFF[{off}]>>>>"
    )
    return pymupdf.open("pdf", copy.tobytes(garbage=0))


def forget_layers(document: Any) -> None:
    """Take the settings and the names of all layers away."""
    document.xref_set_key(document.pdf_catalog(), "OCProperties", "null")
    for number in range(1, document.xref_length()):
        kind = document.xref_get_key(number, "Type")
        if kind == ("name", "/OCG"):
            document.update_object(number, "<</Type/OCG/Name()>>")
        elif kind == ("name", "/OCMD"):
            document.update_object(number, "<</Type/OCMD>>")


def _look_alike(document: Any, shown: Any, number: int) -> bool:
    """Say whether a page shows the same in both documents: every glyph, and every pixel."""
    pages = [one.load_page(number) for one in (document, shown)]
    texts = [
        Counter((one["c"], _rounded(one["origin"])) for one, *_ in glyphs(text_page(page)[0]))
        for page in pages
    ]
    if texts[0] != texts[1]:
        return False
    first, second = (pixels_of(page) for page in pages)
    return are_alike(first, second)


def _rounded(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


# --- dropping ------------------------------------------------------------------------------------


class _Dropping:
    """Goes through the drawing instructions of one document."""

    def __init__(self, document: Any, states: LayerStates) -> None:
        self._document = document
        self._pdf = mupdf.pdf_document_from_fz_document(document.this)
        self._states = states
        #: Forms and patterns that lost something, and whether what is left of each is certain.
        self._forms: dict[int, bool] = {}
        self.changed: set[int] = set()
        self.unsafe: set[int] = set()

    def drop(self) -> None:
        """Take what is hidden from every form, pattern, drawn letter and page."""
        for number in range(1, self._document.xref_length()):
            if mupdf.pdf_obj_num_is_stream(self._pdf, number):
                self._drop_from_form(number)
        for number in range(self._document.page_count):
            self._drop_from_page(number)

    def _drop_from_form(self, number: int) -> None:
        entries = mupdf.pdf_load_object(self._pdf, number)
        is_form = mupdf.pdf_to_name(mupdf.pdf_dict_gets(entries, "Subtype")) == "Form"
        if not is_form and mupdf.pdf_to_int(mupdf.pdf_dict_gets(entries, "PatternType")) != 1:
            return
        resources = mupdf.pdf_dict_gets(entries, "Resources")
        data = self._document.xref_stream(number) or b""
        if not mupdf.pdf_is_dict(resources):
            if b"BDC" in data:
                self._forms[number] = False
            return
        filtered = self._filtered(data, resources)
        if filtered.is_changed:
            self._document.update_stream(number, filtered.data)
            self._forms[number] = filtered.is_safe
            entries = mupdf.pdf_load_object(self._pdf, number)
            mupdf.pdf_dict_puts(entries, "Resources", self._restricted(resources, filtered.names))

    def _drop_from_page(self, number: int) -> None:
        page = _page_object(self._document, number)
        resources = mupdf.pdf_dict_get_inheritable(page, mupdf.PDF_ENUM_NAME_Resources)
        used = [self._forms[form] for form in self._forms_under(resources)]
        if used:
            self.changed.add(number)
        if not all(used):
            self.unsafe.add(number)
        filtered = self._filtered(self._document.load_page(number).read_contents(), resources)
        if not filtered.is_changed:
            return
        self.changed.add(number)
        if not filtered.is_safe:
            self.unsafe.add(number)
        stream = self._document.get_new_xref()
        self._document.update_object(stream, "<<>>")
        self._document.update_stream(stream, filtered.data)
        self._document.xref_set_key(mupdf.pdf_to_num(page), "Contents", f"{stream} 0 R")
        page = _page_object(self._document, number)
        mupdf.pdf_dict_puts(page, "Resources", self._restricted(resources, filtered.names))

    def _filtered(self, data: bytes, resources: Any) -> Filtered:
        lists = [mupdf.pdf_dict_gets(resources, name) for name in ("Properties", "XObject")]
        off_properties = {name for name, entry in _entries(lists[0]) if self._states.is_off(entry)}
        off_objects = {
            name
            for name, entry in _entries(lists[1])
            if self._states.is_off(mupdf.pdf_dict_gets(entry, "OC"))
        }
        if not off_properties and not off_objects:
            return Filtered(data, is_changed=False, is_safe=True, names=frozenset())
        return without_hidden(data, off_properties.__contains__, off_objects.__contains__)

    def _restricted(self, resources: Any, used: frozenset[bytes]) -> Any:
        """Copy a list of resources without those that are no longer used."""
        names = used | self._names_in_bare_forms(resources, used)
        copy = mupdf.pdf_copy_dict(resources)
        for key in _LISTS:
            listed = mupdf.pdf_dict_gets(resources, key)
            if not mupdf.pdf_is_dict(listed):
                continue
            kept = mupdf.pdf_new_dict(self._pdf, 1)
            for name, entry in _entries(listed):
                if name in names:
                    mupdf.pdf_dict_puts(kept, name.decode("utf-8", "replace"), entry)
            mupdf.pdf_dict_puts(copy, key, kept)
        return copy

    def _names_in_bare_forms(self, resources: Any, used: frozenset[bytes]) -> frozenset[bytes]:
        """Give the names used by forms that have no resources of their own."""
        names: set[bytes] = set()
        for name, entry in _entries(mupdf.pdf_dict_gets(resources, "XObject")):
            is_form = mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "Subtype")) == "Form"
            is_bare = not mupdf.pdf_is_dict(mupdf.pdf_dict_gets(entry, "Resources"))
            if name in used and is_form and is_bare:
                names |= names_in(self._document.xref_stream(mupdf.pdf_to_num(entry)) or b"")
        return frozenset(names)

    def _forms_under(self, resources: Any) -> set[int]:
        """Give the changed forms and patterns that a list of resources leads to."""
        found: set[int] = set()
        seen: set[int] = set()
        waiting = [(resources, 0)]
        while waiting:
            owner, depth = waiting.pop()
            for key in ("XObject", "Pattern") if depth < _MAX_DEPTH else ():
                for _, entry in _entries(mupdf.pdf_dict_gets(owner, key)):
                    number = mupdf.pdf_to_num(entry)
                    if number not in seen:
                        seen.add(number)
                        waiting.append((mupdf.pdf_dict_gets(entry, "Resources"), depth + 1))
                        found |= {number} & self._forms.keys()
        return found


def _page_object(document: Any, number: int) -> Any:
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    return mupdf.pdf_lookup_page_obj(pdf, number)


def _entries(dictionary: Any) -> Iterator[tuple[bytes, Any]]:
    for index in range(mupdf.pdf_dict_len(dictionary)):
        name: str = mupdf.pdf_to_name(mupdf.pdf_dict_get_key(dictionary, index))
        yield name.encode("utf-8", "replace"), mupdf.pdf_dict_get_val(dictionary, index)
