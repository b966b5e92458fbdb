"""What an old workbook holds beside its cells: gathered by kind, counted, never released."""

from __future__ import annotations

import struct
import zlib

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.xls import Xls
from redactor.model import Document, HiddenKind, Tally
from tests.unit.formats import xls_samples as xls
from tests.unit.formats.office import document as word_file
from tests.unit.formats.office import paragraph

NAME = "Ngozi Fairweather"
CELL = xls.label(0, 0, "seen")


def read(
    body: bytes = CELL,
    *,
    extra: bytes = b"",
    streams: dict[str, bytes] | None = None,
    texts: tuple[str, ...] = (),
) -> Document:
    return Xls().read(xls.workbook({"Cases": body}, extra=extra, streams=streams, texts=texts))


def found(document: Document, kind: HiddenKind) -> str:
    return "\n".join(one.text for one in document.segments if one.hidden is kind)


def counts(document: Document, kind: HiddenKind) -> dict[str, int]:
    return {one.unit: one.count for one in document.tallies if one.kind is kind}


# --- around the cells ------------------------------------------------------------------------


def test_comments_come_with_cell_author_and_text() -> None:
    body = xls.drawing_object(0x19, 1) + xls.text_object(f"ask {NAME}") + CELL
    body += xls.note(1, 2, 1, "Ada Officer")
    document = read(body)
    assert found(document, HiddenKind.COMMENT) == f"C2: Ada Officer: ask {NAME}"
    assert counts(document, HiddenKind.COMMENT) == {"comments": 1}
    assert not document.unread


def test_the_box_of_a_deleted_comment_is_still_found() -> None:
    document = read(xls.drawing_object(0x19, 1) + xls.text_object(NAME) + CELL)
    assert found(document, HiddenKind.COMMENT) == NAME


def test_text_boxes_and_words_of_shapes_are_hidden_content() -> None:
    body = xls.shape({0x0380: "Box 1", 0x0381: f"portrait of {NAME}", 0x00C0: f"WordArt {NAME}"})
    body += xls.drawing_object(6, 1) + xls.text_object(f"call {NAME} łatwo") + CELL
    document = read(body)
    assert f"call {NAME} łatwo" in found(document, HiddenKind.TEXT_BOX)
    assert f"WordArt {NAME}" in found(document, HiddenKind.TEXT_BOX)
    assert f"portrait of {NAME}" in found(document, HiddenKind.ALT_TEXT)
    assert counts(document, HiddenKind.TEXT_BOX) == {"text boxes": 1}


@pytest.mark.parametrize("counted", [8, 14])
def test_words_of_a_shape_are_found_behind_a_list_of_points(counted: int) -> None:
    """Some programs leave the head of a list out of its length, and so shift all that follows."""
    points = struct.pack("<HHHII", 2, 2, 4, 1, 2)
    words = f"{NAME}\x00".encode("utf-16-le")
    body = struct.pack("<HIHI", 0x8145, counted, 0x8381, len(words)) + points + words
    atom = struct.pack("<HHI", 2 << 4 | 3, 0xF00B, len(body)) + body
    document = read(xls.record(0x00EC, atom) + CELL)
    assert found(document, HiddenKind.ALT_TEXT) == NAME


def test_a_picture_is_unread_and_what_it_holds_is_searched() -> None:
    words = b"tEXtAuthor\x00" + NAME.encode()
    chunk = struct.pack(">I", len(words) - 4) + words + struct.pack(">I", zlib.crc32(words))
    end = b"\x00\x00\x00\x00IEND\xaeB\x60\x82"
    document = read(extra=xls.picture_group(b"\x89PNG\r\n\x1a\n" + chunk + end))
    assert NAME in found(document, HiddenKind.PICTURE)
    assert [one.place for one in document.unread] == ["Workbook/picture:1.png"]


