"""The audit plays the reader who tries to work a small count out."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from redactor.errors import Cancelled, NotAdditive, TablesError, UsageError
from redactor.numbers.audit import audit, ranges
from redactor.numbers.certify import certify
from redactor.numbers.model import (
    Evidence,
    Fact,
    Interval,
    Need,
    Relation,
    Release,
    share_fact,
)
from redactor.numbers.verdicts import Audit, Finding, Verdict
from tests.unit.numbers.enumeration import small_release

HIDDEN = Interval(1, None)
TOTAL_2021 = Relation("T!E2", ("T!A2", "T!B2", "T!C2", "T!D2"), label="Total 2021")


def _printed(**numbers: int) -> dict[str, Interval]:
    return {cell: Interval(one, one) for cell, one in numbers.items()}


def _row_of_four(total: int, *parts: int | None) -> Release:
    cells = {
        cell: HIDDEN if one is None else Interval(one, one)
        for cell, one in zip(TOTAL_2021.parts, parts, strict=True)
    }
    return Release({**cells, "T!E2": Interval(total, total)}, (TOTAL_2021,))


def _two_by_two(a: Interval, b: Interval, c: Interval, d: Interval) -> Release:
    """Give a table of 5, 1 / 2, 6 with its totals and some cells hidden."""
    relations = (
        Relation("r1", ("a", "b"), label="Row one"),
        Relation("r2", ("c", "d"), label="Row two"),
        Relation("c1", ("a", "c"), label="Column one"),
        Relation("c2", ("b", "d"), label="Column two"),
    )
    return Release({"a": a, "b": b, "c": c, "d": d, **_printed(r1=6, r2=8, c1=7, c2=7)}, relations)


def _only(result: Audit) -> Finding:
    (finding,) = result.findings
    return finding


def test_what_is_left_for_two_hidden_cells_can_leave_both_exact() -> None:
    release = _row_of_four(9, 4, 3, None, None)
    result = audit(release, [Need("T!C2", 1, 5)], time_limit=10)
    found = _only(result)
    assert (found.verdict, found.low, found.high) == (Verdict.EXACT, 1, 1)
    assert not result.is_safe
    assert found.words == (
        "Total 2021: 9 - 4 - 3 = 2 left for two hidden cells, each at least 1, so both are 1."
    )
    assert certify(release, result) == ()


def test_one_hidden_cell_of_a_row_falls_to_one_subtraction() -> None:
    found = _only(audit(_row_of_four(9, 4, 3, 0, None), [Need("T!D2", 1, 5)], time_limit=10))
    assert found.verdict is Verdict.EXACT
    assert found.words == "Total 2021: 9 - 4 - 3 = 2 left for one hidden cell, so T!D2 is 2."


def test_a_range_that_ends_below_the_threshold_is_narrow() -> None:
    found = _only(audit(_row_of_four(11, 4, 3, None, None), [Need("T!C2", 1, 5)], time_limit=10))
    assert (found.verdict, found.low, found.high) == (Verdict.NARROW, 1, 3)
    assert found.words == (
        "Total 2021: 11 - 4 - 3 = 4 left for two hidden cells, each at least 1, "
        "so T!C2 is at most 3."
    )


def test_the_same_range_is_safe_where_it_is_only_not_to_be_exact() -> None:
    release = _row_of_four(11, 4, 3, None, None)
    assert _only(audit(release, [Need("T!C2", None, None)], time_limit=10)).verdict is Verdict.SAFE


def test_a_safe_cell_has_two_tables_that_add_up() -> None:
    release = _row_of_four(14, 4, 3, None, None)
    result = audit(release, [Need("T!C2", 1, 5)], time_limit=10)
    found = _only(result)
    assert found.verdict is Verdict.SAFE
    assert found.low_table is not None
    assert found.high_table is not None
    at = result.cells.index("T!C2")
    assert result.tables[found.low_table][at] <= 1
    assert result.tables[found.high_table][at] >= 5
    assert all(sum(table) == 14 - 4 - 3 for table in result.tables)


def test_a_floor_of_one_is_kept_to_in_every_table() -> None:
    release = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    needs = [Need(cell, 1, 5) for cell in "abcd"]
    result = audit(release, needs, time_limit=10)
    assert all(min(table) >= 1 for table in result.tables)
    assert ranges(release, time_limit=10)["b"] == Interval(1, 5)


def test_cells_in_one_row_and_one_column_fall_to_four_sums() -> None:
    """Row and column leave one number though neither leaves it by itself."""
    release = _two_by_two(HIDDEN, HIDDEN, HIDDEN, Interval(6, 6))
    result = audit(release, [Need(cell, 1, 5) for cell in "abc"], time_limit=10)
    assert [one.verdict for one in result.findings] == [Verdict.EXACT] * 3
    assert certify(release, result) == ()


def test_a_link_to_another_table_gives_a_hidden_cell_away() -> None:
    link = Relation("Other!B2", ("a",), Evidence.LINK, label="the same count")
    alone = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    linked = Release({**alone.printed, "Other!B2": Interval(5, 5)}, (*alone.relations, link))
    need = [Need("b", None, None)]
    assert audit(alone, need, time_limit=10).is_safe
    assert _only(audit(linked, need, time_limit=10)).verdict is Verdict.EXACT


def test_a_percentage_of_the_total_gives_a_hidden_cell_away() -> None:
    alone = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    share = share_fact("b", "c2", Fraction(143, 1000), Fraction(1, 2000), "14.3 % in F3")
    release = Release(alone.printed, alone.relations, share)
    result = audit(release, [Need("b", 1, 5)], time_limit=10)
    found = _only(result)
    assert (found.verdict, found.low, found.high) == (Verdict.EXACT, 1, 1)
    assert "14.3 % in F3" in found.words
    assert certify(release, result) == ()


def test_a_share_with_many_places_is_added_up_exactly() -> None:
    unit = 10**12
    share = share_fact("part", "all", Fraction(unit // 3, unit), Fraction(1, 2 * unit))
    printed = {"part": HIDDEN, "rest": HIDDEN, "all": Interval(9, 9)}
    release = Release(printed, (Relation("all", ("part", "rest")),), share)
    result = audit(release, [Need("part", None, None)], time_limit=10)
    assert not result.is_safe
    assert certify(release, result) == ()


def test_an_earlier_answer_gives_a_hidden_cell_away() -> None:
    earlier = Fact((("T!C2", 1), ("T!A2", 1)), 6, 6, "the answer of 3 May")
    now = _row_of_four(14, 4, 3, None, None)
    release = Release(now.printed, now.relations, (earlier,))
    found = _only(audit(release, [Need("T!D2", 1, 5)], time_limit=10))
    assert (found.verdict, found.low) == (Verdict.EXACT, 5)
    assert "the answer of 3 May" in found.words


def test_a_mark_for_fewer_than_five_beside_another_mark_leaks() -> None:
    """Marked alike, the two cells are safe; 14 less what a small one can be tells the other."""
    alike = _row_of_four(14, 4, 3, None, None)
    marked = Release({**alike.printed, "T!C2": Interval(1, 4)}, alike.relations)
    assert audit(alike, [Need("T!C2", 1, 5)], time_limit=10).is_safe
    assert _only(audit(marked, [Need("T!C2", 1, 5)], time_limit=10)).verdict is Verdict.NARROW


def test_crosses_that_nobody_prints_still_bind_the_tables() -> None:
    """By crime and year, and by crime and outcome: a total of 0 in one empties the other's rows."""
    latent = [f"{y}{o}" for y, o in itertools.product("pq", "vw")]
    relations = (
        *(Relation(f"{y}.", (f"{y}v", f"{y}w"), Evidence.LATENT) for y in "pq"),
        *(Relation(f".{o}", (f"p{o}", f"q{o}"), Evidence.LATENT) for o in "vw"),
    )
    printed = {"p.": HIDDEN, "q.": Interval(9, 9), ".v": Interval(0, 0), ".w": Interval(12, 12)}
    found = ranges(Release(printed, relations), time_limit=10)
    assert found["p."] == Interval(3, 3)
    assert [found[cell] for cell in latent] == [Interval(n, n) for n in (0, 3, 0, 9)]


