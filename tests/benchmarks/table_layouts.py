"""How well tables and their sums are found, on sheets drawn by chance whose sums are known.

``python -m tests.benchmarks.table_layouts [SHEETS] [--worst N]``: for each mean count, with the
labels of totals shown or hidden, without and with formulas.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from redactor.dependants import FormulaCell
from redactor.model import column_letters
from redactor.numbers.layout import Cell, Doubt, Layout, Sheet, cell_name, detect
from redactor.numbers.model import Relation

MEANS = (30, 8, 3, 1)
_THINGS = (
    *("Burglary", "Robbery", "Theft", "Fraud", "Arson", "Assault", "Harassment", "Stalking"),
    *("Trespass", "Perjury", "Voyeurism", "Blackmail", "Kidnap", "Smuggling", "Forgery"),
    *("Affray", "Bribery", "Nuisance", "Poaching", "Piracy", "Riot", "Treason"),
)
_PLACES = (
    *("North", "South", "East", "West", "Central"),
    *("Harbour", "Moor", "Vale", "Fell", "Coast"),
)
_GROUPS = ("Violence", "Property", "Public order", "Dishonesty", "Traffic")
_TOTALS = ("Total", "Grand total", "All", "Overall", "Total [note 1]", "TOTAL", "All cases")


@dataclass
class Drawn:
    """A sheet and the sums in it."""

    sheet: Sheet
    relations: list[Relation]
    broken: list[str] = field(default_factory=list)
    """Labelled totals that do not add."""


@dataclass
class _Axis:
    """Lines of one direction: headings, and for each sum its total and parts."""

    labels: list[tuple[str, ...]]
    leaves: list[int]
    sums: list[tuple[int, list[int]]]


def draw(
    seed: int, mean: float, *, labelled: bool = True, formulas: bool = False, broken: bool = False
) -> Drawn:
    """Draw a sheet of one to three tables, with titles, notes and gaps."""
    chance = random.Random(seed)
    cells: dict[tuple[int, int], Cell] = {}
    drawn = Drawn(Sheet("Data", ()), [])
    row = 0
    for number in range(chance.choice((1, 1, 2, 3))):
        cells[row, 0] = Cell(row, 0, f"Table {number + 1}: cases, 2018 to 2023")
        row += chance.choice((1, 2))
        row = _draw_table(
            chance, row, mean, cells, drawn, labelled=labelled, formulas=formulas, broken=broken
        )
        row += chance.choice((1, 2, 3))
    if chance.random() < 0.5:
        cells[row, 0] = Cell(row, 0, "Source: the recording system, as at 3 April 2024.")
    drawn.sheet = Sheet("Data", tuple(cells[spot] for spot in sorted(cells)))
    return drawn


def _axis(chance: random.Random, names: Sequence[str], total: str, labelled: bool) -> _Axis:
    """Draw lines: flat or in groups, totals behind, before or none."""
    pool = list(names)
    chance.shuffle(pool)
    labels: list[tuple[str, ...]] = []
    leaves: list[int] = []
    sums: list[tuple[int, list[int]]] = []
    first = chance.random() < 0.25
    grouped = len(pool) >= 10 and chance.random() < 0.45
    has_total = chance.random() < 0.85 or grouped

    def add(label: str) -> int:
        labels.append((label,))
        return len(labels) - 1

    def hide(label: str) -> str:
        return label if labelled else pool.pop()

    top = add(hide(total)) if first and has_total else None
    tops: list[int] = []
    if grouped:
        for group in chance.sample(_GROUPS, chance.choice((2, 3))):
            said = hide(chance.choice((f"Total {group.lower()}", f"{group} total", "Sub-total")))
            before = add(said) if first else None
            members = [add(pool.pop()) for _ in range(chance.choice((2, 3, 4)))]
            at = before if before is not None else add(said)
            leaves += members
            sums.append((at, members))
            tops.append(at)
            if len(pool) < 8:
                break
    else:
        tops = [add(pool.pop()) for _ in range(chance.randint(2, min(8, len(pool) - 1)))]
        leaves += tops
    if has_total:
        at = top if top is not None else add(hide(total))
        sums.append((at, list(tops)))
    return _Axis(labels, leaves, sums)


def _years(chance: random.Random, total: str, labelled: bool) -> _Axis:
    start, count = chance.randint(2012, 2019), chance.randint(2, 6)
    labels: list[tuple[str, ...]] = [(str(start + one),) for one in range(count)]
    said = total if labelled else "Period"
    if chance.random() < 0.8:
        if chance.random() < 0.2:
            labels.insert(0, (said,))
            return _Axis(labels, list(range(1, count + 1)), [(0, list(range(1, count + 1)))])
        labels.append((said,))
        return _Axis(labels, list(range(count)), [(count, list(range(count)))])
    return _Axis(labels, list(range(count)), [])


def _crossed(chance: random.Random, labelled: bool) -> _Axis:
    """Draw headings on two levels: sexes with years in each, and all of them."""
    count = chance.randint(2, 3)
    years = [str(2019 + one) for one in range(count)]
    over = ["Male", "Female", "All" if labelled else "Record"]
    labels = [(one, year) for one in over for year in years]
    sums = [(2 * count + one, [one, count + one]) for one in range(count)]
    return _Axis(labels, list(range(2 * count)), sums)


def _draw_table(
    chance: random.Random,
    top: int,
    mean: float,
    cells: dict[tuple[int, int], Cell],
    drawn: Drawn,
    *,
    labelled: bool,
    formulas: bool,
    broken: bool,
) -> int:
    total = chance.choice(_TOTALS)
    rows = _axis(chance, _THINGS, total, labelled)
    kind = chance.random()
    if kind < 0.5:
        columns = _years(chance, "Total", labelled)
    elif kind < 0.65:
        columns = _crossed(chance, labelled)
    else:
        columns = _axis(chance, _PLACES, "Total", labelled)
    values = _values(chance, rows, columns, mean)
    depth = len(columns.labels[0])
    if depth == 1 or chance.random() < 0.5:
        cells[top, 0] = Cell(top, 0, "Category")
    _headings(columns, top, cells)
    first = top + depth
    gap = {one for one, _ in rows.sums[-1:] if one == len(rows.labels) - 1}
    gap = gap if chance.random() < 0.15 else set()
    place = [first + at + (1 if at in gap else 0) for at in range(len(rows.labels))]
    column_of = [1 + at for at in range(len(columns.labels))]
    bad: tuple[int, int] | None = None
    if broken and rows.sums and len(rows.leaves) > 2:
        bad = rows.sums[-1][0], chance.choice(columns.leaves)
        values[bad] += chance.randint(1, 3)
        drawn.broken.append(cell_name("Data", place[bad[0]], column_of[bad[1]]))
    for at, labels in enumerate(rows.labels):
        cells[place[at], 0] = Cell(place[at], 0, labels[0])
        for other in range(len(columns.labels)):
            count = values[at, other]
            cells[place[at], column_of[other]] = Cell(
                place[at], column_of[other], f"{count:,}", count
            )
    _relate(rows, columns, place, column_of, cells, drawn, formulas=formulas, bad=bad)
    if chance.random() < 0.25:
        _shares(rows, place, column_of, values, top + depth - 1, cells)
    return max(place) + 1


def _headings(columns: _Axis, top: int, cells: dict[tuple[int, int], Cell]) -> None:
    depth = len(columns.labels[0])
    for level in range(depth):
        for at, labels in enumerate(columns.labels):
            if level < depth - 1 and at and columns.labels[at - 1][level] == labels[level]:
                continue
            text = labels[level]
            number = int(text) if text.isdigit() else None
            cells[top + level, 1 + at] = Cell(top + level, 1 + at, text, number)


def _values(
    chance: random.Random, rows: _Axis, columns: _Axis, mean: float
) -> dict[tuple[int, int], int]:
    generator = np.random.default_rng(chance.getrandbits(32))
    values: dict[tuple[int, int], int] = {}
    for row in rows.leaves:
        for column in columns.leaves:
            values[row, column] = int(generator.poisson(generator.gamma(1.0, mean)))
        for at, parts in columns.sums:
            values[row, at] = sum(values[row, one] for one in parts)
    for at, parts in rows.sums:
        for column in range(len(columns.labels)):
            values[at, column] = sum(values[one, column] for one in parts)
    return values


def _relate(
    rows: _Axis,
    columns: _Axis,
    place: Sequence[int],
    column_of: Sequence[int],
    cells: dict[tuple[int, int], Cell],
    drawn: Drawn,
    *,
    formulas: bool,
    bad: tuple[int, int] | None,
) -> None:
    sums = [
        ((place[at], column), [(place[one], column) for one in parts])
        for at, parts in rows.sums
        for number, column in enumerate(column_of)
        if (at, number) != bad
    ]
    sums += [
        ((row, column_of[at]), [(row, column_of[one]) for one in parts])
        for at, parts in columns.sums
        for number, row in enumerate(place)
        if bad is None or number != bad[0] or bad[1] not in (*parts, at)
    ]
    for total, parts in sums:
        drawn.relations.append(
            Relation(cell_name("Data", *total), tuple(cell_name("Data", *one) for one in parts))
        )
        if formulas:
            words = "+".join(f"{column_letters(column)}{row + 1}" for row, column in parts)
            old = cells[total]
            formula = FormulaCell("Data", *total, words)
            cells[total] = Cell(old.row, old.column, old.text, old.number, formula)


def _shares(
    rows: _Axis,
    place: Sequence[int],
    column_of: Sequence[int],
    values: dict[tuple[int, int], int],
    head: int,
    cells: dict[tuple[int, int], Cell],
) -> None:
    """Add a column that says each row's share of the last column."""
    if not rows.sums:
        return
    column, whole = column_of[-1] + 1, values[rows.sums[-1][0], len(column_of) - 1]
    cells[head, column] = Cell(head, column, "% of total")
    for at, row in enumerate(place):
        share = values[at, len(column_of) - 1] / whole if whole else 0.0
        cells[row, column] = Cell(row, column, f"{share:.1%}", share, percent=True)


