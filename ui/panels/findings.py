"""The findings at the right: filter, table, and how many of how many are listed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from redactor.events import Mark
from redactor.labels import LABELS
from ui import theme
from ui.arrange import Column, Wanted
from ui.marks import Marks
from ui.tables import FindingsModel
from ui.ticks import tick_clearly
from ui.viewers.base import MarkState

#: More than this many selected rows are not selected again after a new arrangement.
_RESELECTED = 500
_GROUP_TITLES = {
    "person": "People",
    "contact": "Contact details",
    "identifier": "Identifiers",
    "time": "Dates and times",
    "place": "Places, organisations",
    "offence": "Offences, outcomes",
    "special": "Special category",
    "manual": "By hand, listed",
}
_STATES: tuple[tuple[str, MarkState | None], ...] = (
    ("Any state", None),
    ("To decide", MarkState.UNDECIDED),
    ("Redact", MarkState.REDACT),
    ("Keep", MarkState.KEEP),
)
#: What a column should have room for, as wide as the present font writes it.
_SAMPLES = {
    Column.STATE: "To decide",
    Column.TEXT: "Marlshire Constabul",
    Column.KIND: "Reference or ident",
    Column.DOCUMENT: "response-letter.docx",
    Column.PLACE: "Table 1, B12",
    Column.SCORE: "Score 0",
    Column.WHY: "a phrase from the list of words",
}
_AIR = 18
_ICON = 30


class FindingsPanel(QWidget):
    """The table of findings.

    Signals:
        current_changed: another finding is the current one; its ``Mark``, or None.
        selection_changed: other findings are selected.
        menu_wanted: a context menu is wanted; the point on the screen.
    """

    current_changed = Signal(object)
    selection_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._document: int | None = None
        self._restoring = False
        self._kept_ids: list[int] = []
        self._kept_current: int | None = None
        self._kept_row = 0
        self.model = FindingsModel(marks, self)
        self.search = QLineEdit()
        self.group = QComboBox()
        self.state = QComboBox()
        self.scope = QComboBox()
        self.hidden = tick_clearly(QCheckBox("&Hidden content"))
        self.table = QTableView()
        self.count = QLabel()
        self._build_filter()
        self._build_table()
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(180)
        self._typing.timeout.connect(self._apply)
        self._connect()
        self._show_columns()

    # --- what the window asks and says --------------------------------------------------------

    def set_marks(self, marks: Marks) -> None:
        """Show the marks of another case."""
        self._marks = marks
        self.model.set_marks(marks, self._wanted())
        self.show_count()

    def set_document(self, number: int | None) -> None:
        """Say which document is looked at."""
        if number != self._document:
            self._document = number
            self._apply()

    @property
    def is_all_documents(self) -> bool:
        """Say whether the findings of all documents are listed."""
        return self.scope.currentIndex() == 1

    def current(self) -> Mark | None:
        """Give the current finding."""
        return self.model.mark_at(self.table.currentIndex().row())

    def selected_ids(self) -> list[int]:
        """Give the ids of the selected findings."""
        spans = sorted(self._selected_spans())
        return self.model.ids_at(row for first, last in spans for row in range(first, last + 1))

    def selected_count(self) -> int:
        """Give how many findings are selected."""
        return sum(last - first + 1 for first, last in self._selected_spans())

    def select_row(self, row: int) -> None:
        """Make a row the current and only selected one."""
        index = self.model.index(row, Column.TEXT)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(self.model.index(row, Column.STATE))

    def select_mark(self, mark_id: int) -> bool:
        """Make a finding the current one; False where the filter does not list it."""
        row = self.model.row_of(mark_id)
        if row is None:
            return False
        self.select_row(row)
        return True

    def reveal(self, mark_id: int) -> None:
        """Make a finding the current one, loosening the filter where it does not list it."""
        if not self.select_mark(mark_id):
            self.clear_filter()
            self.select_mark(mark_id)

    def step(self, by: int) -> None:
        """Go to the next or the previous row."""
        row = self.table.currentIndex().row()
        target = max(0, min(row + by, self.model.rowCount() - 1))
        if self.model.rowCount():
            self.select_row(target)

    def go_to_next_undecided(self, but: set[int]) -> bool:
        """Go to the next finding that is to be decided; False where there is none listed."""
        row = self.model.next_undecided(self.table.currentIndex().row(), but)
        if row is None:
            return False
        self.select_row(row)
        return True

    def show_undecided(self) -> None:
        """List the findings of the document that are to be decided."""
        self.search.clear()
        self.group.setCurrentIndex(0)
        self.state.setCurrentIndex(1)
        self._apply()

    def clear_filter(self) -> None:
        """List everything again."""
        self.search.clear()
        self.group.setCurrentIndex(0)
        self.state.setCurrentIndex(0)
        self.hidden.setChecked(True)
        self._apply()

    def show_count(self) -> None:
        """Say how many are listed."""
        counts = self._marks.counts(None if self.is_all_documents else self._document)
        shown = self.model.rowCount()
        total = f"{shown:,} listed" if shown != 1 else "1 listed"
        sorting = "Sorting… " if self.model.is_arranging else ""
        self.count.setText(
            f"{sorting}{total}  ·  {counts.undecided:,} to decide  ·  {counts.redact:,} redact"
            f"  ·  {counts.keep:,} keep"
        )

    def _selected_spans(self) -> list[tuple[int, int]]:
        selection = self.table.selectionModel().selection()
        spans = cast("list[QItemSelectionRange]", selection)  # it is one, but its stub does not say
        return [(span.top(), span.bottom()) for span in spans]

    # --- inside -------------------------------------------------------------------------------

    def _build_filter(self) -> None:
        self.search.setPlaceholderText("Filter by text")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Filter findings by text")
        self.group.setAccessibleName("Kind of finding")
        self.group.addItem("Any kind", "")
        for group in dict.fromkeys(label.group for label in LABELS):
            self.group.addItem(_GROUP_TITLES.get(group, group.capitalize()), group)
        self.state.setAccessibleName("State of finding")
        for title, state in _STATES:
            self.state.addItem(title, state)
        self.scope.setAccessibleName("Which documents")
        self.scope.addItems(["This document", "All documents"])
        self.hidden.setChecked(True)
        self.hidden.setAccessibleName("List findings in hidden content")
        self.hidden.setToolTip("Hidden content is shown for review and never released")
        for box in (self.group, self.state, self.scope):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(9)

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("Findings")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(QFontMetrics(table.font()).height() + 10)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        # With the table's own selection, the header would walk all rows to see if all are selected.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        header.setSectionsMovable(True)
        metrics = QFontMetrics(table.font())
        for column, sample in _SAMPLES.items():
            header.resizeSection(column, metrics.horizontalAdvance(sample) + _AIR)
        header.resizeSection(Column.STATE, header.sectionSize(Column.STATE) + _ICON)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.PLACE, Qt.SortOrder.AscendingOrder)

    def _lay_out(self) -> None:
        heading = QLabel("&Findings")
        theme.dress(heading, "heading")
        heading.setBuddy(self.table)
        theme.dress(self.count, "quiet")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.count)
        filters = QGridLayout()
        filters.setSpacing(6)
        filters.addWidget(self.search, 0, 0, 1, 2)
        filters.addWidget(self.scope, 0, 2)
        filters.addWidget(self.group, 1, 0)
        filters.addWidget(self.state, 1, 1)
        filters.addWidget(self.hidden, 1, 2)
        for column in range(3):
            filters.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(filters)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._typing.start())
        for box in (self.group, self.state):
            box.currentIndexChanged.connect(self._apply)
        self.scope.currentIndexChanged.connect(self._scope_changed)
        self.hidden.toggled.connect(self._apply)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(self._current_row_changed)
        selection.selectionChanged.connect(self._selection_changed)
        self.table.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.table.viewport().mapToGlobal(at))
        )
        self.model.about_to_arrange.connect(self._keep_selection)
        self.model.arranged.connect(self._restore_selection)
        self.model.arranging_changed.connect(lambda _: self.show_count())
        self.model.rowsInserted.connect(self.show_count)
        self.model.rowsRemoved.connect(self.show_count)

    def _scope_changed(self) -> None:
        self._show_columns()
        self._apply()

    def _show_columns(self) -> None:
        self.table.setColumnHidden(Column.DOCUMENT, not self.is_all_documents)

    def _wanted(self) -> Wanted:
        wanted = Wanted(
            text=self.search.text().strip(),
            group=str(self.group.currentData() or ""),
            state=self.state.currentData(),
            hidden=self.hidden.isChecked(),
        )
        return wanted if self.is_all_documents else replace(wanted, document=self._document or 0)

    def _apply(self) -> None:
        self._typing.stop()
        self.model.set_wanted(self._wanted())
        self.show_count()

    def _keep_selection(self) -> None:
        current = self.current()
        self._kept_current = current.id if current else None
        self._kept_row = max(0, self.table.currentIndex().row())
        ids = self.selected_ids()
        self._kept_ids = ids if len(ids) <= _RESELECTED else []
        self._restoring = True

    def _restore_selection(self) -> None:
        rows = [row for one in self._kept_ids if (row := self.model.row_of(one)) is not None]
        current = None
        if self._kept_current is not None:
            current = self.model.row_of(self._kept_current)
        self._restoring = False
        if current is None and self._kept_current is not None and self.model.rowCount():
            current = min(self._kept_row, self.model.rowCount() - 1)
            rows = []
        if current is not None:
            self.select_row(current)
        if len(rows) > 1:
            selection = QItemSelection()
            for row in rows:
                selection.select(self.model.index(row, 0), self.model.index(row, len(Column) - 1))
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        self.current_changed.emit(self.current())
        self.selection_changed.emit()
        self.show_count()

    def _current_row_changed(self) -> None:
        if not self._restoring:
            self.current_changed.emit(self.current())

    def _selection_changed(self) -> None:
        if not self._restoring:
            self.selection_changed.emit()
