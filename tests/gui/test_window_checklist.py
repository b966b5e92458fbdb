"""The Commissioner's checklist, answered with keys from the sign-off page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from redactor.case.signing import Signer
from redactor.model import PointAnswer, Role
from tests.gui.conftest import LETTER, PATIENCE_MS, Opener, wait_until_saved, write
from tests.gui.sign_off.steps import LEFT, decide_all, press_step, sign_off
from ui.dialogs.checklist import ChecklistDialog, known_checklist
from ui.window import MainWindow

_REMARK = "Two begin in March."


def _ticks(qtbot, window) -> dict:
    found: list = []
    window.session.lane.ask(lambda case: case.standing().ticks, found.append, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    return dict(found[0])


@pytest.fixture
def dialog(qtbot, window: MainWindow, opened: Opener, tmp_path: Path) -> ChecklistDialog:
    opened(write(tmp_path / "letter.txt", LETTER))
    decide_all(qtbot, window)
    return press_step(qtbot, window, "checklist", ChecklistDialog)


def test_answers_are_given_with_keys_and_stand_in_the_log(qtbot, window, dialog):
    assert dialog.shown.count() == 12
    shown = [dialog.shown.item(row).text() for row in range(dialog.shown.count())]
    assert any("SHA-256" in one and "On the list for redacting." in one for one in shown)
    assert any("hidden rows" in one and "On the list for spreadsheets." in one for one in shown)
    assert not dialog.ok.isEnabled()
    first = dialog.boxes["policies-disclosing"]
    qtbot.waitUntil(first.choices[PointAnswer.YES].hasFocus)
    qtbot.keyClick(first.choices[PointAnswer.YES], Qt.Key.Key_Space)
    training = dialog.boxes["training-disclosing"]
    training.choices[PointAnswer.NO].setFocus()
    qtbot.keyClick(training.choices[PointAnswer.NO], Qt.Key.Key_Space)
    assert not dialog.ok.isEnabled(), "a bare no"
    assert "remark" in dialog.trouble.text()
    qtbot.keyClicks(training.remark, _REMARK)
    assert dialog.ok.isEnabled()
    qtbot.keyClick(training.remark, Qt.Key.Key_Return)
    wait_until_saved(qtbot, window.session)
    ticks = _ticks(qtbot, window)
    assert {key: one.answer for key, one in ticks.items()} == {
        "policies-disclosing": PointAnswer.YES,
        "training-disclosing": PointAnswer.NO,
    }
    assert ticks["training-disclosing"].remark == _REMARK
    page = sign_off(qtbot, window)
    reason = page.steps.reasons["checklist"]
    qtbot.waitUntil(lambda: "3 are not answered" in reason.text(), timeout=PATIENCE_MS)


def test_what_was_answered_is_shown_and_answered_otherwise(qtbot, window, dialog):
    qtbot.mouseClick(dialog.boxes["duties"].choices[PointAnswer.NOT_APPLICABLE], LEFT)
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_saved(qtbot, window.session)
    window.dialogs.current = None
    again = press_step(qtbot, window, "checklist", ChecklistDialog)
    duties = again.boxes["duties"]
    assert duties.answer is PointAnswer.NOT_APPLICABLE
    assert not again.ok.isEnabled()
    qtbot.mouseClick(duties.choices[PointAnswer.YES], LEFT)
    qtbot.mouseClick(again.ok, LEFT)
    wait_until_saved(qtbot, window.session)
    assert _ticks(qtbot, window)["duties"].answer is PointAnswer.YES
    window.session.undo()
    wait_until_saved(qtbot, window.session)
    assert _ticks(qtbot, window)["duties"].answer is PointAnswer.NOT_APPLICABLE


def test_a_remark_alone_is_no_answer(qtbot, window, dialog):
    qtbot.mouseClick(dialog.boxes["policies-disclosing"].choices[PointAnswer.YES], LEFT)
    qtbot.keyClicks(dialog.boxes["training-disclosing"].remark, _REMARK)
    assert not dialog.ok.isEnabled()
    assert "belongs to an answer" in dialog.trouble.text()
    qtbot.mouseClick(dialog.boxes["training-disclosing"].choices[PointAnswer.YES], LEFT)
    assert dialog.ok.isEnabled()
    dialog.reject()


def test_whoever_may_not_answer_is_told_why(qtbot, window, dialog, reviewer: Signer):
    dialog.reject()
    session = window.session
    found: list = []

    def as_reviewer(case):
        before = case.signer
        case.invite(reviewer.fingerprint, reviewer.name, Role.REVIEWER)
        case.work_as(reviewer)
        try:
            return known_checklist(case)
        finally:
            case.work_as(before)

    session.lane.ask(as_reviewer, found.append, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    shown = ChecklistDialog(found[0])
    qtbot.addWidget(shown)
    assert "officer" in shown.trouble.text()
    assert not any(box.isEnabled() for box in shown.boxes.values())
