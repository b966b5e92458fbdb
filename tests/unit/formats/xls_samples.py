"""Old workbooks made in the test: a small writer of BIFF8 and of the compound file around it."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SECTOR, SMALL, CUTOFF = 512, 64, 4096
END, FREE, FAT, FURTHER = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
#: Styles by name: their numbers in the workbooks made here.
PLAIN, DATE, NOTHING, WHITE, BOLD, MONEY, PERCENT, TINY, FILLED = range(15, 24)


# --- the container ---------------------------------------------------------------------------


def compound(
    streams: Mapping[str, bytes],
    *,
    free: bytes = b"",
    deleted: str = "",
    slack: bytes = b"",
) -> bytes:
    """Write a compound file.

    Args:
        streams: by path; folders are made as needed.
        free: bytes in sectors that belong to nothing.
        deleted: the name of an entry of the directory that was deleted.
        slack: what stands behind the end of the last stream in its last sector.
    """
    sectors: list[bytes] = []
    table: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return END
        first = len(sectors)
        for at in range(0, len(data), SECTOR):
            sectors.append(data[at : at + SECTOR].ljust(SECTOR, b"\x00"))
            table.append(len(sectors))
        table[-1] = END
        return first

    small_stream = b""
    small_table: list[int] = []
    placed: dict[str, tuple[int, int]] = {}
    for path, data in streams.items():
        filled = data + slack if path == list(streams)[-1] else data
        if len(data) >= CUTOFF:
            placed[path] = store(filled[: -(-len(data) // SECTOR) * SECTOR]), len(data)
            continue
        first, count = len(small_table), -(-len(data) // SMALL)
        small_stream += filled[: count * SMALL].ljust(count * SMALL, b"\x00")
        small_table += [*range(first + 1, first + count), END] if count else []
        placed[path] = (first if count else END), len(data)
    for at in range(0, len(free), SECTOR):
        sectors.append(free[at : at + SECTOR].ljust(SECTOR, b"\x00"))
        table.append(FREE)
    root = store(small_stream)
    small_fat = store(
        struct.pack(f"<{len(small_table)}I", *small_table).ljust(
            -(-len(small_table) * 4 // SECTOR) * SECTOR, b"\xff"
        )
    )
    listing = _directory(placed, root, len(small_stream), deleted)
    directory = store(listing)
    fats = further = 0
    while fats * SECTOR < (len(table) + fats + further) * 4:
        fats += 1
        further = -(-max(fats - 109, 0) // 127)
    first_fat, first_further = len(sectors), len(sectors) + fats
    table += [FAT] * fats + [FURTHER] * further
    whole = struct.pack(f"<{len(table)}I", *table).ljust(fats * SECTOR, b"\xff")
    listed = [first_fat + one for one in range(fats)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack(
        "<IIIIIIIII", 0, fats, directory, 0, CUTOFF, small_fat,
        -(-len(small_table) * 4 // SECTOR), first_further if further else END, further,
    )  # fmt: skip
    header += struct.pack("<109I", *(listed + [FREE] * 109)[:109])
    for at in range(further):
        piece = listed[109 + 127 * at : 109 + 127 * (at + 1)]
        following = END if at + 1 == further else first_further + at + 1
        whole += struct.pack("<128I", *(piece + [FREE] * 127)[:127], following)
    return header + b"".join(sectors) + whole


def _directory(placed: Mapping[str, tuple[int, int]], root: int, small: int, deleted: str) -> bytes:
    names = ["Root Entry"]
    kinds, starts, sizes = [5], [root], [small]
    children: dict[int, list[int]] = {0: []}
    numbers = {"": 0}
    for path, (start, size) in placed.items():
        folder = ""
        *above, _ = path.split("/")
        for piece in above:
            parent, folder = numbers[folder], f"{folder}/{piece}".lstrip("/")
            if folder not in numbers:
                numbers[folder] = len(names)
                children[parent].append(len(names))
                children[len(names)] = []
                names.append(piece)
                kinds.append(1)
                starts.append(0)
                sizes.append(0)
        children[numbers[folder]].append(len(names))
        names.append(path.rpartition("/")[2])
        kinds.append(2)
        starts.append(start)
        sizes.append(size)
    right = [FREE] * len(names)
    child = [FREE] * len(names)
    for parent, found in children.items():
        found.sort(key=lambda one: (len(names[one]), names[one].upper()))
        child[parent] = found[0] if found else FREE
        for first, second in pairwise(found):
            right[first] = second
    entries = [_entry(*one) for one in zip(names, kinds, right, child, starts, sizes, strict=True)]
    if deleted:
        entries.append(_entry(deleted, 0, FREE, FREE, 0, 0))
    while len(entries) % 4:
        entries.append(_entry("", 0, FREE, FREE, 0, 0))
    return b"".join(entries)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    length = len(wide) + 2 if name else 0
    return (
        wide.ljust(64, b"\x00") + struct.pack("<HBB", length, kind, 1)
        + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )  # fmt: skip


# --- records ---------------------------------------------------------------------------------


def record(kind: int, body: bytes = b"") -> bytes:
    """Write a record, continued where it is long."""
    pieces = [body[at : at + 8224] for at in range(0, len(body), 8224)] or [b""]
    kinds = [kind, *[0x003C] * (len(pieces) - 1)]
    return b"".join(
        struct.pack("<HH", one, len(piece)) + piece
        for one, piece in zip(kinds, pieces, strict=True)
    )


def text(value: str, size: str = "H") -> bytes:
    """Write a text with its length and flags; an empty ``size`` leaves the length away."""
    narrow = all(ord(one) < 256 for one in value)
    length = struct.pack(f"<{size}", len(value)) if size else b""
    return length + (b"\x00" + value.encode("latin-1") if narrow else
                     b"\x01" + value.encode("utf-16-le"))  # fmt: skip


def bof(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


EOF = record(0x000A)


def number(row: int, column: int, value: float, style: int = PLAIN) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def packed(row: int, column: int, value: int, style: int = PLAIN) -> bytes:
    return record(0x027E, struct.pack("<HHHI", row, column, style, (value << 2 | 2) & 0xFFFFFFFF))


def shared(row: int, column: int, index: int, style: int = PLAIN) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, style, index))


def label(row: int, column: int, value: str, style: int = PLAIN) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, style) + text(value))


def truth(row: int, column: int, value: int, is_error: int = 0) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, PLAIN, value, is_error))


def formula(row: int, column: int, result: bytes, tokens: bytes, style: int = PLAIN) -> bytes:
    body = struct.pack("<HHH", row, column, style) + result + bytes(6)
    return record(0x0006, body + struct.pack("<H", len(tokens)) + tokens)


#: The result of a formula that is a text: it follows in a record of its own.
TEXT_FOLLOWS = b"\x00\x00\x00\x00\x00\x00\xff\xff"


def string(value: str) -> bytes:
    return record(0x0207, text(value))


def row(index: int, *, hidden: bool = False) -> bytes:
    flags = 0x0120 if hidden else 0x0100
    return record(0x0208, struct.pack("<HHHHHHHH", index, 0, 9, 255, 0, 0, flags, 15))


def columns(first: int, last: int, *, hidden: bool = False, width: int = 2560) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", first, last, width, 15, int(hidden), 0))


def merged(*areas: tuple[int, int, int, int]) -> bytes:
    body = b"".join(struct.pack("<HHHH", *one) for one in areas)
    return record(0x00E5, struct.pack("<H", len(areas)) + body)


def drawing_object(kind: int, number_of: int) -> bytes:
    head = struct.pack("<HHHHH", 0x15, 0x12, kind, number_of, 0x6011) + bytes(12)
    return record(0x005D, head + bytes(4))


def text_object(value: str) -> bytes:
    head = struct.pack("<HH6xHH6x", 0x0212, 0, len(value), 16)
    return (
        record(0x01B6, head)
        + record(0x003C, text(value, ""))
        + record(0x003C, bytes(16))
    )  # fmt: skip


def note(row_of: int, column: int, number_of: int, author: str) -> bytes:
    return record(
        0x001C, struct.pack("<HHHH", row_of, column, 0, number_of) + text(author) + b"\x00"
    )


def name(
    label_of: str, tokens: bytes, *, hidden: bool = False, sheet: int = 0, built_in: bool = False
) -> bytes:
    flags = hidden | built_in << 5
    head = struct.pack("<HBBHHH4x", flags, 0, len(label_of), len(tokens), 0, sheet)
    return record(0x0018, head + text(label_of, "") + tokens)


def shape(properties: Mapping[int, str]) -> bytes:
    """Write a drawing of one shape with texts among its properties."""
    raw = {number_of: f"{value}\x00".encode("utf-16-le") for number_of, value in properties.items()}
    body = b"".join(struct.pack("<HI", key | 0x8000, len(one)) for key, one in raw.items())
    body += b"".join(raw.values())
    atom = struct.pack("<HHI", len(raw) << 4 | 3, 0xF00B, len(body)) + body
    holder = struct.pack("<HHI", 0xF, 0xF004, len(atom)) + atom
    return record(0x00EC, struct.pack("<HHI", 0xF, 0xF002, len(holder)) + holder)


def picture_group(picture: bytes) -> bytes:
    """Write the pictures of a workbook: one PNG."""
    blip = bytes(16) + b"\xff" + picture
    blip = struct.pack("<HHI", 0x6E0 << 4, 0xF01E, len(blip)) + blip
    store = struct.pack("<BB16xHIIIBBBB", 6, 6, 0xFF, len(blip), 1, 0, 0, 0, 0, 0) + blip
    store = struct.pack("<HHI", 6 << 4 | 2, 0xF007, len(store)) + store
    stores = struct.pack("<HHI", 1 << 4 | 0xF, 0xF001, len(store)) + store
    return record(0x00EB, struct.pack("<HHI", 0xF, 0xF000, len(stores)) + stores)


def chart(title: str, names: Sequence[str], values: Sequence[float]) -> bytes:
    """Write a chart with a title and the values it keeps."""
    body = bof(0x0020) + record(0x100D, b"\x00\x00" + text(title, "B"))
    body += record(0x1065, struct.pack("<H", 2))
    for at, one in enumerate(names):
        body += label(at, 0, one)
    for at, value in enumerate(values):
        body += number(at, 1, value)
    return body + EOF


# --- the workbook ----------------------------------------------------------------------------


@dataclass(frozen=True)
class SheetOf:
    """A sheet: its records, whether it is hidden (1) or very hidden (2), and its kind."""

    body: bytes
    state: int = 0
    kind: int = 0


def stream(
    sheets: Mapping[str, SheetOf | bytes],
    *,
    texts: Sequence[str] = (),
    extra: bytes = b"",
    epoch_1904: bool = False,
    unlisted: bytes = b"",
) -> bytes:
    """Write the stream of a workbook.

    Args:
        sheets: by name.
        texts: the shared texts.
        extra: more records that concern the whole workbook.
        epoch_1904: days are counted from 1904.
        unlisted: the records of a sheet that the workbook does not list.
    """
    listed = {key: one if isinstance(one, SheetOf) else SheetOf(one) for key, one in sheets.items()}
    head = bof(0x0005) + record(0x0042, struct.pack("<H", 1200))
    head += record(0x0022, struct.pack("<H", int(epoch_1904))) + _styles()
    tail = extra + _shared_texts(texts) + EOF
    bodies = {
        key: bof({2: 0x0020, 1: 0x0040}.get(one.kind, 0x0010)) + one.body + EOF
        for key, one in listed.items()
    }
    at = len(head) + sum(len(_listing(key, one, 0)) for key, one in listed.items()) + len(tail)
    listing = b""
    for key, one in listed.items():
        listing += _listing(key, one, at)
        at += len(bodies[key])
    whole = head + listing + tail + b"".join(bodies.values())
    return whole + (bof(0x0010) + unlisted + EOF if unlisted else b"")


def _listing(key: str, sheet: SheetOf, start: int) -> bytes:
    return record(0x0085, struct.pack("<IBB", start, sheet.state, sheet.kind) + text(key, "B"))


def _shared_texts(texts: Sequence[str]) -> bytes:
    """Write the shared texts; one that goes on in another record begins there with its flags."""
    pieces = [struct.pack("<II", len(texts), len(texts))]
    for one in texts:
        whole = text(one)
        step = 2 if whole[2] else 1
        if len(pieces[-1]) + 5 > 8224:
            pieces.append(b"")
        pieces[-1] += whole[:3]
        rest = whole[3:]
        while rest:
            room = (8224 - len(pieces[-1])) // step * step
            pieces[-1] += rest[:room]
            rest = rest[room:]
            if rest:
                pieces.append(whole[2:3])
    kinds = [0x00FC, *[0x003C] * (len(pieces) - 1)]
    return b"".join(record(one, piece) for one, piece in zip(kinds, pieces, strict=True))


def _styles() -> bytes:
    fonts = b"".join(
        record(0x0031, struct.pack("<HHHHHBBBB", height, 0, colour, weight, 0, 0, 0, 0, 0)
               + text("Arial", "B"))
        for height, colour, weight in
        [(200, 0x7FFF, 400)] * 4 + [(200, 9, 400), (200, 0x7FFF, 700), (20, 0x7FFF, 400)]
    )  # fmt: skip
    codes = {164: ";;;", 165: '"£"#,##0.00', 166: "dd/mm/yyyy"}
    formats = b"".join(
        record(0x041E, struct.pack("<H", key) + text(one)) for key, one in codes.items()
    )
    cells = {PLAIN: (0, 0), DATE: (0, 166), NOTHING: (0, 164), WHITE: (5, 0), BOLD: (6, 0),
             MONEY: (0, 165), PERCENT: (0, 9), TINY: (7, 0), FILLED: (0, 0)}  # fmt: skip
    styles = [_style(0, 0, 0xFFF5)] * 15
    styles += [_style(*cells[key], 1, ground=13 if key == FILLED else 0) for key in sorted(cells)]
    return fonts + formats + b"".join(styles)


def _style(font: int, code: int, flags: int, ground: int = 0) -> bytes:
    """Write a style; ``ground`` is the number of a colour that fills its cells."""
    colours = 0x2000 | (ground or 0x40)
    body = struct.pack("<HHHBBBBII", font, code, flags, 0x20, 0, 0, 0, 0, bool(ground) << 26)
    return record(0x00E0, body + struct.pack("<H", colours))


def workbook(
    sheets: Mapping[str, SheetOf | bytes],
    *,
    texts: Sequence[str] = (),
    extra: bytes = b"",
    streams: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write a workbook with its container."""
    return compound({"Workbook": stream(sheets, texts=texts, extra=extra), **(streams or {})})


