"""How fast the machine is just now, in the terms of what small numbers spend their time on."""

from __future__ import annotations

import random
import statistics
import time

import highspy
import numpy as np

#: A transport problem of so many places on each side.
_SIDE = 90


def unit() -> float:
    """Give the CPU seconds that HiGHS alone takes for a fixed linear programme; median of three."""
    return statistics.median(_solve() for _ in range(3))


def _solve() -> float:
    chance = random.Random(1)
    highs = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        highs.setOptionValue(name, value)
    amounts = np.array([float(chance.randint(1, 40)) for _ in range(_SIDE)])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = _SIDE * _SIDE, 2 * _SIDE
    model.col_cost_ = np.array([float(chance.randint(1, 100)) for _ in range(_SIDE * _SIDE)])
    model.col_lower_ = np.zeros(_SIDE * _SIDE)
    model.col_upper_ = np.full(_SIDE * _SIDE, np.inf)
    model.row_lower_ = model.row_upper_ = np.concatenate([amounts, amounts])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(0, 2 * _SIDE * _SIDE + 1, 2, dtype=np.int32)
    places = [(row, _SIDE + column) for row in range(_SIDE) for column in range(_SIDE)]
    model.a_matrix_.index_ = np.array(places, np.int32).ravel()
    model.a_matrix_.value_ = np.ones(2 * _SIDE * _SIDE)
    began = time.process_time()
    highs.passModel(model)
    highs.run()
    taken = time.process_time() - began
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError("the plain programme was not solved")
    return taken
