"""Walk an Excel workbook: every sheet, and everything beside the sheets."""

from __future__ import annotations

from collections.abc import Callable

from redactor.formats.hidden import Gathered, gather_rest
from redactor.formats.workbook.grid import SheetContent
from redactor.formats.xlsx.parts import gather_parts
from redactor.formats.xlsx.sheets import SheetReader
from redactor.formats.xlsx.values import ValueReader
from redactor.formats.xlsx.workbook import Workbook, open_workbook
from redactor.model import HiddenKind, Report


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
            take(SheetContent(entry, []))
    _gather_unused(workbook, values, gathered)
    read = gather_parts(workbook.package, workbook.sheets, known, gathered)
    gather_rest(workbook.package, read, gathered)


def _gather_unused(workbook: Workbook, values: ValueReader, gathered: Gathered) -> None:
    part = next(iter(workbook.package.related(workbook.main, "sharedStrings")), "")
    gathered.add_all(HiddenKind.OTHER, f"{part}/unused", values.unused_texts(), part)
