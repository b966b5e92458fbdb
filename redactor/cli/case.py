"""``redactor case``: begin a case, introduce people, take in and search documents, look at it."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from redactor.app import files, output_case, output_lists
from redactor.app.beginning import new_case
from redactor.app.case import Case
from redactor.app.opening import REGIMES
from redactor.app.reading import read_documents
from redactor.app.requests import clock_for
from redactor.case.identity import grouped
from redactor.cli import (
    case_checklist,
    case_deciding,
    case_lists,
    case_numbers,
    case_read_as,
    case_request,
    case_set_aside,
    case_signoff,
    passphrases,
)
from redactor.cli.arguments import add_passphrase, case_options
from redactor.cli.lists import given_site
from redactor.cli.opening import changes, looks, require_identity, tell, unlocked
from redactor.cli.speaking import OK, Answer, counted, give, say
from redactor.errors import UnreadableDocument, UsageError
from redactor.events import EventKind
from redactor.jobs import read_file
from redactor.model import Person, Role
from redactor.workers import Lane

_UNREADABLE = UnreadableDocument.exit_code


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    case = commands.add_parser("case", help="the whole life of a case without a window")
    actions = case.add_subparsers(dest="action", required=True)
    options = case_options()
    _add_beginning(actions, options)
    _add_documents(actions, options)
    case_read_as.add_to(actions, options)
    case_deciding.add_to(actions, options)
    case_request.add_to(actions, options)
    case_set_aside.add_to(actions, options)
    case_numbers.add_to(actions, options)
    case_lists.add_to(actions, options)
    case_checklist.add_to(actions, options)
    case_signoff.add_to(actions, options)


def _add_beginning(actions: Any, options: argparse.ArgumentParser) -> None:
    new = actions.add_parser("new", parents=[options], help="make a case; you are its officer")
    new.add_argument("case", type=Path, metavar="CASE")
    new.add_argument("--ref", required=True, help="the authority's reference")
    new.add_argument("--regime", default=REGIMES[0], choices=REGIMES)
    new.add_argument("--received", default="", metavar="YYYY-MM-DD")
    new.add_argument(
        "--in-full",
        action="store_true",
        help="every redaction has to rest on a justification of all that its limb asks",
    )
    new.add_argument(
        "--site-lists", type=Path, metavar="FILE", help="adopt these lists of the authority"
    )
    add_passphrase(new, "--lists-passphrase", "the lists'")
    new.set_defaults(run=_new)
    invite = actions.add_parser("invite", parents=[options], help="introduce another person")
    invite.add_argument("case", type=Path, metavar="CASE")
    invite.add_argument("--fingerprint", required=True, metavar="FP")
    invite.add_argument("--name", required=True, metavar="N")
    invite.add_argument("--role", required=True, choices=tuple(map(str, Role)))
    invite.set_defaults(run=changes(_invite))


def _add_documents(actions: Any, options: argparse.ArgumentParser) -> None:
    add = actions.add_parser("add", parents=[options], help="take in originals")
    add.add_argument("case", type=Path, metavar="CASE")
    add.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
    add.set_defaults(run=changes(_add))
    for name, work, words in (
        ("scan", changes(_scan), "read and search the documents that were not read yet"),
        ("status", looks(_status), "where the case stands, and what still blocks it"),
        ("findings", looks(_findings), "every finding with its id and its decision"),
    ):
        one = actions.add_parser(name, parents=[options], help=words)
        one.add_argument("case", type=Path, metavar="CASE")
        one.set_defaults(run=work)


# --- beginning --------------------------------------------------------------------------------


def _new(arguments: argparse.Namespace) -> int:
    require_identity(arguments)
    received = _day(arguments.received)
    site = given_site(arguments.site_lists, arguments, "--site-lists")
    passphrase = passphrases.of_case(arguments).read(new=True)
    signer = unlocked(arguments)
    case = new_case(
        arguments.case,
        arguments.ref,
        passphrase,
        signer,
        regime=arguments.regime,
        received=received,
        in_full=arguments.in_full,
        site=site,
    )
    case.close()
    officer = Person(signer.name, Role.OFFICER, signer.fingerprint)
    shape = {
        "case": str(arguments.case),
        "ref": case.ref,
        "regime": arguments.regime,
        "received": received or None,
        "officer": output_case.person_shape(officer),
        "adopted": output_lists.adopted_shape(site) if site is not None else None,
    }
    told = (
        f"The case {case.ref} is in {arguments.case}.",
        f"{officer.name} is its officer.",
        *(() if site is None else (output_lists.told_adopted(site),)),
        "Nobody can open it without its passphrase.",
    )
    return give(Answer(shape, told), as_json=arguments.json)


def _day(text: str) -> str:
    """Read the day on which a request was received; empty where it is not known.

    Raises:
        UsageError: there is no such day, or it has not come yet.
    """
    if not text:
        return ""
    try:
        day = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(
            "The day of --received is not a day. Nothing was made. Write it as YYYY-MM-DD."
        )
    if day > dt.datetime.now(dt.UTC).astimezone().date():
        raise UsageError(
            "The day of --received has not come yet. Nothing was made. "
            "Give the day on which the request was received."
        )
    return text


def _invite(case: Case, arguments: argparse.Namespace) -> Answer:
    event = case.invite(arguments.fingerprint, arguments.name, Role(arguments.role))
    fingerprint = str(event.body["fingerprint"])
    person = Person(str(event.body["name"]), Role(arguments.role), fingerprint)
    told = (f"{person.name} was introduced as {person.role}.", f"Key: {grouped(fingerprint)}")
    return Answer(output_case.person_shape(person), told)


# --- documents --------------------------------------------------------------------------------


def _add(case: Case, arguments: argparse.Namespace) -> Answer:
    case.allow(EventKind.DOCUMENT_ADDED)
    added: list[dict[str, Any]] = []
    already: list[dict[str, Any]] = []
    refusals: list[files.Refusal] = []
    for path in _of_others(files.expand(arguments.paths), arguments):
        try:
            number = case.add_file(path)
            if number is None:
                digest = hashlib.sha256(read_file(path)).hexdigest()
                already.append(_document(case, path, sha256=digest))
            else:
                added.append(_document(case, path, number=number))
        except UnreadableDocument as error:
            refusals.append(files.refusal(path, error))
    shape = {"added": added, "already": already, "errors": output_case.refusals(refusals)}
    told = (
        *(f"added     {one['path']} as document {one['document']}" for one in added),
        *(f"in it     {one['path']} is document {one['document']} already" for one in already),
        *(f"NOT READ  {one.message}" for one in refusals),
        f"{len(added)} added, {len(already)} were in the case already, {len(refusals)} not read.",
    )
    return Answer(shape, told, max((one.exit_code for one in refusals), default=OK))


def _of_others(paths: Iterable[Path], arguments: argparse.Namespace) -> Iterator[Path]:
    """Pass over what is the program's own: the case, what lies beside it, keys, passphrases."""
    case = arguments.case.resolve()
    given = (arguments.identity, arguments.case_passphrase_file, arguments.passphrase_file)
    own = {path.resolve() for path in given if path is not None}
    for path in paths:
        real = path.resolve()
        if real in own or (real.parent == case.parent and real.name.startswith(case.name)):
            say(f"{path.name} was passed over: it is no document, but used to open the case.")
        else:
            yield path


