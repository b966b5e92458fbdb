from __future__ import annotations

import csv
import io

import pikepdf
import pypdfium2
import pytest

from redactor.model import Area, Ruling, Span
from redactor.release.schedule import (
    LeftOutRow,
    RulingRow,
    ScheduleRow,
    describe,
    schedule_csv,
    schedule_pdf,
)
from redactor.release.verify import Withheld, verify_file


def rows(count: int) -> list[ScheduleRow]:
    return [
        ScheduleRow(
            number, 1 + number % 3, f"page {number}", "s40(2) by s40(3A)(a)", "Name of a person",
            "words",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


LEFT_OUT = [LeftOutRow(1, "hidden-sheet", 2), LeftOutRow(2, "Sarah's sheet", 1)]
RULINGS = [
    RulingRow(2, "page:3/image:1", Ruling.RELEASE_AS_SEEN),
    RulingRow(3, "word/Okoro.xml", Ruling.LEAVE_OUT),
]


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


# --- places in words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "length", "place", "extent"),
    [
        (Area(2, 0, 0, 9, 9), None, "page 3", "box"),
        (Span("page:7", 3, 9), 900, "page 7", "words"),
        (Span("sheet:Staff!B7", 0, 4), 4, "sheet 2, cell B7", "whole cell"),
        (Span("sheet:Staff!B7", 1, 4), 4, "sheet 2, cell B7", "part of a cell"),
        (Span("sheet:Staff!B7", 0, 4), None, "sheet 2, cell B7", "part of a cell"),
        (Span("row:12", 0, 4, 2), 4, "row 12, column 3", "whole field"),
        (Span("line:9", 0, 4), 30, "line 9", "words"),
        (Span("part:word/document.xml#4", 0, 4), 4, "body, paragraph 4", "whole paragraph"),
        (Span("part:word/header2.xml#1", 0, 4), 9, "header, paragraph 1", "words"),
        (Span("part:custom/Okoro.xml#1", 0, 4), 9, "another part, paragraph 1", "words"),
    ],
)
def test_a_place_is_said_in_words(
    target: Area | Span, length: int | None, place: str, extent: str
) -> None:
    assert describe(target, length, {"Staff": 2}) == (place, extent)


def test_a_sheet_is_never_named() -> None:
    place, _ = describe(Span("sheet:Sarah Okoro!B7", 0, 1), 1, {})
    assert place == "a sheet, cell B7"
    place, _ = describe(Span("sheet:a!b!Okoro", 0, 1), 1, {})
    assert "Okoro" not in place


# --- CSV ---------------------------------------------------------------------------------------


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_schedule_lists_every_redaction_what_was_left_out_and_the_rulings() -> None:
    listed = read_back(schedule_csv(rows(2), "FOI 123/26", LEFT_OUT, RULINGS))
    assert listed[0] == ["Schedule of redactions", "FOI 123/26"]
    assert ["1", "2", "page 1", "s40(2) by s40(3A)(a)", "Name of a person", "words"] in listed
    assert ["1", "hidden sheet", "2"] in listed
    assert ["2", "page 3, image 1", "released as seen by a person"] in listed


def test_names_in_kinds_and_places_do_not_get_through() -> None:
    text = schedule_csv(rows(1), "x", LEFT_OUT, RULINGS).decode("utf-8-sig")
    assert "Sarah" not in text
    assert "Okoro" not in text
    assert "other content" in text
    assert "a part of the document" in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    row = ScheduleRow(1, 1, f"{start}cmd|'/c calc'!A1", f"{start}1", f"{start}1", "words")
    listed = read_back(schedule_csv([row], f"{start}1"))
    assert not any(cell.startswith(start) for line in listed for cell in line)


def test_a_spreadsheet_program_is_told_the_encoding() -> None:
    assert schedule_csv([], "Ü").startswith(b"\xef\xbb\xbf")


# --- PDF ---------------------------------------------------------------------------------------


def test_every_page_repeats_the_titles_and_has_its_number() -> None:
    pages = page_texts(schedule_pdf(rows(90), "FOI 123/26", LEFT_OUT, RULINGS))
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Schedule of redactions, FOI 123/26" in text
    for text in pages[:-1]:
        assert "What was removed" in text
    whole = "\n".join(pages)
    assert all(f"page {number}" in whole for number in range(1, 91))
    assert "hidden sheet" in whole


def test_pages_lie_across_and_hold_nothing_besides_text() -> None:
    data = schedule_pdf(rows(3), "FOI 123/26")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        box = [float(one) for one in pdf.pages[0].mediabox]
    assert box[2] > box[3]
    report = verify_file("schedule.pdf", data, Withheld(()), strict=True)
    assert report.ok, [check for check in report.checks if not check.ok]


def test_equal_rows_give_equal_bytes() -> None:
    assert schedule_pdf(rows(40), "x", LEFT_OUT) == schedule_pdf(rows(40), "x", LEFT_OUT)


def test_a_release_without_redactions_says_so() -> None:
    assert "Nothing was removed." in page_texts(schedule_pdf([], "x"))[0]


def test_a_word_wider_than_its_column_is_broken_and_stays_on_the_page() -> None:
    row = ScheduleRow(1, 1, "x" * 300, "s21", "y " * 200, "words")
    text = page_texts(schedule_pdf([row], "x"))[0]
    assert text.count("x") >= 300
