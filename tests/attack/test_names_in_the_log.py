"""A sheet, or a file within a file, is named after a person; the log is shown to others."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from redactor import review
from redactor.app.case import Case
from redactor.app.checking import check_path, export_log
from redactor.app.log_words import words_of
from redactor.app.reading import read_documents
from redactor.events import EventKind
from redactor.jobs import Reading
from redactor.model import Action, Incomplete, Ruling, Unread
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, PASSPHRASE, new_case, open_case, release_case

_REASON = "Nothing in it was asked for."
_NAMED = (
    "sheet:Petra Ashdown!B2",
    "sheet:Petra Ashdown/formulas",
    "word/media/Petra Ashdown.png",
    "word/petra_ashdown.xml/drawing:1",
    "xl/ashdown1.xml",
    "page:3/Petra Ashdown",
    "attachment 1/xl/ashdown1.xml",
    "part:Petra Ashdown#1",
)
_PLAIN = (
    "",
    "page:3",
    "page:3/image:1",
    "page:3/mark:1",
    "attachment 2",
    "earlier version 1",
    "line:12",
    "word/document.xml/equation:2",
    "word/media/image1.png",
    "xl/charts/chart12.xml",
)


def read(case: Case, *places: str) -> None:
    case.begin_reading(1)
    unread = tuple(Unread(one, "why", (Ruling.LEAVE_OUT,)) for one in places)
    incomplete = (Incomplete("sheet:Petra Ashdown!A1", "It took too long."),)
    case.finish_reading(1, Reading("", "xlsx", unread, incomplete, ()))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    draft = tmp_path / "book.xlsx"
    draft.write_bytes(b"a book")
    made = new_case(tmp_path / "case.redactor")
    made.add_file(draft)
    read(made, *_NAMED, *_PLAIN)
    return made


def rule_on_all(case: Case) -> None:
    for block in case.blocks():
        is_read = block.kind == "incomplete"
        ruling = Ruling.RELEASE_AS_SEEN if is_read else Ruling.LEAVE_OUT
        case.rule(1, block.place, ruling, _REASON)


def test_the_name_of_a_part_is_not_in_the_log(case: Case, tmp_path: Path):
    rule_on_all(case)
    export_log(case, tmp_path / "log.jsonl")
    written = (tmp_path / "log.jsonl").read_bytes().lower()
    assert b"petra" not in written
    assert b"ashdown" not in written
    ruled = [one for one in case.events() if one.kind is EventKind.RULED]
    assert [one.body["part"] for one in ruled if one.body["part"] in _PLAIN] == list(_PLAIN)
    assert "a part whose name the log does not hold in document 1" in words_of(ruled[0])
    assert "page 3, image 1 in document 1" in words_of(ruled[10])
    case.close(backup=False)


def test_a_ruling_holds_for_its_part_in_this_session_and_the_next(case: Case):
    places = {(1, block.place) for block in case.blocks()}
    rule_on_all(case)
    assert case.blocks() == ()
    assert set(case.standing().rulings) == places
    case.undo()
    assert [one.kind for one in case.blocks()] == ["incomplete"]
    case.redo()
    before = case.standing()
    case.close(backup=False)
    again = open_case(case.path)
    assert again.standing() == before
    assert again.blocks() == ()
    again.close(backup=False)


def test_a_ruling_does_not_hold_for_a_part_that_a_new_reading_named_otherwise(case: Case):
    rule_on_all(case)
    read(case, "sheet:Petra Ashdown!C3", "sheet:Petra Ashdown!B2")
    assert [one.place for one in case.blocks()] == ["sheet:Petra Ashdown!C3"]
    case.close(backup=False)


def test_the_same_name_in_two_documents_cannot_be_told_to_be_the_same(case: Case, tmp_path: Path):
    (tmp_path / "second.xlsx").write_bytes(b"another book")
    case.add_file(tmp_path / "second.xlsx")
    for number in (1, 2):
        case.rule(number, _NAMED[0], Ruling.LEAVE_OUT, _REASON)
    one, other = (event.body["part"] for event in case.events()[-2:])
    assert one != other
    assert case.place_of(1, one) == _NAMED[0]
    assert case.place_of(1, other) == other
    case.close(backup=False)


def test_what_is_signed_of_the_decisions_can_be_worked_out_from_the_log_alone(case: Case):
    rule_on_all(case)
    assert review.digest_of(review.standing(case.events())) == review.digest_of(case.standing())
    case.close(backup=False)


def test_a_workbook_whose_sheet_is_named_after_who_is_withheld_can_be_released(
    tmp_path: Path, lane: Lane
):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Zebedee Quillfeather"
    sheet.append(["Mr Zebedee Quillfeather", 2, 3])
    sheet.append(["in all", "=B1+C1"])
    book.save(tmp_path / "book.xlsx")
    case = new_case(tmp_path / "case.redactor")
    case.add_file(tmp_path / "book.xlsx")
    read_documents(case, lane)
    case.decide_term(
        "Zebedee Quillfeather", Action.REDACT, EXEMPTION, "it identifies a living person"
    )
    rest = [one.id for one in case.marks() if one.id not in case.standing().decisions]
    if rest:
        case.decide(rest, Action.REDACT, EXEMPTION, "it identifies a living person")
    (block,) = case.blocks()
    assert block.place == "sheet:Zebedee Quillfeather!B2"
    case.rule(1, block.place, Ruling.LEAVE_OUT, "A sum that was not asked for.")
    _, released = release_case(case, lane, tmp_path / "release")
    case.close()
    certificate = json.loads((released.folder / "certificate.json").read_bytes())
    assert certificate["rulings"][0]["place"].startswith("sealed:")
    assert all(b"Quillfeather" not in one.read_bytes() for one in released.folder.iterdir())
    assert check_path(released.folder, str) == []
    assert check_path(case.path, lambda: PASSPHRASE) == []
