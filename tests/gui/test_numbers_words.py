"""What the page of small numbers says of an answer that holds in a case."""

from __future__ import annotations

from redactor.numbers.plan import Plan
from ui.numbers_words import applied_words


def _said(**excepted: str) -> str:
    cells = {f"1:Sheet 1!{cell}": reason for cell, reason in excepted.items()}
    plan = Plan((1,), (), "", "Morwenna Teague", excepted=cells)
    return applied_words(plan, "Under 5", lambda cell: cell.partition("!")[2])


def test_a_figure_that_may_be_worked_out_stands_with_the_reason_of_a_person() -> None:
    said = _said(B2="All three agreed.", C4="It is published.", C5="It is published.")
    assert "1 figure may be worked out (B2): All three agreed." in said
    assert "2 figures may be worked out (C4 and C5): It is published." in said


def test_of_many_with_one_reason_the_first_few_are_named() -> None:
    said = _said(**{f"B{row}": "It is published." for row in range(2, 9)})
    assert "7 figures may be worked out (B2; B3; B4 and 4 more)" in said


def test_nothing_is_said_where_nothing_was_excepted() -> None:
    assert "worked out" not in _said()
