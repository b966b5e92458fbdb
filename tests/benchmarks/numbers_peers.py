"""What other programs hide in the same tables, what that leaves open, and what we hide instead.

For each stored pattern of GaussSuppression 1.2.3 and sdcTable 0.34.0: how many further cells it
hides, how many small ones a reader who knows that noughts are printed can work out exactly, and how
many can be told to be small; beside it our least pattern by the weaker requirement that is theirs
(no small cell exactly), each cell at the same price. The patterns were made without being told that
noughts are printed: there is no such switch.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from redactor.numbers.audit import audit
from redactor.numbers.model import Policy, Require, Tables
from redactor.numbers.protect import protect
from redactor.numbers.verdicts import Verdict
from tests.corpus import find_corpus
from tests.unit.numbers.printed import Table, hidden_by


@dataclass(frozen=True)
class Compared:
    """One stored pattern beside ours.

    ``exact`` and ``narrow``: small cells that it leaves so; ``ours_exact``: that ours does.
    """

    name: str
    method: str
    secondary: int
    exact: int
    narrow: int
    unconfirmed: int
    ours: int
    ours_exact: int
    proved: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Compare, and say where a peer hides less than we do."""
    asks = argparse.ArgumentParser(prog="redactor bench numbers-peers", description=__doc__)
    asks.add_argument("--only", default="", help="instances whose name has this in it")
    asks.add_argument("--method", default="", help="methods whose name has this in it")
    asks.add_argument("--budget", type=float, default=60.0, metavar="SECONDS")
    asks.add_argument("--json", action="store_true")
    given = asks.parse_args(argv)
    folder = find_corpus("numbers")
    if folder is None:
        print("the development corpus is not here: nothing was measured")
        return 0
    found = [
        _compared(folder, path, given.budget)
        for path in sorted(folder.glob("peer_patterns/*.csv"))
        if given.only in path.name and given.method in path.name.split(".")[1]
    ]
    if given.json:
        print(json.dumps([asdict(one) for one in found]))
    else:
        for one in found:
            print(_line(one))
        _sums(found)
    worse = [one for one in found if one.method == "GaussSuppression" and one.ours > one.secondary]
    return int(any(one.ours_exact for one in found) or bool(worse))


@cache
def _ours(folder: Path, name: str, budget_s: float) -> tuple[int, int, bool]:
    """Give how many further cells we hide, how many small ones stay exact, and if it is proved."""
    table = Table(folder / f"{name}.csv")
    policy = Policy(require=Require.EXACT, total_weight=1)
    found = protect(Tables(table.counts, table.relations), policy, budget_s=budget_s)
    said = audit(table.release(found.hidden), table.exact_needs(), time_limit=600)
    open_ones = said.count(Verdict.EXACT) + said.count(Verdict.UNCONFIRMED)
    return len(found.secondary), open_ones, found.cost - found.lower_bound <= 2e-5


def _compared(folder: Path, path: Path, budget_s: float) -> Compared:
    name, method, _ = path.name.split(".")
    table = Table(folder / f"{name}.csv")
    hidden = hidden_by(path)
    counted: Counter[Verdict] = Counter(
        one.verdict
        for one in audit(table.release(hidden), table.range_needs(), time_limit=600).findings
    )
    ours, ours_exact, proved = _ours(folder, name, budget_s)
    return Compared(
        name=name,
        method=method,
        secondary=len(hidden - frozenset(table.small)),
        exact=counted[Verdict.EXACT],
        narrow=counted[Verdict.NARROW],
        unconfirmed=counted[Verdict.UNCONFIRMED],
        ours=ours,
        ours_exact=ours_exact,
        proved=proved,
    )


def _line(one: Compared) -> str:
    return (
        f"{one.name:14} {one.method:16} hides {one.secondary:4}, leaves exact {one.exact:3}, "
        f"narrow {one.narrow:4}, not settled {one.unconfirmed}; ours hides {one.ours:4}"
        f"{'' if one.proved else ' (not proved)'}, leaves exact {one.ours_exact}"
    )


def _sums(found: Sequence[Compared]) -> None:
    of: dict[str, list[Compared]] = defaultdict(list)
    for one in found:
        of[one.method].append(one)
    for method, rows in of.items():
        fewer = sum(one.ours < one.secondary for one in rows)
        same = sum(one.ours == one.secondary for one in rows)
        print(
            f"{method}: {len(rows)} tables; hides {sum(one.secondary for one in rows)}, ours "
            f"{sum(one.ours for one in rows)} (fewer on {fewer}, as many on {same}, more on "
            f"{len(rows) - fewer - same}); leaves {sum(one.exact for one in rows)} exact on "
            f"{sum(one.exact > 0 for one in rows)} tables, ours "
            f"{sum(one.ours_exact for one in rows)}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
