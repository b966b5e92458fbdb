"""Tables pasted into text: rows of fields parted by bars, commas, semicolons, tabs, or by spaces.

A heading row whose headings are known (``surname``, ``NI number``, ``ethnicity``) says what the
fields under it are, as it does in a spreadsheet (``redactor.detect.columns``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import regex
from presidio_analyzer import RecognizerResult

from redactor.detect.columns import Column, column_of, guessed, is_heading_row, whole_cell
from redactor.detect.rules import Example, Hit, Recogniser, Rule, RuleRecogniser
from redactor.labels import LABELS
from redactor.name_rows import said

_QUOTED = regex.compile(r'[ ]*"((?:[^"]|"")*)"[ ]*(?=,|;|$)')


_SPACED = regex.compile(r"\S+(?: \S+)*")


class PastedTables(Recogniser):
    """Fields of rows under known headings."""

    NAME = "pasted-table"
    LABELS = tuple(label.name for label in LABELS)
    EXAMPLES: tuple[Example, ...] = (
        Example("surname,forename,ward\nLaw,Hannah,Yate", "PERSON", "Law"),
        Example("surname | religion | ward\nLaw | Pagan | Yate", "SC_RELIGION", "Pagan"),
        Example('name;ni number;grade\n"Case, Jo";QQ123;B', "PERSON", "Case, Jo"),
        Example("| Name | DOB | Ward |\n|---|---|---|\n| law | 1/1/80 | Yate |", "PERSON", "law"),
        Example("REF    NAME         AGE  RISK\nX1     law, hannah  15   H", "AGE", "15"),
        Example(
            "REF    NAME         AGE  RISK\nX1     law, hannah  15   H", "PERSON", "law, hannah"
        ),
    )
    NOT_FOUND: tuple[str, ...] = (
        "Year,Cases,Upheld\n2017,14,3\n2018,15,2\n2019,9,1\n2020,8,1\n2021,7,0\n2022,6,2",
        "apples, pears, plums\nsix, seven, eight",
        "first, second | third",
        "Year    Cases   Upheld\n2019    14      3",
    )

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the fields that their headings name."""
        yield from _table_hits(text, _mark_of)


class TabbedTables(PastedTables):
    """Fields of rows parted by tabs; it is given text with its tabs (``Normal.tabbed``)."""

    NAME = "tabbed-table"
    EXAMPLES = (
        Example("Surname\tForename\nLaw\tHannah", "PERSON", "Law"),
        Example("REF\tSTF_NO\tREL\n1\t4471\tMUSL\n2\t4472\tCE", "SC_RELIGION", "MUSL"),
    )
    NOT_FOUND = ("Year\tCases\n2017\t14", "1.\tThe officer\tspoke")

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the fields that their headings name."""
        yield from _table_hits(text, _tab_of)


def _table_hits(text: str, mark_of: Callable[[str], str | None]) -> Iterator[Hit]:
    table: _Table | None = None
    rows: list[list[_Field]] = []
    at = 0
    for line in text.split("\n"):
        heading = _heading(line, mark_of(line))
        if heading:
            yield from _of_rows(rows)
            table, rows = heading, []
        elif table and line.strip():
            fields = table.fields(line)
            if fields is None:
                table = None
            else:
                rows.append([one._replace(at=at + one.at) for one in fields])
        at += len(line) + 1
    yield from _of_rows(rows)


class _Field(NamedTuple):
    """A field of a row: where it begins, what it says, its column, and the number of that."""

    at: int
    text: str
    column: Column
    number: int


@dataclass(frozen=True, slots=True)
class _Table:
    """A row of headings in text: their mark, or where each begins if spaces part them."""

    mark: str
    columns: tuple[Column, ...]
    starts: tuple[int, ...]

    def fields(self, line: str) -> list[_Field] | None:
        """Give a row's fields with their columns, or None where the line is no row of the table."""
        found = list(_fields(line, self.mark))
        if not self.mark:
            return self._by_place(found)
        if len(found) * 5 < len(self.columns) * 3:
            return None
        return [
            _Field(offset, field, column, number)
            for number, ((offset, field), column) in enumerate(
                zip(found, self.columns, strict=False), start=1
            )
        ]

    def _by_place(self, found: list[tuple[int, str]]) -> list[_Field] | None:
        """Give fields parted by spaces the heading that begins nearest, if it begins near."""
        if len(found) < 2:
            return [] if found and found[0][0] >= self.starts[1] - _ASKEW else None
        row = []
        for offset, field in found:
            near = min(range(len(self.starts)), key=lambda one: abs(self.starts[one] - offset))
            if abs(self.starts[near] - offset) <= _ASKEW:
                row.append(_Field(offset, field, self.columns[near], near + 1))
        return row if len(row) * 2 >= len(found) else None


