"""What an old workbook shows: cells, formats, what is hidden among them, formulas."""

from __future__ import annotations

import struct

import pytest

from redactor.content import CellLook
from redactor.dependants import FormulaCell
from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.formats.base import RebuildPlan
from redactor.formats.hidden import Gathered
from redactor.formats.workbook.grid import SheetContent
from redactor.formats.xls import Xls
from redactor.formats.xls.reading import walk_old_workbook
from redactor.model import CellPlace, Document, HiddenKind, Ruling, quiet
from tests.unit.formats import xls_samples as xls

NAME = "Ngozi Fairweather"


def read(sheets: dict[str, xls.SheetOf | bytes], texts: tuple[str, ...] = ()) -> Document:
    return Xls().read(xls.workbook(sheets, texts=texts))


def shown(document: Document) -> dict[str, str]:
    """Give what a reader sees, by cell."""
    return {
        one.id.partition("!")[2]: one.text
        for one in document.segments
        if one.hidden is None and isinstance(one.place, CellPlace)
    }


def hidden(document: Document, kind: HiddenKind) -> list[str]:
    return [one.text for one in document.segments if one.hidden is kind]


def sheets_of(data: bytes) -> list[SheetContent]:
    found: list[SheetContent] = []
    walk_old_workbook(data, Gathered(), found.append, quiet)
    return found


def test_every_kind_of_cell_shows_what_excel_shows() -> None:
    cells = (
        xls.shared(0, 0, 0)
        + xls.label(0, 1, "Łódź")
        + xls.number(1, 0, 1234.5, xls.MONEY)
        + xls.number(1, 1, 0.5, xls.PERCENT)
        + xls.packed(2, 0, -7)
        + xls.truth(2, 1, 1)
        + xls.truth(3, 0, 0x2A, is_error=1)
        + xls.number(3, 1, 0.1)
    )
    assert shown(read({"Cases": cells}, (NAME,))) == {
        "A1": NAME, "B1": "Łódź", "A2": "£1,234.50", "B2": "50%", "A3": "-7", "B3": "TRUE",
        "A4": "#N/A", "B4": "0.1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("packed", "text"),
    [(2, "0"), (7 << 2 | 2, "7"), (750 << 2 | 3, "7.5"), (0x3FF00000, "1"), (0xFFFFFFFE, "-1")],
)
def test_packed_numbers_are_unpacked(packed: int, text: str) -> None:
    cell = xls.record(0x027E, struct.pack("<HHHI", 0, 0, xls.PLAIN, packed))
    assert shown(read({"Cases": cell})) == {"A1": text}


def test_many_packed_numbers_stand_side_by_side() -> None:
    body = struct.pack("<HH", 4, 1)
    body += b"".join(struct.pack("<HI", xls.PLAIN, one << 2 | 2) for one in (5, 6)) + b"\x02\x00"
    assert shown(read({"Cases": xls.record(0x00BD, body)})) == {"B5": "5", "C5": "6"}


def test_days_are_counted_from_1900_or_1904() -> None:
    cell = {"Cases": xls.number(0, 0, 1000, xls.DATE)}
    since_1904 = xls.compound({"Workbook": xls.stream(cell, epoch_1904=True)})
    assert shown(read(cell)) == {"A1": "26/09/1902"}
    assert shown(Xls().read(since_1904)) == {"A1": "27/09/1906"}


def test_long_texts_go_on_over_records_in_either_width() -> None:
    texts = ("x" * 20_000, "Łódź " * 4_000, NAME)
    cells = b"".join(xls.shared(at, 0, at) for at in range(3))
    assert list(shown(read({"Cases": cells}, texts)).values()) == list(texts)


