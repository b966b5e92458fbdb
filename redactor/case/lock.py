"""Who holds a case. Beside ``X.redactor`` lies ``X.redactor.lock`` while somebody has it open.

The file says who (JSON, nothing of the case), and the holding process keeps a lock of the
operating system on it for its life. Only that lock counts: it goes by itself when its process dies,
however it dies, and the text that is then left behind is a *stale* lock, which tells who it was.

What the lock does not do. It keeps honest programs apart and says by whom a case is held; what
keeps two writers out of the bytes is SQLite's own exclusive lock in the case file. If a person
deletes the lock file of a case that is open, which Windows forbids and Linux does not, the next
process gets a lock here, and is then refused by SQLite when it opens the case. The same holds where
a case is reached under two names by a hard link, since each name has a lock file of its own.

The branches for Windows follow the documentation of ``_locking``; only Linux's could be tried.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import json
import os
import stat
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from redactor.errors import CaseError, CaseHeld

#: A longer file was not written by this program.
_LONGEST_CONTENT = 4096
_LONGEST_FIELD = 200
#: Windows locks forbid others to read what they cover, so the byte that is locked lies beyond
#: the text. Source: learn.microsoft.com, _locking: a region may start past the end of the file.
_LOCKED_BYTE = 2**30
#: How often a lock on a file that was deleted meanwhile is tried anew.
_TRIES = 50
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
#: A link, pipe or device of that name is not followed or waited on (Windows has no such flags).
_FLAGS = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a case open, where, and since when (ISO form, UTC)."""

    name: str
    fingerprint: str
    host: str
    since: str


#: Stands for a holder whose text cannot be read or is not to be trusted.
UNKNOWN = Holder("", "", "", "")


def lock_path(case: Path) -> Path:
    """Give the lock file's place: beside the case, or beside what a link to it points to."""
    real = case.resolve() if case.is_symlink() else case
    return real.with_name(f"{real.name}.lock")


class CaseLock:
    """The hold of this process on a case. Keep it as long as the case is open."""

    def __init__(self, path: Path, descriptor: int | None, *, keep: bool) -> None:
        self._path = path
        self._descriptor = descriptor
        self._keep = keep

    @classmethod
    def acquire(cls, case: Path, holder: Holder | None) -> tuple[CaseLock, Holder | None]:
        """Take hold of a case.

        Args:
            case: the case file, which need not be there.
            holder: who wants to change it. None for a reader who changes nothing: the text of a
                stale lock stays as it is, and where the folder cannot be written to and has no
                lock file, none is needed. While a reader reads, others are told whatever the
                lock file says, which may be the name of a stale holder.

        Returns:
            The lock, and the stale holder that was found: None when the last one left properly,
            ``UNKNOWN`` when the text makes no sense. The text of a stale holder with another
            fingerprint is still there: ``take`` replaces it, ``release`` leaves it.

        Raises:
            CaseHeld: a living process has it, this one included.
            CaseError: the lock file cannot be made or locked.
        """
        try:
            path = lock_path(case)
            descriptor = _locked(case, path, reader=holder is None)
            if descriptor is None:
                return cls(path, None, keep=True), None
        except OSError as error:
            raise _lock_error(case, error) from None
        lock = cls(path, descriptor, keep=True)
        try:
            stale = _read(descriptor)
            lock._keep = stale is not None
            if holder is not None and (stale is None or _is_same_person(stale, holder)):
                lock.take(holder)
        except BaseException as error:
            lock.release()
            if isinstance(error, OSError):
                raise _lock_error(case, error) from None
            raise
        return lock, stale

    @property
    def keeps_others_out(self) -> bool:
        """Tell whether a lock is held: a reader in a folder that is read-only has none."""
        return self._descriptor is not None

    def take(self, holder: Holder) -> None:
        """Write who has the case now, in place of whoever is named there.

        Raises:
            CaseError: it could not be written, or nothing is held.
        """
        case = self._path.with_suffix("")
        if self._descriptor is None:
            raise CaseError(f"{case.name} is not held. Nothing was changed. Open it again.")
        cleaned = {key: _cleaned(value) for key, value in asdict(holder).items()}
        content = json.dumps(cleaned, ensure_ascii=False).encode("utf-8")
        try:
            # Overwritten, then cut: should the disk be full, the stale holder is still named.
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, content)
            os.ftruncate(self._descriptor, len(content))
            os.fsync(self._descriptor)
            self._keep = False
        except OSError as error:
            raise _lock_error(case, error) from None

    def release(self) -> None:
        """Let go, and take the lock file away unless it names a stale holder. Twice is once."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            # Should the share be gone, a stale lock remains, which the next person can take over.
            with contextlib.suppress(OSError):
                if not self._keep:
                    _remove(descriptor, self._path)
        finally:
            _unlock(descriptor)
        if sys.platform == "win32" and not self._keep:
            # An open file cannot be deleted there. One that another has opened meanwhile stays,
            # which is right: it is theirs now, and of ours nothing is left in it.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _locked(case: Path, path: Path, *, reader: bool) -> int | None:
    """Open and lock the file that is at this path; None where a reader needs no lock."""
    for _ in range(_TRIES):
        opened = _open(path, reader=reader)
        if opened is None:
            return None
        descriptor, writable = opened
        try:
            _lock_or_refuse(case, descriptor, exclusive=writable)
            if not (reader or writable):
                raise PermissionError(errno.EACCES, "not ours to write")  # noqa: TRY301
            # The last holder may have deleted the file between our opening and locking it, and
            # another may have made a new one: then what we locked is nothing.
            if _is_at(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
    raise CaseHeld(case.name)


def _lock_or_refuse(case: Path, descriptor: int, *, exclusive: bool) -> None:
    """Lock an open file, or say who has it."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise OSError(errno.EINVAL, "not a file")
    if not _try_lock(descriptor, exclusive=exclusive):
        held = _read(descriptor) or UNKNOWN
        raise CaseHeld(case.name, held.name, held.host, held.since)


