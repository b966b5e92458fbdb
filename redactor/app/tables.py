"""Decisions on whole rows, columns and sheets, and on every value of a column.

What is chosen is written down as ranges of rows and columns, so that a column of 200,000 cells is
as quickly chosen as one cell. One event records all of it, and one undo takes all of it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redactor.app.case import Case, Change
from redactor.app.table_values import KnownMarks, spread, strict_values
from redactor.case.bulk import making_many
from redactor.case.marks import NewMark
from redactor.detect.columns import Column, column_of, is_heading_row
from redactor.errors import UsageError
from redactor.labels import LABEL_BY_NAME
from redactor.model import Action, Progress, Report, SegmentKey, Span, column_letters, quiet

#: The container of the rows of a delimited text file; others are ``sheet:NAME``.
ROWS = "rows"
#: Rows among which a heading is looked for.
_HEAD_ROWS = 30
_REPORT_EVERY = 20
#: A chosen cell: container, row, column, text, hidden.
_Chosen = tuple[str, int, int, str, str]

Ranges = tuple[tuple[int, int], ...]
"""Ranges of rows or columns from 0, both ends included."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one sheet, or of the rows of a table.

    Attributes:
        container: ``sheet:NAME``, or ``rows``.
        rows: None for all.
        columns: None for all.
    """

    container: str = field(repr=False)
    rows: Ranges | None = None
    columns: Ranges | None = None

    @property
    def is_below_headings(self) -> bool:
        """Say whether it is whole columns: what stands above their heading is no value of them."""
        return self.rows is None and self.columns is not None

    def row_span(self) -> tuple[int, int | None]:
        """Give the first row and the last, None for no end."""
        if self.rows is None:
            return 0, None
        return min(first for first, _ in self.rows), max(last for _, last in self.rows)


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings of a sheet, and what it says of the columns.

    Attributes:
        rows: the heading rows, from 0; none where no heading was recognised.
        kinds: by column, what detection takes its cells for, in a word or two.
        labels: by column, the label of whole cells.
    """

    rows: tuple[int, ...] = ()
    kinds: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """Give the last heading row; -1 where there is none."""
        return max(self.rows, default=-1)


@dataclass(frozen=True, slots=True)
class TableDecision:
    """What one decision on cells did.

    Attributes:
        cells: how many cells with something in them were chosen.
        elsewhere: at how many other places of the case their values were decided on.
        not_spread: how many different values are too short or too common to be looked for
            elsewhere.
    """

    change: Change
    cells: int
    elsewhere: int = 0
    not_spread: int = 0

    @property
    def told(self) -> str:
        """Say what was not done, for a person; empty where all was."""
        if not self.not_spread:
            return ""
        values = "1 value is" if self.not_spread == 1 else f"{self.not_spread:,} values are"
        return f"{values} too short or too common to be looked for elsewhere in the case."


def headings(case: Case, number: int, container: str) -> Headings:
    """Find the heading rows among the first rows of a sheet, as detection finds them."""
    rows: dict[int, dict[int, str]] = {}
    for row, column, text, _ in _first_cells(case, number, container):
        rows.setdefault(row, {})[column] = text
    found: list[int] = []
    for row in sorted(rows):
        if is_heading_row(list(rows[row].values())):
            found.append(row)
        elif found:
            break
    columns = {
        number: column_of(text) for row in found for number, text in rows[row].items() if text
    }
    labelled = {number: one for number, one in columns.items() if one.label}
    kinds = {number: _kind(one) for number, one in labelled.items()}
    labels = {number: one.label for number, one in labelled.items()}
    return Headings(tuple(found), kinds, labels)


def _first_cells(case: Case, number: int, container: str) -> Iterator[tuple[int, int, str, str]]:
    segments = case.store.segments
    for block in segments.blocks(number, container, 0, _HEAD_ROWS):
        for cell in segments.cells(number, block):
            if cell[0] <= _HEAD_ROWS:
                yield cell


def _kind(column: Column) -> str:
    if column.part is not None:
        return str(column.part).replace("-", " ").capitalize()
    return LABEL_BY_NAME[column.label].title


def count_cells(case: Case, number: int, cells: Sequence[Cells], report: Report = quiet) -> int:
    """Count the cells that hold something."""
    return sum(1 for _ in _chosen(case, number, cells, report, with_headings=False))


