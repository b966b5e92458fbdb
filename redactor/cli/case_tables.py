"""``redactor case decide`` on a whole column, row or sheet."""

from __future__ import annotations

import argparse
import re
from typing import Any

from redactor.app.case import Case
from redactor.app.tables import ROWS, Cells, decide_cells
from redactor.cli.opening import tell
from redactor.cli.speaking import Answer, counted
from redactor.errors import UsageError
from redactor.model import Action

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_NOTHING = "Nothing was recorded."


def add_selectors(decide: argparse.ArgumentParser, which: Any) -> None:
    """Add what chooses cells beside the other ways to choose findings."""
    which.add_argument("--column", metavar="C", help="every cell below the heading: its letters")
    which.add_argument("--row", metavar="R", help="every cell of a row: its number")
    which.add_argument("--all-cells", action="store_true", help="every cell of a sheet")
    decide.add_argument("--document", type=int, metavar="N", help="the number of the document")
    decide.add_argument("--sheet", metavar="S", help="the name of the sheet of a workbook")
    decide.add_argument(
        "--every-value", action="store_true", help="also wherever else a value of a cell stands"
    )
    decide.add_argument("--with-headings", action="store_true", help="headings are chosen, too")


def chooses_cells(arguments: argparse.Namespace) -> bool:
    """Say whether cells were chosen, and not findings.

    Raises:
        UsageError: an option for cells was given with findings.
    """
    if arguments.column is not None or arguments.row is not None or arguments.all_cells:
        return True
    given = (arguments.document, arguments.sheet, arguments.every_value, arguments.with_headings)
    if any(one not in {None, False} for one in given):
        raise UsageError(
            "--document, --sheet, --every-value and --with-headings go with --column, --row or "
            f"--all-cells. {_NOTHING}"
        )
    return False


def decide(
    case: Case, arguments: argparse.Namespace, ground: tuple[Action, str, str, str]
) -> Answer:
    """Decide on the chosen cells."""
    if arguments.document is None:
        raise UsageError(f"Give the document with --document. {_NOTHING}")
    cells = _cells(arguments, _container(case, arguments))
    *positional, public_interest = ground
    done = decide_cells(
        case,
        arguments.document,
        [cells],
        *positional,  # type: ignore[arg-type]  # action, exemption, reason
        public_interest=public_interest,
        with_headings=arguments.with_headings,
        every_value=arguments.every_value,
        report=tell,
    )
    count = len(done.change.event.body["marks"])
    shape = {
        "decided": count,
        "event": done.change.event.seq,
        "cells": done.cells,
        "elsewhere": done.elsewhere,
        "values_not_spread": done.not_spread,
    }
    lines = [f"Decided: {counted(count, 'finding')} in {counted(done.cells, 'cell')}."]
    if arguments.every_value:
        lines.append(f"{counted(done.elsewhere, 'place')} elsewhere.")
    if done.told:
        lines.append(done.told)
    return Answer(shape, tuple(lines))


def _container(case: Case, arguments: argparse.Namespace) -> str:
    case.source(arguments.document)  # there is such a document
    there = [name for name, _ in case.containers(arguments.document) if name]
    wanted = f"sheet:{arguments.sheet}" if arguments.sheet is not None else None
    if wanted in there:
        return wanted
    if wanted is None and len(there) == 1:
        return there[0]
    sheets = [name.removeprefix("sheet:") for name in there if name != ROWS]
    if not sheets:
        what = "has no sheets" if wanted is not None and there else "has no cells"
        raise UsageError(f"Document {arguments.document} {what}. {_NOTHING}")
    raise UsageError(
        f"Give one of the {counted(len(sheets), 'sheet')} of document {arguments.document} with "
        f"--sheet. {_NOTHING}"
    )


def _cells(arguments: argparse.Namespace, container: str) -> Cells:
    if arguments.column is not None:
        column = _column(arguments.column)
        return Cells(container, columns=((column, column),))
    if arguments.row is not None:
        if not _NUMBER.fullmatch(arguments.row):
            raise UsageError(f"--row takes the number of a row, as 12. {_NOTHING}")
        row = int(arguments.row) - 1
        return Cells(container, rows=((row, row),))
    return Cells(container)


def _column(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise UsageError(f"--column takes the letters of a column, as C or AB. {_NOTHING}")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
