"""The log of a real case: it is read, checked and exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from redactor.app.case import Case
from redactor.case.check import check_export
from redactor.case.marks import NewMark
from redactor.events import EventKind
from redactor.jobs import Reading
from redactor.model import Action, Span
from tests.gui.conftest import PASSPHRASE, PATIENCE_MS
from tests.gui.log_page.steps import cell, key, listed
from tests.log_events import NAMES, PLACES, whole_life
from ui.log_model import LogColumn
from ui.log_reading import LogRead
from ui.tasks import CaseLane, Courier


@pytest.fixture
def lane(qtbot, page, officer, tmp_path: Path) -> Iterator[CaseLane]:
    """Give a real case with a document, three findings, decisions, an undo and a ruling."""

    def begin() -> Case:
        case = Case.create(tmp_path / "case.redactor", "FOI 2026/0417", PASSPHRASE, officer)
        source = tmp_path / "letter.txt"
        source.write_text("Kensa Trevail wrote to us.", encoding="utf-8")
        number = case.add_file(source)
        case.begin_reading(number)
        spots = [NewMark(Span("p1", at, at + 4), "text", "PERSON", 0.9, "x", "y") for at in (0, 7)]
        marks = case.store.add_marks(number, spots)
        case.finish_reading(number, Reading("0" * 64, "text", (), (), ()))
        ids = [mark.id for mark in marks]
        case.decide(ids, Action.REDACT, "s40(2) by s40(3A)(a)", "A private person.")
        case.decide(ids[:1], Action.KEEP, "", "A public official after all.")
        case.undo()
        return case

    courier = Courier(page)
    made = CaseLane(courier, lambda _: None)
    made.open(begin, lambda: None, lambda error: pytest.fail(error.user_message))
    page.set_lane(made, officer.fingerprint)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=PATIENCE_MS)
    yield made
    page.set_lane(None)
    made.close().result(30)
    made.wait()
    courier.close()


def test_the_log_of_a_case_is_read_when_the_page_is_shown(qtbot, page, lane, officer):
    kinds = [one.kind for one in listed(page)]
    assert kinds[-1] is EventKind.CASE_CREATED
    assert kinds[0] is EventKind.UNDONE
    assert cell(page.model, len(kinds), LogColumn.DOCUMENT) == "1 · letter.txt"
    assert cell(page.model, 1, LogColumn.WHO) == f"You ({officer.name})"
    assert page.check.banner.text() == "The chain of the log held when the case was opened."


def test_what_happened_meanwhile_is_there_when_the_page_comes_up_again(qtbot, page, lane):
    known = page.model.total
    page.hide()
    lane.submit(lambda case: case.redo()).result(30)
    page.refresh()
    assert not page._asking
    page.show()
    qtbot.waitUntil(lambda: page.model.total == known + 1, timeout=PATIENCE_MS)
    page.refresh()
    page.refresh()
    qtbot.waitUntil(lambda: not page._asking, timeout=PATIENCE_MS)
    assert page.model.total == known + 1


def test_a_check_says_that_all_events_and_signatures_hold(qtbot, page, lane):
    qtbot.mouseClick(page.check.check, Qt.MouseButton.LeftButton)
    assert not page.check.check.isEnabled()
    assert page.check.running.isVisible()
    qtbot.waitUntil(lambda: not page.check.is_checking, timeout=PATIENCE_MS)
    total = page.model.total
    assert page.check.banner.text() == f"All {total} events and their signatures hold."
    assert page.check.banner.property("good") == "true"
    assert not page.check.problems.isVisible()
    assert not page.check.running.isVisible()
    assert page.check.check.isEnabled()


def test_a_check_names_the_event_that_was_changed_and_leads_to_it(qtbot, page, lane):
    def tamper(case: Case) -> None:
        link = case.store.vault.link
        link.execute("DROP TRIGGER events_are_never_changed")
        link.execute("UPDATE events SET actor = 'Somebody Else' WHERE seq = 3")

    lane.submit(tamper).result(30)
    qtbot.mouseClick(page.check.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.check.is_checking, timeout=PATIENCE_MS)
    assert "wrong with this log" in page.check.banner.text()
    assert page.check.banner.property("trouble") == "true"
    problems = page.check.problems
    assert "Event 3" in problems.item(0).text()
    problems.setCurrentRow(0)
    key(qtbot, problems, Qt.Key.Key_Return)
    assert page.current().event.seq == 3


def test_a_check_can_be_stopped_and_says_nothing_then(qtbot, page, lane):
    lane.submit(lambda case: [case.redo() if n % 2 == 0 else case.undo() for n in range(40)])
    page.check.start()
    page.check.start()
    qtbot.mouseClick(page.check.stop, Qt.MouseButton.LeftButton)
    assert not page.check.is_checking
    lane.submit(lambda _: None).result(30)
    qtbot.wait(50)
    assert "stopped before its end" in page.check.banner.text()
    qtbot.mouseClick(page.check.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.check.is_checking, timeout=PATIENCE_MS)
    assert "events and their signatures hold" in page.check.banner.text()


def test_the_log_is_exported_with_a_dialog_and_can_be_checked_by_others(
    qtbot, page, lane, tmp_path
):
    qtbot.mouseClick(page.check.export, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    out = tmp_path / "for-the-auditor.jsonl"
    dialog.findChild(QLineEdit).setText(str(out))
    dialog.accept()
    qtbot.waitUntil(lambda: "was exported to" in page.check.banner.text(), timeout=PATIENCE_MS)
    assert str(out) in page.check.banner.text()
    assert "holds no text of the documents" in page.check.banner.text()
    assert check_export(out) == []
    assert len(out.read_text(encoding="utf-8").splitlines()) == page.model.total + 1
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["seq"] == 1
    assert "Kensa" not in out.read_text(encoding="utf-8")


def test_an_export_that_cannot_be_written_says_why(qtbot, page, lane, tmp_path):
    with qtbot.waitSignal(page.failed, timeout=PATIENCE_MS) as failed:
        page.check.export_to(tmp_path / "case.redactor")
    assert "Nothing was written" in failed.args[0].user_message


def test_a_broken_chain_is_said_at_once(page):
    page._take(LogRead(whole_life().events, NAMES, PLACES, 17))
    assert "does not hold from event 17 on" in page.check.banner.text()
    assert page.check.banner.property("trouble") == "true"


def test_an_answer_of_a_case_that_was_left_is_not_shown(qtbot, page, lane):
    page.refresh()
    page.set_lane(None)
    lane.submit(lambda _: None).result(30)
    qtbot.wait(50)
    assert page.model.total == 0
    assert not page.check.check.isEnabled()
