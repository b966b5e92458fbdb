"""Tables and patterns of the development corpus, as releases."""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from pathlib import Path

from redactor.numbers.model import Interval, Need, Relation, Release

_TOTAL = "Total"


class Table:
    """One table of the corpus: its counts with all totals, by the names of its cells.

    Cells are in the order of the corpus: row by row, totals first.
    """

    def __init__(self, path: Path) -> None:
        inner: dict[tuple[str, ...], int] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for *codes, count in list(csv.reader(file))[1:]:
                inner[tuple(codes)] = int(count)
        ways = len(next(iter(inner)))
        along = [sorted({key[way] for key in inner}) for way in range(ways)]
        keys = list(itertools.product(*([_TOTAL, *one] for one in along)))
        sums: dict[tuple[str, ...], int] = defaultdict(int)
        for key, number in inner.items():
            for mask in itertools.product((False, True), repeat=ways):
                sums[
                    tuple(_TOTAL if out else code for code, out in zip(key, mask, strict=True))
                ] += number
        self.counts = {name(key): sums[key] for key in keys}
        self.cells = tuple(self.counts)
        self.relations = tuple(
            Relation(
                name(key), tuple(name((*key[:way], one, *key[way + 1 :])) for one in along[way])
            )
            for way in range(ways)
            for key in keys
            if key[way] == _TOTAL
        )
        self.small = tuple(cell for cell, count in self.counts.items() if 1 <= count <= 4)

    def release(self, hidden: frozenset[str]) -> Release:
        """Print the table with some cells hidden, where noughts are printed."""
        printed = {
            cell: Interval(1, None) if cell in hidden else Interval(count, count)
            for cell, count in self.counts.items()
        }
        return Release(printed, self.relations)

    def range_needs(self) -> tuple[Need, ...]:
        """Ask that a reader can rule out neither 1 nor 5 for a small count."""
        return tuple(Need(cell, 1, 5) for cell in self.small)

    def exact_needs(self) -> tuple[Need, ...]:
        """Ask that no small count can be worked out exactly."""
        return tuple(Need(cell, None, None) for cell in self.small)


def name(key: tuple[str, ...]) -> str:
    """Name a cell by its codes."""
    return "/".join(key)


def hidden_by(path: Path) -> frozenset[str]:
    """Give the cells that a stored pattern hides."""
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(
            name(tuple(codes)) for *codes, status in list(csv.reader(file))[1:] if status != "s"
        )
