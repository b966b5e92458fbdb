"""Where a mark stands: in words for the screen, and as a key that sorts in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from redactor.model import Area, Span, Target, column_letters

_CELL = re.compile(r"sheet:(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>\d+)", re.DOTALL)
_PART = re.compile(r"part:(?P<part>.*)#(?P<number>\d+)", re.DOTALL)
_ON_PAGE = re.compile(r", page (?P<page>\d+)$")
_PART_TITLES = (
    (re.compile(r"(^|/)document\.xml$"), "Paragraph"),
    (re.compile(r"(^|/)header(\d*)\.xml$"), "Header"),
    (re.compile(r"(^|/)footer(\d*)\.xml$"), "Footer"),
    (re.compile(r"(^|/)footnotes\.xml$"), "Footnote"),
    (re.compile(r"(^|/)comments\d*\.xml$"), "Comment"),
)


def place_title(target: Target) -> str:
    """Say where a mark stands, counting from 1: ``Page 3``, ``Cases, B12``, ``Row 4, column B``."""
    if isinstance(target, Area):
        return f"Page {target.page + 1}, box"
    return segment_title(target.segment, target.column)


def segment_title(segment: str, column: int | None = None) -> str:
    """Say in words which segment an id of the command-line contract names."""
    kind, _, rest = segment.partition(":")
    if (cell := _CELL.fullmatch(segment)) is not None:
        return f"{cell['sheet']}, {cell['column']}{cell['row']}"
    if kind == "row":
        return (
            f"Row {rest}, column {column_letters(column)}" if column is not None else f"Row {rest}"
        )
    if (part := _PART.fullmatch(segment)) is not None:
        if _ON_PAGE.search(part["part"]):  # it says in words already where it stands
            return part["part"][:1].upper() + part["part"][1:]
        return f"{_part_title(part['part'])} {part['number']}"
    if kind in {"page", "line"}:
        return f"{kind.capitalize()} {rest}"
    return segment


def page_beside(segment: str) -> int | None:
    """Give the page, from 0, that hidden content stands on (``part:comments, page 3#1``: 2)."""
    part = _PART.fullmatch(segment)
    found = _ON_PAGE.search(part["part"]) if part is not None else None
    return int(found["page"]) - 1 if found is not None else None


def _part_title(part: str) -> str:
    for pattern, title in _PART_TITLES:
        if pattern.search(part):
            return title
    return part[:1].upper() + part[1:]


@dataclass(slots=True)
class PlaceOrder:
    """Sort keys for places. Sheets and parts sort in the order in which they first came in.

    A key is one whole number (document, kind, container, row, column, start, from high to low),
    for a third of a million tuples would cost a hundred megabytes.
    """

    _containers: dict[tuple[int, str], int] = field(default_factory=dict)

    def key(self, document: int, target: Target) -> int:
        """Give the sort key of a mark; keys of one document sort in reading order."""
        if isinstance(target, Area):
            return _pack(document, 0, 0, target.page, 1 + int(target.y0), int(target.x0))
        return self._span_key(document, target)

    def _span_key(self, document: int, span: Span) -> int:
        kind, _, rest = span.segment.partition(":")
        if kind == "page" and rest.isdigit():
            return _pack(document, 0, 0, int(rest) - 1, 0, span.start)
        if kind in {"row", "line"} and rest.isdigit():
            return _pack(document, 1, 0, int(rest) - 1, span.column or 0, span.start)
        if (cell := _CELL.fullmatch(span.segment)) is not None:
            sheet = self._ordinal(document, cell["sheet"])
            row, column = int(cell["row"]) - 1, _column(cell["column"])
            return _pack(document, 2, sheet, row, column, span.start)
        if (part := _PART.fullmatch(span.segment)) is not None:
            ordinal = self._ordinal(document, part["part"])
            return _pack(document, 3, ordinal, int(part["number"]) - 1, 0, span.start)
        return _pack(document, 4, self._ordinal(document, span.segment), 0, 0, span.start)

    def _ordinal(self, document: int, container: str) -> int:
        return self._containers.setdefault((document, container), len(self._containers))


def _pack(document: int, kind: int, container: int, row: int, column: int, start: int) -> int:
    """Pack into one number, 3, 20, 32, 16 and 32 bits wide after the document."""
    key = (((document << 3) | kind) << 20) | (container & 0xFFFFF)
    key = (((key << 32) | (row & 0xFFFFFFFF)) << 16) | min(max(column, 0), 0xFFFF)
    return (key << 32) | min(max(start, 0), 0xFFFFFFFF)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
