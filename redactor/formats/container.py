"""Find the bytes of a zip that belong to none of its parts: nobody who lists the parts sees them.

Source: PKWARE APPNOTE 6.3.10, 4.3.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

_MOST_BYTES = 20 * 2**20


def outside_parts(archive: zipfile.ZipFile, whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Give what lies between the parts of a zip (APPNOTE 6.3.10, 4.3)."""
    yield "remark of the file", archive.comment
    at = 0
    gaps: list[bytes] = []
    for info in sorted(archive.infolist(), key=lambda one: one.header_offset):
        yield f"remark of {info.filename}", info.comment
        start = info.header_offset
        if start > at:
            gaps.append(whole[at:start])
        lengths = (
            struct.unpack_from("<HH", whole, start + 26) if start + 30 <= len(whole) else (0, 0)
        )
        end = start + 30 + sum(lengths) + info.compress_size
        if info.flag_bits & 8:
            end += _descriptor_length(whole, end)
        at = max(at, end)
    gaps.append(whole[at : archive.start_dir])
    yield "before the parts", gaps[0] if gaps and whole[:2] != b"PK" else b""
    yield "between the parts", b"".join(gaps if whole[:2] == b"PK" else gaps[1:])
    end = whole.rfind(b"PK\x05\x06")
    yield "behind the end", whole[end + 22 + len(archive.comment) :]


def _descriptor_length(whole: bytes, at: int) -> int:
    """Give the length of what follows a part whose sizes were not known before it (4.3.9)."""
    signed = 4 if whole[at : at + 4] == b"PK\x07\x08" else 0
    for length in (12, 20):
        if whole[at + signed + length : at + signed + length + 2] == b"PK":
            return signed + length
    return signed + 12


def unlisted_parts(data: bytes) -> Iterator[bytes]:
    """Give the contents of parts that lie in a zip and are not in its list."""
    for found in re.finditer(rb"PK\x03\x04", data):
        header = data[found.start() : found.start() + 30]
        if len(header) < 30:
            return
        method, size = (
            int.from_bytes(header[8:10], "little"),
            int.from_bytes(header[18:22], "little"),
        )
        start = found.start() + 30 + sum(struct.unpack("<HH", header[26:30]))
        if method == zipfile.ZIP_STORED:
            yield data[start : start + size]
        elif method == zipfile.ZIP_DEFLATED:
            try:
                yield zlib.decompressobj(-15).decompress(data[start:], _MOST_BYTES)
            except zlib.error:
                yield data[start : start + size]
