"""Find what a PDF holds beside its pages: everything here is listed, searched, and never released.

The search goes over every object of the file, whether or not anything points to it, so that an
orphan left by an earlier edit is found as well. Kinds follow ISO 32000-1.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pymupdf import mupdf

from redactor.model import HiddenKind, LeftOut, PartPlace, Segment

#: Strings that mean nothing to a reader: identifiers, dates of marks, appearance code, checksums.
_TECHNICAL = frozenset(
    {"ID", "NM", "DA", "DS", "M", "Lang", "CheckSum", "Cert", "ByteRange", "Registry", "Ordering"}
    | {"CharSet", "Panose", "Lookup", "O", "U", "OE", "UE", "Perms", "FontFamily", "Style"}
)
_TECHNICAL_TYPES = frozenset(
    {"/Font", "/FontDescriptor", "/Encoding", "/Halftone", "/XRef", "/ObjStm", "/OutputIntent"}
    | {"/ExtGState"}
)
_ALTERNATIVES = frozenset({"ActualText", "Alt", "E"})
_FIELD_KEYS = frozenset({"FT", "TU", "TM", "DV", "RV", "Opt", "MK", "XFA"})
_HOLDS_STRING = re.compile(r"[(]|<[0-9A-Fa-f]")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"""\s(?!xmlns)[\w:.-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"(\d+) 0 R")
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Hidden:
    """One hidden thing: its kind, the part it is listed under, and its text, if it has any."""

    kind: HiddenKind
    part: str
    text: str = field(default="", repr=False)


def find_hidden(document: Any) -> list[Hidden]:
    """List everything hidden in an opened document, before it is prepared."""
    found = [*_properties(document), *_revisions(document)]
    search = _Search(document)
    for number in range(1, document.xref_length()):
        found.extend(search.object(number))
    return found


def as_segments(hidden: list[Hidden]) -> list[Segment]:
    """Give the hidden texts as segments, numbered within their part."""
    counts: Counter[str] = Counter()
    segments = []
    for one in hidden:
        if one.text:
            place = PartPlace(one.part, counts[one.part])
            counts[one.part] += 1
            segments.append(Segment(place, one.text, one.kind, one.part))
    return segments


def as_left_out(hidden: list[Hidden]) -> tuple[LeftOut, ...]:
    """Give the list of what a release does not carry."""
    counts = Counter((str(one.kind), one.part) for one in hidden)
    return tuple(LeftOut(kind, part, count) for (kind, part), count in counts.items())


def _properties(document: Any) -> Iterator[Hidden]:
    information = document.xref_get_key(-1, "Info")
    if information[0] == "dict":  # an indirect one is met among the objects
        trailer = mupdf.pdf_trailer(mupdf.pdf_document_from_fz_document(document.this))
        entries = mupdf.pdf_dict_gets(trailer, "Info")
        for _, value in _entries(entries):
            text = _text_of(value)
            if text:
                yield Hidden(HiddenKind.METADATA, "properties", text)


def _revisions(document: Any) -> Iterator[Hidden]:
    earlier = document.version_count - 1
    if earlier > 0:
        text = f"The file still holds {earlier} earlier version{'s' if earlier > 1 else ''} of it."
        yield Hidden(HiddenKind.OLD_REVISION, "earlier-versions", text)


