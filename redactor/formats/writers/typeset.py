"""Break text into lines that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redactor.content import Run
from redactor.formats.writers.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, FontSet, Glyphs

_WORDS = re.compile(r"[^\S\n]*[^\s]+|[^\S\n]+|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs on a line, and whether they are a redaction's label."""

    glyphs: tuple[Glyphs, ...]
    width: float
    redaction: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its pieces, its size in points and how far it is indented."""

    pieces: tuple[Piece, ...]
    size: float
    indent: float = 0.0

    @property
    def height(self) -> float:
        """Give the distance to the next line in points."""
        return self.size * 1.3


def style_of(run: Run) -> int:
    """Give the font for a run."""
    if run.redaction:
        return BOLD
    return {(True, True): BOLD_ITALIC, (True, False): BOLD, (False, True): ITALIC}.get(
        (run.bold, run.italic), REGULAR
    )


def break_lines(
    runs: tuple[Run, ...], width: float, size: float, fonts: FontSet, indent: float = 0.0
) -> list[Line]:
    """Break runs into lines of at most ``width`` points; a word that is longer is broken inside."""
    short = _one_line(runs, width - indent, size, fonts)
    if short is not None:
        return [Line((short,), size, indent)]
    lines: list[Line] = []
    pieces: list[Piece] = []
    room = width - indent

    def end_line() -> None:
        nonlocal pieces, room
        lines.append(Line(tuple(pieces), size, indent))
        pieces, room = [], width - indent

    for run in runs:
        style = style_of(run)
        for word in _WORDS.findall(run.text.replace("\r\n", "\n").replace("\r", "\n")):
            if word == "\n":
                end_line()
                continue
            piece = _piece(word, style, size, fonts, redaction=run.redaction)
            if piece.width > room and pieces:
                end_line()
                piece = _piece(word.lstrip(), style, size, fonts, redaction=run.redaction)
            while piece.width > room:
                head = _fitting(word.lstrip(), style, room / size, fonts)
                pieces.append(
                    _piece(word.lstrip()[:head], style, size, fonts, redaction=run.redaction)
                )
                word = word.lstrip()[head:]  # noqa: PLW2901 - the rest of the long word
                end_line()
                piece = _piece(word, style, size, fonts, redaction=run.redaction)
            pieces.append(piece)
            room -= piece.width
    if pieces or not lines:
        end_line()
    return lines


def _one_line(runs: tuple[Run, ...], room: float, size: float, fonts: FontSet) -> Piece | None:
    """Give one run that fits on one line as its only piece; most cells of a sheet are that."""
    if len(runs) != 1 or not runs[0].text or len(runs[0].text) > 200 or "\n" in runs[0].text:
        return None
    run = runs[0]
    if "\r" in run.text:
        return None
    piece = _piece(run.text, style_of(run), size, fonts, redaction=run.redaction)
    return piece if piece.width <= room else None


def _piece(text: str, style: int, size: float, fonts: FontSet, *, redaction: bool) -> Piece:
    glyphs = fonts.set(text, style)
    return Piece(glyphs, sum(one.width for one in glyphs) * size, redaction)


def _fitting(word: str, style: int, room: float, fonts: FontSet) -> int:
    """Give how many characters of a word fit; at least one, so that it always ends."""
    used = 0.0
    for count, character in enumerate(word):
        used += fonts.width(character, style)
        if used > room:
            return max(count, 1)
    return len(word)
