"""Lists in the window: by keys from a finding or a selection, and in a dialog; nothing silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.app.site_lists import SiteLists, export_site_lists, open_site_lists, with_entries
from redactor.config import resource_path
from redactor.events import EventKind
from redactor.lists import Which, new_entry
from redactor.model import Action, Proposal
from tests.gui.conftest import PATIENCE_MS, wait_until_read, wait_until_saved
from ui.dialogs.cases import NewCaseDialog
from ui.dialogs.list_text import ListTextDialog
from ui.dialogs.lists import ListsDialog
from ui.settings import Settings
from ui.window import MainWindow

LETTER = """Please write to daniel.ashworth@example.org about Operation Teasel.
Operation Teasel was closed. daniel.ashworth@example.org knows.
"""
NOTE = "A note on operation teasel, and on daniel.ashworth@example.org.\n"


@pytest.fixture
def review(qtbot, window: MainWindow, opened, tmp_path: Path) -> MainWindow:
    for name, text in (("letter.txt", LETTER), ("note.txt", NOTE)):
        (tmp_path / name).write_text(text, "utf-8")
    opened(tmp_path / "letter.txt", tmp_path / "note.txt")
    window.review.findings.scope.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.review.findings.model.rowCount() >= 3, timeout=PATIENCE_MS)
    return window


def choose(window: MainWindow, text: str) -> None:
    model = window.review.findings.model
    marks = window.session.marks.by_id
    ids = model.ids_at(range(model.rowCount()))
    window.review.findings.select_row([marks[one].text for one in ids].index(text))
    window.review.findings.table.setFocus()


def texts(window: MainWindow) -> list[str]:
    return [mark.text.casefold() for mark in window.session.marks.by_id.values()]


def dialog(qtbot, window: MainWindow) -> ListsDialog:
    window.commands["lists"].trigger()
    shown = window.dialogs.current
    assert isinstance(shown, ListsDialog)
    qtbot.waitUntil(lambda: "(" in shown.tabs.tabText(0), timeout=PATIENCE_MS)
    return shown


def tab_says(shown: ListsDialog, at: int, count: int) -> bool:
    return shown.tabs.tabText(at).endswith(f"({count})")


def test_never_propose_this_by_key_shows_the_new_proposal(qtbot, review: MainWindow):
    address = "daniel.ashworth@example.org"
    choose(review, address)
    qtbot.keyClick(review.review.findings.table, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    asking = review.dialogs.current
    assert isinstance(asking, ListTextDialog)
    assert asking.text.text() == address
    assert asking.focusWidget() is asking.why
    qtbot.keyClicks(asking.why, "a role account")
    before = len(review.session.marks.by_id)
    qtbot.keyClick(asking.why, Qt.Key.Key_Return)
    marks = review.session.marks.by_id

    def kept() -> bool:
        same = [one for one in marks.values() if one.text == address]
        return all(one.proposal is Proposal.KEEP for one in same)

    qtbot.waitUntil(kept, timeout=PATIENCE_MS)
    assert len(marks) == before
    assert review.session.marks.counts().undecided >= 3
    assert "3 findings were proposed otherwise now" in review.statusBar().currentMessage()


def test_always_find_this_from_a_selection_marks_every_place(qtbot, review: MainWindow):
    review.review.choose_document(1)
    qtbot.waitUntil(lambda: review.review.viewing.viewer is not None, timeout=PATIENCE_MS)
    viewer = review.review.viewing.viewer
    viewer.setFocus()
    qtbot.keyClick(viewer, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    decided = len(review.session.marks.decisions)
    qtbot.keyClick(viewer, Qt.Key.Key_F)
    asking = review.dialogs.current
    assert isinstance(asking, ListTextDialog)
    assert len(review.session.marks.decisions) == decided  # nothing was marked by asking
    asking.text.setText("Operation Teasel")
    qtbot.mouseClick(asking.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: texts(review).count("operation teasel") == 3, timeout=PATIENCE_MS)
    made = [one for one in review.session.marks.by_id.values() if one.recogniser == "always-list@1"]
    assert {one.document for one in made} == {1, 2}
    assert all(review.session.marks.state(one.id).value == "undecided" for one in made)


def test_a_text_that_can_be_no_entry_is_not_accepted(qtbot, review: MainWindow):
    asking = ListTextDialog(Which.ALWAYS, "x", "TERM", review)
    qtbot.addWidget(asking)
    assert not asking.ok.isEnabled()
    assert "at least two letters" in asking.trouble.text()
    asking.text.setText("Teasel")
    assert asking.ok.isEnabled()


def test_entries_are_added_taken_off_and_put_back_by_keys(qtbot, review: MainWindow):
    shown = dialog(qtbot, review)
    always = shown.lists[Which.ALWAYS]
    line = always.focusProxy()
    line.setFocus()
    qtbot.keyClicks(line, "Operation Teasel")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab_says(shown, 0, 1), timeout=PATIENCE_MS)
    assert always.table.item(0, 0).text() == "Operation Teasel"
    assert "3 places were marked, to be decided." in shown.told.text()
    assert shown.outdated.text() == "2 documents were searched before the lists last changed."
    always.table.setFocus()
    qtbot.keyClick(always.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab_says(shown, 0, 0), timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab_says(shown, 0, 1), timeout=PATIENCE_MS)
    line.setText("operation teasel")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "already" in shown.trouble.text(), timeout=PATIENCE_MS)
    assert "teasel" not in shown.trouble.text().casefold()


def test_a_pack_is_adopted_and_the_documents_are_searched_again(qtbot, review: MainWindow):
    shown = dialog(qtbot, review)
    shown.take_pack(resource_path("detection", "packs", "example.toml"))
    qtbot.waitUntil(lambda: tab_says(shown, 2, 1), timeout=PATIENCE_MS)
    assert shown.packs.table.item(0, 0).text() == "Exampleshire numbers"
    qtbot.waitUntil(shown.search.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.search, Qt.MouseButton.LeftButton)
    session = review.session
    qtbot.waitUntil(
        lambda: not session.lane.submit(lambda case: case.listed.outdated()).result(30),
        timeout=PATIENCE_MS,
    )
    wait_until_read(qtbot, session)


def test_a_pack_that_fails_is_refused_in_the_dialog(qtbot, review: MainWindow, tmp_path: Path):
    shown = dialog(qtbot, review)
    broken = tmp_path / "broken.toml"
    broken.write_text("name = 'x'", "utf-8")
    shown.take_pack(broken)
    qtbot.waitUntil(shown.trouble.isVisible, timeout=PATIENCE_MS)
    assert "The pack was not taken in" in shown.trouble.text()


def test_the_lists_of_the_authority_are_adopted_and_exported(
    qtbot, review: MainWindow, tmp_path: Path
):
    site = with_entries(SiteLists("Exampleshire"), Which.ALWAYS, [new_entry("Operation Teasel")])
    path = tmp_path / "site.redactor-lists"
    export_site_lists(path, site, "thirteen grey herons")
    shown = dialog(qtbot, review)
    for passphrase in ("fourteen grey herons", "thirteen grey herons"):
        asking = shown.ask_to_adopt(path)
        qtbot.keyClicks(asking.passphrase.line, passphrase)
        qtbot.mouseClick(asking.ok, Qt.MouseButton.LeftButton)
        if passphrase.startswith("fourteen"):
            qtbot.waitUntil(lambda: "does not open" in shown.trouble.text(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: tab_says(shown, 0, 1), timeout=PATIENCE_MS)
    assert shown.lists[Which.ALWAYS].table.item(0, 3).text() == "Exampleshire"
    asking = shown.ask_to_export(tmp_path / "copy")
    asking.name.setText("Elsewhere")
    qtbot.keyClicks(asking.passphrase.line, "fifteen grey herons")
    qtbot.mouseClick(asking.ok, Qt.MouseButton.LeftButton)
    assert "copy.redactor-lists" in shown.told.text()
    copy = open_site_lists(tmp_path / "copy.redactor-lists", "fifteen grey herons")
    assert [one.text for one in copy.lists.always] == ["Operation Teasel"]


def test_a_suggestion_waits_for_a_person(qtbot, review: MainWindow):
    session = review.session
    address = "daniel.ashworth@example.org"
    ids = [one.id for one in session.marks.by_id.values() if one.text == address]
    session.decide(ids, Action.KEEP, "", "A role account.")
    wait_until_saved(qtbot, session)
    shown = dialog(qtbot, review)
    qtbot.waitUntil(lambda: tab_says(shown, 3, 1), timeout=PATIENCE_MS)
    assert (
        shown.suggestions.table.item(0, 3).text() == "kept 3 times in 2 documents, never withheld"
    )
    assert tab_says(shown, 1, 0)
    shown.tabs.setCurrentIndex(3)
    shown.suggestions.table.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab_says(shown, 1, 1) and tab_says(shown, 3, 0), timeout=PATIENCE_MS)


def test_who_only_looks_changes_no_list(qtbot, review: MainWindow, reviewer):
    review.who.sign_in(reviewer)
    qtbot.waitUntil(
        lambda: bool(review.session.objection(EventKind.LISTS_CHANGED)), timeout=PATIENCE_MS
    )
    shown = dialog(qtbot, review)
    assert not any(one.isEnabled() for one in shown.lists[Which.ALWAYS].doing)
    assert not shown.adopt.isEnabled()
    assert not review.commands["always"].isEnabled()


# --- at the beginning of a case -----------------------------------------------------------------

SITE_WORDS = "kept by the disclosure unit"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the authority's file of lists, where the program looks for it."""
    path = tmp_path / "unit.redactor-lists"
    site = with_entries(
        SiteLists("Exampleshire Police"),
        Which.ALWAYS,
        [new_entry("Operation Teasel", label="TERM", why="a live matter")],
    )
    site = with_entries(site, Which.NEVER, [new_entry("daniel.ashworth@example.org")])
    export_site_lists(path, site, SITE_WORDS)
    monkeypatch.setenv("REDACTOR_LISTS", str(path))
    return path


