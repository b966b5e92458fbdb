"""The audit says what going through every table of whole numbers says."""

from __future__ import annotations

import pytest

from redactor.numbers.audit import audit, ranges
from redactor.numbers.certify import certify
from redactor.numbers.model import Interval, Need, Release
from redactor.numbers.verdicts import Verdict
from tests.unit.numbers.enumeration import TooMany, extents, small_release

#: For each kind the releases that are gone through. Those with too many tables are left out, and
#: the last test holds how many there must be all the same.
_SEEDS = {"square": 130, "tree": 95, "linked": 90, "cube": 40, "rounded": 110, "shares": 110}
_MOST_TABLES = 120

_compared: dict[str, int] = {}


def _unknown(release: Release, cells: dict[str, tuple[int, int]]) -> list[str]:
    printed = {cell: release.printed.get(cell, Interval(0, None)) for cell in cells}
    return [cell for cell, one in printed.items() if one.low != one.high]


def _needs(release: Release, unknown: list[str]) -> list[Need]:
    """Ask for each printed cell in turn that it be neither small nor known, or not known."""
    asked = [cell for cell in unknown if cell in release.printed]
    return [
        Need(cell, None, None) if number % 2 else Need(cell, 1, 5)
        for number, cell in enumerate(asked)
    ]


def verdict_of(need: Need, low: int, high: int) -> Verdict:
    """Say what all tables say of a need, of whose cell they have the least and the greatest."""
    if low == high:
        return Verdict.EXACT
    if need.low is None or need.high is None or (low <= need.low and high >= need.high):
        return Verdict.SAFE
    return Verdict.NARROW


@pytest.mark.parametrize("kind", _SEEDS)
def test_every_range_and_verdict_is_that_of_all_tables(kind: str) -> None:
    for seed in range(_SEEDS[kind]):
        release, counts = small_release(kind, seed)
        try:
            everybody = extents(release, {}, _MOST_TABLES)
        except TooMany:
            continue
        unknown = _unknown(release, everybody)
        found = ranges(release, time_limit=60)
        assert found == {cell: Interval(*everybody[cell]) for cell in unknown}, seed

        insiders = {cell: counts[cell] for cell in unknown[:1] if seed % 4 == 0}
        result = audit(release, _needs(release, unknown), insiders, time_limit=60)
        of: dict[str | None, dict[str, tuple[int, int]]] = {None: everybody}
        of.update({cell: extents(release, {cell: n}, _MOST_TABLES) for cell, n in insiders.items()})
        for one in result.findings:
            low, high = of[one.insider][one.need.cell]
            assert one.verdict is verdict_of(one.need, low, high), (seed, one.need)
            if one.verdict is not Verdict.SAFE:
                assert (one.low, one.high) == (low, high), (seed, one.need)
        assert certify(release, result) == (), seed
        _compared[kind] = _compared.get(kind, 0) + 1


def test_more_than_five_hundred_releases_were_gone_through() -> None:
    if set(_compared) != set(_SEEDS):
        pytest.skip("only some of the comparisons were run")
    assert sum(_compared.values()) >= 500
