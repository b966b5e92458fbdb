"""Tables that other programs publish (``peers/README.md``): what is left open, what is hidden."""

from __future__ import annotations

import csv
from pathlib import Path

from redactor.numbers.audit import audit, ranges
from redactor.numbers.certify import certify
from redactor.numbers.model import (
    CellName,
    Interval,
    Need,
    Policy,
    Relation,
    Tables,
    Weights,
    Zeros,
    hidden_release,
    needs_of,
)
from redactor.numbers.protect import protect
from redactor.numbers.protection import Status
from redactor.numbers.verdicts import Verdict

_FOLDER = Path(__file__).parent / "peers"
_PARTS = {
    "Nr": ("1", "2", "3"),
    "Os": ("4", "5", "6", "7"),
    "Ws": ("8", "9", "10"),
    "Zd": ("11", "12"),
    "Total": ("Nr", "Os", "Ws", "Zd", "99"),
}
#: What τ-ARGUS finds unsafe, and by how much a reader has to be off, up and down, rounded up.
_UNSAFE = {
    "2|Nr": 1, "2|1": 1, "2|4": 1, "2|6": 1, "4|Nr": 1, "4|1": 1, "4|Os": 1, "4|6": 1,
    "9|4": 1289,
}  # fmt: skip
#: Those of one contributor, who knows what is in them.
_LONE = ("2|1", "2|4", "4|1", "4|Nr", "4|Os", "4|6")
#: What the 12 cells hold that τ-ARGUS hides besides.
_THEIRS = 2_524_351


