"""What the grid shows: the cells of a sheet, or the hidden content that lies in no cell."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from redactor.model import HiddenKind, Segment, SegmentKey, column_letters
from ui.viewers.base import Feed
from ui.viewers.marks import MarkIndex, describe_state, while_open
from ui.viewers.rows import Block, SheetRows
from ui.viewers.text import shown

AnyIndex = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
#: Letters of a cell that are drawn at most; the reading line shows all of them.
_MOST_LETTERS = 300
#: Rows of the first block whose text decides how wide a column is.
_SAMPLE = 60
_NARROWEST, _WIDEST = "0" * 5, 44  # letters


class CellRange(NamedTuple):
    """A rectangle of cells, all edges included."""

    top: int
    left: int
    bottom: int
    right: int


class CellModel(QAbstractTableModel):
    """Cells that a grid draws. ``data`` is for screen readers; drawing asks ``segment``."""

    def __init__(self, index: MarkIndex, parent: QWidget) -> None:
        super().__init__(parent)
        self.marks = index

    @property
    def is_arranged(self) -> bool:
        """Say whether rows are left out or stand in another order than in the sheet."""
        return False

    def row_of_sheet(self, shown: int) -> int:
        """Give the row of the sheet that a row of the grid shows."""
        return shown

    def shown_row(self, row: int) -> int | None:
        """Give the row of the grid that shows a row of the sheet; None where it is left out."""
        return row

    @abstractmethod
    def segment(self, row: int, column: int) -> Segment | None:
        """Give the segment in a cell, if there is one and it is known."""

    @abstractmethod
    def loaded(self, row: int) -> bool:
        """Say whether the cells of a row are known."""

    @abstractmethod
    def key(self, row: int, column: int) -> SegmentKey | None:
        """Give the key that a segment in a cell has."""

    def caption(self, row: int, column: int) -> str:
        """Give the text of a cell that is no segment."""
        del row, column
        return ""

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the text of a cell, and how its marks stand to a screen reader."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        segment = self.segment(index.row(), index.column())
        if segment is None:
            return self.caption(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return segment.text
        states = [describe_state(mark) for mark in self.marks.at(segment.key)]
        return ", ".join([segment.text, *states])


def one_line(text: str) -> str:
    """Give what may be drawn of a cell's text: character for character, not longer than needed."""
    return shown(text[:_MOST_LETTERS])


