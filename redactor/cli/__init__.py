"""The command line: arguments in, ``redactor.app`` called, JSON or plain sentences out.

Other programs call it, so its shape is fixed. Results go to standard output; progress and messages
go to standard error. Exit codes: 0 done; 1 found what it looks for; 2 wrong usage; 3 input could
not be read; 4 a person must rule first; 5 a check failed, no file written; 70 a fault of ours.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence

from redactor import __version__
from redactor.cli.screen import open_window
from redactor.cli.speaking import FAULT, USAGE, print_json, say, speak_utf8
from redactor.config import set_up_logging
from redactor.errors import BugError, Cancelled, RedactorError

log = logging.getLogger(__name__)

#: The commands that work on single files.
_ON_FILES = frozenset({"demo", "scan", "redact", "verify", "inspect"})
_COMMANDS = frozenset(
    {
        *_ON_FILES,
        "case",
        "identity",
        "letter",
        "lists",
        "models",
        "bench",
        "numbers",
    }
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    set_up_logging()
    speak_utf8()
    try:
        return _dispatch(arguments)
    except RedactorError as error:
        return _failed(arguments, error.code, error.user_message, error.exit_code)
    except (Cancelled, KeyboardInterrupt):
        return _failed(arguments, "stopped", "Stopped. Nothing more was written.", FAULT)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    except Exception as error:
        log.exception("a command failed")
        said = (
            f"A fault in the program ({type(error).__name__}). Nothing more was written. "
            "Please report it, with what is said above."
        )
        return _failed(arguments, BugError.code, said, FAULT)


def _failed(arguments: Sequence[str], code: str, message: str, exit_code: int) -> int:
    """Say why nothing came of a command, as the one JSON document too if that was asked for."""
    say(message)
    if "--json" in arguments:
        print_json({"error": {"code": code, "message": message}})
    return exit_code


def _dispatch(arguments: list[str]) -> int:
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        return open_window(arguments)
    given = _parser(arguments[0]).parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = given.run
    return run(given)


def _parser(command: str) -> argparse.ArgumentParser:
    """Make the parser: of one command, or of all where it is none of them.

    Commands are loaded here, for the window needs none of them and has to be up at once, and those
    that work on a case load most of the program.
    """
    from redactor.cli.arguments import Parser
    from redactor.formats import FORMATS

    readable = ", ".join(f"{one.title} ({' '.join(one.suffixes)})" for one in FORMATS)
    parser = Parser(
        prog="redactor",
        description="Find, decide, remove and prove. Without a command it opens the window.",
        epilog=f"Reads: {readable}.",
    )
    parser.add_argument("--version", action="version", version=f"redactor {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    is_any = command not in _COMMANDS
    if is_any or command in _ON_FILES:
        from redactor.cli import files

        files.add_to(commands)
    if is_any or command == "case":
        from redactor.cli import case

        case.add_to(commands)
    if is_any or command == "letter":
        from redactor.cli import letter

        letter.add_to(commands)
    if is_any or command == "numbers":
        from redactor.cli import numbers

        numbers.add_to(commands)
    if is_any or command not in {*_ON_FILES, "case", "letter", "numbers"}:
        from redactor.cli import bench, identity, lists, models

        identity.add_to(commands)
        lists.add_to(commands)
        models.add_to(commands)
        bench.add_to(commands)
    return parser
