"""The page of the log: what it says, what it lists, what it copies, checks and exports."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from redactor.app.case import Case
from redactor.app.log_words import Group
from redactor.case.check import check_export
from redactor.case.marks import NewMark
from redactor.events import Event, EventKind
from redactor.jobs import Reading
from redactor.model import Action, Span
from tests.log_events import NAMES, OFFICER, PLACES, REVIEWER, SECOND, long_log, whole_life
from ui import theme
from ui.log_details import details_html, runs_of
from ui.log_model import LogColumn, LogModel
from ui.log_reading import LogRead
from ui.panels.log import LogPage
from ui.tasks import CaseLane, Courier

PATIENCE_MS = 60_000
PASSPHRASE = "seven brown horses cross"


@pytest.fixture
def page(qtbot, qapp) -> Iterator[LogPage]:
    """Give the page, shown, without a case."""
    theme.apply(qapp, dark=False)
    made = LogPage()
    qtbot.addWidget(made)
    made.resize(1400, 820)
    made.set_lane(None, OFFICER)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def full(page: LogPage) -> LogPage:
    """Give the page with every kind of event."""
    show(page, whole_life().events)
    return page


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


# --- what is listed ---------------------------------------------------------------------------


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


# --- the filter -------------------------------------------------------------------------------


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


# --- details ----------------------------------------------------------------------------------


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


# --- copying ----------------------------------------------------------------------------------


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


# --- large logs -------------------------------------------------------------------------------


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


# --- a real case ------------------------------------------------------------------------------


@pytest.fixture
def lane(qtbot, page, officer, tmp_path: Path) -> Iterator[CaseLane]:
    """Give a real case with a document, three findings, decisions, an undo and a ruling."""

    def begin() -> Case:
        case = Case.create(tmp_path / "case.redactor", "FOI 2026/0417", PASSPHRASE, officer)
        source = tmp_path / "letter.txt"
        source.write_text("Kensa Trevail wrote to us.", encoding="utf-8")
        number = case.add_file(source)
        case.begin_reading(number)
        spots = [NewMark(Span("p1", at, at + 4), "text", "PERSON", 0.9, "x", "y") for at in (0, 7)]
        marks = case.store.add_marks(number, spots)
        case.finish_reading(number, Reading("0" * 64, "text", (), (), ()))
        ids = [mark.id for mark in marks]
        case.decide(ids, Action.REDACT, "s40(2) by s40(3A)(a)", "A private person.")
        case.decide(ids[:1], Action.KEEP, "", "A public official after all.")
        case.undo()
        return case

    courier = Courier(page)
    made = CaseLane(courier, lambda _: None)
    made.open(begin, lambda: None, lambda error: pytest.fail(error.user_message))
    page.set_lane(made, officer.fingerprint)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=PATIENCE_MS)
    yield made
    page.set_lane(None)
    made.close().result(30)
    made.wait()
    courier.close()


def test_the_log_of_a_case_is_read_when_the_page_is_shown(qtbot, page, lane, officer):
    kinds = [one.kind for one in listed(page)]
    assert kinds[-1] is EventKind.CASE_CREATED
    assert kinds[0] is EventKind.UNDONE
    assert cell(page.model, len(kinds), LogColumn.DOCUMENT) == "1 · letter.txt"
    assert cell(page.model, 1, LogColumn.WHO) == f"You ({officer.name})"
    assert page.check.banner.text() == "The chain of the log held when the case was opened."


def test_what_happened_meanwhile_is_there_when_the_page_comes_up_again(qtbot, page, lane):
    known = page.model.total
    page.hide()
    lane.submit(lambda case: case.redo()).result(30)
    page.refresh()
    assert not page._asking
    page.show()
    qtbot.waitUntil(lambda: page.model.total == known + 1, timeout=PATIENCE_MS)
    page.refresh()
    page.refresh()
    qtbot.waitUntil(lambda: not page._asking, timeout=PATIENCE_MS)
    assert page.model.total == known + 1


def test_a_check_says_that_all_events_and_signatures_hold(qtbot, page, lane):
    qtbot.mouseClick(page.check.check, Qt.MouseButton.LeftButton)
    assert not page.check.check.isEnabled()
    assert page.check.running.isVisible()
    qtbot.waitUntil(lambda: not page.check.is_checking, timeout=PATIENCE_MS)
    total = page.model.total
    assert page.check.banner.text() == f"All {total} events and their signatures hold."
    assert page.check.banner.property("good") == "true"
    assert not page.check.problems.isVisible()
    assert not page.check.running.isVisible()
    assert page.check.check.isEnabled()


def test_a_check_names_the_event_that_was_changed_and_leads_to_it(qtbot, page, lane):
    def tamper(case: Case) -> None:
        link = case.store.vault.link
        link.execute("DROP TRIGGER events_are_never_changed")
        link.execute("UPDATE events SET actor = 'Somebody Else' WHERE seq = 3")

    lane.submit(tamper).result(30)
    qtbot.mouseClick(page.check.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.check.is_checking, timeout=PATIENCE_MS)
    assert "wrong with this log" in page.check.banner.text()
    assert page.check.banner.property("trouble") == "true"
    problems = page.check.problems
    assert "Event 3" in problems.item(0).text()
    problems.setCurrentRow(0)
    key(qtbot, problems, Qt.Key.Key_Return)
    assert page.current().event.seq == 3


def test_a_check_can_be_stopped_and_says_nothing_then(qtbot, page, lane):
    lane.submit(lambda case: [case.redo() if n % 2 == 0 else case.undo() for n in range(40)])
    page.check.start()
    page.check.start()
    qtbot.mouseClick(page.check.stop, Qt.MouseButton.LeftButton)
    assert not page.check.is_checking
    lane.submit(lambda _: None).result(30)
    qtbot.wait(50)
    assert "stopped before its end" in page.check.banner.text()
    qtbot.mouseClick(page.check.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.check.is_checking, timeout=PATIENCE_MS)
    assert "events and their signatures hold" in page.check.banner.text()


def test_the_log_is_exported_with_a_dialog_and_can_be_checked_by_others(
    qtbot, page, lane, tmp_path
):
    qtbot.mouseClick(page.check.export, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    out = tmp_path / "for-the-auditor.jsonl"
    dialog.findChild(QLineEdit).setText(str(out))
    dialog.accept()
    qtbot.waitUntil(lambda: "was exported to" in page.check.banner.text(), timeout=PATIENCE_MS)
    assert str(out) in page.check.banner.text()
    assert "holds no text of the documents" in page.check.banner.text()
    assert check_export(out) == []
    assert len(out.read_text(encoding="utf-8").splitlines()) == page.model.total + 1
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["seq"] == 1
    assert "Kensa" not in out.read_text(encoding="utf-8")


def test_an_export_that_cannot_be_written_says_why(qtbot, page, lane, tmp_path):
    with qtbot.waitSignal(page.failed, timeout=PATIENCE_MS) as failed:
        page.check.export_to(tmp_path / "case.redactor")
    assert "Nothing was written" in failed.args[0].user_message


def test_a_broken_chain_is_said_at_once(page):
    page._take(LogRead(whole_life().events, NAMES, PLACES, 17))
    assert "does not hold from event 17 on" in page.check.banner.text()
    assert page.check.banner.property("trouble") == "true"


def test_an_answer_of_a_case_that_was_left_is_not_shown(qtbot, page, lane):
    page.refresh()
    page.set_lane(None)
    lane.submit(lambda _: None).result(30)
    qtbot.wait(50)
    assert page.model.total == 0
    assert not page.check.check.isEnabled()


# --- for everybody ----------------------------------------------------------------------------


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


def test_the_details_stand_below_where_there_is_no_room_beside(full):
    assert full.splitter.orientation() is Qt.Orientation.Horizontal
    full.resize(1000, 700)
    assert full.splitter.orientation() is Qt.Orientation.Vertical
    sentence = full.table.horizontalHeader().sectionSize(LogColumn.WHAT)
    assert sentence > 200
