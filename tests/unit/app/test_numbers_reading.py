"""From real files to the sheets in which counts are looked for."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from redactor import jobs
from redactor.app.numbers_reading import case_sheets, sheets_of
from redactor.errors import UsageError
from redactor.jobs import FileSource
from redactor.model import quiet
from redactor.numbers.layout import Doubt, Layout, detect
from redactor.numbers.model import Evidence, Interval
from redactor.workers import Lane
from tests.case_kit import new_case
from tests.unit.formats import ods_samples as ods
from tests.unit.formats import office

_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Area</t></is></c><c r="B1"><v>2020</v></c>'
    '<c r="C1"><v>2021</v></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Moor</t></is></c><c r="B2"><v>3</v></c>'
    '<c r="C2"><v>11</v></c></row>'
    '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>Fell</t></is></c><c r="B3"><v>6</v></c>'
    '<c r="C3"><v>2</v></c></row>'
    '<row r="4"><c r="A4" t="inlineStr"><is><t>Coast</t></is></c>'
    '<c r="B4"><f>SUM(B2:B3)</f><v>9</v></c>'
    '<c r="C4"><f>C2+C3</f>{result}</c></row>'
)


def workbook(folder: Path, result: str = "<v>13</v>") -> Path:
    path = folder / "counts.xlsx"
    path.write_bytes(office.workbook({"Data": office.sheet(_ROWS.replace("{result}", result))}))
    return path


def found_in(path: Path) -> Layout:
    return detect(sheets_of(jobs.read_grids(FileSource(path), report=quiet)))


def test_a_workbook_gives_formulas_and_hidden_rows(tmp_path: Path) -> None:
    found = found_in(workbook(tmp_path))
    assert {(one.total, one.parts) for one in found.relations} == {
        ("Data!B4", ("Data!B2", "Data!B3")),
        ("Data!C4", ("Data!C2", "Data!C3")),
    }
    assert {one.evidence for one in found.relations} == {Evidence.FORMULA}
    assert found.unseen == {"Data!B3", "Data!C3"}


def test_a_sum_without_a_result_is_warned_of(tmp_path: Path) -> None:
    found = found_in(workbook(tmp_path, result=""))
    (warned,) = [one for one in found.warnings if one.doubt is Doubt.NO_RESULT]
    assert warned.cells == ("Data!C4",)


def test_a_csv_file_is_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text('Area,2020,2021\nMoor,3,"1,100"\nFell,6,2\nTotal,9,"1,102"\n', "utf-8")
    found = found_in(path)
    assert [one.range for one in found.tables] == ["A1:C4"]
    assert found.printed["Sheet 1!C4"] == Interval(1102, 1102)
    assert len(found.relations) == 2


def test_a_table_of_a_word_document_counts_with_its_legend(tmp_path: Path) -> None:
    path = tmp_path / "answer.docx"
    document = docx.Document()
    document.add_paragraph("Table A: grievances by area")
    table = document.add_table(rows=4, cols=3)
    rows = ("Area|2020|2021", "Moor|*|11", "Fell|6|0", "Total|9|11")
    for row, line in enumerate(rows):
        for column, text in enumerate(line.split("|")):
            table.cell(row, column).text = text
    raised = table.cell(2, 1).paragraphs[0].add_run("1")
    raised.font.superscript = True
    document.add_paragraph("* denotes a count of 1 to 4")
    document.save(str(path))
    found = found_in(path)
    assert found.tables[0].title == "Table A: grievances by area"
    assert found.printed["Table 1!B2"] == Interval(1, 4)
    assert found.printed["Table 1!B3"] == Interval(6, 6)
    assert ("Table 1!B4", ("Table 1!B2", "Table 1!B3")) in {
        (one.total, one.parts) for one in found.relations
    }


def test_a_text_has_no_tables_and_says_what_to_give(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("No table here.", "utf-8")
    with pytest.raises(UsageError, match="Give a workbook"):
        found_in(path)


def test_an_open_document_spreadsheet_gives_its_formulas(tmp_path: Path) -> None:
    def number(value: int, formula: str = "") -> str:
        computed = f'table:formula="of:={formula}"' if formula else ""
        return ods.cell(str(value), "float", f'office:value="{value}" {computed}')

    rows = (
        ods.row(ods.cell("Area"), ods.cell("Cases"), ods.cell("Closed")),
        ods.row(ods.cell("Moor"), number(3), number(2)),
        ods.row(ods.cell("Fell"), number(9), number(1)),
        ods.row(ods.cell("Coast"), number(12, "SUM([.B2:.B3])"), number(3, "[.C2]+[.C3]")),
    )
    path = tmp_path / "counts.ods"
    path.write_bytes(ods.spreadsheet(ods.table("Data", "".join(rows))))
    assert {(one.total, one.parts, one.evidence) for one in found_in(path).relations} == {
        ("Data!B4", ("Data!B2", "Data!B3"), Evidence.FORMULA),
        ("Data!C4", ("Data!C2", "Data!C3"), Evidence.FORMULA),
    }


def test_a_document_of_a_case_is_read_like_a_file(tmp_path: Path, lane: Lane) -> None:
    path = workbook(tmp_path)
    case = new_case(tmp_path / "case.redactor")
    try:
        case.add_file(path)
        sheets = case_sheets(case, lane, 1)
    finally:
        case.close()
    assert detect(sheets).relations == found_in(path).relations
