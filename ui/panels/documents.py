"""The documents of the case, at the left: what they are, how far they are, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from redactor.formats import FORMATS
from redactor.model import Aside
from redactor.review import SetAside
from ui import icons, theme
from ui.document_view import DocumentView
from ui.marks import Counts
from ui.session import Session

Index = QModelIndex | QPersistentModelIndex
NUMBER_ROLE = Qt.ItemDataRole.UserRole
STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
_STATUS_ICONS = {
    "queued": "waiting",
    "reading": "reading",
    "refused": "refused",
    "stopped": "stopped",
}
_ROOT = QModelIndex()
_PAGED = frozenset(one.name for one in FORMATS if one.is_paged)


_ASIDE = {
    Aside.WITHHELD: "Withheld in full",
    Aside.PUBLIC: "Public already",
    Aside.NOT_ASKED: "Not asked for",
    Aside.REPLACED: "Replaced by document {by}",
}


def aside_text(aside: SetAside) -> str:
    """Say why a document stays out of the release."""
    said = _ASIDE[aside.why].format(by=aside.by)
    return f"{said}, {aside.decision.exemption}" if aside.decision.exemption else said


def status_text(document: DocumentView, counts: Counts, aside: SetAside | None = None) -> str:
    """Say in a few words how a document is doing, or why it does not go out."""
    if aside is not None:
        return aside_text(aside)
    match document.status:
        case "queued":
            return "Waiting to be read"
        case "reading":
            percent = document.percent
            found = f", {counts.undecided} to decide" if counts.undecided else ""
            return (_reading(document) if percent is None else f"Searching {percent} %") + found
        case "refused":
            return "Could not be read"
        case "stopped":
            return "Reading was stopped"
        case _:
            return _read_text(document, counts)


def _reading(document: DocumentView) -> str:
    """Say which page is being read: a page that is read from its pixels takes seconds."""
    progress = document.progress
    is_paged = document.viewed_as in _PAGED
    if not is_paged or progress is None or progress.total < 2 or progress.done >= progress.total:
        return "Reading"
    return f"Reading page {progress.done + 1:,} of {progress.total:,}"


def _read_text(document: DocumentView, counts: Counts) -> str:
    parts = [f"{counts.undecided} to decide" if counts.undecided else "All decided"]
    if not counts.undecided and not counts.decided:
        parts = ["Nothing found"]
    if document.unruled:
        parts.append(f"{document.unruled} not read")
    if ruled := len(document.unread) + len(document.incomplete) - document.unruled:
        parts.append(f"{ruled} ruled on")
    if hidden := sum(document.hidden.values()):
        parts.append(f"{hidden} hidden")
    return ", ".join(parts)


def status_icon(document: DocumentView, counts: Counts, aside: SetAside | None = None) -> str:
    """Name the picture that goes with it; each has a shape of its own."""
    if aside is not None:
        return "redact" if aside.why is Aside.WITHHELD else "keep"
    if document.status in _STATUS_ICONS:
        return _STATUS_ICONS[document.status]
    if document.unruled:
        return "attention"
    return "undecided" if counts.undecided else "done"


class DocumentsModel(QAbstractListModel):
    """The documents in the order in which they were added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._numbers: list[int] = []

    def set_session(self, session: Session | None) -> None:
        """Show another case."""
        self.beginResetModel()
        self._session = session
        self._numbers = sorted(session.documents) if session else []
        self.endResetModel()

    def take_in_new(self) -> None:
        """Show documents that were added."""
        if self._session is None:
            return
        known = set(self._numbers)
        new = [number for number in sorted(self._session.documents) if number not in known]
        if new:
            first = len(self._numbers)
            self.beginInsertRows(_ROOT, first, first + len(new) - 1)
            self._numbers.extend(new)
            self.endInsertRows()

    def refresh(self, number: int) -> None:
        """Show anew how one document is doing."""
        row = self.row_of(number)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, number: int) -> int | None:
        """Give the row of a document."""
        return self._numbers.index(number) if number in self._numbers else None

    def number_at(self, row: int) -> int | None:
        """Give the document in a row."""
        return self._numbers[row] if 0 <= row < len(self._numbers) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give how many there are."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is shown of one document."""
        number = self.number_at(index.row())
        if self._session is None or number is None:
            return None
        document = self._session.documents[number]
        counts = self._session.marks.counts(number)
        aside = self._session.set_aside.get(number)
        status = status_text(document, counts, aside)
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon(status_icon(document, counts, aside))
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: document.name,
            Qt.ItemDataRole.ToolTipRole: _tip(document, status, aside),
            Qt.ItemDataRole.AccessibleTextRole: f"{document.name}: {status}",
            Qt.ItemDataRole.AccessibleDescriptionRole: document.refusal,
            STATUS_ROLE: status,
            NUMBER_ROLE: number,
        }
        return answers.get(role)


def _tip(document: DocumentView, status: str, aside: SetAside | None) -> str:
    lines = [document.name, status]
    if aside is not None:
        lines += [f"Left out of the release by {aside.decision.actor}:", aside.decision.reason]
    if document.refusal:
        lines.append(document.refusal)
    lines.extend(one.why for one in document.unread[:5])
    return "\n".join(lines)


class _TwoLines(QStyledItemDelegate):
    """Draw a name and below it, quieter, how it is doing."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one document."""
        self.initStyleOption(option, index)
        scheme = theme.colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        area: QRect = option.rect
        if chosen:
            painter.fillRect(area, QColor(scheme.selection))
            painter.fillRect(
                QRect(area.left(), area.top(), 3, area.height()), QColor(scheme.accent)
            )
        picture: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        metrics = QFontMetrics(option.font)
        top = area.top() + 6
        picture.paint(painter, QRect(area.left() + 10, top + (metrics.height() - 16) // 2, 16, 16))
        left = area.left() + 34
        width = area.right() - left - 8
        font = QFont(option.font)
        if chosen:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(scheme.text))
        name = QFontMetrics(font).elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideMiddle, width
        )
        line = QRect(left, top, width, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(option.font)
        painter.setPen(QColor(scheme.muted))
        status = metrics.elidedText(index.data(STATUS_ROLE), Qt.TextElideMode.ElideRight, width)
        line.translate(0, metrics.height() + 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, status)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give two lines with air."""
        del index
        return QSize(120, 2 * QFontMetrics(option.font).height() + 14)


class DocumentsPanel(QWidget):
    """The list of documents.

    Signals:
        chosen: another document is to be looked at; its number.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = DocumentsModel(self)
        self.list = QListView()
        self.list.setAccessibleName("Documents of the case")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_TwoLines(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heading = QLabel("&Documents")
        theme.dress(heading, "heading")
        heading.setBuddy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        self.list.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def current(self) -> int | None:
        """Give the number of the document that is chosen."""
        return self.model.number_at(self.list.currentIndex().row())

    def choose(self, number: int) -> None:
        """Choose a document."""
        row = self.model.row_of(number)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        number = self.model.number_at(current.row())
        if number is not None:
            self.chosen.emit(number)


def dropped_paths(urls: list[Any]) -> list[Path]:
    """Give the local files and folders among what was dropped."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
