"""``redactor case read-as``: have a CSV or text file of the case read in another way."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app import output_case
from redactor.app.case import Case
from redactor.app.log_words import read_as_words
from redactor.app.person_decisions import told
from redactor.app.read_as import falling, falling_words, read_otherwise
from redactor.app.reading import read_document
from redactor.cli.opening import changes
from redactor.cli.reading import add_read_as, read_as
from redactor.cli.speaking import OK, Answer, counted
from redactor.errors import Blocked, UnreadableDocument
from redactor.events import EventKind
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    command = actions.add_parser(
        "read-as",
        parents=[options],
        help="read a CSV or text file in another encoding, or with another delimiter",
        epilog="Without --encoding and --delimiter the document is read as its bytes say again.",
    )
    command.add_argument("case", type=Path, metavar="CASE")
    command.add_argument("--document", type=int, required=True, metavar="N")
    add_read_as(command)
    command.add_argument("--reason", default="", metavar="TEXT", help="why; it goes into the log")
    command.add_argument(
        "--drop-decisions",
        action="store_true",
        help="go on although decisions on the document fall, and nothing before can be undone",
    )
    command.set_defaults(run=changes(_read_as))


def _read_as(case: Case, arguments: argparse.Namespace) -> Answer:
    number, way = arguments.document, read_as(arguments)
    case.allow(EventKind.DOCUMENT_READ_AS)
    falls = falling(case, number)
    if falls and not arguments.drop_decisions:
        raise Blocked(
            f"{falling_words(falls)} Nothing was changed. Give --drop-decisions if that is wanted."
        )
    read_otherwise(case, number, way, arguments.reason)
    with Lane() as lane:
        followed = read_document(case, lane, number)
    document = next(one for one in case.documents() if one.number == number)
    shape = {
        **output_case.scanned(case, document),
        "encoding": way.encoding or None,
        "delimiter": way.delimiter or None,
        "dropped": falls,
        "notes": list(document.notes),
        "errors": [output_case.refused(case, document)] if document.refusal else [],
    }
    if document.refusal:
        return Answer(shape, (f"NOT READ  {document.refusal}",), UnreadableDocument.exit_code)
    counts = f"{counted(shape['findings'], 'finding')}, {counted(falls, 'decision')} dropped"
    lines = [
        f"Document {number} is read {read_as_words(way)}: {counts}.",
        *(f"note: {note}" for note in document.notes),
        *filter(None, (told(followed),)),
    ]
    return Answer(shape, tuple(lines), OK)
