"""Read what a picture file holds beside its pixels. What the pixels show, a person has to say.

Camera data, places, owners, captions, comments, small copies, what was cropped away and what
stands behind the end of the picture all travel with it (ITU-T T.81 annex B; ISO/IEC 15948 for PNG;
GIF 89a; RFC 9649 for WebP). Nothing of it is ever released.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from redactor.errors import UnreadableDocument
from redactor.formats import metafile
from redactor.formats.binary_text import decoded, readable_strings
from redactor.formats.exif import (
    Camera,
    read_exif,
    read_iptc,
    read_photoshop,
    read_profile,
    read_xmp,
)
from redactor.formats.hidden import Gathered, attributes_of, texts_of
from redactor.formats.package import parse_xml
from redactor.model import HiddenKind, Ruling

UNREAD_PICTURE = "A picture. Its content cannot be read yet."
_EXIF_MARK, _XMP_MARK = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00"
_LONG_XMP_MARK, _PHOTOSHOP_MARK = b"http://ns.adobe.com/xmp/extension/\x00", b"Photoshop 3.0\x00"
_PROFILE_MARK = b"ICC_PROFILE\x00"
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_PNG, _PNG_KNOWN = b"\x89PNG\r\n\x1a\n", frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD",
     b"sBIT", b"hIST", b"fdAT", b"fcTL", b"acTL"}
)  # fmt: skip
_MOST_TEXT = 4 * 2**20
_XMP_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


@dataclass(slots=True)
class Beside:
    """What was found beside the pixels of one picture."""

    camera: Camera = field(default_factory=Camera)
    after_end: bytes = field(default=b"", repr=False)

    @property
    def words(self) -> list[str]:
        """Give the words found, to read or to add to."""
        return self.camera.words

    def take(self, other: Camera) -> None:
        """Take in what camera data holds."""
        self.camera.words += other.words
        self.camera.thumbnails += other.thumbnails
        self.camera.pages = max(self.camera.pages, other.pages)


def is_picture(data: bytes) -> bool:
    """Say whether bytes are a picture of a kind that is known here."""
    return any(fits(data) for fits, _ in _KINDS) or metafile.is_emf(metafile.unpacked(data))


def gather_picture(
    data: bytes,
    place: str,
    gathered: Gathered,
    container: str = "",
    *,
    cropped: bool = False,
    rulings: tuple[Ruling, ...] = (Ruling.LEAVE_OUT,),
) -> None:
    """Gather what a picture holds beside its pixels, and name the pixels as unread.

    Args:
        data: the picture's file.
        place: the part it is, or another name for it that stays the same.
        gathered: takes what is found.
        container: what its words are listed under; the place where empty.
        cropped: it is shown cropped, and what was cut away is still there.
        rulings: what a person may rule about its pixels.
    """
    beside = read_beside(data)
    gathered.add_all(HiddenKind.PICTURE, place, beside.words, container)
    listed = container or place
    facts = [UNREAD_PICTURE]
    if cropped:
        facts.append("It is shown cropped; the file still holds what was cut away.")
        gathered.count(HiddenKind.PICTURE, listed, 1, "cropped pictures")
    if beside.camera.thumbnails:
        facts.append("It holds a small copy of itself, which may show more.")
        gathered.count(HiddenKind.PICTURE, listed, beside.camera.thumbnails, "small copies")
    if beside.after_end.strip(b"\x00\r\n "):
        facts.append(f"It holds {len(beside.after_end):,} bytes behind its end.")
        gathered.count(HiddenKind.PICTURE, listed, len(beside.after_end), "bytes behind the end")
    if beside.camera.pages > 1:
        gathered.count(HiddenKind.PICTURE, listed, beside.camera.pages, "pictures in one file")
    if cropped or beside.camera.thumbnails or beside.after_end or beside.camera.pages > 1:
        gathered.add(HiddenKind.PICTURE, place, "", container, even_empty=True)
    gathered.block(place, " ".join(facts), rulings)


def read_beside(data: bytes) -> Beside:
    """Read everything beside the pixels; damage ends the reading early."""
    data = metafile.unpacked(data)
    beside = Beside()
    read = next((read for fits, read in _KINDS if fits(data)), _read_unknown)
    try:
        read(data, beside)
    except (ValueError, IndexError, OverflowError, zlib.error, UnreadableDocument):
        beside.words.extend(readable_strings(data))
    beside.words.extend(readable_strings(beside.after_end))
    return beside


# --- JPEG ------------------------------------------------------------------------------------


def _read_jpeg(data: bytes, beside: Beside) -> None:
    at = 2
    profile = b""
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            beside.after_end = data[at:]
            break
        marker = data[at + 1]
        if marker in {0xFF, 0x01} or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _END:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        payload = data[at + 4 : end]
        if marker == _COMMENT:
            beside.words.append(decoded(payload))
        elif payload.startswith(_PROFILE_MARK):
            profile += payload[14:]
        elif 0xE0 <= marker <= 0xEF:
            _read_application(payload, beside)
        at = _after_scan(data, end) if marker == _SCAN else max(end, at + 2)
    if data[at : at + 2] == b"\xff\xd9":
        beside.after_end = data[at + 2 :]
    beside.words.extend(read_profile(profile))


def _read_application(payload: bytes, beside: Beside) -> None:
    """Read a segment that a camera or a program put into a JPEG."""
    if payload.startswith(_EXIF_MARK):
        beside.take(read_exif(payload[6:]))
    elif payload.startswith(_XMP_MARK):
        beside.words.extend(read_xmp(payload[len(_XMP_MARK) :]))
    elif payload.startswith(_LONG_XMP_MARK):
        beside.words.extend(readable_strings(payload[len(_LONG_XMP_MARK) + 40 :]))
    elif payload.startswith(_PHOTOSHOP_MARK):
        beside.words.extend(read_photoshop(payload[len(_PHOTOSHOP_MARK) :]))
    elif not payload.startswith((b"JFIF", b"Adobe", b"Ducky")):
        beside.words.extend(readable_strings(payload))
    if payload.startswith((b"JFXX", b"MPF\x00")):
        beside.camera.thumbnails += 1


def _after_scan(data: bytes, at: int) -> int:
    """Give where the next marker after compressed data stands (FF 00 and restarts are data)."""
    found = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])").search(data, at)
    return found.start() if found else len(data)


# --- PNG, GIF, WebP, BMP, TIFF ---------------------------------------------------------------


def _read_png(data: bytes, beside: Beside) -> None:
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        value = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"eXIf":
            beside.take(read_exif(value.removeprefix(_EXIF_MARK)))
        elif kind == b"iCCP":
            name, _, packed = value.partition(b"\x00")
            beside.words.extend([decoded(name), *read_profile(_inflated(packed[1:]))])
        elif kind in {b"tEXt", b"zTXt", b"iTXt"}:
            beside.words.extend(_png_text(kind, value))
        elif kind not in _PNG_KNOWN:
            beside.words.extend(readable_strings(value))
        if kind == b"IEND":
            break
    beside.after_end = data[at:]


def _png_text(kind: bytes, value: bytes) -> Iterator[str]:
    keyword, _, rest = value.partition(b"\x00")
    if kind == b"zTXt":
        rest = _inflated(rest[1:])
    elif kind == b"iTXt":
        packed = rest[:1] == b"\x01"
        *languages, rest = rest[2:].split(b"\x00", 2)
        yield from (decoded(one) for one in languages)
        rest = _inflated(rest) if packed else rest
    if rest.lstrip().startswith((b"<?xpacket", b"<x:xmpmeta")):
        yield from read_xmp(rest)
    elif keyword.startswith(b"Raw profile type"):
        yield from _raw_profile(rest)
    else:
        yield f"{decoded(keyword)}: {decoded(rest)}"


def _raw_profile(text: bytes) -> Iterator[str]:
    """Read a profile that ImageMagick wrote as hexadecimal text: a name, a length, the digits."""
    pieces = text.split(None, 2)
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", pieces[2]) if len(pieces) == 3 else b""
    data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    if data.startswith(_EXIF_MARK):
        yield from read_exif(data[6:]).words
    else:
        yield from read_photoshop(data) if data.startswith(b"8BIM") else read_iptc(data)


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MOST_TEXT)


def _read_gif(data: bytes, beside: Beside) -> None:
    at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while at < len(data):
        if data[at] == 0x21:
            label, (pieces, at) = data[at + 1], _blocks(data, at + 2)
            if label == 0xFE:
                beside.words.append(decoded(b"".join(pieces)))
            elif label in {0x01, 0xFF}:
                beside.words.extend(readable_strings(b"".join(pieces[1:])))
        elif data[at] == 0x2C:
            flags = data[at + 9]
            table = 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
            _, at = _blocks(data, at + 11 + table)
            beside.camera.pages += 1
        else:
            beside.after_end = data[at + 1 :]
            return


def _blocks(data: bytes, at: int) -> tuple[list[bytes], int]:
    """Give a chain of blocks that each begin with their length, and where it ends."""
    pieces: list[bytes] = []
    while data[at]:
        pieces.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return pieces, at + 1


def _read_webp(data: bytes, beside: Beside) -> None:
    end = 8 + int.from_bytes(data[4:8], "little")
    at = 12
    while at + 8 <= min(end, len(data)):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        value = data[at + 8 : at + 8 + length]
        if kind == b"EXIF":
            beside.take(read_exif(value.removeprefix(_EXIF_MARK)))
        elif kind == b"XMP ":
            beside.words.extend(read_xmp(value))
        elif kind == b"ICCP":
            beside.words.extend(read_profile(value))
        elif kind not in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}:
            beside.words.extend(readable_strings(value))
        at += 8 + length + length % 2
    beside.after_end = data[end:]


def _read_bmp(data: bytes, beside: Beside) -> None:
    length = int.from_bytes(data[2:6], "little")
    if 54 <= length < len(data):
        beside.after_end = data[length:]


def _read_tiff(data: bytes, beside: Beside) -> None:
    beside.take(read_exif(data))


# --- drawings, and what is not known ---------------------------------------------------------


def _read_svg(data: bytes, beside: Beside) -> None:
    plain = re.sub(rb"<!DOCTYPE[^\[>]*>", b"", data, count=1)
    root = parse_xml(plain, "picture")
    words = [*texts_of(root), *attributes_of(root)]
    beside.words.extend(one for one in words if not one.startswith("data:"))


def _read_emf(data: bytes, beside: Beside) -> None:
    beside.words.extend(metafile.emf_words(data))


def _read_wmf(data: bytes, beside: Beside) -> None:
    beside.words.extend(metafile.wmf_words(data))


def _read_unknown(data: bytes, beside: Beside) -> None:
    """Look for camera data and XMP in a picture of another kind (HEIC, JPEG 2000, PICT)."""
    for found in re.finditer(_EXIF_MARK, data):
        beside.take(read_exif(data[found.end() : found.end() + _MOST_TEXT]))
    for packet in _XMP_PACKET.finditer(data):
        beside.words.extend(read_xmp(packet[0]))
    beside.words.extend(one for one in readable_strings(data, 8) if one.isascii())


def _is_svg(data: bytes) -> bool:
    head = data[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in head


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes, Beside], None]], ...] = (
    (lambda data: data.startswith(b"\xff\xd8\xff"), _read_jpeg),
    (lambda data: data.startswith(_PNG), _read_png),
    (lambda data: data[:6] in {b"GIF87a", b"GIF89a"}, _read_gif),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _read_webp),
    (lambda data: data[:4] in {b"II*\x00", b"MM\x00*"}, _read_tiff),
    (lambda data: data[:2] == b"BM" and data[6:10] == bytes(4), _read_bmp),
    (metafile.is_emf, _read_emf),
    (metafile.is_wmf, _read_wmf),
    (_is_svg, _read_svg),
)
