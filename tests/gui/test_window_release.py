"""Before release, rulings, and the export: nothing goes out past a block."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from redactor.model import Action, Ruling
from redactor.review import Block
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.test_window_review import LETTER, kept_states, ready, write
from ui.dialogs.review import RulingDialog
from ui.export import ExportDialog
from ui.panels.release import allowed_rulings


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return write(tmp_path / "letter.txt", LETTER)


def lines(widget) -> list[str]:
    return [widget.item(row).text() for row in range(widget.count())]


def decide_all(qtbot, window) -> None:
    ready(qtbot, window)
    window.review.findings.scope.setCurrentIndex(1)
    window.review.findings.table.selectAll()
    window.review.decide(Action.REDACT)
    wait_until_saved(qtbot, window.session)
    assert not window.session.marks.undecided


def show_blocks(qtbot, window, count: int) -> None:
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.before_release.page.list.count() == count, timeout=PATIENCE_MS)


def open_export(qtbot, window) -> ExportDialog:
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = window.before_release.export_dialog
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is not dialog.waiting, timeout=PATIENCE_MS)
    return dialog


def test_the_list_names_what_is_undecided_and_goes_there(qtbot, window, opened, letter):
    session = opened(letter)
    show_blocks(qtbot, window, 1)
    page = window.before_release.page
    count = session.marks.counts(1).undecided
    assert lines(page.list) == [f"letter.txt\n{count} findings have not been decided."]
    assert not page.rule.isEnabled()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == 0
    assert window.review.findings.table.hasFocus()
    assert window.review.findings.current().id in session.marks.undecided


def test_the_list_shrinks_as_things_are_settled(qtbot, window, opened, letter):
    opened(letter)
    show_blocks(qtbot, window, 1)
    window.tabs.setCurrentIndex(0)
    decide_all(qtbot, window)
    show_blocks(qtbot, window, 0)
    qtbot.waitUntil(
        lambda: "Nothing stands in the way" in window.before_release.page.summary.text()
    )


def test_a_refused_file_blocks_until_a_named_person_rules_on_it(
    qtbot, window, opened, letter, tmp_path
):
    session = opened(letter, write(tmp_path / "broken.pdf", ""))
    decide_all(qtbot, window)
    show_blocks(qtbot, window, 1)
    page = window.before_release.page
    page.list.setFocus()
    qtbot.mouseClick(page.rule, Qt.MouseButton.LeftButton)
    dialog = window.dialogs.current
    assert isinstance(dialog, RulingDialog)
    assert not dialog.ok.isEnabled(), "a ruling needs a reason"
    assert dialog.ruling is Ruling.LEAVE_OUT, "what nobody can see can only be left out"
    qtbot.keyClicks(dialog.reason, "It is an empty file.")
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.count() == 0, timeout=PATIENCE_MS)
    assert session.rulings[2, ""].actor == "Morwenna Teague"
    assert session.rulings[2, ""].reason == "It is an empty file."
    assert "broken.pdf: left out" in lines(page.rulings)[0]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=PATIENCE_MS)
    assert session.rulings == {}


def test_an_unfinished_search_can_only_be_read_through_not_left_out(qtbot, opened, letter):
    session = opened(letter)
    block = Block("incomplete", 1, "line:3", "A search ran out of time.")
    assert allowed_rulings(session, block) == (Ruling.RELEASE_AS_SEEN,)
    assert allowed_rulings(session, Block("undecided", 1, "", "1 finding")) == ()


def test_the_export_lists_the_blocks_and_offers_no_way_past_them(qtbot, window, opened, letter):
    opened(letter)
    dialog = open_export(qtbot, window)
    assert dialog.pages.currentWidget() is dialog.blocked
    assert dialog.block_list.count() == 1
    visible = [one.text() for one in dialog.findChildren(type(dialog.stop)) if one.isVisible()]
    assert visible == ["Go to it", "Close"]
    qtbot.keyClick(dialog.block_list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.review.findings.table.hasFocus()


def test_a_release_is_written_checked_and_holds_nothing_withheld(
    qtbot, window, opened, letter, tmp_path
):
    opened(letter)
    decide_all(qtbot, window)
    dialog = open_export(qtbot, window)
    assert dialog.pages.currentWidget() is dialog.choose
    assert not dialog.release.isEnabled()
    out = tmp_path / "release"
    dialog.folder.setText(str(out))
    qtbot.mouseClick(dialog.release, Qt.MouseButton.LeftButton)
    assert dialog.is_running
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=PATIENCE_MS)
    assert dialog.result_title.text() == "Released", dialog.result_text.text()
    written = sorted(path.name for path in out.iterdir())
    assert "letter.txt" in " ".join(lines(dialog.files))
    assert written
    for path in out.rglob("*"):
        assert b"daniel.ashworth@example.org" not in path.read_bytes()
    dialog.close()


def test_a_folder_that_is_not_empty_is_not_written_to(qtbot, window, opened, letter, tmp_path):
    opened(letter)
    decide_all(qtbot, window)
    dialog = open_export(qtbot, window)
    dialog.folder.setText(str(tmp_path))
    assert not dialog.release.isEnabled()
    assert "not empty" in dialog.folder_trouble.text()
    dialog.close()


def test_a_release_that_is_stopped_writes_nothing(qtbot, window, opened, letter, tmp_path):
    opened(letter)
    decide_all(qtbot, window)
    dialog = open_export(qtbot, window)
    out = tmp_path / "release"
    dialog.folder.setText(str(out))
    qtbot.mouseClick(dialog.release, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=PATIENCE_MS)
    assert dialog.result_title.text() == "Stopped"
    assert not out.exists() or not any(out.iterdir())
    dialog.close()


def test_what_is_kept_in_one_place_and_withheld_in_another_is_put_to_the_officer(
    qtbot, window, opened, letter, tmp_path
):
    session = opened(letter)
    ready(qtbot, window)
    listed = window.review.findings.model.ids_at(range(window.review.findings.model.rowCount()))
    window.session.decide(listed, Action.KEEP, "", "Public.")
    wait_until_saved(qtbot, session)
    address = next(
        one for one in listed if session.marks.by_id[one].text == "ewa.bielska@example.org"
    )
    session.decide([address], Action.REDACT, "s40(2) by s40(3A)(a)", "A private person.")
    wait_until_saved(qtbot, session)
    assert kept_states(session)[address] == "redact"
    dialog = open_export(qtbot, window)
    out = tmp_path / "release"
    dialog.folder.setText(str(out))
    qtbot.mouseClick(dialog.release, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=PATIENCE_MS)
    assert dialog.result_title.text() == "Released", dialog.result_text.text()
    text = (out / "letter.txt").read_text(encoding="utf-8")
    assert "ewa.bielska" not in text
    assert "[s40(2)]" in text
    assert "daniel.ashworth@example.org" in text
    dialog.close()
