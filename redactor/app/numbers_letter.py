"""What a letter must not say of the tables that go with it: counts that they withhold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from redactor.app.case import Case
from redactor.app.dependants import cell_key
from redactor.app.numbers_case import plan_of, read_tables, withheld_cells
from redactor.law.letters import HiddenCount
from redactor.law.letters.hidden_counts import gives_any
from redactor.numbers.layout import Table
from redactor.numbers.layout.labels import Total, total_kind
from redactor.workers import Lane


def hidden_counts(case: Case, lane: Lane) -> tuple[HiddenCount, ...]:
    """Give every count that the tables of a case withhold, with the headings it stands under.

    A heading that says "Total" is left out: prose does without it.

    Raises:
        UnreadableDocument: a document cannot be read any more.
    """
    plan = plan_of(case)
    if plan is None or not plan.hidden:
        return ()
    tables = read_tables(case, lane)
    counts = tables.layout.found(plan.edits).counts
    hidden = set(withheld_cells(tables.layout, plan, counts))
    return tuple(
        HiddenCount(tuple(_headings(table, cell)), counts[cell])
        for table in tables.layout.tables
        for cell in table.cells
        if cell in hidden and cell in counts
    )


def gives_away(case: Case, lane: Lane, context: Mapping[str, Any]) -> bool:
    """Say whether a letter of these words would give a count that a table withholds."""
    counts = hidden_counts(case, lane)
    return bool(counts) and gives_any(counts, _texts(context))


def _headings(table: Table, cell: str) -> Iterator[str]:
    _, row, column = cell_key(cell)
    for dimension, line in zip(table.dimensions, (row, column), strict=True):
        named = dict(zip(dimension.lines, dimension.labels, strict=True))
        label = named.get(line, "")
        if label and total_kind(label) is Total.NONE:
            yield label


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)
