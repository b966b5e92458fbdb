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


NARROW = """The officer who came that same
night told the neighbours, and
among them Priti Amin and also
her mother, that nothing more
would be done about any of it
by anyone before the Monday of
the week after, and when Sarah
Okoro had looked into this she
would ring them back at home."""


def test_a_name_broken_in_a_narrow_column_is_joined() -> None:
    assert "when Sarah Okoro had" in normalise(NARROW).text


def test_short_lines_of_which_none_breaks_off_stay_lines() -> None:
    lines = (
        "Present on the day of the visit\nSarah Okoro of the housing team\nPriti Amin her deputy"
    )
    assert normalise(lines).text == lines


def test_short_entries_in_small_letters_beside_long_lines_stay_lines() -> None:
    entry = "pc 6604 came to the house today\nap is joan and she was not well at all\n"
    long = "she said that she had seen him at the shop and then again at the bus stop by the school"
    text = (entry + long + "\n") * 4
    assert "today\nap is" in normalise(text).text


def test_a_figure_after_a_word_that_ends_no_sentence_is_joined() -> None:
    above = "In that year, while he was the line manager to PC"
    assert "PC 2290 Mihaela" in normalise(f"{above}\n2290 Mihaela Stan, he wrote").text
    above = "two volunteers, both of them known to us, were aged"
    assert "aged 16 were" in normalise(f"{above}\n16 were served").text


def test_a_line_of_a_log_or_list_is_never_joined_to_a_word_that_ends_no_sentence() -> None:
    above = "the tape will show it if he really had the camera on\n"
    for entry in ("14:42 Danny Sharrock: cheers", "10/01/2025 Note", "2024-05-01 Note"):
        assert normalise(above + entry).text == above + entry


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
