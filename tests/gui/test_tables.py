"""The findings table holds 300,000 findings: order and filter are its own, in short steps."""

from __future__ import annotations

import gc
import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from redactor.events import Mark
from redactor.model import Action, Area, Decision, Proposal, Span
from ui.arrange import STEP, Column, Wanted, arranging, sort_key
from ui.marks import Marks
from ui.tables import FindingsModel
from ui.viewers.base import MarkState

LABELS = ("PERSON", "PHONE", "SC_HEALTH", "DATE")


def cell_mark(number: int, row: int, text: str = "", label: str = "PERSON", **how) -> Mark:
    return Mark(
        number,
        how.pop("document", 1),
        Span(f"sheet:Cases!B{row + 1}", 0, 4),
        text or f"name {row % 977}",
        label,
        how.pop("score", 0.5),
        "names",
        "a list of names",
        Proposal.REDACT,
        **how,
    )


def many(count: int) -> list[Mark]:
    picked = random.Random(11)
    marks = [cell_mark(n, n, label=LABELS[n % 4], score=(n % 100) / 100) for n in range(1, count)]
    picked.shuffle(marks)
    return marks


def decision(action: Action = Action.REDACT) -> Decision:
    return Decision(action, "s40(2) by s40(3A)(a)", "a private person", "M Teague", "2025", 1)


def driven(work) -> tuple[int, list[int]]:
    """Drive a sort to its end; gives how often it stopped, and the order."""
    steps = 0
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return steps, stop.value
        steps += 1


def rows_of(model: FindingsModel) -> list[int]:
    return model.ids_at(range(model.rowCount()))


@pytest.fixture
def make(qtbot):
    def model_of(marks: list[Mark]) -> tuple[Marks, FindingsModel]:
        held = Marks()
        model = FindingsModel(held)
        model.add(held.add(marks))
        qtbot.waitUntil(lambda: not model.is_arranging, timeout=60_000)
        return held, model

    return model_of


def test_findings_stand_in_reading_order_whatever_order_they_came_in(make):
    _, model = make([cell_mark(1, 30), cell_mark(2, 4), cell_mark(3, 11)])
    assert rows_of(model) == [2, 3, 1]


def test_a_later_batch_goes_in_where_it_belongs(make):
    held, model = make([cell_mark(1, 1), cell_mark(2, 10)])
    model.add(held.add([cell_mark(3, 5), cell_mark(4, 6), cell_mark(5, 20)]))
    assert rows_of(model) == [1, 3, 4, 2, 5]
    model.sort(Column.PLACE, Qt.SortOrder.DescendingOrder)
    model.add(held.add([cell_mark(6, 7)]))
    assert rows_of(model) == [5, 2, 6, 4, 3, 1]


def test_pages_sort_by_number_and_boxes_stand_on_their_page(make):
    spans = [
        Mark(n, 1, Span(f"page:{page}", 3, 9), "x", "PERSON", 1.0, "r", "w", Proposal.REDACT)
        for n, page in ((1, 10), (2, 9), (3, 2))
    ]
    box = Mark(4, 1, Area(1, 10, 10, 50, 50), "", "MANUAL", 1, "r", "w", Proposal.REDACT)
    _, model = make([*spans, box])
    assert rows_of(model) == [3, 4, 2, 1]
    assert model.data(model.index(1, Column.TEXT)) == "(drawn box)"


@pytest.fixture(scope="module")
def most() -> Marks:
    """Give 299,999 marks, held as the window holds them."""
    held = Marks()
    gc.disable()  # nothing of this is garbage; looking for some would take most of the time
    try:
        held.add(many(300_000))
        gc.freeze()
    finally:
        gc.enable()
    return held


@pytest.fixture
def large(qtbot, most) -> FindingsModel:
    model = FindingsModel(most)
    model.set_marks(most, Wanted())
    qtbot.waitUntil(lambda: not model.is_arranging, timeout=60_000)
    return model


def test_300_000_findings_are_sorted_as_the_language_sorts_them(qtbot, most, large):
    held, model = most, large
    assert model.rowCount() == 299_999
    assert rows_of(model) == sorted(held.by_id)
    model.sort(Column.TEXT, Qt.SortOrder.AscendingOrder)
    assert model.is_arranging, "a long sort is done in turns, not at once"
    assert rows_of(model)[:3] == [1, 2, 3], "the old order stands until the new one is ready"
    qtbot.waitUntil(lambda: not model.is_arranging, timeout=60_000)
    expected = sorted(held.by_id, key=lambda n: (held.by_id[n].text, n))
    assert rows_of(model) == expected
    model.set_wanted(Wanted(group="special"))
    qtbot.waitUntil(lambda: not model.is_arranging, timeout=60_000)
    assert rows_of(model) == [n for n in expected if held.by_id[n].label == "SC_HEALTH"]
    assert model.row_of(expected[-1]) is None or held.by_id[expected[-1]].label == "SC_HEALTH"


