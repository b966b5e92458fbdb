"""The details of one event: all that was written, and where they lead."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication

from redactor.events import EventKind
from tests.gui.log_page.steps import first, key, settle, show
from tests.log_events import REVIEWER, whole_life
from ui.log_details import details_html, runs_of
from ui.log_model import LogColumn


def test_enter_goes_to_the_details_and_escape_back(qtbot, full):
    full.filter.group.setCurrentText("Rulings")
    full.table.setFocus()
    key(qtbot, full.table, Qt.Key.Key_Return)
    assert full.details.hasFocus()
    key(qtbot, full.details, Qt.Key.Key_Escape)
    assert full.table.hasFocus()
    assert full.filter.group.currentText() == "Rulings"


def test_details_give_what_was_written_in_full_and_all_the_rest(full):
    full.go_to(first(EventKind.RETURNED).seq)
    said = full.details.toPlainText()
    assert "Finding 12 needs another look.\nThe rest is good." in said
    full.go_to(first(EventKind.RULED).seq)
    said = full.details.toPlainText()
    assert "Ruled on word/footnotes.xml in document 1 (response-letter.docx): left out" in said
    assert "Reason\nThe footnotes hold nothing that was asked for." in said
    assert "Left out" in said


def test_details_leave_nothing_of_a_body_out(full):
    for entry in full.model.story.entries:
        full.details.setHtml(details_html(entry, full.model.story))
        said = "".join(full.details.toPlainText().split())
        for name, value in entry.event.body.items():
            if isinstance(value, str) and value and name not in {"since", "ruling", "role", "code"}:
                assert value.replace(" ", "").replace("\n", "")[:16].casefold() in said.casefold()


def test_details_lead_to_the_event_that_is_spoken_of(full):
    approved = first(EventKind.APPROVED)
    full.filter.group.setCurrentText("Sign-off")
    full.go_to(approved.seq)
    assert f'href="event:{approved.body["submission"]}"' in full.details.property("shown")
    full.details.anchorClicked.emit(QUrl(f"event:{approved.seq + 2}"))
    assert full.current().event.seq == approved.seq + 2
    assert not full.filter.is_set


def test_a_digest_is_copied_whole(qtbot, full):
    event = full.current().event
    assert event.digest[:16] in full.details.toPlainText()
    assert event.digest not in full.details.toPlainText()
    full.details.setFocus()
    for _ in range(4):  # over the links: of the key, the approval, a file, and this one
        key(qtbot, full.details, Qt.Key.Key_Tab)
    key(qtbot, full.details, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == event.digest


def test_details_escape_what_people_wrote(full):
    log = whole_life()
    known = len(log.events)
    log.add(REVIEWER, EventKind.COMMENTED, mark=3, text="<b>bold</b> & <a href='x:y'>link</a>")
    show(full, log.events[known:])
    full.go_to(known + 1)
    assert "<b>bold</b> & <a href='x:y'>link</a>" in full.details.toPlainText()


def test_many_numbers_are_written_as_runs():
    assert runs_of([5, 1, 2, 3, 9, 9]) == ["1–3", "5", "9"]


def test_details_of_a_decision_on_very_many_places_stay_short(qtbot, full):
    log = whole_life()
    known = len(log.events)
    log.decide(*range(1, 100_000, 2))
    show(full, log.events[known:])
    settle(qtbot, full)
    full.go_to(known + 1)
    assert len(full.details.toPlainText()) < 3000
    assert "and 49,900 more" in full.details.toPlainText()


def test_the_details_stand_below_where_there_is_no_room_beside(full):
    assert full.splitter.orientation() is Qt.Orientation.Horizontal
    full.resize(1000, 700)
    assert full.splitter.orientation() is Qt.Orientation.Vertical
    sentence = full.table.horizontalHeader().sectionSize(LogColumn.WHAT)
    assert sentence > 200
