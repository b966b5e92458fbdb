"""Approved content: what a release may hold, rebuilt into any format that can hold it.

A format turns an original and its redactions into one of these trees; a writer turns a tree into
bytes. Nothing else of the original reaches a writer, so nothing else can leave.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["", "left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    Attributes:
        redaction: it is the label printed where text was removed.
        raised: 1 above the line, -1 below it, 0 on it.
        note: it is the sign of this note (an index into ``Flow.notes``); ``text`` is its number.
    """

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False
    redaction: bool = False
    underline: bool = False
    strike: bool = False
    raised: int = 0
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        level: 0 is body text, 1 to 9 a heading.
        listed: it is an item of a list.
        label: what stands before an item (``1.``, ``(a)``); empty for a bullet.
        depth: how deep the item lies, or how far a plain paragraph is indented, from 0.
        align: empty for as the page has it.
        new_page: it begins a page.
    """

    runs: tuple[Run, ...]
    level: int = 0
    listed: bool = False
    label: str = field(default="", repr=False)
    depth: int = 0
    align: Align = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a person released as seen: only the pixels that were shown, drawn anew.

    Attributes:
        png: an RGB picture without any metadata.
        width, height: as shown, in points.
    """

    png: bytes = field(repr=False)
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell of a table in running text: what stands in it, and how many columns and rows it takes.

    The places under a cell that takes several rows hold None; those beside one that takes several
    columns are not there.
    """

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table in running text.

    Attributes:
        rows: rows of cells; None stands for a place under a cell of an earlier row.
        widths: the share of each column in the width of the table, coarse, so that it says nothing
            of what was removed; empty for equal columns.
        heading_rows: how many first rows are repeated on every page.
        plain: it has no rules.
    """

    rows: tuple[tuple[FlowCell | None, ...], ...]
    widths: tuple[float, ...] = ()
    heading_rows: int = 0
    plain: bool = False


Block: TypeAlias = Paragraph | FlowTable | Picture


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: its sign as printed, and what it says."""

    label: str
    blocks: tuple[Block, ...]
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A document of running text: header, body, footer and notes.

    Attributes:
        landscape: its pages lie on their side.
    """

    body: tuple[Block, ...]
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    landscape: bool = False


CellValue: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks, as far as a release keeps it: few choices, none of which can carry text.

    Attributes:
        fill: one of the colours of ``FILLS``, or empty.
        ruled: it has lines around it.
    """

    bold: bool = False
    italic: bool = False
    wrap: bool = False
    align: Align = ""
    fill: str = ""
    ruled: bool = False


#: What fills a released cell at most: light grounds, by name, as six hexadecimal digits.
FILLS = {
    "grey": "EDEDED",
    "blue": "DDEBF7",
    "green": "E2EFDA",
    "yellow": "FFF2CC",
    "orange": "FCE4D6",
    "red": "F8D7DA",
}

PLAIN_LOOK = CellLook()


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One approved cell: its value, how it is shown, and whether it was redacted.

    Attributes:
        value: a number where the original was one and nothing in it was redacted, else text.
        number_format: an allow-listed spreadsheet number format.
    """

    value: CellValue = field(repr=False)
    number_format: str = "General"
    look: CellLook = PLAIN_LOOK
    redaction: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One approved sheet. Rows hold cells by column from 0; None stands for an empty cell.

    Attributes:
        widths: column widths in characters, rounded so that they do not betray what was removed.
        merged: merged areas, ``A1:B2``.
        print_area: what is printed, ``A1:F40``; empty for everything.
        heading_rows: how many first rows stay in view and are repeated on every page.
        landscape: it is printed on its side.
    """

    name: str
    rows: tuple[tuple[SheetCell | None, ...], ...]
    widths: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    print_area: str = ""
    heading_rows: int = 0
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the approved sheets in order."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Plain text, line by line.

    Attributes:
        ends: how each line ends; empty for as on Windows. The last may have no end.
        encoding: of the bytes, a Python codec; ``mark`` says whether they begin with its mark.
    """

    lines: tuple[tuple[Run, ...], ...]
    ends: tuple[str, ...] = ()
    encoding: str = "utf-8"
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Delimited:
    """Delimited text, to be written as it was: fields told apart and ended in the same way.

    Attributes:
        records: the fields of each line in order, with how each was written.
        delimiter: what stands between fields.
        encoding: of the bytes, a Python codec; ``mark`` says whether they begin with its mark.
        instruction: a first line that names the delimiter (``sep=;``), with what ends it.
        left_open: the quotes of the last field are never closed.
    """

    records: tuple[Record, ...] = field(repr=False)
    delimiter: str
    encoding: str = "utf-8"
    mark: bool = False
    instruction: str = ""
    left_open: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields, which of them stand in quotes, and how the line ends.

    Attributes:
        quoted: for each field how many of its first characters stand in quotes, -1 where it has
            none; empty where no field has any.
    """

    fields: tuple[SheetCell, ...]
    quoted: tuple[int, ...] = ()
    end: str = "\r\n"


Content: TypeAlias = Flow | Book | Lines | Delimited
