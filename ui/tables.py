"""The model of the findings table. It owns its order and its filter, so that it can be large."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from redactor.events import Mark
from redactor.review import Comment
from ui import icons
from ui.arrange import STEP, Column, SortKey, Wanted, arranging, sort_key
from ui.marks import Marks, title_of
from ui.places import place_title
from ui.remarks import comment_icon
from ui.viewers.base import MarkState

Index = QModelIndex | QPersistentModelIndex

#: How long one turn of a long sort may take, in seconds.
_TURN_SECONDS = 0.012
#: More separate changes than this at once, and it is quicker to arrange anew.
_MANY = 64

_TITLES = {
    Column.STATE: "State",
    Column.TEXT: "Text",
    Column.KIND: "Kind",
    Column.DOCUMENT: "Document",
    Column.PLACE: "Place",
    Column.SCORE: "Score",
    Column.WHY: "Why it was found",
}
_STATE_TITLES = {
    MarkState.UNDECIDED: "To decide",
    MarkState.REDACT: "Redact",
    MarkState.KEEP: "Keep",
}
_STATE_ICONS = {
    MarkState.UNDECIDED: "undecided",
    MarkState.REDACT: "redact",
    MarkState.KEEP: "keep",
}
_ROOT = QModelIndex()


class FindingsModel(QAbstractTableModel):
    """The marks that are wanted, in the order that is wanted.

    Signals:
        arranging_changed: a long sort or filter has begun or ended.
        arranged: the rows were put in a new order; selections by row are gone.
        about_to_arrange: they are about to be.
    """

    arranging_changed = Signal(bool)
    about_to_arrange = Signal()
    arranged = Signal()

    def __init__(self, marks: Marks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._names: dict[int, str] = {}
        self._comments: Callable[[int], Sequence[Comment]] = lambda _: ()
        self._order: list[int] = []
        self._wanted = Wanted()
        self._column = Column.PLACE
        self._descending = False
        self._key = self._next_key = sort_key(self._column, marks)
        self._late: list[int] = []
        self._late_changes: list[int] = []
        self._work: Generator[None, None, list[int]] | None = None
        self._unarranged = False
        self._cells: dict[Column, Callable[[Mark], str]] = {
            Column.STATE: self._state_title,
            Column.TEXT: lambda mark: " ".join(mark.text.split()) or "(drawn box)",
            Column.KIND: title_of,
            Column.DOCUMENT: lambda mark: self._names.get(mark.document, ""),
            Column.PLACE: lambda mark: place_title(mark.target),
            Column.SCORE: lambda mark: f"{mark.score:.2f}",
            Column.WHY: lambda mark: mark.why,
        }
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    # --- what is shown ------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        """Give the filter."""
        return self._wanted

    @property
    def is_arranging(self) -> bool:
        """Say whether a long sort or filter is under way; the old rows stay until it ends."""
        return self._work is not None

    def set_marks(self, marks: Marks, wanted: Wanted) -> None:
        """Show other marks (another case)."""
        self.beginResetModel()
        self._order = []
        self._marks = marks
        self._wanted = wanted
        self._names = {}
        self.endResetModel()
        self._rearrange()

    def set_wanted(self, wanted: Wanted) -> None:
        """Choose which marks are listed."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._rearrange()

    def set_name(self, document: int, name: str) -> None:
        """Say what a document is called."""
        self._names[document] = name

    def set_comments(self, of: Callable[[int], Sequence[Comment]]) -> None:
        """Say what was said about findings; those commented on carry a sign."""
        self._comments = of

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; ties stand in reading order."""
        descending = order == Qt.SortOrder.DescendingOrder
        if (column, descending) != (self._column, self._descending) and column >= 0:
            self._column, self._descending = Column(column), descending
            self._rearrange()

    def mark_at(self, row: int) -> Mark | None:
        """Give the mark in a row."""
        if not 0 <= row < len(self._order):
            return None
        return self._marks.by_id[self._order[self._flip(row)]]

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        """Give the ids of the marks in some rows."""
        size = len(self._order)
        return [self._order[self._flip(row)] for row in rows if 0 <= row < size]

    def row_of(self, mark_id: int) -> int | None:
        """Give the row of a mark, or None where it is not listed."""
        if mark_id not in self._marks.by_id:
            return None
        at = self._position(self._key(mark_id))
        if at < len(self._order) and self._order[at] == mark_id:
            return self._flip(at)
        if self._unarranged and mark_id in self._order:  # keys changed while a sort was under way
            return self._flip(self._order.index(mark_id))
        return None

    def next_undecided(self, row: int, but: Iterable[int] = ()) -> int | None:
        """Give the next row below that is still to be decided, going round at the end."""
        open_ones = self._marks.undecided.difference(but)
        if not open_ones:
            return None
        size = len(self._order)
        for step in range(1, size + 1):
            candidate = (row + step) % size
            if self._order[self._flip(candidate)] in open_ones:
                return candidate
        return None

    # --- what changed -------------------------------------------------------------------------

    def add(self, marks: Sequence[Mark]) -> None:
        """List new marks where they belong."""
        if self._work is not None:
            self._late.extend(mark.id for mark in marks)
        else:
            self._insert(mark.id for mark in marks)

    def forget(self) -> None:
        """List anew, because some marks are no longer there."""
        self._rearrange()

    def refresh(self, ids: Sequence[int]) -> None:
        """Show anew how some marks stand; those no longer wanted go."""
        if self._work is not None:
            self._late_changes.extend(ids)
            return
        if self._column is Column.STATE or len(ids) > STEP:
            self._rearrange()
            return
        gone, back, rows = self._sorted_out(ids)
        if len(gone) > _MANY:
            self._rearrange()
            return
        if rows:
            first, last = min(rows), max(rows)
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        for row in sorted(gone, reverse=True):
            self.beginRemoveRows(_ROOT, row, row)
            del self._order[self._flip(row)]
            self.endRemoveRows()
        self._insert(back)

    def _sorted_out(self, ids: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
        """Give the rows that go, the ids that come (back), and the rows that stay."""
        gone: list[int] = []
        back: list[int] = []
        rows: list[int] = []
        for number in ids:
            if (mark := self._marks.by_id.get(number)) is None:
                continue
            row = self.row_of(number)
            takes = self._wanted.takes(mark, self._marks)
            if row is None and takes:
                back.append(number)
            elif row is not None:
                (rows if takes else gone).append(row)
        return gone, back, rows

    def _insert(self, ids: Iterable[int]) -> None:
        by_id = self._marks.by_id
        pairs = sorted(self._key(one) for one in ids if self._wanted.takes(by_id[one], self._marks))
        groups = self._groups(pairs)
        if len(groups) > _MANY:
            self._rearrange()
            return
        for at, numbers in reversed(groups):
            size = len(self._order)
            first = size - at if self._descending else at
            self.beginInsertRows(_ROOT, first, first + len(numbers) - 1)
            self._order[at:at] = numbers
            self.endInsertRows()

    def _groups(self, pairs: Sequence[SortKey]) -> list[tuple[int, list[int]]]:
        """Group new rows by the position where they go in; rows that are there already are left."""
        groups: list[tuple[int, list[int]]] = []
        for pair in pairs:
            at = self._position(pair)
            if at < len(self._order) and self._order[at] == pair[1]:
                continue
            if groups and groups[-1][0] == at:
                groups[-1][1].append(pair[1])
            else:
                groups.append((at, [pair[1]]))
        return groups

    def _position(self, key: SortKey) -> int:
        return bisect_left(self._order, key, key=self._key)

    def _flip(self, row: int) -> int:
        return len(self._order) - 1 - row if self._descending else row

    # --- arranging anew -----------------------------------------------------------------------

    def _rearrange(self) -> None:
        was = self._work is not None
        key = sort_key(self._column, self._marks)
        self._unarranged = True
        self._next_key = key
        self._late.clear()
        self._late_changes.clear()
        self._work = arranging(tuple(self._marks.ids), self._marks, self._wanted, key)
        if len(self._marks.ids) < STEP:
            self._turn()
        else:
            self._timer.start()
        if self.is_arranging != was:
            self.arranging_changed.emit(self.is_arranging)

    def _turn(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
            return
        order = _run(work, time.perf_counter() + _TURN_SECONDS)
        if order is not None:
            self._finish(order)

    def _finish(self, order: list[int]) -> None:
        on_timer = self._timer.isActive()
        self._timer.stop()
        self._work = None
        self.about_to_arrange.emit()
        self.beginResetModel()
        self._order = order
        self._key = self._next_key
        self._unarranged = False
        self.endResetModel()
        self.arranged.emit()
        if on_timer:
            self.arranging_changed.emit(self.is_arranging)
        late, self._late = self._late, []
        changes, self._late_changes = self._late_changes, []
        if late:
            self._insert(late)
        if changes:
            self.refresh(changes)

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give how many marks are listed."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one cell."""
        if role not in _ROLES or (mark := self.mark_at(index.row())) is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(mark, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(mark, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return right if column is Column.SCORE else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = ", commented on" if self._is_said(mark, column) else ""
            return f"{_TITLES[column]}: {self._shown(mark, column)}{said}"
        return self._tip(mark, column)

    def _shown(self, mark: Mark, column: Column) -> str:
        return self._cells[column](mark)

    def _state_title(self, mark: Mark) -> str:
        if mark.hidden is not None and mark.id not in self._marks.decisions:
            return "Hidden"
        return _STATE_TITLES[self._marks.state(mark.id)]

    def _picture(self, mark: Mark, column: Column) -> Any:
        if column is Column.TEXT:
            return comment_icon(self._comments(mark.id))
        return self._icon(mark) if column is Column.STATE else None

    def _icon(self, mark: Mark) -> Any:
        if mark.hidden is not None and mark.id not in self._marks.decisions:
            return icons.icon("hidden")
        return icons.icon(_STATE_ICONS[self._marks.state(mark.id)])

    def _is_said(self, mark: Mark, column: Column) -> bool:
        return column is Column.TEXT and bool(self._comments(mark.id))

    def _tip(self, mark: Mark, column: Column) -> str:
        if self._is_said(mark, column):
            return "\n".join(f"{one.actor}: {one.text}" for one in self._comments(mark.id))
        if column is Column.STATE:
            decision = self._marks.decisions.get(mark.id)
            if decision is not None:
                limb = f"{decision.exemption}\n" if decision.exemption else ""
                return f"{limb}{decision.reason}\n{decision.actor}, {decision.at}"
            if mark.hidden is not None:
                return f"Hidden content ({mark.hidden}): never released, needs no decision"
        return self._shown(mark, column)


_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    }
)


def _run(work: Generator[None, None, list[int]], until: float) -> list[int] | None:
    """Go on with a sort until a point in time; gives the order once it is done."""
    while time.perf_counter() < until:
        try:
            next(work)
        except StopIteration as stop:
            order: list[int] = stop.value
            return order
    return None
