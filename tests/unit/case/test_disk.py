"""A case on a disk that is full, may not be written to, or is gone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.case.backup import backup_path
from redactor.case.check import check_store
from redactor.case.lock import lock_path
from redactor.errors import CaseError, CaseHeld, DamagedCase
from redactor.events import EventKind
from redactor.model import Ruling
from tests.case_kit import OBSERVER, new_case, open_case
from tests.unit.case.full_disk import CHANGES, ROOMS, fill_the_disk, make_case, require_one_state

_ROOT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX systems only")


def _rule(case: Case) -> None:
    case.rule(1, "page:2/image:1", Ruling.LEAVE_OUT, "It shows a person.")


def _mount(*arguments: str | Path) -> None:
    """Mount something, or skip the test where that is not permitted."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("only root on Linux can mount a disk for this")
    done = subprocess.run(["mount", *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of a few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", "size=24m", "tmpfs", disk)
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@pytest.fixture
def read_only(tmp_path: Path, folder: Path) -> Iterator[Path]:
    """Give a second place of a folder, at which nothing can be written."""
    place = tmp_path / "read only"
    place.mkdir()
    _mount("--bind", folder, place)
    _mount("-o", "remount,ro,bind", place)
    yield place
    subprocess.run(["umount", place], check=True)


def _python(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=_ROOT,
    )


# --- full -------------------------------------------------------------------------------------


@contextmanager
def _no_more_pages(case: Case, room: int) -> Iterator[None]:
    link = case.store.vault.link
    (pages,) = link.execute("PRAGMA page_count").fetchone()
    (limit,) = link.execute(f"PRAGMA max_page_count = {pages + room // 4096}").fetchone()
    assert limit == pages + room // 4096
    try:
        yield
    finally:
        link.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def _no_more_room(case: Case, room: int) -> Iterator[None]:
    """Fill the disk up to some room."""
    filler = case.path.with_name("filler")
    free = shutil.disk_usage(case.path.parent).free - room
    filler.write_bytes(bytes(max(0, free // 4096 * 4096)))
    try:
        yield
    finally:
        filler.unlink()


_FULL = (
    "case.redactor could not be saved: the disk is full. The last change was not kept. "
    "Make room and do it again."
)
_REFUSED = (
    "case.redactor could not be read or written: the disk or the network share gave an error. "
    "The last change was not kept. Check it and do it again."
)


def test_a_change_that_does_not_fit_is_not_half_made(tmp_path: Path):
    said = list(fill_the_disk(tmp_path / "case.redactor", _no_more_pages))
    assert said == [_FULL] * (len(CHANGES) * len(ROOMS))


def test_a_disk_without_room_keeps_what_was_there(small_disk: Path):
    said = list(fill_the_disk(small_disk / "case.redactor", _no_more_room))
    assert said == [_FULL] * (len(CHANGES) * len(ROOMS))


@POSIX
def test_a_disk_that_refuses_a_write_harms_nothing(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.case.full_disk", tmp_path / "case.redactor"],
        check=False,
        capture_output=True,
        text=True,
        cwd=_ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [_REFUSED] * (len(CHANGES) * len(ROOMS))


def test_a_case_for_which_there_is_no_room_is_not_made(small_disk: Path):
    path = small_disk / "case.redactor"
    filler = small_disk / "filler"
    for room in (0, 4096, 8192, 32768):
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - room))
        with pytest.raises(CaseError, match=r"disk is full|cannot be made there"):
            new_case(path)
        assert [file.name for file in small_disk.iterdir()] == ["filler"]
        filler.unlink()
    new_case(path).close()


def test_a_backup_for_which_there_is_no_room_leaves_the_last_one(small_disk: Path):
    case = new_case(small_disk / "case.redactor")
    case.close()
    before = backup_path(case.path).read_bytes()
    case = open_case(case.path)
    _rule(case)
    with _no_more_room(case, 0), pytest.raises(CaseError, match="disk is full") as caught:
        case.close()
    assert caught.value.user_message.startswith("No backup of case.redactor was made")
    assert backup_path(case.path).read_bytes() == before
    again = open_case(case.path)
    assert again.events() == case.events()
    again.close()


# --- read-only --------------------------------------------------------------------------------


def test_in_a_read_only_folder_a_case_can_be_looked_at(folder: Path, read_only: Path):
    made = new_case(folder / "case.redactor")
    made.close(backup=False)
    case = open_case(read_only / "case.redactor", None)
    assert case.events() == made.events()
    assert check_store(case.store) == []
    case.close()
    assert {file.name for file in folder.iterdir()} == {"case.redactor"}


def test_in_a_read_only_folder_nobody_can_work(folder: Path, read_only: Path):
    new_case(folder / "case.redactor").close(backup=False)
    before = (folder / "case.redactor").read_bytes()
    with pytest.raises(CaseError, match=r"cannot be written to there\. Nothing was changed"):
        open_case(read_only / "case.redactor")
    with pytest.raises(CaseError, match=r"cannot be written to there\. Nothing was changed"):
        new_case(read_only / "other.redactor")
    assert {file.name for file in folder.iterdir()} == {"case.redactor"}
    assert (folder / "case.redactor").read_bytes() == before


_KILLED_IN_A_CHANGE = """
import os, signal, sys
from pathlib import Path
from tests.case_kit import open_case
link = open_case(Path(sys.argv[1])).store.vault.link
link.execute("PRAGMA cache_size = 1")
link.execute("BEGIN")
for name in "ab":
    link.execute("INSERT INTO blobs VALUES (?, zeroblob(3000000))", (name,))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_case_that_was_not_closed_is_not_read_without_its_journal(folder: Path, read_only: Path):
    path = folder / "case.redactor"
    made = new_case(path)
    made.close(backup=False)
    done = _python(_KILLED_IN_A_CHANGE, path)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert path.stat().st_size > 3_000_000
    with pytest.raises(CaseError, match="ends in -journal as well"):
        open_case(read_only / "case.redactor", None)
    case = open_case(path)
    assert check_store(case.store) == []
    assert case.events()[: len(made.events())] == made.events()
    case.close()


@pytest.fixture
def unwritable(folder: Path) -> Iterator[Path]:
    """Give a case whose file nobody may write to, in a folder where one may write."""
    path = folder / "case.redactor"
    new_case(path).close(backup=False)
    if sys.platform == "linux" and not os.geteuid():  # permissions do not bind root
        done = subprocess.run(["chattr", "+i", path], check=False, capture_output=True)
        if done.returncode:
            pytest.skip("this file system cannot keep root from writing to a file")
        yield path
        subprocess.run(["chattr", "-i", path], check=True)
    else:
        path.chmod(0o444)
        yield path
        path.chmod(0o644)


def test_a_case_file_that_may_only_be_read_is_not_opened_for_work(unwritable: Path):
    with pytest.raises(CaseError, match=r"cannot be written to\. Nothing was changed"):
        open_case(unwritable)
    case = open_case(unwritable, None)
    assert case.ref == "MC/1"
    case.close()
    assert {file.name for file in unwritable.parent.iterdir()} == {unwritable.name}


# --- held by another, or gone -----------------------------------------------------------------


_OPEN = """
import sys
from pathlib import Path
from redactor.errors import RedactorError
from tests.case_kit import OFFICER, open_case
try:
    open_case(Path(sys.argv[1]), {"OFFICER": OFFICER, "nobody": None}[sys.argv[2]])
    print("opened")
except RedactorError as error:
    print(type(error).__name__, error.user_message)
"""


@POSIX
@pytest.mark.parametrize("who", ["OFFICER", "nobody"])
def test_a_case_whose_lock_file_was_deleted_is_still_held(who: str, folder: Path):
    case = new_case(folder / "case.redactor")
    lock_path(case.path).unlink()
    said = _python(_OPEN, case.path, who).stdout
    assert said.startswith("CaseError case.redactor is in use by another program. Nothing was")
    _rule(case)
    require_one_state(case)
    assert check_store(case.store) == []
    case.close()
    open_case(case.path).close()


@pytest.mark.parametrize("who", ["OFFICER", "nobody"])
def test_the_same_person_cannot_open_a_case_twice(who: str, folder: Path):
    case = new_case(folder / "case.redactor")
    said = _python(_OPEN, case.path, who).stdout
    assert said.startswith(f"{CaseHeld.__name__} case.redactor is open: Morwenna Teague has it")
    _rule(case)
    case.close()


@POSIX
@pytest.mark.parametrize("is_changed_first", [False, True])
def test_a_case_that_is_gone_while_it_is_open_takes_no_change(folder: Path, is_changed_first: bool):
    """Posix lets an open file be deleted, and what is written to it then is lost with it."""
    case = new_case(folder / "case.redactor")
    if is_changed_first:
        _rule(case)
    before = (case.events(), case.life, case.standing())
    case.path.rename(folder / "elsewhere")
    for _ in range(2):
        with pytest.raises(CaseError, match="is no longer in its place") as caught:
            _rule(case)
        assert "change was not kept" in caught.value.user_message
        shutil.copy(folder / "elsewhere", case.path)  # the same bytes are not the same file
    assert (case.events(), case.life, case.standing()) == before
    (folder / "elsewhere").replace(case.path)
    _rule(case)
    case.close()
    again = open_case(case.path)
    assert again.events() == case.events()
    again.close()


@POSIX
def test_a_case_that_is_gone_gives_no_backup_and_says_so(folder: Path):
    case = new_case(folder / "case.redactor")
    case.path.unlink()
    with pytest.raises(CaseError, match="is not there, so it was not copied"):
        case.close()
    assert [file.name for file in folder.iterdir()] == []


@POSIX
def test_a_case_that_is_cut_short_while_it_is_open_is_damaged(
    folder: Path, capfd: pytest.CaptureFixture[str]
):
    """Whatever is asked of it says so, and nothing is printed past the program."""
    made = make_case(folder / "case.redactor")
    path = made.path
    made.close()
    case = open_case(path)
    link = case.store.vault.link
    link.execute("PRAGMA cache_size = 1")
    link.execute("PRAGMA shrink_memory")
    os.truncate(path, 8192)
    ask: list[Callable[[], object]] = [
        case.store.events,
        case.documents,
        case.store.marks,
        lambda: list(case.segments(1)),
        lambda: case.rows(1, "", 0, 10),
        lambda: case.containers(1),
        lambda: case.source(1),
        lambda: case.store.files.original_of("1"),
        lambda: case.store.files.of_event(1),
        lambda: case.store.files.rows(1),
        lambda: case.store.draft(EventKind.RULED, {}),
        lambda: _rule(case),
    ]
    for one in ask:
        with pytest.raises(DamagedCase, match="Restore it from its backup"):
            one()
    case.close(backup=False)
    assert capfd.readouterr() == ("", "")


def test_a_folder_that_is_gone_is_said(folder: Path):
    path = folder / "case.redactor"
    new_case(path).close()
    shutil.rmtree(folder)
    with pytest.raises(CaseError, match=r"folder is not there\. Nothing was changed"):
        open_case(path)
    with pytest.raises(CaseError, match="is not there"):
        open_case(path, OBSERVER)
