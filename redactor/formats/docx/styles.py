"""What Word's properties say about text: heading, list, bold, hidden, and whether it can be seen.

Source of the markup: ECMA-376 part 1, 17.7 (styles), 17.3.1 and 17.3.2 (properties of paragraphs
and runs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

from lxml import etree

from redactor.content import Align
from redactor.formats.docx.style_names import is_built_in
from redactor.formats.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = frozenset({"0", "false", "off", "none"})
_TINY_HALF_POINTS = 4
_TINY_LINE_TWIPS = 40
_MOST_ANCESTORS = 40
#: Colours that differ by less than this in every channel cannot be told apart on a page.
_NEAR = 24
#: A ground that is not known: a pattern, or whatever the style of a table paints.
UNKNOWN_GROUND = "?"
_ALIGNMENTS: dict[str, Align] = {
    "center": "center", "right": "right", "end": "right", "both": "justify",
    "distribute": "justify", "left": "left", "start": "left",
}  # fmt: skip
#: Colours of the highlighter (17.18.40).
_MARKERS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080",
    "darkRed": "800000", "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks; None means that the next style in line decides.

    Attributes:
        colour: of the letters, six hexadecimal digits; ``auto`` stands out from any shading.
        ground: the shading behind them; ``UNKNOWN_GROUND`` for a pattern.
        marker: the highlighter's colour over that.
        number, item: which list a paragraph belongs to, and how deep it lies in that.
        indent: in twentieths of a point.
    """

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    raised: int | None = None
    vanished: bool | None = None
    tiny: bool | None = None
    colour: str | None = None
    ground: str | None = None
    marker: str | None = None
    level: int | None = None
    number: str | None = None
    item: int | None = None
    indent: int | None = None
    align: Align | None = None
    new_page: bool | None = None

    def over(self, base: Look) -> Look:
        """Lay this look over another."""
        if self is PLAIN:
            return base
        if base is PLAIN:
            return self
        return Look(*(_first(getattr(self, one), getattr(base, one)) for one in _FIELDS))

    def cannot_be_seen(self, page: str) -> bool:
        """Say whether nobody sees the text: hidden, tiny, or in the colour of what it stands on.

        Args:
            page: the colour of the page, cell or box that it stands on.
        """
        if self.vanished or self.tiny:
            return True
        ground = self.marker or self.ground or page
        colour = self.colour or "auto"
        if colour == "auto":
            # Automatic letters turn white on dark shading, but stay black under the highlighter.
            return self.marker is not None and _is_near("000000", self.marker)
        return _is_near(colour, ground)


_FIELDS = tuple(one.name for one in fields(Look))
PLAIN = Look()


def _first(mine: Any, theirs: Any) -> Any:
    return mine if mine is not None else theirs


def _is_near(one: str, other: str) -> bool:
    if not (_is_colour(one) and _is_colour(other)):
        return False
    return all(
        abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) < _NEAR for at in (0, 2, 4)
    )


def _is_colour(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Fa-f]{6}", text) is not None


class Styles:
    """The styles of one document.

    Attributes:
        own_names: of the styles that somebody made. Word calls the character style it makes beside
            one of its own paragraph styles by that style's name and ``Char``; that is nobody's.
        plain_tables: styles of tables, by key, that draw no lines.
        usual: the style of paragraphs that name none.
    """

    def __init__(self, package: Package, part: str | None) -> None:
        self.own_names: list[str] = []
        self.plain_tables: set[str] = {""}
        self._own: dict[str, Look] = {}
        self._run_looks: dict[tuple[bytes, Look], Look] = {}
        self._bases: dict[str, str] = {}
        self.usual = ""
        self._document = PLAIN
        if part is not None:
            self._read(package.tree(part))

    def look(self, style: str | None) -> Look:
        """Give the look of a style with all that it is based on."""
        look = PLAIN
        current = style
        for _ in range(_MOST_ANCESTORS):
            if not current or current not in self._own:
                break
            look = look.over(self._own[current]) if look is not PLAIN else self._own[current]
            current = self._bases.get(current)
        return look

    def run_look(self, properties: etree._Element | None, paragraph: Look) -> Look:
        """Give the look of a run in a paragraph of some look; documents repeat few of them."""
        if properties is None or not len(properties):
            return paragraph
        key = (etree.tostring(properties, with_tail=False), paragraph)
        if key not in self._run_looks:
            style = attribute_of(properties, "rStyle")
            look = run_look(properties).over(self.look(style)) if style else run_look(properties)
            self._run_looks[key] = look.over(paragraph)
        return self._run_looks[key]

    def paragraph_look(self, style: str | None) -> Look:
        """Give the look of a paragraph's style over the document's own."""
        return self.look(style or self.usual).over(self._document)

    def _read(self, root: etree._Element) -> None:
        for properties in root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"):
            self._document = run_look(properties)
        words_own: set[str] = set()
        for style in root.iterfind(f"{W}style"):
            key = value(style, "styleId")
            name = attribute_of(style, "name")
            if is_on(value(style, "customStyle") or "0") or not is_built_in(name):
                self.own_names.append(name)
                if key.replace(" ", "").lower() != name.replace(" ", "").lower():
                    self.own_names.append(key)
            else:
                words_own.add(f"{name} char".lower())
            self.own_names += attribute_of(style, "aliases").split(",")
            self._bases[key] = attribute_of(style, "basedOn")
            self._own[key] = _style_look(style, name)
            if value(style, "type") == "table" and style.find(f"{W}tblPr/{W}tblBorders") is None:
                self.plain_tables.add(key)
            if value(style, "type") == "paragraph" and is_on(value(style, "default") or "0"):
                self.usual = key
        self.plain_tables = {one for one in self.plain_tables if self._draws_nothing(one)}
        self.own_names = [one for one in self.own_names if one.lower() not in words_own]

    def _draws_nothing(self, table_style: str) -> bool:
        """Say whether a style of tables, and all that it is based on, draws no lines."""
        current = table_style
        for _ in range(_MOST_ANCESTORS):
            if not current:
                return True
            if current not in self.plain_tables:
                return False
            current = self._bases.get(current, "")
        return False