def _open(path: Path, *, reader: bool) -> tuple[int, bool] | None:
    """Open the lock file, with whether it may be written.

    Returns:
        None for a reader where there is no lock file and none can be made: nobody who could not
        make one changes the case either.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o666), True
    except OSError as error:
        if error.errno not in _DENIED:
            raise
        denied = error
    try:
        return os.open(path, os.O_RDONLY | _FLAGS), False  # another's file still tells who has it
    except FileNotFoundError:
        if reader:
            return None
        raise denied from None


def _try_lock(descriptor: int, *, exclusive: bool) -> bool:
    """Lock at once or not at all. A file that may only be read takes a reader's lock on Linux."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists for Windows only

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not on Windows

            # flock, not lockf: it also keeps one process from holding a case twice, and does not
            # vanish when that process closes the file elsewhere (man 2 flock, man 2 fcntl).
            kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the one is Linux's word for it, the other Windows'
        return False
    return True


def _unlock(descriptor: int) -> None:
    """Let go and close. Windows frees the locks of a closed file only when it has time to."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists for Windows only

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    finally:
        os.close(descriptor)


def _remove(descriptor: int, path: Path) -> None:
    """Empty our lock file and, where an open file can be deleted, delete it while it is locked."""
    os.ftruncate(descriptor, 0)
    if sys.platform != "win32" and _is_at(descriptor, path):
        path.unlink()


def _is_at(descriptor: int, path: Path) -> bool:
    """Tell whether this open file is the one at this path; Windows deletes no open file."""
    if sys.platform == "win32":
        return True
    else:  # noqa: RET505 - so that the types of either system can be checked
        try:
            return os.path.samestat(os.fstat(descriptor), os.lstat(path))
        except FileNotFoundError:
            return False


def _read(descriptor: int) -> Holder | None:
    """Read who is named in the file: None where nobody is, ``UNKNOWN`` where it makes no sense."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    content = os.read(descriptor, _LONGEST_CONTENT + 1)
    if not content:
        return None
    if len(content) > _LONGEST_CONTENT:
        return UNKNOWN
    try:
        fields = json.loads(content.decode("utf-8"))
        name, fingerprint, host, since = (
            fields[key] for key in ("name", "fingerprint", "host", "since")
        )
        trusted = all(_is_plain(text) for text in (name, fingerprint, host, since))
        trusted = trusted and bool(name and fingerprint)
        trusted = trusted and dt.datetime.fromisoformat(since).utcoffset() == dt.timedelta(0)
    except (ValueError, TypeError, KeyError, RecursionError):
        return UNKNOWN
    return Holder(name, fingerprint, host, since) if trusted else UNKNOWN


def _is_plain(text: object) -> bool:
    """Tell whether this is a short text that shows as it is: no control or direction marks."""
    return isinstance(text, str) and len(text) <= _LONGEST_FIELD and text.isprintable()


def _is_same_person(stale: Holder, holder: Holder) -> bool:
    return bool(holder.fingerprint) and stale.fingerprint == holder.fingerprint


def _cleaned(text: str) -> str:
    """Leave out what ``_is_plain`` would refuse, so that what is written can be read."""
    return "".join(filter(str.isprintable, text))[:_LONGEST_FIELD]


def _lock_error(case: Path, error: OSError) -> CaseError:
    """Say what an error of the file system means for the lock."""
    if error.errno in _DENIED:
        sentence = (
            "cannot be written to there. Nothing was changed. Check the folder's permissions."
        )
    elif error.errno == errno.ENOENT:
        sentence = "cannot be opened: its folder is not there. Nothing was changed. Check the path."
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        sentence = "cannot be opened: the disk is full. Nothing was changed. Make room first."
    elif error.errno in (errno.EINVAL, errno.ELOOP, errno.EISDIR, errno.ENXIO):
        sentence = (
            f"cannot be opened: {case.name}.lock is not a lock file. Nothing was changed."
            " Move it away if nobody has the case open."
        )
    else:
        sentence = (
            "cannot be locked there: the disk or the network share gave an error."
            " Nothing was changed. Copy the case to a disk of this computer if it happens again."
        )
    return CaseError(f"{case.name} {sentence}")
