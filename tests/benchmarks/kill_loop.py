"""Kill a program that works in a case some hundred times, and see what of its work is there.

Run by hand: ``python -m tests.benchmarks.kill_loop [ROUNDS] [FIRST SEED]``. Prints what was found,
and ends with 1 if anything did not hold.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from redactor.workers import Lane
from tests.attack.kill_kit import Found, kill_again_and_again, make_case
from tests.attack.kill_step import (
    kill_backup,
    kill_create,
    kill_migrate,
    kill_release,
    kill_restore,
    make_approved_case,
    make_large_case,
)
from tests.case_kit import new_case

#: Kills before a new case is begun, so that looking at it stays quick.
_EACH = 12
#: One-step kills for each so many rounds.
_FOR_EACH_STEP = 6
#: Rounds and first seed where none are given.
_USUAL = (300, 0)


def kill_work(root: Path, rounds: int, first_seed: int) -> Found:
    """Kill the work in a case, a new case every dozen rounds."""
    found = Found()
    for seed in range(first_seed, first_seed - (-rounds // _EACH)):
        folder = root / f"seed-{seed}"
        folder.mkdir()
        kill_again_and_again(
            make_case(folder / "case.redactor"), seed, min(_EACH, rounds - found.rounds), found
        )
        print(f"{found.rounds} rounds, {len(found.faults)} faults", file=sys.stderr, flush=True)
    return found


def kill_steps(root: Path, rounds: int, seed: int) -> dict[str, Counter[str]]:
    """Kill every step that takes several writes; gives how it stood afterwards."""
    chance = random.Random(seed)
    old, large = make_large_case(root)
    with Lane() as lane:
        approved = make_approved_case(root, lane)
    whole = root / "whole.redactor"
    new_case(whole).close(backup=False)
    steps: dict[str, tuple[float, Callable[[Path, float], str]]] = {
        "making a case": (0.03, kill_create),
        "migrating": (0.3, lambda folder, at: kill_migrate(folder, whole, at)),
        "keeping a backup": (0.08, lambda folder, at: kill_backup(folder, old, large, at)),
        "restoring": (0.08, lambda folder, at: kill_restore(folder, old, large, at)),
        "restoring, moved aside": (
            0.0005,
            lambda folder, at: kill_restore(folder, old, large, at, between=True),
        ),
        "releasing": (0.05, lambda folder, at: kill_release(folder, approved, at)),
    }
    outcomes: dict[str, Counter[str]] = {}
    for name, (within, kill) in steps.items():
        outcomes[name] = Counter()
        for number in range(rounds):
            with tempfile.TemporaryDirectory(dir=root) as folder:
                outcome = _outcome(kill, Path(folder), chance.uniform(0, within))
            outcomes[name][outcome] += 1
            print(f"{name} {number + 1}: {outcome}", file=sys.stderr, flush=True)
    return outcomes


def _outcome(kill: Callable[[Path, float], str], folder: Path, delay: float) -> str:
    try:
        return kill(folder, delay)
    except Exception as error:  # noqa: BLE001 - whatever it is, the rounds are to be told of
        return f"FAULT {type(error).__name__} {error}"


def main(argv: Sequence[str] = ()) -> int:
    """Kill so many rounds from a first seed on; gives 1 if anything did not hold."""
    given = [int(one) for one in argv]
    rounds, first_seed = [*given, *_USUAL[len(given) :]]
    return measure(rounds, first_seed)


def measure(rounds: int, first_seed: int) -> int:
    """Kill, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        found = kill_work(Path(folder), rounds, first_seed)
        outcomes = kill_steps(Path(folder), rounds // _FOR_EACH_STEP, first_seed)
    print(f"kills while working          {found.rounds}")
    print(f"  with a write half done     {found.hot}")
    print(f"  events acknowledged        {found.acknowledged}")
    print(f"  kept without being told    {found.under_way}")
    print(f"  faults                     {len(found.faults)}")
    for fault in found.faults:
        print(f"    {fault}")
    print(f"  under way: {dict(found.during.most_common())}")
    for name, counts in outcomes.items():
        print(f"{name}: {dict(counts.most_common())}")
    is_faulty = any(outcome.startswith("FAULT") for each in outcomes.values() for outcome in each)
    return int(bool(found.faults) or is_faulty)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
