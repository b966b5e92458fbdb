from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redactor.detect.normal import normalise

ODD = st.text(
    alphabet=st.sampled_from(
        "aZé\u0301 1\u00a0\u00ad\u200b\u2019\u2013\ufb01\uff21\u2028-\n'\"½\U0001f600"
    ),
    max_size=80,
)


def test_plain_text_is_left_as_it_is() -> None:
    normal = normalise("Sarah Okoro, 44")
    assert normal.text == "Sarah Okoro, 44"
    assert normal.source(6, 11) == (6, 11)


def test_no_break_spaces_dashes_and_quotes_become_plain_ones() -> None:
    assert normalise("O\u2019Brien\u00a0\u2013\u00a0Law").text == "O'Brien - Law"


def test_soft_hyphens_and_zero_width_marks_go_and_offsets_still_hold() -> None:
    text = "Okо\u00adro \u200bAmin"
    normal = normalise(text)
    assert normal.text == "Okоro Amin"
    start, end = normal.source(6, 10)
    assert text[start:end] == "Amin"


def test_a_ligature_maps_back_to_its_one_character() -> None:
    text = "Of\ufb01cer"
    normal = normalise(text)
    assert normal.text == "Officer"
    assert normal.source(2, 4) == (2, 3)


def test_a_word_broken_at_a_line_end_is_one_word() -> None:
    text = "Mrs Edna Spou-\nge came"
    normal = normalise(text)
    assert "Spouge" in normal.text
    at = normal.text.index("Spouge")
    start, end = normal.source(at, at + 6)
    assert text[start:end] == "Spou-\nge"


def test_a_sentence_that_runs_over_a_line_end_is_joined_and_a_label_is_not() -> None:
    long = "the witness told the officer who attended that Sarah"
    assert "Sarah Okoro" in normalise(f"{long}\nOkoro left before noon").text
    assert "Sarah\nName: " in normalise(f"{long}\nName: Priti").text


@given(ODD)
def test_every_range_maps_into_the_original(text: str) -> None:
    normal = normalise(text)
    for at in range(len(normal.text)):
        start, end = normal.source(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(ODD)
def test_offsets_never_run_backwards(text: str) -> None:
    normal = normalise(text)
    starts = [normal.source(at, at + 1)[0] for at in range(len(normal.text))]
    assert starts == sorted(starts)


def test_a_row_of_a_table_is_never_joined_to_the_line_above() -> None:
    above = "an export of the payroll of the trust made for the period\n"
    for row in ("emp_no;title;surname;born", "Ref    Name    Age", "a,b,c,d"):
        assert normalise(above + row).text == above + row


def test_a_tab_is_a_space_to_patterns_and_kept_beside() -> None:
    normal = normalise("Law\tHannah\u00a0Jo\t34")
    assert normal.text == "Law Hannah Jo 34"
    assert normal.tabbed == "Law\tHannah Jo\t34"
    assert normalise("Law Hannah").tabbed == ""


def test_tabs_keep_their_places_where_characters_go() -> None:
    text = "O\u200bkoro\t34\t\u00adx"
    normal = normalise(text)
    assert len(normal.text) == len(normal.tabbed)
    at = normal.tabbed.index("34")
    start, end = normal.source(at, at + 2)
    assert text[start:end] == "34"


def test_a_row_parted_by_tabs_is_not_joined_to_prose() -> None:
    prose = "The property of these persons was counted at the desk"
    text = f"{prose}\nSurname\tForename\nLaw\tHannah"
    assert normalise(text).tabbed == text
