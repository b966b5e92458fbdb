"""The log in the window: it is read when it is looked at, and follows what is done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from redactor.events import EventKind
from redactor.model import Action
from tests.gui.conftest import PATIENCE_MS, wait_until_saved

LETTER = "Dear Mrs Kensa Trevail, please ring me on 07700 900123. Yours, Cador Penhale\n"


def test_the_log_opens_with_its_key_and_follows_what_is_decided(qtbot, window, opened, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    session = opened(letter)
    page = window.log
    assert page.model.total == 0
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentWidget() is page
    assert page.table.hasFocus()
    qtbot.waitUntil(lambda: page.model.total >= 3, timeout=PATIENCE_MS)
    assert page.model.entry_at(0).event.kind is EventKind.DOCUMENT_READ
    name = f"You ({session.actor})"
    assert page.model.data(page.model.index(0, 2)) == name
    known = page.model.total
    mark = min(session.marks.undecided)
    session.decide([mark], Action.KEEP, "", "An officer of ours.")
    wait_until_saved(qtbot, session)
    qtbot.waitUntil(lambda: page.model.total == known + 1, timeout=PATIENCE_MS)
    assert page.model.entry_at(0).words == "Decided: keep 1 place"
    assert page.model.data(page.model.index(0, 5)) == "1 · letter.txt"


def test_the_log_is_gone_when_the_case_is_closed(qtbot, window, opened, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    opened(letter)
    window.commands["log"].trigger()
    qtbot.waitUntil(lambda: window.log.model.total >= 3, timeout=PATIENCE_MS)
    window.commands["close-case"].trigger()
    qtbot.waitUntil(lambda: window.session is None, timeout=PATIENCE_MS)
    assert window.log.model.total == 0
    assert not window.log.check.check.isEnabled()
    assert not window.commands["log"].isEnabled()


def test_an_export_that_fails_is_said_in_a_dialog(qtbot, window, opened, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    session = opened(letter)
    window.commands["log"].trigger()
    window.log.check.export_to(session.path)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=PATIENCE_MS)
    box = window.findChild(QMessageBox)
    assert "Nothing was written" in box.text() + box.informativeText()
    box.close()
