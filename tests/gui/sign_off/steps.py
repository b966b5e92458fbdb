"""What the tests of the way out of a case do, as a person does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from redactor.case.signing import Signer
from redactor.events import Event
from redactor.lifecycle import CaseState
from redactor.model import Action
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.test_window_review import ready
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.release import ReleaseDialog
from ui.dialogs.submit import SubmitDialog
from ui.dialogs.working import WorkDialog
from ui.panels.signoff import SignOffPage
from ui.session import Session
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
EXEMPTION = "s40(2) by s40(3A)(a)"


def told(widget) -> list[str]:
    return [widget.item(row).text() for row in range(widget.count())]


def decide_all(qtbot, window: MainWindow) -> None:
    ready(qtbot, window)
    window.review.findings.scope.setCurrentIndex(1)
    window.review.findings.table.selectAll()
    window.review.decide(Action.REDACT)
    wait_until_saved(qtbot, window.session)
    assert not window.session.marks.undecided


def come_back(qtbot, window: MainWindow) -> None:
    """Give the window the focus that a dialog had."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def sign_off(qtbot, window: MainWindow) -> SignOffPage:
    """Look at the page, once it knows how things stand."""
    window.tabs.setCurrentIndex(0)
    page = window.signing_off.page
    page.standing.clear()
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.tabs.currentWidget() is page
    qtbot.waitUntil(lambda: page.standing.text() != "", timeout=PATIENCE_MS)
    return page


def wait_for_blocks(qtbot, window: MainWindow, count: int) -> SignOffPage:
    page = sign_off(qtbot, window)
    qtbot.waitUntil(lambda: page.list.count() == count, timeout=PATIENCE_MS)
    return page


def why_not(qtbot, window: MainWindow, name: str) -> str:
    """Give the sentence under a button that is switched off."""
    page = sign_off(qtbot, window)
    assert not page.steps.buttons[name].isEnabled()
    reason = page.steps.reasons[name].text()
    assert page.steps.buttons[name].accessibleDescription() == reason
    return reason


def press_step(qtbot, window: MainWindow, name: str, kind: type):
    """Press a button of the page, and give the dialog that it opens."""
    page = sign_off(qtbot, window)
    button = page.steps.buttons[name]
    assert button.isEnabled(), page.steps.reasons[name].text()
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, kind), timeout=PATIENCE_MS)
    return window.dialogs.current


def ask_to_submit(qtbot, window: MainWindow) -> SubmitDialog:
    """Press Ctrl+E, and give the dialog that it opens."""
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, SubmitDialog), timeout=PATIENCE_MS)
    dialog = window.dialogs.current
    assert isinstance(dialog, SubmitDialog)
    return dialog


def finish(qtbot, dialog: WorkDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=PATIENCE_MS)
    assert dialog.pages.currentWidget() is dialog.outcome


def close(qtbot, window: MainWindow, dialog: WorkDialog) -> None:
    qtbot.mouseClick(dialog.close_button, LEFT)
    window.dialogs.current = None
    come_back(qtbot, window)


def submit(qtbot, window: MainWindow) -> None:
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Submitted", dialog.result_text.text()
    close(qtbot, window, dialog)


def submit_in_vain(qtbot, window: MainWindow) -> str:
    """Submit what is not settled; gives what is said of that."""
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Something has to be decided first"
    said = dialog.result_text.text()
    close(qtbot, window, dialog)
    return str(said)


def approve(qtbot, window: MainWindow) -> None:
    dialog = press_step(qtbot, window, "approve", ApproveDialog)
    qtbot.keyClick(dialog.looked, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.approve, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Approved", dialog.result_text.text()
    close(qtbot, window, dialog)


def release_into(qtbot, window: MainWindow, folder: Path) -> str:
    """Release into a folder; gives what is said of how to check it."""
    dialog = press_step(qtbot, window, "release", ReleaseDialog)
    assert not dialog.release.isEnabled()
    qtbot.keyClicks(dialog.folder, str(folder))
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Released", dialog.result_text.text()
    assert dialog.extra_button.isVisible()
    said = dialog.next_step.text()
    close(qtbot, window, dialog)
    return str(said)


def introduce(qtbot, session: Session, person: Signer) -> None:
    done: list[object] = []
    session.invite(
        person.fingerprint, person.name, person.role, lambda: done.append(1), done.append
    )
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE_MS)
    assert done == [1]


def work_as(qtbot, window: MainWindow, person: Signer) -> None:
    session = window.session
    window.who.sign_in(person)
    qtbot.waitUntil(lambda: session.signer == person, timeout=PATIENCE_MS)


def wait_for_state(qtbot, session: Session, state: CaseState) -> None:
    qtbot.waitUntil(lambda: session.life.state is state, timeout=PATIENCE_MS)


def events(session: Session) -> tuple[Event, ...]:
    return session.lane.submit(lambda case: case.events()).result(30)
