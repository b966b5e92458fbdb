"""Take out of pictures what is not seen: camera data, previews, comments, data behind the end.

JPEG data is copied without the segments that carry such things (ITU-T T.81, annex B; Exif 2.3);
JPEG 2000 is painted and stored anew; plain samples are cut to the length the picture has.
"""

from __future__ import annotations

from typing import Any

import pymupdf
from pymupdf import mupdf

from redactor.formats.pdf.opening import inflate

DCT = frozenset({"DCTDecode", "DCT"})
_FLATE = frozenset({"FlateDecode", "Fl"})
_SAMPLES = frozenset({"FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode"})
_FAX = frozenset({"CCITTFaxDecode", "CCF", "JBIG2Decode"})
_COMPONENTS = {"DeviceGray": 1, "G": 1, "CalGray": 1, "DeviceRGB": 3, "RGB": 3, "CalRGB": 3}
_COMPONENTS |= {"Lab": 3, "DeviceCMYK": 4, "CMYK": 4, "Indexed": 1, "I": 1, "Separation": 1}

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
#: Adobe's segment says how colours are coded; without it they turn out wrong. It has 12 bytes
#: (Adobe Technical Note 5116).
_ADOBE, _ADOBE_LENGTH = 0xEE, 12
#: Segments from which a picture is made: frames, Huffman tables and arithmetic conditioning,
#: quantisation, restart intervals, scans (ITU-R T.81, table B.1).
_TABLES = frozenset({*range(0xC0, 0xD0), _SCAN, 0xDB, 0xDD} - {0xC8})


def clean_pictures(document: Any) -> None:
    """Clean every picture of a document that is about to be written."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    for number in range(1, document.xref_length()):
        if not mupdf.pdf_obj_num_is_stream(pdf, number):
            continue
        entries = mupdf.pdf_load_object(pdf, number)
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(entries, "Subtype")) == "Image":
            _clean(document, number, entries)


def _clean(document: Any, number: int, entries: Any) -> None:
    filters = names_of(mupdf.pdf_dict_gets(entries, "Filter"))
    if filters and filters[-1] in DCT:
        data = _jpeg_data(document.xref_stream_raw(number), filters[:-1])
        cleaned = None if data is None else without_extras(data)
        if cleaned is None:
            _store_painted(document, number)
        elif cleaned != data or len(filters) > 1:
            document.update_stream(number, cleaned, compress=False)
            document.xref_set_key(number, "Filter", "/DCTDecode")
            document.xref_set_key(number, "DecodeParms", "null")
    elif "JPXDecode" in filters or _is_stretched(entries):
        _store_painted(document, number)
    elif filters and filters[-1] in _FAX:
        _store_as_fax(document, number, entries)
    elif set(filters) <= _SAMPLES:
        _cut_to_length(document, number, entries)


def _jpeg_data(data: bytes, packed: list[str]) -> bytes | None:
    """Unpack what a JPEG is packed into beside; None where that is something else."""
    for one in packed:
        unpacked = inflate(data) if one in _FLATE else None
        if unpacked is None:
            return None
        data = unpacked
    return data


def without_extras(data: bytes) -> bytes | None:
    """Give JPEG data without application segments, comments, and anything behind its end.

    Returns:
        The data; None where it is not the JPEG that it should be.
    """
    found = segments_of(data)
    if found is None:
        return None
    start, end = bytes((0xFF, _START)), bytes((0xFF, _END))
    return b"".join([start, *(_segment(marker, segment) for marker, segment in found), end])


def segments_of(data: bytes) -> list[tuple[int, bytes]] | None:
    """Give the segments of a JPEG between its start and its end, each with its marker.

    Returns:
        The segments, with marker and length, compressed data with that of their scan; None where
        it is not the JPEG that it should be.
    """
    if data[:2] != bytes((0xFF, _START)):
        return None
    found: list[tuple[int, bytes]] = []
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == _END:
            return found
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        if length < 2 or end > len(data):
            return None
        found.append((marker, data[at:end]))
        at = end
    return found if data[at : at + 2] == bytes((0xFF, _END)) else None


def _segment(marker: int, segment: bytes) -> bytes:
    """Give of a segment, with its marker and length, what a picture is made from."""
    if marker in _TABLES:
        return segment
    if marker == _ADOBE and segment[4:9] == b"Adobe" and len(segment) >= 4 + _ADOBE_LENGTH:
        size = (2 + _ADOBE_LENGTH).to_bytes(2, "big")
        return segment[:2] + size + segment[4 : 4 + _ADOBE_LENGTH]
    return b""


def _end_of_scan(data: bytes, at: int) -> int:
    """Give where the next marker after compressed data stands (FF 00 and restarts are data)."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _store_painted(document: Any, number: int) -> None:
    """Store a picture as the plain samples it is painted with."""
    picture = pymupdf.Pixmap(document, number)
    if picture.alpha:
        picture = pymupdf.Pixmap(picture, 0)
    if picture.colorspace is None or picture.n not in {1, 3}:
        picture = pymupdf.Pixmap(pymupdf.csRGB, picture)
    document.update_stream(number, bytes(picture.samples), compress=False)
    space = "/DeviceGray" if picture.n == 1 else "/DeviceRGB"
    values = {"Width": picture.width, "Height": picture.height, "BitsPerComponent": 8}
    for key, value in values.items():
        document.xref_set_key(number, key, str(value))
    document.xref_set_key(number, "ColorSpace", space)
    for key in ("Filter", "DecodeParms", "SMaskInData", "Decode"):
        document.xref_set_key(number, key, "null")


