"""What the automatic styles of a spreadsheet say that matters: what is hidden, and how cells look.

Source of the markup: OpenDocument 1.3, part 3, 16 (styles) and 17 (formatting properties).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from redactor.content import PLAIN_LOOK, Align, CellLook
from redactor.formats.ods.package import named
from redactor.formats.package import is_element, local_name
from redactor.formats.workbook.grid import LOWEST_ROW
from redactor.formats.workbook.looks import nearest_fill

_ALIGNMENTS: dict[str, Align] = {
    "start": "left",
    "left": "left",
    "center": "center",
    "end": "right",
    "right": "right",
    "justify": "justify",
}
_LENGTH = re.compile(r"([0-9.]+)(cm|mm|in|pt|pc|px)")
#: Points a unit.
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_POINTS_A_CHARACTER = 5.6
_TINY = 2.0


@dataclass(frozen=True, slots=True)
class OpenStyle:
    """One style.

    Attributes:
        hidden: a sheet that is not displayed, a row or column without size, text that is not shown.
        characters: the width of a column in characters; 0 where it is not said.
    """

    look: CellLook = PLAIN_LOOK
    hidden: bool = False
    characters: float = 0.0


NO_STYLE = OpenStyle()


def read_styles(groups: list[etree._Element]) -> dict[str, OpenStyle]:
    """Read the styles of some groups, by name; a later group and a child go before a parent."""
    elements: dict[str, etree._Element] = {}
    for group in groups:
        for one in group:
            if is_element(one) and local_name(one) == "style":
                elements[named(one, "name")] = one
    return {name: _style(element, elements) for name, element in elements.items()}


def _style(element: etree._Element, known: dict[str, etree._Element]) -> OpenStyle:
    properties: dict[str, str] = {}
    seen: set[str] = set()
    current: etree._Element | None = element
    while current is not None:
        for group in current:
            if is_element(group) and local_name(group).endswith("-properties"):
                for key, value in group.items():
                    properties.setdefault(str(key).rpartition("}")[2], str(value))
        parent = named(current, "parent-style-name")
        current = known.get(parent) if parent not in seen else None
        seen.add(parent)
    return OpenStyle(_look(properties), _is_hidden(properties), _characters(properties))


def _look(properties: dict[str, str]) -> CellLook:
    ground = properties.get("background-color", "transparent")
    ruled = any(
        value not in {"", "none"} and not value.startswith("0")
        for name, value in properties.items()
        if name == "border"
        or (name.startswith("border-") and name[7:] in {"top", "bottom", "left"})
    )
    look = CellLook(
        bold=properties.get("font-weight") in {"bold", "600", "700", "800", "900"},
        italic=properties.get("font-style") in {"italic", "oblique"},
        wrap=properties.get("wrap-option") == "wrap",
        align=_ALIGNMENTS.get(properties.get("text-align", ""), ""),
        fill=nearest_fill(ground.lstrip("#")) if ground.startswith("#") else "",
        ruled=ruled,
    )
    return PLAIN_LOOK if look == PLAIN_LOOK else look


def _is_hidden(properties: dict[str, str]) -> bool:
    """Say whether what has the style is not seen."""
    ground = properties.get("background-color", "transparent").lower()
    colour = properties.get("color", "").lower()
    size = points(properties.get("font-size", ""))
    white = colour == "#ffffff" and ground in {"transparent", "#ffffff"}
    same = bool(colour) and colour == ground
    height = points(properties.get("row-height", ""))
    low = height is not None and height < LOWEST_ROW
    empty = low or points(properties.get("column-width", "")) == 0
    return (
        properties.get("display") in {"false", "none"}
        or white
        or same
        or empty
        or (size is not None and size < _TINY)
    )


def _characters(properties: dict[str, str]) -> float:
    return (points(properties.get("column-width", "")) or 0.0) / _POINTS_A_CHARACTER


def points(length: str) -> float | None:
    """Give a length in points; None where it is none (a percentage)."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else None
