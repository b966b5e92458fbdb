"""What each small cell needs, as movements that a reader must not be able to rule out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from redactor.numbers.model import CellName, Need, Policy
from redactor.numbers.protect.system import System

Side: TypeAlias = tuple[int, int]
"""A movement: up (1) or down (-1), and by how much at least."""


@dataclass(frozen=True, slots=True)
class Demand:
    """There is to be a table that fits all that is printed, in which a column moves so far.

    Attributes:
        column: what moves.
        sides: one of these movements will do.
        blind: a column that does not move, because the reader is in it; -1 for none.
    """

    column: int
    sides: tuple[Side, ...]
    blind: int = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """One side of what one cell needs, before it is known whether it can be had.

    Attributes:
        need: what the policy asks.
        demand: None where the cell cannot move at all.
        insider: who is taken to know what; None for no one.
    """

    need: Need
    demand: Demand | None
    sides: tuple[Side, ...]
    insider: CellName | None


def asked_of(needs: Iterable[Need], policy: Policy, system: System) -> tuple[Asked, ...]:
    """Give all that is asked, for a reader who knows no cell and for every insider in turn."""
    hidden_ones = [cell for cell in system.truth if cell in policy.insiders]
    return tuple(
        Asked(need, _demand(need, sides, insider, system), sides, insider)
        for need in needs
        for sides in _sides(need, system.truth[need.cell])
        for insider in (None, *(one for one in hidden_ones if one != need.cell))
    )


def _sides(need: Need, count: int) -> tuple[tuple[Side, ...], ...]:
    """Give what must hold: each of the outer, by any one of its movements."""
    if need.low is None or need.high is None:
        return (((1, 1), (-1, 1)),)
    down, up = count - need.low, need.high - count
    return tuple(((sign, amount),) for sign, amount in ((1, up), (-1, down)) if amount > 0)


def _demand(
    need: Need, sides: tuple[Side, ...], insider: CellName | None, system: System
) -> Demand | None:
    column = system.column_of.get(need.cell)
    if column is None:
        return None
    blind = -1 if insider is None else system.column_of.get(insider, -1)
    return None if blind == column else Demand(column, sides, blind)
