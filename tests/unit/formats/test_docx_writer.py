"""The rebuilt Word document as other programs read it, and its parts."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pymupdf
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from redactor.content import (
    Block,
    Flow,
    FlowCell,
    FlowTable,
    Note,
    Paragraph,
    Picture,
    Run,
)
from redactor.errors import BugError
from redactor.formats.writers import write


def paragraph(*texts: str | Run, **how: object) -> Paragraph:
    runs = tuple(one if isinstance(one, Run) else Run(one) for one in texts)
    return Paragraph(runs, **how)  # type: ignore[arg-type]


def cell(text: str, columns: int = 1, rows: int = 1) -> FlowCell:
    return FlowCell((paragraph(text),), columns, rows)


def picture(shade: int = 200, width: float = 60, height: float = 40) -> Picture:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 40), 0)
    pixels.clear_with(shade)
    return Picture(pixels.tobytes("png"), width, height)


def data_of(*body: Block, **rest: object) -> bytes:
    return write(Flow(body, **rest), "docx")[0].data  # type: ignore[arg-type]


def opened(*body: Block, **rest: object):  # type: ignore[no-untyped-def]
    return docx.Document(io.BytesIO(data_of(*body, **rest)))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_labels_are_printed_as_they_were_and_hang_before_their_text() -> None:
    found = opened(
        paragraph("first", listed=True, label="1."),
        paragraph("limb", listed=True, label="(iv)", depth=2),
        paragraph("Findings", level=2, label="1.1"),
        paragraph("plain", depth=1),
    ).paragraphs
    assert [one.text for one in found] == ["1.\tfirst", "(iv)\tlimb", "1.1\tFindings", "plain"]
    first, limb = found[0].paragraph_format, found[1].paragraph_format
    assert first.first_line_indent == -first.left_indent
    assert limb.left_indent > first.left_indent
    assert found[2].style.name == "Heading 2"
    assert found[3].paragraph_format.left_indent == 567 * 635


def test_bullets_are_a_list_of_words_own_at_their_depth() -> None:
    (item,) = opened(paragraph("item", listed=True, depth=3)).paragraphs
    assert item.text == "item"
    assert item._p.pPr.numPr.ilvl.val == 3


def test_how_text_looks_and_stands_is_kept() -> None:
    styled = Run("x", bold=True, italic=True, underline=True, strike=True)
    (found,) = opened(
        paragraph(styled, Run("2", raised=1), Run("2", raised=-1), align="justify", new_page=True)
    ).paragraphs
    font = found.runs[0].font
    assert (font.bold, font.italic, font.underline, font.strike) == (True, True, True, True)
    assert found.runs[1].font.superscript
    assert found.runs[2].font.subscript
    assert found.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
    assert found.paragraph_format.page_break_before


def test_cells_take_the_columns_and_rows_that_they_took() -> None:
    table = FlowTable(
        ((cell("a"), cell("wide", 2)), (cell("tall", rows=2), cell("b"), cell("c")),
         (None, cell("d"), cell("e"))),
        (0.5, 0.25, 0.25),
        heading_rows=1,
    )  # fmt: skip
    found = opened(table).tables[0]
    texts = [[one.text for one in row.cells] for row in found.rows]
    assert texts == [["a", "wide", "wide"], ["tall", "b", "c"], ["tall", "d", "e"]]
    assert found.cell(0, 1)._tc is found.cell(0, 2)._tc
    widths = [one.width for one in found.columns]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    rows = found._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]


def test_a_cell_that_takes_columns_and_rows_leaves_one_place_under_it() -> None:
    table = FlowTable(((cell("big", 2, 2), cell("x")), (None, cell("y")), (cell("z", 3),)))
    found = opened(table).tables[0]
    assert [[one.text for one in row.cells] for row in found.rows] == [
        ["big", "big", "x"], ["big", "big", "y"], ["z", "z", "z"],
    ]  # fmt: skip


def test_a_table_without_rules_has_none_and_two_tables_stay_two() -> None:
    plain = FlowTable(((cell("a"),),), plain=True)
    found = opened(plain, FlowTable(((cell("b"),),)))
    assert [one.style.name for one in found.tables] == ["Normal Table", "Table Grid"]


def test_notes_are_notes_with_the_sign_that_was_printed() -> None:
    notes = (
        Note("*", (paragraph("a footnote"),)),
        Note("ii", (paragraph("an endnote"), paragraph("goes on")), at_end=True),
        Note("9", (paragraph("that nothing leads to"),)),
    )
    data = data_of(paragraph("x", Run("*", note=0), Run("ii", note=1)), notes=notes)
    body = part(data, "word/document.xml")
    assert re.findall(r"<w:(\w+)Reference w:customMarkFollows", body) == ["footnote", "endnote"]
    assert "a footnote" in part(data, "word/footnotes.xml")
    assert "goes on" in part(data, "word/endnotes.xml")
    texts = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    assert texts == ["x*ii", "9 that nothing leads to"]


def test_a_note_called_twice_is_there_once() -> None:
    data = data_of(
        paragraph("x", Run("1", note=0), Run("1", note=0)), notes=(Note("1", (paragraph("n"),)),)
    )
    assert part(data, "word/document.xml").count("footnoteReference") == 1
    assert part(data, "word/footnotes.xml").count("<w:t ") == 2  # its sign and its text


def test_pictures_are_drawn_in_their_line_and_kept_once() -> None:
    data = data_of(picture(), paragraph("x"), picture(), picture(9), header=(picture(9),))
    found = docx.Document(io.BytesIO(data))
    assert len(found.inline_shapes) == 3
    assert found.inline_shapes[0].width == 60 * 12_700
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [one for one in archive.namelist() if "media" in one]
        assert names == ["word/media/image1.png", "word/media/image2.png"]
        assert "image" in archive.read("word/_rels/header1.xml.rels").decode()
        shown = pymupdf.Pixmap(archive.read("word/media/image1.png"))
    assert (shown.width, shown.height, shown.n) == (60, 40, 3)
    assert set(shown.samples) <= {9, 200}


def test_a_picture_larger_than_the_page_is_made_smaller() -> None:
    found = opened(picture(width=9000, height=300))
    shape = found.inline_shapes[0]
    assert shape.width <= 9026 * 635
    assert shape.height == pytest.approx(shape.width / 30, rel=0.01)


def test_what_is_no_picture_is_a_fault_of_ours() -> None:
    with pytest.raises(BugError):
        data_of(Picture(b"no picture", 10, 10))


def test_pages_may_lie_on_their_side() -> None:
    section = opened(paragraph("x"), landscape=True).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height


def test_nothing_that_tells_of_its_making_is_written() -> None:
    data = data_of(paragraph("x"), picture(), header=(paragraph("h"),))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        markup = b"".join(archive.read(one) for one in archive.namelist() if one.endswith(".xml"))
        assert not [one for one in archive.namelist() if one.startswith("docProps")]
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
    for word in (b"rsid", b"paraId", b"w:nsid", b"descr", b"title=", b"instrText"):
        assert word not in markup
