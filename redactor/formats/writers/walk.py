"""Walk content trees: what every writer needs to know of them."""

from __future__ import annotations

import math
from collections.abc import Iterator

from redactor.content import (
    Block,
    Book,
    Content,
    Delimited,
    Flow,
    FlowTable,
    Lines,
    Paragraph,
    Run,
    SheetCell,
)
from redactor.formats.number_format import show_value


def cell_text(cell: SheetCell | None) -> str:
    """Give what a cell shows; what is no number (a result out of range) as Excel says it."""
    if cell is None:
        return ""
    value = cell.value
    if isinstance(value, float) and not math.isfinite(value):
        return "#NUM!"
    return show_value(value, cell.number_format)


def runs_text(runs: tuple[Run, ...]) -> str:
    """Give the text of runs, one after another."""
    return "".join(run.text for run in runs)


def blocks_of(flow: Flow) -> tuple[Block, ...]:
    """Give a flow's header, body, notes and footer as one."""
    notes = (block for note in flow.notes for block in note.blocks)
    return (*flow.header, *flow.body, *notes, *flow.footer)


def paragraphs_in(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Give the paragraphs of blocks in order, those in tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, FlowTable):
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_in(cell.blocks if cell else ())


def texts_of(content: Content) -> Iterator[str]:
    """Give every text that the content shows."""
    if isinstance(content, Lines):
        for line in content.lines:
            yield runs_text(line)
    elif isinstance(content, Flow):
        for paragraph in paragraphs_in(blocks_of(content)):
            yield runs_text(paragraph.runs)
    elif isinstance(content, Delimited):
        for record in content.records:
            for cell in record.fields:
                yield cell_text(cell)
    else:
        yield from _book_texts(content)


def _book_texts(book: Book) -> Iterator[str]:
    for sheet in book.sheets:
        yield sheet.name
        for row in sheet.rows:
            for cell in row:
                if cell is not None:
                    yield cell_text(cell)
