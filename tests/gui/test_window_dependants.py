"""What depends on a cell, in the window: read once, kept up to date, and a way to act on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from redactor.model import Span
from tests.case_kit import EXEMPTION
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.test_window_review import ready
from tests.integration.test_dependants import REASON, ROWS
from tests.unit.formats.office import sheet, workbook
from ui.viewers.base import Selection


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    path = tmp_path / "counts.xlsx"
    path.write_bytes(workbook({"Counts": sheet(ROWS)}))
    return path


def withhold(qtbot, session, place: str, text: str) -> None:
    selection = Selection(Span(f"sheet:Counts!{place}", 0, len(text)), text)
    session.mark_spans(1, [selection], EXEMPTION, REASON, "")
    wait_until_saved(qtbot, session)


def said(qtbot, pane, text: str) -> None:
    qtbot.waitUntil(lambda: text in pane.said.text(), timeout=PATIENCE_MS)


def test_the_key_shows_which_shown_cell_gives_the_withheld_one_away(qtbot, window, opened, counts):
    session = opened(counts)
    withhold(qtbot, session, "B1", "3")
    window.review.viewing.viewer.setFocus()
    window.commands["dependants"].trigger()
    pane = window.review.dependants
    qtbot.waitUntil(pane.isVisible)
    said(qtbot, pane, "1 withheld cell of this workbook can be worked out from what stays")
    window.review.viewing.show_place("sheet:Counts!B1")
    said(qtbot, pane, "1 shown cell is computed from Counts!B1.")
    assert [pane.list.item(row).text() for row in range(pane.list.count())] == [
        "Counts!B4: 37 – gives it away"
    ]
    pane.list.setFocus()
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    said(qtbot, pane, "Counts!B4 is computed from Counts!B1:B3.")


def test_withholding_a_second_cell_is_seen_at_once(qtbot, window, opened, counts):
    session = opened(counts)
    withhold(qtbot, session, "B1", "3")
    window.commands["dependants"].trigger()
    pane = window.review.dependants
    said(qtbot, pane, "can be worked out")
    withhold(qtbot, session, "B2", "14")
    qtbot.waitUntil(lambda: "can be worked out" not in pane.said.text(), timeout=PATIENCE_MS)
    pane.hide_button.click()
    assert not pane.isVisible()


def test_the_dependants_can_be_redacted_too(qtbot, window, opened, counts):
    session = opened(counts)
    withhold(qtbot, session, "B1", "3")
    ready(qtbot, window)
    window.commands["dependants"].trigger()
    pane = window.review.dependants
    window.review.viewing.show_place("sheet:Counts!B1")
    said(qtbot, pane, "1 shown cell is computed from Counts!B1.")
    pane.also.click()
    wait_until_saved(qtbot, session)
    said(qtbot, pane, "No shown cell is computed from Counts!B1.")
    assert "can be worked out" not in pane.said.text()
