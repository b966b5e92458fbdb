"""The options that say how text files are to be read."""

from __future__ import annotations

import argparse
from typing import Any

from redactor.model import ReadAs


def add_read_as(parser: Any) -> None:
    """Add the options to a command."""
    group = parser.add_argument_group(
        "how CSV and text files are read", "What is not said is found out from the bytes."
    )
    group.add_argument(
        "--encoding", default="", metavar="NAME", help="such as utf-8, cp1252, utf-16, cp850"
    )
    group.add_argument(
        "--delimiter",
        default="",
        metavar="CHAR",
        help="what tells the fields of a CSV file apart; `tab` or \\t for a tab",
    )


def read_as(arguments: argparse.Namespace) -> ReadAs:
    """Give how text files are to be read.

    Raises:
        UsageError: there is no such encoding, or that tells no fields apart.
    """
    if not arguments.encoding and not arguments.delimiter:
        return ReadAs()
    from redactor.app.read_as import way_to_read

    return way_to_read(arguments.encoding, arguments.delimiter)
