"""Tests of recall, precision and intervals, on cases small enough to count by hand."""

from __future__ import annotations

from tests.benchmarks.scoring import (
    GROUPS,
    NAMING,
    Group,
    Piece,
    Scores,
    clean_documents,
    flags_per_thousand_words,
    interval,
    of_flags,
    of_marks,
    outermost,
    ratio,
    score,
)

_ALL = Group("all")
_PERSON = Group("PERSON", frozenset({"PERSON"}))
_TEXT = "PC Ann Lee of 4 Mill Row rang Bo on Monday"
_MARKS = [
    Piece(3, 10, "PERSON"),  # Ann Lee
    Piece(14, 24, "ADDRESS"),  # 4 Mill Row
    Piece(30, 32, "PERSON"),  # Bo
    Piece(36, 42, "DATE"),  # Monday
]


def _recall(scores: Scores, kind: str, group: Group = _ALL) -> tuple[int, int]:
    found = of_marks([scores], kind, group)
    return found.hits, found.total


def _precision(scores: Scores, kind: str, group: Group = _ALL) -> tuple[int, int]:
    found = of_flags([scores], kind, group)
    return found.hits, found.total


def test_what_finds_everything_scores_one_everywhere() -> None:
    scores = score(_TEXT, _MARKS, _MARKS)
    for kind in ("any", "typed", "exact", "exact_typed", "masked"):
        assert _recall(scores, kind) == (4, 4)
    for kind in ("any", "typed", "exact", "exact_typed"):
        assert _precision(scores, kind) == (4, 4)
    assert _precision(scores, "right_words") == (7, 7)
    assert scores.is_clean(_ALL)


def test_what_finds_nothing_scores_nothing_and_has_no_precision() -> None:
    scores = score(_TEXT, _MARKS, [])
    assert _recall(scores, "any") == (0, 4)
    assert of_flags([scores], "any", _ALL).value is None
    assert not scores.is_clean(_ALL)


def test_overlapping_exact_typed_and_masked_are_told_apart() -> None:
    flags = [
        Piece(0, 6, "PERSON"),  # PC Ann: overlaps, not exact, leaves Lee
        Piece(14, 24, "PLACE"),  # exact, under another label
        Piece(33, 35, "PERSON"),  # on: in no mark
    ]
    scores = score(_TEXT, _MARKS, flags)
    assert _recall(scores, "any") == (2, 4)
    assert _recall(scores, "typed") == (1, 4)
    assert _recall(scores, "exact") == (1, 4)
    assert _recall(scores, "exact_typed") == (0, 4)
    assert _recall(scores, "masked") == (1, 4)
    assert _precision(scores, "any") == (2, 3)
    assert _precision(scores, "typed") == (1, 3)
    assert _precision(scores, "exact") == (1, 3)
    assert _precision(scores, "right_words") == (4, 6)
    assert _recall(scores, "any", _PERSON) == (1, 2)
    assert _precision(scores, "any", _PERSON) == (1, 2)


def test_punctuation_need_not_be_covered_for_a_mark_to_be_masked() -> None:
    scores = score("O'Hara", [Piece(0, 6, "PERSON")], [Piece(0, 1, "ID"), Piece(2, 6, "PERSON")])
    assert _recall(scores, "masked") == (1, 1)
    assert _recall(scores, "exact") == (0, 1)


def test_flags_that_touch_a_mark_without_sharing_a_character_do_not_count() -> None:
    scores = score("abcdef", [Piece(2, 4, "ID")], [Piece(0, 2, "ID"), Piece(4, 6, "ID")])
    assert _recall(scores, "any") == (0, 1)
    assert _precision(scores, "any") == (0, 2)


def test_a_flag_inside_another_counts_once() -> None:
    inner, outer, beside = Piece(2, 4, "URL"), Piece(0, 6, "EMAIL"), Piece(4, 9, "ID")
    assert outermost([inner, outer, beside, outer]) == [outer, beside]


def test_a_document_is_clean_for_names_though_a_date_was_missed() -> None:
    scores = [score(_TEXT, _MARKS, _MARKS[:3]), score(_TEXT, _MARKS, _MARKS[1:])]
    assert clean_documents(scores, NAMING).value == 0.5
    assert clean_documents(scores, _ALL).value == 0.0


def test_only_documents_without_personal_data_count_for_quiet() -> None:
    policy = "The policy took effect on Monday and ends"  # eight words
    quiet = score(policy, [Piece(26, 32, "DATE")], [Piece(26, 32, "DATE"), Piece(4, 10, "OFFENCE")])
    loud = score(_TEXT, _MARKS, [Piece(0, 2, "ID")])
    assert flags_per_thousand_words([quiet, loud]) == (250.0, 125.0)
    assert flags_per_thousand_words([loud]) is None


def test_the_groups_are_those_that_targets_are_set_for() -> None:
    wanted = {one.name: one.recall for one in GROUPS}
    assert (
        wanted["PERSON"] == wanted["identifiers, contact"] == wanted["dates, ages, times"] == 0.97
    )
    assert wanted["OFFENCE"] == wanted["SC_GENETIC"] == wanted["PLACE"] == 0.85
    assert wanted["all"] is None


def test_an_interval_is_the_same_every_run_and_holds_the_share() -> None:
    pairs = [(9, 10), (1, 10), (5, 5), (0, 3), (7, 8)]
    low, high = interval(pairs)
    assert (low, high) == interval(pairs)
    assert low < ratio(pairs).value < high  # type: ignore[operator]
    assert interval(pairs, seed=1) != (low, high)


def test_an_interval_of_equal_documents_is_a_point() -> None:
    assert interval([(1, 2)] * 7) == (0.5, 0.5)


def test_a_share_of_nothing_is_none_and_has_no_interval() -> None:
    nothing = ratio([(0, 0), (0, 0)], with_interval=True)
    assert (nothing.value, nothing.low, nothing.high) == (None, None, None)
