"""``redactor letter CASE``, ``case request``, ``case justify``: the contract, as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from redactor.cli import main
from tests.integration.case_office import Office, call

LIMB = "s40(2) by s40(3A)(a)"
ASKED = {
    "received": "2019-03-15",
    "stance": "held",
    "questions": [
        {
            "asked": "What did the panel say?",
            "stance": "held",
            "answer": "",
            "documents": [1],
            "justification": 0,
        }
    ],
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give an office with an officer and a case that holds one note."""
    made = Office(tmp_path)
    made.words.write_text("four invented words here", "utf-8")
    (tmp_path / "own.txt").write_text("words of one's own", "utf-8")
    new = ("identity", "new", "--name", "Morwenna Teague", "--role", "officer")
    own = ("--passphrase-file", tmp_path / "own.txt")
    assert call(*new, "--out", tmp_path / "officer.identity", *own).code == 0
    made.done("officer", "new", "--ref", "FOI/26/117")
    note = tmp_path / "note.txt"
    note.write_text("The panel met on Monday.\nZebedee Marl spoke.\n", "utf-8")
    made.done("officer", "add", note)
    made.done("officer", "scan")
    return made


def _record(office: Office) -> dict:
    given = office.folder / "asked.json"
    given.write_text(json.dumps(ASKED), "utf-8")
    return office.done("officer", "request", "--from", given)


def test_the_clock_of_a_case_is_in_its_status(office: Office) -> None:
    assert _record(office)["clock"]["due"] == "2019-04-15"
    clock = office.status()["clock"]
    assert (clock["state"], clock["due"]) == ("overdue", "2019-04-15")
    assert clock["days_left"] < 0


def test_redactions_rest_on_a_justification_and_say_what_it_says_now(office: Office) -> None:
    why = ("justify", "--exemption", LIMB, "--answer", "harm=Distress.")
    assert office.done("officer", *why, "--reason", "First.")["justification"] == 1
    office.done("officer", "decide", "--all-undecided", "--redact", "--justification", "1")
    again = office.done("officer", *why, "--reason", "Second.", "--number", "1")
    assert again["redactions"] > 0
    found = office.look("findings").shape["documents"][0]["findings"]
    reasons = {one["decision"]["reason"] for one in found if one["decision"]}
    assert reasons == {"Second."}


def test_a_decision_needs_a_reason_or_a_justification(office: Office) -> None:
    told = office.work("officer", "decide", "--all-undecided", "--redact", "--exemption", LIMB)
    assert told.code == 2
    assert "needs a reason" in told.err + told.out


def test_the_letter_of_a_case_is_written_for_whoever_asked(office: Office) -> None:
    _record(office)
    office.done(
        "officer", "decide", "--all-undecided", "--redact", "--exemption", LIMB, "--reason", "x y."
    )
    who = office.folder / "who.txt"
    who.write_text("Ottoline Farr\n4 Example Row\n", "utf-8")
    out = office.folder / "letter.docx"
    opened = ("--case-passphrase-file", office.words, "--json")
    told = call("letter", office.case, "--out", out, "--requester-file", who, *opened)
    assert told.code == 0, told.err
    assert told.shape["letter"] == str(out)
    said = "\n".join(one.text for one in Document(str(out)).paragraphs)
    assert "Dear Ottoline Farr" in said
    assert "What did the panel say?" in said


def test_a_request_that_is_not_one_is_refused_by_the_name_of_its_file(office: Office) -> None:
    given = office.folder / "asked.json"
    given.write_text('{"questions": 4}', "utf-8")
    told = office.work("officer", "request", "--from", given)
    assert told.code == 2
    assert "asked.json" in told.err + told.out


def test_the_letter_command_wants_a_case_or_a_draft() -> None:
    assert main(["letter"]) == 2
