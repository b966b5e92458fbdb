"""Pack a picture in which pixels were blanked as the JPEG that it was.

The library leaves it as plain samples: many times as large, and without loss of what was lost long
ago. It is packed with the tables of quantisation that it came with (ITU-T T.81, annex B), so that
what was not blanked stays as it was but for rounding. Pillow packs it ten times as fast as MuPDF,
which writes JPEG in progressive scans only, and those take twice as long to read.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.pictures import (
    DCT,
    components_of,
    names_of,
    segments_of,
    without_extras,
)

#: Of coarser tables than those of this quality, a blanked place would show in what is beside it.
_QUALITY, _COARSEST = 75, 1900
#: Lettering packs as well without loss: JPEG has to be so many times smaller.
_TIMES_SMALLER = 2
#: How well a picture packs without loss is told by so many bands of so many rows.
_BANDS, _BAND_ROWS = 24, 8
_QUANTISATION, _FRAMES = 0xDB, frozenset({0xC0, 0xC1, 0xC2})
_ENTRIES = 64
#: Of the colours one value for each pixel, for two beside each other, or for four (B.2.2: H and V).
_SAMPLINGS = {0x11: 0, 0x21: 1, 0x22: 2}
#: Pixels in a row of blocks follow one another in zigzag (T.81, figure A.6).
_ZIGZAG = sorted(
    range(_ENTRIES),
    key=lambda at: (at // 8 + at % 8, at // 8 if (at // 8 + at % 8) % 2 else at % 8),
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a JPEG is packed.

    Attributes:
        tables: of quantisation, row by row: of brightness, and of colours where it has any.
        sampling: of colours, as Pillow names it.
    """

    tables: tuple[tuple[int, ...], ...]
    sampling: int

    @property
    def is_fine(self) -> bool:
        """Say whether the tables are fine enough to be used once more."""
        return bool(self.tables) and sum(self.tables[0]) <= _COARSEST


def jpeg_manners(document: Any) -> dict[tuple[int, int], Manner]:
    """Give how a document packs its JPEG pictures, by width and height: the finest of each."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    found: dict[tuple[int, int], Manner] = {}
    for number in range(1, document.xref_length()):
        if not mupdf.pdf_obj_num_is_stream(pdf, number):
            continue
        entries = mupdf.pdf_load_object(pdf, number)
        filters = names_of(mupdf.pdf_dict_gets(entries, "Filter"))
        if filters and filters[-1] in DCT:
            size = _size(entries)
            plain = len(filters) == 1
            manner = _manner(document.xref_stream_raw(number)) if plain else Manner((), 0)
            found[size] = min(found.get(size, manner), manner, key=_coarseness)
    return found


def _coarseness(manner: Manner) -> int:
    return sum(manner.tables[0]) if manner.tables else _COARSEST + 1


def _manner(data: bytes) -> Manner:
    """Read tables and sampling; none where it is no JPEG, or its tables are of another kind."""
    tables: dict[int, tuple[int, ...]] = {}
    sampling = 0
    for marker, segment in segments_of(data) or ():
        if marker == _QUANTISATION:
            for at in range(4, len(segment) - _ENTRIES, _ENTRIES + 1):
                if segment[at] > 3:  # entries of 16 bits
                    return Manner((), 0)
                entries = dict(zip(_ZIGZAG, segment[at + 1 : at + 1 + _ENTRIES], strict=True))
                tables[segment[at]] = tuple(entries[one] for one in range(_ENTRIES))
        elif marker in _FRAMES and len(segment) > 11:
            sampling = _SAMPLINGS.get(segment[11], 0)
    if 0 not in tables or not all(map(all, tables.values())):
        return Manner((), 0)
    return Manner(tuple(tables[one] for one in (0, 1) if one in tables), sampling)


def pack_blanked(document: Any, number: int, manners: Mapping[tuple[int, int], Manner]) -> None:
    """Pack the pictures of a page that were left as plain samples, and were JPEG before.

    Args:
        document: the page was redacted in it.
        number: the page, from 0.
        manners: what ``jpeg_manners`` gave of the original.
    """
    if not manners:
        return
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    for xref in {one[0] for one in document.get_page_images(number)}:
        entries = mupdf.pdf_load_object(pdf, xref)
        manner = manners.get(_size(entries))
        if manner is not None and _is_plain(entries):
            _pack(document, xref, entries, manner)


def _size(entries: Any) -> tuple[int, int]:
    width, height = (mupdf.pdf_dict_gets(entries, key) for key in ("Width", "Height"))
    return mupdf.pdf_to_int(width), mupdf.pdf_to_int(height)


def _is_plain(entries: Any) -> bool:
    """Say whether a picture is stored as samples of eight bits that mean just what they say."""
    space = mupdf.pdf_dict_gets(entries, "ColorSpace")
    is_indexed = mupdf.pdf_to_name(mupdf.pdf_array_get(space, 0)) in {"Indexed", "I"}
    is_masked = any(
        not mupdf.pdf_is_null(mupdf.pdf_dict_gets(entries, key))
        for key in ("SMask", "Mask", "ImageMask", "Decode")
    )
    bits = mupdf.pdf_to_int(mupdf.pdf_dict_gets(entries, "BitsPerComponent"))
    is_packed = bool(names_of(mupdf.pdf_dict_gets(entries, "Filter")))
    return bits == 8 and not is_packed and not is_masked and not is_indexed


def _pack(document: Any, xref: int, entries: Any, manner: Manner) -> None:
    """Store plain samples as JPEG where that is much smaller; nothing but them goes into it."""
    components = components_of(entries)
    width, height = _size(entries)
    samples = document.xref_stream_raw(xref) or b""
    if components not in {1, 3} or len(samples) != width * height * components:
        return
    packed = without_extras(_as_jpeg(samples, width, height, components, manner))
    if packed is not None and len(packed) * _TIMES_SMALLER < _without_loss(
        samples, width * components
    ):
        document.update_stream(xref, packed, compress=False)
        document.xref_set_key(xref, "Filter", "/DCTDecode")
        document.xref_set_key(xref, "DecodeParms", "null")


def _as_jpeg(samples: bytes, width: int, height: int, components: int, manner: Manner) -> bytes:
    from PIL import Image  # noqa: PLC0415 - loads native code, where a picture is packed

    picture = Image.frombuffer(
        mode := "L" if components == 1 else "RGB", (width, height), samples, "raw", mode, 0, 1
    )
    written = io.BytesIO()
    if manner.is_fine:
        tables = [list(one) for one in manner.tables[:components]]
        picture.save(written, "JPEG", qtables=tables, subsampling=manner.sampling)
    else:
        picture.save(written, "JPEG", quality=_QUALITY, subsampling=manner.sampling)
    return written.getvalue()


def _without_loss(samples: bytes, row: int) -> int:
    """Give about how many bytes a picture would take without loss."""
    rows = len(samples) // row
    if rows <= _BANDS * _BAND_ROWS:
        return len(zlib.compress(samples, 1))
    bands = [
        samples[at * row : (at + _BAND_ROWS) * row]
        for at in range(0, rows - _BAND_ROWS, rows // _BANDS)
    ]
    return len(zlib.compress(b"".join(bands), 1)) * rows // (len(bands) * _BAND_ROWS)
