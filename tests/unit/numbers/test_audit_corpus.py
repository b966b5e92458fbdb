"""The audit of stored patterns: the optimal ones are safe, and need every cell that they hide."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest

from redactor.numbers.audit import audit
from redactor.numbers.certify import certify
from redactor.numbers.model import Need
from redactor.numbers.verdicts import Finding, Verdict
from tests.corpus import corpus_folder
from tests.unit.numbers.printed import Table, hidden_by

#: Of each two of the largest tables one will do.
_AS_LARGE = ("foi100x50_2", "rare100x50_2", "foi500x20_2", "rare500x20_2")


@cache
def _table(instance: str) -> Table:
    return Table(corpus_folder("numbers", f"{instance}.csv"))


def _optima(mode: str) -> list[tuple[str, frozenset[str], bool]]:
    """Give each instance with its stored pattern and whether that is known to be the least."""
    stored = json.loads(corpus_folder("numbers", "optima.json").read_text(encoding="utf-8"))
    return [
        (
            instance,
            frozenset(_table(instance).cells[place] for place in modes[mode]["pattern"]),
            modes[mode]["status"] == "optimal",
        )
        for instance, modes in stored.items()
    ]


def _attainable(table: Table) -> tuple[Need, ...]:
    """Give what can be asked: what holds of each cell when all that can be hidden is.

    A total of 3 made of three parts that are no noughts is 3 to every reader: it cannot be asked
    that 1 stay possible.
    """
    everything = frozenset(cell for cell, count in table.counts.items() if count)
    result = audit(table.release(everything), table.range_needs(), time_limit=120)
    lowered = {one.need.cell: one.low or 0 for one in result.findings if not _is_safe(one)}
    for cell, low in lowered.items():
        assert "Total" in cell
        assert 1 < low <= table.counts[cell]
    return tuple(
        Need(need.cell, lowered.get(need.cell, need.low), need.high) for need in table.range_needs()
    )


def _is_safe(finding: Finding) -> bool:
    return finding.verdict is Verdict.SAFE


@pytest.mark.parametrize("mode", ["range", "exact"])
def test_every_stored_optimum_is_safe_and_its_tables_add_up(mode: str) -> None:
    for instance, hidden, _ in _optima(mode):
        if instance in _AS_LARGE:
            continue
        table = _table(instance)
        needs = _attainable(table) if mode == "range" else table.exact_needs()
        release = table.release(hidden)
        result = audit(release, needs, time_limit=120)
        assert result.is_safe, instance
        assert certify(release, result) == (), instance
        assert sum(one.low is not None for one in result.findings) == len(table.small)


@pytest.mark.parametrize("mode", ["range", "exact"])
def test_an_optimum_that_shows_any_one_cell_more_is_not_safe(mode: str) -> None:
    killed = 0
    for instance, hidden, least in _optima(mode):
        table = _table(instance)
        if not least or not instance.startswith(("foi5x6", "foi20x10", "rare20x10")):
            continue
        needs = _attainable(table) if mode == "range" else table.exact_needs()
        for cell in sorted(hidden - frozenset(table.small)):
            result = audit(table.release(hidden - {cell}), needs, time_limit=120)
            assert not result.is_safe, (instance, cell)
            assert result.count(Verdict.UNCONFIRMED) == 0
            killed += 1
    assert killed > 60


def _peers(method: str, family: str) -> Counter[Verdict]:
    """Count the findings on one family of tables, against a reader who knows that noughts show."""
    counted: Counter[Verdict] = Counter()
    for path in sorted(corpus_folder("numbers", "peer_patterns").glob(f"{family}_*.{method}.csv")):
        table = _table(path.name.split(".")[0])
        release = table.release(hidden_by(path))
        result = audit(release, table.range_needs(), time_limit=120)
        assert certify(release, result) == (), path.name
        counted.update(one.verdict for one in result.findings)
    return counted


@pytest.mark.parametrize(
    ("method", "family", "exact", "narrow"),
    [
        ("GaussSuppression", "foi5x6", 0, 84),
        ("GaussSuppression", "foi20x10", 0, 147),
        ("GaussSuppression", "rare20x10", 0, 39),
        ("GaussSuppression", "foi6x8x4", 3, 131),
        ("GaussInterval", "foi20x10", 0, 129),
        ("HITAS", "foi5x6", 12, 60),
        ("HYPERCUBE", "foi20x10", 0, 71),
        ("OPT", "foi5x6", 14, 77),
        ("OPT", "foi20x10", 14, 146),
        ("SIMPLEHEURISTIC", "foi20x10", 14, 146),
        ("SIMPLEHEURISTIC", "rare20x10", 4, 29),
    ],
)
def test_what_other_programs_hide_leaves_cells_exact_or_narrow(
    method: str, family: str, exact: int, narrow: int
) -> None:
    counted = _peers(method, family)
    found = (counted[Verdict.EXACT], counted[Verdict.NARROW], counted[Verdict.UNCONFIRMED])
    assert found == (exact, narrow, 0)
