"""Number the items of lists as Word shows them.

Source: ECMA-376 part 1, 17.9 (numbering); restarts as Word does them: every level starts again
after an item of a higher one, unless its definition says otherwise, and a list that overrides the
start of a level does so once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from redactor.formats.docx.styles import W, attribute_of, is_on, value, whole_number
from redactor.formats.package import Package

_MOST_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemLabel:
    """What stands before an item: a number or letter as shown; empty for a bullet."""

    text: str


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    start_override: int | None = None


class Numbering:
    """The lists of one document, and how far each has been counted."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._kinds: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is not None:
            self._read(package.tree(part))

    def label(self, number: str, item: int | None, style: str) -> ItemLabel:
        """Count one item and give its label; an item of a list that is not defined has a bullet.

        Args:
            number: the list (``w:numId``).
            item: how deep it lies; None where its style says so.
        """
        if number not in self._lists:
            return ItemLabel("")
        kind, levels = self._lists[number]
        if item is None:
            item = next((at for at, one in levels.items() if style and one.style == style), 0)
        level = levels.get(item)
        if level is None:
            return ItemLabel("")
        counts = self._counts.setdefault(kind, {})
        self._count(number, item, levels, counts)
        if level.form == "bullet":
            # A bullet is one sign. Words in its place are shown as words.
            is_sign = sum(one.isalnum() for one in level.text) <= 1
            return ItemLabel("" if is_sign else level.text)
        return ItemLabel(_written(level, levels, counts))

    def depth(self, number: str, item: int | None, style: str) -> int:
        """Give how deep an item lies."""
        if item is not None or number not in self._lists:
            return min(max(item or 0, 0), _MOST_LEVELS - 1)
        levels = self._lists[number][1]
        return next((at for at, one in levels.items() if style and one.style == style), 0)

    def _count(
        self, number: str, item: int, levels: dict[int, _Level], counts: dict[int, int]
    ) -> None:
        level = levels[item]
        is_new = (number, item) not in self._begun
        self._begun.add((number, item))
        if level.start_override is not None and is_new:
            counts[item] = level.start_override
        else:
            counts[item] = counts[item] + 1 if item in counts else level.start
        for above in range(item):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        for below in [one for one in counts if one > item]:
            if levels.get(below, _Level()).restart != 0:
                del counts[below]

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        by_style: dict[str, str] = {}
        for kind in root.iterfind(f"{W}abstractNum"):
            key = value(kind, "abstractNumId")
            self._kinds[key] = {
                at: level for at, level in map(_level, kind.iterfind(f"{W}lvl")) if at is not None
            }
            links[key] = attribute_of(kind, "numStyleLink")
            if attribute_of(kind, "styleLink"):
                by_style[attribute_of(kind, "styleLink")] = key
        for one in root.iterfind(f"{W}num"):
            kind_key = attribute_of(one, "abstractNumId")
            linked = by_style.get(links.get(kind_key, ""), kind_key)
            levels = dict(self._kinds.get(linked, {}))
            for override in one.iterfind(f"{W}lvlOverride"):
                _override(override, levels)
            self._lists[value(one, "numId")] = (linked, levels)


def _override(override: etree._Element, levels: dict[int, _Level]) -> None:
    at = whole_number(value(override, "ilvl"))
    if at is None:
        return
    own = override.find(f"{W}lvl")
    if own is not None:
        levels[at] = _level(own)[1]
    start = whole_number(attribute_of(override, "startOverride"))
    if start is not None:
        levels[at] = replace(levels.get(at, _Level()), start_override=start)


def _level(element: etree._Element) -> tuple[int | None, _Level]:
    start = whole_number(attribute_of(element, "start"))
    legal = element.find(f"{W}isLgl")
    return whole_number(value(element, "ilvl")), _Level(
        1 if start is None else start,
        attribute_of(element, "numFmt") or "decimal",
        attribute_of(element, "lvlText"),
        whole_number(attribute_of(element, "lvlRestart")),
        legal is not None and is_on(value(legal)),
        attribute_of(element, "pStyle"),
    )


def _written(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    text = level.text
    for at in range(_MOST_LEVELS):
        sign = f"%{at + 1}"
        if sign in text:
            form = "decimal" if level.legal else levels.get(at, _Level()).form
            text = text.replace(sign, count_written(counts.get(at, 1), form))
    return text.strip()


def count_written(count: int, form: str) -> str:
    """Write a count in one of Word's ways (17.18.59); what is not known is written in figures."""
    if form == "none":
        return ""
    writer = _WRITERS.get(form.removeprefix("lower").removeprefix("upper"))
    if writer is None or not 0 < count < 4000:
        return str(count)
    written = writer(count)
    return written.upper() if form.startswith("upper") else written


def _letter(count: int) -> str:
    times, letter = divmod(count - 1, 26)
    return chr(97 + letter) * min(times + 1, 30)


def _ordinal(count: int) -> str:
    is_teen = 10 <= count % 100 <= 20
    return f"{count}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def _chicago(count: int) -> str:
    times, sign = divmod(count - 1, 4)
    return "*†‡§"[sign] * min(times + 1, 30)


def _roman(count: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        times, count = divmod(count, size)
        written += sign * times
    return written


_WRITERS: dict[str, Callable[[int], str]] = {
    "Letter": _letter,
    "Roman": _roman,
    "decimalZero": "{:02}".format,
    "ordinal": _ordinal,
    "chicago": _chicago,
}
