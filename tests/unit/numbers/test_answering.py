"""Four ways of answering, side by side, and each audited."""

from __future__ import annotations

import random

import pytest

from redactor.numbers.answering import answer
from redactor.numbers.answers import FOUR, Answered, Question, Treatment
from redactor.numbers.audit import ranges
from redactor.numbers.layout import detect
from redactor.numbers.model import Interval, Policy, Tables, Zeros
from redactor.numbers.protection import Status
from redactor.numbers.rounding import Rounding, rounded
from redactor.numbers.verdicts import Verdict
from tests.unit.numbers.sheets import sheet

_YEARS = """
Allegation | 2019 | 2020 | 2021 | 2022 | Total
Voyeurism  | 3    | 4    | 12   | 9    | 28
Stalking   | 10   | 9    | 2    | 6    | 27
Assault    | 8    | 0    | 7    | 11   | 26
Total      | 21   | 13   | 21   | 26   | 81
"""


def question(text: str = _YEARS, policy: Policy | None = None, base: int = 5) -> Question:
    layout = detect([sheet(text)])
    return Question(layout, layout.found(), layout.known, policy or Policy(), base, 20.0, 20.0)


def four(asked: Question) -> dict[Treatment, Answered]:
    return {one: answer(asked, one) for one in FOUR}


def test_four_answers_say_how_much_each_prints_and_what_can_be_worked_out() -> None:
    found = four(question())
    assert found[Treatment.SUPPRESS].status is Status.PROVED_MINIMUM
    assert found[Treatment.SUPPRESS].primary == ("Data!B2", "Data!C2", "Data!D3")
    assert 0 < found[Treatment.SUPPRESS].share < 1
    assert found[Treatment.ROUND].share == 1
    assert found[Treatment.TOTALS].printed == 8
    assert found[Treatment.TOTALS].asked == 20
    assert found[Treatment.COLLAPSE].bands
    assert not found[Treatment.COLLAPSE].hidden
    assert not any(one.unsafe for one in found.values())


def test_a_small_total_is_hidden_among_the_totals_with_another() -> None:
    found = answer(
        question("Area | 2020 | 2021 | Total\nMoor | 2 | 1 | 3\nFell | 9 | 6 | 15\n"
                 "Vale | 7 | 8 | 15\nTotal | 18 | 15 | 33"),
        Treatment.TOTALS,
    )  # fmt: skip
    assert found.primary == ("Data!D2",)
    assert len(found.secondary) == 1
    # Only the two totals that are left of three say how many there are, so the parts stay open.
    assert not any(one.verdict is Verdict.EXACT for one in found.unsafe)


def test_what_lies_behind_a_printed_total_is_audited_too() -> None:
    # One column is all there is: its total is what the small count is, whatever is printed of it.
    text = "Area | Cases | Closed | Both\nMoor | 3 | 0 | 3\nFell | 9 | 6 | 15\nAll | 12 | 6 | 18"
    asked = question(text, Policy(must_print=frozenset({"Data!D2"})))
    found = answer(asked, Treatment.TOTALS)
    assert "Data!B2" in found.unsafe_cells


def test_figures_withheld_already_are_known_to_the_reader_of_every_answer() -> None:
    text = _YEARS.replace("| 9    | 28", "| fewer than 5 | 28")
    asked = question(text)
    for treatment in Treatment:
        found = answer(asked, treatment)
        assert found.release.printed["Data!E2"] == Interval(1, 4)


def test_small_counts_hidden_and_the_rest_rounded_leave_none_exact() -> None:
    found = answer(question(base=5), Treatment.HIDE_AND_ROUND)
    assert found.primary == ("Data!B2", "Data!C2", "Data!D3")
    assert found.secondary == ()
    assert found.release.printed["Data!B2"] == Interval(1, 4)
    assert found.release.printed["Data!E2"] == Interval(8, 12)
    assert found.release.printed["Data!C4"] == Interval(0, 0)
    assert found.status is None
    assert found.unsafe == ()


def test_a_rounded_figure_near_the_threshold_is_not_thought_small() -> None:
    rounding = Rounding(5, Policy(threshold=5))
    assert rounding.reading(5) == Interval(5, 7)
    assert rounding.reading(0) == Interval(0, 0)
    assert Rounding(5, Policy(threshold=10, zeros=Zeros.HIDDEN)).reading(10) == Interval(10, 12)


def test_the_counts_behind_rounded_figures_are_among_what_a_reader_thinks_possible() -> None:
    chance = random.Random(4)
    for _ in range(200):
        count = chance.randint(0, 40)
        policy = Policy(
            threshold=chance.randint(2, 12),
            zeros=chance.choice(list(Zeros)),
            must_print=frozenset(chance.choice([(), ("S!A1",)])),
        )
        tables = Tables({"S!A1": count}, ())
        rounding = Rounding(chance.randint(2, 12), policy)
        assert rounded(tables, rounding).printed["S!A1"].holds(count)


def test_an_insider_is_reckoned_with_in_every_answer() -> None:
    asked = question(policy=Policy(insiders=frozenset({"Data!B2"})))
    assert not answer(asked, Treatment.SUPPRESS).unsafe
    # Of two years taken together, whoever knows one knows the other.
    (learnt,) = answer(asked, Treatment.COLLAPSE).unsafe
    assert (learnt.insider, learnt.need.cell) == ("Data!B2", "Data!C2")
    assert learnt.verdict is Verdict.EXACT


@pytest.mark.parametrize("treatment", list(Treatment))
def test_no_answer_leaves_a_small_count_to_be_worked_out(treatment: Treatment) -> None:
    found = answer(question(), treatment)
    small = ("Data!B2", "Data!C2", "Data!D3")
    there = {cell for one in found.release.relations for cell in one.parts}
    for one in ranges(
        found.release, [cell for cell in small if cell in there], time_limit=20
    ).values():
        assert one is not None
        assert one.low != one.high