def _style_look(style: etree._Element, name: str) -> Look:
    look = run_look(style.find(f"{W}rPr")).over(paragraph_properties(style.find(f"{W}pPr")))
    heading = re.fullmatch(r"heading ([1-9])", name.strip().lower())
    if heading:
        return Look(level=int(heading[1])).over(look)
    if name.strip().lower() == "title":
        return Look(level=1).over(look)
    return look


def value(element: etree._Element, name: str = "val") -> str:
    """Give an attribute of the main vocabulary; empty where it is missing."""
    return str(element.get(W + name) or "")


def attribute_of(parent: etree._Element, child: str, name: str = "val") -> str:
    """Give an attribute of the first child with a name."""
    found = parent.find(W + child)
    return "" if found is None else value(found, name)


def is_on(text: str) -> bool:
    """Say whether a switch is on (17.17.4)."""
    return text.lower() not in _OFF


def toggle(properties: etree._Element, *names: str) -> bool | None:
    """Say whether a property is on, off or not mentioned (17.3.2.22 and others)."""
    result: bool | None = None
    for name in names:
        found = properties.find(W + name)
        if found is not None:
            result = bool(result) or is_on(value(found))
    return result


def whole_number(text: str) -> int | None:
    """Give a number; None where it is none."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def run_look(properties: etree._Element | None) -> Look:
    """Give the look that run properties ask for."""
    if properties is None or not len(properties):
        return PLAIN
    size = whole_number(attribute_of(properties, "sz"))
    return Look(
        bold=toggle(properties, "b"),
        italic=toggle(properties, "i"),
        underline=toggle(properties, "u"),
        strike=toggle(properties, "strike", "dstrike"),
        raised={"superscript": 1, "subscript": -1, "baseline": 0}.get(
            attribute_of(properties, "vertAlign")
        ),
        vanished=True if _has_no_ink(properties) else toggle(properties, "vanish", "specVanish"),
        tiny=size <= _TINY_HALF_POINTS if size is not None else None,
        colour=_colour(properties),
        ground=_ground(properties),
        marker=_MARKERS.get(attribute_of(properties, "highlight")),
    )


def paragraph_properties(properties: etree._Element | None) -> Look:
    """Give the look that paragraph properties ask for."""
    if properties is None:
        return PLAIN
    outline = whole_number(attribute_of(properties, "outlineLvl"))
    number = properties.find(f"{W}numPr")
    line = whole_number(attribute_of(properties, "spacing", "line"))
    exact = attribute_of(properties, "spacing", "lineRule") == "exact"
    indent = attribute_of(properties, "ind", "left") or attribute_of(properties, "ind", "start")
    return Look(
        level=outline + 1 if outline is not None and 0 <= outline < 9 else None,
        number=None if number is None else attribute_of(number, "numId") or None,
        item=None if number is None else whole_number(attribute_of(number, "ilvl")),
        ground=_ground(properties),
        tiny=line <= _TINY_LINE_TWIPS if exact and line is not None else None,
        indent=whole_number(indent),
        align=_ALIGNMENTS.get(attribute_of(properties, "jc")),
        new_page=toggle(properties, "pageBreakBefore"),
    )


def _has_no_ink(properties: etree._Element) -> bool:
    """Say whether the letters are not painted ([MS-DOCX] 2.6.1.22)."""
    return properties.find(f"{_W14}textFill/{_W14}noFill") is not None


def _colour(properties: etree._Element) -> str | None:
    colour = attribute_of(properties, "color")
    if colour in {"", "auto"} and attribute_of(properties, "color", "themeColor") in {
        "background1",
        "light1",
    }:
        return "FFFFFF"
    return colour.upper() if _is_colour(colour) else (colour.lower() or None)


def _ground(properties: etree._Element) -> str | None:
    """Give the colour of a shading; None where there is none to speak of."""
    shade = properties.find(f"{W}shd")
    if shade is None:
        return None
    fill = value(shade, "fill").upper()
    pattern = value(shade)
    if pattern == "solid":
        ink = value(shade, "color").upper()
        return ink if _is_colour(ink) else "000000"
    if pattern not in {"", "clear", "nil"} or value(shade, "themeFill"):
        return fill if _is_colour(fill) and pattern in {"", "clear"} else UNKNOWN_GROUND
    return fill if _is_colour(fill) else None


def ground_of(properties: etree._Element | None) -> str | None:
    """Give the ground that properties of a table or cell paint; None where they paint none."""
    return None if properties is None else _ground(properties)
