"""A new file on the disk: whole or not at all, never over another, and its owner's alone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that was not there, and return when it is on the disk.

    The name is taken first, which fails where a file has it, even one that came a moment ago; then
    the finished file is put in its place. On Posix only its owner may read it (mode 0600); on
    Windows it has the permissions of its folder.

    Raises:
        FileExistsError: there is a file of this name; it was not touched.
        OSError: it could not be written; nothing was kept.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        put_in_place(path, data)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def put_in_place(path: Path, data: bytes) -> None:
    """Write a file beside, and give it its name, which another may have, when it is on the disk.

    Raises:
        OSError: it could not be written; what has the name was not touched.
    """
    # mkstemp makes a file that only its owner may read.
    descriptor, name = tempfile.mkstemp(prefix="redactor-", suffix=".part", dir=path.parent)
    beside = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """See that the name, too, is on the disk; Windows has no such call and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