def test_hidden_rows_columns_and_sheets_are_told_apart() -> None:
    cells = (
        xls.columns(2, 2, hidden=True)
        + xls.columns(3, 3, width=0)
        + xls.row(1, hidden=True)
        + xls.label(0, 0, "seen")
        + xls.label(0, 2, "in a hidden column")
        + xls.label(0, 3, "in one of no width")
        + xls.label(1, 0, "in a hidden row")
    )
    document = read(
        {
            "Cases": cells,
            "Working": xls.SheetOf(xls.label(0, 0, NAME), state=1),
            "Source": xls.SheetOf(xls.label(0, 0, NAME), state=2),
        }
    )
    assert shown(document) == {"A1": "seen"}
    assert hidden(document, HiddenKind.HIDDEN_ROW) == ["in a hidden row"]
    assert hidden(document, HiddenKind.HIDDEN_COLUMN) == [
        "in a hidden column", "in one of no width"
    ]  # fmt: skip
    assert hidden(document, HiddenKind.HIDDEN_SHEET) == ["Working", NAME]
    assert hidden(document, HiddenKind.VERY_HIDDEN_SHEET) == ["Source", NAME]


def test_rows_that_start_hidden_are_hidden_unless_they_say_otherwise() -> None:
    cells = (
        xls.record(0x0225, struct.pack("<HH", 2, 0))
        + xls.row(0)
        + xls.label(0, 0, "seen")
        + xls.label(1, 0, NAME)
    )
    document = read({"Cases": cells})
    assert shown(document) == {"A1": "seen"}
    assert hidden(document, HiddenKind.HIDDEN_ROW) == [NAME]


def test_white_on_white_and_formats_that_show_nothing_are_hidden() -> None:
    cells = (
        xls.label(0, 0, "seen")
        + xls.label(1, 0, "in white", xls.WHITE)
        + xls.number(2, 0, 7, xls.NOTHING)
    )
    document = read({"Cases": cells})
    assert shown(document) == {"A1": "seen"}
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == ["in white", "7"]


def test_letters_too_small_to_be_read_are_hidden() -> None:
    document = read({"Cases": xls.label(0, 0, "seen") + xls.label(1, 0, NAME, xls.TINY)})
    assert shown(document) == {"A1": "seen"}
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == [NAME]


def test_white_text_is_seen_where_something_else_may_lie_behind_it() -> None:
    rule = xls.record(0x01B1, struct.pack("<BBHHI", 2, 0, 2, 0, 0) + b"\x1d\x01")
    document = read({"Cases": xls.label(0, 0, "in white", xls.WHITE) + rule})
    assert shown(document) == {"A1": "in white"}
    assert hidden(document, HiddenKind.CONDITIONAL_FORMAT) == ["TRUE"]


def test_cells_under_a_merged_one_are_hidden() -> None:
    cells = xls.label(0, 0, "seen") + xls.label(0, 1, NAME) + xls.merged((0, 0, 0, 1))
    document = read({"Cases": cells})
    assert shown(document) == {"A1": "seen"}
    assert hidden(document, HiddenKind.HIDDEN_FORMAT) == [NAME]


def test_a_cell_that_was_written_twice_shows_the_last_and_hides_the_first() -> None:
    document = read({"Cases": xls.label(0, 0, NAME) + xls.label(0, 0, "seen")})
    assert shown(document) == {"A1": "seen"}
    assert NAME in hidden(document, HiddenKind.OTHER)


def test_what_is_printed_and_repeated_is_read() -> None:
    area = b"\x3b" + struct.pack("<HHHHH", 0, 0, 9, 0, 3)
    titles = b"\x3b" + struct.pack("<HHHHH", 0, 0, 1, 0, 255)
    extra = xls.record(0x01AE, struct.pack("<HH", 1, 0x0401))
    extra += xls.record(0x0017, struct.pack("<HHHH", 1, 0, 0, 0))
    extra += xls.name("\x06", area, sheet=1, built_in=True)
    extra += xls.name("\x07", titles, sheet=1, built_in=True)
    (content,) = sheets_of(xls.workbook({"Cases": xls.label(0, 0, "seen")}, extra=extra))
    assert content.print_area == (0, 0, 9, 3)
    assert content.heading_rows == 2