# --- scoring ------------------------------------------------------------------------------------


@dataclass
class Score:
    """What was found of the sums of some sheets. Sums that follow from others count as found."""

    sheets: int = 0
    right: int = 0
    true: int = 0
    missed: int = 0
    spurious: int = 0
    found: int = 0
    wrong: list[int] = field(default_factory=list)

    def add(self, seed: int, truth: Sequence[Relation], found: Sequence[Relation]) -> None:
        """Take up one sheet."""
        names = {
            cell: at
            for at, cell in enumerate(
                dict.fromkeys(cell for one in (*truth, *found) for cell in (one.total, *one.parts))
            )
        }
        true, seen, both = (_rank(which, names) for which in (truth, found, (*truth, *found)))
        self.sheets += 1
        self.true += true
        self.found += seen
        self.missed += both - seen
        self.spurious += both - true
        if both == seen == true:
            self.right += 1
        else:
            self.wrong.append(seed)


def _rank(relations: Sequence[Relation], names: dict[str, int]) -> int:
    if not relations:
        return 0
    matrix = np.zeros((len(relations), len(names)))
    for at, one in enumerate(relations):
        matrix[at, names[one.total]] -= 1
        for part in one.parts:
            matrix[at, names[part]] += 1
    return int(np.linalg.matrix_rank(matrix))


