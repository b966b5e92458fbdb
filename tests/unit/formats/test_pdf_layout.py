"""The program's own layout of a PDF, as PDFium sees it."""

from __future__ import annotations

import re

import pymupdf
import pypdfium2
import pytest

from redactor.content import (
    Block,
    Book,
    CellLook,
    Flow,
    FlowCell,
    FlowTable,
    Note,
    Paragraph,
    Picture,
    Run,
    Sheet,
    SheetCell,
)
from redactor.formats.writers import write

_LONG = "The panel considered what was said and found it to be so on the whole of the account. " * 4


def paragraph(*texts: str | Run, **how: object) -> Paragraph:
    runs = tuple(one if isinstance(one, Run) else Run(one) for one in texts)
    return Paragraph(runs, **how)  # type: ignore[arg-type]


def cell(text: str, columns: int = 1, rows: int = 1) -> FlowCell:
    return FlowCell((paragraph(text),), columns, rows)


def picture(width: float, height: float) -> Picture:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 40), 0)
    pixels.clear_with(90)
    return Picture(pixels.tobytes("png"), width, height)


def flow(*body: Block, **rest: object) -> bytes:
    return write(Flow(body, **rest), "pdf")[0].data  # type: ignore[arg-type]


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def words(data: bytes, page: int = 0) -> dict[str, tuple[float, float, float, float]]:
    """Give each word's box, left, top, right, bottom: the last of those that are the same."""
    document = pymupdf.open(stream=data, filetype="pdf")
    return {one[4]: one[:4] for one in document[page].get_text("words")}


def sheet_rows(count: int, columns: int) -> tuple[tuple[SheetCell, ...], ...]:
    head = tuple(SheetCell(f"head{c}") for c in range(columns))
    rest = (tuple(SheetCell(f"r{r}c{c}") for c in range(columns)) for r in range(count))
    return (head, *rest)


def test_every_page_says_which_of_how_many_it_is() -> None:
    found = pages(flow(*(paragraph(_LONG) for _ in range(60))))
    assert len(found) > 2
    for number, text in enumerate(found, 1):
        assert re.findall(r"Page \d+ of \d+", text) == [f"Page {number} of {len(found)}"]


def test_a_label_hangs_before_lines_that_stand_under_one_another() -> None:
    found = words(flow(paragraph("Alpha " + _LONG + "Omega", listed=True, label="(a)")))
    assert found["(a)"][0] < found["Alpha"][0]
    lefts = {round(box[0]) for word, box in found.items() if word != "(a)" and box[0] < 80}
    assert lefts == {round(found["Alpha"][0])}


def test_text_stands_to_the_left_the_right_in_the_middle_and_at_both_edges() -> None:
    found = words(
        flow(
            paragraph("Left"),
            paragraph("Right", align="right"),
            paragraph("Middle", align="center"),
            paragraph("Both " + _LONG, align="justify"),
        )
    )
    assert found["Left"][0] == pytest.approx(50, abs=1)
    assert found["Right"][2] == pytest.approx(545, abs=1)
    middle = (found["Middle"][0] + found["Middle"][2]) / 2
    assert middle == pytest.approx(595 / 2, abs=1)
    document = pymupdf.open(stream=flow(paragraph(_LONG * 2, align="justify")), filetype="pdf")
    ends: dict[int, float] = {}
    for _, _, right, bottom, *_ in document[0].get_text("words"):
        if bottom < 700:
            ends[round(bottom)] = max(ends.get(round(bottom), 0), right)
    *full, _ = [ends[one] for one in sorted(ends)]
    assert full == pytest.approx([545] * len(full), abs=1)


