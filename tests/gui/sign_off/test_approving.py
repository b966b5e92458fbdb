"""Approving: another person than who prepared the case, with all of it before them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.case.signing import signer_of_seed
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Role
from tests.gui.conftest import wait_until_saved
from tests.gui.sign_off.steps import (
    CONTROL,
    LEFT,
    SHIFT,
    close,
    decide_all,
    events,
    finish,
    introduce,
    press_step,
    release_into,
    sign_off,
    submit,
    told,
    wait_for_state,
    why_not,
    work_as,
)
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.send_back import SendBackDialog
from ui.session import Session


def comment(session: Session, mark: int, text: str) -> None:
    session.lane.submit(lambda case: case.comment(mark, text)).result(30)


def test_the_whole_life_of_a_case(qtbot, window, submitted, officer, reviewer, tmp_path):
    session = submitted
    assert why_not(qtbot, window, "approve").startswith("Only a reviewer may do this")
    assert why_not(qtbot, window, "release") == "The case is not approved."
    assert why_not(qtbot, window, "submit") == "The case is submitted already."

    work_as(qtbot, window, reviewer)
    mark = sorted(session.marks.ids)[0]
    comment(session, mark, "This is a chief officer. Keep it.")
    dialog = press_step(qtbot, window, "return", SendBackDialog)
    assert not dialog.ok.isEnabled(), "a return needs a reason"
    assert len(told(dialog.comments)) == 1
    assert "This is a chief officer. Keep it." in told(dialog.comments)[0]
    qtbot.keyClicks(dialog.reason, "One name is public.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_for_state(qtbot, session, CaseState.RETURNED)
    page = sign_off(qtbot, window)
    assert page.standing.text().startswith("Returned by Idris Vaughan on ")
    assert page.standing.text().endswith(": One name is public.")
    assert page.life_line.steps[1].accessibleName() == "In review: now, returned"

    work_as(qtbot, window, officer)
    page = sign_off(qtbot, window)
    page.comments.setFocus()
    page.comments.setCurrentRow(0)
    qtbot.keyClick(page.comments, Qt.Key.Key_Return)
    assert window.review.findings.current().id == mark
    qtbot.keyClick(window.review.findings.table, Qt.Key.Key_R)
    wait_until_saved(qtbot, session)
    page = sign_off(qtbot, window)
    assert page.comments.count() == 0, "the comment was answered"
    submit(qtbot, window)

    work_as(qtbot, window, reviewer)
    dialog = press_step(qtbot, window, "approve", ApproveDialog)
    assert not dialog.approve.isEnabled()
    names = [dialog.signed_files.item(n, 0).text() for n in range(dialog.signed_files.rowCount())]
    assert "letter.txt" in names
    qtbot.keyClick(dialog.looked, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.approve, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Approved", dialog.result_text.text()
    close(qtbot, window, dialog)
    approval = session.life.approval
    assert approval is not None
    assert approval.actor == "Idris Vaughan"
    kept = session.lane.submit(
        lambda case: [
            one
            for event in (case.life.submission, case.life.certificate)
            for one in case.store.files.of_event(event.seq)
        ]
    ).result(30)

    work_as(qtbot, window, officer)
    out = tmp_path / "release"
    assert f'redactor case check "{out}"' in release_into(qtbot, window, out)
    assert {one.name: one.read_bytes() for one in out.iterdir()} == {
        one.name: one.data for one in kept
    }
    assert b"ewa.bielska@example.org" not in b"".join(one.read_bytes() for one in out.iterdir())
    wait_for_state(qtbot, session, CaseState.RELEASED)
    page = sign_off(qtbot, window)
    assert page.standing.text().startswith("Released by Morwenna Teague on ")
    assert "Approved by Idris Vaughan" in page.more.text()


def test_a_digest_can_be_copied_in_full(qtbot, window, submitted, reviewer):
    work_as(qtbot, window, reviewer)
    dialog = press_step(qtbot, window, "approve", ApproveDialog)
    table = dialog.signed_files
    shown = table.item(0, 2)
    assert len(shown.toolTip()) == 64
    assert shown.text() == f"{shown.toolTip()[:12]}…"
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == f"{shown.toolTip()}  {table.item(0, 0).text()}"
    dialog.reject()


def test_a_later_change_takes_the_approval_away_visibly(qtbot, window, approved, officer):
    session = approved
    page = sign_off(qtbot, window)
    assert page.standing.text().startswith("Approved by Idris Vaughan on ")
    work_as(qtbot, window, officer)
    session.confirm = lambda do: do()
    session.decide(sorted(session.marks.ids)[:1], Action.KEEP, "", "It is public.")
    wait_until_saved(qtbot, session)
    page = sign_off(qtbot, window)
    change = events(session)[-1]
    assert change.kind is EventKind.DECIDED
    assert page.standing.text().startswith(
        f"The approval of Idris Vaughan was taken away by event {change.seq}: a decision, by "
        "Morwenna Teague on "
    )
    assert page.life_line.accessibleName() == "Step 2 of 5: In review"
    assert why_not(qtbot, window, "release") == "The case is not approved."


def test_a_reviewer_who_decided_cannot_approve(qtbot, window, opened, letter, officer, reviewer):
    session = opened(letter)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    work_as(qtbot, window, reviewer)
    session.decide(sorted(session.marks.ids)[:1], Action.KEEP, "", "It is public.")
    wait_until_saved(qtbot, session)
    work_as(qtbot, window, officer)
    submit(qtbot, window)
    work_as(qtbot, window, reviewer)
    assert "whoever prepared a case cannot approve it" in why_not(qtbot, window, "approve")
    qtbot.keyClick(window, Qt.Key.Key_A, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: "Approve: " in window.statusBar().currentMessage())
    assert session.life.approval is None


def test_one_person_under_both_roles_cannot_approve(qtbot, window, submitted, officer):
    both = signer_of_seed(officer.name, Role.REVIEWER, officer.seed())
    assert both.fingerprint == officer.fingerprint
    work_as(qtbot, window, both)
    assert "you are in this case as officer" in why_not(qtbot, window, "approve")


def test_who_was_not_introduced_may_only_check(qtbot, window, submitted):
    stranger = signer_of_seed("Sorcha Quill", Role.REVIEWER, b"stranger".ljust(32))
    work_as(qtbot, window, stranger)
    for name in ("submit", "return", "approve", "release"):
        assert why_not(qtbot, window, name) == "You have not been introduced to this case."
    assert window.signing_off.page.steps.buttons["check"].isEnabled()
