"""Files embedded in a document are taken out from the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.conftest import PATIENCE_MS, wait_until_read
from tests.integration.test_embedded import letter_with_a_workbook
from tests.unit.formats.office import row_of, sheet, text_cell, workbook
from ui.dialogs.embedded import EmbeddedDialog


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    inner = workbook({"Staff": sheet(row_of(1, text_cell("A1", "Ysolde Carnforth")))})
    path.write_bytes(letter_with_a_workbook(inner))
    return path


def taken_out(qtbot, window) -> EmbeddedDialog:
    window.commands["embedded"].trigger()
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, EmbeddedDialog), timeout=PATIENCE_MS)
    dialog = window.dialogs.current
    qtbot.waitUntil(lambda: bool(dialog.result_title.text()), timeout=PATIENCE_MS)
    return dialog


def test_a_workbook_in_a_letter_becomes_a_document_and_is_read(qtbot, window, opened, letter):
    session = opened(letter)
    dialog = taken_out(qtbot, window)
    assert dialog.result_title.text() == "Added"
    dialog.close_button.click()
    qtbot.waitUntil(lambda: len(session.documents) == 2, timeout=PATIENCE_MS)
    wait_until_read(qtbot, session)
    assert session.documents[2].name == "letter - Microsoft_Excel_Sheet1.xlsx"
    again = taken_out(qtbot, window)
    assert again.result_title.text() == "Nothing was added"
    again.close_button.click()