#: How far a field may begin from its heading in a table parted by spaces, in characters.
_ASKEW = 3


def _heading(line: str, mark: str | None) -> _Table | None:
    """Give the table that begins where a line is a row of headings, else None."""
    if mark is None:
        return None
    cells = list(_fields(line, mark)) if mark or "  " in line.strip() else []
    texts = [field for _, field in cells]
    if len(texts) < (2 if mark == _TAB else 3) or not is_heading_row(texts):
        return None
    return _Table(mark, tuple(map(column_of, texts)), tuple(offset for offset, _ in cells))


def _of_rows(rows: list[list[_Field]]) -> Iterator[Hit]:
    """Give the cells that are named by their heading, or by the others under one that says none."""
    under: dict[Column, list[str]] = {}
    for row in rows:
        for one in row:
            under.setdefault(one.column, []).append(one.text)
    judged = {column: _judged(column, fields) for column, fields in under.items()}
    for line, row in enumerate(rows, start=1):
        for at, field, known, number in row:
            column = judged[known]
            if whole_cell(column, field):
                start = at + len(field) - len(field.lstrip())
                score = min(column.score, 0.8)
                why = said(column.part, line, number) if column.part else column.why
                yield Hit(column.label, start, start + len(field.strip()), score, why)


def _judged(column: Column, fields: list[str]) -> Column:
    known = column.over(fields)
    return known if known.label else guessed(fields) or known


_TAB = "\t"


def _tab_of(line: str) -> str | None:
    """Give the tab if it parts a line, else None: another recogniser looks at such lines."""
    return _TAB if _TAB in line else None


def _mark_of(line: str) -> str:
    counts = {mark: line.count(mark) for mark in ("|", ";", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > 1 else ""


def _fields(line: str, mark: str) -> Iterator[tuple[int, str]]:
    """Cut a line into fields with their offsets; quotes hold fields together.

    Without a mark, two spaces or more part the fields.
    """
    if not mark:
        yield from ((match.start(), match.group()) for match in _SPACED.finditer(line))
        return
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


class AgesBesideNames(RuleRecogniser):
    """The age that stands in the cell beside a name, in rows without headings."""

    NAME = "age-beside-name"
    LABELS = ("AGE",)
    RULES = (
        Rule(
            "AGE",
            r"(?<![\p{L}\d])[\p{Lu}][\p{L}'-]+(?: [\p{Lu}][\p{L}'-]+)?, [\p{Lu}][\p{L}.'-]*"
            r"(?: [\p{Lu}\"(][\p{L}.\"')-]*){0,3}(?:[ ]{2,}| ?[|\t] ?)(?:c\. ?|aged? )?"
            r"(?P<v>[1-9]\d)(?= ?(?:yrs?|y/o)?(?:[ ]{2,}|[ ]?[|\t\u2642\u2640]|[ ]*$|[ ]*\n))",
            0.5,
            "a number in the cell beside a name",
            spot=r"(?:  |[|\t]) ?(?:c\. ?|aged? )?[1-9][0-9](?![0-9])",
            reach=90,
        ),
    )
    EXAMPLES = (
        Example("007 25/0071  HOSKING, Elowen May    53\n", "AGE", "53"),
        Example("Hussain, Wajid   36   M", "AGE", "36"),
        Example("Crowther, Maisie | 19 | F", "AGE", "19"),
    )
    NOT_FOUND = ("Adults, Children   1,204   36.5", "Smith, John   2019", "Law, Jo  12/03/2020")


#: Run on the text with its tabs, beside the engine, to whose patterns a tab is a space.
_OF_TABS = (TabbedTables(), AgesBesideNames())


def in_tabs(tabbed: str) -> list[RecognizerResult]:
    """Find what rows parted by tabs tell; offsets are those of the text without its tabs, too."""
    return [found for one in _OF_TABS for found in one.analyze(tabbed, list(one.LABELS), None)]


RECOGNISERS = (PastedTables, AgesBesideNames)
