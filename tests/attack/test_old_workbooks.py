"""Old workbooks built to deceive or to exhaust: read or refused with a reason, and soon."""

from __future__ import annotations

import struct

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.xls import Xls
from redactor.formats.xls.cells import MAX_COLUMN
from redactor.model import HiddenKind
from tests.unit.formats import xls_samples as xls

CELL = xls.label(0, 0, "seen")


def outcome(data: bytes) -> str:
    """Give ``read``, or the reason why not."""
    try:
        Xls().read(data)
    except UnreadableDocument as refusal:
        return refusal.reason
    return "read"


def sheet(body: bytes) -> bytes:
    return xls.workbook({"Cases": body})


def test_a_chain_of_sectors_in_a_circle_ends() -> None:
    whole = bytearray(xls.workbook({"Cases": CELL}, streams={"Revision Log": bytes(9_000)}))
    table = whole.index(struct.pack("<III", 1, 2, 3))
    for at in range(12):
        struct.pack_into("<I", whole, table + 4 * at, 1)
    assert outcome(bytes(whole)) in {"read", "damaged", "truncated"}


def test_more_streams_than_can_be_handled_are_refused() -> None:
    streams = {f"MBD{at:08X}/Package": b"x" for at in range(6_000)}
    assert outcome(xls.workbook({"Cases": CELL}, streams=streams)) in {"too-large", "damaged"}


def test_a_hundred_thousand_widths_of_every_column_are_read() -> None:
    body = xls.columns(0, 0xFFFF, hidden=True) * 100_000 + CELL
    document = Xls().read(sheet(body))
    assert [one.hidden for one in document.segments] == [None, HiddenKind.HIDDEN_COLUMN]


def test_a_cell_beyond_the_last_column_is_damage() -> None:
    assert outcome(sheet(xls.label(0, MAX_COLUMN - 1, "seen"))) == "read"
    assert outcome(sheet(xls.label(0, MAX_COLUMN, "seen"))) == "damaged"


def test_a_formula_longer_than_any_is_searched_and_not_worked_off() -> None:
    tokens = b"\x17\x05\x00Jones" + b"\x1e\x01\x00\x03" * 12_000
    body = b"".join(xls.formula(at, 0, struct.pack("<d", 1), tokens) for at in range(30))
    found = Xls().formulas(sheet(body))
    assert found is not None
    assert {one.text for one in found.cells} == {"Jones"}


def test_a_formula_that_takes_more_than_was_given_keeps_its_words() -> None:
    tokens = b"\x17\x05\x00Jones" + b"\x03\x03\x03"
    found = Xls().formulas(sheet(xls.formula(0, 0, struct.pack("<d", 1), tokens)))
    assert found is not None
    assert [one.text for one in found.cells] == ["Jones"]


@pytest.mark.parametrize("beginnings", [1, 50, 200_000])
def test_parts_that_begin_and_never_end_are_refused(beginnings: int) -> None:
    whole = xls.stream({"Cases": CELL}) + xls.bof(0x10) * beginnings
    assert outcome(xls.compound({"Workbook": whole})) == "truncated"


def test_charts_within_charts_are_read() -> None:
    body = CELL + xls.bof(0x20) * 5_000 + xls.label(0, 0, "kept") + xls.EOF * 5_000
    document = Xls().read(sheet(body))
    assert any(one.hidden is HiddenKind.CHART_CACHE for one in document.segments)


def test_twenty_megabytes_that_belong_to_nothing_are_searched_in_one_go() -> None:
    free = bytes(20_000_000) + "deleted Fairweather".encode("utf-16-le")
    document = Xls().read(xls.compound({"Workbook": xls.stream({"Cases": CELL})}, free=free))
    assert "deleted Fairweather" in [one.text for one in document.segments]


def test_two_sheets_may_not_be_the_same_part() -> None:
    whole = bytearray(xls.stream({"One": CELL, "Two": CELL}))
    first = whole.index(b"\x03\x00One") - 6
    second = whole.index(b"\x03\x00Two") - 6
    whole[second : second + 4] = whole[first : first + 4]
    assert outcome(xls.compound({"Workbook": bytes(whole)})) == "damaged"


def test_workbooks_in_workbooks_end_somewhere() -> None:
    inner = {"Workbook": xls.stream({"Inner": xls.label(0, 0, "deep")})}
    for _ in range(6):
        inner = {"Workbook": xls.stream({"Inner": CELL})} | {
            f"MBD0000000A/{path}": data for path, data in inner.items()
        }
    document = Xls().read(xls.compound(inner))
    assert any("too deep" in one.why for one in document.unread)
