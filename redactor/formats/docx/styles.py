"""What a Word style says about its text: heading, list, bold, italic, hidden.

Source of the markup: ECMA-376 part 1, 17.7 (styles) and 17.3.2 (run properties).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from redactor.formats.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_TINY_HALF_POINTS = 4
_MOST_ANCESTORS = 40


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks; None means that the next style in line decides."""

    bold: bool | None = None
    italic: bool | None = None
    vanished: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None
    level: int | None = None
    listed: bool | None = None

    def over(self, base: Look) -> Look:
        """Lay this look over another."""
        return Look(
            _first(self.bold, base.bold),
            _first(self.italic, base.italic),
            _first(self.vanished, base.vanished),
            _first(self.white, base.white),
            _first(self.tiny, base.tiny),
            _first(self.shaded, base.shaded),
            self.level if self.level is not None else base.level,
            _first(self.listed, base.listed),
        )


def _first(mine: bool | None, theirs: bool | None) -> bool | None:
    return mine if mine is not None else theirs


PLAIN = Look()


class Styles:
    """The styles of one document.

    Attributes:
        own_names: of the styles that somebody made. Word calls the character style it makes beside
            one of its own paragraph styles by that style's name and ``Char``; that is nobody's.
    """

    def __init__(self, package: Package, part: str | None) -> None:
        self.own_names: list[str] = []
        self._own: dict[str, Look] = {}
        self._bases: dict[str, str] = {}
        self._default = ""
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
            look = look.over(self._own[current])
            current = self._bases.get(current)
        return look

    def paragraph_look(self, style: str | None) -> Look:
        """Give the look of a paragraph's style over the document's own."""
        return self.look(style or self._default).over(self._document)

    def _read(self, root: etree._Element) -> None:
        for properties in root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"):
            self._document = run_look(properties)
        words_own: set[str] = set()
        for style in root.iterfind(f"{W}style"):
            key = value(style, "styleId")
            name = attribute_of(style, "name")
            if value(style, "customStyle") not in {"", "0", "false"}:
                self.own_names.append(name)
            else:
                words_own.add(f"{name} char".lower())
            self._bases[key] = attribute_of(style, "basedOn")
            self._own[key] = _style_look(style, name)
            if value(style, "type") == "paragraph" and value(style, "default") in {
                "1",
                "true",
                "on",
            }:
                self._default = key
        self.own_names = [one for one in self.own_names if one.lower() not in words_own]


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


def toggle(properties: etree._Element, *names: str) -> bool | None:
    """Say whether a property is on, off or not mentioned (17.3.2.22 and others)."""
    result: bool | None = None
    for name in names:
        found = properties.find(W + name)
        if found is not None:
            result = bool(result) or value(found).lower() not in _OFF
    return result


def run_look(properties: etree._Element | None) -> Look:
    """Give the look that run properties ask for."""
    if properties is None:
        return PLAIN
    colour = attribute_of(properties, "color").upper()
    size = attribute_of(properties, "sz")
    return Look(
        bold=toggle(properties, "b"),
        italic=toggle(properties, "i"),
        vanished=toggle(properties, "vanish", "specVanish"),
        white=colour == "FFFFFF" if colour else None,
        tiny=int(size) <= _TINY_HALF_POINTS if size.isdigit() else None,
        shaded=_is_shaded(properties) or properties.find(f"{W}highlight") is not None or None,
    )


def paragraph_properties(properties: etree._Element | None) -> Look:
    """Give the look that paragraph properties ask for."""
    if properties is None:
        return PLAIN
    outline = attribute_of(properties, "outlineLvl")
    level = int(outline) + 1 if outline.isdigit() and int(outline) < 9 else None
    number = properties.find(f"{W}numPr")
    listed = None if number is None else attribute_of(number, "numId") != "0"
    return Look(level=level, listed=listed, shaded=_is_shaded(properties) or None)


def _is_shaded(properties: etree._Element) -> bool:
    shade = properties.find(f"{W}shd")
    if shade is None:
        return False
    fill = value(shade, "fill").upper()
    return fill not in {"", "AUTO", "FFFFFF"} or value(shade) not in {"", "clear", "nil"}


def has_shade(element: etree._Element | None) -> bool:
    """Say whether properties of a table or cell give it a background."""
    return element is not None and _is_shaded(element)
