"""Write content as plain text: UTF-8, lines ended as on Windows; text as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from redactor.content import Block, Book, Content, Flow, FlowTable, Lines, Paragraph
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.exact import write_exact
from redactor.formats.writers.tables import lay_out
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
        yield from _block_lines(content.header)
        yield from ("",) if content.header else ()
        yield from _block_lines(content.body)
        for note in content.notes:
            told = list(_block_lines(note.blocks)) or [""]
            yield from (f"{note.label} {told[0]}", *told[1:])
        yield from _block_lines(content.footer)
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
            label = _on_one_line(block.label.strip()) or ("•" if block.listed else "")
            lead = "  " * min(max(block.depth, 0), 8) + (f"{label} " if label else "")
            yield from re.split(r"\r\n|\r|\n", lead + runs_text(block.runs))
        elif isinstance(block, FlowTable):
            yield from _table_lines(block)


def _table_lines(table: FlowTable) -> Iterator[str]:
    for row in lay_out(table):
        cells: list[str] = []
        for slot in row:
            blocks = slot.cell.blocks if slot.cell else ()
            text = _on_one_line(" ".join(_block_lines(blocks))).strip()
            cells += [text, *[""] * (slot.columns - 1)]
        yield "\t".join(cells)


def _on_one_line(text: str) -> str:
    return re.sub(r"[\t\r\n]+", " ", text)
