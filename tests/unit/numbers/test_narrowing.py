"""Limits of how far cells move that are read off row by row, against what the solver reaches."""

from __future__ import annotations

import random

import numpy as np
import pytest

from redactor.numbers.model import Policy
from redactor.numbers.protect.attack import Attack
from redactor.numbers.protect.narrowing import furthest
from redactor.numbers.protect.solving import Clock
from redactor.numbers.protect.system import System, make_system
from tests.unit.numbers.made_tables import grid
from tests.unit.numbers.test_protect_optimum import made

_FAR = 1_000


def _system(kind: str, seed: int) -> System:
    return make_system(made(kind, seed), Policy(threshold=3), {}, Clock(60))


@pytest.mark.parametrize("kind", ["grid", "linked", "latent"])
def test_no_column_is_pushed_beyond_what_its_rows_leave_it(kind: str) -> None:
    pushed = 0
    for seed in range(8):
        system = _system(kind, seed)
        chance = random.Random(seed)
        hidden = np.array([chance.random() < 0.5 for _ in range(system.columns)]) & ~system.free
        low, high = furthest(system, hidden)
        attack = Attack(system, Clock(60))
        attack.hide(hidden)
        for column in np.flatnonzero(hidden):
            for sign, most in ((1, high[column]), (-1, -low[column])):
                assert attack.push(int(column), (sign, _FAR)).reached <= most + 1e-6
                pushed += 1
    assert pushed > 50


def test_a_cell_that_is_hidden_alone_in_a_row_is_stuck() -> None:
    tables = grid([[12, 3, 9], [10, 22, 8], [7, 16, 11]])
    system = make_system(tables, Policy(), {}, Clock(60))
    hidden = np.zeros(system.columns, np.bool_)
    column = system.column_of["S!r1c2"]
    hidden[[column, system.column_of["S!r2c2"]]] = True
    low, high = furthest(system, hidden)
    assert (low[column], high[column]) == (0.0, 0.0)
