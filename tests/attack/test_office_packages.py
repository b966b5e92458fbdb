"""Hostile Office files: each is refused with its reason, quickly and in little memory."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.base import Format
from redactor.formats.docx import Docx
from redactor.formats.xlsx import Xlsx
from tests.unit.formats.office import (
    S,
    document,
    members,
    pack,
    paragraph,
    rels,
    row_of,
    sheet,
    strict,
    text_cell,
    types,
    workbook,
)


def refusal(one: Format, data: bytes) -> UnreadableDocument:
    start = time.process_time()
    with pytest.raises(UnreadableDocument) as caught:
        one.read(data)
    assert time.process_time() - start < 10
    return caught.value


def outcome(one: Format, data: bytes) -> str:
    """Give the reason of a refusal, or all that was read and what was not."""
    try:
        read = one.read(data)
    except UnreadableDocument as problem:
        return problem.reason
    return " ".join([*(part.text for part in read.segments), *(part.place for part in read.unread)])


def a_workbook() -> bytes:
    return workbook({"A": sheet(row_of(1, text_cell("A1", "Una Thrale")))})


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    return pack({**members(data), name: part})


def test_a_part_that_unfolds_to_gigabytes_is_refused_before_it_is_unfolded() -> None:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * 2**20
    packed = b"".join(compressor.compress(block) for _ in range(64)) + compressor.flush()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types())
        archive.writestr("xl/workbook.xml", b" " * 64 * 2**20)
    assert len(packed) < 2**20
    assert refusal(Xlsx(), stream.getvalue()).reason == "bomb"


def test_a_part_that_claims_to_be_enormous_is_refused() -> None:
    data = bytearray(a_workbook())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 2**31)
    assert refusal(Xlsx(), bytes(data)).reason == "bomb"


_BLANK = b"<sst>" + b" " * 5000 + b"</sst>"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(with_part(a_workbook(), "xl/sharedStrings.xml", _BLANK))
    at = data.rindex(b"xl/sharedStrings.xml") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    assert Xlsx().sniff(bytes(data))
    found = outcome(Xlsx(), bytes(data))
    assert found in {"damaged", "bomb"} or "xl/sharedStrings.xml" in found


def test_too_many_parts_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"xl/{number}.xml", b"")
    assert refusal(Xlsx(), stream.getvalue()).reason == "bomb"


_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
_OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize(
    "prefix", [_LAUGHS, _OUTSIDE, b"<!DOCTYPE x SYSTEM 'http://example.org/x'>"]
)
@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml"]
)
def test_document_types_and_entities_are_refused(prefix: bytes, name: str) -> None:
    part = prefix + b"<worksheet>&a;</worksheet>"
    assert refusal(Xlsx(), with_part(a_workbook(), name, part)).reason == "bomb"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_an_entity_in_a_wide_encoding_is_refused(encoding: str) -> None:
    part = (_LAUGHS.decode() + "<x>&d;</x>").encode(encoding)
    problem = refusal(Docx(), with_part(document(paragraph("a")), "word/document.xml", part))
    assert problem.reason == "bomb"


def test_a_document_type_behind_a_long_comment_is_refused() -> None:
    part = b"<!--" + b" " * 100_000 + b"-->" + _LAUGHS.split(b"?>", 1)[1] + b"<x>&a;</x>"
    assert refusal(Xlsx(), with_part(a_workbook(), "docProps/core.xml", part)).reason == "bomb"


def test_elements_nested_without_end_are_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    assert refusal(Docx(), document(body)).reason == "damaged"


@pytest.mark.parametrize("depth", [60, 100])
def test_tables_nested_deeply_are_read_or_refused(depth: int) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * depth
    assert outcome(Docx(), document(body)) in {"deep", "damaged"}


@pytest.mark.parametrize(
    "reference", ["A1048577", "XFE1", "A0", "A99999999999999999999", "AAAA1", "1A", "Ａ1", "A1:B2"]
)
def test_cells_beyond_the_grid_are_refused(reference: str) -> None:
    digits = reference.lstrip("AXFE") if reference.isascii() else "1"
    rows = f'<row r="{digits if digits.isdigit() else 1}"><c r="{reference}"><v>1</v></c></row>'
    assert refusal(Xlsx(), workbook({"A": sheet(rows)})).reason == "damaged"


def test_claims_of_a_million_rows_cost_nothing() -> None:
    xml = sheet(
        row_of(1, text_cell("A1", "Una Thrale")),
        before='<dimension ref="A1:XFD1048576"/>',
        after='<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>',
    )
    assert [one.text for one in Xlsx().read(workbook({"A": xml})).segments][1] == "Una Thrale"


def test_a_grid_of_far_cells_is_refused_before_it_is_laid_out() -> None:
    rows = "".join(
        f'<row r="{number}"><c r="XFD{number}"><v>1</v></c></row>' for number in range(1, 5000)
    )
    assert refusal(Xlsx(), workbook({"A": sheet(rows)})).reason == "too-large"


def test_parts_that_point_at_each_other_do_not_loop() -> None:
    data = workbook(
        {"A": sheet(row_of(1, text_cell("A1", "Una Thrale")))},
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": rels(("rId1", "drawing", "../workbook.xml")),
            "xl/drawings/drawing1.xml": "<wsDr/>",
            "xl/drawings/_rels/drawing1.xml.rels": rels(("rId1", "drawing", "drawing1.xml")),
        },
    )
    assert Xlsx().read(data).segments[1].text == "Una Thrale"


def test_a_relationship_that_leaves_the_package_reaches_nothing() -> None:
    parts = members(a_workbook())
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("rId1", "worksheet", "../../../../etc/passwd")
    ).encode()
    assert refusal(Xlsx(), pack(parts)).reason == "damaged"


def test_two_sheets_from_one_part_are_refused() -> None:
    parts = members(workbook({"A": sheet(row_of(1, text_cell("A1", "x"))), "B": sheet(row_of(1))}))
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "worksheet", "worksheets/sheet1.xml"),
    ).encode()
    assert refusal(Xlsx(), pack(parts)).reason == "damaged"


def test_a_sheet_that_no_sheet_entry_names_is_listed_as_hidden() -> None:
    data = with_part(
        a_workbook(),
        "xl/worksheets/sheet99.xml",
        sheet(row_of(1, text_cell("A1", "Orla Vexley"))).encode(),
    )
    hidden = [one.text for one in Xlsx().read(data).segments if one.hidden is not None]
    assert "Orla Vexley" in hidden


def test_a_strict_file_never_reads_as_empty() -> None:
    assert "Una Thrale" in {one.text for one in Xlsx().read(strict(a_workbook())).segments}
    words = Docx().read(strict(document(paragraph("Una Thrale")))).segments
    assert "Una Thrale" in {one.text for one in words}


def test_a_sheet_in_a_vocabulary_of_its_own_never_reads_as_empty() -> None:
    data = pack(
        {name: part.replace(S.encode(), b"urn:x") for name, part in members(a_workbook()).items()}
    )
    assert refusal(Xlsx(), data).reason == "damaged"


def test_a_message_holds_no_text_of_the_file() -> None:
    for cell in ('<c r="A1" t="Una Thrale"><v>1</v></c>', '<c r="A1"><v>Una Thrale</v></c>'):
        problem = refusal(Xlsx(), workbook({"A": sheet(row_of(1, cell))}))
        assert "Thrale" not in str(problem)
        assert problem.__cause__ is None
        assert problem.__suppress_context__ or problem.__context__ is None


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1" r="2"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" r="B1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></roww>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><v>&unknown;</v></c></row>',
    ],
)
def test_markup_that_only_looks_plain_is_refused(rows: str) -> None:
    assert refusal(Xlsx(), workbook({"A": sheet(rows)})).reason == "damaged"


def test_a_row_in_another_vocabulary_blocks() -> None:
    rows = '<row r="1" xmlns="urn:x"><c r="A1"><v>Una Thrale</v></c></row>'
    read = Xlsx().read(workbook({"A": sheet(rows)}))
    assert "Una Thrale" in {one.text for one in read.segments if one.hidden is not None}
    assert read.unread


def test_words_between_rows_and_cells_are_found_and_block() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><x>Una Thrale</x></row><x>Orla Vexley</x>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
    )
    read = Xlsx().read(workbook({"A": sheet(rows)}))
    assert [one.text for one in read.segments if one.hidden is None] == ["A", "1", "2"]
    assert {"Una Thrale", "Orla Vexley"} <= {one.text for one in read.segments}
    assert read.unread
