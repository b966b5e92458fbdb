"""The visible text of a Word part as values: paragraphs of pieces, tables of blocks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree

from redactor.formats.docx.styles import W, attribute_of, value

_STANDING_FOR = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "",
}
_SIGN_FONTS = ("symbol", "wingdings", "webdings", "marlett")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one look."""

    text: str = field(repr=False)
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """The visible text of a paragraph, the ``number``-th of its part."""

    part: str
    number: int
    pieces: tuple[Piece, ...] = field(repr=False)
    level: int = 0
    listed: bool = False

    @property
    def text(self) -> str:
        """Give the text of all pieces."""
        return "".join(one.text for one in self.pieces)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table: rows of cells of blocks."""

    rows: tuple[tuple[tuple[ReadBlock, ...], ...], ...]


ReadBlock: TypeAlias = ReadParagraph | ReadTable


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
        return "\u25aa"
    code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return chr(code) if 0x20 <= code < 0xD800 else "\u25aa"


def normal_pieces(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Join pieces of one look and compose letters with their accents, across pieces if need be."""
    joined: list[Piece] = []
    for one in pieces:
        if joined and (joined[-1].bold, joined[-1].italic) == (one.bold, one.italic):
            joined[-1] = replace(one, text=joined[-1].text + one.text)
        elif one.text:
            joined.append(one)
    whole = "".join(one.text for one in joined)
    if whole.isascii() or unicodedata.is_normalized("NFC", whole):
        return tuple(joined)
    normal = tuple(replace(one, text=unicodedata.normalize("NFC", one.text)) for one in joined)
    text = unicodedata.normalize("NFC", whole)
    if "".join(one.text for one in normal) == text:
        return normal
    return (Piece(text),)
