"""Tables pasted into text: rows of fields parted by bars, commas, semicolons or tabs.

A heading row whose headings are known (``surname``, ``NI number``, ``ethnicity``) says what the
fields under it are, as it does in a spreadsheet (``redactor.detect.columns``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.columns import Column, column_of, is_heading_row, whole_cell
from redactor.detect.rules import Example, Hit, Recogniser
from redactor.labels import LABELS

_QUOTED = regex.compile(r'[ ]*"((?:[^"]|"")*)"[ ]*(?=,|;|$)')


class PastedTables(Recogniser):
    """Fields of rows under known headings."""

    NAME = "pasted-table"
    LABELS = tuple(label.name for label in LABELS)
    EXAMPLES = (
        Example("surname,forename,ward\nLaw,Hannah,Yate", "PERSON", "Law"),
        Example("surname | religion | ward\nLaw | Pagan | Yate", "SC_RELIGION", "Pagan"),
        Example('name;ni number;grade\n"Case, Jo";QQ123;B', "PERSON", "Case, Jo"),
    )
    NOT_FOUND = ("apples, pears, plums\nsix, seven, eight", "first, second | third")

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the fields that their headings name."""
        columns: list[Column] = []
        mark = ""
        at = 0
        for line in text.split("\n"):
            heading = self._heading(line)
            if heading:
                mark, columns = _mark_of(line), heading
            elif columns:
                fields = list(_fields(line, mark))
                if len(fields) * 5 >= len(columns) * 3:
                    yield from self._of_row(fields, columns, at)
                elif line.strip():
                    columns = []
            at += len(line) + 1

    @staticmethod
    def _heading(line: str) -> list[Column]:
        """Give the columns where a line is a row of headings, else nothing."""
        mark = _mark_of(line)
        texts = [field for _, field in _fields(line, mark)] if mark else []
        return [column_of(one) for one in texts] if len(texts) > 2 and is_heading_row(texts) else []

    @staticmethod
    def _of_row(fields: list[tuple[int, str]], columns: list[Column], at: int) -> Iterator[Hit]:
        for (offset, field), column in zip(fields, columns, strict=False):
            if whole_cell(column, field):
                lead = len(field) - len(field.lstrip())
                start = at + offset + lead
                yield Hit(
                    column.label,
                    start,
                    start + len(field.strip()),
                    0.8,
                    "the heading of its column",
                )


def _mark_of(line: str) -> str:
    counts = {mark: line.count(mark) for mark in ("|", "\t", ";", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > 1 else ""


def _fields(line: str, mark: str) -> Iterator[tuple[int, str]]:
    """Cut a line into fields with their offsets; quotes hold fields together."""
    at = 0
    while at <= len(line):
        quoted = _QUOTED.match(line, at) if mark in ",;" else None
        if quoted:
            yield quoted.start(1), quoted.group(1)
            end = quoted.end()
        else:
            end = line.find(mark, at)
            end = len(line) if end < 0 else end
            yield at, line[at:end]
        at = end + 1


RECOGNISERS = (PastedTables,)
