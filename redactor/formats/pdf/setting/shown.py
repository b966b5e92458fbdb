"""What drawing instructions show: every string, in what state and where.

Text state and text space are those of ISO 32000-1, 9.3 and 9.4. Places are points of the page as
displayed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias

from redactor.formats.pdf.content_stream import Operation
from redactor.formats.pdf.setting.fonts import SPACE, Font

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
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

    def advances(self, piece: Piece) -> list[float]:
        """Give how far each glyph of a string moves on, in text space."""
        state = self.state
        if state.font is None:
            return []
        thousandth = state.size * state.scale / 1000
        char, word = state.char * state.scale, state.word * state.scale
        word = word if state.font.code_length == 1 else 0.0
        return [
            state.font.widths[code] * thousandth + char + (word if code == SPACE else 0.0)
            for code in state.font.codes(piece.data)
        ]

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
