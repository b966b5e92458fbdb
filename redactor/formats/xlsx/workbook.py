"""The skeleton of a workbook: its sheets, shared texts and styles.

Source of the markup: ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TypeVar

from lxml import etree

from redactor.content import PLAIN_LOOK, CellLook
from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, gather_element
from redactor.formats.number_codes import BUILT_IN, GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.package import REL, Package, damaged, is_element, local_name
from redactor.formats.workbook.grid import SheetEntry
from redactor.model import HiddenKind

_T = TypeVar("_T")
BOLD = CellLook(bold=True)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE_INDEXES = {"1", "9"}  # of the 64 old colours (18.8.27)
_WORKBOOK_DULL = frozenset(
    {"fileVersion", "bookViews", "sheets", "calcPr", "externalReferences", "pivotCaches",
     "oleSize", "fileRecoveryPr", "workbookPr"}
)  # fmt: skip
_WORKBOOK_KINDS = {
    "definedNames": HiddenKind.DEFINED_NAME,
    "customWorkbookViews": HiddenKind.SETTINGS,
    "fileSharing": HiddenKind.METADATA,
    "AlternateContent": HiddenKind.METADATA,  # x15ac:absPath, the author's folder
    "smartTagTypes": HiddenKind.CUSTOM_XML,
    "webPublishing": HiddenKind.SETTINGS,
    "webPublishObjects": HiddenKind.SETTINGS,
    "workbookProtection": HiddenKind.SETTINGS,
    "revisionPtr": HiddenKind.METADATA,
    "functionGroups": HiddenKind.MACRO,
}
_LOCKS = ("hashValue", "saltValue", "workbookPassword", "workbookHashValue", "workbookSaltValue",
          "reservationPassword", "revisionsPassword")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a cell's style: how it shows numbers, its look, whether it is invisible."""

    number_format: NumberFormat
    look: CellLook = PLAIN_LOOK
    invisible: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook, opened."""

    package: Package
    main: str
    sheets: tuple[SheetEntry, ...]
    texts: list[str] = field(repr=False)
    styles: tuple[Style, ...]
    epoch_1904: bool
    known: frozenset[str]


def unescape(text: str) -> str:
    """Turn ``_x0041_`` into the character it stands for (18.18.19)."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def tidy(text: str) -> str:
    """Give a text as segments hold it."""
    text = unescape(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def open_workbook(untrusted: bytes, gathered: Gathered) -> Workbook:
    """Open a workbook; gathers what its skeleton hides.

    Raises:
        UnreadableDocument: damaged, or it holds no sheet at all.
    """
    package = Package(untrusted)
    main = _main_part(package)
    root = package.tree(main)
    if local_name(root) != "workbook":
        raise damaged(f"part {main} is not a workbook")
    sheets = _sheets(package, main, root)
    epoch_1904 = any(
        (one.get("date1904") or "").lower() in {"1", "true", "on"}
        for one in _children(root, "workbookPr")
    )
    known = {main}
    styles: tuple[Style, ...] = ()
    for part in package.related(main, "styles")[:1]:
        styles = _styles(package, part, gathered, epoch_1904=epoch_1904)
        known.add(part)
    texts: list[str] = []
    for part in package.related(main, "sharedStrings")[:1]:
        texts = _shared_texts(package, part, gathered)
        known.add(part)
    _gather_workbook(root, main, gathered)
    return Workbook(
        package,
        main,
        sheets,
        texts,
        styles or (Style(NumberFormat(GENERAL, epoch_1904=epoch_1904)),),
        epoch_1904,
        frozenset(known),
    )


def _main_part(package: Package) -> str:
    found = package.related("", "officeDocument")
    if not found:
        raise damaged("it does not say where its workbook is")
    if "binary" in package.content_type(found[0]) or found[0].endswith(".bin"):
        raise UnreadableDocument(
            "The file is a binary workbook (.xlsb), whatever it is called.",
            "Open it in Excel, save it as .xlsx, and add that.",
            "wrong-type",
        )
    return found[0]


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in root if is_element(one) and local_name(one) == name]


def _sheets(package: Package, main: str, root: etree._Element) -> tuple[SheetEntry, ...]:
    arrows = {one.id: one for one in package.relationships(main)}
    listed = [one for group in _children(root, "sheets") for one in group if is_element(one)]
    entries: list[SheetEntry] = []
    for index, element in enumerate(listed):
        arrow = arrows.get(str(element.get(f"{{{REL}}}id")))
        part = package.resolve(arrow.target) if arrow else ""
        if arrow is None or arrow.external or not package.has(part):
            raise damaged(f"sheet {index + 1} of {len(listed)} is missing")
        name = tidy(str(element.get("name") or f"Sheet {index + 1}"))
        entries.append(SheetEntry(index, name, str(element.get("state") or ""), part, arrow.kind))
    if not entries:
        raise damaged("its workbook lists no sheets")
    if len({one.name.lower() for one in entries}) != len(entries):
        raise damaged("two of its sheets have the same name")
    if len({one.part for one in entries}) != len(entries):
        raise damaged("two of its sheets are the same part")
    return tuple(entries)


