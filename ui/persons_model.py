"""The persons of a case, and the mentions of one, as tables for Qt."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from redactor.app.person_decisions import PersonDecision
from redactor.app.persons import PersonRow
from redactor.matching import fold_text
from redactor.model import Action
from redactor.person_roles import SubjectRole
from ui import icons

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY, _TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class PersonColumn(enum.IntEnum):
    """The columns of the list of persons."""

    NAME = 0
    ROLE = 1
    MENTIONS = 2
    DOCUMENTS = 3
    STANDING = 4


class MentionColumn(enum.IntEnum):
    """The columns of the list of mentions."""

    STATE = 0
    CONTEXT = 1
    PLACE = 2
    DOCUMENT = 3


_PERSON_TITLES = ("Name", "Role", "Mentions", "Documents", "Decision")
_MENTION_TITLES = ("State", "In its context", "Place", "Document")


def role_words(role: SubjectRole) -> str:
    """Give a role as it is shown: ``Public official``."""
    return str(role).replace("-", " ").capitalize()


def shown_role(row: PersonRow) -> str:
    """Give a person's role; a question mark says that it is only proposed."""
    if row.subject.role is not None:
        return role_words(row.subject.role)
    return f"{role_words(row.proposed)}?" if row.proposed is not None else ""


def standing_words(standing: Sequence[PersonDecision]) -> str:
    """Say what holds for a person."""
    if not standing:
        return ""
    if len(standing) > 1:
        return "Contradicting decisions"
    one = standing[0]
    return f"Redact, {one.exemption}" if one.action is Action.REDACT else "Keep"


def counts_words(row: PersonRow) -> str:
    """Say how a person's mentions stand."""
    return f"{row.undecided:,} to decide, {row.redact:,} redacted, {row.keep:,} kept"


class PersonsModel(QAbstractTableModel):
    """All persons that fit what is searched for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[PersonRow] = ()
        self._by_id: dict[str, PersonRow] = {}
        self._folded: list[str] = []
        self._wanted = ""
        self._rows: Sequence[PersonRow] = ()
        self._place: dict[str, int] = {}
        self._proposed = QFont()
        self._proposed.setItalic(True)

    def show(self, rows: Sequence[PersonRow]) -> None:
        """Show the persons of a case."""
        self._all = rows
        self._by_id = {one.subject.id: one for one in rows}
        self._folded = [fold_text(f"{one.subject.name} {shown_role(one)}") for one in rows]
        self._arrange()

    def search(self, text: str) -> None:
        """Show those whose name or role holds a text."""
        self._wanted = fold_text(text)
        self._arrange()

    def row_at(self, row: int) -> PersonRow | None:
        """Give the person in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def person(self, wanted: str) -> PersonRow | None:
        """Give a person by id, whether or not they are listed now."""
        return self._by_id.get(wanted)

    def row_of_id(self, wanted: str) -> int | None:
        """Give the row of a person."""
        return self._place.get(wanted)

    @property
    def total(self) -> int:
        """Give how many persons there are."""
        return len(self._all)

    def _arrange(self) -> None:
        self.beginResetModel()
        if self._wanted:
            self._rows = [
                one
                for one, folded in zip(self._all, self._folded, strict=True)
                if self._wanted in folded
            ]
        else:
            self._rows = self._all
        self._place = {one.subject.id: row for row, one in enumerate(self._rows)}
        self.endResetModel()

    # --- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give the number of persons listed."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Give the number of columns."""
        return len(PersonColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return _PERSON_TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one cell."""
        row = self.row_at(index.row())
        if row is None:
            return None
        column = PersonColumn(index.column())
        if role in {_DISPLAY, _TIP}:
            return (_person_cell if role == _DISPLAY else _person_tip)(row, column)
        if role == _ACCESSIBLE and column is PersonColumn.NAME:
            return ", ".join(filter(None, (row.subject.name, shown_role(row), counts_words(row))))
        if role == Qt.ItemDataRole.FontRole and column is PersonColumn.ROLE:
            return self._proposed if row.subject.role is None else None
        if role == Qt.ItemDataRole.DecorationRole and column is PersonColumn.STANDING:
            return _standing_icon(row)
        return None


def _person_cell(row: PersonRow, column: PersonColumn) -> str:
    match column:
        case PersonColumn.NAME:
            return row.subject.name
        case PersonColumn.ROLE:
            return shown_role(row)
        case PersonColumn.MENTIONS:
            return f"{len(row.subject.marks):,}"
        case PersonColumn.DOCUMENTS:
            return f"{len(row.subject.documents):,}"
        case PersonColumn.STANDING:
            return standing_words(row.standing)


def _person_tip(row: PersonRow, column: PersonColumn) -> str:
    if column is PersonColumn.ROLE and row.subject.role is None and row.why:
        return f"Proposed. {row.why}"
    if column is PersonColumn.STANDING and row.standing:
        return "\n".join(f"{standing_words([one])}: {one.reason}" for one in row.standing)
    return f"{row.subject.name}: {counts_words(row)}"


def _standing_icon(row: PersonRow) -> Any:
    if len(row.standing) > 1:
        return icons.icon("attention")
    if row.standing:
        return icons.icon("redact" if row.standing[0].action is Action.REDACT else "keep")
    return None


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a person as the list shows it."""

    mark: int
    text: str = field(repr=False)
    before: str = field(repr=False)
    after: str = field(repr=False)
    place: str = field(repr=False)
    document: int
    state: str


class MentionsModel(QAbstractTableModel):
    """The mentions of one person."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Mention] = ()
        self._names: Mapping[int, str] = {}

    def show(self, rows: Sequence[Mention], names: Mapping[int, str]) -> None:
        """Show the mentions of a person."""
        self.beginResetModel()
        self._rows, self._names = rows, names
        self.endResetModel()

    def mention_at(self, row: int) -> Mention | None:
        """Give the mention in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give the number of mentions."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Give the number of columns."""
        return len(MentionColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return _MENTION_TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one cell."""
        one = self.mention_at(index.row())
        if one is None or role not in {_DISPLAY, _TIP, _ACCESSIBLE}:
            return None
        match MentionColumn(index.column()):
            case MentionColumn.STATE:
                return one.state
            case MentionColumn.CONTEXT:
                return context_words(one)
            case MentionColumn.PLACE:
                return one.place
            case MentionColumn.DOCUMENT:
                return self._names.get(one.document, str(one.document))


def context_words(one: Mention) -> str:
    """Give a mention between what stands around it, on one line."""
    before = " ".join(one.before.split())[-32:]
    after = " ".join(one.after.split())[:60]
    return f"… {before} ⟦{' '.join(one.text.split())}⟧ {after} …"
