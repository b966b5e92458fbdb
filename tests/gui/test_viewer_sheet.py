"""Sheets: rows fetched as they come into view, marks in cells, selecting cells and parts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from redactor.app.tables import Cells
from redactor.model import FieldPlace, Segment, Span
from tests.gui.viewer_feed import FakeFeed, cell, make_cells
from ui.viewers.base import MarkState, MarkView, Selection
from ui.viewers.rows import BLOCK_ROWS
from ui.viewers.sheet import SheetViewer

SHEETS = [("sheet:Cases", 1999), ("", 0), ("sheet:Archive", 40)]


@pytest.fixture
def opened(qtbot):
    def open_it(sheets=SHEETS, cells=None, **how) -> SheetViewer:
        viewer = SheetViewer(FakeFeed(sheets=sheets, cells=cells or make_cells(), **how))
        qtbot.addWidget(viewer)
        viewer.resize(900, 600)
        viewer.show()
        qtbot.waitUntil(lambda: viewer.grid.model() is not None)
        settle(qtbot, viewer)
        return viewer

    return open_it


def settle(qtbot, viewer) -> None:
    qtbot.waitUntil(lambda: not viewer.shown._asking.isActive() and not viewer.shown.rows._waiting)
    qtbot.wait(10)


def mark(
    number: int, at: str, start: int, end: int, state: MarkState = MarkState.UNDECIDED
) -> MarkView:
    return MarkView(number, Span(f"sheet:Cases!{at}", start, end), state, "person")


def middle(viewer: SheetViewer, row: int, column: int) -> QPoint:
    return viewer.grid.visualRect(viewer.grid.model().index(row, column)).center()


def select(viewer: SheetViewer, row: int, column: int) -> None:
    viewer.grid.setCurrentIndex(viewer.grid.model().index(row, column))


def test_cells_show_with_letters_and_numbers(qtbot, opened):
    viewer = opened()
    model = viewer.grid.model()
    assert model.rowCount() == 2000
    assert model.columnCount() == 8
    assert model.headerData(2, Qt.Orientation.Horizontal) == "C"
    assert model.headerData(41, Qt.Orientation.Vertical) == "42"
    assert model.index(4, 1).data() == "PC Rowan Ashdown"
    box = viewer.grid.visualRect(model.index(4, 1))
    shot = viewer.grid.viewport().grab().toImage()
    ink = sum(
        shot.pixelColor(x, y).lightness() < 100
        for x in range(box.left(), box.right())
        for y in range(box.top() + 2, box.bottom() - 2)
    )
    assert ink > 60, "the text of the cell is drawn"


def test_only_the_rows_in_view_are_fetched(qtbot, opened):
    viewer = opened(sheets=[("sheet:Cases", 199_999)])
    grid = viewer.grid
    grid.scrollTo(grid.model().index(120_000, 0))
    settle(qtbot, viewer)
    asked = {request[2] for request in viewer.feed.asked if request[0] == "rows"}
    assert asked in ({0, 119_800, 120_000}, {0, 120_000})
    assert grid.model().index(120_000, 0).data() == "CM/120000"


def test_rows_that_have_not_come_are_waited_for_and_far_ones_dropped(qtbot, opened):
    viewer = opened(sheets=[("sheet:Cases", 199_999)], delay=60)
    viewer.grid.scrollTo(viewer.grid.model().index(90_000, 0))
    qtbot.wait(25)
    assert viewer.grid.model().loaded(90_000) is False
    viewer.grid.scrollTo(viewer.grid.model().index(10_000, 0))
    qtbot.wait(25)
    assert viewer.feed.forgotten == 1
    settle(qtbot, viewer)
    assert viewer.grid.model().loaded(10_000)
    assert not viewer.grid.model().loaded(90_000)


def test_fetched_rows_are_kept_within_a_limit(qtbot, opened):
    viewer = opened(sheets=[("sheet:Cases", 199_999)])
    viewer.shown.rows._limit = 20_000
    for row in range(0, 40_000, 1000):
        viewer.grid.scrollTo(viewer.grid.model().index(row, 0))
        settle(qtbot, viewer)
    assert viewer.shown.rows._cells <= 20_000
    assert viewer.grid.model().loaded(39_000)


def test_columns_grow_with_what_comes(qtbot, opened):
    def cells(container: str, first: int, last: int) -> list[Segment]:
        return [cell("Cases", row, min(row // 200, 30)) for row in range(first, last + 1)]

    viewer = opened(sheets=[("sheet:Cases", 1999)], cells=cells)
    assert viewer.grid.model().columnCount() == 1
    viewer.grid.scrollTo(viewer.grid.model().index(1900, 0))
    settle(qtbot, viewer)
    assert viewer.grid.model().columnCount() == 10


@pytest.mark.parametrize("state", MarkState)
def test_a_marked_cell_is_drawn_over_and_stays_readable(qtbot, opened, state):
    viewer = opened()
    grid = viewer.grid
    plain = grid.viewport().grab().toImage()
    viewer.set_marks([mark(1, "B5", 0, 16, state)])
    qtbot.wait(10)
    marked = grid.viewport().grab().toImage()
    box = grid.visualRect(grid.model().index(4, 1))
    inner = [
        (x, y)
        for x in range(box.left() + 6, box.right() - 16)
        for y in range(box.top() + 5, box.bottom() - 5)
    ]
    ink = [marked.pixelColor(*at).lightness() for at in inner if plain.pixelColor(*at).value() < 60]
    paper = [
        marked.pixelColor(*at).lightness() for at in inner if plain.pixelColor(*at).value() > 250
    ]
    assert len(ink) > 20
    assert max(ink) < min(paper)
    edge = [(x, box.top() + 2) for x in range(box.left() + 4, box.right() - 20)]
    assert any(plain.pixel(*at) != marked.pixel(*at) for at in edge)
    below = [(x, box.bottom() + 12) for x in range(box.left(), box.right())]
    assert all(plain.pixel(*at) == marked.pixel(*at) for at in below)


def test_a_mark_beyond_an_emoji_lies_on_its_letters(qtbot, opened):
    viewer = opened()
    text = "Sgt Maya Thorne 😀 (retired)"
    start = text.index("retired")
    viewer.set_marks([mark(1, "B4", start, start + 7, MarkState.REDACT)])
    grid = viewer.grid
    segment = grid.model().segment(3, 1)
    assert segment.text == text
    ((_, box, _),) = grid.painting.mark_boxes(segment, grid.visualRect(grid.model().index(3, 1)))
    metrics = grid.fontMetrics()
    assert box.width() == pytest.approx(metrics.horizontalAdvance("retired") + 2, abs=2)
    left = grid.visualRect(grid.model().index(3, 1)).left()
    assert box.left() - left == pytest.approx(metrics.horizontalAdvance(text[:start]) + 4, abs=2)


def test_a_click_on_a_mark_makes_it_the_current_one(qtbot, opened):
    viewer = opened()
    viewer.set_marks([mark(1, "B5", 0, 2), mark(2, "B5", 3, 16), mark(3, "D5", 0, 10)])
    grid = viewer.grid
    boxes = list(
        grid.painting.mark_boxes(
            grid.model().segment(4, 1), grid.visualRect(grid.model().index(4, 1))
        )
    )
    for view, box, _ in boxes:
        with qtbot.waitSignal(viewer.mark_activated) as signal:
            where = box.center().toPoint()
            qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert signal.args == [view.id]
    with qtbot.assertNotEmitted(viewer.mark_activated, wait=20):
        where = middle(viewer, 7, 1)
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_showing_a_mark_goes_to_its_sheet_and_cell(qtbot, opened):
    viewer = opened()
    viewer.tabs.setCurrentIndex(1)
    viewer.set_marks([mark(9, "F1500", 0, 5)])
    viewer.show_mark(9)
    settle(qtbot, viewer)
    assert viewer.tabs.tabText(viewer.tabs.currentIndex()) == "Cases"
    index = viewer.grid.currentIndex()
    assert (index.row(), index.column()) == (1499, 5)
    assert viewer.grid.viewport().rect().contains(viewer.grid.visualRect(index))
    assert viewer.line.toPlainText() == index.data()


def test_a_mark_can_be_shown_before_the_sheets_are_known(qtbot):
    viewer = SheetViewer(FakeFeed(sheets=SHEETS, cells=make_cells()))
    qtbot.addWidget(viewer)
    viewer.resize(800, 500)
    viewer.set_marks([mark(9, "B700", 0, 5)])
    viewer.show_mark(9)
    viewer.show()
    qtbot.waitUntil(lambda: viewer.grid.currentIndex().row() == 699)


def test_hidden_sheets_and_hidden_content_say_so(qtbot, opened):
    viewer = opened()
    titles = [viewer.tabs.tabText(number) for number in range(viewer.tabs.count())]
    assert titles == ["Cases", "Archive (hidden)", "Hidden content"]
    assert viewer.tabs.tabIcon(0).isNull()
    assert not viewer.tabs.tabIcon(1).isNull()
    viewer.set_marks(
        [
            MarkView(
                4, Span("part:xl/comments1.xml#1", 0, 8), MarkState.UNDECIDED, "person", hidden=True
            )
        ]
    )
    viewer.show_mark(4)
    qtbot.waitUntil(lambda: viewer.grid.currentIndex().isValid())
    row = viewer.grid.currentIndex().row()
    model = viewer.grid.model()
    assert model.index(row, 0).data() == "Comment"
    assert model.index(row, 2).data() == "Ask Maya"
    assert viewer.line.toPlainText() == "Ask Maya"


def test_the_sheets_are_turned_with_the_keys(qtbot, opened):
    viewer = opened()
    qtbot.keyClick(viewer.grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert viewer.tabs.currentIndex() == 1
    qtbot.keyClick(viewer.grid, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(viewer.grid, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert viewer.tabs.currentIndex() == 0


def test_the_place_is_told(qtbot, opened):
    viewer = opened()
    with qtbot.waitSignal(viewer.place_changed) as told:
        select(viewer, 4, 1)
    assert told.args == ["Cases, cell B5"]


def test_selected_cells_are_marked_whole_and_empty_ones_not(qtbot, opened):
    viewer = opened()
    view = viewer.grid.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(viewer, 8, 1))
    qtbot.mouseClick(
        view,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        pos=middle(viewer, 9, 2),
    )
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    # (row + column) % 11 == 10 is empty: C9 and B10.
    assert signal.args[0] == [
        Selection(Span("sheet:Cases!B9", 0, 16), "PC Rowan Ashdown"),
        Selection(Span("sheet:Cases!C10", 0, 76), cell("Cases", 9, 2).text),
    ]


def test_cells_are_selected_with_the_keys(qtbot, opened):
    viewer = opened()
    select(viewer, 2, 0)
    qtbot.keyClick(viewer.grid, Qt.Key.Key_Down)
    qtbot.keyClick(viewer.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    assert [one.target.segment for one in signal.args[0]] == ["sheet:Cases!A4", "sheet:Cases!B4"]


def test_rows_not_seen_yet_are_fetched_before_they_are_marked(qtbot, opened):
    viewer = opened()
    model = viewer.grid.model()
    chosen = viewer.grid.selectionModel()
    for row in range(1200):
        chosen.select(model.index(row, 5), QItemSelectionModel.SelectionFlag.Select)
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    rows = [int(one.target.segment.rpartition("!F")[2]) - 1 for one in signal.args[0]]
    assert rows == [row for row in range(1200) if (row + 5) % 11 != 10]


def test_a_whole_column_is_chosen_as_a_range_and_never_cell_by_cell(qtbot, opened):
    viewer = opened(sheets=[("sheet:Cases", 199_999)])
    column = viewer.grid.horizontalHeader()
    at = QPoint(column.sectionViewportPosition(2) + 10, 8)
    qtbot.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, pos=at)
    marked: list[object] = []
    viewer.selected.connect(marked.append)
    asked = len(viewer.feed.asked)
    with qtbot.waitSignal(viewer.table_wanted) as wanted:
        viewer.mark_selection()
    assert wanted.args[0].cells == (Cells("sheet:Cases", None, ((2, 2),)),)
    assert wanted.args[0].what == "column C"
    assert wanted.args[0].most == 200_000
    assert not marked
    assert len(viewer.feed.asked) == asked, "no row was fetched for it"


@pytest.mark.parametrize(
    ("key", "how", "what"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier, "column B"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier, "row 5"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "the whole sheet"),
    ],
)
def test_rows_columns_and_the_sheet_are_selected_with_the_keys_of_a_spreadsheet(
    qtbot, opened, key, how, what
):
    viewer = opened()
    select(viewer, 4, 1)
    qtbot.keyClick(viewer.grid, key, how)
    assert viewer.chosen().what == what


def test_a_row_is_chosen_whole_by_its_number(qtbot, opened):
    viewer = opened()
    select(viewer, 4, 1)
    qtbot.keyClick(viewer.grid, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert viewer.chosen().cells == (Cells("sheet:Cases", ((4, 4),), None),)


def test_the_heading_stays_in_view_and_can_be_switched_off(qtbot, opened):
    viewer = opened()
    assert viewer.shown.frozen.isHidden()
    viewer.grid.scrollTo(viewer.grid.model().index(900, 0))
    settle(qtbot, viewer)
    assert viewer.shown.frozen.isVisible()
    shot = viewer.shown.frozen.grab().toImage()
    ink = sum(
        shot.pixelColor(x, y).lightness() < 100
        for x in range(viewer.grid.verticalHeader().width(), shot.width())
        for y in range(4, shot.height() - 4)
    )
    assert ink > 60, "the headings are drawn"
    viewer.shown.frozen.switch(on=False)
    assert viewer.shown.frozen.isHidden()


def test_a_click_on_a_frozen_heading_chooses_it_without_scrolling(qtbot, opened):
    viewer = opened()
    viewer.grid.scrollTo(viewer.grid.model().index(900, 0))
    settle(qtbot, viewer)
    before = viewer.grid.verticalScrollBar().value()
    x = viewer.grid.verticalHeader().width() + viewer.grid.columnViewportPosition(1) + 8
    qtbot.mouseClick(viewer.shown.frozen, Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    index = viewer.grid.currentIndex()
    assert (index.row(), index.column()) == (0, 1)
    assert viewer.grid.verticalScrollBar().value() == before


def test_a_cell_that_is_gone_to_is_not_under_the_frozen_heading(qtbot, opened):
    viewer = opened()
    viewer.grid.scrollTo(viewer.grid.model().index(900, 0))
    settle(qtbot, viewer)
    viewer.grid.setCurrentIndex(viewer.grid.model().index(500, 0))
    rect = viewer.grid.visualRect(viewer.grid.currentIndex())
    assert rect.top() >= viewer.shown.frozen.height() - 2


def test_a_part_of_a_cell_is_marked_from_the_reading_line(qtbot, opened):
    viewer = opened()
    select(viewer, 3, 1)
    assert viewer.line.toPlainText() == "Sgt Maya Thorne 😀 (retired)"
    line = viewer.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(11):
        qtbot.keyClick(line, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    text = "😀 (retired)"
    assert signal.args == [[Selection(Span("sheet:Cases!B4", 16, 27), text)]]


def test_fields_of_a_delimited_file_carry_their_column(qtbot, opened):
    def cells(container: str, first: int, last: int) -> list[Segment]:
        return [
            Segment(FieldPlace(row, column), f"field {row} {column}")
            for row in range(first, min(last, 30) + 1)
            for column in range(3)
        ]

    viewer = opened(sheets=[("rows", 30)], cells=cells)
    assert not viewer.tabs.isVisible()
    viewer.set_marks([MarkView(1, Span("row:3", 0, 5, 1), MarkState.UNDECIDED, "person")])
    viewer.show_mark(1)
    index = viewer.grid.currentIndex()
    assert (index.row(), index.column()) == (2, 1)
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    assert signal.args == [[Selection(Span("row:3", 0, 9, 1), "field 2 1")]]


def test_a_screen_reader_hears_the_text_and_the_state(qtbot, opened):
    viewer = opened()
    viewer.set_marks([mark(1, "B5", 3, 16, MarkState.REDACT)])
    index = viewer.grid.model().index(4, 1)
    heard = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "PC Rowan Ashdown, to be redacted"


def test_zooming_changes_rows_and_columns_alike(qtbot, opened):
    viewer = opened()
    grid = viewer.grid
    height, width = grid.rowHeight(0), grid.columnWidth(1)
    qtbot.keyClick(grid, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert grid.rowHeight(0) > height
    assert grid.columnWidth(1) > width
    qtbot.keyClick(grid, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert grid.rowHeight(0) == height
    assert grid.columnWidth(1) == pytest.approx(width, abs=2)


def test_single_letters_reach_the_window(qtbot):
    window = QWidget()
    viewer = SheetViewer(FakeFeed(sheets=SHEETS, cells=make_cells()))
    QVBoxLayout(window).addWidget(viewer)
    qtbot.addWidget(window)
    got: list[str] = []
    for letter in "ARNPMB":
        QShortcut(QKeySequence(letter), window, lambda letter=letter: got.append(letter))
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: viewer.grid.model() is not None)
    settle(qtbot, viewer)
    select(viewer, 0, 0)
    for target in (viewer.grid, viewer.line):
        target.setFocus()
        got.clear()
        for letter in "ARNPMB":
            qtbot.keyClick(target, letter)
        assert got == list("ARNPMB")
    assert viewer.grid.currentIndex().row() == 0


def test_blocks_are_as_large_as_the_viewer_expects():
    assert BLOCK_ROWS == 200
