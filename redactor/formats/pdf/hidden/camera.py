"""What cameras and programs wrote into the pictures of a PDF, beside their pixels."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.syntax import Dict
from redactor.formats.pdf.opening import inflate
from redactor.model import HiddenKind

_FILES = frozenset({"DCTDecode", "DCT", "JPXDecode"})
_PIXEL_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
_LEAST = 4


def picture_words(file: PdfFile, numbers: list[int]) -> Iterator[Hidden]:
    """Give the words beside the pixels of each picture that is kept as a picture's file.

    Args:
        file: the file they are in.
        numbers: of the streams that may be such pictures.
    """
    if not numbers:
        return
    from redactor.formats.pictures import read_beside  # noqa: PLC0415 - loads lxml

    users: dict[int, list[int]] = {}
    for number in numbers:
        data = _beside_pixels(_file_of(file, number))
        beside = read_beside(data) if data else None
        if beside is None or not (beside.words or beside.camera.thumbnails or beside.after_end):
            continue
        if not users:
            users = _users(file)
        page = file.page_using(number, users)
        part = f"picture on page {page + 1}" if page is not None else "picture on no page"
        text = "\n".join(dict.fromkeys(one for one in beside.words if len(one) >= _LEAST))
        yield Hidden(HiddenKind.PICTURE, part, text, "pictures")
        for _ in range(beside.camera.thumbnails):
            yield Hidden(HiddenKind.PICTURE, part, "", "small copies")


def _users(file: PdfFile) -> dict[int, list[int]]:
    users: dict[int, list[int]] = {}
    for number in range(1, file.count):
        for one in file.references(number):
            users.setdefault(one, []).append(number)
    return users


def _file_of(file: PdfFile, number: int) -> bytes:
    """Give the file of a picture, without the packing around it; nothing if it is none."""
    entry = file.value(number)
    filters = _filters(file, entry) if isinstance(entry, dict) else []
    if not filters or filters[-1] not in _FILES:
        return b""
    data = file.raw_stream(number)
    for one in filters[:-1]:
        data = _unpacked(one, data)
    return data


def _beside_pixels(data: bytes) -> bytes:
    """Give a picture's file; of JPEG 2000 only the boxes without pixels (ISO/IEC 15444-1, I)."""
    if data[4:8] != b"jP  ":
        return data
    boxes, at = [], 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        end = at + length if length >= 8 else len(data)
        if kind not in _PIXEL_BOXES:
            boxes.append(data[at + 8 : end])
        at = end
    return b"\n".join(boxes)


def _filters(file: PdfFile, entry: Dict) -> list[str]:
    value = entry.get("Filter", entry.get("F"))
    return [file.name(one) for one in file.items(value)] or [file.name(value)]


def _unpacked(filtered: str, data: bytes) -> bytes:
    try:
        if filtered in {"FlateDecode", "Fl"}:
            return inflate(data) or b""
        if filtered in {"ASCII85Decode", "A85"}:
            return base64.a85decode(data.strip().removesuffix(b"~>"))
        if filtered in {"ASCIIHexDecode", "AHx"}:
            return bytes.fromhex(re.sub(rb"[^0-9A-Fa-f]", b"", data).decode("ascii"))
    except (ValueError, binascii.Error):
        return b""
    return b""
