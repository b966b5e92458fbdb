from __future__ import annotations

import io

import openpyxl
import python_calamine

from redactor.formats.base import RebuildPlan, Rebuilt, Spot
from redactor.formats.xlsx import Xlsx
from redactor.model import CellPlace, LeftOut, PartPlace, key_of
from tests.unit.formats.office import everything, row_of, sheet, styles, text_cell, workbook

_PEOPLE = sheet(
    row_of(1, text_cell("A1", "Name", 1), text_cell("B1", "Date", 1), text_cell("C1", "Count", 1))
    + row_of(2, text_cell("A2", "PC Una Thrale"), '<c r="B2" s="2"><v>44999.75</v></c>',
             '<c r="C2"><v>3</v></c>')
    + row_of(3, text_cell("A3", "Orla Vexley"), attributes=' hidden="1"')
    + row_of(4, text_cell("A4", "Total"), '<c r="C4"><f>SUM(C2:C3)</f><v>3</v></c>'),
    after='<mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells>',
)  # fmt: skip
_BOOK = workbook(
    {"Cases": _PEOPLE, "Source": sheet(row_of(1, text_cell("A1", "Secret Source")))},
    states={"Source": "hidden"},
    styles=styles("General", "dd/mm/yyyy", bold=True),
)


def rebuild(plan: RebuildPlan, target: str = "xlsx", data: bytes = _BOOK) -> Rebuilt:
    return Xlsx().rebuild(data, plan, target)


def values(rebuilt: Rebuilt) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(rebuilt.files[0].data))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_kept_values_stay_numbers_and_dates_without_the_time_nobody_saw() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rebuild(RebuildPlan()).files[0].data))
    assert book.sheetnames == ["Cases"]
    page = book["Cases"]
    assert page["B2"].value.isoformat() == "2023-03-14T00:00:00"
    assert page["B2"].number_format == "dd/mm/yyyy"
    assert page["C2"].value == 3
    assert page["A1"].font.b
    assert page["C3"].value == 3, "the formula is replaced by its result; the hidden row closes up"


def test_hidden_rows_and_sheets_are_left_out_and_listed() -> None:
    rebuilt = rebuild(RebuildPlan())
    assert b"Orla" not in everything(rebuilt.files[0].data)
    assert b"Secret" not in everything(rebuilt.files[0].data)
    assert LeftOut("hidden-row", "Cases", 1) in rebuilt.left_out
    assert LeftOut("hidden-sheet", "Source", 2) in rebuilt.left_out
    assert LeftOut("formula", "Cases", 1) in rebuilt.left_out


def test_a_redaction_removes_the_words_and_prints_the_label() -> None:
    plan = RebuildPlan(
        {
            key_of(CellPlace("Cases", 1, 0)): (Spot(3, 13, "s40(2)"),),
            key_of(CellPlace("Cases", 1, 2)): (Spot(0, 1, "s40(2)"),),
        }
    )
    for target in Xlsx.targets:
        assert b"Thrale" not in everything(rebuild(plan, target).files[0].data)
    assert values(rebuild(plan))[1][0] == "PC [s40(2)]"
    assert values(rebuild(plan))[1][2] == "[s40(2)]"


def test_a_redacted_sheet_name_is_replaced() -> None:
    plan = RebuildPlan({key_of(PartPlace("sheet-name:0", 0)): (Spot(0, 5, "s40(2)"),)})
    book = openpyxl.load_workbook(io.BytesIO(rebuild(plan).files[0].data))
    assert book.sheetnames == ["s40(2) 1"]


def test_merged_cells_move_with_their_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rebuild(RebuildPlan()).files[0].data))
    assert [str(one) for one in book["Cases"].merged_cells.ranges] == ["A3:B3"]


def test_column_widths_come_from_what_is_released() -> None:
    short, long = (
        workbook({"A": sheet(row_of(1, text_cell("A1", name)))})
        for name in ("Ed Po", "Bartholomew Featherstonehaugh-Cholmondeley")
    )
    spot = {key_of(CellPlace("A", 0, 0)): (Spot(0, 5, "s40(2)"),)}
    spots = {key_of(CellPlace("A", 0, 0)): (Spot(0, 42, "s40(2)"),)}
    first = rebuild(RebuildPlan(spot), data=short).files[0].data
    assert first == rebuild(RebuildPlan(spots), data=long).files[0].data


def _columned(name: str, width: int) -> bytes:
    columns = f'<cols><col min="1" max="2" width="{width}"/></cols>'
    cells = text_cell("A1", name), text_cell("B1", "x")
    return workbook({"A": sheet(row_of(1, *cells), columns)})


def test_a_column_where_something_was_removed_loses_its_width() -> None:
    plan = RebuildPlan({key_of(CellPlace("A", 0, 0)): (Spot(0, 5, "s40(2)"),)})
    wide, narrow = (
        openpyxl.load_workbook(
            io.BytesIO(rebuild(plan, data=_columned("Ed Po", width)).files[0].data)
        )["A"].column_dimensions
        for width in (45, 10)
    )
    assert wide["A"].width == narrow["A"].width
    assert wide["B"].width > narrow["B"].width


def test_headings_and_the_printed_area_stay_where_no_row_of_them_goes() -> None:
    views = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'state="frozen"/></sheetView></sheetViews>'
    )
    rows = [row_of(n, text_cell(f"A{n}", f"row {n}")) for n in (1, 2, 3)]
    area = (
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">A!$A$2:$A$3'
        "</definedName></definedNames>"
    )
    whole = workbook({"A": sheet("".join(rows), views)}, workbook_xml=area)
    page = openpyxl.load_workbook(io.BytesIO(rebuild(RebuildPlan(), data=whole).files[0].data))["A"]
    assert page.freeze_panes == "A2"
    assert page.print_area == "'A'!$A$2:$A$3"
    rows[1] = row_of(2, text_cell("A2", "row 2"), attributes=' hidden="1"')
    broken = workbook({"A": sheet("".join(rows), views)}, workbook_xml=area)
    page = openpyxl.load_workbook(io.BytesIO(rebuild(RebuildPlan(), data=broken).files[0].data))[
        "A"
    ]
    assert page.freeze_panes == "A2"
    assert not page.print_area


def test_a_second_engine_reads_the_same_values() -> None:
    data = rebuild(RebuildPlan()).files[0].data
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Name", "PC Una Thrale", "Total"]


def test_the_released_workbook_has_no_parts_but_its_sheets_and_styles() -> None:
    names = {line for line in everything(rebuild(RebuildPlan()).files[0].data).split(b"\n")
             if line.endswith((b".xml", b".rels"))}  # fmt: skip
    assert names == {
        b"[Content_Types].xml", b"_rels/.rels", b"xl/_rels/workbook.xml.rels", b"xl/styles.xml",
        b"xl/workbook.xml", b"xl/worksheets/sheet1.xml",
    }  # fmt: skip
