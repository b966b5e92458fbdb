"""Submitting: what is built, what comes back to be decided, and how it is stopped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from redactor.app.case import Case
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Span
from tests.gui.conftest import PASSPHRASE, PATIENCE_MS, wait_until_saved, write
from tests.gui.sign_off.steps import (
    EXEMPTION,
    LEFT,
    ask_to_submit,
    close,
    decide_all,
    events,
    finish,
    introduce,
    press_step,
    sign_off,
    submit,
    submit_in_vain,
    wait_for_blocks,
    work_as,
)
from tests.gui.test_window_review import kept_states
from tests.unit.formats.pdf_samples import lines as drawn
from tests.unit.formats.pdf_samples import made
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.submit import SubmitDialog


def test_what_is_submitted_is_listed_and_waits_for_somebody_else(
    qtbot, window, opened, letter, reviewer
):
    session = opened(letter)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    dialog = ask_to_submit(qtbot, window)
    box = dialog.targets[1]
    box.setCurrentIndex(box.findData("pdf"))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.is_running
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Submitted", dialog.result_text.text()
    files = [dialog.files.item(row, 0).text() for row in range(dialog.files.rowCount())]
    assert "letter.pdf" in files
    assert f"{len(files)} files were built" in dialog.result_text.text()
    assert "another person" in dialog.next_step.text()
    close(qtbot, window, dialog)
    assert session.life.state is CaseState.SUBMITTED
    page = sign_off(qtbot, window)
    assert page.standing.text().startswith("Submitted by Morwenna Teague on ")
    assert page.standing.text().endswith("it waits for a reviewer who did not prepare it.")
    assert page.life_line.accessibleName() == "Step 3 of 5: Submitted"
    assert [one.accessibleName() for one in page.life_line.steps] == [
        "Open: done",
        "In review: done",
        "Submitted: now",
        "Approved: to come",
        "Released: to come",
    ]


def test_how_pdfs_look_is_chosen_kept_and_shown_to_the_reviewer(
    qtbot, window, opened, tmp_path, reviewer
):
    path = tmp_path / "letter.pdf"
    path.write_bytes(made(drawn("Statement of Mr Zebedee Quillfeather.", "It rained at ten.")))
    session = opened(path)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    look = dialog.look
    assert look.isVisible()
    assert look.style_box.currentData() == "box"
    assert not any(tick.isChecked() for tick in look.stamps.values())
    assert session.ref in look.stamps["reference"].text()
    for name in ("pages", "redactions", "reference"):
        qtbot.keyClick(look.stamps[name], Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.submit, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Submitted", dialog.result_text.text()
    close(qtbot, window, dialog)
    assert session.life.submission.body["pdf"] == {
        "style": "box",
        "pages": True,
        "redactions": True,
        "reference": session.ref,
        "released": "",
    }
    work_as(qtbot, window, reviewer)
    shown = press_step(qtbot, window, "approve", ApproveDialog)
    said = [
        label.text()
        for label in shown.findChildren(QLabel)
        if label.accessibleName() == "PDF files"
    ]
    assert said == [f"In the margins of PDFs page numbers, numbers of redactions, “{session.ref}”"]
    shown.reject()


def test_without_a_pdf_nothing_is_asked_about_pdfs(qtbot, window, opened, letter):
    opened(letter)
    decide_all(qtbot, window)
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    assert not dialog.look.isVisible()
    dialog.reject()


def test_a_submission_that_is_stopped_leaves_all_as_it_was(qtbot, window, opened, letter):
    session = opened(letter)
    decide_all(qtbot, window)
    before = events(session)
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    qtbot.mouseClick(dialog.stop, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Stopped"
    assert "Nothing was submitted" in dialog.result_text.text()
    close(qtbot, window, dialog)
    assert session.life.state is CaseState.IN_REVIEW
    assert session.life.submission is None
    since = {one.kind for one in events(session)[len(before) :]}
    assert since <= {EventKind.RELEASE_FAILED}
    submit(qtbot, window)  # and it can be submitted after all


def test_escape_stops_a_submission_before_it_closes(qtbot, window, opened, letter):
    session = opened(letter)
    decide_all(qtbot, window)
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Stopped"
    assert session.life.submission is None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_decision_made_meanwhile_waits_and_is_not_lost(qtbot, window, opened, letter):
    session = opened(letter)
    decide_all(qtbot, window)
    mark = sorted(session.marks.ids)[0]
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    session.decide([mark], Action.KEEP, "", "It is public.")
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Submitted", dialog.result_text.text()
    close(qtbot, window, dialog)
    wait_until_saved(qtbot, session)
    assert kept_states(session)[mark] == "keep"
    page = sign_off(qtbot, window)
    assert page.standing.text().startswith("The submission of Morwenna Teague was taken away by")


def test_closing_the_window_stops_a_submission(qtbot, window, opened, letter, officer):
    session = opened(letter)
    decide_all(qtbot, window)
    path = session.path
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    window.close()
    case = Case.open(path, PASSPHRASE, officer)
    try:
        assert case.life.submission is None
        assert case.life.state is CaseState.IN_REVIEW
    finally:
        case.close()


def test_places_that_nobody_decided_come_back_as_findings(qtbot, window, opened, tmp_path):
    # Inside another word the second look leaves it to the gate, which looks for it anywhere.
    text = "the word is kestrelwing9\nand again xkestrelwing9 it is\n"
    session = opened(write(tmp_path / "code.txt", text))
    assert not session.marks.ids, "no recogniser knows the word"
    word = "kestrelwing9"
    span = Span("line:1", text.index(word), text.index(word) + len(word))
    session.lane.submit(
        lambda case: case.mark_spans(1, [(span, word)], Action.REDACT, EXEMPTION, "A password.")
    ).result(30)
    known = len(session.marks.ids)
    assert "1 place where nobody has decided" in submit_in_vain(qtbot, window)
    qtbot.waitUntil(lambda: len(session.marks.ids) > known, timeout=PATIENCE_MS)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.review.findings.current().text == word


def test_what_the_second_look_is_sure_of_comes_before_the_gate(qtbot, window, opened, tmp_path):
    text = "the word is kestrelwing9\nand again kestrelwing9 it is\n"
    session = opened(write(tmp_path / "code.txt", text))
    span = Span("line:1", 12, 24)
    session.lane.submit(
        lambda case: case.mark_spans(
            1, [(span, text[12:24])], Action.REDACT, EXEMPTION, "A password."
        )
    ).result(30)
    assert "The second look found 1 place near what is redacted" in submit_in_vain(qtbot, window)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.second_look
