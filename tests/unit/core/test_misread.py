"""Terms in what was read from pixels: found though letters were taken for others. All invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.matching import MisreadTerms, as_misread, find_term, fold, make_term


def found(read: str, *terms: str) -> list[str]:
    made = [one for n, text in enumerate(terms, 1) if (one := make_term(text, n)) is not None]
    return [read[start:end] for _, start, end in MisreadTerms(made).find(fold(read))]


@pytest.mark.parametrize(
    ("term", "read"),
    [
        ("Okonjo", "0konjo"),
        ("Isaacs", "lsaacs"),
        ("Bernard", "Bemard"),
        ("Morris", "Morr1s"),
        ("Hammond", "Harnmond"),
        ("Clarkson", "darkson"),
        ("Dawson", "Clawson"),
        ("Webster", "VVebster"),
        ("QQ 12 34 56 C", "QQ l2 34 S6 C"),
        ("07700 900581", "O77OO 9OO58l"),
        ("Sarah Okoro", "5arah\n0koro"),
    ],
)
def test_a_term_is_found_as_it_is_misread(term: str, read: str) -> None:
    assert found(f"seen by {read}, who", term) == [read]


def test_what_stands_there_as_it_is_written_is_left_to_the_exact_search() -> None:
    assert found("seen by OKONJO, who", "Okonjo") == []


def test_a_word_that_ends_where_a_letter_is_taken_for_two_is_no_other() -> None:
    assert found("Dr Nolan-Smith", "Rnolan") == []
    assert found("the modem Nolans", "Nolan", "Moder") == []


def test_two_words_that_meet_do_not_hide_a_misread_letter() -> None:
    assert found("for Norr1s", "Norris") == ["Norr1s"]


def test_a_short_term_is_not_looked_for() -> None:
    assert found("a b1ll for al1", "Bill", "All") == []


def test_a_part_of_a_word_or_of_a_number_is_no_term() -> None:
    assert found("at Be1gravelly", "Belgrave") == []
    assert found("1234S678", "34567") == []


@given(st.text("rnmdclvw0oil158 bs-", max_size=40), st.text("rnmdclvw0oil158bs", min_size=5))
def test_whatever_is_found_is_the_term_once_letters_alike_are_one(read: str, term: str) -> None:
    made = make_term(term, 1)
    assert made is not None
    for one, start, end in MisreadTerms([made]).find(fold(read)):
        place = fold(read[start:end]).text
        assert as_misread(place) == as_misread(one.folded)
        assert place != one.folded
        assert (start, end) not in set(find_term(one, fold(read)))
