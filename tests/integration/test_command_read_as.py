"""``redactor case read-as`` and the options of single files: the override through every layer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.integration.case_office import Office, call

#: Found by itself it is read as Windows-1252, and one column told apart by commas.
_TABLE = "Forename;Surname\r\nZoë;Quibell\r\nJosé;Vexley, late of Hythe\r\n"
_WAY = ("--document", "1", "--encoding", "cp850", "--delimiter", ";")


@pytest.fixture
def office(people: Office, tmp_path: Path) -> Office:
    """Give a case with a table in the code page of DOS, which was searched."""
    here = Office(tmp_path / "office")
    shutil.copytree(people.folder, here.folder)
    here.done("officer", "new", "--ref", "MC/1")
    show = call("identity", "show", here.folder / "reviewer.identity", "--json").shape
    invited = ("--fingerprint", show["fingerprint"], "--name", show["name"], "--role", "reviewer")
    here.done("officer", "invite", *invited)
    (tmp_path / "table.csv").write_bytes(_TABLE.encode("cp850"))
    here.done("officer", "add", tmp_path / "table.csv")
    here.done("officer", "scan")
    return here


def names(office: Office) -> set[str]:
    return {one["text"] for one in office.findings()}


def test_a_document_is_read_anew_and_released_as_it_was_chosen(
    office: Office, tmp_path: Path
) -> None:
    assert "Zoë" not in names(office)
    done = office.done("officer", "read-as", *_WAY, "--drop-decisions", "--reason", "DOS.")
    assert (done["encoding"], done["delimiter"], done["status"]) == ("cp850", ";", "read")
    assert done["notes"][0].startswith("Read as DOS code page 850 as you chose")
    assert {"Zoë", "Quibell", "José"} <= names(office)
    office.withhold_everything()
    leads = office.look("second-look").shape["leads"]
    if sure := [one["id"] for one in leads if one["sure"]]:
        office.done("officer", "second-look", "--accept", *sure)
    office.done("officer", "submit")
    office.done("reviewer", "approve")
    office.done("officer", "release", "--out", tmp_path / "out")
    written = (tmp_path / "out" / "table.csv").read_bytes().decode("utf-8-sig")
    assert written.startswith("Forename;Surname\r\n[s40(2)];[s40(2)]\r\n")
    told = call("case", "check", tmp_path / "out", "--json")
    assert told.code == 0, told.out


def test_decisions_are_asked_about_before_they_fall(office: Office) -> None:
    office.done("officer", "decide", "--all-undecided", "--keep", "--reason", "Public.")
    decided = sum(one["decision"] is not None for one in office.findings())
    assert decided
    told = office.work("officer", "read-as", *_WAY)
    assert told.code == 4
    assert "cannot be undone" in told.err + told.out
    assert sum(one["decision"] is not None for one in office.findings()) == decided
    done = office.done("officer", "read-as", *_WAY, "--drop-decisions")
    assert done["dropped"] == decided
    assert not any(one["decision"] for one in office.findings())
    checked = call("case", "check", office.case, "--case-passphrase-file", office.words, "--json")
    assert checked.code == 0, checked.out


def test_a_codec_that_does_not_fit_is_one_sentence_and_can_be_left_again(office: Office) -> None:
    told = office.work("officer", "read-as", "--document", "1", "--encoding", "utf-8")
    assert told.code == 3
    assert told.shape["errors"][0]["code"] == "wrong-encoding"
    again = office.done("officer", "read-as", "--document", "1")
    assert (again["encoding"], again["delimiter"], again["status"]) == (None, None, "read")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--encoding", "nonsense"), "no encoding of that name"),
        (("--delimiter", "ab"), "cannot be told apart"),
        ((), "in that way already"),
    ],
)
def test_what_is_no_way_of_reading_changes_nothing(
    office: Office, options: tuple[str, ...], said: str
) -> None:
    told = office.work("officer", "read-as", "--document", "1", *options)
    assert told.code == 2
    assert said in told.out + told.err


def test_a_reviewer_may_not(office: Office) -> None:
    told = office.work("reviewer", "read-as", *_WAY)
    assert told.code == 4
    assert "Only an officer" in told.out + told.err


@pytest.mark.parametrize("sign", [";", "semicolon"])
def test_single_files_are_read_as_asked(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(_TABLE.encode("cp850"))
    way = ("--encoding", "cp850", "--delimiter", sign)
    scanned = call("scan", path, *way)
    assert "Read as DOS code page 850 as you chose, fields told apart by semicolon" in scanned.out
    found = json.loads(call("scan", path, *way, "--json").out)["documents"][0]["findings"]
    assert {"Zoë", "José"} <= {one["text"] for one in found}
    assert call("inspect", path, *way, "--json").code == 0
    assert call("inspect", path, "--encoding", "utf-8", "--json").code == 3
    terms = tmp_path / "terms.txt"
    terms.write_text("Zoë\n", "utf-8")
    out = tmp_path / "out"
    assert call("redact", path, "--out", out, "--terms", terms, *way).code == 0
    assert (out / "table.csv").read_text("utf-8-sig").splitlines()[1] == "[s40(2)];Quibell"


@pytest.mark.parametrize("name", ["\\t", "tab"])
def test_a_tab_goes_by_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\tc,d\n")
    assert "told apart by tab as you chose" in call("scan", path, "--delimiter", name).out
