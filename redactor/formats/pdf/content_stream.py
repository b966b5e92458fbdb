"""Take drawing instructions apart into operations, and nothing else (ISO 32000-1, 7.2 and 7.8.2).

Operands stay as they are written. Damaged instructions never raise: what cannot be read as a token
is passed over, as viewers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_SPACE = rb"\x00\t\n\f\r "
_DELIMITER = rb"()<>\[\]{}/%"
_TOKEN = re.compile(
    rb"[" + _SPACE + rb"]+|%[^\r\n]*"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<string>\()"
    rb"|(?P<plain><[^>]*>?|/[^" + _SPACE + _DELIMITER + rb"]*"
    rb"|[+-]*[\d.][\d.+-]*|(?:true|false|null)(?=[" + _SPACE + _DELIMITER + rb"]|$))"
    rb"|(?P<operator>[^" + _SPACE + _DELIMITER + rb"]+)"
    rb"|.",
    re.DOTALL,
)  # fmt: skip
#: Most operations, each with one look: numbers and names before an operator, or one string or array
#: of strings and numbers, without anything in it that has to be looked at. Whatever else there is,
#: is taken token by token, which gives the same of these. An array is written so that there is one
#: way to part it: were it a choice repeated of numbers repeated, all ways would be tried in vain.
_USUAL = re.compile(
    rb"[ \t\n\f\r]*(?:"
    rb"(?P<several>(?:(?:/[A-Za-z][A-Za-z0-9]*|[+-]?[\d.]+)[ \t\n\f\r]+)*)"
    rb"|(?P<one>\([^()\\]*\)|<[0-9A-Fa-f]*>"
    rb"|\[[ \n\d.+-]*(?:(?:\([^()\\]*\)|<[0-9A-Fa-f]*>)[ \n\d.+-]*)*\])[ \t\n\f\r]*"
    rb")(?!(?:BI|true|false|null)(?![A-Za-z]))(?P<operator>[A-Za-z]+[*01]?|['\"])(?=[ \t\n\f\r]|$)"
)
_STRING_PIECE = re.compile(rb"[^()\\]+|\\.?|[()]", re.DOTALL)
_END_OF_PICTURE = re.compile(
    rb"(?<=[" + _SPACE + rb"])EI(?=[" + _SPACE + rb"]|$)|EI(?=[\r\n ]+[QqE]\b)"
)
#: Behind the end of an inline picture come instructions, which are plain text; pixels are not.
_INSTRUCTIONS = re.compile(rb"[\t\n\f\r -~]{0,24}")
_LOOKED_AT = 24
_NUMBER_OF = re.compile(rb"/(?:W|Width|H|Height|BPC|BitsPerComponent)(?![A-Za-z])\s*(\d{1,6})")
_COMPONENTS = {b"G": 1, b"DeviceGray": 1, b"RGB": 3, b"DeviceRGB": 3, b"CMYK": 4, b"DeviceCMYK": 4}
_SPACE_OF = re.compile(rb"/(?:CS|ColorSpace)\s*/(\w+)")
_IS_MASK = re.compile(rb"/(?:IM|ImageMask)\s+true\b")
_IS_FILTERED = re.compile(rb"/(?:F|Filter)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its operator, its operands as written, and where it stands.

    An inline picture is one operation, ``BI``, without operands.
    """

    operator: bytes
    operands: tuple[bytes, ...] = field(repr=False)
    start: int
    end: int


def operations(data: bytes) -> Iterator[Operation]:
    """Give the operations of drawing instructions in order.

    Args:
        data: the unpacked stream; for a page, its streams joined by white space.
    """
    at = 0
    while True:
        if (usual := _USUAL.match(data, at)) is not None:
            several, one, operator = usual.groups()
            at = usual.end()
            operands = (one,) if one is not None else tuple(several.split())
            start = usual.start(1 if one is None else 2)
            yield Operation(operator, operands, start, at)
        elif (other := _operation(data, at)) is not None:
            at = other.end
            yield other
        else:
            return


def _operation(data: bytes, at: int) -> Operation | None:
    """Give the next operation, taken token by token; None at the end."""
    operands: list[bytes] = []
    start: int | None = None
    while (token := _token(data, at)) is not None:
        is_operator, before, at = token
        start = before if start is None else start
        if not is_operator:
            operands.append(data[before:at])
            continue
        operator = data[before:at]
        if operator == b"BI":
            operands, at = [], end_of_picture(data, at)
        return Operation(operator, tuple(operands), start, at)
    return None


def _token(data: bytes, at: int) -> tuple[bool, int, int] | None:
    """Give the next operator or operand: whether it is an operator, its start and its end.

    Arrays and dictionaries are one operand, with all that is in them.
    """
    opened: list[int] = []
    while (match := _TOKEN.match(data, at)) is not None:
        kind, before, at = match.lastgroup, at, match.end()
        if kind == "string":
            at = end_of_string(data, before)
        if kind == "open":
            opened.append(before)
        elif kind == "close" and opened:
            first = opened.pop()
            if not opened:
                return False, first, at
        elif kind not in {None, "close"} and not opened:
            return kind == "operator", before, at
    return None


def end_of_string(data: bytes, start: int) -> int:
    """Give where the string that begins here ends; parentheses in it are balanced."""
    end = data.find(b")", start) + 1
    if end and data.find(b"(", start + 1, end) < 0 and data.find(b"\\", start, end) < 0:
        return end  # the usual: nothing in it that has to be looked at
    depth = 0
    for piece in _STRING_PIECE.finditer(data, start):
        if piece[0] == b"(":
            depth += 1
        elif piece[0] == b")":
            depth -= 1
            if depth == 0:
                return piece.end()
    return len(data)


def end_of_picture(data: bytes, start: int) -> int:
    """Give where an inline picture ends, of which ``BI`` was read."""
    begun = re.compile(rb"[" + _SPACE + rb"]ID(?=[" + _SPACE + rb"])|>ID(?=\s)").search(data, start)
    if begun is None:
        return len(data)
    at = begun.end() + 1 + _plain_length(data[start : begun.start() + 1])
    for end in _END_OF_PICTURE.finditer(data, max(begun.end(), at - 1)):
        following = data[end.end() : end.end() + _LOOKED_AT]
        if _INSTRUCTIONS.fullmatch(following):
            return end.end()
    return len(data)


def _plain_length(entries: bytes) -> int:
    """Give how many bytes the samples take at least; 0 where they are packed or unclear."""
    if _IS_FILTERED.search(entries):
        return 0
    numbers = {match[0][1:2]: int(match[1]) for match in _NUMBER_OF.finditer(entries)}
    width, height, bits = numbers.get(b"W", 0), numbers.get(b"H", 0), numbers.get(b"B", 1)
    space = _SPACE_OF.search(entries)
    components = 1 if _IS_MASK.search(entries) else _COMPONENTS.get(space[1] if space else b"", 0)
    return (width * components * bits + 7) // 8 * height