class _Search:
    """Goes through the objects of one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._pdf = mupdf.pdf_document_from_fz_document(document.this)
        self._page_of = _pages_of_annotations(document)
        information = document.xref_get_key(-1, "Info")
        self._information = int(information[1].split()[0]) if information[0] == "xref" else 0

    def object(self, number: int) -> Iterator[Hidden]:
        """Give what is hidden in one object."""
        try:
            written = self._document.xref_object(number, compressed=True)
        except (RuntimeError, ValueError, mupdf.FzErrorBase):
            return  # a broken entry: nothing can be read from it, and nothing of it is carried
        yield from self._by_nature(number, written)
        if _HOLDS_STRING.search(written):
            found = mupdf.pdf_load_object(self._pdf, number)
            yield from self._strings(found, "", number, 0)

    def _by_nature(self, number: int, written: str) -> Iterator[Hidden]:
        """List what counts even without a string of its own."""
        stream = self._document.xref_is_stream(number)
        if stream and "/Type/Metadata" in written:
            yield Hidden(HiddenKind.METADATA, "xmp", self._stream_text(number, markup=True))
        elif stream and "/EmbeddedFile" in written:
            yield Hidden(HiddenKind.EMBEDDED_FILE, "attachments")
        if "/Thumb " in written:
            yield Hidden(HiddenKind.THUMBNAIL, "thumbnails")
        if "/PieceInfo" in written:
            yield Hidden(HiddenKind.METADATA, "private-data")
        if "/Subtype/Redact" in written:
            text = "A redaction mark that was never applied: the text under it is still there."
            yield Hidden(HiddenKind.ANNOTATION, self._annotation_part(number), text)
        elif number in self._page_of and not re.search(r"/Subtype/(Link|Widget|Popup)\b", written):
            yield Hidden(HiddenKind.ANNOTATION, self._annotation_part(number))
        yield from self._streams_named(written)

    def _streams_named(self, written: str) -> Iterator[Hidden]:
        """List text that is kept in a stream beside its owner: scripts, rich text, XFA forms."""
        for key, kind in (("JS", HiddenKind.JAVASCRIPT), ("RV", HiddenKind.FORM_FIELD)):
            for reference in re.findall(rf"/{key} (\d+) 0 R", written):
                text = self._stream_text(int(reference), markup=key == "RV")
                yield Hidden(kind, kind.value, text)
        form = re.search(r"/XFA ?(\[[^]]*\]|\d+ 0 R)", written)
        for reference in _REFERENCE.findall(form[1]) if form else ():
            text = self._stream_text(int(reference), markup=True)
            yield Hidden(HiddenKind.FORM_FIELD, "xfa-form", text)

    def _annotation_part(self, number: int) -> str:
        page = self._page_of.get(number)
        return "annotation" if page is None else f"annotation:page {page + 1}"

    def _stream_text(self, number: int, *, markup: bool) -> str:
        if not self._document.xref_is_stream(number):
            return ""
        data = self._document.xref_stream(number) or b""
        if data[:2] in {b"\xfe\xff", b"\xff\xfe"}:
            text = data.decode("utf-16", "replace")
        else:
            text = data.decode("utf-8", "replace")
        return without_markup(text) if markup else _tidy(text)

    def _strings(self, found: Any, key: str, number: int, depth: int) -> Iterator[Hidden]:
        """Walk through an object; what it refers to is met at its own number."""
        if depth > _MAX_DEPTH or (depth and mupdf.pdf_is_indirect(found)):
            return
        if mupdf.pdf_is_dict(found):
            owner = dict(_entries(found))
            if _name(owner.get("Type")) in _TECHNICAL_TYPES:
                return
            for name, value in owner.items():
                if mupdf.pdf_is_string(value):
                    yield from self._string(name, value, owner, number)
                else:
                    yield from self._strings(value, name, number, depth + 1)
        elif mupdf.pdf_is_array(found) and key not in {"ColorSpace", "ID", "CS"}:
            items = [mupdf.pdf_array_get(found, i) for i in range(mupdf.pdf_array_len(found))]
            if items and _name(items[0]) in {"/Indexed", "/I", "/Separation", "/DeviceN"}:
                return
            for item in items:
                if mupdf.pdf_is_string(item):
                    yield from self._string(key, item, {}, number)
                else:
                    yield from self._strings(item, key, number, depth + 1)

    def _string(self, key: str, value: Any, owner: dict[str, Any], number: int) -> Iterator[Hidden]:
        if key in _TECHNICAL:
            return
        text = _text_of(value)
        if key in {"RC", "RV"}:
            text = without_markup(text)
        if text:
            yield self._classified(key, text, owner, number)

    def _classified(self, key: str, text: str, owner: dict[str, Any], number: int) -> Hidden:
        kind, part = self._kind(key, owner, number)
        return Hidden(kind, part, text)

    def _kind(self, key: str, owner: dict[str, Any], number: int) -> tuple[HiddenKind, str]:  # noqa: C901, PLR0911 - one line for each kind reads best in order
        kind, subtype = _name(owner.get("Type")), _name(owner.get("Subtype"))
        if number == self._information:
            return HiddenKind.METADATA, "properties"
        if key == "JS":
            return HiddenKind.JAVASCRIPT, "javascript"
        if key in _ALTERNATIVES or kind == "/StructElem":
            return HiddenKind.STRUCTURE, "structure"
        if kind in {"/OCG", "/OCMD"}:
            return HiddenKind.HIDDEN_LAYER, "layers"
        if kind in {"/Filespec", "/F", "/EmbeddedFile"} or "EF" in owner or key in {"UF", "Desc"}:
            return HiddenKind.EMBEDDED_FILE, "attachments"
        if kind in {"/Sig", "/DocTimeStamp"} or "ByteRange" in owner:
            return HiddenKind.SIGNATURE, "signatures"
        if key == "URI" or _name(owner.get("S")) in {"/Launch", "/GoToR", "/URI"}:
            return HiddenKind.LINK, "links"
        if subtype == "/Widget" or owner.keys() & _FIELD_KEYS or key in _FIELD_KEYS:
            return HiddenKind.FORM_FIELD, "form-fields"
        if number in self._page_of or kind == "/Annot" or "Rect" in owner:
            return HiddenKind.ANNOTATION, self._annotation_part(number)
        if key == "V" or (key == "T" and owner.keys() & {"Kids", "Parent"}):
            return HiddenKind.FORM_FIELD, "form-fields"
        if key == "Title" and owner.keys() & {"Parent", "Dest", "A", "First", "Next", "Prev"}:
            return HiddenKind.BOOKMARK, "bookmarks"
        return HiddenKind.OTHER, "other"


def _pages_of_annotations(document: Any) -> dict[int, int]:
    """Give the page of each annotation object."""
    pages: dict[int, int] = {}
    for page in range(document.page_count):
        kind, value = document.xref_get_key(document.page_xref(page), "Annots")
        if kind == "xref":
            value = document.xref_object(int(value.split()[0]), compressed=True)
        for reference in _REFERENCE.findall(value):
            pages.setdefault(int(reference), page)
    return pages


def _entries(dictionary: Any) -> Iterator[tuple[str, Any]]:
    for index in range(mupdf.pdf_dict_len(dictionary)):
        name = mupdf.pdf_to_name(mupdf.pdf_dict_get_key(dictionary, index))
        yield name, mupdf.pdf_dict_get_val(dictionary, index)


def _name(value: Any) -> str:
    if value is None or mupdf.pdf_is_indirect(value) or not mupdf.pdf_is_name(value):
        return ""
    return "/" + str(mupdf.pdf_to_name(value))


def _text_of(value: Any) -> str:
    """Give a string object's text; nothing where it is binary."""
    text = _tidy(mupdf.pdf_to_text_string(value))
    if not any(character.isalnum() for character in text):
        return ""
    strange = sum(1 for one in text if not one.isprintable() and not one.isspace())
    return "" if strange * 5 > len(text) else text


def _tidy(text: str) -> str:
    without = re.sub(
        "[\x00\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return unicodedata.normalize("NFC", without).strip()


def without_markup(text: str) -> str:
    """Give what stands between the tags and in the attributes of marked-up text, line by line."""
    attributes = [one or other for one, other in _ATTRIBUTE.findall(text)]
    lines = [*_TAG.sub("\n", text).split("\n"), *attributes]
    return _tidy("\n".join(line.strip() for line in lines if line.strip()))
