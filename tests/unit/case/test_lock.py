"""Who holds a case."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.case import lock as locks
from redactor.case.lock import UNKNOWN, CaseLock, Holder
from redactor.errors import CaseError, CaseHeld

MORWENNA = Holder("Morwenna Teague", "aa11", "KERNOW-7", "2026-11-25T14:02:09+00:00")
JAGO = Holder("Jago Penrose", "bb22", "KERNOW-9", "2026-11-26T08:00:00+00:00")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no open file")

_HOLD = """
import sys
from pathlib import Path
from redactor.case.lock import CaseLock, Holder
lock, _ = CaseLock.acquire(Path(sys.argv[1]), Holder(*sys.argv[2:6]))
print("held", flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return tmp_path / "MC-1.redactor"


@pytest.fixture
def start():
    """Start Python programs that do not outlive the test."""
    running: list[subprocess.Popen[str]] = []

    def started(program: str, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", program, *map(str, arguments)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        return process

    yield started
    for process in running:
        process.kill()
        process.communicate()


def _hold(start, case: Path, holder: Holder) -> subprocess.Popen[str]:
    process = start(_HOLD, case, holder.name, holder.fingerprint, holder.host, holder.since)
    assert process.stdout.readline() == "held\n"
    return process


def _lock_file(case: Path) -> Path:
    return case.with_name(f"{case.name}.lock")


def _leave_stale(case: Path, holder: Holder) -> bytes:
    content = json.dumps(
        {
            "name": holder.name,
            "fingerprint": holder.fingerprint,
            "host": holder.host,
            "since": holder.since,
        }
    ).encode()
    _lock_file(case).write_bytes(content)
    return content


@pytest.mark.parametrize("holder", [JAGO, None])
def test_a_case_that_a_living_process_has_is_refused_by_name(start, case: Path, holder):
    _hold(start, case, MORWENNA)
    before = _lock_file(case).read_bytes()
    with pytest.raises(CaseHeld) as held:
        CaseLock.acquire(case, holder)
    assert held.value.user_message == (
        "MC-1.redactor is open: Morwenna Teague has it on KERNOW-7 since 25 November 2026 "
        "at 14:02 UTC. Nothing was changed. Ask them to close it."
    )
    assert (held.value.name, held.value.host) == ("Morwenna Teague", "KERNOW-7")
    assert _lock_file(case).read_bytes() == before


def test_the_same_process_cannot_hold_a_case_twice(case: Path):
    lock, _ = CaseLock.acquire(case, MORWENNA)
    with pytest.raises(CaseHeld, match="Morwenna Teague"):
        CaseLock.acquire(case, MORWENNA)
    with pytest.raises(CaseHeld, match="Morwenna Teague"):  # nor did the refusal let go of it
        CaseLock.acquire(case, MORWENNA)
    lock.release()
    again, stale = CaseLock.acquire(case, JAGO)
    assert stale is None
    again.release()


def test_the_error_survives_the_pipe_between_processes():
    error = CaseHeld("MC-1.redactor", "Morwenna Teague", "KERNOW-7", MORWENNA.since)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.args, str(again)) == (CaseHeld, error.args, str(error))
    assert (again.code, again.exit_code) == ("held", 4)


@pytest.mark.parametrize("since", ["", "yesterday", "0001-01-01T00:00:00+14:00", "2026-13-40"])
def test_a_moment_that_cannot_be_told_is_left_out(since: str):
    assert str(CaseHeld("a.redactor", "A. Officer", "PC", since)) == (
        "a.redactor is open: A. Officer has it on PC. Nothing was changed. Ask them to close it."
    )


def test_a_killed_holder_leaves_their_name_and_no_lock(start, case: Path):
    process = _hold(start, case, MORWENNA)
    process.kill()
    process.wait()
    lock, stale = CaseLock.acquire(case, JAGO)
    assert stale == MORWENNA
    lock.release()


def test_a_proper_end_leaves_no_file(start, case: Path):
    process = _hold(start, case, MORWENNA)
    out, _ = process.communicate("\n")
    assert (out, process.returncode) == ("released\n", 0)
    assert list(case.parent.iterdir()) == []
    lock, stale = CaseLock.acquire(case, JAGO)
    assert stale is None
    lock.release()
    lock.release()
    assert list(case.parent.iterdir()) == []


def test_the_file_holds_who_and_nothing_else(case: Path):
    lock, _ = CaseLock.acquire(case, MORWENNA)
    assert json.loads(_lock_file(case).read_bytes()) == {
        "name": "Morwenna Teague",
        "fingerprint": "aa11",
        "host": "KERNOW-7",
        "since": "2026-11-25T14:02:09+00:00",
    }
    lock.release()


def test_a_stale_lock_of_another_stays_until_it_is_taken(case: Path):
    content = _leave_stale(case, MORWENNA)
    lock, stale = CaseLock.acquire(case, JAGO)
    assert stale == MORWENNA
    assert _lock_file(case).read_bytes() == content
    lock.take(JAGO)
    assert json.loads(_lock_file(case).read_bytes())["name"] == "Jago Penrose"
    lock.release()
    assert not _lock_file(case).exists()


@pytest.mark.parametrize("holder", [JAGO, None])
def test_a_stale_lock_that_was_not_taken_is_left_as_it_was(case: Path, holder):
    content = _leave_stale(case, MORWENNA)
    lock, stale = CaseLock.acquire(case, holder)
    lock.release()
    assert stale == MORWENNA
    assert _lock_file(case).read_bytes() == content


def test_ones_own_stale_lock_is_told_and_taken(case: Path):
    _leave_stale(case, MORWENNA)
    later = Holder("Morwenna Teague", "aa11", "KERNOW-8", "2026-11-26T09:00:00+00:00")
    lock, stale = CaseLock.acquire(case, later)
    assert stale == MORWENNA
    assert json.loads(_lock_file(case).read_bytes())["host"] == "KERNOW-8"
    lock.release()
    assert not _lock_file(case).exists()


def test_a_longer_stale_text_leaves_nothing_behind_the_new_one(case: Path):
    _leave_stale(case, Holder("M" * 200, "aa11", "H" * 200, MORWENNA.since))
    lock, _ = CaseLock.acquire(case, MORWENNA)
    assert json.loads(_lock_file(case).read_bytes())["host"] == "KERNOW-7"
    lock.release()


def test_a_reader_leaves_no_file(case: Path):
    lock, stale = CaseLock.acquire(case, None)
    assert stale is None
    with pytest.raises(CaseHeld, match="it cannot be told by whom"):
        CaseLock.acquire(case, JAGO)
    lock.release()
    assert list(case.parent.iterdir()) == []


_GOOD = {"name": "A", "fingerprint": "f", "host": "h", "since": "2026-11-25T14:02:09+00:00"}
_HOSTILE = {
    "not JSON": b"Morwenna has it",
    "not text": b"\xff\xfe\x00\x00",
    "cut off": b'{"name": "Morw',
    "a list": b"[1, 2]",
    "no name": json.dumps({**_GOOD, "name": ""}).encode(),
    "a number for a name": json.dumps({**_GOOD, "name": 7}).encode(),
    "a field is missing": b'{"name": "A"}',
    "terminal codes": json.dumps({**_GOOD, "name": "Jago\x1b[2J"}).encode(),
    "a line break": json.dumps({**_GOOD, "host": "h\nEverything is well."}).encode(),
    "writing turned round": json.dumps({**_GOOD, "name": "Jago\u202eesorneP"}).encode(),
    "a long name": json.dumps({**_GOOD, "name": "J" * 201}).encode(),
    "no moment": json.dumps({**_GOOD, "since": "soon"}).encode(),
    "no time zone": json.dumps({**_GOOD, "since": "2026-11-25T14:02:09"}).encode(),
    "huge": json.dumps({**_GOOD, "more": "x" * 5_000_000}).encode(),
    "deep": b"[" * 4000,
    "zeros": b"\0" * 100,
}


@pytest.mark.parametrize("content", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_a_damaged_lock_file_is_a_stale_lock_of_nobody_known(case: Path, content: bytes):
    _lock_file(case).write_bytes(content)
    lock, stale = CaseLock.acquire(case, JAGO)
    assert stale is UNKNOWN
    assert _lock_file(case).read_bytes() == content
    lock.take(JAGO)
    assert json.loads(_lock_file(case).read_bytes())["name"] == "Jago Penrose"
    lock.release()


@pytest.mark.parametrize("content", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_a_damaged_lock_file_that_is_held_is_not_echoed(case: Path, content: bytes):
    lock, _ = CaseLock.acquire(case, MORWENNA)
    _lock_file(case).write_bytes(content)
    with pytest.raises(CaseHeld) as held:
        CaseLock.acquire(case, JAGO)
    assert str(held.value) == (
        "MC-1.redactor is open: it cannot be told by whom. Nothing was changed. "
        "Ask whoever has it to close it."
    )
    lock.release()


def test_an_empty_lock_file_is_nobodys(case: Path):
    _lock_file(case).write_bytes(b"")
    lock, stale = CaseLock.acquire(case, JAGO)
    assert stale is None
    lock.release()
    assert not _lock_file(case).exists()


def test_a_name_with_marks_that_do_not_show_can_be_read_again(case: Path):
    lock, _ = CaseLock.acquire(case, Holder("Jago\u200d\x00 Penrose", "bb22", "", JAGO.since))
    with pytest.raises(CaseHeld, match="Jago Penrose has it since 26 November 2026"):
        CaseLock.acquire(case, MORWENNA)
    lock.release()


def test_a_lock_that_was_let_go_cannot_be_taken(case: Path):
    lock, _ = CaseLock.acquire(case, MORWENNA)
    lock.release()
    with pytest.raises(CaseError, match="not held"):
        lock.take(MORWENNA)
    assert not _lock_file(case).exists()


@POSIX
def test_a_link_in_place_of_the_lock_file_is_not_followed(case: Path, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"")
    _lock_file(case).symlink_to(letter)
    for holder in (JAGO, None):
        with pytest.raises(CaseError, match=r"MC-1\.redactor\.lock is not a lock file"):
            CaseLock.acquire(case, holder)
    assert letter.read_bytes() == b""


@POSIX
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir] if sys.platform != "win32" else [])
def test_what_is_not_a_file_is_no_lock_file(case: Path, make):
    make(_lock_file(case))
    for holder in (JAGO, None):
        with pytest.raises(CaseError, match="is not a lock file"):
            CaseLock.acquire(case, holder)


@POSIX
def test_a_link_to_a_case_is_locked_where_the_case_is(case: Path, tmp_path: Path):
    case.write_bytes(b"")
    elsewhere = tmp_path / "desktop"
    elsewhere.mkdir()
    link = elsewhere / "mine.redactor"
    link.symlink_to(case)
    lock, _ = CaseLock.acquire(link, MORWENNA)
    with pytest.raises(CaseHeld):
        CaseLock.acquire(case, JAGO)
    lock.release()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(CaseError, match="its folder is not there"):
        CaseLock.acquire(tmp_path / "no" / "MC-1.redactor", JAGO)


@POSIX
def test_a_lock_won_on_a_deleted_file_is_tried_anew(case: Path, monkeypatch):
    """The last holder deletes the file between our opening it and our locking it."""
    real, tries = locks._try_lock, []

    def late(descriptor: int, *, exclusive: bool) -> bool:
        if not tries:
            _lock_file(case).unlink()
        tries.append(descriptor)
        return real(descriptor, exclusive=exclusive)

    monkeypatch.setattr(locks, "_try_lock", late)
    lock, _ = CaseLock.acquire(case, MORWENNA)
    assert len(tries) == 2
    assert json.loads(_lock_file(case).read_bytes())["name"] == "Morwenna Teague"
    with pytest.raises(CaseHeld, match="Morwenna Teague"):
        CaseLock.acquire(case, JAGO)
    lock.release()


@POSIX
def test_letting_go_spares_the_lock_file_that_another_made(case: Path):
    """A person deleted the lock file of an open case: only SQLite's own lock protects it now."""
    first, _ = CaseLock.acquire(case, MORWENNA)
    _lock_file(case).unlink()
    second, _ = CaseLock.acquire(case, JAGO)
    first.release()
    with pytest.raises(CaseHeld, match="Jago Penrose"):
        CaseLock.acquire(case, MORWENNA)
    second.release()
    assert not _lock_file(case).exists()


_IN_A_FOLDER_NOT_OURS = """
import os, sys
from pathlib import Path
import fcntl, json
from redactor.case.lock import CaseLock, Holder
from redactor.errors import CaseError
if os.geteuid() == 0:
    try:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    except OSError:
        sys.exit(77)
case = Path("MC-1.redactor")
for holder in (None, Holder("Jago Penrose", "bb22", "KERNOW-9", "2026-11-26T08:00:00+00:00")):
    try:
        lock, stale = CaseLock.acquire(case, holder)
        lock.release()
        lock.release()
        print(f"held; {stale.name if stale else 'nobody'}")
    except CaseError as error:
        print(f"{error.code}: {error}")
"""


def _from_outside(case: Path) -> list[str]:
    """Try as a reader, then as a writer, as somebody who cannot write to the case's folder."""
    # The folder is entered by descriptor, since its parents are closed to others.
    case.parent.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _IN_A_FOLDER_NOT_OURS],
            cwd=case.parent,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        case.parent.chmod(0o755)
    if done.returncode == 77:
        pytest.skip("root cannot become anybody else in this user namespace")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@POSIX
