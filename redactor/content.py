"""Approved content: what a release may hold, rebuilt into any format that can hold it.

A format turns an original and its redactions into one of these trees; a writer turns a tree into
bytes. Nothing else of the original reaches a writer, so nothing else can leave.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``redaction`` is the label printed where text was removed."""

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False
    redaction: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``level`` 0 is body text, 1 to 9 a heading; ``listed`` is a bullet."""

    runs: tuple[Run, ...]
    level: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table in running text: rows of cells, each a tuple of blocks."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


Block: TypeAlias = Paragraph | FlowTable


@dataclass(frozen=True, slots=True)
class Flow:
    """A document of running text: header, body, footer."""

    body: tuple[Block, ...]
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()


CellValue: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One approved cell: its value, how it is shown, and whether it was redacted.

    Attributes:
        value: a number where the original was one and nothing in it was redacted, else text.
        number_format: an allow-listed spreadsheet number format.
    """

    value: CellValue = field(repr=False)
    number_format: str = "General"
    bold: bool = False
    redaction: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One approved sheet. Rows hold cells by column from 0; None stands for an empty cell.

    ``widths`` are column widths in characters, rounded so that they do not betray what was removed.
    """

    name: str
    rows: tuple[tuple[SheetCell | None, ...], ...]
    widths: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the approved sheets in order."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Plain text, line by line."""

    lines: tuple[tuple[Run, ...], ...]


Content: TypeAlias = Flow | Book | Lines
