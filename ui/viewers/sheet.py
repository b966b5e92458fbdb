"""Sheets of a workbook, or the rows of a delimited text file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QMenu, QScrollBar, QTabBar, QVBoxLayout, QWidget

from redactor.app.table_order import Place
from redactor.app.tables import Headings
from redactor.model import Action, SegmentKey, Span, Target, column_letters
from ui.viewers.base import Feed, MarkView, Selection, Spot
from ui.viewers.cells import HiddenModel, SheetModel
from ui.viewers.chosen_cells import ChosenCells, chosen_cells
from ui.viewers.column_header import ColumnHeader
from ui.viewers.frame import FramedViewer, WheelZoom
from ui.viewers.frozen import FrozenRows
from ui.viewers.grid import Grid
from ui.viewers.marks import MarkIndex, grid_place, while_open
from ui.viewers.reading_line import ReadingLine
from ui.viewers.rows import BLOCK_ROWS, BlockKey, SheetRows
from ui.viewers.sheet_filters import ArrangedBar, SheetFilters
from ui.viewers.sheet_find import FindBar, SheetFind
from ui.viewers.sheet_menu import add_filters, add_frozen, cells_menu
from ui.viewers.sheet_tabs import SheetNames, mark_hidden_tab, sheet_title
from ui.viewers.text import MarkedText, shown

#: Cells that are marked one by one. More are decided on as ranges, as whole columns are.
MOST_SELECTED = 20_000
_HIDDEN = ""
_SMALLEST, _LARGEST = 6.0, 32.0


class SheetViewer(FramedViewer):
    """Sheets in tabs, a grid, and a reading line that shows the chosen cell whole.

    Text selected in the reading line marks a part of a cell; cells selected in the grid are
    marked whole.
    """

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(feed, parent)
        self._index = MarkIndex()
        self._rows = SheetRows(feed, self)
        self._containers: list[tuple[str, int]] = []
        self._models: dict[str, SheetModel | HiddenModel] = {}
        self._reveal: int | None = None
        self._in_line = False
        self._collecting: list[BlockKey] = []
        self._normal = max(self.font().pointSizeF(), 8.0)
        self._size = self._normal
        self._build()
        self._asking = QTimer(self, interval=15, singleShot=True)
        self._asking.timeout.connect(self._ask)
        self._rows.came.connect(self._block_came)
        self._rows.row_came.connect(self._rows_came)
        self._rows.forgot.connect(self._asking.start)
        feed.containers(while_open(self, self._take_containers))

    def _build(self) -> None:
        self._reading = ReadingLine(self._index, self.viewport())
        self._line = self._reading.text
        self._grid = Grid(self._index, self.viewport())
        self._grid.setFrameShape(QFrame.Shape.NoFrame)
        self._grid.setAccessibleName("Cells of the draft, not redacted")
        self._grid.setAccessibleDescription(
            "Move with the arrow keys; Ctrl and Page Up or Down for another sheet."
        )
        self._tabs = QTabBar(self.viewport())
        self._tabs.setShape(QTabBar.Shape.RoundedSouth)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName("Sheets")
        self._build_tools()
        layout = QVBoxLayout(self.viewport())
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._reading)
        layout.addWidget(_rule(self.viewport()))
        layout.addWidget(self._find_bar)
        layout.addWidget(self._bar)
        layout.addWidget(self._grid, 1)
        layout.addWidget(self._tabs)
        self.setFocusProxy(self._grid)
        self.setAccessibleName("Sheets of the draft, not redacted")
        self._wheel_zoom = WheelZoom(self)
        for inner in (self._grid, self._line):
            inner.viewport().installEventFilter(self._wheel_zoom)
            inner.mark_clicked.connect(self.mark_activated)
        self._grid.seen.connect(lambda *_: self._asking.start())
        self._grid.sheet_wanted.connect(self._turn)
        self._grid.verticalScrollBar().valueChanged.connect(self.moved)
        self._tabs.currentChanged.connect(self._sheet_chosen)
        self._line.selectionChanged.connect(self._line_selected)
        self._connect_tools()
        self._set_size(self._size)

    def _build_tools(self) -> None:
        """Make what a spreadsheet has besides its cells."""
        self._tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._names = SheetNames(self._tabs, self._index)
        self._frozen = FrozenRows(self._grid)
        self._headings: dict[str, Headings] = {}
        tables = getattr(self.feed, "tables", None)
        self._tables = tables
        self._find_bar = FindBar(self.viewport())
        self._find = SheetFind(tables, self._find_bar, self._where, self)
        self._bar = ArrangedBar(self.viewport())
        self._filters = SheetFilters(tables, self._bar, self)
        self._menu: QMenu | None = None

    def _connect_tools(self) -> None:
        self._grid.key_wanted.connect(self._key_wanted)
        self._filters.arranged.connect(self._arranged)
        self._find.place_wanted.connect(self.go_to_cell)
        self._find.closed.connect(self._grid.setFocus)
        self._tabs.customContextMenuRequested.connect(self._tab_menu)
        header = ColumnHeader(self._grid)
        self._grid.setHorizontalHeader(header)
        self._grid.dress_headers()
        for widget in (self._grid, header, self._grid.verticalHeader()):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._grid.customContextMenuRequested.connect(
            lambda at: self._cell_menu(self._grid.viewport().mapToGlobal(at))
        )
        header.customContextMenuRequested.connect(self._column_menu)
        self._grid.verticalHeader().customContextMenuRequested.connect(self._row_menu)

    @property
    def frozen(self) -> FrozenRows:
        """Give the headings that stay in view."""
        return self._frozen

    @property
    def filters(self) -> SheetFilters:
        """Give what is filtered and sorted."""
        return self._filters

    @property
    def find_bar(self) -> FindBar:
        """Give where a text to find is typed."""
        return self._find_bar

    @property
    def arranged_bar(self) -> ArrangedBar:
        """Give the bar that says what is not shown."""
        return self._bar

    @property
    def menu(self) -> QMenu | None:
        """Give the context menu that was opened last."""
        return self._menu

    @property
    def grid(self) -> Grid:
        """Give the grid."""
        return self._grid

    @property
    def line(self) -> MarkedText:
        """Give the reading line."""
        return self._line

    @property
    def tabs(self) -> QTabBar:
        """Give the tabs of the sheets."""
        return self._tabs

    # --- sheets -------------------------------------------------------------------------------

    def _take_containers(self, found: Sequence[tuple[str, int]]) -> None:
        # Hidden content that lies in no cell comes last, whatever its place in the file.
        self._containers = sorted(found, key=lambda one: one[0] == _HIDDEN)
        with QSignalBlocker(self._tabs):
            for name, _ in self._containers:
                self._tabs.addTab(sheet_title(name))
                if name == _HIDDEN:
                    self._mark_hidden_tab(self._tabs.count() - 1)
        self._tabs.setVisible(len(self._containers) > 1)
        if not self._containers:
            self._line.setPlaceholderText("There is nothing in this document.")
            return
        self._sheet_chosen(0)
        # The first rows of every sheet say whether it is hidden.
        self._rows.hold((name, 0) for name, _ in self._containers if name != _HIDDEN)
        if self._tables is not None:
            self._tables.sheet_names(while_open(self, self._take_names))
        if self._reveal is not None:
            self.show_mark(self._reveal)
        self.settled.emit()

    def _take_names(self, names: Mapping[SegmentKey, str]) -> None:
        self._names.take(names)
        self._show_names()
        if self._reveal is not None:
            self.show_mark(self._reveal)

    def _show_names(self) -> None:
        sheets = {at: sheet_title(name) for at, (name, _) in enumerate(self._containers) if name}
        self._names.show(sheets)

    @property
    def _container(self) -> str | None:
        number = self._tabs.currentIndex()
        return self._containers[number][0] if 0 <= number < len(self._containers) else None

    def _sheet_chosen(self, number: int) -> None:
        if not 0 <= number < len(self._containers):
            return
        name, last = self._containers[number]
        model = self._models.get(name)
        if model is None:
            if name == _HIDDEN:
                model = HiddenModel(self.feed, self._index, self)
                model.came.connect(self._hidden_came)
                self._rows.forgot.connect(model.ask)
            else:
                model = SheetModel(self._rows, name, last, self._index, self)
            self._models[name] = model
        self._grid.setModel(model)
        self._grid.selectionModel().currentChanged.connect(self._cell_chosen)
        self._grid.selectionModel().selectionChanged.connect(self._grid_selected)
        self._fit_columns()
        self._fit_numbers(last)
        self._read_line(None)
        self._filters.show_sheet(name)
        self._find.sheet_changed()
        self._freeze(name)
        self.place_changed.emit(sheet_title(name))
        self._grid.say_seen()
        self._asking.start()

    def _freeze(self, name: str) -> None:
        """Keep the headings of a sheet in view: where none are known yet, its first row."""
        if name == _HIDDEN:
            self._frozen.freeze(())
            return
        known = self._headings.get(name)
        if known is None and self._tables is not None:
            self._tables.headings(name, while_open(self, lambda it: self._take_headings(name, it)))
        rows = known.rows if known is not None and known.rows else (0,)
        self._frozen.freeze(rows)

    def _take_headings(self, name: str, found: Headings) -> None:
        self._headings[name] = found
        model = self._models.get(name)
        if isinstance(model, SheetModel):
            model.tell_kinds(found.kinds)
        if name == self._container:
            self._freeze(name)
            self._rows.hold([(name, row // BLOCK_ROWS) for row in found.rows])

    def _arranged(self, container: str, rows: Sequence[int] | None) -> None:
        """Show other rows of a sheet, or all of them again; the chosen cell stays chosen."""
        model = self._models.get(container)
        if not isinstance(model, SheetModel):
            return
        index = self._grid.currentIndex() if container == self._container else QModelIndex()
        chosen = (model.row_of_sheet(index.row()), index.column()) if index.isValid() else None
        model.arrange(rows)
        if container != self._container:
            return
        self._grid.lay_out_now()
        shown = model.shown_row(chosen[0]) if chosen is not None else None
        if chosen is not None and shown is not None:
            self._grid.setCurrentIndex(model.index(shown, chosen[1]))
        else:
            self._grid.scrollToTop()
        self._frozen.settle()
        self._asking.start()

    def _turn(self, step: int) -> None:
        number = self._tabs.currentIndex() + step
        if 0 <= number < self._tabs.count():
            self._tabs.setCurrentIndex(number)

    def _ask(self) -> None:
        container, rows = self._container, self._grid.rows_seen()
        model = self._grid.cells()
        if container is None or container == _HIDDEN or not rows or model is None:
            return
        if model.is_arranged:
            self._rows.show_rows(container, [model.row_of_sheet(row) for row in rows])
        else:
            self._rows.show(container, rows.start, rows.stop - 1)

    def _rows_came(self, container: str) -> None:
        if container == self._container:
            self._grid.viewport().update()
            self._read_line(self._grid.currentIndex())

    def _block_came(self, container: str, number: int) -> None:
        block = self._rows.block(container, number * BLOCK_ROWS)
        model = self._models.get(container)
        if isinstance(model, SheetModel) and block is not None:
            fresh = model.take(block)
            if container == self._container:
                self._set_widths(fresh)
                self._keep_current_in_view(fresh)
        if number == 0 and block is not None:
            self._rows.release([(container, 0)])
            if block.all_hidden:
                names = [name for name, _ in self._containers]
                self._mark_hidden_tab(names.index(container))
        if container == self._container:
            self._grid.viewport().update()
            index = self._grid.currentIndex()
            if index.isValid() and self._row_of_sheet(index) // BLOCK_ROWS == number:
                self._read_line(index)
        self._collect()

    def _keep_current_in_view(self, fresh: Mapping[int, str]) -> None:
        """Bring the chosen cell back into view, once columns before it have got their width."""
        index = self._grid.currentIndex()
        if index.isValid() and any(column <= index.column() for column in fresh):
            self._grid.scrollTo(index)

    def _hidden_came(self) -> None:
        self._fit_columns()
        if self._reveal is not None:
            self.show_mark(self._reveal)

    def _mark_hidden_tab(self, number: int) -> None:
        mark_hidden_tab(self._tabs, number, self._containers[number][0])

    def _row_of_sheet(self, index: QModelIndex) -> int:
        model = self._grid.cells()
        return index.row() if model is None else model.row_of_sheet(index.row())

    def _fit_columns(self) -> None:
        model = self._grid.cells()
        if isinstance(model, SheetModel | HiddenModel):
            self._set_widths(model.widths())

    def _set_widths(self, widths: Mapping[int, str]) -> None:
        metrics = self._grid.fontMetrics()
        for column, text in widths.items():
            self._grid.setColumnWidth(column, metrics.horizontalAdvance(shown(text)) + 24)

    def _fit_numbers(self, last: int) -> None:
        metrics = self._grid.fontMetrics()
        digits = "0" * max(len(str(last + 1)), 3)
        self._grid.verticalHeader().setFixedWidth(metrics.horizontalAdvance(digits) + 20)

    # --- the chosen cell ----------------------------------------------------------------------

    def _cell_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._read_line(index)
        if index.isValid():
            self.place_changed.emit(self._place(index))
        self.cell_chosen.emit(self._cell_id(index))

    def _cell_id(self, index: QModelIndex) -> str:
        """Give the segment id of a cell of a sheet; empty for anything else."""
        container = self._container
        if not index.isValid() or container in {None, _HIDDEN, "rows"}:
            return ""
        return f"{container}!{column_letters(index.column())}{self._row_of_sheet(index) + 1}"

    def _place(self, index: QModelIndex) -> str:
        container = self._container
        if container == _HIDDEN or container is None:
            return f"Hidden content, {index.row() + 1} of {index.model().rowCount()}"
        row, letters = self._row_of_sheet(index) + 1, column_letters(index.column())
        cell = f"{letters}{row}"
        if container == "rows":
            return f"Row {row}, column {letters}"
        return f"{sheet_title(container)}, cell {cell}"

    def _read_line(self, index: QModelIndex | None) -> None:
        """Show the chosen cell whole, in the line over the grid."""
        model = self._grid.cells()
        if index is None or not index.isValid() or model is None:
            self._reading.show_cell("", None)
            return
        address = f"{column_letters(index.column())}{self._row_of_sheet(index) + 1}"
        segment = model.segment(index.row(), index.column())
        self._reading.show_cell("" if self._container == _HIDDEN else address, segment)

    def _line_selected(self) -> None:
        self._in_line = self._line.textCursor().hasSelection()

    def _grid_selected(self) -> None:
        self._in_line = False
        self._grid.viewport().update()

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
        self._show_names()
        self._grid.viewport().update()
        self._line.viewport().update()

    def show_mark(self, mark_id: int | None) -> None:
        """Make a mark the current one: go to its cell and outline it strongly; None for none."""
        self._grid.painting.current_mark = self._line.current = mark_id
        self._reveal = mark_id
        mark = self._index.get(mark_id)
        if mark is not None and isinstance(mark.target, Span):
            self._go_to(mark.target)
        self._repaint()

    def _go_to(self, span: Span) -> None:
        sheet = self._names.sheet_of(span.key)
        if sheet is not None and self._turn_to_sheet(sheet):
            self._reveal = None
            return
        place = grid_place(span.key)
        container = _HIDDEN if place is None else place[0]
        names = [name for name, _ in self._containers]
        if container not in names:
            return
        self._tabs.setCurrentIndex(names.index(container))
        model = self._models.get(container)
        if isinstance(model, HiddenModel):
            row, column = model.row_of(span.key), HiddenModel.TEXT
        elif place is not None and model is not None:
            row, column = self._shown_row(place[1]), place[2]
            model.reach(column)
        else:
            return
        if row is None:
            return
        index = model.index(row, column)
        self._reveal = None
        self._grid.setCurrentIndex(index)
        if not self._grid.viewport().rect().contains(self._grid.visualRect(index)):
            self._grid.scrollTo(index, Grid.ScrollHint.PositionAtCenter)
        self._line.go_to(span)

    def _turn_to_sheet(self, sheet: str) -> bool:
        """Show a sheet by the name on its tab; an empty one has none here."""
        titles = [sheet_title(name) if name else "" for name, _ in self._containers]
        if sheet not in titles:
            return False
        self._tabs.setCurrentIndex(titles.index(sheet))
        return True

    def _shown_row(self, row: int) -> int | None:
        """Give where a row of the sheet is shown; all rows are shown again where it is left out."""
        model = self._grid.cells()
        shown = None if model is None else model.shown_row(row)
        if shown is None and model is not None and model.is_arranged:
            self._filters.clear()
            shown = model.shown_row(row)
        return shown

    def go_to_cell(self, container: str, row: int, column: int) -> None:
        """Choose a cell of a sheet."""
        names = [name for name, _ in self._containers]
        if container not in names:
            return
        self._tabs.setCurrentIndex(names.index(container))
        shown, model = self._shown_row(row), self._grid.cells()
        if shown is None or not isinstance(model, SheetModel):
            return
        model.reach(column)
        self._grid.lay_out_now()
        self._grid.setCurrentIndex(model.index(shown, column))

    # --- beside another viewer ------------------------------------------------------------------

    def show_candidate(self, name: str) -> None:
        """Say everywhere that a file of a candidate is shown, and no draft."""
        super().show_candidate(name)
        self._grid.setAccessibleName(f"Cells of {name}, as they would be released")

    def spot(self) -> Spot | None:
        """Give the sheet and the row at the top."""
        container = self._container
        if container is None or container == _HIDDEN:
            return None
        model = self._grid.cells()
        at = self._grid.verticalScrollBar().value() / self._row_height
        if model is not None and model.is_arranged and model.rowCount():
            at = model.row_of_sheet(min(int(at), model.rowCount() - 1))
        return Spot(container, at)

    @property
    def bar(self) -> QScrollBar:
        """Give the scroll bar of the grid."""
        return self._grid.verticalScrollBar()

    def go_to_spot(self, spot: Spot) -> None:
        """Bring the same row of the same sheet to the top."""
        container = self._like(spot.container)
        if container is None:
            return
        self._tabs.setCurrentIndex([name for name, _ in self._containers].index(container))
        self._grid.lay_out_now()
        self._grid.verticalScrollBar().setValue(round(spot.at * self._row_height))

    def go_to_target(self, target: Target) -> None:
        """Choose the cell of a target, so that the line over the grid shows it whole."""
        place = grid_place(target.key) if isinstance(target, Span) else None
        container = self._like(place[0]) if place is not None else None
        model = self._models.get(container) if container is not None else None
        if place is None or not isinstance(model, SheetModel) or container != self._container:
            return
        _, row, column = place
        model.reach(column)
        shown = self._shown_row(row)
        if shown is not None:
            self._grid.setCurrentIndex(model.index(shown, column))

    def _like(self, container: str) -> str | None:
        """Give the sheet that answers to one of another viewer: of its name, or the only one."""
        names = [name for name, _ in self._containers if name != _HIDDEN]
        if container in names:
            return container
        return names[0] if len(names) == 1 else None

    @property
    def _row_height(self) -> int:
        return max(self._grid.verticalHeader().defaultSectionSize(), 1)

    # --- what is selected ---------------------------------------------------------------------

    def mark_selection(self) -> None:
        """Emit ``selected`` for what is selected now, if anything (the M key).

        Rows that were not looked at yet are fetched first; ``selected`` follows when they are
        there.
        """
        if self._in_line:
            found = self._line.selections()
            if found:
                self.selected.emit(found)
            return
        container = self._container
        if container is None or not self._grid.ranges():
            return
        self._rows.release(self._collecting)
        self._collecting = []
        if container != _HIDDEN:
            chosen = self.chosen()
            if chosen is None:
                return
            if chosen.is_whole or chosen.most > MOST_SELECTED:
                self.table_wanted.emit(chosen.wanted(Action.REDACT))
                return
            numbers = {
                row // BLOCK_ROWS
                for one in chosen.cells
                for first, last in one.rows or ()
                for row in (*range(first, last + 1, BLOCK_ROWS), last)
            }
            self._collecting = [(container, number) for number in sorted(numbers)]
            self._rows.hold(self._collecting)
            if any(self._rows.is_waiting(key) for key in self._collecting):
                return
        self._emit_cells()

    def chosen(self) -> ChosenCells | None:
        """Give what is selected of the sheet that is shown, as ranges."""
        container, model = self._container, self._grid.cells()
        if container is None or container == _HIDDEN or model is None:
            return None
        return chosen_cells(model, container, self._grid.ranges())

    # --- menus and keys of a spreadsheet ------------------------------------------------------

    def _where(self) -> tuple[list[str], Place]:
        """Give all sheets, and the cell that is chosen."""
        index = self._grid.currentIndex()
        row, column = (self._row_of_sheet(index), index.column()) if index.isValid() else (0, -1)
        names = [name for name, _ in self._containers if name]
        return names, (self._container or "", row, column)

    def _key_wanted(self, what: str) -> None:
        if what == "find":
            self._find.open()
        elif what == "filter":
            column = max(self._grid.currentIndex().column(), 0)
            self._filters.ask(column, self._below_header(column))
        else:
            self._find.step(1 if what == "next" else -1)

    def _below_header(self, column: int) -> QPoint:
        x = max(self._grid.columnViewportPosition(column), 0)
        return self._grid.viewport().mapToGlobal(QPoint(x, 0))

    def _column_menu(self, at: QPoint) -> None:
        column = self._grid.horizontalHeader().logicalIndexAt(at)
        if column < 0:
            return
        chosen = self.chosen()
        whole = chosen is not None and chosen.has_columns
        if not (whole and any(one.left <= column <= one.right for one in self._grid.ranges())):
            self._grid.selectColumn(column)
        self._cell_menu(self._grid.horizontalHeader().mapToGlobal(at), column)

    def _row_menu(self, at: QPoint) -> None:
        row = self._grid.verticalHeader().logicalIndexAt(at)
        if row < 0:
            return
        if not any(one.top <= row <= one.bottom for one in self._grid.ranges()):
            self._grid.selectRow(row)
        self._cell_menu(self._grid.verticalHeader().mapToGlobal(at))

    def _cell_menu(self, at: QPoint, column: int = -1) -> None:
        chosen = self.chosen()
        if chosen is None or self.is_candidate:
            return
        menu = cells_menu(self, chosen, self.table_wanted.emit)
        column = column if column >= 0 else self._grid.currentIndex().column()
        if column >= 0:
            add_filters(menu, self._filters, column, self._below_header(column))
        add_frozen(menu, self._frozen)
        self._pop_up(menu, at)

    def _tab_menu(self, at: QPoint) -> None:
        number = self._tabs.tabAt(at)
        if number < 0 or self.is_candidate:
            return
        sheet = sheet_title(self._containers[number][0])
        selection, marks = self._names.selection(sheet), self._names.marks(sheet)
        if selection is None:
            return
        self._tabs.setCurrentIndex(number)
        menu = QMenu(self)
        if marks:
            mark_id = marks[-1].id
            menu.addAction(
                "&Go to the finding of this sheet's name",
                lambda: self.mark_activated.emit(mark_id),
            )
        menu.addAction("&Redact the name of this sheet…", lambda: self.selected.emit([selection]))
        self._pop_up(menu, self._tabs.mapToGlobal(at))

    def _pop_up(self, menu: QMenu, at: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.destroyed.connect(lambda: setattr(self, "_menu", None))
        self._menu = menu
        menu.popup(at)

    def _collect(self) -> None:
        """Emit the selected cells once all their rows are there."""
        if self._collecting and not any(self._rows.is_waiting(key) for key in self._collecting):
            self._emit_cells()

    def _emit_cells(self) -> None:
        model = self._grid.cells()
        keys, self._collecting = self._collecting, []
        if model is not None:
            found: dict[SegmentKey, Selection] = {}
            for chosen in self._grid.ranges():
                for row in range(chosen.top, chosen.bottom + 1):
                    for column in range(chosen.left, chosen.right + 1):
                        segment = model.segment(row, column)
                        if segment is not None and segment.text:
                            name, field = segment.key
                            span = Span(name, 0, len(segment.text), field)
                            found[segment.key] = Selection(span, segment.text)
            if found:
                self.selected.emit(list(found.values()))
        self._rows.release(keys)

    # --- size and keys ------------------------------------------------------------------------

    def zoom(self, steps: int) -> None:
        """Make the cells larger or smaller by steps; 0 gives the normal size."""
        size = self._normal if steps == 0 else self._size * 1.15**steps
        before, size = self._size, min(max(size, _SMALLEST), _LARGEST)
        columns = self._grid.horizontalHeader()
        widths = [columns.sectionSize(column) for column in range(columns.count())]
        self._set_size(size)
        for column, width in enumerate(widths):
            self._grid.setColumnWidth(column, round(width * size / before))
        number = self._tabs.currentIndex()
        if 0 <= number < len(self._containers):
            self._fit_numbers(self._containers[number][1])

    def _set_size(self, size: float) -> None:
        self._size = size
        font = QFont(self.font())
        font.setPointSizeF(size)
        self._grid.set_letters(font)
        self._reading.set_letters(font)

    def sizeHint(self) -> QSize:
        """Ask for the room of a readable grid."""
        return QSize(860, 700)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the selection with Escape; see ``FramedViewer``."""
        if event.key() == Qt.Key.Key_Escape and (self._in_line or self._grid.ranges()):
            self._reading.clear_selection()
            self._grid.clearSelection()
            event.accept()
            return
        super().keyPressEvent(event)


def _rule(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
