"""Small compound files, written stream by stream, and what Office puts into them.

Source: [MS-CFB] 2 (the container), [MS-OVBA] 2.4.1 (packed sources), [MS-OLEDS] 2.3.6 (a file).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL = 512, 64


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Write a compound file; a path with a slash lies in a storage. Streams stay below 4 kB."""
    small = b"".join(data + bytes(-len(data) % _SMALL) for data in streams.values())
    small += bytes(-len(small) % _SECTOR)
    entries = _directory(streams, len(small))
    chains = _small_chains(streams)
    parts = (entries, chains, small)
    starts: list[int] = []
    fat: list[int] = [_FAT]
    for part in parts:
        count = len(part) // _SECTOR
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), _END] if count else []
    assert len(fat) <= 128
    entries = entries[:116] + struct.pack("<I", starts[2]) + entries[120:]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIIII", 0, 1, starts[0], 0, 4096, starts[1],
                      len(chains) // _SECTOR, _END, 0, 0)
        + struct.pack("<108I", *[_FREE] * 108)
    )  # fmt: skip
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return header + table + entries + chains + small


def _directory(streams: Mapping[str, bytes], small: int) -> bytes:
    """Write the entries: the root, storages, streams; siblings hang to the right of each other."""
    names: list[str] = [""]
    for path in streams:
        pieces = path.split("/")
        names += ["/".join(pieces[: at + 1]) for at in range(len(pieces))]
    names = list(dict.fromkeys(names))
    offsets: dict[str, int] = {}
    at = 0
    for path, data in streams.items():
        offsets[path] = at
        at += -(-len(data) // _SMALL)
    written = b""
    for name in names:
        parent = name.rpartition("/")[0]
        siblings = [one for one in names if one and one.rpartition("/")[0] == parent]
        later = siblings[siblings.index(name) + 1 :] if name else []
        children = [one for one in names if one and one.rpartition("/")[0] == name]
        title = (name.rpartition("/")[2] or "Root Entry").encode("utf-16-le") + b"\0\0"
        kind = 5 if not name else 2 if name in streams else 1
        size = small if not name else len(streams.get(name, b""))
        written += title.ljust(64, b"\0") + struct.pack(
            "<HBBIII16xI8x8xIQ", len(title), kind, 1, _FREE,
            names.index(later[0]) if later else _FREE,
            names.index(children[0]) if children else _FREE,
            0, offsets.get(name, 0), size,
        )  # fmt: skip
    return written + bytes(-len(written) % _SECTOR)


def _small_chains(streams: Mapping[str, bytes]) -> bytes:
    chains: list[int] = []
    for data in streams.values():
        count = -(-len(data) // _SMALL)
        chains += [*range(len(chains) + 1, len(chains) + count), _END] if count else []
    chains += [_FREE] * (-len(chains) % (_SECTOR // 4))
    return struct.pack(f"<{len(chains)}I", *chains)


def packed(source: bytes) -> bytes:
    """Pack a macro's source, without finding repetitions."""
    tokens = b"".join(b"\0" + source[at : at + 8] for at in range(0, len(source), 8))
    return b"\x01" + struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens


def macro_project(module: str, source: str) -> bytes:
    """Write a macro project of one module."""
    name = module.encode("ascii")
    listing = b"".join(
        struct.pack("<HI", kind, len(data)) + data
        for kind, data in ((0x19, name), (0x1A, name), (0x31, bytes(4)))
    )
    return compound(
        {
            "PROJECT": f'ID="{{0}}"\r\nModule={module}\r\n'.encode(),
            "VBA/dir": packed(listing),
            f"VBA/{module}": packed(source.encode("ascii")),
        }
    )


def packaged_file(name: str, path: str, data: bytes) -> bytes:
    """Write an object that is a file somebody dropped into a document."""
    inner = (
        b"\x02\x00" + name.encode() + b"\0" + path.encode() + b"\0" + b"\0\0\x03\0"
        + struct.pack("<I", len(path) + 1) + path.encode() + b"\0"
        + struct.pack("<I", len(data)) + data
    )  # fmt: skip
    return compound({"\x01Ole10Native": struct.pack("<I", len(inner)) + inner})
