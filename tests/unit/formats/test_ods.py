"""OpenDocument spreadsheets: what is seen, what is hidden, what is refused."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.formats.base import RebuildPlan
from redactor.formats.ods import Ods
from redactor.model import Document, HiddenKind
from tests.unit.formats.ods_samples import cell, content, part, row, spreadsheet, style, table

WHITE = style("white", "table-cell", '<style:text-properties fo:color="#ffffff"/>')
GONE = style("gone", "table", '<style:table-properties table:display="false"/>')
NARROW = style(
    "narrow", "table-column", '<style:table-column-properties style:column-width="0cm"/>'
)
BOLD = style("bold", "table-cell", '<style:text-properties fo:font-weight="bold"/>')


def read(data: bytes) -> Document:
    return Ods().read(data)


def seen(data: bytes) -> dict[str, str]:
    return {
        one.id: one.text
        for one in read(data).segments
        if one.hidden is None and one.id.startswith("sheet:")
    }


def hidden(data: bytes) -> dict[HiddenKind, list[str]]:
    found: dict[HiddenKind, list[str]] = {}
    for one in read(data).segments:
        if one.hidden is not None:
            found.setdefault(one.hidden, []).append(one.text)
    return found


def test_cells_are_read_as_they_are_shown() -> None:
    rows = row(
        cell("Name"),
        cell("14 March 2023", "date", 'office:date-value="2023-03-14"'),
        cell("£1,204.50", "currency", 'office:value="1204.5"'),
        cell("37%", "percentage", 'office:value="0.37"'),
    )
    rows += row(
        cell("two<text:s text:c='2'/>spaces<text:line-break/>and a <text:span>line</text:span>")
    )
    assert seen(spreadsheet(table("Data", rows))) == {
        "sheet:Data!A1": "Name",
        "sheet:Data!B1": "14 March 2023",
        "sheet:Data!C1": "£1,204.50",
        "sheet:Data!D1": "37%",
        "sheet:Data!A2": "two  spaces\nand a line",
    }


def test_another_engine_reads_the_same_cells() -> None:
    rows = row(cell("a"), '<table:table-cell table:number-columns-repeated="3"/>', cell("b"))
    rows += row('<table:table-cell table:number-columns-repeated="5"/>',
                attributes='table:number-rows-repeated="4"')  # fmt: skip
    rows += row(cell("c", attributes='table:number-columns-repeated="2"'),
                attributes='table:number-rows-repeated="2"')  # fmt: skip
    data = spreadsheet(table("Data", rows))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    theirs = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = seen(data)
    assert ours == {
        "sheet:Data!A1": "a",
        "sheet:Data!E1": "b",
        "sheet:Data!A6": "c",
        "sheet:Data!B6": "c",
        "sheet:Data!A7": "c",
        "sheet:Data!B7": "c",
    }
    assert [[value for value in line if value] for line in theirs if any(line)] == [
        ["a", "b"],
        ["c", "c"],
        ["c", "c"],
    ]


def test_a_sheet_that_is_not_displayed_is_hidden() -> None:
    data = spreadsheet(
        table("Shown", row(cell("x")))
        + table("Staff", row(cell("Ysolde")), 'table:style-name="gone"'),
        styles=GONE,
    )
    assert hidden(data)[HiddenKind.HIDDEN_SHEET] == ["Staff", "Ysolde"]
    assert {(one.place, one.count) for one in read(data).tallies if one.unit == "sheets"} == {
        ("Staff", 1)
    }


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_rows_and_columns_that_are_folded_or_filtered_away_are_hidden(visibility: str) -> None:
    columns = f'<table:table-column/><table:table-column table:visibility="{visibility}"/>'
    rows = row(cell("a"), cell("Ysolde"))
    rows += row(cell("Carnforth"), attributes=f'table:visibility="{visibility}"')
    found = hidden(spreadsheet(table("Data", rows, before=columns)))
    assert found[HiddenKind.HIDDEN_COLUMN] == ["Ysolde"]
    assert found[HiddenKind.HIDDEN_ROW] == ["Carnforth"]


def test_a_group_that_is_folded_away_hides_its_rows() -> None:
    folded = row(cell("Ysolde"))
    group = f'<table:table-row-group table:display="false">{folded}</table:table-row-group>'
    found = hidden(spreadsheet(table("Data", row(cell("a")) + group)))
    assert found[HiddenKind.HIDDEN_ROW] == ["Ysolde"]


def test_a_column_without_width_and_white_text_are_not_seen() -> None:
    columns = '<table:table-column table:style-name="narrow"/><table:table-column/>'
    rows = row(cell("Ysolde"), cell("Carnforth", attributes='table:style-name="white"'), cell("a"))
    data = spreadsheet(table("Data", rows, before=columns), styles=NARROW + WHITE)
    found = hidden(data)
    assert found[HiddenKind.HIDDEN_COLUMN] == ["Ysolde"]
    assert found[HiddenKind.HIDDEN_FORMAT] == ["Carnforth"]
    assert list(seen(data).values()) == ["a"]


def test_what_lies_under_a_merged_cell_and_a_value_that_is_not_shown_are_hidden() -> None:
    rows = row(
        cell("wide", attributes='table:number-columns-spanned="2"'),
        "<table:covered-table-cell office:value-type='string'><text:p>Ysolde</text:p>"
        "</table:covered-table-cell>",
        '<table:table-cell office:value-type="float" office:value="4417"/>',
    )
    assert hidden(spreadsheet(table("Data", rows)))[HiddenKind.HIDDEN_FORMAT] == ["Ysolde", "4417"]


def test_a_formula_is_hidden_with_its_cell_and_one_without_its_result_blocks() -> None:
    rows = row(
        cell("7", "float", 'office:value="7" table:formula="of:=SUM([.B1:.C1])"'),
        '<table:table-cell table:formula="of:=NOW()"/>',
    )
    document = read(spreadsheet(table("Data", rows)))
    formulas = [one for one in document.segments if one.hidden is HiddenKind.FORMULA]
    assert [(one.id, one.text) for one in formulas] == [
        ("part:sheet:Data!A1/formula#1", "of:=SUM([.B1:.C1])"),
        ("part:sheet:Data!B1/formula#1", "of:=NOW()"),
    ]
    assert [one.place for one in document.unread] == ["sheet:Data!B1"]


def test_formulas_are_told_for_the_view_of_what_depends_on_what() -> None:
    rows = row(cell("3", "float", 'office:value="3"')) + row(
        cell("3", "float", 'office:value="3" table:formula="of:=SUM([.A1:.A1])"')
    )
    found = Ods().formulas(spreadsheet(table("Data", rows)))
    assert found is not None
    assert [(one.key, one.text) for one in found.cells] == [(("Data", 1, 0), "of:=SUM([.A1:.A1])")]


NOTE = (
    "<office:annotation><dc:creator>Ysolde</dc:creator><dc:date>2023-03-14</dc:date>"
    "<text:p>ask Carnforth</text:p></office:annotation>"
)
SHAPE = "<draw:custom-shape draw:name='box'><text:p>a box for Ysolde</text:p></draw:custom-shape>"


def test_what_lies_in_and_over_cells_is_hidden_by_kind() -> None:
    rows = row(
        cell("x", inside=NOTE),
        cell('<text:a xlink:href="mailto:ysolde@example.org">write</text:a>'),
        cell("y", inside=SHAPE),
    )
    shapes = f"<table:shapes>{SHAPE}</table:shapes>"
    found = hidden(spreadsheet(table("Data", rows, before=shapes)))
    assert found[HiddenKind.COMMENT] == ["Ysolde 2023-03-14\nask Carnforth"]
    assert found[HiddenKind.LINK] == ["mailto:ysolde@example.org"]
    assert len(found[HiddenKind.TEXT_BOX]) == 2
    assert all("a box for Ysolde" in one for one in found[HiddenKind.TEXT_BOX])


BESIDE = (
    "<table:tracked-changes><table:deletion><text:p>was Ysolde</text:p></table:deletion>"
    "</table:tracked-changes><table:content-validations><table:content-validation "
    'table:name="v" table:condition="list(Ysolde)"/></table:content-validations>'
    '<table:named-expressions><table:named-range table:name="ysolde" '
    'table:cell-range-address="$Data.$A$1"/></table:named-expressions>'
    '<table:data-pilot-tables><table:data-pilot-table table:name="pilot Ysolde"/>'
    '</table:data-pilot-tables><table:database-ranges><table:database-range table:name="rows '
    'of Ysolde"/></table:database-ranges>'
)


def test_what_stands_beside_the_tables_is_hidden_by_kind() -> None:
    source = '<table:table-source xlink:href="file:///h/Ysolde.ods" table:table-name="x"/>'
    data = spreadsheet(table("Data", row(cell("x")), before=source), beside=BESIDE)
    found = hidden(data)
    for kind in (
        HiddenKind.TRACKED_DELETION,
        HiddenKind.DATA_VALIDATION,
        HiddenKind.DEFINED_NAME,
        HiddenKind.PIVOT_CACHE,
        HiddenKind.FILTER,
        HiddenKind.EXTERNAL_LINK,
    ):
        assert any("ysolde" in one.lower() for one in found[kind]), kind


def test_every_other_part_is_hidden_by_kind_or_unread() -> None:
    header = (
        '<office:master-styles><style:master-page style:name="p"><style:header><text:p>for Ysolde'
        "</text:p></style:header></style:master-page></office:master-styles>"
    )
    extra: dict[str, str | bytes] = {
        "meta.xml": part(
            "document-meta", "<office:meta><dc:creator>Ysolde</dc:creator></office:meta>"
        ),
        "styles.xml": part("document-styles", header),
        "settings.xml": part(
            "document-settings", "<config:config-item>Ysolde's printer</config:config-item>"
        ),
        "Basic/Standard/Module1.xml": "<script>REM Ysolde</script>",
        "Object 1/content.xml": part(
            "document-content", "<chart:chart><text:p>Ysolde</text:p></chart:chart>"
        ),
        "ObjectReplacements/Object 1": b"GDIM Ysolde here",
        "odd.bin": b"\x00\x01Ysolde Carnforth\x00\x02" * 5,
    }
    data = spreadsheet(table("Data", row(cell("x"))), extra=extra)
    found = hidden(data)
    for kind in (
        HiddenKind.METADATA,
        HiddenKind.HEADER_FOOTER,
        HiddenKind.SETTINGS,
        HiddenKind.MACRO,
        HiddenKind.CHART_CACHE,
        HiddenKind.CHART,
        HiddenKind.EMBEDDED_FILE,
    ):
        assert any("Ysolde" in one for one in found[kind]), kind
    assert [one.place for one in read(data).unread] == ["odd.bin"]


def test_nothing_hidden_is_in_the_release_and_what_is_seen_is_there_as_it_was() -> None:
    rows = row(
        cell("Name", attributes='table:style-name="bold"'),
        cell("14/03/2023", "date", 'office:date-value="2023-03-14"'),
    )
    rows += row(cell("Ysolde"), attributes='table:visibility="collapse"')
    data = spreadsheet(table("Data", rows), styles=BOLD)
    (file,) = Ods().rebuild(data, RebuildPlan(), "xlsx").files
    assert file.suffix == ".xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    (line,) = book.get_sheet_by_index(0).to_python()
    assert line[0] == "Name"
    assert str(line[1]) == "2023-03-14"
    assert b"Ysolde" not in file.data


def test_a_released_number_says_no_more_than_was_shown() -> None:
    rows = row(
        cell("4417", "float", 'office:value="4417.3321"'),
        cell("14/03/2023", "date", 'office:date-value="2023-03-14T16:20:00"'),
    )
    (file,) = Ods().rebuild(spreadsheet(table("Data", rows)), RebuildPlan(), "xlsx").files
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    ((number, moment),) = book.get_sheet_by_index(0).to_python()
    assert number == 4417
    assert str(moment) == "2023-03-14"


# --- refused --------------------------------------------------------------------------------------


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    return caught.value.reason


def test_an_encrypted_spreadsheet_is_refused_with_the_remedy() -> None:
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        "<manifest:encryption-data/></manifest:file-entry>"
    )
    assert refused(spreadsheet(table("Data", row(cell("x"))), manifest=entry)) == "encrypted"


def test_a_million_repeated_rows_of_nothing_are_no_bomb_but_of_something_they_are() -> None:
    nothing = row("<table:table-cell/>", attributes='table:number-rows-repeated="1048000"')
    assert seen(spreadsheet(table("Data", row(cell("x")) + nothing))) == {"sheet:Data!A1": "x"}
    wide = cell("x", attributes='table:number-columns-repeated="16000"')
    something = row(wide, attributes='table:number-rows-repeated="1048000"')
    assert refused(spreadsheet(table("Data", something))) == "too-large"


def test_a_cell_repeated_to_the_end_of_the_world_is_refused_before_it_is_repeated() -> None:
    endless = 'table:number-columns-repeated="900000000"'
    assert refused(spreadsheet(table("Data", row(cell("x", attributes=endless))))) == "too-large"
    nothing = f"<table:table-cell {endless}/>"
    assert seen(spreadsheet(table("Data", row(cell("x"), nothing)))) == {"sheet:Data!A1": "x"}


def test_a_cut_off_or_senseless_spreadsheet_is_refused() -> None:
    whole = spreadsheet(table("Data", row(cell("x"))))
    assert refused(whole[: len(whole) // 2]) in {"truncated", "damaged"}
    assert refused(spreadsheet("")) == "damaged"
    twice = table("Data", row(cell("x"))) + table("data", row(cell("y")))
    assert refused(spreadsheet(twice)) == "damaged"
    odd = row(cell("x", attributes='table:number-columns-repeated="many"'))
    assert refused(spreadsheet(table("Data", odd))) == "damaged"


def test_it_is_known_by_its_bytes_whatever_it_is_called() -> None:
    data = spreadsheet(table("Data", row(cell("x"))))
    assert detect_format("table.ods", data).name == "ods"
    with pytest.raises(UnreadableDocument, match="spreadsheet \\(OpenDocument\\)"):
        detect_format("table.xlsx", data)
    assert "x" in content(table("Data", row(cell("x"))))
