from __future__ import annotations

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.xlsx import Xlsx
from redactor.model import Document, HiddenKind
from tests.unit.formats.office import R, S, rels, row_of, sheet, strict, styles, text_cell, workbook


def read(data: bytes) -> Document:
    return Xlsx().read(data)


def body(document: Document) -> dict[str, str]:
    return {one.id: one.text for one in document.segments if one.hidden is None}


def hidden(document: Document, kind: HiddenKind) -> list[str]:
    return [one.text for one in document.segments if one.hidden is kind]


def test_every_kind_of_cell_is_read_as_it_is_shown() -> None:
    rows = row_of(
        1,
        text_cell("A1", "Zoë Quibell"),
        '<c r="B1"><v>42</v></c>',
        '<c r="C1" t="b"><v>1</v></c>',
        '<c r="D1" t="e"><v>#N/A</v></c>',
        '<c r="E1" t="str"><f>A1</f><v>Zoë Quibell</v></c>',
        '<c r="F1"><v>0.30000000000000004</v></c>',
        '<c r="G1" s="1"><v>44999.75</v></c>',
    )
    document = read(workbook({"Cases": sheet(rows)}, styles=styles("dd/mm/yyyy")))
    assert body(document) == {
        "part:sheet-name:0#1": "Cases",
        "sheet:Cases!A1": "Zoë Quibell",
        "sheet:Cases!B1": "42",
        "sheet:Cases!C1": "TRUE",
        "sheet:Cases!D1": "#N/A",
        "sheet:Cases!E1": "Zoë Quibell",
        "sheet:Cases!F1": "0.3",
        "sheet:Cases!G1": "14/03/2023",
    }
    assert document.unread == ()


def test_shared_texts_are_joined_from_their_runs_and_unused_ones_are_listed() -> None:
    shared = (
        f'<sst xmlns="{S}"><si><r><t>Orla Vex</t></r><r><t>ley</t></r></si>'
        "<si><t>Forgotten Name</t></si></sst>"
    )
    document = read(
        workbook(
            {"A": sheet(row_of(1, '<c r="A1" t="s"><v>0</v></c>'))},
            extra={"xl/sharedStrings.xml": shared},
            workbook_rels=(("rIdT", "sharedStrings", "sharedStrings.xml"),),
        )
    )
    assert body(document)["sheet:A!A1"] == "Orla Vexley"
    assert hidden(document, HiddenKind.OTHER) == ["Forgotten Name"]


def test_escaped_characters_in_a_text_are_turned_back() -> None:
    rows = row_of(1, text_cell("A1", "_x0053_mith &amp; _x005F_x0041_"))
    assert body(read(workbook({"A": sheet(rows)})))["sheet:A!A1"] == "Smith & _x0041_"


@pytest.mark.parametrize(
    ("state", "kind"),
    [("hidden", HiddenKind.HIDDEN_SHEET), ("veryHidden", HiddenKind.VERY_HIDDEN_SHEET)],
)
def test_a_hidden_sheet_is_hidden_whole_with_its_name(state: str, kind: HiddenKind) -> None:
    parts = {
        "Open": sheet(row_of(1, text_cell("A1", "seen"))),
        "Source": sheet(row_of(1, text_cell("A1", "Una Thrale"))),
    }
    document = read(workbook(parts, states={"Source": state}))
    assert hidden(document, kind) == ["Source", "Una Thrale"]
    assert all(one.container == "Source" for one in document.segments if one.hidden is kind)


@pytest.mark.parametrize(
    ("before", "row", "kind"),
    [
        ("", ' hidden="1"', HiddenKind.HIDDEN_ROW),
        ("", ' hidden="true"', HiddenKind.HIDDEN_ROW),
        ("", ' ht="0" customHeight="1"', HiddenKind.HIDDEN_ROW),
        ('<sheetFormatPr zeroHeight="1"/>', "", HiddenKind.HIDDEN_ROW),
        ('<cols><col min="1" max="1" hidden="1"/></cols>', "", HiddenKind.HIDDEN_COLUMN),
        ('<cols><col min="1" max="3" width="0"/></cols>', "", HiddenKind.HIDDEN_COLUMN),
        ('<sheetFormatPr defaultColWidth="0"/>', "", HiddenKind.HIDDEN_COLUMN),
    ],
)
def test_hidden_rows_and_columns_are_hidden(before: str, row: str, kind: HiddenKind) -> None:
    xml = sheet(row_of(1, text_cell("A1", "Una Thrale"), attributes=row), before)
    assert hidden(read(workbook({"A": xml})), kind) == ["Una Thrale"]


def test_what_a_format_blanks_out_is_hidden() -> None:
    rows = row_of(1, text_cell("A1", "Una Thrale", 1), '<c r="B1" s="1"><v>7</v></c>')
    document = read(workbook({"A": sheet(rows)}, styles=styles(";;;")))
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == ["Una Thrale", "7"]


def test_white_text_on_no_fill_is_hidden() -> None:
    rows = row_of(1, text_cell("A1", "Una Thrale", 1))
    document = read(workbook({"A": sheet(rows)}, styles=styles("General", colour="FFFFFFFF")))
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == ["Una Thrale"]


