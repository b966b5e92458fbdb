"""``redactor case`` as it is really called: what is printed, and what never is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.app import output_case
from tests.integration.case_office import CASE_WORDS, Office

_ROOT = Path(__file__).resolve().parents[2]

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
        "case", "status", office.case, "--case-passphrase-fd", "0", "--json", given=CASE_WORDS
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ref"] == "MC/1"
    assert CASE_WORDS not in done.stdout + done.stderr


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
