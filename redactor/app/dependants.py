"""Whether what is withheld in a workbook can be worked out from the cells that stay."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from redactor import jobs
from redactor.app.attempt import redacted_marks
from redactor.app.case import Case
from redactor.config import READ_SECONDS, READ_SECONDS_PER_MB
from redactor.dependants import (
    CellKey,
    CellSet,
    Dependants,
    address,
    computed_from_shown,
    given_away,
    shown_dependants,
)
from redactor.errors import UsageError
from redactor.model import CellPlace, Report, Span, quiet
from redactor.workers import Lane

_CELL = re.compile(r"(?:sheet:)?(.+)!([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Computed:
    """The formulas of one document of a case.

    Attributes:
        told: whether its kind of file says what is computed from what, in a way that is read.
    """

    document: int
    told: bool
    formulas: Dependants = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShownDependant:
    """A shown cell that is computed from the one asked about.

    Attributes:
        place: its segment id, to go there.
        text: what it shows.
        others: how many other withheld cells it is computed from; 0 where it gives the one away.
    """

    place: str = field(repr=False)
    address: str = field(repr=False)
    text: str = field(repr=False)
    others: int = 0


@dataclass(frozen=True, slots=True)
class CellView:
    """What is computed from a cell, and what it is computed from.

    Attributes:
        computed_from: the areas its own formula looks at, as addresses; empty for no formula.
        from_shown: it is computed from cells that are all shown.
        dependants: the shown cells that are computed from it; those that give it away come first.
    """

    place: str = field(repr=False)
    computed_from: tuple[str, ...] = field(repr=False)
    from_shown: bool
    dependants: tuple[ShownDependant, ...]


def read_computed(case: Case, lane: Lane, number: int, report: Report = quiet) -> Computed:
    """Read the formulas of a document.

    Raises:
        UsageError: there is no such document.
        Cancelled: the person asked to stop.
        RedactorError: it could not be read.
    """
    source = case.source(number)
    limit = READ_SECONDS + READ_SECONDS_PER_MB * case.size_of(number) / 2**20
    read = lane.run(
        jobs.read_formulas, source, timeout_s=limit, supply=source.supply, on_report=report
    )
    if read is None:
        return Computed(number, told=False, formulas=Dependants(()))
    return Computed(number, told=True, formulas=Dependants(read.cells, read.names))


def cell_key(place: str) -> CellKey:
    """Give the cell that a segment id or an address (``Data!B7``) names.

    Raises:
        UsageError: it names none.
    """
    found = _CELL.fullmatch(place.strip())
    if found is None:
        raise UsageError("That is no cell. Write it as SHEET!B7. Nothing was looked up.")
    sheet, letters, row = found.groups()
    column = functools.reduce(lambda so_far, one: so_far * 26 + ord(one) - 64, letters, 0)
    return sheet, int(row) - 1, column - 1


def withheld_cells(case: Case, number: int) -> CellSet:
    """Give the cells of a document in which something is redacted."""
    now = case.standing()
    targets = (mark.target for mark in redacted_marks(case.marks(number), now))
    return CellSet(
        cell_key(one.segment)
        for one in targets
        if isinstance(one, Span) and _CELL.fullmatch(one.segment)
    )


def look_at_cell(case: Case, computed: Computed, place: str) -> CellView:
    """Say what is computed from a cell, as things stand now.

    Raises:
        UsageError: the place names no cell.
    """
    cell, withheld = cell_key(place), withheld_cells(case, computed.document)
    formulas = computed.formulas
    shown = _shown(case, computed.document, formulas.of(cell))
    return CellView(
        place,
        tuple(one.words for one in formulas.looks_at(cell)),
        computed_from_shown(cell, formulas, withheld),
        tuple(
            ShownDependant(CellPlace(*one.cell).id, address(one.cell), shown[one.cell], one.others)
            for one in shown_dependants(cell, formulas, withheld, shown)
        ),
    )


def worked_out(case: Case, computed: Computed) -> tuple[str, ...]:
    """Give the withheld cells that can be worked out from shown ones, as addresses in order."""
    withheld = withheld_cells(case, computed.document)
    if not len(withheld) or not len(computed.formulas):
        return ()
    shown = _shown(case, computed.document, computed.formulas)
    found = given_away(computed.formulas, withheld, shown)
    return tuple(address(one) for one in sorted(found))


def remarks_on(case: Case, lane: Lane, report: Report = quiet) -> tuple[str, ...]:
    """Say for each document how many withheld cells can be worked out from shown ones.

    The sentences name documents by number, and no cell: sheets may be named after people.
    """
    remarks: list[str] = []
    for document in case.documents():
        if document.status != "read" or not len(withheld_cells(case, document.number)):
            continue
        found = len(worked_out(case, read_computed(case, lane, document.number, report)))
        if found:
            cells = "1 withheld cell" if found == 1 else f"{found:,} withheld cells"
            remarks.append(
                f"Document {document.number}: {cells} can be worked out from cells that stay, by "
                "the workbook's own formulas. Look under “What depends on this”."
            )
    return tuple(remarks)


def _shown(case: Case, number: int, cells: Iterable[CellKey]) -> dict[CellKey, str]:
    """Give what those of some cells show that a reader sees."""
    wanted: dict[str, dict[int, set[int]]] = {}
    for sheet, row, column in cells:
        wanted.setdefault(sheet, {}).setdefault(row, set()).add(column)
    shown: dict[CellKey, str] = {}
    for sheet, rows in wanted.items():
        for first, last in _stretches(sorted(rows)):
            for segment in case.rows(number, f"sheet:{sheet}", first, last):
                place = segment.place
                if not isinstance(place, CellPlace) or segment.hidden is not None:
                    continue
                if place.column in rows.get(place.row, ()):
                    shown[place.sheet, place.row, place.column] = segment.text
    return shown


def _stretches(rows: list[int], gap: int = 50) -> list[tuple[int, int]]:
    """Join rows that lie near one another, so that few questions are asked of the store."""
    stretches: list[tuple[int, int]] = []
    for row in rows:
        if stretches and row - stretches[-1][1] <= gap and row - stretches[-1][0] < 2_000:
            stretches[-1] = stretches[-1][0], row
        else:
            stretches.append((row, row))
    return stretches
