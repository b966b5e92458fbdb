"""A table of whole rows through which a person goes by key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

_AIR = 24


class KeyedTable(QTableView):
    """A table in which Enter goes on, and letters belong to the page.

    Args:
        model: what is shown.
        name: what the table is called where it is read aloud.
        does: what the keys do in it, as a sentence.
        samples: what each column should have room for, as wide as the present font writes it.

    Signals:
        left: Escape was pressed.
    """

    left = Signal()

    def __init__(
        self, model: QAbstractItemModel, name: str, does: str, samples: Mapping[int, str]
    ) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setAccessibleDescription(does)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._shape_rows()
        self._shape_columns(samples)

    def chosen_rows(self) -> list[int]:
        """Give the numbers of the rows that are selected, from the top."""
        return sorted({one.row() for one in self.selectionModel().selectedRows()})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter and back with Escape."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isalpha() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _shape_rows(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(QFontMetrics(self.font()).height() + 10)

    def _shape_columns(self, samples: Mapping[int, str]) -> None:
        header, metrics = self.horizontalHeader(), QFontMetrics(self.font())
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSelectionModel(QItemSelectionModel(self.model(), header))
        for column, sample in samples.items():
            header.resizeSection(column, metrics.horizontalAdvance(sample) + _AIR)
        header.setStretchLastSection(True)
