"""Find the tables of counts on some sheets, and how their cells hang together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from redactor.dependants import CellKey
from redactor.model import column_letters
from redactor.numbers.layout.blocks import Block, Line, find_blocks
from redactor.numbers.layout.derived import derive
from redactor.numbers.layout.figures import Figure
from redactor.numbers.layout.formulas import Formulas
from redactor.numbers.layout.found import Derived, Dimension, Doubt, Layout, Table, Warned
from redactor.numbers.layout.grid import Grid, axis_of, sort_lines
from redactor.numbers.layout.labels import holds_count, plain
from redactor.numbers.layout.legend import Legend, read_legend
from redactor.numbers.layout.links import link_earlier, link_tables
from redactor.numbers.layout.relating import contradicts, of_which_facts, relate
from redactor.numbers.layout.sheet import Sheet, cell_name
from redactor.numbers.layout.sums import Figures, Sum, find_sums
from redactor.numbers.model import CellName, Evidence, Fact, Interval, Relation

#: More lines than this is a list, whatever stands in it.
_MOST_LINES = 3_000
_MARK_WORDS = (
    "The mark “{}” is not explained anywhere; it is taken for any number. Say what it means."
)

_NO_RESULT = (
    "the file has no result of its formula. Open it in its own program, save it, try again."
)


def detect(sheets: Sequence[Sheet], prior: Sequence[Sheet] = ()) -> Layout:
    """Find tables, sums, links, shares and what contradicts.

    Args:
        sheets: all sheets of what is to be released; a note on one explains the marks of others.
        prior: sheets that were released before.
    """
    now = _Reading(sheets, "")
    before = _Reading(prior, "earlier:")
    linked = link_tables(now.grids, now.printed)
    old = link_tables(before.grids, before.printed)
    across = link_earlier(now.grids, before.grids, {**now.printed, **before.printed})
    relations = _each_once(
        (
            *now.relations,
            *linked.relations,
            *(replace(one, evidence=Evidence.EARLIER) for one in before.relations),
            *(replace(one, evidence=Evidence.EARLIER) for one in old.relations),
            *across.relations,
        )
    )
    return Layout(
        tuple(now.tables()),
        {**now.printed, **before.printed},
        relations,
        (*now.facts, *linked.facts, *before.facts, *old.facts, *across.facts),
        (*now.derived, *before.derived),
        (*now.warnings, *linked.warnings, *across.warnings),
        frozenset(now.unseen),
        frozenset(before.printed),
        now.legend.base,
    )


def _each_once(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    once: dict[tuple[CellName, frozenset[CellName]], Relation] = {}
    for one in relations:
        key = one.total, frozenset(one.parts)
        if len(one.parts) == 1:  # a link is the same from both ends
            back = one.parts[0], frozenset((one.total,))
            key = back if back in once else key
        once.setdefault(key, one)
    return tuple(once.values())


@dataclass
class _Reading:
    """What is found on the sheets of one release."""

    sheets: Sequence[Sheet]
    prefix: str
    legend: Legend = field(default_factory=Legend)
    grids: list[Grid] = field(default_factory=list)
    printed: dict[CellName, Interval] = field(default_factory=dict)
    unseen: set[CellName] = field(default_factory=set)
    relations: list[Relation] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    derived: list[Derived] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)

    def __post_init__(self) -> None:
        texts = [one.text for sheet in self.sheets for one in sheet.cells if len(one.text) > 4]
        self.legend = read_legend([*texts, *(one for each in self.sheets for one in each.around)])
        blocks = [block for sheet in self.sheets for block in find_blocks(sheet)]
        names = {key: said for sheet in self.sheets for key, said in sheet.names.items()}
        filled = {
            (block.sheet, row, column): figure
            for block in blocks
            for (row, column), figure in block.figures.items()
        }
        written = {
            (sheet.name, one.row, one.column): one.formula
            for sheet in self.sheets
            for one in sheet.cells
            if one.formula is not None
        }
        formulas = Formulas(written, filled, names)
        for block in blocks:
            self._take(block, formulas)
        self._across(formulas, written)
        self._warn_of_rounding()

    def _take(self, block: Block, formulas: Formulas) -> None:
        if self._is_list(block):
            words = (
                f"{block.sheet} {block.range} looks like a list of records, not a table of counts."
            )
            self.warnings.append(Warned(Doubt.RECORDS, words))
            return
        grid = self._grid(block, formulas)
        if grid is None:
            return
        self.grids.append(grid)
        self.printed.update({grid.name(*spot): one for spot, one in grid.counts.items()})
        unseen = [grid.name(*one) for one in grid.counts if block.figures[one].hidden]
        self.unseen.update(unseen)
        if unseen:
            words = f"{len(unseen):,} counts of {block.sheet} {block.range} are in hidden cells."
            self.warnings.append(Warned(Doubt.HIDDEN, words, tuple(unseen)))
        related = relate(grid)
        self.relations.extend(related.relations)
        self.warnings.extend(related.warnings)
        self.facts.extend(of_which_facts(grid))
        self.warnings.extend(_odd_places(block))
        derived, warnings = derive(grid, formulas)
        self.derived.extend(derived)
        self.warnings.extend(warnings)
        self._warn_of_marks(block)

    def _grid(self, block: Block, formulas: Formulas) -> Grid | None:
        def in_row(line: Line) -> list[Figure]:
            found = (block.figures.get((line.at, one.at)) for one in block.columns)
            return [one for one in found if one is not None]

        columns, other_columns = sort_lines(
            block.columns,
            lambda line: [
                figure
                for row in block.rows
                if (figure := block.figures.get((row.at, line.at))) is not None
            ],
        )
        kept = {one.at for one in columns}
        rows, other_rows = sort_lines(
            block.rows,
            lambda line: (
                [
                    figure
                    for column in block.columns
                    if column.at in kept
                    and (figure := block.figures.get((line.at, column.at))) is not None
                ]
                or in_row(line)
            ),
        )
        floor = 1 if _shows_noughts(block, rows, columns) else 0
        counts = {
            (row.at, column.at): self.legend.interval(figure, floor)
            for row in rows
            for column in columns
            if (figure := block.figures.get((row.at, column.at))) is not None
            and figure.may_be_count
        }
        if not counts:
            return None
        grid = Grid(
            block,
            self.prefix,
            tuple(rows),
            tuple(columns),
            tuple(other_rows),
            tuple(other_columns),
            counts,
        )
        row_sums = find_sums(rows, Figures(grid.by_row()), _said(grid, formulas, by_row=True))
        column_sums = find_sums(
            columns, Figures(grid.by_column()), _said(grid, formulas, by_row=False)
        )
        return replace(grid, row_sums=tuple(row_sums), column_sums=tuple(column_sums))

    @staticmethod
    def _is_list(block: Block) -> bool:
        if len(block.rows) > _MOST_LINES:
            return True
        labels = [tuple(plain(one) for one in line.labels) for line in block.rows]
        return len(labels) > 10 and len(set(labels)) < 0.7 * len(labels)

    def _across(self, formulas: Formulas, written: Iterable[CellKey]) -> None:
        """Take what formulas add up that lies in no one row or column of a table."""
        known = {(one.total, frozenset(one.parts)) for one in self.relations}
        shown = {
            (each.name, one.row, one.column)
            for each in self.sheets
            for one in each.cells
            if one.text
        }
        for key in written:
            added = formulas.added(key)
            total = self._named(key)
            if added is not None and key not in shown:
                self.warnings.append(Warned(Doubt.NO_RESULT, f"{total}: {_NO_RESULT}", (total,)))
            if added is None or total not in self.printed:
                continue
            plus = tuple(self._named(one) for one in added.plus)
            minus = tuple(self._named(one) for one in added.minus)
            if not plus or any(one not in self.printed for one in (*plus, *minus)):
                continue
            if minus and len(plus) > 1:
                terms = [(one, 1) for one in plus] + [(one, -1) for one in (*minus, total)]
                self.facts.append(Fact(tuple(terms), 0, 0))
                continue
            whole, parts = (plus[0], (total, *minus)) if minus else (total, plus)
            if whole in parts or (whole, frozenset(parts)) in known:
                continue
            if contradicts(self.printed, whole, parts):
                words = f"{total} does not show what its own formula gives."
                self.warnings.append(Warned(Doubt.NOT_ADDITIVE, words, (whole, *parts)))
            else:
                self.relations.append(Relation(whole, parts, Evidence.FORMULA))

    def _named(self, key: CellKey) -> CellName:
        sheet, row, column = key
        return cell_name(self.prefix + sheet, row, column)

    def _warn_of_marks(self, block: Block) -> None:
        marks = {one.mark for one in block.figures.values() if one.mark}
        for mark in sorted(marks):
            if mark not in self.legend.bands:
                words = f"{block.sheet} {block.range}: {_MARK_WORDS.format(mark)}"
                self.warnings.append(Warned(Doubt.MARK, words))

    def _warn_of_rounding(self) -> None:
        if self.legend.base > 1 and self.grids:
            words = (
                f"The figures are said to be rounded to the nearest {self.legend.base}. They can "
                "be audited as they are; to protect them, the true counts are needed."
            )
            self.warnings.append(Warned(Doubt.ROUNDED, words))

    def tables(self) -> Iterable[Table]:
        """Give the tables in the order of the sheets."""
        for grid in self.grids:
            block = grid.block
            rows = _dimension(block.row_names, grid.rows, grid.row_sums)
            columns = _dimension(block.column_names, grid.columns, grid.column_sums)
            cells = tuple(grid.cells())
            yield Table(
                block.sheet, block.range, block.title, (rows, columns), cells, block.headings
            )


def _dimension(names: Sequence[str], lines: Sequence[Line], sums: Sequence[Sum]) -> Dimension:
    axis = axis_of(lines, sums)
    is_flat = len(sums) <= 1 and all(len(line.labels) <= 1 for line in lines)
    groups = tuple(lines[at].at for at in axis.parts) if is_flat else ()
    return Dimension(
        " / ".join(filter(None, names)),
        tuple(line.label for line in lines),
        tuple(line.at for line in lines),
        groups,
    )


def _odd_places(block: Block) -> Iterator[Warned]:
    """Warn of columns that are left out, and of counts in headings."""
    if block.left_out:
        columns = ", ".join(column_letters(one) for one in block.left_out)
        words = (
            f"{block.sheet} {block.range}: {columns} hold more than one figure a cell, or words."
        )
        yield Warned(Doubt.LEFT_OUT, f"{words} They are not looked into, and are left out.")
    counted = [line for line in (*block.rows, *block.columns) if holds_count(line.label)]
    if counted:
        words = f"{block.sheet} {block.range}: {len(counted)} headings hold counts (n=…)."
        yield Warned(Doubt.HEADING, f"{words} Take them out: nothing looks into them.")


def _shows_noughts(block: Block, rows: Sequence[Line], columns: Sequence[Line]) -> bool:
    """Say whether noughts are printed (or left blank), so that a hidden count is at least 1."""
    figures = [block.figures.get((row.at, column.at)) for row in rows for column in columns]
    return any(one is None or one.count == 0 for one in figures)


def _said(grid: Grid, formulas: Formulas, *, by_row: bool) -> list[Sum]:
    """Give what formulas say of whole rows (or columns): one that adds speaks for its line."""
    lines, crossing = (grid.rows, grid.columns) if by_row else (grid.columns, grid.rows)
    numbers = {line.at: number for number, line in enumerate(lines)}
    figures = Figures(grid.by_row() if by_row else grid.by_column())
    found: dict[tuple[int, tuple[int, ...]], Sum] = {}
    for number, line in enumerate(lines):
        for cross in crossing:
            row, column = (line.at, cross.at) if by_row else (cross.at, line.at)
            added = formulas.added((grid.block.sheet, row, column))
            if added is None or added.minus:
                continue
            spots = [(one[1], one[2]) if by_row else (one[2], one[1]) for one in added.plus]
            across = {(one[0], spot[1]) for one, spot in zip(added.plus, spots, strict=True)}
            places = [numbers.get(spot[0]) for spot in spots]
            parts = tuple(sorted({one for one in places if one is not None}))
            if across != {(grid.block.sheet, cross.at)} or None in places or number in parts:
                continue
            fit = figures.fit(number, parts)
            if fit.hits > len(fit.misses):
                found[number, parts] = Sum(number, parts, Evidence.FORMULA, fit.misses)
    return list(found.values())
