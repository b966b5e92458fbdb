"""What is shown while no case is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.moments import spoken_iso
from ui.settings import RecentCase


class StartPage(QWidget):
    """New case, open a case, the sample case, and the cases opened last.

    Signals:
        wanted: a button was pressed: ``new``, ``open``, ``sample`` or ``files``.
        recent_wanted: one of the last cases was chosen; its path.
        restore_wanted: the backup of one of them is to be put in its place; its path.
        forget_wanted: one of them is to be listed no more; its path.
    """

    wanted = Signal(str)
    recent_wanted = Signal(Path)
    restore_wanted = Signal(Path)
    forget_wanted = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = QFrame()
        theme.dress(card, "card")
        card.setFixedWidth(620)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(36, 30, 36, 30)
        inner.setSpacing(12)
        title = QLabel("Redactor")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.9)
        font.setWeight(font.Weight.DemiBold)
        title.setFont(font)
        promise = QLabel(
            "Review draft disclosures, record every decision with its exemption and reason, and "
            "release files that hold nothing withheld. Nothing leaves this computer."
        )
        promise.setWordWrap(True)
        theme.dress(promise, "quiet")
        inner.addWidget(title)
        inner.addWidget(promise)
        inner.addSpacing(8)
        self.buttons: dict[str, QPushButton] = {}
        for name, text, tip in (
            ("new", "New case…", "Make a case file and add documents to it"),
            ("files", "Open files…", "Choose documents; a case is made for them"),
            ("open", "Open a case…", "Go on with a case"),
            ("sample", "Open the sample case", "An invented case to try things on"),
        ):
            inner.addLayout(self._row(name, text, tip))
        theme.dress(self.buttons["new"], "main")
        self.recent = QListWidget()
        self.recent.setAccessibleName("Cases opened last")
        self.recent.setIconSize(QSize(16, 16))
        self.recent.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.recent.itemActivated.connect(self._chosen)
        self.recent.customContextMenuRequested.connect(self._menu)
        self._recent_title = QLabel("Opened &last")
        theme.dress(self._recent_title, "heading")
        self._recent_title.setBuddy(self.recent)
        inner.addSpacing(8)
        inner.addWidget(self._recent_title)
        inner.addWidget(self.recent)
        hint = QLabel("Or drop files or folders anywhere in this window.")
        theme.dress(hint, "quiet")
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(10)
        outer.addWidget(hint)
        outer.addStretch(3)
        self.show_recent(())

    def show_recent(self, cases: Sequence[RecentCase]) -> None:
        """List the cases opened last that are still there."""
        self.recent.clear()
        for one in cases:
            opened = spoken_iso(one.at)
            item = QListWidgetItem(icons.icon("case"), "")
            item.setText(f"{one.path.stem}\n{one.path.parent}  ·  {opened}")
            item.setToolTip(f"{one.path}\nOpened on {opened}")
            item.setData(Qt.ItemDataRole.UserRole, str(one.path))
            self.recent.addItem(item)
        height = max(1, len(cases)) * (self.recent.sizeHintForRow(0) if cases else 0)
        self.recent.setFixedHeight(min(220, height + 8))
        self.recent.setVisible(bool(cases))
        self._recent_title.setVisible(bool(cases))

    def recent_menu(self, path: Path) -> QMenu:
        """Make the menu of one of the cases opened last."""
        menu = QMenu(self)
        for text, signal in (
            ("&Open", self.recent_wanted),
            ("&Restore from backup…", self.restore_wanted),
            ("Remove from this &list", self.forget_wanted),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, to=signal: to.emit(path))
        return menu

    def _menu(self, at: QPoint) -> None:
        """Show the menu where the mouse is, or, for the menu key, at the current case."""
        item = self.recent.itemAt(at) or self.recent.currentItem()
        if item is not None:
            menu = self.recent_menu(_path_of(item))
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.recent.viewport().mapToGlobal(at))

    def _row(self, name: str, text: str, tip: str) -> QHBoxLayout:
        button = QPushButton(text)
        button.setMinimumWidth(220)
        button.setMinimumHeight(34)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda: self.wanted.emit(name))
        self.buttons[name] = button
        words = QLabel(tip)
        theme.dress(words, "quiet")
        words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(button)
        row.addWidget(words, 1)
        return row

    def _chosen(self, item: QListWidgetItem) -> None:
        self.recent_wanted.emit(_path_of(item))


def _path_of(item: QListWidgetItem) -> Path:
    return Path(str(item.data(Qt.ItemDataRole.UserRole)))
