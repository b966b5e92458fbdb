"""Binary workbooks made record by record, for tests ([MS-XLSB])."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from tests.unit.formats.office import pack, rels, types

_EXCEL = "application/vnd.ms-excel"


def record(kind: int, payload: bytes = b"") -> bytes:
    """Write one record."""
    return _number(kind) + _number(len(payload)) + payload


def _number(value: int) -> bytes:
    out = bytearray()
    while True:
        low = value & 0x7F
        value >>= 7
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def counted(kind: int, count: int) -> bytes:
    """Write a record that says how many of a kind follow."""
    return record(kind, struct.pack("<I", count))


def text(words: str) -> bytes:
    """Write a text."""
    return struct.pack("<I", len(words.encode("utf-16-le")) // 2) + words.encode("utf-16-le")


def _cell(column: int, style: int) -> bytes:
    return struct.pack("<II", column, style)


def row(number: int, *, hidden: bool = False) -> bytes:
    """Begin a row."""
    flags = 0x10 if hidden else 0
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))


def shared(column: int, index: int, style: int = 0) -> bytes:
    """Write a cell with a shared text."""
    return record(7, _cell(column, style) + struct.pack("<I", index))


def inline(column: int, words: str, style: int = 0) -> bytes:
    """Write a cell with a text of its own."""
    return record(6, _cell(column, style) + text(words))


def real(column: int, value: float, style: int = 0) -> bytes:
    """Write a cell with a number."""
    return record(5, _cell(column, style) + struct.pack("<d", value))


def rk(column: int, value: int, style: int = 0) -> bytes:
    """Write a cell with a small whole number, packed."""
    return record(2, _cell(column, style) + struct.pack("<I", (value << 2 & 0xFFFFFFFF) | 2))


def truth(column: int, *, value: bool, style: int = 0) -> bytes:
    """Write a cell that is true or false."""
    return record(4, _cell(column, style) + bytes([value]))


def error(column: int, code: int, style: int = 0) -> bytes:
    """Write a cell with an error."""
    return record(3, _cell(column, style) + bytes([code]))


def formula(
    column: int, value: float, words: str = "", style: int = 0, tokens: bytes = b""
) -> bytes:
    """Write a computed cell; ``words`` stand in its formula, or it is of ``tokens``."""
    said = b"\x17" + struct.pack("<H", len(words)) + words.encode("utf-16-le") if words else b""
    parsed = parsed_formula(tokens or said)
    return record(9, _cell(column, style) + struct.pack("<dH", value, 0) + parsed)


def parsed_formula(tokens: bytes) -> bytes:
    """Write tokens as a formula."""
    return struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", 0)


def sum_of(top: int, left: int, bottom: int, right: int) -> bytes:
    """Give the tokens of SUM over an area, by relative references."""
    flags = 0xC000
    area = struct.pack("<BIIHH", 0x25, top, bottom, left | flags, right | flags)
    return area + struct.pack("<BBH", 0x42, 1, 4)


def shared_formula(top: int, left: int, bottom: int, right: int, tokens: bytes) -> bytes:
    """Write a formula that stands for all cells of an area."""
    area = struct.pack("<IIII", top, bottom, left, right)
    return record(427, area + parsed_formula(tokens))


def points_at(*sheets: int) -> bytes:
    """Write what references to sheets of this workbook mean."""
    items = b"".join(struct.pack("<III", 0, one, one) for one in sheets)
    return record(357) + record(362, struct.pack("<I", len(sheets)) + items)


def computed_text(column: int, value: str, style: int = 0) -> bytes:
    """Write a cell whose formula gives a text."""
    tail = struct.pack("<HII", 0, 0, 0)
    return record(8, _cell(column, style) + text(value) + tail)


def columns(*spans: tuple[int, int, bool]) -> bytes:
    """Describe columns: first, last, hidden."""
    inside = b"".join(
        record(60, struct.pack("<IIIIH", first, last, 10 * 256, 0, int(hidden)))
        for first, last, hidden in spans
    )
    return record(390) + inside + record(391)


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    """Merge an area."""
    return record(177, struct.pack("<I", 1)) + record(
        176, struct.pack("<IIII", top, bottom, left, right)
    )


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """Write a sheet around its rows."""
    size = record(148, struct.pack("<IIII", 0, 100, 0, 20))
    return record(129) + size + before + record(145) + rows + record(146) + after + record(130)


def _said(words: str) -> bytes:
    return b"\x17" + struct.pack("<H", len(words)) + words.encode("utf-16-le")


@dataclass(frozen=True)
class SheetOf:
    """A sheet and whether it is hidden: 0 shown, 1 hidden, 2 very hidden."""

    data: bytes
    state: int = 0


def styles(codes: Mapping[int, str], formats: tuple[int, ...], white: int | None = None) -> bytes:
    """Write styles: one for each number format, the one at ``white`` in white letters."""
    written = b"".join(record(44, struct.pack("<H", n) + text(c)) for n, c in codes.items())
    plain = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0)
    fonts = record(43, plain + bytes([0, 0, 0, 0, 0, 0, 0, 255, 2]) + text("Calibri"))
    fonts += record(43, plain + bytes([5, 255, 0, 0, 255, 255, 255, 255, 2]) + text("Calibri"))
    fill = record(45, struct.pack("<I", 0) + b"\x00" * 48)
    xfs = b"".join(
        record(47, struct.pack("<HHHHHBBHH", 0, one, int(at == white), 0, 0, 0, 0, 0, 0))
        for at, one in enumerate(formats)
    )
    return b"".join(
        (
            record(278),
            counted(615, len(codes)) + written + record(616),
            counted(611, 2) + fonts + record(612),
            counted(603, 1) + fill + record(604),
            counted(617, len(formats)) + xfs + record(618),
            record(279),
        )
    )


def workbook(
    sheets: Mapping[str, bytes | SheetOf],
    *,
    texts: tuple[str, ...] = (),
    styled: bytes = b"",
    names: Mapping[str, str] | None = None,
    extra: Mapping[str, str | bytes] | None = None,
    extra_types: Mapping[str, str] | None = None,
    epoch_1904: bool = False,
) -> bytes:
    """Pack a binary workbook."""
    parts: dict[str, str | bytes] = {}
    kinds = {"xl/workbook.bin": f"{_EXCEL}.sheet.binary.macroEnabled.main"}
    arrows: list[tuple[str, str, str]] = []
    listed = b""
    for number, (name, one) in enumerate(sheets.items(), 1):
        part = f"xl/worksheets/sheet{number}.bin"
        made = one if isinstance(one, SheetOf) else SheetOf(one)
        parts[part] = made.data
        kinds[part] = f"{_EXCEL}.worksheet"
        arrows.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin"))
        listed += record(
            156, struct.pack("<II", made.state, number) + text(f"rId{number}") + text(name)
        )
    if texts:
        items = b"".join(record(19, b"\x00" + text(one)) for one in texts)
        parts["xl/sharedStrings.bin"] = record(159, struct.pack("<II", 1, 1)) + items + record(160)
        kinds["xl/sharedStrings.bin"] = f"{_EXCEL}.sharedStrings"
        arrows.append(("rIdTexts", "sharedStrings", "sharedStrings.bin"))
    parts["xl/styles.bin"] = styled or styles({}, (0,))
    kinds["xl/styles.bin"] = f"{_EXCEL}.styles"
    arrows.append(("rIdStyles", "styles", "styles.bin"))
    named = b"".join(
        record(39, struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + text(name) + parsed_formula(_said(one)))
        for name, one in (names or {}).items()
    )
    flags = struct.pack("<II", int(epoch_1904), 0) + text("ThisWorkbook")
    parts["xl/workbook.bin"] = (
        record(131)
        + record(153, flags)
        + record(143)
        + listed
        + record(144)
        + points_at(*range(len(sheets)))
        + named
        + record(132)
    )
    parts["xl/_rels/workbook.bin.rels"] = rels(*arrows)
    parts["_rels/.rels"] = rels(("rId1", "officeDocument", "xl/workbook.bin"))
    parts.update(extra or {})
    return pack({"[Content_Types].xml": types(**kinds, **(extra_types or {})), **parts})
