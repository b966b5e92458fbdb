"""Decisions on whole columns, rows and sheets, and on every value of a column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.tables import Cells, count_cells, decide_cells, headings
from redactor.case.marks import NewMark
from redactor.case.signing import new_signer
from redactor.errors import NotAllowed, UsageError
from redactor.model import (
    Action,
    CellPlace,
    HiddenKind,
    LinePlace,
    Proposal,
    Role,
    Segment,
    Span,
)

_OFFICER = new_signer("Morwenna Teague", Role.OFFICER)
_OBSERVER = new_signer("Agnes Pell", Role.OBSERVER)
_PASSPHRASE = "four invented words here"
GROUND = (Action.REDACT, "s40(2) by s40(3A)(a)", "Personal data.")
KEEP = (Action.KEEP, "", "Public already.")
SHEET = "sheet:Staff"
ROWS = (
    ("Complaints 2024", "", "", ""),
    ("Surname", "DOB", "Ward", "Note"),
    ("Ashdown", "3 May 1990", "Northfield", "seen by PC Okoro"),
    ("Okoro", "4 May 1991", "Southey", ""),
    ("Li", "5 May 1992", "Northfield", "n/a"),
    ("Ashdown", "", "Southey", "about Ashdown"),
)


def _segments() -> list[Segment]:
    return [
        Segment(CellPlace("Staff", row, column), text)
        for row, line in enumerate(ROWS)
        for column, text in enumerate(line)
        if text
    ]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    opened = Case.create(tmp_path / "one.redactor", "MC/1", _PASSPHRASE, _OFFICER)
    for name in ("staff.xlsx", "note.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        opened.add_file(tmp_path / name)
    hidden = Segment(CellPlace("Old", 0, 0), "Okoro", HiddenKind.HIDDEN_SHEET, "Old")
    opened.store.add_segments(1, [*_segments(), hidden])
    lines = ("Ms ASHDOWN wrote to Li.", "Mr Okoro-Vale and Mr Okoro.", "ashdowns are hills")
    opened.store.add_segments(
        2, [Segment(LinePlace(number), text) for number, text in enumerate(lines)]
    )
    opened.store.add_marks(
        1,
        [
            _found("sheet:Staff!A3", 0, "Ashdown"),
            _found("sheet:Staff!D3", 11, "Okoro"),
        ],
    )
    yield opened
    opened.close(backup=False)


def _found(place: str, start: int, text: str) -> NewMark:
    span = Span(place, start, start + len(text))
    return NewMark(span, text, "PERSON", 0.9, "r", "a name", Proposal.REDACT)


def column(number: int) -> list[Cells]:
    return [Cells(SHEET, columns=((number, number),))]


def standing(case: Case, action: Action = Action.REDACT) -> set[tuple[str, int, int]]:
    decided = case.standing().decisions
    return {
        (mark.target.segment, mark.target.start, mark.target.end)
        for mark in case.marks()
        if isinstance(mark.target, Span)
        and mark.id in decided
        and decided[mark.id].action is action
    }


def test_the_heading_is_found_and_says_what_the_columns_hold(case: Case):
    found = headings(case, 1, SHEET)
    assert found.rows == (1,)
    assert found.kinds == {0: "Surname", 1: "Date of birth", 2: "Place"}


def test_a_column_is_decided_below_its_heading_in_one_event(case: Case):
    before = len(case.events())
    done = decide_cells(case, 1, column(0), *GROUND)
    assert done.cells == 4
    assert len(case.events()) == before + 1
    assert standing(case) == {
        ("sheet:Staff!A3", 0, 7),
        ("sheet:Staff!A4", 0, 5),
        ("sheet:Staff!A5", 0, 2),
        ("sheet:Staff!A6", 0, 7),
    }


def test_a_cell_that_was_found_is_decided_through_its_finding(case: Case):
    done = decide_cells(case, 1, column(0), *GROUND)
    assert [mark.target.segment for mark in done.change.made] == [
        "sheet:Staff!A4",
        "sheet:Staff!A5",
        "sheet:Staff!A6",
    ]
    assert 1 in done.change.event.body["marks"]


def test_a_cell_found_in_part_is_withheld_whole_and_the_finding_decided(case: Case):
    decide_cells(case, 1, column(3), *GROUND)
    assert {("sheet:Staff!D3", 0, 16), ("sheet:Staff!D3", 11, 16)} <= standing(case)


def test_one_undo_takes_all_of_it_back_and_redo_brings_it(case: Case):
    decide_cells(case, 1, column(0), *GROUND, every_value=True)
    all_of_it = standing(case)
    case.undo()
    assert standing(case) == set()
    case.redo()
    assert standing(case) == all_of_it


def test_what_was_undone_can_be_decided_again(case: Case):
    decide_cells(case, 1, column(0), *GROUND)
    case.undo()
    again = decide_cells(case, 1, column(0), *GROUND, every_value=True)
    assert len(case.marks(1)) == 7, "each cell has the mark that it had"
    assert again.elsewhere == 6


def test_a_row_is_decided_even_where_it_is_the_heading(case: Case):
    done = decide_cells(case, 1, [Cells(SHEET, rows=((1, 1),))], *GROUND)
    assert done.cells == 4


def test_a_sheet_is_decided_without_its_heading_unless_asked(case: Case):
    total = len(_segments())
    assert count_cells(case, 1, [Cells(SHEET)]) == total - 4
    done = decide_cells(case, 1, [Cells(SHEET)], *GROUND, with_headings=True)
    assert done.cells == total


def test_cells_chosen_twice_are_decided_once(case: Case):
    both = [Cells(SHEET, rows=((2, 2),)), Cells(SHEET, rows=((2, 3),), columns=((0, 0),))]
    assert decide_cells(case, 1, both, *GROUND).cells == 5


def test_keeping_a_column_decides_what_was_found_and_marks_nothing(case: Case):
    done = decide_cells(case, 1, column(0), *KEEP)
    assert done.change.made == ()
    assert standing(case, Action.KEEP) == {("sheet:Staff!A3", 0, 7)}


def test_keeping_where_nothing_was_found_says_so(case: Case):
    with pytest.raises(UsageError, match="kept already"):
        decide_cells(case, 1, column(1), *KEEP)


def test_empty_cells_are_no_decision(case: Case):
    with pytest.raises(UsageError, match="empty"):
        decide_cells(case, 1, column(9), *GROUND)


def test_every_value_reaches_the_other_sheets_and_documents(case: Case):
    done = decide_cells(case, 1, column(0), *GROUND, every_value=True)
    assert standing(case) >= {
        ("line:1", 3, 10),
        ("line:2", 21, 26),
        ("sheet:Old!A1", 0, 5),
        ("sheet:Staff!D3", 11, 16),
        ("sheet:Staff!D6", 6, 13),
    }
    assert done.elsewhere == len(standing(case)) - done.cells
    assert not any(place == "line:3" for place, _, _ in standing(case)), "a part of a word"


def test_values_that_are_too_short_are_not_spread_and_are_counted(case: Case):
    done = decide_cells(case, 1, column(0), *GROUND, every_value=True)
    assert done.not_spread == 1
    assert done.told == "1 value is too short or too common to be looked for elsewhere in the case."
    assert ("line:1", 20, 22) not in standing(case)


def test_keeping_every_value_keeps_what_was_found_of_it_elsewhere(case: Case):
    case.store.add_marks(2, [_found("line:1", 3, "ASHDOWN"), _found("line:2", 21, "Okoro")])
    decide_cells(case, 1, column(0), *KEEP, every_value=True)
    assert standing(case, Action.KEEP) == {
        ("sheet:Staff!A3", 0, 7),
        ("sheet:Staff!D3", 11, 16),
        ("line:1", 3, 10),
        ("line:2", 21, 26),
    }


def test_many_marks_are_kept_as_single_ones_are(case: Case):
    texts = [f"Person {number}" for number in range(700)]
    case.store.add_segments(
        1, [Segment(CellPlace("Many", row, 2), text) for row, text in enumerate(texts)]
    )
    case.store.add_marks(1, [_found("sheet:Many!C9", 0, "Person 8")])
    case.marks()
    done = decide_cells(case, 1, [Cells("sheet:Many")], *GROUND)
    assert len(done.change.made) == 699
    held = case.marks(1)
    case.store._marks.let_go()
    assert case.marks(1) == held
    assert {one.text for one in held if one.target.segment.startswith("sheet:Many")} == set(texts)


def test_who_may_not_decide_decides_nothing(case: Case, tmp_path: Path):
    case.invite(_OBSERVER.fingerprint, "Agnes Pell", Role.OBSERVER)
    case.work_as(_OBSERVER)
    with pytest.raises(NotAllowed):
        decide_cells(case, 1, column(0), *GROUND)
    assert standing(case) == set()
