"""A copy of the case on close, restored by one click.

A case is one encrypted file, and after a clean close no journal lies beside it, so a copy of its
bytes is a whole backup and opens with the same passphrase. Every copy is made beside its place
under another name, flushed, read back and compared before it takes the place in one step: what was
there stays as it was until the copy has been proved, and for good if anything fails.

Call these while this process has the case file closed. On Linux SQLite's own locks on a file go as
soon as the process closes that file anywhere (sqlite.org, How To Corrupt, 2.2).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from redactor.case.lock import CaseLock
from redactor.errors import CaseError

_PIECE = 4 * 1024 * 1024
#: What SQLite leaves beside a file that was not closed (sqlite.org/tempfiles.html).
_JOURNALS = ("-journal", "-wal", "-shm")


def backup_path(case: Path) -> Path:
    """Give the backup's place: beside the case, or beside what a link to it points to."""
    return _beside(case, ".backup")


def backup_time(case: Path) -> dt.datetime | None:
    """Tell, in UTC, as of when the backup is: when the case in it was last written to.

    Returns:
        None where there is no backup.

    Raises:
        CaseError: the folder could not be read.
    """
    with _told(f"The backup of {case.name} could not be looked at", "Nothing was changed."):
        try:
            seconds = backup_path(case).stat().st_mtime
        except FileNotFoundError:
            return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def keep_backup(case: Path) -> Path | None:
    """Copy a closed case to its backup.

    A backup has the time of its case, so equal size and time say that nothing was written since:
    a write always moves the time. Comparing hashes instead would read both files whole at every
    close of a case that was only looked at, which is as much work as the copy that it saves.

    Returns:
        The backup, or None where the last one is as the case is.

    Raises:
        CaseError: no copy could be made; the case and the last backup are as they were.
    """
    with _told(
        f"No backup of {case.name} was made",
        "The case is as it was, and so is the last backup, if there is one.",
    ):
        source, target = _closed(case), backup_path(case)
        if _is_unchanged(source, target):
            return None
        with _proved_copy(source, target) as copy:
            copy.replace(target)
            flush_folder(target.parent)
    return target


def migration_copy(case: Path, version: int) -> Path:
    """Copy a closed case before its file is changed from this version to a newer one.

    Returns:
        The copy. An earlier one of the same version stays; the new one has a number.

    Raises:
        CaseError: no copy could be made, so the case must not be changed.
    """
    with _told(
        f"{case.name} was not brought up to date: no copy of it could be made first",
        "The case is as it was.",
    ):
        source = _closed(case)
        target = _free(_beside(case, f".before-version-{version}"))
        with _proved_copy(source, target) as copy:
            copy.rename(target)
            flush_folder(target.parent)
    return target


def restore_backup(case: Path) -> Path | None:
    """Put the backup in the place of the case. The file that is there now is kept.

    The order is such that a power cut leaves either the old case with its journal or no case at
    all, never a journal beside a file that it does not belong to; restoring again then ends it.

    Returns:
        Where the present file went, its journal beside it; None where there was none.

    Raises:
        CaseHeld: somebody has the case open.
        CaseError: it could not be done; the case and the backup are as they were.
    """
    lock, _ = CaseLock.acquire(case, None)
    try:
        with _told(f"{case.name} was not restored", "The case is as it was, and so is the backup."):
            if not lock.keeps_others_out:
                raise PermissionError(errno.EACCES, "no lock file can be made there")
            source, target = backup_path(case), _beside(case, "")
            if not source.is_file():
                raise CaseError(
                    f"There is no backup of {case.name} beside it. Nothing was changed. "
                    "Look for a copy elsewhere."
                )
            with _proved_copy(source, target) as copy, _moved_aside(target) as aside:
                copy.rename(target)
                flush_folder(target.parent)
    finally:
        lock.release()
    return aside


# --- the parts ---------------------------------------------------------------------------------


def _beside(case: Path, ending: str) -> Path:
    real = case.resolve() if case.is_symlink() else case
    return real.with_name(f"{real.name}{ending}")


