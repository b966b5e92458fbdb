"""What the page of the log lists, how it names it, and what is copied of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from redactor.events import EventKind
from tests.gui.log_page.steps import cell, first, key, listed, show
from tests.log_events import OFFICER, REVIEWER, whole_life
from ui.log_model import LogColumn


def test_the_newest_event_comes_first_and_is_chosen(full):
    total = len(whole_life().events)
    assert full.count.text() == f"{total} of {total}"
    assert full.model.entry_at(0).event.seq == total
    assert full.current().event.seq == total


def test_a_row_says_number_when_who_what_and_document(full):
    ruled = first(EventKind.RULED)
    model = full.model
    assert cell(model, ruled.seq, LogColumn.NUMBER) == str(ruled.seq)
    assert (
        cell(model, ruled.seq, LogColumn.WHAT)
        == "Ruled on word/footnotes.xml in document 1: left out"
    )
    assert cell(model, ruled.seq, LogColumn.DOCUMENT) == "1 · response-letter.docx"
    tip = Qt.ItemDataRole.ToolTipRole
    assert cell(model, ruled.seq, LogColumn.WHO, tip) == " ".join(["0f0f"] * 10)
    assert cell(model, ruled.seq, LogColumn.WHEN, tip).endswith(" UTC")


def test_a_moment_is_shown_in_the_time_of_the_computer(full):
    event = first(EventKind.RULED)
    local = dt.datetime.fromisoformat(event.at).astimezone()
    shown = cell(full.model, event.seq, LogColumn.WHEN)
    assert shown == f"{local.day} {local:%b %Y, %H:%M}"


def test_ones_own_events_are_marked(full):
    assert cell(full.model, 1, LogColumn.WHO) == "You (Morwenna Teague)"
    commented = first(EventKind.COMMENTED)
    assert cell(full.model, commented.seq, LogColumn.WHO) == "Idris Vaughan"


def test_when_another_person_works_their_events_are_the_marked_ones(full):
    full.set_own(REVIEWER)
    assert cell(full.model, 1, LogColumn.WHO) == "Morwenna Teague"
    assert cell(full.model, first(EventKind.COMMENTED).seq, LogColumn.WHO) == "You (Idris Vaughan)"


def test_an_undone_event_is_struck_through_and_says_so(full):
    undone = first(EventKind.UNDONE)
    seq = undone.body["event"]
    assert cell(full.model, seq, LogColumn.NOTE) == f"Undone by {undone.seq}"
    assert cell(full.model, seq, LogColumn.WHAT, Qt.ItemDataRole.FontRole).strikeOut()
    spoken = cell(full.model, seq, LogColumn.NOTE, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Note: Undone by {undone.seq}"
    assert cell(full.model, undone.seq, LogColumn.WHAT, Qt.ItemDataRole.FontRole) is None


def test_the_change_that_took_an_approval_away_is_marked_and_so_is_the_approval(full):
    approved = first(EventKind.APPROVED)
    change = approved.seq + 2
    assert cell(full.model, change, LogColumn.NOTE) == f"Took approval {approved.seq} away"
    assert cell(full.model, change, LogColumn.NOTE, Qt.ItemDataRole.DecorationRole) is not None
    assert cell(full.model, approved.seq, LogColumn.NOTE) == f"Taken away by {change}"


def test_what_was_not_allowed_is_marked_with_why(full):
    released = first(EventKind.RELEASED)
    assert cell(full.model, released.seq, LogColumn.NOTE) == "Not allowed"
    tip = cell(full.model, released.seq, LogColumn.NOTE, Qt.ItemDataRole.ToolTipRole)
    assert tip == "The case is not approved. It counts for nothing."


def test_new_events_come_in_on_top_and_the_chosen_one_stays_chosen(full):
    log = whole_life()
    known = len(log.events)
    full.go_to(20)
    decided = log.decide(5)
    undone = log.add(OFFICER, EventKind.UNDONE, event=decided.seq)
    show(full, log.events[known:])
    assert [one.seq for one in listed(full)[:2]] == [undone.seq, decided.seq]
    assert full.current().event.seq == 20
    took = f"Took approval {known - 2} away"
    assert cell(full.model, decided.seq, LogColumn.NOTE) == f"{took}; Undone by {undone.seq}"
    again = log.add(OFFICER, EventKind.REDONE, event=decided.seq)
    show(full, [again])
    assert cell(full.model, decided.seq, LogColumn.NOTE) == took


def test_a_click_on_the_number_turns_the_order_round(qtbot, full):
    header = full.table.horizontalHeader()
    at = QPoint(header.sectionPosition(LogColumn.NUMBER) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [one.seq for one in listed(full)] == list(range(1, len(whole_life().events) + 1))
    assert not full.filter.newest_first.isChecked()
    full.table.setFocus()
    key(qtbot, full, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: full.model.entry_at(0).event.seq == len(whole_life().events))


def test_the_selected_lines_are_copied_as_text_for_others(qtbot, full):
    full.table.setFocus()
    full.go_to(first(EventKind.RULED).seq)
    key(qtbot, full.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(qtbot, full.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    cells = lines[0].split("\t")
    assert cells[2:4] == [
        "Morwenna Teague",
        "Ruled on word/footnotes.xml in document 1: left out",
    ]


def test_everything_has_a_name_for_a_screen_reader(full):
    check, fields = full.check, full.filter
    for widget in (
        full.table,
        full.details,
        check.banner,
        check.check,
        check.export,
        check.stop,
        check.problems,
        fields.text,
        fields.group,
        fields.person,
        fields.document,
        fields.since,
        fields.until,
        fields.newest_first,
        fields.clear_button,
    ):
        assert widget.accessibleName()