def test_an_insider_works_out_what_nobody_else_can() -> None:
    release = _row_of_four(14, 4, 3, None, None)
    result = audit(release, [Need("T!C2", 1, 5)], {"T!D2": 6}, time_limit=10)
    everybody, insider = result.findings
    assert (everybody.insider, everybody.verdict) == (None, Verdict.SAFE)
    assert (insider.insider, insider.verdict, insider.high) == ("T!D2", Verdict.EXACT, 1)
    assert certify(release, result) == ()


def test_an_insider_is_not_asked_about_the_own_cell() -> None:
    release = _row_of_four(14, 4, 3, None, None)
    result = audit(release, [Need("T!C2", 1, 5)], {"T!C2": 1}, time_limit=10)
    assert [one.insider for one in result.findings] == [None]


def test_a_cell_without_an_upper_limit_has_none() -> None:
    release = Release({"a": HIDDEN, "b": HIDDEN, "t": HIDDEN}, (Relation("t", ("a", "b")),))
    assert ranges(release, time_limit=10) == {
        "a": Interval(1, None),
        "b": Interval(1, None),
        "t": Interval(2, None),
    }
    result = audit(release, [Need("t", 1, 5), Need("a", 1, 5)], time_limit=10)
    assert [one.verdict for one in result.findings] == [Verdict.NARROW, Verdict.SAFE]
    assert result.findings[0].high is None
    assert certify(release, result) == ()


