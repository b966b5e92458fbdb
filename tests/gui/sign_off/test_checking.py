"""Checking the case: a sound one, and one that was changed past the program."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.sign_off.steps import (
    CONTROL,
    LEFT,
    SHIFT,
    close,
    events,
    finish,
    press_step,
    told,
    work_as,
)
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.check_case import CheckDialog


def test_a_sound_case_is_said_to_be_sound(qtbot, window, submitted):
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL | SHIFT)
    dialog = window.dialogs.current
    assert isinstance(dialog, CheckDialog)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "All is sound", told(dialog.lines)
    assert f"All {len(events(submitted))} entries" in dialog.result_text.text()
    close(qtbot, window, dialog)


def test_a_case_that_was_changed_past_the_program_is_not_sound_and_goes_no_further(
    qtbot, window, submitted, reviewer
):
    submitted.lane.submit(
        lambda case: case.store.vault.link.execute("UPDATE outputs SET name = name || 'x'")
    ).result(30)
    dialog = press_step(qtbot, window, "check", CheckDialog)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "The case is not sound"
    assert dialog.lines.count() > 0
    close(qtbot, window, dialog)
    work_as(qtbot, window, reviewer)
    dialog = press_step(qtbot, window, "approve", ApproveDialog)
    qtbot.keyClick(dialog.looked, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.approve, LEFT)
    finish(qtbot, dialog)
    assert "does not agree with its log" in dialog.result_text.text()
    assert submitted.life.approval is None
    close(qtbot, window, dialog)
