"""What a release may be made of: notes, pictures and printing names pass, anything else fails."""

from __future__ import annotations

import re
import struct
import zlib

import pymupdf
import pytest

from redactor.content import (
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
from redactor.release.verify import VerificationReport, verify_file
from tests.attack.verify_kit import NAME, failed, part_of, places, verified, with_parts, withheld


def picture(shade: int = 200) -> Picture:
    pixels = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 40), 0)
    pixels.clear_with(shade)
    return Picture(pixels.tobytes("png"), 60, 40)


def paragraph(text: str, note: int | None = None) -> Paragraph:
    sign = (Run("1", note=note),) if note is not None else ()
    return Paragraph((Run(text), *sign))


def rich_flow(note: str = "See the log.", end_note: str = "An end.") -> Flow:
    return Flow(
        (
            Paragraph((Run("Findings", underline=True),), level=2, label="1.1"),
            Paragraph((Run("[s40(2)]", redaction=True), Run("H"), Run("2", raised=-1))),
            paragraph("said", 0),
            paragraph("and", 1),
            Paragraph((Run("item"),), listed=True, depth=1),
            picture(),
            FlowTable(((FlowCell((paragraph("a"),), 2, 2),), (None,)), heading_rows=1),
            Paragraph((Run("new"),), align="justify", new_page=True),
        ),
        header=(paragraph("OFFICIAL"), picture()),
        footer=(paragraph("Example Police"),),
        notes=(Note("1", (paragraph(note),)), Note("i", (paragraph(end_note),), at_end=True)),
        landscape=True,
    )


def rich_book() -> Book:
    look = CellLook(bold=True, italic=True, wrap=True, align="center", fill="blue", ruled=True)
    rows = (
        (SheetCell("Head", look=look), SheetCell(None, look=look)),
        (SheetCell("[s40(2)]", redaction=True), SheetCell(3, "0.00")),
        (SheetCell("a"), SheetCell("b")),
    )
    return Book((Sheet("Ward's & co", rows, (14, 9), ("A1:B1",), "A1:B2,A3:B3", 1),))


def gate(
    name: str, data: bytes, *texts: str, seen: int = 0, is_drawn_anew: bool = True
) -> VerificationReport:
    return verify_file(
        name,
        data,
        withheld(*(texts or (NAME,))),
        strict=True,
        seen=frozenset(f"word/media/image{n}" for n in range(seen)),
        is_drawn_anew=is_drawn_anew,
    )


def word(flow: Flow) -> bytes:
    return write(flow, "docx")[0].data


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", rich_flow()), ("a.pdf", rich_flow()), ("a.xlsx", rich_book()),
     ("a.pdf", rich_book())],
)  # fmt: skip
def test_everything_that_the_writers_write_passes(name: str, content: Book | Flow) -> None:
    report = gate(name, write(content, name[2:])[0].data, seen=1)
    assert report.ok, [check for check in report.checks if not check.ok]


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_a_picture_that_nobody_ruled_on_fails(name: str) -> None:
    data = write(rich_flow(), name[2:])[0].data
    assert failed(gate(name, data)) == {"pictures were seen by a person"}


def test_two_pictures_where_one_was_ruled_on_fail_and_one_shown_twice_does_not() -> None:
    for name in ("docx", "pdf"):
        two = write(Flow((picture(10), picture(20))), name)[0].data
        assert failed(gate(f"a.{name}", two, seen=1)) == {"pictures were seen by a person"}
        twice = write(Flow((picture(10), picture(10))), name)[0].data
        assert gate(f"a.{name}", twice, seen=1).ok


def test_pages_that_were_carried_over_may_have_pictures() -> None:
    data = write(Flow((picture(),)), "pdf")[0].data
    assert gate("a.pdf", data, is_drawn_anew=False).ok


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _image() -> bytes:
    return part_of(word(rich_flow()), "word/media/image1.png")


def _with_text_chunk() -> bytes:
    image = _image()
    return image[:33] + _chunk(b"tEXt", b"Author\x00somebody") + image[33:]


def _with_a_tail() -> bytes:
    return _image() + b"left over"


