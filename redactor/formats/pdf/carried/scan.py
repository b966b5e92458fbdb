"""Follow drawing instructions as far as marked content goes: which mark holds what, and where.

Only what moves text is followed (ISO 32000-1, 8.4.4, 9.4): the state stack, the matrices, the
leading. Where the width of glyphs would have to be known, the start of the string is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*\))*\))*\))*\)"
_TOKEN = re.compile(
    rb"%[^\r\n]*|\bBI\b.*?\sEI\b|"
    + _STRING
    + rb"|<<|>>|<[0-9A-Fa-f\s]*>|/[^\s()<>\[\]{}/%]*|[\[\]{}]|[^\s()<>\[\]{}/%]+",
    re.DOTALL,
)
_NUMBER = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)")
#: What an operand begins with.
_OPERAND = frozenset(b"0123456789+-.(<[{/>]}")
_COMMENT = ord("%")
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PAINTS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do"})


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a string is shown, in user space of the page, and the mark that it is in."""

    x: float
    y: float
    mark: int | None


@dataclass(slots=True)
class Scanned:
    """What the drawing instructions of a page do.

    Attributes:
        shown: strings in the order in which they are shown.
        painted: marks in which anything is painted, in order.
        last_mark: the greatest number of any mark; -1 where there is none.
    """

    shown: list[Shown] = field(default_factory=list)
    painted: dict[int, None] = field(default_factory=dict)
    last_mark: int = -1


def scan(content: bytes, properties: Mapping[bytes, int]) -> Scanned:
    """Follow the drawing instructions of a page.

    Args:
        content: all of them.
        properties: the marks' numbers by the names that the page gives to their property lists.
    """
    follower = _Follower(properties)
    for match in _TOKEN.finditer(content):
        follower.token(match[0])
    return follower.found


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """Give the matrix that does one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


class _Follower:
    """Keeps what has to be known while going through the instructions."""

    def __init__(self, properties: Mapping[bytes, int]) -> None:
        self.found = Scanned()
        self._properties = properties
        self._operands: list[bytes] = []
        self._ctm = IDENTITY
        self._saved: list[tuple[Matrix, float]] = []
        self._leading = 0.0
        self._line = IDENTITY
        self._marks: list[int | None] = []

    def token(self, token: bytes) -> None:
        """Take one token in: an operand waits for its operator."""
        first = token[0]
        if first in _OPERAND:
            self._operands.append(token)
        elif first != _COMMENT:
            if token[:2] == b"BI" and token[-2:] == b"EI":
                self._paint()
            else:
                self._operate(token)
            self._operands.clear()

    def _operate(self, operator: bytes) -> None:
        if operator in _SHOWS:
            self._show(operator)
        elif operator in _PAINTS:
            self._paint()
        elif operator in {b"BMC", b"BDC", b"EMC"}:
            self._mark(operator)
        elif operator in {b"q", b"Q", b"cm"}:
            self._state(operator)
        else:
            self._move(operator)

    def _state(self, operator: bytes) -> None:
        if operator == b"q":
            self._saved.append((self._ctm, self._leading))
        elif operator == b"Q" and self._saved:
            self._ctm, self._leading = self._saved.pop()
        elif operator == b"cm":
            self._ctm = multiplied(self._matrix(), self._ctm)

    def _move(self, operator: bytes) -> None:
        if operator == b"BT":
            self._line = IDENTITY
        elif operator == b"Tm":
            self._line = self._matrix()
        elif operator == b"TL":
            self._leading = self._numbers(1)[0]
        elif operator in {b"Td", b"TD"}:
            x, y = self._numbers(2)
            if operator == b"TD":
                self._leading = -y
            self._line = multiplied((1, 0, 0, 1, x, y), self._line)
        elif operator == b"T*":
            self._next_line()

    def _next_line(self) -> None:
        self._line = multiplied((1, 0, 0, 1, 0, -self._leading), self._line)

    def _show(self, operator: bytes) -> None:
        if operator in {b"'", b'"'}:
            self._next_line()
        if any(one[:1] in {b"(", b"<"} and len(one) > 2 for one in self._operands):
            at = multiplied(self._line, self._ctm)
            self.found.shown.append(Shown(at[4], at[5], self._current))
            self._paint()

    def _mark(self, operator: bytes) -> None:
        if operator == b"EMC":
            if self._marks:
                self._marks.pop()
            return
        number = self._number_of_mark() if operator == b"BDC" else None
        if number is not None:
            self.found.last_mark = max(self.found.last_mark, number)
        self._marks.append(number)

    def _number_of_mark(self) -> int | None:
        if b"/MCID" in self._operands:
            at = self._operands.index(b"/MCID") + 1
            if at < len(self._operands) and self._operands[at].isdigit():
                return int(self._operands[at])
            return None
        return self._properties.get(self._operands[-1]) if self._operands else None

    @property
    def _current(self) -> int | None:
        return next((one for one in reversed(self._marks) if one is not None), None)

    def _paint(self) -> None:
        if (mark := self._current) is not None:
            self.found.painted[mark] = None

    def _matrix(self) -> Matrix:
        a, b, c, d, e, f = self._numbers(6)
        return a, b, c, d, e, f

    def _numbers(self, count: int) -> list[float]:
        """Give the last operands as numbers; what is no number is none that moves anything."""
        given = [float(one) if _NUMBER.fullmatch(one) else 0.0 for one in self._operands[-count:]]
        return [0.0] * (count - len(given)) + given


def joined(streams: Iterable[bytes]) -> bytes:
    """Put the streams of a page together, as a reader does (ISO 32000-1, 7.7.3.3)."""
    return b"\n".join(streams)
