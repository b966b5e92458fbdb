"""Break text into lines that fit, and set them to the left, the right, the middle or both edges."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from redactor.content import Align, Run
from redactor.formats.writers.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, FontSet, Glyphs

_WORDS = re.compile(r"[^\S\n]*[^\s]+|[^\S\n]+|\n")
#: How large raised and lowered text is, and how far it is moved, in parts of its line's size.
_RAISED_SIZE, _RAISED_BY, _LOWERED_BY = 0.65, 0.35, -0.12
#: A line shorter than this is not stretched to the edge: the gaps would be wider than the words.
_LEAST_FILLED = 0.7


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs on a line, and how they look.

    Attributes:
        redaction: they are a redaction's label.
        raised: 1 above the line, -1 below it, 0 on it.
        is_spaced: it begins with white space, which may be stretched.
        blank: the width of that at its end, where it is nothing but white space.
    """

    glyphs: tuple[Glyphs, ...]
    width: float
    redaction: bool
    underline: bool = False
    strike: bool = False
    raised: int = 0
    is_spaced: bool = False
    blank: float = 0.0

    @property
    def is_plain(self) -> bool:
        """Say whether it is nothing but letters on the line."""
        return not (self.redaction or self.underline or self.strike or self.raised)

    @property
    def scale(self) -> float:
        """Give its size in parts of the line's."""
        return _RAISED_SIZE if self.raised else 1.0

    @property
    def lift(self) -> float:
        """Give how far it stands above the line, in parts of the line's size."""
        return _RAISED_BY if self.raised > 0 else _LOWERED_BY if self.raised < 0 else 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture on a line: its number on the canvas, and its size in points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        size: of its letters, in points.
        indent: how far it is moved in.
        stretch: what is added to each white space within it, so that it ends at the edge.
        label: what stands before it (``1.``), and ``label_indent`` where.
        picture: what is drawn instead of letters.
    """

    pieces: tuple[Piece, ...]
    size: float
    indent: float = 0.0
    stretch: float = 0.0
    label: tuple[Piece, ...] = ()
    label_indent: float = 0.0
    picture: Drawn | None = None

    @property
    def height(self) -> float:
        """Give the distance to the next line in points."""
        return self.picture.height + 4 if self.picture is not None else self.size * 1.3


def style_of(run: Run) -> int:
    """Give the font for a run."""
    if run.redaction:
        return BOLD
    return {(True, True): BOLD_ITALIC, (True, False): BOLD, (False, True): ITALIC}.get(
        (run.bold, run.italic), REGULAR
    )


def break_lines(
    runs: tuple[Run, ...],
    width: float,
    size: float,
    fonts: FontSet,
    indent: float = 0.0,
    align: Align = "",
) -> list[Line]:
    """Break runs into lines of at most ``width`` points; a word that is longer is broken inside."""
    room = width - indent
    short = _one_line(runs, room, size, fonts)
    if short is not None:
        line = Line((short,), size, indent)
        return [line if align in {"", "left"} else _aligned(line, room, align, is_wrapped=False)]
    setter = _Setter(room, size, indent, fonts)
    for run in runs:
        setter.add(run)
    lines, wrapped = setter.finish()
    if align in {"", "left"}:
        return lines
    return [
        _aligned(line, room, align, is_wrapped=one)
        for line, one in zip(lines, wrapped, strict=True)
    ]


def label_pieces(label: str, size: float, fonts: FontSet, *, bold: bool) -> tuple[Piece, ...]:
    """Set what stands before an item of a list."""
    return (_piece(label, Run(label, bold=bold), size, fonts),)


def _aligned(line: Line, room: float, align: Align, *, is_wrapped: bool) -> Line:
    pieces = line.pieces
    while pieces and pieces[-1].blank:
        pieces = pieces[:-1]
    used = sum(one.width for one in pieces)
    left = room - used
    if align in {"right", "center"}:
        moved = left if align == "right" else left / 2
        return Line(pieces, line.size, line.indent + moved)
    gaps = sum(one.is_spaced for one in pieces[1:])
    if not is_wrapped or not gaps or used < room * _LEAST_FILLED:
        return line
    return replace(line, pieces=pieces, stretch=left / gaps)


class _Setter:
    """Sets runs, word by word, into lines."""

    def __init__(self, room: float, size: float, indent: float, fonts: FontSet) -> None:
        self._whole = self._room = room
        self._size = size
        self._indent = indent
        self._fonts = fonts
        self._lines: list[Line] = []
        self._wrapped: list[bool] = []
        self._pieces: list[Piece] = []

    def add(self, run: Run) -> None:
        """Set one run after what was set before."""
        for word in _WORDS.findall(run.text.replace("\r\n", "\n").replace("\r", "\n")):
            if word == "\n":
                self._end_line(is_wrapped=False)
            else:
                self._add_word(word, run)

    def finish(self) -> tuple[list[Line], list[bool]]:
        """Give the lines, and which of them go on in the next."""
        if self._pieces or not self._lines:
            self._end_line(is_wrapped=False)
        return self._lines, self._wrapped

    def _add_word(self, word: str, run: Run) -> None:
        piece = _piece(word, run, self._size, self._fonts)
        if piece.blank and piece.width > self._room:
            return  # white space at the end of a line needs no line of its own
        if piece.width > self._room and self._pieces:
            self._end_line(is_wrapped=True)
            word = word.lstrip()
            piece = _piece(word, run, self._size, self._fonts)
        while piece.width > self._room:
            word = word.lstrip()
            fits = _fitting(word, style_of(run), self._room / self._size / piece.scale, self._fonts)
            self._pieces.append(_piece(word[:fits], run, self._size, self._fonts))
            word = word[fits:]
            self._end_line(is_wrapped=True)
            piece = _piece(word, run, self._size, self._fonts)
        self._pieces.append(piece)
        self._room -= piece.width

    def _end_line(self, *, is_wrapped: bool) -> None:
        self._lines.append(Line(tuple(self._pieces), self._size, self._indent))
        self._wrapped.append(is_wrapped)
        self._pieces, self._room = [], self._whole


def _one_line(runs: tuple[Run, ...], room: float, size: float, fonts: FontSet) -> Piece | None:
    """Give one run that fits on one line as its only piece; most cells of a sheet are that."""
    if len(runs) != 1 or not runs[0].text or len(runs[0].text) > 200 or "\n" in runs[0].text:
        return None
    run = runs[0]
    if "\r" in run.text:
        return None
    piece = _piece(run.text, run, size, fonts)
    return piece if piece.width <= room else None


def _piece(text: str, run: Run, size: float, fonts: FontSet) -> Piece:
    glyphs = fonts.set(text, style_of(run))
    width = sum([one.width for one in glyphs]) * size
    raised = run.raised or (1 if run.note is not None else 0)
    if raised:
        width *= _RAISED_SIZE
    return Piece(
        glyphs,
        width,
        run.redaction,
        run.underline,
        run.strike,
        raised,
        text[:1].isspace(),
        width if text.isspace() else 0.0,
    )


def _fitting(word: str, style: int, room: float, fonts: FontSet) -> int:
    """Give how many characters of a word fit; at least one, so that it always ends."""
    used = 0.0
    for count, character in enumerate(word):
        used += fonts.width(character, style)
        if used > room:
            return max(count, 1)
    return len(word)