def _with_more_pixels() -> bytes:
    size, height = _image()[:33], 40
    wide = b"".join(b"\x00" + bytes(180) for _ in range(height + 30))
    return size + _chunk(b"IDAT", zlib.compress(wide)) + _chunk(b"IEND", b"")


def _with_something_behind_the_pixels() -> bytes:
    rows = b"".join(b"\x00" + bytes(180) for _ in range(40))
    return _image()[:33] + _chunk(b"IDAT", zlib.compress(rows) + b"more") + _chunk(b"IEND", b"")


def _a_jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0" + bytes(100)


@pytest.mark.parametrize(
    "soil",
    [_with_text_chunk, _with_a_tail, _with_more_pixels, _with_something_behind_the_pixels, _a_jpeg],
)
def test_a_picture_that_holds_more_than_its_pixels_fails(soil) -> None:  # type: ignore[no-untyped-def]
    data = with_parts(word(rich_flow()), {"word/media/image1.png": soil()})
    assert "pictures are only pixels" in failed(gate("a.docx", data, seen=1))


def test_pixels_alone_are_what_the_writer_leaves_of_a_picture_with_text() -> None:
    plain = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 9, 9), 0).tobytes("png")
    spoken = plain[:33] + _chunk(b"tEXt", f"Author\x00{NAME}".encode()) + plain[33:]
    data = word(Flow((Picture(spoken, 9, 9),)))
    assert gate("a.docx", data, seen=1).ok


def test_a_name_in_a_note_is_found_by_two_engines() -> None:
    for flow, part in ((rich_flow(NAME), "footnotes"), (rich_flow("x", NAME), "endnotes")):
        found = verified("a.docx", word(flow))
        assert places(found) == {part, f"word/{part}.xml"}
        assert {leak.engine.split()[0] for leak in found.leaks} == {"python", "python-docx"}


@pytest.mark.parametrize(
    ("part", "old", "new", "rule"),
    [
        ("word/document.xml", 'name="Picture 1"', 'name="Picture of Ann"', "names or descr"),
        ("word/document.xml", 'name="Picture 1"', 'name="Picture 1" descr="x"', "only allowed"),
        ("word/document.xml", "<w:p>", '<w:p w:rsidR="00A1">', "only allowed markup"),
        ("word/document.xml", "<w:b/>", '<w:b/><w:color w:val="FFFFFF"/>', "only allowed markup"),
        ("word/document.xml", "<w:rPr>", '<w:rPr><w:sz w:val="1"/>', "only allowed markup"),
        ("word/document.xml", "r:embed=", "r:link=", "only allowed markup"),
        ("word/footnotes.xml", "<w:r>", "<w:r><w:annotationRef/>", "only allowed markup"),
        ("word/settings.xml", "<w:compat>", '<w:rsids><w:rsid w:val="1"/></w:rsids><w:compat>',
         "only allowed markup"),
        ("word/styles.xml", "<w:qFormat/>", "<w:hidden/>", "only allowed markup"),
        ("word/numbering.xml", "<w:multiLevelType", '<w:nsid w:val="1"/><w:multiLevelType',
         "only allowed markup"),
    ],
)  # fmt: skip
def test_markup_of_a_document_that_is_not_on_the_list_fails(
    part: str, old: str, new: str, rule: str
) -> None:
    flow = Flow((Paragraph((Run("b", bold=True),)), *rich_flow().body), notes=rich_flow().notes)
    data = word(flow)
    changed = part_of(data, part).replace(old.encode(), new.encode(), 1)
    assert changed != part_of(data, part)
    found = failed(gate("a.docx", with_parts(data, {part: changed}), seen=1))
    assert any(rule in one for one in found)


