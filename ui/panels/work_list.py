"""The reviewer's order of work, at the left: what to look at, how much, and what was looked at.

What was looked at is a reviewer's own note for one sitting. It is held in memory only, is gone when
the case is closed, and is no part of an approval: a tick in the case file would look like evidence
that somebody has read something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from redactor.app.second_line import Item, Section, SectionKind
from ui import icons, theme
from ui.panels.details import place_words
from ui.ticks import tick_clearly

Index = QModelIndex | QPersistentModelIndex

SECTION_TITLES: Mapping[SectionKind, str] = {
    SectionKind.BLOCKING: "What blocks",
    SectionKind.EXEMPTION: "By exemption",
    SectionKind.PERSON: "By person",
    SectionKind.TEXT: "Uneven texts",
    SectionKind.DOCUMENT: "By document",
    SectionKind.REJECTED: "Against the proposal",
    SectionKind.BY_HAND: "Added by hand",
    SectionKind.COMMENTED: "Comments",
}
_NOTHING: Mapping[SectionKind, str] = {
    SectionKind.BLOCKING: "Nothing stands in the way of a release.",
    SectionKind.TEXT: "No text is redacted here and kept there.",
    SectionKind.REJECTED: "Nobody decided otherwise than was proposed.",
    SectionKind.BY_HAND: "Nothing was marked by hand.",
    SectionKind.COMMENTED: "Nobody commented on a finding.",
}
#: The height of what stands over each pane, so that the panes begin at the same line.
HEAD_HEIGHT = 30
_ROOT = QModelIndex()
_TITLE, _COUNT = range(2)
_SEEN_TIP = "Ticks are your own notes for this sitting. They are not kept in the case."


def item_title(item: Item, names: Mapping[int, str]) -> str:
    """Give an item's title as people read it."""
    name = names.get(item.document, "") if item.document is not None else ""
    if item.block is not None:
        place = f", {place_words(item.block.place)}" if item.block.place else ""
        return f"{name or 'The case'}{place}: {item.detail}"
    if item.key.startswith("person:") and item.detail:
        return f"{item.title} ({item.detail})"
    return item.title or name


def counts_words(item: Item) -> str:
    """Say how the findings of an item stand: ``12 redact · 2 keep``."""
    counts = item.counts
    parts = (
        (counts.undecided, "to decide"),
        (counts.redact, "redact"),
        (counts.keep, "keep"),
        (counts.hidden, "hidden"),
    )
    return "  ·  ".join(f"{count:,} {word}" for count, word in parts if count) or "No findings"


class WorkModel(QAbstractItemModel):
    """Sections and their items, with a tick at those that were looked at.

    Signals:
        seen_changed: something was ticked or unticked.
    """

    seen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._names: Mapping[int, str] = {}
        # By key, as it stood then: an item that has changed since was not looked at.
        self._seen: dict[str, Item] = {}
        self._heading = QFont()
        self._heading.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._heading)

    def show(self, sections: Sequence[Section], names: Mapping[int, str]) -> None:
        """Show a work list; ticks stay with items that are as they were."""
        self.beginResetModel()
        self._sections = tuple(sections)
        self._names = names
        self.endResetModel()
        self.seen_changed.emit()

    def forget(self) -> None:
        """Show nothing and untick everything (another case, another person)."""
        self._seen = {}
        self.show((), {})

    # --- what was looked at -------------------------------------------------------------------

    def seen_count(self) -> tuple[int, int]:
        """Give how many items were looked at, and how many there are."""
        items = [item for section in self._sections for item in section.items]
        return sum(map(self.is_seen, items)), len(items)

    def is_seen(self, item: Item) -> bool:
        """Say whether an item was looked at as it stands now."""
        return self._seen.get(item.key) == item

    def set_seen(self, index: Index, seen: bool) -> None:
        """Tick or untick an item."""
        item = self.item_at(index)
        if item is not None and self.is_seen(item) != seen:
            if seen:
                self._seen[item.key] = item
            else:
                del self._seen[item.key]
            self.dataChanged.emit(index, index)
            self.seen_changed.emit()

    # --- where what is ------------------------------------------------------------------------

    def item_at(self, index: Index) -> Item | None:
        """Give the item at an index; None at a section."""
        if not index.isValid() or not index.internalId():
            return None
        return self._sections[index.internalId() - 1].items[index.row()]

    def section_at(self, index: Index) -> Section | None:
        """Give the section at an index, or that of the item there."""
        if not index.isValid():
            return None
        return self._sections[(index.internalId() or index.row() + 1) - 1]

    def index_of(self, key: str) -> QModelIndex:
        """Give the index of an item, or an invalid one."""
        for number, section in enumerate(self._sections):
            for row, item in enumerate(section.items):
                if item.key == key:
                    return self.createIndex(row, _TITLE, number + 1)
        return QModelIndex()

    def first_item(self) -> QModelIndex:
        """Give the index of the first item of all."""
        for number, section in enumerate(self._sections):
            if section.items:
                return self.createIndex(0, _TITLE, number + 1)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Give an index; Qt asks."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        """Give the section of an item; Qt asks."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Give how many sections, or items of a section, there are."""
        if not parent.isValid():
            return len(self._sections)
        if parent.internalId() or parent.column():
            return 0
        return len(self._sections[parent.row()].items)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Give the number of columns."""
        return 2

    # --- what Qt shows ------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let items be ticked."""
        flags = super().flags(index)
        ticked = self.item_at(index) is not None and index.column() == _TITLE
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticked else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole or self.item_at(index) is None:
            return False
        self.set_seen(index, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give one cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.SizeHintRole:
            return self._size(index)
        item = self.item_at(index)
        if item is not None:
            return self._item_data(item, index.column(), role)
        section = self.section_at(index)
        return self._section_data(section, index.column(), role) if section is not None else None

    def _size(self, index: Index) -> QSize:
        height = self._metrics.height() + 8
        if index.column() == _TITLE:
            return QSize(0, height)
        count = str(self.data(index, Qt.ItemDataRole.DisplayRole))
        return QSize(self._metrics.horizontalAdvance(count) + 10, height)

    def _section_data(self, section: Section, column: int, role: int) -> Any:
        title = SECTION_TITLES[section.kind]
        count = len(section.items)
        if role == Qt.ItemDataRole.DisplayRole:
            return title if column == _TITLE else f"{count:,}"
        if role == Qt.ItemDataRole.FontRole:
            return self._heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}: {count:,}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return _NOTHING.get(section.kind, title) if not count else title
        if role == Qt.ItemDataRole.DecorationRole and column == _TITLE:
            blocks = section.kind is SectionKind.BLOCKING and count
            return icons.icon("attention") if blocks else None
        return None

    def _item_data(self, item: Item, column: int, role: int) -> Any:
        title = item_title(item, self._names)
        if role == Qt.ItemDataRole.DisplayRole:
            return title if column == _TITLE else f"{len(item.marks):,}" if item.marks else ""
        if role == Qt.ItemDataRole.CheckStateRole and column == _TITLE:
            return Qt.CheckState.Checked if self.is_seen(item) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and column == _TITLE:
            return icons.icon("attention") if item.notes else None
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            said = [title, counts_words(item), *(note.text for note in item.notes)]
            if role == Qt.ItemDataRole.ToolTipRole:
                said.append(_SEEN_TIP)
            return "\n".join(said)
        return None


