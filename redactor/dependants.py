"""Which cells of a workbook are computed from which, so that what is withheld cannot be worked out.

A released workbook holds values and no formulas, but a reader who knows that one cell is the sum of
others needs only one of them to be missing to find it. Pure functions over formulas as text.

Source of the notation: ECMA-376 part 1, 18.17 (formulas), OpenDocument 1.3 part 4 (OpenFormula).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.model import column_letters

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
#: A cell: sheet, row, column, both from 0.
CellKey: TypeAlias = tuple[str, int, int]

_STRINGS = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_\u00c0-\uffff][\w.\u00c0-\uffff]*)!)?"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_EDGE = r"(?![\w(.!:])"
_REFERENCE = re.compile(
    rf"(?<![\w.$\]!]){_SHEET}(?:(?P<area>{_CELL}:{_CELL})|(?P<cell>{_CELL})"
    rf"|(?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})|(?P<rows>\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}))"
    rf"{_EDGE}"
)
#: OpenDocument writes ``[.A1]``, ``[.A1:.B2]``, ``[$Sheet1.A1]``, ``['My sheet'.A1]``.
_OPEN = re.compile(
    r"\[(?:\$?(?P<sheet>'(?:[^']|'')+'|[^\[\].'$:]+))?\.(?P<first>\$?[A-Za-z]{1,3}\$?[0-9]{1,7})"
    r"(?::(?:\$?(?:'(?:[^']|'')+'|[^\[\].'$:]+))?\.(?P<last>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}))?\]"
)
#: A name, or a table of which a column is named (``Staff[Pay]`` looks at all of ``Staff``).
_NAME = re.compile(r"(?<![\w.$!'\]\[@])[A-Za-z_\\][\w.\\]*(?![\w.(!])")
_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that is computed.

    Attributes:
        text: its formula, without the sign before it; as ``shifted`` from a shared one where the
            file says it once for many cells.
        shift: rows and columns by which relative references in ``text`` are to be moved.
    """

    sheet: str
    row: int
    column: int
    text: str = field(repr=False)
    shift: tuple[int, int] = (0, 0)

    @property
    def key(self) -> CellKey:
        """Give what names it."""
        return self.sheet, self.row, self.column


@dataclass(frozen=True, slots=True)
class CellArea:
    """Cells that a formula looks at; all ends from 0 and included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def holds(self, cell: CellKey) -> bool:
        """Say whether a cell lies in it."""
        sheet, row, column = cell
        return (
            sheet == self.sheet
            and self.top <= row <= self.bottom
            and self.left <= column <= self.right
        )

    @property
    def words(self) -> str:
        """Give it as a spreadsheet writes it, with its sheet."""
        first = address((self.sheet, self.top, self.left))
        if self.size == 1:
            return first
        return f"{first}:{column_letters(self.right)}{self.bottom + 1}"

    @property
    def size(self) -> int:
        """Give how many cells it covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def areas_of(formula: FormulaCell, names: Mapping[str, str] | None = None) -> tuple[CellArea, ...]:
    """Give the cells that a formula looks at.

    Args:
        names: the defined names of the workbook in lower case, with what they refer to. A name is
            followed once; references that are computed (INDIRECT, OFFSET) cannot be told.
    """
    text = _STRINGS.sub('""', formula.text)
    found = list(_areas(text, formula))
    for name in _NAME.findall(text) if names else ():
        meant = (names or {}).get(name.lower())
        if meant is not None:
            absolute = FormulaCell(formula.sheet, 0, 0, meant)
            found.extend(_areas(_STRINGS.sub('""', meant), absolute))
    return tuple(dict.fromkeys(found))