@pytest.mark.parametrize(
    ("kind", "unit", "body"),
    [
        (HiddenKind.HEADER_FOOTER, "headers", xls.record(0x0014, xls.text(f"&L{NAME}"))),
        (HiddenKind.HEADER_FOOTER, "footers", xls.record(0x0015, xls.text(f"&C{NAME} &P"))),
        (
            HiddenKind.DATA_VALIDATION,
            "validation rules",
            xls.record(
                0x01BE,
                bytes(4)
                + xls.text("\x00") * 4
                + struct.pack("<HH", 3 + len(NAME), 0)
                + b"\x17" + xls.text(NAME, "B")
                + bytes(4) + struct.pack("<HHHHH", 1, 0, 9, 0, 0),
            ),
        ),
        (
            HiddenKind.CONDITIONAL_FORMAT,
            "conditional formats",
            xls.record(
                0x01B1,
                struct.pack("<BBHHI", 1, 3, 3 + len(NAME), 0, 0) + b"\x17" + xls.text(NAME, "B"),
            ),
        ),
        (
            HiddenKind.LINK,
            "links",
            xls.record(
                0x01B8, bytes(8) + bytes.fromhex("D0C9EA79F9BACE118C8200AA004BA90B")
                + struct.pack("<III", 2, 0x14, len(NAME) + 1) + f"{NAME}\x00".encode("utf-16-le"),
            ),
        ),
        (HiddenKind.SCENARIO, "scenarios", xls.record(0x00AF, bytes(8) + xls.text(NAME))),
        (HiddenKind.FILTER, "filters", xls.record(0x009E, bytes(24) + xls.text(NAME, ""))),
        (
            HiddenKind.PIVOT_CACHE,
            "pivot tables",
            xls.record(0x00B0, bytes(44) + xls.text(NAME, "")),
        ),
    ],
)  # fmt: skip
def test_words_around_the_cells_are_gathered_by_kind(
    kind: HiddenKind, unit: str, body: bytes
) -> None:
    document = read(CELL + body)
    assert NAME in found(document, kind)
    assert Tally(kind, "Cases", 1, unit) in document.tallies
    assert not document.unread


def test_a_header_of_codes_alone_says_nothing() -> None:
    document = read(CELL + xls.record(0x0015, xls.text('&L&"Arial,Bold"&8&D&CPage &P')))
    assert "Page" in found(document, HiddenKind.HEADER_FOOTER)
    document = read(CELL + xls.record(0x0015, xls.text('&L&"Arial,Bold"&8&D&C&P')))
    assert not found(document, HiddenKind.HEADER_FOOTER)


def test_a_chart_is_hidden_content_with_the_values_it_keeps() -> None:
    document = read(CELL + xls.chart("Cases by officer", [NAME, "Ada Officer"], [3, 5]))
    assert "Cases by officer" in found(document, HiddenKind.CHART)
    assert found(document, HiddenKind.CHART_CACHE).splitlines() == [NAME, "Ada Officer", "3", "5"]
    assert counts(document, HiddenKind.CHART_CACHE) == {"values kept by a chart": 4}
    assert not document.unread


def test_a_sheet_that_is_one_chart_and_one_of_old_macros_are_no_grids() -> None:
    chart = xls.record(0x100D, b"\x00\x00" + xls.text(f"Chart of {NAME}", "B"))
    macros = xls.label(0, 0, f"macro of {NAME}")
    data = xls.workbook(
        {
            "Cases": CELL,
            "Chart1": xls.SheetOf(chart, kind=2),
            "Macro1": xls.SheetOf(macros, kind=1),
        }
    )
    document = Xls().read(data)
    assert f"Chart of {NAME}" in found(document, HiddenKind.CHART)
    assert f"macro of {NAME}" in found(document, HiddenKind.MACRO)
    assert [one.text for one in document.segments if one.hidden is None] == [
        "Cases", "seen", "Chart1", "Macro1"
    ]  # fmt: skip


def test_a_record_nobody_knows_is_searched_and_blocks_on_a_sheet() -> None:
    odd = xls.record(0x0777, f"about {NAME}".encode())
    on_sheet = read(CELL + odd)
    assert f"about {NAME}" in found(on_sheet, HiddenKind.OTHER)
    assert [one.place for one in on_sheet.unread] == ["Workbook/sheet:1/record:0x0777"]
    beside = read(extra=odd)
    assert f"about {NAME}" in found(beside, HiddenKind.OTHER)
    assert not beside.unread


# --- of the whole workbook -------------------------------------------------------------------


def test_the_last_user_and_defined_names_are_found() -> None:
    extra = xls.record(0x005C, xls.text(NAME).ljust(112))
    extra += xls.name("Secret", b"\x17" + xls.text(NAME, "B"), hidden=True)
    document = read(extra=extra)
    assert NAME in found(document, HiddenKind.METADATA)
    assert found(document, HiddenKind.DEFINED_NAME) == f'Secret = "{NAME}"'
    assert counts(document, HiddenKind.DEFINED_NAME) == {"defined names": 1}


def test_words_in_number_formats_are_found() -> None:
    code = xls.record(0x041E, struct.pack("<H", 170) + xls.text(f'"for {NAME}"0'))
    assert found(read(extra=code), HiddenKind.SETTINGS) == f"for {NAME}"


def test_controls_and_shapes_without_words_are_counted() -> None:
    body = CELL + xls.drawing_object(0x0B, 1) + xls.drawing_object(2, 2)
    document = read(body + xls.drawing_object(0x14, 3))
    assert counts(document, HiddenKind.FORM_FIELD) == {"fields": 1}
    assert counts(document, HiddenKind.TEXT_BOX) == {"shapes": 1}


