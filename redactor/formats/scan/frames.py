"""The frames of a picture file: how large each is and which way up, before any pixel is unpacked.

Sources: TIFF 6.0 for the directories, Exif 2.32 (CIPA DC-008) for the orientation, ITU-T T.81 for
JPEG, ISO/IEC 15948 for PNG, GIF 89a, and Microsoft's BITMAPINFOHEADER.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from redactor.errors import UnreadableDocument
from redactor.formats.pictures import read_beside

_WIDTH, _HEIGHT, _ORIENTATION = 0x0100, 0x0101, 0x0112
_SHORT, _LONG = 3, 4
_EXIF_MARK = b"Exif\x00\x00"
_MOST_ENTRIES, _MOST_DIRECTORIES = 2_000, 6_000
#: Markers of a JPEG that begin with its size (SOF0 to SOF15, without DHT, JPG and DAC).
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _APPLICATION_1 = 0xDA, 0xE1


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a file.

    Attributes:
        width, height: as stored, in pixels.
        orientation: how it is to be turned, 1 to 8, as Exif counts.
    """

    width: int
    height: int
    orientation: int = 1


def frames_of(untrusted: bytes) -> tuple[Frame, ...]:
    """Give the frames of a picture file from its headers alone.

    Raises:
        UnreadableDocument: it moves, or its headers do not say how large it is.
    """
    if untrusted.startswith(b"\xff\xd8\xff"):
        frames = _jpeg(untrusted)
    elif untrusted.startswith(b"\x89PNG"):
        frames = _png(untrusted)
    elif untrusted.startswith(b"GIF8"):
        frames = _gif(untrusted)
    elif untrusted.startswith(b"BM"):
        frames = _bitmap(untrusted)
    else:
        frames = tuple(_tiff(untrusted))
    if not frames or any(one.width < 1 or one.height < 1 for one in frames):
        raise UnreadableDocument(
            "The picture is damaged: it does not say how large it is.",
            "Open it in the program it came from, save it again, and add that.",
        )
    return frames


def _jpeg(data: bytes) -> tuple[Frame, ...]:
    size, orientation = (0, 0), 1
    for marker, payload in _jpeg_segments(data):
        if marker in _SIZES and len(payload) >= 5:
            size = struct.unpack(">HH", payload[1:5])
        elif marker == _APPLICATION_1 and payload.startswith(_EXIF_MARK):
            orientation = _orientation(payload[len(_EXIF_MARK) :])
    return (Frame(size[1], size[0], orientation),)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the segments before the pixels, each with its marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        if data[at + 1] == 0xFF:  # a fill byte
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield data[at + 1], data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _png(data: bytes) -> tuple[Frame, ...]:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return ()
    width, height = struct.unpack(">II", data[16:24])
    at, orientation = 8, 1
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"acTL":
            raise _moves()
        if kind == b"eXIf":
            orientation = _orientation(data[at + 8 : at + 8 + length].removeprefix(_EXIF_MARK))
        at += 12 + length
    return (Frame(width, height, orientation),)


def _gif(data: bytes) -> tuple[Frame, ...]:
    if len(data) < 13:
        return ()
    if read_beside(data).camera.pages > 1:
        raise _moves()
    return (Frame(*struct.unpack("<HH", data[6:10])),)


def _moves() -> UnreadableDocument:
    return UnreadableDocument(
        "The picture moves: it is made of several, shown one after the other.",
        "Save what is to be released of it as single pictures, and add those.",
        "unsupported",
    )


def _bitmap(data: bytes) -> tuple[Frame, ...]:
    if len(data) < 26:
        return ()
    if data[14:18] == b"\x0c\x00\x00\x00":  # BITMAPCOREHEADER
        return (Frame(*struct.unpack("<HH", data[18:22])),)
    width, height = struct.unpack("<ii", data[18:26])
    return (Frame(abs(width), abs(height)),)


def _tiff(data: bytes) -> Iterator[Frame]:
    for values in directories(data):
        yield Frame(
            values.get(_WIDTH, 0), values.get(_HEIGHT, 0), _turn(values.get(_ORIENTATION, 1))
        )


def _orientation(exif: bytes) -> int:
    """Give the orientation that camera data asks for: that of its first directory."""
    return _turn(next(directories(exif), {}).get(_ORIENTATION, 1))


def _turn(value: int) -> int:
    return value if 1 <= value <= 8 else 1


def directories(data: bytes) -> Iterator[dict[int, int]]:
    """Give the directories of a TIFF structure in their order: the numbers in each, by tag."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return
    at = struct.unpack_from(order + "I", data, 4)[0]
    seen: set[int] = set()
    while at and at not in seen and at + 2 <= len(data) and len(seen) < _MOST_DIRECTORIES:
        seen.add(at)
        count = min(struct.unpack_from(order + "H", data, at)[0], _MOST_ENTRIES)
        entries = [at + 2 + 12 * one for one in range(count) if at + 14 + 12 * one <= len(data)]
        yield dict(_number(data, order, entry) for entry in entries)
        after = at + 2 + 12 * count
        at = struct.unpack_from(order + "I", data, after)[0] if after + 4 <= len(data) else 0


def _number(data: bytes, order: str, at: int) -> tuple[int, int]:
    """Give the tag of an entry and its value; 0 where that is no number."""
    tag, kind, count = struct.unpack_from(order + "HHI", data, at)
    if count != 1 or kind not in {_SHORT, _LONG}:
        return tag, 0
    return tag, struct.unpack_from(order + ("H" if kind == _SHORT else "I"), data, at + 8)[0]
