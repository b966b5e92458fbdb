"""Large logs: a cell is the same work in all of them, and the window stays usable."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt

from tests.gui.log_page.steps import key, listed, settle, show
from tests.log_events import OFFICER, SECOND, long_log, whole_life
from ui.log_model import LogColumn, LogModel


def lines_run(do) -> int:
    """Count the lines of Python that something runs."""
    count = 0

    def trace(_frame, what, _arg):
        nonlocal count
        count += what == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


def work_on_a_cell(model: LogModel, seq: int) -> int:
    row = model.row_of(seq)
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )

    def look() -> None:
        for column in LogColumn:
            for role in roles:
                model.data(model.index(row, column), role)

    look()
    return lines_run(look)


def test_a_cell_is_the_same_work_in_a_log_of_60_000_events(qtbot, page):
    show(page, long_log(60_000))
    settle(qtbot, page)
    assert page.count.text() == "60,000 of 60,000"
    long = work_on_a_cell(page.model, 30_001)
    page.model.forget(OFFICER)
    show(page, long_log(100))
    settle(qtbot, page)
    assert work_on_a_cell(page.model, 51) == long


def test_a_cell_is_the_same_work_for_a_decision_on_very_many_places(qtbot, full):
    log = whole_life()
    known = len(log.events)
    log.decide(3)  # takes the approval away
    few, many = log.decide(1, 11), log.decide(*range(1, 21), *range(1000, 60_000))
    show(full, log.events[known:])
    settle(qtbot, full)
    assert work_on_a_cell(full.model, many.seq) == work_on_a_cell(full.model, few.seq)


def test_a_long_log_is_taken_in_and_filtered_in_turns(qtbot, page):
    show(page, long_log(20_000))
    assert page.model.is_busy
    assert page.count.text().startswith("Reading… ")
    settle(qtbot, page)
    assert page.model.rowCount() == 20_000
    page.filter.person.setCurrentText("Agnes Pell")
    settle(qtbot, page)
    assert 0 < page.model.rowCount() < 20_000
    assert all(one.fingerprint == SECOND for one in listed(page)[:50])


def test_events_that_come_while_a_filter_is_at_work_are_not_lost(qtbot, page):
    events = long_log(20_100)
    show(page, events[:20_000])
    page.filter.person.setCurrentText("Morwenna Teague")
    show(page, events[20_000:20_050])
    page.filter.text.setText("decided")
    key(qtbot, page.filter.text, Qt.Key.Key_Return)
    show(page, events[20_050:])
    settle(qtbot, page)
    assert page.model.total == 20_100
    wanted = page.filter.wanted
    expected = [one.event.seq for one in page.model.story.entries if wanted.takes(one)]
    assert [one.seq for one in listed(page)] == expected[::-1]


def test_the_view_asks_for_no_more_than_it_shows(qtbot, page):
    show(page, long_log(20_000))
    settle(qtbot, page)
    asked: set[int] = set()
    real = page.model.entry_at

    def entry_at(row: int):
        asked.add(row)
        return real(row)

    page.model.entry_at = entry_at
    page.table.viewport().repaint()
    rows_seen = page.table.viewport().height() // page.table.rowHeight(0) + 2
    assert 0 < len(asked) <= rows_seen
