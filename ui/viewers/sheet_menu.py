"""The context menus of cells, rows, columns and the tabs of sheets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from redactor.model import Action, column_letters
from ui.viewers.chosen_cells import ChosenCells, TableWanted
from ui.viewers.frame import FramedViewer
from ui.viewers.frozen import FrozenRows
from ui.viewers.grid import Grid
from ui.viewers.sheet_filters import SheetFilters
from ui.viewers.sheet_tabs import SheetTabs
from ui.viewers.shown_sheet import ShownSheet


class SheetMenus(QObject):
    """Opens the menus; over a file of a candidate, in which nothing is decided, it opens none.

    Signals:
        table_wanted: a decision on cells is wanted; a ``TableWanted``.
        mark_wanted: the mark of a sheet's name is to be the current one; its id.
        name_selected: the name of a sheet is to be marked; a list of one ``Selection``.

    Attributes:
        opened: the menu that is open.
    """

    table_wanted = Signal(object)
    mark_wanted = Signal(int)
    name_selected = Signal(list)

    def __init__(
        self, grid: Grid, tabs: SheetTabs, shown: ShownSheet, viewer: FramedViewer
    ) -> None:
        super().__init__(viewer)
        self.opened: QMenu | None = None
        self._grid = grid
        self._tabs = tabs
        self._shown = shown
        self._viewer = viewer
        columns, rows = grid.horizontalHeader(), grid.verticalHeader()
        for widget in (grid, columns, rows, tabs):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(
            lambda at: self._of_cells(grid.viewport().mapToGlobal(at))
        )
        columns.customContextMenuRequested.connect(self._of_column)
        rows.customContextMenuRequested.connect(self._of_row)
        tabs.customContextMenuRequested.connect(self._of_tab)

    def _of_column(self, at: QPoint) -> None:
        column = self._grid.horizontalHeader().logicalIndexAt(at)
        if column < 0:
            return
        chosen = self._shown.chosen()
        whole = chosen is not None and chosen.has_columns
        if not (whole and any(one.left <= column <= one.right for one in self._grid.ranges())):
            self._grid.selectColumn(column)
        self._of_cells(self._grid.horizontalHeader().mapToGlobal(at), column)

    def _of_row(self, at: QPoint) -> None:
        row = self._grid.verticalHeader().logicalIndexAt(at)
        if row < 0:
            return
        if not any(one.top <= row <= one.bottom for one in self._grid.ranges()):
            self._grid.selectRow(row)
        self._of_cells(self._grid.verticalHeader().mapToGlobal(at))

    def _of_cells(self, at: QPoint, column: int = -1) -> None:
        chosen = self._shown.chosen()
        if chosen is None or self._viewer.is_candidate:
            return
        menu = cells_menu(self._viewer, chosen, self.table_wanted.emit)
        column = column if column >= 0 else self._grid.currentIndex().column()
        if column >= 0:
            add_filters(menu, self._shown.filters, column, self._grid.below_header(column))
        add_frozen(menu, self._shown.frozen)
        self._open(menu, at)

    def _of_tab(self, at: QPoint) -> None:
        number = self._tabs.tabAt(at)
        if number < 0 or self._viewer.is_candidate:
            return
        sheet, names = self._tabs.title(number), self._tabs.names
        selection, marks = names.selection(sheet), names.marks(sheet)
        if selection is None:
            return
        self._tabs.setCurrentIndex(number)
        menu = QMenu(self._viewer)
        if marks:
            mark_id = marks[-1].id
            menu.addAction(
                "&Go to the finding of this sheet's name", lambda: self.mark_wanted.emit(mark_id)
            )
        menu.addAction(
            "&Redact the name of this sheet…", lambda: self.name_selected.emit([selection])
        )
        self._open(menu, self._tabs.mapToGlobal(at))

    def _open(self, menu: QMenu, at: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.destroyed.connect(lambda: setattr(self, "opened", None))
        self.opened = menu
        menu.popup(at)


def cells_menu(
    parent: QWidget,
    chosen: ChosenCells,
    want: Callable[[TableWanted], None],
) -> QMenu:
    """Make the menu of what is selected: what can be decided on it."""
    menu = QMenu(parent)

    def add(text: str, action: Action, *, every_value: bool = False) -> None:
        wanted = chosen.wanted(action, every_value=every_value)
        menu.addAction(text, lambda: want(wanted))

    add(f"&Redact {chosen.what}…", Action.REDACT)
    if chosen.has_columns:
        add(
            f"Redact &every value in {chosen.what}, wherever it stands…",
            Action.REDACT,
            every_value=True,
        )
    menu.addSeparator()
    add(f"&Keep what was found in {chosen.what}…", Action.KEEP)
    if chosen.has_columns:
        add(
            f"Keep every &value in {chosen.what}, wherever it was found…",
            Action.KEEP,
            every_value=True,
        )
    return menu


def add_filters(menu: QMenu, filters: SheetFilters, column: int, at: QPoint) -> None:
    """Add what changes which rows are shown."""
    if not filters.is_possible:
        return
    letters = column_letters(column)
    menu.addSeparator()
    menu.addAction(
        f"Sort by column {letters}, &ascending", lambda: filters.sort(column, descending=False)
    )
    menu.addAction(
        f"Sort by column {letters}, &descending", lambda: filters.sort(column, descending=True)
    )
    menu.addAction(f"&Filter column {letters}…\tCtrl+Shift+L", lambda: filters.ask(column, at))


def add_frozen(menu: QMenu, frozen: FrozenRows) -> None:
    """Add the switch of the headings that stay in view."""
    menu.addSeparator()
    action = menu.addAction("Keep &headings in view")
    action.setCheckable(True)
    action.setChecked(frozen.is_on)
    action.toggled.connect(lambda on: frozen.switch(on=on))
