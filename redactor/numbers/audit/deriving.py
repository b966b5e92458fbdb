"""The sums by which a reader finds an end of what a cell may be, exact in whole numbers.

The solver says about how often each printed fact is to be taken. That is made into fractions, and
what these prove is worked out anew: a derivation is never wrong, at worst there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import TypeAlias

import numpy as np

from redactor.numbers.audit.system import Floats, System
from redactor.numbers.model import Interval
from redactor.numbers.verdicts import Derivation, End

_Weights: TypeAlias = dict[int, Fraction]

#: What is smaller than this is nothing.
_NOTHING = 1e-9
#: Largest denominators to be tried, one after the other.
_DENOMINATORS = (1, 12, 1000, 10**6)
#: Systems of equations of at most so many rows are solved exactly where rounding does not do.
_MOST_ROWS = 80


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be shown: that a cell goes no further.

    Attributes:
        aim: the limit that a search came to.
        insider: a column and the count that is known of it.
    """

    system: System
    column: int
    end: End
    aim: int
    insider: tuple[int, int] | None = None

    @property
    def sign(self) -> int:
        """Give 1 where the cell is not to be more, -1 where its negative is not."""
        return 1 if self.end is End.HIGH else -1

    def limits(self, column: int) -> Interval:
        """Give what this reader knows of a column from the start."""
        if self.insider is not None and column == self.insider[0]:
            return Interval(self.insider[1], self.insider[1])
        return self.system.interval(self.system.cells[column])


def derive(question: Question, duals: Floats, reduced: Floats) -> Derivation | None:
    """Find the sums that show how far a cell can go.

    Args:
        duals, reduced: what each row and column is worth to a search for the least of ``-cell`` for
            ``End.HIGH``, of ``cell`` for ``End.LOW``.

    Returns:
        Sums that show that limit or a better one, or None.
    """
    about = {int(row): -float(duals[row]) for row in np.flatnonzero(np.abs(duals) > _NOTHING)}
    for most in _DENOMINATORS:
        tried = {row: Fraction(one).limit_denominator(most) for row, one in about.items()}
        derivation = _proves(question, tried)
        if derivation is not None:
            return derivation
    exact = _exact(question, about, reduced)
    return _proves(question, exact) if exact else None


def _proves(question: Question, weights: _Weights) -> Derivation | None:
    sign, system = question.sign, question.system
    most = _most(question, weights)
    if most is None or floor(most) > sign * question.aim:
        return None
    scale = lcm(*(one.denominator for one in weights.values()))
    times = tuple(
        (system.rows[row].place, int(one * scale)) for row, one in sorted(weights.items()) if one
    )
    cell = system.cells[question.column]
    return Derivation(cell, question.end, sign * floor(most), scale, times)


def _most(question: Question, weights: _Weights) -> Fraction | None:
    """Give what ``sign x cell`` cannot be more than; None for no limit."""
    most = Fraction(0)
    left: _Weights = {question.column: Fraction(question.sign)}
    for number, weight in weights.items():
        row = question.system.rows[number]
        side = row.high if weight > 0 else row.low
        if not weight:
            continue
        if side is None:
            return None
        most += weight * side
        for other, factor in row.terms:
            left[other] = left.get(other, Fraction(0)) - weight * factor
    for other, times in left.items():
        limits = question.limits(other)
        limit = limits.high if times > 0 else limits.low
        if not times:
            continue
        if limit is None:
            return None
        most += times * limit
    return most


def _exact(question: Question, weights: dict[int, float], reduced: Floats) -> _Weights | None:
    """Give the weights exactly: those with which nothing is left of the columns worth nothing."""
    rows = sorted(weights)
    if not rows or len(rows) > _MOST_ROWS:
        return None
    place = {row: number for number, row in enumerate(rows)}
    equations: dict[int, list[Fraction]] = {}
    for row in rows:
        for other, factor in question.system.rows[row].terms:
            if abs(reduced[other]) > _NOTHING:
                continue
            equation = equations.setdefault(other, [Fraction(0)] * (len(rows) + 1))
            equation[place[row]] += Fraction(factor)
            equation[-1] = Fraction(question.sign if other == question.column else 0)
    solution = _solved(list(equations.values()), [weights[row] for row in rows])
    return None if solution is None else dict(zip(rows, solution, strict=True))


def _solved(equations: list[list[Fraction]], about: list[float]) -> list[Fraction] | None:
    """Solve equations; where they leave a choice, by what the answer is about."""
    leading: list[int] = []
    done: list[list[Fraction]] = []
    for one in equations:
        equation = one[:]
        for lead, other in zip(leading, done, strict=True):
            if equation[lead]:
                times = equation[lead]
                equation = [a - times * b for a, b in zip(equation, other, strict=True)]
        lead = next((place for place, factor in enumerate(equation[:-1]) if factor), -1)
        if lead < 0:
            if equation[-1]:
                return None
            continue
        equation = [factor / equation[lead] for factor in equation]
        done = [
            [a - other[lead] * b for a, b in zip(other, equation, strict=True)] for other in done
        ]
        leading.append(lead)
        done.append(equation)
    solution = [Fraction(one).limit_denominator(1000) for one in about]
    for lead, equation in zip(leading, done, strict=True):
        rest = sum(
            (
                equation[place] * solution[place]
                for place in range(len(about))
                if place not in leading
            ),
            Fraction(0),
        )
        solution[lead] = equation[-1] - rest
    return solution
