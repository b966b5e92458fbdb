"""The pattern given is the cheapest safe one: held against trying them all, on small tables."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from redactor.numbers.model import Policy, Require, Tables, Weights, Zeros
from redactor.numbers.protect import Protection, Status, protect
from redactor.numbers.protect.system import weight
from tests.unit.numbers.enumeration import TooMany, extents, small_release
from tests.unit.numbers.exhaustive import is_safe, least_cost
from tests.unit.numbers.made_tables import linked, random_grid

BUDGET = 60.0


def made(kind: str, seed: int) -> Tables:
    """Make a small table, or two that are linked, for trying every pattern."""
    chance = random.Random(f"{kind} {seed}")
    if kind == "grid":
        return random_grid(chance, 2, chance.choice((2, 3)), chance.choice((2, 3, 5)))
    return linked(chance, chance.choice((1, 2)), "ABC" if kind == "latent" else ())


def instances(kind: str, count: int) -> Iterator[tuple[int, Tables]]:
    for seed in range(count):
        yield seed, made(kind, seed)


def protected(tables: Tables, policy: Policy) -> Protection:
    return protect(tables, policy, budget_s=BUDGET)


@pytest.mark.parametrize("require", list(Require))
@pytest.mark.parametrize(("kind", "count"), [("grid", 115), ("linked", 24), ("latent", 14)])
def test_no_safe_pattern_is_cheaper(kind: str, count: int, require: Require) -> None:
    differ = []
    for seed, tables in instances(kind, count):
        policy = Policy(threshold=3, require=require, total_weight=2)
        answer = protected(tables, policy)
        least = least_cost(tables, policy, weight(tables, policy))
        if abs(answer.cost - least) > 1e-5 or not is_safe(tables, policy, answer.hidden):
            differ.append((seed, answer.cost, least))
        assert answer.cost - answer.lower_bound <= 1e-5
    assert differ == []


@pytest.mark.parametrize("zeros", list(Zeros))
@pytest.mark.parametrize("weights", list(Weights))
def test_nor_by_other_rules(zeros: Zeros, weights: Weights) -> None:
    differ = []
    for seed, tables in instances("grid", 12):
        chance = random.Random(f"rules {seed}")
        insiders = frozenset(chance.sample(sorted(tables.counts), 1))
        hideable = sorted(cell for cell, count in tables.counts.items() if count > 0)
        pins = chance.sample(hideable, min(2, len(hideable)))
        policy = Policy(
            threshold=3,
            zeros=zeros,
            weights=weights,
            insiders=insiders,
            must_print=frozenset(pins[:1]),
            must_hide=frozenset(pins[1:]),
        )
        answer = protected(tables, policy)
        least = least_cost(tables, policy, weight(tables, policy))
        if abs(answer.cost - least) > 1e-5 or not is_safe(tables, policy, answer.hidden):
            differ.append((seed, answer.cost, least))
    assert differ == []


def test_the_same_tables_have_the_same_answer() -> None:
    for _, tables in instances("linked", 5):
        first, second = (protected(tables, Policy(threshold=3)) for _ in range(2))
        assert first == second


def test_a_proof_says_so() -> None:
    statuses = {
        protected(tables, Policy(threshold=3)).status for _, tables in instances("grid", 20)
    }
    assert Status.PROVED_MINIMUM in statuses
    assert Status.BEST_FOUND not in statuses


@pytest.mark.parametrize("kind", ["shares", "square", "tree", "linked"])
def test_what_nothing_protects_is_what_all_tables_say_is_exact(kind: str) -> None:
    compared = 0
    for seed in (*range(25), *range(1_005, 1_010)):
        release, counts = small_release(kind, seed)
        hidden = frozenset(c for c, one in release.printed.items() if one.low != one.high)
        try:
            every = extents(release, {}, 400)
        except TooMany:
            continue
        tables = Tables(
            {cell: counts[cell] for cell in release.printed}, release.relations, release.facts
        )
        policy = Policy(
            threshold=1,
            require=Require.EXACT,
            must_hide=hidden,
            must_print=frozenset(tables.counts) - hidden,
        )
        exact = {cell for cell in hidden if every[cell][0] == every[cell][1]}
        assert set(protected(tables, policy).unprotectable) == exact, seed
        compared += bool(hidden)
    assert compared > 15
