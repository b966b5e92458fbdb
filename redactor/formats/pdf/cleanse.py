"""Leave in a rebuilt PDF only the keys that painting a page needs, and nothing that carries text.

Whatever is not on the lists is dropped, known or not (ISO 32000-1, tables 29-31, 57, 89, 95,
111-126).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.marked import plain_marks


def _keys(names: str) -> frozenset[str]:
    return frozenset(names.split())


_STREAM = _keys("Length Filter DecodeParms")
_ALLOWED: dict[str, frozenset[str]] = {
    "Catalog": _keys("Type Pages"),
    "Pages": _keys("Type Parent Kids Count Resources MediaBox CropBox Rotate"),
    "Page": _keys("Type Parent Contents Resources MediaBox CropBox Rotate UserUnit Group"),
    "Form": _STREAM | _keys("Type Subtype FormType BBox Matrix Resources Group"),
    "Image": _STREAM
    | _keys(
        """Type Subtype Width Height ColorSpace BitsPerComponent ImageMask Mask Decode Interpolate
        SMask SMaskInData Matte"""
    ),
    "Font": _keys(
        """Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode
        DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs
        Resources"""
    ),
    "FontDescriptor": _keys(
        """Type FontName Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV
        StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 FontStretch FontWeight"""
    ),
    "ExtGState": _keys(
        """Type LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca
        AIS TK"""
    ),
    "Pattern": _STREAM
    | _keys(
        """Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix Shading
        ExtGState"""
    ),
    "OCG": _keys("Type"),
    "OCMD": _keys("Type"),
}
#: Keys of every other dictionary that painting may meet: functions, shadings, soft masks, groups,
#: colour spaces, filters' parameters, font programs, encodings, resource lists.
_OTHER = _STREAM | _keys(
    """Type Subtype S CS I K G BC TR FunctionType Domain Range Size BitsPerSample Order Encode
    Decode C0 C1 N Functions Bounds ShadingType ColorSpace Background BBox AntiAlias Coords Extend
    Function BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow Matrix WhitePoint
    BlackPoint Gamma Alternate Colorants Process Components Columns Colors Predictor EarlyChange
    Rows EndOfLine EncodedByteAlign EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform
    JBIG2Globals Length1 Length2 Length3 BaseEncoding Differences Registry Ordering Supplement
    CMapName WMode UseCMap HalftoneType HalftoneName Frequency Angle SpotFunction AccurateScreens
    Width Height Width2 Height2 Xsquare Ysquare TransferFunction Default Font XObject ExtGState
    Pattern Shading ProcSet"""
)
#: Lists of resources: their keys are names given by the producer, which the content refers to.
_RESOURCE_LISTS = _keys("Font XObject ExtGState ColorSpace Pattern Shading")
#: Lists that go by such names wherever they stand.
_NAMED_LISTS = _keys("CharProcs Colorants")
_MAX_DEPTH = 60


def cleanse(document: Any) -> None:
    """Drop every key that is not needed to paint, and every word in marks of the content."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    objects = {
        number: mupdf.pdf_load_object(pdf, number) for number in range(1, document.xref_length())
    }
    lists: set[int] = set()
    for found in objects.values():
        _find_lists(found, lists, 0)
    for number, found in objects.items():
        _cleanse(found, 0, is_list=number in lists)
    for number in _content_streams(document):
        _plain_content(document, number)


def _find_lists(found: Any, lists: set[int], depth: int) -> None:
    """Note which objects are lists of resources, because another object refers to them as such."""
    if depth > _MAX_DEPTH or (depth and mupdf.pdf_is_indirect(found)):
        return
    if mupdf.pdf_is_array(found):
        for index in range(mupdf.pdf_array_len(found)):
            _find_lists(mupdf.pdf_array_get(found, index), lists, depth + 1)
    for name in _names(found):
        value = mupdf.pdf_dict_gets(found, name)
        if mupdf.pdf_is_indirect(value) and _is_list(name, found):
            lists.add(mupdf.pdf_to_num(value))
        else:
            _find_lists(value, lists, depth + 1)


def _cleanse(found: Any, depth: int, *, is_list: bool) -> None:
    """Clean one object and what stands directly in it; what it refers to is met by its number."""
    if depth > _MAX_DEPTH or (depth and mupdf.pdf_is_indirect(found)):
        return
    if mupdf.pdf_is_array(found):
        for index in range(mupdf.pdf_array_len(found)):
            _cleanse(mupdf.pdf_array_get(found, index), depth + 1, is_list=False)
        return
    names = _names(found)
    allowed = None if is_list else _allowed(found, names)
    for name in names:
        value = mupdf.pdf_dict_gets(found, name)
        if allowed is None:
            _cleanse(value, depth + 1, is_list=False)
        elif name == "Properties":
            _empty_properties(value)
        elif name not in allowed:
            mupdf.pdf_dict_dels(found, name)
        else:
            _cleanse(value, depth + 1, is_list=_is_list(name, found))


def _names(found: Any) -> list[str]:
    """Give the keys of a dictionary or stream; none for anything else."""
    return [
        mupdf.pdf_to_name(mupdf.pdf_dict_get_key(found, index))
        for index in range(mupdf.pdf_dict_len(found))
    ]


def _is_list(name: str, owner: Any) -> bool:
    """Say whether a key of a dictionary leads to a list whose keys are names of the producer's."""
    if name in _NAMED_LISTS:
        return True
    if name not in _RESOURCE_LISTS:
        return False
    own = {"Type", "PatternType", "ShadingType", "Subtype"}
    return not own.intersection(_names(owner))


def _allowed(found: Any, names: list[str]) -> frozenset[str]:
    kind = mupdf.pdf_to_name(mupdf.pdf_dict_gets(found, "Type"))
    subtype = mupdf.pdf_to_name(mupdf.pdf_dict_gets(found, "Subtype"))
    if subtype in {"Form", "Image"}:
        return _ALLOWED[subtype]
    if kind in _ALLOWED:
        return _ALLOWED[kind]
    return _allowed_untyped(set(names))


def _allowed_untyped(names: set[str]) -> frozenset[str]:
    """Give the list for a dictionary that does not say what it is."""
    if "PatternType" in names:
        return _ALLOWED["Pattern"]
    if names & {"FontDescriptor", "BaseFont", "CharProcs"}:
        return _ALLOWED["Font"]
    if "FontName" in names:
        return _ALLOWED["FontDescriptor"]
    return _ALLOWED["ExtGState"] | _OTHER


def _empty_properties(lists: Any) -> None:
    """Leave in the named property lists nothing but the number of a mark.

    Their names stay, because the content refers to them.
    """
    for index in range(mupdf.pdf_dict_len(lists)):
        properties = mupdf.pdf_dict_get_val(lists, index)
        for name in _names(properties):
            if name != "MCID" or not mupdf.pdf_is_int(mupdf.pdf_dict_gets(properties, name)):
                mupdf.pdf_dict_dels(properties, name)


def _plain_content(document: Any, number: int) -> None:
    content = document.xref_stream(number) or b""
    cleaned = plain_marks(content)
    if cleaned != content:
        document.update_stream(number, cleaned, compress=False)  # packed when it is written


def _content_streams(document: Any) -> Iterator[int]:
    seen: set[int] = set()
    for page in range(document.page_count):
        seen.update(document[page].get_contents())
    yield from sorted(seen)
    for number in range(1, document.xref_length()):
        if number in seen or not document.xref_is_stream(number):
            continue
        if (
            document.xref_get_key(number, "Subtype")[1] == "/Form"
            or document.xref_get_key(number, "PatternType")[1] == "1"
        ):
            yield number
