"""The rows of sheets, fetched in blocks as they come into view and kept within a limit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QObject, Signal

from redactor.model import CellPlace, FieldPlace, HiddenKind, Segment
from ui.viewers.base import Feed
from ui.viewers.marks import while_open

#: Rows asked for at a time.
BLOCK_ROWS = 200
#: Cells kept of all sheets together, about 100 MB at the most.
MOST_CELLS = 200_000

#: Single rows kept where rows stand in another order.
MOST_ROWS = 2_000

BlockKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a sheet: the cells that hold something, by row and column."""

    rows: dict[int, dict[int, Segment]] = field(repr=False)
    cells: int
    columns: int

    @property
    def all_hidden(self) -> bool:
        """Say whether every cell lies on a sheet that a reader does not see."""
        kinds = {HiddenKind.HIDDEN_SHEET, HiddenKind.VERY_HIDDEN_SHEET}
        return self.cells > 0 and all(
            cell.hidden in kinds for row in self.rows.values() for cell in row.values()
        )


def block_of(segments: Iterable[Segment]) -> Block:
    """Sort cells by row and column."""
    rows: dict[int, dict[int, Segment]] = {}
    cells = columns = 0
    for segment in segments:
        place = segment.place
        if isinstance(place, CellPlace | FieldPlace):
            row = rows.get(place.row)
            if row is None:
                row = rows[place.row] = {}
            row[place.column] = segment
            cells += 1
            columns = max(columns, place.column + 1)
    return Block(rows, cells, columns)


class SheetRows(QObject):
    """The rows that were fetched.

    Signals:
        came: a block is there: its container and its number.
        row_came: single rows of a container are there.
        forgot: everything asked of the feed was dropped; whoever else waits must ask again.
    """

    came = Signal(str, int)
    forgot = Signal()
    row_came = Signal(str)

    def __init__(self, feed: Feed, parent: QObject, limit: int = MOST_CELLS) -> None:
        super().__init__(parent)
        self._feed = feed
        self._limit = limit
        self._cells = 0
        self._blocks: OrderedDict[BlockKey, Block] = OrderedDict()
        self._waiting: set[BlockKey] = set()
        self._held: set[BlockKey] = set()
        self._single: OrderedDict[BlockKey, dict[int, Segment]] = OrderedDict()
        self._single_waiting: set[BlockKey] = set()

    def block(self, container: str, row: int) -> Block | None:
        """Give the block that a row lies in, if it is there."""
        return self._blocks.get((container, row // BLOCK_ROWS))

    def cells(self, container: str, row: int) -> dict[int, Segment] | None:
        """Give the cells of a row, if it is there."""
        block = self.block(container, row)
        if block is not None:
            return block.rows.get(row, {})
        return self._single.get((container, row))

    def show_rows(self, container: str, rows: Sequence[int]) -> None:
        """Ask for the rows that are seen, wherever in the sheet they lie; drop others asked for."""
        wanted = {(container, row) for row in rows if self.cells(container, row) is None}
        far = {(container, number) for _, number in self._waiting} - self._held
        if self._single_waiting - wanted or far & self._waiting:
            self._forget_all_but(self._held)
        for first, last in runs_of(sorted(row for _, row in wanted - self._single_waiting)):
            self._single_waiting.update((container, row) for row in range(first, last + 1))
            then: Callable[[Sequence[Segment]], None] = partial(
                self._take_rows, container, first, last
            )
            self._feed.rows(container, first, last, while_open(self, then))

    def _take_rows(self, container: str, first: int, last: int, found: Sequence[Segment]) -> None:
        block = block_of(found)
        for row in range(first, last + 1):
            self._single_waiting.discard((container, row))
            self._single[container, row] = block.rows.get(row, {})
        while len(self._single) > MOST_ROWS:
            self._single.popitem(last=False)
        self.row_came.emit(container)

    def is_waiting(self, key: BlockKey) -> bool:
        """Say whether a block was asked for and has not come."""
        return key in self._waiting

    def show(self, container: str, first: int, last: int) -> None:
        """Ask for the rows that are seen; drop what was asked for and is far from them now."""
        wanted = [
            (container, number) for number in range(first // BLOCK_ROWS, last // BLOCK_ROWS + 1)
        ]
        near = {
            (container, number)
            for number in range(wanted[0][1] - 1, wanted[-1][1] + 2)
            if number >= 0
        }
        if any(key not in near and key not in self._held for key in self._waiting):
            self._forget_all_but(near | self._held)
        self.ask(wanted)
        for key in wanted:
            if key in self._blocks:
                self._blocks.move_to_end(key)

    def _forget_all_but(self, blocks: set[BlockKey]) -> None:
        """Drop all that was asked for and has not come; ask for these blocks again."""
        self._feed.forget()
        again, self._waiting = self._waiting & blocks, set()
        self._single_waiting = set()
        self.ask(again)
        self.forgot.emit()

    def hold(self, keys: Iterable[BlockKey]) -> None:
        """Ask for blocks that must come, whatever is shown meanwhile."""
        self._held.update(keys)
        self.ask(sorted(self._held))

    def release(self, keys: Iterable[BlockKey]) -> None:
        """No longer need blocks that were held."""
        self._held.difference_update(keys)

    def ask(self, keys: Iterable[BlockKey]) -> None:
        """Ask for blocks that are neither there nor asked for."""
        for key in keys:
            if key in self._blocks or key in self._waiting:
                continue
            self._waiting.add(key)
            container, number = key
            first = number * BLOCK_ROWS
            then: Callable[[Sequence[Segment]], None] = partial(self._take, key)
            self._feed.rows(container, first, first + BLOCK_ROWS - 1, while_open(self, then))

    def _take(self, key: BlockKey, segments: Sequence[Segment]) -> None:
        self._waiting.discard(key)
        before = self._blocks.pop(key, None)
        block = block_of(segments)
        self._cells += block.cells - (before.cells if before is not None else 0)
        self._blocks[key] = block
        newest = len(self._blocks) - 1
        for old in list(self._blocks)[: max(newest - 2, 0)]:
            if self._cells <= self._limit:
                break
            if old not in self._held:
                self._cells -= self._blocks.pop(old).cells
        self.came.emit(*key)


def runs_of(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Give the first and the last row of each run of rows that follow one another."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs
