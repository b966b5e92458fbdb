"""The records of a binary part, one after another ([MS-XLSB] 2.1.4 and 2.5)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from redactor.formats.package import damaged

#: The longest text of a cell, and more than any other text of the format.
MAX_TEXT = 32_767 * 2
_NONE = 0xFFFFFFFF
#: What may stand in a text: no control characters but line breaks and tabs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def records(data: bytes, part: str) -> Iterator[tuple[int, bytes]]:
    """Give the type and the payload of each record.

    Raises:
        UnreadableDocument: the part ends within a record.
    """
    at, length = 0, len(data)
    while at < length:
        kind, at = _number(data, at, 2, part)
        size, at = _number(data, at, 4, part)
        if at + size > length:
            raise damaged(f"part {part} ends within a record")
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int, part: str) -> tuple[int, int]:
    """Read a number of seven bits a byte, the lowest first."""
    number = 0
    for place in range(most):
        if at >= len(data):
            raise damaged(f"part {part} ends within a record")
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at


def whole(data: bytes, at: int) -> int:
    """Read an unsigned number of four bytes.

    Raises:
        UnreadableDocument: there are not so many.
    """
    if at + 4 > len(data):
        raise damaged("a record is shorter than it must be")
    return int.from_bytes(data[at : at + 4], "little")


def short(data: bytes, at: int) -> int:
    """Read an unsigned number of two bytes.

    Raises:
        UnreadableDocument: there are not so many.
    """
    if at + 2 > len(data):
        raise damaged("a record is shorter than it must be")
    return int.from_bytes(data[at : at + 2], "little")


def real(data: bytes, at: int) -> float:
    """Read a floating-point number.

    Raises:
        UnreadableDocument: it is cut off, or is no number.
    """
    if at + 8 > len(data):
        raise damaged("a record is shorter than it must be")
    (number,) = struct.unpack_from("<d", data, at)
    if number - number != 0:
        raise damaged("a cell holds a number that is none")
    return float(number)


def packed(number: int) -> float:
    """Give the number in an RK ([MS-XLSB] 2.5.123): a whole one or the head of a real one."""
    if number & 2:
        value = float(number >> 2 if number < 1 << 31 else (number >> 2) - (1 << 30))
    else:
        (value,) = struct.unpack("<d", b"\x00" * 4 + (number & 0xFFFFFFFC).to_bytes(4, "little"))
    return value / 100 if number & 1 else value


def text(data: bytes, at: int) -> tuple[str, int]:
    """Read a text and where it ends ([MS-XLSB] 2.5.168); one that is missing is empty.

    Raises:
        UnreadableDocument: it is longer than its record.
    """
    count = whole(data, at)
    if count == _NONE:
        return "", at + 4
    end = at + 4 + 2 * count
    if count > MAX_TEXT or end > len(data):
        raise damaged("a text is longer than its record")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def texts_in(data: bytes) -> Iterator[str]:
    """Give every text of a record of which no more is known than that it may hold some.

    A text is a count of characters and as many of them; what only looks like one is given too.
    """
    at, length = 0, len(data)
    while at + 6 <= length:
        count = int.from_bytes(data[at : at + 4], "little")
        end = at + 4 + 2 * count
        if 0 < count <= MAX_TEXT and end <= length:
            found = data[at + 4 : end].decode("utf-16-le", "replace")
            if "\ufffd" not in found and not _CONTROL.search(found):
                yield found
                at = end
                continue
        at += 1
