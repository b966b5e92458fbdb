"""Segments grouped into passages: what is read together is analysed together.

A page is cut at line ends into pieces of about 4,000 characters; lines of text and paragraphs of
one part are joined; the cells of a table are taken column by column under the column's heading,
and cells that say the same are analysed once. Every character of a passage knows its segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from redactor.detect.columns import (
    GUESSED,
    Column,
    ages_among_names,
    column_of,
    guessed,
    is_heading_row,
    label_cell,
    whole_cell,
)
from redactor.model import CellPlace, FieldPlace, LinePlace, PagePlace, PartPlace, Segment

#: How long a passage may grow, in characters; a single longer line is cut at spaces.
PASSAGE_CHARACTERS = 4000
#: Labels of columns whose cells often hold more than the heading says.
_OPEN = ("OFFENCE", "OUTCOME", "SC_HEALTH", "ID")
_COUNT = re.compile(r"[\d.,%£ -]{1,4}")
#: How many rows of a table are taken together.
ROWS_TOGETHER = 5000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage and where it comes from.

    Attributes:
        segments: indices into the document's segments; several where cells say the same.
        at: where the piece begins in the passage.
        offset: where it begins in the segment's text.
        length: in code points, the same in both.
    """

    segments: tuple[int, ...]
    at: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Text to be analysed as one, and its pieces in order.

    Attributes:
        settled: the column's heading says all there is to say of these cells.
    """

    text: str = field(repr=False)
    pieces: tuple[Piece, ...]
    column: Column | None = None
    settled: bool = False

    @property
    def segment_count(self) -> int:
        """Give how many segments the passage touches."""
        return sum(len(piece.segments) for piece in self.pieces)


def passages_of(segments: Sequence[Segment], separator: str) -> Iterator[tuple[Passage, ...]]:
    """Group a document's segments, in reading order.

    Args:
        segments: of the document.
        separator: stands between cells; no pattern crosses it.

    Yields:
        Passages that are to be reported together; each segment is touched by one group only.
    """
    for _, numbered in groupby(enumerate(segments), key=lambda one: _group_of(one[1])):
        group = list(numbered)
        if isinstance(group[0][1].place, (CellPlace, FieldPlace)):
            yield from _tables(group, separator)
        elif isinstance(group[0][1].place, PagePlace):
            for index, segment in group:
                yield tuple(_chunks([_Text(index, segment.text)]))
        else:
            yield from _running_text(_texts(group))


class _Text(NamedTuple):
    """The text of a segment, and whether empty lines stood before it."""

    number: int
    text: str
    apart: bool = False


def _texts(group: Sequence[tuple[int, Segment]]) -> list[_Text]:
    """Give the texts of a group; empty lines are no segments, or empty ones."""
    texts: list[_Text] = []
    last = -1
    for index, segment in group:
        place = segment.place
        line = place.line if isinstance(place, LinePlace) else last + 1
        if segment.text:
            texts.append(_Text(index, segment.text, bool(texts) and line > last + 1))
            last = line
    return texts


def _group_of(segment: Segment) -> tuple[str, ...]:
    place = segment.place
    hidden = segment.hidden.value if segment.hidden else ""
    match place:
        case CellPlace():
            return (
                "cells",
                place.sheet,
                hidden if hidden.startswith(("comment", "formula")) else "",
            )
        case FieldPlace():
            return ("fields",)
        case LinePlace():
            return ("lines", hidden)
        case PartPlace():
            return ("part", place.part, hidden, segment.container)
        case PagePlace():
            return ("page",)


def _running_text(texts: list[_Text]) -> Iterator[tuple[Passage, ...]]:
    """Join lines up to the length of a passage; a long line becomes a group of its own chunks."""
    waiting: list[_Text] = []
    size = 0
    for one in texts:
        if waiting and size + len(one.text) > PASSAGE_CHARACTERS:
            yield tuple(_chunks(waiting))
            waiting, size = [], 0
        waiting.append(one)
        size += len(one.text) + 1 + one.apart
    if waiting:
        yield tuple(_chunks(waiting))


def _chunks(texts: list[_Text]) -> Iterator[Passage]:
    """Make passages of texts joined by line ends, none much longer than allowed."""
    parts: list[str] = []
    pieces: list[Piece] = []
    size = 0
    for index, text, apart in texts:
        for offset, length in _cuts(text):
            if pieces and size + length > PASSAGE_CHARACTERS:
                yield Passage("\n".join(parts), tuple(pieces))
                parts, pieces, size = [], [], 0
            if apart and pieces and not offset:
                parts.append("")
                size += 1
            parts.append(text[offset : offset + length])
            pieces.append(Piece((index,), size, offset, length))
            size += length + 1
    if pieces:
        yield Passage("\n".join(parts), tuple(pieces))


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text at line ends, else at spaces, into stretches no longer than a passage."""
    at = 0
    while len(text) - at > PASSAGE_CHARACTERS:
        limit = at + PASSAGE_CHARACTERS
        end = _last(text, "\n\n", at + PASSAGE_CHARACTERS // 2, limit)
        end = end or _last(text, "\n", at + 1, limit) or _last(text, " ", at + 1, limit) or limit
        yield at, end - at
        at = end
        if text[at : at + 1] in ("\n", " "):
            at += 1
    if at < len(text):
        yield at, len(text) - at


def _last(text: str, mark: str, low: int, high: int) -> int:
    return max(text.rfind(mark, low, high), 0)


def _tables(group: list[tuple[int, Segment]], separator: str) -> Iterator[tuple[Passage, ...]]:
    """Take a sheet some rows at a time, column by column."""
    sheet = _Sheet(_sheet_of(group[0][1]))
    for _, row in groupby(group, key=lambda one: _row_of(one[1])):
        line = list(row)
        heading = is_heading_row([segment.text for _, segment in line])
        if (heading and not sheet.under_heading) or sheet.rows >= ROWS_TOGETHER:
            yield tuple(_column_passages(sheet.let_go(), separator))
        if heading:
            sheet.head(line)
        else:
            sheet.take_in(line)
    yield tuple(_column_passages(sheet.let_go(), separator))


class _Sheet:
    """The cells of a sheet that wait to be analysed, under what is known of their columns.

    A row of headings right under another adds to it (``Victim`` above ``Name``). A cell at whose
    left stands a known heading, as on a form, has that for its heading.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._headings: dict[int, str] = {}
        self._columns: dict[int, Column] = {}
        self._cells: dict[tuple[int, Column | None], dict[str, list[int]]] = {}
        self.under_heading = False
        self.rows = 0

    def head(self, line: list[tuple[int, Segment]]) -> None:
        """Take in a row of headings."""
        above = self._headings if self.under_heading else {}
        carried = ""
        for index, segment in line:
            number = _column_of(segment)
            carried = above.get(number, carried)
            both = column_of(f"{carried} {segment.text}") if carried else None
            self._columns[number] = both if both and both.label else column_of(segment.text)
            self._add((-1, None), segment, index)
        self._headings = {_column_of(one): one.text for _, one in line if one.text.strip()}
        self.under_heading = True

    def take_in(self, line: list[tuple[int, Segment]]) -> None:
        """Take in a row of cells."""
        left = ""
        for index, segment in line:
            number = _column_of(segment)
            known = self._columns.get(number)
            labelled = None if known and known.label else label_cell(left)
            self._add((number, labelled or known), segment, index)
            left = "" if labelled else segment.text
        self.under_heading = False
        self.rows += 1

    def _add(self, key: tuple[int, Column | None], segment: Segment, index: int) -> None:
        self._cells.setdefault(key, {}).setdefault(segment.text, []).append(index)

    def let_go(self) -> list[tuple[Column | None, dict[str, list[int]]]]:
        """Give the cells by column, and forget them; a column without a heading is judged now."""
        in_order = sorted(self._cells.items(), key=lambda one: _in_order(one[0]))
        judged = [(_judged(key, tuple(values)), values) for key, values in in_order]
        if any(column and column.label == "PERSON" for column, _ in judged):
            judged = [
                (column or (ages_among_names(tuple(values)) if key[0] >= 0 else None), values)
                for (key, _), (column, values) in zip(in_order, judged, strict=True)
            ]
        self._cells, self.rows = {}, 0
        return [
            (self._on_sheet(column, key[0]), values)
            for (key, _), (column, values) in zip(in_order, judged, strict=True)
        ]

    def _on_sheet(self, column: Column | None, number: int) -> Column | None:
        if number < 0 or not self._name:
            return column
        return (column or Column("")).on_sheet(self._name)


def _judged(key: tuple[int, Column | None], values: Sequence[str]) -> Column | None:
    number, column = key
    if number < 0:
        return None
    if column is None:
        return guessed(values)
    return column.over(values)


def _in_order(key: tuple[int, Column | None]) -> tuple[int, str, str]:
    number, column = key
    return number, column.heading if column else "", column.label if column else ""


def _sheet_of(segment: Segment) -> str:
    return segment.place.sheet if isinstance(segment.place, CellPlace) else ""


def _row_of(segment: Segment) -> int:
    return segment.place.row if isinstance(segment.place, (CellPlace, FieldPlace)) else 0


def _column_of(segment: Segment) -> int:
    return segment.place.column if isinstance(segment.place, (CellPlace, FieldPlace)) else 0


def _column_passages(
    columns: list[tuple[Column | None, dict[str, list[int]]]], separator: str
) -> Iterator[Passage]:
    for column, values in columns:
        settled = {text for text in values if _says_all(column, text)}
        for kind in (False, True):
            chosen = {text: at for text, at in values.items() if (text in settled) is kind}
            yield from _joined_cells(chosen, column, separator, settled=kind)


def _says_all(column: Column | None, text: str) -> bool:
    """Say whether a cell needs no analysis: its heading labels it whole, or it is a small count."""
    if column is None or column.score <= GUESSED:
        return False
    if _COUNT.fullmatch(text):
        return True
    return not column.wording and column.label not in _OPEN and whole_cell(column, text)


def _joined_cells(
    values: dict[str, list[int]], column: Column | None, separator: str, *, settled: bool
) -> Iterator[Passage]:
    parts: list[str] = []
    pieces: list[Piece] = []
    size = 0
    for text, indices in values.items():
        for offset, length in _cuts(text):
            if pieces and size + length > PASSAGE_CHARACTERS:
                yield Passage(separator.join(parts), tuple(pieces), column, settled)
                parts, pieces, size = [], [], 0
            parts.append(text[offset : offset + length])
            pieces.append(Piece(tuple(indices), size, offset, length))
            size += length + len(separator)
    if pieces:
        yield Passage(separator.join(parts), tuple(pieces), column, settled)
