"""``redactor letter``: the response of a case, or the slips of a draft."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redactor.app.letter_checking import check_draft
from redactor.app.letters import read_requester, write_letter
from redactor.cli.arguments import case_options
from redactor.cli.opening import opened
from redactor.cli.speaking import FOUND, OK, Answer, counted, give, say
from redactor.errors import UsageError
from redactor.law.letters import Issue
from redactor.workers import Lane


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    letter = commands.add_parser(
        "letter",
        parents=[case_options()],
        help="the response of a case, or the slips and contradictions of a letter",
    )
    letter.add_argument("written_for", nargs="?", type=Path, metavar="CASE")
    letter.add_argument("--out", type=Path, metavar="FILE.docx", help="where to write it")
    letter.add_argument(
        "--requester-file",
        type=Path,
        metavar="F",
        help="who asked: their name in the first line, their address below it; kept nowhere",
    )
    letter.add_argument("--check", type=Path, metavar="DRAFT", help="a letter to check")
    letter.add_argument("--case", type=Path, metavar="CASE", help="hold it against this case, too")
    letter.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.check is not None:
        if arguments.written_for is not None or arguments.out is not None:
            raise UsageError("Give a CASE and --out to write, or --check. Nothing was done.")
        return _check(arguments)
    if arguments.written_for is None or arguments.out is None:
        raise UsageError(
            "Nothing was done. Give a CASE and --out FILE.docx to write its letter, or --check "
            "with a letter to check."
        )
    return _write(arguments)


def _write(arguments: argparse.Namespace) -> int:
    who = read_requester(arguments.requester_file) if arguments.requester_file else None
    today = dt.datetime.now().astimezone().date()
    arguments.case = arguments.written_for
    with Lane() as lane, opened(arguments, to_change=False) as case:
        write_letter(case, lane, arguments.out, today=today, requester=who)
        issues = check_draft(arguments.out, lane, case)
    shape = {
        "letter": str(arguments.out),
        "bytes": arguments.out.stat().st_size,
        "issues": _shapes(issues),
    }
    lines = [f"written   {arguments.out.name}", *map(_told, issues)]
    if issues:
        lines.append("Look at what is listed before it is sent.")
    return give(Answer(shape, tuple(lines)), as_json=arguments.json)


def _check(arguments: argparse.Namespace) -> int:
    say(f"{arguments.check.name}: reading")
    with Lane() as lane:
        if arguments.case is None:
            issues = check_draft(arguments.check, lane)
        else:
            with opened(arguments, to_change=False) as case:
                issues = check_draft(arguments.check, lane, case)
    lines = [*map(_told, issues)]
    lines.append(f"{counted(len(issues), 'slip')}." if issues else "No slip was found.")
    answer = Answer({"issues": _shapes(issues)}, tuple(lines), FOUND if issues else OK)
    return give(answer, as_json=arguments.json)


def _shapes(issues: Sequence[Issue]) -> list[dict[str, str]]:
    return [{"kind": str(o.kind), "place": o.place, "message": o.message} for o in issues]


def _told(one: Issue) -> str:
    return f"{one.place}: {one.message} [{one.kind}]"
