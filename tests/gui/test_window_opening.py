"""Making, opening, taking over, restoring and closing cases: real files, locks and backups."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from redactor.app.case import Case
from redactor.app.signoff import submit
from redactor.case.backup import backup_path
from redactor.case.signing import Signer, grouped, new_signer
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Role
from tests.gui.conftest import (
    LETTER,
    PASSPHRASE,
    PATIENCE_MS,
    wait_until_read,
    wait_until_saved,
    write,
)
from tests.gui.test_window_review import kept_states, marks_listed, press, ready
from ui.dialogs.cases import NewCaseDialog, OpenCaseDialog, TakeOverDialog
from ui.dialogs.review import PreviewDialog
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def observer() -> Signer:
    return new_signer("Sorcha Quill", Role.OBSERVER)


@pytest.fixture
def closed(tmp_path: Path, officer: Signer, reviewer: Signer, observer: Signer) -> Path:
    """Give a closed case of three people, with a backup beside it."""
    path = tmp_path / "FOI 2025-0417.redactor"
    case = Case.create(path, "FOI 2025/0417", PASSPHRASE, officer)
    case.invite(reviewer.fingerprint, reviewer.name, Role.REVIEWER)
    case.invite(observer.fingerprint, observer.name, Role.OBSERVER)
    case.add_file(write(tmp_path / "letter.txt", LETTER))
    case.close()
    assert backup_path(path).is_file()
    return path


def open_with_keys(qtbot, window: MainWindow, path: Path, passphrase: str = PASSPHRASE) -> None:
    """Open a case as a person does: its passphrase, then Enter."""
    window.starting.open_case(path)
    dialog = window.dialogs.current
    assert isinstance(dialog, OpenCaseDialog)
    qtbot.keyClicks(dialog.passphrase_field.line, passphrase)
    qtbot.keyClick(dialog.passphrase_field.line, Qt.Key.Key_Return)


def wait_until_open(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    wait_until_read(qtbot, window.session)


def events(window: MainWindow) -> list[tuple[EventKind, dict[str, object]]]:
    log = window.session.lane.submit(lambda case: case.events()).result(30)
    return [(one.kind, dict(one.body)) for one in log]


def wait_for_box(qtbot, window: MainWindow) -> QMessageBox:
    def there() -> bool:
        box = window.dialogs.current
        return isinstance(box, QMessageBox) and box.isVisible()

    qtbot.waitUntil(there, timeout=PATIENCE_MS)
    return window.dialogs.current


def shown_boxes() -> list[QMessageBox]:
    boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    return [one for one in boxes if one.isVisible()]


def press_button(qtbot, box: QMessageBox, text: str) -> None:
    (button,) = [one for one in box.buttons() if one.text().replace("&", "").startswith(text)]
    qtbot.mouseClick(button, LEFT)


# --- making and opening ------------------------------------------------------------------------


def test_a_new_case_is_asked_for_all_it_needs(qtbot, window, tmp_path):
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    dialog = window.dialogs.current
    assert isinstance(dialog, NewCaseDialog)
    dialog.folder.setText(str(tmp_path))
    qtbot.keyClicks(dialog.reference, "SAR 25/0042")
    dialog.regime_box.setCurrentIndex(3)
    dialog.date_unknown.setFocus()
    qtbot.keyClick(dialog.date_unknown, Qt.Key.Key_Space)
    assert not dialog.date.isEnabled()
    assert dialog.outcome.text() == "The file will be called SAR 25-0042.redactor."
    qtbot.keyClicks(dialog.passphrase_field.line, PASSPHRASE)
    assert not dialog.ok.isEnabled(), "the passphrase has to be typed twice"
    qtbot.keyClicks(dialog.again.line, PASSPHRASE + "x")
    assert not dialog.ok.isEnabled()
    assert "not the same" in dialog.trouble.text()
    qtbot.keyClick(dialog.again.line, Qt.Key.Key_Backspace)
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_open(qtbot, window)
    kind, about = events(window)[0]
    assert kind is EventKind.CASE_CREATED
    assert (about["ref"], about["regime"], about["received"]) == ("SAR 25/0042", "sar-le", "")
    assert window.pill.text() == "Open"
    assert PASSPHRASE.encode() not in (tmp_path / "SAR 25-0042.redactor").read_bytes()


def test_the_day_of_receipt_is_kept_where_it_is_known(qtbot, window):
    window.starting.new_case()
    dialog = window.dialogs.current
    dialog.date.setDate(dialog.date.date().addDays(-3))
    assert dialog.received == dialog.date.date().toString(Qt.DateFormat.ISODate)
    dialog.close()


def test_a_wrong_passphrase_is_asked_for_again(qtbot, window, closed):
    open_with_keys(qtbot, window, closed, "not the passphrase")
    dialog = window.dialogs.current
    qtbot.waitUntil(lambda: "does not open" in dialog.trouble.text(), timeout=PATIENCE_MS)
    assert dialog.isVisible()
    assert window.session is None
    qtbot.keyClick(dialog.passphrase_field.line, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(dialog.passphrase_field.line, PASSPHRASE)
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_open(qtbot, window)
    assert window.session.ref == "FOI 2025/0417"
    assert [one.name for one in window.session.documents.values()] == ["letter.txt"]


def test_a_case_that_does_not_open_leaves_the_open_one_as_it_is(qtbot, window, opened, closed):
    session = opened()
    open_with_keys(qtbot, window, closed, "not the passphrase")
    dialog = window.dialogs.current
    qtbot.waitUntil(lambda: "does not open" in dialog.trouble.text(), timeout=PATIENCE_MS)
    dialog.reject()
    assert window.session is session
    assert window.windowTitle().startswith("FOI 2025/0417")


def test_the_start_page_lists_opens_and_forgets_cases(qtbot, window, closed):
    open_with_keys(qtbot, window, closed)
    wait_until_open(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_W, CONTROL)
    page = window.starting.page
    assert window.pages.currentWidget() is page
    (name, where) = page.recent.item(0).text().split("\n")
    assert name == "FOI 2025-0417"
    assert where.startswith(str(closed.parent))
    page.recent.setCurrentRow(0)
    page.recent.setFocus()
    qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert isinstance(window.dialogs.current, OpenCaseDialog)
    window.dialogs.current.reject()
    (forget,) = [
        one for one in page.recent_menu(closed).actions() if one.text().startswith("Remove")
    ]
    forget.trigger()
    assert page.recent.count() == 0
    assert closed.is_file(), "only the list forgets it"


# --- somebody else has it ----------------------------------------------------------------------


def test_a_case_that_somebody_has_open_says_who(qtbot, window, closed, reviewer):
    theirs = Case.open(closed, PASSPHRASE, reviewer)
    try:
        open_with_keys(qtbot, window, closed)
        qtbot.waitUntil(lambda: bool(shown_boxes()), timeout=PATIENCE_MS)
        (box,) = shown_boxes()
        assert box.text() == "Somebody has the case open"
        assert "Idris Vaughan has it on " in box.informativeText()
        assert window.session is None
        box.close()
    finally:
        theirs.close()


CRASH = """
import os, sys
from pathlib import Path
from redactor.app.case import Case
from redactor.case.signing import signer_of_seed
from redactor.model import Role
reviewer = signer_of_seed("Idris Vaughan", Role.REVIEWER, bytes.fromhex(sys.argv[2]))
case = Case.open(Path(sys.argv[1]), sys.argv[3], reviewer)
os._exit(1)
"""


def leave_open(path: Path, who: Signer) -> None:
    """Have another person's program open a case and die."""
    script = textwrap.dedent(CRASH)
    seed = who.seed().hex()
    subprocess.run([sys.executable, "-c", script, str(path), seed, PASSPHRASE], check=False)