def test_widths_looks_and_frozen_rows_are_read() -> None:
    cells = (
        xls.columns(0, 1, width=20 * 256)
        + xls.record(0x023E, struct.pack("<HHHIHHI", 0x06BE, 0, 0, 64, 0, 0, 0))
        + xls.record(0x0041, struct.pack("<HHHHH", 0, 2, 2, 0, 2))
        + xls.label(0, 0, "bold", xls.BOLD)
        + xls.label(0, 1, "on yellow", xls.FILLED)
    )
    (content,) = sheets_of(xls.workbook({"Cases": cells}))
    assert content.widths == {0: 20.0, 1: 20.0}
    assert content.heading_rows == 2
    assert content.cells[0].look == CellLook(bold=True)
    assert content.cells[1].look == CellLook(fill="yellow")


# --- formulas --------------------------------------------------------------------------------

_A1, _B1 = b"\x44\x00\x00\x00\xc0", b"\x44\x00\x00\x01\xc0"


def test_a_formula_shows_its_result_and_hides_how_it_came_about() -> None:
    wording = b"\x17\x05\x00Jones"
    cells = (
        xls.number(0, 0, 3)
        + xls.formula(0, 1, struct.pack("<d", 4.5), _A1 + b"\x1e\x02\x00\x05")
        + xls.formula(0, 2, xls.TEXT_FOLLOWS, wording + _A1 + b"\x08")
        + xls.string("Jones3")
        + xls.formula(1, 0, b"\x01\x00\x01\x00\x00\x00\xff\xff", _A1 + _B1 + b"\x0d")
        + xls.formula(1, 1, b"\x02\x00\x07\x00\x00\x00\xff\xff", _A1 + b"\x42\x01\x04\x00")
    )
    document = read({"Cases": cells})
    assert shown(document) == {
        "A1": "3", "B1": "4.5", "C1": "Jones3", "A2": "TRUE", "B2": "#DIV/0!"
    }  # fmt: skip
    assert hidden(document, HiddenKind.FORMULA) == [
        "B1: =A1*2", 'C1: ="Jones"&A1', "A2: =A1>B1", "B2: =SUM(A1)"
    ]  # fmt: skip
    assert not document.unread


def test_a_formula_whose_result_is_missing_blocks() -> None:
    cells = xls.formula(3, 2, xls.TEXT_FOLLOWS, _A1) + xls.label(4, 0, "seen")
    document = read({"Cases": cells})
    assert [one.place for one in document.unread] == ["sheet:Cases!C4"]


def test_a_shared_formula_is_told_for_every_cell_that_has_it() -> None:
    group = struct.pack("<HHBBBB", 0, 1, 1, 1, 0, 2)
    tokens = b"\x4c" + struct.pack("<HH", 0, 0xC0FF) + b"\x1e\x02\x00\x05"
    share = b"\x01" + struct.pack("<HH", 0, 1)
    cells = (
        xls.formula(0, 1, struct.pack("<d", 2), share)
        + xls.record(0x04BC, group + struct.pack("<H", len(tokens)) + tokens)
        + xls.formula(1, 1, struct.pack("<d", 4), share)
    )
    found = Xls().formulas(xls.workbook({"Cases": cells}))
    assert found is not None
    assert found.cells == (
        FormulaCell("Cases", 0, 1, "A1*2"), FormulaCell("Cases", 1, 1, "A2*2")
    )  # fmt: skip


def test_names_and_other_sheets_are_written_out_in_formulas() -> None:
    links = xls.record(0x01AE, struct.pack("<HH", 2, 0x0401))
    links += xls.record(0x0017, struct.pack("<HHHH", 1, 0, 1, 1))
    area = b"\x3b" + struct.pack("<HHHHH", 0, 0, 3, 0, 0)
    links += xls.name("Officers", area)
    cells = xls.formula(0, 0, struct.pack("<d", 1), b"\x43\x01\x00\x00\x00\x42\x01\x00\x00")
    data = xls.workbook({"Cases": cells, "Staff list": b""}, extra=links)
    found = Xls().formulas(data)
    assert found is not None
    assert [one.text for one in found.cells] == ["COUNT(Officers)"]
    assert found.names == {"officers": "'Staff list'!$A$1:$A$4"}


