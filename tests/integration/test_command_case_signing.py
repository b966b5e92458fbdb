"""``redactor case``: two people bring a case from open to released, and anyone checks it."""

from __future__ import annotations

import json
import shutil

from redactor.case.vault import Vault
from tests.integration.case_office import CASE_WORDS, Office, call

# --- two people -------------------------------------------------------------------------------


def test_a_case_that_is_not_settled_is_not_submitted(office: Office):
    told = office.work("officer", "submit")
    assert told.code == 4
    kinds = {one["kind"] for one in told.shape["blocks"]}
    assert kinds == {"undecided"}
    assert told.shape["error"] == {"code": "blocked", "message": told.shape["message"]}
    assert "cannot be submitted" in told.err
    assert office.status()["state"] == "open"


def test_what_is_printed_in_the_margins_is_kept_with_the_submission(office: Office):
    office.withhold_everything()
    stamps = ("--stamp", "pages, redactions,footer", "--stamp-reference", "Request 7")
    submitted = office.done("officer", "submit", "--pdf-style", "raster", *stamps)
    log = office.folder / "log.jsonl"
    office.done("officer", "export-log", "--out", log)
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    body = next(one["body"] for one in events if one.get("seq") == submitted["event"])
    assert body["pdf"] == {
        "style": "raster",
        "pages": True,
        "redactions": True,
        "reference": "Request 7",
        "released": "FOIA 2000",
    }


def test_a_stamp_that_there_is_not_stops_a_submission(office: Office):
    office.withhold_everything()
    told = office.work("officer", "submit", "--stamp", "pages,date")
    assert told.code == 2
    assert "There is no stamp named date" in told.err
    assert office.status()["state"] == "in review"


def test_a_case_goes_through_two_people_from_open_to_released(office: Office):
    office.withhold_everything()
    assert office.status()["state"] == "in review"
    submitted = office.done("officer", "submit")
    assert submitted["state"] == "submitted"
    assert {"note.txt", "rows.csv", "manifest.json"} <= {one["name"] for one in submitted["files"]}
    assert submitted["checks"] > 0
    assert submitted["redactions"] > 0

    own = office.work("officer", "approve")
    assert own.code == 4
    assert "Ask somebody who has that role." in own.err
    twice = office.work("officer", "submit")
    assert twice.code == 4
    assert "A reviewer can approve it or return it." in twice.err
    early = office.work("officer", "release", "--out", office.folder / "early")
    assert early.code == 4
    assert not (office.folder / "early").exists()

    first = office.findings()[0]["id"]
    returned = office.done(
        *("reviewer", "return", "--reason", "One is doubtful."),
        *("--comment", f"{first}=Is this a public role? a=b"),
    )
    assert returned["state"] == "returned"
    (comment,) = office.findings()[0]["comments"]
    assert comment["text"] == "Is this a public role? a=b"
    assert comment["by"] == "Idris Vaughan"
    assert office.status()["returned"]["reason"] == "One is doubtful."

    office.done("officer", "submit")
    approved = office.done("reviewer", "approve")
    assert (approved["state"], approved["approved_by"]) == ("approved", "Idris Vaughan")
    status = office.status()
    assert (status["submitted_by"], status["approved_by"]) == ("Morwenna Teague", "Idris Vaughan")

    out = office.folder / "release"
    released = office.done("officer", "release", "--out", out)
    assert released["state"] == "released"
    assert {one["path"] for one in released["files"]} == {one.name for one in out.iterdir()}
    assert "Okoro" not in (out / "note.txt").read_text("utf-8")
    assert call("case", "check", out, "--json").shape == {"ok": True, "problems": []}
    with (out / "note.txt").open("a") as file:
        file.write("x")
    broken = call("case", "check", out, "--json")
    assert broken.code == 1
    assert broken.shape["ok"] is False
    assert set(broken.shape["problems"][0]) == {"seq", "kind", "message"}


