"""Areas of a sheet: what is merged, and what is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redactor.content import Sheet
from redactor.model import column_letters

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_AREA = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?")


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle of cells: rows and columns from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """Give it as ``A1:B2``."""
        start = f"{column_letters(self.left)}{self.top + 1}"
        return f"{start}:{column_letters(self.right)}{self.bottom + 1}"

    @property
    def fixed_name(self) -> str:
        """Give it as ``$A$1:$B$2``."""
        start = f"${column_letters(self.left)}${self.top + 1}"
        return f"{start}:${column_letters(self.right)}${self.bottom + 1}"


def size_of(sheet: Sheet) -> tuple[int, int]:
    """Give how many rows and columns a sheet has."""
    return len(sheet.rows), max((len(row) for row in sheet.rows), default=0)


def printed_areas(sheet: Sheet) -> tuple[Extent, ...]:
    """Give what of a sheet is printed: all of it, where nothing that is understood is named."""
    rows, columns = size_of(sheet)
    if not rows or not columns:
        return ()
    found = [extent_of(one, rows, columns) for one in sheet.print_area.split(",") if one.strip()]
    extents = [one for one in found if one is not None]
    if not extents or len(extents) < len(found):
        return (Extent(0, 0, rows - 1, columns - 1),)
    return tuple(extents)


def merged_areas(sheet: Sheet) -> tuple[Extent, ...]:
    """Give the areas of a sheet that are one cell each, and hide no other cell beneath them."""
    found = (extent_of(one, _MOST_ROWS, _MOST_COLUMNS) for one in sheet.merged)
    return tuple(one for one in found if one is not None and not _hides(one, sheet))


def _hides(area: Extent, sheet: Sheet) -> bool:
    """Say whether something stands in a merged area beside its first cell: nobody would see it."""
    return any(
        cell is not None and cell.value not in {None, ""}
        for number, row in enumerate(sheet.rows[area.top : area.bottom + 1])
        for cell in row[area.left + (number == 0) : area.right + 1]
    )


def extent_of(area: str, rows: int, columns: int) -> Extent | None:
    """Read ``A1:B2``, ``A1``, ``A:B`` or ``1:2`` within a sheet of so many rows and columns.

    Returns:
        None where it is none of these, or lies wholly outside.
    """
    match = _AREA.fullmatch(area.strip().upper())
    if match is None or not (match[1] or match[2]):
        return None
    left, top = _column(match[1], 0), _row(match[2], 0)
    if ":" in area:
        right, bottom = _column(match[3], columns - 1), _row(match[4], rows - 1)
    else:
        right, bottom = _column(match[1], columns - 1), _row(match[2], rows - 1)
    right, bottom = min(right, columns - 1), min(bottom, rows - 1)
    return Extent(top, left, bottom, right) if top <= bottom and left <= right else None


def _column(letters: str | None, otherwise: int) -> int:
    if not letters:
        return otherwise
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1


def _row(digits: str | None, otherwise: int) -> int:
    return max(int(digits) - 1, 0) if digits else otherwise
