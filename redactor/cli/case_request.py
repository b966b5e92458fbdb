"""``redactor case request`` and ``case justify``: what was asked, and why a limb is engaged."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from redactor.app.case import Case
from redactor.app.justifying import justify
from redactor.app.requests import record_request, request_view
from redactor.cli.opening import changes
from redactor.cli.speaking import Answer, counted
from redactor.errors import UsageError
from redactor.law.clock import Clock
from redactor.law.request import Request


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    request = actions.add_parser(
        "request", parents=[options], help="record what was asked, when, and how it is answered"
    )
    request.add_argument("case", type=Path, metavar="CASE")
    request.add_argument(
        "--from",
        dest="given",
        type=Path,
        required=True,
        metavar="FILE.json",
        help="the request, in place of what was recorded",
    )
    request.set_defaults(run=changes(_request))
    why = actions.add_parser(
        "justify", parents=[options], help="write why a limb is engaged, or another version of it"
    )
    why.add_argument("case", type=Path, metavar="CASE")
    why.add_argument("--exemption", required=True, metavar="E")
    why.add_argument("--reason", default="", metavar="TEXT", help="in place of the answers' own")
    why.add_argument("--public-interest", default="", metavar="TEXT")
    why.add_argument(
        "--answer", action="append", default=[], metavar="KEY=TEXT", help="to one of its questions"
    )
    why.add_argument("--number", type=int, default=0, metavar="N", help="of the one it replaces")
    why.set_defaults(run=changes(_justify))


def _request(case: Case, arguments: argparse.Namespace) -> Answer:
    try:
        request = Request.parse(json.loads(arguments.given.read_text("utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(
            f"{arguments.given.name} does not say what was asked in the form of a request. Nothing "
            "was recorded. docs/letters.md has an example."
        ) from None
    change = record_request(case, request)
    view = request_view(case, _today())
    shape = {
        "event": change.event.seq,
        "questions": len(request.questions),
        "clock": clock_shape(view.clock),
        "trouble": list(view.trouble),
    }
    told = [f"Recorded {counted(len(request.questions), 'question')}."]
    told += [view.clock.said] if view.clock is not None else []
    return Answer(shape, (*told, *view.trouble))


def _justify(case: Case, arguments: argparse.Namespace) -> Answer:
    pairs = [one.partition("=") for one in arguments.answer]
    if any(not sign for _, sign, _ in pairs):
        raise UsageError("Write --answer as KEY=TEXT. Nothing was recorded.")
    change = justify(
        case,
        arguments.exemption,
        {key.strip(): said for key, _, said in pairs},
        reason=arguments.reason,
        public_interest=arguments.public_interest,
        number=arguments.number,
    )
    number = change.event.body["justification"]
    rest = sum(o.justification == number for o in change.standing.decisions.values())
    shape = {"event": change.event.seq, "justification": number, "redactions": rest}
    told = f"Justification {number} is written; {counted(rest, 'redaction')} rest on it."
    return Answer(shape, (told,))


def clock_shape(clock: Clock | None) -> dict[str, Any] | None:
    """Give the statutory clock for programs."""
    if clock is None:
        return None
    return {
        "state": str(clock.state),
        "due": clock.due.isoformat() if clock.due is not None else None,
        "days_left": clock.days_left,
        "warnings": list(clock.warnings),
    }


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
