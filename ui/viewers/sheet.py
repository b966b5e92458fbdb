"""Sheets of a workbook, or the rows of a delimited text file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QMenu, QScrollBar, QVBoxLayout, QWidget

from redactor.app.table_order import Place
from redactor.model import Action, SegmentKey, Span, Target, column_letters
from ui.viewers.base import Feed, MarkView, Spot
from ui.viewers.chosen_cells import ChosenCells
from ui.viewers.collected_cells import CollectedCells
from ui.viewers.frame import FramedViewer, WheelZoom
from ui.viewers.grid import Grid
from ui.viewers.marks import MarkIndex, grid_place, while_open
from ui.viewers.reading_line import ReadingLine
from ui.viewers.sheet_filters import ArrangedBar, SheetFilters
from ui.viewers.sheet_find import FindBar, SheetFind
from ui.viewers.sheet_menu import SheetMenus
from ui.viewers.sheet_tabs import HIDDEN, SheetTabs, sheet_title
from ui.viewers.shown_sheet import ShownSheet

#: Cells that are marked one by one. More are decided on as ranges, as whole columns are.
MOST_SELECTED = 20_000
_SMALLEST, _LARGEST = 6.0, 32.0


class SheetViewer(FramedViewer):
    """Sheets in tabs, a grid, and a reading line that shows the chosen cell whole.

    Text selected in the reading line marks a part of a cell; cells selected in the grid are
    marked whole.

    Attributes:
        tabs: the tabs of the sheets.
        grid: the grid.
        shown: what the grid shows.
        line: the reading line.
        find_bar: where a text to find is typed.
        arranged_bar: what says which rows are not shown.
        filters: what is filtered and sorted.
    """

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(feed, parent)
        self._index = MarkIndex()
        self._reveal: int | None = None
        self._in_line = False
        self._normal = max(self.font().pointSizeF(), 8.0)
        self._size = self._normal
        self._tables = getattr(feed, "tables", None)
        self._reading = ReadingLine(self._index, self.viewport())
        self.line = self._reading.text
        self.grid = Grid(self._index, self.viewport())
        self.tabs = SheetTabs(self._index, self.viewport())
        self.find_bar = FindBar(self.viewport())
        self._find = SheetFind(self._tables, self.find_bar, self._where, self)
        self.arranged_bar = ArrangedBar(self.viewport())
        self.filters = SheetFilters(self._tables, self.arranged_bar, self)
        self.shown = ShownSheet(feed, self.grid, self.filters, self._index, self)
        self._collected = CollectedCells(self.shown.rows, self.grid, self)
        self._menus = SheetMenus(self.grid, self.tabs, self.shown, self)
        self._wheel_zoom = WheelZoom(self)
        self._lay_out()
        self._connect()
        self._set_size(self._size)
        feed.containers(while_open(self, self._take_containers))

    def _lay_out(self) -> None:
        self.grid.setFrameShape(QFrame.Shape.NoFrame)
        self.grid.setAccessibleName("Cells of the draft, not redacted")
        self.grid.setAccessibleDescription(
            "Move with the arrow keys; Ctrl and Page Up or Down for another sheet."
        )
        layout = QVBoxLayout(self.viewport())
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._reading)
        layout.addWidget(_rule(self.viewport()))
        layout.addWidget(self.find_bar)
        layout.addWidget(self.arranged_bar)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.tabs)
        self.setFocusProxy(self.grid)
        self.setAccessibleName("Sheets of the draft, not redacted")

    def _connect(self) -> None:
        for inner in (self.grid, self.line):
            inner.viewport().installEventFilter(self._wheel_zoom)
            inner.mark_clicked.connect(self.mark_activated)
        self.line.selectionChanged.connect(self._line_selected)
        self.grid.sheet_wanted.connect(self.tabs.turn)
        self.grid.key_wanted.connect(self._key_wanted)
        self.grid.verticalScrollBar().valueChanged.connect(self.moved)
        self.tabs.currentChanged.connect(self._sheet_chosen)
        self.shown.cell_came.connect(lambda: self._read_line(self.grid.currentIndex()))
        self.shown.hidden_came.connect(self._show_awaited)
        self.shown.found_hidden.connect(self.tabs.mark_hidden)
        self._collected.collected.connect(self.selected)
        self._find.place_wanted.connect(self.go_to_cell)
        self._find.closed.connect(self.grid.setFocus)
        self._menus.table_wanted.connect(self.table_wanted)
        self._menus.mark_wanted.connect(self.mark_activated)
        self._menus.name_selected.connect(self.selected)

    @property
    def menu(self) -> QMenu | None:
        """Give the context menu that is open."""
        return self._menus.opened

    # --- sheets -------------------------------------------------------------------------------

    def _take_containers(self, found: Sequence[tuple[str, int]]) -> None:
        self.tabs.take(found)
        if not found:
            self.line.setPlaceholderText("There is nothing in this document.")
            return
        self._sheet_chosen()
        self.shown.look_into(self.tabs.sheets)
        if self._tables is not None:
            self._tables.sheet_names(while_open(self, self._take_names))
        self._show_awaited()
        self.settled.emit()

    def _take_names(self, names: Mapping[SegmentKey, str]) -> None:
        self.tabs.names.take(names)
        self.tabs.show_names()
        self._show_awaited()

    def _sheet_chosen(self) -> None:
        container = self.tabs.container
        if container is None:
            return
        self.shown.show(container, self.tabs.last_row)
        self.grid.selectionModel().currentChanged.connect(self._cell_chosen)
        self.grid.selectionModel().selectionChanged.connect(self._grid_selected)
        self._read_line(None)
        self._find.sheet_changed()
        self.place_changed.emit(sheet_title(container))

    def _where(self) -> tuple[list[str], Place]:
        """Give all sheets, and the cell that is chosen."""
        index = self.grid.currentIndex()
        row = self.shown.row_of_sheet(index) if index.isValid() else 0
        return self.tabs.sheets, (self.tabs.container or "", row, index.column())

    # --- the chosen cell ----------------------------------------------------------------------

    def _cell_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._read_line(index)
        if index.isValid():
            self.place_changed.emit(self._place(index))
        self.cell_chosen.emit(self._cell_id(index))

    def _cell_id(self, index: QModelIndex) -> str:
        """Give the segment id of a cell of a sheet; empty for anything else."""
        container = self.shown.container
        if not index.isValid() or container in {None, HIDDEN, "rows"}:
            return ""
        return f"{container}!{self._address(index)}"

    def _place(self, index: QModelIndex) -> str:
        container = self.shown.container
        if container == HIDDEN or container is None:
            return f"Hidden content, {index.row() + 1} of {index.model().rowCount()}"
        if container == "rows":
            row, letters = self.shown.row_of_sheet(index) + 1, column_letters(index.column())
            return f"Row {row}, column {letters}"
        return f"{sheet_title(container)}, cell {self._address(index)}"

    def _address(self, index: QModelIndex) -> str:
        """Give the name of a cell within its sheet, as ``B5``."""
        return f"{column_letters(index.column())}{self.shown.row_of_sheet(index) + 1}"

    def _read_line(self, index: QModelIndex | None) -> None:
        """Show the chosen cell whole, in the line over the grid."""
        model = self.shown.model
        if index is None or not index.isValid() or model is None:
            self._reading.show_cell("", None)
            return
        address = "" if self.shown.container == HIDDEN else self._address(index)
        self._reading.show_cell(address, model.segment(index.row(), index.column()))

    def _line_selected(self) -> None:
        self._in_line = self.line.textCursor().hasSelection()

    def _grid_selected(self) -> None:
        self._in_line = False
        self.grid.viewport().update()

    # --- marks --------------------------------------------------------------------------------

    def set_marks(self, marks: Iterable[MarkView]) -> None:
        """Show these marks and no others."""
        self._index.replace(marks)
        self._repaint()

    def update_marks(self, marks: Iterable[MarkView], gone: Iterable[int] = ()) -> None:
        """Add or change some marks; ``gone`` are ids no longer shown."""
        self._index.change(marks, gone)
        self._repaint()

    def _repaint(self) -> None:
        self.tabs.show_names()
        self.grid.viewport().update()
        self.line.viewport().update()

    def show_mark(self, mark_id: int | None) -> None:
        """Make a mark the current one: go to its cell and outline it strongly; None for none."""
        self.grid.painting.current_mark = self.line.current = mark_id
        self._reveal = mark_id
        mark = self._index.get(mark_id)
        if mark is not None and isinstance(mark.target, Span) and self._go_to(mark.target):
            self._reveal = None
        self._repaint()

    def _show_awaited(self) -> None:
        """Show the mark whose place was not known yet when it was to be shown."""
        if self._reveal is not None:
            self.show_mark(self._reveal)

    def _go_to(self, span: Span) -> bool:
        """Choose the cell of a span, or the sheet whose name it is; False where it is not known."""
        sheet = self.tabs.names.sheet_of(span.key)
        if sheet is not None and self.tabs.go_to_title(sheet):
            return True
        place = grid_place(span.key)
        if not self.tabs.go_to(HIDDEN if place is None else place[0]):
            return False
        index = self.shown.index_of(span.key)
        if not index.isValid():
            return False
        self.grid.setCurrentIndex(index)
        if not self.grid.viewport().rect().contains(self.grid.visualRect(index)):
            self.grid.scrollTo(index, Grid.ScrollHint.PositionAtCenter)
        self.line.go_to(span)
        return True

    def go_to_cell(self, container: str, row: int, column: int) -> None:
        """Choose a cell of a sheet."""
        if not self.tabs.go_to(container):
            return
        index = self.shown.cell(row, column)
        if index.isValid():
            self.grid.lay_out_now()
            self.grid.setCurrentIndex(index)

    # --- beside another viewer ------------------------------------------------------------------

    def show_candidate(self, name: str) -> None:
        """Say everywhere that a file of a candidate is shown, and no draft."""
        super().show_candidate(name)
        self.grid.setAccessibleName(f"Cells of {name}, as they would be released")

    def spot(self) -> Spot | None:
        """Give the sheet and the row at the top."""
        container = self.tabs.container
        if container is None or container == HIDDEN:
            return None
        model = self.shown.model
        at = self.bar.value() / self._row_height
        if model is not None and model.is_arranged and model.rowCount():
            at = model.row_of_sheet(min(int(at), model.rowCount() - 1))
        return Spot(container, at)

    @property
    def bar(self) -> QScrollBar:
        """Give the scroll bar of the grid."""
        return self.grid.verticalScrollBar()

    def go_to_spot(self, spot: Spot) -> None:
        """Bring the same row of the same sheet to the top."""
        container = self.tabs.like(spot.container)
        if container is not None and self.tabs.go_to(container):
            self.grid.lay_out_now()
            self.bar.setValue(round(spot.at * self._row_height))

    def go_to_target(self, target: Target) -> None:
        """Choose the cell of a target, so that the line over the grid shows it whole."""
        place = grid_place(target.key) if isinstance(target, Span) else None
        if place is None or self.tabs.like(place[0]) != self.shown.container:
            return
        index = self.shown.cell(place[1], place[2])
        if index.isValid():
            self.grid.setCurrentIndex(index)

    @property
    def _row_height(self) -> int:
        return max(self.grid.verticalHeader().defaultSectionSize(), 1)

    # --- what is selected ---------------------------------------------------------------------

    def chosen(self) -> ChosenCells | None:
        """Give what is selected of the sheet that is shown, as ranges."""
        return self.shown.chosen()

    def mark_selection(self) -> None:
        """Emit ``selected`` for what is selected now, if anything (the M key).

        Rows that were not looked at yet are fetched first; ``selected`` follows when they are
        there.
        """
        if self._in_line:
            found = self.line.selections()
            if found:
                self.selected.emit(found)
            return
        if not self.grid.ranges():
            return
        self._collected.forget()
        chosen = self.chosen()
        if chosen is not None and (chosen.is_whole or chosen.most > MOST_SELECTED):
            self.table_wanted.emit(chosen.wanted(Action.REDACT))
        else:
            self._collected.collect(chosen.cells if chosen is not None else ())

    # --- size and keys ------------------------------------------------------------------------

    def zoom(self, steps: int) -> None:
        """Make the cells larger or smaller by steps; 0 gives the normal size."""
        size = self._normal if steps == 0 else self._size * 1.15**steps
        before, size = self._size, min(max(size, _SMALLEST), _LARGEST)
        columns = self.grid.horizontalHeader()
        widths = [columns.sectionSize(column) for column in range(columns.count())]
        self._set_size(size)
        for column, width in enumerate(widths):
            self.grid.setColumnWidth(column, round(width * size / before))
        if self.tabs.container is not None:
            self.grid.fit_numbers(self.tabs.last_row)

    def _set_size(self, size: float) -> None:
        self._size = size
        font = QFont(self.font())
        font.setPointSizeF(size)
        self.grid.set_letters(font)
        self._reading.set_letters(font)

    def sizeHint(self) -> QSize:
        """Ask for the room of a readable grid."""
        return QSize(860, 700)

    def _key_wanted(self, what: str) -> None:
        if what == "find":
            self._find.open()
        elif what == "filter":
            column = max(self.grid.currentIndex().column(), 0)
            self.filters.ask(column, self.grid.below_header(column))
        else:
            self._find.step(1 if what == "next" else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the selection with Escape; see ``FramedViewer``."""
        if event.key() == Qt.Key.Key_Escape and (self._in_line or self.grid.ranges()):
            self._reading.clear_selection()
            self.grid.clearSelection()
            event.accept()
            return
        super().keyPressEvent(event)


def _rule(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