def test_a_need_of_a_printed_cell_is_not_met() -> None:
    release = _row_of_four(9, 4, 3, 1, 1)
    result = audit(release, [Need("T!C2", 1, 5)], time_limit=10)
    assert _only(result).verdict is Verdict.EXACT
    assert certify(release, result) == ()


def test_only_whole_numbers_count() -> None:
    """Twice a cell is between 5 and 7: by halves it may be 2.5 to 3.5, in fact it is 3."""
    release = Release({"a": HIDDEN}, (), (Fact((("a", 2),), 5, 7),))
    assert ranges(release, time_limit=10) == {"a": Interval(3, 3)}


def test_what_no_sum_shows_is_found_by_trying_whole_numbers() -> None:
    """Twice one cell, twice another and a third make 9, so that the third is odd."""
    odd = Fact((("a", 2), ("b", 2), ("c", 1)), 9, 9, "a weighted sum")
    release = Release({"a": HIDDEN, "b": HIDDEN, "c": Interval(2, 4)}, (), (odd,))
    result = audit(release, [Need("c", None, None)], time_limit=10)
    found = _only(result)
    assert (found.verdict, found.low, found.high) == (Verdict.EXACT, 3, 3)
    assert found.words == (
        "No table of whole numbers that fits has c at less than 3. "
        "No table of whole numbers that fits has c at more than 3."
    )
    assert certify(release, result) == ()


def test_a_printed_total_that_is_not_the_sum_is_named() -> None:
    with pytest.raises(NotAdditive) as caught:
        audit(_row_of_four(9, 4, 3, 1, 2), time_limit=10)
    assert caught.value.total == "T!E2"
    assert (caught.value.expected, caught.value.found) == (10, 9)


def test_hidden_cells_that_leave_no_number_name_the_total() -> None:
    with pytest.raises(TablesError) as caught:
        audit(_row_of_four(9, 4, 4, None, None), time_limit=10)
    assert caught.value.reason == "contradicts"
    assert caught.value.cells == ("T!E2", *TOTAL_2021.parts)
    assert "T!E2" in caught.value.user_message


def test_what_fits_only_by_halves_is_a_contradiction() -> None:
    release = Release({"a": HIDDEN, "b": HIDDEN}, (), (Fact((("a", 2), ("b", 2)), 7, 7, "odd"),))
    with pytest.raises(TablesError) as caught:
        audit(release, time_limit=10)
    assert (caught.value.reason, caught.value.cells) == ("contradicts", ("a", "b"))


def test_a_percentage_that_no_count_has_is_a_contradiction() -> None:
    share = share_fact("T!A2", "T!E2", Fraction(1, 2), Fraction(1, 200), "50 % in F2")
    release = _row_of_four(9, 4, 3, 1, 1)
    with pytest.raises(TablesError) as caught:
        audit(Release(release.printed, release.relations, share), time_limit=10)
    assert caught.value.reason == "contradicts"
    assert "T!A2" in caught.value.cells


