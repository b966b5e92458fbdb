"""``redactor case``: decide on findings, rule on what could not be read, sort out persons."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from redactor.app import output_case, persons
from redactor.app.case import Case
from redactor.cli import case_tables
from redactor.cli.arguments import case_options, finding_id
from redactor.cli.opening import changes, looks
from redactor.cli.speaking import Answer, counted, labels_named
from redactor.errors import UsageError
from redactor.events import Event
from redactor.labels import LABELS
from redactor.model import Action, Ruling
from redactor.people import SubjectRole, subject_of
from redactor.review import Block, allowed_rulings

#: What a person can rule on; everything else has to be decided or done.
_RULED_ON = ("unread", "incomplete", "unreadable")


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    _add_decide(actions, options)
    _add_rule(actions, options)
    _add_person(actions, options)


def _add_decide(actions: Any, options: argparse.ArgumentParser) -> None:
    decide = actions.add_parser("decide", parents=[options], help="redact or keep findings")
    decide.add_argument("case", type=Path, metavar="CASE")
    which = decide.add_mutually_exclusive_group(required=True)
    which.add_argument("--finding", nargs="+", type=finding_id, metavar="ID")
    which.add_argument("--label", metavar="L,...", help="all undecided ones of these labels")
    which.add_argument("--term", metavar="TEXT", help="every place of a text, found or not")
    which.add_argument("--all-undecided", action="store_true")
    case_tables.add_selectors(decide, which)
    what = decide.add_mutually_exclusive_group(required=True)
    what.add_argument("--redact", dest="decision", action="store_const", const=Action.REDACT)
    what.add_argument("--keep", dest="decision", action="store_const", const=Action.KEEP)
    decide.add_argument("--exemption", default="", metavar="E", help="with its limb")
    decide.add_argument("--reason", default="")
    decide.add_argument(
        "--justification", type=int, default=0, metavar="N", help="rest on it, in place of --reason"
    )
    decide.add_argument("--public-interest", default="", metavar="TEXT", help="how it was weighed")
    decide.set_defaults(run=changes(_decide))


def _add_rule(actions: Any, options: argparse.ArgumentParser) -> None:
    rule = actions.add_parser("rule", parents=[options], help="rule on what was not read")
    rule.add_argument("case", type=Path, metavar="CASE")
    rule.add_argument("--block", required=True, choices=_RULED_ON)
    rule.add_argument("--document", metavar="D", help="its number or its file name")
    rule.add_argument("--place", metavar="P")
    rule.add_argument("--ruling", choices=tuple(map(str, Ruling)))
    rule.add_argument("--reason", required=True)
    rule.set_defaults(run=changes(_rule))


def _add_person(actions: Any, options: argparse.ArgumentParser) -> None:
    person = actions.add_parser("person", parents=[options], help="the persons spoken of")
    person.add_argument("case", type=Path, metavar="CASE")
    person.set_defaults(run=looks(_list))
    below = case_options(given_above=True)
    ways = person.add_subparsers(dest="way", metavar="list|merge|split|role|keep|redact")
    ways.add_parser("list", parents=[below], help="list them").set_defaults(run=looks(_list))
    merge = ways.add_parser("merge", parents=[below], help="they are one person")
    merge.add_argument("persons", nargs="+", metavar="P")
    merge.set_defaults(run=changes(_merge))
    split = ways.add_parser("split", parents=[below], help="some mentions are of another person")
    split.add_argument("person", metavar="P")
    split.add_argument("--finding", nargs="+", type=finding_id, required=True, metavar="ID")
    split.set_defaults(run=changes(_split))
    role = ways.add_parser("role", parents=[below], help="what a person is in the matter")
    role.add_argument("person", metavar="P")
    role.add_argument("role", metavar="ROLE", help=", ".join(SubjectRole))
    role.set_defaults(run=changes(_role))
    keep = ways.add_parser("keep", parents=[below], help="keep every mention of a person")
    keep.add_argument("person", metavar="P")
    keep.add_argument("--reason", required=True)
    keep.set_defaults(run=changes(_keep))
    redact = ways.add_parser("redact", parents=[below], help="redact every mention of a person")
    redact.add_argument("person", metavar="P")
    redact.add_argument("--exemption", required=True, metavar="E", help="with its limb")
    redact.add_argument("--reason", required=True)
    redact.add_argument("--public-interest", default="", metavar="TEXT", help="how it was weighed")
    redact.set_defaults(run=changes(_redact))


# --- decide -----------------------------------------------------------------------------------


def _decide(case: Case, arguments: argparse.Namespace) -> Answer:
    if arguments.decision is Action.KEEP and arguments.exemption:
        raise UsageError(
            "--keep takes no exemption. Nothing was recorded. Give --redact to withhold."
        )
    if arguments.justification:
        return _decide_under(case, arguments)
    if not arguments.reason.strip():
        raise UsageError(
            "A decision needs a reason. Nothing was recorded. Give --reason, or --justification."
        )
    ground = (
        arguments.decision,
        arguments.exemption,
        arguments.reason,
        arguments.public_interest,
    )
    if case_tables.chooses_cells(arguments):
        return case_tables.decide(case, arguments, ground)
    if arguments.term is not None:
        return _decided(case.decide_term(arguments.term, *ground).event)
    chosen = arguments.finding or _undecided(case, arguments.label)
    return _decided(case.decide(chosen, *ground).event if chosen else None)


def _decide_under(case: Case, arguments: argparse.Namespace) -> Answer:
    """Redact findings on the ground of a justification of the case."""
    of_its_own = arguments.exemption or arguments.reason or arguments.public_interest
    if arguments.decision is Action.KEEP or of_its_own:
        raise UsageError(
            "--justification goes with --redact, and has its own limb and reason. Nothing was "
            "recorded."
        )
    if arguments.term is not None or case_tables.chooses_cells(arguments):
        raise UsageError(
            "--justification goes with findings. Nothing was recorded. Give --finding, --label or "
            "--all-undecided."
        )
    chosen = arguments.finding or _undecided(case, arguments.label)
    return _decided(case.decide_under(chosen, arguments.justification).event if chosen else None)


def _undecided(case: Case, labels: str | None) -> list[int]:
    """Give the findings that wait for a decision: those of some labels, or all."""
    wanted = labels_named(labels) if labels is not None else {one.name for one in LABELS}
    if not wanted:
        raise UsageError(
            "No label was named. Nothing was recorded. Give --label with one or more of: "
            f"{', '.join(sorted(one.name for one in LABELS))}."
        )
    decided = case.standing().decisions
    return [
        mark.id
        for mark in case.marks()
        if mark.id not in decided and output_case.needs_decision(mark) and mark.label in wanted
    ]


def _decided(event: Event | None) -> Answer:
    count = len(event.body["marks"]) if event is not None else 0
    shape = {"decided": count, "event": event.seq if event is not None else None}
    return Answer(shape, (f"Decided: {counted(count, 'finding')}.",))


# --- rule -------------------------------------------------------------------------------------


def _rule(case: Case, arguments: argparse.Namespace) -> Answer:
    chosen = _chosen_blocks(case, arguments)
    if not chosen:
        raise UsageError(
            "Nothing that fits waits for a ruling. Nothing was recorded. "
            "`redactor case status` lists what does."
        )
    rulings = [(block, _ruling_on(case, block, arguments.ruling)) for block in chosen]
    made: list[dict[str, Any]] = []
    for block, ruling in rulings:
        number = block.document or 0
        event = case.rule(number, block.place, ruling, arguments.reason).event
        made.append(
            {
                "document": number,
                "place": block.place,
                "ruling": str(ruling),
                "event": event.seq,
            }
        )
    lines = [
        f"document {one['document']}{', ' if one['place'] else ''}{one['place']}: {one['ruling']}"
        for one in made
    ]
    return Answer(
        {"ruled": len(made), "rulings": made}, (*lines, f"Ruled on {counted(len(made), 'part')}.")
    )


def _chosen_blocks(case: Case, arguments: argparse.Namespace) -> list[Block]:
    numbers = _documents_named(case, arguments.document)
    return [
        block
        for block in case.blocks()
        if block.kind == arguments.block
        and block.document in numbers
        and arguments.place in {None, block.place}
    ]


def _documents_named(case: Case, wanted: str | None) -> set[int]:
    """Find documents by number or by file name; two may have one name."""
    documents = case.documents()
    if wanted is None:
        return {one.number for one in documents}
    by_number = {one.number for one in documents if str(one.number) == wanted}
    found = by_number or {one.number for one in documents if one.name == wanted}
    if not found:
        raise UsageError(
            "The case holds no document of that number or name. Nothing was recorded. "
            "`redactor case findings` lists the documents."
        )
    return found


def _ruling_on(case: Case, block: Block, wanted: str | None) -> Ruling:
    """Choose the ruling: what was asked for, else leaving it out where that is on offer."""
    unread = next(one.unread for one in case.documents() if one.number == block.document)
    allowed = allowed_rulings(block, unread)
    if wanted is None:
        return Ruling.LEAVE_OUT if Ruling.LEAVE_OUT in allowed else allowed[0]
    if Ruling(wanted) not in allowed:
        what = f"{block.place} in document" if block.place else "Document"
        raise UsageError(
            f"{what} {block.document} cannot be ruled '{wanted}'. Nothing was recorded. "
            f"What can be: {_listed(allowed)}."
        )
    return Ruling(wanted)


def _listed(rulings: Iterable[Ruling]) -> str:
    return " or ".join(map(str, rulings))


# --- persons ----------------------------------------------------------------------------------


def _list(case: Case, _: argparse.Namespace) -> Answer:
    listed = persons.list_persons(case)
    lines = [
        f"{one['id']:6}  {one['name']}{', ' + one['role'] if one['role'] else ''}: "
        f"{counted(one['mentions'], 'mention')}, {output_case.told_counts(one)}"
        for one in listed
    ]
    return Answer({"persons": listed}, tuple(lines or ["No person was found yet."]))


def _merge(case: Case, arguments: argparse.Namespace) -> Answer:
    return _sorted_out(case, persons.merge(case, arguments.persons))


def _split(case: Case, arguments: argparse.Namespace) -> Answer:
    person = subject_of(arguments.person, persons.persons(case))
    if not set(arguments.finding) <= set(person.marks):
        raise UsageError(
            f"Not all of these are mentions of {person.id}. Nothing was changed. "
            "`redactor case findings` says whose mention each finding is."
        )
    return _sorted_out(case, persons.split(case, arguments.finding))


def _role(case: Case, arguments: argparse.Namespace) -> Answer:
    return _sorted_out(case, persons.set_role(case, arguments.person, arguments.role))


def _keep(case: Case, arguments: argparse.Namespace) -> Answer:
    return _decided_for(case, arguments, Action.KEEP, "", "")


def _redact(case: Case, arguments: argparse.Namespace) -> Answer:
    weighed = arguments.public_interest
    return _decided_for(case, arguments, Action.REDACT, arguments.exemption, weighed)


def _decided_for(
    case: Case, arguments: argparse.Namespace, action: Action, exemption: str, weighed: str
) -> Answer:
    person = subject_of(arguments.person, persons.persons(case))
    change = persons.decide_person(case, person.id, action, exemption, arguments.reason, weighed)
    decided = _decided(change.event)
    told = tuple(f"{person.id}: {line}" for line in decided.lines)
    return Answer({**decided.shape, "person": person.id}, told)


def _sorted_out(case: Case, event: Event) -> Answer:
    listed = persons.list_persons(case)
    told = f"Recorded. The case speaks of {counted(len(listed), 'person')} now."
    return Answer({"event": event.seq, "persons": listed}, (told,))
