"""Binary workbooks: what is seen, what is hidden, what is refused."""

from __future__ import annotations

import io
import struct

import pytest
from python_calamine import CalamineWorkbook

from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.formats.base import RebuildPlan
from redactor.formats.xlsb import Xlsb
from redactor.formats.xlsb.records import packed
from redactor.model import Document, HiddenKind
from tests.unit.formats import xlsb_samples as xlsb
from tests.unit.formats.office import pack, workbook

CACHE = "xl/pivotCache/pivotCacheRecords1.bin"


def read(data: bytes) -> Document:
    return Xlsb().read(data)


def seen(data: bytes) -> dict[str, str]:
    return {
        one.id.partition("!")[2]: one.text
        for one in read(data).segments
        if one.hidden is None and one.id.startswith("sheet:")
    }


def hidden(data: bytes) -> dict[HiddenKind, list[str]]:
    found: dict[HiddenKind, list[str]] = {}
    for one in read(data).segments:
        if one.hidden is not None:
            found.setdefault(one.hidden, []).append(one.text)
    return found


def every_kind() -> bytes:
    rows = (
        xlsb.row(0)
        + xlsb.shared(0, 0)
        + xlsb.inline(1, "in its cell")
        + xlsb.row(1)
        + xlsb.real(0, 45_000, 1)
        + xlsb.real(1, 1204.5, 2)
        + xlsb.rk(2, 417)
        + xlsb.rk(3, -12)
        + xlsb.truth(4, value=True)
        + xlsb.error(5, 0x07)
        + xlsb.formula(6, 37.0)
        + xlsb.computed_text(7, "a result")
    )
    styled = xlsb.styles({164: "dd/mm/yyyy", 165: '"£"#,##0.00'}, (0, 164, 165))
    return xlsb.workbook({"Data": xlsb.sheet(rows)}, texts=("Rowan Ashdown",), styled=styled)


def test_cells_of_every_kind_are_read_as_they_are_shown() -> None:
    assert seen(every_kind()) == {
        "A1": "Rowan Ashdown",
        "B1": "in its cell",
        "A2": "15/03/2023",
        "B2": "£1,204.50",
        "C2": "417",
        "D2": "-12",
        "E2": "TRUE",
        "F2": "#DIV/0!",
        "G2": "37",
        "H2": "a result",
    }


def test_another_engine_reads_the_same_cells() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(every_kind()))
    first, second = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert first[:2] == ["Rowan Ashdown", "in its cell"]
    assert [str(one) for one in second] == [
        "2023-03-15",
        "1204.5",
        "417",
        "-12",
        "True",
        "",
        "37.0",
        "a result",
    ]  # it passes over errors


@pytest.mark.parametrize(
    ("number", "value"),
    [(417 << 2 | 2, 417.0), (1234 << 2 | 3, 12.34), (0x3FF00000, 1.0), (0xFFFFFFD2, -12.0)],
)
def test_a_packed_number_is_whole_or_real_and_may_be_of_hundredths(
    number: int, value: float
) -> None:
    assert packed(number) == pytest.approx(value)


def test_sheets_rows_columns_and_white_letters_that_are_not_seen_are_hidden() -> None:
    rows = xlsb.row(0) + xlsb.inline(0, "a") + xlsb.inline(1, "white", 1) + xlsb.inline(2, "narrow")
    rows += xlsb.row(1, hidden=True) + xlsb.inline(0, "folded")
    data = xlsb.workbook(
        {
            "Data": xlsb.sheet(rows, before=xlsb.columns((2, 2, True))),
            "Staff": xlsb.SheetOf(xlsb.sheet(xlsb.row(0) + xlsb.inline(0, "Ysolde")), 1),
            "Source": xlsb.SheetOf(xlsb.sheet(xlsb.row(0) + xlsb.inline(0, "Carnforth")), 2),
        },
        styled=xlsb.styles({}, (0, 0), white=1),
    )
    found = hidden(data)
    assert found[HiddenKind.HIDDEN_ROW] == ["folded"]
    assert found[HiddenKind.HIDDEN_COLUMN] == ["narrow"]
    assert found[HiddenKind.HIDDEN_FORMAT] == ["white"]
    assert found[HiddenKind.HIDDEN_SHEET] == ["Staff", "Ysolde"]
    assert found[HiddenKind.VERY_HIDDEN_SHEET] == ["Source", "Carnforth"]
    assert seen(data) == {"A1": "a"}


