"""Releasing: into an empty folder, whole or not at all, and nothing that is withheld."""

from __future__ import annotations

from redactor.model import Action
from tests.gui.conftest import wait_until_saved, write
from tests.gui.sign_off.steps import (
    EXEMPTION,
    LEFT,
    approve,
    finish,
    introduce,
    press_step,
    release_into,
    submit,
    work_as,
)
from tests.gui.test_window_review import kept_states, ready
from ui.dialogs.release import ReleaseDialog


def test_a_folder_that_is_not_empty_is_not_written_to(qtbot, window, approved, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    write(full / "other.txt", "Not of the release.")
    dialog = press_step(qtbot, window, "release", ReleaseDialog)
    for folder, trouble in (
        (str(full), "not empty"),
        (str(full / "other.txt"), "not a folder"),
        (str(tmp_path / "none" / "such"), "no such folder"),
        ("somewhere", "whole path"),
    ):
        dialog.folder.setText(folder)
        assert not dialog.release.isEnabled()
        assert trouble in dialog.folder_trouble.text()
    dialog.reject()
    assert [one.name for one in full.iterdir()] == ["other.txt"]


def test_a_release_that_is_stopped_writes_nothing(qtbot, window, approved, tmp_path):
    out = tmp_path / "release"
    dialog = press_step(qtbot, window, "release", ReleaseDialog)
    dialog.folder.setText(str(out))
    held = approved.lane.submit(lambda case: case.blocks())
    qtbot.mouseClick(dialog.release, LEFT)
    qtbot.mouseClick(dialog.stop, LEFT)
    held.result(30)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Stopped"
    assert not out.exists()
    assert approved.life.released is None
    dialog.close()


def test_what_is_kept_in_one_place_and_withheld_in_another_is_put_to_the_officer(
    qtbot, window, opened, letter, reviewer, tmp_path
):
    session = opened(letter)
    introduce(qtbot, session, reviewer)
    ready(qtbot, window)
    listed = window.review.findings.model.ids_at(range(window.review.findings.model.rowCount()))
    session.decide(listed, Action.KEEP, "", "Public.")
    wait_until_saved(qtbot, session)
    address = next(
        one for one in listed if session.marks.by_id[one].text == "ewa.bielska@example.org"
    )
    session.decide([address], Action.REDACT, EXEMPTION, "A private person.")
    wait_until_saved(qtbot, session)
    assert kept_states(session)[address] == "redact"
    submit(qtbot, window)
    work_as(qtbot, window, reviewer)
    approve(qtbot, window)
    release_into(qtbot, window, tmp_path / "release")
    text = (tmp_path / "release" / "letter.txt").read_text(encoding="utf-8")
    assert "ewa.bielska" not in text
    assert "[s40(2)]" in text
    assert "daniel.ashworth@example.org" in text