def test_a_case_that_was_left_open_is_taken_over_with_a_reason(qtbot, window, closed, reviewer):
    leave_open(closed, reviewer)
    open_with_keys(qtbot, window, closed)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, TakeOverDialog), timeout=PATIENCE_MS)
    dialog = window.dialogs.current
    assert not dialog.ok.isEnabled(), "it needs a reason"
    qtbot.keyClicks(dialog.reason_field, "Idris is on leave.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_open(qtbot, window)
    (taken,) = [body for kind, body in events(window) if kind is EventKind.LOCK_TAKEN]
    assert taken["reason"] == "Idris is on leave."
    assert taken["from"] == "Idris Vaughan"


def test_a_case_that_was_left_open_stays_so_when_nobody_takes_it(qtbot, window, closed, reviewer):
    leave_open(closed, reviewer)
    open_with_keys(qtbot, window, closed)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, TakeOverDialog), timeout=PATIENCE_MS)
    window.dialogs.current.reject()
    assert window.session is None
    assert "Idris Vaughan" in Path(f"{closed}.lock").read_text(encoding="utf-8")


# --- damage and backups ------------------------------------------------------------------------


def damage(path: Path) -> bytes:
    """Change bytes of the first page, as a bad disk would."""
    data = bytearray(path.read_bytes())
    data[100:140] = bytes(40)
    path.write_bytes(data)
    return bytes(data)


