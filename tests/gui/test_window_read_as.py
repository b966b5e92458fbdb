"""Reading a CSV or text file differently: with real keys, a preview, and what falls said first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from redactor.events import EventKind
from redactor.model import AS_FOUND, Action, ReadAs
from tests.gui.conftest import PATIENCE_MS, wait_until_read, wait_until_saved
from ui.dialogs.read_as import ReadAsDialog

_TABLE = "Forename;Surname\r\nZoë;Quibell\r\nJosé;Vexley, late of Hythe\r\n"
EXEMPTION = "s40(2) by s40(3A)(a)"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(_TABLE.encode("cp850"))
    return path


def ask(qtbot, window) -> ReadAsDialog:
    """Press the button of the details."""
    button = window.review.details.differently
    qtbot.waitUntil(button.isVisible, timeout=PATIENCE_MS)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, ReadAsDialog), timeout=PATIENCE_MS)
    dialog = window.dialogs.current
    settled(qtbot, dialog)
    return dialog


def settled(qtbot, dialog: ReadAsDialog) -> None:
    qtbot.waitUntil(lambda: dialog.said.text() != "Reading…", timeout=PATIENCE_MS)


def choose(qtbot, dialog: ReadAsDialog, box, name: str) -> None:
    """Type the beginning of a choice, as people do in a list."""
    box.setFocus()
    qtbot.keyClicks(box, name)
    assert box.currentText().startswith(name)
    settled(qtbot, dialog)


def shown(dialog: ReadAsDialog) -> list[list[str]]:
    rows = dialog.rows
    return [
        [item.text() for column in range(rows.columnCount()) if (item := rows.item(row, column))]
        for row in range(rows.rowCount())
    ]


def texts(session, number: int = 1) -> list[str]:
    ask_for = session.lane.submit(lambda case: [one.text for one in case.segments(number)])
    return ask_for.result(30)


def kinds(session) -> list[EventKind]:
    return [one.kind for one in session.lane.submit(lambda case: case.events()).result(30)]


def wait_until_read_so(qtbot, session) -> None:
    qtbot.waitUntil(lambda: session.sources.read_as(1) != AS_FOUND, timeout=PATIENCE_MS)
    wait_until_read(qtbot, session)


def test_how_it_was_read_is_shown_and_chosen_anew_by_keys(qtbot, window, opened, table) -> None:
    session = opened(table)
    details = window.review.details
    qtbot.waitUntil(lambda: "Read as Windows-1252" in details.text.toPlainText())
    assert "Zoë" not in texts(session)
    dialog = ask(qtbot, window)
    assert dialog.encoding.hasFocus()
    assert not dialog.ok.isEnabled()
    assert "It is read so already" in dialog.said.text()
    choose(qtbot, dialog, dialog.encoding, "DOS code page 850")
    qtbot.keyClick(dialog.encoding, Qt.Key.Key_Tab)
    assert dialog.delimiter.hasFocus()
    choose(qtbot, dialog, dialog.delimiter, "Semi")
    assert shown(dialog)[1:] == [["Zoë", "Quibell"], ["José", "Vexley, late of Hythe"]]
    assert "DOS code page 850 as you chose" in dialog.said.text()
    assert dialog.ok.isEnabled()
    qtbot.keyClick(dialog.delimiter, Qt.Key.Key_Tab)
    qtbot.keyClicks(dialog.reason, "The names looked wrong.")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    wait_until_read_so(qtbot, session)
    assert "Zoë" in texts(session)
    assert session.sources.read_as(1) == ReadAs("cp850", ";")
    qtbot.waitUntil(lambda: "DOS code page 850" in details.text.toPlainText())
    listed = window.review.findings.model
    qtbot.waitUntil(
        lambda: "Zoë" in {listed.mark_at(row).text for row in range(listed.rowCount())},
        timeout=PATIENCE_MS,
    )


def test_what_falls_is_said_first_and_may_be_kept(qtbot, window, opened, table) -> None:
    session = opened(table)
    ids = list(session.marks.ids)
    assert ids
    session.decide(ids[:1], Action.REDACT, EXEMPTION, "A private person.")
    wait_until_saved(qtbot, session)
    for answer, falls in (("Leave it as it is", False), ("Read it so, and drop them", True)):
        dialog = ask(qtbot, window)
        choose(qtbot, dialog, dialog.delimiter, "Semi")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda: isinstance(window.dialogs.current, QMessageBox), timeout=PATIENCE_MS
        )
        box = window.dialogs.current
        assert "1 decision on this document falls" in box.informativeText()
        assert "cannot be undone" in box.informativeText()
        button = next(one for one in box.findChildren(QPushButton) if one.text() == answer)
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert (EventKind.DOCUMENT_READ_AS in kinds(session)) is falls
    wait_until_read_so(qtbot, session)
    assert session.marks.counts(1).decided == 0
    assert not set(ids) & set(session.marks.ids)
    assert not session.can_undo
    listed = window.review.findings.model
    shown_ids = {listed.mark_at(row).id for row in range(listed.rowCount())}
    assert not shown_ids & set(ids)


def test_an_encoding_that_does_not_fit_is_one_sentence_and_cannot_be_taken(
    qtbot, window, opened, table
) -> None:
    session = opened(table)
    dialog = ask(qtbot, window)
    choose(qtbot, dialog, dialog.encoding, "UTF-8")
    assert dialog.said.text().startswith("The file cannot be read as UTF-8")
    assert shown(dialog) == []
    assert not dialog.ok.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.sources.read_as(1) == AS_FOUND


def test_plain_text_is_asked_for_its_encoding_only(qtbot, window, opened, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Zoë was there.\r\n".encode("cp850"))
    session = opened(path)
    dialog = ask(qtbot, window)
    assert not dialog.delimiter.isVisible()
    choose(qtbot, dialog, dialog.encoding, "DOS code page 850")
    assert shown(dialog)[0] == ["Zoë was there."]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_until_read_so(qtbot, session)
    assert texts(session) == ["Zoë was there."]


def test_a_reviewer_is_told_why_not(qtbot, window, opened, table, reviewer) -> None:
    session = opened(table)
    session.invite(
        reviewer.fingerprint, reviewer.name, reviewer.role, lambda: None, session.failed.emit
    )
    session.work_as(reviewer)
    qtbot.waitUntil(lambda: session.signer is reviewer, timeout=PATIENCE_MS)
    window.choosing.read_differently()
    box = window.dialogs.parent.findChildren(QMessageBox)[-1]
    assert "Only an officer" in box.informativeText()
    box.close()
