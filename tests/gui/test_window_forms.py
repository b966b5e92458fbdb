"""In what form documents go out: the advised one, or a spreadsheet with its reason."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from redactor.app.forms import Form, forms_in
from redactor.events import EventKind
from tests.gui.sign_off.steps import ask_to_submit, close, decide_all, finish, introduce

CONTROL = Qt.KeyboardModifier.ControlModifier
ASKED = "The requester asked for Excel on 3 March; s11(1)(a)."


@pytest.fixture
def table(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Surname", "Station"), ("Tresilian", "Port Wenn"), ("Okafor", "Port Wenn")):
        sheet.append(row)
    path = tmp_path / "table.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_offered_as_csv_and_as_a_spreadsheet_only_with_a_reason(
    qtbot, window, opened, table, reviewer
):
    session = opened(table)
    introduce(qtbot, session, reviewer)
    decide_all(qtbot, window)
    dialog = ask_to_submit(qtbot, window)
    box, reason = dialog.targets[1], dialog.reasons[1]
    assert box.currentData() == "csv"
    assert not reason.isVisible()
    assert dialog.submit.isEnabled()
    box.setCurrentIndex(box.findData("xlsx"))
    assert reason.isVisible()
    assert not dialog.submit.isEnabled()
    assert "CSV or PDF is safer" in dialog.wanting.text()
    reason.setFocus()
    qtbot.keyClicks(reason, ASKED)
    assert dialog.submit.isEnabled()
    qtbot.mouseClick(dialog.submit, Qt.MouseButton.LeftButton)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Submitted", dialog.result_text.text()
    files = [dialog.files.item(row, 0).text() for row in range(dialog.files.rowCount())]
    assert "table.xlsx" in files
    close(qtbot, window, dialog)
    events = session.lane.submit(lambda case: case.events()).result(30)
    submitted = next(one for one in events if one.kind is EventKind.SUBMITTED)
    assert forms_in(submitted) == {1: Form("xlsx", ASKED)}