def test_a_damaged_case_is_restored_by_one_click_and_opens(qtbot, window, closed):
    broken = damage(closed)
    open_with_keys(qtbot, window, closed)
    box = wait_for_box(qtbot, window)
    assert box.text() == "The case file is damaged"
    press_button(qtbot, box, "Restore the backup of ")
    wait_until_open(qtbot, window)
    assert [one.name for one in window.session.documents.values()] == ["letter.txt"]
    (aside,) = closed.parent.glob("*.damaged-*")
    assert aside.read_bytes() == broken
    assert aside.name in window.bars.text("note")
    note = window.bars.bars["note"]
    qtbot.mouseClick(note.button, LEFT)
    assert "note" not in window.bars.bars


def test_a_damaged_case_without_a_backup_offers_none(qtbot, window, closed):
    damage(closed)
    backup_path(closed).unlink()
    open_with_keys(qtbot, window, closed)
    box = wait_for_box(qtbot, window)
    assert not [one for one in box.buttons() if "Restore" in one.text()]
    box.close()


def test_a_backup_is_restored_from_the_start_page_once_it_is_said_so(qtbot, window, closed):
    now = closed.read_bytes()
    (restore,) = [
        one for one in window.starting.page.recent_menu(closed).actions() if "backup" in one.text()
    ]
    restore.trigger()
    box = wait_for_box(qtbot, window)
    press_button(qtbot, box, "Leave it")
    assert not list(closed.parent.glob("*.damaged-*"))
    restore.trigger()
    qtbot.waitUntil(lambda: window.dialogs.current is not box, timeout=PATIENCE_MS)
    asking = wait_for_box(qtbot, window)
    press_button(qtbot, asking, "Restore it")
    qtbot.waitUntil(lambda: window.dialogs.current is not asking, timeout=PATIENCE_MS)
    (aside,) = closed.parent.glob("*.damaged-*")
    assert aside.read_bytes() == now
    assert aside.name in wait_for_box(qtbot, window).informativeText()
    window.dialogs.current.close()


# --- who may do what ---------------------------------------------------------------------------


def test_an_observer_may_look_and_decides_nothing(qtbot, window, closed, observer):
    first = Case.open(closed, PASSPHRASE, observer)
    first.close()
    window.cases.open(closed, PASSPHRASE, window.signer)
    wait_until_open(qtbot, window)
    window.who.sign_in(observer)
    session = window.session
    qtbot.waitUntil(lambda: not session.can_decide, timeout=PATIENCE_MS)
    assert "as observer" in window.bars.text("observer")
    assert window.person.text() == "Sorcha Quill · observer"
    for name in ("accept", "reject", "accept-all", "mark", "add", "undo", "read-again"):
        assert not window.commands[name].isEnabled(), name
    assert window.commands["next"].isEnabled()
    decision = window.review.decision
    assert not decision.accept.isEnabled()
    window.review.findings.table.setFocus()
    window.review.findings.select_row(0)
    assert not decision.accept.isEnabled()
    press(qtbot, window, Qt.Key.Key_A)
    qtbot.mouseClick(decision.reject, LEFT)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}