def test_what_lies_under_a_merged_cell_is_hidden() -> None:
    rows = xlsb.row(0) + xlsb.inline(0, "wide") + xlsb.inline(1, "under")
    data = xlsb.workbook({"Data": xlsb.sheet(rows, after=xlsb.merged(0, 0, 0, 1))})
    assert hidden(data)[HiddenKind.HIDDEN_FORMAT] == ["under"]


def with_parts() -> bytes:
    cache = xlsb.record(30, b"\x00" * 4) + xlsb.record(24, xlsb.text("Ysolde in a cache"))
    comment = xlsb.record(632, xlsb.text("Ysolde, author")) + xlsb.record(635, b"\x00" * 36)
    comment += xlsb.record(637, b"\x00" + xlsb.text("Ysolde, ask Carnforth"))
    rows = xlsb.row(0) + xlsb.formula(0, 3.0, "Ysolde") + xlsb.shared(1, 0)
    link = (
        struct.pack("<IIII", 0, 0, 0, 0)
        + xlsb.text("rId9")
        + xlsb.text("")
        + xlsb.text("Ysolde tip")
    )
    after = xlsb.record(494, link) + xlsb.record(479, b"\x00" * 2 + xlsb.text("for Ysolde only"))
    kinds = {
        CACHE: "application/vnd.ms-excel.pivotCacheRecords",
        "xl/comments1.bin": "application/vnd.ms-excel.comments",
        "xl/externalLinks/externalLink1.bin": "application/vnd.ms-excel.externalLink",
    }
    return xlsb.workbook(
        {"Data": xlsb.sheet(rows, after=after)},
        texts=("used", "Ysolde, never shown"),
        names={"StaffOfYsolde": "Ysolde's meaning"},
        extra={
            CACHE: cache,
            "xl/comments1.bin": comment,
            "xl/externalLinks/externalLink1.bin": xlsb.record(361, xlsb.text("Ysolde cached")),
            "docProps/core.xml": "<coreProperties><creator>Ysolde</creator></coreProperties>",
        },
        extra_types=kinds,
    )


def test_what_lies_beside_the_cells_is_hidden_by_kind() -> None:
    found = hidden(with_parts())
    for kind in (
        HiddenKind.FORMULA,
        HiddenKind.LINK,
        HiddenKind.HEADER_FOOTER,
        HiddenKind.DEFINED_NAME,
        HiddenKind.PIVOT_CACHE,
        HiddenKind.COMMENT,
        HiddenKind.EXTERNAL_LINK,
        HiddenKind.METADATA,
        HiddenKind.OTHER,
    ):
        assert any("Ysolde" in one for one in found[kind]), kind
    document = read(with_parts())
    assert document.unread == ()
    tallies = {(one.kind, one.unit): one.count for one in document.tallies}
    assert tallies[HiddenKind.PIVOT_CACHE, "rows"] == 1
    assert tallies[HiddenKind.COMMENT, "comments"] == 1


