"""The styles of a workbook: how cells show numbers, how they look, and which show nothing.

Source of the markup: ECMA-376 part 1, 18.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from redactor.content import PLAIN_LOOK, CellLook
from redactor.formats.hidden import Gathered, attributes_of
from redactor.formats.number_codes import BUILT_IN, GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.package import Package, is_element, local_name
from redactor.formats.workbook.looks import alignment, nearest_fill, tinted
from redactor.formats.xlsx.escapes import unescape
from redactor.model import HiddenKind

_T = TypeVar("_T")
_WHITE_INDEXES = {"1", "9"}  # of the 64 old colours (18.8.27)
#: The first colours of the old palette, as far as they fill cells (18.8.27).
_INDEXED = {
    "2": "FF0000", "3": "00FF00", "4": "0000FF", "5": "FFFF00", "10": "FF0000", "11": "00FF00",
    "12": "0000FF", "13": "FFFF00", "22": "C0C0C0", "23": "808080", "26": "FFFFCC", "27": "CCFFFF",
    "29": "FF8080", "31": "CCCCFF", "41": "CCFFFF", "42": "CCFFCC", "43": "FFFF99", "44": "99CCFF",
    "45": "FF99CC", "47": "FFCC99", "51": "FFCC00", "52": "FF9900", "55": "969696",
}  # fmt: skip
#: The colours of the theme Office comes with, in the order that cells name them.
_THEME = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
          "70AD47")  # fmt: skip
#: Letters smaller than this, in points, nobody reads.
_SMALLEST = 3.0
_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end"})
_OFF = frozenset({"0", "false", "off"})
_USUAL_FONTS = frozenset(
    {"Calibri", "Calibri Light", "Arial", "Aptos", "Aptos Narrow", "Aptos Display", "Cambria",
     "Times New Roman", "Verdana", "Tahoma", "Segoe UI", "Courier New", "Helvetica"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a cell's style.

    Attributes:
        number_format: how it shows numbers.
        look: as far as a release keeps it.
        invisible: the letters have the colour of the ground.
        tiny: the letters are too small to be read.
    """

    number_format: NumberFormat
    look: CellLook = PLAIN_LOOK
    invisible: bool = False
    tiny: bool = False


@dataclass(frozen=True, slots=True)
class _Font:
    bold: bool = False
    italic: bool = False
    colour: str = ""
    tiny: bool = False


@dataclass(frozen=True, slots=True)
class _Fill:
    """The colour of a ground as ``_Font.colour`` names it, and the nearest of a release."""

    colour: str = ""
    nearest: str = ""


def read_styles(
    package: Package, part: str, gathered: Gathered, *, epoch_1904: bool
) -> tuple[Style, ...]:
    """Read the styles of cells, and gather the words that a style can hold.

    Raises:
        UnreadableDocument: the part is damaged.
    """
    root = package.tree(part)
    groups = {local_name(one): one for one in root if is_element(one)}
    codes = dict(BUILT_IN)
    for one in groups.get("numFmts", ()):
        codes[_whole(one.get("numFmtId"))] = unescape(str(one.get("formatCode") or ""))
    _gather_words(root, groups, part, gathered)
    fonts = [_font(one) for one in groups.get("fonts", ()) if is_element(one)]
    fills = [_fill(one) for one in groups.get("fills", ()) if is_element(one)]
    borders = [_is_ruled(one) for one in groups.get("borders", ()) if is_element(one)]
    formats: dict[str, NumberFormat] = {}
    looks: dict[CellLook, CellLook] = {PLAIN_LOOK: PLAIN_LOOK}
    styles: list[Style] = []
    for one in groups.get("cellXfs", ()):
        if not is_element(one):
            continue
        code = codes.get(_whole(one.get("numFmtId")), GENERAL)
        if code not in formats:
            formats[code] = NumberFormat(code, epoch_1904=epoch_1904)
        font = _at(fonts, _whole(one.get("fontId")), _Font())
        fill = _at(fills, _whole(one.get("fillId")), _Fill())
        ruled = _at(borders, _whole(one.get("borderId")), default=False)
        look = _look(one, font, fill, ruled=ruled)
        invisible = bool(font.colour) and font.colour == (fill.colour or "white")
        styles.append(Style(formats[code], looks.setdefault(look, look), invisible, font.tiny))
    return tuple(styles)


def concealing(root: etree._Element) -> frozenset[str]:
    """Give the numbers of the conditional looks that may leave nothing to be seen of a cell.

    Letters of the colour of their ground (white where the look has none), or a number format that
    shows nothing (18.8.14).
    """
    found: list[str] = []
    groups = (one for one in root if is_element(one) and local_name(one) == "dxfs")
    looks = [one for group in groups for one in group if is_element(one)]
    for number, look in enumerate(looks):
        parts = {local_name(one): one for one in look if is_element(one)}
        letters = _font(parts["font"]).colour if "font" in parts else ""
        grounds = (
            [_colour(one) for one in parts["fill"].iter("{*}bgColor", "{*}fgColor")]
            if ("fill" in parts)
            else ["white"]
        )
        code = str(parts["numFmt"].get("formatCode") or "") if "numFmt" in parts else ""
        if (code and not code.strip("; ")) or (letters and letters in grounds):
            found.append(str(number))
    return frozenset(found)


