"""The findings of one item of work, in the middle: those that stand out first, then as read."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from redactor.app.second_line import Item
from redactor.events import Mark
from redactor.model import Decision, Proposal
from redactor.review import Comment
from ui import icons, theme
from ui.marks import Marks, title_of
from ui.moments import spoken_iso
from ui.places import place_title
from ui.remarks import comment_icon, comments_html
from ui.viewers.base import MarkState

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_STATES = {
    MarkState.UNDECIDED: ("To decide", "undecided"),
    MarkState.REDACT: ("Redact", "redact"),
    MarkState.KEEP: ("Keep", "keep"),
}


class WorkColumn(enum.IntEnum):
    """The columns."""

    STATE = 0
    TEXT = 1
    PLACE = 2
    LIMB = 3
    REASON = 4
    WHO = 5


_TITLES = {
    WorkColumn.STATE: "Decision",
    WorkColumn.TEXT: "Text",
    WorkColumn.PLACE: "Place",
    WorkColumn.LIMB: "Limb",
    WorkColumn.REASON: "Reason",
    WorkColumn.WHO: "Decided by",
}


def is_exemption(item: Item) -> bool:
    """Say whether an item is all that relies on one exemption."""
    return item.key.startswith("exemption:")


def state_words(mark: Mark, marks: Marks) -> tuple[str, str]:
    """Say how a finding stands, and name the picture that goes with it."""
    if mark.hidden is not None and mark.id not in marks.decisions:
        return "Hidden", "hidden"
    return _STATES[marks.state(mark.id)]


def one_line(mark: Mark) -> str:
    """Give a finding's text on one line."""
    return " ".join(mark.text.split()) or "(drawn box)"


class WorkFindingsModel(QAbstractTableModel):
    """The findings of the chosen item."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks = Marks()
        self._names: Mapping[int, str] = {}
        self._comments: Callable[[int], Sequence[Comment]] = lambda _: ()
        self._order: list[int] = []
        self._flagged: dict[int, str] = {}
        self._many_documents = False

    def show(
        self,
        item: Item | None,
        marks: Marks,
        names: Mapping[int, str],
        comments: Callable[[int], Sequence[Comment]],
    ) -> None:
        """Show the findings of an item, or none."""
        self.beginResetModel()
        self._marks, self._names, self._comments = marks, names, comments
        self._flagged = {}
        for note in item.notes if item is not None else ():
            for one in note.marks:
                self._flagged.setdefault(one, note.text)
        known = (one for one in (item.marks if item is not None else ()) if one in marks.by_id)
        self._order = sorted(known, key=self._rank(item))
        self._many_documents = len({marks.by_id[one].document for one in self._order}) > 1
        self.endResetModel()

    def _rank(self, item: Item | None) -> Callable[[int], tuple[object, int]]:
        """Put what stands out first; under an exemption, bring equal reasons together."""
        flagged, marks = self._flagged, self._marks
        if item is None or not is_exemption(item):
            return lambda one: (one not in flagged, marks.place_key(one))
        decisions = marks.decisions
        return lambda one: (
            decisions[one].reason if one in decisions else "",
            marks.place_key(one),
        )

    def refresh(self) -> None:
        """Show anew how the findings stand."""
        if self._order:
            last = self.index(len(self._order) - 1, len(WorkColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def mark_at(self, row: int) -> Mark | None:
        """Give the finding in a row."""
        return self._marks.by_id[self._order[row]] if 0 <= row < len(self._order) else None

    def row_of(self, mark_id: int) -> int | None:
        """Give the row of a finding."""
        return self._order.index(mark_id) if mark_id in self._order else None

    def place(self, mark: Mark) -> str:
        """Say where a finding is; with its document where there are several."""
        where = place_title(mark.target)
        return f"{self._names.get(mark.document, '')}, {where}" if self._many_documents else where

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give how many findings there are."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(WorkColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[WorkColumn(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one cell."""
        mark = self.mark_at(index.row())
        if mark is None:
            return None
        column = WorkColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(mark, column)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(mark, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_TITLES[column]}: {self._shown(mark, column)}{self._aside(mark, column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._flagged.get(mark.id) or self._shown(mark, column)
        return None

    def _shown(self, mark: Mark, column: WorkColumn) -> str:
        if column is WorkColumn.STATE:
            return state_words(mark, self._marks)[0]
        if column is WorkColumn.TEXT:
            return one_line(mark)
        if column is WorkColumn.PLACE:
            return self.place(mark)
        decision = self._marks.decisions.get(mark.id)
        return _decided(decision, column) if decision is not None else ""

    def _icon(self, mark: Mark, column: WorkColumn) -> Any:
        if column is WorkColumn.STATE:
            return icons.icon(state_words(mark, self._marks)[1])
        if column is WorkColumn.TEXT:
            said = comment_icon(self._comments(mark.id))
            return said or (icons.icon("attention") if mark.id in self._flagged else None)
        return None

    def _aside(self, mark: Mark, column: WorkColumn) -> str:
        if column is not WorkColumn.TEXT:
            return ""
        said = ", commented on" if self._comments(mark.id) else ""
        return f"{said}, {self._flagged[mark.id]}" if mark.id in self._flagged else said


def _decided(decision: Decision, column: WorkColumn) -> str:
    if column is WorkColumn.LIMB:
        return decision.exemption
    return decision.reason if column is WorkColumn.REASON else decision.actor


def card_html(mark: Mark, marks: Marks, place: str, comments: Sequence[Comment]) -> str:
    """Write all there is to know of one finding."""
    muted = theme.colours().muted
    decision = marks.decisions.get(mark.id)
    rows = [("Where", place), ("What", title_of(mark))]
    if decision is not None:
        if decision.exemption:
            rows.append(("Limb", decision.exemption))
        rows.append(("Reason", decision.reason))
        if decision.public_interest:
            rows.append(("Public interest", decision.public_interest))
        rows.append(("Decided by", f"{decision.actor}, {spoken_iso(decision.at)}"))
    rows.append(("Origin", _origin(mark)))
    table = "".join(
        f'<tr><td style="color:{muted}; padding-right:10px; white-space:nowrap">{name}</td>'
        f"<td>{escape(said)}</td></tr>"
        for name, said in rows
    )
    said = comments_html(comments)
    heading = "<p><b>Comments</b></p>" if said else ""
    state = state_words(mark, marks)[0]
    return (
        f'<p style="margin-bottom:6px"><b>{state}</b>: {escape(one_line(mark))}</p>'
        f'<table cellspacing="0" cellpadding="2">{table}</table>{heading}{said}'
    )


def _origin(mark: Mark) -> str:
    if mark.by_hand:
        return f"Added by a person: {mark.why}"
    proposed = "redact" if mark.proposal is Proposal.REDACT else "keep"
    why = f": {mark.why}" if mark.why else ""
    return f"Proposed to {proposed}{why}"
