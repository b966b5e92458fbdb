"""The second engines for Office files: calamine and openpyxl read cells, python-docx text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from redactor.matching import Term, count_term, fold
from redactor.model import column_letters
from redactor.release.verify.ledger import Ledger

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer

CALAMINE = f"python-calamine {version('python-calamine')}"
OPENPYXL = f"openpyxl {version('openpyxl')}"
#: Workbooks with more cells are not read a third time: openpyxl takes 30 s for a million.
_MOST_CELLS = 250_000
DOCX = f"python-docx {version('python-docx')}"


# --- workbooks ---------------------------------------------------------------------------------


def search_workbook(ledger: Ledger, untrusted: bytes) -> int:
    """Look at every cell of every sheet, hidden sheets too, and at the sheets' names.

    Returns:
        How many cells there are.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - loads native code

    cells = 0
    with ledger.engine(CALAMINE), CalamineWorkbook.from_filelike(io.BytesIO(untrusted)) as book:
        names = book.sheet_names
        if not names:
            ledger.unsearchable("the workbook", "no sheet of it could be read", CALAMINE)
        for number, name in enumerate(names, 1):
            ledger.title(CALAMINE, name, f"name of sheet {number}")
        for number, sheet in enumerate(book.sheets_metadata):
            if "WorkSheet" in str(sheet.typ):
                cells += _search_sheet(ledger, book.get_sheet_by_index(number), number + 1)
    return cells


def search_released_workbook(ledger: Ledger, untrusted: bytes, cells: int) -> None:
    """Read a workbook that we wrote as a person's own tools would, and look at every cell again.

    Only for our own releases: other people's files may hold what openpyxl cannot read, and are
    no less searched for that. A very large one is left to the two other engines, and that is said.
    """
    import openpyxl  # noqa: PLC0415 - heavy

    if cells > _MOST_CELLS:
        detail = f"More than {_MOST_CELLS:,} cells: searched by the zip reader and calamine only."
        ledger.check("read a third time", True, OPENPYXL, detail)  # noqa: FBT003
        return
    with ledger.engine(OPENPYXL):
        book = openpyxl.load_workbook(io.BytesIO(untrusted), read_only=True)
        for number, sheet in enumerate(book.worksheets, 1):
            ledger.title(OPENPYXL, sheet.title, f"name of sheet {number}")
            sheet.reset_dimensions()
            _search_values(ledger, OPENPYXL, list(sheet.iter_rows(values_only=True)), number)
        book.close()


def _search_sheet(ledger: Ledger, sheet: Any, number: int) -> int:
    values = sheet.to_python(skip_empty_area=False)
    _search_values(ledger, CALAMINE, values, number)
    return sum(len(row) for row in values)


def _search_values(
    ledger: Ledger, engine: str, values: Sequence[Sequence[Any]], number: int
) -> None:
    def where(row: int, column: int) -> str:
        return ledger.place(f"sheet {number}, cell {column_letters(column)}{row + 1}")

    def excuse(term: Term, row: int, column: int) -> bool:
        return _only_in_writing(term, values[row][column])

    rows = ([" | ".join(_written(value)) for value in row] for row in values)
    ledger.text(engine).rows(rows, where, excuse=excuse if ledger.strict else None)


