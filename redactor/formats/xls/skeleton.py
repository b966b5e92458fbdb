"""The skeleton of an old workbook: its sheets, shared texts and styles.

Source: [MS-XLS] 2.1.7.20.3 (globals), 2.4.28 (BoundSheet8), 2.4.265 (SST), 2.4.353 (XF), 2.4.122
(Font), 2.4.126 (Format), 2.4.188 (Palette); for BIFF5, OpenOffice.org's "Microsoft Excel File
Format" 5.49, 5.115.
"""

from __future__ import annotations

import codecs
import struct
import unicodedata
from dataclasses import dataclass, field

from redactor.content import PLAIN_LOOK, Align, CellLook
from redactor.errors import UnreadableDocument
from redactor.formats.number_codes import BUILT_IN, GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.package import damaged
from redactor.formats.workbook.grid import SheetEntry
from redactor.formats.xls.compound import Compound, encrypted
from redactor.formats.xls.records import BOF, EOF, Record, Texts, records

_KINDS = {0: "worksheet", 1: "macrosheet", 2: "chartsheet", 6: "module"}
_STATES = ("", "hidden", "veryHidden")
_ALIGN: dict[int, Align] = {1: "left", 2: "center", 3: "right", 5: "justify", 6: "center"}
_WHITE = 0xFFFFFF
_RGB = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080"
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF"
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF"
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99"
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696"
    "003366 339966 003300 333300 993300 993366 333399 333333"
)
#: The colours 8 to 63 where a workbook brings none of its own (2.5.161, Icv).
_PALETTE = tuple(int.from_bytes(_RGB[at : at + 3]) for at in range(0, len(_RGB), 3))


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a cell's style: how it shows numbers, its look, whether it is invisible."""

    number_format: NumberFormat
    look: CellLook = PLAIN_LOOK
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the stream between BOF and its EOF: the globals, a sheet, a chart."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Book:
    """An old workbook, opened.

    Attributes:
        stream: the records of the whole workbook; ``name`` is the stream's.
        globals: the records that concern the whole workbook.
        parts: the sheets' stretches of the stream by where they begin.
        starts: where the part of each sheet begins, by its index.
        biff8: it was written by Excel 97 or later.
    """

    name: str
    stream: bytes = field(repr=False)
    globals: tuple[Record, ...] = field(repr=False)
    sheets: tuple[SheetEntry, ...]
    parts: dict[int, Part]
    starts: tuple[int, ...]
    shared: list[str] = field(repr=False)
    styles: tuple[Style, ...]
    texts: Texts
    biff8: bool
    epoch_1904: bool