@pytest.mark.parametrize(
    ("part", "old", "new", "rule"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData>", '<sheetProtection password="1"/><sheetData>',
         "only allowed markup"),
        ("xl/worksheets/sheet1.xml", 'width="14"', 'width="0"', "no hidden rows or columns"),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" ht="0"',
         "no hidden rows or columns"),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" spans="1:2"', "only allowed markup"),
        ("xl/workbook.xml", "<bookViews>", '<fileSharing userName="x"/><bookViews>',
         "only allowed markup"),
        ("xl/styles.xml", '<font><sz', '<font><color rgb="FFFFFFFF"/><sz', "no coloured text"),
        ("xl/workbook.xml", "_xlnm.Print_Area", "_xlnm._FilterDatabase", "no defined names"),
        ("xl/workbook.xml", "_xlnm.Print_Area", "Secret", "no defined names"),
        ("xl/workbook.xml", "'Ward''s &amp; co'!$A$1", "'Ann'!$A$1", "no defined names"),
        ("xl/workbook.xml", 'localSheetId="0"', 'localSheetId="7"', "no defined names"),
        ("xl/workbook.xml", "$A$1:$B$2", "&quot;a text&quot;", "no defined names"),
        ("xl/workbook.xml", 'localSheetId="0"', 'localSheetId="0" hidden="1"', "no defined names"),
    ],
)  # fmt: skip
def test_markup_of_a_workbook_that_is_not_on_the_list_fails(
    part: str, old: str, new: str, rule: str
) -> None:
    data = write(rich_book(), "xlsx")[0].data
    changed = part_of(data, part).replace(old.encode(), new.encode(), 1)
    assert changed != part_of(data, part)
    assert rule in failed(gate("a.xlsx", with_parts(data, {part: changed})))


@pytest.mark.parametrize(
    "part",
    ["word/comments.xml", "word/header2.xml", "word/media/image1.emf", "word/media/image1.jpeg",
     "docProps/core.xml", "docProps/app.xml", "word/theme/theme1.xml", "word/fontTable.xml",
     "customXml/item1.xml", "word/glossary/document.xml", "word/embeddings/a.xlsx",
     "xl/sharedStrings.xml", "xl/comments1.xml", "xl/pivotCache/pivotCacheDefinition1.xml",
     "word/_rels/settings.xml.rels"],
)  # fmt: skip
def test_a_part_that_is_not_on_the_list_fails(part: str) -> None:
    data = with_parts(word(rich_flow()), {part: b"<a/>"})
    assert "only allowed parts" in failed(gate("a.docx", data, seen=1))


def test_a_withheld_word_of_a_defined_name_is_no_second_mention_of_its_sheet() -> None:
    rows = ((SheetCell("Head"),), (SheetCell("x"),))
    data = write(Book((Sheet("Okonkwo", rows, (), (), "A1:A2", 1),)), "xlsx")[0].data
    terms = withheld("Okonkwo", allowed={1: 1})
    assert verify_file("a.xlsx", data, terms, strict=True).ok
    assert not verify_file("a.xlsx", data, withheld("Okonkwo"), strict=True).ok


def test_a_page_number_is_no_mention_of_an_age_and_the_same_number_elsewhere_is() -> None:
    pages = tuple(Paragraph((Run("text"),), new_page=True) for _ in range(12))
    numbered = write(Flow(pages), "pdf")[0].data
    assert re.search(rb"/Count 1[23]", numbered)
    assert gate("a.pdf", numbered, "12", "Page").ok
    spoken = Flow((*pages, paragraph("aged 12, by Page")))
    found = gate("a.pdf", write(spoken, "pdf")[0].data, "12", "Page")
    assert {leak.term_index for leak in found.leaks} == {1, 2}


def test_figures_of_two_cells_are_no_age_and_those_of_one_are() -> None:
    rows = ((SheetCell(1), SheetCell(2)), (SheetCell(2), SheetCell(1)), (SheetCell(2), None))
    assert gate("a.pdf", write(Book((Sheet("A", rows),)), "pdf")[0].data, "12").ok
    aged = ((SheetCell(12), SheetCell(2)),)
    assert not gate("a.pdf", write(Book((Sheet("A", aged),)), "pdf")[0].data, "12").ok
    phone = ((SheetCell("0161 496 0000"),),)
    data = write(Book((Sheet("A", phone),)), "pdf")[0].data
    assert not gate("a.pdf", data, "01614960000").ok
