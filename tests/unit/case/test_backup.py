"""A copy of the case on close, and its way back."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.case import backup
from redactor.case.backup import (
    backup_path,
    backup_time,
    keep_backup,
    migration_copy,
    restore_backup,
)
from redactor.case.lock import CaseLock, Holder
from redactor.errors import CaseError, CaseHeld

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX")
MORWENNA = Holder("Morwenna Teague", "aa11", "KERNOW-7", "2026-11-25T14:02:09+00:00")
#: More than two pieces, and not a whole number of them.
OLD, NEW = b"old " * 2_500_001, b"new " * 2_600_001
A_DAY = 86_400_000_000_000


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "MC-1 with ünicode.redactor"
    path.write_bytes(OLD)
    os.utime(path, ns=(A_DAY, A_DAY))
    return path


@pytest.fixture
def changed(case: Path) -> Path:
    """Give a case that was written to since its backup was made."""
    keep_backup(case)
    case.write_bytes(NEW)
    return case


def _folder(case: Path) -> dict[str, bytes]:
    return {path.name.removeprefix(case.name): path.read_bytes() for path in case.parent.iterdir()}


def test_a_backup_lies_beside_the_case_and_is_the_same(case: Path):
    assert keep_backup(case) == backup_path(case)
    assert backup_path(case).name == "MC-1 with ünicode.redactor.backup"
    assert _folder(case) == {"": OLD, ".backup": OLD}


def test_a_later_backup_takes_the_place_of_the_earlier(changed: Path):
    assert keep_backup(changed) == backup_path(changed)
    assert _folder(changed) == {"": NEW, ".backup": NEW}


def test_a_case_that_was_not_written_to_is_not_copied_again(case: Path):
    keep_backup(case)
    before = backup_path(case).stat()
    assert keep_backup(case) is None
    after = backup_path(case).stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_a_change_that_keeps_the_size_is_seen(case: Path):
    keep_backup(case)
    case.write_bytes(OLD[::-1])
    assert keep_backup(case) == backup_path(case)
    assert _folder(case) == {"": OLD[::-1], ".backup": OLD[::-1]}


def test_a_backup_tells_as_of_when_it_is(case: Path):
    assert backup_time(case) is None
    keep_backup(case)
    assert backup_time(case) == dt.datetime(1970, 1, 2, tzinfo=dt.UTC)


@POSIX
def test_a_backup_can_be_read_by_no_more_people_than_the_case(case: Path):
    case.chmod(0o600)
    keep_backup(case)
    assert backup_path(case).stat().st_mode & 0o777 == 0o600


def test_what_a_killed_copy_left_is_cleared_away(case: Path):
    case.with_name(f"{case.name}.backup.part").write_bytes(b"half")
    keep_backup(case)
    assert _folder(case) == {"": OLD, ".backup": OLD}


def test_a_missing_or_empty_case_is_not_copied_over_a_good_backup(changed: Path):
    changed.write_bytes(b"")
    with pytest.raises(CaseError, match="is empty"):
        keep_backup(changed)
    changed.unlink()
    with pytest.raises(CaseError, match="is not there"):
        keep_backup(changed)
    assert _folder(changed) == {".backup": OLD}


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_case_that_was_not_closed_properly_is_not_copied(changed: Path, ending: str):
    changed.with_name(changed.name + ending).write_bytes(b"half a change")
    for copy in (keep_backup, lambda case: migration_copy(case, 1)):
        with pytest.raises(CaseError, match="was not closed properly"):
            copy(changed)
    assert _folder(changed) == {"": NEW, ".backup": OLD, ending: b"half a change"}


def test_a_case_that_changes_while_it_is_copied_gives_no_backup(changed: Path, monkeypatch):
    real = backup._write_copy

    def interrupted(source: Path, copy: Path, mode: int) -> bytes:
        digest = real(source, copy, mode)
        with source.open("ab") as writer:
            writer.write(b"more")
        return digest

    monkeypatch.setattr(backup, "_write_copy", interrupted)
    with pytest.raises(CaseError, match="was written to while it was copied"):
        keep_backup(changed)
    assert _folder(changed) == {"": NEW + b"more", ".backup": OLD}


def test_a_copy_that_reads_back_differently_is_dropped(changed: Path, monkeypatch):
    real = backup._write_copy

    def damaged(source: Path, copy: Path, mode: int) -> bytes:
        digest = real(source, copy, mode)
        with copy.open("r+b") as writer:
            writer.seek(9_000_000)
            writer.write(b"?")
        return digest

    monkeypatch.setattr(backup, "_write_copy", damaged)
    for do in (keep_backup, lambda case: migration_copy(case, 1), restore_backup):
        with pytest.raises(CaseError, match="did not read back"):
            do(changed)
    assert _folder(changed) == {"": NEW, ".backup": OLD}


# --- copies before a change of the file's version ------------------------------------------------


def test_a_copy_is_kept_before_every_migration(case: Path):
    first = migration_copy(case, 3)
    case.write_bytes(NEW)
    second = migration_copy(case, 3)
    assert first.name.endswith(".redactor.before-version-3")
    assert second.name.endswith(".redactor.before-version-3-2")
    assert _folder(case) == {"": NEW, ".before-version-3": OLD, ".before-version-3-2": NEW}


# --- the way back ------------------------------------------------------------------------------


def test_restoring_keeps_the_present_file(changed: Path):
    aside = restore_backup(changed)
    assert aside is not None
    assert aside.name.startswith(f"{changed.name}.damaged-")
    ending = aside.name.removeprefix(changed.name)
    assert _folder(changed) == {"": OLD, ".backup": OLD, ending: NEW}
    assert keep_backup(changed) is None


def test_restoring_twice_within_a_second_keeps_both_files(changed: Path):
    first = restore_backup(changed)
    changed.write_bytes(b"third")
    second = restore_backup(changed)
    assert first is not None
    assert second is not None
    assert (first.read_bytes(), second.read_bytes()) == (NEW, b"third")
    assert changed.read_bytes() == OLD


def test_a_case_that_is_missing_comes_back(changed: Path):
    changed.unlink()
    assert restore_backup(changed) is None
    assert _folder(changed) == {"": OLD, ".backup": OLD}


def test_without_a_backup_nothing_happens(case: Path):
    with pytest.raises(CaseError, match="There is no backup"):
        restore_backup(case)
    assert _folder(case) == {"": OLD}


def test_a_case_that_is_open_is_not_restored(changed: Path):
    lock, _ = CaseLock.acquire(changed, MORWENNA)
    with pytest.raises(CaseHeld, match="Morwenna Teague"):
        restore_backup(changed)
    lock.release()
    assert _folder(changed) == {"": NEW, ".backup": OLD}


def test_restoring_leaves_a_stale_lock_to_be_taken_over(changed: Path):
    lock, _ = CaseLock.acquire(changed, MORWENNA)
    stale = changed.with_name(f"{changed.name}.lock").read_bytes()
    lock.release()
    changed.with_name(f"{changed.name}.lock").write_bytes(stale)
    restore_backup(changed)
    lock, found = CaseLock.acquire(changed, None)
    lock.release()
    assert found == MORWENNA


@POSIX
def test_a_link_to_a_case_stays_a_link(changed: Path, tmp_path: Path):
    (tmp_path / "desktop").mkdir()
    link = tmp_path / "desktop" / "mine.redactor"
    link.symlink_to(changed)
    restore_backup(link)
    assert [path.name for path in link.parent.iterdir()] == ["mine.redactor"]
    assert link.is_symlink()
    assert changed.read_bytes() == OLD


_DIE_IN_A_CHANGE = """
import os, sqlite3, sys
link = sqlite3.connect(sys.argv[1], isolation_level=None)
link.execute("PRAGMA cache_size = 2")
link.execute("BEGIN IMMEDIATE")
link.execute("UPDATE words SET word = 'half' || hex(randomblob(400))")
os.kill(os.getpid(), 9)
"""


@POSIX
def test_a_journal_goes_with_its_file_and_never_meets_the_restored_one(tmp_path: Path):
    """A hot journal beside the restored file would be rolled back into it, and ruin it."""
    case = tmp_path / "MC-1.redactor"
    link = sqlite3.connect(case)
    link.execute("CREATE TABLE words (word TEXT)")
    link.executemany("INSERT INTO words VALUES (?)", [("first " * 50,)] * 400)
    link.commit()
    link.close()
    keep_backup(case)
    link = sqlite3.connect(case)
    link.execute("INSERT INTO words VALUES ('second')")
    link.commit()
    link.close()
    subprocess.run([sys.executable, "-c", _DIE_IN_A_CHANGE, case], check=False)
    assert case.with_name("MC-1.redactor-journal").stat().st_size > 0

    aside = restore_backup(case)

    assert aside is not None
    assert not case.with_name("MC-1.redactor-journal").exists()
    assert aside.with_name(f"{aside.name}-journal").exists()
    assert _words(case) == (400, 0)
    assert _words(aside) == (400, 1)  # with its journal it rolls back to what was last saved


def _words(path: Path) -> tuple[int, int]:
    link = sqlite3.connect(path)
    try:
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return link.execute(
            "SELECT sum(word LIKE 'first%'), sum(word = 'second') FROM words"
        ).fetchone()
    finally:
        link.close()


# --- when the disk fails -------------------------------------------------------------------------


class _FailingAt:
    """Let the n-th call of the file system fail, and all after it where ``lasting``."""

    def __init__(self, monkeypatch, step: int, number: int, *, lasting: bool = False) -> None:
        self.step, self.number, self.lasting = step, number, lasting
        self.calls: list[str] = []
        for owner, name in (
            (os, "open"),
            (os, "fsync"),
            (os, "utime"),
            (Path, "open"),
            (Path, "stat"),
            (Path, "rename"),
            (Path, "replace"),
        ):
            monkeypatch.setattr(owner, name, self._failing(name, getattr(owner, name)))

    def _failing(self, name: str, real):
        def call(*arguments, **options):
            self.calls.append(name)
            due = len(self.calls) - self.step
            if due == 0 or (self.lasting and due > 0):
                raise OSError(self.number, os.strerror(self.number))
            return real(*arguments, **options)

        return call


_TASKS = {
    "keep": (keep_backup, "No backup of"),
    "migrate": (lambda case: migration_copy(case, 1), "was not brought up to date"),
    "restore": (restore_backup, "was not restored"),
}


def _placed(task: str, folder: dict[str, bytes]) -> dict[str, bytes]:
    """Give what has to lie in the folder once a task was done."""
    if task == "keep":
        return {"": b"new one", ".backup": b"new one"}
    if task == "migrate":
        return {"": b"new one", ".backup": b"old", ".before-version-1": b"new one"}
    (aside,) = [name for name in folder if ".damaged-" in name and "-journal" not in name]
    return {"": b"old", ".backup": b"old", aside: b"new one"}


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("task", _TASKS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failure_at_any_step_harms_neither_case_nor_backup(
    tmp_path: Path, task: str, number: int, lasting: bool
):
    do, words = _TASKS[task]
    step, failed = 0, 0
    while True:
        step += 1
        case = tmp_path / str(step) / "MC-1.redactor"
        case.parent.mkdir()
        case.write_bytes(b"old")
        os.utime(case, ns=(A_DAY, A_DAY))
        keep_backup(case)
        case.write_bytes(b"new one")
        case.with_name("MC-1.redactor-journal").write_bytes(b"")
        before, refusal = _folder(case), ""
        with pytest.MonkeyPatch.context() as patch:
            failing = _FailingAt(patch, step, number, lasting=lasting)
            try:
                do(case)
            except CaseError as error:
                refusal = str(error)
        after = _folder(case)
        if len(failing.calls) < step:
            break  # every step had its turn
        assert str(tmp_path) not in refusal
        if not refusal:  # what failed came after the copy was in its place
            assert {"rename", "replace"} & set(failing.calls[: step - 1]), failing.calls
            assert {name: after[name] for name in _placed(task, after)} == _placed(task, after)
            continue
        failed += 1
        if "nor put back" in refusal:  # the moves could not be undone: all is there, and named
            assert lasting
            assert after[".backup"] == b"old"
            (aside,) = [name for name in after if ".damaged-" in name and "-journal" not in name]
            assert after[aside] == b"new one"
            assert aside in refusal
        else:
            assert after == before, (step, failing.calls)
            assert words in refusal or "cannot be" in refusal, refusal
    assert failed >= 6


def test_a_full_disk_is_said(changed: Path, monkeypatch):
    with monkeypatch.context() as patch:

        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(os, "fsync", full)
        with pytest.raises(CaseError) as told:
            keep_backup(changed)
    assert str(told.value) == (
        "No backup of MC-1 with ünicode.redactor was made: the disk is full. The case is as it "
        "was, and so is the last backup, if there is one. Make room and do it again."
    )
    assert _folder(changed) == {"": NEW, ".backup": OLD}


def test_a_case_that_cannot_be_put_back_is_named(changed: Path, monkeypatch):
    real = Path.rename

    def once(self: Path, target: Path) -> Path:
        if ".damaged-" not in target.name:
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", once)
        with pytest.raises(CaseError, match=r"it is kept beside its place as .+\.damaged-") as told:
            restore_backup(changed)
    (aside,) = changed.parent.glob("*.damaged-*")
    assert aside.name in str(told.value)
    assert aside.read_bytes() == NEW
    restore_backup(changed)
    assert changed.read_bytes() == OLD


def test_a_case_is_never_put_back_without_its_journal(changed: Path, monkeypatch):
    journal = changed.with_name(f"{changed.name}-journal")
    journal.write_bytes(b"half a change")
    real = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if target == journal or self.name.endswith(".part"):
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(CaseError, match="nor put back"):
        restore_backup(changed)
    assert not changed.exists()
    (aside,) = changed.parent.glob("*.damaged-*[0-9]")
    assert aside.read_bytes() == NEW
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"half a change"


_WITH_SMALL_FILES_ONLY = """
import resource, signal, sys
from pathlib import Path
from redactor.case import backup
from redactor.errors import CaseError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000))
case = Path(sys.argv[1])
for do in (backup.keep_backup, lambda case: backup.migration_copy(case, 1), backup.restore_backup):
    try:
        do(case)
        print("done")
    except CaseError as error:
        print(error)
