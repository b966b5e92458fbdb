"""Step 1: the officer looks through the tables and their sums, and confirms them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from redactor.numbers.layout import Edits, Warned
from redactor.numbers.model import CellName, Relation
from ui import icons, theme
from ui.dialogs.base import words
from ui.numbers_shown import ShownTable, ShownTables
from ui.numbers_words import DOUBTS, EVIDENCE, relation_words
from ui.ticks import tick_clearly

_RELATION = Qt.ItemDataRole.UserRole
_CELLS = Qt.ItemDataRole.UserRole + 1
_HOW = "Untick a sum that is none. To add one, choose its cells in the table, the total last."
_ROW = 24
_CONFIRM = "I have &looked through these tables and sums"


class LayoutStep(QWidget):
    """Sums of the table that is shown, warnings first.

    Signals:
        confirmed: the box was ticked or unticked.
        dropped: a sum was unticked (True) or ticked again; a ``Relation``.
        cells_wanted: a line was gone to; its cells.
        sum_wanted, nobody_wanted: a button was pressed, about the chosen cells.
    """

    confirmed = Signal(bool)
    dropped = Signal(object, bool)
    cells_wanted = Signal(object)
    sum_wanted = Signal()
    nobody_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownTables | None = None
        self.tree = tick_clearly(QTreeWidget())
        self.add_sum = QPushButton("&Add a sum")
        self.nobody = QPushButton("Counts n&obody")
        self.said = words(_HOW, "quiet")
        self.tick = tick_clearly(QCheckBox(_CONFIRM))
        self._lay_out()
        self.tree.itemChanged.connect(self._ticked)
        self.tree.currentItemChanged.connect(lambda item, _: self._went_to(item))
        self.tree.itemExpanded.connect(self._opened)
        self.tick.toggled.connect(self.confirmed)
        self.add_sum.clicked.connect(self.sum_wanted)
        self.nobody.clicked.connect(self.nobody_wanted)

    def show_table(self, shown: ShownTables, table: ShownTable, edits: Edits) -> None:
        """Show the warnings of all tables, and the sums of one."""
        self._shown = shown
        tree = self.tree
        tree.blockSignals(True)  # noqa: FBT003 - Qt's signature
        tree.clear()
        warnings = shown.tables.layout.warnings
        tree.addTopLevelItems([self._warning(one) for one in warnings])
        own = [one for one in edits.added if set(one.parts) & set(table.table.cells)]
        sums = [self._sum(one, edits) for one in (*own, *table.relations)]
        tree.addTopLevelItems(sums)
        if not sums:
            tree.addTopLevelItem(QTreeWidgetItem(["No sums were found in this table", ""]))
        tree.blockSignals(False)  # noqa: FBT003

    def confirm(self, *, on: bool) -> None:
        """Tick the box, or take the tick away, and tell nobody."""
        self.tick.blockSignals(True)  # noqa: FBT003
        self.tick.setChecked(on)
        self.tick.blockSignals(False)  # noqa: FBT003

    def say(self, sentence: str) -> None:
        """Say why a sum was not added; by default what can be done here."""
        self.said.setText(sentence or _HOW)

    def allow(self, *, sum_too: bool, nobody: bool) -> None:
        """Switch what needs chosen cells."""
        self.add_sum.setEnabled(sum_too)
        self.nobody.setEnabled(nobody)

    # --- inside -------------------------------------------------------------------------------

    def _warning(self, warned: Warned) -> QTreeWidgetItem:
        shown = self._shown
        said = warned.words if shown is None else shown.plainly(warned.words)
        item = QTreeWidgetItem([said, f"Look: {DOUBTS[warned.doubt]}"])
        item.setIcon(0, icons.icon("attention"))
        item.setSizeHint(0, QSize(0, _ROW))
        item.setData(0, _CELLS, warned.cells)
        item.setToolTip(0, said)
        return item

    def _sum(self, relation: Relation, edits: Edits) -> QTreeWidgetItem:
        named = self._shown.words if self._shown is not None else str
        said = relation_words(relation, named)
        item = QTreeWidgetItem([said, EVIDENCE[relation.evidence]])
        item.setToolTip(0, said)
        item.setSizeHint(0, QSize(0, _ROW))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        kept = relation not in edits.dropped
        item.setCheckState(0, Qt.CheckState.Checked if kept else Qt.CheckState.Unchecked)
        item.setData(0, _RELATION, relation)
        item.setData(0, _CELLS, (relation.total, *relation.parts))
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _opened(self, item: QTreeWidgetItem) -> None:
        """Name the parts of a sum once somebody asks for them."""
        relation, shown = item.data(0, _RELATION), self._shown
        if relation is None or shown is None or item.childCount():
            return
        for part in relation.parts:
            child = QTreeWidgetItem([shown.words(part), ""])
            child.setData(0, _CELLS, (part,))
            item.addChild(child)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        relation = item.data(0, _RELATION)
        if column == 0 and relation is not None:
            self.dropped.emit(relation, item.checkState(0) is Qt.CheckState.Unchecked)

    def _went_to(self, item: QTreeWidgetItem | None) -> None:
        cells: Sequence[CellName] = (item.data(0, _CELLS) or ()) if item is not None else ()
        self.say(item.toolTip(0) if item is not None else "")
        if cells:
            self.cells_wanted.emit(tuple(cells))

    def _lay_out(self) -> None:
        tree = self.tree
        tree.setColumnCount(2)
        tree.setHeaderLabels(["What adds up", "Found by"])
        tree.setAccessibleName("Warnings and sums")
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, tree.header().ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, tree.header().ResizeMode.ResizeToContents)
        self.add_sum.setToolTip("Of the chosen cells, the current one is the total of the others")
        self.nobody.setToolTip("The chosen cells count nobody, or count people after all")
        self.tick.setAccessibleName(_CONFIRM.replace("&", ""))
        title = QLabel("Warnings and &sums")
        title.setBuddy(tree)
        theme.dress(title, "heading")
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_sum)
        buttons.addWidget(self.nobody)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(tree, 1)
        column.addLayout(buttons)
        column.addWidget(self.said)
        column.addWidget(self.tick)
