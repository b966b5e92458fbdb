"""Whole columns, filters, sorting and finding, in the window and with a real workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from redactor.model import Action
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.test_window_review import ready
from tests.unit.formats.office import sheet, text_cell, workbook
from ui.viewers.cells import SheetModel
from ui.viewers.sheet import SheetViewer

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("Ashdown", "Okoro", "Fenwick", "Thorne")


def _row(number: int, *texts: str) -> str:
    cells = "".join(text_cell(f"{'ABC'[at]}{number}", text) for at, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'


def _staff() -> str:
    rows = [_row(1, "Surname", "Ward", "Age")]
    for row in range(2, 62):
        ward = "Northfield" if row % 3 else "Southey"
        rows.append(_row(row, NAMES[row % 4], ward, str(100 - row)))
    return sheet("".join(rows))


@pytest.fixture
def viewer(qtbot, window, opened, tmp_path: Path) -> SheetViewer:
    path = tmp_path / "staff.xlsx"
    path.write_bytes(workbook({"Staff": _staff(), "Ashdown": sheet(_row(1, "About Okoro"))}))
    opened(path)
    ready(qtbot, window)
    found = window.review.viewing.viewer
    assert isinstance(found, SheetViewer)
    qtbot.waitUntil(lambda: isinstance(found.grid.model(), SheetModel), timeout=PATIENCE_MS)
    model = found.grid.model()
    qtbot.waitUntil(lambda: model.columnCount() == 3 and bool(model.kind(0)), timeout=PATIENCE_MS)
    return found


def entry(menu, words: str):
    return next(one for one in menu.actions() if words in one.text().replace("&", ""))


def column_menu(qtbot, viewer: SheetViewer, column: int):
    header = viewer.grid.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 10, 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    header.customContextMenuRequested.emit(at)
    qtbot.waitUntil(lambda: viewer.menu is not None and viewer.menu.isVisible())
    return viewer.menu


def states(session) -> dict[str, str]:
    decided = session.marks.decisions
    return {
        f"{mark.target.segment}": str(decided[mark.id].action)
        for mark in session.marks.by_id.values()
        if mark.id in decided
    }


def test_the_letters_say_what_detection_takes_a_column_for(viewer):
    header = viewer.grid.model().headerData
    tip = header(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Column A: taken for Surname, by its heading"


def test_a_column_is_redacted_by_its_menu_and_undone_at_once(qtbot, window, viewer):
    entry(column_menu(qtbot, viewer, 1), "Redact column B").trigger()
    session = window.session
    qtbot.waitUntil(lambda: len(states(session)) == 60, timeout=PATIENCE_MS)
    wait_until_saved(qtbot, session)
    assert set(states(session)) == {f"sheet:Staff!B{row}" for row in range(2, 62)}
    session.undo()
    wait_until_saved(qtbot, session)
    assert states(session) == {}


def test_every_value_of_a_column_is_redacted_on_other_sheets_too(qtbot, window, viewer):
    entry(column_menu(qtbot, viewer, 0), "Redact every value").trigger()
    session = window.session
    qtbot.waitUntil(lambda: "sheet:Ashdown!A1" in states(session), timeout=PATIENCE_MS)
    wait_until_saved(qtbot, session)
    assert "sheet:Staff!A1" not in states(session)
    assert any(place.startswith("part:sheet-name:") for place in states(session))


def test_the_tab_shows_how_the_name_of_its_sheet_stands(qtbot, window, viewer):
    entry(column_menu(qtbot, viewer, 0), "Redact every value").trigger()
    qtbot.waitUntil(lambda: "to be redacted" in viewer.tabs.tabToolTip(1), timeout=PATIENCE_MS)
    assert not viewer.tabs.tabIcon(1).isNull()
    session = window.session
    mark = next(
        one
        for one in session.marks.by_id.values()
        if one.target.segment.startswith("part:sheet-name:")
    )
    viewer.tabs.setCurrentIndex(0)
    window.review.reveal(mark.id)
    qtbot.waitUntil(lambda: viewer.tabs.currentIndex() == 1, timeout=PATIENCE_MS)


def test_the_name_of_a_sheet_is_redacted_by_the_menu_of_its_tab(qtbot, window, viewer):
    viewer.tabs.customContextMenuRequested.emit(viewer.tabs.tabRect(0).center())
    entry(viewer.menu, "Redact the name").trigger()
    session = window.session
    qtbot.waitUntil(lambda: len(states(session)) == 1, timeout=PATIENCE_MS)
    (place,) = states(session)
    assert place.startswith("part:sheet-name:")


def test_rows_are_filtered_and_all_of_them_come_back(qtbot, window, viewer):
    viewer.grid.setFocus()
    viewer.grid.setCurrentIndex(viewer.grid.model().index(3, 1))
    qtbot.keyClick(viewer.grid, Qt.Key.Key_L, CONTROL | SHIFT)
    popup = viewer.filters.popup
    qtbot.keyClicks(popup.text, "south")
    qtbot.keyClick(popup.text, Qt.Key.Key_Return)
    model = viewer.grid.model()
    qtbot.waitUntil(lambda: model.rowCount() == 21, timeout=PATIENCE_MS)
    assert viewer.arranged_bar.said.text() == "Showing 20 of 60 rows"
    assert model.headerData(1, Qt.Orientation.Vertical) == "3"
    qtbot.waitUntil(lambda: model.index(1, 1).data() == "Southey", timeout=PATIENCE_MS)
    viewer.arranged_bar.clear.click()
    assert model.rowCount() == 61
    assert viewer.arranged_bar.isHidden()


def test_numbers_are_sorted_as_numbers_under_their_heading(qtbot, viewer):
    entry(column_menu(qtbot, viewer, 2), "ascending").trigger()
    model = viewer.grid.model()
    qtbot.waitUntil(lambda: model.is_arranged, timeout=PATIENCE_MS)
    assert [model.row_of_sheet(row) for row in range(4)] == [0, 60, 59, 58]
    qtbot.waitUntil(lambda: model.index(1, 2).data() == "39", timeout=PATIENCE_MS)
    assert model.index(60, 2).data() == "98"


def test_what_is_shown_of_a_filtered_column_is_redacted_and_nothing_else(qtbot, window, viewer):
    viewer.grid.setCurrentIndex(viewer.grid.model().index(3, 1))
    qtbot.keyClick(viewer.grid, Qt.Key.Key_L, CONTROL | SHIFT)
    qtbot.keyClicks(viewer.filters.popup.text, "south")
    qtbot.keyClick(viewer.filters.popup.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: viewer.grid.model().rowCount() == 21, timeout=PATIENCE_MS)
    entry(column_menu(qtbot, viewer, 0), "Redact the shown cells of column A").trigger()
    session = window.session
    qtbot.waitUntil(lambda: len(states(session)) == 20, timeout=PATIENCE_MS)
    assert set(states(session)) == {f"sheet:Staff!A{row}" for row in range(3, 62, 3)}


def test_a_text_is_found_from_place_to_place_and_on_all_sheets(qtbot, window, viewer):
    viewer.grid.setFocus()
    viewer.grid.setCurrentIndex(viewer.grid.model().index(0, 0))
    qtbot.keyClick(viewer.grid, Qt.Key.Key_F, CONTROL)
    bar = viewer.find_bar
    assert bar.isVisible()
    assert bar.line.hasFocus()
    qtbot.keyClicks(bar.line, "okoro")
    qtbot.waitUntil(lambda: bar.count.text() == "15 cells", timeout=PATIENCE_MS)
    qtbot.keyClick(bar.line, Qt.Key.Key_F3)
    assert viewer.grid.currentIndex().row() == 4
    qtbot.keyClick(bar.line, Qt.Key.Key_F3, SHIFT)
    assert viewer.grid.currentIndex().row() == 60
    bar.everywhere.click()
    qtbot.waitUntil(lambda: bar.count.text() == "16 cells", timeout=PATIENCE_MS)
    qtbot.keyClick(bar.line, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: viewer.tabs.currentIndex() == 1, timeout=PATIENCE_MS)
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_very_many_cells_are_redacted_only_once_their_number_was_said(
    qtbot, window, viewer, monkeypatch
):
    monkeypatch.setattr("ui.table_deciding.MOST_UNASKED", 50)
    entry(column_menu(qtbot, viewer, 1), "Redact column B").trigger()
    dialogs = window.dialogs
    qtbot.waitUntil(lambda: dialogs.current is not None and dialogs.current.isVisible())
    assert dialogs.current.text() == "Redact column B: 60 cells?"
    assert not states(window.session)
    next(one for one in dialogs.current.buttons() if "Redact 60" in one.text()).click()
    qtbot.waitUntil(lambda: len(states(window.session)) == 60, timeout=PATIENCE_MS)
    assert set(states(window.session).values()) == {str(Action.REDACT)}
