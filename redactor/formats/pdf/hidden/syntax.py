"""Read the written form of PDF objects into plain values (ISO 32000-1, 7.2 and 7.3).

The reader takes what it can of damaged text, never goes deeper by calling itself, and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


class Name(str):
    """A name object, without its slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an indirect object."""

    number: int


Value: TypeAlias = "bool | float | bytes | Name | Ref | list[Value] | dict[str, Value] | None"
Dict: TypeAlias = "dict[str, Value]"

_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]+|%[^\r\n]*"
    rb"|(?P<mark><<|>>|\[|\])"
    rb"|(?P<string>\()"
    rb"|<(?P<hex>[0-9A-Fa-f\x00\t\n\f\r ]*)>?"
    rb"|/(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|(?P<ref>\d{1,10}[\x00\t\n\f\r ]+\d{1,5}[\x00\t\n\f\r ]+R\b)"
    rb"|(?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]+)"
    rb"|."
)
_STRING_PIECE = re.compile(rb"[^()\\\r]+|\r\n?|[()]|\\(?:[0-7]{1,3}|\r\n|[\s\S])?")
_ESCAPES = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
#: Objects in one another, and strings, beyond which the rest is left unread.
_MOST_OPEN, _MOST_STRING = 500, 16 * 2**20


def read_value(data: bytes, at: int = 0) -> tuple[Value, int]:
    """Read one object from a place on.

    Returns:
        The object, and where the reading stopped. What is no object gives None.
    """
    reader = _Reader()
    while at < len(data) and not reader.is_done:
        found = _TOKEN.match(data, at)
        if found is None:
            at += 1
        elif found.lastgroup == "string":
            text, at = _literal(data, found.end())
            reader.take(text)
        else:
            if found.lastgroup == "word" and found["word"] in {b"endobj", b"stream", b"obj"}:
                break
            at = found.end()
            reader.token(found)
    return reader.value(), at


def read_values(data: bytes) -> Iterator[Value]:
    """Read objects until the end of the data."""
    at = 0
    while at < len(data):
        value, end = read_value(data, at)
        yield value
        at = max(end, at + 1)


class _Reader:
    """Builds one object out of tokens."""

    def __init__(self) -> None:
        self._open: list[list[Value]] = []
        self._is_dict: list[bool] = []
        self._result: Value = None
        self.is_done = False

    def token(self, found: re.Match[bytes]) -> None:
        kind = found.lastgroup
        if kind == "mark":
            self._bracket(found["mark"])
        elif kind == "hex":
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", found["hex"])
            self.take(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))
        elif kind == "name":
            self.take(Name(_unescaped(found["name"])))
        elif kind == "ref":
            self.take(Ref(int(found["ref"].split()[0])))
        elif kind == "word":
            self.take(_word(found["word"]))

    def take(self, value: Value) -> None:
        if self._open:
            self._open[-1].append(value)
        else:
            self._result, self.is_done = value, True

    def _bracket(self, mark: bytes) -> None:
        if mark in {b"<<", b"["}:
            self._open.append([])
            self._is_dict.append(mark == b"<<")
            self.is_done = len(self._open) > _MOST_OPEN
        elif self._open:
            self._close()

    def _close(self) -> None:
        items = self._open.pop()
        self.take(_dictionary(items) if self._is_dict.pop() else items)

    def value(self) -> Value:
        """Give what was read; what was left open is closed."""
        while self._open:
            self._close()
        return self._result


def _dictionary(items: list[Value]) -> Dict:
    pairs: Dict = {}
    at = 0
    while at < len(items):
        key = items[at]
        if isinstance(key, Name) and at + 1 < len(items):
            pairs[str(key)] = items[at + 1]
            at += 2
        else:
            if isinstance(key, (bytes, list, dict)):
                pairs[f"?{at}"] = key  # out of place, and listed all the same
            at += 1
    return pairs


def _word(word: bytes) -> Value:
    if word in {b"true", b"false"}:
        return word == b"true"
    try:
        return float(word)
    except ValueError:
        return None


def _unescaped(name: bytes) -> str:
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), name)
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", "replace")


def _literal(data: bytes, at: int) -> tuple[bytes, int]:
    """Read a string in brackets, from behind its first one on."""
    pieces: list[bytes] = []
    depth = 1
    start = at
    while at < len(data) and at - start < _MOST_STRING:
        found = _STRING_PIECE.match(data, at)
        if found is None:
            break
        piece, at = found[0], found.end()
        depth += (piece == b"(") - (piece == b")")
        if not depth:
            break
        pieces.append(_plain(piece))
    return b"".join(pieces), at


def _plain(piece: bytes) -> bytes:
    if not piece.startswith(b"\\"):
        return b"\n" if piece.startswith(b"\r") else piece
    code = piece[1:]
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes([int(code, 8) & 255])
    return _ESCAPES.get(code, code)


# --- strings ------------------------------------------------------------------------------------

#: Where PDFDocEncoding is not Latin-1 (ISO 32000-1, annex D.2).
_PDF_DOC = str.maketrans(
    dict(
        zip(
            (*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0),
            "\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc"
            "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c"
            "\u201d\u2018\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142"
            "\u0153\u0161\u017e\u20ac",
            strict=True,
        )
    )
)
_LANGUAGE = re.compile("\x1b[^\x1b]{0,20}\x1b")
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"""\s(?!xmlns)[\w:.-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def decoded_string(data: bytes) -> str:
    """Give a string object's characters: UTF-16 or UTF-8 by its mark, else PDFDocEncoding."""
    if data.startswith(b"\xfe\xff"):
        return _LANGUAGE.sub("", data[2:].decode("utf-16-be", "replace"))
    if data.startswith(b"\xff\xfe"):
        return _LANGUAGE.sub("", data[2:].decode("utf-16-le", "replace"))
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1").translate(_PDF_DOC)


def text_of(data: bytes) -> str:
    """Give a string object's text; nothing where it is binary."""
    text = tidy(decoded_string(data))
    if not any(character.isalnum() for character in text):
        return ""
    strange = sum(1 for one in text if not one.isprintable() and not one.isspace())
    return "" if strange * 5 > len(text) else text


def stream_text(data: bytes) -> str:
    """Give the text of a stream that is text: a script, a packet of a form."""
    if data[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        return tidy(data.decode("utf-16", "replace"))
    try:
        return tidy(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return tidy(data.decode("latin-1").translate(_PDF_DOC))


def tidy(text: str) -> str:
    """Normalise line ends and code points; what is no character becomes U+FFFD."""
    without = re.sub(
        "[\x00\ud800-\udfff]", "\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return unicodedata.normalize("NFC", without).strip()


def without_markup(text: str) -> str:
    """Give what stands between the tags and in the attributes of marked-up text, line by line."""
    attributes = [one or other for one, other in _ATTRIBUTE.findall(text)]
    lines = [*_TAG.sub("\n", text).split("\n"), *attributes]
    return tidy("\n".join(line.strip() for line in lines if line.strip()))
