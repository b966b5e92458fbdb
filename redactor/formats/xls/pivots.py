"""Read the caches of pivot tables: whole copies of the data they were made from.

Source: [MS-XLS] 2.1.7.10 (pivot cache storage), 2.4.273 (SXDB), 2.4.283 (SXFDB), 2.4.274 (SXDBB),
2.4.300 (SXString), 2.4.291 (SXNum), 2.4.281 (SXDtr).
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from redactor.formats.hidden import Gathered
from redactor.formats.xls.formulas import ERRORS
from redactor.formats.xls.records import Record, Texts, records, strings_in
from redactor.model import HiddenKind

_SOURCE, _FIELD, _ROW = 0x00C6, 0x00C7, 0x00C8
_TEXT, _NUMBER, _WHOLE, _MOMENT, _TRUTH, _ERROR = 0x00CD, 0x00C9, 0x00CC, 0x00CE, 0x00CA, 0x00CB
_DULL = frozenset({0x000A, 0x00CF, 0x0122, 0x01BB, _ROW})
_NO_NAME = 0xFFFF


def gather_cache(stream: bytes, place: str, texts: Texts, gathered: Gathered) -> None:
    """Gather one pivot cache: who refreshed it, its fields and all values in it.

    Raises:
        UnreadableDocument: it is damaged.
    """
    words: list[str] = []
    declared = rows = 0
    for record in records(stream):
        if record.kind == _SOURCE:
            (declared,) = struct.unpack_from("<I", record.body)
        rows += record.kind == _ROW
        words += _words(record, texts)
    gathered.add(HiddenKind.PIVOT_CACHE, place, "", even_empty=True)
    gathered.add_all(HiddenKind.PIVOT_CACHE, place, words)
    gathered.count(HiddenKind.PIVOT_CACHE, place, 1, "pivot caches")
    # without records only the distinct values are kept; what is declared then says how many rows
    # they came from, and is believed only as far as a sheet goes
    count = rows or min(declared, 65_536)
    gathered.count(HiddenKind.PIVOT_CACHE, place, count, "rows")


def _words(record: Record, texts: Texts) -> list[str]:
    body = record.body
    try:
        return _read(record, texts) if record.kind not in _DULL else []
    except (struct.error, IndexError):
        return strings_in(body)


def _read(record: Record, texts: Texts) -> list[str]:
    reader = _READERS.get(record.kind)
    return strings_in(record.body) if reader is None else [reader(record, texts)]


def _refresher(record: Record, texts: Texts) -> str:
    """Give who refreshed the cache last."""
    (length,) = struct.unpack_from("<H", record.body, 18)
    return texts.bare(record.body, 20, length)[0] if 0 < length < _NO_NAME else ""


def _text(record: Record, texts: Texts) -> str:
    return texts.long(record.body, 0, record.breaks)[0] if len(record.body) > 2 else ""


def _moment(record: Record, _: Texts) -> str:
    year, month, day, hour, minute, second = struct.unpack_from("<HHBBBB", record.body)
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"


_READERS: dict[int, Callable[[Record, Texts], str]] = {
    _SOURCE: _refresher,
    _FIELD: lambda record, texts: texts.long(record.body, 14, record.breaks)[0],
    _TEXT: _text,
    _NUMBER: lambda record, _: f"{struct.unpack_from('<d', record.body)[0]:.15g}",
    _WHOLE: lambda record, _: str(struct.unpack_from("<h", record.body)[0]),
    _MOMENT: _moment,
    _TRUTH: lambda *_: "",
    _ERROR: lambda record, _: ERRORS.get(record.body[0], ""),
}