def new_case(qtbot, window: MainWindow, tmp_path: Path) -> NewCaseDialog:
    """Fill in the dialog of a new case by keys, up to its lists."""
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    window.starting.new_case([tmp_path / "letter.txt"], "FOI 1/25")
    shown = window.dialogs.current
    assert isinstance(shown, NewCaseDialog)
    shown.folder.setText(str(tmp_path))
    qtbot.keyClicks(shown.passphrase_field.line, "teasel and kestrel")
    qtbot.keyClicks(shown.again.line, "teasel and kestrel")
    return shown


def test_a_new_case_adopts_the_lists_of_the_authority_when_ticked(
    qtbot, window: MainWindow, tmp_path: Path, authority: Path
):
    shown = new_case(qtbot, window, tmp_path)
    assert shown.adopting.isVisible()
    assert not shown.adopting.isChecked()
    assert not shown.lists_passphrase.isVisible()
    shown.adopting.setFocus()
    qtbot.keyClick(shown.adopting, Qt.Key.Key_Space)
    line = shown.lists_passphrase.line
    assert line.isVisible()
    assert not shown.ok.isEnabled(), "the passphrase of the lists is asked for"
    qtbot.keyClicks(line, "not these words")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown.lists_trouble.text()), timeout=PATIENCE_MS)
    assert "does not open unit.redactor-lists" in shown.lists_trouble.text()
    assert window.session is None
    assert not shown.path.exists()
    qtbot.keyClicks(line, SITE_WORDS)  # what was wrong is selected, and goes
    with qtbot.waitSignal(window.cases.told, timeout=PATIENCE_MS) as told:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    (said,) = told.args
    assert said.startswith("The lists of Exampleshire Police were adopted")
    assert "1 on the always list, 1 on the never list" in said
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(window.session.documents) == 1, timeout=PATIENCE_MS)
    wait_until_read(qtbot, window.session)
    marks = window.session.marks.by_id.values()
    assert sum(one.text == "Operation Teasel" for one in marks) == 2
    kept = [one for one in marks if one.text == "daniel.ashworth@example.org"]
    assert kept
    assert all(one.proposal is Proposal.KEEP for one in kept)
    events = window.session.lane.submit(lambda case: case.events()).result(30)
    kinds = [one.kind for one in events]
    assert kinds.index(EventKind.LISTS_CHANGED) < kinds.index(EventKind.DOCUMENT_ADDED)
    (adopted,) = [one for one in events if one.kind is EventKind.LISTS_CHANGED]
    assert (adopted.body["always"], adopted.body["never"]) == (1, 1)
    assert "Teasel" not in str(adopted.body)


