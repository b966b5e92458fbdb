"""Read a workbook of any kind: its sheets as text, everything else as hidden or unread."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from redactor.formats.hidden import Gathered
from redactor.formats.workbook.grid import (
    SheetContent,
    Walk,
    cell_segments,
    count_hidden,
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
