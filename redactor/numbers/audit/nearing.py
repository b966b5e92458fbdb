"""The table nearest to one that fits in which a cell is so many, without a search by whole numbers.

What moves as little as can goes round by ones, so that it is in whole numbers by itself, nearly
always. Whether it is, and whether it fits, is for the reader to see.
"""

from __future__ import annotations

import random

import numpy as np

from redactor.numbers.audit.solving import Answer, Clock, Outcome, Programme
from redactor.numbers.audit.system import Floats, Matrix, Whole


class Nearing:
    """Moves away from one table; every column is there twice, as more and as less than in it."""

    def __init__(self, base: Whole, low: Floats, high: Floats, matrix: Matrix) -> None:
        columns = len(base)
        self._base = base.astype(np.float64)
        self._most = np.concatenate([high - self._base, self._base - low])
        self._programme = Programme(
            np.zeros(2 * columns), self._most, _both_ways(matrix, self._base)
        )
        self._programme.cost(generic(2 * columns))

    def at(self, column: int, count: int, clock: Clock) -> Answer:
        """Give the nearest table in which a column is so many, in whole numbers or not."""
        more, less = column, len(self._base) + column
        away = count - self._base[column]
        self._programme.limit_one(more, max(away, 0.0), max(away, 0.0))
        self._programme.limit_one(less, max(-away, 0.0), max(-away, 0.0))
        answer = self._programme.solve(clock)
        for one in (more, less):
            self._programme.limit_one(one, 0.0, self._most[one])
        if answer.outcome is not Outcome.DONE:
            return answer
        moved = answer.values[: len(self._base)] - answer.values[len(self._base) :]
        return Answer(Outcome.DONE, answer.value, self._base + moved)


def generic(columns: int, draw: int = 1) -> Floats:
    """Give costs between 1 and 2 with no pattern to them, the same each time.

    Where costs have ties the solver may stop half way between two tables of whole numbers.
    """
    chance = random.Random(draw)  # noqa: S311 - no secret
    return np.array([chance.uniform(1.0, 2.0) for _ in range(columns)])


def _both_ways(matrix: Matrix, base: Floats) -> Matrix:
    """Give the rows for what is more and what is less than in a table."""
    ends = np.diff(matrix.start)
    row = np.repeat(np.arange(matrix.count), ends)
    sums = np.bincount(row, matrix.value * base[matrix.index], matrix.count)
    order = np.argsort(np.concatenate([row, row]), kind="stable")
    return Matrix(
        (matrix.start * 2).astype(np.int32),
        np.concatenate([matrix.index, matrix.index + len(base)])[order].astype(np.int32),
        np.concatenate([matrix.value, -matrix.value])[order],
        matrix.low - sums,
        matrix.high - sums,
    )
