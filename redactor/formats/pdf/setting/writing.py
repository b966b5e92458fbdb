"""Write drawing instructions anew with text at other places.

Everything but text operators is copied as it was written. Where text stands is written from where
it stands in the end, and from nothing else: spacing that nothing is shown behind, and moves to
places where nothing is shown any more, are not written, because they would tell what was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.formats.pdf.content_stream import Operation
from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.setting.shown import IDENTITY, SHOWS, Piece, Show, Stream, TextState

#: What moves the pen or sets spacing is written only where something is shown.
_LEFT_OUT = SHOWS | {b"Td", b"TD", b"T*", b"Tm", b"TL", b"Tc", b"Tw", b"Tz"}
#: The pen stands where it should within this (points).
_NEAR = 0.002
#: How many digits are written: of places in text space, and of thousandths of the font's size.
_PLACE_DIGITS, _SPACING_DIGITS = 5, 2


@dataclass(frozen=True, slots=True)
class _Spacing:
    """The spacing that is in force in what is written."""

    char: float = 0.0
    word: float = 0.0
    scale: float = 1.0


def rewritten(stream: Stream, plan: Plan, names: Mapping[int, bytes]) -> bytes:
    """Give the instructions of a stream with its text where the plan says.

    Args:
        stream: the stream as followed.
        plan: where strings start, in points along their line.
        names: for forms that are drawn, by the number of the operation, another name.
    """
    return _Writer(stream, plan, names).written()


@dataclass(slots=True)
class _Writer:
    stream: Stream
    plan: Plan
    names: Mapping[int, bytes]
    out: list[bytes] = field(default_factory=list)
    spacing: _Spacing = field(default_factory=_Spacing)
    saved: list[_Spacing] = field(default_factory=list)
    linear: tuple[float, float, float, float] = IDENTITY[:4]
    line: tuple[float, float] = (0.0, 0.0)
    pen: tuple[float, float] = (0.0, 0.0)

    def written(self) -> bytes:
        self.spacing = _spacing_of(self.stream.inherited)
        for index, operation in enumerate(self.stream.operations):
            show = self.stream.shows.get(index)
            if show is not None:
                self._show(show)
            elif operation.operator not in _LEFT_OUT:
                self._copy(index, operation)
        return b"\n".join(self.out)

    def _copy(self, index: int, operation: Operation) -> None:
        operator = operation.operator
        if operator == b"q":
            self.saved.append(self.spacing)
        elif operator == b"Q" and self.saved:
            self.spacing = self.saved.pop()
        elif operator == b"BT":
            self.linear, self.line, self.pen = IDENTITY[:4], (0.0, 0.0), (0.0, 0.0)
        form = self.stream.forms.get(index)
        if form is not None:
            self._set_spacing(_spacing_of(form.inherited))
        if index in self.names:
            self.out.append(self.names[index] + b" Do")
        else:
            self.out.append(self.stream.data[operation.start : operation.end])

    # --- showing ------------------------------------------------------------------------------

    def _show(self, show: Show) -> None:
        if not show.pieces:
            return
        natural = id(show) in self.plan.natural
        planned = self.plan.starts.get(id(show))
        starts = planned or [start for start, _ in show.places()]
        self._set_spacing(_Spacing() if natural else _spacing_of(show.state))
        self._move_to(show, starts[0])
        self.out.append(self._strings(show, starts, natural=natural))

    def _set_spacing(self, wanted: _Spacing) -> None:
        now = self.spacing
        if now.char != wanted.char:
            self.out.append(_plain(wanted.char, _PLACE_DIGITS) + b" Tc")
        if now.word != wanted.word:
            self.out.append(_plain(wanted.word, _PLACE_DIGITS) + b" Tw")
        if now.scale != wanted.scale:
            self.out.append(_plain(wanted.scale * 100, _PLACE_DIGITS) + b" Tz")
        self.spacing = wanted

    def _move_to(self, show: Show, start: float) -> None:
        """Write a move to where the first string starts, unless the pen stands there."""
        a, b, c, d = show.linear
        ahead = (start - show.along) / show.per_unit if show.per_unit else 0.0
        x, y = show.pen[0] + ahead * a, show.pen[1] + ahead * b
        apart = abs(x - self.pen[0]) + abs(y - self.pen[1])
        unit = max((abs(a) + abs(b)), 1e-9)
        if self.linear == show.linear and apart / unit * show.per_unit < _NEAR:
            return
        turn = a * d - b * c
        if self.linear == show.linear and turn:
            right, up = x - self.line[0], y - self.line[1]
            dx, dy = (right * d - up * c) / turn, (up * a - right * b) / turn
            dx, dy = round(dx, _PLACE_DIGITS), round(dy, _PLACE_DIGITS)
            self.out.append(_numbers(dx, dy) + b" Td")
            self.line = (self.line[0] + dx * a + dy * c, self.line[1] + dx * b + dy * d)
        else:
            x, y = round(x, _PLACE_DIGITS), round(y, _PLACE_DIGITS)
            matrix = b" ".join(_plain(one, 8) for one in show.linear)
            self.out.append(matrix + b" " + _numbers(x, y) + b" Tm")
            self.linear, self.line = show.linear, (x, y)
        self.pen = self.line

    def _strings(self, show: Show, starts: list[float], *, natural: bool) -> bytes:
        """Give the operation that shows the strings, and move the pen behind them."""
        scale = 1.0 if natural else show.state.scale
        thousandth = show.state.size * scale / 1000
        at, advance = starts[0], 0.0
        parts: list[bytes] = []
        for piece, start in zip(show.pieces, starts, strict=True):
            spacing = (start - at) / show.per_unit if show.per_unit else 0.0
            steps = round(-spacing / thousandth, _SPACING_DIGITS) if thousandth else 0.0
            if steps:
                parts.append(_plain(steps, _SPACING_DIGITS))
            parts.append(piece.raw)
            width = _width(show, piece, natural=natural)
            advance += width - steps * thousandth
            at = starts[0] + advance * show.per_unit
        a, b = show.linear[0], show.linear[1]
        self.pen = (self.pen[0] + advance * a, self.pen[1] + advance * b)
        if len(parts) == 1:
            return parts[0] + b" Tj"
        return b"[" + b" ".join(parts) + b"] TJ"


def _spacing_of(state: TextState) -> _Spacing:
    return _Spacing(state.char, state.word, state.scale)


def _width(show: Show, piece: Piece, *, natural: bool) -> float:
    return show.natural_width(piece) if natural else piece.width


def _numbers(*values: float) -> bytes:
    return b" ".join(_plain(value, _PLACE_DIGITS) for value in values)


def _plain(value: float, digits: int) -> bytes:
    """Write a number in decimals, without an exponent or a rest of noughts."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return b"0" if text in {"-0", ""} else text.encode("ascii")