def _store_as_fax(document: Any, number: int, entries: Any) -> None:
    """Pack a picture of one bit anew: what follows its rows, or stands beside them, is not read."""
    width, height = (
        mupdf.pdf_to_int(mupdf.pdf_dict_gets(entries, key)) for key in ("Width", "Height")
    )
    stride = (width + 7) // 8
    rows = (document.xref_stream(number) or b"")[: stride * height].ljust(stride * height, b"\0")
    buffer = mupdf.python_buffer_data(rows)
    packed = mupdf.fz_compress_ccitt_fax_g4(buffer, width, height, stride)
    document.update_stream(number, packed.fz_buffer_extract(), compress=False)
    document.xref_set_key(number, "Filter", "/CCITTFaxDecode")
    document.xref_set_key(number, "DecodeParms", f"<</K -1/Columns {width}/Rows {height}>>")


def _is_stretched(entries: Any) -> bool:
    """Say whether the samples mean other shades than they are stored as; black and white may swap.

    Such a picture may be faint as it is painted, and plain as it is stored.
    """
    decode = mupdf.pdf_dict_gets(entries, "Decode")
    space = mupdf.pdf_dict_gets(entries, "ColorSpace")
    if not mupdf.pdf_is_array(decode) or mupdf.pdf_is_array(space):
        return False
    values = [
        mupdf.pdf_array_get_real(decode, index) for index in range(mupdf.pdf_array_len(decode))
    ]
    return any(value not in {0.0, 1.0} for value in values)


def _cut_to_length(document: Any, number: int, entries: Any) -> None:
    """Cut off what stands behind the last row."""
    components = components_of(entries)
    if not components:
        return
    width, height, bits = (
        mupdf.pdf_to_int(mupdf.pdf_dict_gets(entries, key))
        for key in ("Width", "Height", "BitsPerComponent")
    )
    is_mask = mupdf.pdf_to_bool(mupdf.pdf_dict_gets(entries, "ImageMask"))
    length = (width * components * (1 if is_mask else bits) + 7) // 8 * height
    data = document.xref_stream(number)
    if data is not None and 0 < length < len(data):
        document.update_stream(number, data[:length])
        document.xref_set_key(number, "DecodeParms", "null")


def components_of(entries: Any) -> int:
    """Give how many values a pixel has; 0 where that is not certain."""
    if mupdf.pdf_to_bool(mupdf.pdf_dict_gets(entries, "ImageMask")):
        return 1
    space = mupdf.pdf_dict_gets(entries, "ColorSpace")
    if mupdf.pdf_is_name(space):
        return _COMPONENTS.get(mupdf.pdf_to_name(space), 0)
    kind = mupdf.pdf_to_name(mupdf.pdf_array_get(space, 0))
    if kind == "ICCBased":
        return int(mupdf.pdf_to_int(mupdf.pdf_dict_gets(mupdf.pdf_array_get(space, 1), "N")))
    if kind == "DeviceN":
        return int(mupdf.pdf_array_len(mupdf.pdf_array_get(space, 1)))
    return _COMPONENTS.get(kind, 0)


def names_of(entry: Any) -> list[str]:
    """Give the names of an entry that is one, or a list of them."""
    if mupdf.pdf_is_name(entry):
        return [mupdf.pdf_to_name(entry)]
    count = mupdf.pdf_array_len(entry)
    return [mupdf.pdf_to_name(mupdf.pdf_array_get(entry, index)) for index in range(count)]
