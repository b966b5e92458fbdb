"""``redactor case set-aside``: leave a whole document out of the release, or take it back in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.setting_aside import put_back, set_aside
from redactor.cli.opening import changes
from redactor.cli.speaking import Answer
from redactor.errors import UsageError
from redactor.model import Aside

_SAID = {
    Aside.WITHHELD: "is withheld in full",
    Aside.PUBLIC: "stays out: it is public already",
    Aside.NOT_ASKED: "stays out: it was not asked for",
    Aside.REPLACED: "stays out: another goes out in its place",
}


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    aside = actions.add_parser(
        "set-aside", parents=[options], help="leave a whole document out of the release"
    )
    aside.add_argument("case", type=Path, metavar="CASE")
    aside.add_argument("--document", type=int, required=True, metavar="D", help="its number")
    aside.add_argument("--why", choices=tuple(map(str, Aside)))
    aside.add_argument("--exemption", default="", metavar="E", help="with its limb, if withheld")
    aside.add_argument("--reason", default="", metavar="TEXT")
    aside.add_argument("--public-interest", default="", metavar="TEXT", help="how it was weighed")
    aside.add_argument("--justification", type=int, default=0, metavar="N")
    aside.add_argument("--by", type=int, default=0, metavar="D", help="what goes out in its place")
    aside.add_argument("--back", action="store_true", help="it is to go out after all")
    aside.set_defaults(run=changes(_set_aside))


def _set_aside(case: Case, arguments: argparse.Namespace) -> Answer:
    number = int(arguments.document)
    if arguments.back:
        change = put_back(case, number)
        shape: dict[str, Any] = {"event": change.event.seq, "document": number, "why": None}
        return Answer(shape, (f"Document {number} goes out again.",))
    if arguments.why is None:
        raise UsageError("Give --why, or --back. Nothing was recorded.")
    why = Aside(arguments.why)
    change = set_aside(
        case,
        number,
        why,
        arguments.reason,
        exemption=arguments.exemption,
        public_interest=arguments.public_interest,
        justification=arguments.justification,
        by=arguments.by,
    )
    shape = {"event": change.event.seq, "document": number, "why": str(why)}
    return Answer(shape, (f"Document {number} {_SAID[why]}.",))
