from __future__ import annotations

import io
import re

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.content import (
    Book,
    CellLook,
    Content,
    Flow,
    FlowCell,
    FlowTable,
    Lines,
    Paragraph,
    Run,
    Sheet,
    SheetCell,
)
from redactor.formats.writers import WRITERS, remarks, write
from redactor.formats.writers.delimited import would_run

_LABEL = Run("[s40(2)]", redaction=True)
_FLOW = Flow(
    (
        Paragraph((Run("Outcome"),), level=1),
        Paragraph((Run("PC ", bold=True), _LABEL, Run(" was dismissed – Zoë Łukasz αβγ 中文"))),
        Paragraph((Run("item"),), listed=True),
        FlowTable(((FlowCell((Paragraph((Run("cell"),)),)), FlowCell()),)),
    ),
    header=(Paragraph((Run("OFFICIAL"),)),),
    footer=(Paragraph((Run("Example Police"),)),),
)
_BOOK = Book(
    (
        Sheet(
            "Cases",
            (
                (
                    SheetCell("Name", look=CellLook(bold=True)),
                    SheetCell("Date", look=CellLook(bold=True)),
                ),
                (SheetCell("[s40(2)]", redaction=True), SheetCell(44999, "dd/mm/yyyy")),
                (None, SheetCell(3), SheetCell(value=True)),
            ),
            (14, 14, 9),
            ("D1:E1",),
        ),
        Sheet("Notes", ((SheetCell("=1+1"), SheetCell("_x0041_ <&> \x01")),)),
    )
)
_LINES = Lines(((Run("first "), _LABEL), (), (Run("last"),)))


