"""Pictures in a release: nothing but pixels, and no more of them than a person has seen."""

from __future__ import annotations

import re
import zlib

from redactor.release.verify.ledger import PYTHON, Ledger

ENGINE = f"{PYTHON} zipfile"
MEDIA = re.compile(r"word/media/image\d+\.png")
_START = b"\x89PNG\r\n\x1a\n"
_CHUNKS = [b"IHDR", b"IDAT", b"IEND"]
_SAMPLES = {0: 1, 2: 3}
_MOST_PIXELS = 400_000_000


def is_only_pixels(data: bytes) -> bool:
    """Say whether a PNG holds its size, its pixels and its end, and not a byte beside them.

    ISO/IEC 15948, 5.3 (chunks), 11.2.2 (size and colour), 9.2 (one filter byte a row).
    """
    chunks = _chunks(data)
    if chunks is None or [name for name, _ in chunks] != _CHUNKS or chunks[2][1]:
        return False
    size = chunks[0][1]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:8], "big")
    samples = _SAMPLES.get(size[9], 0) if len(size) == 13 and size[8] == 8 else 0
    expected = height * (1 + width * samples)
    if not samples or size[10:] != b"\x00\x00\x00" or expected > _MOST_PIXELS:
        return False
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(chunks[1][1], expected + 1)
    except zlib.error:
        return False
    return len(pixels) == expected and unpacker.eof and not unpacker.unused_data


def _chunks(data: bytes) -> list[tuple[bytes, bytes]] | None:
    """Give the chunks of a PNG; None where there is anything else in it, or a sum is wrong."""
    if not data.startswith(_START):
        return None
    chunks: list[tuple[bytes, bytes]] = []
    at = len(_START)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, inside = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check = data[at + 8 + length : at + 12 + length]
        if len(check) != 4 or zlib.crc32(name + inside) != int.from_bytes(check, "big"):
            return None
        chunks.append((name, inside))
        at += 12 + length
    return chunks


def check_pictures(ledger: Ledger, engine: str, count: int, most: int) -> None:
    """Write down whether there are more pictures than a person looked at and released as seen."""
    ledger.rule(
        "pictures were seen by a person",
        engine,
        max(count - most, 0),
        f"Pictures: {count}. A person looked at {most} and released them as seen."
        if count
        else "There are none.",
        "Pictures that nobody ruled on: {}.",
    )
