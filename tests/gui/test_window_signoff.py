"""The way out of a case, as two people take it: past no block, and past no single person."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from redactor.app.case import Case
from redactor.case.signing import Signer, signer_of_seed
from redactor.events import Event, EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Role, Ruling, Span
from tests.gui.conftest import PASSPHRASE, PATIENCE_MS, wait_until_saved
from tests.gui.test_window_review import LETTER, kept_states, ready, write
from tests.unit.formats.pdf_samples import lines as drawn
from tests.unit.formats.pdf_samples import made
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.check_case import CheckDialog
from ui.dialogs.failed_check import FailedCheckDialog
from ui.dialogs.release import ReleaseDialog
from ui.dialogs.review import RulingDialog
from ui.dialogs.send_back import SendBackDialog
from ui.dialogs.submit import SubmitDialog
from ui.dialogs.working import WorkDialog
from ui.panels.signoff import SignOffPage
from ui.session import Session
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
EXEMPTION = "s40(2) by s40(3A)(a)"
QUALIFIED = "s31(1)(a)"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return write(tmp_path / "letter.txt", LETTER)


# --- what the tests do, as a person does it ---------------------------------------------------


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


def press_step(qtbot, window: MainWindow, name: str, kind: type):
    """Press a button of the page, and give the dialog that it opens."""
    page = sign_off(qtbot, window)
    button = page.steps.buttons[name]
    assert button.isEnabled(), page.steps.reasons[name].text()
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, kind), timeout=PATIENCE_MS)
    return window.dialogs.current


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


def approve(qtbot, window: MainWindow) -> None:
    dialog = press_step(qtbot, window, "approve", ApproveDialog)
    qtbot.keyClick(dialog.looked, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.approve, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Approved", dialog.result_text.text()
    close(qtbot, window, dialog)


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


def comment(session: Session, mark: int, text: str) -> None:
    session.lane.submit(lambda case: case.comment(mark, text)).result(30)


def why_not(qtbot, window: MainWindow, name: str) -> str:
    """Give the sentence under a button that is switched off."""
    page = sign_off(qtbot, window)
    assert not page.steps.buttons[name].isEnabled()
    reason = page.steps.reasons[name].text()
    assert page.steps.buttons[name].accessibleDescription() == reason
    return reason


@pytest.fixture
def submitted(qtbot, window, opened, letter, reviewer) -> Session:
    """Give a case that the officer submitted, and a reviewer was introduced to."""
    session = opened(letter)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    submit(qtbot, window)
    return session


@pytest.fixture
def approved(qtbot, window, submitted, reviewer) -> Session:
    work_as(qtbot, window, reviewer)
    approve(qtbot, window)
    return submitted


# --- what has to be settled -------------------------------------------------------------------


def test_the_list_names_what_is_undecided_and_goes_there(qtbot, window, opened, letter):
    session = opened(letter)
    page = wait_for_blocks(qtbot, window, 1)
    count = session.marks.counts(1).undecided
    assert told(page.list) == [f"letter.txt\n{count} findings have not been decided."]
    assert not page.rule.isEnabled()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == 0
    assert window.review.findings.table.hasFocus()
    assert window.review.findings.current().id == min(session.marks.undecided)


def test_the_list_shrinks_as_things_are_settled(qtbot, window, opened, letter):
    opened(letter)
    wait_for_blocks(qtbot, window, 1)
    window.tabs.setCurrentIndex(0)
    decide_all(qtbot, window)
    page = wait_for_blocks(qtbot, window, 0)
    assert "Nothing stands in the way" in page.summary.text()


def test_a_case_without_documents_asks_for_some(qtbot, window, opened, monkeypatch):
    opened()
    page = wait_for_blocks(qtbot, window, 1)
    asked = []
    window.signing_off.files_wanted.disconnect()
    window.signing_off.files_wanted.connect(lambda: asked.append(True))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked == [True]
    assert page.life_line.accessibleName() == "Step 1 of 5: Open"
    assert page.standing.text() == "Open. Nothing has been decided yet."


def test_a_refused_file_blocks_until_a_named_person_rules_on_it(
    qtbot, window, opened, letter, tmp_path
):
    session = opened(letter, write(tmp_path / "broken.pdf", ""))
    decide_all(qtbot, window)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.mouseClick(page.rule, LEFT)
    dialog = window.dialogs.current
    assert isinstance(dialog, RulingDialog)
    assert not dialog.ok.isEnabled(), "a ruling needs a reason"
    assert dialog.ruling is Ruling.LEAVE_OUT, "what nobody can see can only be left out"
    qtbot.keyClicks(dialog.reason, "It is an empty file.")
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: page.list.count() == 0, timeout=PATIENCE_MS)
    assert session.rulings[2, ""].actor == "Morwenna Teague"
    assert session.rulings[2, ""].reason == "It is an empty file."
    assert "broken.pdf: left out" in told(page.rulings)[0]
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=PATIENCE_MS)
    assert session.rulings == {}


def outlines(page) -> None:
    """Draw what may be lettering that was turned into outlines: nothing that can be read."""
    for step in range(12):
        page.draw_line((60 + 20 * step, 60), (75 + 20 * step, 90))


def test_an_unread_page_is_gone_to_in_the_document(qtbot, window, opened, tmp_path):
    first = drawn("The first page.", *["There is more of it."] * 40)
    path = tmp_path / "pages.pdf"
    path.write_bytes(made(first, outlines, drawn("The last page.")))
    session = opened(path)
    places = [one.place for one in session.documents[1].unread]
    assert places == ["page:2"]
    page = sign_off(qtbot, window)
    row = next(n for n, line in enumerate(told(page.list)) if "Page 2" in line)
    page.list.setCurrentRow(row)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    viewer = window.review.viewing.viewer
    assert viewer.hasFocus()
    qtbot.waitUntil(lambda: viewer.spot() is not None and int(viewer.spot().at) == 1)


def test_a_redaction_whose_public_interest_was_not_weighed_is_gone_to(
    qtbot, window, opened, letter
):
    session = opened(letter)
    decide_all(qtbot, window)
    mark = sorted(session.marks.ids)[1]
    session.decide([mark], Action.REDACT, QUALIFIED, "It would help an offender.")
    wait_until_saved(qtbot, session)
    page = wait_for_blocks(qtbot, window, 1)
    assert "public interest was not weighed" in told(page.list)[0]
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    decision = window.review.decision
    assert window.review.findings.current().id == mark
    assert decision.public_interest.hasFocus()
    assert decision.exemption.currentData() == QUALIFIED
    qtbot.keyClicks(decision.public_interest, "Disclosure would put people at risk.")
    qtbot.keyClick(decision.public_interest, Qt.Key.Key_Return)
    window.review.findings.table.setFocus()
    qtbot.keyClick(window.review.findings.table, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    wait_for_blocks(qtbot, window, 0)


def test_nothing_is_submitted_past_the_list(qtbot, window, opened, letter):
    opened(letter)
    assert why_not(qtbot, window, "submit") == "1 thing has to be settled first."
    window.tabs.setCurrentIndex(0)
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    page = window.signing_off.page
    qtbot.waitUntil(lambda: window.tabs.currentWidget() is page, timeout=PATIENCE_MS)
    assert window.dialogs.current is None
    assert window.statusBar().currentMessage() == "Submit: 1 thing has to be settled first."


# --- submitting -------------------------------------------------------------------------------


def test_what_is_submitted_is_listed_and_waits_for_somebody_else(
    qtbot, window, opened, letter, reviewer
):
    session = opened(letter)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, SubmitDialog), timeout=PATIENCE_MS)
    dialog = window.dialogs.current
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
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Something has to be decided first"
    assert "1 place where nobody has decided" in dialog.result_text.text()
    close(qtbot, window, dialog)
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
    dialog = press_step(qtbot, window, "submit", SubmitDialog)
    qtbot.mouseClick(dialog.submit, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Something has to be decided first"
    assert "The second look found 1 place near what is redacted" in dialog.result_text.text()
    close(qtbot, window, dialog)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.second_look


def test_a_failed_check_is_listed_and_shown(qtbot, window, opened, letter):
    session = opened(letter)
    decide_all(qtbot, window)
    body = {
        "code": "check-failed",
        "checks": ["text"],
        "leaks": [{"where": "page 2", "engine": "pypdfium2"}],
        "said": "The last candidate failed a check: text. Nothing was released.",
    }
    session.lane.submit(lambda case: case.record_change(EventKind.RELEASE_FAILED, body)).result(30)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    dialog = window.dialogs.current
    assert isinstance(dialog, FailedCheckDialog)
    assert told(dialog.list) == [
        "Check: text",
        "Withheld text was found at page 2 (by pypdfium2)",
    ]
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


# --- two people -------------------------------------------------------------------------------


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


# --- checking ---------------------------------------------------------------------------------


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
