"""The skeleton of a binary workbook: its sheets, shared texts, styles and names ([MS-XLSB] 2.4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from redactor.content import PLAIN_LOOK, Align, CellLook
from redactor.formats.base import composed
from redactor.formats.binary_text import readable_strings
from redactor.formats.hidden import Gathered
from redactor.formats.number_codes import BUILT_IN, GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.package import Package, damaged
from redactor.formats.workbook.grid import SheetEntry
from redactor.formats.workbook.looks import nearest_fill
from redactor.formats.xls.formulas import Names
from redactor.formats.xlsb.formulas import binary_formula, names_of, split_formula
from redactor.formats.xlsb.records import records, short, text, texts_in, whole
from redactor.formats.xlsx.styles import Style
from redactor.model import HiddenKind

_BUNDLE, _PROPERTIES, _NAME, _SHEETS_OF = 156, 153, 39, 362
#: Books that formulas point at: another, this one, this one's sheet, an add-in.
_BOOKS = frozenset({355, 357, 358, 667})
_OWN_BOOK = 357
_ITEM = 19
_FORMAT, _FONT, _FILL, _XF = 44, 43, 45, 47
_CELL_XFS, _END_CELL_XFS = 617, 618
_STATES = {0: "", 1: "hidden", 2: "veryHidden"}
#: Records of the skeleton that hold no words of people.
_DULL = frozenset({128, 131, 132, 135, 136, 143, 144, 157, 158, 387, 411, 412, 638, 2071, 2091})
_ALIGNMENTS: dict[int, Align] = {1: "left", 2: "center", 3: "right", 5: "justify", 6: "center"}
_WHITE = (9, 1)
_TINY_TWIPS = 40


@dataclass(frozen=True, slots=True)
class BinaryBook:
    """A binary workbook, opened."""

    package: Package
    sheets: tuple[SheetEntry, ...]
    texts: list[str] = field(repr=False)
    used: bytearray = field(repr=False)
    styles: tuple[Style, ...]
    known: frozenset[str]
    names: Names
    meanings: dict[str, str] = field(repr=False)

    def shared(self, index: int) -> str:
        """Give a shared text and remember that it is used.

        Raises:
            UnreadableDocument: there is no such text.
        """
        if index >= len(self.texts):
            raise damaged("a cell points at a text that is not there")
        self.used[index] = 1
        return self.texts[index]

    def style(self, index: int) -> Style:
        """Give a style.

        Raises:
            UnreadableDocument: there is no such style.
        """
        if index >= len(self.styles):
            raise damaged("a cell has a style that is not there")
        return self.styles[index]


def open_binary_book(untrusted: bytes, gathered: Gathered) -> BinaryBook:
    """Open a binary workbook; gathers what its skeleton hides.

    Raises:
        UnreadableDocument: damaged, encrypted, or it holds no sheet at all.
    """
    package = Package(untrusted)
    main = next(iter(package.related("", "officeDocument")), "")
    if not main:
        raise damaged("it does not say where its workbook is")
    frame = _frame(package, main, gathered)
    _require_sheets(frame.entries)
    known = {main}
    styles: tuple[Style, ...] = ()
    for part in package.related(main, "styles")[:1]:
        styles = _styles(package.read(part), part, gathered, epoch_1904=frame.epoch_1904)
        known.add(part)
    texts: list[str] = []
    for part in package.related(main, "sharedStrings")[:1]:
        texts = _shared(package.read(part), part, gathered)
        known.add(part)
    names, meanings = _defined(frame, main, gathered)
    plain = (Style(NumberFormat(GENERAL, epoch_1904=frame.epoch_1904)),)
    return BinaryBook(
        package,
        tuple(frame.entries),
        texts,
        bytearray(len(texts)),
        styles or plain,
        frozenset(known),
        names,
        meanings,
    )


@dataclass(slots=True)
class _Frame:
    """What the main part says."""

    epoch_1904: bool = False
    entries: list[SheetEntry] = field(default_factory=list)
    defined: list[bytes] = field(default_factory=list)
    books: list[int] = field(default_factory=list)
    pointed: bytes = b""


def _frame(package: Package, main: str, gathered: Gathered) -> _Frame:
    frame = _Frame()
    for kind, data in records(package.read(main), main):
        if kind == _BUNDLE:
            frame.entries.append(_entry(package, main, data, len(frame.entries)))
        elif kind == _PROPERTIES:
            frame.epoch_1904 = bool(whole(data, 0) & 1)
            gathered.add_all(HiddenKind.SETTINGS, f"{main}/settings", texts_in(data), main)
        elif kind == _NAME:
            frame.defined.append(data)
        elif kind in _BOOKS:
            frame.books.append(kind)
            gathered.add_all(HiddenKind.EXTERNAL_LINK, f"{main}/links", texts_in(data), main)
        elif kind == _SHEETS_OF:
            frame.pointed = data
        elif kind not in _DULL:
            gathered.add_all(HiddenKind.OTHER, f"{main}/other", texts_in(data), main)
    return frame


def _pointed(frame: _Frame) -> tuple[str, ...]:
    """Say what references to sheets mean, by their number (BrtExternSheet)."""
    data, books, entries = frame.pointed, frame.books, frame.entries
    found: list[str] = []
    for at in range(4, len(data) - 11, 12):
        book, first, last = (whole(data, at + step) for step in (0, 4, 8))
        if book >= len(books) or books[book] != _OWN_BOOK:
            found.append(f"[{book}]…!")
        elif first < len(entries) and last < len(entries):
            ends = dict.fromkeys((entries[first].name, entries[last].name))
            found.append("'" + ":".join(one.replace("'", "''") for one in ends) + "'!")
        else:
            found.append("…!")
    return tuple(found)


def _defined(frame: _Frame, main: str, gathered: Gathered) -> tuple[Names, dict[str, str]]:
    """Gather the defined names, each with what it means; gives them by number and by name."""
    titles = tuple(text(one, 9)[0] for one in frame.defined)
    names = names_of(titles, _pointed(frame))
    meanings: dict[str, str] = {}
    for title, one in zip(titles, frame.defined, strict=True):
        _, end = text(one, 9)
        tokens, rest = split_formula(one, end)
        meaning = binary_formula(tokens, names, 0, 0)
        meanings[title.lower()] = meaning
        words = [title, meaning, *texts_in(rest), *readable_strings(one[end:])]
        said = " = ".join(dict.fromkeys(word for word in words if word))
        gathered.add(HiddenKind.DEFINED_NAME, f"{main}/defined-name", said, main)
        gathered.count(HiddenKind.DEFINED_NAME, main, 1, "defined names")
    return names, meanings


def _entry(package: Package, main: str, data: bytes, index: int) -> SheetEntry:
    state = _STATES.get(whole(data, 0))
    arrow_id, at = text(data, 8)
    name, _ = text(data, at)
    arrow = next((one for one in package.relationships(main) if one.id == arrow_id), None)
    part = package.resolve(arrow.target) if arrow is not None else ""
    if state is None or arrow is None or arrow.external or not package.has(part):
        raise damaged(f"sheet {index + 1} is missing")
    return SheetEntry(index, composed(name) or f"Sheet {index + 1}", state, part, arrow.kind)


def _require_sheets(entries: list[SheetEntry]) -> None:
    if not entries:
        raise damaged("its workbook lists no sheets")
    if len({one.name.lower() for one in entries}) != len(entries):
        raise damaged("two of its sheets have the same name")
    if len({one.part for one in entries}) != len(entries):
        raise damaged("two of its sheets are the same part")


def _shared(data: bytes, part: str, gathered: Gathered) -> list[str]:
    texts: list[str] = []
    for kind, item in records(data, part):
        if kind == _ITEM:
            words, end = text(item, 1)
            texts.append(composed(words))
            gathered.add_all(HiddenKind.OTHER, f"{part}/reading aid", texts_in(item[end:]), part)
        elif kind not in {159, 160}:
            gathered.add_all(HiddenKind.OTHER, f"{part}/other", texts_in(item), part)
    return texts


# --- styles -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Letters:
    bold: bool = False
    italic: bool = False
    colour: str = ""
    tiny: bool = False


def _styles(data: bytes, part: str, gathered: Gathered, *, epoch_1904: bool) -> tuple[Style, ...]:
    codes = dict(BUILT_IN)
    fonts: list[_Letters] = []
    fills: list[str] = []
    found: list[bytes] = []
    inside = False
    for kind, record in records(data, part):
        if kind == _FORMAT:
            code, _ = text(record, 2)
            codes[short(record, 0)] = code
            words = [one for one in code.split('"')[1::2] if any(map(str.isalpha, one))]
            gathered.add_all(HiddenKind.SETTINGS, f"{part}/formats", words, part)
        elif kind == _FONT:
            fonts.append(_letters(record))
        elif kind == _FILL:
            fills.append(_colour(record[4:12]) if whole(record, 0) == 1 else "")
        elif kind in {_CELL_XFS, _END_CELL_XFS}:
            inside = kind == _CELL_XFS
        elif kind == _XF and inside:
            found.append(record)
        elif kind == 48:
            gathered.add_all(HiddenKind.SETTINGS, f"{part}/style-names", texts_in(record), part)
    formats: dict[str, NumberFormat] = {}
    return tuple(_style(one, codes, fonts, fills, formats, epoch_1904=epoch_1904) for one in found)


def _style(
    record: bytes,
    codes: dict[int, str],
    fonts: list[_Letters],
    fills: list[str],
    formats: dict[str, NumberFormat],
    *,
    epoch_1904: bool,
) -> Style:
    code = codes.get(short(record, 2), GENERAL)
    if code not in formats:
        formats[code] = NumberFormat(code, epoch_1904=epoch_1904)
    number, ground = short(record, 4), short(record, 6)
    letters = fonts[number] if number < len(fonts) else _Letters()
    fill = fills[ground] if ground < len(fills) else ""
    flags = short(record, 12)
    look = CellLook(
        bold=letters.bold,
        italic=letters.italic,
        wrap=bool(flags >> 6 & 1),
        align=_ALIGNMENTS.get(flags & 7, ""),
        fill=nearest_fill(fill) if fill and fill != "FFFFFF" else "",
    )
    return Style(
        formats[code],
        PLAIN_LOOK if look == PLAIN_LOOK else look,
        invisible=bool(letters.colour) and letters.colour == (fill or "FFFFFF"),
        tiny=letters.tiny,
    )


def _letters(record: bytes) -> _Letters:
    return _Letters(
        bold=short(record, 4) >= 600,
        italic=bool(short(record, 2) & 2),
        colour=_colour(record[12:20]),
        tiny=0 < short(record, 0) < _TINY_TWIPS,
    )


def _colour(data: bytes) -> str:
    """Give a colour as six digits; empty where it is automatic or of the theme and not white."""
    if len(data) < 8:
        raise damaged("a record is shorter than it must be")
    kind, index = data[0] >> 1, data[1]
    if kind == 1:
        return "FFFFFF" if index in _WHITE else ""
    if kind == 2:
        return data[4:7].hex().upper()
    if kind == 3 and index == 0 and data[2:4] == b"\x00\x00":
        return "FFFFFF"
    return ""
