from __future__ import annotations

import pytest

from redactor.detect.columns import column_of, is_heading_row, whole_cell


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
