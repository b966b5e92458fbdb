"""The model of the log's table. It owns its order and its filter, so that it can be large."""

from __future__ import annotations

import enum
import gc
import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
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
from PySide6.QtGui import QColor, QFont

from redactor.app.log_story import Entry, Story
from redactor.case.signing import grouped
from redactor.events import Event, EventKind
from redactor.model import Action
from ui import icons, theme
from ui.log_moments import short_iso, utc_iso
from ui.log_wanted import LogWanted

Index = QModelIndex | QPersistentModelIndex

#: How long one turn of a long piece of work may take, in seconds.
_TURN_SECONDS = 0.012
#: Events added, and events looked at by the filter, between two looks at the clock.
_ADDED_STEP, _FILTERED_STEP = 64, 1024
#: After how many events the collector of garbage is told to leave them alone.
_FREEZE_EVERY = 10_000
#: Documents of one event that its tooltip names.
_NAMED = 12
_ROOT = QModelIndex()


class LogColumn(enum.IntEnum):
    """The columns of the log's table."""

    NUMBER = 0
    WHEN = 1
    WHO = 2
    WHAT = 3
    NOTE = 4
    DOCUMENT = 5


_TITLES = {
    LogColumn.NUMBER: "No.",
    LogColumn.WHEN: "When",
    LogColumn.WHO: "Who",
    LogColumn.WHAT: "What",
    LogColumn.NOTE: "Note",
    LogColumn.DOCUMENT: "Document",
}
_ICONS = {
    EventKind.CASE_CREATED: "case",
    EventKind.PERSON_INVITED: "person",
    EventKind.PERSON_JOINED: "person",
    EventKind.LOCK_TAKEN: "attention",
    EventKind.DOCUMENT_ADDED: "add",
    EventKind.DOCUMENT_READING: "reading",
    EventKind.DOCUMENT_READ: "document",
    EventKind.DOCUMENT_REFUSED: "refused",
    EventKind.DOCUMENT_READ_AS: "reading",
    EventKind.PLACES_ADDED: "mark",
    EventKind.REQUEST_RECORDED: "document",
    EventKind.JUSTIFIED: "comment",
    EventKind.RULED: "box",
    EventKind.DOCUMENT_SET_ASIDE: "document",
    EventKind.NUMBERS_SETTLED: "mark",
    EventKind.CHECKLIST_ANSWERED: "check",
    EventKind.UNDONE: "undo",
    EventKind.REDONE: "redo",
    EventKind.PERSONS_MERGED: "person",
    EventKind.PERSON_SPLIT: "person",
    EventKind.PERSON_ROLE: "person",
    EventKind.PERSONS_TOLD_APART: "person",
    EventKind.LISTS_CHANGED: "mark",
    EventKind.LOOKED_AGAIN: "check",
    EventKind.LEADS_DISMISSED: "cancel",
    EventKind.COMMENTED: "comment",
    EventKind.RELEASE_FAILED: "refused",
    EventKind.SUBMITTED: "next",
    EventKind.SAMPLE_DRAWN: "waiting",
    EventKind.SAMPLE_ANSWERED: "document",
    EventKind.RETURNED: "previous",
    EventKind.APPROVED: "done",
    EventKind.CERTIFIED: "done",
    EventKind.RELEASED: "export",
    EventKind.PACK_MADE: "attention",
}


