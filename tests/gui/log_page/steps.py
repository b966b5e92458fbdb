"""What the tests of the log do with its page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.events import Event, EventKind
from tests.gui.conftest import PATIENCE_MS
from tests.log_events import NAMES, PLACES, whole_life
from ui.log_model import LogColumn, LogModel
from ui.log_reading import LogRead
from ui.panels.log import LogPage


def show(page: LogPage, events: list[Event]) -> None:
    page._take(LogRead(events, NAMES, PLACES, None))


def settle(qtbot, page: LogPage) -> None:
    qtbot.waitUntil(lambda: not page.model.is_busy, timeout=PATIENCE_MS)


def cell(model: LogModel, seq: int, column: LogColumn, role=Qt.ItemDataRole.DisplayRole):
    row = model.row_of(seq)
    assert row is not None
    return model.data(model.index(row, column), role)


def listed(page: LogPage) -> list[Event]:
    return [page.model.entry_at(row).event for row in range(page.model.rowCount())]


def first(kind: EventKind) -> Event:
    return next(one for one in whole_life().events if one.kind is kind)


def key(qtbot, widget, pressed, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    if not widget.isAncestorOf(QApplication.focusWidget()):
        widget.setFocus()
    qtbot.keyClick(widget, pressed, modifier)