def measure(
    count: int, mean: float, *, labelled: bool = True, formulas: bool = False, start: int = 0
) -> Score:
    """Score some sheets of one sort."""
    score = Score()
    for seed in range(start, start + count):
        drawn = draw(seed, mean, labelled=labelled, formulas=formulas)
        score.add(seed, drawn.relations, detect([drawn.sheet]).relations)
    return score


def unwarned(layout: Layout, broken: Sequence[str]) -> list[str]:
    """Give the totals that do not add and were not warned of."""
    warned = {
        cell for one in layout.warnings if one.doubt is Doubt.NOT_ADDITIVE for cell in one.cells[:1]
    }
    return [one for one in broken if one not in warned]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sheets", nargs="?", type=int, default=200)
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    print("mean labels formulas  precision recall  fully right  missed")
    for mean in MEANS:
        for labelled in (True, False):
            for formulas in (False, True):
                one = measure(given.sheets, mean, labelled=labelled, formulas=formulas)
                print(
                    f"{mean:4} {'shown ' if labelled else 'hidden'} {formulas!s:8} "
                    f"{1 - one.spurious / max(one.found, 1):9.4f} "
                    f"{1 - one.missed / max(one.true, 1):6.4f} "
                    f"{one.right:5}/{one.sheets} {one.missed:8}  {one.wrong[: given.worst]}"
                )
    broken = missing = 0
    for seed in range(given.sheets):
        for mean in MEANS:
            drawn = draw(seed, mean, broken=True)
            broken += len(drawn.broken)
            missing += len(unwarned(detect([drawn.sheet]), drawn.broken))
    print(f"labelled totals that do not add: {broken}, not warned of: {missing}")


if __name__ == "__main__":
    main()
