"""Opening a case that somebody else did not close."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.case.backup import backup_path, restore_backup
from redactor.case.check import check_store
from redactor.case.lock import lock_path
from redactor.case.signing import Signer, new_signer
from redactor.errors import BugError, DamagedCase, StaleLock, UnreadableDocument, UsageError
from redactor.events import EventKind
from redactor.model import Role, Ruling
from tests.case_kit import OBSERVER, OFFICER, REVIEWER, new_case, open_case

_STRANGER = new_signer("Cador Penhale", Role.OFFICER)


@pytest.fixture
def left_open(tmp_path: Path) -> Path:
    case = new_case(tmp_path / "case.redactor")
    case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    case.close(backup=False)
    left = {
        "name": OFFICER.name,
        "fingerprint": OFFICER.fingerprint,
        "host": "desk-4",
        "since": "2026-01-05T09:00:00+00:00",
    }
    lock_path(case.path).write_text(json.dumps(left), "utf-8")
    return case.path


def test_it_is_taken_over_with_a_reason_that_goes_into_the_log(left_open: Path):
    with pytest.raises(StaleLock):
        open_case(left_open, REVIEWER)
    case = open_case(left_open, REVIEWER, taking_over="She is on leave.")
    taken = case.events()[-1]
    assert (taken.kind, taken.actor) == (EventKind.LOCK_TAKEN, REVIEWER.name)
    assert taken.body["from"] == OFFICER.name
    assert taken.body["reason"] == "She is on leave."
    assert REVIEWER.name in lock_path(left_open).read_text("utf-8")
    case.close(backup=False)
    assert not lock_path(left_open).exists()


@pytest.mark.parametrize("who", [OBSERVER, _STRANGER], ids=["observer", "stranger"])
def test_who_cannot_say_so_in_the_log_takes_nothing_over(left_open: Path, who: Signer):
    case = open_case(left_open, who, taking_over="I only want to look.")
    assert case.events()[-1].kind is not EventKind.LOCK_TAKEN
    case.close(backup=False)
    assert OFFICER.name in lock_path(left_open).read_text("utf-8")
    with pytest.raises(StaleLock, match=OFFICER.name):
        open_case(left_open, REVIEWER)
    again = open_case(left_open, OFFICER)
    assert again.events()[-1].kind is EventKind.LOCK_TAKEN
    assert check_store(again.store) == []
    again.close(backup=False)


def test_a_backup_does_not_give_way_to_a_case_that_went_bad_meanwhile(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    (tmp_path / "large.txt").write_bytes(b"text " * 100_000)
    case.add_file(tmp_path / "large.txt")
    case.close()
    backup = backup_path(case.path).read_bytes()
    rotten = bytearray(case.path.read_bytes())
    rotten[-20 * 4096] ^= 1  # in the middle of the original
    case.path.write_bytes(rotten)
    again = open_case(case.path)
    again.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    with pytest.raises(DamagedCase, match="1 of its pages"):
        again.close()
    assert backup_path(case.path).read_bytes() == backup
    assert not lock_path(case.path).exists()
    restore_backup(case.path)
    whole = open_case(case.path)
    assert check_store(whole.store) == []
    whole.close()


def test_what_is_no_text_is_refused_in_a_sentence_and_leaves_nothing(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    count = len(case.events())
    with pytest.raises(UnreadableDocument, match="name of the file is no text"):
        case.add_file(tmp_path / "half a \ud83d.txt")
    with pytest.raises(UsageError, match="cannot be kept as text"):
        send_comment(case, "half a \ud83d")
    for number in (0, -1, 2**63, 10**30):
        with pytest.raises(UsageError, match="no finding"):
            case.comment(number, "Which one?")
    assert len(case.store.events()) == count
    case.close(backup=False)
    with pytest.raises(UsageError, match="cannot be kept as text"):
        new_case(tmp_path / "another.redactor", ref="\ud83d")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case.redactor"]


def send_comment(case: Case, text: str) -> None:
    case.record_change(EventKind.COMMENTED, {"mark": 1, "text": text})


def test_an_event_that_could_not_be_read_again_is_not_written(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    with pytest.raises(BugError, match="not have been complete"):
        case.rule(10**30, "", Ruling.LEAVE_OUT, "No.")
    case.close(backup=False)
    open_case(case.path).close(backup=False)
