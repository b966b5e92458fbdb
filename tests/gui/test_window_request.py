"""The page of the request: its clock, its questions, the letter, its check and the pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt

from redactor.app.holding_back import request_of
from redactor.law.request import Stance
from redactor.model import Action
from tests.gui.conftest import PATIENCE_MS, Opener, wait_until_saved
from ui.dialogs.justify import JustifyDialog
from ui.dialogs.letter import LetterCheckDialog, LetterDialog
from ui.dialogs.pack import PackDialog
from ui.session import Session
from ui.window import MainWindow


@pytest.fixture
def session(qtbot, window: MainWindow, opened: Opener, tmp_path: Path) -> Session:
    """Give a case with one note, on the page of its request."""
    note = tmp_path / "note.txt"
    note.write_text("The panel met on Monday.\nZebedee Marl spoke.\n", "utf-8")
    made = opened(note)
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.request.documents.count() == 1, timeout=PATIENCE_MS)
    return made


def _recorded(session: Session):
    return session.lane.submit(request_of).result(30)


def _record_question(qtbot, window: MainWindow, session: Session, asked: str) -> None:
    page = window.request
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.asked, asked)
    page.documents.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.keyClick(page.asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until_saved(qtbot, session)


def test_a_question_is_recorded_with_the_documents_that_answer_it(
    qtbot, window: MainWindow, session: Session
) -> None:
    _record_question(qtbot, window, session, "What did the panel say?")
    (one,) = _recorded(session).questions
    assert (one.asked, one.stance, one.documents) == ("What did the panel say?", Stance.HELD, (1,))


def test_the_clock_is_shown_once_the_day_is_recorded(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.request
    assert "No day of receipt" in page.clock.text()
    qtbot.keyClicks(page.days["received"], "2019-03-15")
    qtbot.keyClick(page.days["received"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: page.clock.text() == "Overdue since Monday 15 April 2019", timeout=PATIENCE_MS
    )


def test_a_day_that_is_none_is_said_and_nothing_is_recorded(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.request
    qtbot.keyClicks(page.days["received"], "last Monday")
    with qtbot.waitSignal(page.told) as told:
        qtbot.mouseClick(page.record, Qt.MouseButton.LeftButton)
    assert "is not a day" in told.args[0]
    assert _recorded(session).received is None


def test_undo_takes_a_record_back_and_shows_what_was_there(
    qtbot, window: MainWindow, session: Session
) -> None:
    _record_question(qtbot, window, session, "First?")
    qtbot.waitUntil(lambda: window.request.list.count() == 1, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.request.list.count() == 0, timeout=PATIENCE_MS)
    assert _recorded(session).questions == ()


def test_what_does_not_fit_together_is_shown_on_the_page(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.request
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.asked, "Was he held?")
    page.stance.setCurrentIndex(page.stance.findData(Stance.NEITHER))
    qtbot.mouseClick(page.record, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no limb is given" in page.warnings.text(), timeout=PATIENCE_MS)


def _decide_all(qtbot, session: Session) -> None:
    ids = [one.id for one in session.marks.by_id.values()]
    exemption, reason = "s40(2) by s40(3A)(a)", "They would not expect to be named."
    session.decide(ids, Action.REDACT, exemption, reason)
    wait_until_saved(qtbot, session)


def test_a_justification_is_asked_for_question_by_question_and_redactions_rest_on_it(
    qtbot, window: MainWindow, session: Session
) -> None:
    _decide_all(qtbot, session)
    qtbot.mouseClick(window.request.justify, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, JustifyDialog), timeout=PATIENCE_MS)
    dialog = window.dialogs.current
    assert dialog.citation == "s40(2) by s40(3A)(a)"
    assert not dialog.ok.isEnabled()
    before = dialog.wanting.text()
    qtbot.keyClicks(dialog._fields["identifiability"], "Her colleagues would know who is meant.")
    assert dialog.wanting.text() != before
    kind = dialog._fields["data_class"]
    kind.setFocus()
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    kind.activated.emit(kind.currentIndex())
    assert len(dialog._fields) > 2
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    wait_until_saved(qtbot, session)
    standing = session.lane.submit(lambda case: case.standing()).result(30)
    assert {one.justification for one in standing.decisions.values()} == {1}
    assert "colleagues would know" in standing.justifications[1].reason


def test_the_letter_is_written_for_whoever_asked(
    qtbot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    _decide_all(qtbot, session)
    _record_question(qtbot, window, session, "What did the panel say?")
    qtbot.mouseClick(window.request.letter, Qt.MouseButton.LeftButton)
    dialog = window.dialogs.current
    assert isinstance(dialog, LetterDialog)
    assert not dialog.write.isEnabled()
    qtbot.keyClicks(dialog.name, "Ottoline Farr")
    qtbot.keyClicks(dialog.path, str(tmp_path / "letter.docx"))
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.outcome, timeout=PATIENCE_MS)
    assert dialog.result_title.text() == "The letter is written"
    said = "\n".join(one.text for one in Document(str(tmp_path / "letter.docx")).paragraphs)
    assert "Dear Ottoline Farr" in said
    assert "What did the panel say?" in said
    dialog.accept()


def test_a_letter_that_was_brought_in_is_checked(
    qtbot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Withheld under the Data Protection Act 1998.\n", "utf-8")
    qtbot.mouseClick(window.request.check, Qt.MouseButton.LeftButton)
    dialog = window.dialogs.current
    assert isinstance(dialog, LetterCheckDialog)
    qtbot.keyClicks(dialog.path, str(draft))
    qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.outcome, timeout=PATIENCE_MS)
    lines = [dialog.lines.item(at).text() for at in range(dialog.lines.count())]
    assert any(one.startswith("Superseded law") for one in lines)
    dialog.accept()


def test_the_pack_is_made_under_a_passphrase_typed_twice(
    qtbot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    _decide_all(qtbot, session)
    qtbot.mouseClick(window.request.pack, Qt.MouseButton.LeftButton)
    dialog = window.dialogs.current
    assert isinstance(dialog, PackDialog)
    qtbot.keyClicks(dialog.folder, str(tmp_path / "pack"))
    qtbot.keyClicks(dialog.passphrase.line, "six invented words")
    qtbot.keyClicks(dialog.again.line, "six invented word")
    assert not dialog.make.isEnabled()
    qtbot.keyClicks(dialog.again.line, "s")
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.outcome, timeout=PATIENCE_MS)
    assert dialog.result_title.text() == "The pack is made"
    (made,) = (tmp_path / "pack").iterdir()
    assert made.name.startswith("UNREDACTED")
    dialog.accept()