def test_a_new_case_without_the_tick_adopts_nothing(
    qtbot, window: MainWindow, tmp_path: Path, authority: Path
):
    shown = new_case(qtbot, window, tmp_path)
    qtbot.keyClick(shown.again.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    events = window.session.lane.submit(lambda case: case.events()).result(30)
    assert EventKind.LISTS_CHANGED not in [one.kind for one in events]
    qtbot.waitUntil(lambda: len(window.session.documents) == 1, timeout=PATIENCE_MS)
    wait_until_read(qtbot, window.session)


def test_nothing_is_offered_where_the_authority_keeps_no_lists(
    qtbot, window: MainWindow, tmp_path: Path
):
    shown = new_case(qtbot, window, tmp_path)
    assert not shown.adopting.isVisible()
    assert shown.ok.isEnabled()
    shown.close()


def test_lists_that_list_nothing_are_refused_before_a_case_is_made(
    qtbot, window: MainWindow, tmp_path: Path, authority: Path
):
    authority.unlink()
    export_site_lists(authority, SiteLists("Exampleshire Police"), SITE_WORDS)
    shown = new_case(qtbot, window, tmp_path)
    qtbot.mouseClick(shown.adopting, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(shown.lists_passphrase.line, SITE_WORDS)
    qtbot.mouseClick(shown.ok, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown.lists_trouble.text()), timeout=PATIENCE_MS)
    assert "list nothing yet" in shown.lists_trouble.text()
    assert window.session is None
    shown.close()


def test_the_file_that_was_adopted_last_is_offered_next(
    qtbot, review: MainWindow, tmp_path: Path, authority: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("REDACTOR_LISTS")
    assert Settings().site_lists != authority
    asking = dialog(qtbot, review).ask_to_adopt(authority)
    qtbot.keyClicks(asking.passphrase.line, SITE_WORDS)
    qtbot.keyClick(asking.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: Settings().site_lists == authority, timeout=PATIENCE_MS)