def test_in_a_folder_that_cannot_be_written_to_one_can_only_read(case: Path):
    reader, writer = _from_outside(case)
    assert reader == "held; nobody"
    assert writer == (
        "case: MC-1.redactor cannot be written to there. Nothing was changed. "
        "Check the folder's permissions."
    )
    assert list(case.parent.iterdir()) == []


@POSIX
def test_anothers_lock_file_is_respected_where_it_cannot_be_written(case: Path):
    lock, _ = CaseLock.acquire(case, MORWENNA)
    _lock_file(case).chmod(0o444)
    reader, writer = _from_outside(case)
    assert reader.startswith("held: MC-1.redactor is open: Morwenna Teague has it")
    assert writer == reader
    lock.release()


@POSIX
def test_anothers_stale_lock_is_read_where_it_cannot_be_written(case: Path):
    content = _leave_stale(case, MORWENNA)
    _lock_file(case).chmod(0o444)
    reader, writer = _from_outside(case)
    assert reader == "held; Morwenna Teague"
    assert writer.startswith("case: MC-1.redactor cannot be written to")
    assert _lock_file(case).read_bytes() == content


_RACE = """
import os, sys
from pathlib import Path
from redactor.case.lock import CaseLock, Holder
from redactor.errors import CaseHeld
case, name = Path(sys.argv[1]), sys.argv[2]
inside, won = case.with_name("inside"), 0
print("ready", flush=True)
sys.stdin.readline()
while won < 20:
    try:
        lock, stale = CaseLock.acquire(case, Holder(name, name, "PC", "2026-11-25T14:02:09+00:00"))
    except CaseHeld:
        continue
    assert stale is None, stale
    with open(inside, "x"):  # fails where the other is inside
        won += 1
    inside.unlink()
    lock.release()
print("won", won)
"""


def test_two_that_race_for_a_case_never_both_hold_it(start, case: Path):
    racers = [start(_RACE, case, name) for name in ("left", "right")]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        out, _ = racer.communicate(timeout=120)
        assert (out, racer.returncode) == ("won 20\n", 0)
    assert list(case.parent.iterdir()) == []