def _document(case: Case, path: Path, *, number: int = 0, sha256: str = "") -> dict[str, Any]:
    found = next(one for one in case.documents() if one.number == number or one.sha256 == sha256)
    return {"document": found.number, "path": str(path), "sha256": found.sha256}


def _scan(case: Case, _: argparse.Namespace) -> Answer:
    case.allow(EventKind.DOCUMENT_READ)
    waiting = {one.number for one in case.documents() if one.status == "reading"}
    with Lane() as lane:
        followed = read_documents(case, lane, tell)
    documents = case.documents()
    refused = [one for one in documents if one.status == "refused" and one.number in waiting]
    errors = [output_case.refused(case, one) for one in refused]
    scanned = [output_case.scanned(case, one) for one in documents]
    lines = [line for one in scanned for line in _told_scanned(one)]
    lines += [f"NOT READ  {one['message']}" for one in errors]
    lines += [followed] if followed else []
    shape = {"documents": scanned, "errors": errors}
    return Answer(shape, tuple(lines), _UNREADABLE if errors else OK)


def _told_scanned(one: dict[str, Any]) -> Iterator[str]:
    if one["status"] == "read":
        found = counted(one["findings"], "finding")
        yield f"{one['document']:4}  {one['name']} ({one['format']}): {found}"
    else:
        yield f"{one['document']:4}  {one['name']}: {one['status']}"
    for part in one["unread"]:
        yield f"      UNREAD: {part['place']}: {part['why']}"
    for step in one["incomplete"]:
        yield f"      INCOMPLETE: {step['place']}: {step['why']}"


# --- looking at it ----------------------------------------------------------------------------


def _status(case: Case, _: argparse.Namespace) -> Answer:
    clock = clock_for(case, dt.datetime.now().astimezone().date())
    shape = {**output_case.status(case), "clock": case_request.clock_shape(clock)}
    counts = shape["findings"]
    lines = [
        f"{shape['ref']}: {shape['state']}, {counted(shape['documents'], 'document')}",
        f"Findings: {output_case.told_counts(counts)}",
        f"{clock.said}.",
        *(f"  {one['name']}, {one['role']}" for one in shape["people"]),
    ]
    if shape["submitted_by"]:
        lines.append(f"Submitted by {shape['submitted_by']}.")
    if shape["approved_by"]:
        lines.append(f"Approved by {shape['approved_by']}.")
    if shape["returned"]:
        lines.append(f"Returned by {shape['returned']['by']}: {shape['returned']['reason']}")
    if shape["voided"]:
        gone = shape["voided"]
        lines.append(
            f"The {gone['what']} of {gone['by']} was taken away by a change of "
            f"{gone['change']['by']}."
        )
    lines += output_case.told_blocks(shape["blocks"], case.documents())
    return Answer(shape, tuple(lines))


def _findings(case: Case, _: argparse.Namespace) -> Answer:
    shape = output_case.findings(case)
    lines: list[str] = []
    for document in shape["documents"]:
        lines.append(f"{document['document']}  {document['path']} ({document['status']})")
        lines += [_told_finding(one) for one in document["findings"]]
    return Answer(shape, tuple(lines))


def _told_finding(one: dict[str, Any]) -> str:
    decision = one["decision"]
    ground = f" {decision['exemption']}" if decision is not None and decision["exemption"] else ""
    stands = f"{decision['action']}{ground}" if decision is not None else "undecided"
    if one["hidden"] and decision is None:
        stands = f"hidden ({one['hidden']})"
    where = one.get("segment") or f"page:{one['area'][0]}"
    return f"  {one['id']:6}  {one['label']:12}  {where}: {one['text']}  [{stands}]"
