from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from redactor.content import Book, Flow, Paragraph, Run, Sheet, SheetCell
from redactor.formats.writers.docx import DocxWriter
from redactor.formats.writers.xlsx import XlsxWriter
from redactor.release.verify import ledger, verify_file
from tests.attack.verify_kit import (
    NAME,
    clean_document,
    clean_pdf,
    clean_workbook,
    document_bytes,
    failed,
    part_of,
    pdf_bytes,
    pdf_with,
    places,
    verified,
    with_parts,
    withheld,
    workbook_bytes,
)


def released_workbook(*rows: tuple[SheetCell | None, ...], name: str = "Table 2") -> bytes:
    return XlsxWriter().write(Book((Sheet(name, rows),)))[0].data


def released_document(*texts: str) -> bytes:
    return DocxWriter().write(Flow(tuple(Paragraph((Run(text),)) for text in texts)))[0].data


def test_what_the_program_writes_passes_as_a_release() -> None:
    book = released_workbook((SheetCell("[s40(2)]", redaction=True), SheetCell(34)))
    document = released_document("Nothing to see here.", "It was [s40(2)].")
    for name, data in (("a.xlsx", book), ("a.docx", document)):
        report = verified(name, data, NAME, "40", "2", strict=True)
        assert report.ok, (failed(report), report.leaks)


def test_two_engines_find_a_name_in_a_cell_and_in_a_paragraph() -> None:
    book = verified("a.xlsx", released_workbook((SheetCell(NAME),)))
    assert places(book) == {"sheet 1, cell A1", "xl/worksheets/sheet1.xml"}
    document = verified("a.docx", released_document(f"by {NAME}, who"))
    assert places(document) == {"paragraph 1", "word/document.xml"}


# --- workbooks ---------------------------------------------------------------------------------


def _comment(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment(f"ask {NAME}", "somebody")


def _author(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment("ask", NAME)


def _hidden_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("x")
    sheet.sheet_state = "veryHidden"
    sheet["C9"] = NAME


def _sheet_name(book: openpyxl.Workbook) -> None:
    book.create_sheet(NAME)


def _two_cells(book: openpyxl.Workbook) -> None:
    book.active["B7"], book.active["C7"] = "Zephyrine", "Quibbleton"


def _properties(book: openpyxl.Workbook) -> None:
    book.properties.lastModifiedBy = NAME


def _defined_name(book: openpyxl.Workbook) -> None:
    book.defined_names["x"] = DefinedName("x", attr_text=f'"{NAME}"')


def _validation(book: openpyxl.Workbook) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{NAME},other"')
    rule.add("A1")
    book.active.add_data_validation(rule)


def _header(book: openpyxl.Workbook) -> None:
    book.active.oddHeader.center.text = NAME


@pytest.mark.parametrize(
    "plant",
    [
        _comment, _author, _hidden_sheet, _sheet_name, _two_cells, _properties, _defined_name,
        _validation, _header,
    ],
)  # fmt: skip
def test_a_name_hidden_in_a_workbook_is_found(plant) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    plant(book)
    report = verified("a.xlsx", workbook_bytes(book))
    assert report.leaks
    assert all(NAME not in str(leak) for leak in report.leaks)


def test_a_string_that_no_cell_uses_any_more_is_found() -> None:
    shared = (
        b"<sst><si><t>Zeph</t></si><si><r><t>Zephyrine Quib</t></r><r><t>bleton</t></r></si></sst>"
    )
    data = with_parts(clean_workbook(), {"xl/sharedStrings.xml": shared})
    assert "xl/sharedStrings.xml" in places(verified("a.xlsx", data))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docProps/custom.xml", f"<p><vt:lpwstr>{NAME}</vt:lpwstr></p>"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", f'<x refreshedBy="{NAME}"/>'),
        ("xl/persons/person.xml", f"<person displayName='{NAME}'/>"),
        ("customXml/item1.xml", "<ZephyrineQuibbleton/>"),
        ("xl/vbaProject.bin", f"\x00\x01{NAME}\x00"),
        ("xl/printerSettings/p.bin", f"\x00\x01{NAME}\x00"),
        ("xl/notes.txt", "Zephyrine&#32;&#x51;uibbleton"),
        ("xl/odd.xml", f"<!-- {NAME} -->"),
        ("xl/declared.xml", f'<!DOCTYPE a [<!ENTITY b "{NAME}">]><a/>'),
        ("xl/cdata.xml", f"<a><![CDATA[{NAME}]]></a>"),
    ],
)
def test_a_name_in_any_other_part_is_found(name: str, text: str) -> None:
    data = with_parts(clean_workbook(), {name: text.encode()})
    assert verified("a.xlsx", data).leaks


