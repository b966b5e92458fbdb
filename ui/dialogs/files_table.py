"""A list of files with their sizes and SHA-256, which can be copied in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

#: Of a digest, so many letters are shown; the tooltip and a copy have all of it.
SHOWN_OF_DIGEST = 12
_TITLES = ("File", "Size", "SHA-256")


class ListedFile(Protocol):
    """A file that can be listed."""

    @property
    def name(self) -> str:
        """Give its name."""

    @property
    def sha256(self) -> str:
        """Give its SHA-256, in hex."""

    @property
    def bytes(self) -> int:
        """Give its size."""


class FilesTable(QTableWidget):
    """Files, one a row. Ctrl+C copies name and full SHA-256 of what is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_TITLES), parent)
        self.setAccessibleName("Files")
        self.setHorizontalHeaderLabels(list(_TITLES))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._files: tuple[ListedFile, ...] = ()

    def show_files(self, files: Sequence[ListedFile]) -> None:
        """List these files."""
        self._files = tuple(files)
        self.setRowCount(len(self._files))
        for row, one in enumerate(self._files):
            size = QTableWidgetItem(f"{one.bytes:,} bytes")
            size.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            digest = QTableWidgetItem(f"{one.sha256[:SHOWN_OF_DIGEST]}…")
            digest.setToolTip(one.sha256)
            digest.setData(Qt.ItemDataRole.AccessibleTextRole, one.sha256)
            name = QTableWidgetItem(one.name)
            name.setToolTip(one.name)
            for column, item in enumerate((name, size, digest)):
                self.setItem(row, column, item)
        if self._files:
            self.setCurrentCell(0, 0)

    def copy(self) -> None:
        """Copy what is selected, as ``sha256sum`` writes it."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = (f"{self._files[row].sha256}  {self._files[row].name}" for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy on Ctrl+C; every other key is the table's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
        else:
            super().keyPressEvent(event)
