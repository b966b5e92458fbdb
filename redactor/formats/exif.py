"""Read what a camera or a program wrote beside the pixels: Exif, IPTC, XMP, colour profiles.

Sources: Exif 2.32 (CIPA DC-008) for the tags, TIFF 6.0 for the directories, IPTC-IIM 4.2 for the
records, ICC.1:2022 for profiles.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from redactor.errors import UnreadableDocument
from redactor.formats.binary_text import decoded, readable_strings
from redactor.formats.hidden import attributes_of, texts_of
from redactor.formats.package import parse_xml

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_ASCII, _BYTES, _UNKNOWN = 2, 1, 7
_EXIF, _GPS, _INTEROPERABILITY, _SUB = 0x8769, 0x8825, 0xA005, 0x014A
_THUMBNAIL, _XMP, _IPTC, _PHOTOSHOP, _MAKER, _REMARK = (
    0x0201,
    0x02BC,
    0x83BB,
    0x8649,
    0x927C,
    0x9286,
)
_WINDOWS = range(0x9C9B, 0x9CA0)  # XPTitle, XPComment, XPAuthor, XPKeywords, XPSubject
_NAMES = {
    0x010D: "document name", 0x010E: "description", 0x010F: "camera maker", 0x0110: "camera model",
    0x0131: "software", 0x0132: "date", 0x013B: "artist", 0x013C: "computer", 0x8298: "copyright",
    0x9003: "taken", 0x9004: "digitised", 0x9286: "comment", 0x9C9B: "title", 0x9C9C: "comment",
    0x9C9D: "author", 0x9C9E: "keywords", 0x9C9F: "subject", 0xA420: "picture number",
    0xA430: "camera owner", 0xA431: "camera serial number", 0xA433: "lens maker",
    0xA434: "lens model", 0xA435: "lens serial number", 0x9010: "time zone",
    0xC62F: "serial number",
}  # fmt: skip
_LATITUDE, _LONGITUDE, _ALTITUDE = 2, 4, 6
_MOST_ENTRIES, _MOST_DIRECTORIES, _MOST_VALUE = 2_000, 60, 4 * 2**20
_IPTC_RESOURCE = 0x0404


@dataclass(slots=True)
class Camera:
    """What stands beside the pixels.

    Attributes:
        words: each with what it is.
        thumbnails: how many small copies of the picture it holds; they may show more than it does.
        pages: how many directories of pixels a TIFF has.
    """

    words: list[str] = field(default_factory=list, repr=False)
    thumbnails: int = 0
    pages: int = 0


def read_exif(data: bytes) -> Camera:
    """Read TIFF directories, as Exif data or as a TIFF file; damage ends the reading early."""
    camera = Camera()
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        camera.words += readable_strings(data)
        return camera
    _Directories(data, order, camera).follow()
    return camera


class _Directories:
    """The directories of one TIFF structure."""

    def __init__(self, data: bytes, order: str, camera: Camera) -> None:
        self._data = data
        self._order = order
        self._camera = camera
        self._seen: set[int] = set()

    def follow(self) -> None:
        """Read every directory from the first."""
        at = self._number("I", 4)
        while at and at not in self._seen:
            self._camera.pages += 1
            at = self._directory(at, gps=False)

    def _number(self, code: str, at: int) -> int:
        size = struct.calcsize(code)
        if at < 0 or at + size > len(self._data):
            return 0
        return int(struct.unpack_from(self._order + code, self._data, at)[0])

    def _directory(self, at: int, *, gps: bool) -> int:
        """Read one directory; gives where the next one is."""
        if at in self._seen or not 0 < at < len(self._data) or len(self._seen) > _MOST_DIRECTORIES:
            return 0
        self._seen.add(at)
        count = min(self._number("H", at), _MOST_ENTRIES)
        values = dict(self._entry(at + 2 + 12 * one) for one in range(count))
        values.pop(-1, None)
        if gps:
            self._camera.words += _position(values, self._order)
        else:
            self._words(values)
        return self._number("I", at + 2 + 12 * count)

    def _entry(self, at: int) -> tuple[int, tuple[int, bytes]]:
        tag, kind = self._number("H", at), self._number("H", at + 2)
        length = _SIZES.get(kind, 0) * self._number("I", at + 4)
        start = at + 8 if length <= 4 else self._number("I", at + 8)
        if not length or length > _MOST_VALUE or start + length > len(self._data):
            return -1, (0, b"")
        return tag, (kind, self._data[start : start + length])

    def _words(self, values: dict[int, tuple[int, bytes]]) -> None:
        camera = self._camera
        for tag, (kind, value) in values.items():
            if tag in {_EXIF, _INTEROPERABILITY, _SUB, _GPS}:
                for (place,) in struct.iter_unpack(self._order + "I", value[: len(value) // 4 * 4]):
                    self._directory(place, gps=tag == _GPS)
            elif tag == _THUMBNAIL:
                camera.thumbnails += 1
            elif tag == _XMP:
                camera.words += read_xmp(value)
            elif tag == _IPTC:
                camera.words += read_iptc(value)
            elif tag == _PHOTOSHOP:
                camera.words += read_photoshop(value)
            else:
                camera.words += _said(tag, kind, value)


def _said(tag: int, kind: int, value: bytes) -> Iterator[str]:
    name = _NAMES.get(tag, "")
    if tag in _WINDOWS:
        yield _named(name, value.decode("utf-16-le", "replace").strip("\x00"))
    elif tag == _REMARK:
        yield _named(name, _remark(value))
    elif kind == _ASCII:
        yield _named(name, decoded(value).replace("\x00", " "))
    elif kind in {_BYTES, _UNKNOWN} and (tag == _MAKER or len(value) > 4):
        yield from readable_strings(value)


def _remark(value: bytes) -> str:
    """Give a user's comment, which begins with the name of its encoding."""
    if value.startswith(b"UNICODE"):
        wide = value[8:]
        little = wide[1::2].count(0) >= wide[0::2].count(0)
        return wide.decode("utf-16-le" if little else "utf-16-be", "replace").strip("\x00")
    return decoded(value[8:] if value[:8].strip(b"\x00") in {b"ASCII", b""} else value)


