"""Step 3, beside the table: why a figure is hidden, its pin, what wants a reason, and applying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from redactor.numbers.model import CellName
from ui import theme
from ui.dialogs.base import words
from ui.panels.ground_form import GroundForm

_CELL = Qt.ItemDataRole.UserRole
_BLOCKS = (
    "These small numbers would be printed, or can be worked out. Choose another answer, pin other "
    "figures, or write for each why it may be known."
)
_MADE = (
    "Figures change in this answer, so the tables are written as a new document that goes out in "
    "place of the original. Only a reason is asked for."
)
_PINS = (("print", "Must &print (P)"), ("hide", "Must &hide (H)"), ("none", "&No pin (N)"))
_BEFORE = "First with the small figures alone hidden, then with this answer."
_ROWS = 4
_REASON = 2


@dataclass(frozen=True, slots=True)
class Blocked:
    """A small number that may be known only with a reason.

    Attributes:
        name: in the words of its headings.
        told, how: what a reader can tell of it, and by what.
    """

    cell: CellName
    name: str = field(repr=False)
    told: str = field(repr=False)
    how: str = field(repr=False)
    reason: str = field(repr=False)


class ApplyStep(QWidget):
    """What is said of the answer that is chosen, and of the figure that is.

    Signals:
        pinned: a button that pins was pressed; ``print``, ``hide`` or ``none``.
        excepted: a reason was typed; a cell and the reason.
        cell_wanted: a cell that wants a reason was gone to.
        apply_wanted, stop_wanted: a button was pressed.
    """

    pinned = Signal(str)
    excepted = Signal(str, str)
    cell_wanted = Signal(object)
    apply_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = QLabel()
        self.why, self.range = words(""), words("", "quiet")
        self.pins = {what: QPushButton(title) for what, title in _PINS}
        self.findings = words("", "trouble")
        self.blocks = words(_BLOCKS)
        self.reasons = QTableWidget(0, 3)
        self.made = words(_MADE, "quiet")
        self.ground = GroundForm()
        self.trouble = words("", "trouble")
        self.apply = QPushButton("Appl&y")
        self.stop = QPushButton("S&top")
        self._lay_out()
        self._connect()
        self.show_cell("", "", "")
        self.show_blocking(())

    def show_cell(self, name: str, why: str, narrowed: str) -> None:
        """Say why a figure is hidden, and how far a reader gets with it."""
        self.about.setText(name or "Choose a figure in the table")
        self.why.setText(why or ("It is printed." if name else "It says here why it is hidden."))
        self.range.setText(narrowed)
        self.range.setVisible(bool(narrowed))
        for button in self.pins.values():
            button.setEnabled(bool(name))

    def show_findings(self, sentences: Sequence[str]) -> None:
        """Say what a reader could work out, in the words of the audit."""
        self.findings.setText("\n".join(sentences))
        self.findings.setVisible(bool(sentences))

    def show_blocking(self, cells: Sequence[Blocked]) -> None:
        """Ask for a reason for each small number that can be worked out."""
        table = self.reasons
        table.blockSignals(True)  # noqa: FBT003 - Qt's signature
        table.setRowCount(len(cells))
        for row, one in enumerate(cells):
            for column, text in enumerate((one.name, one.told, one.reason)):
                item = QTableWidgetItem(text)
                item.setData(_CELL, one.cell)
                item.setToolTip("\n".join(filter(None, (one.name, one.how, one.reason))))
                if column != _REASON:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                table.setItem(row, column, item)
        table.blockSignals(False)  # noqa: FBT003
        self.blocks.setVisible(bool(cells))
        table.setVisible(bool(cells))
        lines = min(len(cells), _ROWS) + 1
        table.setFixedHeight(lines * (table.fontMetrics().height() + 12) + 8)

    def ask_reason(self, cell: CellName) -> None:
        """Go to the reason that is missing."""
        for row in range(self.reasons.rowCount()):
            item = self.reasons.item(row, 0)
            if item is not None and item.data(_CELL) == cell:
                self.reasons.setCurrentCell(row, _REASON)
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say("Write why this small number may be known.")

    def say(self, trouble: str) -> None:
        """Say why nothing can be applied; empty where it can."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def make_documents(self, *, on: bool) -> None:
        """Say whether applying writes new documents, for which no limb is asked."""
        self.made.setVisible(on)
        self.ground.ask_limb(on=not on)

    # --- inside -------------------------------------------------------------------------------

    def _typed(self, item: QTableWidgetItem) -> None:
        if item.column() == _REASON:
            self.say("")
            self.excepted.emit(item.data(_CELL), item.text().strip())

    def _went_to(self) -> None:
        item = self.reasons.currentItem()
        if item is not None:
            self.cell_wanted.emit((item.data(_CELL),))

    def _connect(self) -> None:
        for what, button in self.pins.items():
            button.clicked.connect(lambda _=False, what=what: self.pinned.emit(what))
        self.reasons.itemChanged.connect(self._typed)
        self.reasons.itemSelectionChanged.connect(self._went_to)
        self.apply.clicked.connect(self.apply_wanted)
        self.stop.clicked.connect(self.stop_wanted)

    def _lay_out(self) -> None:
        theme.dress(self.about, "heading")
        self.range.setToolTip(_BEFORE)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        theme.dress(self.apply, "main")
        for label, name in (
            (self.about, "The figure"),
            (self.why, "Why it is hidden"),
            (self.range, "How far a reader gets"),
            (self.findings, "What a reader could work out"),
        ):
            label.setAccessibleName(name)
        table = self.reasons
        table.setAccessibleName("Reasons why small numbers may be known")
        table.setHorizontalHeaderLabels(["Small number", "A reader tells", "Reason"])
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        for label in (self.about, self.why, self.range):
            column.addWidget(label)
        pins = QHBoxLayout()
        for button in self.pins.values():
            pins.addWidget(button)
        pins.addStretch(1)
        column.addLayout(pins)
        rule = QFrame()
        theme.dress(rule, "rule")
        rule.setFixedHeight(1)
        for widget in (rule, self.findings, self.blocks, self.reasons, self.made, self.ground):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName("The figure, and applying")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        for ground in (inside, area.viewport()):
            ground.setAutoFillBackground(False)  # the card shows through
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addWidget(self.trouble)
        row = QHBoxLayout()
        row.addWidget(self.apply, 1)
        row.addWidget(self.stop)
        whole.addLayout(row)
        self.trouble.hide()
        self.stop.hide()
