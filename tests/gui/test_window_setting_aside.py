"""Leaving a whole document out of the release, in the list of documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from redactor.model import Aside
from tests.gui.conftest import Opener, wait_until_saved
from ui.dialogs.set_aside import SetAsideDialog
from ui.panels.documents import STATUS_ROLE
from ui.session import Session
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(window: MainWindow, opened: Opener, tmp_path: Path) -> Session:
    """Give a case with two notes, the first of them chosen."""
    first, second = tmp_path / "note.txt", tmp_path / "minutes.txt"
    first.write_text("Zebedee Marl spoke.\n", "utf-8")
    second.write_text("The panel met on Monday.\n", "utf-8")
    made = opened(first, second)
    window.review.documents.choose(1)
    return made


def _dialog(window: MainWindow) -> SetAsideDialog:
    window.commands["leave-out"].trigger()
    dialog = window.dialogs.current
    assert isinstance(dialog, SetAsideDialog)
    return dialog


def _status(window: MainWindow, row: int = 0) -> str:
    model = window.review.documents.model
    return str(model.data(model.index(row), STATUS_ROLE))


def test_a_document_is_withheld_in_full_under_a_limb_and_the_list_says_so(
    qtbot, window: MainWindow, session: Session
) -> None:
    dialog = _dialog(window)
    qtbot.keyClicks(dialog.ground.reason, "All of it is about somebody else.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_saved(qtbot, session)
    assert session.set_aside[1].why is Aside.WITHHELD
    assert _status(window).startswith("Withheld in full, s")
    assert "ithheld" not in _status(window, 1)


def test_without_a_reason_the_dialog_stays_and_goes_there(
    qtbot, window: MainWindow, session: Session
) -> None:
    dialog = _dialog(window)
    qtbot.mouseClick(dialog.ok, LEFT)
    assert dialog.isVisible()
    assert "Write the reason" in dialog.ground.trouble.text()
    assert not session.set_aside
    dialog.reject()


def test_what_is_public_already_asks_for_no_limb_and_is_undone(
    qtbot, window: MainWindow, session: Session
) -> None:
    dialog = _dialog(window)
    dialog.why.setFocus()
    qtbot.keyClick(dialog.why, Qt.Key.Key_Down)
    assert dialog.chosen is Aside.PUBLIC
    assert not dialog.ground.limb.isVisible()
    qtbot.keyClicks(dialog.ground.reason, "It is on the website.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_saved(qtbot, session)
    assert _status(window) == "Public already"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    wait_until_saved(qtbot, session)
    assert not session.set_aside
    assert _status(window) != "Public already"


def test_a_document_is_taken_back_in(qtbot, window: MainWindow, session: Session) -> None:
    dialog = _dialog(window)
    dialog.why.setCurrentIndex(dialog.why.findData(Aside.NOT_ASKED))
    qtbot.keyClicks(dialog.ground.reason, "It is about another year.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_saved(qtbot, session)
    assert _status(window) == "Not asked for"
    window.commands["take-back"].trigger()
    wait_until_saved(qtbot, session)
    assert not session.set_aside


def test_a_document_is_replaced_by_another_of_the_case(
    qtbot, window: MainWindow, session: Session
) -> None:
    dialog = _dialog(window)
    dialog.why.setCurrentIndex(dialog.why.findData(Aside.REPLACED))
    assert dialog.by.currentText() == "2. minutes.txt"
    qtbot.keyClicks(dialog.ground.reason, "The minutes say the same and no name.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_saved(qtbot, session)
    assert _status(window) == "Replaced by document 2"