def test_what_lies_under_merged_cells_is_hidden() -> None:
    rows = row_of(1, text_cell("A1", "seen"), text_cell("B1", "Una Thrale"))
    after = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    document = read(workbook({"A": sheet(rows, after=after)}))
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == ["Una Thrale"]


def test_a_formula_is_hidden_and_its_result_is_read() -> None:
    rows = row_of(1, '<c r="A1" t="str"><f>IF(B1,"Una Thrale","")</f><v>seen</v></c>')
    document = read(workbook({"A": sheet(rows)}))
    assert body(document)["sheet:A!A1"] == "seen"
    assert hidden(document, HiddenKind.FORMULA) == ['=IF(B1,"Una Thrale","")']


def test_a_formula_without_a_result_blocks() -> None:
    rows = row_of(1, '<c r="A1"><f>SUM(B1:B9)</f><v></v></c>')
    assert [one.place for one in read(workbook({"A": sheet(rows)})).unread] == ["sheet:A!A1"]


def test_what_stands_around_the_rows_is_hidden_by_kind() -> None:
    after = (
        '<sheetProtection password="CC1A"/>'
        '<scenarios><scenario name="worst case" user="Una Thrale"><inputCells r="A1" val="9"/>'
        '</scenario></scenarios><autoFilter ref="A1:A9"><filterColumn colId="0"><filters>'
        '<filter val="Filtered Person"/></filters></filterColumn></autoFilter>'
        '<conditionalFormatting sqref="A1"><cfRule type="containsText" text="Orla">'
        '<formula>"Orla Vexley"</formula></cfRule></conditionalFormatting>'
        '<dataValidations><dataValidation type="list" prompt="Pick Una"><formula1>"Una,Orla"'
        "</formula1></dataValidation></dataValidations>"
        '<hyperlinks><hyperlink ref="A1" r:id="rId9" tooltip="write to Orla"/></hyperlinks>'
        "<headerFooter><oddHeader>&amp;CDraft of Una Thrale</oddHeader></headerFooter>"
    )
    document = read(
        workbook(
            {"A": sheet(row_of(1, text_cell("A1", "seen")), after=after)},
            extra={
                "xl/worksheets/_rels/sheet1.xml.rels": rels(
                    ("rId9", "hyperlink", "mailto:orla.vexley@example.org")
                )
            },
            workbook_xml='<definedNames><definedName name="secret" hidden="1">"Una Thrale"'
            "</definedName></definedNames>",
        )
    )
    assert "Una Thrale" in hidden(document, HiddenKind.SCENARIO)[0]
    assert hidden(document, HiddenKind.FILTER) == ["Filtered Person"]
    assert '"Orla Vexley"' in hidden(document, HiddenKind.CONDITIONAL_FORMAT)[0]
    assert "Pick Una" in hidden(document, HiddenKind.DATA_VALIDATION)[0]
    assert hidden(document, HiddenKind.LINK) == ["write to Orla", "mailto:orla.vexley@example.org"]
    assert hidden(document, HiddenKind.HEADER_FOOTER) == ["&CDraft of Una Thrale"]
    assert hidden(document, HiddenKind.SETTINGS) == ["CC1A"]
    assert hidden(document, HiddenKind.DEFINED_NAME) == ['secret = "Una Thrale"']


def test_parts_beside_the_sheets_are_hidden_by_kind_or_block() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    document = read(
        workbook(
            {"A": sheet(row_of(1, text_cell("A1", "seen")))},
            extra={
                "xl/comments1.xml": f'<comments xmlns="{S}"><authors><author>Ida Crane</author>'
                "</authors><commentList><comment><text><r><t>Orla </t></r><r><t>Vexley</t></r>"
                "</text></comment></commentList></comments>",
                "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{S}"><r>'
                '<s v="Una Thrale"/></r></pivotCacheRecords>',
                "xl/persons/person.xml": '<people><person displayName="Ida Crane"/></people>',
                "docProps/core.xml": "<coreProperties><creator>Ida Crane</creator>"
                "</coreProperties>",
                "customXml/item1.xml": "<memo>Orla Vexley</memo>",
                "xl/vbaProject.bin": b"\x01macro",
                "xl/media/image1.png": b"\x89PNG",
                "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "xl/odd.bin": b"\x00\x01",
                "xl/charts/chart1.xml": "<chartSpace><pt>Una Thrale</pt></chartSpace>",
            },
            extra_types={
                "xl/comments1.xml": f"{kind}.comments+xml",
                "xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument."
                "drawingml.chart+xml",
            },
        )
    )
    assert hidden(document, HiddenKind.COMMENT) == ["Orla Vexley", "Ida Crane"]
    assert hidden(document, HiddenKind.PIVOT_CACHE) == ["Una Thrale"]
    assert hidden(document, HiddenKind.PERSON_LIST) == ["Ida Crane"]
    assert hidden(document, HiddenKind.METADATA) == ["creator: Ida Crane"]
    assert hidden(document, HiddenKind.CUSTOM_XML) == ["Orla Vexley"]
    assert "Una Thrale" in hidden(document, HiddenKind.CHART)
    assert hidden(document, HiddenKind.MACRO) == [""]
    assert {one.place for one in document.unread} == {
        "xl/media/image1.png",
        "xl/embeddings/oleObject1.bin",
        "xl/odd.bin",
        "xl/vbaProject.bin",
    }


