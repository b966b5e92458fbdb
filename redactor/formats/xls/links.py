"""What a workbook names: defined names, other workbooks, and the values it keeps of them.

Source: [MS-XLS] 2.4.150 (Lbl), 2.4.271 (SupBook), 2.4.105 (ExternSheet), 2.4.106 (ExternName),
2.4.65 (CRN), 2.4.354 (XCT).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from redactor.formats.hidden import Gathered
from redactor.formats.workbook.grid import Range
from redactor.formats.xls.formulas import ERRORS, Names, formula_text
from redactor.formats.xls.records import Record, Texts, strings_in
from redactor.formats.xls.skeleton import Book
from redactor.model import HiddenKind, column_letters

_BUILT_IN = (
    "Consolidate_Area", "Auto_Open", "Auto_Close", "Extract", "Database", "Criteria",
    "Print_Area", "Print_Titles", "Recorder", "Data_Form", "Auto_Activate", "Auto_Deactivate",
    "Sheet_Title", "_FilterDatabase",
)  # fmt: skip
_NAME, _BOOK, _SHEETS, _OUTSIDE, _COUNT, _VALUES = 0x0018, 0x01AE, 0x0017, 0x0023, 0x0059, 0x005A


_NO_SHEET = -2


@dataclass(slots=True)
class _Label:
    """A defined name as it lies in the file."""

    name: str
    tokens: bytes
    sheet: int
    hidden: bool
    built_in: bool
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Links:
    """What a workbook names.

    Attributes:
        names: for writing formulas out.
        targets: what each defined name refers to, by its name in lower case.
        print_areas, title_rows: by the index of the sheet.
    """

    names: Names
    targets: dict[str, str] = field(default_factory=dict)
    print_areas: dict[int, Range] = field(default_factory=dict)
    title_rows: dict[int, int] = field(default_factory=dict)


def read_links(book: Book, gathered: Gathered) -> Links:
    """Read what a workbook names, and gather it."""
    labels = [_label(one.body, book.texts) for one in book.globals if one.kind == _NAME]
    names = Names(
        book.texts,
        tuple(one.name for one in labels),
        tuple(_sheet_references(book)),
        dict(_outside_names(book)),
    )
    links = Links(names)
    for one in labels:
        _gather_label(one, book, links, gathered)
    gathered.count(
        HiddenKind.DEFINED_NAME,
        book.name,
        sum(1 for one in labels if not one.built_in),
        "defined names",
    )
    _gather_outside(book, gathered)
    return links


# --- defined names ---------------------------------------------------------------------------


def _label(body: bytes, texts: Texts) -> _Label:
    flags, _, length, size = struct.unpack_from("<HBBH", body)
    (sheet,) = struct.unpack_from("<H", body, 8)
    built_in = bool(flags & 0x20)
    name, at = texts.bare(body, 14, length)
    if built_in and len(name) == 1 and ord(name) < len(_BUILT_IN):
        name = _BUILT_IN[ord(name)]
    label = _Label(name, body[at : at + size], sheet, bool(flags & 1), built_in)
    at += size
    for count in body[10:14]:
        if count and at < len(body):
            text, at = texts.bare(body, at, count)
            label.words.append(text)
    return label


def _gather_label(label: _Label, book: Book, links: Links, gathered: Gathered) -> None:
    refers = formula_text(label.tokens, links.names)
    if not label.built_in:
        links.targets[label.name.lower()] = refers
    elif 0 < label.sheet <= len(book.sheets):
        _note_printing(label, refers, links)
    if label.built_in and label.name in {"Print_Area", "Print_Titles", "_FilterDatabase"}:
        return
    text = f"{label.name} = {refers}" + "".join(f" ({one})" for one in label.words)
    part = f"{book.name}/{'hidden ' if label.hidden else ''}defined-name"
    gathered.add(HiddenKind.DEFINED_NAME, part, text, book.name)


def _note_printing(label: _Label, refers: str, links: Links) -> None:
    sheet = label.sheet - 1
    if label.name == "Print_Area":
        found = re.fullmatch(r"[^,]*!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", refers)
        if found is not None:
            left, top, right, bottom = found.groups()
            links.print_areas[sheet] = (
                int(top) - 1, _column(left), int(bottom) - 1, _column(right),
            )  # fmt: skip
    elif label.name == "Print_Titles":
        found = re.search(r"\$A\$1:\$IV\$(\d+)", refers)
        if found is not None:
            links.title_rows[sheet] = int(found[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


# --- other workbooks -------------------------------------------------------------------------


def _books(book: Book) -> list[tuple[str, list[str]]]:
    """Give the workbooks that this one draws on: their address and the names of their sheets."""
    found: list[tuple[str, list[str]]] = []
    for record in book.globals:
        if record.kind != _BOOK:
            continue
        sheets, length = struct.unpack_from("<HH", record.body)
        if length in {0x0401, 0x3A01} or len(record.body) <= 4:
            found.append(("", []))
            continue
        address, at = book.texts.bare(record.body, 4, length)
        names: list[str] = []
        while at + 3 <= len(record.body) and len(names) < sheets:
            name, at = book.texts.long(record.body, at, record.breaks)
            names.append(name)
        found.append((plain_address(address), names))
    return found


def plain_address(encoded: str) -> str:
    r"""Write an encoded path as people do: ``\x01`` begins it, ``\x03`` parts folders (2.5.277)."""
    drive = re.sub(r"^\x01\x01(.)", lambda found: f"{found[1]}:\\", encoded)
    return re.sub(r"[\x00-\x1f]+", r"\\", drive).strip("\\")


def _sheet_references(book: Book) -> Iterable[str]:
    """Give what each number of a reference to sheets means."""
    if not book.biff8:
        return
    books = _books(book)
    for record in book.globals:
        if record.kind != _SHEETS:
            continue
        (count,) = struct.unpack_from("<H", record.body)
        for at in range(2, min(2 + 6 * count, len(record.body) - 5), 6):
            number, first, last = struct.unpack_from("<Hhh", record.body, at)
            address, names = books[number] if number < len(books) else ("", [])
            own = [one.name for one in book.sheets]
            known = names if address else own
            ends = [known[one] for one in dict.fromkeys((first, last)) if 0 <= one < len(known)]
            sheets = ":".join(ends)
            if first == _NO_SHEET:  # the sheet that the name is used on
                yield ""
            else:
                yield (_quoted(f"[{address}]{sheets}" if address else sheets) or "#REF") + "!"


def _quoted(name: str) -> str:
    if re.fullmatch(r"[A-Za-z_][\w.]*", name) or not name:
        return name
    return "'" + name.replace("'", "''") + "'"


def _outside_names(book: Book) -> Iterable[tuple[tuple[int, int], str]]:
    """Give the names of other workbooks and of add-ins, by sheet reference and number."""
    if not book.biff8:
        return
    current, number = -1, 0
    by_book: dict[int, list[str]] = {}
    for record in book.globals:
        if record.kind == _BOOK:
            current += 1
        elif record.kind == _OUTSIDE and len(record.body) > 7:
            by_book.setdefault(current, []).append(book.texts.short(record.body, 6)[0])
    for record in book.globals:
        if record.kind == _SHEETS:
            for at in range(2, len(record.body) - 5, 6):
                which = struct.unpack_from("<H", record.body, at)[0]
                for index, name in enumerate(by_book.get(which, ())):
                    yield (number, index + 1), name
                number += 1


def _gather_outside(book: Book, gathered: Gathered) -> None:
    kind, part = HiddenKind.EXTERNAL_LINK, f"{book.name}/external-link"
    values: list[str] = []
    for address, sheets in _books(book) if book.biff8 else ():
        if address:
            gathered.add_all(kind, part, [address, *sheets], book.name)
    for record in book.globals:
        if record.kind == _VALUES:
            values += cached_values(record, book.texts)
        elif record.kind == _OUTSIDE and len(record.body) > 7:
            name, at = book.texts.short(record.body, 6)
            gathered.add_all(kind, part, [name, *strings_in(record.body[at:])], book.name)
        elif record.kind == _SHEETS and not book.biff8:
            gathered.add_all(kind, part, [plain_address(_old_address(record, book))], book.name)
    gathered.add_all(kind, f"{part}/values", values, book.name)
    gathered.count(kind, book.name, len(values), "cached values")


def _old_address(record: Record, book: Book) -> str:
    return book.texts.short(record.body, 0)[0] if len(record.body) > 2 else ""


def cached_values(record: Record, texts: Texts) -> list[str]:
    """Give the values of other workbooks' cells that one record keeps, each with its cell."""
    body = record.body
    _, first, row = struct.unpack_from("<BBH", body)
    at, column, found = 4, first, []
    while at < len(body):
        kind = body[at]
        if kind == 2:
            text, at = texts.long(body, at + 1, record.breaks)
        else:
            text = _cached(kind, body[at + 1 : at + 9])
            at += 9
        if text:
            found.append(f"{column_letters(column)}{row + 1}: {text}")
        column += 1
    return found


def _cached(kind: int, data: bytes) -> str:
    if kind == 1 and len(data) == 8:
        return f"{struct.unpack('<d', data)[0]:.15g}"
    if kind == 4:
        return "TRUE" if data[:1] == b"\x01" else "FALSE"
    return ERRORS.get(data[0], "") if kind == 16 and data else ""
