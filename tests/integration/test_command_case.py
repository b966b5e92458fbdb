"""``redactor case`` and ``identity``: the contract, in this process and as really called."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import logging
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from redactor.app import output_case
from redactor.case.backup import backup_path
from redactor.case.vault import Vault
from redactor.cli import main

_ROOT = Path(__file__).resolve().parents[2]
_EXEMPTION = "s40(2) by s40(3A)(a)"
_CASE_WORDS = "four invented words here"
_OWN_WORDS = "words of one's own – ñ"
_NOTE = "Statement of Sarah Okoro\nShe was born on 14 March 1990.\nCall 07700 900412.\n"


@dataclass(frozen=True)
class Told:
    """What a call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def shape(self) -> Any:
        return json.loads(self.out)


def call(*arguments: str | Path) -> Told:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(one) for one in arguments])
    return Told(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class Office:
    """Where the invented people of these tests keep their things."""

    folder: Path

    @property
    def case(self) -> Path:
        return self.folder / "case.redactor"

    @property
    def words(self) -> Path:
        return self.folder / "case.txt"

    def who(self, name: str) -> tuple[str | Path, ...]:
        return (
            "--identity",
            self.folder / f"{name}.identity",
            "--passphrase-file",
            self.folder / "own.txt",
        )

    def look(self, action: str, *arguments: str | Path) -> Told:
        opened = ("--case-passphrase-file", self.words, "--json")
        return call("case", action, self.case, *arguments, *opened)

    def work(self, who: str, action: str, *arguments: str | Path) -> Told:
        return self.look(action, *arguments, *self.who(who))

    def done(self, who: str, action: str, *arguments: str | Path) -> Any:
        told = self.work(who, action, *arguments)
        assert told.code == 0, told.err
        return told.shape

    def status(self) -> Any:
        return self.look("status").shape

    def findings(self) -> list[Any]:
        documents = self.look("findings").shape["documents"]
        return [finding for one in documents for finding in one["findings"]]

    def withhold_everything(self) -> Any:
        ground = ("--redact", "--exemption", _EXEMPTION, "--reason", "Not fair to disclose.")
        return self.done("officer", "decide", "--all-undecided", *ground)


@pytest.fixture(autouse=True)
def _keep_loggers() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Three people with their keys and passphrases, and no case yet."""
    office = Office(tmp_path_factory.mktemp("people"))
    office.words.write_text(f"{_CASE_WORDS}\nthe rest is a note\n", "utf-8")
    (office.folder / "own.txt").write_text(_OWN_WORDS, "utf-8-sig")
    for name, full, role in (
        ("officer", "Morwenna Teague", "officer"),
        ("reviewer", "Idris Vaughan", "reviewer"),
        ("stranger", "Agnes Pell", "officer"),
    ):
        told = call(
            *("identity", "new", "--name", full, "--role", role),
            *("--out", office.folder / f"{name}.identity"),
            *("--passphrase-file", office.folder / "own.txt", "--json"),
        )
        assert told.code == 0, told.err
    return office


@pytest.fixture(scope="module")
def read_case(people: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A case with two documents that were searched, and a reviewer."""
    office = Office(tmp_path_factory.mktemp("read"))
    shutil.copytree(people.folder, office.folder, dirs_exist_ok=True)
    drafts = office.folder / "drafts – Ω"
    drafts.mkdir()
    (drafts / "note.txt").write_text(_NOTE, "utf-8")
    (drafts / "rows.csv").write_text("Surname,Forename\nOkoro,Sarah\nNorreys,Ann\n", "utf-8")
    office.done("officer", "new", "--ref", "MC/1", "--received", "2026-01-05")
    show = call("identity", "show", office.folder / "reviewer.identity", "--json").shape
    invited = ("--fingerprint", show["fingerprint"], "--name", show["name"], "--role", "reviewer")
    office.done("officer", "invite", *invited)
    office.done("officer", "add", drafts)
    office.done("officer", "scan")
    return office


@pytest.fixture(scope="module")
def troubled_case(people: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A case with a picture that nobody could read and a file that could not be opened."""
    office = Office(tmp_path_factory.mktemp("troubled"))
    shutil.copytree(people.folder, office.folder, dirs_exist_ok=True)
    document = pymupdf.open()
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 300, 400), 0)
    picture.clear_with(200)
    for row in range(60, 340):  # a scrawl that no engine reads
        across = 150 + round(90 * math.sin(row / 9) * math.cos(row / 31))
        picture.set_rect(pymupdf.IRect(across, row, across + 4, row + 2), (20, 20, 60))
    document.new_page().insert_image((50, 50, 350, 450), pixmap=picture)
    document.save(office.folder / "picture.pdf")
    (office.folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    office.done("officer", "new", "--ref", "MC/2")
    added = office.work(
        "officer",
        *("add", office.folder / "picture.pdf", office.folder / "broken.pdf"),
        office.folder / "missing.txt",
    )
    assert added.code == 3
    assert [one["code"] for one in added.shape["errors"]] == ["missing"]
    assert "missing.txt" in added.shape["errors"][0]["message"]
    assert [one["document"] for one in added.shape["added"]] == [1, 2]
    scanned = office.work("officer", "scan")
    assert scanned.code == 3
    (refused,) = scanned.shape["errors"]
    assert refused["path"] == "broken.pdf"
    assert "broken.pdf" in refused["message"]
    assert refused["code"]
    assert [one["status"] for one in scanned.shape["documents"]] == ["read", "refused"]
    assert scanned.shape["documents"][0]["unread"]
    assert office.done("officer", "scan")["errors"] == []  # there was nothing more to read
    return office


@pytest.fixture(scope="module")
def submitted_case(read_case: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The same case with everything withheld and submitted."""
    office = _copy(read_case, tmp_path_factory.mktemp("submitted"))
    office.withhold_everything()
    office.done("officer", "submit")
    return office


def _copy(office: Office, to: Path) -> Office:
    """Copy a closed case, which is one file, with all that opens it."""
    shutil.copytree(office.folder, to, dirs_exist_ok=True)
    return Office(to)


@pytest.fixture
def office(read_case: Office, tmp_path: Path) -> Office:
    return _copy(read_case, tmp_path)


@pytest.fixture
def submitted(submitted_case: Office, tmp_path: Path) -> Office:
    return _copy(submitted_case, tmp_path)


@pytest.fixture
def troubled(troubled_case: Office, tmp_path: Path) -> Office:
    return _copy(troubled_case, tmp_path)


# --- identities -------------------------------------------------------------------------------


def test_an_identity_is_shown_without_its_passphrase(people: Office):
    shown = call("identity", "show", people.folder / "officer.identity", "--json")
    assert shown.code == 0
    assert set(shown.shape) == {"name", "role", "fingerprint"}
    assert (shown.shape["name"], shown.shape["role"]) == ("Morwenna Teague", "officer")
    assert len(shown.shape["fingerprint"]) == 40
    plain = call("identity", "show", people.folder / "officer.identity")
    assert "Morwenna Teague, officer" in plain.out
    assert shown.shape["fingerprint"] in plain.out.replace(" ", "")


def test_an_identity_is_never_written_over_another(people: Office):
    before = (people.folder / "officer.identity").read_bytes()
    told = call(
        *("identity", "new", "--name", "Somebody Else", "--role", "officer"),
        *("--out", people.folder / "officer.identity"),
        *("--passphrase-file", people.folder / "own.txt", "--json"),
    )
    assert told.code == 3
    assert told.shape["error"]["code"] == "identity"
    assert (people.folder / "officer.identity").read_bytes() == before


# --- passphrases ------------------------------------------------------------------------------


def test_without_a_passphrase_or_a_terminal_the_option_is_named(office: Office):
    told = call("case", "status", office.case, "--json")
    assert told.code == 2
    assert "--case-passphrase-file" in told.err
    told = call(
        *("case", "scan", office.case, "--case-passphrase-file", office.words),
        *("--identity", office.folder / "officer.identity"),
    )
    assert told.code == 2
    assert " --passphrase-file" in told.err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "--case-passphrase-file is empty"),
        (b"\nfour invented words here\n", "empty"),
        (b"secret" * 1000, "too long"),
        ("four invented words here".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_file_that_holds_no_passphrase_is_refused_without_quoting_it(
    office: Office, written: bytes, said: str
):
    office.words.write_bytes(written)
    told = office.look("status")
    assert told.code == 2
    assert said in told.err
    assert "secret" not in told.err
    assert "invented" not in told.err


def test_only_the_first_line_of_the_file_counts_in_any_form_of_unicode(
    people: Office, tmp_path: Path
):
    composed, decomposed = tmp_path / "nfc.txt", tmp_path / "nfd.txt"
    composed.write_bytes("caf\u00e9 of words\r\nand a note".encode())
    decomposed.write_bytes(b"\xef\xbb\xbf" + "cafe\u0301 of words\n".encode())
    case = tmp_path / "x.redactor"
    new = ("--ref", "MC/3", "--case-passphrase-file", composed, *people.who("officer"))
    assert call("case", "new", case, *new).code == 0
    assert call("case", "status", case, "--case-passphrase-file", decomposed).code == 0


def test_a_wrong_passphrase_opens_nothing_and_is_not_quoted(office: Office):
    office.words.write_text("other invented words", "utf-8")
    told = office.look("status")
    assert told.code == 3
    assert "does not open" in told.err
    assert "invented" not in told.err + told.out
    assert office.look("check").code == 3


def test_a_passphrase_on_the_command_line_is_refused_and_not_printed(office: Office):
    for given in (["--passphrase", "hunter-two"], ["--case-passphrase=hunter-two"]):
        told = call("case", "status", office.case, *given)
        assert told.code == 2
        assert "hunter-two" not in told.err + told.out
        assert given[0].split("=")[0] in told.err


def test_one_place_for_a_passphrase_and_not_two(office: Office):
    told = office.look("status", "--case-passphrase-fd", "0")
    assert told.code == 2
    assert "not both" in told.err


@pytest.mark.skipif(os.name != "posix", reason="descriptors are POSIX's")
def test_both_passphrases_can_come_by_one_descriptor_line_by_line(office: Office):
    near, far = os.pipe()
    try:
        os.write(far, f"{_CASE_WORDS}\n{_OWN_WORDS}\nnever read".encode())
        told = call(
            *("case", "scan", office.case, "--case-passphrase-fd", str(near)),
            *("--identity", office.folder / "officer.identity", "--passphrase-fd", str(near)),
        )
        assert told.code == 0, told.err
        assert os.read(near, 100) == b"never read"
    finally:
        os.close(near)
        os.close(far)
    assert call("case", "status", office.case, "--case-passphrase-fd", "987").code == 2


@pytest.mark.skipif(os.name == "posix", reason="descriptors are POSIX's")
def test_a_descriptor_is_refused_on_windows(office: Office):
    told = call("case", "status", office.case, "--case-passphrase-fd", "0")
    assert told.code == 2
    assert "--case-passphrase-file" in told.err


def _at_a_terminal(arguments: list[str | Path], *typed: str) -> tuple[int, str]:
    """Run a command on a terminal and type when it asks; gives its exit code and what it said."""
    import pty

    ours, theirs = pty.openpty()
    try:
        running = subprocess.Popen(
            [sys.executable, "-m", "redactor", *map(str, arguments)],
            cwd=_ROOT,
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that no other terminal is asked
        )
        assert running.stderr is not None
        said = b""
        with running.stderr:
            for words in typed:
                while not said.endswith(b": "):
                    byte = running.stderr.read(1)
                    assert byte, said
                    said += byte
                os.write(ours, f"{words}\n".encode())
                said += running.stderr.read(1)
            said += running.stderr.read()
        return running.wait(timeout=120), said.decode()
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made the POSIX way")
def test_at_a_terminal_the_passphrases_are_asked_for_and_not_shown(office: Office):
    who = ["--identity", office.folder / "officer.identity"]
    code, said = _at_a_terminal(["case", "scan", office.case, *who], _CASE_WORDS, _OWN_WORDS)
    assert code == 0, said
    assert "Passphrase of the case: " in said
    assert "Passphrase of your identity: " in said
    assert _CASE_WORDS not in said


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made the POSIX way")
def test_a_new_passphrase_is_asked_for_twice(people: Office, tmp_path: Path):
    case = tmp_path / "x.redactor"
    new = ["case", "new", case, "--ref", "MC/4", *people.who("officer")]
    code, said = _at_a_terminal(new, _CASE_WORDS, "four invented words hare")
    assert code == 2
    assert "not the same" in said
    assert not case.exists()
    code, said = _at_a_terminal(new, _CASE_WORDS, _CASE_WORDS)
    assert code == 0, said
    assert case.exists()


# --- beginning --------------------------------------------------------------------------------


def test_the_identity_given_becomes_the_first_officer(people: Office, tmp_path: Path):
    office = Office(tmp_path)
    shutil.copytree(people.folder, tmp_path, dirs_exist_ok=True)
    shape = office.done("reviewer", "new", "--ref", " MC/5 ", "--regime", "sar")
    assert list(shape) == ["case", "ref", "regime", "received", "officer", "adopted"]
    assert (shape["ref"], shape["regime"], shape["received"]) == ("MC/5", "sar", None)
    assert shape["officer"]["name"] == "Idris Vaughan"
    assert shape["officer"]["role"] == "officer"
    assert shape["case"] == str(office.case)
    again = office.work("reviewer", "new", "--ref", "MC/5")
    assert again.code == 3
    assert office.status()["people"][0]["role"] == "officer"


@pytest.mark.parametrize(
    "received",
    [
        "2026-02-30",
        "20260105",
        "05/01/2026",
        "2026-W01-1",
        (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)).isoformat(),
    ],
)
def test_a_request_was_received_on_a_real_day_that_has_come(
    people: Office, tmp_path: Path, received: str
):
    case = tmp_path / "x.redactor"
    words = ("--case-passphrase-file", people.words, *people.who("officer"))
    told = call("case", "new", case, "--ref", "MC/6", "--received", received, *words)
    assert told.code == 2
    assert "--received" in told.err
    assert not case.exists()


def test_nothing_is_changed_by_nobody(office: Office):
    before = office.case.read_bytes()
    for told in (
        office.look("scan"),
        office.look("decide", "--all-undecided", "--keep", "--reason", "why"),
        office.look("new", "--ref", "MC/7"),
        office.look("submit"),
    ):
        assert told.code == 2
        assert "--identity" in told.err
    assert office.case.read_bytes() == before


def test_a_stranger_looks_and_changes_nothing(office: Office):
    assert office.work("stranger", "status").code == 0
    told = office.work("stranger", "decide", "--all-undecided", "--keep", "--reason", "why")
    assert told.code == 4
    assert told.shape["error"]["code"] == "not-allowed"
    shown = call("identity", "show", office.folder / "stranger.identity", "--json").shape
    assert shown["fingerprint"] in told.err, "an officer needs it to introduce them"
    assert office.status()["findings"]["keep"] == 0


# --- documents --------------------------------------------------------------------------------


def test_the_same_bytes_are_taken_in_once(office: Office):
    (office.folder / "copy.txt").write_text(_NOTE, "utf-8")
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
    lines = _NOTE.splitlines()
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
    redact = ("--redact", "--exemption", _EXEMPTION, *why)
    shape = office.done("officer", "decide", "--finding", str(phone["id"]), *redact)
    assert shape["decided"] == 1
    by_label = office.done("officer", "decide", "--label", "phone,DOB", "--keep", *why)
    dates = [one for one in findings if one["label"] == "DOB"]
    assert by_label["decided"] == len(dates), "what was decided is left alone"
    now = {one["id"]: one["decision"] for one in office.findings()}
    assert now[phone["id"]] == {
        "action": "redact",
        "exemption": _EXEMPTION,
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
    redact = ("--redact", "--exemption", _EXEMPTION, "--reason", "why")
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
        ("--all-undecided", "--keep", "--exemption", _EXEMPTION, "--reason", "why"),
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
    opened = Vault.open(office.case, _CASE_WORDS, lambda version: None)
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


# --- as really called -------------------------------------------------------------------------


def _really(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "redactor", *map(str, arguments)],
        check=False,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=given,
        timeout=300,
    )


def test_a_real_call_prints_one_document_and_takes_a_passphrase_from_standard_input(
    office: Office,
):
    if os.name != "posix":
        pytest.skip("descriptors are POSIX's")
    done = _really(
        "case", "status", office.case, "--case-passphrase-fd", "0", "--json", given=_CASE_WORDS
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ref"] == "MC/1"
    assert _CASE_WORDS not in done.stdout + done.stderr


def test_a_fault_of_ours_is_told_in_the_one_document_and_shows_no_trace(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    def fail(_: object) -> None:
        raise OverflowError("Sarah Okoro")

    monkeypatch.setattr(output_case, "status", fail)
    told = office.look("status")
    assert told.code == 70
    assert told.shape["error"]["code"] == "fault"
    assert "Okoro" not in told.out + told.err
    assert "Traceback" not in told.err


def test_progress_never_counts_further_than_there_is(submitted: Office):
    told = submitted.work("reviewer", "approve")
    counts = re.findall(r"\((\d+) of (\d+)\)", told.err)
    assert counts
    assert all(int(done) <= int(total) for done, total in counts)


def test_help_lists_every_command():
    listed = _really("case", "--help").stdout
    for action in (
        *("new", "invite", "add", "scan", "status", "findings", "decide", "rule", "person"),
        *("submit", "return", "approve", "release", "export-log", "check"),
    ):
        assert f"\n    {action} " in listed, action
    both = _really("--help").stdout
    assert "\n    case " in both
    assert "\n    identity " in both


def test_a_case_that_was_left_open_is_taken_over_with_a_reason(office: Office):
    code = (
        "import os, sys; from pathlib import Path\n"
        "from redactor.app.case import Case\n"
        "from redactor.case.identity import unlock_identity\n"
        "path, key, own, words = sys.argv[1:]\n"
        "case = Case.open(Path(path), words, unlock_identity(Path(key), own))\n"
        "os._exit(9)\n"
    )
    key = office.folder / "reviewer.identity"
    gone = subprocess.run(
        [sys.executable, "-c", code, office.case, key, _OWN_WORDS, _CASE_WORDS],
        check=False,
        cwd=_ROOT,
        timeout=120,
    )
    assert gone.returncode == 9
    assert office.look("status").code == 0, "looking disturbs nobody"
    held = office.work("officer", "scan")
    assert held.code == 4
    assert "--take-over REASON" in held.err
    assert "Idris Vaughan" in held.err
    office.done("officer", "scan", "--take-over", "Idris has gone home.")
    log = office.folder / "log.jsonl"
    office.look("export-log", "--out", log)
    assert "Idris has gone home." in log.read_text("utf-8")