"""


@POSIX
def test_a_disk_that_stops_in_the_middle_of_a_copy_harms_nothing(changed: Path):
    before = {path: path.stat().st_mtime_ns for path in changed.parent.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", _WITH_SMALL_FILES_ONLY, changed],
        capture_output=True,
        text=True,
        check=True,
    )
    keep, migrate, restore = done.stdout.splitlines()
    assert keep.startswith("No backup of MC-1")
    assert migrate.startswith("MC-1 with ünicode.redactor was not brought up to date")
    assert restore.startswith("MC-1 with ünicode.redactor was not restored")
    assert all("takes no file of that size" in line for line in (keep, migrate, restore))
    assert _folder(changed) == {"": NEW, ".backup": OLD}
    assert {path: path.stat().st_mtime_ns for path in changed.parent.iterdir()} == before


_KEEP_FOR_EVER = """
import os, sys
from pathlib import Path
from redactor.case.backup import keep_backup
case = Path(sys.argv[1])
print("ready", flush=True)
while True:
    keep_backup(case)
    now = case.stat().st_mtime_ns + 1_000_000_000
    os.utime(case, ns=(now, now))
"""


def test_a_copy_that_is_killed_leaves_a_whole_backup(case: Path):
    keep_backup(case)
    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", _KEEP_FOR_EVER, case], stdout=subprocess.PIPE
        )
        with process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == b"ready"
            part = case.with_name(f"{case.name}.backup.part")
            while not part.exists():
                assert process.poll() is None
            process.kill()
        folder = _folder(case)
        folder.pop(".backup.part", None)
        assert folder == {"": OLD, ".backup": OLD}
    shutil.rmtree(case.parent)
