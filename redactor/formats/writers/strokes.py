"""The instructions that paint a line of text or a picture (ISO 32000-1, annex A)."""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.writers.typeset import Line, Piece

_GREY = "0.85 g"
_BLACK = "0 g"


def colour(digits: str, operator: str) -> str:
    """Give the instruction that chooses a colour of six hexadecimal digits."""
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return " ".join(f"{one:.3f}" for one in parts) + f" {operator}"


def paint_line(line: Line, x: float, y: float) -> list[str]:
    """Paint a line with its foot at a place."""
    if line.picture is not None:
        one = line.picture
        return [
            (
                f"q {one.width:.2f} 0 0 {one.height:.2f} {x + line.indent:.2f} {y + 2:.2f} cm "
                f"/I{one.number} Do Q"
            )
        ]
    baseline = y + line.size * 0.3
    if len(line.pieces) == 1 and not line.label and line.pieces[0].is_plain:
        return _paint_plain(line.pieces[0], x + line.indent, baseline, line.size)
    painted: list[str] = []
    if line.label:
        painted += _paint_pieces(line.label, x + line.label_indent, baseline, line.size)
    painted += _paint_pieces(line.pieces, x + line.indent, baseline, line.size, line.stretch)
    return painted


def _paint_plain(piece: Piece, x: float, baseline: float, size: float) -> list[str]:
    """Paint a piece that has a line to itself, as most cells of a sheet do."""
    shown = " ".join([f"/F{one.font} {size:g} Tf <{one.codes}> Tj" for one in piece.glyphs])
    return [f"BT {x:.2f} {baseline:.2f} Td {shown} ET"] if shown else []


def _paint_pieces(
    pieces: tuple[Piece, ...], x: float, baseline: float, size: float, stretch: float = 0.0
) -> Iterator[str]:
    at = x
    starts: list[float] = []
    for number, piece in enumerate(pieces):
        at += stretch if number and piece.is_spaced else 0.0
        starts.append(at)
        yield from _paint_behind(piece, at, baseline, size)
        at += piece.width
    shown = _Shown(x, baseline, size)
    for start, piece in zip(starts, pieces, strict=True):
        shown.add(piece, start if stretch or piece.raised else None)
    yield from shown.operators()


def _paint_behind(piece: Piece, x: float, baseline: float, size: float) -> Iterator[str]:
    """Paint what lies behind or runs through a piece: the ground of a label, and lines."""
    if piece.redaction:
        yield (
            f"{_GREY} {x:.2f} {baseline - size * 0.25:.2f} {piece.width:.2f} "
            f"{size * 1.15:.2f} re f {_BLACK}"
        )
    lines = [baseline - size * 0.12] if piece.underline else []
    lines += [baseline + size * 0.27] if piece.strike else []
    for y in lines:
        yield f"{size * 0.06:.2f} w 0 G {x:.2f} {y:.2f} m {x + piece.width:.2f} {y:.2f} l S"


class _Shown:
    """Collects the instructions that show the letters of a line."""

    def __init__(self, x: float, baseline: float, size: float) -> None:
        self._start = f"BT {x:.2f} {baseline:.2f} Td"
        self._size = size
        self._x = x
        self._font = (-1, 0.0)
        self._lift = 0.0
        self._parts: list[str] = []

    def add(self, piece: Piece, start: float | None) -> None:
        """Show a piece: at a place of its own, or right after the one before."""
        if not piece.glyphs:
            return
        if start is not None:
            self._parts.append(f"{start - self._x:.2f} 0 Td")
            self._x = start
        if piece.lift != self._lift:
            self._lift = piece.lift
            self._parts.append(f"{self._lift * self._size:.2f} Ts")
        for glyphs in piece.glyphs:
            font = (glyphs.font, self._size * piece.scale)
            if font != self._font:
                self._font = font
                self._parts.append(f"/F{font[0]} {font[1]:g} Tf")
            self._parts.append(f"<{glyphs.codes}> Tj")

    def operators(self) -> Iterator[str]:
        """Give the instructions."""
        if self._parts:
            back = " 0 Ts" if self._lift else ""
            yield f"{self._start} {' '.join(self._parts)}{back} ET"
