"""Keep what was read from pixels, so that no page is read twice.

A page takes the engine seconds, and a document is opened many times: to be read, shown, rebuilt.
The readings of a document are packed as plain data, go home with the answer of the worker that
made them, are kept with the case, and are given to every worker that opens the document again.
What comes in may have been written by somebody else: it is held against its form, page by page.
"""

from __future__ import annotations

import json
import logging
import re
import struct
import unicodedata
import zlib
from collections import OrderedDict
from typing import Any

from redactor.formats.pdf.page_reading import Cause, Doubt, Doubtful, PageReading, PageWord

log = logging.getLogger(__name__)

_HEAD = b"redactor readings 1\n"
_SHA256 = re.compile("[0-9a-f]{64}")
_ENTRY = struct.Struct(">II")
#: Documents whose readings are kept at hand in one process.
_KEPT = 4
#: The most that the reading of one page may be: 20 times a page of small print.
_MOST_BYTES, _MOST_WORDS, _MOST_LETTERS = 16 * 2**20, 100_000, 2_000
#: The greatest side of a page (ISO 32000-2, annex C: 14,400 units, and user units of 75).
_FARTHEST = 2e6
_MOST_PAGES = 100_000
_MOST_LINES = 1_000_000

_documents: OrderedDict[str, dict[int, bytes]] = OrderedDict()


def learn(sha256: str, page: int, reading: PageReading) -> None:
    """Keep the reading of a page; one that no engine made is none."""
    if reading.engine:
        _pages_of(sha256)[page] = _written(reading)


def recall(sha256: str, page: int) -> PageReading | None:
    """Give the reading of a page that was kept, whichever version of the engine made it.

    What was decided was decided on that reading; another engine would read other words.
    """
    kept = _pages_of(sha256).get(page)
    if kept is None:
        return None
    try:
        return _understood(kept)
    except (ValueError, TypeError, KeyError, zlib.error, RecursionError):
        log.warning("the kept reading of page %d is not understood; it is read anew", page + 1)
        del _pages_of(sha256)[page]
        return None


def learnt(sha256: str) -> bytes:
    """Pack all that is kept of a document; nothing where nothing had to be read from pixels."""
    pages = _pages_of(sha256)
    if not pages:
        return b""
    entries = [_ENTRY.pack(page, len(kept)) + kept for page, kept in sorted(pages.items())]
    return b"".join([_HEAD, sha256.encode("ascii"), *entries])


def remember(packed: bytes) -> None:
    """Take in what ``learnt`` packed; what has another form is passed over and read anew."""
    if not packed:
        return
    start = len(_HEAD) + 64
    sha256 = packed[len(_HEAD) : start].decode("ascii", "replace")
    if not packed.startswith(_HEAD) or not _SHA256.fullmatch(sha256):
        log.warning("kept readings are not understood; the pages are read anew")
        return
    pages = _pages_of(sha256)
    while start + _ENTRY.size <= len(packed):
        page, length = _ENTRY.unpack_from(packed, start)
        start += _ENTRY.size
        kept = packed[start : start + length]
        if page >= _MOST_PAGES or len(kept) != length:
            break
        pages[page] = kept
        start += length


def forget_all() -> None:
    """Forget everything, as a new process does."""
    _documents.clear()


def _pages_of(sha256: str) -> dict[int, bytes]:
    pages = _documents.pop(sha256, {})
    _documents[sha256] = pages
    while len(_documents) > _KEPT:
        _documents.popitem(last=False)
    return pages


# --- one page ------------------------------------------------------------------------------------


def _written(reading: PageReading) -> bytes:
    plain = {
        "cause": str(reading.cause),
        "engine": reading.engine,
        "failure": reading.failure,
        "words": [[w.text, *w.box, w.confidence, w.line, w.turns] for w in reading.words],
        "doubt": [[*one.box, str(one.why)] for one in reading.doubt],
    }
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode())


def _understood(kept: bytes) -> PageReading:
    unpacker = zlib.decompressobj()
    written = unpacker.decompress(kept, _MOST_BYTES)
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ValueError("too long, or cut off")
    plain = json.loads(written)
    words, doubt = plain["words"], plain["doubt"]
    if len(words) > _MOST_WORDS or len(doubt) > _MOST_WORDS:
        raise ValueError("too many words")
    return PageReading(
        Cause(plain["cause"]),
        tuple(_word(*one) for one in words),
        tuple(Doubtful(_box(one[:4]), Doubt(one[4])) for one in doubt),
        _text(plain["engine"]),
        _text(plain["failure"]),
    )


def _word(text: str, *rest: Any) -> PageWord:
    *corners, confidence, line, turns = rest
    is_word = bool(_text(text)) and len(text.split()) == 1
    if not is_word or type(line) is not int or not 0 <= line < _MOST_LINES:
        raise ValueError("not a word")
    if not 0 <= confidence <= 100 or turns not in {0, 1, 2, 3}:
        raise ValueError("not read like that")
    return PageWord(text, _box(corners), float(confidence), line, int(turns))


def _box(corners: list[Any]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(one) for one in corners)
    if not (-_FARTHEST < x0 <= x1 < _FARTHEST and -_FARTHEST < y0 <= y1 < _FARTHEST):
        raise ValueError("not a box")
    return x0, y0, x1, y1


def _text(text: Any) -> str:
    if type(text) is not str or len(text) > _MOST_LETTERS:
        raise ValueError("not a text")
    if not unicodedata.is_normalized("NFC", text) or any(
        unicodedata.category(one) in {"Cc", "Cs"} for one in text
    ):
        raise ValueError("not a text that could have been read")
    return text
