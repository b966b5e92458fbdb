"""The skeleton of a workbook: its sheets, shared texts and styles.

Source of the markup: ECMA-376 part 1, 18.2 (workbook), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered, gather_element
from redactor.formats.number_codes import GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.package import REL, Package, damaged, is_element, local_name
from redactor.formats.workbook.grid import Range, SheetEntry, column_number
from redactor.formats.xlsx.escapes import tidy, unescape
from redactor.formats.xlsx.styles import Style, concealing, read_styles
from redactor.model import HiddenKind

_AREA = re.compile(r".*!\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", re.DOTALL)
_TITLE_ROWS = re.compile(r"(?:.*,)?.*!\$?1:\$?(\d{1,3})(?:,.*)?", re.DOTALL)
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
class Workbook:
    """A workbook, opened.

    Attributes:
        areas: what is printed of a sheet, by its index, where a name says so.
        titles: how many first rows of a sheet are repeated on every page, by its index.
        concealing: the conditional looks that may leave nothing to be seen of a cell.
    """

    package: Package
    main: str
    sheets: tuple[SheetEntry, ...]
    texts: list[str] = field(repr=False)
    styles: tuple[Style, ...]
    epoch_1904: bool
    known: frozenset[str]
    areas: dict[int, Range] = field(default_factory=dict)
    titles: dict[int, int] = field(default_factory=dict)
    concealing: frozenset[str] = frozenset()


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
    conceal: frozenset[str] = frozenset()
    for part in package.related(main, "styles")[:1]:
        conceal = concealing(package.tree(part))
        styles = read_styles(package, part, gathered, epoch_1904=epoch_1904)
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
        *_printed(root),
        conceal,
    )


def _printed(root: etree._Element) -> tuple[dict[int, Range], dict[int, int]]:
    """Give what is printed of each sheet, and which rows on every page (18.2.5)."""
    areas: dict[int, Range] = {}
    titles: dict[int, int] = {}
    for group in _children(root, "definedNames"):
        for one in _children(group, "definedName"):
            sheet, text = str(one.get("localSheetId") or ""), one.text or ""
            area, rows = _AREA.fullmatch(text), _TITLE_ROWS.fullmatch(text)
            if not sheet.isdigit():
                continue
            if one.get("name") == "_xlnm.Print_Area" and area is not None and "," not in text:
                top, bottom = int(area[2]) - 1, int(area[4]) - 1
                areas[int(sheet)] = (top, column_number(area[1]), bottom, column_number(area[3]))
            elif one.get("name") == "_xlnm.Print_Titles" and rows is not None:
                titles[int(sheet)] = int(rows[1])
    return areas, titles


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