def decide_cells(
    case: Case,
    number: int,
    cells: Sequence[Cells],
    action: Action,
    exemption: str,
    reason: str,
    *,
    public_interest: str = "",
    with_headings: bool = False,
    every_value: bool = False,
    report: Report = quiet,
) -> TableDecision:
    """Record one decision on all chosen cells that hold something.

    What was found in a cell is decided with it. To be redacted, a cell that no finding covers whole
    is marked whole; to be kept, it needs no mark.

    Args:
        number: the document.
        with_headings: headings are chosen, too.
        every_value: each value is decided on wherever else it stands in the case, except those
            that may mean something else there.

    Raises:
        UsageError: none of the cells holds anything to be decided on; or as ``Case.decide``.
        NotAllowed: the person may not decide.
    """
    chosen = list(_chosen(case, number, cells, report, with_headings=with_headings))
    if not chosen:
        raise UsageError("These cells are empty. Nothing was recorded.")
    known = KnownMarks(case)
    ids, new = _in_cells(number, chosen, known, action)
    elsewhere, not_spread = 0, 0
    if every_value:
        labels = {one.container: headings(case, number, one.container).labels for one in cells}
        strict, not_spread = strict_values(
            (text, labels[container].get(column, "MANUAL"))
            for container, _, column, text, _ in chosen
        )
        report(Progress(0, 0, "Looking for the values elsewhere"))
        others = list(known.saying(strict, but=set(ids)))
        unmarked: list[tuple[int, NewMark]] = []
        if action is Action.REDACT:
            taken = {(number, _key(*cell[:3])) for cell in chosen}
            unmarked = spread(case, strict, known, taken, report)
        elsewhere = len(others) + len(unmarked)
        ids.extend(others)
        new.extend(unmarked)
    if not ids and not new:
        raise UsageError("Nothing was found in these cells, so all of them are kept already.")
    report(Progress(0, 0, "Writing"))
    change = case.decide_places(
        list(dict.fromkeys(ids)), new, action, exemption, reason, public_interest
    )
    return TableDecision(change, len(chosen), elsewhere, not_spread)


def _in_cells(
    number: int, chosen: Sequence[_Chosen], known: KnownMarks, action: Action
) -> tuple[list[int], list[tuple[int, NewMark]]]:
    """Give the marks of the chosen cells, and a mark of its own for each that has none whole."""
    ids: list[int] = []
    new: list[tuple[int, NewMark]] = []
    with making_many():
        for container, row, column, text, hidden in chosen:
            key = _key(container, row, column)
            ids.extend(known.shown_at(number, key))
            if action is Action.REDACT:
                whole = known.whole_at(number, key, len(text))
                ids.extend(whole)
                if not whole:
                    new.append((number, _whole(key, text, hidden)))
    return ids, new


# --- what is chosen ---------------------------------------------------------------------------


def _chosen(
    case: Case, number: int, cells: Sequence[Cells], report: Report, *, with_headings: bool
) -> Iterator[_Chosen]:
    """Give the chosen cells that hold something: container, row, column, text, hidden."""
    seen: set[tuple[str, int, int]] = set()
    for one in cells:
        left_out: Collection[int] = ()
        if not with_headings:
            found = headings(case, number, one.container)
            left_out = range(found.last + 1) if one.is_below_headings else found.rows
            if one.rows is not None and one.columns is None:
                left_out = ()  # whoever chose a row meant it
        for cell in _cells_of(case, number, one, report):
            row, column, text, hidden = cell
            place = one.container, row, column
            if row in left_out or (len(cells) > 1 and place in seen):
                continue
            if len(cells) > 1:
                seen.add(place)
            yield one.container, row, column, text, hidden


def _cells_of(
    case: Case, number: int, one: Cells, report: Report
) -> Iterator[tuple[int, int, str, str]]:
    segments = case.store.segments
    blocks = segments.blocks(number, one.container, *one.row_span())
    rows, columns = _Within(one.rows), _Within(one.columns)
    for done, block in enumerate(blocks):
        if done % _REPORT_EVERY == 0:
            report(Progress(done, len(blocks), "Going through the cells"))
        for cell in segments.cells(number, block):
            if cell[2] and cell[1] in columns and cell[0] in rows:
                yield cell


class _Within:
    """Whether a number lies in some ranges; the answer is remembered, for cells come in rows."""

    def __init__(self, ranges: Ranges | None) -> None:
        self._ranges = ranges
        self._known: dict[int, bool] = {}

    def __contains__(self, number: int) -> bool:
        if self._ranges is None:
            return True
        known = self._known.get(number)
        if known is None:
            known = any(first <= number <= last for first, last in self._ranges)
            self._known[number] = known
        return known


def _key(container: str, row: int, column: int) -> SegmentKey:
    if container == ROWS:
        return f"row:{row + 1}", column
    return f"{container}!{column_letters(column)}{row + 1}", None


def _whole(key: SegmentKey, text: str, hidden: str) -> NewMark:
    name, column = key
    span = Span(name, 0, len(text), column)
    return NewMark(
        span, text, "MANUAL", 1.0, "by hand", "marked by hand", hidden=hidden or None, by_hand=True
    )
