"""``redactor letter``: the slips of a draft.

Writing the letter of a case comes in here, beside ``--check``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redactor.app.letter_checking import check_draft
from redactor.cli.arguments import case_options
from redactor.cli.opening import opened
from redactor.cli.speaking import FOUND, OK, Answer, counted, give, say
from redactor.law.letters import Issue
from redactor.workers import Lane


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    letter = commands.add_parser(
        "letter",
        parents=[case_options()],
        help="the slips and contradictions of a letter of response",
    )
    letter.add_argument("--check", type=Path, required=True, metavar="DRAFT", help="the letter")
    letter.add_argument("--case", type=Path, metavar="CASE", help="hold it against this case, too")
    letter.set_defaults(run=_check)


def _check(arguments: argparse.Namespace) -> int:
    say(f"{arguments.check.name}: reading")
    with Lane() as lane:
        if arguments.case is None:
            issues = check_draft(arguments.check, lane)
        else:
            with opened(arguments, to_change=False) as case:
                issues = check_draft(arguments.check, lane, case)
    return give(_answer(issues), as_json=arguments.json)


def _answer(issues: Sequence[Issue]) -> Answer:
    shape = {
        "issues": [
            {"kind": str(one.kind), "place": one.place, "message": one.message} for one in issues
        ]
    }
    lines = [f"{one.place}: {one.message} [{one.kind}]" for one in issues]
    lines.append(f"{counted(len(issues), 'slip')}." if issues else "No slip was found.")
    return Answer(shape, tuple(lines), FOUND if issues else OK)
