"""Tests of what is counted of strings that must go and strings that must stay."""

from __future__ import annotations

import pytest

from tests.benchmarks.pins import measure, places_of
from tests.benchmarks.scoring import Piece
from tests.corpus import corpus_folder

_TEXT = "Ann Lee, 4\nMill Row\nPhase 2 of the scheme"
_STRINGS = {"go": ["Ann Lee, 4 Mill Row"], "stay": ["Phase 2 of the scheme"]}


def test_a_string_is_found_over_a_line_break() -> None:
    assert [one[:2] for one in places_of(_TEXT, "4 Mill Row")] == [(9, 19)]


def test_part_of_a_string_touches_it_and_does_not_mask_it() -> None:
    figures = measure(_TEXT, _STRINGS, lambda: [Piece(0, 7, "PERSON")])
    assert figures.go_touched.value == 1.0
    assert figures.go_masked.value == 0.0
    assert (figures.go_words.hits, figures.go_words.total) == (2, 5)
    assert figures.stay_touched.value == 0.0


def test_a_flag_on_what_must_stay_is_counted() -> None:
    figures = measure(_TEXT, _STRINGS, lambda: [Piece(20, 27, "ID")])
    assert figures.stay_touched.value == 1.0
    assert (figures.stay_words.hits, figures.stay_words.total) == (2, 5)
    assert figures.go_touched.value == 0.0


def test_a_string_that_is_missing_once_is_missed() -> None:
    figures = measure(
        "Ann and Ann", {"go": ["Ann"], "stay": ["and"]}, lambda: [Piece(0, 3, "PERSON")]
    )
    assert figures.go_touched.value == 0.0


def test_a_list_that_does_not_belong_to_the_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        measure(_TEXT, {"go": ["Bo"], "stay": []}, list)


def test_every_expected_string_stands_in_the_file_as_the_program_reads_it() -> None:
    from tests.benchmarks.pins import read_pins, text_of

    document, strings = read_pins(corpus_folder("files", "pins"))
    text = text_of(document)
    assert all(any(places_of(text, one)) for listed in strings.values() for one in listed)
