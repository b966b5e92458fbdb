"""The review as an officer does it: real files, real workers, a real case, real clicks and keys."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from redactor.config import resource_path
from redactor.model import Action
from tests.gui.conftest import (
    LETTER,
    PASSPHRASE,
    PATIENCE_MS,
    stored,
    wait_until_read,
    wait_until_saved,
    write,
)
from ui.dialogs.review import NotAddedDialog, PreviewDialog
from ui.session import Session
from ui.viewers.base import MarkState
from ui.window import MainWindow

NOTE = """Note of a call

The caller gave daniel.ashworth@example.org as the address, and 07700 900352.
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return write(tmp_path / "note.txt", NOTE)


def long_file(path: Path, lines: int) -> Path:
    rows = [
        f"Line {n}: officer{n}@example.org, 07700 900{n % 1000:03d}, Daniel Ashworth"
        for n in range(lines)
    ]
    return write(path, "\n".join(rows) + "\n")


def press(qtbot, window: MainWindow, key: Qt.Key, *, shift: bool = False) -> None:
    """Press a key where the focus is, in the table where it is nowhere."""
    target = QApplication.focusWidget() or window.review.findings.table
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(target, key, modifier)


def ready(qtbot, window: MainWindow, *, reason: str = "A private person.", keep: str = "Public."):
    """Choose the first finding, write both reasons, and put the focus on the table."""
    review = window.review
    review.decision.reasons[Action.REDACT].setEditText(reason)
    review.decision.reasons[Action.KEEP].setEditText(keep)
    review.findings.table.setFocus()
    review.findings.select_row(0)
    assert review.findings.table.hasFocus()


def texts(window: MainWindow) -> list[str]:
    model = window.review.findings.model
    return [window.session.marks.by_id[one].text for one in model.ids_at(range(model.rowCount()))]


def row_with(window: MainWindow, text: str) -> int:
    return texts(window).index(text)


def states(session: Session) -> dict[int, MarkState]:
    return {one: session.marks.state(one) for one in session.marks.ids}


def kept_states(session: Session) -> dict[int, str]:
    """Give the decisions as the case file has them."""
    standing = session.lane.submit(lambda case: case.standing()).result(30)
    return {one: str(decision.action) for one, decision in standing.decisions.items()}


