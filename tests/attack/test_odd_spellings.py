"""Words made hard to find, and cells made hard to see: neither may get out."""

from __future__ import annotations

import pytest

from redactor.formats.base import RebuildPlan
from redactor.formats.docx import Docx
from redactor.formats.number_format import NumberFormat
from redactor.formats.ods import Ods
from redactor.formats.xlsx import Xlsx
from redactor.matching import find_term, fold, make_term
from redactor.model import HiddenKind
from tests.unit.formats import ods_samples as ods
from tests.unit.formats.office import document, row_of, run, sheet, text_cell, workbook

RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'


@pytest.mark.parametrize(
    "unseen",
    ["\u034f", "\u2066", "\u2069", "\ufe0f", "\u061c", "\u3164", "\ufff9", "\U000e0041", "\x08"],
)
def test_a_name_with_a_character_inside_that_nobody_sees_is_found(unseen: str) -> None:
    term = make_term("Thrale", 1)
    assert term is not None
    assert len(list(find_term(term, fold(f"Una Thr{unseen}ale said")))) == 1


def test_a_name_with_a_raised_letter_after_it_is_found_and_the_letter_stays() -> None:
    body = f"<w:p>{run('Una Thrale')}{RAISED.format('a')}</w:p>"
    data = document(body)
    (segment,) = [one for one in Docx().read(data).segments if one.hidden is None]
    term = make_term("Thrale", 1)
    assert term is not None
    assert list(find_term(term, fold(segment.text))) == [(4, 10)]
    (released,) = Docx().rebuild(data, RebuildPlan({}), "txt").files
    assert released.data.decode("utf-8-sig").strip() == "Una Thralea"


def test_a_row_too_low_to_be_read_is_hidden() -> None:
    low = row_of(1, text_cell("A1", "Una Thrale"), attributes=' ht="0.5"')
    read = Xlsx().read(workbook({"A": sheet(low)})).segments
    (segment,) = [one for one in read if one.text == "Una Thrale"]
    assert segment.hidden is HiddenKind.HIDDEN_ROW


def test_words_in_an_element_that_no_worksheet_has_block() -> None:
    rows = row_of(1, text_cell("A1", "plain"))
    whole = sheet(rows, after="<strange>Una Thrale</strange>")
    (part,) = Xlsx().read(workbook({"A": whole})).unread
    assert part.place.endswith("/unknown")


@pytest.mark.parametrize(
    "code", ["[White]0", "[white]General", "[Color 2]#,##0", "[White]d mmm yyyy"]
)
def test_a_number_shown_in_white_is_hidden(code: str) -> None:
    assert NumberFormat(code).show(45000).hidden
    assert not NumberFormat(code).is_general


def test_a_number_is_seen_where_only_the_others_are_white() -> None:
    assert not NumberFormat("0;[White]-0").show(5).hidden
    assert NumberFormat("0;[White]-0").show(-5).hidden


def test_a_text_that_a_cell_holds_and_does_not_show_is_hidden_in_ods() -> None:
    held = ods.cell("shown", attributes='office:string-value="Una Thrale"')
    same = ods.cell("both", attributes='office:string-value="both"')
    read = Ods().read(ods.spreadsheet(ods.table("S", ods.row(held, same)))).segments
    assert [one.hidden for one in read if "Thrale" in one.text] == [HiddenKind.OTHER]
    assert len([one for one in read if "both" in one.text]) == 1


def test_a_row_too_low_to_be_read_is_hidden_in_ods() -> None:
    low = ods.style("low", "table-row", '<style:table-row-properties style:row-height="0.4pt"/>')
    row = ods.row(ods.cell("Una Thrale"), attributes='table:style-name="low"')
    read = Ods().read(ods.spreadsheet(ods.table("S", row), styles=low)).segments
    assert [one.hidden for one in read if "Thrale" in one.text] == [HiddenKind.HIDDEN_ROW]


WHITE_WHEN = (
    '<conditionalFormatting sqref="A1:A9"><cfRule type="expression" priority="1" dxfId="{}">'
    "<formula>TRUE</formula></cfRule></conditionalFormatting>"
)
LOOKS = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dxfs>'
    '<dxf><font><color rgb="FFFF0000"/></font></dxf>'
    '<dxf><font><color rgb="FFFFFFFF"/></font></dxf>'
    '<dxf><numFmt numFmtId="200" formatCode=";;;"/></dxf>'
    '<dxf><font><color rgb="FFFFFFFF"/></font><fill><patternFill><bgColor rgb="FFC00000"/>'
    "</patternFill></fill></dxf></dxfs></styleSheet>"
)


@pytest.mark.parametrize(("look", "blocks"), [(0, False), (1, True), (2, True), (3, False)])
def test_cells_that_a_conditional_format_may_hide_wait_for_a_person(
    look: int, blocks: bool
) -> None:
    rows = row_of(1, text_cell("A1", "Zebedeeth"))
    data = workbook({"Data": sheet(rows, after=WHITE_WHEN.format(look))}, styles=LOOKS)
    unread = [one.place for one in Xlsx().read(data).unread]
    assert unread == (["sheet:Data!A1:A9/conditional format"] if blocks else [])
