"""Write delimited text anew from what was approved."""

from __future__ import annotations

from redactor.content import Book, Delimited, Record, Sheet, SheetCell
from redactor.formats.base import RebuildPlan, Rebuilt, composed, cut
from redactor.formats.csv_file import Table
from redactor.formats.writers import remarks, write
from redactor.formats.writers.exact import write_exact
from redactor.model import FieldPlace, LeftOut, key_of

_INSTRUCTED = (
    "The separator line was written again: it holds nothing but what tells the fields apart."
)


def rebuild_table(table: Table, plan: RebuildPlan, target: str) -> Rebuilt:
    """Write the fields that a plan leaves; as CSV they keep every byte of how they were written.

    Args:
        table: as it was read.
        target: one of ``Csv.targets``.
    """
    if target == "csv":
        file, notes = write_exact(_as_it_was(table, plan))
        return Rebuilt((file,), (), (*notes, *((_INSTRUCTED,) * bool(table.instruction))))
    book = Book((Sheet("Sheet 1", _approved_rows(table, plan)),))
    left_out = (LeftOut("preamble", "row:1"),) if table.instruction else ()
    return Rebuilt(write(book, target), left_out, remarks(book, target))


def _as_it_was(table: Table, plan: RebuildPlan) -> Delimited:
    """Give the approved fields with how they were written; untouched ones to the letter."""
    approved = tuple(
        Record(
            tuple(
                [
                    _redacted(plan, row, column, value) or SheetCell(value)
                    for column, value in enumerate(record.values)
                ]
            ),
            record.quoted,
            record.end,
        )
        for row, record in enumerate(table.records)
    )
    left_open = bool(table.records) and table.records[-1].left_open
    return Delimited(
        approved, table.delimiter, table.encoding, table.mark, table.instruction, left_open
    )


def _approved_rows(table: Table, plan: RebuildPlan) -> tuple[tuple[SheetCell | None, ...], ...]:
    return tuple(
        tuple(
            [
                (_redacted(plan, row, column, value) or SheetCell(composed(value)))
                if value
                else None
                for column, value in enumerate(record.values)
            ]
        )
        for row, record in enumerate(table.records)
    )


def _redacted(plan: RebuildPlan, row: int, column: int, value: str) -> SheetCell | None:
    """Give a field without what is removed from it; None where that is nothing."""
    spots = plan.spots.get(key_of(FieldPlace(row, column))) if plan.spots else None
    if not spots:
        return None
    return SheetCell("".join(text for text, _ in cut(composed(value), spots)), redaction=True)
