"""How a written name is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.names import Fullness, read_name


@pytest.mark.parametrize(
    "written",
    [
        "Sarah Okoro",
        "SARAH OKORO",
        "Okoro, Sarah",
        "OKORO , SARAH",
        "Dr Sarah Okoro",
        "Okoro, Dr Sarah",
        "DC Sarah Okoro's",
        "Sarah Okoro’s",
        "Sarah\n  Okoro",
        "Sàrah Òkoro",
        "T/DI Sarah Okoro",
        "Det. Sgt. Sarah Okoro",
        "Detective Chief Superintendent Sarah Okoro QPM",
        "Sarah Okoro, KC, OBE",
        "Sarah\u200b Oko\u00adro",
    ],
)
def test_one_name_however_it_is_written(written):
    name = read_name(written)
    assert (name.key, name.surname, name.given) == ("sarahokoro", "okoro", ("sarah",))
    assert name.fullness is Fullness.FULL


@pytest.mark.parametrize("written", ["Okoro", "PC Okoro", "okoro's", "OKORO", "Okoro, PC"])
def test_a_surname_with_or_without_a_rank(written):
    name = read_name(written)
    assert (name.key, name.given, name.fullness) == ("okoro", (), Fullness.SURNAME)


@pytest.mark.parametrize("written", ["S.J. Okoro", "S J Okoro", "SJ Okoro", "Okoro, S. J."])
def test_initials_before_or_after_a_surname(written):
    name = read_name(written)
    assert (name.surname, name.given, name.fullness) == ("okoro", ("s", "j"), Fullness.INITIALS)


def test_an_initial_is_not_run_into_the_surname():
    assert read_name("P Rice").key != read_name("Price").key


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        ("Sean O'Brien", "obrien"),
        ("Sean O’Brien", "obrien"),
        ("Sean O Brien", "obrien"),
        ("Jan van der Berg", "vanderberg"),
        ("Mr Van Der Berg", "vanderberg"),
        ("Ben Tallow", "tallow"),
        ("Miranda Okafor-Lyle", "okaforlyle"),
        ("Ian St. John", "stjohn"),
    ],
)
def test_small_words_belong_to_the_surname(written, surname):
    assert read_name(written).surname == surname


@pytest.mark.parametrize(
    ("written", "sex"),
    [("Mr Okoro", "m"), ("Mrs. Okoro", "f"), ("Okoro, Ms", "f"), ("WPC Okoro", "f"), ("Okoro", "")],
)
def test_a_title_says_whether_a_man_or_a_woman_is_meant(written, sex):
    name = read_name(written)
    assert (name.key, name.sex) == ("okoro", sex)


@pytest.mark.parametrize("written", ["Di Okoro", "Justice Okoro", "Col Okoro"])
def test_a_forename_that_looks_like_a_title_stays(written):
    assert read_name(written).fullness is Fullness.FULL


def test_a_rank_in_capitals_is_no_forename():
    assert read_name("DI Okoro").fullness is Fullness.SURNAME


@pytest.mark.parametrize("written", ["Mr and Mrs Okoro", "S.O.", "J", "Okoro, Sarah, Jones"])
def test_what_is_not_one_name_stands_for_nobody_else(written):
    name = read_name(written)
    assert (name.fullness, name.surname) == (Fullness.UNCLEAR, "")
    assert name.key


@pytest.mark.parametrize("written", ["", " ", ".", "•", ",,", "—"])
def test_where_no_name_can_be_read_there_is_no_key(written):
    assert read_name(written).key == ""


def test_a_name_is_shown_as_written_without_the_possessive():
    assert read_name(" Dr Sarah\nOkoro’s ").shown == "Dr Sarah Okoro"


@given(st.text(max_size=40))
def test_any_text_is_read_and_no_field_shows_in_a_trace(text):
    name = read_name(text)
    assert bool(name.surname) == (name.fullness is not Fullness.UNCLEAR)
    assert repr(name).startswith("WrittenName(sex=")


def test_a_trace_of_a_name_does_not_hold_the_name():
    assert "koro" not in repr(read_name("Sarah Okoro")).lower()
