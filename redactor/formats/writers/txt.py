"""Write content as plain text: UTF-8, lines ended as on Windows; text as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from redactor.content import Block, Book, Content, Flow, FlowTable, Lines, Paragraph
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.exact import write_exact
from redactor.formats.writers.walk import cell_text, runs_text


class TextWriter(Writer):
    """Everything as lines; the cells of a table are told apart by tabs."""

    target: ClassVar[str] = "txt"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the content as one text file."""
        if isinstance(content, Lines):
            return (write_exact(content)[0],)
        text = "".join(f"{line}\r\n" for line in _lines(content))
        return (RebuiltFile(text.encode("utf-8", "replace"), ".txt"),)


def _lines(content: Content) -> Iterator[str]:
    if isinstance(content, Flow):
        notes = tuple(block for note in content.notes for block in note.blocks)
        for blocks in (content.header, content.body, notes, content.footer):
            yield from _block_lines(blocks)
            if blocks is content.header and blocks:
                yield ""
    elif isinstance(content, Book):
        for number, sheet in enumerate(content.sheets):
            if len(content.sheets) > 1:
                yield from (("",) if number else ())
                yield sheet.name
            for row in sheet.rows:
                yield "\t".join(_on_one_line(cell_text(cell)) for cell in row)
    else:
        raise TypeError("delimited text is written as it was; as text it is a workbook")


def _block_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            bullet = "• " if block.listed else ""
            yield from re.split(r"\r\n|\r|\n", bullet + runs_text(block.runs))
        elif isinstance(block, FlowTable):
            yield from _table_lines(block)


def _table_lines(table: FlowTable) -> Iterator[str]:
    for row in table.rows:
        yield "\t".join(
            _on_one_line(" ".join(_block_lines(cell.blocks if cell else ()))) for cell in row
        )


def _on_one_line(text: str) -> str:
    return re.sub(r"[\t\r\n]+", " ", text)
