"""``redactor case``: documents, what is found in them, and what is decided."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from redactor.case.backup import backup_path
from tests.integration.case_office import EXEMPTION, NOTE, Office, call

# --- documents --------------------------------------------------------------------------------


def test_the_same_bytes_are_taken_in_once(office: Office):
    (office.folder / "copy.txt").write_text(NOTE, "utf-8")
    shape = office.done("officer", "add", office.folder / "copy.txt")
    assert shape["added"] == []
    (already,) = shape["already"]
    assert set(already) == {"document", "path", "sha256"}
    assert already["path"] == str(office.folder / "copy.txt")
    assert office.status()["documents"] == 2


def test_a_folder_gives_its_files_but_not_the_case_and_its_keys(office: Office):
    (office.folder / "more.txt").write_text("Nothing to see.\n", "utf-8")
    told = office.work("officer", "add", office.folder)
    assert told.code == 0, told.err
    names = {Path(one["path"]).name for one in told.shape["added"]}
    assert "more.txt" in names
    assert not names & {"case.txt", "own.txt", "officer.identity"}
    assert not [name for name in names if name.startswith("case.redactor")]
    assert "case.redactor was passed over" in told.err


def test_a_change_leaves_a_backup_behind(office: Office):
    backup_path(office.case).unlink(missing_ok=True)
    office.look("status")
    assert not backup_path(office.case).exists()
    office.withhold_everything()
    assert backup_path(office.case).read_bytes() == office.case.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are made the POSIX way")
def test_what_is_no_file_is_reported_and_the_rest_is_taken_in(office: Office):
    folder = office.folder / "odd"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "link.txt").symlink_to(folder / "gone.txt")
    (folder / "real.txt").write_text("Nothing to see.\n", "utf-8")
    told = office.work("officer", "add", folder)
    assert told.code == 3
    assert [Path(one["path"]).name for one in told.shape["added"]] == ["real.txt"]
    found = {Path(one["path"]).name: one["code"] for one in told.shape["errors"]}
    assert found == {"link.txt": "missing", "pipe.txt": "no-file"}


def test_a_folder_that_cannot_be_looked_into_is_reported(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    folder, scan = office.folder / "shut", os.scandir
    (folder / "inside").mkdir(parents=True)
    (folder / "real.txt").write_text("Nothing to see.\n", "utf-8")

    def refuse(path: Any) -> Any:
        if Path(path).name == "inside":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    told = office.work("officer", "add", folder)
    assert told.code == 3
    assert [one["path"] for one in told.shape["errors"]] == [str(folder / "inside")]
    assert [Path(one["path"]).name for one in told.shape["added"]] == ["real.txt"]


# --- looking at it ----------------------------------------------------------------------------


def test_what_is_no_case_is_said_before_a_passphrase_is_asked_for(office: Office):
    for action in ("status", "check"):
        told = call("case", action, office.folder / "elsewhere.redactor", "--json")
        assert told.code == 3
        assert "elsewhere.redactor is not there" in told.shape["error"]["message"]
    told = call("case", "status", office.folder, "--json")
    assert told.code == 3
    assert "is a folder" in told.shape["error"]["message"]


def test_status_gives_the_shape_of_the_contract(office: Office):
    shape = office.status()
    assert list(shape)[:5] == ["state", "ref", "documents", "findings", "blocks"]
    assert (shape["state"], shape["ref"], shape["documents"]) == ("open", "MC/1", 2)
    assert set(shape["findings"]) == {"undecided", "redact", "keep"}
    assert shape["received"] == "2026-01-05"
    assert shape["blocks"]
    for block in shape["blocks"]:
        assert {"kind", "document", "place", "message"} <= set(block)
        assert block["kind"] == "undecided"
        assert block["document"] in {1, 2}
    undecided = [one for one in office.findings() if one["decision"] is None and not one["hidden"]]
    assert shape["findings"] == {"undecided": len(undecided), "redact": 0, "keep": 0}


def test_findings_give_the_shape_of_the_contract(office: Office):
    told = office.look("findings")
    documents = told.shape["documents"]
    assert [one["path"] for one in documents] == ["note.txt", "rows.csv"]
    assert [one["format"] for one in documents] == ["txt", "csv"]
    ids = [finding["id"] for one in documents for finding in one["findings"]]
    assert len(ids) == len(set(ids)) > 3
    lines = NOTE.splitlines()
    for finding in documents[0]["findings"]:
        line = lines[int(finding["segment"].removeprefix("line:")) - 1]
        assert line[finding["start"] : finding["end"]] == finding["text"]
        assert finding["decision"] is None
        assert finding["comments"] == []
        assert finding["proposal"] in {"redact", "keep"}
    assert all("column" in one for one in documents[1]["findings"])
    names = [one for one in documents[0]["findings"] if one["label"] == "PERSON"]
    assert names[0]["person"].startswith("P")


def test_without_json_people_read_sentences(office: Office):
    opened = ("--case-passphrase-file", office.words)
    told = call("case", "status", office.case, *opened)
    assert "MC/1: open, 2 documents" in told.out
    assert "Morwenna Teague, officer" in told.out
    assert "undecided: document 1 (note.txt): " in told.out
    assert "`redactor case decide` decides" in told.out
    assert "Sarah Okoro  [undecided]" in call("case", "findings", office.case, *opened).out
    assert "Sarah Okoro" in call("case", "person", office.case, *opened).out


# --- decisions --------------------------------------------------------------------------------


def test_decisions_reach_what_was_asked_for_and_nothing_else(office: Office):
    findings = office.findings()
    phone = next(one for one in findings if one["label"] == "PHONE")
    why = ("--reason", "Not fair to disclose.")
    redact = ("--redact", "--exemption", EXEMPTION, *why)
    shape = office.done("officer", "decide", "--finding", str(phone["id"]), *redact)
    assert shape["decided"] == 1
    by_label = office.done("officer", "decide", "--label", "phone,DOB", "--keep", *why)
    dates = [one for one in findings if one["label"] == "DOB"]
    assert by_label["decided"] == len(dates), "what was decided is left alone"
    now = {one["id"]: one["decision"] for one in office.findings()}
    assert now[phone["id"]] == {
        "action": "redact",
        "exemption": EXEMPTION,
        "reason": "Not fair to disclose.",
        "public_interest": "",
        "by": "Morwenna Teague",
        "at": now[phone["id"]]["at"],
    }
    rest = office.status()["findings"]["undecided"]
    assert office.withhold_everything()["decided"] == rest
    assert office.withhold_everything() == {"decided": 0, "event": None}
    assert office.status()["findings"]["undecided"] == 0


def test_a_term_is_decided_wherever_it_stands(office: Office):
    redact = ("--redact", "--exemption", EXEMPTION, "--reason", "why")
    shape = office.done("officer", "decide", "--term", "Call", *redact)
    assert shape["decided"] == 1
    (found,) = [one for one in office.findings() if one["text"] == "Call"]
    assert found["label"] == "MANUAL"
    nowhere = office.work("officer", "decide", "--term", "Zebedee", *redact)
    assert nowhere.code == 2
    assert "Zebedee" not in nowhere.err


def test_a_decision_that_is_not_whole_is_refused(office: Office):
    before = office.status()["findings"]
    for given in (
        ("--all-undecided", "--redact", "--reason", "why"),
        ("--all-undecided", "--redact", "--exemption", "s40(2)", "--reason", "why"),
        ("--all-undecided", "--keep", "--reason", " "),
        ("--all-undecided", "--keep"),
        ("--all-undecided", "--keep", "--exemption", EXEMPTION, "--reason", "why"),
        ("--all-undecided", "--finding", "1", "--keep", "--reason", "why"),
        ("--label", "NONSENSE", "--keep", "--reason", "why"),
        ("--label", ",", "--keep", "--reason", "why"),
        ("--finding", "99999", "--keep", "--reason", "why"),
        ("--finding", "9" * 30, "--keep", "--reason", "why"),
        ("--finding", "one", "--keep", "--reason", "why"),
        ("--keep", "--reason", "why"),
    ):
        told = office.work("officer", "decide", *given)
        assert told.code == 2, given
        assert told.shape["error"]["code"] == "usage", given
        assert told.shape["error"]["message"] in told.err, given
    assert office.status()["findings"] == before


def test_a_qualified_limb_wants_the_public_interest(office: Office):
    redact = ("--all-undecided", "--redact", "--exemption", "s31(1)(a)", "--reason", "why")
    office.done("officer", "decide", *redact)
    assert {one["kind"] for one in office.status()["blocks"]} == {"public-interest"}
    again = [str(one["id"]) for one in office.findings()]
    weighed = ("--public-interest", "Harm outweighs it.", *redact[1:])
    office.done("officer", "decide", "--finding", *again, *weighed)
    assert office.status()["blocks"] == []


# --- rulings ----------------------------------------------------------------------------------


def test_rulings_settle_what_could_not_be_read(troubled: Office):
    blocks = troubled.status()["blocks"]
    assert [(one["kind"], one["document"]) for one in blocks] == [("unread", 1), ("unreadable", 2)]
    why = ("--reason", "It is a blank picture.")
    seen = ("--block", "unread", "--document", "picture.pdf", "--ruling", "release-as-seen")
    shape = troubled.done("officer", "rule", *seen, *why)
    assert shape["ruled"] == 1
    assert shape["rulings"][0]["ruling"] == "release-as-seen"
    assert shape["rulings"][0]["place"] == blocks[0]["place"]
    shape = troubled.done("officer", "rule", "--block", "unreadable", "--document", "2", *why)
    assert shape["rulings"][0]["ruling"] == "leave-out"
    assert troubled.status()["blocks"] == []


def test_a_ruling_is_on_a_block_that_is_there_and_one_that_may_be_made(troubled: Office):
    why = ("--reason", "why")
    for given in (
        ("--block", "incomplete"),
        ("--block", "unread", "--place", "page:9/image:1"),
        ("--block", "unread", "--document", "2"),
        ("--block", "unread", "--document", "elsewhere.pdf"),
        ("--block", "unreadable", "--ruling", "release-as-seen"),
        ("--block", "undecided"),
    ):
        assert troubled.work("officer", "rule", *given, *why).code == 2, given
    assert len(troubled.status()["blocks"]) == 2


# --- persons ----------------------------------------------------------------------------------


def test_persons_are_listed_merged_split_named_and_kept(office: Office):
    listed = office.look("person").shape["persons"]
    assert listed == office.look("person", "list").shape["persons"]
    first, second = listed[0], listed[1]
    merged = office.done("officer", "person", "merge", first["id"], second["id"])
    assert len(merged["persons"]) == len(listed) - 1
    one = next(each for each in merged["persons"] if each["id"] == first["id"])
    assert one["mentions"] == first["mentions"] + second["mentions"]
    mark = second["id"].removeprefix("P")
    split = office.done("officer", "person", "split", one["id"], "--finding", mark)
    assert len(split["persons"]) == len(listed)
    mentions = next(each["mentions"] for each in split["persons"] if each["id"] == first["id"])
    assert mentions == one["mentions"] - 1
    other = next(each["id"] for each in split["persons"] if each["id"] == f"P{mark}")
    stray = office.work("officer", "person", "split", other, "--finding", one["id"][1:])
    assert stray.code == 2
    office.done("officer", "person", "role", first["id"], "public-official")
    assert office.work("officer", "person", "role", first["id"], "emperor").code == 2
    kept = office.done("officer", "person", "keep", first["id"], "--reason", "A public role.")
    assert (kept["decided"], kept["person"]) == (mentions, first["id"])
    named = next(
        each for each in office.look("person").shape["persons"] if each["id"] == first["id"]
    )
    assert (named["role"], named["keep"]) == ("public-official", mentions)


def test_options_stand_before_or_after_what_is_done_with_persons(office: Office):
    told = call(
        *("case", "person", "--case-passphrase-file", office.words, *office.who("officer")),
        *("--json", office.case, "role", "P1", "witness"),
    )
    assert told.code == 0, told.err
    assert told.shape["persons"][0]["role"] == "witness"
