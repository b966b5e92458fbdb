"""What ``[c]`` means, said with the tables in which it stands.

Source: Government Analysis Function, Using symbols and shorthand in tables (11 January 2022):
shorthand is explained with the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redactor.content import Book, Flow, Paragraph, Run, Sheet, SheetCell
from redactor.formats.base import RebuildPlan, RebuiltFile
from redactor.labels import HIDDEN_COUNT_LABEL, HIDDEN_COUNT_MEANS

_SHEET = "Notes"
_WIDTH = 50


def withholds_counts(plan: RebuildPlan) -> bool:
    """Say whether counts are withheld in a file as small numbers are."""
    labels = (spot.label for spots in plan.spots.values() for spot in spots)
    return any(one.split(" ")[0] == HIDDEN_COUNT_LABEL for one in labels)  # “c #12” is numbered


def explained_in_book(book: Book) -> Book:
    """Add a sheet that says what the sign means."""
    taken = {one.name.casefold() for one in book.sheets}
    names = (_SHEET, *(f"{_SHEET} {number}" for number in range(2, len(taken) + 3)))
    name = next(one for one in names if one.casefold() not in taken)
    return Book((*book.sheets, Sheet(name, ((SheetCell(HIDDEN_COUNT_MEANS),),), (_WIDTH,))))


def explained_in_flow(flow: Flow) -> Flow:
    """Add a paragraph at the end that says what the sign means."""
    return replace(flow, body=(*flow.body, Paragraph((Run(HIDDEN_COUNT_MEANS),))))


def own_words(files: Iterable[RebuiltFile]) -> tuple[RebuiltFile, ...]:
    """Say of files that the explanation in them is our own and stands in no original."""
    return tuple(replace(one, again=(*one.again, HIDDEN_COUNT_MEANS)) for one in files)
