"""The persons of a case, by key and click: look, merge, split, name the role, decide, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from redactor.app.persons import all_persons
from redactor.model import Action
from tests.gui.conftest import PATIENCE_MS, wait_until_read, wait_until_saved
from ui.dialogs.person import ContradictionDialog, PersonDecisionDialog, RoleDialog
from ui.panels.persons import PersonsPage
from ui.persons_model import MentionColumn, PersonColumn
from ui.session import Session
from ui.window import MainWindow

STATEMENT = """STATEMENT OF Sarah Okoro
PC 4411 Tom Vale came to the shop. Sarah Okoro rang PC Vale at once.
She can be reached at sarah.okoro@example.org, he said.
"""
NOTE = """Note of a meeting with Sara Okoro and PC Tom Vale.
"""
LATER = """Sarah Okoro wrote again.
"""
_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(qtbot, window: MainWindow, opened, tmp_path: Path) -> Session:
    """Open a case of two documents on its page of persons."""
    files = [tmp_path / "Okoro.txt", tmp_path / "note.txt"]
    for path, text in zip(files, (STATEMENT, NOTE), strict=True):
        path.write_text(text, encoding="utf-8")
    session = opened(*files)
    qtbot.keyClick(window, Qt.Key.Key_4, _CONTROL)
    qtbot.waitUntil(lambda: {"Sarah Okoro", "Tom Vale"} <= set(_names(window)), timeout=PATIENCE_MS)
    return session


def _page(window: MainWindow) -> PersonsPage:
    return window.persons


def _names(window: MainWindow) -> list[str]:
    return _column(window, PersonColumn.NAME)


def _column(window: MainWindow, column: PersonColumn) -> list[str]:
    model = _page(window).model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def _choose(qtbot, window: MainWindow, name: str) -> None:
    """Go to a person with the arrow keys, and wait for the mentions."""
    page = _page(window)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Home, _CONTROL)
    for _ in range(_names(window).index(name)):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    row = page.current
    assert row is not None
    assert row.subject.name == name
    count = len(row.subject.marks)
    qtbot.waitUntil(lambda: page.chosen.model.rowCount() == count, timeout=PATIENCE_MS)


def _stored(session: Session):
    return session.lane.submit(all_persons).result(30)


def _accept_dialog(qtbot, window: MainWindow, kind: type, reason: str = "") -> None:
    dialog = window.dialogs.current
    assert isinstance(dialog, kind)
    if isinstance(dialog, PersonDecisionDialog):
        dialog.reason.setEditText("")
        assert not dialog.ok.isEnabled()
        qtbot.keyClicks(dialog.reason.lineEdit(), reason)
    qtbot.keyClick(dialog.ok, Qt.Key.Key_Space)
    window.activateWindow()  # offscreen, nobody else gives it back what the dialog had
    qtbot.waitUntil(window.isActiveWindow)


def test_persons_are_listed_with_proposed_role_mentions_and_documents(qtbot, window, session):
    row = _names(window).index("Sarah Okoro")
    assert _column(window, PersonColumn.ROLE)[row] == "Witness?"
    assert _column(window, PersonColumn.MENTIONS)[row] == "3"
    _choose(qtbot, window, "Sarah Okoro")
    page = _page(window)
    shown = [page.chosen.model.index(n, MentionColumn.CONTEXT).data() for n in range(3)]
    assert shown[0].startswith("… STATEMENT OF ⟦Sarah Okoro⟧")
    assert "⟦sarah.okoro@example.org⟧" in shown[2]
    assert page.chosen.files.isVisible()
    assert "Okoro.txt" in page.chosen.files.text()


def test_a_person_is_redacted_by_key_in_one_step_that_undo_takes_back(qtbot, window, session):
    _choose(qtbot, window, "Tom Vale")
    marks = _page(window).current.subject.marks
    qtbot.keyClick(_page(window).table, Qt.Key.Key_A)
    _accept_dialog(qtbot, window, PersonDecisionDialog, "A private person.")
    wait_until_saved(qtbot, session)
    assert {session.marks.decisions[one].action for one in marks} == {Action.REDACT}
    qtbot.waitUntil(
        lambda: "Redact" in "".join(_column(window, PersonColumn.STANDING)), timeout=PATIENCE_MS
    )
    qtbot.keyClick(window, Qt.Key.Key_Z, _CONTROL)
    qtbot.waitUntil(lambda: not session.marks.decisions, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not any(_column(window, PersonColumn.STANDING)), timeout=PATIENCE_MS)


def test_a_document_added_later_is_decided_alike_and_the_window_says_so(
    qtbot, window, session, tmp_path
):
    _choose(qtbot, window, "Sarah Okoro")
    qtbot.keyClick(_page(window).table, Qt.Key.Key_K)
    _accept_dialog(qtbot, window, PersonDecisionDialog, "She asked for it.")
    wait_until_saved(qtbot, session)
    later = tmp_path / "later.txt"
    later.write_text(LATER, encoding="utf-8")
    session.add_paths([later])
    qtbot.waitUntil(lambda: len(session.documents) == 3, timeout=PATIENCE_MS)
    wait_until_read(qtbot, session)
    (mark,) = [
        one
        for one in session.marks.by_id.values()
        if one.document == 3 and one.text == "Sarah Okoro"
    ]
    qtbot.waitUntil(lambda: mark.id in session.marks.decisions, timeout=PATIENCE_MS)
    assert session.marks.decisions[mark.id].action is Action.KEEP
    assert "1 new mention was decided" in window.statusBar().currentMessage()


def test_a_suggested_pair_is_merged_with_enter_and_split_again(qtbot, window, session):
    page = _page(window)
    assert page.pairs.list.count() == 1
    page.pairs.list.setFocus()
    qtbot.keyClick(page.pairs.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Sara Okoro" not in _names(window), timeout=PATIENCE_MS)
    assert page.pairs.list.count() == 0
    _choose(qtbot, window, "Sarah Okoro")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.chosen.mentions.hasFocus()
    texts = [page.chosen.model.mention_at(n).text for n in range(page.chosen.model.rowCount())]
    for _ in range(texts.index("Sara Okoro")):
        qtbot.keyClick(page.chosen.mentions, Qt.Key.Key_Down)
    qtbot.keyClick(page.chosen.mentions, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "Sara Okoro" in _names(window), timeout=PATIENCE_MS)


def test_a_suggested_pair_is_dismissed_for_good(qtbot, window, session):
    page = _page(window)
    page.pairs.list.setFocus()
    qtbot.keyClick(page.pairs.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.pairs.list.count() == 0, timeout=PATIENCE_MS)
    assert _stored(session).suggestions == ()
    assert "Sara Okoro" in _names(window)


def test_selected_persons_are_merged_by_key(qtbot, window, session):
    page = _page(window)
    _choose(qtbot, window, "Sarah Okoro")
    qtbot.keyClick(page.table, Qt.Key.Key_M)
    assert "Select two" in window.statusBar().currentMessage()
    before = page.model.rowCount()
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.selected()) == 2
    qtbot.keyClick(page.table, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: page.model.rowCount() == before - 1, timeout=PATIENCE_MS)


def test_persons_who_stand_decided_otherwise_are_asked_about(qtbot, window, session):
    page = _page(window)
    for name, key in (("Sarah Okoro", Qt.Key.Key_A), ("Sara Okoro", Qt.Key.Key_K)):
        _choose(qtbot, window, name)
        qtbot.keyClick(page.table, key)
        _accept_dialog(qtbot, window, PersonDecisionDialog, "A reason.")
        wait_until_saved(qtbot, session)
    qtbot.waitUntil(
        lambda: len([one for one in _column(window, PersonColumn.STANDING) if one]) == 2,
        timeout=PATIENCE_MS,
    )
    qtbot.mouseClick(page.pairs.same, Qt.MouseButton.LeftButton)
    _accept_dialog(qtbot, window, ContradictionDialog)
    qtbot.waitUntil(lambda: "Sara Okoro" not in _names(window), timeout=PATIENCE_MS)
    actions = {one.action for one in session.marks.decisions.values()}
    assert len(actions) == 1


def test_the_proposed_role_is_taken_over_or_changed(qtbot, window, session):
    page = _page(window)
    _choose(qtbot, window, "Tom Vale")
    qtbot.keyClick(page.table, Qt.Key.Key_R)
    dialog = window.dialogs.current
    assert isinstance(dialog, RoleDialog)
    assert dialog.role == "officer"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    _accept_dialog(qtbot, window, RoleDialog)
    row = _names(window).index("Tom Vale")
    qtbot.waitUntil(lambda: _column(window, PersonColumn.ROLE)[row] == "Staff", timeout=PATIENCE_MS)


def test_enter_goes_to_the_mention_in_its_document(qtbot, window, session):
    page = _page(window)
    _choose(qtbot, window, "Tom Vale")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    wanted = page.chosen.model.mention_at(page.chosen.mentions.currentIndex().row()).mark
    qtbot.keyClick(page.chosen.mentions, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.review
    assert window.review.findings.current().id == wanted


def test_the_search_finds_by_name_and_by_role(qtbot, window, session):
    page = _page(window)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "vale")
    qtbot.waitUntil(lambda: _names(window) == ["Tom Vale"])
    assert page.count.text().startswith("1 of ")
    page.search.clear()
    qtbot.keyClicks(page.search, "witness")
    qtbot.waitUntil(lambda: _names(window) == ["Sarah Okoro"])
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()
