"""``redactor case``: submit, return, approve, release; export the log, and check what there is."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from redactor.app import checking, output_case, signoff
from redactor.app.case import Case
from redactor.app.forms import ADVISED, SAME, Form
from redactor.app.packs import make_pack
from redactor.cli import case_dependants, case_embedded, case_looking, case_sample, passphrases
from redactor.cli.arguments import finding_id
from redactor.cli.opening import changes, looks, tell
from redactor.cli.pdf_look import add_pdf_look, pdf_look
from redactor.cli.speaking import FOUND, OK, Answer, counted, give, say
from redactor.errors import Blocked, UsageError
from redactor.formats.base import TARGETS
from redactor.workers import Lane


def add_to(actions: Any, options: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    case_dependants.add_to(actions, options)
    case_embedded.add_to(actions, options)
    case_looking.add_to(actions, options)
    case_sample.add_to(actions, options)
    _add_signing_off(actions, options)
    _add_pack(actions, options)
    _add_log(actions, options)


def _add_signing_off(actions: Any, options: argparse.ArgumentParser) -> None:
    submit = actions.add_parser("submit", parents=[options], help="build, prove and hand it over")
    submit.add_argument("case", type=Path, metavar="CASE")
    submit.add_argument("--as", dest="target", default=ADVISED, choices=(ADVISED, SAME, *TARGETS))
    submit.add_argument(
        "--form",
        action="append",
        default=[],
        type=_numbered_form,
        metavar="N=FORM",
        help="the form of one document, by its number",
    )
    submit.add_argument(
        "--form-reason",
        default="",
        metavar="TEXT",
        help="why a spreadsheet goes out as one: that the requester asked for it (s11 FOIA)",
    )
    add_pdf_look(submit)
    submit.set_defaults(run=changes(_submit))
    back = actions.add_parser("return", parents=[options], help="send it back to its officer")
    back.add_argument("case", type=Path, metavar="CASE")
    back.add_argument("--reason", required=True)
    back.add_argument(
        "--comment", action="append", default=[], metavar="ID=TEXT", help="on a single finding"
    )
    back.set_defaults(run=changes(_return))
    approve = actions.add_parser("approve", parents=[options], help="sign what was submitted")
    approve.add_argument("case", type=Path, metavar="CASE")
    approve.set_defaults(run=changes(_approve))
    release = actions.add_parser("release", parents=[options], help="copy out what was approved")
    release.add_argument("case", type=Path, metavar="CASE")
    release.add_argument("--out", required=True, type=Path, metavar="DIR")
    release.set_defaults(run=changes(_release))


def _add_pack(actions: Any, options: argparse.ArgumentParser) -> None:
    pack = actions.add_parser(
        "pack", parents=[options], help="the unredacted pack for the Information Commissioner"
    )
    pack.add_argument("case", type=Path, metavar="CASE")
    pack.add_argument("--out", required=True, type=Path, metavar="DIR")
    pack.add_argument("--pack-passphrase-file", type=Path, metavar="FILE")
    pack.add_argument(
        "--letter",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="correspondence that goes with it: the request, the refusal, the review",
    )
    pack.set_defaults(run=changes(_pack))


def _pack(case: Case, arguments: argparse.Namespace) -> Answer:
    passphrase = passphrases.of_pack(arguments).read(new=True)
    with Lane() as lane:
        path = make_pack(
            case,
            lane,
            arguments.out,
            passphrase,
            correspondence=arguments.letter,
            report=tell,
        )
    shape = {"pack": str(path), "bytes": path.stat().st_size}
    told = (
        f"written   {path.name}",
        "It holds everything that is withheld. Send its passphrase on another way.",
    )
    return Answer(shape, told)


def _add_log(actions: Any, options: argparse.ArgumentParser) -> None:
    export = actions.add_parser("export-log", parents=[options], help="the log, a line an event")
    export.add_argument("case", type=Path, metavar="CASE")
    export.add_argument("--out", required=True, type=Path, metavar="FILE.jsonl")
    export.set_defaults(run=looks(_export))
    check = actions.add_parser(
        "check", parents=[options], help="whether a case, an exported log or a release is sound"
    )
    check.add_argument("case", type=Path, metavar="CASE|FILE.jsonl|RELEASE_DIR")
    check.add_argument(
        "--certificate", type=Path, metavar="FILE", help="hold a log against what this certifies"
    )
    check.set_defaults(run=_check)


# --- two people -------------------------------------------------------------------------------


def _submit(case: Case, arguments: argparse.Namespace) -> Answer:
    forms = {one.number: _form(arguments.target, arguments) for one in case.documents()}
    forms |= {number: _form(target, arguments) for number, target in arguments.form}
    try:
        with Lane() as lane:
            done = signoff.submit(case, lane, forms=forms, pdf=pdf_look(arguments), report=tell)
    except Blocked as block:
        say(block.user_message)
        blocks = [output_case.block_shape(one) for one in case.blocks()]
        lines = output_case.told_blocks(blocks, case.documents()) if blocks else []
        blocked = {
            "blocks": blocks,
            "message": block.user_message,
            "error": {"code": block.code, "message": block.user_message},
        }
        return Answer(blocked, tuple(lines), block.exit_code)
    shape = {
        "state": str(case.life.state),
        "event": done.event.seq,
        "manifest": done.event.body["manifest"],
        "files": [
            {"name": one.name, "sha256": one.sha256, "bytes": one.bytes, "document": one.document}
            for one in done.files
        ],
        "checks": len(done.report.checks),
        "redactions": done.redactions,
        "notes": list(done.notes),
    }
    told = (
        *(f"built     {one.name}" for one in done.files),
        *(f"note: {note}" for note in done.notes),
        f"{counted(done.redactions, 'redaction')}; {shape['checks']} checks held.",
        "The case is submitted. A reviewer who had no part in it can approve it.",
    )
    return Answer(shape, told)


def _form(target: str, arguments: argparse.Namespace) -> Form:
    return Form(target, arguments.form_reason)


def _numbered_form(given: str) -> tuple[int, str]:
    number, _, target = given.partition("=")
    if not number.isdecimal() or target not in {ADVISED, SAME, *TARGETS}:
        raise argparse.ArgumentTypeError("write it as N=FORM, for example 2=xlsx")
    return int(number), target


def _return(case: Case, arguments: argparse.Namespace) -> Answer:
    comments = [_comment(one) for one in arguments.comment]
    event = signoff.send_back(case, arguments.reason, comments)
    shape = {"state": str(case.life.state), "event": event.seq, "comments": len(comments)}
    return Answer(
        shape, (f"The case was returned, with {counted(len(comments), 'comment')} on findings.",)
    )


def _comment(given: str) -> tuple[int, str]:
    number, found, text = given.partition("=")
    try:
        return finding_id(number.strip() if found else ""), text
    except argparse.ArgumentTypeError:
        raise UsageError(
            "A comment is written ID=TEXT, with the number of a finding. Nothing was recorded. "
            "`redactor case findings` lists the numbers."
        ) from None


def _approve(case: Case, _: argparse.Namespace) -> Answer:
    with Lane() as lane:
        event = signoff.approve(case, lane, tell)
    shape = {"state": str(case.life.state), "event": event.seq, "approved_by": event.actor}
    return Answer(shape, (f"Approved by {event.actor}. It can be released now.",))


def _release(case: Case, arguments: argparse.Namespace) -> Answer:
    done = signoff.release(case, arguments.out, tell)
    shape = {
        "state": str(case.life.state),
        "out": str(done.folder),
        "files": [{"path": one.name, "sha256": one.sha256} for one in done.files],
    }
    told = (
        *(f"released  {done.folder / one.name}" for one in done.files),
        f"`redactor case check {done.folder}` checks it anywhere, without the case.",
    )
    return Answer(shape, told)


# --- the log, and checks ----------------------------------------------------------------------


def _export(case: Case, arguments: argparse.Namespace) -> Answer:
    checking.export_log(case, arguments.out)
    shape = {"out": str(arguments.out), "events": len(case.events())}
    return Answer(
        shape, (f"The log is in {arguments.out}: {counted(len(case.events()), 'event')}.",)
    )


def _check(arguments: argparse.Namespace) -> int:
    """Check whatever was named; of the options, only a case's passphrase is needed, for a case."""
    problems = checking.check_path(
        arguments.case, passphrases.of_case(arguments).read, arguments.certificate, tell
    )
    told = tuple(f"{one.kind}: {one.message}" for one in problems)
    answer = Answer(
        output_case.checked(problems),
        told or ("Everything is as it was written.",),
        FOUND if problems else OK,
    )
    return give(answer, as_json=arguments.json)