def pdf_text(data: bytes) -> str:
    """Give the text of every page without the number that it carries."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    for number, page in enumerate(pages, 1):
        assert page.count(f"Page {number} of {len(pages)}") == 1
    return "\f".join(re.sub(r"Page \d+ of \d+$", "", page) for page in pages)


def contents() -> list[tuple[Content, str]]:
    return [
        (content, target)
        for content, targets in (
            (_FLOW, ("pdf", "docx", "txt")),
            (_BOOK, ("pdf", "xlsx", "csv", "txt")),
            (_LINES, ("pdf", "docx", "txt")),
        )
        for target in targets
    ]


@pytest.mark.parametrize(("content", "target"), contents())
def test_equal_content_gives_equal_bytes(content: Content, target: str) -> None:
    assert write(content, target) == write(content, target)


def test_a_flow_keeps_its_text_and_shape_in_word() -> None:
    found = docx.Document(io.BytesIO(write(_FLOW, "docx")[0].data))
    assert [one.text for one in found.paragraphs][:3] == [
        "Outcome", "PC [s40(2)] was dismissed – Zoë Łukasz αβγ 中文", "item",
    ]  # fmt: skip
    assert found.tables[0].cell(0, 0).text == "cell"
    assert found.sections[0].header.paragraphs[0].text == "OFFICIAL"
    assert found.sections[0].footer.paragraphs[0].text == "Example Police"


def test_a_flow_keeps_its_text_in_a_pdf_that_another_engine_reads() -> None:
    text = pdf_text(write(_FLOW, "pdf")[0].data)
    for expected in (
        "Outcome",
        "PC [s40(2)] was dismissed – Zoë Łukasz αβγ 中文",
        "OFFICIAL",
        "cell",
    ):
        assert expected in text


def test_a_pdf_says_nothing_but_its_pages() -> None:
    data = write(_FLOW, "pdf")[0].data
    document = pypdfium2.PdfDocument(data)
    assert set(document.get_metadata_dict().values()) <= {""}
    for word in (b"/Info", b"/ID", b"/Metadata", b"CreationDate", b"MuPDF"):
        assert word not in data
    document.close()


def test_long_text_flows_over_pages_and_nothing_is_lost() -> None:
    words = [f"word{n}" for n in range(4000)]
    text = pdf_text(write(Flow((Paragraph((Run(" ".join(words)),)),)), "pdf")[0].data)
    assert text.count("\f") >= 3
    assert text.replace("\f", " ").split() == words


def test_a_word_longer_than_the_line_is_broken_and_nothing_is_lost() -> None:
    word = "".join(chr(97 + n % 26) for n in range(900))
    text = pdf_text(write(Lines(((Run(word),),)), "pdf")[0].data)
    assert "".join(text.split()) == word


def test_a_long_table_repeats_its_header_on_every_page() -> None:
    head = (
        SheetCell("Reference", look=CellLook(bold=True)),
        SheetCell("Outcome", look=CellLook(bold=True)),
    )
    cases = ((SheetCell(f"MC/{n}"), SheetCell("No case to answer")) for n in range(200))
    rows = (head, *cases)
    pages = pdf_text(write(Book((Sheet("Cases", rows),)), "pdf")[0].data).split("\f")
    assert len(pages) > 3
    assert all("Reference" in page for page in pages)
    joined = " ".join(pages).split()
    assert all(f"MC/{n}" in joined for n in range(200))


def test_a_cell_taller_than_a_page_goes_on() -> None:
    words = [f"w{n}" for n in range(3000)]
    book = Book((Sheet("A", ((SheetCell("Head"),), (SheetCell(" ".join(words)),))),))
    text = pdf_text(write(book, "pdf")[0].data).replace("\f", " ").replace("Head", " ").split()
    assert [one for one in text if one.startswith("w")] == words


def test_a_table_wider_than_the_page_is_split_by_columns() -> None:
    row = tuple(SheetCell(f"column number {n}") for n in range(40))
    text = " ".join(pdf_text(write(Book((Sheet("A", (row,)),)), "pdf")[0].data).split())
    assert all(f"column number {n}" in text for n in range(40))


def test_a_workbook_keeps_values_formats_and_text_that_looks_like_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(_BOOK, "xlsx")[0].data))
    cases, notes = book.worksheets
    assert cases["B2"].number_format == "dd/mm/yyyy"
    assert cases["B2"].value.isoformat() == "2023-03-14T00:00:00"
    assert cases["B3"].value == 3
    assert cases["C3"].value is True
    assert cases["A1"].font.b
    assert str(next(iter(cases.merged_cells.ranges))) == "D1:E1"
    assert (notes["A1"].value, notes["A1"].data_type) == ("=1+1", "s")
    assert book.properties.creator in {None, "openpyxl"}  # what openpyxl says where there is none


def test_csv_has_one_file_a_sheet_and_dates_as_shown() -> None:
    files = write(_BOOK, "csv")
    assert [one.part for one in files] == ["Cases", "Notes"]
    assert files[0].data.decode("utf-8-sig").split("\r\n")[1] == "[s40(2)],14/03/2023"
    assert write(Book(_BOOK.sheets[:1]), "csv")[0].part == ""


@pytest.mark.parametrize(
    ("text", "runs"),
    [("=1", True), ("+44 7700", True), ("-5", False), ("+3.5%", False), ("-£1,234.50", False),
     ("@x", True), ("[s40(2)]", False), ("", False), ("--", True)],
)  # fmt: skip
def test_what_would_run_is_known(text: str, runs: bool) -> None:
    assert would_run(text) is runs


def test_scripts_without_a_font_are_counted() -> None:
    content = Lines(((Run("שלום Una"),),))
    assert remarks(content, "pdf")[0].startswith("4 characters")
    assert remarks(content, "docx") == ()


def test_text_is_cut_to_what_a_cell_holds_and_that_is_said() -> None:
    book = Book((Sheet("A", ((SheetCell("x" * 40_000),),)),))
    assert remarks(book, "xlsx")[0].startswith("1 cells")


def test_a_tree_that_a_target_cannot_hold_is_refused() -> None:
    for content, target in ((_FLOW, "xlsx"), (_FLOW, "csv"), (_BOOK, "docx")):
        with pytest.raises(TypeError):
            write(content, target)


def test_every_target_has_one_writer() -> None:
    assert sorted(one.target for one in WRITERS) == ["csv", "docx", "pdf", "txt", "xlsx"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_no_text_makes_a_writer_fail(text: str) -> None:
    for target in ("pdf", "docx", "txt"):
        assert write(Lines(((Run(text),),)), target)
    for target in ("pdf", "xlsx", "csv", "txt"):
        assert write(Book((Sheet(text[:10] or "A", ((SheetCell(text),),)),)), target)
    openpyxl.load_workbook(
        io.BytesIO(write(Book((Sheet(text[:40], ((SheetCell(text),),)),)), "xlsx")[0].data)
    )
