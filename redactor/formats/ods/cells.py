"""What one cell of an OpenDocument spreadsheet shows, and the value a release may carry.

Source of the markup: OpenDocument 1.3, part 3, 9.1.4 (cells) and 6.1 (text).
"""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from redactor.content import CellValue
from redactor.formats.base import composed
from redactor.formats.number_codes import GENERAL
from redactor.formats.number_format import NumberFormat
from redactor.formats.ods.package import named, times
from redactor.formats.package import is_element, local_name

#: Plain formats, tried until one shows a value as the file does; else the text stands for it.
_NUMBERS = (GENERAL, "0", "0.0", "0.00", "#,##0", "#,##0.00", "0.000")
_SHARES = ("0%", "0.0%", "0.00%")
_MONEY = ('"£"#,##0', '"£"#,##0.00', "#,##0", "#,##0.00", "0.00")
_DATES = (
    "dd/mm/yyyy", "yyyy-mm-dd", "dd/mm/yy", "d mmmm yyyy", "dd mmm yyyy", "d mmm yyyy",
    "dd/mm/yyyy hh:mm", "dd/mm/yyyy hh:mm:ss", "yyyy-mm-dd hh:mm:ss", "dd.mm.yyyy", "mm/dd/yyyy",
    "mmm yyyy", "mmmm yyyy", "yyyy",
)  # fmt: skip
_TIMES = ("hh:mm:ss", "hh:mm", "[h]:mm:ss", "[h]:mm")
_FORMATS = {
    "float": _NUMBERS,
    "percentage": _SHARES,
    "currency": _MONEY,
    "date": _DATES,
    "time": _TIMES,
}
_FORMAT_OF = {code: NumberFormat(code) for codes in _FORMATS.values() for code in codes}
_DURATION = re.compile(r"-?PT(\d+)H(\d+)M(\d+(?:[.,]\d+)?)S")
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
#: Within a paragraph of a cell: not of its text.
_ASIDE = frozenset({"annotation", "frame", "custom-shape", "shape", "g", "control", "object"})


def text_of_cell(cell: etree._Element) -> str:
    """Give the text that a cell shows: its paragraphs, one line each."""
    lines = [
        _inline(one) for one in cell if is_element(one) and local_name(one) in {"p", "h", "list"}
    ]
    return composed("\n".join(lines))


def _inline(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        name = local_name(child) if is_element(child) else ""
        if name == "s":
            pieces.append(" " * times(child, "c"))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name and name not in _ASIDE:
            pieces.append(_inline(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


class CellValues:
    """Finds the value and plain format behind what a cell shows; remembers what fitted last."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def of(self, cell: etree._Element, text: str) -> tuple[CellValue, str]:
        """Give what a release may carry for a text: a number with a format that shows the same.

        The text itself stands for what no plain format shows.
        """
        kind = named(cell, "value-type")
        if kind == "boolean" and text in {"TRUE", "FALSE"}:
            return named(cell, "boolean-value") == "true", GENERAL
        formats = _FORMATS.get(kind)
        number = _number_of(cell, kind) if formats else None
        if formats is None or number is None:
            return text, GENERAL
        last = self._last.get(kind)
        for code in (last, *formats) if last else formats:
            shown = _FORMAT_OF[code].show(number)
            if shown.text == text:
                self._last[kind] = code
                return shown.value, shown.number_format  # cut to what is shown
        return text, GENERAL


def raw_value(cell: etree._Element) -> str:
    """Give a cell's value as the file keeps it, whatever is shown of it."""
    for name in ("value", "date-value", "time-value", "boolean-value", "string-value"):
        value = named(cell, name)
        if value:
            return value
    return ""


def _number_of(cell: etree._Element, kind: str) -> int | float | None:
    try:
        if kind == "date":
            return _serial(named(cell, "date-value"))
        if kind == "time":
            return _duration(named(cell, "time-value"))
        number = float(named(cell, "value"))
    except ValueError:
        return None
    if number - number != 0:
        return None
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def _serial(text: str) -> int | float:
    moment = dt.datetime.fromisoformat(text.removesuffix("Z")[:26]).replace(tzinfo=None)
    days = (moment - _EPOCH) / dt.timedelta(days=1)
    return int(days) if days == int(days) else days


def _duration(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (float(one.replace(",", ".")) for one in found.groups())
    return (hours * 3600 + minutes * 60 + seconds) / 86_400
