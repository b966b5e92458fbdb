"""The encrypted file: making it, opening it, bringing it up to date, and changing it in one piece.

The file is an SQLCipher database, encrypted whole, journal included, with a key drawn out of the
passphrase by Argon2id. SQLCipher keeps the first 16 bytes of the file for a salt; ours are a mark
and the number of the key's recipe (2 bytes), random (10), and a check of the key (4). The check
lets a wrong passphrase be told from a damaged file. It helps nobody who guesses: each guess has to
go through Argon2id before it can be held against either.

A rollback journal and an exclusive lock are used, not a write-ahead log: a closed case is one file
that can be copied, and it can be kept on a network share and opened from a read-only one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from redactor.case.backup import backup_path, flush_folder, journals
from redactor.case.faults import GONE, case_error, explained
from redactor.case.passphrase import (
    ITERATIONS,
    LANES,
    MEMORY_KIB,
    derive_key,
    require_passphrase,
)
from redactor.errors import CaseError, DamagedCase, WrongPassphrase

APPLICATION_ID = 0x52444354  # "RDCT"
#: The first bytes of a case file: a mark, and which recipe its key was made by.
_MARK = b"\xd5\x01"
_RECIPE = {"memory_kib": MEMORY_KIB, "iterations": ITERATIONS, "lanes": LANES}
_HEADER_BYTES = 16
_CHECK_BYTES = 4
_KEY_BYTES = 32
_PLAIN = b"SQLite format 3\0"
_LOCK_SECONDS = 2.0


class Vault:
    """An open case file. Changes come from one thread; originals may be fetched from any."""

    def __init__(self, path: Path, link: sqlite.Connection, *, at: Path | None = None) -> None:
        self.path = path
        self.link = link
        self._at = at or path
        self._opened = self._at.stat()
        #: Held while a change is made, and while another thread fetches something.
        self.lock = threading.RLock()

    @classmethod
    def create(cls, path: Path, passphrase: str, begin: Callable[[Vault], object]) -> Vault:
        """Make a new case file, whole or not at all.

        It is made beside its place and moved there when it is finished. What a program that was
        killed meanwhile leaves is no case, and goes when the case is made again.

        Args:
            begin: writes the first things into it.

        Raises:
            CaseError: there is a file of this name already, or the folder cannot be written to.
            UsageError: the passphrase is too short.
        """
        if os.path.lexists(path):
            raise CaseError(f"{path.name} exists already. Choose another name, or open it.")
        if left := journals(path):  # a new file beside it would be damaged by it
            raise CaseError(
                f"{left[0].name} is left of an earlier case of this name. Nothing was made. "
                "Choose another name, or move it away if that case is no longer wanted."
            )
        start = _MARK + secrets.token_bytes(_HEADER_BYTES - len(_MARK) - _CHECK_BYTES)
        key, check = _key(require_passphrase(passphrase), start)
        beside = path.with_name(f"{path.name}.part")
        try:
            _clear_away(beside)
            _make(path, beside, key, start + check, begin)
            beside.rename(path)
            flush_folder(path.parent)
            return cls(path, _opened(path, key, start + check, to_change=True))
        except OSError:
            raise CaseError(
                f"{path.name} cannot be made there: the folder is not there or cannot be written "
                "to. Nothing was kept. Choose another folder."
            ) from None
        finally:
            with contextlib.suppress(OSError):  # the folder may be gone; the next attempt clears it
                _clear_away(beside)

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str,
        keep_copy: Callable[[int], object],
        *,
        to_change: bool = True,
    ) -> Vault:
        """Open a case file, and bring it up to date if an older version made it.

        Args:
            keep_copy: keeps a copy of the file before it is changed; is given its version.
            to_change: keep every other program out from now on, not only from the first change.

        Raises:
            CaseError: it is missing, no case file, damaged, in use or of a newer version, or the
                passphrase is wrong. Nothing was changed.
        """
        key, header = _unlocked(path, passphrase)
        link = _opened(path, key, header)
        try:
            with explained(path):
                version = _version_of(path, link)
                if version < latest_version():
                    link.close()
                    keep_copy(version)
                    link = _opened(path, key, header)
                    _migrate(link, version)
                if to_change:
                    _keep_others_out(link)
        except BaseException:
            link.close()
            raise
        return cls(path, link)

    def close(self) -> None:
        """Close the file; the journal goes with it."""
        with self.lock:
            self.link.close()

    @contextmanager
    def change(self) -> Iterator[sqlite.Connection]:
        """Do several things as one change: all of it is on disk at the end, or nothing.

        Raises:
            CaseError: it could not be written; nothing was changed.
        """
        with self.lock, explained(self.path):
            self._require_in_place()
            self.link.execute("BEGIN IMMEDIATE")
            try:
                yield self.link
                self.link.execute("COMMIT")
            except BaseException:
                _take_back(self.link)
                raise

    def _require_in_place(self) -> None:
        """Go on only where the open file is the one at its path: a deleted one takes changes too.

        Windows deletes no open file, and its file numbers cannot be relied on for every share.
        """
        try:
            there = self._at.stat()
        except OSError:
            raise CaseError(f"{self.path.name} {GONE}") from None
        if sys.platform != "win32" and not os.path.samestat(there, self._opened):
            raise CaseError(f"{self.path.name} {GONE}")

    def broken_pages(self) -> int:
        """Count the pages of the file that are not as they were written."""
        with self.lock, explained(self.path):
            return len(self.link.execute("PRAGMA cipher_integrity_check").fetchall())

    def damage(self) -> list[str]:
        """Look at every page of the file; gives a sentence for each thing that is wrong."""
        if pages := self.broken_pages():
            return [f"{pages} pages of the file are not as they were written."]
        with self.lock, explained(self.path):
            rows = [str(row[0]) for row in self.link.execute("PRAGMA integrity_check")]
        return [] if rows == ["ok"] else [f"The database in it has {len(rows)} faults."]

    def require_structure(self) -> None:
        """Go on only where the tables are the program's own; others may never end being read.

        Raises:
            DamagedCase: there are other tables, views or triggers, or fewer.
        """
        with explained(self.path):
            if self.schema() == expected_schema():
                return
        raise DamagedCase(
            f"{self.path.name} cannot be read: its structure was changed outside Redactor. Nothing "
            "was changed. Restore it from its backup."
        )

    def schema(self) -> tuple[str, ...]:
        """Give the statements that made what is in the file, sorted."""
        return _schema(self.link)


def expected_schema() -> tuple[str, ...]:
    """Give the statements that make an up-to-date file, sorted."""
    link = sqlite.connect(":memory:", isolation_level=None)
    try:
        _migrate(link, 0)
        return _schema(link)
    finally:
        link.close()


# --- a new file ---------------------------------------------------------------------------------


def _make(
    path: Path, beside: Path, key: bytes, header: bytes, begin: Callable[[Vault], object]
) -> None:
    """Make the file of a new case beside its place, and close it."""
    link = _connect(path, key, header, at=beside)
    try:
        with explained(path):
            link.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(link, 0)
        begin(Vault(path, link, at=beside))
    finally:
        link.close()


def _clear_away(beside: Path) -> None:
    """Delete what was not finished, with its journal."""
    for file in (beside.with_name(f"{beside.name}-journal"), beside):
        file.unlink(missing_ok=True)


# --- versions ---------------------------------------------------------------------------------


def migrations() -> tuple[tuple[int, str], ...]:
    """Give the steps that make a case file what it is today, each with its number from 1."""
    folder = Path(__file__).with_name("migrations")
    return tuple(
        (int(path.name[:4]), path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.sql"))
    )


def latest_version() -> int:
    """Give the version of an up-to-date case file."""
    return migrations()[-1][0]


def _migrate(link: sqlite.Connection, version: int) -> None:
    """Take the steps after a version, all or none of them."""
    link.execute("BEGIN IMMEDIATE")
    try:
        for number, script in migrations():
            if number > version:
                for statement in _statements(script):
                    link.execute(statement)
                link.execute(f"PRAGMA user_version = {number}")
        link.execute("COMMIT")
    except BaseException:
        _take_back(link)
        raise


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements; ``executescript`` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite.complete_statement(statement):
            yield statement
            statement = ""


def _version_of(path: Path, link: sqlite.Connection) -> int:
    (kind,) = link.execute("PRAGMA application_id").fetchone()
    (version,) = link.execute("PRAGMA user_version").fetchone()
    if kind != APPLICATION_ID:
        raise CaseError(f"{path.name} is not a Redactor case file. Nothing was changed.")
    if version > latest_version():
        raise CaseError(
            f"{path.name} was made by a newer version of Redactor. "
            "Nothing was changed. Install the newer version to open it."
        )
    return int(version)


def _schema(link: sqlite.Connection) -> tuple[str, ...]:
    rows = link.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql")
    return tuple(str(sql) for (sql,) in rows)


# --- the key ----------------------------------------------------------------------------------


def _key(passphrase: str, start: bytes) -> tuple[bytes, bytes]:
    """Draw the key out of a passphrase; gives it with the check that is kept in the file."""
    drawn = derive_key(passphrase, start, length=_KEY_BYTES + _HEADER_BYTES, **_RECIPE)
    check = hashlib.sha256(b"redactor-key-check" + drawn[_KEY_BYTES:]).digest()
    return drawn[:_KEY_BYTES], check[:_CHECK_BYTES]


def _unlocked(path: Path, passphrase: str) -> tuple[bytes, bytes]:
    """Give the key and the header of a file, or say why not."""
    if not path.is_file():
        remedy = "Restore the backup" if backup_path(path).is_file() else "Make a new case"
        raise CaseError(f"{path.name} is not there. Check the folder. {remedy} if it is gone.")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError:
        raise CaseError(
            f"{path.name} cannot be opened. It may be open in another program, or you may not have "
            "permission. Nothing was changed."
        ) from None
    if header == _PLAIN:
        raise CaseError(
            f"{path.name} is not encrypted: an early trial version of Redactor made it, or another "
            "program. Nothing was changed. Make a new case and add the documents again."
        )
    if header[:1] == _MARK[:1] and header[1:2] > _MARK[1:]:
        raise CaseError(
            f"{path.name} was made by a newer version of Redactor. "
            "Nothing was changed. Install the newer version to open it."
        )
    if len(header) < _HEADER_BYTES or not header.startswith(_MARK):
        raise DamagedCase(
            f"{path.name} is not a Redactor case file, or is damaged. Nothing was changed. "
            "If it was one, restore the backup that lies beside it."
        )
    key, check = _key(passphrase, header[:-_CHECK_BYTES])
    if not secrets.compare_digest(check, header[-_CHECK_BYTES:]):
        raise WrongPassphrase(
            f"The passphrase does not open {path.name}. Nothing was changed. "
            "Check capital letters and the keyboard's language, and try again."
        )
    return key, header


def _opened(path: Path, key: bytes, header: bytes, *, to_change: bool = False) -> sqlite.Connection:
    link = _connect(path, key, header)
    try:
        with explained(path, reading=True):
            link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with explained(path):
            if to_change:
                _keep_others_out(link)
    except BaseException:
        link.close()
        raise
    return link


def _keep_others_out(link: sqlite.Connection) -> None:
    """Take the lock that is then kept until the file is closed.

    A file that may only be read can be locked; so something is written, and taken back.
    """
    link.execute("BEGIN EXCLUSIVE")
    link.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _take_back(link)


def _take_back(link: sqlite.Connection) -> None:
    """Take back the change that is under way, and forget the pages held in memory.

    SQLCipher looks at the first page while that is encrypted still. Once in some thousand times it
    makes sense by chance, is remembered so, and the sound file is then called damaged.
    """
    if link.in_transaction:
        link.execute("ROLLBACK")
    link.execute("PRAGMA shrink_memory")


def _connect(path: Path, key: bytes, header: bytes, *, at: Path | None = None) -> sqlite.Connection:
    try:
        link = sqlite.connect(
            at or path, timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite.Error as error:
        raise case_error(path, error) from None
    try:
        with explained(path, reading=True):
            # What is wrong is said in a sentence; the library would also print it (to stderr).
            link.execute("PRAGMA cipher_log_level = NONE")
            link.execute(f"PRAGMA key = \"x'{key.hex()}{header.hex()}'\"")
            for setting in (
                "locking_mode = EXCLUSIVE",
                "synchronous = FULL",
                "temp_store = MEMORY",
                "secure_delete = ON",
                "foreign_keys = ON",
                "trusted_schema = OFF",
            ):
                link.execute(f"PRAGMA {setting}")
    except BaseException:
        link.close()
        raise
    return link
