"""Cells grouped under what is known of them."""

from __future__ import annotations

from redactor.detect.columns import GUESSED, Column
from redactor.detect.passages import passages_of
from redactor.detect.rules import CELL_BREAK
from redactor.model import CellPlace, LinePlace, Segment


def columns(rows: list[list[str]], sheet: str = "Sheet1") -> dict[str, Column | None]:
    """Give each filled cell's column."""
    segments = tuple(
        Segment(CellPlace(sheet, r, c), text)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    )
    given: dict[str, Column | None] = {}
    for group in passages_of(segments, CELL_BREAK):
        for passage in group:
            for piece in passage.pieces:
                for index in piece.segments:
                    given[segments[index].text] = passage.column
    return given


def label(given: dict[str, Column | None], text: str) -> str:
    column = given[text]
    return column.label if column else ""


def test_a_heading_above_a_heading_adds_to_it() -> None:
    given = columns(
        [
            ["Victim", "", "Suspect", "", "Outcome"],
            ["Surname", "DOB", "Surname", "DOB", "Result"],
            ["law", "1/1/80", "case", "2/2/81", "NFA"],
        ]
    )
    assert label(given, "law") == "PERSON"
    assert label(given, "2/2/81") == "DOB"
    column = given["case"]
    assert column is not None
    assert "suspect" in column.heading


def test_headings_need_not_be_in_the_first_row() -> None:
    given = columns(
        [
            ["Extract of 12 March"],
            ["Officer", "Collar No", "Ethnicity"],
            ["Law", "4471", "White British"],
        ]
    )
    assert label(given, "4471") == "ID"
    assert label(given, "White British") == "SC_RACE"
    assert label(given, "Extract of 12 March") == ""


def test_a_label_at_the_left_says_what_the_cell_at_its_right_is() -> None:
    given = columns(
        [
            ["Surname:", "law", "", "DOB:", "1/1/80"],
            ["Forename", "jo", "Collar No", "C4471"],
            ["NI number", "QQ123456C"],
            ["Notes", "none of note"],
        ]
    )
    assert label(given, "law") == "PERSON"
    assert label(given, "1/1/80") == "DOB"
    assert label(given, "QQ123456C") == "ID"
    assert label(given, "jo") == "PERSON"
    assert label(given, "C4471") == "ID"
    assert label(given, "none of note") == ""


def test_a_column_under_a_heading_keeps_it_whatever_stands_at_its_left() -> None:
    given = columns([["Address", "Surname"], ["Surname", "law"], ["Yate", "case"]])
    assert label(given, "case") == "PERSON"


def test_a_column_of_names_without_a_heading_is_taken_for_names_with_less_certainty() -> None:
    names = ["okoro", "hughes", "patel", "khan", "murphy", "davies", "singh"]
    given = columns([[name, str(number)] for number, name in enumerate(names)])
    column = given["patel"]
    assert column is not None
    assert (column.label, column.score) == ("PERSON", GUESSED)


def test_the_name_of_the_sheet_is_context_for_its_cells() -> None:
    given = columns([["204417"], ["204981"]], sheet="WarrantNumbers")
    column = given["204417"]
    assert column is not None
    assert "warrant numbers" in column.heading


def test_numbers_beside_names_are_taken_for_ages_with_less_certainty() -> None:
    names = ["okoro", "hughes", "patel", "khan", "murphy", "davies", "singh"]
    given = columns([[name, str(31 + 3 * number)] for number, name in enumerate(names)])
    column = given["34"]
    assert column is not None
    assert (column.label, column.score) == ("AGE", GUESSED)
    alone = columns([[str(31 + 3 * number)] for number in range(7)])
    assert label(alone, "34") == ""


def test_a_doubtful_heading_is_settled_by_its_cells() -> None:
    given = columns([["SNAME", "REL", "DIS"], ["law", "MUSL", "North"], ["case", "HINDU", "South"]])
    assert label(given, "MUSL") == "SC_RELIGION"
    assert label(given, "North") == ""


def test_an_empty_line_keeps_a_heading_from_the_line_before() -> None:
    lines = ["She left by the side door.", "", "Driver", "", "", "He ran."]
    given = [(n, text) for n, text in enumerate(lines) if text]
    for segments in (
        [Segment(LinePlace(n), text) for n, text in given],
        [Segment(LinePlace(n), text) for n, text in enumerate(lines)],
    ):
        (passage,) = next(iter(passages_of(segments, CELL_BREAK)))
        assert passage.text == "She left by the side door.\n\nDriver\n\nHe ran."
        for piece in passage.pieces:
            text = segments[piece.segments[0]].text
            assert passage.text[piece.at : piece.at + piece.length] == text


def test_lines_that_follow_each_other_are_joined_by_one_line_end() -> None:
    segments = [Segment(LinePlace(n), text) for n, text in enumerate(["one", "two"], start=4)]
    (passage,) = next(iter(passages_of(segments, CELL_BREAK)))
    assert passage.text == "one\ntwo"
