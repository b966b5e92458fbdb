"""Filtering, sorting and finding in a sheet: row numbers come out, nothing of the document."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from redactor.app import table_order
from redactor.app.case import Case
from redactor.app.table_order import Arrangement, Filter, Test, arranging, finding
from redactor.case.marks import NewMark
from redactor.case.signing import new_signer
from redactor.model import Action, CellPlace, FieldPlace, Proposal, Role, Segment, Span

SHEET = "sheet:Staff"
GROUND = ("s40(2) by s40(3A)(a)", "Personal data.")
ROWS = (
    ("Surname", "DOB", "Paid"),
    ("Thorne", "x", "£1,200.50"),
    ("Ashdown", "", "900"),
    ("okoro", "x", "-5"),
    ("Ashdown", "x", ""),
    ("Fenwick", "", "n/a"),
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    signer = new_signer("Morwenna Teague", Role.OFFICER)
    opened = Case.create(tmp_path / "one.redactor", "MC/1", "four invented words here", signer)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    opened.add_file(tmp_path / "a.txt")
    cells = [(row, at, text) for row, line in enumerate(ROWS) for at, text in enumerate(line)]
    sheet = [Segment(CellPlace("Staff", row, at), text) for row, at, text in cells if text]
    fields = [Segment(FieldPlace(row, at), text) for row, at, text in cells]
    opened.store.add_segments(1, sheet)
    opened.store.add_segments(1, fields)
    yield opened
    opened.close(backup=False)


def ended(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return stop.value


def shown(case: Case, *filters: Filter, container: str = SHEET, **how: Any) -> list[int]:
    return list(ended(arranging(case, 1, container, Arrangement(filters, **how))).rows)


@pytest.mark.parametrize("container", [SHEET, "rows"])
@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Filter(0, Test.CONTAINS, "OR"), [0, 1, 3]),
        (Filter(0, Test.EQUALS, "ashdown"), [0, 2, 4]),
        (Filter(1, Test.EMPTY), [0, 2, 5]),
    ],
)
def test_rows_that_pass_are_shown_under_the_heading(case: Case, container, wanted, rows):
    assert shown(case, wanted, container=container) == rows


def test_every_filter_has_to_be_passed(case: Case):
    assert shown(case, Filter(0, Test.CONTAINS, "ash"), Filter(1, Test.EMPTY)) == [0, 2]


@pytest.mark.parametrize("portion", [2, 10_000])
def test_numbers_come_in_their_order_before_words_and_empty_cells_last(
    case: Case, monkeypatch, portion
):
    monkeypatch.setattr(table_order, "_SORTED", portion)
    assert shown(case, sorted_by=2) == [0, 3, 2, 1, 5, 4]
    assert shown(case, sorted_by=2, descending=True) == [0, 5, 1, 2, 3, 4]


@pytest.mark.parametrize("descending", [False, True])
def test_equal_cells_keep_their_order(case: Case, descending):
    rows = shown(case, Filter(0, Test.EQUALS, "Ashdown"), sorted_by=0, descending=descending)
    assert rows == [0, 2, 4]


def test_rows_are_filtered_by_how_their_marks_stand(case: Case):
    marks = case.store.add_marks(
        1,
        [
            NewMark(Span(f"{SHEET}!A{row}", 0, 6), "name", "PERSON", 0.9, "r", "", Proposal.REDACT)
            for row in (2, 3, 4)
        ],
    )
    case.decide([marks[0].id], Action.REDACT, *GROUND)
    case.decide([marks[1].id], Action.KEEP, "", "Public.")
    assert shown(case, Filter(0, Test.REDACT)) == [0, 1]
    assert shown(case, Filter(0, Test.KEEP)) == [0, 2]
    assert shown(case, Filter(0, Test.UNDECIDED)) == [0, 3]
    assert shown(case, Filter(1, Test.UNDECIDED)) == [0]


def test_a_text_is_found_in_reading_order_whatever_its_capitals(case: Case):
    places = ended(finding(case, 1, ["rows", SHEET], "ASHDOWN"))
    assert places == (("rows", 2, 0), ("rows", 4, 0), (SHEET, 2, 0), (SHEET, 4, 0))
    assert ended(finding(case, 1, [SHEET], "nobody")) == ()
