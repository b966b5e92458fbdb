"""The re-check sample in the window, by real keys, and what the approval says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.app.signoff import submit
from redactor.case.marks import NewMark
from redactor.jobs import Reading, SegmentBatch, read_whole
from redactor.lifecycle import CaseState
from redactor.model import Action, Span
from tests.case_kit import EXEMPTION, OFFICER, PASSPHRASE, REVIEWER, new_case
from tests.gui.conftest import PATIENCE_MS
from ui.panels.recheck import RecheckPanel
from ui.session import Session
from ui.tasks import Lanes
from ui.window import MainWindow

_LINE = "The committee met at ten and talked of the roof of the hall at some length. "
_NAME = "Zebedee Quillfeather"


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory, lanes: Lanes) -> Path:
    """Give a submitted case whose release is of a few passages."""
    folder = tmp_path_factory.mktemp("sampled")
    (folder / "note.txt").write_text(f"{_NAME} wrote.\n" + f"{_LINE * 6}\n" * 4, "utf-8")
    case = new_case(folder / "case.redactor", "FOI 2025/0417")
    try:
        number = case.add_file(folder / "note.txt")
        assert number is not None
        _, document = read_whole(case.source(number))
        case.begin_reading(number)
        case.keep(number, SegmentBatch(document.segments))
        where = Span("line:1", 0, len(_NAME))
        case.store.add_marks(number, [NewMark(where, _NAME, "PERSON", 1.0, "test", "")])
        case.finish_reading(number, Reading(document.sha256, document.format, (), (), ()))
        case.decide([case.marks()[0].id], Action.REDACT, EXEMPTION, "A private person.")
        submit(case, lanes.reading)
    finally:
        case.close(backup=False)
    return folder / "case.redactor"


@pytest.fixture
def session(qtbot, window: MainWindow, tmp_path: Path, submitted: Path) -> Session:
    """Open the case as its reviewer."""
    return open_as(qtbot, window, tmp_path, submitted, REVIEWER)


def open_as(qtbot, window, tmp_path, submitted, signer) -> Session:
    path = tmp_path / "case.redactor"
    shutil.copy(submitted, path)
    window.who.sign_in(signer)
    window.cases.open(path, PASSPHRASE, signer)
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.session.life.submission is not None, timeout=PATIENCE_MS)
    return window.session


@pytest.fixture
def panel(qtbot, window: MainWindow, session: Session) -> RecheckPanel:
    """Give the panel with the sample drawn, by the keyboard alone."""
    assert session.life.submission is not None
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    modes = window.second_line.modes
    modes.setFocus()
    qtbot.keyClick(modes, Qt.Key.Key_Right)
    panel = window.second_line.recheck
    assert panel.isVisible()
    panel.draw.setFocus()
    qtbot.keyClick(panel.draw, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.passage is not None, timeout=PATIENCE_MS)
    return panel


def press(qtbot, panel: RecheckPanel, key: Qt.Key) -> None:
    panel.text.setFocus()
    assert QApplication.focusWidget() is panel.text
    qtbot.keyClick(panel.text, key)


def read(qtbot, panel: RecheckPanel, key: Qt.Key) -> None:
    before = len(panel._answers)
    press(qtbot, panel, key)
    qtbot.waitUntil(lambda: len(panel._answers) == before + 1, timeout=PATIENCE_MS)


def test_a_passage_is_shown_as_it_would_be_released(panel: RecheckPanel):
    assert panel.title.text().startswith("Passage 1 of ")
    assert panel.where.text().startswith("0 of ")
    assert "note.txt" in panel.where.text()
    assert "[s40(2)] wrote." in panel.text.toPlainText()
    assert "Quillfeather" not in panel.text.toPlainText()


def test_y_goes_on_until_all_are_read_and_says_what_that_shows(qtbot, panel, session):
    count = len(panel._sample.passages)
    assert count > 2
    for _ in range(count):
        read(qtbot, panel, Qt.Key.Key_Y)
    assert panel.bar.value() == panel.bar.maximum() == count
    qtbot.waitUntil(lambda: "nothing was missed" in panel.where.text(), timeout=PATIENCE_MS)
    assert session.life.sampled["missed_units"] == 0


def test_n_asks_what_was_missed_and_the_last_answer_sends_the_case_back(
    qtbot, panel, session, window
):
    press(qtbot, panel, Qt.Key.Key_N)
    assert QApplication.focusWidget() is panel.said
    qtbot.keyClicks(panel.said, "A name in line 1.")
    qtbot.keyClick(panel.said, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel._answers) == 1, timeout=PATIENCE_MS)
    assert not panel.form.isVisible()
    assert panel.title.text().startswith("Passage 2 of ")
    while session.life.submission is not None:
        press(qtbot, panel, Qt.Key.Key_Y)
        qtbot.wait(100)
    assert session.life.state is CaseState.RETURNED
    assert "A name in line 1." in str(session.life.returned.body["reason"])
    assert panel.passage is None
    assert "Nothing is submitted" in panel.where.text()


def test_one_can_go_back_and_forth_and_correct_an_answer(qtbot, panel: RecheckPanel):
    read(qtbot, panel, Qt.Key.Key_Y)
    press(qtbot, panel, Qt.Key.Key_Left)
    assert panel.title.text().startswith("Passage 1 of ")
    assert "nothing missed" in panel.title.text()
    press(qtbot, panel, Qt.Key.Key_Right)
    assert panel.title.text().startswith("Passage 2 of ")


def test_whoever_prepared_the_case_cannot_draw(qtbot, window, tmp_path, submitted):
    open_as(qtbot, window, tmp_path, submitted, OFFICER)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    window.second_line.modes.setCurrentIndex(1)
    panel = window.second_line.recheck
    assert not panel.draw.isEnabled()
    assert "reviewer" in panel.where.text()


def test_approving_proposes_the_sample_and_says_what_the_certificate_will(
    qtbot, window: MainWindow, session: Session
):
    assert session.life.submission is not None
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_A, keys)
    qtbot.waitUntil(lambda: window.signing_off.working is not None, timeout=PATIENCE_MS)
    dialog = window.signing_off.working
    shown = [one.text() for one in dialog.findChildren(type(dialog.result_text))]
    assert "None was taken. The certificate will say so." in shown
    dialog.sample.setFocus()
    qtbot.keyClick(dialog.sample, Qt.Key.Key_Space)
    qtbot.waitUntil(window.second_line.recheck.isVisible, timeout=PATIENCE_MS)
    assert window.signing_off.working is None


def test_what_was_read_is_there_when_the_case_is_opened_again(qtbot, panel, window):
    read(qtbot, panel, Qt.Key.Key_Y)
    panel._forget()
    assert panel.draw.text() == "&Go on reading"
    qtbot.mouseClick(panel.draw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.passage is not None, timeout=PATIENCE_MS)
    assert panel.title.text().startswith("Passage 2 of ")
