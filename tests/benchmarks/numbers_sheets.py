"""Whole sheets, from reading them to what a reader can work out: the sample case, linked sheets.

* the workbook of the bundled sample case: cells that can be worked out exactly before and after;
* three linked tables of one set of people (allegation by year, allegation by outcome, year by
  outcome): protected together, and each for itself, as they usually are.

CPU seconds, also in units of a plain solve by HiGHS in the same go.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from redactor import jobs
from redactor.app.numbers_reading import sheets_of
from redactor.config import resource_path
from redactor.jobs import FileSource
from redactor.model import quiet
from redactor.numbers.audit import audit, ranges
from redactor.numbers.layout import Sheet, detect
from redactor.numbers.model import (
    CellName,
    Policy,
    Release,
    Tables,
    hidden_release,
    needs_of,
    small_cells,
)
from redactor.numbers.protect import protect
from redactor.numbers.verdicts import Verdict
from tests.benchmarks.plain_highs import unit
from tests.unit.numbers.sheets import sheet

#: CPU seconds by which sheets of this kind are to be done.
GOAL_S = 2.0
#: Allegations, years, outcomes; and how many people there are to a cross in the mean, in tenths.
SHAPES = ((8, 6, 5, 16), (6, 5, 4, 8), (6, 5, 4, 16))


@dataclass(frozen=True)
class Done:
    """What came of some sheets.

    Attributes:
        before: small cells that can be worked out exactly with only the small ones hidden.
        after: the same of what is released.
        narrow: small cells of what is released that can be told to be small; ``lowered`` of them
            whatever is hidden (a total of three parts is at least 3).
        alone: small cells that are exact or narrow where each sheet is protected for itself, beyond
            those that are anyhow; None where that was not tried.
    """

    name: str
    cells: int
    small: int
    secondary: int
    status: str
    before: int
    after: int
    narrow: int
    lowered: int
    alone: int | None
    cpu: float
    units: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and say which bar is not met."""
    asks = argparse.ArgumentParser(prog="redactor bench numbers-sheets", description=__doc__)
    asks.add_argument("--sets", type=int, default=20, metavar="N", help="of each shape")
    asks.add_argument("--json", action="store_true")
    given = asks.parse_args(argv)
    done = [_done("sample case", _sample(), alone=False)]
    for shape in SHAPES:
        for seed in range(given.sets):
            name = f"{'x'.join(map(str, shape))} {seed}"
            done.append(_done(name, _three(random.Random(name), shape[:3], shape[3]), alone=True))
    if given.json:
        print(json.dumps([asdict(one) for one in done]))
    else:
        for one in done:
            print(_line(one))
        _sums(done)
    return int(not all(map(_is_met, done)))


def _sample() -> tuple[Sheet, ...]:
    path = resource_path("sample_case", "documents", "allegations.xlsx")
    return sheets_of(jobs.read_grids(FileSource(path), report=quiet))


def _three(chance: random.Random, shape: tuple[int, int, int], tenths: int) -> tuple[Sheet, ...]:
    """Write three tables of invented people, few of whom are in any cross."""
    names = (
        [f"Allegation {letter}" for letter in "ABCDEFGH"[: shape[0]]],
        [str(2018 + n) for n in range(shape[1])],
        [f"Outcome {letter}" for letter in "PQRSTU"[: shape[2]]],
    )
    people = {
        place: round(chance.gammavariate(0.4, tenths / 4))
        for place in itertools.product(*map(range, shape))
    }
    sheets = []
    for number, (down, across) in enumerate(((0, 1), (0, 2), (1, 2)), 1):
        counts = {
            (i, j): sum(n for at, n in people.items() if at[down] == i and at[across] == j)
            for i in range(shape[down])
            for j in range(shape[across])
        }
        head = ["By", *names[across], "Total"]
        rows = [
            [label, *(counts[i, j] for j in range(shape[across]))]
            for i, label in enumerate(names[down])
        ]
        rows.append(
            ["Total", *(sum(int(row[n + 1]) for row in rows) for n in range(shape[across]))]
        )
        for row in rows:
            row.append(sum(int(one) for one in row[1:]))
        text = "\n".join(" | ".join(map(str, row)) for row in (head, *rows))
        sheets.append(sheet(text, f"Table {number}"))
    return tuple(sheets)


def _done(name: str, sheets: Sequence[Sheet], *, alone: bool) -> Done:
    plain = unit()
    policy = Policy()
    cpu = time.process_time()
    layout = detect(sheets)
    tables = layout.found()
    found = protect(tables, policy, budget_s=60, known=layout.known)
    release = hidden_release(tables, found.hidden, policy.floor)
    ranges(release, sorted(found.hidden), time_limit=120)
    cpu = time.process_time() - cpu
    small = small_cells(tables, policy)
    only = ranges(hidden_release(tables, frozenset(small), policy.floor), small, time_limit=120)
    verdicts = _verdicts(release, tables)
    lowered = {one.need.cell for one in found.relaxed}
    alone_too = _verdicts(_each_alone(sheets, tables, policy), tables) if alone else {}
    return Done(
        name,
        len(tables.counts),
        len(small),
        len(found.secondary),
        found.status,
        sum(one is not None and one.low == one.high for one in only.values()),
        sum(one is not Verdict.NARROW for one in verdicts.values()),
        sum(one is Verdict.NARROW for one in verdicts.values()),
        len(lowered),
        len(alone_too.keys() - lowered) if alone else None,
        cpu,
        cpu / plain,
    )


def _verdicts(release: Release, tables: Tables) -> dict[CellName, Verdict]:
    """Give the small cells that are not as safe as they have to be."""
    said = audit(release, needs_of(tables, Policy()), time_limit=120)
    return {one.need.cell: one.verdict for one in said.findings if one.verdict is not Verdict.SAFE}


def _each_alone(sheets: Sequence[Sheet], tables: Tables, policy: Policy) -> Release:
    """Hide in each sheet what protects it by itself."""
    hidden: frozenset[CellName] = frozenset()
    for one in sheets:
        hidden |= protect(detect([one]).found(), policy, budget_s=60).hidden
    return hidden_release(tables, hidden, policy.floor)


def _is_met(one: Done) -> bool:
    return one.cpu <= GOAL_S and not one.after and one.narrow <= one.lowered


def _line(one: Done) -> str:
    alone = "" if one.alone is None else f"; each for itself leaves {one.alone} open"
    return (
        f"{'' if _is_met(one) else 'BAR NOT MET '}{one.name:12} "
        f"{one.cells:4} cells, {one.small:3} small, {one.secondary:3} more hidden ({one.status}); "
        f"exact before {one.before:3}, after {one.after}, narrow {one.narrow} "
        f"(no help for {one.lowered}){alone}; "
        f"CPU {one.cpu:5.2f} s = {one.units:5.1f} units"
    )


def _sums(done: Sequence[Done]) -> None:
    tried = [one for one in done if one.alone is not None]
    print(
        f"linked: {len(tried)} sets, open {sum(one.after > 0 for one in tried)} where protected "
        f"together, {sum((one.alone or 0) > 0 for one in tried)} where each is for itself "
        f"({sum(one.alone or 0 for one in tried)} cells); CPU at most "
        f"{max((one.cpu for one in tried), default=0.0):.2f} s"
    )


if __name__ == "__main__":
    raise SystemExit(main())
