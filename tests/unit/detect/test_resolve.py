from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.resolve import Claimed, Found, covered, resolve
from redactor.detect.rules import KEPT

TEXT = "PC 4471 Hannah Law of 14 Mill Lane, York, assaulted Joel Bartley on 3 May 2023."
LABELS = ("PERSON", "ORG", "ROLE", "OFFENCE", "ID", "SC_UNION", "PLACE", "DATE")


def found(label: str, start: int, end: int, score: float = 0.8, by: str = "x@1") -> Found:
    return Found(label, start, end, score, by, "why")


FINDS = st.lists(
    st.builds(
        lambda label, start, size, score: found(label, start, min(start + size, len(TEXT)), score),
        st.sampled_from(LABELS),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 30),
        st.sampled_from((0.3, 0.6, 0.9)),
    ),
    max_size=12,
)


@given(FINDS)
def test_nothing_overlaps_and_no_letter_or_digit_is_lost(finds: list[Found]) -> None:
    kept = resolve(TEXT, finds)
    for one, other in pairwise(kept):
        assert one.end <= other.start
    wanted = {at for at in covered(finds) if TEXT[at].isalnum()}
    assert wanted <= covered(kept)


@given(FINDS, st.integers(0, 99))
def test_the_order_of_finds_does_not_matter(finds: list[Found], seed: int) -> None:
    shuffled = list(finds)
    random.Random(seed).shuffle(shuffled)
    assert resolve(TEXT, shuffled) == resolve(TEXT, finds)


def test_special_category_beats_a_body_of_the_same_words() -> None:
    kept = resolve("the UNISON rep", [found("ORG", 4, 10), found("SC_UNION", 4, 10, 0.5)])
    assert [one.label for one in kept] == ["SC_UNION"]


def test_a_role_swallows_the_place_in_it() -> None:
    text = "the only female sergeant at Bexley left"
    kept = resolve(text, [found("PLACE", 28, 34), found("ROLE", 0, 34)])
    assert [(one.label, one.start, one.end) for one in kept] == [("ROLE", 0, 34)]


def test_a_name_inside_an_offence_keeps_its_own_label() -> None:
    text = "threatened Joel Bartley with a knife"
    kept = resolve(text, [found("OFFENCE", 0, 36), found("PERSON", 11, 23)])
    assert [one.label for one in kept] == ["OFFENCE", "PERSON", "OFFENCE"]


def test_what_was_claimed_before_stays_as_it_was() -> None:
    claimed = Claimed()
    first = resolve("Sarah Okoro", [found("PERSON", 6, 11)], claimed)
    second = resolve("Sarah Okoro", [found("PERSON", 0, 11)], claimed)
    assert [(one.start, one.end) for one in first + second] == [(6, 11), (0, 5)]


def test_a_proposal_to_keep_never_spreads_over_more_than_its_own_words() -> None:
    kept = resolve(
        "FOI 1188/24 X99", [found("ID", 0, 11, 0.95, f"{KEPT}@1"), found("ID", 4, 15, 0.6)]
    )
    assert [one.recogniser for one in kept] == ["x@1"]


@pytest.mark.parametrize(
    "text", ["the", "He", "'s", "Dr", "St.", "of the", "\N{RIGHT SINGLE QUOTATION MARK}s"]
)
def test_small_words_that_were_learnt_say_nothing(text: str) -> None:
    assert resolve(text, [found("PLACE", 0, len(text), 0.9, "trained-names@1")]) == []
    assert resolve(text, [found("PLACE", 0, len(text), 0.9)])  # a rule has its reasons


@pytest.mark.parametrize("text", ["Mr He", "May", "seven", "Rose's", "J", "A", "7"])
def test_what_was_learnt_and_may_be_a_name_or_a_number_stays(text: str) -> None:
    kept = resolve(text, [found("PERSON", 0, len(text), 0.9, "trained-names@1")])
    assert [(one.start, one.end) for one in kept] == [(0, len(text))]


def test_the_possessive_ending_that_a_rule_left_of_a_learnt_find_is_nothing() -> None:
    text = "at Northbeck's gate"
    kept = resolve(text, [found("ORG", 3, 12), found("PLACE", 3, 14, 0.4, "trained-names@1")])
    assert [(one.label, one.start, one.end) for one in kept] == [("ORG", 3, 12)]
