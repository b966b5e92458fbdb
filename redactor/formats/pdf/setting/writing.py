"""Write drawing instructions anew with text at other places.

Everything but text operators is copied as it was written. Where text stands is written from where
it stands in the end, and from nothing else: spacing that nothing is shown behind, and moves to
places where nothing is shown any more, are not written, because they would tell what was there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from redactor.formats.pdf.content_stream import Operation
from redactor.formats.pdf.setting.planning import Plan
from redactor.formats.pdf.setting.shown import IDENTITY, SHOWS, Piece, Show, Stream, TextState

#: What moves the pen or sets spacing is written only where something is shown.
_LEFT_OUT = SHOWS | {b"Td", b"TD", b"T*", b"Tm", b"TL", b"Tc", b"Tw", b"Tz"}
#: What only begins something, or says how it is painted, waits until something is: alone, it would
#: tell that there was something.
_WAITING = frozenset(
    {b"q", b"cm", b"BT", b"Tf", b"Tr", b"Ts", b"gs", b"w", b"J", b"j", b"M", b"d", b"ri", b"i"}
    | {b"g", b"rg", b"k", b"cs", b"sc", b"scn", b"G", b"RG", b"K", b"CS", b"SC", b"SCN"}
)
_WITH_STRINGS = SHOWS | {b"BDC", b"DP"}
#: What ends something, with what begins it.
_ENDS = {b"Q": b"q", b"ET": b"BT"}
_FILL = frozenset({b"g", b"rg", b"k", b"cs", b"sc", b"scn"})
_STROKE = frozenset({b"G", b"RG", b"K", b"CS", b"SC", b"SCN"})
#: What sets the same as others of these, so that the last is the one that counts.
_REPLACED = {
    **{one: frozenset({one}) for one in (b"Tf", b"Tr", b"Ts")},
    **dict.fromkeys((b"g", b"rg", b"k", b"cs"), _FILL),
    **dict.fromkeys((b"G", b"RG", b"K", b"CS"), _STROKE),
}
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
    #: What was read and is written only once something is painted with it.
    waiting: list[tuple[bytes, bytes]] = field(default_factory=list)
    spacing: _Spacing = field(default_factory=_Spacing)
    #: The fonts in which anything is shown, by their names as written; None before they are known.
    fonts: frozenset[bytes] | None = None
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
        written = self.stream.data[operation.start : operation.end]
        if (operator == b"Tf" and self._is_unused(operation)) or holds_stray_words(operation):
            return
        if operator in _WAITING:
            self._let_wait(operator, written)
            return
        if operator in _ENDS and self._was_for_nothing(_ENDS[operator]):
            return
        self._write_waiting()
        form = self.stream.forms.get(index)
        if form is not None:
            self._set_spacing(_spacing_of(form.inherited))
        if index in self.names:
            self.out.append(self.names[index] + b" Do")
        else:
            self.out.append(written)

    # --- what waits ---------------------------------------------------------------------------

    def _is_unused(self, operation: Operation) -> bool:
        """Say whether nothing is shown in a font; forms may show text in that of the page."""
        if self.fonts is None:
            shown = {show.state.font_name for show in self.stream.shows.values() if show.pieces}
            self.fonts = frozenset(shown)
        return (
            not self.stream.forms
            and operation.operands[-2:-1] != ()
            and (operation.operands[-2] not in self.fonts)
        )

    def _let_wait(self, operator: bytes, written: bytes) -> None:
        replaced = _REPLACED.get(operator, ())
        at = len(self.waiting) - 1
        while replaced and at >= 0 and self.waiting[at][0] != b"q":
            if self.waiting[at][0] in replaced:
                del self.waiting[at]
            at -= 1
        self.waiting.append((operator, written))

    def _was_for_nothing(self, begun: bytes) -> bool:
        """Drop what waits since something began that now ends; say whether that is all of it."""
        if begun == b"q":
            while self.waiting:
                if self.waiting.pop()[0] == begun:
                    return True
            return False
        for at in range(len(self.waiting) - 1, -1, -1):
            if self.waiting[at][0] == begun:
                del self.waiting[at]
                return True
        return False

    def _write_waiting(self) -> None:
        self.out.extend(written for _, written in self.waiting)
        self.waiting.clear()

    # --- showing ------------------------------------------------------------------------------

    def _show(self, show: Show) -> None:
        if not show.pieces:
            return
        self._write_waiting()
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
            self.out.append(_linear(show.linear) + b" " + _numbers(x, y) + b" Tm")
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


def holds_stray_words(operation: Operation) -> bool:
    """Say whether strings stand where instructions have none: neither shown nor in a mark."""
    if operation.operator in _WITH_STRINGS:
        return False
    return any(b"(" in one or b"<" in one for one in operation.operands)


def _spacing_of(state: TextState) -> _Spacing:
    return _Spacing(state.char, state.word, state.scale)


def _width(show: Show, piece: Piece, *, natural: bool) -> float:
    return show.natural_width(piece) if natural else piece.width


@lru_cache(maxsize=64)
def _linear(matrix: tuple[float, float, float, float]) -> bytes:
    """Write what a text matrix is besides its place, mostly the same for all of a document."""
    return b" ".join([_plain(one, 8) for one in matrix])


def _numbers(x: float, y: float) -> bytes:
    return _plain(x, _PLACE_DIGITS) + b" " + _plain(y, _PLACE_DIGITS)


def _plain(value: float, digits: int) -> bytes:
    """Write a number in decimals, without an exponent or a rest of noughts."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return b"0" if text in {"-0", ""} else text.encode("ascii")
