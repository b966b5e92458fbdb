"""Which engines look at which kind of file."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from pathlib import PurePath

from redactor.release.verify.decode import is_file, is_textual
from redactor.release.verify.ledger import PYTHON, Ledger

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")


def search_file(ledger: Ledger, untrusted: bytes) -> None:
    """Look at one file with every engine that can read its kind."""
    start = untrusted[:8]
    is_package = start[:4] in {b"PK\x03\x04", b"PK\x05\x06"}
    # What reads one kind of file is loaded for one of that kind.
    if is_package or (start[:2] != b"PK" and zipfile.is_zipfile(io.BytesIO(untrusted))):
        from redactor.release.verify.package import search_package  # noqa: PLC0415

        search_package(ledger, untrusted)  # perhaps hung on to a file of another kind
    if not untrusted:
        ledger.check("file has content", ok=False, engine=PYTHON, detail="It is empty.")
    elif b"%PDF-" in untrusted[:1024]:
        from redactor.release.verify.pdf import search_pdf  # noqa: PLC0415

        search_pdf(ledger, untrusted)
    elif not is_package:
        _search_other(ledger, untrusted, start)


def _search_other(ledger: Ledger, untrusted: bytes, start: bytes) -> None:
    from redactor.release.verify.plain import search_opaque, search_picture  # noqa: PLC0415

    if start[:4] == b"\xd0\xcf\x11\xe0":
        search_opaque(
            ledger,
            untrusted,
            "an encrypted or old Office file, whose text may lie in pieces; save it as a new one",
        )
    elif start[:3] in {b"\x1f\x8b\x08", b"BZh"} or start[:6] == b"\xfd7zXZ\x00":
        _search_compressed(ledger, untrusted)
    elif is_file(untrusted):
        search_opaque(ledger, untrusted, "an archive of a kind that is not unpacked")
    elif not is_textual(untrusted) or start[:4] in {b"GIF8", b"\x89PNG"}:
        if start.startswith(_PICTURES):
            search_picture(ledger, untrusted)
        else:
            search_opaque(ledger, untrusted, "a kind of file that no engine reads")
    else:
        _search_readable(ledger, untrusted)


def _search_readable(ledger: Ledger, untrusted: bytes) -> None:
    from redactor.release.verify.plain import (  # noqa: PLC0415
        looks_like_mail,
        search_csv,
        search_mail,
        search_plain,
    )

    suffix = PurePath(ledger.path).suffix.lower() if not ledger.depth else ""
    if suffix in {".csv", ".tsv"}:
        search_csv(ledger, untrusted)
    elif suffix == ".eml" or looks_like_mail(untrusted):
        search_mail(ledger, untrusted)
    else:
        search_plain(ledger, untrusted)


def _search_compressed(ledger: Ledger, untrusted: bytes) -> None:
    with ledger.engine(PYTHON):
        data = _unpacked(untrusted, min(ledger.room, 500_000_000))
        if data is None:
            from redactor.release.verify.plain import search_opaque  # noqa: PLC0415

            search_opaque(ledger, untrusted, "compressed data that cannot be unpacked")
        else:
            ledger.unpacked(len(data))
            ledger.nested(data, "what is compressed in it")


def _unpacked(untrusted: bytes, room: int) -> bytes | None:
    """Decompress to the end, or give None: where some is left, something was not searched."""
    packed = io.BytesIO(untrusted)
    stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
    if untrusted[:2] == b"\x1f\x8b":
        stream = gzip.GzipFile(fileobj=packed)
    elif untrusted[:2] == b"BZ":
        stream = bz2.BZ2File(packed)
    else:
        stream = lzma.LZMAFile(packed)  # noqa: SIM115 - entered below
    try:
        with stream:
            data = stream.read(room + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        return None
    return data if len(data) <= room else None
