"""Read a workbook of any kind: its sheets as text, everything else as hidden or unread."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from redactor.content import CellValue
from redactor.formats.base import Grid, GridCell
from redactor.formats.hidden import Gathered
from redactor.formats.workbook.grid import (
    SheetContent,
    Walk,
    cell_segments,
    count_hidden,
    hidden_kind,
    name_segment,
)
from redactor.model import Document, Report, Segment


def read_book(walk: Walk, untrusted: bytes, format_name: str, report: Report) -> Document:
    """Read a workbook whole. See ``Format.read``."""
    gathered = Gathered()
    segments: list[Segment] = []

    def take(content: SheetContent) -> None:
        count_hidden(content, gathered)
        segments.append(name_segment(content.entry))
        segments.extend(cell_segments(content))

    with without_collection():
        walk(untrusted, gathered, take, report)
    return Document(
        hashlib.sha256(untrusted).hexdigest(),
        format_name,
        (*segments, *gathered.segments),
        tuple(gathered.unread),
        tallies=tuple(gathered.tallies),
    )


def read_grids(walk: Walk, untrusted: bytes, report: Report) -> tuple[Grid, ...]:
    """Give the sheets of a workbook as rows and columns. See ``Format.grids``."""
    grids: list[Grid] = []

    def take(content: SheetContent) -> None:
        hidden = hidden_kind(content.entry) is not None
        cells = tuple(
            GridCell(
                one.row,
                one.column,
                one.text,
                _number(one.value),
                one.number_format.rstrip().endswith("%"),
                hidden or one.hidden is not None,
            )
            for one in content.cells
        )
        if content.entry.is_grid:
            grids.append(Grid(content.entry.name, cells, content.merged))

    walk(untrusted, Gathered(), take, report)
    return tuple(grids)


def _number(value: CellValue) -> int | float | None:
    return None if isinstance(value, (bool, str)) else value


@contextmanager
def without_collection() -> Iterator[None]:
    """Make millions of values without searching them for cycles, which they cannot have."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
