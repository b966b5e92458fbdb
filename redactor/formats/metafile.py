"""Read the words that Windows metafiles draw. What they look like nobody reads.

Sources: [MS-EMF] 2.3.5 (drawing records), [MS-WMF] 2.3.3.
"""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Iterator

from redactor.formats.binary_text import readable_strings

_EMF_TEXT_A, _EMF_TEXT_W, _EMF_SMALL_TEXT, _EMF_COMMENT = 83, 84, 108, 70
_EMF_MANY = {96: True, 97: True}  # EMR_POLYTEXTOUTA, EMR_POLYTEXTOUTW
_SMALL_IS_NARROW, _SMALL_WITHOUT_BOUNDS = 0x200, 0x100
_WMF_TEXT, _WMF_LONG_TEXT, _WMF_ESCAPE = 0x0521, 0x0A32, 0x0626
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_MOST_BYTES = 64 * 2**20


def unpacked(data: bytes) -> bytes:
    """Unpack a metafile that is kept packed (``.emz``, ``.wmz``); as it is where it is not."""
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return stream.read(_MOST_BYTES)
    except (OSError, EOFError, zlib.error):
        return data


def is_emf(data: bytes) -> bool:
    """Say whether this is an enhanced metafile."""
    return data[40:44] == b" EMF"


def is_wmf(data: bytes) -> bool:
    """Say whether this is a Windows metafile."""
    return data[:4] == _PLACEABLE or data[:6] in {
        b"\x01\x00\x09\x00\x00\x03",
        b"\x01\x00\x09\x00\x00\x01",
    }


def emf_words(data: bytes) -> list[str]:
    """Give the words that an enhanced metafile draws, its title, and those in its comments."""
    drawn: list[str] = []
    others: list[str] = []
    title = struct.unpack_from("<II", data, 60) if len(data) >= 68 else (0, 0)
    others += data[title[1] : title[1] + 2 * title[0]].decode("utf-16-le", "replace").split("\x00")
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8:
            break
        record = data[at : at + size]
        if kind in {_EMF_TEXT_A, _EMF_TEXT_W}:
            drawn.append(_emf_text(record, wide=kind == _EMF_TEXT_W))
        elif kind == _EMF_SMALL_TEXT:
            drawn.append(_small_text(record))
        elif kind == _EMF_COMMENT or kind in _EMF_MANY:
            others += readable_strings(record[12:])
        at += size
    return [*_joined(drawn), *others]


def _emf_text(record: bytes, *, wide: bool) -> str:
    if len(record) < 52:
        return ""
    count, start = struct.unpack_from("<II", record, 44)
    return _text(record, start, count, wide=wide)


def _small_text(record: bytes) -> str:
    if len(record) < 36:
        return ""
    count, options = struct.unpack_from("<II", record, 16)
    start = 36 if options & _SMALL_WITHOUT_BOUNDS else 52
    return _text(record, start, count, wide=not options & _SMALL_IS_NARROW)


def _text(record: bytes, start: int, count: int, *, wide: bool) -> str:
    raw = record[start : start + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "cp1252", "replace").strip("\x00")


def wmf_words(data: bytes) -> list[str]:
    """Give the words that a Windows metafile draws, and those in its comments."""
    drawn: list[str] = []
    others: list[str] = []
    at = (22 if data[:4] == _PLACEABLE else 0) + 18
    while at + 6 <= len(data):
        size, kind = struct.unpack_from("<IH", data, at)
        if size < 3:
            break
        record = data[at : at + 2 * size]
        if kind == _WMF_TEXT and len(record) >= 8:
            drawn.append(_text(record, 8, int.from_bytes(record[6:8], "little"), wide=False))
        elif kind == _WMF_LONG_TEXT and len(record) >= 14:
            count, options = struct.unpack_from("<HH", record, 10)
            drawn.append(_text(record, 22 if options & 6 else 14, count, wide=False))
        elif kind == _WMF_ESCAPE:
            others += readable_strings(record[10:])
        at += 2 * size
    return [*_joined(drawn), *others]


def _joined(drawn: list[str]) -> Iterator[str]:
    """Give drawn pieces as they are, and those of one character also as one text."""
    yield from drawn
    letters = [one for one in drawn if len(one) <= 2]
    if len(letters) > 2:
        yield "".join(drawn)
