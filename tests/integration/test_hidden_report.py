"""The hidden-content report from the command line and of a case."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import openpyxl
import pymupdf
import pytest

from redactor.app.hidden_report import export_reports, report_on_case
from redactor.app.reading import read_documents
from redactor.cli import main
from redactor.errors import UsageError
from redactor.workers import Lane
from tests.case_kit import new_case

MARKER = "Ysolde Carnforth"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    shown = book.active
    assert shown is not None
    shown.append(["Rank", "Number"])
    shown.append(["Constable", 41])
    staff = book.create_sheet("Staff")
    for number in range(30):
        staff.append([f"{MARKER} {number}", number])
    staff.sheet_state = "veryHidden"
    path = tmp_path / "workforce.xlsx"
    book.save(path)
    return path


def printed(path: Path) -> str:
    with pymupdf.open(path) as pdf:
        return " ".join(page.get_text() for page in pdf)


def test_inspect_writes_a_report_that_names_what_is_hidden_and_holds_none_of_it(
    tmp_path: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.pdf"
    assert main(["inspect", str(workbook), "--report", str(out), "--json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    hidden = {one["kind"]: one for one in shape["documents"][0]["hidden"]}
    assert hidden["very-hidden-sheet"]["place"] == "Staff"
    text = " ".join(printed(out).split())
    assert "1 very hidden sheet" in text
    assert "Microsoft Document Inspector" in text
    assert "WhatDoTheyKnow" in text
    assert MARKER not in text


def test_a_report_is_never_written_over_another_file(tmp_path: Path, workbook: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"mine")
    assert main(["inspect", str(workbook), "--report", str(out)]) == 2
    assert out.read_bytes() == b"mine"


def test_the_documents_of_a_case_are_reported_a_page_each(
    tmp_path: Path, workbook: Path, lane: Lane
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ms Carnforth\n", "utf-8")
    with closing(new_case(tmp_path / "a.redactor")) as case:
        for path in (workbook, letter):
            case.add_file(path)
        read_documents(case, lane)
        reports = report_on_case(case, lane)
        assert [one.name for one in reports] == ["workforce.xlsx", "letter.txt"]
        out = export_reports(reports, tmp_path / "report.pdf", lane)
        with pytest.raises(UsageError, match="named as one"):
            export_reports(reports, tmp_path / "report.txt", lane)
    with pymupdf.open(out) as pdf:
        firsts = [page.get_text() for page in pdf]
    assert any("Hidden content in letter.txt" in page for page in firsts)
    assert "Nothing is hidden in it" in printed(out)
