"""The re-check sample: nobody chooses it, anybody can draw it again, and its interval is exact."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.sampling import (
    Unit,
    adds_up,
    bound,
    draw,
    interval,
    is_finished,
    lot_message,
    may_be_drawn,
    sample_size,
    seed_of,
    summary,
    units_of,
)


@pytest.mark.parametrize(
    ("missed", "looked_at", "low", "high"),
    [  # as binom.test of R gives them; of none missed the closed form
        (0, 10, 0.0, 0.3084971),
        (1, 10, 0.002528579, 0.4450161),
        (5, 10, 0.1870860, 0.8129140),
        (10, 10, 0.6915029, 1.0),
        (0, 59, 0.0, 1 - 0.025 ** (1 / 59)),
        (3, 100, 0.006229972, 0.08517605),
    ],
)
def test_the_interval_is_the_one_of_clopper_and_pearson(missed, looked_at, low, high):
    found = interval(missed, looked_at)
    assert found[0] == pytest.approx(low, abs=1e-6)
    assert found[1] == pytest.approx(high, abs=1e-6)


def test_fifty_nine_units_without_a_miss_show_less_than_five_in_a_hundred():
    assert sample_size(100_000) == 59
    assert bound(0, 59) < 0.05 < bound(0, 58)
    assert bound(0, 59) == pytest.approx(1 - 0.05 ** (1 / 59), abs=1e-9)


def test_a_small_case_is_looked_at_whole_and_nothing_is_left_to_chance():
    assert sample_size(12) == 12
    shown = summary({"frame": 4, "units": [0, 1, 2, 3]}, 9, {0: 0, 1: 2, 2: 0, 3: 0})
    assert (shown["low"], shown["high"], shown["most"]) == (2500, 2500, 2500)
    assert (shown["missed_units"], shown["missed_places"]) == (1, 2)
    assert is_finished(shown)


def test_a_sample_that_was_not_looked_at_shows_nothing():
    shown = summary({"frame": 500, "units": list(range(59))}, 9, {})
    assert (shown["low"], shown["high"], shown["most"]) == (0, 10_000, 10_000)
    assert not is_finished(shown)


@given(st.integers(1, 120), st.data())
@settings(max_examples=60, deadline=None)
def test_the_interval_holds_the_share_found_and_rises_with_it(looked_at: int, data):
    missed = data.draw(st.integers(0, looked_at))
    low, high = interval(missed, looked_at)
    assert low <= missed / looked_at <= high
    assert high >= bound(missed, looked_at)
    if missed < looked_at:
        more = interval(missed + 1, looked_at)
        assert low < more[0]
        assert high <= more[1]
    longer = interval(missed, looked_at + 1)
    assert longer[1] <= high + 1e-12


@given(st.integers(1, 60), st.floats(0.001, 0.999))
@settings(max_examples=60, deadline=None)
def test_at_least_95_of_100_intervals_hold_the_true_share(looked_at: int, share: float):
    covered = math.fsum(
        math.comb(looked_at, missed) * share**missed * (1 - share) ** (looked_at - missed)
        for missed in range(looked_at + 1)
        if interval(missed, looked_at)[0] <= share <= interval(missed, looked_at)[1]
    )
    assert covered >= 0.95 - 1e-9


@given(st.lists(st.integers(0, 80), max_size=8), st.integers(0, 70), st.text(max_size=6))
def test_a_draw_takes_from_every_file_in_proportion_and_no_unit_twice(sizes, wanted, word):
    seed = seed_of(word.encode())
    drawn = draw(seed, sizes, wanted)
    total = sum(sizes)
    assert len(drawn) == len(set(drawn)) == min(wanted, total)
    assert list(drawn) == sorted(drawn)
    first = 0
    for size in sizes:
        here = sum(first <= one < first + size for one in drawn)
        exact = size * min(wanted, total) / total if total else 0
        assert abs(here - exact) < 1
        first += size


def test_the_same_lot_draws_the_same_and_another_lot_draws_others():
    sizes = [300, 200]
    one = draw(seed_of(b"a" * 64), sizes, 59)
    assert one == draw(seed_of(b"a" * 64), sizes, 59)
    assert one != draw(seed_of(b"b" * 64), sizes, 59)


def test_what_is_signed_for_a_lot_names_the_submission_and_its_files():
    messages = {lot_message("a" * 64, "m"), lot_message("b" * 64, "m"), lot_message("a" * 64, "n")}
    assert len(messages) == 3


@pytest.mark.parametrize(
    ("units", "frame"),
    [([0], 2), ([0, 0], 2), ([1, 0], 2), ([0, 2], 2), ([-1, 0], 2), ([], 0), (list(range(58)), 99)],
)
def test_a_sample_of_another_size_or_with_a_unit_twice_is_none(units, frame):
    assert not may_be_drawn(units, frame)
    assert may_be_drawn(list(range(sample_size(max(1, frame)))), max(1, frame))


def test_counts_that_no_sample_can_have_are_refused_at_once():
    shown = summary({"frame": 500, "units": list(range(59))}, 9, dict.fromkeys(range(59), 0))
    assert adds_up(shown)
    for name in ("looked_at", "missed_units", "drawn", "missed_places"):
        assert not adds_up({**shown, name: 10**400})
    everything = {**shown, "drawn": 10**9, "looked_at": 10**9, "units": 10**9}
    assert not adds_up({**everything, "missed_units": 10**8, "missed_places": 10**8})


def test_every_unit_is_drawn_about_as_often_as_any_other():
    counts = [0] * 40
    for lot in range(2000):
        for unit in draw(seed_of(str(lot).encode()), [25, 15], 8):
            counts[unit] += 1
    assert min(counts) > 320
    assert max(counts) < 480


@given(st.lists(st.text("ab .\n", max_size=700), max_size=8))
@settings(deadline=None)
def test_units_hold_every_word_once_and_in_order(texts: list[str]):
    units = units_of(texts)
    read = [
        text
        for unit in units
        for one in unit.stretches
        for text in texts[one.index][one.start : one.end].split()
    ]
    assert read == [word for text in texts for word in text.split()]
    assert all(0 < one.words <= 100 for one in units)


def test_a_long_page_is_cut_at_a_sentence_and_short_paragraphs_are_put_together():
    page = "One two three four five. " * 30
    cut = units_of([page])
    assert [one.words for one in cut] == [100, 50]
    assert page[: cut[0].stretches[0].end].endswith("five.")
    assert units_of(["ten words " * 5] * 10) == (
        Unit(tuple(units_of(["ten words " * 5] * 10)[0].stretches), 100),
    )


def test_a_row_of_cells_is_never_torn_apart():
    cells = ["some words " * 20] * 6
    units = units_of(cells, [0, 0, 0, 1, 1, 1])
    assert [tuple(one.index for one in unit.stretches) for unit in units] == [(0, 1, 2), (3, 4, 5)]
