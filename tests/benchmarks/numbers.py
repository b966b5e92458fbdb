"""Hiding as little as can be: cost, proof and CPU seconds, against stored optima and peers.

For every instance of the corpus: what was hidden, whether it was proved to be the least, and the
time, also in units of a plain solve by HiGHS in the same go (the clock of a machine changes).
With ``--exhaustive N``, N small tables of each kind are held against trying every pattern;
``numbers-proofs`` holds more against going through everything.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from redactor.numbers.model import Policy, Require
from redactor.numbers.protect import Status, protect
from redactor.numbers.protect.system import weight
from tests.benchmarks.plain_highs import unit
from tests.corpus import find_corpus
from tests.numbers_corpus import Optimum, names, peer_secondaries, read_optima, read_tables
from tests.unit.numbers.exhaustive import is_safe, least_cost
from tests.unit.numbers.test_protect_optimum import instances

#: CPU seconds by which a table of a kind is to be proved.
GOALS = {"5x6": 0.5, "20x10": 2.0, "100x50": 10.0, "500x20": 60.0}


@dataclass(frozen=True)
class Measured:
    """What one instance came to.

    ``peer`` is how many GaussSuppression hid; ``stored`` is None where no pattern is stored.
    """

    name: str
    require: str
    status: str
    secondary: int
    peer: int | None
    cost: float
    stored: float | None
    lower_bound: float
    gap: float
    cpu: float
    wall: float
    units: float
    ok: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and say which bar is not met."""
    asks = argparse.ArgumentParser(prog="redactor bench numbers", description=__doc__)
    asks.add_argument("--only", default="", help="instances whose name has this in it")
    asks.add_argument("--require", choices=[one.value for one in Require], action="append")
    asks.add_argument("--budget", type=float, default=60.0, metavar="SECONDS")
    asks.add_argument("--exhaustive", type=int, default=0, metavar="N")
    asks.add_argument("--json", action="store_true")
    given = asks.parse_args(argv)
    measured = _corpus(given)
    tried, differ = _exhaustive(given.exhaustive)
    if given.json:
        rows = [asdict(one) for one in measured]
        print(json.dumps({"instances": rows, "exhaustive": tried, "differ": differ}))
    else:
        for one in measured:
            print(_line(one))
        print(f"tried against every pattern: {tried}, differing: {len(differ)}")
    return int(bool(differ) or not all(one.ok for one in measured))


def _corpus(given: argparse.Namespace) -> list[Measured]:
    folder = find_corpus("numbers")
    if folder is None:
        print("the development corpus is not here: nothing of it was measured")
        return []
    found = []
    optima = read_optima(folder)
    for name in names(folder):
        if given.only not in name:
            continue
        stored: dict[str, Optimum] = optima.get(name, {})
        tables = read_tables(folder, name)
        peer = peer_secondaries(folder, name, "GaussSuppression")
        for require in given.require or [one.value for one in Require]:
            plain = unit()
            cpu, wall = time.process_time(), time.monotonic()
            policy = Policy(require=Require(require))
            answer = protect(tables, policy, budget_s=given.budget)
            cpu, wall = time.process_time() - cpu, time.monotonic() - wall
            proved = answer.status is Status.PROVED_MINIMUM
            goal = next((most for kind, most in GOALS.items() if kind in name), None)
            dense = goal is None
            best = stored.get(require)
            same = best is None or not best.proved or abs(answer.cost - best.cost) <= 2e-5
            ok = wall <= 1.1 * given.budget and (dense or (proved and cpu <= (goal or 0) and same))
            found.append(
                Measured(
                    name=name,
                    require=require,
                    status=answer.status.value,
                    secondary=len(answer.secondary),
                    peer=peer,
                    cost=answer.cost,
                    stored=None if best is None else best.cost,
                    lower_bound=answer.lower_bound,
                    gap=answer.gap,
                    cpu=cpu,
                    wall=wall,
                    units=cpu / plain,
                    ok=ok,
                )
            )
    return found


def _line(one: Measured) -> str:
    peer = "-" if one.peer is None else str(one.peer)
    stored = "-" if one.stored is None else f"{one.stored:.4f}"
    return (
        f"{'' if one.ok else 'BAR NOT MET '}{one.name:16} {one.require:6} {one.status:15}"
        f" hidden {one.secondary:4} (GaussSuppression {peer:>3}) cost {one.cost:10.4f}"
        f" (stored {stored:>10}) at least {one.lower_bound:10.4f} gap {one.gap:6.1%}"
        f" CPU {one.cpu:7.2f} s = {one.units:7.1f} units, wall {one.wall:6.1f} s"
    )


def _exhaustive(count: int) -> tuple[int, list[tuple[str, str, int]]]:
    """Hold the least pattern of small tables against trying every one."""
    tried, differ = 0, []
    for kind in ("grid", "linked", "latent"):
        for require in Require:
            for seed, tables in instances(kind, count):
                policy = Policy(threshold=3, require=require)
                answer = protect(tables, policy, budget_s=60)
                least = least_cost(tables, policy, weight(tables, policy))
                tried += 1
                if abs(answer.cost - least) > 1e-5 or not is_safe(tables, policy, answer.hidden):
                    differ.append((kind, require.value, seed))
    return tried, differ


if __name__ == "__main__":
    raise SystemExit(main())