def test_findings_of_added_files_arrive_and_are_shown_in_the_document(
    qtbot, window, opened, letter, note
):
    session = opened(letter, note)
    assert [one.status for one in session.documents.values()] == ["read", "read"]
    assert {"daniel.ashworth@example.org", "07700 900461"} <= set(texts(window))
    assert all(one.document == 1 for one in map(session.marks.by_id.get, marks_listed(window)))
    assert window.review.viewing.viewer is not None
    assert window.review.documents.model.rowCount() == 2
    index = window.review.documents.model.index(0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"letter.txt: {session.marks.counts(1).undecided} to decide"


def marks_listed(window: MainWindow) -> list[int]:
    model = window.review.findings.model
    return model.ids_at(range(model.rowCount()))


def test_accept_and_reject_by_key_go_on_to_the_next_finding(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    first, second = marks_listed(window)[:2]
    press(qtbot, window, Qt.Key.Key_A)
    assert window.review.findings.current().id == second
    press(qtbot, window, Qt.Key.Key_R)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {first: "redact", second: "keep"}
    assert session.marks.decisions[first].exemption == "s40(2) by s40(3A)(a)"
    assert session.marks.decisions[first].reason == "A private person."
    assert session.marks.decisions[first].actor == "Morwenna Teague"
    assert session.marks.decisions[second].reason == "Public."
    assert session.marks.decisions[second].exemption == ""


def test_keys_pressed_faster_than_the_disk_decide_one_finding_each(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    listed = marks_listed(window)
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == dict.fromkeys(listed[:3], "redact")


def test_next_and_previous_step_through_the_findings(qtbot, window, opened, letter):
    opened(letter)
    ready(qtbot, window)
    listed = marks_listed(window)
    press(qtbot, window, Qt.Key.Key_N)
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.review.findings.current().id == listed[2]
    press(qtbot, window, Qt.Key.Key_P)
    assert window.review.findings.current().id == listed[1]


def test_the_keys_work_in_the_document_too(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    first = window.review.findings.current().id
    viewer = window.review.viewing.viewer
    viewer.setFocus()
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {first: "redact"}


def test_the_buttons_decide_as_the_keys_do(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    first, second = marks_listed(window)[:2]
    qtbot.mouseClick(window.review.decision.reject, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.review.decision.accept, Qt.MouseButton.LeftButton)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {first: "keep", second: "redact"}


def test_no_decision_is_recorded_without_a_reason(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window, reason="", keep="")
    first = window.review.findings.current().id
    press(qtbot, window, Qt.Key.Key_A)
    decision = window.review.decision
    assert decision.reasons[Action.REDACT].lineEdit().hasFocus()
    assert decision.trouble.isVisible()
    assert "reason" in decision.trouble.text()
    assert kept_states(session) == {}
    qtbot.keyClicks(QApplication.focusWidget(), "A private person, a bystander")
    assert not decision.trouble.isVisible()
    press(qtbot, window, Qt.Key.Key_Return)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {first: "redact"}
    assert session.marks.decisions[first].reason == "A private person, a bystander"
    assert window.review.findings.table.hasFocus()


def test_blanks_are_no_reason(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window, keep="   ")
    press(qtbot, window, Qt.Key.Key_R)
    assert window.review.decision.reasons[Action.KEEP].lineEdit().hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}


def test_letters_typed_into_a_field_decide_nothing(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    for field in (
        window.review.decision.reasons[Action.REDACT].lineEdit(),
        window.review.findings.search,
    ):
        field.setFocus()
        field.clear()
        qtbot.keyClicks(field, "arnpmbu AR")
        assert field.text() == "arnpmbu AR"
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}


def test_all_of_a_text_is_decided_in_every_document_and_undone_at_once(
    qtbot, window, opened, letter, note
):
    session = opened(letter, note)
    ready(qtbot, window)
    window.review.findings.select_row(row_with(window, "daniel.ashworth@example.org"))
    press(qtbot, window, Qt.Key.Key_A, shift=True)
    wait_until_saved(qtbot, session)
    decided = kept_states(session)
    places = {session.marks.by_id[one].document for one in decided}
    assert len(decided) == 3
    assert places == {1, 2}
    assert {session.marks.by_id[one].text for one in decided} == {"daniel.ashworth@example.org"}
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}


def test_undo_and_redo_know_no_limit(qtbot, window, opened, tmp_path):
    session = opened(long_file(tmp_path / "long.txt", 12))
    ready(qtbot, window)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for number in range(20):
        press(qtbot, window, Qt.Key.Key_A if number % 3 else Qt.Key.Key_R)
    wait_until_saved(qtbot, session)
    after = kept_states(session)
    assert len(after) == 20
    for _ in range(20):
        qtbot.keyClick(window, Qt.Key.Key_Z, control)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}
    assert not window.commands["undo"].isEnabled()
    for number in range(20):
        if number % 2:
            qtbot.keyClick(window, Qt.Key.Key_Y, control)
        else:
            qtbot.keyClick(window, Qt.Key.Key_Z, control | shift)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == after
    assert {one: str(d.action) for one, d in session.marks.decisions.items()} == after
    assert session.marks.counts().decided == 20


def test_undo_shows_what_it_took_back(qtbot, window, opened, letter, note):
    session = opened(letter, note)
    ready(qtbot, window)
    first = window.review.findings.current().id
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    window.review.choose_document(2)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until_saved(qtbot, session)
    assert window.review.number == 1
    assert window.review.findings.current().id == first


def test_several_findings_are_decided_together(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    listed = marks_listed(window)
    qtbot.keyClick(window.review.findings.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window.review.findings.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert window.review.decision.about.text() == "3 findings are chosen"
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == dict.fromkeys(listed[:3], "redact")
    assert not session.marks.undecided & set(listed[:3])


def test_the_filter_narrows_by_text_kind_state_and_document(qtbot, window, opened, letter, note):
    session = opened(letter, note)
    ready(qtbot, window)
    findings = window.review.findings
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert findings.search.hasFocus()
    qtbot.keyClicks(findings.search, "ewa.")
    qtbot.waitUntil(lambda: set(texts(window)) == {"ewa.bielska@example.org"})
    findings.clear_filter()
    findings.scope.setCurrentIndex(1)
    assert len(texts(window)) == len(session.marks.ids)
    assert not findings.table.isColumnHidden(3)
    findings.group.setCurrentIndex(findings.group.findData("contact"))
    assert {session.marks.by_id[one].label for one in marks_listed(window)} <= {
        "EMAIL",
        "PHONE",
        "ADDRESS",
        "POSTCODE",
        "HANDLE",
    }
    findings.table.setFocus()
    findings.select_row(0)
    findings.state.setCurrentIndex(1)
    before = len(marks_listed(window))
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert len(marks_listed(window)) == before - 1
    findings.state.setCurrentIndex(2)
    assert len(marks_listed(window)) == 1


def test_a_finding_of_another_document_brings_that_document_up(qtbot, window, opened, letter, note):
    session = opened(letter, note)
    window.review.findings.scope.setCurrentIndex(1)
    other = next(one for one in session.marks.ids if session.marks.by_id[one].document == 2)
    window.review.findings.select_mark(other)
    assert window.review.number == 2
    assert window.review.documents.current == 2
    assert window.review.findings.current().id == other


def test_the_next_to_decide_is_found_in_the_next_document(qtbot, window, opened, letter, note):
    session = opened(letter, note)
    ready(qtbot, window)
    window.review.findings.table.selectAll()
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert session.marks.counts(1).undecided == 0
    press(qtbot, window, Qt.Key.Key_U)
    assert window.review.number == 2
    assert window.review.findings.current().id in session.marks.undecided


def test_files_and_folders_dropped_on_the_window_are_added(qtbot, window, opened, letter, tmp_path):
    session = opened(letter)
    folder = tmp_path / "bundle" / "inner"
    folder.mkdir(parents=True)
    write(folder / "memo.txt", "Call 07700 900111 about it.")
    write(folder / "recording.mp3", "no sound at all")
    write(folder / "copy of letter.txt", LETTER)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "bundle"))])
    where = window.rect().center()
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, actions, data, button, plain)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(where), actions, data, button, plain))
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, NotAddedDialog), timeout=PATIENCE_MS)
    refused = [
        window.dialogs.current.list.item(row).text()
        for row in range(window.dialogs.current.list.count())
    ]
    assert len(refused) == 2
    assert any(one.startswith("recording.mp3\n") and ".mp3" in one for one in refused)
    assert any("copy of letter.txt" in one and "already" in one for one in refused)
    window.dialogs.current.close()
    wait_until_read(qtbot, session)
    assert [one.name for one in session.documents.values()] == ["letter.txt", "memo.txt"]