def test_formulas_are_written_out_with_their_cells_shared_ones_too() -> None:
    elsewhere = struct.pack("<BHIH", 0x3A, 1, 4, 2)  # Other!$C$5
    stands_with = struct.pack("<BI", 0x01, 1)
    moved = struct.pack("<BIH", 0x2C, 0, 0xFFFF) + struct.pack("<BH", 0x1E, 2) + b"\x05"
    rows = xlsb.row(0) + xlsb.rk(0, 3) + xlsb.formula(1, 3.0, tokens=xlsb.sum_of(0, 0, 0, 0))
    rows += xlsb.formula(2, 1.0, tokens=elsewhere)
    rows += xlsb.row(1) + xlsb.formula(1, 6.0, tokens=stands_with)
    rows += xlsb.shared_formula(1, 1, 2, 1, moved)
    rows += xlsb.row(2) + xlsb.formula(1, 6.0, tokens=stands_with)
    data = xlsb.workbook({"Data": xlsb.sheet(rows), "Other": xlsb.sheet(b"")})
    found = Xlsb().formulas(data)
    assert found is not None
    assert [(one.row, one.column, one.text) for one in found.cells] == [
        (0, 1, "SUM(A1:A1)"),
        (0, 2, "'Other'!$C$5"),
        (1, 1, "A2*2"),
        (2, 1, "A3*2"),
    ]
    assert hidden(data)[HiddenKind.FORMULA][0] == "=SUM(A1:A1)"


def test_a_release_is_a_new_workbook_without_anything_hidden() -> None:
    (file,) = Xlsb().rebuild(with_parts(), RebuildPlan(), "xlsx").files
    assert file.suffix == ".xlsx"
    assert "Ysolde".encode("utf-16-le") not in file.data
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    assert book.get_sheet_by_index(0).to_python() == [[3.0, "used"]]


def test_a_date_counts_from_1904_where_the_workbook_says_so() -> None:
    rows = xlsb.row(0) + xlsb.real(0, 45_000 - 1462, 1)
    styled = xlsb.styles({164: "dd/mm/yyyy"}, (0, 164))
    data = xlsb.workbook({"Data": xlsb.sheet(rows)}, styled=styled, epoch_1904=True)
    assert seen(data) == {"A1": "15/03/2023"}


# --- refused --------------------------------------------------------------------------------------


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    return caught.value.reason


def of_rows(rows: bytes) -> bytes:
    return xlsb.workbook({"Data": xlsb.sheet(rows)}, texts=("a",))


@pytest.mark.parametrize(
    "rows",
    [
        xlsb.row(0) + b"\x05\xff\xff\xff\x7f",
        xlsb.row(0) + xlsb.shared(0, 99),
        xlsb.row(0) + xlsb.inline(0, "a", 700),
        xlsb.row(0) + xlsb.record(6, struct.pack("<III", 0, 0, 0x7FFFFFFF)),
        xlsb.row(0) + xlsb.record(5, struct.pack("<II", 0, 0)),
        xlsb.row(0) + xlsb.inline(20_000, "far"),
        xlsb.row(0) + xlsb.inline(1, "a") + xlsb.inline(0, "b"),
        xlsb.row(5) + xlsb.inline(0, "a") + xlsb.row(2) + xlsb.inline(0, "b"),
        xlsb.row(0) + xlsb.real(0, float("nan")),
        xlsb.inline(0, "a cell without a row"),
    ],
)
def test_senseless_records_are_refused_as_damage(rows: bytes) -> None:
    assert refused(of_rows(rows)) == "damaged"


def test_a_cut_off_workbook_is_refused() -> None:
    whole = every_kind()
    for end in range(0, len(whole), 97):
        assert refused(whole[:end]) in {"truncated", "damaged", "empty", "wrong-type"}


def test_it_is_known_by_its_bytes_whatever_it_is_called() -> None:
    data = every_kind()
    assert detect_format("table.xlsb", data).name == "xlsb"
    with pytest.raises(UnreadableDocument, match="binary Excel workbook"):
        detect_format("table.xlsx", data)
    with pytest.raises(UnreadableDocument, match="Excel workbook"):
        detect_format("table.xlsb", workbook({"Data": "<worksheet/>"}))
    with pytest.raises(UnreadableDocument):
        detect_format("table.xlsb", pack({"odd.txt": "nothing"}))
