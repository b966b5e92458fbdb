"""The records of a BIFF stream, and the texts in them.

Source: [MS-XLS] 2.1.4 (records), 2.5.293 to 2.5.296 (texts), 2.4.58 (Continue).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from redactor.formats.package import damaged

CONTINUE = 0x003C
BOF, EOF = 0x0809, 0x000A
_HEADER = struct.Struct("<HH")
#: Runs of characters that are likely to be words; wide ones of the scripts of Europe and near it.
_NARROW = re.compile(rb"[\x20-\x7e\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xff\t\r\n]{3,}")
_WIDE = re.compile(
    rb"(?s:(?=.[\x00-\x06\x1e\x20].[\x00-\x06\x1e\x20]))"  # told at a glance in most places
    rb"(?:[\x20-\x7e\xa0-\xff\t\r\n]\x00|[\x00-\xff][\x01-\x06\x1e]|[\x10-\x26]\x20){3,}"
)
_SIGNS = "‘’“”–—…£€§°·\xa0"
#: Where there is nothing for long; two bytes of it stay, as a wide character may end in one.
_EMPTY = re.compile(rb"(?<=\x00\x00)\x00{32,}")
_LETTERS = re.compile(r"[^\W\d_]")
#: What a run of single bytes must have: plain letters side by side, a long number, or a short name.
_WESTERN = re.compile(rb"[A-Za-z]{3}|(?:\d[ ./-]?){6}|^[A-Z][a-z\xc0-\xff]+$")


class Record(NamedTuple):
    """One record with those that continue it.

    Attributes:
        at: where it begins in its stream.
        kind: its number.
        body: its bytes, joined.
        breaks: where in ``body`` each continuation begins.
    """

    at: int
    kind: int
    body: bytes
    breaks: tuple[int, ...]


def records(stream: bytes, start: int = 0, end: int | None = None) -> Iterator[Record]:
    """Give the records of a stream from one place on, each joined with what continues it.

    Raises:
        UnreadableDocument: a record is cut off.
    """
    at, size = start, len(stream) if end is None else end
    header = _HEADER.unpack_from
    while at + 4 <= size:
        kind, length = header(stream, at)
        first, at = at, at + 4
        stop = at + length
        if stop > size:
            raise damaged("one of its records is cut off")
        body = stream[at:stop]
        at = stop
        if at + 4 > size or stream[at] != CONTINUE or stream[at + 1]:
            yield Record(first, kind, body, ())
            continue
        pieces, breaks, whole = [body], [], length
        while at + 4 <= size and header(stream, at)[0] == CONTINUE:
            length = header(stream, at)[1]
            if at + 4 + length > size:
                raise damaged("one of its records is cut off")
            breaks.append(whole)
            pieces.append(stream[at + 4 : at + 4 + length])
            whole += length
            at += 4 + length
        yield Record(first, kind, b"".join(pieces), tuple(breaks))


class Texts:
    """Reads the texts of one kind of file.

    Args:
        wide: BIFF8: texts say for themselves whether their characters take one byte or two.
        encoding: of texts before BIFF8.
    """

    def __init__(self, *, wide: bool, encoding: str = "cp1252") -> None:
        self.wide = wide
        self.encoding = encoding

    def short(self, body: bytes, at: int) -> tuple[str, int]:
        """Read a text whose length takes one byte; gives it and where it ends."""
        return self._of_length(body, at + 1, body[at])

    def long(self, body: bytes, at: int, breaks: tuple[int, ...] = ()) -> tuple[str, int]:
        """Read a text whose length takes two bytes; gives it and where it ends."""
        (length,) = struct.unpack_from("<H", body, at)
        return self._of_length(body, at + 2, length, breaks)

    def bare(self, body: bytes, at: int, length: int) -> tuple[str, int]:
        """Read a text whose length stands elsewhere."""
        return self._of_length(body, at, length)

    def _of_length(
        self, body: bytes, at: int, length: int, breaks: tuple[int, ...] = ()
    ) -> tuple[str, int]:
        if not self.wide:
            return body[at : at + length].decode(self.encoding, "replace"), at + length
        return rich_text(body, at, length, breaks)


def rich_text(body: bytes, at: int, length: int, breaks: tuple[int, ...] = ()) -> tuple[str, int]:
    """Read a text of BIFF8 from its flags on; gives it and where all that belongs to it ends."""
    flags = body[at]
    at += 1
    after = 0
    if flags & 0x08:
        after += 4 * struct.unpack_from("<H", body, at)[0]
        at += 2
    if flags & 0x04:
        after += struct.unpack_from("<I", body, at)[0]
        at += 4
    text, at = characters(body, at, length, wide=bool(flags & 1), breaks=breaks)
    return text, at + after


def characters(
    body: bytes, at: int, length: int, *, wide: bool, breaks: tuple[int, ...] = ()
) -> tuple[str, int]:
    """Read characters; where a record is continued amid them, new flags say how they go on.

    Raises:
        UnreadableDocument: the text is cut off.
    """
    pieces: list[str] = []
    size = 2 if wide else 1
    stop = at + length * size
    for number in range(bisect_left(breaks, at), len(breaks)):
        cut = breaks[number]
        if stop <= cut:
            break
        pieces.append(_decoded(body[at:cut], wide=wide))
        length -= (cut - at) // size
        size = 2 if body[cut] & 1 else 1
        wide, at = size == 2, cut + 1
        stop = at + length * size
    if stop > len(body):
        raise damaged("one of its texts is cut off")
    pieces.append(_decoded(body[at:stop], wide=wide))
    return "".join(pieces), stop


def _decoded(data: bytes, *, wide: bool) -> str:
    return data.decode("utf-16-le", "replace") if wide else data.decode("latin-1")


def strings_in(data: bytes, least: int = 3) -> list[str]:
    """Give what may be words among bytes of which nobody knows how they are laid out."""
    found = [text.strip() for piece in _EMPTY.split(data) for text in _runs_in(piece)]
    return list(dict.fromkeys(one for one in found if is_likely_text(one, least)))


def _runs_in(data: bytes) -> Iterator[str]:
    """Give runs of characters, of two bytes each or of one, in the order in which they begin."""
    found = [
        (one.start(), one[0].decode("utf-16-le", "replace"))
        for offset in (0, 1)
        for one in _WIDE.finditer(data, offset)
        if one.start() % 2 == offset
    ]
    found += [
        (one.start(), one[0].decode("cp1252", "replace"))
        for one in _NARROW.finditer(data)
        if _WESTERN.search(one[0])
    ]
    return (text for _, text in sorted(found))


def is_likely_text(text: str, least: int) -> bool:
    """Say whether a run of characters reads like words and not like chance."""
    letters = _LETTERS.findall(text.lower())
    digits = sum(1 for one in text if one.isdigit())
    if digits >= 6 and 3 * (digits + len(letters)) >= 2 * len(text):
        return True  # a telephone number, a National Insurance number
    plain = all(one.isascii() or one.isalpha() or one in _SIGNS for one in text)
    if len(letters) < least or len(set(letters)) < 2 or len(letters) * 2 < len(text):
        return False
    if not plain or "ÿÿ" in text:
        return False
    return any(one.isascii() for one in letters) or all(
        "\u0370" <= one <= "\u06ff" for one in letters
    )
