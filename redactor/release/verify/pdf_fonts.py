"""Turn the codes of a PDF font into text, by its ToUnicode map or its encoding.

Source: ISO 32000-2:2020, 9.6.5 (simple fonts), 9.7 (composite fonts), 9.10 (extraction of text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pikepdf

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])"
)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_MAX_RANGE = 65_536
_MAX_CMAP_BYTES = 20_000_000

#: Glyph names whose first letters are not the letter they show; the rest follow by rule.
_GLYPHS = {
    "space": " ", "nbspace": " ", "hyphen": "-", "minus": "-", "endash": "-", "emdash": "-",
    "quoteright": "'", "quoteleft": "'", "quotesingle": "'", "quotedblleft": '"',
    "quotedblright": '"', "quotedbl": '"', "at": "@", "period": ".", "comma": ",", "colon": ":",
    "semicolon": ";", "slash": "/", "underscore": "_", "ampersand": "&", "parenleft": "(",
    "parenright": ")", "plus": "+", "numbersign": "#", "percent": "%", "sterling": "£",
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi",
    "ffl": "ffl", "ae": "ae", "AE": "AE", "oe": "oe", "OE": "OE", "germandbls": "ß",
    "dotlessi": "i", "exclam": "!", "question": "?", "asterisk": "*", "bullet": "•",
    "bracketleft": "[", "bracketright": "]", "equal": "=", "dollar": "$",
}  # fmt: skip
_ACCENTED = re.compile(
    r"([A-Za-z])(?:acute|grave|circumflex|dieresis|tilde|caron|ring|cedilla|ogonek|macron|breve"
    r"|dotaccent|slash|croat|commaaccent|hungarumlaut)(?:\..*)?"
)
_BY_CODE = re.compile(r"(?:uni|u)([0-9A-F]{4,6})(?:\..*)?")
_LETTER = re.compile(r"([A-Za-z])(?:\.[a-z]+)?")
_UNKNOWN = "\ufffd"

#: Predefined character maps by a part of their name, with the codec that reads their codes.
_CODECS = (
    ("UTF16", "utf-16-be"), ("UCS2", "utf-16-be"), ("UTF8", "utf-8"), ("UTF32", "utf-32-be"),
    ("RKSJ", "cp932"), ("EUC-H", "euc_jp"), ("EUC-V", "euc_jp"), ("GBK", "gbk"), ("GB-", "gb2312"),
    ("B5", "big5"), ("ETen", "big5"), ("KSC", "cp949"),
)  # fmt: skip


@dataclass(slots=True)
class FontReader:
    """Reads the codes of one font.

    Attributes:
        bytes_a_code: 1 in simple fonts, mostly 2 in composite ones.
        codes: text by code.
        encoding: of codes that are not in ``codes``; empty where nothing says what they mean.
    """

    bytes_a_code: int = 1
    codes: dict[int, str] = field(default_factory=dict, repr=False)
    encoding: str = "cp1252"

    @property
    def is_readable(self) -> bool:
        """Say whether anything tells what the codes mean."""
        return bool(self.codes) or bool(self.encoding)

    def text(self, data: bytes) -> str:
        """Turn a shown string into text; U+FFFD stands for what cannot be told."""
        step = self.bytes_a_code
        if not self.codes and self.encoding:
            return data.decode(self.encoding, "replace")
        return "".join(self._one(data[at : at + step]) for at in range(0, len(data), step))

    def _one(self, code: bytes) -> str:
        known = self.codes.get(int.from_bytes(code, "big"))
        if known is not None:
            return known
        return code.decode(self.encoding, "replace") if self.encoding else _UNKNOWN


def read_font(font: pikepdf.Object) -> FontReader:
    """Find out how the codes of a font are read."""
    is_composite = font.get("/Subtype") == "/Type0"
    to_unicode = font.get("/ToUnicode")
    if isinstance(to_unicode, pikepdf.Stream):
        data = to_unicode.read_bytes()
        if len(data) <= _MAX_CMAP_BYTES:
            codes, width = _to_unicode(data)
            return FontReader(
                width or (2 if is_composite else 1), codes, "" if is_composite else _base(font)
            )
    if is_composite:
        return _composite(font)
    return FontReader(1, _differences(font), _base(font))


def _base(font: pikepdf.Object) -> str:
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Dictionary):
        encoding = encoding.get("/BaseEncoding")
    if font.get("/Subtype") == "/Type3":
        return ""
    return "mac_roman" if encoding == "/MacRomanEncoding" else "cp1252"


def _composite(font: pikepdf.Object) -> FontReader:
    """Read a composite font by the name of its character map (ISO 32000-2, 9.7.5.2)."""
    encoding = font.get("/Encoding", "")
    name = "" if isinstance(encoding, pikepdf.Stream) else str(encoding).lstrip("/")
    if name in {"", "Identity-H", "Identity-V"}:
        return FontReader(2, {}, "")
    return FontReader(2, {}, next((codec for part, codec in _CODECS if part in name), "latin-1"))


def _to_unicode(data: bytes) -> tuple[dict[int, str], int]:
    codes: dict[int, str] = {}
    width = 0
    for kind, block in _BLOCK.findall(data):
        if kind == b"bfchar":
            for source, target in _CHAR.findall(block):
                width = max(width, _width(source))
                codes[_number(source)] = _utf16(target)
        else:
            for first, last, start, listed in _RANGE.findall(block):
                width = max(width, _width(first))
                codes.update(_mapped(_number(first), _number(last), start, listed))
    return codes, width


def _mapped(first: int, last: int, start: bytes, listed: bytes) -> dict[int, str]:
    last = min(last, first + _MAX_RANGE)
    if listed:
        return {first + index: _utf16(item) for index, item in enumerate(_ITEM.findall(listed))}
    text = _utf16(start)
    if not text:
        return {}
    head, tail = text[:-1], ord(text[-1])
    return {code: head + chr(min(tail + code - first, 0x10FFFF)) for code in range(first, last + 1)}


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _width(digits: bytes) -> int:
    return (len(b"".join(digits.split())) + 1) // 2


def _utf16(digits: bytes) -> str:
    compact = b"".join(digits.split())
    return bytes.fromhex((compact + b"0" * (-len(compact) % 4)).decode("ascii")).decode(
        "utf-16-be", "replace"
    )


def _differences(font: pikepdf.Object) -> dict[int, str]:
    encoding = font.get("/Encoding")
    if not isinstance(encoding, pikepdf.Dictionary):
        return {}
    codes: dict[int, str] = {}
    code = 0
    for item in encoding.get("/Differences", pikepdf.Array()):
        if isinstance(item, pikepdf.Name):
            codes[code] = glyph_text(str(item)[1:])
            code += 1
        else:
            code = int(item)
    return codes


def glyph_text(name: str) -> str:
    """Give what a glyph's name says it shows (Adobe Glyph List, without accents)."""
    if name in _GLYPHS:
        return _GLYPHS[name]
    if match := _LETTER.fullmatch(name) or _ACCENTED.fullmatch(name):
        return match[1]
    if match := _BY_CODE.fullmatch(name):
        code = int(match[1], 16)
        return chr(code) if code < 0x110000 else _UNKNOWN
    return _UNKNOWN
