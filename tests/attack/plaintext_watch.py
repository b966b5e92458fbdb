"""Look for canaries in everything that a program and its workers leave or hold on a disk."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: What an SQLite file shows that is not encrypted.
UNENCRYPTED = ("SQLite format 3", "CREATE TABLE")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
#: How a zlib stream can begin (RFC 1950: deflate, a window of 32 KiB, the four levels).
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_MOST_UNPACKED = 4_000_000
_WRITABLE = os.O_WRONLY | os.O_RDWR


def needles(words: Iterable[str]) -> tuple[bytes, ...]:
    """Give the bytes to look for: words as they are and in small letters, in three encodings."""
    forms = {form for word in words for form in (word, word.lower())}
    return tuple(form.encode(encoding) for form in sorted(forms) for encoding in _ENCODINGS)


def holds(data: bytes, wanted: Iterable[bytes]) -> bool:
    """Say whether bytes hold one of the needles, packed or not."""
    return any(one in view for view in _views(data) for one in wanted)


def _views(data: bytes) -> Iterator[bytes]:
    yield data
    for start in _ZLIB:
        at = data.find(start)
        while at >= 0:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[at:], _MOST_UNPACKED)
            at = data.find(start, at + 1)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield package.read(name)


@dataclass
class Watch:
    """What was seen in a folder, and in files that processes have open.

    Attributes:
        looks: how often it was looked.
        seen: names of files that were there at one look or another.
        unlinked: files that a process had open and that had no name.
        leaks: where something was found.
    """

    folder: Path
    words: tuple[str, ...]
    looks: int = 0
    seen: set[str] = field(default_factory=set)
    unlinked: set[str] = field(default_factory=set)
    leaks: set[str] = field(default_factory=set)
    _wanted: tuple[bytes, ...] = ()
    _known: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wanted = needles(self.words)

    def look(self, process: int | None = None, apart: Iterable[Path] = ()) -> None:
        """Look once.

        Args:
            process: whose open files, and those of its children, are looked at as well (Linux).
            apart: folders in which open files may hold anything.
        """
        self.looks += 1
        for path in self._files():
            with contextlib.suppress(OSError):
                self._look_into(path)
        if process is not None and sys.platform == "linux":
            for one in _family(process):
                self._look_at_open_files(one, [str(folder) for folder in apart])

    def _files(self) -> Iterator[Path]:
        for folder, _, names in os.walk(self.folder):
            for name in names:
                yield Path(folder, name)

    def _look_into(self, path: Path) -> None:
        name = str(path.relative_to(self.folder))
        status = path.stat()
        self.seen.add(name)
        if any(one in name.encode() for one in self._wanted):
            self.leaks.add(f"the name {name}")
        state = (status.st_size, status.st_mtime_ns)
        if stat.S_ISREG(status.st_mode) and self._known.get(name) != state:
            self._known[name] = state
            if holds(path.read_bytes(), self._wanted):
                self.leaks.add(name)

    def _look_at_open_files(self, process: int, apart: list[str]) -> None:
        with contextlib.suppress(OSError):
            for link in Path(f"/proc/{process}/fd").iterdir():
                with contextlib.suppress(OSError):
                    self._look_at_open_file(link, apart)

    def _look_at_open_file(self, link: Path, apart: list[str]) -> None:
        name = str(link.readlink())
        if not stat.S_ISREG(link.stat().st_mode) or name.startswith(tuple(apart)):
            return
        info = link.parent.with_name("fdinfo").joinpath(link.name).read_text("ascii")
        if not int(info.split("flags:")[1].split()[0], 8) & _WRITABLE:
            return
        if name.endswith(" (deleted)"):
            self.unlinked.add(name)
        if holds(link.read_bytes(), self._wanted):
            self.leaks.add(f"an open file, {name}")


def _family(process: int) -> list[int]:
    """Give a process with all that it has started, and they in turn."""
    found = [process]
    for parent in found:
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{parent}/task").iterdir():
                found += [int(one) for one in (thread / "children").read_text("ascii").split()]
    return found


#: Where programs put files that nobody asked for.
_PLACES = (
    "TMPDIR",
    "TEMP",
    "TMP",
    "SQLITE_TMPDIR",
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
)


def everywhere_in(folder: Path) -> Mapping[str, str]:
    """Give an environment in which every place for files of one's own lies in a folder."""
    places = {name: folder / name.lower() for name in _PLACES}
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
    return {**os.environ, **{name: str(place) for name, place in places.items()}}


_IN_CREATE, _IN_MOVED_TO = 0x100, 0x80
_EVENT_HEADER = struct.Struct("iIII")


class Created:
    """Takes down every file that is made in some folders, however soon it is gone (Linux)."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._descriptor = -1
        if sys.platform != "linux":
            return
        libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        for folder in folders:
            watched = libc.inotify_add_watch(
                self._descriptor, os.fsencode(folder), _IN_CREATE | _IN_MOVED_TO
            )
            if watched < 0:
                raise OSError(ctypes.get_errno(), "cannot be watched", str(folder))

    def names(self) -> list[str]:
        """Give the names of what was made since."""
        found: list[str] = []
        with contextlib.suppress(OSError):  # there is nothing more to read
            while events := os.read(self._descriptor, 65536):
                at = 0
                while at < len(events):
                    *_, length = _EVENT_HEADER.unpack_from(events, at)
                    at += _EVENT_HEADER.size + length
                    found.append(events[at - length : at].rstrip(b"\0").decode())
        return found
