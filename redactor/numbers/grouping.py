"""Take categories or years together until fewer counts are small."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from redactor.numbers.layout import Dimension, Layout, Table, cell_name
from redactor.numbers.model import CellName, Evidence, Policy, Relation, Tables


@dataclass(frozen=True, slots=True)
class Band:
    """Rows or columns of a sheet that are printed as one, in the place of the first of them.

    Attributes:
        lines: their numbers, from 0; the first is where the band stands.
        label: what it is called.
    """

    sheet: str
    is_column: bool
    lines: tuple[int, ...]
    label: str = field(repr=False)
    crossing: tuple[int, ...] = field(default=(), repr=False)

    def spot(self, line: int, crossing: int) -> tuple[int, int]:
        """Give row and column."""
        return (crossing, line) if self.is_column else (line, crossing)


def grouped(layout: Layout, tables: Tables, policy: Policy) -> tuple[tuple[Band, ...], Tables]:
    """Take lines together where that leaves no small count, as few as will do.

    Each table is grouped in the direction that keeps most of it. Where even all together leaves a
    small count the table stays as it is, and cells are hidden.

    Returns:
        The bands, and the tables in which they stand for what they are the sum of. What they are
        made of is printed nowhere, and is still limited by all that is.
    """
    counts = dict(tables.counts)
    relations = list(tables.relations)
    bands: list[Band] = []
    for table in layout.tables:
        if not any(policy.is_small(counts.get(cell, 0)) for cell in table.cells):
            continue
        found = max(
            (_bands(table, tables, policy, is_column=one) for one in (True, False)),
            key=len,
        )
        for band in found:
            if len(band.lines) == 1:
                continue
            bands.append(band)
            for crossing in band.crossing:
                parts = _cells(band, crossing, tables)
                if not parts:
                    continue
                name = band_name(band, crossing)
                total = sum(counts.pop(part) for part in parts)
                counts[name] = total
                relations.append(Relation(name, parts, Evidence.LATENT, band.label))
    return tuple(bands), replace(tables, counts=counts, relations=tuple(relations))


def band_name(band: Band, crossing: int) -> CellName:
    """Give what the cell of a band is called."""
    row, column = band.spot(band.lines[0], crossing)
    return f"band:{cell_name(band.sheet, row, column)}"


def _cells(band: Band, crossing: int, tables: Tables) -> tuple[CellName, ...]:
    names = (cell_name(band.sheet, *band.spot(line, crossing)) for line in band.lines)
    return tuple(name for name in names if name in tables.counts)


def _bands(table: Table, tables: Tables, policy: Policy, *, is_column: bool) -> list[Band]:
    """Cut the lines of one direction into as many bands as leave no small count; none if none."""
    down, across = table.dimensions
    lines, crossing = (across, down) if is_column else (down, across)
    groups = lines.groups
    if len(groups) < 2 or any(b - a != 1 for a, b in itertools.pairwise(groups)):
        return []
    best: list[list[Band] | None] = [[]]
    for end in range(1, len(groups) + 1):
        options = [
            [*before, band]
            for start in range(end)
            if (before := best[start]) is not None
            and _is_free(
                band := _band(table, lines, groups[start:end], crossing, is_column=is_column),
                tables,
                policy,
            )
        ]
        best.append(max(options, key=len, default=None))
    return best[-1] or []


def _band(
    table: Table, lines: Dimension, taken: Sequence[int], crossing: Dimension, *, is_column: bool
) -> Band:
    names = dict(zip(lines.lines, lines.labels, strict=True))
    first, last = names[taken[0]], names[taken[-1]]
    if first == last:
        label = first
    elif first.isdecimal() and last.isdecimal():
        label = f"{first} to {last}"
    else:
        label = ", ".join(names[one] for one in taken)
    return Band(table.sheet, is_column, tuple(taken), label, crossing.lines)


def _is_free(band: Band, tables: Tables, policy: Policy) -> bool:
    """Say whether no count of a band is small."""
    sums = (
        sum(tables.counts[cell] for cell in _cells(band, crossing, tables))
        for crossing in band.crossing
    )
    return not any(policy.is_small(one) for one in sums)
