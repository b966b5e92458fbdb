from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor import matching
from redactor.matching import Term, count_term, fold, make_term
from redactor.release.verify.search import BREAK, Marked, Tally, TermIndex, plain

_WORDS = st.text("abAB é1-'", min_size=1, max_size=5)


def terms(*texts: str) -> list[Term]:
    made = (make_term(text, number) for number, text in enumerate(texts, 1))
    return [one for one in made if one is not None]


def tally(*texts: str, allowed: dict[int, int] | None = None) -> Tally:
    return Tally("engine 1", TermIndex(terms(*texts)), allowed or {})


def found(one: Tally) -> list[tuple[int, str]]:
    return [(leak.term_index, leak.where) for leak in one.leaks("a.txt")]


@given(st.lists(_WORDS, max_size=12), st.lists(_WORDS, max_size=30))
def test_many_terms_at_once_are_found_exactly_as_one_at_a_time(
    withheld: list[str], words: list[str]
) -> None:
    text = plain(" ".join(words))
    made = terms(*withheld)
    counts = {term.number: 0 for term in made}
    for hit in TermIndex(made).hits(text):
        counts[hit.term.number] += 1
    assert counts == {term.number: count_term(term, fold(text)) for term in made}


@given(st.text(string.printable, max_size=80))
def test_control_characters_cannot_part_a_word(text: str) -> None:
    split = "\x02".join("Zephyrine")
    assert TermIndex(terms("Zephyrine")).hits(plain(f"{text} {split} "))


def test_a_document_cannot_bring_its_own_break() -> None:
    one = tally("Quibbleton")
    one.text(f"Quib{BREAK}bleton", "line 1")
    assert found(one) == [(1, "line 1")]


def test_terms_that_begin_alike_or_contain_one_another_are_all_found() -> None:
    one = tally("Ann", "Anna Quibbleton", "Anna Quibbletonson", "Quibbleton")
    one.text("Anna Quibbleton", "line 1")
    assert [number for number, _ in found(one)] == [2, 4]


def test_an_index_without_terms_finds_nothing() -> None:
    assert TermIndex([]).hits("anything") == []


def test_short_terms_are_left_out_where_asked() -> None:
    index = TermIndex(terms("Ann", "Quibbleton"), minimum=5)
    assert [term.number for term in index.terms] == [2]


def test_of_several_readings_the_worst_counts_and_not_their_sum() -> None:
    one = tally("Quibbleton", allowed={1: 1})
    one.views(["Quibbleton", "Quibbleton x", ("Quibble", "ton")], "part 1")
    assert found(one) == []
    one.views(["none", "Quibbleton"], "part 2")
    assert found(one) == [(1, "part 1"), (1, "part 2")]


def test_pieces_that_do_not_run_on_do_not_make_up_a_term() -> None:
    one = tally("Quibbleton")
    one.views([("Quibble", "ton"), Marked(f"Quibble{BREAK}ton")], "part 1")
    assert found(one) == []


def test_a_cell_is_named_by_its_row_and_column_over_many_batches() -> None:
    one = tally("Zephyrine Quibbleton")
    rows = [["x" * 90, "Quibbleton"] for _ in range(20_000)]
    rows[19_998] = ["a", "Zephyrine Quibbleton"]
    rows[15_000] = ["Zephyrine", "Quibbleton"]
    one.rows(rows, lambda row, column: f"{row}:{column}")
    assert found(one) == [(1, "15000:0"), (1, "19998:1")]


def test_a_text_that_runs_on_into_the_next_part_is_found_once() -> None:
    one = tally("Zephyrine Quibbleton", "07700 900123")
    one.run_on(["by Zephyrine", "Quibbleton 07700", "900123"], lambda part: f"line {part + 1}")
    assert found(one) == [(1, "line 1"), (2, "line 2")]


def test_a_figure_in_a_citation_is_not_an_age() -> None:
    one = tally("40", "2", "3")
    one.text("[s40(2)] section 40(2) by s40(3A)(a), sections 2(3) and s. 3(2)", "line 1")
    assert found(one) == []
    one.text("aged 40, 2 others, 3", "line 2")
    assert [number for number, _ in found(one)] == [1, 2, 3]


def test_a_letter_in_a_citation_is_no_initial() -> None:
    one = tally("s", "'s", "by", "A")
    one.text("[s40(2) by s40(3A)(a)] section 40(2) by virtue of section 40(3A)(a)", "line 1")
    assert found(one) == [(3, "line 1")]  # the other ``by`` is a word of the text
    one.text("A. and S. went by", "line 2")
    assert [number for number, _ in found(one)] == [1, 2, 3, 3, 4]


def test_a_name_in_a_citation_is_a_name() -> None:
    one = tally("Sect")
    one.text("Sect 40(2)", "line 1")
    assert found(one) == [(1, "line 1")]


def test_a_term_may_stand_as_often_as_allowed_and_no_more() -> None:
    one = tally("Quibbleton", allowed={1: 2})
    one.text("Quibbleton and Quibbleton", "line 1")
    assert found(one) == []
    one.text("Quibbleton", "line 2")
    assert found(one) == [(1, "line 1"), (1, "line 2")]


def test_nothing_shows_a_withheld_text() -> None:
    index = TermIndex(terms("Zephyrine Quibbleton"))
    hit = index.hits("Zephyrine Quibbleton")[0]
    assert "phyrine" not in f"{hit!r} {index!r} {tally('Zephyrine')!r}".casefold()


_PARTS = st.lists(st.text("abAB1 .-(s)\u00e9\x02", max_size=6), max_size=25)


@given(_PARTS, st.lists(st.text("abAB1 -", min_size=1, max_size=12), max_size=6))
def test_a_long_text_is_searched_in_stretches_as_if_it_were_one(
    parts: list[str], withheld: list[str]
) -> None:
    def searched(stretch: int) -> tuple[int, list[tuple[int, str]]]:
        one = tally(*withheld)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(matching, "_STRETCH", stretch)
            one.run_on(iter(parts), lambda part: f"page {part + 1}")
        return one.looked, found(one)

    assert searched(5) == searched(1_000_000)


def test_no_stretch_of_a_long_text_grows_with_the_text() -> None:
    parts = (f"page {number} " * 300 for number in range(500))
    stretches = list(matching.in_stretches(parts, " ", 40))
    assert len(stretches) > 5
    assert max(len(one.text) for one in stretches) < 2 * matching._STRETCH
    assert [one.part_at(one.own[0]) for one in stretches[1:]] == [
        one.part_at(one.own[1] - 1) + 1 for one in stretches[:-1]
    ]