def _areas(text: str, home: FormulaCell) -> Iterator[CellArea]:
    for found in _OPEN.finditer(text):
        yield _area(home, found["sheet"], found["first"], found["last"] or found["first"])
    for found in _REFERENCE.finditer(_OPEN.sub(" ", text)):
        if found["area"]:
            first, _, last = found["area"].partition(":")
            yield _area(home, found["sheet"], first, last)
        elif found["cell"]:
            yield _area(home, found["sheet"], found["cell"], found["cell"])
        elif found["columns"]:
            first, _, last = found["columns"].partition(":")
            yield _area(home, found["sheet"], f"{first}$1", f"{last}${MAX_ROW}")
        else:
            first, _, last = found["rows"].partition(":")
            yield _area(home, found["sheet"], f"$A{first}", f"$XFD{last}")


def _area(home: FormulaCell, sheet: str | None, first: str, last: str) -> CellArea:
    top, left = _corner(first, home.shift)
    bottom, right = _corner(last, home.shift)
    name = home.sheet if not sheet else sheet.strip("'").replace("''", "'")
    return CellArea(name, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _corner(reference: str, shift: tuple[int, int]) -> tuple[int, int]:
    parts = _PARTS.fullmatch(reference)
    if parts is None:
        return 0, 0
    fixed_column, letters, fixed_row, digits = parts.groups()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    row = int(digits) - 1 + (0 if fixed_row else shift[0])
    return row % MAX_ROW, (column - 1 + (0 if fixed_column else shift[1])) % MAX_COLUMN


# --- what depends on what -----------------------------------------------------------------------


class CellSet:
    """Some cells, to be asked which of them lie in an area."""

    def __init__(self, cells: Iterable[CellKey]) -> None:
        self._cells = frozenset(cells)
        rows: dict[tuple[str, int], list[int]] = {}
        for sheet, row, column in self._cells:
            rows.setdefault((sheet, column), []).append(row)
        self._rows = {key: sorted(found) for key, found in rows.items()}

    def __contains__(self, cell: object) -> bool:
        """Say whether a cell is one of them."""
        return cell in self._cells

    def __iter__(self) -> Iterator[CellKey]:
        """Give them in no order."""
        return iter(self._cells)

    def __len__(self) -> int:
        """Give how many they are."""
        return len(self._cells)

    def inside(self, area: CellArea) -> Iterator[CellKey]:
        """Give those that lie in an area."""
        for sheet, column in self._columns(area):
            rows = self._rows.get((sheet, column), [])
            for at in range(bisect_left(rows, area.top), bisect_right(rows, area.bottom)):
                yield sheet, rows[at], column

    def _columns(self, area: CellArea) -> Iterable[tuple[str, int]]:
        if area.right - area.left < len(self._rows):
            return [(area.sheet, one) for one in range(area.left, area.right + 1)]
        return [
            one for one in self._rows if one[0] == area.sheet and area.left <= one[1] <= area.right
        ]


class Dependants:
    """The formulas of a workbook, so that one can ask what is computed from a cell.

    Args:
        formulas: every formula of the workbook.
        names: its defined names (``areas_of``).
    """

    def __init__(
        self, formulas: Iterable[FormulaCell], names: Mapping[str, str] | None = None
    ) -> None:
        self._looks_at: dict[CellKey, tuple[CellArea, ...]] = {}
        self._single: dict[CellKey, list[CellKey]] = {}
        self._wide: dict[tuple[str, int], list[tuple[CellArea, CellKey]]] = {}
        self._widest: dict[str, list[tuple[CellArea, CellKey]]] = {}
        for formula in formulas:
            areas = areas_of(formula, names)
            self._looks_at[formula.key] = areas
            for area in areas:
                self._enter(area, formula.key)

    def __iter__(self) -> Iterator[CellKey]:
        """Give the cells that are computed."""
        return iter(self._looks_at)

    def __len__(self) -> int:
        """Give how many formulas there are."""
        return len(self._looks_at)

    def _enter(self, area: CellArea, reader: CellKey) -> None:
        if area.size == 1:
            self._single.setdefault((area.sheet, area.top, area.left), []).append(reader)
        elif area.right - area.left < 64:
            for column in range(area.left, area.right + 1):
                self._wide.setdefault((area.sheet, column), []).append((area, reader))
        else:
            self._widest.setdefault(area.sheet, []).append((area, reader))

    def looks_at(self, cell: CellKey) -> tuple[CellArea, ...]:
        """Give what a cell is computed from; empty where it is no formula."""
        return self._looks_at.get(cell, ())

    def directly(self, cell: CellKey) -> tuple[CellKey, ...]:
        """Give the cells whose formulas look at a cell."""
        sheet, _, column = cell
        found = list(self._single.get(cell, ()))
        for area, reader in (
            *self._wide.get((sheet, column), ()),
            *self._widest.get(sheet, ()),
        ):
            if area.holds(cell):
                found.append(reader)
        return tuple(dict.fromkeys(one for one in found if one != cell))

    def of(self, cell: CellKey, most: int = 10_000) -> tuple[CellKey, ...]:
        """Give every cell that is computed from a cell, over others too, the nearest first."""
        seen: dict[CellKey, None] = {}
        waiting = [cell]
        while waiting and len(seen) < most:
            nearest = [one for each in waiting for one in self.directly(each)]
            waiting = [one for one in dict.fromkeys(nearest) if one not in seen and one != cell]
            seen.update(dict.fromkeys(waiting))
        return tuple(seen)[:most]

    def under(self, reader: CellKey, among: CellSet) -> frozenset[CellKey]:
        """Give which of some cells a cell is computed from, over others too.

        One of them is not looked through: what stands in it is not known.
        """
        reached: set[CellKey] = set()
        seen = {reader}
        waiting = [reader]
        while waiting:
            areas = [area for one in waiting for area in self.looks_at(one)]
            reached.update(one for area in areas for one in among.inside(area))
            inner = {one for area in areas for one in self._formulas_in(area)}
            waiting = [one for one in inner if one not in seen and one not in among]
            seen.update(waiting)
        return frozenset(reached)

    def _formulas_in(self, area: CellArea) -> Iterator[CellKey]:
        if area.size > len(self._looks_at):
            yield from (one for one in self._looks_at if area.holds(one))
            return
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                key = area.sheet, row, column
                if key in self._looks_at:
                    yield key


@dataclass(frozen=True, slots=True)
class Dependant:
    """A shown cell that is computed from a withheld one.

    Attributes:
        others: how many other withheld cells it is computed from; with none, the withheld one can
            be worked out by whoever knows how the cell is made up.
    """

    cell: CellKey
    others: int

    @property
    def gives_away(self) -> bool:
        """Say whether the withheld cell can be worked out from it."""
        return not self.others


def shown_dependants(
    cell: CellKey,
    of: Dependants,
    withheld: CellSet,
    shown: Collection[CellKey],
) -> tuple[Dependant, ...]:
    """Give the shown cells that are computed from a cell, those that give it away first.

    Args:
        withheld: every cell that is withheld, in whole or in part.
        shown: every cell that a release would show.
    """
    found = [
        Dependant(one, len(of.under(one, withheld) - {cell}))
        for one in of.of(cell)
        if one in shown and one not in withheld
    ]
    return tuple(sorted(found, key=lambda one: one.others))


def address(cell: CellKey) -> str:
    """Give a cell's address as a spreadsheet writes it, with its sheet."""
    sheet, row, column = cell
    return f"{sheet}!{column_letters(column)}{row + 1}"


def computed_from_shown(cell: CellKey, of: Dependants, withheld: CellSet) -> bool:
    """Say whether a withheld cell is itself computed from cells that are all shown."""
    areas = of.looks_at(cell)
    return bool(areas) and not any(one != cell for area in areas for one in withheld.inside(area))


def given_away(of: Dependants, withheld: CellSet, shown: Container[CellKey]) -> frozenset[CellKey]:
    """Give the withheld cells that can be worked out from shown ones.

    Either one is the only withheld cell that a shown one is computed from, or it is computed from
    shown ones itself.
    """
    found = {one for one in withheld if computed_from_shown(one, of, withheld)}
    for reader in of:
        if reader in shown and reader not in withheld:
            under = of.under(reader, withheld)
            if len(under) == 1:
                found.update(under)
    return frozenset(found)
