"""Write a picture's pixels anew, so that nothing but pixels is in the file."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pymupdf

from redactor.errors import BugError

_START = b"\x89PNG\r\n\x1a\n"
_RGB, _GREY = 2, 0


def pixels_of(png: bytes) -> Any:
    """Give the pixels of a picture on white, in colours or in greys.

    Raises:
        BugError: it is no picture.
    """
    try:
        pixmap = pymupdf.Pixmap(png)
        if pixmap.alpha:
            pixmap = pymupdf.Pixmap(pixmap, 0)
        if pixmap.colorspace is None or pixmap.colorspace.n not in {1, 3}:
            pixmap = pymupdf.Pixmap(pymupdf.csRGB, pixmap)
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise BugError(
            "A picture of the release could not be drawn. Nothing was written. "
            "Rule that the picture be left out."
        ) from error
    return pixmap


def only_pixels(png: bytes) -> bytes:
    """Give a picture as a PNG of three chunks: its size, its pixels, its end (ISO/IEC 15948, 5.6).

    Raises:
        BugError: it is no picture.
    """
    pixmap = pixels_of(png)
    kind = _RGB if pixmap.colorspace.n == 3 else _GREY
    size = struct.pack(">IIBBBBB", pixmap.width, pixmap.height, 8, kind, 0, 0, 0)
    rows = memoryview(pixmap.samples)
    length = pixmap.width * pixmap.colorspace.n
    raw = b"".join(
        b"\x00" + bytes(rows[start : start + length])
        for start in range(0, pixmap.stride * pixmap.height, pixmap.stride)
    )
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
    return _START + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