# --- other versions, and what is refused -----------------------------------------------------


def old_workbook(cells: bytes) -> bytes:
    """Write a workbook of Excel 5: its texts have no flags."""
    head = xls.record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0x096C, 0x07C9))
    head += xls.record(0x0042, struct.pack("<H", 1252))
    head += xls.record(0x00E0, struct.pack("<HHHBB", 0, 0, 1, 0x20, 0) + bytes(8))
    name = b"\x05Cases"
    start = len(head) + 4 + 6 + len(name) + 4
    head += xls.record(0x0085, struct.pack("<IBB", start, 0, 0) + name) + xls.EOF
    sheet = xls.record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0x096C, 0x07C9)) + cells
    return xls.compound({"Book": head + sheet + xls.EOF})


def test_a_workbook_of_excel_5_is_read() -> None:
    words = "Zoë".encode("cp1252")
    cells = xls.record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(words)) + words)
    cells += xls.number(0, 1, 2.5, 0)
    note = f"ask {NAME}".encode()
    cells += xls.record(0x001C, struct.pack("<HHH", 0, 0, len(note)) + note)
    document = Xls().read(old_workbook(cells))
    assert shown(document) == {"A1": "Zoë", "B1": "2.5"}
    assert hidden(document, HiddenKind.COMMENT) == [f"A1: ask {NAME}"]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as problem:
        Xls().read(data)
    assert problem.value.why
    assert problem.value.remedy
    return problem.value.reason


def test_what_is_encrypted_is_refused_with_its_remedy() -> None:
    locked = xls.workbook({"Cases": b""}, extra=xls.record(0x002F, bytes(6)))
    assert refusal(locked) == "encrypted"
    package = xls.compound({"EncryptedPackage": bytes(5_000), "EncryptionInfo": bytes(200)})
    assert refusal(package) == "encrypted"
    assert detect_format("a.xls", package).name == "xls"


def test_other_old_files_are_refused() -> None:
    assert refusal(xls.compound({"WordDocument": bytes(5_000)})) == "wrong-type"
    older = xls.compound({"Book": xls.record(0x0409, bytes(8)) + xls.EOF})
    assert refusal(older) == "unsupported"


def test_a_workbook_named_xlsx_is_told_for_what_it_is() -> None:
    with pytest.raises(UnreadableDocument) as problem:
        detect_format("a.xlsx", xls.workbook({"Cases": b""}))
    assert problem.value.reason == "wrong-type"
    assert "Excel 97-2003" in problem.value.why


def test_a_cell_that_points_at_no_text_is_damage() -> None:
    assert refusal(xls.workbook({"Cases": xls.shared(0, 0, 5)})) == "damaged"


def test_declared_sizes_are_not_believed() -> None:
    texts = xls.record(0x00FC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + xls.text("only one"))
    document = Xls().read(xls.workbook({"Cases": xls.label(0, 0, "seen")}, extra=texts))
    assert shown(document) == {"A1": "seen"}
    span = xls.merged(*[(0, 0xFFFF, 0, 1)] * 9)
    assert refusal(xls.workbook({"Cases": span})) == "damaged"


def test_the_release_is_a_new_workbook_of_what_was_seen() -> None:
    data = xls.workbook(
        {"Cases": xls.label(0, 0, "seen") + xls.row(1, hidden=True) + xls.label(1, 0, NAME)}
    )
    plan = RebuildPlan(rulings={one.place: Ruling.LEAVE_OUT for one in Xls().read(data).unread})
    rebuilt = Xls().rebuild(data, plan, Xls.targets[0])
    (written,) = rebuilt.files
    assert written.suffix == ".xlsx"
    again = detect_format("a.xlsx", written.data).read(written.data)
    assert shown(again) == {"A1": "seen"}
    assert any(one.kind == HiddenKind.HIDDEN_ROW for one in rebuilt.left_out)
