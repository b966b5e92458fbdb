"""Read PDF syntax as text: strings, names and comments, but not numbers and operators.

Source of the syntax: ISO 32000-2:2020, 7.2 (comments), 7.3.4 (strings), 7.3.5 (names), 7.9.2 (text
strings).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from redactor.release.verify.decode import readings
from redactor.release.verify.search import BREAK, Marked, plain
from redactor.release.verify.vocabulary import is_pdf_structure

_TOKEN = re.compile(rb"%[^\r\n]*|\(|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*|[\[\]]|-\d+\.?\d*")
_IN_LITERAL = re.compile(rb"[()]|\\.", re.DOTALL)
_BACKSLASH = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
#: A gap wider than this, in thousandths of the font size, parts two words.
WORD_GAP = 180


@dataclass(slots=True)
class Syntax:
    """What stands in a piece of PDF.

    Attributes:
        strings: every string on its own, decoded.
        running: the strings joined as a page shows them.
        names: names that the format does not prescribe.
        comments: what follows percent signs.
    """

    strings: list[str] = field(default_factory=list, repr=False)
    running: str = field(default="", repr=False)
    names: list[str] = field(default_factory=list, repr=False)
    comments: list[str] = field(default_factory=list, repr=False)

    @property
    def technical(self) -> Marked:
        """Give names and comments, with nothing running on into anything else."""
        return Marked(BREAK.join(map(plain, (*self.names, *self.comments))))


def text_string(data: bytes) -> list[str]:
    """Decode a text string: by its mark, or else as PDFDocEncoding and what else is plausible."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return readings(data)
    if data.isascii() and b"\x00" not in data:
        return [data.decode("ascii")]
    return list(dict.fromkeys([data.decode("pdfdoc_pikepdf", "replace"), *readings(data)[:1]]))


def name_text(token: bytes) -> str:
    """Decode a name without its slash."""
    plain_bytes = _HASH.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), token)
    return plain_bytes.decode("utf-8", "replace")


def parse(data: bytes) -> Syntax:
    """Take a dictionary, an array or a content stream apart."""
    found = Syntax()
    running: list[str] = []
    depth = 0
    for token in _tokens(data):
        start = token[:1]
        if start == b"/":
            name = name_text(token[1:])
            if len(name) > 1 and not is_pdf_structure(name):
                found.names.append(name)
        elif start == b"%":
            found.comments.append(readings(token)[0])
        elif start == b"[":
            depth += 1
        elif start == b"]":
            depth = max(depth - 1, 0)
            running.append(" ")
        elif start in {b"(", b"<"} and token not in {b"<<", b">>"}:
            texts = text_string(string_bytes(token))
            found.strings.extend(texts)
            running.append(texts[0] if depth else f"{texts[0]} ")
        elif depth and start == b"-" and float(token) < -WORD_GAP:
            running.append(" ")
    found.running = "".join(running)
    return found


def _tokens(data: bytes) -> Iterator[bytes]:
    at = 0
    while match := _TOKEN.search(data, at):
        at = match.end()
        if match[0] == b"(":
            at = _literal_end(data, at)
            yield data[match.start() : at]
        else:
            yield match[0]


def _literal_end(data: bytes, at: int) -> int:
    depth = 1
    for match in _IN_LITERAL.finditer(data, at):
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if not depth:
                return match.end()
    return len(data)


def string_bytes(token: bytes) -> bytes:
    """Give the bytes that a literal or hexadecimal string token stands for."""
    if token[:1] == b"<":
        digits = b"".join(token.strip(b"<>").split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _BACKSLASH.sub(_unescaped, token[1:].removesuffix(b")"))


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1] in b"01234567":
        return bytes([int(code, 8) & 0xFF])
    if code in {b"\n", b"\r", b"\r\n"}:
        return b""
    return _SIMPLE.get(code, code)
