"""Tables of counts as the window shows them: what stands where, and what it is called. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.app.numbers_case import CaseTables, Draft
from redactor.model import column_letters
from redactor.numbers.answers import Answered, Treatment
from redactor.numbers.layout import Sheet, Table, book_of, cell_name
from redactor.numbers.model import CellName, Relation
from redactor.numbers.rounding import rounded_to

Spot = tuple[int, int]
_SPOT = re.compile(r"([A-Z]+)(\d+)\Z")
#: A cell in a sentence of the audit: document, sheet and place.
_NAMED = re.compile(r"\b\d+:[^!]{1,80}?![A-Z]{1,3}\d{1,7}\b")


def spot_of(cell: CellName) -> Spot:
    """Give row and column, from 0, of a cell.

    Raises:
        ValueError: no sheet has a cell of that name.
    """
    found = _SPOT.search(cell.rpartition("!")[2])
    if found is None:
        raise ValueError("not the name of a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


#: The number of a document before the name of a sheet.
_BOOK = re.compile(r"\b\d+:(?=[^\W\d])")


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One table of counts as it lies on its sheet.

    Attributes:
        document: the number of its document.
        sheet: the name of its sheet, as the document has it.
        rows, columns: those of the sheet that are shown, from 0, headings included.
        texts: what each cell shows.
        counts: the cells that count people.
        row_names, column_names: what heads each line.
        relations: the sums that one of its cells is in.
    """

    table: Table
    document: int
    sheet: str
    rows: range
    columns: range
    texts: Mapping[Spot, str] = field(repr=False)
    counts: Mapping[Spot, CellName] = field(repr=False)
    row_names: Mapping[int, str] = field(repr=False)
    column_names: Mapping[int, str] = field(repr=False)
    relations: tuple[Relation, ...] = field(repr=False)

    @property
    def title(self) -> str:
        """Give what it is called, or where it is."""
        return self.table.title or f"{self.sheet}, {self.table.range}"

    def name(self, spot: Spot) -> CellName:
        """Give what a cell is called in relations."""
        return cell_name(self.table.sheet, *spot)


@dataclass(frozen=True, slots=True)
class ShownTables:
    """All tables of a case, for the window.

    Attributes:
        totals: the cells that are sums of two or more others, as found.
        derived: shares and changes, and the counts that they are computed from.
    """

    tables: CaseTables
    shown: tuple[ShownTable, ...]
    totals: frozenset[CellName]
    derived: Mapping[CellName, tuple[CellName, ...]] = field(repr=False)

    def words(self, cell: CellName) -> str:
        """Give a cell in the words of its headings: ``Voyeurism, 2021``; else where it is."""
        sheet = cell.rpartition("!")[0]
        try:
            row, column = spot_of(cell)
        except ValueError:
            return "a figure that is printed nowhere"
        place = f"{column_letters(column)}{row + 1}"
        for one in self.shown:
            if one.table.sheet == sheet and (row, column) in one.counts:
                said = [one.row_names.get(row, ""), one.column_names.get(column, "")]
                named = ", ".join(dict.fromkeys(filter(None, said)))
                return f"{named} ({place})" if named else place
        return f"{sheet.partition(':')[2]} {place}" if ":" in sheet else place

    def plainly(self, sentence: str) -> str:
        """Put the words of the headings in place of the names of cells."""
        return _BOOK.sub("", _NAMED.sub(lambda found: self.words(found[0]), sentence))


def shown_tables(tables: CaseTables) -> ShownTables:
    """Make the tables of a case ready for the window. It takes a while; not for its thread."""
    sheets = {one.name: one for one in tables.sheets}
    by_cell: dict[CellName, list[Relation]] = {}
    for relation in tables.layout.relations:
        for cell in {relation.total, *relation.parts}:
            by_cell.setdefault(cell, []).append(relation)
    shown = [
        _shown(one, sheets[one.sheet], by_cell)
        for one in tables.layout.tables
        if one.sheet in sheets
    ]
    derived = {one.cell: one.of for one in tables.layout.derived}
    return ShownTables(tables, tuple(shown), tables.layout.found().totals, derived)


def _shown(table: Table, sheet: Sheet, by_cell: Mapping[CellName, list[Relation]]) -> ShownTable:
    first, _, last = table.range.partition(":")
    (top, left), (bottom, right) = spot_of(first), spot_of(last or first)
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    texts = {
        (one.row, one.column): one.text
        for one in sheet.cells
        if one.row in rows and one.column in columns
    }
    down, across = (*table.dimensions, None, None)[:2]
    relations = dict.fromkeys(
        relation for cell in table.cells for relation in by_cell.get(cell, ())
    )
    return ShownTable(
        table,
        book_of(table.sheet),
        table.sheet.partition(":")[2],
        rows,
        columns,
        texts,
        {spot_of(cell): cell for cell in table.cells},
        dict(zip(down.lines, down.labels, strict=True)) if down is not None else {},
        dict(zip(across.lines, across.labels, strict=True)) if across is not None else {},
        tuple(relations),
    )


