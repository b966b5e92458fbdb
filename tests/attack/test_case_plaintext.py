"""No plaintext of a case lies on the disk: not while it is worked in, not in between, not after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest

from tests.attack.plaintext_life import CANARIES, WITHHELD, write_drafts
from tests.attack.plaintext_watch import UNENCRYPTED, Created, Watch, everywhere_in

_ROOT = Path(__file__).resolve().parents[2]
_HOT = bytes.fromhex("d9d505f920a163d7")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """Give a folder with drafts, and with one that is watched."""
    (tmp_path / "watched" / "case").mkdir(parents=True)
    write_drafts(tmp_path / "drafts")
    return tmp_path


def _places(area: Path) -> Path:
    return area / "watched" / "places"


def _watch(area: Path) -> Watch:
    return Watch(area / "watched", (*CANARIES, *UNENCRYPTED))


def _start(area: Path, *how: str) -> subprocess.Popen[bytes]:
    places = everywhere_in(_places(area))
    here = area / "watched" / "here"
    here.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.attack.plaintext_life", str(area), *how],
        cwd=here,
        env={**places, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def test_a_whole_life_leaves_no_plaintext(area: Path):
    watch = _watch(area)
    everywhere_in(_places(area))
    created = Created(_places(area).iterdir())
    with _start(area) as process:
        while process.poll() is None:
            watch.look(process.pid, [area / "drafts", area / "release"])
        said = process.stdout.read() if process.stdout else b""
    watch.look()
    assert process.returncode == 0, said.decode()
    assert watch.leaks == set()
    assert watch.looks > 100
    assert created.names() == [], "made where nobody looks, if only for a moment"
    case = str(Path("case", "case.redactor"))
    assert {case, f"{case}.lock", f"{case}-journal", f"{case}.backup"} <= watch.seen
    left = {file.name for file in (area / "watched" / "case").iterdir()}
    assert left == {"case.redactor", "case.redactor.backup"}
    assert len(list((area / "release").iterdir())) == 5 + 3 + 2
    assert not any(word.encode() in said for word in CANARIES)


@LINUX
def test_a_change_that_is_stopped_half_way_shows_no_plaintext(area: Path):
    watch = _watch(area)
    with _start(area, "stopped") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        os.kill(process.pid, signal.SIGSTOP)
        case = area / "watched" / "case" / "case.redactor"
        assert case.stat().st_size > 8_000_000, "nothing of the change was written to the file yet"
        assert case.with_name("case.redactor-journal").read_bytes()[: len(_HOT)] == _HOT
        watch.look(process.pid, [area / "drafts"])
        os.kill(process.pid, signal.SIGCONT)
        process.communicate(b"go on\n")
    watch.look()
    assert process.returncode == 0
    assert watch.leaks == set()
    assert watch.unlinked == set()
    assert not any(file.is_file() for file in _places(area).rglob("*"))


@LINUX
def test_a_temporary_file_of_the_database_would_be_noticed(area: Path):
    watch = _watch(area)
    with _start(area, "careless") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        watch.look(process.pid, [area / "drafts"])
        process.communicate(b"go on\n")
    assert any("etilqs" in one for one in watch.unlinked)
    assert any("etilqs" in one for one in watch.leaks)


@pytest.mark.parametrize(
    "planted",
    [
        WITHHELD.encode(),
        WITHHELD.lower().encode("utf-16-le"),
        WITHHELD.encode("utf-16-be"),
        b"\x78\x9c and then " + zlib.compress(WITHHELD.encode()),
        b"SQLite format 3\0",
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "zlib", "a database"],
)
def test_what_lies_about_is_noticed(planted: bytes, tmp_path: Path):
    (tmp_path / "left behind").write_bytes(b"\0" * 1000 + planted + b"\0" * 1000)
    watch = Watch(tmp_path, (*CANARIES, *UNENCRYPTED))
    watch.look()
    assert watch.leaks == {"left behind"}


def test_a_name_of_a_file_is_noticed(tmp_path: Path):
    (tmp_path / "garsdale-memo.pdf").touch()
    watch = Watch(tmp_path, CANARIES)
    watch.look()
    assert watch.leaks == {"the name garsdale-memo.pdf"}


@LINUX
def test_a_file_that_is_gone_at_once_is_noticed(tmp_path: Path):
    created = Created([tmp_path])
    (tmp_path / "short-lived").touch()
    (tmp_path / "short-lived").unlink()
    assert created.names() == ["short-lived"]
    assert created.names() == []


@LINUX
def test_an_open_file_without_a_name_is_noticed(tmp_path: Path):
    watch = Watch(tmp_path, CANARIES)
    with tempfile.TemporaryFile() as file:
        file.write(WITHHELD.encode())
        file.flush()
        watch.look(os.getpid())
    assert any("an open file" in one for one in watch.leaks)
    assert watch.unlinked
