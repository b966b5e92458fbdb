"""Which rows of a sheet are shown, and in which order; and where a text stands in its cells.

All of it is done a few blocks at a time, as generators, so that whoever has other work for the case
can do it in between. Nothing of the document is changed: what comes out is a list of row numbers.
"""

from __future__ import annotations

import enum
import heapq
import re
from array import array
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.app.case import Case
from redactor.app.tables import ROWS, headings
from redactor.model import Action, Progress, Span, column_letters

#: Blocks gone through between two breaths, and rows sorted.
_BLOCKS, _SORTED = 5, 10_000
#: Places that are found at the most.
MOST_FOUND = 100_000
_NUMBER = re.compile(r"[-(]?[£$€]?\s?-?(\d[\d,]*(?:\.\d+)?)\s?%?\)?")
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


class Test(enum.StrEnum):
    """What a filter asks of a cell."""

    __test__ = False

    CONTAINS = "contains"
    EQUALS = "equals"
    EMPTY = "is empty"
    UNDECIDED = "has an undecided mark"
    REDACT = "has an accepted mark"
    KEEP = "has a rejected mark"

    @property
    def asks_text(self) -> bool:
        """Say whether it goes with a text."""
        return self in {Test.CONTAINS, Test.EQUALS}

    @property
    def asks_marks(self) -> bool:
        """Say whether it is about marks."""
        return self in {Test.UNDECIDED, Test.REDACT, Test.KEEP}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked of the cells of one column."""

    column: int
    test: Test
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Filters, and the column that rows are sorted by, if they are."""

    filters: tuple[Filter, ...] = ()
    sorted_by: int | None = None
    descending: bool = False

    @property
    def is_plain(self) -> bool:
        """Say whether all rows are shown in the order of the sheet."""
        return not self.filters and self.sorted_by is None


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows that are shown, in their order.

    Attributes:
        head: how many rows at the top stay where they are: the headings and what is above them.
        total: how many rows there are below.
    """

    rows: Sequence[int] = field(repr=False)
    head: int
    total: int


#: Gives progress as it goes, and the answer at its end.
Arranging: TypeAlias = Generator[Progress, None, Arranged]
Place: TypeAlias = tuple[str, int, int]
Finding: TypeAlias = Generator[Progress, None, tuple[Place, ...]]


def arranging(case: Case, number: int, container: str, wanted: Arrangement) -> Arranging:
    """Find the rows that pass all filters, and sort them."""
    last = dict(case.containers(number)).get(container, -1)
    head = min(max(headings(case, number, container).last, 0), last) + 1
    columns = {one.column for one in wanted.filters if not one.test.asks_marks}
    if wanted.sorted_by is not None:
        columns.add(wanted.sorted_by)
    texts: dict[int, dict[int, str]] = {column: {} for column in columns}
    segments = case.store.segments
    blocks = segments.blocks(number, container) if columns else ()
    for done, block in enumerate(blocks):
        for row, column, text, _ in segments.cells(number, block):
            if column in texts:
                texts[column][row] = text
        if done % _BLOCKS == 0:
            yield Progress(done, len(blocks), "Going through the rows")
    rows: Sequence[int] = range(head, last + 1)
    for one in wanted.filters:
        passed = _passing(case, number, container, one, texts.get(one.column, {}))
        rows = [row for row in rows if (row in passed) is (one.test is not Test.EMPTY)]
        yield Progress(len(blocks), len(blocks), "Filtering")
    if wanted.sorted_by is not None:
        yield Progress(len(blocks), len(blocks), "Sorting")
        rows = yield from _sorting(rows, texts[wanted.sorted_by], descending=wanted.descending)
    return Arranged(array("L", [*range(head), *rows]), head, last + 1 - head)


def _passing(
    case: Case, number: int, container: str, one: Filter, texts: dict[int, str]
) -> set[int]:
    """Give the rows whose cell passes; for an empty cell, those that do not."""
    if one.test.asks_marks:
        return _marked(case, number, container, one)
    if one.test is Test.EMPTY:
        return {row for row, text in texts.items() if text.strip()}
    wanted = one.text.casefold().strip()
    if one.test is Test.EQUALS:
        return {row for row, text in texts.items() if text.casefold().strip() == wanted}
    return {row for row, text in texts.items() if wanted in text.casefold()}


def _marked(case: Case, number: int, container: str, one: Filter) -> set[int]:
    """Give the rows that have a mark of the wanted standing in a column."""
    decided = case.standing().decisions
    actions = {Test.REDACT: Action.REDACT, Test.KEEP: Action.KEEP}
    wanted = actions.get(one.test)
    found: set[int] = set()
    for mark in case.marks(number):
        decision = decided.get(mark.id)
        if decision is None and mark.by_hand:
            continue  # it was undone
        row = _row_in(mark.target, container, one.column) if isinstance(mark.target, Span) else None
        if row is not None and (decision.action if decision else None) is wanted:
            found.add(row)
    return found


def _row_in(span: Span, container: str, column: int) -> int | None:
    """Give the row of a place in a column of a sheet; None for any other place."""
    if container == ROWS:
        here = span.column == column and span.segment.startswith("row:")
        return int(span.segment.removeprefix("row:")) - 1 if here else None
    sheet, _, cell = span.segment.rpartition("!")
    match = _PLACE.fullmatch(cell)
    if sheet != container or match is None or match[1] != column_letters(column):
        return None
    return int(match[2]) - 1


# --- order ------------------------------------------------------------------------------------

_Key: TypeAlias = tuple[int, float, str]


def _key(text: str) -> _Key:
    """Sort numbers as numbers and before words."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return 1, 0.0, text.casefold()
    value = float(match[1].replace(",", ""))
    return 0, -value if text.strip()[0] in "-(" or "-" in text else value, ""


def _sorting(
    rows: Sequence[int], texts: dict[int, str], *, descending: bool
) -> Generator[Progress, None, list[int]]:
    """Sort rows by their cells; empty cells come last, and equal ones keep their order."""
    filled = [row for row in rows if texts.get(row, "").strip()]
    empty = [row for row in rows if not texts.get(row, "").strip()]
    runs: list[list[tuple[_Key, int]]] = []
    sign = -1 if descending else 1
    for start in range(0, len(filled), _SORTED):
        portion = filled[start : start + _SORTED]
        runs.append(sorted(((_key(texts[row]), sign * row) for row in portion), reverse=descending))
        yield Progress(start, len(filled), "Sorting")
    merged: Iterator[tuple[_Key, int]] = heapq.merge(*runs, reverse=descending)
    in_order: list[int] = []
    for at, (_, row) in enumerate(merged):
        in_order.append(sign * row)
        if at % _SORTED == 0:
            yield Progress(at, len(filled), "Sorting")
    return [*in_order, *empty]


# --- finding ----------------------------------------------------------------------------------


def finding(case: Case, number: int, containers: Sequence[str], text: str) -> Finding:
    """Find a text in the cells of some sheets, whatever its capitals, in reading order."""
    wanted = text.casefold()
    found: list[Place] = []
    segments = case.store.segments
    every = [(name, block) for name in containers for block in segments.blocks(number, name)]
    for done, (container, block) in enumerate(every):
        found.extend(
            (container, row, column)
            for row, column, text, _ in segments.cells(number, block)
            if wanted in text.casefold()
        )
        if len(found) >= MOST_FOUND:
            break
        if done % _BLOCKS == 0:
            yield Progress(done, len(every), "Looking")
    order = {name: at for at, name in enumerate(containers)}
    found.sort(key=lambda place: (order[place[0]], place[1], place[2]))
    return tuple(found[:MOST_FOUND])
