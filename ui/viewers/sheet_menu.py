"""The context menu of cells, rows and columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from redactor.model import Action, column_letters
from ui.viewers.chosen_cells import ChosenCells, TableWanted
from ui.viewers.frozen import FrozenRows
from ui.viewers.sheet_filters import SheetFilters


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
