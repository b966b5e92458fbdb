"""One step on a case that takes several writes to the disk, killed in between.

Run as ``python -m tests.attack.kill_step STEP FOLDER``, which does the step; ``kill_step`` starts
that, kills it a moment after it has begun to write, and sees what is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from redactor.app.reading import read_documents
from redactor.app.signoff import release, submit
from redactor.app.soundness import require_listed
from redactor.case import vault
from redactor.case.backup import backup_path, keep_backup, restore_backup
from redactor.case.check import check_store
from redactor.errors import CaseError, UsageError
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Ruling
from redactor.release.certificate import check_release
from redactor.workers import Lane
from tests.attack.kill_kit import make_case, wait
from tests.attack.kill_work import PICTURE, original
from tests.case_kit import EXEMPTION, approve_as_reviewer, new_case, open_case

_ROOT = Path(__file__).resolve().parents[2]
#: A step to a version that does not exist, long enough to be killed in.
_NEXT_VERSION = """
CREATE TABLE more (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO more WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 30000)
SELECT x, hex(randomblob(200)) FROM n;
ALTER TABLE documents ADD COLUMN more TEXT NOT NULL DEFAULT '';
"""
_STEPS_AND_ONE = (*vault.migrations(), (vault.latest_version() + 1, _NEXT_VERSION))


def _case(folder: Path) -> Path:
    return folder / "case.redactor"


def _out(folder: Path) -> Path:
    return folder / "release"


# --- what the killed program does -------------------------------------------------------------


def create(folder: Path) -> None:
    """Make a case."""
    new_case(_case(folder))


def migrate(folder: Path) -> None:
    """Bring a case up to a version that does not exist."""
    with patch.object(vault, "migrations", lambda: _STEPS_AND_ONE):
        open_case(_case(folder))


def backup(folder: Path) -> None:
    """Copy a case."""
    keep_backup(_case(folder))


def restore(folder: Path) -> None:
    """Put the backup in the place of the case."""
    restore_backup(_case(folder))


def let_out(folder: Path) -> None:
    """Release an approved case."""
    release(open_case(_case(folder)), _out(folder))


# --- the kill ---------------------------------------------------------------------------------


def kill_step(step: Callable[[Path], None], folder: Path, begun: str, delay: float) -> None:
    """Do a step in a program of its own, and kill it.

    Args:
        begun: what lies in the folder once the step has begun to write.
        delay: how long after that it is killed, in seconds.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "tests.attack.kill_step", step.__name__, str(folder)],
        cwd=_ROOT,
        stderr=subprocess.DEVNULL,
    ) as process:
        ended = threading.Thread(target=process.wait, daemon=True)
        ended.start()
        while ended.is_alive() and not any(folder.glob(begun)):
            time.sleep(0)
        wait(delay)
        process.kill()


def digest(path: Path) -> str:
    """Give the SHA-256 of a file; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


# --- cases to do it on --------------------------------------------------------------------------


def make_large_case(folder: Path) -> tuple[Path, Path]:
    """Make a case whose copy takes a while; gives an older and a newer state of it."""
    case = make_case(folder / "large.redactor")
    draft = folder / "large.txt"
    draft.write_bytes(original(1, padding=12_000_000))
    opened = open_case(case)
    opened.add_file(draft)
    opened.close(backup=False)
    old = Path(shutil.copy2(case, folder / "old.redactor"))
    opened = open_case(case)
    opened.rule(1, PICTURE, Ruling.LEAVE_OUT, "It shows a person.")
    opened.close(backup=False)
    return old, case


def make_approved_case(folder: Path, lane: Lane) -> Path:
    """Make a case through real workers, up to its approval."""
    path = folder / "approved.redactor"
    case = new_case(path)
    for name in ("note.txt", "more.txt"):
        draft = folder / name
        draft.write_text(f"{name}: Statement of Mr Zebedee Quillfeather.\n", "utf-8")
        case.add_file(draft)
    read_documents(case, lane)
    ids = [mark.id for mark in case.marks()]
    case.decide(ids, Action.REDACT, EXEMPTION, "It identifies a living person.")
    submit(case, lane)
    approve_as_reviewer(case, lane)
    case.close(backup=False)
    return path


# --- what must hold -----------------------------------------------------------------------------


def kill_create(folder: Path, delay: float) -> str:
    """A case half made is whole, or is not there and can be made again."""
    case = _case(folder)
    kill_step(create, folder, f"{case.name}.part", delay)
    if case.exists():
        opened = open_case(case)
        assert opened.events()[0].kind is EventKind.CASE_CREATED
        outcome = "made"
    else:
        with pytest.raises(CaseError, match="is not there"):
            open_case(case)
        opened = new_case(case)
        outcome = "not made"
    assert not check_store(opened.store)
    opened.close(backup=False)
    assert {file.name for file in folder.iterdir()} == {case.name}
    return outcome


def kill_migrate(folder: Path, whole: Path, delay: float) -> str:
    """A case half brought up to date is as it was or up to date; the copy of it is whole."""
    case = Path(shutil.copy(whole, _case(folder)))
    before = digest(whole)
    copy = case.with_name(f"{case.name}.before-version-{vault.latest_version()}")
    kill_step(migrate, folder, copy.name, delay)
    opened = open_case(case) if _is_old(case) else None
    outcome = "as it was" if opened is not None else "up to date"
    if opened is not None:
        opened.close(backup=False)
    with patch.object(vault, "migrations", lambda: _STEPS_AND_ONE):
        again = open_case(case)
        assert not check_store(again.store)
        (rows,) = again.store.vault.link.execute("SELECT count(*) FROM more").fetchone()
        assert rows == 30000
        again.close(backup=False)
    assert digest(copy) == before
    return outcome


def _is_old(case: Path) -> bool:
    """Say whether today's program opens it, looking only, without changing anything."""
    with contextlib.suppress(CaseError):
        open_case(case, None).close()
        return True
    with pytest.raises(CaseError, match="newer version"):
        open_case(case, None)
    return False


