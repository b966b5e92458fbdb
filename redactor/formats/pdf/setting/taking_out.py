"""Take glyphs out of followed instructions, by where they stand on their line.

It is the quick way to remove text: nothing is asked of the library glyph by glyph. Whatever is not
understood with certainty is left to the library, and what was done is proved on the page as always.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from redactor.formats.pdf.content_stream import Operation
from redactor.formats.pdf.setting.line import Lines, along, direction_of
from redactor.formats.pdf.setting.shown import SHOWS, Piece, Show, Stream
from redactor.formats.pdf.setting.writing import holds_stray_words
from redactor.formats.pdf.words import Stretch

#: Where a piece of text and what is removed of it meet, they overlap by less than this (points).
_TOUCH = 0.01
_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPED = {b"\\": rb"\\", b"(": rb"\(", b")": rb"\)", b"\r": rb"\r", b"\n": rb"\n"}


def can_be_taken_apart(stream: Stream) -> bool:
    """Say whether a page holds nothing but instructions that may be copied as they are.

    No forms, no text in a font that is not understood, no comments, and no words outside of what is
    shown but in marks, from which ``cleanse`` takes them.
    """
    if stream.forms or not stream.shows:
        return False
    if not all(show.is_placed and show.is_certain for show in stream.shows.values()):
        return False
    return _is_balanced(stream) and all(_is_plain(stream, one) for one in stream.operations)


def _is_balanced(stream: Stream) -> bool:
    """Say whether every ``Q`` goes back to a ``q``: of one that does not, readers think unlike."""
    depth = 0
    for operation in stream.operations:
        depth += (operation.operator == b"q") - (operation.operator == b"Q")
        if depth < 0:
            return False
    return True


def _is_plain(stream: Stream, operation: Operation) -> bool:
    operator = operation.operator
    if operator in SHOWS:
        return True
    if operator in {b"Do", b"BI"}:
        return False
    if b"%" in stream.data[operation.start : operation.end]:
        return False
    if any(one[:1] == b"/" and (b"#" in one or not one.isascii()) for one in operation.operands):
        return False  # a name that resources may list in another way
    return not holds_stray_words(operation)


def take_out(stream: Stream, stretches: Sequence[Stretch]) -> bool:
    """Take what stretches cover out of the pieces of a page's shows.

    Args:
        stream: the page; what is shown in it changes.
        stretches: of the page's text, each on one line.

    Returns:
        Whether something was found to be taken out for every stretch; the stream is of no use where
        not.
    """
    lines = Lines(stream.shows.values())
    cut: dict[int, list[tuple[float, float]]] = {}
    shows: dict[int, Show] = {}
    for stretch in stretches:
        direction = direction_of(stretch)
        if direction is None:
            return False
        start, _, end, _ = box = along(stretch.box, direction)
        on_line = lines.on(box, direction)
        if not on_line:
            return False
        for show in on_line:
            shows[id(show)] = show
            cut.setdefault(id(show), []).append((start, end))
    for number, show in shows.items():
        _cut_show(show, cut[number])
    return True


def _cut_show(show: Show, ranges: Sequence[tuple[float, float]]) -> None:
    """Leave of a show what lies in none of the ranges; what goes becomes spacing."""
    pieces: list[Piece] = []
    spacing = 0.0
    for piece, (start, end) in zip(show.pieces, show.places(), strict=True):
        spacing += piece.lead
        near = [one for one in ranges if one[0] < end - _TOUCH and one[1] > start + _TOUCH]
        if not near:
            pieces.append(Piece(piece.raw, piece.data, spacing, piece.width))
            spacing = 0.0
            continue
        for data, width, stays in _parts(show, piece, start, near):
            if stays:
                pieces.append(Piece(_written(data), data, spacing, width))
                spacing = 0.0
            else:
                spacing += width
    show.pieces = pieces
    show.trailing += spacing


def _parts(
    show: Show, piece: Piece, start: float, ranges: Sequence[tuple[float, float]]
) -> Iterator[tuple[bytes, float, bool]]:
    """Cut a piece where what stays begins or ends: the codes, how far they move on, and if so."""
    font = show.state.font
    if font is None:
        return
    starts = list(accumulate(show.advances(piece), initial=0.0))
    codes, length = font.codes(piece.data), font.code_length
    thousandth = show.state.size * show.state.scale / 1000
    cuts = [0, len(codes)]
    for low, high in ranges:
        for edge in (low, high):
            # the first glyph whose middle lies behind the edge
            ahead = (edge - start) / show.per_unit
            at = max(bisect_right(starts, ahead) - 1, 0)
            if at < len(codes) and starts[at] + font.widths[codes[at]] * thousandth / 2 <= ahead:
                at += 1
            cuts.append(min(at, len(codes)))
    cuts.sort()
    for first, last in pairwise(cuts):
        if first < last:
            middle = start + (starts[first] + starts[last]) / 2 * show.per_unit
            stays = not any(low < middle < high for low, high in ranges)
            yield piece.data[first * length : last * length], starts[last] - starts[first], stays


def _written(data: bytes) -> bytes:
    """Write a string in parentheses (ISO 32000-1, 7.3.4.2)."""
    return b"(" + _SPECIAL.sub(_escaped, data) + b")"


def _escaped(match: re.Match[bytes]) -> bytes:
    return _ESCAPED[match[0]]
