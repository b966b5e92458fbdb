"""``redactor case add-embedded``: take the files embedded in a document out as documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.embedded import take_out_embedded
from redactor.cli.opening import changes, tell
from redactor.cli.speaking import Answer, counted
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    command = actions.add_parser(
        "add-embedded", parents=[options], help="add the files embedded in a document"
    )
    command.add_argument("case", type=Path, metavar="CASE")
    command.add_argument("--document", type=int, required=True, metavar="N")
    command.set_defaults(run=changes(_add_embedded))


def _add_embedded(case: Case, arguments: argparse.Namespace) -> Answer:
    with Lane() as lane:
        numbers = take_out_embedded(case, lane, arguments.document, tell)
    documents = [one for one in case.documents() if one.number in numbers]
    shape = {"documents": [{"document": one.number, "name": one.name} for one in documents]}
    told = (
        *(f"document {one.number}: {one.name}" for one in documents),
        f"{counted(len(documents), 'embedded file')} added. Scan the case to search them.",
    )
    return Answer(shape, told)