def test_a_part_in_utf_16_is_read() -> None:
    data = with_parts(clean_workbook(), {"xl/a.xml": f"<a>{NAME}</a>".encode("utf-16")})
    assert verified("a.xlsx", data).leaks


def test_a_document_in_a_workbook_and_a_pdf_in_that_are_looked_into() -> None:
    pdf = pdf_bytes(pdf_with(b"BT /F1 9 Tf 9 9 Td [(Zephyrine Quib) 2 (bleton)] TJ ET"))
    document = with_parts(clean_document(), {"word/embeddings/x.bin": pdf})
    book = with_parts(clean_workbook(), {"xl/embeddings/inner.docx": document})
    found = places(verified("a.xlsx", book))
    assert found
    assert all(where.count(": ") == 2 and where.endswith("page 1") for where in found)


def test_what_lies_outside_the_members_is_found() -> None:
    assert "comment of the archive" in places(
        verified("a.xlsx", with_parts(clean_workbook(), {}, comment=NAME.encode()))
    )
    assert "bytes between the members 1" in places(
        verified("a.xlsx", clean_workbook() + NAME.encode())
    )
    assert "name of member" in str(
        places(verified("a.xlsx", with_parts(clean_workbook(), {f"xl/{NAME}.xml": b"<a/>"})))
    )