# --- one answer, on the screen ------------------------------------------------------------------

WITHHELD = "[c]"


@dataclass(frozen=True, slots=True)
class Painted:
    """What a cell of the grid shows.

    Attributes:
        tag: a word or letter beside the figure, so that colour never speaks alone.
        part: what it is, for its colour: ``heading``, ``total``, ``small``, ``protects``, ``gone``,
            ``changed``, ``aside`` or nothing.
    """

    text: str = field(repr=False)
    tag: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class AsItStands:
    """Paints tables as their documents have them, with what the officer said of them.

    Attributes:
        totals: the cells that are sums of others, with the officer's changes.
    """

    shown: ShownTables
    draft: Draft
    totals: frozenset[CellName]

    def paint(self, table: ShownTable, spot: Spot) -> Painted:
        """Give what a cell shows."""
        text, cell = table.texts.get(spot, ""), table.counts.get(spot)
        if cell is None:
            return Painted(
                text, "share" if table.name(spot) in self.shown.derived else "", "heading"
            )
        if cell in self.draft.edits.not_counts:
            return Painted(text, "counts nobody", "aside")
        if cell in self.draft.policy.insiders:
            return Painted(text, "known", "changed")
        return Painted(text, "total", "total") if cell in self.totals else Painted(text)


@dataclass(frozen=True, slots=True)
class AsAnswered:
    """Paints tables as they would go out.

    Attributes:
        hidden, primary: of the answer, for finding.
    """

    shown: ShownTables
    draft: Draft
    answered: Answered
    hidden: frozenset[CellName] = field(init=False)
    primary: frozenset[CellName] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hidden", self.answered.hidden)
        object.__setattr__(self, "primary", frozenset(self.answered.primary))

    def paint(self, table: ShownTable, spot: Spot) -> Painted:
        """Give what a cell shows."""
        text, cell = table.texts.get(spot, ""), table.counts.get(spot)
        if cell is None:
            return self._beside(table, spot, text)
        pin = _pin(self.draft, cell)
        if cell in self.hidden:
            small = cell in self.primary
            tag = " ".join(filter(None, ("S" if small else "P", pin)))
            return Painted(WITHHELD, tag, "small" if small else "protects")
        count = self.answered.tables.counts.get(cell)
        if count is None:
            return self._not_by_itself(table, spot, text)
        if self.answered.treatment.rounds:
            total = "total" if cell in self.shown.totals else ""
            text = f"{rounded_to(count, self.answered.base):,}"
            return Painted(text, pin or total, "changed")
        if cell in self.shown.totals:
            return Painted(text, pin or "total", "total")
        return Painted(text, pin)

    def _beside(self, table: ShownTable, spot: Spot, text: str) -> Painted:
        """Give a heading, or a share that goes with the counts that it is computed from."""
        for band in self.answered.bands:
            line = spot[1] if band.is_column else spot[0]
            heads = table.column_names if band.is_column else table.row_names
            if band.sheet == table.table.sheet and line in band.lines and text == heads.get(line):
                is_first = line == band.lines[0]
                return Painted(band.label if is_first else "–", "", "heading")
        of = self.shown.derived.get(table.name(spot))
        counts = self.answered.tables.counts
        printed = of and all(one in counts and one not in self.hidden for one in of)
        withholds = bool(self.hidden) or len(counts) < self.answered.asked
        if of is not None and not printed and withholds:
            return Painted(WITHHELD, "share", "protects")
        return Painted(text, "", "heading")

    def _not_by_itself(self, table: ShownTable, spot: Spot, text: str) -> Painted:
        """Give a count that is taken together with others, or left out beside its total."""
        if self.answered.treatment is Treatment.TOTALS:
            return Painted("–", "not printed", "gone")
        for band in self.answered.bands:
            line, crossing = (spot[1], spot[0]) if band.is_column else spot
            if band.sheet != table.table.sheet or line not in band.lines:
                continue
            name = f"band:{cell_name(band.sheet, *band.spot(band.lines[0], crossing))}"
            if line != band.lines[0] or name not in self.answered.tables.counts:
                return Painted("–", "in the band", "gone")
            if name in self.hidden:
                is_small = name in self.primary
                tag, part = ("S", "small") if is_small else ("P", "protects")
                return Painted(WITHHELD, tag, part)
            return Painted(f"{self.answered.tables.counts[name]:,}", "band", "changed")
        return Painted(text)


def _pin(draft: Draft, cell: CellName) -> str:
    if cell in draft.policy.must_print:
        return "must print"
    return "must hide" if cell in draft.policy.must_hide else ""
