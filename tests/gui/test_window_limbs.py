"""A limb chosen with keys in the review, and those of the case on top of the list afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui.conftest import LETTER, Opener, wait_until_saved, write
from tests.gui.test_window_review import ready
from ui.limb_box import USED
from ui.window import MainWindow

SAFETY = "s38(1)(b)"


def test_a_limb_is_found_by_words_and_then_stands_among_those_of_the_case(
    qtbot, window: MainWindow, opened: Opener, tmp_path: Path
):
    session = opened(write(tmp_path / "letter.txt", LETTER))
    ready(qtbot, window)
    panel, table = window.review.decision, window.review.findings.table
    first = window.review.findings.current()
    panel.remember("", {}, "Safety outweighs it.")
    limb = panel.exemption
    limb.setFocus()
    qtbot.waitUntil(limb.hasFocus)
    limb.line.selectAll()
    qtbot.keyClicks(limb, "danger safety")
    popup = limb.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert limb.citation == SAFETY
    assert panel.public_interest.isVisible(), "the limb is qualified"
    panel.reasons[next(iter(panel.reasons))].setEditText("Their home could be found.")
    qtbot.keyClick(limb, Qt.Key.Key_Return)
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    assert session.marks.decisions[first.id].exemption == SAFETY
    limb.showPopup()
    assert [limb.itemText(0), str(limb.itemData(1))] == [USED, SAFETY]
    limb.hidePopup()
