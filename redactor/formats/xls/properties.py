"""Read the properties of an old Office file: title, author, last author, company, own ones.

Source: [MS-OLEPS] 2.21 (property sets), 2.15 (types), [MS-OSHARED] 2.3.3.2 (what each is).
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from redactor.formats.hidden import Gathered
from redactor.formats.xls.records import strings_in
from redactor.model import HiddenKind

_SUMMARY = bytes.fromhex("E0859FF2F94F6810AB9108002B27B3D9")
_DOCUMENT = bytes.fromhex("02D5CDD59C2E1B10939708002B2CF9AE")
_NAMES = {
    _SUMMARY: {
        2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 7: "template",
        8: "last author", 9: "revision", 11: "last printed", 12: "created", 13: "last saved",
        18: "application",
    },
    _DOCUMENT: {
        2: "category", 3: "presentation target", 13: "parts", 14: "manager", 15: "company",
        21: "link base", 26: "content type", 27: "content status", 28: "language", 29: "version",
    },
}  # fmt: skip
_NARROW, _WIDE, _TIME, _THUMBNAIL, _VARIANT, _VECTOR = 0x1E, 0x1F, 0x40, 0x47, 0x0C, 0x1000
_SIZES = {
    0: 0,
    1: 0,
    2: 2,
    3: 4,
    4: 4,
    5: 8,
    6: 8,
    7: 8,
    0xB: 2,
    0x12: 2,
    0x13: 4,
    0x14: 8,
    0x15: 8,
}
_DICTIONARY, _CODE_PAGE = 0, 1
_MOST = 4_096


def gather_properties(stream: bytes, place: str, gathered: Gathered) -> None:
    """Gather the properties in one stream; what cannot be made sense of, by its strings."""
    try:
        words = list(_read(stream, place, gathered))
    except (struct.error, IndexError, ValueError, OverflowError):
        words = strings_in(stream)
    gathered.add_all(HiddenKind.METADATA, place, words)
    gathered.count(HiddenKind.METADATA, place, len(words), "properties")


def _read(stream: bytes, place: str, gathered: Gathered) -> Iterator[str]:
    (sets,) = struct.unpack_from("<I", stream, 24)
    for index in range(min(sets, 8)):
        form = stream[28 + 20 * index : 44 + 20 * index]
        (start,) = struct.unpack_from("<I", stream, 44 + 20 * index)
        section = _Section(stream[start:], _NAMES.get(form, {}))
        yield from section.read()
        if section.has_thumbnail:
            gathered.add(HiddenKind.THUMBNAIL, f"{place}/thumbnail", "", even_empty=True)


@dataclass(slots=True)
class _Section:
    """One set of properties."""

    data: bytes
    names: dict[int, str]
    encoding: str = "cp1252"
    has_thumbnail: bool = False
    own_names: dict[int, str] = field(default_factory=dict)

    def read(self) -> Iterator[str]:
        """Give each property with words as ``name: value``."""
        _, count = struct.unpack_from("<II", self.data)
        listed = [
            struct.unpack_from("<II", self.data, 8 + 8 * at) for at in range(min(count, _MOST))
        ]
        for number, at in listed:
            if number == _CODE_PAGE:
                self._set_encoding(struct.unpack_from("<H", self.data, at + 4)[0])
        for number, at in listed:
            if number == _DICTIONARY:
                self._read_dictionary(at)
        for number, at in listed:
            if number in {_DICTIONARY, _CODE_PAGE}:
                continue
            name = self.own_names.get(number) or self.names.get(number, "")
            for text in self._values(at):
                yield f"{name}: {text}" if name else text

    def _set_encoding(self, page: int) -> None:
        name = {1200: "utf-16-le", 65001: "utf-8", 10000: "mac_roman"}.get(page, f"cp{page}")
        try:
            self.encoding = codecs.lookup(name).name
        except LookupError:
            self.encoding = "cp1252"

    def _read_dictionary(self, at: int) -> None:
        (count,) = struct.unpack_from("<I", self.data, at)
        at += 4
        for _ in range(min(count, _MOST)):
            number, length = struct.unpack_from("<II", self.data, at)
            size = length * (2 if self.encoding == "utf-16-le" else 1)
            self.own_names[number] = self._decoded(self.data[at + 8 : at + 8 + size])
            at += 8 + size
            if self.encoding == "utf-16-le":
                at += -size % 4

    def _decoded(self, raw: bytes) -> str:
        return raw.decode(self.encoding, "replace").partition("\x00")[0].strip()

    def _values(self, at: int) -> Iterator[str]:
        (kind,) = struct.unpack_from("<H", self.data, at)
        if kind == _THUMBNAIL:
            self.has_thumbnail = True
            return
        if not kind & _VECTOR:
            text, _ = self._value(kind, at + 4)
            if text:
                yield text
            return
        (count,) = struct.unpack_from("<I", self.data, at + 4)
        at += 8
        for _ in range(min(count, _MOST)):
            inner = kind & 0xFFF
            if inner == _VARIANT:
                (inner,) = struct.unpack_from("<H", self.data, at)
                at += 4
            text, at = self._value(inner, at)
            if text and not re.fullmatch(r"[\d.]+", text):
                yield text

    def _value(self, kind: int, at: int) -> tuple[str, int]:
        if kind in {_NARROW, _WIDE}:
            (length,) = struct.unpack_from("<I", self.data, at)
            size = length * (2 if kind == _WIDE else 1)
            raw = self.data[at + 4 : at + 4 + size]
            wide = kind == _WIDE or self.encoding == "utf-16-le"
            text = raw.decode("utf-16-le" if wide else self.encoding, "replace")
            end = at + 4 + size + (-size % 4 if wide else 0)
            return text.partition("\x00")[0].strip(), end
        if kind == _TIME:
            return _moment(struct.unpack_from("<Q", self.data, at)[0]), at + 8
        return "", at + _SIZES[kind] if kind in _SIZES else len(self.data)


def _moment(ticks: int) -> str:
    """Write a time that is counted in tenths of a microsecond from 1601; spans are no times."""
    if ticks < 10_000_000 * 86_400 * 365 * 100:
        return ""
    start = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
    return f"{start + dt.timedelta(microseconds=ticks // 10):%Y-%m-%d %H:%M:%S}"
