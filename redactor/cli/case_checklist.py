"""``redactor case checklist``: the Commissioner's checklists, shown and answered."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.checklist import ChecklistLine, answer_point, checklist_lines, told_open
from redactor.cli.opening import changes, looks
from redactor.cli.speaking import Answer
from redactor.errors import UsageError
from redactor.model import PointAnswer
from redactor.release.certificate_checklist import answer_words

_ANSWERS = {
    "yes": PointAnswer.YES,
    "no": PointAnswer.NO,
    "na": PointAnswer.NOT_APPLICABLE,
}


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    checklist = actions.add_parser(
        "checklist",
        parents=[options],
        help="the Commissioner's checklists: what the program shows, and what people answered",
    )
    checklist.add_argument("case", type=Path, metavar="CASE")
    checklist.add_argument(
        "--answer", metavar="KEY=yes|no|na", help="answer a line that is for a person"
    )
    checklist.add_argument(
        "--remark", default="", metavar="TEXT", help="goes into the certificate; a no needs one"
    )
    checklist.set_defaults(run=_checklist)


def _checklist(arguments: argparse.Namespace) -> int:
    if arguments.answer is not None:
        return changes(_answer)(arguments)
    if arguments.remark:
        raise UsageError("A remark belongs to an --answer. Nothing was recorded.")
    return looks(_show)(arguments)


def _show(case: Case, _: argparse.Namespace) -> Answer:
    lines = checklist_lines(case)
    return Answer({"points": _shapes(lines)}, (*map(_told, lines), *told_open(case.standing())))


def _answer(case: Case, arguments: argparse.Namespace) -> Answer:
    key, _, said = str(arguments.answer).partition("=")
    answer = _ANSWERS.get(said.strip().lower())
    if answer is None:
        raise UsageError("Write --answer as KEY=yes, KEY=no or KEY=na. Nothing was recorded.")
    change = answer_point(case, key.strip(), answer, arguments.remark)
    shape = {"event": change.event.seq, "points": _shapes(checklist_lines(case))}
    told = f"{change.event.body['point']}: {answer_words(answer).lower()}."
    return Answer(shape, (told, *told_open(change.standing)))


def _shapes(lines: Iterable[ChecklistLine]) -> list[dict[str, Any]]:
    return [
        {
            "point": one.point.key,
            "line": one.point.says,
            "lists": list(one.point.lists),
            "answered_by": "person" if one.point.is_for_person else "program",
            "evidence": one.evidence,
            "answer": str(one.tick.answer) if one.tick is not None else None,
            "remark": one.tick.remark if one.tick is not None else "",
            "by": one.tick.actor if one.tick is not None else None,
            "at": one.tick.at if one.tick is not None else None,
        }
        for one in lines
    ]


def _told(line: ChecklistLine) -> str:
    if not line.point.is_for_person:
        return f"[program]  {line.point.says}: {line.evidence}"
    if line.tick is None:
        return f"[nobody]   {line.point.key}: {line.point.says}: not answered"
    remark = f" {line.tick.remark}" if line.tick.remark else ""
    answer = answer_words(line.tick.answer)
    said = f"{answer}.{remark} ({line.tick.actor}, {line.tick.at})"
    return f"[person]   {line.point.key}: {line.point.says}: {said}"
