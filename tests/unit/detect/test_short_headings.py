"""Headings as databases shorten them, and codes that settle what a heading means."""

from __future__ import annotations

import pytest

from redactor.detect.columns import Column, ages_among_names, column_of, is_heading_row, whole_cell


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("ETHNIC", "SC_RACE"),
        ("EthnicCd", "SC_RACE"),
        ("RELIG", "SC_RELIGION"),
        ("SEX_ORI_CD", "SC_ORIENTATION"),
        ("DISAB_YN", "SC_HEALTH"),
        ("ABS_RSN", "SC_HEALTH"),
        ("TU_MEMB", "SC_UNION"),
        ("NATLTY", "SC_RACE"),
        ("OFF_DESC", "OFFENCE"),
        ("OFF_NO", "ID"),
        ("OFF_NM", "PERSON"),
        ("OUTC", "OUTCOME"),
        ("SNAME", "PERSON"),
        ("PUPILNAME", "PERSON"),
        ("VIC_NM", "PERSON"),
        ("STF_NO", "ID"),
        ("STFNO", "ID"),
        ("DOB_DT", "DOB"),
        ("DtOfBirth", "DOB"),
        ("AGE_YRS", "AGE"),
        ("Addr1", "ADDRESS"),
        ("POSTCD", "POSTCODE"),
        ("EMAIL_ADDR", "EMAIL"),
    ],
)
def test_a_field_name_is_read_as_the_heading_it_shortens(heading: str, label: str) -> None:
    assert column_of(heading).label == label
    assert not column_of(heading).doubtful


@pytest.mark.parametrize(
    "heading", ["Med", "Pt", "update", "mandate", "casino", "allegation_text", "FREE_TEXT", "TXT"]
)
def test_words_that_only_look_shortened_and_free_text_are_no_known_headings(heading: str) -> None:
    assert column_of(heading).label in ("", "DATE")
    assert not whole_cell(column_of(heading), "Sarah said nothing")


@pytest.mark.parametrize(
    ("heading", "cells", "label"),
    [
        ("REL", ("MUSL", "CE", "NONE", "HINDU"), "SC_RELIGION"),
        ("REL", ("Father", "Friend", "Neighbour"), ""),
        ("SO", ("HET", "GAY", "PNTS", "BI"), "SC_ORIENTATION"),
        ("SO", ("4 May", "5 May"), ""),
        ("DIS", ("Y", "N"), "SC_HEALTH"),
        ("DIS", ("North", "South", "Y"), ""),
        ("NAT", ("GBR", "POL", "SOM"), "SC_RACE"),
        ("RES", ("NFA", "CAUTION", "FPN"), "OUTCOME"),
        ("RES", ("Flat", "House"), ""),
        ("REASON_TXT", ("S10 Anx", "S25 D+V", "S12 Back"), "SC_HEALTH"),
        ("REASON_TXT", ("leaver", "transfer"), ""),
        ("REL", (), ""),
    ],
)
def test_the_cells_settle_what_a_doubtful_heading_means(
    heading: str, cells: tuple[str, ...], label: str
) -> None:
    assert column_of(heading).doubtful
    settled = column_of(heading).over(cells)
    assert settled.label == label
    assert not settled.doubtful


def test_doubtful_headings_alone_make_no_row_of_headings() -> None:
    assert not is_heading_row(["REL", "SO", "RES"])
    assert is_heading_row(["SNAME", "REL", "SO", "DIS", "NAT"])


@pytest.mark.parametrize("answer", ["Y", "N", "yes", "No"])
def test_an_answer_under_disability_or_union_tells_something(answer: str) -> None:
    assert whole_cell(column_of("Disability"), answer)
    assert whole_cell(column_of("Union member"), answer)
    assert not whole_cell(column_of("Outcome"), answer)


def test_codes_under_an_unknown_heading_are_known_by_themselves() -> None:
    unknown = Column("grp")
    assert unknown.over(["WBRI", "BCRB", "AIND", "n/k"]).label == "SC_RACE"
    assert unknown.over(["W1", "B2", "A1", "M3"]).label == "SC_RACE"
    assert unknown.over(["S10", "S25", "S98"]).label == "SC_HEALTH"


@pytest.mark.parametrize(
    "cells", [["W1", "W2", "W8"], ["A1", "A2", "B1"], ["WBRI", "BCRB"], ["WBRI", "late", "AIND"]]
)
def test_parts_of_london_grades_and_few_codes_are_no_ethnic_groups(cells: list[str]) -> None:
    assert Column("grp").over(cells).label == ""


def test_numbers_among_names_may_be_ages() -> None:
    ages = ages_among_names(["34", "41", "29", "56", "18", "77"])
    assert ages is not None
    assert ages.label == "AGE"
    for counts in (["1", "3", "0", "7", "2", "4"], ["11", "12", "13", "14", "15", "16"], ["34"]):
        assert ages_among_names(counts) is None
