"""The sheet that the grid shows: fetched as it comes into view, its headings kept in view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from redactor.app.tables import Headings
from redactor.model import SegmentKey
from ui.viewers.base import Feed
from ui.viewers.cells import HiddenModel, SheetModel
from ui.viewers.chosen_cells import ChosenCells, chosen_cells
from ui.viewers.frozen import FrozenRows
from ui.viewers.grid import Grid
from ui.viewers.marks import MarkIndex, grid_place, while_open
from ui.viewers.rows import BLOCK_ROWS, Block, SheetRows
from ui.viewers.sheet_filters import SheetFilters
from ui.viewers.sheet_tabs import HIDDEN


class ShownSheet(QObject):
    """Fills the grid with one sheet, or with hidden content; what came of the others is kept.

    Signals:
        cell_came: the chosen cell may hold something now.
        hidden_came: the hidden content that lies in no cell is there.
        found_hidden: all of a sheet lies where no reader sees it; its container.

    Attributes:
        container: the container that is shown; None before the first.
        rows: the rows that were fetched.
        frozen: the headings that stay in view.
        filters: what is filtered and sorted.
    """

    cell_came = Signal()
    hidden_came = Signal()
    found_hidden = Signal(str)

    def __init__(
        self, feed: Feed, grid: Grid, filters: SheetFilters, index: MarkIndex, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.container: str | None = None
        self.rows = SheetRows(feed, self)
        self.frozen = FrozenRows(grid)
        self.filters = filters
        self._feed = feed
        self._tables = getattr(feed, "tables", None)
        self._grid = grid
        self._index = index
        self._widget = parent
        self._models: dict[str, SheetModel | HiddenModel] = {}
        self._headings: dict[str, Headings] = {}
        self._asking = QTimer(self, interval=15, singleShot=True)
        self._asking.timeout.connect(self._ask)
        self.rows.came.connect(self._block_came)
        self.rows.row_came.connect(self._rows_came)
        self.rows.forgot.connect(self._asking.start)
        grid.seen.connect(lambda *_: self._asking.start())
        filters.arranged.connect(self._arranged)

    @property
    def model(self) -> SheetModel | HiddenModel | None:
        """Give what the grid shows."""
        return None if self.container is None else self._models.get(self.container)

    def look_into(self, sheets: Sequence[str]) -> None:
        """Fetch the first rows of sheets, which say whether all of a sheet is hidden."""
        self.rows.hold((name, 0) for name in sheets)

    def show(self, container: str, last_row: int) -> None:
        """Show a sheet, or hidden content."""
        self.container = container
        model = self._models.get(container)
        if model is None:
            model = self._models[container] = self._new_model(container, last_row)
        self._grid.setModel(model)
        self._grid.fit_columns(model.widths())
        self._grid.fit_numbers(last_row)
        self.filters.show_sheet(container)
        self._freeze(container)
        self._grid.say_seen()
        self._asking.start()

    def _new_model(self, container: str, last_row: int) -> SheetModel | HiddenModel:
        if container != HIDDEN:
            return SheetModel(self.rows, container, last_row, self._index, self._widget)
        model = HiddenModel(self._feed, self._index, self._widget)
        model.came.connect(self._hidden_came)
        self.rows.forgot.connect(model.ask)
        return model

    # --- what comes ---------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for the rows in view."""
        container, model, seen = self.container, self.model, self._grid.rows_seen()
        if container is None or not isinstance(model, SheetModel) or not seen:
            return
        if model.is_arranged:
            self.rows.show_rows(container, [model.row_of_sheet(row) for row in seen])
        else:
            self.rows.show(container, seen.start, seen.stop - 1)

    def _rows_came(self, container: str) -> None:
        if container == self.container:
            self._grid.viewport().update()
            self.cell_came.emit()

    def _block_came(self, container: str, number: int) -> None:
        block = self.rows.block(container, number * BLOCK_ROWS)
        if block is not None:
            self._make_room(container, block)
            if number == 0:
                self.rows.release([(container, 0)])
                if block.all_hidden:
                    self.found_hidden.emit(container)
        if container == self.container:
            self._grid.viewport().update()
            index = self._grid.currentIndex()
            if index.isValid() and self.row_of_sheet(index) // BLOCK_ROWS == number:
                self.cell_came.emit()

    def _make_room(self, container: str, block: Block) -> None:
        """Give new columns their width; the chosen cell stays in view when others push it."""
        model = self._models.get(container)
        if not isinstance(model, SheetModel):
            return
        fresh = model.take(block)
        if container != self.container:
            return
        self._grid.fit_columns(fresh)
        index = self._grid.currentIndex()
        if index.isValid() and any(column <= index.column() for column in fresh):
            self._grid.scrollTo(index)

    def _hidden_came(self) -> None:
        if self.model is not None:
            self._grid.fit_columns(self.model.widths())
        self.hidden_came.emit()

    # --- headings, and the order of the rows --------------------------------------------------

    def _freeze(self, container: str) -> None:
        """Keep the headings of a sheet in view: where none are known yet, its first row."""
        if container == HIDDEN:
            self.frozen.freeze(())
            return
        known = self._headings.get(container)
        if known is None and self._tables is not None:
            self._tables.headings(
                container, while_open(self, lambda found: self._take_headings(container, found))
            )
        rows = known.rows if known is not None and known.rows else (0,)
        self.frozen.freeze(rows)

    def _take_headings(self, container: str, found: Headings) -> None:
        self._headings[container] = found
        model = self._models.get(container)
        if isinstance(model, SheetModel):
            model.tell_kinds(found.kinds)
        if container == self.container:
            self._freeze(container)
            self.rows.hold([(container, row // BLOCK_ROWS) for row in found.rows])

    def _arranged(self, container: str, rows: Sequence[int] | None) -> None:
        """Show other rows of a sheet, or all of them again; the chosen cell stays chosen."""
        model = self._models.get(container)
        if not isinstance(model, SheetModel):
            return
        index = self._grid.currentIndex() if container == self.container else QModelIndex()
        chosen = (model.row_of_sheet(index.row()), index.column()) if index.isValid() else None
        model.arrange(rows)
        if container != self.container:
            return
        self._grid.lay_out_now()
        shown = model.shown_row(chosen[0]) if chosen is not None else None
        if chosen is not None and shown is not None:
            self._grid.setCurrentIndex(model.index(shown, chosen[1]))
        else:
            self._grid.scrollToTop()
        self.frozen.settle()
        self._asking.start()

    # --- cells --------------------------------------------------------------------------------

    def row_of_sheet(self, index: QModelIndex) -> int:
        """Give the row of the sheet, from 0, that a cell of the grid stands for."""
        return index.row() if self.model is None else self.model.row_of_sheet(index.row())

    def cell(self, row: int, column: int) -> QModelIndex:
        """Give where the grid shows a cell of the sheet; invalid where the sheet has none.

        All rows are shown again where its row is left out.
        """
        model = self.model
        if not isinstance(model, SheetModel):
            return QModelIndex()
        shown = model.shown_row(row)
        if shown is None and model.is_arranged:
            self.filters.clear()
            shown = model.shown_row(row)
        if shown is None:
            return QModelIndex()
        model.reach(column)
        return model.index(shown, column)

    def index_of(self, key: SegmentKey) -> QModelIndex:
        """Give where the grid shows a segment; invalid where it does not, or not yet."""
        if isinstance(self.model, HiddenModel):
            row = self.model.row_of(key)
            return QModelIndex() if row is None else self.model.index(row, HiddenModel.TEXT)
        place = grid_place(key)
        return QModelIndex() if place is None else self.cell(place[1], place[2])

    def chosen(self) -> ChosenCells | None:
        """Give what is selected of a sheet, as ranges; None for hidden content, too."""
        if self.container is None or not isinstance(self.model, SheetModel):
            return None
        return chosen_cells(self.model, self.container, self._grid.ranges())
