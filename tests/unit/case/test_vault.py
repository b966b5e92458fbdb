"""The encrypted file: what opens it, what does not, and what is left when something fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from redactor.case import vault
from redactor.case.backup import migration_copy
from redactor.case.check import check_store
from redactor.case.store import Store
from redactor.case.vault import Vault
from redactor.errors import CaseError, DamagedCase, UsageError, WrongPassphrase
from redactor.events import EventKind
from redactor.model import LinePlace, Segment
from tests.case_kit import PASSPHRASE, new_case, open_case

_ROOT = Path(__file__).resolve().parents[3]
_PAGE = 4096
_WORD = "Quillfeather"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a closed case that holds a document of several pages."""
    case = new_case(tmp_path / "case.redactor")
    data = (_WORD * 2000).encode()
    case.store.add_document("a.txt", "ab" * 32, data)
    case.store.add_segments(1, [Segment(LinePlace(n), f"{_WORD} {n}") for n in range(1, 1000)])
    case.close(backup=False)
    return case.path


def no_copy(_: int) -> None:
    pytest.fail("the file is up to date, and needs no copy")


def opened(path: Path, passphrase: str = PASSPHRASE, *, to_change: bool = True) -> Vault:
    return Vault.open(path, passphrase, no_copy, to_change=to_change)


@pytest.fixture
def open_vault(path: Path) -> Iterator[Vault]:
    one = opened(path)
    yield one
    one.close()


# --- what opens it ----------------------------------------------------------------------------


def test_a_wrong_passphrase_is_told_from_damage_and_changes_nothing(path: Path):
    before = path.read_bytes()
    for passphrase in (PASSPHRASE.upper(), PASSPHRASE + " ", "", "x" * 2000):
        with pytest.raises(WrongPassphrase, match=r"does not open case\.redactor") as error:
            opened(path, passphrase)
        assert PASSPHRASE not in repr(error.value)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_accented_passphrase_opens_from_every_keyboard(tmp_path: Path):
    composed, decomposed = "caf\u00e9 au lait", "cafe\u0301 au lait"
    Vault.create(tmp_path / "a.redactor", composed, lambda _: None).close()
    opened(tmp_path / "a.redactor", decomposed).close()


