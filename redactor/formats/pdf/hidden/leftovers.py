"""What lies in the bytes of the file and in no version of it: objects that nothing lists any more.

Here no library helps, because none looks there. Strings are read, and the text of drawing
instructions as far as it is written in plain letters.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from redactor.formats.binary_text import readable_strings
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.shape import is_code
from redactor.formats.pdf.hidden.syntax import Dict, Value, read_value, read_values, text_of
from redactor.formats.signatures import looks_like_text
from redactor.model import HiddenKind

UNUSED = "no longer used"
#: How an object begins: ``12 0 obj``. Pixels hold digits everywhere and that word hardly ever, so
#: that the word is looked for first, and then what stands before it.
_WORD = re.compile(rb"[\x00\t\n\f\r ]obj\b")
_NUMBERS = re.compile(rb"(?<![0-9])\d{1,10}[\x00\t\n\f\r ]+\d{1,5}[\x00\t\n\f\r ]*\Z")
#: How far before the word the numbers are looked for, and further where nothing else is met.
_REACH = 64
_STREAM = re.compile(rb"[\x00\t\n\f\r ]*stream\r?\n")
_SPACE, _DIGITS = b"\x00\t\n\f\r ", b"0123456789"
_HEADER = re.compile(rb"%PDF-\d")
_LAST = re.compile(rb"%%EOF")
_MOST_OBJECTS, _MOST_STREAM, _MOST_TEXT = 100_000, 16 * 2**20, 8_000_000
_DULL_TYPES = frozenset({"XRef", "Font", "FontDescriptor", "Encoding"})
_PICTURES = frozenset({"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"})


def unlisted(data: bytes, known: set[int]) -> Iterator[int]:
    """Give where objects begin that no version of the file lists.

    Args:
        data: the file.
        known: where the versions say that their objects begin.
    """
    header = _HEADER.search(data[:1100])
    shift = header.start() if header else 0
    places = set()
    for one in known:
        for place in (one, one + shift):
            start = place
            while data[start : start + 1] and data[start : start + 1] in _SPACE:
                start += 1
            places.add(start)
    for found in _WORD.finditer(data):
        begin = _numbers_before(data, found.start())
        if begin is not None and begin not in places:
            yield found.end()


def _numbers_before(data: bytes, end: int) -> int | None:
    """Give where the two numbers begin that stand before an offset; None where none do."""
    reach = _REACH
    while reach < end and not data[end - reach : end].strip(_SPACE + _DIGITS):
        reach *= 2
    numbers = _NUMBERS.search(data, max(end - reach, 0), end)
    return None if numbers is None else numbers.start()


def leftovers(data: bytes, known: set[int]) -> Iterator[Hidden]:
    """Give the texts of the objects that no version of the file lists."""
    total = 0
    for count, start in enumerate(unlisted(data, known)):
        if count >= _MOST_OBJECTS or total > _MOST_TEXT:
            return
        for text in _texts_at(data, start):
            total += len(text)
            yield Hidden(HiddenKind.OLD_REVISION, UNUSED, text)


def around(data: bytes) -> Iterator[Hidden]:
    """Give the words before the beginning of the file and behind its end."""
    header = _HEADER.search(data[:1100])
    ends = [one.end() for one in _LAST.finditer(data)]
    before = data[: header.start()] if header else b""
    behind = data[ends[-1] :] if ends else b""
    for part, piece in (("before the beginning", before), ("behind the end", behind)):
        for text in readable_strings(piece):
            yield Hidden(HiddenKind.OTHER, f"{part} of the file", text)


def _texts_at(data: bytes, start: int) -> Iterator[str]:
    window = data[start : start + _MOST_STREAM]
    value, end = read_value(window)
    if isinstance(value, dict) and value.get("Type") in _DULL_TYPES:
        return
    yield from _strings(value)
    stream = _STREAM.match(window, end)
    if stream is not None and isinstance(value, dict):
        close = window.find(b"endstream", stream.end())
        packed = window[stream.end() : close if close >= 0 else len(window)]
        yield from _stream_texts(value, packed)


def _stream_texts(entry: Dict, packed: bytes) -> Iterator[str]:
    filters = entry.get("Filter")
    names = [str(one) for one in (filters if isinstance(filters, list) else [filters]) if one]
    if entry.get("Subtype") == "Image" or _PICTURES & set(names):
        return
    data = packed
    for one in names:
        data = _unpacked(data) if one in {"FlateDecode", "Fl"} else b""
    if entry.get("Type") == "ObjStm":
        for value in read_values(data):
            yield from _strings(value)
    elif re.search(rb"\bT[jJ]\b", data):
        yield from filter(None, [shown_text(data)])
    elif looks_like_text(data):
        yield from readable_strings(data)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_STREAM)
    except zlib.error:
        return b""


def shown_text(data: bytes) -> str:
    """Give the words of drawing instructions whose strings are plain letters, line by line."""
    words: list[str] = []
    for value in read_values(data):
        pieces = value if isinstance(value, list) else [value]
        strings = [text_of(one) or " " for one in pieces if isinstance(one, bytes)]
        if strings:
            words.append("".join(strings))
    return "\n".join(filter(str.strip, words))


def _strings(value: Value) -> Iterator[str]:
    waiting: list[tuple[str, Value]] = [("", value)]
    while waiting:
        key, one = waiting.pop()
        if isinstance(one, bytes):
            text = text_of(one)
            if text and not is_code(key, text):
                yield f"{key}: {text}" if key else text
        elif isinstance(one, list):
            waiting.extend((key, item) for item in reversed(one))
        elif isinstance(one, dict):
            waiting.extend(reversed(one.items()))