def test_a_change_after_submitting_takes_it_back_and_says_so(submitted: Office):
    office = submitted
    finding = str(office.findings()[0]["id"])
    told = office.work("officer", "decide", "--finding", finding, "--keep", "--reason", "why")
    assert told.code == 0
    assert "took away the submission" in told.err
    status = office.status()
    assert status["state"] == "in review"
    assert status["voided"]["what"] == "submission"
    assert status["voided"]["change"]["kind"] == "decided"
    assert office.work("reviewer", "approve").code == 4


def test_a_comment_is_written_with_the_number_of_a_finding(office: Office):
    for comment in ("doubtful", "one=doubtful", f"{'9' * 30}=doubtful", "=doubtful"):
        told = office.work("reviewer", "return", "--reason", "why", "--comment", comment)
        assert told.code == 2
        assert "ID=TEXT" in told.err


# --- checks -----------------------------------------------------------------------------------


def test_a_sound_case_and_its_exported_log_check_out(office: Office):
    assert office.look("check").shape == {"ok": True, "problems": []}
    log = office.folder / "log.jsonl"
    shape = office.look("export-log", "--out", log).shape
    assert shape["events"] > 3
    assert call("case", "check", log, "--json").shape == {"ok": True, "problems": []}
    text = log.read_text("utf-8")
    assert "Okoro" not in text
    log.write_text(text.replace("Morwenna", "Somebody", 1), "utf-8")
    told = call("case", "check", log, "--json")
    assert told.code == 1
    assert told.shape["problems"]
    plain = call("case", "check", log)
    assert plain.code == 1
    assert plain.out.strip()


def test_an_export_is_written_over_no_other_file(office: Office):
    log = office.folder / "log.jsonl"
    log.write_bytes(b"")
    for _ in range(2):
        assert office.look("export-log", "--out", log).code == 0
    other = office.folder / "a case under another name"
    shutil.copy(office.case, other)
    for path in (other, office.words, office.folder / "officer.identity"):
        before = path.read_bytes()
        told = office.look("export-log", "--out", path)
        assert told.code == 2
        assert "no exported log" in told.err
        assert path.read_bytes() == before


def test_a_log_that_was_cut_off_shows_against_the_certificate(submitted: Office):
    office = submitted
    office.done("reviewer", "approve")
    office.done("officer", "release", "--out", office.folder / "release")
    certificate = ("--certificate", office.folder / "release" / "certificate.json")
    log = office.folder / "log.jsonl"
    office.look("export-log", "--out", log)
    assert call("case", "check", log, *certificate).code == 0
    log.write_text("".join(log.read_text("utf-8").splitlines(keepends=True)[:4]), "utf-8")
    told = call("case", "check", log, *certificate, "--json")
    assert told.code == 1
    assert "cut-off" in {one["kind"] for one in told.shape["problems"]}
    assert office.look("check", *certificate).code == 0
    assert call("case", "check", office.folder / "release", *certificate).code == 2


def test_a_log_that_makes_no_sense_any_more_is_still_checked(office: Office):
    office.withhold_everything()
    opened = Vault.open(office.case, CASE_WORDS, lambda version: None)
    with opened.change() as link:
        guard = "events_are_never_changed"
        (made,) = link.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,)).fetchone()
        link.execute(f"DROP TRIGGER {guard}")
        link.execute("UPDATE events SET body = '{}' WHERE kind = 'decided'")
        link.execute(made)
    opened.close()
    told = office.look("check")
    assert told.code == 1
    (problem,) = told.shape["problems"]
    assert problem["kind"] == "changed"
    assert problem["seq"] is not None
    looked = office.look("status")
    assert looked.code == 3
    assert "changed outside Redactor" in looked.err


def test_a_damaged_case_is_broken_and_not_unreadable(office: Office):
    data = bytearray(office.case.read_bytes())
    data[5000] ^= 1
    office.case.write_bytes(data)
    told = office.look("check")
    assert told.code == 1
    assert told.shape["ok"] is False
    assert "damaged" in {one["kind"] for one in told.shape["problems"]}
    office.case.write_bytes(b"not a case at all")
    told = office.look("check")
    assert told.code == 1
    assert [one["kind"] for one in told.shape["problems"]] == ["damaged"]
