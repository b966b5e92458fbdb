"""Signing in, who I am, working as somebody else, and the people of a case: real keys and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from redactor.case.identity import create_identity, save_identity, show_identity
from redactor.case.signing import grouped, new_signer
from redactor.config import identities_folder
from redactor.events import EventKind
from redactor.model import Action, Role
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.test_window_review import marks_listed, press, ready
from ui import theme
from ui.dialogs.cases import NewCaseDialog
from ui.dialogs.identity import SignInDialog, WhoIAmDialog
from ui.dialogs.people import PeopleDialog
from ui.window import MainWindow

SECRET = "linnet over saltmarsh"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fresh(qtbot, qapp, lanes):
    """Give a window in which nobody is signed in."""
    with theme.building(qapp):
        made = MainWindow(lanes)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()


def asked(window: MainWindow) -> SignInDialog:
    dialog = window.dialogs.current
    assert isinstance(dialog, SignInDialog)
    return dialog


def sign_in_with(qtbot, dialog: SignInDialog, path: Path, passphrase: str) -> None:
    """Choose an identity file and give its passphrase, as a person does."""
    if dialog.page is dialog.unlock_page:
        qtbot.mouseClick(dialog.another, LEFT)
    qtbot.mouseClick(dialog.use_button, LEFT)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.unlock_page.first())
    dialog.unlock_page.file.selectAll()
    qtbot.keyClicks(dialog.unlock_page.file, str(path))
    dialog.unlock_page.passphrase.line.setFocus()
    qtbot.keyClicks(dialog.unlock_page.passphrase.line, passphrase)
    qtbot.keyClick(dialog.unlock_page.passphrase.line, Qt.Key.Key_Return)


def test_the_first_start_makes_an_identity(qtbot, fresh):
    fresh.begin(None)
    dialog = asked(fresh)
    assert not dialog.ok.isVisible()
    qtbot.mouseClick(dialog.create_button, LEFT)
    page = dialog.create_page
    qtbot.waitUntil(page.name_line.hasFocus)
    qtbot.keyClicks(page.name_line, "Sorcha  Quill")
    qtbot.keyClicks(page.passphrase_field.line, SECRET)
    qtbot.keyClicks(page.again.line, SECRET)
    assert not dialog.ok.isEnabled(), "a role has to be chosen"
    qtbot.keyClick(page.roles.button(1), Qt.Key.Key_Space)
    assert dialog.ok.isEnabled()
    page.again.line.setFocus()
    qtbot.keyClick(page.again.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fresh.signer is not None, timeout=PATIENCE_MS)
    path = identities_folder() / "Sorcha Quill.identity"
    person = show_identity(path)
    assert (person.name, person.role) == ("Sorcha Quill", Role.REVIEWER)
    assert fresh.signer.person == person
    assert fresh.settings.identity == path
    assert fresh.person.text() == "Sorcha Quill · reviewer"
    assert grouped(person.fingerprint) in fresh.person.toolTip()


def test_no_passphrase_is_kept_in_the_settings_or_in_the_file(qtbot, fresh, tmp_path):
    path = tmp_path / "me.identity"
    create_identity(path, "Sorcha Quill", Role.OFFICER, SECRET)
    fresh.begin(None)
    sign_in_with(qtbot, asked(fresh), path, SECRET)
    qtbot.waitUntil(lambda: fresh.signer is not None, timeout=PATIENCE_MS)
    fresh.settings._kept.sync()
    kept = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert any(one.suffix in {".ini", ".conf"} for one in kept), "the settings were written"
    for one in kept:
        assert SECRET.encode() not in one.read_bytes(), one.name


def test_a_passphrase_that_is_short_or_was_mistyped_makes_no_identity(qtbot, fresh):
    fresh.begin(None)
    dialog = asked(fresh)
    qtbot.mouseClick(dialog.create_button, LEFT)
    page = dialog.create_page
    qtbot.keyClicks(page.name_line, "Sorcha Quill")
    qtbot.keyClick(page.roles.button(0), Qt.Key.Key_Space)
    qtbot.keyClicks(page.passphrase_field.line, "short")
    qtbot.keyClicks(page.again.line, "short")
    assert "at least 8" in page._trouble.text()
    assert not dialog.ok.isEnabled()
    page.passphrase_field.line.clear()
    qtbot.keyClicks(page.passphrase_field.line, SECRET)
    assert "not the same" in page._trouble.text()
    assert not dialog.ok.isEnabled()
    qtbot.keyClick(page.again.line, Qt.Key.Key_Return)
    assert list(identities_folder().iterdir()) == []


def test_a_name_that_is_taken_is_said_and_nothing_is_written_over(qtbot, fresh):
    path = identities_folder() / "Sorcha Quill.identity"
    create_identity(path, "Sorcha Quill", Role.OFFICER, SECRET)
    before = path.read_bytes()
    fresh.begin(None)
    dialog = asked(fresh)
    qtbot.mouseClick(dialog.create_button, LEFT)
    page = dialog.create_page
    qtbot.keyClicks(page.name_line, "Sorcha Quill")
    qtbot.keyClick(page.roles.button(0), Qt.Key.Key_Space)
    for field in (page.passphrase_field, page.again):
        qtbot.keyClicks(field.line, "another one of it")
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: "is there already" in dialog.trouble.text(), timeout=PATIENCE_MS)
    assert dialog.isVisible()
    assert fresh.signer is None
    assert path.read_bytes() == before


def test_a_later_start_asks_for_the_passphrase_until_it_is_right(qtbot, fresh, tmp_path):
    path = tmp_path / "me.identity"
    create_identity(path, "Sorcha Quill", Role.OFFICER, SECRET)
    fresh.settings.identity = path
    fresh.begin(None)
    dialog = asked(fresh)
    page = dialog.unlock_page
    assert dialog.page is page
    qtbot.waitUntil(page.passphrase.line.hasFocus)
    qtbot.waitUntil(lambda: page.about.text() == "Sorcha Quill, officer", timeout=PATIENCE_MS)
    qtbot.keyClicks(page.passphrase.line, "something else")
    qtbot.keyClick(page.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in dialog.trouble.text(), timeout=PATIENCE_MS)
    assert dialog.isVisible()
    assert fresh.signer is None
    assert page.passphrase.line.selectedText(), "it can be typed over at once"
    qtbot.keyClicks(page.passphrase.line, SECRET)
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: fresh.signer is not None, timeout=PATIENCE_MS)
    assert fresh.person.text() == "Sorcha Quill · officer"


def test_the_passphrase_is_hidden_until_somebody_asks_to_see_it(qtbot, fresh, tmp_path):
    fresh.settings.identity = tmp_path / "me.identity"
    fresh.begin(None)
    field = asked(fresh).unlock_page.passphrase
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    qtbot.mouseClick(field.show_button, LEFT)
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    assert field.show_button.text() == "Hide"
    qtbot.mouseClick(field.show_button, LEFT)
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_an_identity_that_was_changed_is_refused_by_name(qtbot, fresh, tmp_path):
    path = tmp_path / "me.identity"
    create_identity(path, "Sorcha Quill", Role.OBSERVER, SECRET)
    changed = json.loads(path.read_text(encoding="utf-8")) | {"role": "reviewer"}
    path.write_text(json.dumps(changed), encoding="utf-8")
    fresh.begin(None)
    dialog = asked(fresh)
    sign_in_with(qtbot, dialog, path, SECRET)
    qtbot.waitUntil(lambda: "me.identity is damaged" in dialog.trouble.text(), timeout=PATIENCE_MS)
    assert fresh.signer is None


def test_nothing_is_begun_by_nobody(qtbot, fresh):
    fresh.begin(None)
    qtbot.keyClick(asked(fresh), Qt.Key.Key_Escape)
    assert fresh.person.text() == "Nobody is signed in"
    fresh.dialogs.current = None
    fresh.activateWindow()
    qtbot.keyClick(fresh, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not isinstance(fresh.dialogs.current, NewCaseDialog)
    assert asked(fresh).isVisible()


def test_the_fingerprint_is_shown_in_fours_and_copied(qtbot, window, officer):
    qtbot.mouseClick(window.person, LEFT)
    dialog = window.dialogs.current
    assert isinstance(dialog, WhoIAmDialog)
    said = grouped(officer.fingerprint)
    assert dialog.fingerprint.text() == said
    assert [len(part) for part in said.split()] == [4] * 10
    qtbot.mouseClick(dialog.copy, LEFT)
    assert QApplication.clipboard().text() == said
    dialog.close()


def test_what_is_decided_after_a_change_of_person_is_signed_by_the_other(
    qtbot, window, opened, letter, tmp_path
):
    session = opened(letter)
    other = new_signer("Sorcha Quill", Role.OFFICER)
    path = tmp_path / "sorcha.identity"
    save_identity(path, other, SECRET)
    invite(qtbot, window, other.fingerprint, "Sorcha Quill", 0)
    window.commands["work-as"].trigger()
    sign_in_with(qtbot, asked(window), path, SECRET)
    qtbot.waitUntil(lambda: session.signer == other, timeout=PATIENCE_MS)
    assert window.person.text() == "Sorcha Quill · officer"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    ready(qtbot, window)
    first = marks_listed(window)[0]
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert session.marks.decisions[first].actor == "Sorcha Quill"
    events = session.lane.submit(lambda case: case.events()).result(30)
    (decided,) = [one for one in events if one.kind is EventKind.DECIDED]
    assert decided.fingerprint == other.fingerprint


def test_another_person_whom_the_case_does_not_know_may_only_look(
    qtbot, window, opened, letter, tmp_path
):
    session = opened(letter)
    ready(qtbot, window)
    path = tmp_path / "stranger.identity"
    save_identity(path, new_signer("Sorcha Quill", Role.OFFICER), SECRET)
    window.commands["work-as"].trigger()
    sign_in_with(qtbot, asked(window), path, SECRET)
    qtbot.waitUntil(lambda: not session.can_decide, timeout=PATIENCE_MS)
    assert not window.commands["accept"].isEnabled()
    window.activateWindow()
    window.review.findings.table.setFocus()
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert session.marks.decisions == {}


def invite(qtbot, window: MainWindow, fingerprint: str, name: str, role: int) -> None:
    """Introduce somebody to the case, as an officer does."""
    window.commands["people"].trigger()
    dialog = window.dialogs.current
    assert isinstance(dialog, PeopleDialog)
    qtbot.keyClicks(dialog.fingerprint, fingerprint)
    qtbot.keyClicks(dialog.name, name)
    dialog.role.setCurrentIndex(role)
    qtbot.mouseClick(dialog.invite, LEFT)
    qtbot.waitUntil(lambda: dialog.name.text() == "", timeout=PATIENCE_MS)
    dialog.close()


def cells(dialog: PeopleDialog) -> list[tuple[str, ...]]:
    table = dialog.table
    return [
        tuple(table.item(row, column).text() for column in range(3))
        for row in range(table.rowCount())
    ]


def test_people_are_introduced_by_fingerprint_and_listed(qtbot, window, opened, letter, reviewer):
    opened(letter)
    window.commands["people"].trigger()
    dialog = window.dialogs.current
    assert cells(dialog) == [("Morwenna Teague", "officer", "yes")]
    assert not dialog.invite.isEnabled()
    qtbot.keyClicks(dialog.fingerprint, "3f2a 91bc")
    qtbot.keyClicks(dialog.name, "Idris Vaughan")
    dialog.role.setCurrentIndex(1)
    qtbot.mouseClick(dialog.invite, LEFT)
    qtbot.waitUntil(lambda: "not a fingerprint" in dialog.trouble.text(), timeout=PATIENCE_MS)
    dialog.fingerprint.clear()
    qtbot.keyClicks(dialog.fingerprint, grouped(reviewer.fingerprint).upper())
    qtbot.mouseClick(dialog.invite, LEFT)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2, timeout=PATIENCE_MS)
    assert cells(dialog)[0] == ("Idris Vaughan", "reviewer", "not yet")
    assert dialog.table.item(0, 3).text() == grouped(reviewer.fingerprint)
    dialog.close()


def test_a_reviewer_cannot_invite(qtbot, window, opened, letter, reviewer):
    session = opened(letter)
    invite(qtbot, window, reviewer.fingerprint, "Idris Vaughan", 1)
    window.who.sign_in(reviewer)
    qtbot.waitUntil(lambda: session.signer == reviewer, timeout=PATIENCE_MS)
    window.commands["people"].trigger()
    dialog = window.dialogs.current
    assert not dialog.fingerprint.isEnabled()
    assert "Only an officer" in dialog.trouble.text()
    dialog.close()


def test_a_qualified_limb_wants_the_public_interest_weighed(qtbot, window, opened, letter):
    session = opened(letter)
    ready(qtbot, window)
    decision = window.review.decision
    assert not decision.public_interest.isVisible(), "s40(2) by s40(3A)(a) is absolute"
    row = next(
        at
        for at in range(decision.exemption.count())
        if decision.exemption.itemData(at).startswith("s31(1)(a)")
    )
    decision.exemption.setCurrentIndex(row)
    assert decision.public_interest.isVisible()
    first = marks_listed(window)[0]
    press(qtbot, window, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert session.marks.decisions == {}, "it was not weighed yet"
    assert decision.public_interest.hasFocus()
    assert "public interest" in decision.trouble.text()
    qtbot.keyClicks(decision.public_interest, "Harm to policing outweighs openness.")
    press(qtbot, window, Qt.Key.Key_Return)
    wait_until_saved(qtbot, session)
    made = session.marks.decisions[first]
    assert made.public_interest == "Harm to policing outweighs openness."
    assert made.action is Action.REDACT
    assert window.review.findings.table.hasFocus()
    press(qtbot, window, Qt.Key.Key_R)
    wait_until_saved(qtbot, session)
    assert sorted(one.public_interest for one in session.marks.decisions.values())[0] == ""
