"""Read the rows of a worksheet that is written in the plainest way, without building a tree.

Nearly every worksheet is: no comments, no character data sections, one vocabulary. Such a file is
checked here to hold only that, its frame is parsed as ever, and its rows are taken apart by
patterns that accept nothing but the plain form. Any row that is not plain is handed back to be
parsed; a sheet that is not plain is handed back whole. What is read is the same either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from redactor.formats.package import parse_xml

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT = re.compile(
    r'(?:\ufeff?<\?xml version="1\.0"(?: encoding="(?:utf|UTF)-8")?[^<>]*\?>)?\s*'
    r"(<worksheet\s[^<>]*>)"
)
_DEFAULT_VOCABULARY = re.compile(r'\sxmlns=(?:"([^"]*)"|\'([^\']*)\')')
_REFERENCE = re.compile(r"&(amp|lt|gt|quot|apos);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ATTRIBUTE = re.compile(r'\s+([\w:.\-]+)="([^"<>&]*)"')
_ROW_START = re.compile(r'<row((?:\s+[\w:.\-]+="[^"<>&]*")*)\s*/?>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]{1,9})")?'
    r'(?:/>|>(<f(?: (?!xmlns)[a-zA-Z0-9]+="[^"<>&]*")*(?:/>|>[^<>]*</f>))?'
    r'(?:<v>([^<>]*)</v>|<is><t(?: xml:space="preserve")?>([^<>]*)</t></is>)?</c>)'
)

#: Column letters, row digits, style, kind, formula element, value and inline text of one cell; None
#: where missing.
PlainCell: TypeAlias = tuple[str, str, str | None, str | None, str | None, str | None, str | None]
#: A part larger than this is streamed: taking it apart as text needs several copies of it.
_MAX_BYTES = 150 * 2**20


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row as written: its attributes, and its cells, or its markup where they are not plain."""

    attributes: dict[str, str]
    cells: list[PlainCell] | None = field(repr=False)
    markup: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A plain worksheet: its frame parsed with the rows taken out, and the rows as text."""

    root: etree._Element
    root_start: str
    rows: str = field(repr=False)

    def parse_row(self, markup: str, name: str) -> etree._Element:
        """Parse the markup of rows that are not plain; gives the element that holds them.

        Raises:
            UnreadableDocument: it is not well-formed.
        """
        whole = f"{self.root_start}<sheetData>{markup}</sheetData></worksheet>"
        return parse_xml(whole.encode("utf-8"), name)[0]


def plain_sheet(data: bytes, name: str) -> PlainSheet | None:
    """Take a worksheet apart, or give None where it is not plain.

    Raises:
        UnreadableDocument: the frame around the rows is not well-formed.
    """
    text = _plain_text(data)
    start = _ROOT.match(text) if text is not None else None
    if text is None or start is None:
        return None
    declared = [one or other for one, other in _DEFAULT_VOCABULARY.findall(start[1])]
    if declared != [_MAIN] or "<?" in text[start.start(1) :]:
        return None
    before, _, rest = text.partition("<sheetData>")
    rows, _, after = rest.partition("</sheetData>")
    frame = parse_xml((before[start.start(1) :] + "<sheetData/>" + after).encode("utf-8"), name)
    if frame.find(f"{{{_MAIN}}}sheetData") is None:
        return None
    if "\r" in rows:
        rows = rows.replace("\r\n", "\n").replace("\r", "\n")
    return PlainSheet(frame, start[1], rows)


def _plain_text(data: bytes) -> str | None:
    """Decode a worksheet; None where its markup is more than elements and texts."""
    if len(data) > _MAX_BYTES:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    once = text.count("<sheetData>") == 1 == text.count("</sheetData>")
    return text if once and "<!" not in text and not _NO_XML.search(text) else None


def plain_rows(rows: str) -> Iterator[PlainRow | str]:
    """Give the rows in order; as text what follows the last that can be told apart."""
    at = 0
    length = len(rows)
    while at < length:
        if rows[at] in " \n\t":
            at += 1
            continue
        start = _ROW_START.match(rows, at)
        if start is None:
            yield rows[at:]
            return
        pairs = _ATTRIBUTE.findall(start[1])
        attributes = dict(pairs)
        if len(attributes) != len(pairs) or any(one.startswith("xmlns") for one in attributes):
            yield rows[at:]
            return
        if start[0].endswith("/>"):
            yield PlainRow(attributes, [], start[0])
            at = start.end()
            continue
        end = rows.find("</row>", at)
        if end < 0:
            yield rows[at:]
            return
        inner = rows[start.end() : end]
        at = end + 6
        yield PlainRow(attributes, plain_cells(inner), start[0] + inner + "</row>")


def plain_cells(inner: str) -> list[PlainCell] | None:
    """Take the cells of a row apart; None where anything but plain cells stands in it."""
    pieces = _CELL.split(inner)
    if "".join(pieces[0::8]).strip():
        return None
    cells = list(zip(*(pieces[group::8] for group in range(1, 8)), strict=True))
    if "&" not in inner:
        return cells
    if _REFERENCE.sub("", inner).count("&"):
        return None
    return [
        (letters, digits, style, kind, _unescaped(formula), _unescaped(value), _unescaped(text))
        for letters, digits, style, kind, formula, value, text in cells
    ]


def _unescaped(text: str | None) -> str | None:
    if text is None or "&" not in text:
        return text
    return _REFERENCE.sub(lambda found: _CHARACTERS[found[1]], text)