def _named(name: str, text: str) -> str:
    text = text.strip()
    return f"{name}: {text}" if name and text else text


def _position(values: dict[int, tuple[int, bytes]], order: str) -> Iterator[str]:
    """Give the place where a picture was taken, as degrees, and every word beside it."""
    for tag, word in ((_LATITUDE, "latitude"), (_LONGITUDE, "longitude")):
        if tag in values:
            degrees = _degrees(values[tag][1], order)
            side = decoded(values.get(tag - 1, (0, b""))[1])
            yield f"{word}: {degrees:.6f} {side}".strip()
    if _ALTITUDE in values:
        yield f"altitude: {_fractions(values[_ALTITUDE][1], order)[0]:.1f}"
    for tag, (kind, value) in values.items():
        if tag - 1 not in {0, _LATITUDE}:
            yield from _said(-1, kind, value)


def _degrees(value: bytes, order: str) -> float:
    whole, minutes, seconds = (*_fractions(value, order), 0.0, 0.0)[:3]
    return whole + minutes / 60 + seconds / 3600


def _fractions(value: bytes, order: str) -> list[float]:
    pairs = struct.iter_unpack(order + "II", value[: len(value) // 8 * 8])
    return [above / below if below else 0.0 for above, below in pairs] or [0.0]


def read_xmp(data: bytes) -> list[str]:
    """Give the words of an XMP packet: its texts and attributes."""
    try:
        root = parse_xml(data.strip(b"\x00 \r\n\t"), "XMP")
    except UnreadableDocument:
        return list(readable_strings(data))
    return [*texts_of(root), *attributes_of(root)]


def read_photoshop(data: bytes) -> list[str]:
    """Give the words of Photoshop's image resources; IPTC records are one of them."""
    words: list[str] = []
    at = 0
    while data[at : at + 4] == b"8BIM" and at + 12 <= len(data):
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        name_length = data[at + 6]
        name = data[at + 7 : at + 7 + name_length]
        start = at + 6 + (name_length + 2) // 2 * 2
        length = int.from_bytes(data[start : start + 4], "big")
        value = data[start + 4 : start + 4 + length]
        words += [decoded(name)] if name else []
        words += read_iptc(value) if number == _IPTC_RESOURCE else readable_strings(value)
        at = start + 4 + (length + 1) // 2 * 2
    words += readable_strings(data[at:])
    return words


def read_iptc(data: bytes) -> list[str]:
    """Give the words of IPTC records: captions, credits, names, places."""
    words: list[str] = []
    at = 0
    while data[at : at + 1] == b"\x1c" and at + 5 <= len(data):
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        if length & 0x8000:  # an extended record; none holds words
            break
        words.append(decoded(data[at + 5 : at + 5 + length]))
        at += 5 + length
    words += readable_strings(data[at:])
    return words


def read_profile(data: bytes) -> list[str]:
    """Give the words of a colour profile: its description, maker and copyright."""
    count = min(int.from_bytes(data[128:132], "big"), 100)
    words: list[str] = []
    for one in range(count):
        entry = data[132 + 12 * one : 144 + 12 * one]
        start, length = struct.unpack(">II", entry[4:]) if len(entry) == 12 else (0, 0)
        value = data[start : start + length]
        if value[:4] in {b"desc", b"text"}:
            words += readable_strings(value[8:])
        elif value[:4] == b"mluc":
            words += readable_strings(value[8:].replace(b"\x00", b""))
    return words