def test_what_is_asked_past_the_buttons_is_refused_plainly(qtbot, window, closed, observer):
    window.cases.open(closed, PASSPHRASE, window.signer)
    wait_until_open(qtbot, window)
    session = window.session
    window.who.sign_in(observer)
    qtbot.waitUntil(lambda: not session.can_decide, timeout=PATIENCE_MS)
    session.decide([session.marks.ids[0]], Action.KEEP, "", "Public.")
    (box,) = shown_boxes()
    assert box.text() == "You may not do this here"
    assert "you are in this case as observer" in box.informativeText()
    box.close()
    assert kept_states(session) == {}


def test_a_stranger_is_told_what_to_give_to_an_officer(qtbot, window, closed):
    stranger = new_signer("Pasco Trelawny", Role.OFFICER)
    window.who.sign_in(stranger)
    open_with_keys(qtbot, window, closed)
    wait_until_open(qtbot, window)
    bar = window.bars.bars["stranger"]
    assert "have not been introduced" in bar.label.text()
    assert grouped(stranger.fingerprint) in bar.label.text()
    assert not window.commands["accept"].isEnabled()
    qtbot.mouseClick(bar.button, LEFT)
    assert QApplication.clipboard().text() == grouped(stranger.fingerprint)
    assert not shown_boxes(), "nothing was tried that they may not do"


# --- the state of the case ---------------------------------------------------------------------


def decided_and_submitted(qtbot, window: MainWindow) -> None:
    """Decide everything, and have the case submitted."""
    ready(qtbot, window)
    window.review.findings.table.selectAll()
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, window.session)
    lane = window.lanes.reading
    window.session.lane.submit(lambda case: submit(case, lane)).result(60)
    qtbot.waitUntil(lambda: window.pill.text() == "Submitted", timeout=PATIENCE_MS)


def test_the_state_is_always_shown_in_words_and_colour(qtbot, window, opened, letter):
    opened(letter)
    assert window.pill.isVisible()
    assert (window.pill.text(), window.pill.property("pill")) == ("Open", "open")
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: window.pill.text() == "In review", timeout=PATIENCE_MS)
    assert window.pill.property("pill") == "review"
    decided_and_submitted(qtbot, window)
    assert window.pill.property("pill") == "submitted"
    assert window.pill.toolTip().startswith("Submitted by Morwenna Teague on ")
    window.cases.close()
    assert not window.pill.isVisible()


def test_a_change_after_the_submission_asks_and_takes_it_away(qtbot, window, opened, letter):
    session = opened(letter)
    decided_and_submitted(qtbot, window)
    before = kept_states(session)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    box = wait_for_box(qtbot, window)
    assert box.text() == "This case is submitted"
    press_button(qtbot, box, "Leave it")
    wait_until_saved(qtbot, session)
    assert kept_states(session) == before
    assert session.life.state is CaseState.SUBMITTED
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.dialogs.current is not box)
    press_button(qtbot, wait_for_box(qtbot, window), "Change it")
    qtbot.waitUntil(lambda: window.pill.text() == "In review", timeout=PATIENCE_MS)
    wait_until_saved(qtbot, session)
    assert kept_states(session) == {}
    said = window.bars.text("voided")
    assert said.startswith("The submission of Morwenna Teague was taken away by event")


def test_enter_leaves_a_submitted_case_as_it_is(qtbot, window, opened, letter, tmp_path):
    session = opened(letter)
    decided_and_submitted(qtbot, window)
    window.starting.add_paths([write(tmp_path / "more.txt", "Ring 07700 900111.")])
    qtbot.keyClick(wait_for_box(qtbot, window), Qt.Key.Key_Return)
    assert session.lane.submit(lambda case: len(case.documents())).result(30) == 1
    assert session.life.state is CaseState.SUBMITTED


