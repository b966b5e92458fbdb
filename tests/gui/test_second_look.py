"""The second look in the window, by real keys: list, accept, dismiss, undo, filter, submit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.app.case import Case
from redactor.case.marks import NewMark
from redactor.jobs import Reading, SegmentBatch, read_whole
from redactor.lifecycle import CaseState
from redactor.model import Action, Span
from redactor.second_look import FILE_NAME
from tests.case_kit import EXEMPTION, OFFICER, PASSPHRASE, new_case
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from ui.panels.second_look import SecondLookPage
from ui.session import Session
from ui.window import MainWindow

_NAME = "Zebedee Quillfeather"
_FILES = {
    "note.txt": f"Statement of {_NAME}, clerk, warrant 448812.\n",
    "reply.txt": "They wrote to Quillfeather again.\nIt was Mr Quilfeather, officer 448812.\n",
    "quillfeather.txt": "The meeting began at ten.\n",
}


def make_case(path: Path) -> None:
    """Make a case in which one name is redacted where it stands first, and nowhere else."""
    case = new_case(path, "FOI 2025/0417")
    try:
        for name, text in _FILES.items():
            (path.parent / name).write_text(text, "utf-8")
            number = case.add_file(path.parent / name)
            assert number is not None
            _, document = read_whole(case.source(number))
            case.begin_reading(number)
            case.keep(number, SegmentBatch(document.segments))
            if name == "note.txt":
                place = Span("line:1", 13, 13 + len(_NAME))
                case.store.add_marks(number, [NewMark(place, _NAME, "PERSON", 1.0, "test", "")])
            case.finish_reading(number, Reading(document.sha256, document.format, (), (), ()))
        case.decide([case.marks()[0].id], Action.REDACT, EXEMPTION, "A private person.")
    finally:
        case.close(backup=False)


@pytest.fixture
def session(qtbot, window: MainWindow, tmp_path: Path) -> Session:
    """Open the case as its officer."""
    make_case(tmp_path / "case.redactor")
    window.who.sign_in(OFFICER)
    window.cases.open(tmp_path / "case.redactor", PASSPHRASE, OFFICER)
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    assert window.session is not None
    qtbot.waitUntil(lambda: bool(window.session.marks.ids), timeout=PATIENCE_MS)
    return window.session


@pytest.fixture
def page(qtbot, window: MainWindow, session: Session) -> SecondLookPage:
    """Give the page, once it has looked."""
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    wait_for_look(qtbot, window.second_look)
    return window.second_look


def wait_for_look(qtbot, page: SecondLookPage) -> None:
    qtbot.waitUntil(lambda: page._look is not None and page._work is None, timeout=PATIENCE_MS)


def listed(page: SecondLookPage) -> list[str]:
    return [item.text(0) for item in page.tree.lines()]


def current(page: SecondLookPage) -> str:
    item = page.tree.currentItem()
    return item.text(0) if item is not None else ""


def press(qtbot, page: SecondLookPage, key: Qt.Key) -> None:
    page.tree.setFocus()
    assert QApplication.focusWidget() is page.tree
    qtbot.keyClick(page.tree, key)


def rule(qtbot, page: SecondLookPage, session: Session, key: Qt.Key) -> None:
    """Press a key that rules, and wait until that is on disk and shown."""
    before = dict(session.leads)
    press(qtbot, page, key)
    qtbot.waitUntil(lambda: session.leads != before, timeout=PATIENCE_MS)
    wait_until_saved(qtbot, session)


def ask(session: Session, what: Callable[[Case], object]) -> object:
    return session.lane.submit(what).result(30)


def test_the_page_looks_by_itself_and_shows_the_surest_first(page: SecondLookPage):
    first = page.tree.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "All but certainly missed  (2)"
    assert listed(page)[:2] == ["Quillfeather", "quillfeather"]
    assert {"Quilfeather", "448812"} <= set(listed(page))
    assert "2 places all but certainly missed" in page.summary.text()
    assert current(page) == "Quillfeather"


def test_the_place_is_shown_in_its_text_with_what_it_is_near(qtbot, page: SecondLookPage):
    qtbot.waitUntil(
        lambda: "They wrote to" in page.place.context.toPlainText(), timeout=PATIENCE_MS
    )
    shown = page.place.context.toPlainText()
    assert "The surname of a redacted name alone." in shown
    assert f"Redacted elsewhere: {_NAME}" in shown


def test_a_accepts_and_goes_on_and_undo_brings_it_back(qtbot, page, session, window):
    rule(qtbot, page, session, Qt.Key.Key_A)
    assert current(page) == "quillfeather"
    mark = ask(session, lambda case: case.marks()[-1])
    assert (mark.document, mark.text, mark.by_hand) == (2, "Quillfeather", True)
    assert session.marks.decisions[mark.id].exemption == EXEMPTION
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not session.leads, timeout=PATIENCE_MS)
    assert current(page) == "Quillfeather"
    assert mark.id not in session.marks.decisions


def test_d_dismisses_for_the_reason_chosen_and_it_holds_when_looked_again(qtbot, page, session):
    before = listed(page)
    rule(qtbot, page, session, Qt.Key.Key_D)
    assert listed(page) == before[1:]
    (ruling,) = session.leads.values()
    assert ruling.category == "another-person"
    qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page._work is None, timeout=PATIENCE_MS)
    assert listed(page) == before[1:]
    qtbot.mouseClick(page.ruled, Qt.MouseButton.LeftButton)
    assert sorted(listed(page)) == sorted(before)
    shown = [item.text(3) for item in page.tree.lines() if item.text(0) == "Quillfeather"]
    assert shown == ["Another person, or another thing (Morwenna Teague). "]


def test_another_reason_asks_for_words_first(qtbot, page: SecondLookPage, session: Session):
    page.place.because.setFocus()
    qtbot.keyClick(page.place.because, Qt.Key.Key_End)
    assert page.place.because.currentData() == "other"
    press(qtbot, page, Qt.Key.Key_D)
    assert QApplication.focusWidget() is page.place.reason
    assert not session.leads
    qtbot.keyClicks(page.place.reason, "It is the name of the house.")
    rule(qtbot, page, session, Qt.Key.Key_D)
    assert next(iter(session.leads.values())).reason == "It is the name of the house."


def test_the_filter_leaves_what_fits(qtbot, page: SecondLookPage):
    press(qtbot, page, Qt.Key.Key_F)
    assert QApplication.focusWidget() is page.search
    qtbot.keyClicks(page.search, "4488")
    assert set(listed(page)) == {"448812"}
    page.search.clear()
    assert len(listed(page)) > 2


def test_several_are_dismissed_at_once(qtbot, page: SecondLookPage, session: Session):
    count = len([one for one in page._standing() if one.waits])
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    rule(qtbot, page, session, Qt.Key.Key_D)
    assert len(session.leads) == count
    assert page.summary.text() == "Nothing waits for a ruling."


def test_it_looks_again_by_itself_once_the_last_place_was_accepted(qtbot, page, session):
    first = page._look
    press(qtbot, page, Qt.Key.Key_F)
    while any(one.waits for one in page._standing()):
        rule(qtbot, page, session, Qt.Key.Key_A)
        qtbot.wait(50)
    qtbot.waitUntil(lambda: page._work is None and page._look is not first, timeout=PATIENCE_MS)
    assert "look again" not in page.summary.text()


def test_the_checklist_of_the_sign_off_names_what_waits_and_leads_to_it(qtbot, page, window):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    off = window.signing_off.page
    qtbot.waitUntil(lambda: off.list.count() > 0, timeout=PATIENCE_MS)
    texts = [off.list.item(n).text() for n in range(off.list.count())]
    assert any("2 places found by the second look wait for a ruling" in one for one in texts)
    off.list.setFocus()
    qtbot.keyClick(off.list, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.second_look


def test_what_was_ruled_on_can_be_submitted(qtbot, page, session, window, tmp_path):
    for _ in range(2):
        rule(qtbot, page, session, Qt.Key.Key_A)
    while any(one.waits for one in page._standing()):
        rule(qtbot, page, session, Qt.Key.Key_D)
    qtbot.keyClick(
        window,
        Qt.Key.Key_S,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: window.signing_off.working is not None, timeout=PATIENCE_MS)
    dialog = window.signing_off.working
    qtbot.keyClick(dialog.submit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.outcome, timeout=PATIENCE_MS)
    blocked = dialog.result_text.text()
    qtbot.keyClick(dialog.close_button, Qt.Key.Key_Return)
    if session.life.state is not CaseState.SUBMITTED:
        assert "second look" in blocked, "accepting brought more to look at"
    else:
        assert "built and kept" in blocked


def test_a_file_name_is_accepted_and_its_mark_can_be_gone_to(qtbot, page, session, window):
    rule(qtbot, page, session, Qt.Key.Key_A)
    rule(qtbot, page, session, Qt.Key.Key_A)
    mark = ask(session, lambda case: case.marks()[-1])
    assert mark.target.segment == FILE_NAME
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    window.review.reveal(mark.id)
    qtbot.waitUntil(
        lambda: window.review.viewing.viewer is not None and window.review.number == mark.document,
        timeout=PATIENCE_MS,
    )


def test_enter_shows_the_place_in_its_document(qtbot, page: SecondLookPage, window: MainWindow):
    press(qtbot, page, Qt.Key.Key_Return)
    assert window.tabs.currentWidget() is window.review
    assert window.review.number == 2


def test_a_change_makes_the_page_look_again_when_it_is_next_seen(qtbot, page, session, window):
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    session.decide([session.marks.ids[0]], Action.KEEP, "", "It is known.")
    wait_until_saved(qtbot, session)
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not listed(page), timeout=PATIENCE_MS)
    assert page.summary.text() == "Nothing waits for a ruling."