def _gather_workbook(root: etree._Element, main: str, gathered: Gathered) -> None:
    for element in root:
        if not is_element(element):
            gathered.add(HiddenKind.OTHER, main, element.text or "")
            continue
        name = local_name(element)
        if name == "workbookPr":
            gathered.add(HiddenKind.SETTINGS, main, _code_name(element))
        if name in _WORKBOOK_DULL:
            continue
        if name == "definedNames":
            names = _children(element, "definedName")
            for one in names:
                _gather_name(one, main, gathered)
            gathered.count(HiddenKind.DEFINED_NAME, main, len(names), "names")
            continue
        kind = _WORKBOOK_KINDS.get(name, HiddenKind.OTHER)
        gather_element(element, kind, f"{main}/{kind.value}", gathered, main)
        locks = [str(element.get(key)) for key in _LOCKS if element.get(key)]
        gathered.add_all(kind, f"{main}/protection", locks, main)


def _code_name(element: etree._Element) -> str:
    name = str(element.get("codeName") or "")
    return "" if name in {"ThisWorkbook", "DieseArbeitsmappe"} else name


def _gather_name(element: etree._Element, main: str, gathered: Gathered) -> None:
    words = [str(element.get("name") or ""), (element.text or "").strip()]
    words += [
        str(element.get(key) or "") for key in ("comment", "description", "help", "statusBar")
    ]
    text = " = ".join(words[:2]) + "".join(f" ({one})" for one in words[2:] if one)
    gathered.add(HiddenKind.DEFINED_NAME, f"{main}/defined-name", unescape(text), main)


# --- shared texts ----------------------------------------------------------------------------


def _shared_texts(package: Package, part: str, gathered: Gathered) -> list[str]:
    texts: list[str] = []
    for item in package.rows(part, "{*}si"):
        texts.append(item_text(item))
        for phonetic in item.iter("{*}rPh"):
            gathered.add(HiddenKind.OTHER, part, "".join(str(one) for one in phonetic.itertext()))
    return texts


def item_text(item: etree._Element) -> str:
    """Give the text of a shared or inline string: its runs joined, without reading aids."""
    if len(item) == 1 and not len(item[0]):
        return tidy(item[0].text or "")
    pieces: list[str] = []
    for child in item:
        name = local_name(child) if is_element(child) else ""
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [
                one.text or "" for one in child if is_element(one) and local_name(one) == "t"
            ]
    return tidy("".join(pieces))


# --- styles ----------------------------------------------------------------------------------


def _styles(
    package: Package, part: str, gathered: Gathered, *, epoch_1904: bool
) -> tuple[Style, ...]:
    root = package.tree(part)
    groups = {local_name(one): one for one in root if is_element(one)}
    codes = dict(BUILT_IN)
    for one in groups.get("numFmts", ()):
        code = unescape(str(one.get("formatCode") or ""))
        codes[_whole(one.get("numFmtId"))] = code
        words = re.findall(r'"([^"]*[^\W\d_][^"]*)"', code)
        gathered.add_all(HiddenKind.SETTINGS, f"{part}/formats", words, part)
    fonts = [_font(one) for one in groups.get("fonts", ()) if is_element(one)]
    fills = [_fill_colour(one) for one in groups.get("fills", ()) if is_element(one)]
    own_names = [
        str(one.get("name")) for one in groups.get("cellStyles", ())
        if is_element(one) and one.get("builtinId") is None
    ]  # fmt: skip
    gathered.add_all(HiddenKind.SETTINGS, f"{part}/style-names", own_names, part)
    formats: dict[str, NumberFormat] = {}
    styles: list[Style] = []
    for one in groups.get("cellXfs", ()):
        if not is_element(one):
            continue
        code = codes.get(_whole(one.get("numFmtId")), GENERAL)
        if code not in formats:
            formats[code] = NumberFormat(code, epoch_1904=epoch_1904)
        bold, colour = _at(fonts, _whole(one.get("fontId")), (False, ""))
        fill = _at(fills, _whole(one.get("fillId")), "")
        styles.append(
            Style(
                formats[code],
                BOLD if bold else PLAIN_LOOK,
                invisible=bool(colour) and colour == (fill or "white"),
            )
        )
    return tuple(styles)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _at(values: list[_T], index: int, default: _T) -> _T:
    return values[index] if index < len(values) else default


def _font(font: etree._Element) -> tuple[bool, str]:
    bold = any((one.get("val") or "1") not in {"0", "false"} for one in _children(font, "b"))
    return bold, next((_colour(one) for one in _children(font, "color")), "")


def _fill_colour(fill: etree._Element) -> str:
    """Give the colour that a cell is filled with; empty where it is not, ``?`` for a pattern."""
    for pattern in _children(fill, "patternFill"):
        if pattern.get("patternType") in {None, "none"}:
            return ""
        if pattern.get("patternType") == "solid":
            return next((_colour(one) for one in _children(pattern, "fgColor")), "?") or "?"
        return "?"
    return "?"


def _colour(element: etree._Element) -> str:
    rgb = str(element.get("rgb") or "").upper()
    if rgb.endswith("FFFFFF") or element.get("indexed") in _WHITE_INDEXES:
        return "white"
    if element.get("theme") == "0" and not element.get("tint"):
        return "white"
    if element.get("theme") is not None:
        return f"theme {element.get('theme')} {element.get('tint') or ''}"
    return rgb[-6:] or (f"indexed {element.get('indexed')}" if element.get("indexed") else "")
