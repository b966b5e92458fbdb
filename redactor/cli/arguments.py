"""The parser of the command line, and the options that many commands share."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Never

from redactor.errors import UsageError

_NOTES = (
    "Passphrases come from a file (its first line), from a file descriptor (POSIX), or are asked "
    "for on the terminal; never from the command line."
)


class Parser(argparse.ArgumentParser):
    """A parser that takes no shortened option and never prints back what it did not know.

    Somebody may have typed a passphrase there. It raises what it objects to, so that a command
    that answers in JSON does so then too.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "allow_abbrev": False})

    def parse_args(  # type: ignore[override] # the base class overloads it for other namespaces
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """Read the arguments, or end with a sentence and exit code 2."""
        given, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self._refuse(unknown)
        return given

    def error(self, message: str) -> Never:
        """Print how the command is used, and say what is wrong.

        Raises:
            UsageError: always.
        """
        self.print_usage(sys.stderr)
        raise UsageError(f"{self.prog}: error: {message}")

    def _refuse(self, unknown: Sequence[str]) -> Never:
        options = sorted({one.split("=")[0] for one in unknown if one.startswith("--")})
        what = f"there is no option {', '.join(options)}" if options else "there is a word too many"
        self.error(f"{what}. Nothing was done. `{self.prog} --help` lists what there is.")


def add_file_option(parser: Any) -> None:
    """Add the option that names the file of lists."""
    parser.add_argument("--lists", type=Path, metavar="FILE", help="the authority's file of lists")


#: The highest number that a case file can hold.
_HIGHEST = 2**63 - 1


def finding_id(text: str) -> int:
    """Read the number of a finding, for ``argparse`` too.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if re.fullmatch(r"[0-9]{1,19}", text) and 1 <= (number := int(text)) <= _HIGHEST:
        return number
    raise argparse.ArgumentTypeError(
        "a finding is named by its number; `redactor case findings` lists the numbers"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option that asks for JSON."""
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def add_passphrase(parser: Any, option: str, whose: str) -> None:
    """Add the options that say where a passphrase comes from."""
    parser.add_argument(
        f"{option}-file", type=Path, metavar="F", help=f"its first line is {whose} passphrase"
    )
    parser.add_argument(
        f"{option}-fd", type=int, metavar="N", help=f"a line of it is {whose} passphrase (POSIX)"
    )


def case_options(*, given_above: bool = False) -> argparse.ArgumentParser:
    """Give the options of every command that opens a case, to be a parent of its parser.

    Args:
        given_above: for a command below such a command, whose values it must leave alone.
    """
    nothing = argparse.SUPPRESS if given_above else None
    options = Parser(add_help=False, argument_default=nothing)
    add_json(options)
    group = options.add_argument_group("who opens the case", _NOTES)
    add_passphrase(group, "--case-passphrase", "the case's")
    group.add_argument("--identity", type=Path, metavar="FILE", help="who works in the case")
    add_passphrase(group, "--passphrase", "that person's")
    group.add_argument(
        "--take-over",
        metavar="REASON",
        help="take over a case that somebody else did not close; the reason goes into the log",
    )
    return options