def _rows(name: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        heads, *lines = csv.reader(file)
    return heads[1:], {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}


def _simple2d() -> Tables:
    """Read the table in whole units; every total is worked out."""
    regions, rows = _rows("simple2d.csv")
    sizes = [one for one in rows if one != "Total"]
    counts: dict[CellName, int] = {}
    for size in sizes:
        for region in regions:
            if region not in _PARTS:
                counts[f"{size}|{region}"] = round(float(rows[size][region]))
        for total, parts in _PARTS.items():
            counts[f"{size}|{total}"] = sum(counts[f"{size}|{one}"] for one in parts)
    for region in regions:
        counts[f"Total|{region}"] = sum(counts[f"{size}|{region}"] for size in sizes)
    relations = [
        Relation(f"{size}|{total}", tuple(f"{size}|{one}" for one in parts))
        for size in ("Total", *sizes)
        for total, parts in _PARTS.items()
    ]
    relations += [
        Relation(f"Total|{region}", tuple(f"{size}|{region}" for size in sizes))
        for region in regions
    ]
    return Tables(counts, tuple(relations))


def _needs(tables: Tables) -> list[Need]:
    return [
        Need(cell, tables.counts[cell] - amount, tables.counts[cell] + amount)
        for cell, amount in _UNSAFE.items()
    ]


def _policy(insiders: tuple[CellName, ...] = ()) -> Policy:
    return Policy(
        threshold=1,
        weights=Weights.COUNTS,
        total_weight=1,
        must_hide=frozenset(_UNSAFE),
        insiders=frozenset(insiders),
    )


def test_every_total_of_the_table_of_tau_argus_is_as_it_prints_it() -> None:
    regions, rows = _rows("simple2d.csv")
    counts = _simple2d().counts
    printed = {f"{size}|{one}": float(rows[size][one]) for size in rows for one in regions}
    assert len(printed) == 162
    assert [cell for cell, shown in printed.items() if abs(counts[cell] - shown) > 1] == []


def test_as_much_protection_as_tau_argus_asks_for_costs_a_fifth_of_what_it_hides() -> None:
    tables = _simple2d()
    needs = _needs(tables)
    found = protect(tables, _policy(), budget_s=60, needs=needs)
    assert found.status is Status.PROVED_MINIMUM
    assert (len(found.secondary), found.cost) == (6, 521_926)
    assert found.cost < _THEIRS * 0.21
    release = hidden_release(tables, found.hidden, 1)
    said = audit(release, needs, time_limit=60)
    assert said.is_safe
    assert certify(release, said) == ()


def test_protecting_lone_contributors_from_one_another_costs_less_than_half_of_it() -> None:
    tables = _simple2d()
    needs = _needs(tables)
    found = protect(tables, _policy(_LONE), budget_s=60, needs=needs)
    assert found.cost == found.lower_bound == 1_092_497
    assert found.cost < _THEIRS / 2
    known = {cell: tables.counts[cell] for cell in _LONE}
    said = audit(hidden_release(tables, found.hidden, 1), needs, known, time_limit=60)
    unsafe = {
        (one.insider, one.need.cell) for one in said.findings if one.verdict is not Verdict.SAFE
    }
    # Where one contributor is all that a total holds, nothing can be hidden from them.
    assert unsafe == {(one.insider, one.need.cell) for one in found.relaxed}


def test_twenty_less_would_let_lone_contributors_of_two_regions_work_out_one_another() -> None:
    """1,092,477 is told of the 12 cells besides the total of size 2: six pairs are open then."""
    tables = _simple2d()
    needs = _needs(tables)
    found = protect(tables, _policy(_LONE), budget_s=60, needs=needs)
    fewer = found.hidden - {"2|Total"}
    besides = fewer.difference(found.primary)
    assert (len(besides), sum(tables.counts[cell] for cell in besides)) == (12, 1_092_477)
    known = {cell: tables.counts[cell] for cell in _LONE}
    said = audit(hidden_release(tables, fewer, 1), needs, known, time_limit=60)
    exact = {(one.insider, one.need.cell) for one in said.findings if one.verdict is Verdict.EXACT}
    assert exact - {(one.insider, one.need.cell) for one in found.relaxed} == {
        ("2|1", "4|Os"), ("2|1", "4|6"),
        ("4|Os", "2|Nr"), ("4|Os", "2|1"),
        ("4|6", "2|Nr"), ("4|6", "2|1"),
    }  # fmt: skip


def _wbcd() -> tuple[Tables, Policy]:
    columns, rows = _rows("wbcd.csv")
    inner = [one for one in columns if one != "tot"]
    counts = {f"{row}|{one}": int(rows[row][one]) for row in rows if row != "tot" for one in inner}
    relations = []
    for row in (*rows,):
        for one in columns:
            cell = f"{row}|{one}"
            if row == "tot":
                parts = tuple(f"{each}|{one}" for each in rows if each != "tot")
            elif one == "tot":
                parts = tuple(f"{row}|{each}" for each in inner)
            else:
                continue
            counts[cell] = sum(counts[part] for part in parts)
            relations.append(Relation(cell, parts))
    relations.append(Relation("tot|tot", tuple(f"tot|{one}" for one in inner)))
    hide = ("w|a", "w|b", "w|c", "x|a", "x|c", "y|b", "y|d", "z|b", "z|d")
    return Tables(counts, tuple(relations)), Policy(
        threshold=0, zeros=Zeros.HIDDEN, total_weight=1, must_hide=frozenset(hide)
    )


def test_two_hidden_in_every_row_and_column_do_not_keep_one_from_being_worked_out() -> None:
    tables, policy = _wbcd()
    needs = needs_of(tables, policy)
    release = hidden_release(tables, policy.must_hide, policy.floor)
    said = audit(release, needs, time_limit=60)
    exact = {one.need.cell: one for one in said.findings if one.verdict is not Verdict.SAFE}
    assert set(exact) == {"w|b"}
    assert (exact["w|b"].low, exact["w|b"].high) == (47, 47)
    assert certify(release, said) == ()


def test_one_more_hidden_cell_mends_it_as_sdc_table_does() -> None:
    tables, policy = _wbcd()
    found = protect(tables, policy, budget_s=60)
    assert found.status is Status.PROVED_MINIMUM
    assert len(found.secondary) == 1
    release = hidden_release(tables, found.hidden, policy.floor)
    assert audit(release, needs_of(tables, policy), time_limit=60).is_safe
    theirs = hidden_release(tables, policy.must_hide | {"x|b"}, policy.floor)
    assert ranges(theirs, ["w|b"], time_limit=60) == {"w|b": Interval(0, 141)}
