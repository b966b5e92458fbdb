"""A name in several cells of a row is one name, and nothing else is joined."""

from __future__ import annotations

import pytest

from redactor.detect import ScanOptions, scan
from redactor.events import Mark
from redactor.model import (
    CellPlace,
    Document,
    FieldPlace,
    LinePlace,
    Place,
    Proposal,
    Segment,
    Span,
    span_of,
)
from redactor.name_rows import NamePart, said, whole_names
from redactor.people import subjects


def mark(number: int, segment: str, text: str, why: str, column: int | None = None) -> Mark:
    span = Span(segment, 0, len(text), column)
    return Mark(number, 1, span, text, "PERSON", 0.85, "column@1", why, Proposal.REDACT)


def cells(row: int, **parts: str) -> list[Mark]:
    """Make the marks of one row of a sheet, in columns B, C, D."""
    named = {name.replace("_", " "): text for name, text in parts.items()}
    return [
        mark(10 * row + at, f"sheet:Staff!{'BCDE'[at]}{row}", text, said(NamePart(part)))
        for at, (part, text) in enumerate(named.items())
    ]


def people(marks: list[Mark]) -> list[tuple[str, int]]:
    return [(one.name, len(one.marks)) for one in subjects(marks, ())]


def test_surname_and_forename_of_one_row_are_one_person() -> None:
    marks = [
        *cells(2, surname="Okoro", forename="Sarah"),
        *cells(3, surname="Okoro", forename="Daniel"),
    ]
    assert people(marks) == [("Sarah Okoro", 2), ("Daniel Okoro", 2)]


def test_the_order_of_the_columns_does_not_matter() -> None:
    assert people(cells(2, forename="Sarah", surname="Okoro")) == [("Sarah Okoro", 2)]


def test_what_somebody_is_known_as_is_a_mention_of_them_and_a_name_they_go_by() -> None:
    elsewhere = mark(90, "line:1", "Sal Okoro", "a name")
    marks = [*cells(2, surname="Okoro", forename="Sarah", known_as="Sal"), elsewhere]
    assert people(marks) == [("Sarah Okoro", 4)]


def test_the_same_person_in_two_rows_and_in_running_text_is_one() -> None:
    elsewhere = mark(90, "line:1", "Sarah Okoro", "a name")
    marks = [
        *cells(2, surname="Okoro", forename="Sarah"),
        *cells(7, surname="OKORO", forename="SARAH"),
        elsewhere,
    ]
    assert people(marks) == [("Sarah Okoro", 5)]


def test_cells_of_different_rows_or_without_such_headings_stay_apart() -> None:
    surname, forename = cells(2, surname="Okoro", forename="Daisy")
    other_row = mark(30, "sheet:Staff!C3", "Daisy", said(NamePart.FORENAME))
    other_sheet = mark(31, "sheet:Leavers!C2", "Daisy", said(NamePart.FORENAME))
    unsaid = mark(32, "sheet:Staff!C2", "Daisy", "the heading of its column")
    for other in (other_row, other_sheet, unsaid):
        assert whole_names([surname, other]) == {}
    assert set(whole_names([surname, forename])) == {surname.id, forename.id}


def test_far_columns_of_a_row_are_not_joined() -> None:
    surname = mark(1, "sheet:Staff!B2", "Okoro", said(NamePart.SURNAME))
    forename = mark(2, "sheet:Staff!K2", "Daisy", said(NamePart.FORENAME))
    assert whole_names([surname, forename]) == {}


def test_two_people_in_one_row_are_two() -> None:
    row = [
        mark(at, f"row:{2}", text, said(part), at)
        for at, (part, text) in enumerate(
            [
                (NamePart.SURNAME, "Okoro"),
                (NamePart.FORENAME, "Sarah"),
                (NamePart.SURNAME, "Teague"),
                (NamePart.FORENAME, "Wenna"),
            ],
            start=1,
        )
    ]
    assert people(row) == [("Sarah Okoro", 2), ("Wenna Teague", 2)]


def test_a_surname_alone_is_as_it_was() -> None:
    assert whole_names(cells(2, surname="Okoro")) == {}
    assert people(cells(2, surname="Okoro")) == [("Okoro", 1)]


def test_a_reason_still_tells_its_part_within_another() -> None:
    surname, forename = cells(2, surname="Okoro", forename="Sarah")
    never = f"on the never list (found as: {said(NamePart.FORENAME)})"
    listed = mark(forename.id, "sheet:Staff!C2", "Sarah", never)
    assert set(whole_names([surname, listed])) == {surname.id, forename.id}


ROWS = (
    ("emp_no", "Surname", "Forename", "Known as"),
    ("4471", "law", "hannah jane", "nan"),
    ("4472", "case", "jo", ""),
)


def _places(kind: str) -> list[tuple[Place, str]]:
    if kind == "sheet":
        return [
            (CellPlace("Staff", r, c), t) for r, row in enumerate(ROWS) for c, t in enumerate(row)
        ]
    if kind == "csv":
        return [(FieldPlace(r, c), t) for r, row in enumerate(ROWS) for c, t in enumerate(row)]
    mark = {"bars": " | ", "tabs": "\t", "commas": ","}[kind]
    return [(LinePlace(n), mark.join(row)) for n, row in enumerate(ROWS)]


@pytest.mark.parametrize("kind", ["sheet", "csv", "bars", "tabs", "commas"])
def test_what_a_scan_finds_in_a_table_is_gathered_by_row(kind: str) -> None:
    segments = tuple(Segment(place, text) for place, text in _places(kind) if text)
    document = Document("0" * 64, "txt", segments)
    found = [one for batch in scan(document, ScanOptions(model=False)) for one in batch.findings]
    marks = [
        Mark(
            n,
            1,
            span_of(one),
            one.text,
            one.label,
            one.score,
            one.recogniser,
            one.why,
            one.proposal,
        )
        for n, one in enumerate(found, start=1)
    ]
    named = {one.name: len(one.marks) for one in subjects(marks, ())}
    assert named.items() >= {"hannah jane law": 3, "jo case": 2}.items()
