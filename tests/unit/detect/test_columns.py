from __future__ import annotations

import pytest

from redactor.detect.columns import (
    GUESSED,
    column_of,
    guessed,
    is_heading_row,
    label_cell,
    whole_cell,
)


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Surname", "PERSON"),
        ("Forename(s)", "PERSON"),
        ("Officer Name", "PERSON"),
        ("DOB", "DOB"),
        ("Date of Birth", "DOB"),
        ("Ward", "PLACE"),
        ("Collar number", "ID"),
        ("Warrant No.", "ID"),
        ("NINO", "ID"),
        ("payroll_no", "ID"),
        ("Ethnicity", "SC_RACE"),
        ("Religion", "SC_RELIGION"),
        ("Sexual orientation", "SC_ORIENTATION"),
        ("Disability", "SC_HEALTH"),
        ("Allegation", "OFFENCE"),
        ("Outcome", "OUTCOME"),
        ("Home address", "ADDRESS"),
        ("Mobile number", "PHONE"),
        ("emailAddress", "EMAIL"),
        ("Fname", "PERSON"),
        ("emp_no", "ID"),
        ("acct", "ID"),
        ("given", "PERSON"),
        ("LAST_NAME", "PERSON"),
        ("Victim Surname", "PERSON"),
        ("Officer", "PERSON"),
        ("Reported by", "PERSON"),
        ("Next of kin", "PERSON"),
        ("Line Manager Name", "PERSON"),
        ("Shoulder No", "ID"),
        ("Custody Ref", "ID"),
        ("ULN", "ID"),
        ("Suspect DOB", "DOB"),
        ("Nationality", "SC_RACE"),
        ("Interpreter required", "SC_RACE"),
        ("Sexual Orientation", "SC_ORIENTATION"),
        ("Union subs", "SC_UNION"),
        ("Sickness reason", "SC_HEALTH"),
        ("Reason for absence", "SC_HEALTH"),
        ("Reason for exclusion", "OFFENCE"),
        ("Vetting status", "OUTCOME"),
        ("VRM 1", "VEHICLE"),
        ("Witness mobile", "PHONE"),
        ("Property postcode", "POSTCODE"),
        ("Address Line 2", "ADDRESS"),
        ("Network ID", "HANDLE"),
        ("Total", ""),
        ("Number of cases", ""),
        ("Narrative", ""),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: str, label: str) -> None:
    assert column_of(heading).label == label


def test_a_row_of_headings_is_told_from_a_row_of_data() -> None:
    assert is_heading_row(["Surname", "Forename", "Ward", "Notes"])
    assert not is_heading_row(["Law", "Hannah", "Yate", "none"])
    assert not is_heading_row(["2019/20", "3", "4", "7"])


@pytest.mark.parametrize("value", ["", " ", "n/a", "Prefer not to say", "not stated", "nil", "-"])
def test_an_empty_cell_tells_nothing(value: str) -> None:
    assert not whole_cell(column_of("Religion"), value)


def test_a_cell_under_a_heading_for_names_is_a_name_whatever_the_lists_know() -> None:
    assert whole_cell(column_of("Surname"), "Xyzzyq")
    assert not whole_cell(column_of("Officer"), "the whole of the late shift on that day")


def test_a_label_at_the_left_is_told_from_a_value() -> None:
    label = label_cell("Date of birth:")
    assert label is not None
    assert label.label == "DOB"
    assert label_cell("NI number") is not None
    assert label_cell("Officer:") is not None
    assert label_cell("Officer") is None
    assert label_cell("Hannah Law") is None
    assert label_cell("12/03/2020") is None


def test_a_column_without_a_heading_is_judged_by_its_cells() -> None:
    names = guessed(["okoro", "hughes", "patel", "khan", "n/a", "murphy", "davies", "singh"])
    assert names is not None
    assert (names.label, names.score) == ("PERSON", GUESSED)
    numbers = guessed(["204417", "204981", "198822", "207713", "200019", "206611"])
    assert numbers is not None
    assert numbers.label == "ID"


@pytest.mark.parametrize(
    "values",
    [
        ["2017", "2018", "2019", "2020", "2021", "2022"],
        ["1001", "1002", "1003", "1004", "1005", "1006"],
        ["12", "1204", "88123", "4", "1,023", "77"],
        ["red", "green", "late", "early", "none", "open"],
        ["204417", "204981"],
    ],
)
def test_years_counts_words_and_short_columns_are_not_guessed(values: list[str]) -> None:
    assert guessed(values) is None