def test_reading_can_be_stopped_and_begun_again(qtbot, window, opened, tmp_path):
    session = opened(long_file(tmp_path / "long.txt", 1200), wait=False)
    qtbot.waitUntil(lambda: len(session.marks.ids) > 20, timeout=PATIENCE_MS)
    details = window.review.details
    qtbot.waitUntil(details.stop.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(details.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.documents[1].status == "stopped", timeout=PATIENCE_MS)
    assert stored(session)[0].status == "reading", "the case knows that it was not read"
    qtbot.waitUntil(details.again.isVisible, timeout=PATIENCE_MS)
    before = len(session.marks.ids)
    qtbot.mouseClick(details.again, Qt.MouseButton.LeftButton)
    wait_until_read(qtbot, session)
    assert session.documents[1].status == "read"
    assert len(session.marks.ids) > before
    assert len(set(session.marks.ids)) == len(session.marks.ids)


def test_a_killed_worker_costs_one_document_and_says_why(
    qtbot, window, opened, tmp_path, letter, lanes
):
    session = opened(long_file(tmp_path / "long.txt", 1200), letter, wait=False)
    qtbot.waitUntil(lambda: len(session.marks.ids) > 20, timeout=PATIENCE_MS)
    for worker in multiprocessing.active_children():
        if worker.name == "redactor-worker":
            os.kill(worker.pid, signal.SIGTERM)
    qtbot.waitUntil(lambda: session.documents[1].status == "refused", timeout=PATIENCE_MS)
    wait_until_read(qtbot, session)
    assert session.documents[2].status == "read"
    assert "07700 900461" in {session.marks.by_id[one].text for one in session.marks.ids}
    assert session.documents[1].refusal
    assert session.documents[1].refusal in window.review.details.text.toPlainText()
    window.review.choose_document(2)
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert len(kept_states(session)) == 1


def test_a_file_that_cannot_be_read_is_named_with_its_reason(
    qtbot, window, opened, tmp_path, letter
):
    empty = write(tmp_path / "empty.pdf", "")
    session = opened(empty, letter)
    assert [one.status for one in session.documents.values()] == ["refused", "read"]
    index = window.review.documents.model.index(0)
    assert "empty (0 bytes)" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "could not be read" in window.review.viewing._placeholder.text()
    assert window.review.viewing.viewer is None


def test_a_reopened_case_shows_the_decisions_and_remembers_the_reason(
    qtbot, window, opened, letter, note
):
    session = opened(letter, note)
    ready(qtbot, window, reason="A bystander.", keep="Published already.")
    press(qtbot, window, Qt.Key.Key_A)
    press(qtbot, window, Qt.Key.Key_R)
    wait_until_saved(qtbot, session)
    before, path = kept_states(session), session.path
    window.cases.close()
    assert window.pages.currentWidget() is window.starting.page
    window.cases.open(path, PASSPHRASE, window.signer)
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    again = window.session
    qtbot.waitUntil(lambda: len(again.marks.ids) == len(session.marks.ids), timeout=PATIENCE_MS)
    assert {one: str(d.action) for one, d in again.marks.decisions.items()} == before
    assert again.marks.counts().decided == 2
    reasons = window.review.decision.reasons
    assert reasons[Action.REDACT].currentText() == "A bystander."
    assert reasons[Action.KEEP].currentText() == "Published already."
    shown = [again.marks.state(one).value for one in marks_listed(window)[:2]]
    assert shown == ["redact", "keep"]
    assert window.review.findings.count.text().endswith("1 redact  ·  1 keep")


def test_selected_text_is_marked_with_one_key_and_undone_with_one(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    viewer = window.review.viewing.viewer
    known = set(session.marks.ids)
    viewer.setFocus()
    qtbot.waitUntil(lambda: "Bielska" in viewer.text.toPlainText(), timeout=PATIENCE_MS)
    press(qtbot, window, Qt.Key.Key_M)
    assert window.statusBar().currentMessage().startswith("Select text")
    text, shift = QApplication.focusWidget(), Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(text, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(text, Qt.Key.Key_Down, shift)
    qtbot.keyClick(text, Qt.Key.Key_Down, shift)
    qtbot.keyClick(text, Qt.Key.Key_Down, shift)
    press(qtbot, window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: len(set(session.marks.ids) - known) > 0, timeout=PATIENCE_MS)
    made = set(session.marks.ids) - known
    assert all(session.marks.by_id[one].by_hand for one in made)
    assert all(session.marks.state(one) is MarkState.REDACT for one in made)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}
    assert not made & set(marks_listed(window))


def test_a_box_drawn_on_a_page_is_a_redaction_of_what_it_covers(qtbot, window, opened):
    session = opened(resource_path("sample_case", "documents", "misconduct-summary.pdf"))
    ready(qtbot, window)
    viewer = window.review.viewing.viewer
    known = set(session.marks.ids)
    viewer.setFocus()
    qtbot.waitUntil(lambda: bool(viewer._cache) and 0 in viewer._cache, timeout=PATIENCE_MS)
    press(qtbot, window, Qt.Key.Key_B)
    assert window.commands["box"].isChecked()
    view, left = viewer.viewport(), Qt.MouseButton.LeftButton
    middle = view.rect().center()
    qtbot.mousePress(view, left, pos=middle / 2)
    qtbot.mouseMove(view, middle)
    qtbot.mouseRelease(view, left, pos=middle)
    qtbot.waitUntil(lambda: len(set(session.marks.ids) - known) == 1, timeout=PATIENCE_MS)
    (made,) = set(session.marks.ids) - known
    assert session.marks.state(made) is MarkState.REDACT
    assert session.marks.by_id[made].text.strip()
    assert not window.commands["box"].isChecked()
    assert window.review.findings.model.row_of(made) is not None


def test_a_passage_can_be_seen_as_it_would_read(qtbot, window: MainWindow, opened, letter: Path):
    session = opened(letter)
    ready(qtbot, window)
    window.review.findings.select_row(row_with(window, "07700 900461"))
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    window.review.findings.select_row(row_with(window, "07700 900461"))
    press(qtbot, window, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewDialog)), timeout=PATIENCE_MS)
    (preview,) = window.findChildren(PreviewDialog)
    shown = preview.text.toPlainText()
    assert shown == "Please write to daniel.ashworth@example.org or ring [s40(2)]."
    preview.reject()
