"""What the strings and numbers that instructions show are (ISO 32000-1, 7.3.4 and 9.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from redactor.formats.pdf.content_stream import end_of_string

_PIECE = re.compile(rb"[\s\x00]+|(\()|(<[^>]*>?)|([+-]*[\d.][\d.+-]*)|%[^\r\n]*|.", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))|\r\n?", re.DOTALL)
_MEANT = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
    b"\n": b"", b"\r": b"", b"\r\n": b"",
}  # fmt: skip
_NOT_HEX = re.compile(rb"[^0-9A-Fa-f]")
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")


@lru_cache(maxsize=4096)
def number(raw: bytes) -> float:
    """Give the value of a number as written; what is no number counts as 0, as in viewers."""
    match = _NUMBER.match(raw)
    return float(match[0]) if match else 0.0


def string(raw: bytes) -> bytes:
    """Give the bytes that a string as written stands for."""
    if raw[:1] == b"<":
        digits = _NOT_HEX.sub(b"", raw)
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    inner = raw[1:-1] if raw[-1:] == b")" else raw[1:]
    if b"\\" not in inner and b"\r" not in inner:
        return inner
    return _ESCAPE.sub(_unescaped, inner)


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    if match[2] is None:
        return b"\n"  # a line end in a string is one line feed, however it is written
    return _MEANT.get(match[2], match[2])


def pieces(raw: bytes) -> Iterator[bytes | float]:
    """Give the strings (as written) and numbers of what a ``TJ`` shows, in order."""
    at, end = 1, len(raw) - 1
    while at < end:
        match = _PIECE.match(raw, at, end)
        if match is None:  # pragma: no cover - the last choice takes any byte
            return
        kind, start, at = match.lastindex, at, match.end()
        if kind == 1:
            at = min(end_of_string(raw, start), end)
            yield raw[start:at]
        elif kind == 2:
            yield match[0]
        elif kind == 3:
            yield number(match[0])
