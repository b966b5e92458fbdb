"""The page of small numbers: confirm the layout, choose the rule, compare, apply, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from redactor.app.numbers_case import plan_of
from redactor.labels import COUNT
from redactor.model import Action
from redactor.numbers.answers import Treatment
from tests.gui.conftest import PATIENCE_MS, Opener, wait_until_saved
from ui.dialogs.give_up import GiveUpDialog
from ui.numbers_shown import WITHHELD
from ui.session import Session
from ui.window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
_TABLE = """Allegation,2019,2020,2021,Total
Voyeurism,3,4,12,19
Stalking,10,12,2,24
Assault,5,30,8,43
Theft,7,0,9,16
Total,25,46,31,102
"""
_WHO = "Colleagues of an officer against whom an allegation was made in that year."


@pytest.fixture
def session(qtbot, window: MainWindow, opened: Opener, tmp_path: Path) -> Session:
    """Give a case with a table of counts, on the page of small numbers."""
    table = tmp_path / "allegations.csv"
    table.write_text(_TABLE, "utf-8")
    made = opened(table)
    qtbot.keyClick(window, Qt.Key.Key_7, CONTROL)
    page = window.numbers
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.work, timeout=PATIENCE_MS)
    return made


def _painted(window: MainWindow, row: int, column: int):
    """Give what the grid shows at a row and column of the sheet, from 0."""
    grid = window.numbers.grid.grid
    return grid.painted(grid.index_of((row, column)))


def _confirm(qtbot, window: MainWindow) -> None:
    tick = window.numbers.layout_step.tick
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()


def _compare(qtbot, window: MainWindow) -> None:
    """Go to the third step, and wait for all answers."""
    page = window.numbers
    _confirm(qtbot, window)
    qtbot.mouseClick(page.steps[1], LEFT)
    qtbot.keyClicks(page.rule.who, _WHO)
    qtbot.mouseClick(page.rule.go_on, LEFT)
    assert page.step == 2
    _wait_for_answers(qtbot, window)


def _wait_for_answers(qtbot, window: MainWindow) -> None:
    cards = window.numbers.cards.cards
    qtbot.waitUntil(lambda: all(one.is_answered for one in cards), timeout=PATIENCE_MS)


def _apply(qtbot, window: MainWindow, session: Session) -> None:
    page = window.numbers
    page.applying.ground.reason.clear()
    qtbot.keyClicks(page.applying.ground.reason, "Those who worked there would know who is meant.")
    qtbot.mouseClick(page.applying.apply, LEFT)
    wait_until_saved(qtbot, session)


def _withheld(session: Session) -> int:
    marks = session.marks
    return sum(
        one.label == COUNT
        and one.id in marks.decisions
        and marks.decisions[one.id].action is Action.REDACT
        for one in marks.by_id.values()
    )


def test_the_table_is_shown_as_it_stands_with_totals_told_by_a_word(
    window: MainWindow, session: Session
) -> None:
    assert (_painted(window, 1, 1).text, _painted(window, 1, 1).tag) == ("3", "")
    assert (_painted(window, 5, 4).text, _painted(window, 5, 4).tag) == ("102", "total")
    tree = window.numbers.layout_step.tree
    said = [tree.topLevelItem(at).text(0) for at in range(tree.topLevelItemCount())]
    assert any("= these 4 figures" in one for one in said)
    assert "allegations.csv" in window.numbers.tables.item(0).text()


def test_an_unconfirmed_layout_stops_at_the_first_step(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    assert not page.steps[1].isEnabled()
    assert not page.steps[2].isEnabled()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return, CONTROL)
    window.numbering.apply()
    assert page.step == 0
    assert window.numbering.comparing.answer is None
    assert session.numbers is None


def test_a_change_in_the_layout_is_to_be_confirmed_anew(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _confirm(qtbot, window)
    assert page.steps[1].isEnabled()
    tree = page.layout_step.tree
    item = tree.topLevelItem(0)
    tree.setCurrentItem(item)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert item.checkState(0) is Qt.CheckState.Unchecked
    assert len(window.numbering.draft.edits.dropped) == 1
    assert not page.layout_step.tick.isChecked()
    assert not page.steps[1].isEnabled()


def test_cells_that_count_nobody_are_left_out_of_what_is_asked(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    page.grid.go_to((1, 1))
    qtbot.mouseClick(page.layout_step.nobody, LEFT)
    assert _painted(window, 1, 1).tag == "counts nobody"
    assert len(window.numbering.draft.edits.not_counts) == 1
    qtbot.mouseClick(page.layout_step.nobody, LEFT)
    assert _painted(window, 1, 1).tag == ""


def test_a_sum_that_does_not_add_up_is_said_and_one_that_does_is_added(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    page.grid.choose([(1, 3), (1, 1), (1, 2)])
    qtbot.mouseClick(page.layout_step.add_sum, LEFT)
    assert "add up to 7" in page.layout_step.said.text()
    assert not window.numbering.draft.edits.added
    page.grid.choose([(4, 1), (1, 1), (1, 2)])
    qtbot.mouseClick(page.layout_step.add_sum, LEFT)
    (added,) = window.numbering.draft.edits.added
    assert len(added.parts) == 2


def test_without_who_could_recognise_whom_the_page_refuses_and_goes_there(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _confirm(qtbot, window)
    qtbot.mouseClick(page.steps[2], LEFT)
    assert page.step == 1
    assert "Miller" in page.rule.trouble.text()
    assert page.rule.trouble.isVisible()
    qtbot.waitUntil(page.rule.who.hasFocus, timeout=PATIENCE_MS)


def test_four_answers_stand_side_by_side_and_say_why_a_figure_is_hidden(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    assert [one.choose.text() for one in page.cards.cards] == [
        "Hide cells",
        "Group lines",
        "Round to 5",
        "Totals only",
    ]
    hide = page.cards.cards[0]
    assert "Proved" in hide.proof.text()
    assert hide.safety.text() == "No small number can be worked out"
    assert (_painted(window, 1, 1).text, _painted(window, 1, 1).tag) == (WITHHELD, "S")
    page.grid.go_to((1, 1))
    assert page.applying.why.text() == "Hidden because it is small."
    qtbot.waitUntil(lambda: "→" in page.applying.range.text(), timeout=PATIENCE_MS)
    answer = window.numbering.comparing.answer
    assert answer is not None
    protecting = answer.secondary[0]
    window.numbering.go_to((protecting,))
    assert page.applying.why.text().startswith("Hidden to protect ")
    assert "without it" in page.applying.why.text()


def test_another_answer_is_chosen_by_key_and_shown_in_the_table(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    page.cards.focus()
    for card in page.cards.cards[:3]:
        qtbot.keyClick(card.choose, Qt.Key.Key_Right)
    assert window.numbering.comparing.treatment is Treatment.TOTALS
    assert _painted(window, 3, 2).tag == "not printed"
    assert _painted(window, 5, 4).text == "102"


def test_a_pin_works_the_answers_out_anew(qtbot, window: MainWindow, session: Session) -> None:
    page = window.numbers
    _compare(qtbot, window)
    before = window.numbering.comparing.answer
    assert before is not None
    spare = before.secondary[0]
    window.numbering.go_to((spare,))
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_P)
    assert window.numbering.draft.policy.must_print == {spare}
    _wait_for_answers(qtbot, window)
    after = window.numbering.comparing.answer
    assert after is not None
    assert spare not in after.hidden
    qtbot.keyClick(page.grid, Qt.Key.Key_N)
    _wait_for_answers(qtbot, window)
    assert window.numbering.comparing.answer.secondary == before.secondary


def test_working_answers_out_is_stopped_and_goes_on_when_asked_again(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_H)
    assert page.applying.stop.isVisible()
    qtbot.mouseClick(page.applying.stop, LEFT)
    assert not page.applying.stop.isVisible()
    assert window.numbering.comparing.answer is None
    assert "Stopped" in page.cards.cards[0].printed.text()
    qtbot.mouseClick(page.steps[2], LEFT)
    _wait_for_answers(qtbot, window)
    assert window.numbering.comparing.answer is not None


def test_a_small_number_that_must_be_printed_blocks_until_a_reason_is_typed(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    page.grid.go_to((2, 3))
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_P)
    _wait_for_answers(qtbot, window)
    reasons = page.applying.reasons
    assert reasons.isVisible()
    assert reasons.rowCount() >= 1
    _apply(qtbot, window, session)
    assert session.numbers is None
    assert "may be known" in page.applying.trouble.text()
    for row in range(reasons.rowCount()):
        reasons.item(row, 2).setText("The person agreed to it.")
    _apply(qtbot, window, session)
    assert session.numbers is not None


def test_what_is_applied_is_withheld_and_undo_prints_it_again(
    qtbot, window: MainWindow, session: Session
) -> None:
    _compare(qtbot, window)
    answer = window.numbering.comparing.answer
    assert answer is not None
    _apply(qtbot, window, session)
    qtbot.waitUntil(lambda: _withheld(session) == len(answer.hidden), timeout=PATIENCE_MS)
    page = window.numbers
    qtbot.waitUntil(page.banner.isVisible, timeout=PATIENCE_MS)
    assert "Morwenna Teague" in page.banner_said.text()
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    window.review.choose_document(1)
    mark = next(
        one
        for one in session.marks.by_id.values()
        if one.label == COUNT and one.id in session.marks.decisions
    )
    shown = session.marks.decisions[mark.id]
    assert shown.reason.startswith("Those who worked there")
    said: list[str] = []
    session.preview(mark.id, said.append)
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE_MS)
    assert WITHHELD in said[0]
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    wait_until_saved(qtbot, session)
    assert session.numbers is None
    assert _withheld(session) == 0


def test_a_missing_reason_is_asked_for_where_it_is_written(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    page.applying.ground.reason.clear()
    qtbot.mouseClick(page.applying.apply, LEFT)
    qtbot.waitUntil(page.applying.ground.reason.hasFocus, timeout=PATIENCE_MS)
    assert session.numbers is None


def test_the_protection_is_given_up_with_a_reason(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    _apply(qtbot, window, session)
    qtbot.waitUntil(page.give_up.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(page.give_up, LEFT)
    dialog = window.dialogs.current
    assert isinstance(dialog, GiveUpDialog)
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.reason, "The figures were published in the spring.")
    qtbot.mouseClick(dialog.ok, LEFT)
    wait_until_saved(qtbot, session)
    assert session.numbers is None
    assert _withheld(session) == 0
    assert session.lane.submit(plan_of).result(30) is None


def test_rounded_tables_go_out_as_a_new_document_in_place_of_theirs(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    qtbot.mouseClick(page.cards.cards[2], LEFT)
    assert page.applying.made.isVisible()
    for row in range(page.applying.reasons.rowCount()):
        page.applying.reasons.item(row, 2).setText("Rounding leaves it open enough.")
    _apply(qtbot, window, session)
    qtbot.waitUntil(lambda: len(session.documents) == 2, timeout=PATIENCE_MS)
    assert session.documents[2].name == "allegations rounded.xlsx"
    assert session.set_aside[1].by == 2
    qtbot.waitUntil(page.banner.isVisible, timeout=PATIENCE_MS)
    session.undo()
    wait_until_saved(qtbot, session)
    assert {number: one.by for number, one in session.set_aside.items()} == {2: 1}


def test_a_case_without_tables_says_so_and_what_to_do(
    qtbot, window: MainWindow, opened: Opener, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("The panel met on Monday.\n", "utf-8")
    opened(note)
    qtbot.keyClick(window, Qt.Key.Key_7, CONTROL)
    page = window.numbers
    qtbot.waitUntil(lambda: "No tables" in page.title.text(), timeout=PATIENCE_MS)
    assert "Add a workbook" in page.said.text()
    assert page.pages.currentWidget() is not page.work


def test_what_was_applied_is_there_again_when_the_tables_are_read_anew(
    qtbot, window: MainWindow, session: Session
) -> None:
    page = window.numbers
    _compare(qtbot, window)
    _apply(qtbot, window, session)
    qtbot.waitUntil(page.banner.isVisible, timeout=PATIENCE_MS)
    window.numbering.set_session(session)
    assert window.numbering.draft.who == ""
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.work, timeout=PATIENCE_MS)
    assert window.numbering.draft.who == _WHO
    assert page.layout_step.tick.isChecked()
    assert "withheld" in page.banner_said.text()


def test_a_document_that_comes_in_makes_the_tables_stale_and_they_are_read_again(
    qtbot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    page = window.numbers
    _confirm(qtbot, window)
    more = tmp_path / "complaints.csv"
    more.write_text("Kind,2020,2021,Total\nLate,1,2,3\nRude,4,5,9\nTotal,5,7,12\n", "utf-8")
    session.add_paths([more])
    qtbot.waitUntil(page.again.isVisible, timeout=PATIENCE_MS)
    qtbot.mouseClick(page.again, LEFT)

    def both_are_read() -> None:
        assert page.tables.count() == 2, (page.doing.text(), page.title.text(), page.said.text())

    qtbot.waitUntil(both_are_read, timeout=PATIENCE_MS)
    assert not page.layout_step.tick.isChecked()