def _written(value: object) -> tuple[str, ...]:
    """Write a cell's value in the ways in which a sheet may show it."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, bool):
        return (str(value).upper(),)
    if isinstance(value, int | float):
        return _number_written(value)
    if isinstance(value, dt.datetime | dt.date):
        return _date_written(value)
    return (str(value),) if value is not None else ("",)


def _number_written(value: float) -> tuple[str, ...]:
    if value == int(value) and abs(value) < 1e15:
        whole = int(value)
        return (str(whole),) if abs(whole) < 1000 else (str(whole), f"{whole:,}")
    return (repr(value), f"{value:.0f}", f"{value:.1f}", f"{value:.2f}", f"{value * 100:.0f}%")


def _date_written(value: dt.date) -> tuple[str, ...]:
    written = [
        value.strftime(pattern)
        for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d.%m.%Y", "%d/%m/%y")
    ]
    short = [f"{value.day}/{value.month}/{value.year}", f"{value.day} {value:%B %Y}"]
    time = (
        [f"{value:%H:%M}"] if isinstance(value, dt.datetime) and value.time() != dt.time() else []
    )
    return (*written, *short, *time)


def _only_in_writing(term: Term, value: object) -> bool:
    """Say whether a short number is in one way of writing a date or fraction but not in another.

    A year withheld elsewhere is not in a cell that shows 12/03/19, nor is an age of 12 in one that
    holds 12500, though some write that 12,500.
    """
    if not term.folded.isdecimal() or term.distinctive or isinstance(value, str):
        return False
    written = _written(value)
    if isinstance(value, int | float) and value == int(value):
        return not count_term(term, fold(written[0]))
    return not all(count_term(term, fold(one)) for one in written)


def visible_rows(untrusted: bytes) -> list[list[list[str]]]:
    """Give the cells of every visible sheet, row by row, each in the likeliest writing."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - loads native code

    with CalamineWorkbook.from_filelike(io.BytesIO(untrusted)) as book:
        return [
            [
                [_written(value)[0] for value in row]
                for row in book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            ]
            for number, sheet in enumerate(book.sheets_metadata)
            if "WorkSheet" in str(sheet.typ) and str(sheet.visible).endswith(".Visible")
        ]


# --- documents ---------------------------------------------------------------------------------


def search_document(ledger: Ledger, untrusted: bytes) -> None:
    """Look at every paragraph, table cell, header and footer, and at the properties."""
    import docx  # noqa: PLC0415 - heavy

    with ledger.engine(DOCX):
        document = docx.Document(io.BytesIO(untrusted))
        tally = ledger.text(DOCX)
        body = list(_paragraphs(document))
        tally.run_on(body, lambda number: ledger.place(f"paragraph {number + 1}"))
        for number, section in enumerate(document.sections, 1):
            for kind in (
                "header", "footer", "first_page_header", "first_page_footer",
                "even_page_header", "even_page_footer",
            ):  # fmt: skip
                container = getattr(section, kind)
                if not container.is_linked_to_previous:
                    place = f"{kind.replace('_', ' ')} of section {number}"
                    _search_apart(ledger, list(_paragraphs(container)), place)
        for kind, paragraphs in _notes(document):
            _search_apart(ledger, paragraphs, kind)
        if not _has_properties(document):
            return  # python-docx would make up properties of its own
        properties = document.core_properties
        spoken = [
            str(getattr(properties, name) or "")
            for name in (
                "author", "category", "comments", "content_status", "identifier", "keywords",
                "language", "last_modified_by", "subject", "title", "version",
            )
        ]  # fmt: skip
        tally.views([tuple(spoken)], ledger.place("document properties"))


def _notes(document: Any) -> Iterator[tuple[str, list[str]]]:
    """Give the paragraphs of the footnotes and endnotes, which python-docx has no name for."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - heavy

    for part in document.part.package.iter_parts():
        if str(part.partname) in {"/word/footnotes.xml", "/word/endnotes.xml"}:
            root: Any = parse_xml(part.blob)
            yield str(part.partname)[6:-4], [one.text for one in root.iter(qn("w:p"))]


def _has_properties(document: Any) -> bool:
    relations = document.part.package.rels.values()
    return any(one.reltype.endswith("/core-properties") for one in relations)


def document_paragraphs(untrusted: bytes) -> list[str]:
    """Give the text of every paragraph of the body."""
    import docx  # noqa: PLC0415 - heavy

    return list(_paragraphs(docx.Document(io.BytesIO(untrusted))))


def _search_apart(ledger: Ledger, paragraphs: list[str], place: str) -> None:
    ledger.text(DOCX).run_on(paragraphs, lambda _: ledger.place(place))


def _paragraphs(container: BlockItemContainer) -> Iterator[str]:
    from docx.table import Table  # noqa: PLC0415

    for item in container.iter_inner_content():
        if isinstance(item, Table):
            cells = {cell._tc: cell for row in item.rows for cell in row.cells}  # noqa: SLF001 - merged cells come up again
            for cell in cells.values():
                yield from _paragraphs(cell)
        else:
            yield item.text