def test_a_member_that_was_only_taken_off_the_list_is_found() -> None:
    packed = zlib.compress(f"<a>{NAME}</a>".encode() * 3)[2:-4]
    lost = b"PK\x03\x04" + bytes(22) + (1).to_bytes(2, "little") + bytes(2) + b"a" + packed
    written = io.BytesIO(lost)
    with (
        zipfile.ZipFile(io.BytesIO(clean_workbook())) as old,
        zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            new.writestr(member, old.read(member))
    report = verified("a.xlsx", written.getvalue(), strict=True)
    assert "bytes between the members 1, a removed member" in places(report)
    assert "nothing outside the members" in failed(report)


def test_an_archive_hung_on_to_a_picture_is_looked_into() -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(40) + released_document(NAME)
    assert "paragraph 1" in places(verified("a.png", data))


def test_cells_are_found_however_their_value_is_written() -> None:
    book = openpyxl.Workbook()
    book.active.append([dt.date(2019, 3, 12), 1204, 34, 0.5])
    found = verified("a.xlsx", workbook_bytes(book), "12 March 2019", "1,204", "34", "12/03/2019")
    where = {(leak.term_index, leak.where) for leak in found.leaks if "calamine" in leak.engine}
    assert where == {
        (1, "sheet 1, cell A1"), (2, "sheet 1, cell B1"), (3, "sheet 1, cell C1"),
        (4, "sheet 1, cell A1"),
    }  # fmt: skip


def test_neighbouring_numbers_do_not_make_up_a_withheld_one() -> None:
    data = released_workbook((SheetCell(12), SheetCell(345)), (SheetCell(67), SheetCell(89012)))
    assert verified("a.xlsx", data, "12345", "34567", "6789012").ok


def test_a_small_number_may_stand_where_the_approved_text_has_it() -> None:
    data = released_workbook((SheetCell(3), SheetCell(3), SheetCell(0.37)))
    assert verified("a.xlsx", data, "3", strict=True, allowed={1: 2}).ok
    assert not verified("a.xlsx", data, "3", strict=True, allowed={1: 1}).ok


def test_an_age_is_not_in_a_number_of_thousands_and_is_where_it_stands_alone() -> None:
    assert verified("a.xlsx", released_workbook((SheetCell(12500),)), "12", "500", strict=True).ok
    assert not verified("a.xlsx", released_workbook((SheetCell(12),)), "12", strict=True).ok
    assert not verified("a.xlsx", released_workbook((SheetCell(1204),)), "1204", strict=True).ok


def test_a_short_name_in_a_comment_is_found() -> None:
    book = openpyxl.Workbook()
    book.active["A1"].comment = Comment("ask Ann", "x")
    assert "xl/comments/comment1.xml" in places(verified("a.xlsx", workbook_bytes(book), "Ann"))


# --- documents ---------------------------------------------------------------------------------


def _split_runs(document) -> None:  # type: ignore[no-untyped-def]
    paragraph = document.add_paragraph("by ")
    for piece in ("Zeph", "yrine Qu", "ibbleton"):
        paragraph.add_run(piece).bold = True


def _first_page_footer(document) -> None:  # type: ignore[no-untyped-def]
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_footer.paragraphs[0].text = NAME


def _nested_table(document) -> None:  # type: ignore[no-untyped-def]
    outer = document.add_table(1, 1)
    outer.cell(0, 0).add_table(1, 1).cell(0, 0).text = NAME


def _document_author(document) -> None:  # type: ignore[no-untyped-def]
    document.core_properties.author = NAME


@pytest.mark.parametrize(
    "plant", [_split_runs, _first_page_footer, _nested_table, _document_author]
)
def test_a_name_hidden_in_a_document_is_found_twice(plant) -> None:  # type: ignore[no-untyped-def]
    document = docx.Document()
    plant(document)
    report = verified("a.docx", document_bytes(document))
    engines = {leak.engine.split()[0] for leak in report.leaks}
    assert engines == {"python", "python-docx"}


@pytest.mark.parametrize(
    "markup",
    [
        "<w:p><w:r><w:t>Zephyrine</w:t></w:r><w:r><w:tab/><w:t>Quibbleton</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Zephyrine</w:t><w:br/><w:t>Quibbleton</w:t></w:r></w:p>",
        "<w:p><w:del><w:r><w:delText>Zephyrine Quibbleton</w:delText></w:r></w:del></w:p>",
        '<w:p><w:hyperlink w:tooltip="Zephyrine Quibbleton"/></w:p>',
        '<wp:docPr id="1" descr="Zephyrine&#160;Quibbleton"/>',
        "<w:instrText> AUTHOR Zephyrine Quibbleton </w:instrText>",
        "<w:p><w:r><w:t>Zephyrine Quib\u00adble\u200bton</w:t></w:r></w:p>",
    ],
)  # fmt: skip
def test_markup_that_splits_or_hides_a_name_does_not_help_it(markup: str) -> None:
    body = part_of(clean_document(), "word/document.xml").decode()
    changed = body.replace("<w:body>", f"<w:body>{markup}", 1).encode()
    data = with_parts(clean_document(), {"word/document.xml": changed})
    assert "word/document.xml" in places(verified("a.docx", data))


def test_two_paragraphs_do_not_make_up_a_short_name() -> None:
    assert verified("a.docx", released_document("The Ann", "ual report of J", "o and Ed"), "Jo").ok


# --- every rule of structure can fail, and only for a release ----------------------------------


def _sheet_with(markup: str) -> dict[str, bytes]:
    sheet = part_of(clean_workbook(), "xl/worksheets/sheet1.xml").decode()
    return {
        "xl/worksheets/sheet1.xml": sheet.replace("</worksheet>", f"{markup}</worksheet>").encode()
    }


def _body_with(markup: str) -> dict[str, bytes]:
    body = part_of(released_document("x"), "word/document.xml").decode()
    return {"word/document.xml": body.replace("</w:body>", f"{markup}</w:body>").encode()}


def _book_with(markup: str) -> dict[str, bytes]:
    book = part_of(released_workbook((SheetCell(1),)), "xl/workbook.xml").decode()
    return {"xl/workbook.xml": book.replace("</workbook>", f"{markup}</workbook>").encode()}


@pytest.mark.parametrize(
    ("name", "parts", "rule"),
    [
        ("a.xlsx", {"xl/comments1.xml": b"<a/>"}, "only allowed parts"),
        ("a.xlsx", _book_with('<sheet name="x" state="veryHidden"/>'), "no hidden sheets"),
        ("a.xlsx", _book_with("<definedNames><definedName>1</definedName></definedNames>"),
         "no defined names"),
        ("a.xlsx", {"xl/_rels/workbook.xml.rels": b'<R><R TargetMode="External"/></R>'},
         "no references to other files"),
        ("a.xlsx", _sheet_with('<cols><col min="1" hidden="1"/></cols>'),
         "no hidden rows or columns"),
        ("a.xlsx", _sheet_with("<f>SUM(A1)</f>"), "no formulas"),
        ("a.xlsx", _sheet_with('<autoFilter ref="A1"/>'),
         "no filters, validations, scenarios or comments"),
        ("a.xlsx", _sheet_with("<rPh><t>x</t></rPh>"), "no phonetic or hidden text"),
        ("a.docx", _body_with("<w:ins/>"), "no tracked changes"),
        ("a.docx", _body_with("<w:vanish/>"), "no hidden text"),
        ("a.docx", _body_with("<w:bookmarkStart/>"), "no fields, controls, comments or objects"),
        ("a.docx", _body_with("<!-- x -->"), "no markup comments"),
    ],
)  # fmt: skip
def test_a_release_that_breaks_a_rule_of_structure_fails_and_another_file_does_not(
    name: str, parts: dict[str, bytes], rule: str
) -> None:
    clean = released_workbook((SheetCell(1),)) if name == "a.xlsx" else released_document("x")
    data = with_parts(clean, parts)
    assert rule in failed(verified(name, data, "Nobody Atall", strict=True))
    assert rule not in failed(verified(name, data, "Nobody Atall"))


def test_a_part_that_is_there_twice_fails_in_a_release() -> None:
    written = io.BytesIO(released_document("x"))
    with (
        zipfile.ZipFile(written, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("word/styles.xml", "<x/>")
    assert "no part twice" in failed(verified("a.docx", written.getvalue(), strict=True))


# --- what cannot be searched is never passed over ----------------------------------------------


def test_a_damaged_archive_proves_nothing_and_is_searched_as_far_as_it_goes() -> None:
    whole = released_document(NAME)
    report = verified("a.docx", whole[: len(whole) - 40])
    assert "unsearchable part" in failed(report)
    assert report.leaks


def test_a_member_with_wrong_bytes_is_not_passed_over() -> None:
    data = bytearray(released_document("x" * 500))
    at = data.index(b"word/document.xml") + 40
    data[at : at + 4] = b"\xff\xff\xff\xff"
    assert "unsearchable part" in failed(verified("a.docx", bytes(data)))


def test_an_encrypted_or_old_office_file_proves_nothing() -> None:
    report = verified("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "unsearchable part" in failed(report)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MAX_UNPACKED_BYTES", 3_000_000)
    data = with_parts(clean_document(), {"word/media/x.bin": bytes(4_000_000)})
    report = verified("a.docx", data)
    assert "unsearchable part" in failed(report)


def test_files_nested_without_end_are_given_up_on() -> None:
    data = released_document("x")
    for _ in range(ledger.MAX_DEPTH + 2):
        data = with_parts(clean_workbook(), {"xl/embeddings/a.xlsx": data})
    assert "unsearchable part" in failed(verified("a.xlsx", data))


def test_an_engine_that_fails_is_a_check_that_failed() -> None:
    data = with_parts(released_workbook((SheetCell(1),)), {"xl/workbook.xml": b"<workbook><"})
    report = verified("a.xlsx", data)
    assert [check.engine.split()[0] for check in report.checks if not check.ok] == [
        "python-calamine"
    ]


# --- compared with the original ----------------------------------------------------------------


def test_sheets_and_words_that_went_missing_are_told() -> None:
    before = openpyxl.Workbook()
    before.active.append(["Allegation", NAME, "upheld", "kept", "words", "here", "too"])
    before.create_sheet("Second").append(["more"])
    original = workbook_bytes(before)
    good = openpyxl.Workbook()
    good.active.append(["Allegation", "[s40(2)]", "upheld", "kept", "words", "here", "too"])
    good.create_sheet("Second").append(["more"])
    assert verify_file("a.xlsx", workbook_bytes(good), withheld(NAME), original).ok
    lost = verify_file("a.xlsx", clean_workbook(), withheld(NAME), original)
    assert failed(lost) == {"visible sheets unchanged", "kept words are there"}


def test_a_hidden_sheet_that_was_left_out_is_no_loss() -> None:
    before = openpyxl.Workbook()
    before.active.append(["Allegation", 3])
    before.create_sheet("x").sheet_state = "hidden"
    report = verify_file("a.xlsx", clean_workbook(), withheld(NAME), workbook_bytes(before))
    assert report.ok


def test_pages_that_went_missing_are_told() -> None:
    original = pdf_bytes(pdf_with(b"q Q", b"q Q"))
    report = verify_file("a.pdf", clean_pdf(), withheld(NAME), original)
    assert "pages unchanged" in failed(report)
