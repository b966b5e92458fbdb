"""Walk a binary workbook: every sheet, and everything beside the sheets."""

from __future__ import annotations

from collections.abc import Callable

from redactor.dependants import FormulaCell
from redactor.errors import UnreadableDocument
from redactor.formats.base import Formulas
from redactor.formats.binary_text import readable_strings
from redactor.formats.hidden import Gathered, gather_rest, kind_of_part
from redactor.formats.package import Package
from redactor.formats.workbook.grid import SheetContent
from redactor.formats.xlsb.book import open_binary_book
from redactor.formats.xlsb.records import records, texts_in
from redactor.formats.xlsb.sheets import BinarySheet
from redactor.formats.xlsx.parts import gather_parts
from redactor.model import HiddenKind, Report

#: What one record of a kind of part is, in what people count it in ([MS-XLSB] 2.1.7).
_UNITS = {
    HiddenKind.PIVOT_CACHE: ({30: "rows", 33: "rows"}),
    HiddenKind.COMMENT: ({635: "comments"}),
}
_XML_LIKE = (".xml", ".vml", ".rels")


def walk_binary_book(
    untrusted: bytes, gathered: Gathered, take: Callable[[SheetContent], None], report: Report
) -> None:
    """Read every sheet, one after another, and gather the rest. See ``grid.Walk``.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    book = open_binary_book(untrusted, gathered)
    known = set(book.known)
    for entry in book.sheets:
        if entry.is_grid:
            known.add(entry.part)
            take(BinarySheet(book, entry, gathered).read(report))
        else:
            take(SheetContent(entry, []))
    unused = (text for text, used in zip(book.texts, book.used, strict=True) if not used)
    gathered.add_all(HiddenKind.OTHER, "xl/sharedStrings.bin/unused", unused)
    for name in book.package.names:
        if name not in known and _is_records(book.package, name):
            _gather_records(book.package, name, gathered)
            known.add(name)
    read = gather_parts(book.package, book.sheets, known, gathered)
    gather_rest(book.package, read, gathered)


def read_binary_formulas(untrusted: bytes, report: Report) -> Formulas:
    """Give every formula, and what each name refers to.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    book = open_binary_book(untrusted, Gathered())
    cells: list[FormulaCell] = []
    for entry in book.sheets:
        if entry.is_grid:
            sheet = BinarySheet(book, entry, Gathered())
            sheet.read(report)
            cells += sheet.formulas
    return Formulas(tuple(cells), book.meanings)


def _is_records(package: Package, name: str) -> bool:
    """Say whether a part is made of records: binary, and of Excel's own kinds."""
    kind = package.content_type(name)
    return name.lower().endswith(".bin") and kind.startswith("application/vnd.ms-excel.")


def _gather_records(package: Package, name: str, gathered: Gathered) -> None:
    """Gather every text of a part made of records, under the kind of the part."""
    kind = kind_of_part(package, name)
    units: dict[str, int] = {}
    words: list[str] = []
    try:
        for number, data in records(package.read(name), name):
            unit = _UNITS.get(kind, {}).get(number)
            if unit is not None:
                units[unit] = units.get(unit, 0) + 1
            words += texts_in(data)
            if kind in {HiddenKind.CONNECTION, HiddenKind.EXTERNAL_LINK}:
                words += readable_strings(data)
    except UnreadableDocument as problem:
        gathered.add(kind, name, "", even_empty=True)
        gathered.add_all(kind, name, readable_strings(package.read(name)))
        gathered.block(name, f"A part that could not be read. {problem.why}")
        return
    gathered.add(kind, name, "", even_empty=not words)
    gathered.add_all(kind, name, words)
    for unit, count in units.items():
        gathered.count(kind, name, count, unit)
