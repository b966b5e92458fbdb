"""Read a workbook: its sheets as text, everything else as hidden or unread."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from redactor.formats.hidden import Gathered, gather_rest
from redactor.formats.xlsx.sheets import SheetContent, SheetReader
from redactor.formats.xlsx.values import ValueReader
from redactor.formats.xlsx.workbook import SheetEntry, Workbook, open_workbook
from redactor.model import (
    CellPlace,
    Document,
    HiddenKind,
    PartPlace,
    Report,
    Segment,
)


def read_workbook(untrusted: bytes, format_name: str, report: Report) -> Document:
    """Read a workbook whole. See ``Format.read``."""
    gathered = Gathered()
    segments: list[Segment] = []

    def take(content: SheetContent) -> None:
        segments.append(name_segment(content.entry))
        name = content.entry.name
        segments.extend(
            [
                Segment(CellPlace(name, row, column), text, hidden, name if hidden else "")
                for row, column, text, _, _, _, hidden in content.cells
            ]
        )

    with without_collection():
        walk_workbook(untrusted, gathered, take, report)
    digest = hashlib.sha256(untrusted).hexdigest()
    return Document(digest, format_name, (*segments, *gathered.segments), tuple(gathered.unread))


def walk_workbook(
    untrusted: bytes, gathered: Gathered, take: Callable[[SheetContent], None], report: Report
) -> None:
    """Read every sheet, one after another, and gather the rest.

    Args:
        untrusted: the file.
        gathered: takes what is hidden or unread.
        take: takes each sheet as it is read; a sheet that is no grid comes without cells.
        report: takes the progress.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    workbook = open_workbook(untrusted, gathered)
    values = ValueReader(workbook.texts, epoch_1904=workbook.epoch_1904)
    known = set(workbook.known)
    for entry in workbook.sheets:
        if entry.kind == "worksheet":
            known.add(entry.part)
            take(SheetReader(workbook, entry, values, gathered).read(report))
        else:
            _block_odd_sheet(entry, gathered)
            take(SheetContent(entry, []))
    _gather_unused(workbook, values, gathered)
    gather_rest(workbook.package, frozenset(known), gathered)


def name_segment(entry: SheetEntry) -> Segment:
    """Give a sheet's name as text: it is read on the sheet's tab."""
    place = PartPlace(f"sheet-name:{entry.index}", 0)
    if entry.state in {"", "visible"}:
        return Segment(place, entry.name)
    very = entry.state == "veryHidden"
    kind = HiddenKind.VERY_HIDDEN_SHEET if very else HiddenKind.HIDDEN_SHEET
    return Segment(place, entry.name, kind, entry.name)


def _block_odd_sheet(entry: SheetEntry, gathered: Gathered) -> None:
    what = {"chartsheet": "A sheet that is one chart"}.get(entry.kind, "A sheet that is no grid")
    gathered.block(entry.part, f"{what}. The rebuilt file does not carry it yet.")


def _gather_unused(workbook: Workbook, values: ValueReader, gathered: Gathered) -> None:
    part = next(iter(workbook.package.related(workbook.main, "sharedStrings")), "")
    gathered.add_all(HiddenKind.OTHER, f"{part}/unused", values.unused_texts(), part)


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
