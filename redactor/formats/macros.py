"""Read the text of macros: module sources are packed, and would be searched by nobody.

Source: [MS-OVBA] 2.3.4.2 (the list of modules) and 2.4.1 (how sources are packed).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from redactor.errors import UnreadableDocument
from redactor.formats.binary_text import decoded, readable_strings
from redactor.formats.hidden import Gathered
from redactor.model import HiddenKind

_MODULE_NAME, _STREAM_NAME, _OFFSET, _VERSION = 0x19, 0x1A, 0x31, 0x09
_MOST_SOURCE = 16 * 2**20
_KIND = HiddenKind.MACRO


def gather_macros(data: bytes, place: str, gathered: Gathered) -> None:
    """Gather the sources of a macro project that is a compound file."""
    from redactor.formats.xls.compound import open_compound  # noqa: PLC0415 - loads olefile

    try:
        streams = open_compound(data).streams
    except UnreadableDocument as problem:
        gathered.add(_KIND, place, "", even_empty=True)
        gathered.block(place, f"Macros that could not be read. {problem.why}")
        return
    gather_project(streams, place, gathered)


def gather_project(streams: Mapping[str, bytes], place: str, gathered: Gathered) -> None:
    """Gather a macro project from the streams of its storage, and say how many modules it has.

    Every module comes as its source; of everything else in the project (forms, the copies that
    were compiled, names of people and folders) come the words.
    """
    by_name = {path.rpartition("/")[2].lower(): path for path in streams}
    listing = streams.get(by_name.get("dir", ""), b"")
    modules = dict(_modules(decompressed(listing)))
    sources = 0
    for stream, offset in modules.items():
        path = by_name.get(stream.lower(), "")
        source = decompressed(streams.get(path, b"")[offset:])
        if source:
            sources += 1
            _gather_source(decoded(source), f"{place}/{stream}", place, gathered)
    gathered.count(_KIND, place, sources, "modules")
    words = [one for data in (decompressed(listing), *streams.values()) for one in _words(data)]
    gathered.add(_KIND, place, "", even_empty=True)
    gathered.add_all(_KIND, place, words)
    if not sources and listing:
        gathered.block(place, "Macros whose text could not be read.")


def _words(data: bytes) -> Iterator[str]:
    if b"\x00" not in data[:4_096]:
        yield from decoded(data).splitlines()
    else:
        yield from readable_strings(data)


def _gather_source(text: str, part: str, container: str, gathered: Gathered) -> None:
    """Gather a source in pieces of whole lines."""
    lines: list[str] = []
    length = 0
    for line in text.splitlines():
        lines.append(line)
        length += len(line)
        if length > 2_000:
            gathered.add(_KIND, part, "\n".join(lines), container)
            lines, length = [], 0
    gathered.add(_KIND, part, "\n".join(lines), container)


def _modules(listing: bytes) -> Iterator[tuple[str, int]]:
    """Give each module's stream and where its packed source begins in it."""
    at = 0
    stream = ""
    while at + 6 <= len(listing):
        kind, size = struct.unpack_from("<HI", listing, at)
        size = 6 if kind == _VERSION else size  # this record says 4 and takes 6
        value = listing[at + 6 : at + 6 + size]
        if kind == _STREAM_NAME:
            stream = decoded(value)
        elif kind == _OFFSET and stream and len(value) == 4:
            yield stream, int.from_bytes(value, "little")
            stream = ""
        at += 6 + size


def decompressed(packed: bytes) -> bytes:
    """Unpack a container of [MS-OVBA] 2.4.1; what is damaged ends it early."""
    if packed[:1] != b"\x01":
        return b""
    whole = bytearray()
    at = 1
    while at + 2 <= len(packed) and len(whole) < _MOST_SOURCE:
        header = int.from_bytes(packed[at : at + 2], "little")
        end = min(at + (header & 0x0FFF) + 3, len(packed))
        if header & 0x8000:
            _unpack_chunk(packed[at + 2 : end], whole)
        else:
            whole += packed[at + 2 : at + 2 + 4096]
            end = at + 2 + 4096
        at = end
    return bytes(whole)


def _unpack_chunk(chunk: bytes, whole: bytearray) -> None:
    start = len(whole)
    at = 0
    while at < len(chunk):
        flags = chunk[at]
        at += 1
        for bit in range(8):
            if at >= len(chunk):
                return
            if not flags >> bit & 1:
                whole.append(chunk[at])
                at += 1
                continue
            token = int.from_bytes(chunk[at : at + 2], "little")
            at += 2
            bits = max((len(whole) - start - 1).bit_length(), 4)
            back = (token >> (16 - bits)) + 1
            if back > len(whole) - start:
                return
            for _ in range((token & (0xFFFF >> bits)) + 3):
                whole.append(whole[-back])
