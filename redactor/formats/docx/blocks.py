"""The visible text of a Word part as values: paragraphs of pieces, tables, boxes and pictures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree

from redactor.content import Align
from redactor.formats.docx.styles import W, attribute_of, value

_STANDING_FOR = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "",
}
#: Stands before a raised letter that is no part of the word before it; it has no width.
APART = "\u200b"
_SIGN_FONTS = ("symbol", "wingdings", "webdings", "marlett")
_TICKS = {0xFE: "\u2611", 0xA8: "\u2610", 0x6F: "\u2610", 0xFD: "\u2612", 0x78: "\u2612"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one look.

    Attributes:
        note: it is the sign of this note, written ``[1]``.
        label: it is the number of an item of a list, with the tab after it.
    """

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: int = 0
    note: int | None = None
    label: bool = False

    def looks_like(self, other: Piece) -> bool:
        """Say whether two pieces may be written as one."""
        return self.note is None and self._look == other._look

    @property
    def _look(self) -> tuple[object, ...]:
        flags = (self.bold, self.italic, self.underline, self.strike, self.label)
        return (*flags, self.raised, self.note)


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """The visible text of a paragraph, the ``number``-th of its part. See ``content.Paragraph``."""

    part: str
    number: int
    pieces: tuple[Piece, ...] = field(repr=False)
    level: int = 0
    listed: bool = False
    depth: int = 0
    align: Align = ""
    new_page: bool = False

    @property
    def text(self) -> str:
        """Give the text of all pieces."""
        return "".join(one.text for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Crop:
    """Which part of a picture is shown: what is cut off at each side, as a share of the whole."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture that a page shows.

    Attributes:
        place: the place of its unread part.
        part: the part with its bytes; empty where no program can draw it.
        width, height: as shown, in points.
    """

    place: str
    part: str
    crop: Crop
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a table.

    Attributes:
        continues: it lies under the cell above, which takes its place too.
    """

    blocks: tuple[ReadBlock, ...] = ()
    columns: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table: rows of cells. See ``content.FlowTable``."""

    rows: tuple[tuple[ReadCell, ...], ...]
    widths: tuple[float, ...] = ()
    heading_rows: int = 0
    plain: bool = False

    def heights(self) -> dict[tuple[int, int], int]:
        """Give how many rows each cell takes, by row and place in the row; 0 under another cell."""
        heights: dict[tuple[int, int], int] = {}
        above: dict[int, tuple[int, int]] = {}
        for row, cells in enumerate(self.rows):
            column = 0
            for number, cell in enumerate(cells):
                origin = above.get(column) if cell.continues else None
                heights[row, number] = 0 if origin else 1
                if origin:
                    heights[origin] += 1
                else:
                    above[column] = (row, number)
                column += cell.columns
        return heights


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A footnote or endnote that the text refers to."""

    label: str
    blocks: tuple[ReadBlock, ...]
    at_end: bool = False


ReadBlock: TypeAlias = ReadParagraph | ReadTable | ReadPicture


def paragraphs_of(blocks: Iterable[ReadBlock]) -> Iterator[ReadParagraph]:
    """Give the paragraphs of blocks in order, those in tables too."""
    for block in blocks:
        if isinstance(block, ReadParagraph):
            yield block
        elif isinstance(block, ReadTable):
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_of(cell.blocks)


def columns_spanned(properties: etree._Element | None) -> int:
    """Give how many columns a cell spans."""
    span = "" if properties is None else attribute_of(properties, "gridSpan")
    return min(max(int(span), 1), 64) if span.isdigit() else 1


def text_of(element: etree._Element) -> str | None:
    """Give the text that an element of a run stands for; None where it is no text."""
    name = str(element.tag)
    if name in {W + "t", W + "delText"}:
        return element.text or ""
    if name == W + "sym":
        return _sign(element)
    return _STANDING_FOR.get(name)


def _sign(element: etree._Element) -> str:
    """Give a character of a special font: itself, or a mark where the font only has pictures."""
    code = int(value(element, "char") or "0", 16)
    if value(element, "font").lower().startswith(_SIGN_FONTS):
        return _TICKS.get(code & 0xFF, "\u25aa")
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return chr(code) if 0x20 <= code < 0xD800 else "\u25aa"


def normal_pieces(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join pieces of one look and compose letters with their accents, across pieces if need be."""
    joined: list[Piece] = []
    for one in pieces:
        accents, rest = _leading_accents(one.text) if joined else ("", one.text)
        if accents:
            joined[-1] = replace(joined[-1], text=joined[-1].text + accents)
        if joined and rest and joined[-1].looks_like(one):
            joined[-1] = replace(one, text=joined[-1].text + rest)
        elif rest:
            joined.append(replace(one, text=rest))
    whole = "".join(one.text for one in joined)
    if whole.isascii() or unicodedata.is_normalized("NFC", whole):
        return tuple(joined)
    normal = tuple(replace(one, text=unicodedata.normalize("NFC", one.text)) for one in joined)
    text = unicodedata.normalize("NFC", whole)
    if "".join(one.text for one in normal) == text:
        return normal
    return (Piece(text),)


def _leading_accents(text: str) -> tuple[str, str]:
    count = 0
    while count < len(text) and unicodedata.combining(text[count]):
        count += 1
    return text[:count], text[count:]
