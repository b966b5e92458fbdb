"""``redactor case second-look``: look again before a submission, and rule on what is found."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.looking import (
    Dismissal,
    Found,
    SecondLook,
    accept,
    dismiss,
    take_second_look,
)
from redactor.cli.opening import changes, looks, tell
from redactor.cli.speaking import FOUND, OK, Answer, counted
from redactor.errors import UsageError
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    look = actions.add_parser(
        "second-look", parents=[options], help="look again for what was missed, and rule on it"
    )
    look.add_argument("case", type=Path, metavar="CASE")
    what = look.add_mutually_exclusive_group()
    what.add_argument(
        "--accept", nargs="+", metavar="ID", help="redact them, on the ground of what they are near"
    )
    what.add_argument("--dismiss", nargs="+", metavar="ID", help="they are not to be redacted")
    look.add_argument("--because", choices=tuple(map(str, Dismissal)), default=str(Dismissal.OTHER))
    look.add_argument("--reason", default="", metavar="TEXT", help="why, in words")
    look.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    """Look; whoever rules has to say who they are."""
    rules = arguments.accept or arguments.dismiss
    return (changes if rules else looks)(_second_look)(arguments)


def _second_look(case: Case, arguments: argparse.Namespace) -> Answer:
    with Lane() as lane:
        look = take_second_look(case, lane, tell)
        if not arguments.accept and not arguments.dismiss:
            return _listed(look, ruled=0)
        chosen = _chosen(look, arguments.accept or arguments.dismiss)
        if arguments.accept:
            accept(case, chosen)
        else:
            dismiss(case, chosen, Dismissal(arguments.because), arguments.reason)
        return _listed(take_second_look(case, lane, tell), ruled=len(chosen))


def _chosen(look: SecondLook, ids: Sequence[str]) -> list[Found]:
    by_id = {one.id: one for one in look.found}
    if unknown := [one for one in ids if one not in by_id]:
        raise UsageError(
            f"The second look found no place {unknown[0]}. Nothing was recorded. "
            "`redactor case second-look` lists what it finds now."
        )
    return [by_id[one] for one in dict.fromkeys(ids)]


def _listed(look: SecondLook, *, ruled: int) -> Answer:
    waiting = look.waiting
    sure = sum(one.lead.is_sure for one in waiting)
    shape = {
        "leads": [_shape(one) for one in look.found],
        "waiting": {"sure": sure, "others": len(waiting) - sure},
        "ruled": ruled,
        "recorded": look.is_recorded,
    }
    lines = [_told(one) for one in waiting]
    if ruled:
        lines.append(f"Ruled on {counted(ruled, 'place')}.")
    lines.append(
        f"{counted(sure, 'place')} all but certainly missed, and "
        f"{counted(len(waiting) - sure, 'place')} to look at."
    )
    return Answer(shape, tuple(lines), FOUND if sure and not ruled else OK)


def _shape(one: Found) -> dict[str, Any]:
    lead, target = one.lead, one.lead.target
    ruling = one.ruling
    return {
        "id": one.id,
        "kind": str(lead.kind),
        "sure": lead.is_sure,
        "why": lead.why,
        "document": lead.document,
        "segment": lead.place,
        "start": target.start if target is not None else None,
        "end": target.end if target is not None else None,
        "column": target.column if target is not None else None,
        "text": lead.text,
        "hidden": lead.hidden,
        "near": list(lead.near),
        "ruling": None
        if ruling is None
        else {"category": ruling.category, "reason": ruling.reason, "by": ruling.actor},
    }


def _told(one: Found) -> str:
    lead = one.lead
    how = "SURE " if lead.is_sure else "     "
    text = f": {' '.join(lead.text.split())}" if lead.text else ""
    where = f"document {lead.document}{', ' if lead.place else ''}{lead.place}"
    return f"{how}{one.id}  {lead.kind:10}  {where}{text}  ({lead.why})"
