"""One rule of matching, shared by removal and proof."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.matching import (
    ManyTerms,
    _fold_character,
    count_term,
    find_term,
    fold,
    fold_text,
    make_term,
)


def _found(term: str, text: str) -> list[str]:
    prepared = make_term(term, 1)
    assert prepared is not None
    return [text[start:end] for start, end in find_term(prepared, fold(text))]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("O'Brien", "PC O\u2019Brien said"),
        ("O'Brien", "PC OBRIEN said"),
        ("O'Brien", "PC O Brien said"),
        ("Müller", "MÜLLER"),
        ("Müller", "Mu\u0308ller"),
        ("Muller", "Müller"),
        ("Griffin", "Gri\ufb03n"),
        ("Sarah Okoro", "Sarah\u00a0Okoro"),
        ("Sarah Okoro", "SARAH\nOKORO"),
        ("Sarah Okoro", "S a r a h  O k o r o"),
        ("Sarah Okoro", "Sarah Oko-\nro"),
        ("Sarah Okoro", "Sarah Oko\u00adro"),
        ("Sarah Okoro", "Sarah\u200b Okoro"),
        ("Sarah Okoro", "sarah-okoro"),
        ("07700 900412", "07700900412"),
        ("07700 900412", "07700-900-412"),
        ("Strasse", "Straße"),
        ("Okoro", "Okoro's"),
        ("Okoro", "s.okoro@example.org"),
        ("Okoro", "Name:OkoroAge: 22"),
        ("Łukasz", "Lukasz"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str):
    assert len(_found(term, text)) == 1


@pytest.mark.parametrize(
    ("term", "text"),
    [("Ann", "Annual"), ("Ann", "joanne"), ("22", "2022"), ("4417", "14417"), ("Rose", "roses")],
)
def test_a_short_term_is_not_found_inside_a_longer_word(term: str, text: str):
    assert _found(term, text) == []


def test_a_term_without_letters_or_digits_cannot_be_searched_for():
    assert make_term(" – ", 1) is None
    assert make_term("", 1) is None


def test_ages_and_short_words_are_not_distinctive_and_names_and_numbers_are():
    def distinctive(text: str) -> bool:
        term = make_term(text, 1)
        assert term is not None
        return term.distinctive

    assert not distinctive("22")
    assert not distinctive("May")
    assert distinctive("Okoro")
    assert distinctive("07700 900412")
    assert distinctive("PC4417")


_ODD = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=32, max_codepoint=0x2FF),
        st.sampled_from("\u00ad\u200b\u00a0\u2019\u2013\ufb03\u0301\nßİŁ😀"),
    ),
    max_size=40,
)


@given(before=_ODD, after=_ODD)
def test_a_match_points_at_the_very_characters(before: str, after: str):
    text = f"{before} Quillfeather {after}"
    term = make_term("Quillfeather", 1)
    assert term is not None
    found = [(start, end) for start, end in find_term(term, fold(text))]
    place = len(before) + 1
    assert any(start <= place and end >= place + 12 for start, end in found)
    for start, end in found:
        assert fold_text(text[start:end]) == "quillfeather"


@given(_ODD)
def test_folding_keeps_one_source_for_each_folded_character(text: str):
    folded = fold(text)
    for index in range(len(folded.text)):
        start, end = folded.source(index, index + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_folds_as_each_of_its_characters_does(text: str):
    assert fold_text(text) == "".join(map(_fold_character, text))


def test_counting_agrees_with_finding():
    term = make_term("Okoro", 1)
    assert term is not None
    text = "Okoro, OKORO and Okorowicz"
    assert count_term(term, fold(text)) == len(list(find_term(term, fold(text)))) == 2


_PIECES = st.lists(
    st.sampled_from(
        ("Ann", "ann", "a", "Law", "O\u2019", "Brien", " ", "\n", "-", "4", "41", "æ", "é")
    ),
    max_size=12,
).map("".join)


@given(st.lists(_PIECES, max_size=8), _PIECES)
def test_many_terms_are_found_where_each_is_found_by_itself(texts: list[str], text: str):
    terms = [one for at, each in enumerate(texts, 1) if (one := make_term(each, at))]
    folded = fold(text)
    singly = [(term.number, *place) for term in terms for place in find_term(term, folded)]
    together = [(term.number, start, end) for term, start, end in ManyTerms(terms).find(folded)]
    assert sorted(together) == sorted(singly)


def test_only_what_begins_before_an_offset_is_asked_for():
    terms = ManyTerms(one for one in (make_term("Law", 1), make_term("Okoro", 2)) if one)
    assert list(terms.standing("lawokorolaw", before=3)) == [(0, "law")]
    assert sorted(terms.standing("lawokorolaw")) == [(0, "law"), (3, "okoro"), (8, "law")]
