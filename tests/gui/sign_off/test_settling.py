"""What has to be settled before a case is submitted: it is listed, and gone to."""

from __future__ import annotations

from PySide6.QtCore import Qt

from redactor.events import EventKind
from redactor.model import Action, Ruling
from tests.gui.conftest import PATIENCE_MS, wait_until_saved, write
from tests.gui.sign_off.steps import (
    CONTROL,
    LEFT,
    come_back,
    decide_all,
    sign_off,
    told,
    wait_for_blocks,
    why_not,
)
from tests.unit.formats.pdf_samples import lines as drawn
from tests.unit.formats.pdf_samples import made
from ui.dialogs.failed_check import FailedCheckDialog
from ui.dialogs.review import RulingDialog

QUALIFIED = "s31(1)(a)"


def test_the_list_names_what_is_undecided_and_goes_there(qtbot, window, opened, letter):
    session = opened(letter)
    page = wait_for_blocks(qtbot, window, 1)
    count = session.marks.counts(1).undecided
    assert told(page.list) == [f"letter.txt\n{count} findings have not been decided."]
    assert not page.rule.isEnabled()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.tabs.currentIndex() == 0
    assert window.review.findings.table.hasFocus()
    assert window.review.findings.current().id == min(session.marks.undecided)


def test_the_list_shrinks_as_things_are_settled(qtbot, window, opened, letter):
    opened(letter)
    wait_for_blocks(qtbot, window, 1)
    window.tabs.setCurrentIndex(0)
    decide_all(qtbot, window)
    page = wait_for_blocks(qtbot, window, 0)
    assert "Nothing stands in the way" in page.summary.text()


def test_a_case_without_documents_asks_for_some(qtbot, window, opened, monkeypatch):
    opened()
    page = wait_for_blocks(qtbot, window, 1)
    asked = []
    window.signing_off.files_wanted.disconnect()
    window.signing_off.files_wanted.connect(lambda: asked.append(True))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked == [True]
    assert page.life_line.accessibleName() == "Step 1 of 5: Open"
    assert page.standing.text() == "Open. Nothing has been decided yet."


def test_a_refused_file_blocks_until_a_named_person_rules_on_it(
    qtbot, window, opened, letter, tmp_path
):
    session = opened(letter, write(tmp_path / "broken.pdf", ""))
    decide_all(qtbot, window)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.mouseClick(page.rule, LEFT)
    dialog = window.dialogs.current
    assert isinstance(dialog, RulingDialog)
    assert not dialog.ok.isEnabled(), "a ruling needs a reason"
    assert dialog.ruling is Ruling.LEAVE_OUT, "what nobody can see can only be left out"
    qtbot.keyClicks(dialog.reason, "It is an empty file.")
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: page.list.count() == 0, timeout=PATIENCE_MS)
    assert session.rulings[2, ""].actor == "Morwenna Teague"
    assert session.rulings[2, ""].reason == "It is an empty file."
    assert "broken.pdf: left out" in told(page.rulings)[0]
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=PATIENCE_MS)
    assert session.rulings == {}


def outlines(page) -> None:
    """Draw what may be lettering that was turned into outlines: nothing that can be read."""
    for step in range(12):
        page.draw_line((60 + 20 * step, 60), (75 + 20 * step, 90))


def test_an_unread_page_is_gone_to_in_the_document(qtbot, window, opened, tmp_path):
    first = drawn("The first page.", *["There is more of it."] * 40)
    path = tmp_path / "pages.pdf"
    path.write_bytes(made(first, outlines, drawn("The last page.")))
    session = opened(path)
    places = [one.place for one in session.documents[1].unread]
    assert places == ["page:2"]
    page = sign_off(qtbot, window)
    row = next(n for n, line in enumerate(told(page.list)) if "Page 2" in line)
    page.list.setCurrentRow(row)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    viewer = window.review.viewing.viewer
    assert viewer.hasFocus()
    qtbot.waitUntil(lambda: viewer.spot() is not None and int(viewer.spot().at) == 1)


def test_a_redaction_whose_public_interest_was_not_weighed_is_gone_to(
    qtbot, window, opened, letter
):
    session = opened(letter)
    decide_all(qtbot, window)
    mark = sorted(session.marks.ids)[1]
    session.decide([mark], Action.REDACT, QUALIFIED, "It would help an offender.")
    wait_until_saved(qtbot, session)
    page = wait_for_blocks(qtbot, window, 1)
    assert "public interest was not weighed" in told(page.list)[0]
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    decision = window.review.decision
    assert window.review.findings.current().id == mark
    assert decision.public_interest.hasFocus()
    assert decision.exemption.currentData() == QUALIFIED
    qtbot.keyClicks(decision.public_interest, "Disclosure would put people at risk.")
    qtbot.keyClick(decision.public_interest, Qt.Key.Key_Return)
    window.review.findings.table.setFocus()
    qtbot.keyClick(window.review.findings.table, Qt.Key.Key_A)
    wait_until_saved(qtbot, session)
    wait_for_blocks(qtbot, window, 0)


def test_a_failed_check_is_listed_and_shown(qtbot, window, opened, letter):
    session = opened(letter)
    decide_all(qtbot, window)
    body = {
        "code": "check-failed",
        "checks": ["text"],
        "leaks": [{"where": "page 2", "engine": "pypdfium2"}],
        "said": "The last candidate failed a check: text. Nothing was released.",
    }
    session.lane.submit(lambda case: case.record_change(EventKind.RELEASE_FAILED, body)).result(30)
    page = wait_for_blocks(qtbot, window, 1)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    dialog = window.dialogs.current
    assert isinstance(dialog, FailedCheckDialog)
    assert told(dialog.list) == [
        "Check: text",
        "Withheld text was found at page 2 (by pypdfium2)",
    ]
    dialog.close()


def test_nothing_is_submitted_past_the_list(qtbot, window, opened, letter):
    opened(letter)
    assert why_not(qtbot, window, "submit") == "1 thing has to be settled first."
    window.tabs.setCurrentIndex(0)
    come_back(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    page = window.signing_off.page
    qtbot.waitUntil(lambda: window.tabs.currentWidget() is page, timeout=PATIENCE_MS)
    assert window.dialogs.current is None
    assert window.statusBar().currentMessage() == "Submit: 1 thing has to be settled first."