def pivot_cache(user: str, field_of: str, values: Sequence[str], rows: int) -> bytes:
    """Write a pivot cache: a field, its values, and so many rows."""
    source = struct.pack("<IHHHHHHHH", rows, 1, 0x21, 0, 1, 1, 0, 1, len(user)) + text(user, "")
    field = struct.pack("<HHHHHHH", 0x0001, 0, 0, len(values), 0, len(values), 0) + text(field_of)
    body = record(0x00C6, source) + record(0x00C7, field)
    body += b"".join(record(0x00CD, text(one)) for one in values)
    body += b"".join(record(0x00C8, bytes([at % max(len(values), 1)])) for at in range(rows))
    return body + EOF


def properties(values: Mapping[int, str]) -> bytes:
    """Write a summary of properties."""
    listed, body = b"", b""
    start = 8 + 8 * len(values)
    for key, value in values.items():
        raw = value.encode("cp1252") + b"\x00"
        raw += bytes(-len(raw) % 4)
        listed += struct.pack("<II", key, start + len(body))
        body += struct.pack("<II", 0x1E, len(raw)) + raw
    section = struct.pack("<II", start + len(body), len(values)) + listed + body
    form = bytes.fromhex("E0859FF2F94F6810AB9108002B27B3D9")
    return struct.pack("<HHI16xI", 0xFFFE, 0, 2, 1) + form + struct.pack("<I", 48) + section