class LogModel(QAbstractTableModel):
    """The events that are wanted, newest or oldest first.

    Signals:
        about_to_arrange: all rows are about to be put anew; selections by row will be gone.
        arranged: they were.
        settled: everything that came in and everything that was asked for is shown.
    """

    about_to_arrange = Signal()
    arranged = Signal()
    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.story = Story()
        #: The names of those who did something, by fingerprint.
        self.people: dict[str, str] = {}
        self._own = ""
        self._order: list[int] = []
        self._looked_at = 0
        self._newest_first = True
        self._wanted = LogWanted()
        self._incoming: deque[Event] = deque()
        self._anew = False
        self._work: Generator[None, None, list[int]] | None = None
        self._cells: dict[LogColumn, Callable[[Entry], str]] = {
            LogColumn.NUMBER: lambda entry: str(entry.event.seq),
            LogColumn.WHEN: lambda entry: short_iso(entry.event.at),
            LogColumn.WHO: self._who,
            LogColumn.WHAT: lambda entry: entry.words,
            LogColumn.NOTE: self.note_of,
            LogColumn.DOCUMENT: self._document,
        }
        self._struck = QFont()
        self._struck.setStrikeOut(True)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    # --- what is shown ------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Give how many events there are, listed or not."""
        return len(self.story.entries)

    @property
    def is_busy(self) -> bool:
        """Say whether something that came in or was asked for is not shown yet."""
        return self._work is not None

    def forget(self, own: str = "") -> None:
        """Begin another log.

        Args:
            own: the fingerprint of the person who looks at it.
        """
        self._timer.stop()
        self._work = None
        self._incoming.clear()
        self.beginResetModel()
        self.story = Story()
        self.people = {}
        self._order = []
        self._looked_at = 0
        self._own = own
        self._anew = False
        self.endResetModel()

    def set_own(self, own: str) -> None:
        """Say whose events are the person's own, by fingerprint."""
        if own != self._own:
            self._own = own
            self._repaint()

    def add(
        self, events: Sequence[Event], names: Mapping[int, str], places: Mapping[int, int]
    ) -> None:
        """Take the next events of the log, with what they need to be understood."""
        self.story.know(names, places)
        self._incoming.extend(events)
        self._begin()

    def set_wanted(self, wanted: LogWanted) -> None:
        """Choose which events are listed."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._anew = True
            self._begin()

    def set_newest_first(self, newest_first: bool) -> None:
        """Turn the order round."""
        if newest_first != self._newest_first:
            self.about_to_arrange.emit()
            self.beginResetModel()
            self._newest_first = newest_first
            self.endResetModel()
            self.arranged.emit()

    def entry_at(self, row: int) -> Entry | None:
        """Give the event in a row."""
        if not 0 <= row < len(self._order):
            return None
        return self.story.entries[self._order[self._flip(row)]]

    def row_of(self, seq: int) -> int | None:
        """Give the row of an event, or None where it is not listed."""
        entries = self.story.entries
        at = bisect_left(self._order, seq, key=lambda one: entries[one].event.seq)
        if at < len(self._order) and entries[self._order[at]].event.seq == seq:
            return self._flip(at)
        return None

    def line_of(self, entry: Entry) -> str:
        """Give an event as a line of text for others to read, its cells apart by tabs."""
        cells = {column: cell(entry) for column, cell in self._cells.items()}
        cells[LogColumn.WHO] = entry.event.actor
        return "\t".join(cells[column] for column in LogColumn)

    def note_of(self, entry: Entry) -> str:
        """Say what became of an event, or what it did besides, in a few words."""
        fate = self.story.fates.get(entry.event.seq)
        notes = ["Not allowed"] if entry.objection else []
        if entry.voids is not None:
            notes.append(f"Took {entry.voids.what} {entry.voids.event.seq} away")
        if fate is not None:
            notes.append(f"{fate.how.capitalize()} by {fate.by}")
        return "; ".join(notes)

    def _flip(self, row: int) -> int:
        return len(self._order) - 1 - row if self._newest_first else row

    # --- working in turns ---------------------------------------------------------------------

    def _begin(self) -> None:
        """Begin, or begin again, to take in and to filter; what is short is done at once."""
        self._work = self._working(0 if self._anew else self._looked_at)
        self._turn()
        if self._work is not None:
            self._timer.start()

    def _working(self, start: int) -> Generator[None, None, list[int]]:
        """Take in what came, and give which entries from a place on are wanted."""
        while self._incoming:
            for _ in range(min(_ADDED_STEP, len(self._incoming))):
                event = self._incoming.popleft()
                self.story.add(event)
                self.people[event.fingerprint] = event.actor
                if len(self.story.entries) % _FREEZE_EVERY == 0:
                    gc.freeze()  # they live as long as the case; walking them takes long
            yield
        order: list[int] = []
        entries = self.story.entries
        for at in range(start, len(entries)):
            if self._wanted.takes(entries[at]):
                order.append(at)
            if at % _FILTERED_STEP == 0:
                yield
        return order

    def _turn(self) -> None:
        work, until = self._work, time.perf_counter() + _TURN_SECONDS
        while work is not None and time.perf_counter() < until:
            try:
                next(work)
            except StopIteration as stop:
                self._finish(stop.value)
                return

    def _finish(self, order: list[int]) -> None:
        self._timer.stop()
        self._work = None
        self._looked_at = len(self.story.entries)
        if self._anew or not self._order:
            self._anew = False
            self.about_to_arrange.emit()
            self.beginResetModel()
            self._order = order
            self.endResetModel()
            self.arranged.emit()
        else:
            self._insert(order)
        self.settled.emit()

    def _insert(self, order: list[int]) -> None:
        """List new events, and show anew what they did to earlier ones."""
        if order:
            first = 0 if self._newest_first else len(self._order)
            self.beginInsertRows(_ROOT, first, first + len(order) - 1)
            self._order.extend(order)
            self.endInsertRows()
        self._repaint()

    def _repaint(self) -> None:
        if self._order:
            last = self.index(len(self._order) - 1, len(LogColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give how many events are listed."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(LogColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[LogColumn(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one cell; the work is the same however long the log is."""
        look = _LOOKS.get(role)
        if look is None or (entry := self.entry_at(index.row())) is None:
            return None
        return look(self, entry, LogColumn(index.column()))

    def _shown(self, entry: Entry, column: LogColumn) -> str:
        return self._cells[column](entry)

    def _spoken(self, entry: Entry, column: LogColumn) -> str:
        return f"{_TITLES[column]}: {self._cells[column](entry) or 'none'}"

    def _tip(self, entry: Entry, column: LogColumn) -> str:
        if column is LogColumn.WHEN:
            return utc_iso(entry.event.at)
        if column is LogColumn.WHO:
            return grouped(entry.event.fingerprint)
        if column is LogColumn.NOTE and entry.objection:
            return f"{entry.objection} It counts for nothing."
        if column is LogColumn.DOCUMENT:
            names = [self._name(number) for number in entry.documents[:_NAMED]]
            more = len(entry.documents) - len(names)
            return "\n".join([*names, f"and {more:,} more"] if more > 0 else names)
        return self._cells[column](entry)

    def _icon(self, entry: Entry, column: LogColumn) -> Any:
        if column is LogColumn.NOTE and (entry.objection or entry.voids is not None):
            return icons.icon("refused" if entry.objection else "attention")
        if column is not LogColumn.WHAT:
            return None
        event = entry.event
        if event.kind is EventKind.DECIDED:
            return icons.icon("keep" if event.body.get("action") == Action.KEEP else "redact")
        return icons.icon(_ICONS[event.kind])

    def _font(self, entry: Entry, column: LogColumn) -> QFont | None:
        return self._struck if column is LogColumn.WHAT and self._is_gone(entry) else None

    def _ink(self, entry: Entry, column: LogColumn) -> QColor | None:
        scheme = theme.colours()
        if column is LogColumn.NOTE:
            if entry.objection:
                return QColor(scheme.red)
            return QColor(scheme.amber if entry.voids is not None else scheme.muted)
        if column in _QUIET or self._is_gone(entry):
            return QColor(scheme.muted)
        return None

    def _is_gone(self, entry: Entry) -> bool:
        return bool(entry.objection) or entry.event.seq in self.story.fates

    def _who(self, entry: Entry) -> str:
        own = self._own and entry.event.fingerprint == self._own
        return f"You ({entry.event.actor})" if own else entry.event.actor

    def _document(self, entry: Entry) -> str:
        count = len(entry.documents)
        if count > 1:
            return f"{count:,} documents"
        return self._name(entry.documents[0]) if count else ""

    def _name(self, number: int) -> str:
        name = self.story.names.get(number)
        return f"{number} · {name}" if name else f"{number}"


_QUIET = frozenset({LogColumn.NUMBER, LogColumn.WHEN})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LOOKS: Mapping[int, Callable[[LogModel, Entry, LogColumn], Any]] = {
    Qt.ItemDataRole.DisplayRole: LogModel._shown,  # noqa: SLF001 - its own
    Qt.ItemDataRole.AccessibleTextRole: LogModel._spoken,  # noqa: SLF001
    Qt.ItemDataRole.ToolTipRole: LogModel._tip,  # noqa: SLF001
    Qt.ItemDataRole.DecorationRole: LogModel._icon,  # noqa: SLF001
    Qt.ItemDataRole.FontRole: LogModel._font,  # noqa: SLF001
    Qt.ItemDataRole.ForegroundRole: LogModel._ink,  # noqa: SLF001
    Qt.ItemDataRole.TextAlignmentRole: (
        lambda _, __, column: _RIGHT if column is LogColumn.NUMBER else None
    ),
}
