"""Walk an old Excel workbook: every sheet, and everything beside the sheets."""

from __future__ import annotations

from collections.abc import Callable

from redactor.dependants import FormulaCell
from redactor.errors import UnreadableDocument
from redactor.formats.base import Formulas
from redactor.formats.hidden import Gathered
from redactor.formats.workbook.grid import (
    SheetContent,
    SheetEntry,
    cell_segments,
    name_segment,
)
from redactor.formats.xls.around import Around
from redactor.formats.xls.compound import Compound, open_compound
from redactor.formats.xls.drawings import gather_pictures, gather_shapes
from redactor.formats.xls.links import Links, read_links
from redactor.formats.xls.sheet import SheetReader, part_of
from redactor.formats.xls.skeleton import Book, Part, open_book
from redactor.formats.xls.storages import gather_beside, gather_leftover
from redactor.model import Document, HiddenKind, Report, Segment

#: A workbook in a workbook in a workbook is read; what is in that is not.
MAX_DEPTH = 3
_DRAWINGS, _USER = 0x00EB, 0x005C


def walk_old_workbook(
    untrusted: bytes, gathered: Gathered, take: Callable[[SheetContent], None], report: Report
) -> None:
    """Read every sheet, one after another, and gather the rest. See ``Walk``.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    _walk(open_compound(untrusted), gathered, take, report, depth=0)


def read_old_formulas(untrusted: bytes, report: Report) -> Formulas:
    """Give every formula, and what each name refers to.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    book = open_book(open_compound(untrusted))
    links = read_links(book, Gathered())
    used = bytearray(len(book.shared))
    cells: list[FormulaCell] = []
    for entry in book.sheets:
        if not entry.is_grid:
            continue
        reader = SheetReader(book, links, entry, part_of(book, entry), used, Gathered())
        reader.read(report)
        for formula in reader.cells.formulas:
            whole = reader.cells.resolved(formula)
            if whole is not None:
                text = reader.formula_text(whole)
                cells.append(FormulaCell(entry.name, formula.row, formula.column, text))
    return Formulas(tuple(cells), links.targets)


def _walk(
    compound: Compound,
    gathered: Gathered,
    take: Callable[[SheetContent], None],
    report: Report,
    *,
    depth: int,
) -> None:
    book = open_book(compound)
    links = read_links(book, gathered)
    used = bytearray(len(book.shared))
    for entry in book.sheets:
        if entry.kind == "module" and book.starts[entry.index] not in book.parts:
            take(SheetContent(entry, []))
            continue
        part = part_of(book, entry)
        take(SheetReader(book, links, entry, part, used, gathered).read(report))
    _gather_unlisted(book, links, used, gathered, report)
    _gather_globals(book, links, gathered)
    unused = [text for text, one in zip(book.shared, used, strict=True) if not one]
    gathered.add_all(HiddenKind.OTHER, f"{book.name}/unused texts", unused, book.name)
    gathered.count(HiddenKind.OTHER, book.name, len(unused), "texts that no cell shows")

    def inner(inside: Compound) -> Document:
        return _read_inner(inside, report, depth + 1)

    gather_beside(compound, book.name, book.texts, gathered, inner)


def _read_inner(inside: Compound, report: Report, depth: int) -> Document:
    """Read a workbook that lies in another.

    Raises:
        UnreadableDocument: damaged, encrypted, or too deep in others.
    """
    if depth > MAX_DEPTH:
        raise UnreadableDocument(
            "It lies too deep in other files.", "Add it on its own.", "too-large"
        )
    gathered = Gathered()
    segments: list[Segment] = []

    def take(content: SheetContent) -> None:
        segments.append(name_segment(content.entry))
        segments.extend(cell_segments(content))

    _walk(inside, gathered, take, report, depth=depth)
    return Document(
        "", "xls", (*segments, *gathered.segments), tuple(gathered.unread),
        tallies=tuple(gathered.tallies),
    )  # fmt: skip


def _gather_globals(book: Book, links: Links, gathered: Gathered) -> None:
    """Gather what concerns the whole workbook."""
    around = Around(book.name, book.name, links.names, gathered, on_sheet=False)
    for record in book.globals:
        if record.kind == _DRAWINGS:
            gather_pictures(record.body, book.name, gathered)
            gather_shapes(record.body, book.name, book.name, gathered)
        elif record.kind == _USER:
            read = book.texts.long if book.texts.wide else book.texts.short
            name = read(record.body, 0)[0] if len(record.body) > 3 else ""
            gathered.add_all(
                HiddenKind.METADATA, f"{book.name}/last user", [name.strip("\x00 ")], book.name
            )
        else:
            around.take(record)
    around.finish()


def _gather_unlisted(
    book: Book, links: Links, used: bytearray, gathered: Gathered, report: Report
) -> None:
    """Gather sheets that lie in the stream although the workbook lists them no longer."""
    listed = {next(iter(book.parts)), *book.starts}
    end = max(part.end for part in book.parts.values())
    for start, part in book.parts.items():
        if start not in listed:
            _gather_one_unlisted(book, links, part, used, gathered, report)
    gather_leftover("after the last sheet", book.stream[end:], gathered)


def _gather_one_unlisted(
    book: Book, links: Links, part: Part, used: bytearray, gathered: Gathered, report: Report
) -> None:
    where = f"unlisted:{part.start}"
    entry = SheetEntry(len(book.sheets), where, "veryHidden", where, "unlisted")
    SheetReader(book, links, entry, part, used, gathered).read(report)
    gathered.count(HiddenKind.OTHER, where, 1, "sheets that are no longer listed")
