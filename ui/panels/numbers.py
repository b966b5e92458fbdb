"""Small numbers: confirm the layout, choose the rule, compare the answers and apply one.

Keys: Alt and 1 to 3 go from step to step, P, H and N pin the chosen figure, Ctrl+Enter applies.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from redactor.model import Progress
from ui import theme
from ui.dialogs.base import words
from ui.numbers_shown import ShownTable
from ui.panels.numbers_answers import AnswerCards
from ui.panels.numbers_apply import ApplyStep
from ui.panels.numbers_grid import NumbersGrid
from ui.panels.numbers_layout import LayoutStep
from ui.panels.numbers_rule import RuleStep

_STEPS = ("&1  Confirm the layout", "&2  Choose the rule", "&3  Compare and apply")
_LEGENDS = (
    "“total” adds up from others, “share” is computed. Shift and the arrow keys choose cells.",
    "“known” marks what a reader may know.",
    "[c] is withheld: S because it is small, P to protect others. Keys P, H and N pin a figure.",
)
_LISTED = 4


class NumbersPage(QWidget):
    """The page.

    Signals:
        shown: it came into view.
        step_wanted: a step, from 0, was asked for.
        table_chosen: another table is looked at; its number in the list.
        read_wanted, stop_wanted, give_up_wanted, apply_wanted: a button or key was pressed.
    """

    shown = Signal()
    step_wanted = Signal(int)
    table_chosen = Signal(int)
    read_wanted = Signal()
    stop_wanted = Signal()
    give_up_wanted = Signal()
    apply_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = 0
        self.pages = QStackedWidget()
        self.title, self.said = QLabel(), words("", "quiet")
        self.read = QPushButton("&Read the tables")
        self.doing, self.bar = QLabel(), QProgressBar()
        self.stop = QPushButton("S&top")
        self.banner, self.banner_said = QFrame(), words("")
        self.give_up = QPushButton("&Give up…")
        self.again = QPushButton("&Read again")
        self.steps = tuple(QPushButton(title) for title in _STEPS)
        self.cards = AnswerCards()
        self.layout_step, self.rule, self.applying = LayoutStep(), RuleStep(), ApplyStep()
        self.panels = QStackedWidget()
        self.tables = QListWidget()
        self.picker = QComboBox()
        self.grid = NumbersGrid()
        self.legend = words("", "quiet")
        self._lay_out()
        self._connect()
        self.show_step(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that it came into view."""
        super().showEvent(event)
        self.shown.emit()

    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes round."""
        if self.pages.currentWidget() is not self.work:
            return (self.read,) if self.read.isVisible() else (self.stop,)
        first: QWidget = (self.layout_step.tree, self.rule.who, self.applying.ground.limb)[
            self.step
        ]
        return (self.steps[self.step], first, self.grid)

    def start(self) -> None:
        """Go to where the work begins."""
        self.panes()[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown ------------------------------------------------------------------------

    def show_empty(self, title: str, said: str, *, can_read: bool) -> None:
        """Say why there is nothing to work on, and what to do."""
        self.title.setText(title)
        self.said.setText(said)
        self.read.setVisible(can_read)
        self.pages.setCurrentWidget(self._empty)

    def show_doing(self, progress: Progress) -> None:
        """Show what is done with the case, and that it can be stopped."""
        what = progress.what or "reading the tables"
        self.doing.setText(f"{what[:1].upper()}{what[1:]}…")
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.pages.setCurrentWidget(self._busy)

    def show_work(self) -> None:
        """Show the tables again as they were."""
        self.pages.setCurrentWidget(self.work)

    def show_tables(self, tables: Sequence[ShownTable], documents: dict[int, str]) -> None:
        """List the tables."""
        for lister in (self.tables, self.picker):
            lister.blockSignals(True)  # noqa: FBT003 - Qt's signature
            lister.clear()
        for one in tables:
            name = documents.get(one.document, f"document {one.document}")
            said = "  ·  ".join(filter(None, (name, one.sheet, one.table.range, one.table.title)))
            self.tables.addItem(said)
            self.tables.item(self.tables.count() - 1).setToolTip(said)
            self.picker.addItem(said)
        for lister in (self.tables, self.picker):
            lister.blockSignals(False)  # noqa: FBT003
        lines = min(max(len(tables), 1), _LISTED)
        self.tables.setFixedHeight(lines * (self.tables.fontMetrics().height() + 12) + 8)
        self.pages.setCurrentWidget(self.work)

    def show_chosen(self, row: int) -> None:
        """Mark the table that is looked at; nobody is told."""
        for lister in (self.tables, self.picker):
            lister.blockSignals(True)  # noqa: FBT003
        self.tables.setCurrentRow(row)
        self.picker.setCurrentIndex(row)
        for lister in (self.tables, self.picker):
            lister.blockSignals(False)  # noqa: FBT003

    def show_banner(self, said: str, *, applied: bool, stale: bool) -> None:
        """Say what is applied, or that the documents have changed; empty for neither."""
        self.banner_said.setText(said)
        self.banner.setVisible(bool(said))
        self.give_up.setVisible(applied)
        self.again.setVisible(stale)

    def show_step(self, step: int) -> None:
        """Show one of the three steps."""
        self.step = step
        self.steps[step].setChecked(True)
        self.panels.setCurrentIndex(step)
        self.cards.setVisible(step == 2)
        self.picker.setVisible(step > 0 and self.picker.count() > 1)
        self.legend.setText(_LEGENDS[step])

    def allow_steps(self, *, confirmed: bool) -> None:
        """Switch the steps that come after the layout is confirmed."""
        why = "" if confirmed else "Look through the tables and sums first, and tick the box."
        for button in self.steps[1:]:
            button.setEnabled(confirmed)
            button.setToolTip(why)
        done = "  ✓" if confirmed else ""
        self.steps[0].setText(_STEPS[0] + done)

    # --- inside -------------------------------------------------------------------------------

    def _connect(self) -> None:
        for number, button in enumerate(self.steps):
            button.clicked.connect(lambda _=False, number=number: self.step_wanted.emit(number))
        self.tables.currentRowChanged.connect(self.table_chosen)
        self.picker.currentIndexChanged.connect(self.table_chosen)
        self.read.clicked.connect(self.read_wanted)
        self.again.clicked.connect(self.read_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.give_up.clicked.connect(self.give_up_wanted)
        self.applying.apply_wanted.connect(self.apply_wanted)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._enter)

    def _enter(self) -> None:
        """Go on: to the next step, or apply at the last."""
        if self.pages.currentWidget() is not self.work:
            return
        if self.step == 2:
            self.apply_wanted.emit()
        elif self.steps[self.step + 1].isEnabled():
            self.step_wanted.emit(self.step + 1)

    def _lay_out(self) -> None:
        self._empty, self._busy, self.work = self._make_empty(), self._make_busy(), QWidget()
        column = QVBoxLayout(self.work)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._make_banner())
        column.addLayout(self._make_stepper())
        column.addWidget(self.cards)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._make_left())
        split.addWidget(self._make_right())
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([440, 800])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        for page in (self._empty, self._busy, self.work):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _make_stepper(self) -> QHBoxLayout:
        row, group = QHBoxLayout(), QButtonGroup(self)
        for button in self.steps:
            button.setCheckable(True)
            button.setAutoDefault(False)
            theme.dress(button, "step")
            group.addButton(button)
            row.addWidget(button, 1)
        return row

    def _make_left(self) -> QWidget:
        title = QLabel("Ta&bles")
        title.setBuddy(self.tables)
        theme.dress(title, "heading")
        self.tables.setAccessibleName("Tables of counts")
        self.tables.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tables.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(title)
        column.addWidget(self.tables)
        column.addWidget(self.layout_step, 1)
        for panel in (first, self.rule, self.applying):
            self.panels.addWidget(panel)
        card = QFrame()
        theme.dress(card, "card")
        card.setMinimumWidth(360)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.addWidget(self.panels)
        return card

    def _make_right(self) -> QWidget:
        self.picker.setAccessibleName("Which table is shown")
        self.picker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.picker.setMinimumContentsLength(20)
        self.legend.setAccessibleName("What the tags mean")
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picker)
        column.addWidget(self.grid, 1)
        column.addWidget(self.legend)
        return pane

    def _make_banner(self) -> QWidget:
        theme.dress(self.banner, "noticebar")
        self.banner_said.setAccessibleName("What is applied")
        row = QHBoxLayout(self.banner)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(self.banner_said, 1)
        row.addWidget(self.again)
        row.addWidget(self.give_up)
        self.banner.hide()
        return self.banner

    def _make_empty(self) -> QWidget:
        theme.dress(self.title, "heading")
        self.title.setAccessibleName("Small numbers")
        return _centred(self.title, self.said, self.read)

    def _make_busy(self) -> QWidget:
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far it is")
        return _centred(self.doing, self.bar, self.stop)


def _centred(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.addStretch(2)
    for widget in widgets:
        row = QHBoxLayout()
        row.addStretch(1)
        if not isinstance(widget, QPushButton):
            widget.setFixedWidth(520)
        row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(3)
    return page
