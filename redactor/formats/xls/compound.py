"""Open an OLE compound file: its streams, and the bytes that belong to none of them.

Source: [MS-CFB] (sectors, directory, mini stream). olefile reads the container; what is left over
is found here, by following every chain that is in use and keeping what none of them touches.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from redactor.errors import UnreadableDocument
from redactor.formats.package import damaged
from redactor.formats.signatures import is_compound_file, is_encrypted_package

#: Looking a stream up takes olefile as long as there are others beside it.
MAX_STREAMS = 5_000
_LAST_SECTOR = 0xFFFFFFFA  # greater ones are marks, [MS-CFB] 2.1
_ENTRY_SIZE = 128  # 2.6.1
_HEADER = 512


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file, opened.

    Attributes:
        streams: the bytes of each stream by its path (``_VBA_PROJECT_CUR/VBA/dir``).
        leftovers: bytes that no stream holds any more, by where they lie.
    """

    streams: dict[str, bytes] = field(repr=False)
    leftovers: dict[str, bytes] = field(repr=False)


def open_compound(untrusted: bytes) -> Compound:
    """Open a compound file.

    Raises:
        UnreadableDocument: empty, encrypted, not of this kind, damaged or a bomb.
    """
    if not untrusted:
        raise UnreadableDocument(
            "The file is empty (0 bytes).", "Ask for it to be sent again.", "empty"
        )
    if is_encrypted_package(untrusted):
        raise encrypted()
    if not is_compound_file(untrusted):
        raise UnreadableDocument(
            "The file is not an old Office file.", "Check that it is the right file.", "wrong-type"
        )
    if len(untrusted) < 3 * _HEADER:
        raise UnreadableDocument(
            "The file is cut off: its end is missing.", "Ask for it to be sent again.", "truncated"
        )
    try:
        with olefile.OleFileIO(io.BytesIO(untrusted)) as opened:
            return Compound(_streams(opened, len(untrusted)), _leftovers(opened, untrusted))
    except (OSError, IndexError, ValueError, TypeError, AttributeError, struct.error):
        raise damaged("its container") from None


def encrypted() -> UnreadableDocument:
    """Say that the file is encrypted."""
    return UnreadableDocument(
        "The file is encrypted with a password.",
        "Open it with its password, save it without one, and add that.",
        "encrypted",
    )


def _streams(opened: olefile.OleFileIO, size: int) -> dict[str, bytes]:
    listed = opened.listdir(streams=True, storages=False)
    if len(listed) > MAX_STREAMS:
        raise UnreadableDocument(
            f"The file holds {len(listed):,} parts, more than can be handled.",
            "Take embedded files out of it, and add them on their own.",
            "too-large",
        )
    total = 0
    streams: dict[str, bytes] = {}
    for path in listed:
        total += opened.get_size(path)
        if total > 2 * size:
            raise damaged("its streams are larger than it is")
        name = "/".join(piece.replace("/", "_") for piece in path)
        while name in streams:
            name += "'"
        streams[name] = opened.openstream(path).read()
    return streams


# --- what no stream holds ---------------------------------------------------------------------


def _leftovers(opened: olefile.OleFileIO, untrusted: bytes) -> dict[str, bytes]:
    """Give the bytes that belong to nothing, joined where they lie side by side."""
    sectors = _Chains(list(opened.fat), opened.sectorsize)
    mini = _Chains(list(opened.minifat or ()), opened.mini_sector_size)
    root = sectors.follow(opened.root.isectStart, opened.root.size)
    mini_stream = b"".join(_sector(untrusted, one, opened.sectorsize) for one in root)
    slack: list[bytes] = []
    for entry in opened.direntries:
        if entry is None or entry.entry_type != olefile.STGTY_STREAM:
            continue
        chains = mini if entry.is_minifat else sectors
        chain = chains.follow(entry.isectStart, entry.size)
        rest = entry.size % chains.size
        if not chain or not rest:
            continue
        start = chain[-1] * mini.size
        slack.append(
            mini_stream[start + rest : start + mini.size]
            if entry.is_minifat
            else _sector(untrusted, chain[-1], sectors.size)[rest:]
        )
    directory = sectors.follow(opened.first_dir_sector, None)
    _mark_tables(opened, sectors, untrusted)
    found = {
        "free sectors": b"\x00\x00".join(_free(sectors, untrusted, opened.sectorsize)),
        "free small sectors": b"\x00\x00".join(
            mini_stream[one * mini.size : (one + 1) * mini.size]
            for one in range(len(mini_stream) // mini.size)
            if one not in mini.used
        ),
        "ends of sectors": b"\x00\x00".join(slack),
        "deleted directory entries": _deleted_names(directory, untrusted, opened.sectorsize),
    }
    return {place: data for place, data in found.items() if data.strip(b"\x00\xff")}


class _Chains:
    """The sectors of one table, and which of them are in use."""

    def __init__(self, table: list[int], size: int) -> None:
        self.size = size
        self.used: set[int] = set()
        self._table = table

    def follow(self, start: int, length: int | None) -> list[int]:
        """Follow a chain, and mark what it takes; a chain in a circle ends where it began."""
        most = len(self._table) if length is None else -(-length // self.size)
        chain: list[int] = []
        while len(chain) < most and 0 <= start < len(self._table) and start not in self.used:
            chain.append(start)
            self.used.add(start)
            start = self._table[start]
        return chain

    def mark(self, sector: int) -> None:
        """Mark one sector as in use."""
        self.used.add(sector)


def _sector(untrusted: bytes, number: int, size: int) -> bytes:
    return untrusted[(number + 1) * size : (number + 2) * size]


def _mark_tables(opened: olefile.OleFileIO, sectors: _Chains, untrusted: bytes) -> None:
    """Mark the sectors that hold the tables themselves ([MS-CFB] 2.3 to 2.5)."""
    sectors.follow(opened.first_mini_fat_sector, None)
    for one in struct.unpack_from("<109I", untrusted, 76):
        if one < _LAST_SECTOR:
            sectors.mark(one)
    following, places = opened.first_difat_sector, opened.sectorsize // 4
    while following < _LAST_SECTOR and following not in sectors.used:
        sectors.mark(following)
        data = _sector(untrusted, following, opened.sectorsize)
        if len(data) < opened.sectorsize:
            return
        *listed, following = struct.unpack(f"<{places}I", data)
        for one in listed:
            sectors.mark(one)


def _free(sectors: _Chains, untrusted: bytes, size: int) -> Iterator[bytes]:
    """Give the runs of sectors that nothing takes."""
    count = max(-(-len(untrusted) // size) - 1, 0)
    start = 0
    for number in range(count + 1):
        if number == count or number in sectors.used:
            if number > start:
                yield untrusted[(start + 1) * size : (number + 1) * size]
            start = number + 1


def _deleted_names(directory: list[int], untrusted: bytes, size: int) -> bytes:
    """Give the names that unused entries of the directory still hold."""
    data = b"".join(_sector(untrusted, one, size) for one in directory)
    entries = (data[at : at + _ENTRY_SIZE] for at in range(0, len(data), _ENTRY_SIZE))
    return b"\x00\x00".join(one[:64] for one in entries if one[66:67] == b"\x00")
