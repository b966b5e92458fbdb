"""The tables of a Word document as rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from redactor.formats.base import Grid, GridCell
from redactor.formats.docx.blocks import ReadBlock, ReadParagraph, ReadTable, paragraphs_of
from redactor.formats.docx.reading import walk_document
from redactor.formats.hidden import Gathered
from redactor.model import PartPlace, Report

#: So many paragraphs below a table may be its notes.
_NOTES = 8


def table_grids(untrusted: bytes, report: Report) -> tuple[Grid, ...]:
    """Give every table of the text, ``Table 1`` and so on, with what stands above and below it.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    content = walk_document(untrusted, Gathered(), report)
    notes = tuple(
        text for note in content.notes for one in paragraphs_of(note.blocks) if (text := one.text)
    )
    found = list(_tables(content.body))
    return tuple(
        _grid(f"Table {number}", table, (above, *below, *notes))
        for number, (table, above, below) in enumerate(found, 1)
    )


def _tables(blocks: Sequence[ReadBlock]) -> Iterator[tuple[ReadTable, str, list[str]]]:
    """Give the tables, those within cells too, with the words above and below them."""
    above = ""
    for at, block in enumerate(blocks):
        if isinstance(block, ReadParagraph):
            above = block.text.strip() or above
        elif isinstance(block, ReadTable):
            yield block, above, list(_below(blocks[at + 1 :]))
            above = ""
            for row in block.rows:
                for cell in row:
                    yield from _tables(cell.blocks)


def _below(blocks: Iterable[ReadBlock]) -> Iterator[str]:
    count = 0
    for block in blocks:
        if not isinstance(block, ReadParagraph) or count == _NOTES:
            return
        if block.text.strip():
            count += 1
            yield block.text.strip()


def _grid(name: str, table: ReadTable, around: tuple[str, ...]) -> Grid:
    cells: list[GridCell] = []
    merged: list[tuple[int, int, int, int]] = []
    heights = table.heights()
    for row, line in enumerate(table.rows):
        column = 0
        for number, cell in enumerate(line):
            text = "\n".join(filter(None, map(_words, cell.blocks))).strip()
            if text:
                cells.append(GridCell(row, column, text, places=tuple(_places(cell.blocks))))
            height = heights[row, number]
            if height > 1 or (height and cell.columns > 1):
                merged.append((row, column, row + height - 1, column + cell.columns - 1))
            column += cell.columns
    return Grid(name, tuple(cells), tuple(merged), around)


def _places(blocks: Iterable[ReadBlock]) -> Iterator[PartPlace]:
    for block in blocks:
        if isinstance(block, ReadParagraph) and block.text:
            yield PartPlace(block.part, block.number)


def _words(block: ReadBlock) -> str:
    """Give the text of a paragraph without signs of notes, which would read like figures."""
    if not isinstance(block, ReadParagraph):
        return ""
    level = "".join(one.text for one in block.pieces if one.note is None and one.raised <= 0)
    return level if level.strip() else block.text