def kill_backup(folder: Path, old: Path, whole: Path, delay: float) -> str:
    """The backup is the old one or the new one; the case is as it was, and can be copied."""
    case = Path(shutil.copy2(whole, _case(folder)))
    shutil.copy2(old, backup_path(case))
    kill_step(backup, folder, "*.backup.part", delay)
    assert digest(case) == digest(whole)
    assert digest(backup_path(case)) in {digest(old), digest(whole)}
    outcome = "the old one" if digest(backup_path(case)) == digest(old) else "the new one"
    keep_backup(case)
    assert digest(backup_path(case)) == digest(whole)
    open_case(case).close()
    return outcome


def kill_restore(
    folder: Path, old: Path, whole: Path, delay: float, *, between: bool = False
) -> str:
    """Nothing is lost, and restoring again ends it.

    Args:
        between: count the delay from when the present file was moved aside.
    """
    case = Path(shutil.copy2(whole, _case(folder)))
    shutil.copy2(old, backup_path(case))
    begun = f"{case.name}.damaged-*" if between else f"{case.name}.part"
    kill_step(restore, folder, begun, delay)
    outcomes = {"": "between", digest(old): "restored", digest(whole): "as it was"}
    outcome = outcomes[digest(case)]
    if outcome == "between":
        with pytest.raises(CaseError, match="Restore the backup"):
            open_case(case)
    restore_backup(case)
    assert digest(case) == digest(backup_path(case)) == digest(old)
    kept = {digest(file) for file in folder.glob(f"{case.name}.damaged-*")}
    assert digest(whole) in kept
    open_case(case).close()
    return outcome


def kill_release(folder: Path, approved: Path, delay: float) -> str:
    """What lies in the folder was approved; half a release does not pass for a whole one."""
    case, out = Path(shutil.copy(approved, _case(folder))), _out(folder)
    kill_step(let_out, folder, "release", delay)
    opened = open_case(case)
    assert not check_store(opened.store)
    submitted, certified = opened.life.submission, opened.life.certificate
    assert submitted is not None
    assert certified is not None
    files = {
        one.name: one.sha256
        for event in (submitted, certified)
        for one in require_listed(opened, event)
    }
    there = {file.name: digest(file) for file in out.iterdir() if file.suffix != ".part"}
    assert there.items() <= files.items()
    if opened.life.state is CaseState.RELEASED:
        assert there == files
        assert check_release(out) == []
        opened.close()
        return "released"
    assert opened.life.state is CaseState.APPROVED
    assert bool(check_release(out)) == (there != files)
    if any(out.iterdir()):
        with pytest.raises(UsageError, match="is not empty"):
            release(opened, out)
    release(opened, folder / "again")
    assert {file.name: digest(file) for file in (folder / "again").iterdir()} == files
    opened.close()
    return "not recorded" if there == files else "half written"


if __name__ == "__main__":
    {one.__name__: one for one in (create, migrate, backup, restore, let_out)}[sys.argv[1]](
        Path(sys.argv[2])
    )
