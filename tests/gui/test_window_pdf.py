"""PDFs and scans in the window: what is hidden, what was read from pixels, and what to rule on."""

from __future__ import annotations

import math
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from redactor.labels import IN_FILE
from redactor.model import Action, Progress, Ruling
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.sign_off.steps import (
    ask_to_submit,
    come_back,
    decide_all,
    finish,
    introduce,
    wait_for_blocks,
)
from tests.gui.test_viewer_real_pdf import ink
from tests.gui.test_window_hidden import shown
from ui.dialogs.review import PreviewDialog, RulingDialog
from ui.document_view import DocumentView
from ui.marks import Counts
from ui.panels.documents import status_icon, status_text

LEFT = Qt.MouseButton.LeftButton
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SIGNATURE = (60.0, 140.0, 160.0, 190.0)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Give a PDF with a comment, a name under a black box, and two marks never applied."""
    made = pymupdf.open()
    page = made.new_page()
    page.insert_text((60, 80), "Mr Callum Pengelly telephoned on 4 March 2025.", fontsize=11)
    page.insert_text((60, 110), "He spoke to Mrs Rosalind Trebilcock of the desk.", fontsize=11)
    page.insert_text((60, 140), "The witness is Hepzibah Nankivell of the desk.", fontsize=11)
    under = page.search_for("Hepzibah Nankivell")[0]
    page.draw_rect(under, color=(0, 0, 0), fill=(0, 0, 0))
    note = page.add_text_annot((480, 100), "Ask Lowenna Curnow before this goes out.")
    note.set_info(title="Jory Bolitho")
    note.update()
    page.add_redact_annot(page.search_for("Rosalind Trebilcock")[0])
    page.add_redact_annot(page.search_for("telephoned")[0])
    path = tmp_path / "report.pdf"
    made.save(path)
    return path


def scan(path: Path, pages: int = 1) -> Path:
    """Write a scan of small pages, the last one signed."""
    printed, made = pymupdf.open(), pymupdf.open()
    for number in range(pages):
        page = printed.new_page(width=300, height=220)
        page.insert_text((30, 50), "Statement of Bryony Hosking, of Porthallow", fontsize=11)
        page.insert_text(
            (30, 80), f"Telephone 01632 96094{number}, sheet {number + 1}", fontsize=11
        )
        if number == pages - 1:
            page.draw_polyline([_on_signature(step / 8) for step in range(110)], width=1.5)
        pixels = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        made.new_page(width=300, height=220).insert_image(page.rect, pixmap=pixels)
    made.save(path)
    return path


def _on_signature(at: float) -> tuple[float, float]:
    return 70 + at * 6 + 9 * math.sin(at * 2.3), 165 + 20 * math.sin(at * 1.7) * math.cos(at * 0.7)


def mark_of(session, text: str):
    return next(one for one in session.marks.by_id.values() if one.text == text)


# --- what is hidden ---------------------------------------------------------------------------


def test_hidden_things_are_called_what_they_are_and_can_be_read(qtbot, window, opened, report):
    session = opened(report)
    review = window.review
    qtbot.waitUntil(lambda: "Hidden content" in review.details.text.toPlainText())
    details = review.details.text.toPlainText()
    assert "Text under a box or picture, still in the file: 1 (text under a box, page 1)" in details
    assert "Comments, marks and other annotations: 2 (comments, page 1; redaction" in details
    review.findings.select_mark(mark_of(session, "Hepzibah Nankivell").id)
    assert review.decision.standing.text().startswith("Text under a box, page 1. It can still be")
    come_back(qtbot, window)
    review.findings.table.setFocus()
    qtbot.keyClick(review.findings.table, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(_previews()), timeout=PATIENCE_MS)
    (preview,) = _previews()
    assert preview.text.toPlainText() == "Hepzibah Nankivell"
    assert preview.windowTitle() == "Hidden content"
    preview.reject()
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_H, CONTROL)
    dialog = shown(qtbot, window)
    assert "Curnow" not in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.read, LEFT)
    said = "Comment by Jory Bolitho: Ask Lowenna Curnow before this goes out."
    qtbot.waitUntil(lambda: said in dialog.text.toPlainText(), timeout=PATIENCE_MS)
    dialog.accept()


def _previews() -> list[PreviewDialog]:
    every = QApplication.topLevelWidgets()
    return [one for one in every if isinstance(one, PreviewDialog) and one.isVisible()]


def test_marks_of_another_program_are_proposals_that_say_so(qtbot, window, opened, report):
    session = opened(report)
    name, word = mark_of(session, "Rosalind Trebilcock"), mark_of(session, "telephoned")
    assert (name.label, word.label) == ("PERSON", "MANUAL")
    assert name.recogniser == word.recogniser == IN_FILE
    assert {name.id, word.id} <= session.marks.undecided
    panel = window.review.decision
    for mark, title in ((name, "Name of a person"), (word, "Marked in the file")):
        window.review.findings.select_mark(mark.id)
        assert panel.about.text() == f"{title}: {mark.text}"
        assert panel.standing.text().startswith("To be decided. Marked for redaction in the file")


# --- scans ------------------------------------------------------------------------------------


def test_a_signed_scan_is_read_boxed_ruled_on_by_keyboard_and_submitted(
    qtbot, window, opened, tmp_path, reviewer
):
    session = opened(scan(tmp_path / "statement.pdf"))
    introduce(qtbot, session, reviewer)
    review = window.review
    qtbot.waitUntil(lambda: "(OCR): page 1." in review.details.text.toPlainText())
    viewer = review.viewing.viewer
    review.findings.select_mark(mark_of(session, "Bryony Hosking").id)
    _is_on_its_letters(qtbot, viewer, mark_of(session, "Bryony Hosking").id)

    _draw_over_signature(qtbot, window, viewer)
    (drawn,) = [one for one in session.marks.by_id.values() if one.by_hand]
    assert session.marks.decisions[drawn.id].action is Action.REDACT

    decide_all(qtbot, window)
    page = wait_for_blocks(qtbot, window, 1)
    assert "something could not be read" in page.list.item(0).text()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, RulingDialog))
    _rule_by_keyboard(qtbot, window.dialogs.current)
    wait_until_saved(qtbot, session)
    assert session.rulings[1, "page:1"].ruling is Ruling.RELEASE_AS_SEEN
    counts = session.marks.counts(1)
    assert "1 ruled on" in status_text(session.documents[1], counts)
    assert status_icon(session.documents[1], counts) == "done"

    dialog = ask_to_submit(qtbot, window)
    _to_the_front(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: dialog.look.wish.stamps == {"pages"})
    qtbot.keyClick(dialog, Qt.Key.Key_P, ALT)
    assert QApplication.focusWidget() is dialog.look.style_box
    qtbot.keyClick(dialog.look.style_box, Qt.Key.Key_Down)
    assert dialog.look.wish.style == "line"
    qtbot.mouseClick(dialog.submit, LEFT)
    finish(qtbot, dialog)
    assert dialog.result_title.text() == "Submitted", dialog.result_text.text()
    qtbot.mouseClick(dialog.close_button, LEFT)


def _is_on_its_letters(qtbot, viewer, number: int) -> None:
    qtbot.waitUntil(lambda: bool(viewer._boxes.get(number)), timeout=PATIENCE_MS)
    (box,) = (viewer._on_screen(0, one) for one in viewer._boxes[number])
    assert ink(viewer.viewport().grab().toImage(), box) > 0.04, "there are letters in the box"
    x0, y0, x1, y1 = viewer._boxes[number][0]
    assert (x0, y0, x1, y1) == pytest.approx((96, 42, 173, 52), abs=2.5)


def _draw_over_signature(qtbot, window, viewer) -> None:
    come_back(qtbot, window)
    window.review.decision.remember(
        "s40(2) by s40(3A)(a)", {Action.REDACT: "A signature.", Action.KEEP: "Known."}, ""
    )
    viewer.setFocus()
    qtbot.keyClick(viewer, Qt.Key.Key_B)
    x0, y0, x1, y1 = SIGNATURE
    area = viewer._on_screen(0, SIGNATURE)
    start, end = area.topLeft().toPoint(), area.bottomRight().toPoint()
    at = viewer.viewport()
    qtbot.mousePress(at, LEFT, pos=start)
    qtbot.mouseMove(at, pos=start + QPoint(20, 20))
    qtbot.mouseMove(at, pos=end)
    qtbot.mouseRelease(at, LEFT, pos=end)
    session = window.session
    qtbot.waitUntil(
        lambda: any(one.by_hand for one in session.marks.by_id.values()), timeout=PATIENCE_MS
    )
    wait_until_saved(qtbot, session)
    drawn = next(one.target for one in session.marks.by_id.values() if one.by_hand)
    assert (drawn.x0, drawn.y0, drawn.x1, drawn.y1) == pytest.approx((x0, y0, x1, y1), abs=2)


def _to_the_front(qtbot, dialog) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


def _rule_by_keyboard(qtbot, dialog: RulingDialog) -> None:
    assert "Draw a box (B)" in " ".join(
        one.text() for one in dialog.findChildren(type(dialog.say(""))) if one.text()
    )
    _to_the_front(qtbot, dialog)
    seen = dialog._choices.button(1)
    seen.setFocus()
    qtbot.keyClick(seen, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_R, ALT)
    assert QApplication.focusWidget() is dialog.reason
    qtbot.keyClicks(dialog.reason, "The signature is under a box.")
    assert dialog.ok.isEnabled()
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.ok, Qt.Key.Key_Return)


def test_reading_a_scan_names_the_page_and_can_be_stopped(qtbot, window, opened, tmp_path):
    session = opened(scan(tmp_path / "long.pdf", pages=4), wait=False)
    document = session.documents[1]
    qtbot.waitUntil(
        lambda: document.progress is not None and document.progress.done >= 1,
        timeout=PATIENCE_MS,
    )
    said = status_text(document, Counts())
    assert said.startswith("Reading page ")
    assert said.endswith(" of 4")
    stop = window.review.details.stop
    qtbot.waitUntil(stop.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(stop, LEFT)
    qtbot.waitUntil(lambda: document.status == "stopped", timeout=PATIENCE_MS)
    qtbot.waitUntil(window.review.details.again.isVisible, timeout=PATIENCE_MS)


def test_only_pages_are_counted_as_pages():
    rows = DocumentView(1, "table.csv", "csv", "reading", Progress(200, 900, "reading"))
    assert status_text(rows, Counts()) == "Reading"
    pages = DocumentView(1, "scan.tif", "", "reading", Progress(2, 9, "reading"))
    assert status_text(pages, Counts()) == "Reading page 3 of 9"
