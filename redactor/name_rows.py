"""Names that a table keeps in several cells: ``Surname | Forename | Known as`` in one row.

What part of a name a column holds is told by its heading. Detection says so in the reason of a
finding, in words that can be read back (``said``), and gathering joins the cells of one row into
one written name (``whole_names``). Where a row holds two people, each part begins the next one as
soon as it comes again.
"""

from __future__ import annotations

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redactor.events import Mark
from redactor.matching import fold_text
from redactor.model import Span
from redactor.names import Fullness, WrittenName, read_name


class NamePart(enum.StrEnum):
    """What part of a name a column holds."""

    SURNAME = "surname"
    FORENAME = "forename"
    MIDDLE = "middle name"
    KNOWN_AS = "known as"


#: How far apart the cells of one name may stand, in columns: a title may lie between.
_BESIDE = 2
_SAYS = "the heading of its column: "
_SAID = re.compile(
    rf"{_SAYS}(?P<part>{'|'.join(NamePart)})(?: \(row (?P<row>\d+), column (?P<column>\d+)\))?"
)
_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]{1,3})(?P<row>\d+)", re.DOTALL)
_LETTERS = 26
_BEFORE_A = ord("A") - 1


def said(part: NamePart, row: int | None = None, column: int | None = None) -> str:
    """Give the reason of a finding in such a column.

    Args:
        part: that the column holds.
        row, column: from 1, where the place of the finding does not tell them.
    """
    where = "" if row is None or column is None else f" (row {row}, column {column})"
    return f"{_SAYS}{part}{where}"


@dataclass(frozen=True, slots=True)
class _Cell:
    mark: Mark
    part: NamePart
    column: int


def whole_names(mentions: Iterable[Mark]) -> dict[int, WrittenName]:
    """Give the whole name of each mention that is a part of one in its row, by its id."""
    rows: dict[tuple[object, ...], list[_Cell]] = defaultdict(list)
    for mark in mentions:
        placed = _placed(mark)
        if placed is not None:
            rows[placed[0]].append(placed[1])
    found: dict[int, WrittenName] = {}
    for cells in rows.values():
        for person in _people(sorted(cells, key=lambda one: (one.column, one.mark.id))):
            name = _whole(person)
            if name is not None:
                found.update((one.mark.id, name) for one in person)
    return found


def _placed(mark: Mark) -> tuple[tuple[object, ...], _Cell] | None:
    """Give the row and the cell of a mention, where its column says what part it is."""
    match = _SAID.search(mark.why)
    span = mark.target
    if match is None or not isinstance(span, Span):
        return None
    part = NamePart(match["part"])
    cell = _CELL.fullmatch(span.segment)
    if match["row"]:
        row: tuple[object, ...] = (mark.document, span.segment, int(match["row"]))
        column = int(match["column"])
    elif span.column is not None:
        row, column = (mark.document, span.segment), span.column
    elif cell:
        row, column = (mark.document, cell["sheet"], cell["row"]), _number(cell["column"])
    else:
        return None
    return row, _Cell(mark, part, column)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - _BEFORE_A
    return number


def _people(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Part the cells of a row by the people they name."""
    person: list[_Cell] = []
    for cell in cells:
        again = cell.part in {one.part for one in person}
        if person and (again or cell.column - person[-1].column > _BESIDE):
            yield person
            person = []
        person.append(cell)
    if person:
        yield person


def _whole(person: Sequence[_Cell]) -> WrittenName | None:
    """Put a name together; None where its parts make none."""
    parts = {one.part: " ".join(one.mark.text.split()) for one in person}
    surname = parts.get(NamePart.SURNAME)
    known_as = parts.get(NamePart.KNOWN_AS)
    given = parts.get(NamePart.FORENAME, known_as)
    if not surname or not given:
        return None
    forenames = " ".join(filter(None, (given, parts.get(NamePart.MIDDLE))))
    name = read_name(f"{surname}, {forenames}")
    if name.fullness is Fullness.UNCLEAR:
        return None
    pets = (*name.pets, fold_text(known_as)) if known_as else name.pets
    return replace(name, shown=f"{forenames} {surname}", inverted=False, pets=pets)
