"""Every table of whole numbers that fits a release, one after the other; and small releases.

Shares nothing with the audit but the model. Slow, and plainly right.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from redactor.numbers.model import (
    Evidence,
    Fact,
    Interval,
    Relation,
    Release,
    share_fact,
    sum_fact,
)

Limits = dict[str, tuple[int, int]]


class TooMany(Exception):
    """There are more tables than are worth going through."""


def every_table(release: Release, known: Mapping[str, int], most: int) -> Iterator[dict[str, int]]:
    """Give every table that fits a release and what is known besides.

    Raises:
        TooMany: there are more than ``most``, or a cell has no upper limit.
    """
    facts = [*map(sum_fact, release.relations), *release.facts]
    limits: Limits = {}
    for cell in dict.fromkeys(
        [*release.printed, *(cell for fact in facts for cell, _ in fact.terms)]
    ):
        printed = release.printed.get(cell, Interval(0, None))
        limits[cell] = (max(0, printed.low), 10**6 if printed.high is None else printed.high)
    for cell, count in known.items():
        limits[cell] = (count, count)
    for given, table in enumerate(_tables(limits, facts), 1):
        if given > most:
            raise TooMany
        yield table


def _tables(limits: Limits, facts: list[Fact], last: str | None = None) -> Iterator[dict[str, int]]:
    narrowed = _narrow(limits, facts, last)
    if narrowed is None:
        return
    open_cells = [cell for cell, (low, high) in narrowed.items() if low < high]
    if not open_cells:
        yield {cell: low for cell, (low, _) in narrowed.items()}
        return
    cell = min(open_cells, key=lambda one: narrowed[one][1] - narrowed[one][0])
    low, high = narrowed[cell]
    if high - low > 10**5:
        raise TooMany
    for count in range(low, high + 1):
        yield from _tables({**narrowed, cell: (count, count)}, facts, cell)


def _narrow(limits: Limits, facts: list[Fact], last: str | None) -> Limits | None:
    """Narrow limits as far as each fact by itself shows; None where nothing is left.

    Args:
        last: the only cell whose limits changed since all was narrow; None for any.
    """
    limits = dict(limits)
    queue = [fact for fact in facts if last is None or any(cell == last for cell, _ in fact.terms)]
    while queue:
        fact = queue.pop()
        least = sum(f * limits[cell][0 if f > 0 else 1] for cell, f in fact.terms)
        most = sum(f * limits[cell][1 if f > 0 else 0] for cell, f in fact.terms)
        if fact.high is not None and least > fact.high:
            return None
        if fact.low is not None and most < fact.low:
            return None
        changed = set()
        for cell, factor in fact.terms:
            narrower = _narrower(limits[cell], factor, fact, least, most)
            if narrower[0] > narrower[1]:
                return None
            if narrower != limits[cell]:
                changed.add(cell)
                least += _end(factor, narrower, 0) - _end(factor, limits[cell], 0)
                most += _end(factor, narrower, 1) - _end(factor, limits[cell], 1)
                limits[cell] = narrower
        if changed:
            queue = [
                one for one in facts if one in queue or any(c in changed for c, _ in one.terms)
            ]
    return limits


def _end(factor: int, limits: tuple[int, int], end: int) -> int:
    """Give the least (0) or the greatest (1) of a cell times a factor."""
    return factor * limits[end if factor > 0 else 1 - end]


def _narrower(
    limits: tuple[int, int], factor: int, fact: Fact, least: int, most: int
) -> tuple[int, int]:
    """Give what the other cells of a fact leave of one."""
    low, high = limits
    if fact.high is not None:
        room = fact.high - (least - _end(factor, limits, 0))
        low, high = (
            (low, min(high, room // factor)) if factor > 0 else (max(low, -(room // -factor)), high)
        )
    if fact.low is not None:
        room = fact.low - (most - _end(factor, limits, 1))
        low, high = (
            (max(low, -(-room // factor)), high)
            if factor > 0
            else (low, min(high, -room // -factor))
        )
    return low, high


def extents(release: Release, known: Mapping[str, int], most: int) -> dict[str, tuple[int, int]]:
    """Give the least and the greatest of every cell over all tables that fit."""
    found: dict[str, tuple[int, int]] = {}
    for table in every_table(release, known, most):
        for cell, count in table.items():
            low, high = found.get(cell, (count, count))
            found[cell] = (min(low, count), max(high, count))
    return found


def square(
    rows: int, columns: int, draw: Callable[[], int]
) -> tuple[dict[str, int], list[Relation]]:
    """Make a table of counts with its totals."""
    across, down = range(rows), range(columns)
    counts = {f"r{r}c{c}": draw() for r in across for c in down}
    relations = [
        *(Relation(f"r{r}", tuple(f"r{r}c{c}" for c in down)) for r in across),
        *(Relation(f"c{c}", tuple(f"r{r}c{c}" for r in across)) for c in down),
        Relation("all", tuple(f"r{r}" for r in across), label="Total"),
        Relation("all", tuple(f"c{c}" for c in down), label="Total"),
    ]
    add_up(counts, relations)
    return counts, relations


def add_up(counts: dict[str, int], relations: list[Relation]) -> None:
    """Work out the totals, each of what comes before it."""
    for relation in relations:
        counts[relation.total] = sum(counts[part] for part in relation.parts)


def hide(
    counts: Mapping[str, int], by_chance: random.Random, share: float, never: frozenset[str]
) -> dict[str, Interval]:
    """Hide what is from 1 to 4, and some of the rest."""
    return {
        cell: Interval(1, None)
        if cell not in never and count > 0 and (count < 5 or by_chance.random() < share)
        else Interval(count, count)
        for cell, count in counts.items()
    }


def small_release(kind: str, seed: int) -> tuple[Release, dict[str, int]]:
    """Make a release with the true counts behind it.

    Args:
        kind: ``square``, ``tree``, ``linked``, ``cube``, ``rounded`` or ``shares``.
    """
    chance = random.Random(f"{kind} {seed}")
    return _KINDS[kind](chance)


def _square(chance: random.Random) -> tuple[Release, dict[str, int]]:
    counts, relations = square(
        chance.randint(2, 3), chance.randint(2, 4), lambda: chance.choice((0, 1, 1, 2, 3, 6, 8))
    )
    printed = hide(counts, chance, chance.choice((0.1, 0.3)), frozenset({"all"}))
    return Release(printed, tuple(relations)), counts


def _tree(chance: random.Random) -> tuple[Release, dict[str, int]]:
    """Two groups of rows with a subtotal each, by two years, with a link to another table."""
    counts: dict[str, int] = {}
    relations = []
    groups = [chance.randint(2, 3), 2]
    for year in "xy":
        for group, size in enumerate(groups):
            parts = tuple(f"{year}{group}{row}" for row in range(size))
            counts.update({part: chance.choice((0, 1, 2, 4, 7)) for part in parts})
            relations.append(Relation(f"{year}{group}", parts))
        relations.append(Relation(year, (f"{year}0", f"{year}1")))
    for group, size in enumerate(groups):
        relations += [
            Relation(f"{group}{row}", (f"x{group}{row}", f"y{group}{row}")) for row in range(size)
        ]
        relations.append(Relation(f"g{group}", tuple(f"{group}{row}" for row in range(size))))
    relations.append(Relation("all", ("x", "y"), label="Total"))
    relations.append(Relation("all", ("g0", "g1"), label="Total"))
    relations.append(Relation("again", ("g0",), Evidence.LINK))
    add_up(counts, relations)
    never = frozenset({"all", "again"} if chance.random() < 0.5 else {"all"})
    return Release(hide(counts, chance, 0.3, never), tuple(relations)), counts


def _three_ways(
    chance: random.Random, shape: tuple[int, int, int], counts: tuple[int, ...]
) -> tuple[dict[str, int], dict[str, int], list[Relation]]:
    a, b, c = (range(size) for size in shape)
    inner = {f"{i}{j}{k}": chance.choice(counts) for i in a for j in b for k in c}
    relations = []
    for i, j in itertools.product(a, b):
        relations.append(Relation(f"{i}{j}.", tuple(f"{i}{j}{k}" for k in c), Evidence.LATENT))
    for i, k in itertools.product(a, c):
        relations.append(Relation(f"{i}.{k}", tuple(f"{i}{j}{k}" for j in b), Evidence.LATENT))
    for j, k in itertools.product(b, c):
        relations.append(Relation(f".{j}{k}", tuple(f"{i}{j}{k}" for i in a), Evidence.LATENT))
    margins: dict[str, int] = dict(inner)
    add_up(margins, relations)
    return inner, {cell: n for cell, n in margins.items() if cell not in inner}, relations


def _linked(chance: random.Random) -> tuple[Release, dict[str, int]]:
    """Three tables of two ways each; the crosses of all three are printed nowhere."""
    inner, margins, relations = _three_ways(chance, (2, 2, chance.randint(2, 3)), (0, 0, 1, 1, 2))
    total = tuple(cell for cell in margins if cell.endswith("."))
    relations.append(Relation("all", total, label="Total"))
    margins["all"] = sum(margins[cell] for cell in total)
    printed = hide(margins, chance, 0.2, frozenset({"all"}))
    for cell in chance.sample(sorted(margins), 5):
        printed[cell] = Interval(margins[cell], margins[cell])
    return Release(printed, tuple(relations)), {**inner, **margins}


def _cube(chance: random.Random) -> tuple[Release, dict[str, int]]:
    """A table of three ways of which only the edges are printed: sums alone do not tell all."""
    inner, margins, relations = _three_ways(chance, (3, 3, 3), (0, 0, 0, 1, 1))
    printed = {cell: Interval(count, count) for cell, count in margins.items()}
    printed.update({cell: Interval(0, None) for cell in inner})
    return Release(printed, tuple(relations)), {**inner, **margins}


def _rounded(chance: random.Random) -> tuple[Release, dict[str, int]]:
    """Everything is rounded by itself, to the nearest 3; small counts are given as fewer than 5."""
    counts, relations = square(2, chance.randint(2, 3), lambda: chance.randint(0, 7))
    printed = {}
    for cell, count in counts.items():
        near = 3 * round(count / 3)
        printed[cell] = Interval(1, 4) if 0 < count < 5 else Interval(near - 1, near + 1)
    return Release(printed, tuple(relations)), counts


def _shares(chance: random.Random) -> tuple[Release, dict[str, int]]:
    """Some cells are printed as a percentage of a total as well, with one place or none."""
    counts, relations = square(2, chance.randint(2, 4), lambda: chance.choice((0, 1, 2, 4, 9, 12)))
    printed = hide(counts, chance, 0.4, frozenset({"all"}))
    facts: list[Fact] = []
    unit = chance.choice((100, 1000))
    for r, c in itertools.product(range(2), range(2)):
        part, whole = f"r{r}c{c}", chance.choice((f"r{r}", f"c{c}", "all"))
        if counts[whole] and chance.random() < 0.6:
            share = Fraction(round(Fraction(counts[part] * unit, counts[whole])), unit)
            facts += share_fact(part, whole, share, Fraction(1, 2 * unit), "a share")
    return Release(printed, tuple(relations), tuple(facts)), counts


_KINDS = {
    "square": _square,
    "tree": _tree,
    "linked": _linked,
    "cube": _cube,
    "rounded": _rounded,
    "shares": _shares,
}
