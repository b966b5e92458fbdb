"""Find text in bytes that nobody knows the form of: runs of letters, narrow and wide."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

#: Letters, digits and signs of one byte each: ASCII, or the upper half of Windows code page 1252.
_NARROW = rb"[\x20-\x7e\xa3\xc0-\xff]"
_WIDE = rb"(?:[\x20-\x7e\xa0-\xff]\x00|[\x00-\xff][\x01-\x05]|[\x10-\x26]\x20)"
_WORD = re.compile(r"[^\W\d_]{3}")
#: Runs are taken of at most this many characters in a part; beyond it is no text.
_MOST_CHARACTERS = 4_000_000
_LEAST_AMONG_CHANCE = 10


def readable_strings(data: bytes, least: int = 4) -> Iterator[str]:
    """Give the runs of at least so many characters, in one byte each or in UTF-16.

    Runs without three letters side by side are left out: they are numbers and chance.
    """
    total = 0
    if _is_packed(data):
        least = max(least, _LEAST_AMONG_CHANCE)
    for text in (*_wide(data, least), *_narrow(data, least)):
        if _WORD.search(text):
            total += len(text)
            if total > _MOST_CHARACTERS:
                return
            yield text


def _is_packed(data: bytes) -> bool:
    """Say whether bytes are compressed or encrypted: short runs in them are chance, not words."""
    head = data[:65_536]
    return len(head) > 2_048 and len(zlib.compress(head, 1)) > 0.97 * len(head)


def _narrow(data: bytes, least: int) -> Iterator[str]:
    for found in re.finditer(_NARROW + b"{%d,}" % least, data):
        text = decoded(found[0])
        if sum(map(str.isascii, text)) * 2 >= len(text):
            yield text


def _wide(data: bytes, least: int) -> Iterator[str]:
    """Give runs of UTF-16, low byte first, of Latin, Greek and Cyrillic characters."""
    for found in re.finditer(_WIDE + b"{%d,}" % least, data):
        text = found[0].decode("utf-16-le")
        if sum(one.isalnum() or one.isspace() for one in text) * 3 >= len(text) * 2:
            yield text


def decoded(data: bytes) -> str:
    """Give bytes that should be text as text: UTF-8 where they are, else code page 1252."""
    data = data.strip(b"\x00")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
