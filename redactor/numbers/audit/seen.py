"""The tables that were found to fit, and how far each cell goes in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from redactor.numbers.audit.system import Whole
from redactor.numbers.model import Need


class Tables:
    """Alternative tables, each kept once."""

    def __init__(self) -> None:
        self.tables: list[Whole] = []
        self._places: dict[bytes, int] = {}

    def place(self, table: Whole) -> int:
        """Give where a table is kept; keep it if it is new."""
        key = table.tobytes()
        if key not in self._places:
            self._places[key] = len(self.tables)
            self.tables.append(table)
        return self._places[key]


@dataclass(slots=True)
class Seen:
    """How low and how high one reader was seen to have to think of each cell.

    Attributes:
        low, high: the least and the greatest of each column so far.
        low_table, high_table: in which tables.
    """

    tables: Tables
    low: Whole
    high: Whole
    low_table: Whole
    high_table: Whole

    @classmethod
    def of(cls, tables: Tables, first: Whole) -> Seen:
        """Begin with one table."""
        place = np.full(len(first), tables.place(first), np.int64)
        return cls(tables, first.copy(), first.copy(), place, place.copy())

    def add(self, table: Whole) -> None:
        """Take another table in."""
        lower, higher = table < self.low, table > self.high
        if not lower.any() and not higher.any():
            return
        place = self.tables.place(table)
        self.low[lower], self.low_table[lower] = table[lower], place
        self.high[higher], self.high_table[higher] = table[higher], place

    def low_aim(self, column: int, need: Need) -> int | None:
        """Give how low the cell still has to be seen for a need; None where that is done with."""
        if need.low is None:
            both = need.high is None and self.low[column] == self.high[column]
            return int(self.low[column]) - 1 if both else None
        return need.low if self.low[column] > need.low else None

    def high_aim(self, column: int, need: Need) -> int | None:
        """Give how high the cell still has to be seen for a need; None where that is done with."""
        if need.high is None:
            both = need.low is None and self.low[column] == self.high[column]
            return int(self.high[column]) + 1 if both else None
        return need.high if self.high[column] < need.high else None
