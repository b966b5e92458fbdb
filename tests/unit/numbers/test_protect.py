"""What is hidden, what is said of it, and what is refused."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction

import pytest

from redactor.errors import Cancelled, NotAdditive, TablesError, UsageError
from redactor.numbers.model import (
    Evidence,
    Interval,
    Policy,
    Relation,
    Require,
    Tables,
    Weights,
    Zeros,
    needs_of,
    share_fact,
)
from redactor.numbers.protect import Protection, Status, protect
from redactor.numbers.protect.refusing import MOST_CELLS
from tests.unit.numbers.exhaustive import Asked, Reader, all_asked, is_safe
from tests.unit.numbers.made_tables import grid, linked

FOI = grid([[12, 3, 9], [10, 22, 8], [7, 16, 11]])
POLICY = Policy()


def protected(tables: Tables, policy: Policy = POLICY, **more: object) -> Protection:
    return protect(tables, policy, budget_s=30, **more)  # type: ignore[arg-type]


def test_a_small_cell_needs_three_more_in_a_table_with_totals() -> None:
    answer = protected(FOI)
    assert answer.primary == ("S!r1c2",)
    assert len(answer.secondary) == 3
    assert answer.status is Status.PROVED_MINIMUM
    assert answer.gap == 0
    assert answer.hidden == {*answer.primary, *answer.secondary}


def test_each_further_cell_says_which_small_one_it_protects() -> None:
    answer = protected(FOI)
    assert answer.why == dict.fromkeys(answer.secondary, ("S!r1c2",))


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    answer = protected(grid([[12, 13], [14, 15]]))
    assert (answer.status, answer.hidden) == (Status.NOTHING_TO_HIDE, frozenset())


def test_small_cells_that_protect_each_other_need_nothing_more() -> None:
    answer = protected(grid([[3, 2, 9], [2, 3, 8], [7, 16, 11]]), Policy(require=Require.EXACT))
    assert answer.secondary == ()
    assert answer.status is Status.PROVED_MINIMUM


# --- pins -----------------------------------------------------------------------------------------


def test_a_cell_pinned_as_printed_is_printed() -> None:
    free = protected(FOI)
    pinned = protected(FOI, replace(POLICY, must_print=frozenset(free.secondary[:1])))
    assert free.secondary[0] not in pinned.hidden
    assert pinned.cost >= free.cost
    assert is_safe(FOI, replace(POLICY, must_print=frozenset(free.secondary[:1])), pinned.hidden)


def test_a_cell_pinned_as_hidden_cannot_be_worked_out_either() -> None:
    tables = grid([[12, 13], [14, 15]])
    policy = replace(POLICY, must_hide=frozenset({"S!r1c1"}))
    answer = protected(tables, policy)
    assert answer.primary == ("S!r1c1",)
    assert len(answer.secondary) == 3
    assert is_safe(tables, policy, answer.hidden)


def test_printing_all_that_could_protect_a_cell_leaves_it_unprotectable() -> None:
    row = frozenset({"S!r1", "S!r1c1", "S!r1c3"})
    answer = protected(FOI, replace(POLICY, must_print=row))
    assert answer.status is Status.UNACHIEVABLE
    assert answer.unprotectable == ("S!r1c2",)
    assert [(one.low, one.high) for one in answer.relaxed] == [(3, 3)]


def test_the_others_are_protected_all_the_same() -> None:
    tables = grid([[12, 3, 9], [10, 22, 8], [7, 16, 2]])
    row = frozenset({"S!r1", "S!r1c1", "S!r1c3"})
    answer = protected(tables, replace(POLICY, must_print=row))
    assert answer.unprotectable == ("S!r1c2",)
    assert is_safe(tables, replace(POLICY, must_print=row), answer.hidden)
    assert answer.cost == pytest.approx(answer.lower_bound)


def test_pins_that_contradict_each_other_are_refused() -> None:
    both = frozenset({"S!r1c1"})
    with pytest.raises(UsageError, match="both"):
        protected(FOI, Policy(must_print=both, must_hide=both))


def test_a_printed_nought_cannot_be_pinned_as_hidden() -> None:
    tables = grid([[0, 13], [14, 15]])
    policy = Policy(must_hide=frozenset({"S!r1c1"}))
    with pytest.raises(UsageError, match="nought"):
        protected(tables, policy)
    assert "S!r1c1" in protected(tables, replace(policy, zeros=Zeros.HIDDEN)).hidden


def test_a_pin_on_no_cell_is_refused() -> None:
    with pytest.raises(UsageError, match="S!Z9"):
        protected(FOI, Policy(must_print=frozenset({"S!Z9"})))


# --- what cannot be had ---------------------------------------------------------------------------


def test_a_total_of_three_made_of_three_parts_is_lowered_and_said() -> None:
    """The parts are 1 each and the total is printed: no reader can be kept from that."""
    tables = Tables(
        {"S!A1": 1, "S!A2": 1, "S!A3": 1, "S!A4": 3},
        (Relation("S!A4", ("S!A1", "S!A2", "S!A3")),),
    )
    answer = protected(tables, Policy(must_print=frozenset({"S!A4"})))
    assert answer.unprotectable == ("S!A1", "S!A2", "S!A3")
    assert {(one.need.cell, one.low, one.high) for one in answer.relaxed} == {
        ("S!A1", 1, 1),
        ("S!A2", 1, 1),
        ("S!A3", 1, 1),
    }


def test_the_same_total_hidden_too_is_lowered_to_what_three_parts_leave() -> None:
    tables = Tables(
        {"S!A1": 1, "S!A2": 1, "S!A3": 1, "S!A4": 3},
        (Relation("S!A4", ("S!A1", "S!A2", "S!A3")),),
    )
    answer = protected(tables)
    assert answer.status is Status.PROVED_MINIMUM
    assert [(one.need.cell, one.low, one.high) for one in answer.relaxed] == [("S!A4", 3, 5)]


def test_a_lowered_need_is_the_most_that_can_be_had() -> None:
    tables = grid([[1, 1, 1], [0, 30, 20]])
    policy = Policy(threshold=3)
    answer = protected(tables, policy)
    reader = Reader(tables, policy)
    for one in answer.relaxed:
        everything = [cell for cell, count in tables.counts.items() if count > 0]
        for number in (one.low - 1, one.high + 1):
            asked = Asked(one.need.cell, ((number, number),))
            outside = not policy.floor <= number <= policy.threshold
            assert outside or reader.table(everything, asked) is None


# --- what a reader knows --------------------------------------------------------------------------


def test_linked_tables_are_safe_together_where_one_by_one_they_are_not() -> None:
    import random

    leaking = 0
    policy = Policy(threshold=3)
    for seed in range(12):
        tables = linked(random.Random(seed), 2)
        together = protected(tables, policy)
        apart: set[str] = set()
        for sheet in ("AB!", "AC!"):
            counts = {cell: n for cell, n in tables.counts.items() if cell.startswith(sheet)}
            relations = tuple(
                one for one in tables.relations if {one.total, *one.parts} <= {*counts}
            )
            apart |= protected(Tables(counts, relations), policy).hidden
        assert is_safe(tables, policy, together.hidden)
        leaking += not is_safe(tables, policy, apart)
    assert leaking >= 2


def test_a_printed_percentage_is_reckoned_with() -> None:
    facts = share_fact("S!r1c2", "S!r1", Fraction(125, 1000), Fraction(1, 2000))
    told = Tables(FOI.counts, FOI.relations, facts)
    answer = protected(told)
    assert protected(FOI).cost < answer.cost or answer.relaxed


def test_an_earlier_answer_is_reckoned_with() -> None:
    chosen = protected(FOI).secondary
    known = {cell: Interval(FOI.counts[cell], FOI.counts[cell]) for cell in chosen}
    answer = protected(FOI, known=known)
    assert answer.secondary
    assert set(chosen).isdisjoint(answer.secondary)


def test_an_earlier_answer_of_the_small_cell_itself_leaves_nothing_to_protect() -> None:
    answer = protected(FOI, known={"S!r1c2": Interval(3, 3)})
    assert answer.unprotectable == ("S!r1c2",)
    assert answer.secondary == ()


def test_an_earlier_total_of_an_unprinted_cross_is_reckoned_with() -> None:
    """What was published of 2018 to 2022 and of 2023 alone gives away what lies between."""
    earlier = Relation("was!r1", ("S!r1c1", "S!r1c2"), Evidence.EARLIER)
    tables = Tables(FOI.counts, (*FOI.relations, earlier))
    answer = protected(tables, known={"was!r1": Interval(15, 15)})
    assert {"S!r1c1"} <= answer.hidden
    assert protected(tables).cost <= answer.cost


def test_somebody_who_is_counted_in_one_cell_works_out_no_other() -> None:
    tables = grid([[1, 2, 9], [10, 22, 8], [7, 16, 11]])
    alone = protected(tables, Policy(require=Require.EXACT))
    policy = Policy(require=Require.EXACT, insiders=frozenset({"S!r1c1"}))
    guarded = protected(tables, policy)
    assert not is_safe(tables, policy, alone.hidden)
    assert is_safe(tables, policy, guarded.hidden)
    assert guarded.cost > alone.cost


# --- what is cheap --------------------------------------------------------------------------------


def test_by_counts_fewer_people_are_withheld() -> None:
    by_cells = protected(FOI)
    by_counts = protected(FOI, Policy(weights=Weights.COUNTS))
    withheld = [sum(FOI.counts[cell] for cell in one.secondary) for one in (by_cells, by_counts)]
    assert by_counts.cost == withheld[1] <= withheld[0]


def test_an_officers_own_weight_turns_the_choice() -> None:
    first = protected(FOI)
    weights = dict.fromkeys(first.secondary, 40.0)
    answer = protected(FOI, Policy(weight_of=weights))
    assert set(first.secondary).isdisjoint(answer.secondary)


# --- what is refused, and what stops --------------------------------------------------------------


def test_a_total_that_does_not_add_up_is_refused_with_all_that_is_to_be_seen() -> None:
    tables = Tables({**FOI.counts, "S!r1": 25}, FOI.relations)
    with pytest.raises(NotAdditive) as refused:
        protected(tables)
    error = refused.value
    assert (error.total, error.expected, error.found) == ("S!r1", 24, 25)
    assert error.parts == ("S!r1c1", "S!r1c2", "S!r1c3")
    assert "25" not in str(error)
    assert pickle.loads(pickle.dumps(error)).found == 25


@pytest.mark.parametrize(("count", "reason"), [(-1, "below-nought"), (2.5, "not-whole")])
def test_what_is_not_a_count_is_refused(count: float, reason: str) -> None:
    tables = Tables({"S!A1": count}, ())  # type: ignore[dict-item]
    with pytest.raises(TablesError) as refused:
        protected(tables)
    assert (refused.value.reason, refused.value.cells) == (reason, ("S!A1",))


def test_more_cells_than_can_be_done_are_refused() -> None:
    with pytest.raises(TablesError) as refused:
        protected(Tables(dict.fromkeys(map(str, range(MOST_CELLS + 1)), 7), ()))
    assert refused.value.reason == "too-large"


def test_an_earlier_answer_that_says_otherwise_is_refused() -> None:
    with pytest.raises(TablesError) as refused:
        protected(FOI, known={"S!r1c2": Interval(4, 4)})
    assert refused.value.reason == "contradicts"


def test_unprinted_crosses_that_cannot_be_filled_are_refused() -> None:
    tables = Tables({"S!A1": 7, "S!A2": 3}, (Relation("S!A2", ("S!A1", "~x"), Evidence.LATENT),))
    with pytest.raises(TablesError) as refused:
        protected(tables)
    assert refused.value.reason == "contradicts"


def test_cancel_stops() -> None:
    with pytest.raises(Cancelled):
        protected(FOI, cancel=lambda: True)


def test_no_time_is_an_error_and_never_a_guess() -> None:
    with pytest.raises(TablesError) as refused:
        protect(FOI, POLICY, budget_s=0)
    assert refused.value.reason == "time"


def test_time_that_runs_out_leaves_a_safe_pattern_that_says_it_is_the_best_found() -> None:
    """The clock stops before any search: all is hidden that may be."""
    from redactor.numbers.protect.attack import Attack
    from redactor.numbers.protect.demands import asked_of
    from redactor.numbers.protect.relaxing import attainable
    from redactor.numbers.protect.search import Search
    from redactor.numbers.protect.solving import Clock
    from redactor.numbers.protect.system import make_system

    clock = Clock(30)
    system = make_system(FOI, POLICY, {}, clock)
    asked = asked_of(needs_of(FOI, POLICY), POLICY, system)
    can = attainable(asked, system, Attack(system, clock))
    sure = system.cost < 0
    sure[[one.column for one in can.demands]] = True
    found = Search(system, can.demands, sure, Clock(0), None).run()
    hidden = [cell for n, cells in enumerate(system.members) if found.hidden[n] for cell in cells]
    assert is_safe(FOI, POLICY, hidden)
    assert found.bound == 0


def test_progress_is_told_of_the_cost_and_the_bound() -> None:
    told: list[tuple[float, float]] = []
    answer = protected(FOI, progress=lambda cost, bound: told.append((cost, bound)))
    assert told[-1] == pytest.approx((answer.cost, answer.lower_bound))
    assert all(bound <= cost + 1e-5 for cost, bound in told)


def test_the_oracle_finds_a_leak() -> None:
    """Else all that is held against it would say nothing."""
    assert not is_safe(FOI, POLICY, {"S!r1c2"})
    assert not is_safe(FOI, POLICY, {"S!r1c2", "S!r1c1"})
    answer = protected(FOI)
    for cell in answer.secondary:
        assert not is_safe(FOI, POLICY, answer.hidden - {cell})
    assert len(all_asked(FOI, POLICY, Reader(FOI, POLICY))) == 2
