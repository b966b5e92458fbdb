"""The filter of the log: what is left, and how it is reached and cleared."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt

from redactor.app.log_words import Group
from redactor.events import EventKind
from tests.gui.log_page.steps import first, key, listed, show
from tests.log_events import SECOND, whole_life


@pytest.mark.parametrize("group", list(Group))
def test_every_kind_can_be_listed_alone_and_counted(full, group):
    full.filter.group.setCurrentText(str(group))
    total = len(whole_life().events)
    assert {full.model.entry_at(row).group for row in range(full.model.rowCount())} == {group}
    assert full.count.text() == f"{full.model.rowCount()} of {total}"


def test_filters_add_up(full):
    full.filter.group.setCurrentText("Decisions")
    full.filter.person.setCurrentText("Agnes Pell")
    both = listed(full)
    assert both
    assert all(one.fingerprint == SECOND for one in both)
    full.filter.document.setCurrentText("response-letter.docx")
    assert 0 < full.model.rowCount() < len(both)
    assert all(1 in full.model.entry_at(row).documents for row in range(full.model.rowCount()))


def test_text_is_sought_in_the_sentence_and_in_what_people_wrote(qtbot, full):
    qtbot.keyClicks(full.filter.text, "S31(1)")
    key(qtbot, full.filter.text, Qt.Key.Key_Return)
    assert {one.kind for one in listed(full)} == {EventKind.DECIDED}
    full.filter.clear()
    qtbot.keyClicks(full.filter.text, "away ILL")
    qtbot.waitUntil(lambda: full.model.rowCount() == 1)
    assert listed(full)[0].kind is EventKind.LOCK_TAKEN


def test_days_are_sought_from_their_beginning_to_their_end_in_local_time(full):
    day = dt.datetime.fromisoformat(whole_life().events[20].at).astimezone().date()
    full.filter.since.setDate(QDate(day.year, day.month, day.day))
    full.filter.until.setDate(QDate(day.year, day.month, day.day))
    of_the_day = [
        one.seq
        for one in whole_life().events
        if dt.datetime.fromisoformat(one.at).astimezone().date() == day
    ]
    assert sorted(one.seq for one in listed(full)) == of_the_day
    assert len(of_the_day) > 2


def test_all_days_stay_all_days_when_the_log_grows(full):
    until = full.filter.until
    assert until.date() == until.maximumDate()
    later = whole_life()
    known = len(later.events)
    later._hours = 24.0
    for mark in (1, 2, 3):
        later.decide(mark)
    show(full, later.events[known:])
    assert until.date() == until.maximumDate()
    assert not full.filter.is_set
    assert full.model.rowCount() == known + 3


@pytest.mark.parametrize("field", ["text", "group", "person", "document", "since", "until"])
def test_escape_in_any_field_lists_everything_again(qtbot, full, field):
    full.filter.group.setCurrentText("Comments")
    assert full.filter.clear_button.isEnabled()
    widget = getattr(full.filter, field)
    widget.setFocus()
    key(qtbot, widget, Qt.Key.Key_Escape)
    assert full.model.rowCount() == len(whole_life().events)
    assert full.filter.group.currentText() == "All kinds"
    assert not full.filter.clear_button.isEnabled()


def test_the_button_clears_every_filter(qtbot, full):
    full.filter.person.setCurrentText("Idris Vaughan")
    qtbot.keyClicks(full.filter.text, "nowhere")
    key(qtbot, full.filter.text, Qt.Key.Key_Return)
    assert full.model.rowCount() == 0
    assert "No event is listed" in full.details.toPlainText()
    qtbot.mouseClick(full.filter.clear_button, Qt.MouseButton.LeftButton)
    assert full.model.rowCount() == len(whole_life().events)
    assert full.filter.text.text() == ""


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        ("X", "text"),
        ("K", "group"),
        ("P", "person"),
        ("D", "document"),
        ("M", "since"),
        ("T", "until"),
    ],
)
def test_each_field_has_a_key_that_no_menu_has(qtbot, full, letter, field):
    full.table.setFocus()
    key(qtbot, full, getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)
    assert getattr(full.filter, field).hasFocus()
    assert letter not in "FERCVH"


def test_a_filter_that_leaves_the_chosen_event_in_keeps_it_chosen(full):
    commented = first(EventKind.COMMENTED)
    full.go_to(commented.seq)
    full.filter.person.setCurrentText("Idris Vaughan")
    assert full.current().event.seq == commented.seq
    full.filter.clear()
    assert full.current().event.seq == commented.seq