def test_a_large_table_is_asked_only_for_the_cells_in_sight(qtbot, large, monkeypatch):
    model = large
    asked: list[int] = []
    really = FindingsModel.data

    def counting(self, index, role=Qt.ItemDataRole.DisplayRole):
        asked.append(index.row())
        return really(self, index, role)

    monkeypatch.setattr(FindingsModel, "data", counting)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    view.scrollTo(model.index(250_000, 0))
    qtbot.wait(20)
    assert 0 < len(asked) < 20_000
    assert len(set(asked)) < 100


def test_no_step_of_a_long_sort_handles_more_than_a_few_thousand_rows():
    held = Marks()
    held.add(many(20_000))
    work = arranging(held.ids, held, Wanted(), sort_key(Column.WHY, held))
    steps, order = driven(work)
    assert len(order) == 19_999
    assert steps >= 2 * (19_999 // STEP)


def test_findings_that_come_during_a_long_sort_are_not_lost(qtbot, make):
    held, model = make(many(30_000))
    model.sort(Column.SCORE, Qt.SortOrder.AscendingOrder)
    assert model.is_arranging
    model.add(held.add([cell_mark(40_000, 40_000, score=0.999)]))
    held.stand({5: decision()}, [5])
    model.refresh([5])
    qtbot.waitUntil(lambda: not model.is_arranging, timeout=60_000)
    assert rows_of(model)[-1] == 40_000
    assert len(set(rows_of(model))) == model.rowCount() == 30_000


def test_decided_findings_leave_a_list_of_what_is_to_be_decided(make):
    held, model = make([cell_mark(n, n) for n in range(1, 6)])
    model.set_wanted(Wanted(state=MarkState.UNDECIDED))
    held.stand({2: decision(), 4: decision(Action.KEEP)}, [2, 4])
    model.refresh([2, 4])
    assert rows_of(model) == [1, 3, 5]
    held.stand({4: decision(Action.KEEP)}, [2])
    model.refresh([2])
    assert rows_of(model) == [1, 2, 3, 5]
    model.set_wanted(Wanted(state=MarkState.KEEP))
    assert rows_of(model) == [4]


def test_a_mark_by_hand_that_was_undone_is_no_longer_listed(make):
    held, model = make([cell_mark(1, 1)])
    held.stand({7: decision()}, [])
    model.add(held.add([cell_mark(7, 3, by_hand=True)]))
    assert rows_of(model) == [1, 7]
    held.stand({}, [7])
    model.refresh([7])
    assert rows_of(model) == [1]
    assert held.counts().undecided == 1


def test_hidden_content_needs_no_decision_and_says_so(make):
    held, model = make([cell_mark(1, 1, hidden="hidden-sheet"), cell_mark(2, 2)])
    assert held.counts().undecided == 1
    assert model.data(model.index(0, Column.STATE)) == "Hidden"
    assert model.next_undecided(1) == 1
    model.set_wanted(Wanted(hidden=False))
    assert rows_of(model) == [2]


def test_the_next_to_decide_goes_round_and_skips_what_is_on_its_way(make):
    held, model = make([cell_mark(n, n) for n in range(1, 5)])
    held.stand({4: decision()}, [4])
    assert model.next_undecided(2) == 0
    assert model.next_undecided(0, but={2}) == 2
    assert model.next_undecided(0, but={1, 2, 3}) is None


def test_the_filter_by_text_minds_neither_case_nor_place(make):
    _, model = make([cell_mark(1, 1, "Ashworth"), cell_mark(2, 2, "Ewa"), cell_mark(3, 3, "ASH")])
    model.set_wanted(Wanted(text="ash"))
    assert rows_of(model) == [1, 3]


def test_every_cell_has_words_for_a_screen_reader(make):
    _, model = make([cell_mark(1, 1, "Ashworth")])
    words = [
        model.data(model.index(0, column), Qt.ItemDataRole.AccessibleTextRole) for column in Column
    ]
    assert words[Column.STATE] == "State: To decide"
    assert words[Column.TEXT] == "Text: Ashworth"
    assert words[Column.PLACE] == "Place: Cases, B2"


def test_the_state_is_told_by_word_and_by_shape(make):
    held, model = make([cell_mark(n, n) for n in (1, 2, 3)])
    held.stand({1: decision(), 2: decision(Action.KEEP)}, [1, 2])
    model.refresh([1, 2])
    states = [model.index(row, Column.STATE) for row in range(3)]
    assert [model.data(one) for one in states] == ["Redact", "Keep", "To decide"]
    pictures = {
        bytes(model.data(one, Qt.ItemDataRole.DecorationRole).pixmap(16, 16).toImage().constBits())
        for one in states
    }
    assert len(pictures) == 3
