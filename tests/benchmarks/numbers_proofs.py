"""What is said of small numbers, held against going through everything there is.

* the audit against every table of whole numbers that fits a release (square, hierarchical, linked,
  three-way, rounded, with shares), with its certificate, and with every number of it changed;
* the least pattern against every pattern;
* for each least pattern of the small tables of the corpus: with any one cell that it hides beside
  the small ones printed again, the audit has to fail.

The suite does the first few of each; ``--start`` begins beyond them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace

from redactor.numbers.audit import audit, ranges
from redactor.numbers.certify import certify
from redactor.numbers.model import (
    Interval,
    Need,
    Policy,
    Release,
    Require,
    Tables,
    hidden_release,
    needs_of,
)
from redactor.numbers.protect import protect
from redactor.numbers.protect.system import weight
from redactor.numbers.verdicts import Audit
from tests.corpus import find_corpus
from tests.numbers_corpus import read_optima, read_tables
from tests.unit.numbers.enumeration import TooMany, extents, small_release
from tests.unit.numbers.exhaustive import is_safe, least_cost
from tests.unit.numbers.test_audit_enumeration import verdict_of
from tests.unit.numbers.test_protect_optimum import made

KINDS = ("square", "tree", "linked", "cube", "rounded", "shares")
PATTERNS = ("grid", "linked", "latent")
#: Releases that more tables fit are left out.
MOST_TABLES = 400


@dataclass
class Proofs:
    """How much was gone through, and what differed."""

    releases: int = 0
    cells: int = 0
    left_out: int = 0
    audit_differs: list[str] = field(default_factory=list)
    certificates: int = 0
    certificates_refused: list[str] = field(default_factory=list)
    corrupted: int = 0
    corrupted_taken: list[str] = field(default_factory=list)
    patterns: int = 0
    patterns_differ: list[str] = field(default_factory=list)
    shown_again: int = 0
    not_noticed: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """Give how many things are not as they should be."""
        return sum(len(value) for value in asdict(self).values() if isinstance(value, list))


def main(argv: Sequence[str] | None = None) -> int:
    """Go through everything, and say what differs."""
    asks = argparse.ArgumentParser(prog="redactor bench numbers-proofs", description=__doc__)
    asks.add_argument("--start", type=int, default=1_000, metavar="SEED")
    asks.add_argument("--releases", type=int, default=150, metavar="N", help="of each kind")
    asks.add_argument("--patterns", type=int, default=40, metavar="N", help="of each kind and rule")
    asks.add_argument("--json", action="store_true")
    given = asks.parse_args(argv)
    proofs = Proofs()
    for kind in KINDS:
        for seed in range(given.start, given.start + given.releases):
            _gone_through(proofs, kind, seed)
    for kind in PATTERNS:
        for require in Require:
            for seed in range(given.start, given.start + given.patterns):
                _against_all(proofs, kind, seed, require)
    _mutations(proofs)
    print(json.dumps(asdict(proofs)) if given.json else "\n".join(_lines(proofs)))
    return int(proofs.wrong > 0)


def _lines(proofs: Proofs) -> Iterator[str]:
    yield (
        f"audit against all tables: {proofs.releases:,} releases, {proofs.cells:,} cells, "
        f"{len(proofs.audit_differs)} differing ({proofs.left_out:,} had too many tables)"
    )
    yield (
        f"certificates: {proofs.certificates:,}, refused {len(proofs.certificates_refused)}; "
        f"with one number changed {proofs.corrupted:,}, taken {len(proofs.corrupted_taken)}"
    )
    yield (
        f"least pattern against all patterns: {proofs.patterns:,} tables, "
        f"{len(proofs.patterns_differ)} differing"
    )
    yield (
        f"one hidden cell printed again: {proofs.shown_again:,}, not noticed "
        f"{len(proofs.not_noticed)}"
    )
    for name, value in asdict(proofs).items():
        if isinstance(value, list) and value:
            yield f"{name}: {', '.join(value)}"


def _gone_through(proofs: Proofs, kind: str, seed: int) -> None:
    release, _ = small_release(kind, seed)
    try:
        all_tables = extents(release, {}, MOST_TABLES)
    except TooMany:
        proofs.left_out += 1
        return
    printed = {cell: release.printed.get(cell, Interval(0, None)) for cell in all_tables}
    unknown = [cell for cell, one in printed.items() if one.low != one.high]
    needs = [
        Need(cell, None, None) if number % 2 else Need(cell, 1, 5)
        for number, cell in enumerate(cell for cell in unknown if cell in release.printed)
    ]
    found = ranges(release, time_limit=120)
    said = audit(release, needs, time_limit=120)
    right = found == {cell: Interval(*all_tables[cell]) for cell in unknown} and all(
        one.verdict is verdict_of(one.need, *all_tables[one.need.cell]) for one in said.findings
    )
    proofs.releases += 1
    proofs.cells += len(unknown)
    if not right:
        proofs.audit_differs.append(f"{kind} {seed}")
    proofs.certificates += 1
    if certify(release, said) != ():
        proofs.certificates_refused.append(f"{kind} {seed}")
    if seed % 10 == 0:
        _corrupt(proofs, release, said, f"{kind} {seed}")


def _corrupt(proofs: Proofs, release: Release, said: Audit, name: str) -> None:
    """Change every count of every table of a certificate by one, up and down."""
    for number, table in enumerate(said.tables):
        for column in range(len(table)):
            for step in (-1, 1):
                wrong = (*table[:column], table[column] + step, *table[column + 1 :])
                tables = (*said.tables[:number], wrong, *said.tables[number + 1 :])
                proofs.corrupted += 1
                if certify(release, replace(said, tables=tables)) == ():
                    proofs.corrupted_taken.append(f"{name} {number} {column} {step:+}")


def _against_all(proofs: Proofs, kind: str, seed: int, require: Require) -> None:
    tables = made(kind, seed)
    policy = Policy(threshold=3, require=require, total_weight=2)
    answer = protect(tables, policy, budget_s=120)
    least = least_cost(tables, policy, weight(tables, policy))
    proofs.patterns += 1
    proved = answer.cost - answer.lower_bound <= 1e-5
    same = abs(answer.cost - least) <= 1e-5
    if not (proved and same and is_safe(tables, policy, answer.hidden)):
        proofs.patterns_differ.append(f"{kind} {seed} {require}")


def _mutations(proofs: Proofs) -> None:
    """Print each cell again that a least pattern hides beside the small ones."""
    folder = find_corpus("numbers")
    if folder is None:
        return
    for name in read_optima(folder):
        if name.startswith(("foi5x6", "foi20x10", "rare20x10", "foi6x8x4")):
            for require in Require:
                _shown_again(proofs, read_tables(folder, name), Policy(require=require), name)


def _shown_again(proofs: Proofs, tables: Tables, policy: Policy, name: str) -> None:
    answer = protect(tables, policy, budget_s=60)
    if answer.cost - answer.lower_bound > 1e-5:
        return
    beyond = {(one.need.cell, one.need.low, one.need.high) for one in answer.relaxed}
    needs = [one for one in needs_of(tables, policy) if (one.cell, one.low, one.high) not in beyond]
    needs += [Need(one.need.cell, one.low, one.high) for one in answer.relaxed]
    whole = audit(hidden_release(tables, answer.hidden, policy.floor), needs, time_limit=120)
    if not whole.is_safe:
        proofs.not_noticed.append(f"{name} {policy.require}: not safe as it is")
    for cell in answer.secondary:
        release = hidden_release(tables, answer.hidden - {cell}, policy.floor)
        proofs.shown_again += 1
        if audit(release, needs, time_limit=120).is_safe:
            proofs.not_noticed.append(f"{name} {policy.require} {cell}")


if __name__ == "__main__":
    raise SystemExit(main())
