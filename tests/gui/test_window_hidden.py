"""The hidden-content report in the window."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pymupdf
import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import PATIENCE_MS
from ui.dialogs.hidden_report import HiddenReportDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def table(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rank", "Number"])
    staff = book.create_sheet("Staff")
    staff.append(["Ysolde Carnforth", 41])
    staff.sheet_state = "hidden"
    path = tmp_path / "table.xlsx"
    book.save(path)
    return path


def shown(qtbot, window) -> HiddenReportDialog:
    qtbot.waitUntil(
        lambda: isinstance(window.dialogs.current, HiddenReportDialog), timeout=PATIENCE_MS
    )
    dialog = window.dialogs.current
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.page, timeout=PATIENCE_MS)
    return dialog


def test_the_key_shows_what_is_hidden_in_the_document_and_the_report_is_exported(
    qtbot, window, opened, table, tmp_path
):
    opened(table)
    qtbot.keyClick(window, Qt.Key.Key_H, CONTROL)
    dialog = shown(qtbot, window)
    text = dialog.text.toPlainText()
    assert "1 hidden sheet" in text
    assert "Microsoft Document Inspector" in text
    assert "Ysolde" not in text
    out = tmp_path / "report.pdf"
    dialog.write(out)
    qtbot.waitUntil(lambda: dialog.result_title.text() == "Exported", timeout=PATIENCE_MS)
    with pymupdf.open(out) as pdf:
        assert "1 hidden sheet" in " ".join(pdf[0].get_text().split())
    dialog.close_button.click()


def test_without_a_document_the_window_says_what_to_do(qtbot, window, opened):
    opened()
    window.choosing.show_hidden()
    assert window.statusBar().currentMessage() == "Choose a document first."