def tidy(text: str) -> str:
    """Give a text as segments hold it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def open_book(compound: Compound) -> Book:
    """Open the workbook of a compound file.

    Raises:
        UnreadableDocument: it holds none, or one that is encrypted, too old or damaged.
    """
    name = next((one for one in compound.streams if one.lower() in {"workbook", "book"}), "")
    if not name:
        raise UnreadableDocument(
            "The file is an old Office file, but not a workbook.",
            "Open it in its own program, save it as .docx or PDF, and add that.",
            "wrong-type",
        )
    if {"workbook", "book"} <= {one.lower() for one in compound.streams}:
        name = next(one for one in compound.streams if one.lower() == "workbook")
    stream = compound.streams[name]
    biff8 = _version(stream)
    parts = _parts(stream)
    if not parts:
        raise damaged("its workbook has no records")
    first = next(iter(parts.values()))
    found = tuple(records(stream, first.start, first.end))
    if any(one.kind == 0x002F for one in found):
        raise encrypted()
    texts = Texts(wide=biff8, encoding=_encoding(found))
    epoch_1904 = any(one.kind == 0x0022 and one.body[:1] == b"\x01" for one in found)
    sheets, starts = _sheets(found, texts)
    shared = [tidy(one) for record in found if record.kind == 0x00FC for one in _shared(record)]
    styles = _styles(found, texts, epoch_1904=epoch_1904)
    return Book(
        name, stream, found, sheets, parts, starts, shared, styles, texts, biff8, epoch_1904
    )


def _version(stream: bytes) -> bool:
    if len(stream) < 8:
        raise damaged("its workbook has no records")
    kind, _, version = struct.unpack_from("<HHH", stream)
    if kind == BOF and version == 0x0600:
        return True
    if kind == BOF and version == 0x0500:
        return False
    if kind & 0xFF == 0x09 and kind >> 8 in {0x00, 0x02, 0x04, 0x08}:
        raise UnreadableDocument(
            "The file was saved by a version of Excel before 5.0.",
            "Open it in Excel, save it as .xlsx, and add that.",
            "unsupported",
        )
    raise damaged("its workbook does not begin as one")


def _parts(stream: bytes) -> dict[int, Part]:
    """Cut the stream into its parts; charts within a sheet stay within it."""
    parts: dict[int, Part] = {}
    depth, begun, at = 0, 0, 0
    size = len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        stop = at + 4 + length
        if stop > size:
            break
        if kind == BOF:
            begun = begun if depth else at
            depth += 1
        elif kind == EOF and depth:
            depth -= 1
            if not depth:
                parts[begun] = Part(begun, stop)
        elif not depth:
            break  # what comes after the last part is left over
        at = stop
    if depth:
        raise UnreadableDocument(
            "The file is cut off: its end is missing.", "Ask for it to be sent again.", "truncated"
        )
    return parts


def _encoding(found: tuple[Record, ...]) -> str:
    for one in found:
        if one.kind == 0x0042 and len(one.body) >= 2:
            (page,) = struct.unpack_from("<H", one.body)
            name = {0x8000: "mac_roman", 0x8001: "cp1252", 367: "ascii"}.get(page, f"cp{page}")
            try:
                return codecs.lookup(name).name
            except LookupError:
                return "cp1252"
    return "cp1252"


def _sheets(
    found: tuple[Record, ...], texts: Texts
) -> tuple[tuple[SheetEntry, ...], tuple[int, ...]]:
    entries: list[SheetEntry] = []
    starts: list[int] = []
    for record in found:
        if record.kind != 0x0085:
            continue
        start, state, kind = struct.unpack_from("<IBB", record.body)
        name = tidy(texts.short(record.body, 6)[0])
        index = len(entries)
        entries.append(
            SheetEntry(
                index,
                name or f"Sheet {index + 1}",
                _STATES[min(state & 3, 2)],
                f"sheet:{index + 1}",
                _KINDS.get(kind, "unknown"),
            )
        )
        starts.append(start)
    if not entries:
        raise damaged("its workbook lists no sheets")
    if len({one.name.lower() for one in entries}) != len(entries):
        raise damaged("two of its sheets have the same name")
    if len(set(starts)) != len(starts):
        raise damaged("two of its sheets are the same part")
    return tuple(entries), tuple(starts)


def _shared(record: Record) -> list[str]:
    """Read the shared texts (2.4.265); as many as there are, whatever is declared."""
    body = record.body
    (declared,) = struct.unpack_from("<I", body, 4)
    reader = Texts(wide=True)
    texts: list[str] = []
    at = 8
    while len(texts) < declared and at + 3 <= len(body):
        text, at = reader.long(body, at, record.breaks)
        texts.append(text)
    return texts


# --- styles ----------------------------------------------------------------------------------


def _styles(found: tuple[Record, ...], texts: Texts, *, epoch_1904: bool) -> tuple[Style, ...]:
    codes = dict(BUILT_IN)
    fonts: list[tuple[bool, bool, int]] = []
    palette = list(_PALETTE)
    for record in found:
        if record.kind == 0x041E and len(record.body) > 3:
            (number,) = struct.unpack_from("<H", record.body)
            codes[number] = _code(record.body, texts) or codes.get(number, GENERAL)
        elif record.kind == 0x0031 and len(record.body) >= 8:
            _, flags, colour, weight = struct.unpack_from("<HHHH", record.body)
            fonts.append((weight >= 600, bool(flags & 2), colour))
        elif record.kind == 0x0092:
            palette = _own_palette(record.body, palette)
    formats: dict[str, NumberFormat] = {}
    styles: list[Style] = []
    for record in found:
        if record.kind != 0x00E0 or len(record.body) < 12:
            continue
        font, number = struct.unpack_from("<HH", record.body)
        code = codes.get(number, GENERAL)
        if code not in formats:
            formats[code] = NumberFormat(code, epoch_1904=epoch_1904)
        index = font - 1 if font > 4 else font  # there is no font 4 (2.5.129, FontIndex)
        bold, italic, ink = fonts[index] if index < len(fonts) else (False, False, 0x7FFF)
        ground = _ground(record.body, texts)
        styles.append(
            Style(
                formats[code],
                _look(record.body, texts, bold=bold, italic=italic),
                invisible=_colour(ink, palette, 0) == _colour(ground, palette, _WHITE),
            )
        )
    return tuple(styles) or (Style(NumberFormat(GENERAL, epoch_1904=epoch_1904)),)


def _code(body: bytes, texts: Texts) -> str:
    """Give a format code; empty where there is none, as some programs write for a built-in one.

    Some declare a character more than they wrote; what is there counts.
    """
    if not texts.wide:
        return texts.bare(body, 3, body[2])[0]
    (length,) = struct.unpack_from("<H", body, 2)
    most = (len(body) - 5) // (2 if body[4] & 1 else 1)
    return texts.bare(body, 4, min(length, most))[0] if length else ""


def _own_palette(body: bytes, palette: list[int]) -> list[int]:
    (count,) = struct.unpack_from("<H", body)
    own = list(palette)
    for index in range(min(count, len(own), (len(body) - 2) // 4)):
        red, green, blue = body[2 + 4 * index : 5 + 4 * index]
        own[index] = red << 16 | green << 8 | blue
    return own


def _ground(body: bytes, texts: Texts) -> int:
    """Give the colour that a cell is filled with; -1 for a pattern of two colours."""
    if texts.wide:
        pattern = struct.unpack_from("<I", body, 14)[0] >> 26 & 0x3F
        fore = struct.unpack_from("<H", body, 18)[0] & 0x7F
    else:
        (area,) = struct.unpack_from("<I", body, 8)
        pattern, fore = area >> 16 & 0x3F, area & 0x7F
    if pattern == 0:
        return 65
    return int(fore) if pattern == 1 else -1


def _colour(index: int, palette: list[int], automatic: int) -> int:
    """Give a colour as a number; the eight first ones are fixed (2.5.161)."""
    if index < 0:
        return -1
    if index < 8:
        return _PALETTE[index]
    if index < 64 and index - 8 < len(palette):
        return palette[index - 8]
    return _WHITE if index in {65, 78} else automatic


def _look(body: bytes, texts: Texts, *, bold: bool, italic: bool) -> CellLook:
    align = body[6]
    borders = struct.unpack_from("<H", body, 10)[0] if texts.wide else 0
    ruled = all(borders >> side & 0xF for side in (0, 4, 8, 12))
    return CellLook(
        bold=bold,
        italic=italic,
        wrap=bool(align & 0x08),
        align=_ALIGN.get(align & 7, ""),
        ruled=ruled,
    )
