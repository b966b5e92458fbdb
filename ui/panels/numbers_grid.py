"""A table of counts on the screen: figures at the right of their cells, a tag at the left.

Keys: P, H and N pin a figure, where pins are taken; the menu key says what can be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from redactor.model import column_letters
from redactor.numbers.model import CellName
from ui import theme
from ui.numbers_shown import Painted, ShownTable, Spot

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PAINTED = Qt.ItemDataRole.UserRole
#: Columns are as wide as what the first rows show.
_MEASURED_ROWS = 60
_NARROWEST, _WIDEST = 64, 260
_KEYS = {Qt.Key.Key_P: "print", Qt.Key.Key_H: "hide", Qt.Key.Key_N: "none"}
_SAID = {"S": "small", "P": "protects others", "": ""}


class Painter(Protocol):
    """Says what each cell of a table shows."""

    def paint(self, table: ShownTable, spot: Spot) -> Painted:
        """Give what a cell shows."""
        ...


class GridModel(QAbstractTableModel):
    """One table, as a painter shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table: ShownTable | None = None
        self._painter: Painter | None = None

    def show(self, table: ShownTable | None, painter: Painter | None) -> None:
        """Show a table, or none; another painter alone leaves selection and place."""
        if table is self.table and table is not None:
            self._painter = painter
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.table, self._painter = table, painter
        self.endResetModel()

    def spot(self, index: Index) -> Spot | None:
        """Give row and column of the sheet."""
        if self.table is None or not index.isValid():
            return None
        return self.table.rows[index.row()], self.table.columns[index.column()]

    def index_of(self, spot: Spot) -> QModelIndex:
        """Give where a cell of the sheet stands."""
        table = self.table
        if table is None or spot[0] not in table.rows or spot[1] not in table.columns:
            return QModelIndex()
        return self.index(spot[0] - table.rows[0], spot[1] - table.columns[0])

    def painted(self, index: Index) -> Painted | None:
        """Give what a cell shows."""
        spot = self.spot(index)
        if spot is None or self.table is None or self._painter is None:
            return None
        return self._painter.paint(self.table, spot)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give how many rows there are."""
        return 0 if parent.isValid() or self.table is None else len(self.table.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Give how many columns there are."""
        return 0 if parent.isValid() or self.table is None else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is shown, drawn or read out of a cell."""
        painted = self.painted(index)
        if painted is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return painted.text
        if role == _PAINTED:
            return painted
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (painted.text, _SAID.get(painted.tag, painted.tag))))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Give letters and numbers as the sheet has them."""
        if self.table is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letters(self.table.columns[section])
        return str(self.table.rows[section] + 1)


class _Cell(QStyledItemDelegate):
    """Draws a figure with its tag."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        painted: Painted | None = index.data(_PAINTED)
        if painted is None:
            return
        scheme, area = theme.colours(), QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hidden = painted.part in {"small", "protects"}
        painter.save()
        if chosen or hidden:
            painter.fillRect(area, QColor(scheme.selection if chosen else scheme.notice))
        elif painted.part in {"total", "heading"}:
            painter.fillRect(area, QColor(scheme.alternate))
        painter.setPen(QPen(QColor(scheme.line)))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        inside = area.adjusted(7, 0, -7, 0)
        font = QFont(option.font)
        font.setBold(painted.part in {"total", "small", "protects"})
        width = self._tag(painter, option.font, inside, painted)
        painter.setFont(font)
        painter.setPen(QColor(_ink(painted.part, scheme)))
        inside.setLeft(inside.left() + width)
        side = (
            Qt.AlignmentFlag.AlignLeft if painted.part == "heading" else Qt.AlignmentFlag.AlignRight
        )
        text = QFontMetrics(font).elidedText(
            painted.text, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(scheme.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a line with air."""
        metrics = QFontMetrics(option.font)
        painted: Painted | None = index.data(_PAINTED)
        said = painted.text + painted.tag if painted is not None else ""
        return QSize(metrics.horizontalAdvance(said) + 38, metrics.height() + 8)

    def _tag(self, painter: QPainter, own: QFont, inside: QRect, painted: Painted) -> int:
        """Draw the tag; gives the width that it takes."""
        if not painted.tag:
            return 0
        font = QFont(own)
        font.setPointSizeF(max(7.0, own.pointSizeF() * 0.85))
        painter.setFont(font)
        painter.setPen(QColor(_ink(painted.part, theme.colours())))
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, place, painted.tag)
        return QFontMetrics(font).horizontalAdvance(painted.tag) + 8


def _ink(part: str, scheme: theme.Colours) -> str:
    return {
        "small": scheme.red,
        "protects": scheme.amber,
        "changed": scheme.accent,
        "gone": scheme.muted,
        "aside": scheme.muted,
    }.get(part, scheme.text)


class NumbersGrid(QTableView):
    """The grid.

    Signals:
        chosen: another cell, or other cells, are chosen.
        pinned: a key that pins was pressed; ``print``, ``hide`` or ``none``.
        menu_wanted: what can be done with the chosen cells is asked for; where, on the screen.
    """

    chosen = Signal()
    pinned = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self.setItemDelegate(_Cell(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("The table")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at))
        )
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def show_table(self, table: ShownTable | None, painter: Painter | None) -> None:
        """Show a table, or another look of the same."""
        fresh = table is not self.grid.table
        self.grid.show(table, painter)
        if fresh and table is not None:
            self._share_width()
            first = next(iter(table.counts), None)
            if first is not None:
                self.go_to(first)

    def go_to(self, spot: Spot) -> None:
        """Choose a cell and show it."""
        index = self.grid.index_of(spot)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def choose(self, spots: Sequence[Spot]) -> None:
        """Choose some cells, and show the first."""
        model = self.selectionModel()
        for number, spot in enumerate(spots):
            index = self.grid.index_of(spot)
            if not index.isValid():
                continue
            if number == 0:
                self.go_to(spot)
            model.select(index, QItemSelectionModel.SelectionFlag.Select)

    @property
    def current(self) -> CellName | None:
        """Give the count in the current cell."""
        spot, table = self.grid.spot(self.currentIndex()), self.grid.table
        return table.counts.get(spot) if table is not None and spot is not None else None

    @property
    def cells(self) -> tuple[CellName, ...]:
        """Give the counts in the chosen cells, in the order of the sheet."""
        table = self.grid.table
        if table is None:
            return ()
        spots = sorted(filter(None, map(self.grid.spot, self.selectionModel().selectedIndexes())))
        return tuple(table.counts[one] for one in spots if one in table.counts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pin by a letter; all else is Qt's."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in _KEYS:
            self.pinned.emit(_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _share_width(self) -> None:
        """Give each column what its first rows need, with room for a tag."""
        metrics, room = self.fontMetrics(), self.fontMetrics().horizontalAdvance("must print") + 22
        rows = range(min(self.grid.rowCount(), _MEASURED_ROWS))
        for column in range(self.grid.columnCount()):
            painted = (self.grid.painted(self.grid.index(row, column)) for row in rows)
            shown = [one for one in painted if one is not None]
            widest = max(
                (
                    metrics.horizontalAdvance(one.text) + (24 if one.part == "heading" else room)
                    for one in shown
                ),
                default=_NARROWEST,
            )
            self.setColumnWidth(column, min(max(widest, _NARROWEST), _WIDEST))
