"""A sheet as the finding of tables sees it: cells with what they show, wherever they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.dependants import FormulaCell
from redactor.model import column_letters
from redactor.numbers.model import CellName

#: First row, first column, last row, last column, all from 0 and included.
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that shows something.

    Attributes:
        row, column: from 0.
        text: what it shows.
        number: its value, where the file keeps one apart from what is shown.
        formula: what it is computed from.
        percent: its value is a share, shown per cent.
        hidden: nobody sees it (its row, column or sheet is hidden, or its format shows nothing).
    """

    row: int
    column: int
    text: str = field(repr=False)
    number: int | float | None = field(default=None, repr=False)
    formula: FormulaCell | None = field(default=None, repr=False)
    percent: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, a CSV file, or a table of a text.

    Attributes:
        merged: areas of which only the first cell shows anything.
        around: text near a table of a text: what it is called, and the notes below it.
        names: the defined names of the workbook in lower case, with what they refer to.
    """

    name: str
    cells: tuple[Cell, ...] = field(repr=False)
    merged: tuple[Area, ...] = ()
    around: tuple[str, ...] = field(default=(), repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)


def place_words(row: int, column: int) -> str:
    """Give a cell as a spreadsheet writes it: ``C5``."""
    return f"{column_letters(column)}{row + 1}"


def area_words(area: Area) -> str:
    """Give an area as a spreadsheet writes it: ``A1:C5``."""
    top, left, bottom, right = area
    first, last = place_words(top, left), place_words(bottom, right)
    return first if first == last else f"{first}:{last}"


#: Stands between the number of a document and the name of a sheet, which cannot hold it.
_OF_BOOK = ":"


def sheet_of(document: int, name: str) -> str:
    """Name a sheet among those of several documents: ``3:Sheet1``."""
    return f"{document}{_OF_BOOK}{name}"


def book_of(cell: CellName) -> int:
    """Give the number of the document that a cell of ``sheet_of`` is in."""
    return int(cell.partition(_OF_BOOK)[0])


def in_its_book(sheet: str, beside: str) -> str:
    """Give the full name of a sheet that is named by its own on another of the same document."""
    book, sign, _ = beside.partition(_OF_BOOK)
    return f"{book}{sign}{sheet}" if sign and _OF_BOOK not in sheet else sheet


def cell_name(sheet: str, row: int, column: int) -> CellName:
    """Give what a cell is called in relations: ``Sheet1!C5``."""
    return f"{sheet}!{place_words(row, column)}"