def _free(path: Path) -> Path:
    """Give this name, or the first with a number at which there is nothing yet."""
    names = (path if n == 1 else path.with_name(f"{path.name}-{n}") for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


def _closed(case: Path) -> Path:
    """Give the case's real place, once it is plain that its bytes are the whole of it."""
    source = _beside(case, "")
    if not source.is_file():
        raise CaseError(f"{case.name} is not there, so it was not copied. Check the folder.")
    if not source.stat().st_size:
        raise CaseError(
            f"{case.name} is empty, so it was not copied. Nothing was changed. "
            "Restore the case from its backup."
        )
    for journal in journals(source):
        if journal.stat().st_size:
            raise CaseError(
                f"{case.name} was not closed properly, so it was not copied. "
                "Nothing was changed. Open it again and close it."
            )
    return source


def journals(case: Path) -> list[Path]:
    """Give what SQLite left beside a file that was not closed."""
    paths = [case.with_name(case.name + ending) for ending in _JOURNALS]
    return [path for path in paths if os.path.lexists(path)]


def _is_unchanged(case: Path, backup: Path) -> bool:
    try:
        return _state(backup.stat()) == _state(case.stat())
    except FileNotFoundError:
        return False


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


@contextlib.contextmanager
def _proved_copy(source: Path, target: Path) -> Iterator[Path]:
    """Give a copy of the source that lies beside the target until it is moved there.

    Whatever happens, nothing of it is left under its own name; what a killed program left there
    goes first.
    """
    copy = target.with_name(f"{target.name}.part")
    try:
        copy.unlink(missing_ok=True)
        before = source.stat()
        written = _write_copy(source, copy, stat.S_IMODE(before.st_mode))
        os.utime(copy, ns=(before.st_atime_ns, before.st_mtime_ns))
        if _state(source.stat()) != _state(before):
            raise CaseError(
                f"{source.name} was written to while it was copied, so the copy was dropped. "
                "Nothing else was changed. Close it everywhere and do it again."
            )
        if _hash(copy) != written:
            raise CaseError(
                f"The copy of {source.name} did not read back as it was written, so it was "
                "dropped. Nothing else was changed. Have the disk or the network share checked."
            )
        yield copy
    finally:
        with contextlib.suppress(OSError):  # the share may be gone; the next copy clears it away
            copy.unlink(missing_ok=True)


def _write_copy(source: Path, copy: Path, mode: int) -> bytes:
    """Write a copy that no more people can read than the source, and give the hash of it."""
    digest = hashlib.sha256()
    with (
        source.open("rb") as reader,
        open(copy, "xb", opener=lambda path, flags: os.open(path, flags, mode | 0o600)) as writer,
    ):
        while piece := reader.read(_PIECE):
            digest.update(piece)
            writer.write(piece)
        writer.flush()
        os.fsync(writer.fileno())
    return digest.digest()


def _hash(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as reader:
        while piece := reader.read(_PIECE):
            digest.update(piece)
    return digest.digest()


@contextlib.contextmanager
def _moved_aside(case: Path) -> Iterator[Path | None]:
    """Move a case and its journals aside, under names that fit; move them back on an error."""
    now = dt.datetime.now(dt.UTC)
    aside = _free(case.with_name(f"{case.name}.damaged-{now:%Y%m%d-%H%M%S}"))
    was_there = os.path.lexists(case)
    moves = [(case, aside)] if was_there else []
    moves += [
        (one, aside.with_name(aside.name + one.name.removeprefix(case.name)))
        for one in journals(case)
    ]
    done: list[tuple[Path, Path]] = []
    try:
        for old, new in moves:
            old.rename(new)
            done.append((old, new))
        yield aside if was_there else None
    except BaseException:
        _move_back(case, done)
        raise


def _move_back(case: Path, done: list[tuple[Path, Path]]) -> None:
    """Undo moves, the last first, so that the case never lies there without its journal."""
    try:
        for old, new in reversed(done):
            new.rename(old)
    except OSError:
        raise CaseError(
            f"{case.name} could not be restored, nor put back: it is kept beside its place as "
            f"{done[0][1].name}. Nothing was lost. Check the folder, then restore the backup again."
        ) from None


def flush_folder(folder: Path) -> None:
    """Write the folder's entries to disk. Windows has no call for it; NTFS keeps a journal."""
    if sys.platform != "win32":
        # Some shares cannot. By then the file itself was flushed and is in its place.
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


@contextlib.contextmanager
def _told(what: str, state: str) -> Iterator[None]:
    """Turn an error of the file system into a sentence: what failed, why, how things stand."""
    try:
        yield
    except OSError as error:
        why, remedy = _REASONS.get(error.errno or 0, _ANY_REASON)
        raise CaseError(f"{what}: {why}. {state} {remedy}") from None


_ROOM = ("the disk is full", "Make room and do it again.")
_DENIED = (
    "the folder does not permit it, or another program has the file open",
    "Check both and do it again.",
)
_ANY_REASON = (
    "the disk or the network share gave an error",
    "Check it and do it again.",
)
_REASONS = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: (
        "the disk takes no file of that size",
        "Move the case to another disk and do it again.",
    ),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
}
