"""Small tables of invented counts, of fixed seeds."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Mapping, Sequence

from redactor.numbers.model import CellName, Evidence, Relation, Tables


def grid(rows: Sequence[Sequence[int]], sheet: str = "S") -> Tables:
    """Make a table of its inner counts: ``S!r1c2``, totals ``S!r1``, ``S!c2`` and ``S!all``."""
    inner = {
        (f"r{i}", f"c{j}"): count for i, row in enumerate(rows, 1) for j, count in enumerate(row, 1)
    }
    return crossed(inner, lambda name: f"{sheet}!{name}")


def crossed(inner: Mapping[tuple[str, str], int], named: Callable[[str], CellName]) -> Tables:
    """Make a table with totals of its inner counts."""
    firsts = list(dict.fromkeys(first for first, _ in inner))
    seconds = list(dict.fromkeys(second for _, second in inner))
    counts = {named(first + second): count for (first, second), count in inner.items()}
    relations = []
    for first in firsts:
        parts = tuple(named(first + second) for second in seconds)
        relations.append(Relation(named(first), parts))
    for second in seconds:
        parts = tuple(named(first + second) for first in firsts)
        relations.append(Relation(named(second), parts))
    for one in relations:
        counts[one.total] = sum(counts[part] for part in one.parts)
    relations += [Relation(named("all"), tuple(map(named, margin))) for margin in (firsts, seconds)]
    counts[named("all")] = sum(inner.values())
    return Tables(counts, tuple(relations))


def random_grid(chance: random.Random, rows: int, columns: int, mean: int) -> Tables:
    """Make a table of chance counts, a quarter of them 0."""
    return grid([[_count(chance, mean) for _ in range(columns)] for _ in range(rows)])


def _count(chance: random.Random, mean: int) -> int:
    return 0 if chance.random() < 0.25 else chance.randint(1, 2 * mean)


def linked(chance: random.Random, mean: int, latent: Iterable[str] = ()) -> Tables:
    """Make two tables, A by B and A by C, of one set of people; their A totals are linked.

    With ``latent`` (``("A", "B", "C")``) the crosses behind them are there too, printed nowhere.
    """
    crosses = {
        (f"a{i}", f"b{j}", f"c{k}"): _count(chance, mean)
        for i, j, k in itertools.product((1, 2), repeat=3)
    }
    first: dict[tuple[str, str], int] = {}
    second: dict[tuple[str, str], int] = {}
    for (a, b, c), count in crosses.items():
        first[a, b] = first.get((a, b), 0) + count
        second[a, c] = second.get((a, c), 0) + count
    one = crossed(first, lambda name: f"AB!{name}")
    other = crossed(second, lambda name: f"AC!{name}")
    links = tuple(
        Relation(f"AB!{name}", (f"AC!{name}",), Evidence.LINK) for name in ("a1", "a2", "all")
    )
    relations = (*one.relations, *other.relations, *links)
    if tuple(latent):
        relations += _behind(crosses)
    return Tables({**one.counts, **other.counts}, relations)


def _behind(crosses: Iterable[tuple[str, str, str]]) -> tuple[Relation, ...]:
    parts: dict[CellName, list[CellName]] = {}
    for a, b, c in crosses:
        parts.setdefault(f"AB!{a}{b}", []).append(f"~{a}{b}{c}")
        parts.setdefault(f"AC!{a}{c}", []).append(f"~{a}{b}{c}")
    return tuple(Relation(total, tuple(cells), Evidence.LATENT) for total, cells in parts.items())


def cube(chance: random.Random, sides: Sequence[int], mean: int) -> Tables:
    """Make a table of three or more dimensions with all its totals: ``S!1,2,*``."""
    places = [(*(str(n) for n in range(side)), "*") for side in sides]
    counts = {
        _spot(at): _count(chance, mean) for at in itertools.product(*(one[:-1] for one in places))
    }
    relations = []
    for way, lines in enumerate(places):
        # Dimensions before this one may be totals by now.
        kinds = [one if n < way else one[:-1] for n, one in enumerate(places) if n != way]
        for rest in itertools.product(*kinds):
            parts = tuple(_spot((*rest[:way], one, *rest[way:])) for one in lines[:-1])
            total = _spot((*rest[:way], "*", *rest[way:]))
            counts[total] = sum(counts[part] for part in parts)
            relations.append(Relation(total, parts))
    return Tables(counts, tuple(relations))


def _spot(at: Iterable[str]) -> CellName:
    return f"S!{','.join(at)}"