def test_no_message_has_a_count() -> None:
    for release in (_row_of_four(97, 46, 38, 1, 2), _row_of_four(97, 46, 98, None, None)):
        with pytest.raises(TablesError) as caught:
            audit(release, time_limit=10)
        assert not any(count in caught.value.user_message for count in ("97", "46", "38", "98"))


def test_an_insider_who_contradicts_the_print_is_named() -> None:
    release = _row_of_four(14, 4, 3, None, None)
    for count in (0, 7):
        with pytest.raises(TablesError) as caught:
            audit(release, [Need("T!C2", 1, 5)], {"T!D2": count}, time_limit=10)
        assert (caught.value.reason, caught.value.cells) == ("contradicts", ("T!D2",))


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(TablesError) as caught:
        audit(_row_of_four(9, 4, 6, -1, 0), time_limit=10)
    assert (caught.value.reason, caught.value.cells) == ("below-nought", ("T!C2",))


def test_a_nought_rounded_to_the_nearest_five_is_not_below_nought() -> None:
    assert ranges(Release({"a": Interval(-2, 2)}, ()), time_limit=10) == {"a": Interval(0, 2)}


def test_more_than_fifty_thousand_cells_are_refused() -> None:
    with pytest.raises(TablesError) as caught:
        audit(Release({f"A!A{n}": HIDDEN for n in range(50_001)}, ()), time_limit=10)
    assert caught.value.reason == "too-large"


def test_a_need_of_a_cell_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError):
        audit(_row_of_four(9, 4, 3, 1, 1), [Need("T!Z9", 1, 5)], time_limit=10)


def test_without_any_time_nothing_is_said_to_be_safe() -> None:
    release = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    with pytest.raises(TablesError) as caught:
        audit(release, [Need("b", 1, 5)], time_limit=0)
    assert caught.value.reason == "time"


def test_what_time_did_not_suffice_for_is_unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock runs out once a first table is there, and that table is all there is."""
    ticks = itertools.chain([0.0] * 2, itertools.repeat(100.0))
    monkeypatch.setattr("redactor.numbers.audit.solving.time.monotonic", lambda: next(ticks))
    release = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    result = audit(release, [Need("b", 1, 5)], {"d": 6}, time_limit=10)
    assert [one.verdict for one in result.findings] == [Verdict.UNCONFIRMED] * 2
    assert not result.is_safe
    assert certify(release, result) == ()


def test_cancelling_stops_it() -> None:
    with pytest.raises(Cancelled):
        audit(
            _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN),
            [Need("b", 1, 5)],
            time_limit=10,
            cancel=lambda: True,
        )


def test_progress_goes_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    needs = [Need(cell, 1, 5) for cell in "abcd"]
    release = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    audit(release, needs, {"a": 5}, time_limit=10, progress=lambda *one: told.append(one))
    assert told == [(n, 7) for n in range(1, 8)]


def test_the_same_release_has_the_same_audit() -> None:
    release = _two_by_two(HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    needs = [Need(cell, 1, 5) for cell in "abcd"]
    first = audit(release, needs, {"a": 5}, time_limit=10)
    assert audit(release, needs, {"a": 5}, time_limit=10) == first


def test_no_count_shows_where_an_audit_is_printed() -> None:
    release = _row_of_four(9871, 4444, 3333, None, None)
    result = audit(release, [Need("T!C2", 1, 5000)], time_limit=10)
    assert not any(count in repr(result) for count in ("9871", "2094", "2093", "4444"))


def test_a_count_that_may_be_four_or_eight_and_nothing_between_is_not_exact() -> None:
    """By shares that are printed whole numbers have gaps: not to be one more is not to be it."""
    release, _ = small_release("shares", 1008)
    assert ranges(release, ["r0c1"], time_limit=60) == {"r0c1": Interval(4, 8)}
    for need, verdict in (
        (Need("r0c1", None, None), Verdict.SAFE),
        (Need("r0c1", 4, 5), Verdict.SAFE),
        (Need("r0c1", 7, 8), Verdict.SAFE),
        (Need("r0c1", 3, 5), Verdict.NARROW),
    ):
        result = audit(release, [need], time_limit=60)
        assert [one.verdict for one in result.findings] == [verdict]
        assert certify(release, result) == ()
