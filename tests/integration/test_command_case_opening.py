"""``redactor case``: who opens it and with which passphrases, and what nobody may do in it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.case_office import CASE_WORDS, OWN_WORDS, Office, call

_ROOT = Path(__file__).resolve().parents[2]

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
        os.write(far, f"{CASE_WORDS}\n{OWN_WORDS}\nnever read".encode())
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
    code, said = _at_a_terminal(["case", "scan", office.case, *who], CASE_WORDS, OWN_WORDS)
    assert code == 0, said
    assert "Passphrase of the case: " in said
    assert "Passphrase of your identity: " in said
    assert CASE_WORDS not in said


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made the POSIX way")
def test_a_new_passphrase_is_asked_for_twice(people: Office, tmp_path: Path):
    case = tmp_path / "x.redactor"
    new = ["case", "new", case, "--ref", "MC/4", *people.who("officer")]
    code, said = _at_a_terminal(new, CASE_WORDS, "four invented words hare")
    assert code == 2
    assert "not the same" in said
    assert not case.exists()
    code, said = _at_a_terminal(new, CASE_WORDS, CASE_WORDS)
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
        [sys.executable, "-c", code, office.case, key, OWN_WORDS, CASE_WORDS],
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