def test_values_kept_of_other_workbooks_are_found_with_their_cells() -> None:
    book = struct.pack("<HH", 1, 15) + xls.text("\x01\x01Dshared\x03r.xls", "") + xls.text("Staff")
    values = struct.pack("<BBH", 1, 0, 4) + b"\x02" + xls.text(NAME) + b"\x01"
    values += struct.pack("<d", 52_000)
    extra = xls.record(0x01AE, book) + xls.record(0x0059, bytes(4)) + xls.record(0x005A, values)
    document = read(extra=extra)
    text = found(document, HiddenKind.EXTERNAL_LINK)
    assert "D:\\shared\\r.xls" in text
    assert "Staff" in text
    assert f"A5: {NAME}\nB5: 52000" in text
    assert counts(document, HiddenKind.EXTERNAL_LINK) == {"cached values": 2}


def test_texts_that_no_cell_shows_any_more_are_found() -> None:
    document = read(xls.shared(0, 0, 0), texts=("seen", f"formerly {NAME}"))
    assert found(document, HiddenKind.OTHER) == f"formerly {NAME}"


def test_a_sheet_the_workbook_no_longer_lists_is_found() -> None:
    whole = xls.stream({"Cases": CELL}, unlisted=xls.label(3, 3, f"deleted {NAME}"))
    document = Xls().read(xls.compound({"Workbook": whole}))
    assert f"D4: deleted {NAME}" in found(document, HiddenKind.OTHER)
    assert counts(document, HiddenKind.OTHER)["sheets that are no longer listed"] == 1


def test_bytes_after_the_last_sheet_are_searched() -> None:
    whole = xls.stream({"Cases": CELL}) + bytes(40) + NAME.encode("utf-16-le")
    document = Xls().read(xls.compound({"Workbook": whole}))
    assert found(document, HiddenKind.OTHER) == NAME


# --- beside the workbook ---------------------------------------------------------------------


def test_a_pivot_cache_is_read_whole_and_counted_in_rows() -> None:
    cache = xls.pivot_cache("Ada Officer", "Surname", [NAME, "Okafor"], 9_483)
    document = read(streams={"_SX_DB_CUR/0001": cache})
    text = found(document, HiddenKind.PIVOT_CACHE)
    assert all(one in text for one in ("Ada Officer", "Surname", NAME, "Okafor"))
    assert counts(document, HiddenKind.PIVOT_CACHE) == {"pivot caches": 1, "rows": 9_483}
    assert not document.unread


def test_a_damaged_pivot_cache_is_searched_and_blocks() -> None:
    cache = xls.pivot_cache("Ada Officer", "Surname", [NAME], 3)[:-9] + b"\xc8\x00\xff\x7f"
    document = read(streams={"_SX_DB_CUR/0001": cache})
    assert NAME in found(document, HiddenKind.PIVOT_CACHE)
    assert [one.place for one in document.unread] == ["_SX_DB_CUR/0001"]


def test_properties_are_read_with_what_they_are() -> None:
    values = xls.properties({2: "Board paper", 4: NAME, 8: "Ada Officer"})
    document = read(streams={"\x05SummaryInformation": values})
    assert found(document, HiddenKind.METADATA).splitlines() == [
        "title: Board paper", f"author: {NAME}", "last author: Ada Officer"
    ]  # fmt: skip


def test_damaged_properties_are_searched_as_they_are() -> None:
    values = xls.properties({4: NAME})[:-3]
    document = read(
        streams={"\x05SummaryInformation": values.replace(b"\x01\x00\x00\x00", b"\xff" * 4)}
    )
    assert NAME in found(document, HiddenKind.METADATA)


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("Revision Log", HiddenKind.OLD_REVISION), ("User Names", HiddenKind.PERSON_LIST),
     ("MsoDataStore/1/Item", HiddenKind.CUSTOM_XML), ("Ctls", HiddenKind.FORM_FIELD)],
)  # fmt: skip
def test_other_streams_are_gathered_by_what_they_are(stream: str, kind: HiddenKind) -> None:
    document = read(streams={stream: b"\x10\x00\x00" + NAME.encode() + b"\x00\x01"})
    assert NAME in found(document, kind)
    assert not document.unread


def test_custom_xml_is_read_as_text() -> None:
    document = read(streams={"MsoDataStore/1/Item": f"<a><b>{NAME}</b>x</a>".encode()})
    assert NAME in found(document, HiddenKind.CUSTOM_XML).splitlines()


def test_streams_that_only_name_the_program_are_searched_all_the_same() -> None:
    said = b"\x00Microsoft Excel Worksheet\x00Biff8\x00"
    assert not found(read(streams={"\x01CompObj": said}), HiddenKind.METADATA)
    document = read(streams={"\x01CompObj": said + NAME.encode()})
    assert found(document, HiddenKind.METADATA) == NAME


