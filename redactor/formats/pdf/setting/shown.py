"""Follow drawing instructions, and say where each string they show stands.

Text state and text space are those of ISO 32000-1, 9.3 and 9.4. Places are points of the page as
displayed. Forms are followed where they are drawn, each time anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias

from pymupdf import mupdf

from redactor.formats.pdf.content_stream import Operation, operations
from redactor.formats.pdf.setting.fonts import SPACE, Font, Fonts
from redactor.formats.pdf.setting.resources import named, resource
from redactor.formats.pdf.setting.strings import number, pieces, string

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Instructions longer than this (bytes) are maps and drawings; following them takes too long.
MOST_BYTES = 4_000_000
_DEEPEST = 12
_STRAIGHT = 0.9999
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})


def times(one: Matrix, other: Matrix) -> Matrix:
    """Give the matrix that applies one and then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


class TextState:
    """What the graphics state says of text, with the way from user space to the page."""

    __slots__ = ("char", "font", "font_name", "leading", "scale", "size", "to_page", "word")

    def __init__(self, to_page: Matrix) -> None:
        """Begin as a page begins."""
        self.to_page = to_page
        self.font: Font | None = None
        self.font_name = b""
        self.size = 0.0
        self.char = 0.0
        self.word = 0.0
        self.scale = 1.0
        self.leading = 0.0


@dataclass(slots=True)
class Piece:
    """One string of a show operation.

    Attributes:
        raw: as written.
        data: the bytes it stands for.
        lead: the spacing before it, in text space.
        width: how far it moves on, in text space.
    """

    raw: bytes = field(repr=False)
    data: bytes = field(repr=False)
    lead: float
    width: float


@dataclass(slots=True)
class Show:
    """One operation that shows text.

    Attributes:
        operation: its number among the operations of its stream.
        state: the text state it is shown in.
        linear: the four numbers of the text matrix besides its place.
        pen: where it begins, in user space, before any spacing of its own.
        pieces: its strings, without empty ones.
        trailing: the spacing behind the last string, in text space.
        is_placed: whether it is known where the pen stands.
        is_certain: whether the font is understood, too.
        direction: the writing direction on the page where it runs along an axis; else None.
        per_unit: points of the page for each unit of text space, along the direction.
        along, across: where it begins, along and across the direction, in points of the page.
    """

    operation: int
    state: TextState = field(repr=False)
    linear: tuple[float, float, float, float]
    pen: tuple[float, float]
    pieces: list[Piece]
    trailing: float
    is_placed: bool
    is_certain: bool
    direction: tuple[int, int] | None = None
    per_unit: float = 0.0
    along: float = 0.0
    across: float = 0.0

    def __post_init__(self) -> None:
        a, b, c, d, e, f = self.state.to_page
        x, y = self.linear[0] * a + self.linear[1] * c, self.linear[0] * b + self.linear[1] * d
        self.per_unit = (x * x + y * y) ** 0.5
        if not self.per_unit:
            return
        x, y = x / self.per_unit, y / self.per_unit
        if max(abs(x), abs(y)) < _STRAIGHT:
            return
        self.direction = round(x), round(y)
        at = self.pen[0] * a + self.pen[1] * c + e, self.pen[0] * b + self.pen[1] * d + f
        self.along, self.across = turned(at, self.direction)

    @property
    def em(self) -> float:
        """Give the size of its font along the direction, in points of the page."""
        return abs(self.state.size) * self.per_unit

    @property
    def has_spacing_only(self) -> bool:
        """Say whether it holds spacing that nothing is shown behind."""
        return bool(self.trailing) or not self.pieces

    def natural_width(self, piece: Piece) -> float:
        """Give how far a string moves on without any spacing or stretching, in text space."""
        font = self.state.font
        return 0.0 if font is None else font.width(piece.data) * self.state.size / 1000

    def places(self) -> Iterator[tuple[float, float]]:
        """Give where each string starts and ends, along the direction."""
        at = self.along
        for piece in self.pieces:
            start = at + piece.lead * self.per_unit
            at = start + piece.width * self.per_unit
            yield start, at

    def glyph_starts(
        self, starts: Sequence[float] | None = None, *, natural: bool = False
    ) -> list[float]:
        """Give where each glyph starts, along the direction.

        Args:
            starts: where each string starts, if not where it does.
            natural: whether it is shown without any spacing of its own.
        """
        state = self.state
        if state.font is None:
            return []
        scale = 1.0 if natural else state.scale
        unit = state.size / 1000 * scale * self.per_unit
        spaced = not natural and (state.char or state.word)
        if starts is None:
            starts = [start for start, _ in self.places()]
        found: list[float] = []
        for piece, start in zip(self.pieces, starts, strict=True):
            if spaced:
                found.extend(accumulate(self._spaced(piece, unit), initial=start))
            else:
                widths = map(state.font.widths.__getitem__, state.font.codes(piece.data))
                found.extend([start + at * unit for at in accumulate(widths, initial=0.0)])
            found.pop()
        return found

    def _spaced(self, piece: Piece, unit: float) -> Iterator[float]:
        """Give how far each glyph of a string moves on, in points of the page."""
        state = self.state
        if state.font is None:
            return
        char, word = (one * state.scale * self.per_unit for one in (state.char, state.word))
        word = word if state.font.code_length == 1 else 0.0
        for code in state.font.codes(piece.data):
            yield state.font.widths[code] * unit + char + (word if code == SPACE else 0.0)


def turned(point: tuple[float, float], direction: tuple[int, int]) -> tuple[float, float]:
    """Give a point's place along a direction, and across it (growing to the line below)."""
    (x, y), (dx, dy) = point, direction
    return x * dx + y * dy, y * dx - x * dy


@dataclass(slots=True)
class Stream:
    """The instructions of a page, or of a form each time it is drawn.

    Attributes:
        data: the instructions.
        operations: taken apart.
        shows: what of them shows text, by the number of the operation.
        forms: the forms with instructions for text that it draws, by the number of the operation.
        entry: the form's own object; None for a page.
        resources: what names in it stand for; None where there are none.
        inherited: the text state in which it begins.
    """

    data: bytes = field(repr=False)
    operations: list[Operation] = field(repr=False)
    entry: Any
    resources: Any
    inherited: TextState
    shows: dict[int, Show] = field(default_factory=dict)
    forms: dict[int, Stream] = field(default_factory=dict)

    def all_shows(self) -> Iterator[tuple[Stream, Show]]:
        """Give everything shown, that of forms too."""
        for show in self.shows.values():
            yield self, show
        for form in self.forms.values():
            yield from form.all_shows()


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