def test_raised_and_lowered_text_is_small_and_moved() -> None:
    data = flow(paragraph("base", Run("up", raised=1), " x", Run("down", raised=-1)))
    document = pymupdf.open(stream=data, filetype="pdf")
    spans = {
        span["text"].strip(): span
        for block in document[0].get_text("dict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
    }
    assert spans["up"]["size"] < spans["base"]["size"]
    assert spans["up"]["origin"][1] < spans["base"]["origin"][1] < spans["down"]["origin"][1]


def test_notes_stand_at_the_end_with_their_signs() -> None:
    notes = (
        Note("1", (paragraph("first note"),)),
        Note("i", (paragraph("end note"),), at_end=True),
    )
    text = pages(flow(paragraph("said", Run("1", note=0)), paragraph("later"), notes=notes))[0]
    assert text.index("later") < text.index("first note") < text.index("end note")
    assert re.search(r"1\s*first note", text)


def test_a_table_spans_repeats_its_heading_and_keeps_joined_rows_together() -> None:
    rows = [(cell("Heading"), cell("over two", 2))]
    for number in range(30):
        rows.append((cell(f"tall{number}", rows=2), cell(f"up{number}"), cell("x")))
        rows.append((None, cell(f"low{number}"), cell("y")))  # type: ignore[arg-type]
    found = pages(flow(FlowTable(tuple(rows), (0.5, 0.25, 0.25), 1)))
    assert len(found) > 1
    assert all("Heading" in text and "over two" in text for text in found)
    for text in found:
        assert re.findall(r"up(\d+)", text) == re.findall(r"low(\d+)", text)
        assert re.findall(r"up(\d+)", text) == re.findall(r"tall(\d+)", text)


def test_what_is_printed_again_is_told() -> None:
    rows = ((cell("Heading"),), *((cell(f"row {n}"),) for n in range(80)))
    file = write(Flow((FlowTable(rows, heading_rows=1),), header=(paragraph("OFFICIAL"),)), "pdf")[
        0
    ]
    count = len(pages(file.data))
    assert count > 1
    assert sorted(file.again) == ["Heading"] * (count - 1) + ["OFFICIAL"] * (count - 1)


def test_a_row_that_no_page_holds_is_cut_between_lines_and_nothing_is_lost() -> None:
    told = [f"w{n}" for n in range(2500)]
    table = FlowTable(((cell("Head"), cell("B")), (cell(" ".join(told)), cell("b"))), (), 1)
    text = " ".join(pages(flow(table)))
    assert re.findall(r"\bw\d+", text) == told


def test_a_picture_is_made_to_fit_its_page_or_cell() -> None:
    table = FlowTable(((FlowCell((picture(5000, 100),)), cell("x")),))
    document = pymupdf.open(stream=flow(picture(9000, 9000), table), filetype="pdf")
    boxes = [
        box
        for page in document
        for one in page.get_images()
        for box in page.get_image_rects(one[0])
    ]
    assert len(boxes) == 2
    assert max(box.width for box in boxes) <= 495
    assert min(box.width for box in boxes) <= 495 / 2
    assert len({one[0] for page in document for one in page.get_images()}) == 1


def test_a_new_page_and_a_page_on_its_side() -> None:
    data = flow(paragraph("Alpha"), paragraph("Beta", new_page=True), landscape=True)
    assert [("Alpha" in one, "Beta" in one) for one in pages(data)] == [
        (True, False),
        (False, True),
    ]
    document = pymupdf.open(stream=data, filetype="pdf")
    assert document[0].rect.width > document[0].rect.height


# --- sheets ------------------------------------------------------------------------------------


def test_a_wide_sheet_is_cut_by_columns_and_repeats_the_first() -> None:
    file = write(Book((Sheet("A", sheet_rows(3, 40)),)), "pdf")[0]
    text = " ".join(pages(file.data))
    parts = text.count("head0")
    assert parts > 1
    assert text.count("r1c0 ") == parts
    assert text.count("head7") == 1
    assert file.again.count("r1c0") == parts - 1


def test_only_what_is_printed_of_a_sheet_is_painted() -> None:
    data = write(Book((Sheet("A", sheet_rows(9, 6), print_area="B1:C4"),)), "pdf")[0].data
    text = pages(data)[0]
    assert re.findall(r"r\dc\d", text) == [f"r{r}c{c}" for r in range(3) for c in (1, 2)]


def test_heading_rows_are_repeated_on_every_page() -> None:
    sheet = Sheet("A", (*sheet_rows(1, 3), *sheet_rows(200, 3)[1:]), heading_rows=2)
    found = pages(write(Book((sheet,)), "pdf")[0].data)
    assert len(found) > 3
    assert all("head1" in one for one in found)


def test_a_merged_cell_takes_its_columns_and_is_printed_once() -> None:
    rows = ((SheetCell("a title over all of it"),), *sheet_rows(2, 3))
    found = words(write(Book((Sheet("A", rows, merged=("A1:C1",)),)), "pdf")[0].data)
    assert found["title"][3] == pytest.approx(found["all"][3], abs=0.5)  # on one line
    assert found["head0"][0] < 60


def test_numbers_stand_to_the_right_and_grounds_are_painted() -> None:
    look = CellLook(fill="yellow", bold=True)
    rows = (
        (SheetCell("wide Heading"), SheetCell("other")),
        (SheetCell(5), SheetCell("text", look=look)),
        (SheetCell("[s40(2)]", redaction=True), SheetCell("x")),
    )
    data = write(Book((Sheet("A", rows),)), "pdf")[0].data
    found = words(data)
    assert found["5"][0] > found["Heading"][0]
    drawn = pymupdf.open(stream=data, filetype="pdf")[0].get_drawings()
    fills = {tuple(round(c * 255) for c in one["fill"]) for one in drawn if one.get("fill")}
    assert {(255, 242, 204), (217, 217, 217)} <= fills


def test_sheets_may_stand_and_lie() -> None:
    book = Book((Sheet("A", sheet_rows(1, 2)), Sheet("B", sheet_rows(1, 2), landscape=False)))
    document = pymupdf.open(stream=write(book, "pdf")[0].data, filetype="pdf")
    assert [page.rect.width > page.rect.height for page in document] == [True, False]
