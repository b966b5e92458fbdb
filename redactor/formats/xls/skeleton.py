"""The skeleton of an old workbook: its parts, its sheets and the texts they share.

Source: [MS-XLS] 2.1.7.20.3 (globals), 2.4.28 (BoundSheet8), 2.4.265 (SST).
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field

from redactor.errors import UnreadableDocument
from redactor.formats.base import composed
from redactor.formats.package import damaged
from redactor.formats.workbook.grid import SheetEntry
from redactor.formats.xls.compound import Compound, encrypted
from redactor.formats.xls.records import BOF, EOF, Record, Texts, records
from redactor.formats.xls.styles import Style, read_styles

_KINDS = {0: "worksheet", 1: "macrosheet", 2: "chartsheet", 6: "module"}
_STATES = ("", "hidden", "veryHidden")


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
    shared = [composed(one) for record in found if record.kind == 0x00FC for one in _shared(record)]
    styles = read_styles(found, texts, epoch_1904=epoch_1904)
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
        name = composed(texts.short(record.body, 6)[0])
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
