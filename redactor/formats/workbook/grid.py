"""A sheet as read, whatever kind of file it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from redactor.content import PLAIN_LOOK, CellLook, CellValue
from redactor.formats.hidden import Gathered
from redactor.formats.number_codes import GENERAL
from redactor.formats.package import damaged
from redactor.model import CellPlace, HiddenKind, PartPlace, Report, Segment

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
#: A filled cell takes about 320 bytes of memory when read; a worker has 1.5 gigabytes.
MAX_CELLS = 4_000_000
#: Nothing can be read in a row that is lower, in points: it shows two rows of pixels at most.
LOWEST_ROW = 2
#: A rebuilt grid has a place for every column up to the last of each row; more than this is a bomb.
MAX_GRID = 60_000_000


class Cell(NamedTuple):
    """One cell that holds something.

    Attributes:
        row, column: from 0.
        text: what it shows; for hidden cells what it would show.
        value: as much of the value as a release may carry.
        number_format: a plain format that shows ``value`` as ``text``.
        hidden: why nobody sees it, if so.
    """

    row: int
    column: int
    text: str
    value: CellValue
    number_format: str = GENERAL
    look: CellLook = PLAIN_LOOK
    hidden: HiddenKind | None = None


#: First row, first column, last row, last column, all from 0.
Range: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as its workbook lists it.

    Attributes:
        state: empty or ``visible``, ``hidden``, ``veryHidden``.
        part: where it lies in the file.
        kind: ``worksheet``, or what else it is (``chartsheet``, ``dialogsheet``).
    """

    index: int
    name: str
    state: str
    part: str
    kind: str

    @property
    def is_shown(self) -> bool:
        """Say whether a reader sees its tab."""
        return self.state in {"", "visible"}

    @property
    def is_grid(self) -> bool:
        """Say whether it has cells."""
        return self.kind == "worksheet"


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A sheet as read.

    Attributes:
        cells: those that hold something, row by row, columns ascending.
        merged: merged areas; only the first cell of each is shown.
        widths: the widths of columns in characters, by column from 0, where the file says them.
        print_area: what is printed, where the file says so.
        heading_rows: how many first rows are frozen or repeated on every page.
    """

    entry: SheetEntry
    cells: list[Cell] = field(repr=False)
    merged: tuple[Range, ...] = ()
    widths: dict[int, float] = field(default_factory=dict)
    print_area: Range | None = None
    heading_rows: int = 0


#: Reads every sheet of a file, one after another, and gathers the rest. Takes the bytes, what takes
#: hidden and unread things, what takes each sheet as it is read (one that is no grid comes without
#: cells), and what takes the progress.
Walk: TypeAlias = Callable[[bytes, Gathered, Callable[[SheetContent], None], Report], None]


def hidden_kind(entry: SheetEntry) -> HiddenKind | None:
    """Say why the cells of a sheet are not seen, if so."""
    if entry.is_shown:
        return None
    very = entry.state == "veryHidden"
    return HiddenKind.VERY_HIDDEN_SHEET if very else HiddenKind.HIDDEN_SHEET


def name_segment(entry: SheetEntry) -> Segment:
    """Give a sheet's name as text: it is read on the sheet's tab."""
    place = PartPlace(f"sheet-name:{entry.index}", 0)
    kind = hidden_kind(entry)
    return Segment(place, entry.name, kind, entry.name if kind else "")


def count_hidden(content: SheetContent, gathered: Gathered) -> None:
    """Count what nobody sees of a sheet: the sheet itself and its rows, or rows, columns, cells."""
    name = content.entry.name
    kind = hidden_kind(content.entry)
    if kind is not None:
        gathered.count(kind, name, 1, "sheets")
        gathered.count(kind, name, len({one.row for one in content.cells}), "rows")
        return
    hidden = [one for one in content.cells if one.hidden is not None]
    rows = {one.row for one in hidden if one.hidden is HiddenKind.HIDDEN_ROW}
    columns = {one.column for one in hidden if one.hidden is HiddenKind.HIDDEN_COLUMN}
    blank = sum(one.hidden is HiddenKind.HIDDEN_FORMAT for one in hidden)
    gathered.count(HiddenKind.HIDDEN_ROW, name, len(rows), "rows")
    gathered.count(HiddenKind.HIDDEN_COLUMN, name, len(columns), "columns")
    gathered.count(HiddenKind.HIDDEN_FORMAT, name, blank, "cells that are not seen")


def cell_segments(content: SheetContent) -> list[Segment]:
    """Give the cells of a sheet as segments."""
    name = content.entry.name
    return [
        Segment(CellPlace(name, row, column), text, hidden, name if hidden else "")
        for row, column, text, _, _, _, hidden in content.cells
    ]


def column_number(letters: str) -> int:
    """Give the number of a column, from 0, from its letters.

    Raises:
        UnreadableDocument: there is no such column.
    """
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        raise damaged("a cell has a name that is none")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if number > MAX_COLUMN:
        raise damaged("a cell lies beyond the last column")
    return number - 1
