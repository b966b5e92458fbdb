from __future__ import annotations

import pytest

from tests.benchmarks.measuring import Run
from tests.benchmarks.pdf_pages import slope_kb


def _held(megabytes: int) -> Run:
    return Run(1.0, 1.0, 0, megabytes)


def test_what_a_page_adds_is_told_by_the_fewest_and_the_most_pages() -> None:
    runs = {5000: _held(160), 500: _held(70), 2000: _held(200)}
    assert slope_kb(runs) == pytest.approx(90 * 1024 / 4500)


def test_one_count_of_pages_tells_no_growth() -> None:
    assert slope_kb({500: _held(70)}) is None
