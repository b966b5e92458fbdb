"""Small numbers in the development corpus: tables, least patterns, patterns of peers."""

from __future__ import annotations

import csv
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

from redactor.numbers.model import CellName, Relation, Tables

Place = tuple[int, ...]


@dataclass(frozen=True)
class Optimum:
    """What is stored of an instance: ``cost`` equal to ``lower_bound`` is a proof."""

    cost: float
    lower_bound: float
    secondary: int

    @property
    def proved(self) -> bool:
        return self.cost - self.lower_bound <= 2e-5


def cell(place: Place) -> CellName:
    """Name a place of the grid; 0 is the total of its dimension."""
    return ".".join(map(str, place))


def read_tables(folder: Path, name: str) -> Tables:
    """Read an instance: the inner cells, and every margin as a sum."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    keys = [sorted({row[n] for row in rows}) for n in range(len(rows[0]) - 1)]
    sizes = [len(one) + 1 for one in keys]
    counts: dict[Place, int] = dict.fromkeys(itertools.product(*map(range, sizes)), 0)
    for row in rows:
        inner = [known.index(key) + 1 for known, key in zip(keys, row, strict=False)]
        for place in itertools.product(*((0, one) for one in inner)):
            counts[place] += int(row[-1])
    relations = tuple(
        Relation(cell(place), tuple(cell(_with(place, n, one)) for one in range(1, sizes[n])))
        for place in counts
        for n in range(len(sizes))
        if place[n] == 0
    )
    return Tables({cell(place): count for place, count in counts.items()}, relations)


def _with(place: Place, dimension: int, index: int) -> Place:
    return (*place[:dimension], index, *place[dimension + 1 :])


def names(folder: Path) -> list[str]:
    """Give every instance, whether a pattern is stored of it or not."""
    return sorted(path.stem for path in folder.glob("*.csv"))


def read_optima(folder: Path) -> dict[str, dict[str, Optimum]]:
    """Read what is stored, by instance and by requirement."""
    stored = json.loads((folder / "optima.json").read_text(encoding="utf-8"))
    return {
        name: {
            require: Optimum(one["cost"], one["lower_bound"], one["secondary_cells"])
            for require, one in by_require.items()
        }
        for name, by_require in stored.items()
    }


def peer_secondaries(folder: Path, name: str, method: str) -> int | None:
    """Give how many further cells a peer hid; None where there is no pattern of it."""
    path = folder / "peer_patterns" / f"{name}.{method}.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return sum(row[-1] == "x" for row in csv.reader(file))
