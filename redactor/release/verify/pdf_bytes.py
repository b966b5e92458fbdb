"""The bytes of a PDF as they lie there: earlier revisions, removed objects, what follows the end.

Everything that pikepdf did not hand out is looked at here, with the standard library alone.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator

from redactor.release.verify.decode import inflate, printable_runs
from redactor.release.verify.ledger import PYTHON, Ledger
from redactor.release.verify.pdf_objects import ObjectsSeen, search_stream_data
from redactor.release.verify.pdf_syntax import parse

ENGINE = f"{PYTHON} zlib, bytes of the PDF"

_STREAM = b"stream"
_END_STREAM = b"endstream"
_PICTURE = re.compile(rb"/(?:DCT|JPX|CCITTFax|JBIG2)Decode\b")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_OTHERWISE_PACKED = re.compile(rb"/(?:LZW|ASCIIHex|ASCII85|RunLength)Decode\b|/Crypt\b")
_PREVIOUS = re.compile(rb"/Prev\s+\d")
_DICTIONARY_REACH = 4000


def search_bytes_of_pdf(ledger: Ledger, untrusted: bytes, seen: ObjectsSeen) -> None:
    """Look at the file between and in its streams, and count its revisions."""
    with ledger.engine(ENGINE):
        if not seen.is_encrypted:
            _search(ledger, untrusted, seen)
        _check_revisions(ledger, untrusted, seen)


def _search(ledger: Ledger, untrusted: bytes, seen: ObjectsSeen) -> None:
    tally = ledger.raw(ENGINE)
    between: list[bytes] = []
    at = 0
    for number, (start, end) in enumerate(_streams(untrusted), 1):
        between.append(untrusted[at:start])
        raw = untrusted[start:end]
        if hashlib.sha256(raw).digest() not in seen.streams:
            head = untrusted[max(at, start - _DICTIONARY_REACH) : start]
            _search_lost_stream(ledger, head, raw, f"stream {number} of the bytes")
        at = end
    between.append(untrusted[at:])
    for piece in between:
        syntax = parse(piece)
        tally.views(
            [syntax.running, tuple(syntax.strings), syntax.technical],
            ledger.place("bytes between the streams"),
        )


def _streams(untrusted: bytes) -> Iterator[tuple[int, int]]:
    """Give where the data of each stream begins and ends, as the keywords say."""
    at = untrusted.find(_STREAM)
    while at >= 0:
        if untrusted[at - 3 : at] == b"end":
            at = untrusted.find(_STREAM, at + len(_STREAM))
            continue
        start = at + len(_STREAM)
        start += 2 if untrusted[start : start + 2] == b"\r\n" else 1
        end = untrusted.find(_END_STREAM, start)
        if end < 0:
            return
        data_end = end
        if untrusted[end - 2 : end] == b"\r\n":
            data_end = end - 2
        elif untrusted[end - 1 : end] in {b"\n", b"\r"}:
            data_end = end - 1
        yield start, max(data_end, start)
        at = untrusted.find(_STREAM, end + len(_END_STREAM))


def _search_lost_stream(ledger: Ledger, head: bytes, raw: bytes, where: str) -> None:
    """Look at a stream that is in no list of objects, as in an earlier revision."""
    dictionary = head[head.rfind(b" obj") :] if b" obj" in head else head
    if b"/XRef" in dictionary:
        return  # numbers only
    data: bytes | None = raw
    if _PACKED.search(dictionary) and not _PICTURE.search(dictionary):
        data = inflate(raw, ledger.room, zlib.MAX_WBITS)
    if data is None or _OTHERWISE_PACKED.search(dictionary):
        ledger.unsearchable(where, "an earlier or removed stream that cannot be unpacked", ENGINE)
        data = raw
    if b"/ObjStm" in dictionary and data is not raw:
        ledger.unpacked(len(data))
        syntax = parse(data)  # objects as they stand between streams elsewhere
        ledger.raw(ENGINE).views(
            [syntax.running, tuple(syntax.strings), syntax.technical], ledger.place(where)
        )
        return
    if _PICTURE.search(dictionary):
        ledger.raw(ENGINE).views([printable_runs(raw)], ledger.place(where))
        return
    ledger.unpacked(len(data))
    search_stream_data(ledger, ENGINE, data, where)


def _check_revisions(ledger: Ledger, untrusted: bytes, seen: ObjectsSeen) -> None:
    ends, starts = untrusted.count(b"%%EOF"), untrusted.count(b"startxref")
    earlier = max(ends, starts) - 1 + len(_PREVIOUS.findall(untrusted))
    tail = untrusted[untrusted.rfind(b"%%EOF") + 5 :].strip() if ends else b""
    ledger.rule(
        "one revision",
        ENGINE,
        max(earlier, int(not ends or not starts)),
        "It was written in one go, and holds no earlier state.",
        "Signs of earlier states, or of a missing end: {}.",
    )
    ledger.rule(
        "nothing around the file",
        ENGINE,
        len(tail) + int(not untrusted.startswith(b"%PDF-")),
        "Nothing stands before the beginning or after the end.",
        "Bytes before the beginning or after the end: {}.",
    )
    if seen.is_encrypted and earlier > 0:
        ledger.unsearchable("earlier revisions", "they are encrypted", ENGINE)
