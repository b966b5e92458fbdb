"""Verify text, delimited text, mail and pictures with the standard library."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

from redactor.release.verify.decode import (
    inflate,
    is_file,
    printable_runs,
    readings,
    search_bytes,
    search_packed,
    search_text,
    unwrapped,
)
from redactor.release.verify.ledger import PYTHON, Ledger

TEXT = f"{PYTHON} text"
UNWRAPPED = f"{PYTHON} text, encodings undone"
CSV = f"{PYTHON} csv"
EMAIL = f"{PYTHON} email"
RAW = f"{PYTHON} bytes"

_DELIMITERS = ",;\t|"
_MAIL_START = re.compile(
    rb"(?:From [^\r\n]+\r?\n)?"
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n"
)
_MAIL_HEADER = re.compile(
    rb"^(?:From|To|Subject|Received|Message-ID|MIME-Version|Date|Return-Path):", re.I | re.M
)


def search_plain(ledger: Ledger, data: bytes) -> None:
    """Look at a text line by line, in every plausible encoding, as it is and undone."""
    with ledger.engine(TEXT):
        texts = readings(data)
        for text in texts:
            ledger.text(TEXT).run_on(text.splitlines(), lambda n: ledger.place(f"line {n + 1}"))
    with ledger.engine(UNWRAPPED):
        tally = ledger.raw(UNWRAPPED)
        for text in texts:
            tally.views(unwrapped(text), ledger.place("the whole text"))
        search_packed(ledger, tally, texts[0], "the whole text")


def search_csv(ledger: Ledger, data: bytes) -> None:
    """Look at delimited text as text, and field by field as a reader of the file gets it."""
    search_plain(ledger, data)
    with ledger.engine(CSV):
        text = readings(data)[0].replace("\x00", "")
        tally = ledger.text(CSV)
        rows = _rows(text)
        tally.rows(rows, lambda row, column: ledger.place(f"row {row + 1}, column {column + 1}"))


def _rows(text: str) -> Iterator[list[str]]:
    first = text[:20_000]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(max(len(text), 131_072))
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


# --- mail --------------------------------------------------------------------------------------


def looks_like_mail(data: bytes) -> bool:
    """Say whether bytes begin with the header of a message (RFC 5322, 2.1)."""
    match = _MAIL_START.match(data[:100_000])
    return match is not None and len(set(_MAIL_HEADER.findall(match[0]))) >= 2


def search_mail(ledger: Ledger, data: bytes) -> None:
    """Look at a message as text, and at every header and decoded part of it."""
    search_plain(ledger, data)
    with ledger.engine(EMAIL):
        message = BytesParser(policy=policy.default).parsebytes(data)
        for number, part in enumerate(message.walk(), 1):
            _search_part(ledger, part, f"part {number}")


def _search_part(ledger: Ledger, part: Message | EmailMessage, where: str) -> None:
    tally = ledger.text(EMAIL)
    for number, (name, value) in enumerate(part.raw_items(), 1):
        place = f"{where}, header {number}"
        try:
            shown = str(part.policy.header_fetch_parse(name, value))
        except (ValueError, LookupError, IndexError, AttributeError, TypeError):
            ledger.unsearchable(place, "a header that cannot be decoded", EMAIL)
            shown = ""
        tally.views([f"{name}: {shown}", f"{name}: {value}"], ledger.place(place))
    for number, spare in enumerate((part.preamble, part.epilogue), 1):
        if spare:
            search_text(ledger, tally, spare, f"{where}, text outside its parts {number}")
    if part.is_multipart():
        return
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        ledger.unsearchable(where, "a part that cannot be decoded", EMAIL)
    elif part.get_content_maintype() == "text" and not is_file(payload):
        for text in _texts(payload, part.get_content_charset()):
            search_text(ledger, tally, text, where)
    else:
        search_bytes(ledger, ledger.raw(RAW), payload, where)


def _texts(payload: bytes, charset: str | None) -> list[str]:
    texts = readings(payload)
    if charset:
        with suppress(LookupError):  # an unknown name; the plausible encodings are tried anyway
            texts.append(payload.decode(charset, "replace"))
    return list(dict.fromkeys(texts))


# --- pictures and other binary files -----------------------------------------------------------


def search_picture(ledger: Ledger, data: bytes) -> None:
    """Look at a picture's metadata. What is drawn in it cannot be searched, and that is said."""
    with ledger.engine(RAW):
        tally = ledger.raw(RAW)
        tally.views([printable_runs(data)], ledger.place("picture, metadata"))
        for number, text in enumerate(_packed_chunks(data, ledger.room), 1):
            tally.views([text], ledger.place(f"picture, text chunk {number}"))
    ledger.unsearchable("picture", "no engine reads text that is drawn in a picture", RAW)


def picture_texts(data: bytes, room: int) -> list[tuple[str, ...]]:
    """Give what text a picture's metadata holds."""
    return [printable_runs(data), *_packed_chunks(data, room)]


def _packed_chunks(data: bytes, room: int) -> Iterator[tuple[str, ...]]:
    """Inflate the compressed text chunks of a PNG (ISO/IEC 15948, 11.3.4)."""
    if not data.startswith(b"\x89PNG"):
        return
    at = 8
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind in {b"zTXt", b"iTXt", b"iCCP"}:
            chunk = data[at + 8 : at + 8 + length]
            for start in (match.end() for match in re.finditer(rb"\x00", chunk)):
                text = inflate(chunk[start:], min(room, 10_000_000), zlib.MAX_WBITS)
                if text:
                    yield tuple(readings(text))
        at += 12 + length


def search_opaque(ledger: Ledger, data: bytes, why: str) -> None:
    """Look at the bytes of a file that no engine takes apart, and say that this proves nothing."""
    with ledger.engine(RAW):
        ledger.raw(RAW).views([printable_runs(data)], ledger.place("the bytes of the file"))
    ledger.unsearchable("the file", why, RAW)