def test_a_stream_nobody_knows_is_searched_and_blocks() -> None:
    document = read(streams={"Elsewhere": NAME.encode("utf-16-le")})
    assert NAME in found(document, HiddenKind.OTHER)
    assert [one.place for one in document.unread] == ["Elsewhere"]


def test_macros_are_unpacked() -> None:
    source = f"' by {NAME}\r\nSub Hide()\r\nEnd Sub\r\n".encode()
    offset = struct.pack("<HII", 0x31, 4, 0)
    listing = struct.pack("<HI", 0x1A, 7) + b"Module1" + offset
    document = read(
        streams={
            "_VBA_PROJECT_CUR/VBA/dir": _packed(listing),
            "_VBA_PROJECT_CUR/VBA/Module1": _packed(source),
            "_VBA_PROJECT_CUR/PROJECT": b"Name=VBAProject\r\n",
        }
    )
    assert f"by {NAME}" in found(document, HiddenKind.MACRO)
    assert counts(document, HiddenKind.MACRO) == {"modules": 1}
    assert not document.unread


def _packed(data: bytes) -> bytes:
    """Pack as macros are, without copying anything: eight bytes after each byte of flags."""
    body = b"".join(b"\x00" + data[at : at + 8] for at in range(0, len(data), 8))
    return b"\x01" + struct.pack("<H", 0xB000 | len(body) - 1) + body


def test_embedded_files_are_documents_of_their_own() -> None:
    word = word_file(paragraph(f"letter to {NAME}"))
    inner = xls.stream({"Inner": xls.SheetOf(xls.label(0, 0, f"inner {NAME}"), state=2)})
    document = read(
        streams={"MBD0001A2B3/Package": word, "MBD0001A2B4/Workbook": inner,
                 "MBD0001A2B4/\x01CompObj": bytes(80)}
    )  # fmt: skip
    text = found(document, HiddenKind.EMBEDDED_FILE)
    assert f"letter to {NAME}" in text
    assert f"inner {NAME}" in text
    assert counts(document, HiddenKind.EMBEDDED_FILE)["files"] == 1
    assert not document.unread


def test_an_embedded_workbook_that_is_encrypted_blocks() -> None:
    inner = xls.stream({"Inner": CELL}, extra=xls.record(0x002F, bytes(6)))
    document = read(streams={"MBD0001A2B4/Workbook": inner})
    assert [one.place for one in document.unread] == ["MBD0001A2B4"]


def test_the_second_copy_for_older_versions_is_read_too() -> None:
    older = xls.stream({"Cases": xls.label(0, 0, f"older {NAME}")})
    document = read(streams={"Book": older})
    assert f"older {NAME}" in found(document, HiddenKind.EMBEDDED_FILE)


# --- what was deleted ------------------------------------------------------------------------


def test_deleted_bytes_of_the_container_are_searched() -> None:
    parts = {"Workbook": xls.stream({"Cases": CELL})}
    whole = xls.compound(
        {**parts, "\x05SummaryInformation": xls.properties({4: "Ada Officer"})},
        free=bytes(600) + f"free {NAME}".encode("utf-16-le"),
        deleted="Notes on Okafor",
        slack=f"slack {NAME}".encode(),
    )
    document = Xls().read(whole)
    by_place = {
        one.container: one.text for one in document.segments if one.hidden is HiddenKind.OTHER
    }
    assert by_place["leftover bytes/free sectors"] == f"free {NAME}"
    assert by_place["leftover bytes/deleted directory entries"] == "Notes on Okafor"
    assert by_place["leftover bytes/ends of sectors"].startswith("slack Ngozi")
    assert not document.unread


def test_the_end_of_the_last_sector_of_a_large_stream_is_searched() -> None:
    whole = xls.stream({"Cases": CELL}).ljust(5_000, b"\x00")
    document = Xls().read(xls.compound({"Workbook": whole}, slack=NAME.encode()))
    assert found(document, HiddenKind.OTHER) == NAME


def test_a_clean_container_has_nothing_left_over() -> None:
    large = {f"Revision Log{at}": bytes(70_000) for at in range(140)}  # tables of tables
    document = Xls().read(xls.workbook({"Cases": CELL}, streams=large))
    assert "leftover" not in " ".join(one.container for one in document.segments)


def test_streams_larger_than_the_file_are_damage() -> None:
    whole = bytearray(xls.workbook({"Cases": CELL}, streams={"Big": bytes(5_000)}))
    at = whole.index("Big".encode("utf-16-le"))
    struct.pack_into("<Q", whole, at + 120, 2**30)
    with pytest.raises(UnreadableDocument) as problem:
        Xls().read(bytes(whole))
    assert problem.value.reason == "damaged"