class _Tree(QTreeView):
    """The sections; Enter goes to an item, or opens and closes a section."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open and close sections with Enter; leave letters to the window."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            if self.model().hasChildren(index.siblingAtColumn(0)) or not index.parent().isValid():
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self.activated.emit(index)
            event.accept()
            return
        super().keyPressEvent(event)


class WorkListPanel(QWidget):
    """The tree of sections and items.

    Signals:
        chosen: another item is the current one; an ``Item`` or None.
        entered: a person goes to the current item (Enter, a double click).
    """

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = WorkModel(self)
        self.tree = _Tree()
        self.progress = QLabel()
        self._restoring = False
        self._build_tree()
        self._lay_out()
        self.model.seen_changed.connect(self._show_progress)
        self.tree.selectionModel().currentChanged.connect(self._current_changed)
        self.tree.activated.connect(self._activated)
        self._show_progress()

    @property
    def current(self) -> Item | None:
        """Give the item that is chosen."""
        return self.model.item_at(self.tree.currentIndex())

    def show_work(self, sections: Sequence[Section], names: Mapping[int, str]) -> None:
        """Show a work list, keeping what is open and what is chosen."""
        before = self.current
        is_first = self.model.rowCount() == 0
        closed = {
            section.kind
            for row in range(self.model.rowCount())
            if not self.tree.isExpanded(index := self.model.index(row, 0))
            and (section := self.model.section_at(index)) is not None
        }
        self._restoring = True
        self.model.show(sections, names)
        for row, section in enumerate(sections):
            open_it = section.kind not in closed if not is_first else _opens(section)
            self.tree.setExpanded(self.model.index(row, 0), open_it)
        index = self.model.index_of(before.key) if before is not None else QModelIndex()
        self.tree.setCurrentIndex(index if index.isValid() else self.model.first_item())
        self._restoring = False
        if self.current != before or is_first:
            self.chosen.emit(self.current)

    def choose(self, key: str) -> None:
        """Choose an item."""
        index = self.model.index_of(key)
        if index.isValid():
            self.tree.expand(index.parent())
            self.tree.setCurrentIndex(index)

    def _current_changed(self) -> None:
        if not self._restoring:
            self.chosen.emit(self.current)

    def _activated(self, index: QModelIndex) -> None:
        item = self.model.item_at(index)
        if item is not None:
            self.model.set_seen(index.siblingAtColumn(_TITLE), True)  # noqa: FBT003 - a state
            self.entered.emit(item)

    def _show_progress(self) -> None:
        seen, total = self.model.seen_count()
        self.progress.setText(f"{seen:,} of {total:,} looked at")

    def _build_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setAccessibleName("Order of work")
        tree.setAccessibleDescription(
            "Arrows move, Enter goes to the findings, Space ticks what was looked at."
        )
        tick_clearly(tree)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setExpandsOnDoubleClick(False)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        tree.setIndentation(14)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        heading = QLabel("&Order of work")
        theme.dress(heading, "heading")
        heading.setBuddy(self.tree)
        theme.dress(self.progress, "quiet")
        self.progress.setToolTip(_SEEN_TIP)
        heading.setMinimumHeight(HEAD_HEIGHT)
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.progress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.tree, 1)


#: A section longer than this is closed when the list is first seen.
_OPENED = 40


def _opens(section: Section) -> bool:
    return 0 < len(section.items) <= _OPENED
