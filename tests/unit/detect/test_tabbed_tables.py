"""Rows parted by tabs inside running text."""

from __future__ import annotations

import pytest

from redactor.detect import ScanOptions, scan
from redactor.detect.recognise.tables import TabbedTables, in_tabs
from redactor.detect.rules import Example
from redactor.model import Document, LinePlace, Segment

EXTRACT = (
    "EMP_NO\tSNAME\tREL\tDIS",
    "4471\tlaw\tMUSL\tN",
    "4472\tcase\tCE\tY",
    "4473\tyate\tHINDU\tN",
)


@pytest.mark.parametrize("example", TabbedTables.EXAMPLES, ids=lambda one: one.label)
def test_it_finds_its_examples(example: Example) -> None:
    found = {(one.entity_type, example.text[one.start : one.end]) for one in in_tabs(example.text)}
    assert (example.label, example.found) in found


@pytest.mark.parametrize("text", TabbedTables.NOT_FOUND)
def test_it_finds_nothing_in_its_counterexamples(text: str) -> None:
    assert in_tabs(text) == []


def test_cells_of_rows_in_a_text_file_are_found_under_their_headings() -> None:
    segments = tuple(Segment(LinePlace(n), line) for n, line in enumerate(EXTRACT))
    document = Document("0" * 64, "txt", segments)
    found = [one for batch in scan(document, ScanOptions(model=False)) for one in batch.findings]
    seen = {(one.place.id, one.label, one.text) for one in found}
    assert {
        ("line:2", "ID", "4471"),
        ("line:2", "PERSON", "law"),
        ("line:3", "SC_RELIGION", "CE"),
        ("line:4", "SC_HEALTH", "N"),
    } <= seen
    by_place = {segment.place: segment.text for segment in segments}
    assert all(by_place[one.place][one.start : one.end] == one.text for one in found)


def test_a_row_whose_second_cell_is_empty_keeps_its_columns() -> None:
    text = "Surname\tKnown as\tReligion\nLaw\t\tPagan"
    found = {(one.entity_type, text[one.start : one.end]) for one in in_tabs(text)}
    assert ("SC_RELIGION", "Pagan") in found


def test_an_age_beside_a_name_is_found_across_a_tab() -> None:
    text = "Crowther, Maisie\t19\tF"
    assert [(one.entity_type, text[one.start : one.end]) for one in in_tabs(text)] == [
        ("AGE", "19")
    ]
