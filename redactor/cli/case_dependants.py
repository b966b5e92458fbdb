"""``redactor case dependants``: whether withheld cells can be worked out from those that stay."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.dependants import Computed, look_at_cell, read_computed, worked_out
from redactor.cli.opening import looks, tell
from redactor.cli.speaking import FOUND, OK, Answer, counted
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    command = actions.add_parser(
        "dependants",
        parents=[options],
        help="withheld cells that can be worked out, or what is computed from one cell",
    )
    command.add_argument("case", type=Path, metavar="CASE")
    command.add_argument("--document", type=int, required=True, metavar="N")
    command.add_argument("--cell", metavar="SHEET!B7", help="what is computed from this cell")
    command.set_defaults(run=looks(_dependants))


def _dependants(case: Case, arguments: argparse.Namespace) -> Answer:
    with Lane() as lane:
        computed = read_computed(case, lane, arguments.document, tell)
    if arguments.cell is not None:
        return _of_cell(case, computed, arguments.cell)
    found = worked_out(case, computed)
    shape = {
        "document": computed.document,
        "told": computed.told,
        "formulas": len(computed.formulas),
        "worked_out": list(found),
    }
    lines = [f"can be worked out: {one}" for one in found]
    lines.append(_sum(computed, len(found)))
    return Answer(shape, tuple(lines), FOUND if found else OK)


def _sum(computed: Computed, found: int) -> str:
    if not computed.told:
        return "Such a file does not say what is computed from what."
    if found:
        return f"{counted(found, 'withheld cell')} can be worked out from cells that stay."
    return "No withheld cell can be worked out from the formulas of the workbook."


def _of_cell(case: Case, computed: Computed, cell: str) -> Answer:
    view = look_at_cell(case, computed, cell)
    shape = {
        "document": computed.document,
        "told": computed.told,
        "cell": cell,
        "computed_from": list(view.computed_from),
        "computed_from_shown": view.from_shown,
        "dependants": [
            {"cell": one.address, "others": one.others, "gives_away": not one.others}
            for one in view.dependants
        ],
    }
    lines = [f"{cell} is computed from {one}" for one in view.computed_from]
    lines += [
        f"{one.address} is computed from it"
        + (f", and from {counted(one.others, 'other withheld cell')}" if one.others else "")
        for one in view.dependants
    ]
    return Answer(shape, tuple(lines or ["Nothing that stays is computed from it."]))