class SheetModel(CellModel):
    """The cells of one sheet, as far as they came. Columns grow with what comes."""

    def __init__(
        self, rows: SheetRows, container: str, last_row: int, index: MarkIndex, parent: QWidget
    ) -> None:
        super().__init__(index, parent)
        self._rows = rows
        self._container = container
        self._count = last_row + 1
        self._columns = 1
        self._letters = [column_letters(0)]
        self._last_row = last_row
        self._order: Sequence[int] | None = None
        self._shown: dict[int, int] = {}
        self._kinds: Mapping[int, str] = {}
        self._widths: dict[int, str] = {}
        first = rows.block(container, 0)
        if first is not None:
            self.take(first)

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Give the number of columns seen so far."""
        return 0 if parent.isValid() else self._columns

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | int | None:
        """Give letters for columns and numbers for rows, as a spreadsheet does.

        What detection takes a column for, by its heading, stands in its tooltip.
        """
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter.value
        across = orientation is Qt.Orientation.Horizontal
        kind = self._kinds.get(section, "") if across else ""
        if role == Qt.ItemDataRole.ToolTipRole and kind:
            return f"Column {column_letters(section)}: taken for {kind}, by its heading"
        if role == Qt.ItemDataRole.AccessibleTextRole and kind:
            return f"{column_letters(section)}, taken for {kind}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if across:
            return column_letters(section)
        return str(self.row_of_sheet(section) + 1)

    def kind(self, column: int) -> str:
        """Give what detection takes a column for; empty for nothing."""
        return self._kinds.get(column, "")

    def tell_kinds(self, kinds: Mapping[int, str]) -> None:
        """Say what detection takes the columns for."""
        self._kinds = kinds
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._columns - 1)

    @property
    def is_arranged(self) -> bool:
        """Say whether rows are left out or stand in another order than in the sheet."""
        return self._order is not None

    def arrange(self, rows: Sequence[int] | None) -> None:
        """Show these rows of the sheet in this order; None for all in their own."""
        self.beginResetModel()
        self._order = rows
        self._shown = {}
        self._count = self._last_row + 1 if rows is None else len(rows)
        self.endResetModel()

    def row_of_sheet(self, shown: int) -> int:
        """Give the row of the sheet that a row of the grid shows."""
        return shown if self._order is None else self._order[shown]

    def shown_row(self, row: int) -> int | None:
        """Give the row of the grid that shows a row of the sheet; None where it is left out."""
        if self._order is None:
            return row if row < self._count else None
        if not self._shown:
            self._shown = {one: at for at, one in enumerate(self._order)}
        return self._shown.get(row)

    def segment(self, row: int, column: int) -> Segment | None:
        """Give the segment in a cell, if there is one and its row is there."""
        cells = self._rows.cells(self._container, self.row_of_sheet(row))
        return None if cells is None else cells.get(column)

    def key(self, row: int, column: int) -> SegmentKey | None:
        """Give the key of a cell, without making the segment spell out its own."""
        row = self.row_of_sheet(row)
        if self._container == "rows":
            return f"row:{row + 1}", column
        return f"{self._container}!{self._letters[column]}{row + 1}", None

    def loaded(self, row: int) -> bool:
        """Say whether the cells of a row are there."""
        return self._rows.cells(self._container, self.row_of_sheet(row)) is not None

    def reach(self, column: int) -> None:
        """Have at least as many columns as to hold this one."""
        if column >= self._columns:
            self.beginInsertColumns(_NOWHERE, self._columns, column)
            self._letters.extend(map(column_letters, range(self._columns, column + 1)))
            self._columns = column + 1
            self.endInsertColumns()

    def take(self, block: Block) -> dict[int, str]:
        """Make room for the columns of a block.

        Returns:
            Columns that had no width yet, each with a text that is to fit.
        """
        if block.columns:
            self.reach(block.columns - 1)
        fresh: dict[int, str] = {}
        for row in list(block.rows)[:_SAMPLE]:
            for column, cell in block.rows[row].items():
                if column not in self._widths:
                    widest = fresh.get(column, _NARROWEST)
                    fresh[column] = max(widest, cell.text[:_WIDEST], key=len)
        self._widths.update(fresh)
        return fresh

    def widths(self) -> dict[int, str]:
        """Give for each column a text that is to fit into it."""
        return self._widths


class HiddenModel(CellModel):
    """Hidden content that lies in no cell: comments, names, properties. One row each.

    Signals:
        came: all of it is there, and the grid knows.
    """

    came = Signal()

    KIND, WHERE, TEXT = range(3)
    _TITLES = ("Kind", "Where", "Text")

    def __init__(self, feed: Feed, index: MarkIndex, parent: QWidget) -> None:
        super().__init__(index, parent)
        self._segments: Sequence[Segment] = ()
        self._row_of: dict[SegmentKey, int] = {}
        self._feed = feed
        self._came = False
        self.ask()

    def ask(self) -> None:
        """Ask for it, unless it is there: also again, when what was asked for was dropped."""
        if not self._came:
            # All of it is kept under row 0 of the container without a name.
            self._feed.rows("", 0, 0, while_open(self, self._take))

    def _take(self, segments: Sequence[Segment]) -> None:
        self._came = True
        self.beginResetModel()
        self._segments = segments
        self._row_of = {segment.key: row for row, segment in enumerate(segments)}
        self.endResetModel()
        self.came.emit()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Give the number of pieces."""
        return 0 if parent.isValid() else len(self._segments)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self._TITLES)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | int | None:
        """Give titles for columns and numbers for rows."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter.value
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._TITLES[section]
        return str(section + 1)

    def segment(self, row: int, column: int) -> Segment | None:
        """Give the text in the last column."""
        return self._segments[row] if column == self.TEXT and row < len(self._segments) else None

    def caption(self, row: int, column: int) -> str:
        """Say what kind of hidden content it is, and where it was found."""
        segment = self._segments[row]
        if column == self.KIND:
            kind = segment.hidden or HiddenKind.OTHER
            return kind.replace("-", " ").capitalize()
        return segment.container if column == self.WHERE else ""

    def key(self, row: int, column: int) -> SegmentKey | None:
        """Give the key of the text in the last column."""
        segment = self.segment(row, column)
        return None if segment is None else segment.key

    def loaded(self, row: int) -> bool:
        """Say whether a row is there; all come at once."""
        return row < len(self._segments)

    def row_of(self, key: SegmentKey) -> int | None:
        """Give the row of a segment."""
        return self._row_of.get(key)

    def widths(self) -> dict[int, str]:
        """Give for each column a text that is to fit into it."""
        wide = {self.KIND: 16, self.WHERE: 22, self.TEXT: 60}
        return {column: "0" * letters for column, letters in wide.items()}

    def reach(self, column: int) -> None:
        """Columns do not grow."""