def test_a_reviewer_is_told_that_a_change_costs_them_the_approval(
    qtbot, window, opened, letter, reviewer
):
    session = opened(letter)
    session.lane.submit(
        lambda case: case.invite(reviewer.fingerprint, reviewer.name, Role.REVIEWER)
    ).result(30)
    decided_and_submitted(qtbot, window)
    window.who.sign_in(reviewer)
    qtbot.waitUntil(lambda: session.signer == reviewer, timeout=PATIENCE_MS)
    window.review.findings.select_row(0)
    window.review.findings.table.setFocus()
    press(qtbot, window, Qt.Key.Key_R)
    box = wait_for_box(qtbot, window)
    assert "You could not approve it then" in box.informativeText()
    press_button(qtbot, box, "Change it")
    qtbot.waitUntil(lambda: session.life.voided is not None, timeout=PATIENCE_MS)
    wait_until_saved(qtbot, session)
    assert reviewer.fingerprint in session.life.preparers
    assert session.marks.decisions[marks_listed(window)[0]].actor == "Idris Vaughan"


# --- closing -----------------------------------------------------------------------------------


def test_closing_a_case_keeps_a_backup_and_says_so(qtbot, window, opened, letter):
    session = opened(letter)
    path = session.path
    window.cases.close()
    assert window.status.keeping.text() == "Keeping a backup…"
    qtbot.waitUntil(lambda: window.status.keeping.text() == "", timeout=PATIENCE_MS)
    assert backup_path(path).read_bytes() == path.read_bytes()


def test_a_case_can_be_opened_again_while_its_backup_is_kept(qtbot, window, opened, letter):
    path = opened(letter).path
    window.cases.close()
    window.cases.open(path, PASSPHRASE, window.signer)
    wait_until_open(qtbot, window)
    assert not shown_boxes()


def test_a_backup_that_could_not_be_kept_is_said(qtbot, window, opened, letter):
    path = opened(letter).path
    backup_path(path).mkdir()
    window.cases.close()
    qtbot.waitUntil(lambda: bool(shown_boxes()), timeout=PATIENCE_MS)
    (box,) = shown_boxes()
    assert "No backup of case.redactor was made" in box.informativeText()
    box.close()


def test_a_backup_that_could_not_be_kept_is_said_after_the_window_went(
    qtbot, window, opened, letter
):
    path = opened(letter).path
    backup_path(path).mkdir()
    assert window.close()
    (box,) = shown_boxes()
    assert not window.isVisible()
    assert "No backup of case.redactor was made" in box.informativeText()
    box.close()


def copy_of_a_case(qtbot, window: MainWindow) -> str:
    """Copy a passage of a document from its preview, as a person does."""
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewDialog)), timeout=PATIENCE_MS)
    (preview,) = window.findChildren(PreviewDialog)
    qtbot.keyClick(preview.text, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(preview.text, Qt.Key.Key_C, CONTROL)
    preview.reject()
    copied = QApplication.clipboard().text()
    assert copied
    assert copied in LETTER
    return copied


def test_what_was_copied_from_a_case_goes_when_it_is_closed(qtbot, window, opened, letter):
    opened(letter)
    copy_of_a_case(qtbot, window)
    window.cases.close()
    assert QApplication.clipboard().text() == ""


def test_what_was_copied_from_a_case_goes_when_the_program_ends(qtbot, window, opened, letter):
    opened(letter)
    copy_of_a_case(qtbot, window)
    window.close()
    assert QApplication.clipboard().text() == ""


def test_what_was_copied_stays_where_the_person_wants_it_to(qtbot, window, opened, letter):
    opened(letter)
    copied = copy_of_a_case(qtbot, window)
    assert window.commands["clear-clipboard"].isChecked(), "it goes unless somebody says otherwise"
    window.commands["clear-clipboard"].trigger()
    window.cases.close()
    assert QApplication.clipboard().text() == copied
    again = MainWindow(window.lanes)
    qtbot.addWidget(again)
    assert not again.commands["clear-clipboard"].isChecked(), "it is remembered"
    again.close()


def test_what_is_not_of_a_case_stays_on_the_clipboard(qtbot, window, opened, letter):
    QApplication.clipboard().setText("copied before a case was open")
    opened(letter)
    window.cases.close()
    assert QApplication.clipboard().text() == "copied before a case was open"
