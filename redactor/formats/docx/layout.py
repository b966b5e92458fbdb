"""Lay a Word document out for review: its segments as they stand on the page."""

from __future__ import annotations

from collections.abc import Iterator

from redactor.formats.docx.blocks import ReadBlock, ReadParagraph, ReadPicture, ReadTable
from redactor.formats.docx.pictures import draw
from redactor.formats.docx.reading import walk_document
from redactor.formats.hidden import Gathered
from redactor.formats.package import Package
from redactor.formats.refusal import refusing_damage
from redactor.layout import (
    Layout,
    LayoutBlock,
    LayoutCell,
    LayoutNote,
    LayoutParagraph,
    LayoutPicture,
    LayoutTable,
    StyledRange,
)
from redactor.model import PartPlace, Report, key_of, quiet

_MOST_PIXELS_WIDE = 1_000
#: Once the pictures of a document have come to this many bytes, the others are drawn smaller.
_MANY_BYTES = 32 * 2**20
_FEWER_PIXELS_WIDE = 400


def layout_of(untrusted: bytes, report: Report = quiet) -> Layout:
    """Lay a document out: the same paragraphs as its segments, and the pictures between them.

    Raises:
        UnreadableDocument: as for ``Format.read``.
    """
    with refusing_damage():
        content = walk_document(untrusted, Gathered(), report)
        drawing = _Drawing(content.package)
        return Layout(
            drawing.blocks(content.body),
            tuple(block for one in content.headers for block in drawing.blocks(one)),
            tuple(block for one in content.footers for block in drawing.blocks(one)),
            tuple(
                LayoutNote(one.label, drawing.blocks(one.blocks), one.at_end)
                for one in content.notes
            ),
            content.landscape,
        )


class _Drawing:
    """Lays blocks out, and draws each view of a picture once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._bytes = 0
        self._drawn: dict[tuple[str, float, float], bytes | None] = {}

    def blocks(self, blocks: tuple[ReadBlock, ...]) -> tuple[LayoutBlock, ...]:
        return tuple(self._block(one) for one in blocks)

    def _block(self, block: ReadBlock) -> LayoutBlock:
        if isinstance(block, ReadParagraph):
            return _paragraph(block)
        if isinstance(block, ReadTable):
            return self._table(block)
        return self._picture(block)

    def _table(self, table: ReadTable) -> LayoutTable:
        heights = table.heights()
        rows = tuple(
            tuple(
                LayoutCell(self.blocks(cell.blocks), cell.columns, heights[row, number])
                if heights[row, number]
                else None
                for number, cell in enumerate(cells)
            )
            for row, cells in enumerate(table.rows)
        )
        return LayoutTable(rows, table.widths, table.heading_rows, table.plain)

    def _picture(self, picture: ReadPicture) -> LayoutPicture:
        key = (picture.place, picture.width, picture.height)
        if key not in self._drawn:
            data = self._package.read(picture.part) if picture.part else b""
            wide = _MOST_PIXELS_WIDE if self._bytes < _MANY_BYTES else _FEWER_PIXELS_WIDE
            png = draw(data, picture, wide) if data else None
            self._bytes += len(png or b"")
            self._drawn[key] = png
        return LayoutPicture(picture.place, picture.width, picture.height, self._drawn[key])


def _paragraph(paragraph: ReadParagraph) -> LayoutParagraph:
    pieces = paragraph.pieces
    label_end = len(pieces[0].text) if pieces and pieces[0].label else 0
    return LayoutParagraph(
        key_of(PartPlace(paragraph.part, paragraph.number)) if paragraph.text else None,
        paragraph.level,
        paragraph.listed,
        label_end,
        paragraph.depth,
        paragraph.align,
        paragraph.new_page,
        tuple(_ranges(paragraph)),
    )


def _ranges(paragraph: ReadParagraph) -> Iterator[StyledRange]:
    at = 0
    for one in paragraph.pieces:
        end = at + len(one.text)
        yield StyledRange(
            at, end, one.bold, one.italic, one.underline, one.strike, one.raised, one.note
        )
        at = end
