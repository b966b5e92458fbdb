"""The rebuilt workbook as other programs read it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from redactor.content import Book, CellLook, Sheet, SheetCell
from redactor.formats.writers import remarks, write
from redactor.formats.writers.areas import Extent, extent_of
from redactor.formats.writers.xlsx import sheet_names

_HEAD = CellLook(bold=True, italic=True, wrap=True, align="center", fill="blue", ruled=True)


def sheet() -> Sheet:
    rows = (
        (SheetCell("Complaints", look=_HEAD), SheetCell(None, look=_HEAD), None),
        (SheetCell("Name"), SheetCell("Amount"), SheetCell("Note")),
        (SheetCell("[s40(2)]", redaction=True), SheetCell(1234.5, "#,##0.00"), None),
        (None, SheetCell(0.25, "0%"), SheetCell("a long note " * 20, look=CellLook(wrap=True))),
    )
    return Sheet("Ward's & co", rows, (22, 14, 34), ("A1:B1",), "A1:C4", 2, landscape=False)


def data_of(*sheets: Sheet) -> bytes:
    return write(Book(sheets), "xlsx")[0].data


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_looks_are_kept_from_the_short_list() -> None:
    found = opened(data_of(sheet())).active
    head = found["A1"]
    assert (head.font.b, head.font.i) == (True, True)
    assert (head.alignment.horizontal, head.alignment.wrap_text) == ("center", True)
    assert head.fill.fgColor.rgb == "FFDDEBF7"
    assert head.border.left.style == "thin"
    assert found["A2"].fill.fill_type is None
    assert found["B3"].number_format == "#,##0.00"
    assert found["B4"].value == 0.25


def test_a_redacted_cell_shows_its_marker_on_grey() -> None:
    found = opened(data_of(sheet())).active["A3"]
    assert found.value == "[s40(2)]"
    assert found.fill.fgColor.rgb == "FFD9D9D9"


def test_a_sheet_is_printed_and_scrolled_as_people_expect() -> None:
    found = opened(data_of(sheet())).active
    assert found.title == "Ward's & co"
    assert found.freeze_panes == "A3"
    assert found.print_title_rows == "$1:$2"
    assert found.print_area == "'Ward''s & co'!$A$1:$C$4"
    assert found.page_setup.orientation == "portrait"
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert [found.column_dimensions[one].width for one in "ABC"] == [22, 14, 34]
    assert found.row_dimensions[4].height > found.sheet_format.defaultRowHeight


def test_what_nobody_would_see_under_a_merged_cell_is_not_merged_over() -> None:
    rows = ((SheetCell("seen"), SheetCell("beneath")), (SheetCell("a"), SheetCell(None)))
    found = opened(data_of(Sheet("A", rows, merged=("A1:B1", "A2:B2")))).active
    assert [str(one) for one in found.merged_cells.ranges] == ["A2:B2"]
    assert found["B1"].value == "beneath"


def test_calamine_reads_the_same_values() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data_of(sheet())))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2] == ["[s40(2)]", 1234.5, ""]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_reads_the_same_values(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(data_of(sheet()))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
               "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir",
               str(tmp_path), str(path)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader(io.StringIO((tmp_path / "book.csv").read_text("utf-8"))))
    assert rows[0][0] == "Complaints"
    assert rows[2] == ["[s40(2)]", "1,234.50", ""]
    assert rows[3][1] == "25%"


def test_no_name_but_those_of_printing_and_no_property_is_written() -> None:
    with zipfile.ZipFile(io.BytesIO(data_of(sheet(), Sheet("B", ())))) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
            "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
        ]  # fmt: skip
        assert archive.read("xl/workbook.xml").count(b"<definedName ") == 2


def test_names_of_sheets_are_what_excel_accepts() -> None:
    names = ["History", "a" * 40, "a" * 35, "x/y:z", "", "'q'", "Sheet 3", "😀" * 20]
    given = sheet_names(tuple(Sheet(one, ()) for one in names))
    assert given[0] == "Sheet 1"
    assert given[1] == "a" * 31
    assert len({one.lower() for one in given}) == len(names)
    for one in given:
        assert 0 < len(one.encode("utf-16-le")) // 2 <= 31
        assert not set("[]:*?/\\") & set(one)


def test_a_thousand_sheets_of_one_name_are_told_apart() -> None:
    given = sheet_names(tuple(Sheet("Sheet 2", ()) for _ in range(1000)))
    assert len(set(given)) == 1000


def test_long_text_of_two_unit_signs_is_cut_as_excel_counts() -> None:
    book = Book((Sheet("A", ((SheetCell("😀" * 20_000),),)),))
    assert remarks(book, "xlsx")[0].startswith("1 cells")
    value = opened(write(book, "xlsx")[0].data).active["A1"].value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_a_number_out_of_range_is_written_as_excel_says_it() -> None:
    data = data_of(Sheet("A", ((SheetCell(float("inf")), None, SheetCell(7)),)))
    found = opened(data).active
    assert found["A1"].value == "#NUM!"
    assert found["C1"].value == 7


@pytest.mark.parametrize(
    ("area", "expected"),
    [("A1:B2", (0, 0, 1, 1)), ("$A$1:$B$2", (0, 0, 1, 1)), ("B2", (1, 1, 1, 1)),
     ("A:B", (0, 0, 9, 1)), ("2:3", (1, 0, 2, 4)), ("A1:Z99", (0, 0, 9, 4)), ("Z1:Z2", None),
     ("A2:A1", None), ("#REF!", None), ("", None), ("A1:B2:C3", None)],
)  # fmt: skip
def test_areas_are_read(area: str, expected: tuple[int, int, int, int] | None) -> None:
    found = extent_of(area, 10, 5)
    assert found == (None if expected is None else Extent(*expected))
