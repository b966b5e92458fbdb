"""What the commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

from redactor.errors import UsageError
from redactor.labels import LABELS

OK, FOUND, USAGE, FAULT = 0, 1, 2, 70


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answers.

    Attributes:
        shape: as JSON holds it.
        lines: the same for people, as short sentences.
        code: the exit code.
    """

    shape: dict[str, Any]
    lines: tuple[str, ...]
    code: int = OK


def give(answer: Answer, *, as_json: bool) -> int:
    """Print an answer; gives its exit code."""
    if as_json:
        print_json(answer.shape)
    else:
        for line in answer.lines:
            print(line)
    return answer.code


def say(message: str) -> None:
    """Tell the person something that is no result."""
    print(message, file=sys.stderr, flush=True)


def counted(count: int, thing: str) -> str:
    """Say how many there are of a thing whose name takes an s."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def print_json(shape: object) -> None:
    """Print the one JSON document of a command."""
    json.dump(shape, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page, so that names come out as they are."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def labels_named(given: str) -> frozenset[str]:
    """Read a list of labels.

    Raises:
        UsageError: there is no such label.
    """
    known = {label.name for label in LABELS}
    asked = frozenset(name.strip().upper() for name in given.split(",") if name.strip())
    if unknown := sorted(asked - known):
        raise UsageError(
            f"There is no label {', '.join(unknown)}. Nothing was written. "
            f"Labels: {', '.join(sorted(known))}."
        )
    return asked
