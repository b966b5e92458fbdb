"""``redactor case second-look`` and ``case sample``: the contract of both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.case_office import EXEMPTION, Office, call

#: The search reads no file names, so that two of them are missed.
_FILES = {
    "statement.txt": "Statement of Mr Zebedee Quillfeather, clerk.\n",
    "quillfeather.txt": "The roof of the hall was talked of.\n",
    "reply_to_z_quillfeather.txt": "So was the floor.\n",
}


@pytest.fixture
def office(people: Office, tmp_path: Path) -> Office:
    """Give a case in which one name is redacted wherever the search proposed it."""
    here = Office(tmp_path / "office")
    shutil.copytree(people.folder, here.folder)
    here.done("officer", "new", "--ref", "MC/1")
    show = call("identity", "show", here.folder / "reviewer.identity", "--json").shape
    invited = ("--fingerprint", show["fingerprint"], "--name", show["name"], "--role", "reviewer")
    here.done("officer", "invite", *invited)
    for name, text in _FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    here.done("officer", "add", *(tmp_path / name for name in _FILES))
    here.done("officer", "scan")
    ground = ("--redact", "--exemption", EXEMPTION, "--reason", "Not fair to disclose.")
    here.done("officer", "decide", "--all-undecided", *ground)
    assert any(one["label"] == "PERSON" for one in here.findings())
    return here


def leads(office: Office) -> list[dict]:
    return office.look("second-look").shape["leads"]


def test_what_was_missed_is_listed_for_whoever_can_open_the_case(office: Office):
    told = office.look("second-look")
    assert told.code == 1, "it found what it looks for"
    sure = [one for one in told.shape["leads"] if one["sure"]]
    assert told.shape["waiting"]["sure"] == len(sure) > 0
    assert told.shape["recorded"] is False
    assert {one["kind"] for one in sure} <= {"same-words", "variant"}
    assert all(one["ruling"] is None for one in sure)
    lines = call("case", "second-look", office.case, "--case-passphrase-file", office.words)
    assert sure[0]["id"] in lines.out
    assert "all but certainly missed" in lines.out


def test_submitting_is_blocked_until_what_is_certain_is_ruled_on(office: Office):
    told = office.work("officer", "submit")
    assert told.code == 4
    (block,) = [one for one in told.shape["blocks"] if one["kind"] == "second-look"]
    assert block["count"] == len([one for one in leads(office) if one["sure"]])
    assert "wait" in block["message"]
    assert "second-look" in str(office.status()["blocks"])


def test_accepting_and_dismissing_go_by_id_and_then_it_can_be_submitted(office: Office):
    sure = [one["id"] for one in leads(office) if one["sure"]]
    accepted = office.done("officer", "second-look", "--accept", sure[0])
    assert accepted["ruled"] == 1
    left = [one["id"] for one in accepted["leads"] if one["sure"] and one["ruling"] is None]
    while left:
        done = office.done(
            "officer", "second-look", "--dismiss", *left, "--because", "another-person"
        )
        left = [one["id"] for one in done["leads"] if one["sure"] and one["ruling"] is None]
    submitted = office.done("officer", "submit")
    assert submitted["state"] == "submitted"


def test_a_dismissal_without_a_reason_and_an_unknown_place_are_refused(office: Office):
    one = leads(office)[0]["id"]
    told = office.work("officer", "second-look", "--dismiss", one)
    assert (told.code, "needs words" in told.err) == (2, True)
    told = office.work("officer", "second-look", "--accept", "0123456789abcdef")
    assert told.code == 2
    told = office.look("second-look", "--accept", one)
    assert told.code == 2, "who rules has to say who they are"


def test_the_reviewer_reads_the_sample_and_the_certificate_says_so(office: Office, tmp_path: Path):
    while sure := [one["id"] for one in leads(office) if one["sure"] and not one["ruling"]]:
        office.done("officer", "second-look", "--accept", *sure)
    office.done("officer", "submit")
    assert office.work("officer", "sample").code != 0, "who prepared it does not read it"
    sample = office.done("reviewer", "sample")
    assert sample["drawn"] == sample["units"] == len(sample["passages"])
    assert "Quillfeather" not in str(sample["passages"])
    units = [str(one["unit"]) for one in sample["passages"]]
    told = office.work("reviewer", "sample", "--clear", "999")
    assert told.code == 2
    done = office.done("reviewer", "sample", "--clear", *units)
    assert done["looked_at"] == len(units)
    assert done["sample"]["missed_units"] == 0
    office.done("reviewer", "approve")
    office.done("officer", "release", "--out", tmp_path / "out")
    assert call("case", "check", tmp_path / "out").code == 0


def test_something_missed_sends_the_case_back(office: Office):
    while sure := [one["id"] for one in leads(office) if one["sure"] and not one["ruling"]]:
        office.done("officer", "second-look", "--accept", *sure)
    office.done("officer", "submit")
    units = [str(one["unit"]) for one in office.done("reviewer", "sample")["passages"]]
    if len(units) > 1:
        office.done("reviewer", "sample", "--clear", *units[1:])
    done = office.done(
        "reviewer", "sample", "--missed", units[0], "--places", "2", "--reason", "A name."
    )
    assert (done["state"], done["missed"]) == ("returned", 2)
    assert "2 places that were missed" in office.status()["returned"]["reason"]