def test_a_strict_workbook_is_read_like_any_other() -> None:
    plain = workbook({"A": sheet(row_of(1, text_cell("A1", "Una Thrale")))})
    assert body(read(strict(plain))) == body(read(plain))


@pytest.mark.parametrize(
    "data",
    [
        workbook({}),
        workbook({"A": '<dataset xmlns="urn:other"><row/></dataset>'}),
        workbook({"A": sheet(row_of(1, text_cell("A1", "a"))).replace(S, "urn:other")}),
        workbook({"A": sheet(row_of(1, text_cell("A1", "a"), text_cell("A1", "b")))}),
        workbook({"A": sheet(row_of(1, text_cell("A7", "a")))}),
        workbook({"A": sheet(row_of(2, text_cell("A2", "a")) + row_of(1, text_cell("A1", "b")))}),
        workbook({"A": sheet(row_of(1, '<c r="A1" t="s"><v>5</v></c>'))}),
        workbook({"A": sheet(row_of(1, '<c r="A1" t="zz"><v>5</v></c>'))}),
        workbook({"A": sheet(row_of(1, '<c r="A1"><v>nan</v></c>'))}),
        workbook({"A": sheet(row_of(1, '<c r="XFE1"><v>1</v></c>'))}),
        workbook({"A": sheet('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')}),
        workbook({"A": sheet(row_of(1)), "a": sheet(row_of(1))}),
        workbook({"A": sheet("<row r='1'>")}),
    ],
)
def test_a_workbook_that_contradicts_itself_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read(data)
    assert refusal.value.reason == "damaged"


def test_cells_in_an_unknown_vocabulary_block() -> None:
    rows = row_of(1, '<c r="A1"><x xmlns="urn:other">Una Thrale</x></c>')
    document = read(workbook({"A": sheet(rows)}))
    assert hidden(document, HiddenKind.OTHER) == ["Una Thrale"]
    assert len(document.unread) == 1


def test_no_two_segments_share_a_key() -> None:
    parts = {
        f"S{n}": sheet(row_of(1, text_cell("A1", "x"), text_cell("B1", "y"))) for n in range(3)
    }
    segments = read(workbook(parts)).segments
    assert len({one.key for one in segments}) == len(segments)


def test_relationships_may_use_any_prefix_for_the_sheet_id() -> None:
    data = workbook({"A": sheet(row_of(1, text_cell("A1", "seen")))})
    assert R in "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    assert body(read(data))["sheet:A!A1"] == "seen"


def test_a_pivot_cache_is_read_row_by_row_with_its_shared_values_and_numbers() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    document = read(
        workbook(
            {"A": sheet(row_of(1, text_cell("A1", "seen")))},
            extra={
                "xl/pivotCache/d.xml": f'<pivotCacheDefinition xmlns="{S}"><cacheFields>'
                '<cacheField name="Name"><sharedItems><s v="Una Thrale"/></sharedItems>'
                "</cacheField>"
                '<cacheField name="Number"><sharedItems/></cacheField></cacheFields>'
                "</pivotCacheDefinition>",
                "xl/pivotCache/_rels/d.xml.rels": rels(("r", "pivotCacheRecords", "r.xml")),
                "xl/pivotCache/r.xml": f'<pivotCacheRecords xmlns="{S}"><r><x v="0"/><n v="41"/>'
                '</r><r><x v="0"/><n v="42"/></r></pivotCacheRecords>',
            },
            extra_types={
                "xl/pivotCache/d.xml": f"{kind}.pivotCacheDefinition+xml",
                "xl/pivotCache/r.xml": f"{kind}.pivotCacheRecords+xml",
            },
        )
    )
    assert "Una Thrale\t41\nUna Thrale\t42" in hidden(document, HiddenKind.PIVOT_CACHE)
    (tally,) = [one for one in document.tallies if one.kind is HiddenKind.PIVOT_CACHE]
    assert (tally.place, tally.count, tally.unit) == ("xl/pivotCache/d.xml", 2, "rows")
    assert document.unread == ()


def test_letters_too_small_to_be_read_are_hidden() -> None:
    small = (
        f'<styleSheet xmlns="{S}"><fonts><font/><font><sz val="1"/></font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    )
    document = read(
        workbook({"A": sheet(row_of(1, text_cell("A1", "Una Thrale", 1)))}, styles=small)
    )
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == ["Una Thrale"]


def test_words_outside_every_part_of_the_file_are_found() -> None:
    data = workbook({"A": sheet(row_of(1, text_cell("A1", "seen")))})
    document = read(data + b"Una Thrale behind the end")
    assert hidden(document, HiddenKind.OTHER) == ["Una Thrale behind the end"]