def _gather_words(
    root: etree._Element, groups: dict[str, etree._Element], part: str, gathered: Gathered
) -> None:
    for one in root.iter("{*}numFmt"):
        code = unescape(str(one.get("formatCode") or ""))
        words = re.findall(r'"([^"]*[^\W\d_][^"]*)"', code)
        gathered.add_all(HiddenKind.SETTINGS, f"{part}/formats", words, part)
    own_names = [
        str(one.get("name")) for one in groups.get("cellStyles", ())
        if is_element(one) and one.get("builtinId") is None
    ]  # fmt: skip
    own_names += [
        str(one.get("name") or "") for one in root.iter("{*}tableStyle", "{*}slicerStyle")
    ]
    gathered.add_all(HiddenKind.SETTINGS, f"{part}/style-names", own_names, part)
    fonts = [str(one.get("val") or "") for font in root.iter("{*}font") for one in font
             if is_element(one) and local_name(one) == "name"]  # fmt: skip
    others = [one for one in fonts if one not in _USUAL_FONTS]
    gathered.add_all(HiddenKind.SETTINGS, f"{part}/font-names", others, part)
    for extension in root.iter("{*}extLst"):
        words = [one for one in attributes_of(extension) if one not in own_names]
        words = [one for one in words if not one.startswith(("{", "Slicer", "TimeSlicer"))]
        gathered.add_all(HiddenKind.SETTINGS, f"{part}/extensions", words, part)


def _look(element: etree._Element, font: _Font, fill: _Fill, *, ruled: bool) -> CellLook:
    laid = next(iter(_children(element, "alignment")), None)
    return CellLook(
        bold=font.bold,
        italic=font.italic,
        wrap=laid is not None and str(laid.get("wrapText") or "0") not in _OFF,
        align=alignment(str(laid.get("horizontal") or "")) if laid is not None else "",
        fill=fill.nearest,
        ruled=ruled,
    )


def _children(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in root if is_element(one) and local_name(one) == name)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _at(values: list[_T], index: int, default: _T) -> _T:
    return values[index] if index < len(values) else default


def _font(font: etree._Element) -> _Font:
    size = next((str(one.get("val") or "") for one in _children(font, "sz")), "")
    return _Font(
        _is_on(font, "b"),
        _is_on(font, "i"),
        next((_colour(one) for one in _children(font, "color")), ""),
        bool(re.fullmatch(r"\d+(\.\d+)?", size)) and float(size) < _SMALLEST,
    )


def _is_on(font: etree._Element, name: str) -> bool:
    return any((one.get("val") or "1") not in _OFF for one in _children(font, name))


def _fill(fill: etree._Element) -> _Fill:
    """Give what a cell is filled with; the colour is ``?`` for a pattern."""
    for pattern in _children(fill, "patternFill"):
        if pattern.get("patternType") in {None, "none"}:
            return _Fill()
        solid = next(_children(pattern, "fgColor"), None)
        if pattern.get("patternType") == "solid" and solid is not None:
            return _Fill(_colour(solid) or "?", nearest_fill(_rgb(solid)))
        return _Fill("?", "grey")
    return _Fill("?")


def _is_ruled(border: etree._Element) -> bool:
    """Say whether a cell has lines around it: at three sides or more."""
    sides = [one for one in border if is_element(one) and local_name(one) in _SIDES]
    return sum(one.get("style") not in {None, "none"} for one in sides) >= 3


def _colour(element: etree._Element) -> str:
    """Give a name for a colour, so that equal ones are told to be equal."""
    rgb = str(element.get("rgb") or "").upper()
    if rgb.endswith("FFFFFF") or element.get("indexed") in _WHITE_INDEXES:
        return "white"
    if element.get("theme") == "0" and not element.get("tint"):
        return "white"
    if element.get("theme") is not None:
        return f"theme {element.get('theme')} {element.get('tint') or ''}"
    return rgb[-6:] or (f"indexed {element.get('indexed')}" if element.get("indexed") else "")


def _rgb(element: etree._Element) -> str:
    """Give a colour as six digits, as near as can be told; empty where it cannot."""
    if element.get("theme") is not None:
        base = _at(list(_THEME), _whole(element.get("theme")), "")
        tint = str(element.get("tint") or "0")
        is_number = re.fullmatch(r"-?(0|1|0?\.\d+(E-\d+)?)", tint)
        return tinted(base, float(tint)) if base and is_number else base
    if element.get("indexed") is not None:
        return _INDEXED.get(str(element.get("indexed")), "")
    return str(element.get("rgb") or "")[-6:]
