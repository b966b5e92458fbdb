"""What is withheld in a workbook, and whether the cells that stay give it away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.dependants import look_at_cell, read_computed, worked_out
from redactor.app.reading import read_documents
from redactor.app.signoff import submit
from redactor.cli import main
from redactor.errors import UsageError
from redactor.model import Action, Span
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, PASSPHRASE, new_case
from tests.unit.formats.office import sheet, workbook

REASON = "Fewer than five people; each could be named."


def cell(reference: str, value: str, formula: str = "") -> str:
    computed = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{reference}">{computed}<v>{value}</v></c>'


ROWS = (
    f'<row r="1">{cell("A1", "2019")}{cell("B1", "3")}</row>'
    f'<row r="2">{cell("A2", "2020")}{cell("B2", "14")}</row>'
    f'<row r="3">{cell("A3", "2021")}{cell("B3", "20")}</row>'
    f'<row r="4">{cell("B4", "37", "SUM(B1:B3)")}</row>'
)


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    path = tmp_path / "counts.xlsx"
    path.write_bytes(workbook({"Counts": sheet(ROWS)}))
    with closing(new_case(tmp_path / "a.redactor")) as made:
        made.add_file(path)
        read_documents(made, lane)
        assert [one.status for one in made.documents()] == ["read"]
        yield made


def withhold(case: Case, *places: str) -> None:
    spans = [(Span(f"sheet:Counts!{place}", 0, 1), "3") for place in places]
    case.mark_spans(1, spans, Action.REDACT, EXEMPTION, REASON)


def test_a_withheld_count_is_given_away_by_its_total(case: Case, lane: Lane) -> None:
    withhold(case, "B1")
    computed = read_computed(case, lane, 1)
    assert computed.told
    assert worked_out(case, computed) == ("Counts!B1",)
    view = look_at_cell(case, computed, "Counts!B1")
    assert [(one.address, one.text, one.others) for one in view.dependants] == [
        ("Counts!B4", "37", 0)
    ]


def test_a_second_withheld_count_hides_the_first(case: Case, lane: Lane) -> None:
    withhold(case, "B1", "B2")
    computed = read_computed(case, lane, 1)
    assert worked_out(case, computed) == ()
    view = look_at_cell(case, computed, "sheet:Counts!B1")
    assert [(one.address, one.others) for one in view.dependants] == [("Counts!B4", 1)]


def test_a_withheld_total_says_that_its_parts_are_shown(case: Case, lane: Lane) -> None:
    withhold(case, "B4")
    computed = read_computed(case, lane, 1)
    view = look_at_cell(case, computed, "Counts!B4")
    assert view.computed_from == ("Counts!B1:B3",)
    assert view.from_shown
    assert worked_out(case, computed) == ("Counts!B4",)


def test_a_submission_says_that_something_can_be_worked_out(case: Case, lane: Lane) -> None:
    withhold(case, "B1")
    for mark in case.marks():
        if mark.id not in case.standing().decisions:
            case.decide([mark.id], Action.KEEP, "", "A year and counts; nobody is named.")
    submitted = submit(case, lane)
    said = [one for one in submitted.notes if "worked out" in one]
    assert len(said) == 1
    assert said[0].startswith("Document 1: 1 withheld cell can be worked out")
    assert "Counts" not in said[0]


def test_what_is_no_cell_is_said_to_be_none(case: Case, lane: Lane) -> None:
    computed = read_computed(case, lane, 1)
    with pytest.raises(UsageError, match="SHEET!B7"):
        look_at_cell(case, computed, "somewhere")


def test_the_command_says_what_can_be_worked_out(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    withhold(case, "B1")
    path = case.path
    case.close()
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text(PASSPHRASE, "utf-8")
    call = ["case", "dependants", str(path), "--document", "1", "--json"]
    assert main([*call, "--case-passphrase-file", str(passphrase)]) == 1
    assert json.loads(capsys.readouterr().out)["worked_out"] == ["Counts!B1"]
