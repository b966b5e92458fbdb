"""Formulas that add: ``=SUM(B2:B9)``, ``=A1+B1``, ``=B9-B3``, ``=SUBTOTAL(9,B2:B9)``.

What is computed in another way (``COUNTIFS``, ``VLOOKUP``) says nothing of sums. Source of the
notation: ECMA-376 part 1, 18.17; OpenDocument 1.3 part 4.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from redactor.dependants import CellArea, CellKey, FormulaCell, areas_of
from redactor.numbers.layout.sheet import in_its_book

_TERM = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?:(?P<name>SUM|SUBTOTAL)\((?P<arguments>[^()]*)\)|(?P<reference>[^+\-*/^&()<>=,;]+))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_SUBTOTAL_OF_SUM = re.compile(r"\s*1?0?9\s*[,;]")
_SHARE = re.compile(r"[^/]*/[^/]*")


@dataclass(frozen=True, slots=True)
class Added:
    """What a formula adds and takes away, as cells."""

    plus: tuple[CellKey, ...]
    minus: tuple[CellKey, ...] = ()


class Formulas:
    """The formulas of all sheets, to be asked what a cell adds up.

    Args:
        formulas: by cell.
        filled: the cells with figures; a range may take in empty ones and headings.
        names: the defined names.
    """

    def __init__(
        self,
        formulas: Mapping[CellKey, FormulaCell],
        filled: Collection[CellKey],
        names: Mapping[str, str],
    ) -> None:
        self._formulas = formulas
        self._filled = filled
        self._names = names

    def added(self, cell: CellKey) -> Added | None:
        """Give what a cell adds up; None where it has no formula that only adds."""
        formula = self._formulas.get(cell)
        if formula is None:
            return None
        text = formula.text.removeprefix("of:").removeprefix("=").strip()
        at, plus, minus = 0, list[CellKey](), list[CellKey]()
        masked = _QUOTED.sub(lambda one: "_" * len(one[0]), text)
        while at < len(text):
            found = _TERM.match(masked, at)
            if found is None or (at and not found["sign"]):
                return None
            cells = self._cells_of(formula, text, found)
            if cells is None:
                return None
            (minus if found["sign"] == "-" else plus).extend(one for one in cells if one != cell)
            at = found.end()
            at += len(masked[at:]) - len(masked[at:].lstrip())
        return Added(tuple(plus), tuple(minus)) if plus else None

    def _cells_of(
        self, formula: FormulaCell, text: str, found: re.Match[str]
    ) -> tuple[CellKey, ...] | None:
        """Give the cells of one term; None where it is not only cells."""
        if found["name"] is None:
            written = text[found.start("reference") : found.end("reference")]
            areas = self._areas(formula, written)
            if len(areas) != 1 or areas[0].size != 1:
                return None
            one = areas[0]
            key = (one.sheet, one.top, one.left)
            return (key,) if key in self._filled else ()
        arguments = text[found.start("arguments") : found.end("arguments")]
        is_subtotal = found["name"].upper() == "SUBTOTAL"
        if is_subtotal:
            function = _SUBTOTAL_OF_SUM.match(arguments)
            if function is None:
                return None
            arguments = arguments[function.end() :]
        areas = self._areas(formula, arguments)
        if not areas:
            return None
        cells = [
            key
            for area in areas
            for key in self._filled_in(area.sheet, area.top, area.left, area.bottom, area.right)
            if not (is_subtotal and self._is_subtotal(key))
        ]
        return tuple(dict.fromkeys(cells))

    def _areas(self, formula: FormulaCell, written: str) -> tuple[CellArea, ...]:
        """Give the areas that a piece of a formula names, in the workbook that it stands in."""
        areas = areas_of(replace(formula, text=written), self._names)
        return tuple(replace(one, sheet=in_its_book(one.sheet, formula.sheet)) for one in areas)

    def _filled_in(self, sheet: str, top: int, left: int, bottom: int, right: int) -> list[CellKey]:
        if (bottom - top + 1) * (right - left + 1) > len(self._filled):
            inside = (
                key
                for key in self._filled
                if key[0] == sheet and top <= key[1] <= bottom and left <= key[2] <= right
            )
            return sorted(inside)
        keys = (
            (sheet, row, one) for row in range(top, bottom + 1) for one in range(left, right + 1)
        )
        return [key for key in keys if key in self._filled]

    def _is_subtotal(self, key: CellKey) -> bool:
        formula = self._formulas.get(key)
        return formula is not None and "SUBTOTAL(" in formula.text.upper()

    def share(self, cell: CellKey) -> tuple[CellKey, CellKey] | None:
        """Give the two cells that a cell is the quotient of (``=B2/B$9``); None for none."""
        formula = self._formulas.get(cell)
        if formula is None or not _SHARE.fullmatch(formula.text):
            return None
        before, _, after = formula.text.partition("/")
        part, whole = self._areas(formula, before), self._areas(formula, after)
        if len(part) != 1 or len(whole) != 1 or part[0].size != 1 or whole[0].size != 1:
            return None
        first, second = part[0], whole[0]
        return (first.sheet, first.top, first.left), (second.sheet, second.top, second.left)
