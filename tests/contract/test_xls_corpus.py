"""Real old workbooks: what another engine reads in them we read, and what was seen is released."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import python_calamine

from redactor.app.files import Refusal
from redactor.app.oneshot import RedactOrder, Released, redact_files
from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.model import CellPlace, Document, HiddenKind
from redactor.workers import Lane
from tests.corpus import corpus_folder

#: Two cells whose day the other engine counts from 1900 although the workbook counts from 1904.
_COUNTED_FROM_1904 = {"WrongFormulaRecordType.xls"}
#: What our own workbooks hold beside cells: the names of print areas and headings, and settings.
OF_ITS_OWN = {None, HiddenKind.DEFINED_NAME, HiddenKind.SETTINGS, HiddenKind.METADATA}


def old_workbooks() -> list[Path]:
    return sorted(corpus_folder("files", "xls-poi").iterdir())


def read(path: Path) -> Document | None:
    data = path.read_bytes()
    try:
        return detect_format(path.name, data).read(data)
    except UnreadableDocument:
        return None


def rows_of(path: Path) -> dict[str, list[list[object]]]:
    """Give what the other engine reads, by sheet; charts and macros are no grids."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    grids = [
        one.name
        for one in book.sheets_metadata
        if one.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in grids}


def test_every_cell_that_another_engine_reads_is_read_and_says_the_same() -> None:
    compared: Counter[str] = Counter()
    for path in old_workbooks():
        document = read(path)
        if document is None:
            continue
        cells = {one.place: one.text for one in document.segments}
        for name, rows in rows_of(path).items():
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value in {"", None}:
                        continue
                    text = cells.get(CellPlace(name, row, column))
                    assert text is not None, (path.name, name, row, column)
                    kind = says_the_same(value, text)
                    assert kind or path.name in _COUNTED_FROM_1904, (path.name, name, row, column)
                    compared[kind] += 1
    assert compared["text"] > 2_000
    assert compared["number"] > 2_000
    assert compared["day"] > 30


def says_the_same(value: object, text: str) -> str:
    """Hold a value against what a cell shows; gives what kind it is, or nothing."""
    if isinstance(value, bool):
        return "truth" if text == str(value).upper() else ""
    if isinstance(value, str):
        return "text" if value == text else ""
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return "day" if any(one.isdigit() for one in text) else ""
    assert isinstance(value, int | float)
    return "number" if _same_number(float(value), text) else ""


def _same_number(value: float, text: str) -> bool:
    """Say whether a shown number is the value, as far as its format shows it."""
    digits = "".join(one for one in text if one.isdigit() or one == ".")
    if not digits.strip("."):
        return value == 0  # shown as a dash
    if "E" in text:
        return abs(float(text) - value) <= abs(value) * 0.05
    if "/" in text or ":" in text:
        return True  # a fraction or a time
    shown = float(digits) / (100 if "%" in text else 1)
    decimals = len(digits.partition(".")[2]) + (2 if "%" in text else 0)
    return abs(shown - abs(value)) <= max(0.5000001 * 10**-decimals, abs(value) * 0.005)


def test_every_workbook_is_released_with_what_was_seen_in_it(tmp_path: Path, lane: Lane) -> None:
    paths = old_workbooks()
    order = RedactOrder(
        tmp_path, "s40(2) by s40(3A)(a)", terms=("Quillfeather",), target="same", drop_unread=True
    )
    outcomes = list(redact_files(paths, order, lane, lambda _: None))
    released = [one for one in outcomes if isinstance(one, Released)]
    assert len(released) >= 29
    assert all(isinstance(one, Released | Refusal) for one in outcomes)
    for one in released:
        ((written, _),) = one.outputs
        assert written.suffix == ".xlsx"
        original, again = read(one.path), read(written)
        assert original is not None
        assert again is not None
        assert seen(again) == seen(original), one.path.name
        assert {part.hidden for part in again.segments} <= OF_ITS_OWN, one.path.name


def seen(document: Document) -> list[str]:
    """Give the texts of cells that a reader sees, in order."""
    return [
        " ".join(one.text.split())
        for one in document.segments
        if one.hidden is None and isinstance(one.place, CellPlace)
    ]
