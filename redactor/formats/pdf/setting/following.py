"""Follow drawing instructions, and say where each string they show stands.

Forms are followed where they are drawn, each time anew.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.content_stream import Operation, operations
from redactor.formats.pdf.setting.fonts import Font, Fonts
from redactor.formats.pdf.setting.resources import named, resource
from redactor.formats.pdf.setting.shown import (
    IDENTITY,
    SHOWS,
    Matrix,
    Piece,
    Show,
    Stream,
    TextState,
    times,
)
from redactor.formats.pdf.setting.strings import number, pieces, string

#: Instructions longer than this (bytes) are maps and drawings; following them takes too long.
MOST_BYTES = 4_000_000
_DEEPEST = 12


def page_stream(page: Any, to_page: Matrix, fonts: Fonts) -> Stream | None:
    """Follow the instructions of a page; None where they are too long to follow."""
    data = page.read_contents()
    if len(data) > MOST_BYTES:
        return None
    entry = mupdf.pdf_page_from_fz_page(page.this).obj()
    resources = mupdf.pdf_dict_gets_inheritable(entry, "Resources")
    state = TextState(to_page)
    stream = Stream(data, list(operations(data)), None, resources, state)
    _Follower(stream, state, fonts, 0).follow()
    return stream


class _Follower:
    """Follows the instructions of one stream."""

    def __init__(self, stream: Stream, state: TextState, fonts: Fonts, depth: int) -> None:
        self.stream = stream
        self.state = state
        self.fonts = fonts
        self.depth = depth
        self.saved: list[TextState] = []
        self.known: dict[bytes, Font | None] = {}
        self.linear = IDENTITY[:4]
        self.line = self.pen = (0.0, 0.0)
        #: Whether it is known where the pen stands.
        self.is_placed = True

    def follow(self) -> None:
        for index, operation in enumerate(self.stream.operations):
            operator, operands = operation.operator, operation.operands
            if operator in SHOWS:
                self._show(index, operation)
            elif operator == b"Tf" and len(operands) >= 2:
                self._set_font(operands[-2], number(operands[-1]))
            elif operator == b"Do" and operands:
                self._draw(index, operands[-1])
            elif (step := _STEPS.get(operator)) is not None:
                step(self, *[number(one) for one in operands])

    # --- state --------------------------------------------------------------------------------

    def save(self, *_: float) -> None:
        self.saved.append(self.state)

    def restore(self, *_: float) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _set_font(self, name: bytes, size: float) -> None:
        if name == self.state.font_name and size == self.state.size:
            return
        self._changing()
        if name not in self.known:
            self.known[name] = self.fonts.get(self.stream.resources, name)
        self.state.font = self.known[name]
        self.state.font_name = name
        self.state.size = size

    def _changing(self) -> None:
        """Shows keep the state they were shown in; what changes is a copy."""
        self.state = copy(self.state)

    def set_value(self, name: str, value: float) -> None:
        if getattr(self.state, name) != value:
            self._changing()
            setattr(self.state, name, value)

    def concatenate(self, *numbers: float) -> None:
        if len(numbers) == 6:
            self._changing()
            a, b, c, d, e, f = numbers
            self.state.to_page = times((a, b, c, d, e, f), self.state.to_page)

    # --- places -------------------------------------------------------------------------------

    def begin(self, *_: float) -> None:
        self.linear, self.line, self.pen = IDENTITY[:4], (0.0, 0.0), (0.0, 0.0)
        self.is_placed = True

    def set_matrix(self, *numbers: float) -> None:
        if len(numbers) == 6:
            a, b, c, d, e, f = numbers
            self.linear, self.line, self.pen = (a, b, c, d), (e, f), (e, f)
            self.is_placed = True

    def move(self, *numbers: float) -> None:
        if len(numbers) >= 2:
            (x, y), (a, b, c, d) = numbers[-2:], self.linear
            self.line = self.pen = (self.line[0] + x * a + y * c, self.line[1] + x * b + y * d)
            self.is_placed = True

    def move_with_leading(self, *numbers: float) -> None:
        if len(numbers) >= 2:
            self.set_value("leading", -numbers[-1])
            self.move(*numbers)

    def next_line(self, *_: float) -> None:
        self.move(0.0, -self.state.leading)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, index: int, operation: Operation) -> None:
        operator, operands = operation.operator, operation.operands
        if operator == b'"' and len(operands) >= 3:
            self.set_value("word", number(operands[-3]))
            self.set_value("char", number(operands[-2]))
        if operator in {b"'", b'"'}:
            self.next_line()
        if not operands or operands[-1][:1] not in {b"(", b"<", b"["}:
            return
        raw = operands[-1]
        shown, trailing = self._pieces(pieces(raw) if raw[:1] == b"[" else [raw])
        is_certain = self.is_placed and self.state.font is not None
        self.stream.shows[index] = Show(
            index, self.state, self.linear, self.pen, shown, trailing, self.is_placed, is_certain
        )
        self.is_placed = is_certain
        advance = trailing
        for piece in shown:
            advance += piece.lead + piece.width
        self.pen = (self.pen[0] + advance * self.linear[0], self.pen[1] + advance * self.linear[1])

    def _pieces(self, written: Any) -> tuple[list[Piece], float]:
        state = self.state
        font, thousandth = state.font, state.size * state.scale / 1000
        char, word = state.char * state.scale, state.word * state.scale
        shown: list[Piece] = []
        lead = 0.0
        for one in written:
            if isinstance(one, float):
                lead -= one * thousandth
                continue
            data = string(one)
            if not data:
                continue
            width = 0.0
            if font is not None:
                width = font.width(data) * thousandth
                if char:
                    width += char * (len(data) // font.code_length)
                if word:
                    width += word * font.word_spaces(data)
            shown.append(Piece(one, data, lead, width))
            lead = 0.0
        return shown, lead

    # --- forms --------------------------------------------------------------------------------

    def _draw(self, index: int, name: bytes) -> None:
        entry = resource(self.stream.resources, "XObject", name)
        if entry is None or self.depth >= _DEEPEST:
            return
        if mupdf.pdf_to_name(named(entry, "Subtype")) != "Form":
            return
        data = mupdf.pdf_load_stream(entry).fz_buffer_extract_copy()
        if len(data) > MOST_BYTES or (b"BT" not in data and b"Do" not in data):
            return
        state = copy(self.state)
        state.to_page = times(_matrix_of(entry), state.to_page)
        own = named(entry, "Resources")
        resources = own if mupdf.pdf_is_dict(own) else self.stream.resources
        form = Stream(data, list(operations(data)), entry, resources, state)
        _Follower(form, state, self.fonts, self.depth + 1).follow()
        if form.shows or form.forms:
            self.stream.forms[index] = form


def _matrix_of(form: Any) -> Matrix:
    matrix = named(form, "Matrix")
    if mupdf.pdf_array_len(matrix) != 6:
        return IDENTITY
    a, b, c, d, e, f = (mupdf.pdf_array_get_real(matrix, i) for i in range(6))
    return a, b, c, d, e, f


_STEPS: dict[bytes, Any] = {
    b"q": _Follower.save,
    b"Q": _Follower.restore,
    b"cm": _Follower.concatenate,
    b"BT": _Follower.begin,
    b"Tm": _Follower.set_matrix,
    b"Td": _Follower.move,
    b"TD": _Follower.move_with_leading,
    b"T*": _Follower.next_line,
    b"Tc": lambda self, *given: self.set_value("char", given[-1] if given else 0.0),
    b"Tw": lambda self, *given: self.set_value("word", given[-1] if given else 0.0),
    b"TL": lambda self, *given: self.set_value("leading", given[-1] if given else 0.0),
    b"Tz": lambda self, *given: self.set_value("scale", (given[-1] if given else 100.0) / 100),
}