def test_a_passphrase_that_is_too_short_makes_nothing(tmp_path: Path):
    with pytest.raises(UsageError, match="too short"):
        Vault.create(tmp_path / "a.redactor", "short", lambda _: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("salts_by_chance")
def test_two_cases_with_one_passphrase_have_different_keys(tmp_path: Path):
    for name in ("a.redactor", "b.redactor"):
        Vault.create(tmp_path / name, PASSPHRASE, lambda _: None).close()
    one, two = ((tmp_path / name).read_bytes() for name in ("a.redactor", "b.redactor"))
    (tmp_path / "b.redactor").write_bytes(two[:16] + one[16:])
    with pytest.raises(DamagedCase):
        opened(tmp_path / "b.redactor")


def test_a_name_that_is_taken_is_never_written_over(path: Path):
    before = path.read_bytes()
    with pytest.raises(CaseError, match="exists already"):
        Vault.create(path, PASSPHRASE, lambda _: None)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(CaseError, match=r"case\.redactor cannot be (made|opened) there"):
        Vault.create(tmp_path / "nowhere" / "case.redactor", PASSPHRASE, lambda _: None)


def test_a_case_that_cannot_be_begun_leaves_no_file(tmp_path: Path):
    def fail(_: Vault) -> None:
        raise CaseError("It could not be begun.")

    with pytest.raises(CaseError, match="could not be begun"):
        Vault.create(tmp_path / "a.redactor", PASSPHRASE, fail)
    assert list(tmp_path.iterdir()) == []


# --- what is no case, or a newer one ------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xd5", b"\xd5\x01short", b"only some text in a file"])
def test_a_file_that_is_no_case_is_refused_and_left_alone(tmp_path: Path, content: bytes):
    other = tmp_path / "notes.redactor"
    other.write_bytes(content)
    with pytest.raises(CaseError, match=r"notes\.redactor"):
        opened(other)
    assert other.read_bytes() == content
    assert list(tmp_path.iterdir()) == [other]


def test_a_case_that_is_not_there_is_said_with_what_can_be_done(tmp_path: Path):
    with pytest.raises(CaseError, match=r"absent\.redactor is not there.*Make a new case"):
        opened(tmp_path / "absent.redactor")
    with pytest.raises(CaseError, match="is not there"):
        opened(tmp_path)


def test_a_database_that_is_not_encrypted_is_refused(tmp_path: Path):
    link = sqlite3.connect(tmp_path / "old.redactor")
    link.execute("CREATE TABLE t (x)")
    link.commit()
    link.close()
    with pytest.raises(CaseError, match="is not encrypted"):
        opened(tmp_path / "old.redactor")


def test_an_encrypted_database_of_another_program_is_refused(path: Path):
    with_link(path, "PRAGMA application_id = 1")
    with pytest.raises(CaseError, match="is not a Redactor case"):
        opened(path)


def test_a_case_of_a_newer_version_is_refused(path: Path):
    with_link(path, "PRAGMA user_version = 99")
    with pytest.raises(CaseError, match="newer version"):
        opened(path)


def test_a_key_of_a_newer_recipe_is_refused(path: Path):
    written = path.read_bytes()
    path.write_bytes(written[:1] + b"\x02" + written[2:])
    with pytest.raises(CaseError, match="newer version"):
        opened(path)


def with_link(path: Path, statement: str) -> None:
    one = opened(path)
    one.link.execute(statement)
    one.close()


# --- damage -----------------------------------------------------------------------------------


def test_one_flipped_byte_in_any_page_is_noticed(path: Path):
    written = path.read_bytes()
    assert len(written) % _PAGE == 0
    for page in range(len(written) // _PAGE):
        for offset in (100, _PAGE // 2, _PAGE - 30, _PAGE - 1):
            place = page * _PAGE + offset
            path.write_bytes(flipped(written, place))
            assert is_noticed(path), (page, offset)


def test_a_flipped_byte_in_the_header_opens_nothing(path: Path):
    written = path.read_bytes()
    for place in range(16):
        path.write_bytes(flipped(written, place))
        with pytest.raises(CaseError, match=r"case\.redactor"):
            opened(path)


def test_a_file_that_was_cut_off_is_noticed(path: Path):
    written = path.read_bytes()
    pages = range(0, len(written), _PAGE)
    for length in {0, 1, 15, 16, 17, 100, len(written) - 1, *pages, *(one + 7 for one in pages)}:
        if length < len(written):
            path.write_bytes(written[:length])
            assert is_noticed(path), length


def test_two_pages_that_changed_places_are_noticed(path: Path):
    written = path.read_bytes()
    one, two = written[2 * _PAGE : 3 * _PAGE], written[3 * _PAGE : 4 * _PAGE]
    path.write_bytes(written[: 2 * _PAGE] + two + one + written[4 * _PAGE :])
    assert is_noticed(path)


def flipped(written: bytes, place: int) -> bytes:
    return written[:place] + bytes([written[place] ^ 0x10]) + written[place + 1 :]


def is_noticed(path: Path) -> bool:
    """Say whether opening or checking a damaged file gives an error of ours or a problem."""
    try:
        one = opened(path)
    except CaseError as error:
        return path.name in error.user_message
    try:
        problems = check_store(Store(one))
        return bool(problems) and all(problem.kind == "damaged" for problem in problems)
    except CaseError:
        return True
    finally:
        one.close()


# --- several programs, and no room ----------------------------------------------------------------


def run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        check=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


_OPENING = """
import sys
from pathlib import Path
from redactor.case.vault import Vault
from redactor.errors import CaseError
try:
    Vault.open(Path(sys.argv[1]), sys.argv[2], print).close()
    print("opened")
except CaseError as error:
    print(error.user_message)
"""


def test_a_case_that_is_open_keeps_other_programs_out(path: Path):
    one = opened(path)
    assert "in use by another program" in run(_OPENING, str(path), PASSPHRASE)
    one.close()
    assert run(_OPENING, str(path), PASSPHRASE) == "opened"


def test_a_full_disk_is_said_and_nothing_is_lost(path: Path):
    case = open_case(path)
    link, before = case.store.vault.link, case.events()
    (pages,) = link.execute("PRAGMA page_count").fetchone()
    link.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CaseError, match=r"the disk is full\. The last change was not kept"):
        case.store.add_document("b.txt", "cd" * 32, b"x" * 100_000)
    assert case.store.events() == before
    assert len(case.store.documents()) == 1
    link.execute(f"PRAGMA max_page_count = {pages + 1000}")
    assert case.store.add_document("b.txt", "cd" * 32, b"x" * 100_000)[0] == 2
    assert len(case.store.events()) == len(before) + 1
    case.close(backup=False)


_FILLING = """
import resource, signal, sys
from pathlib import Path
from redactor.errors import CaseError
from tests.case_kit import open_case
path = Path(sys.argv[1])
case = open_case(path)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = path.stat().st_size + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
before = len(case.store.events())
try:
    case.store.add_document("b.txt", "cd" * 32, b"x" * 1_000_000)
    print("written")
except CaseError as error:
    print(len(case.store.events()) - before, error.user_message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only Posix limits the size of a file")
def test_a_file_that_may_not_grow_is_said_and_nothing_is_lost(path: Path):
    said = run(_FILLING, str(path))
    assert said.startswith("0 case.redactor could not be")
    case = open_case(path)
    assert len(case.documents()) == 1
    assert case.store.vault.damage() == []
    case.close(backup=False)


def test_a_change_that_fails_halfway_leaves_nothing(open_vault: Vault):
    def add_twice() -> None:
        with open_vault.change() as link:
            for _ in range(2):
                link.execute("INSERT INTO blobs VALUES ('x', x'00')")

    with pytest.raises(CaseError):
        add_twice()
    assert open_vault.link.execute("SELECT count(*) FROM blobs").fetchone() == (1,)
    assert not open_vault.link.in_transaction


# --- migrations -------------------------------------------------------------------------------


_NOW = vault.latest_version()
_NEXT = _NOW + 1


def add_step(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    steps = (*vault.migrations(), (_NEXT, "".join(f"{one};\n" for one in statements)))
    monkeypatch.setattr(vault, "migrations", lambda: steps)


def test_an_older_case_is_copied_and_then_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = path.read_bytes()
    add_step(monkeypatch, "CREATE TABLE later (x TEXT) STRICT", "INSERT INTO later VALUES ('y')")
    copies: list[Path] = []
    one = Vault.open(path, PASSPHRASE, lambda version: copies.append(migration_copy(path, version)))
    assert one.link.execute("SELECT x FROM later").fetchall() == [("y",)]
    assert one.link.execute("PRAGMA user_version").fetchone() == (_NEXT,)
    assert one.schema() == vault.expected_schema()
    one.close()
    (copy,) = copies
    assert copy.read_bytes() == before
    opened(path).close()  # and not once more


def test_a_step_that_fails_leaves_the_case_at_its_old_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    copies: list[Path] = []
    with monkeypatch.context() as patch:
        add_step(patch, "CREATE TABLE later (x TEXT) STRICT", "INSERT INTO nowhere VALUES (1)")
        with pytest.raises(CaseError, match=r"case\.redactor"):
            Vault.open(
                path, PASSPHRASE, lambda version: copies.append(migration_copy(path, version))
            )
    one = opened(path)
    assert one.link.execute("PRAGMA user_version").fetchone() == (_NOW,)
    assert one.schema() == vault.expected_schema()
    assert one.damage() == []
    one.close()
    assert len(copies) == 1


def test_a_case_that_cannot_be_copied_is_not_changed(path: Path, monkeypatch: pytest.MonkeyPatch):
    before = path.read_bytes()
    add_step(monkeypatch, "CREATE TABLE later (x TEXT) STRICT")

    def fail(_: int) -> Any:
        raise CaseError("No copy could be made.")

    with pytest.raises(CaseError, match="No copy"):
        Vault.open(path, PASSPHRASE, fail)
    assert path.read_bytes() == before


def test_the_steps_are_numbered_from_one_without_gaps():
    assert [number for number, _ in vault.migrations()] == [*range(1, vault.latest_version() + 1)]


# --- nothing in plain text ----------------------------------------------------------------------


def test_neither_the_file_nor_its_journal_holds_anything_in_plain_text(path: Path):
    plain = [_WORD.encode(), b"SQLite format 3", b"CREATE TABLE", b"Morwenna", b"case-created"]
    case = open_case(path)
    journal = path.with_name(f"{path.name}-journal")
    with case.store.vault.change() as link:
        link.execute("UPDATE blobs SET data = zeroblob(30000)")
        link.execute("UPDATE documents SET name = 'other'")
        case.store.append(EventKind.COMMENTED, {"mark": 1, "text": _WORD})
        written = journal.read_bytes()
        assert len(written) > _PAGE  # the journal has pages as they were before
        assert [word for word in plain if word in written] == []
        assert [word for word in plain if word in path.read_bytes()] == []
    assert [word for word in plain if word in path.read_bytes()] == []
    case.close(backup=False)
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]
    assert [word for word in plain if word in path.read_bytes()] == []


def test_pages_that_were_taken_back_are_not_remembered(tmp_path: Path):
    """About once in 8,000 times the sound file is called damaged otherwise (SQLCipher 4)."""
    path = tmp_path / "case.redactor"
    Vault.create(path, PASSPHRASE, lambda _: None).close()
    opened = Vault.open(path, PASSPHRASE, lambda _: None)
    said: list[str] = []
    opened.link.set_trace_callback(said.append)
    vault._keep_others_out(opened.link)
    with pytest.raises(CaseError), opened.change() as link:
        link.execute("INSERT INTO secrets VALUES ('a', NULL)")
    opened.link.set_trace_callback(None)
    opened.close()
    after = [later for before, later in pairwise(said) if before == "ROLLBACK"]
    assert after == ["PRAGMA shrink_memory"] * 2
