"""The commands that work on single files: demo, scan, redact, verify, inspect."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from redactor.app import oneshot, output_json
from redactor.app.pdf_look import settle_look
from redactor.cli.arguments import add_file_option, add_passphrase
from redactor.cli.pdf_look import add_pdf_look, pdf_look
from redactor.cli.reading import add_read_as, read_as
from redactor.cli.screen import has_screen, open_window
from redactor.cli.speaking import FOUND, OK, labels_named, print_json, say
from redactor.errors import UsageError
from redactor.formats.base import TARGETS
from redactor.jobs import read_file
from redactor.lists import NOTHING, Lists
from redactor.workers import Lane

DEFAULT_EXEMPTION = "s40(2) by s40(3A)(a)"


def add_to(commands: Any) -> None:
    """Add the commands to the parser."""
    _add_demo(commands)
    _add_scan(commands)
    _add_redact(commands)
    _add_verify(commands)
    _add_inspect(commands)


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser("demo", help="the main job on the bundled sample case")
    demo.add_argument("--out", type=Path, help="a folder for the case and the release")
    demo.add_argument("--headless", action="store_true", help="without a window")
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=_demo)


def _add_scan(commands: Any) -> None:
    scan = commands.add_parser(
        "scan",
        help="findings, hidden content and unread parts",
        epilog="Models of this site join the search (REDACTOR_MODELS names their folder); "
        "'redactor models' says which are in use.",
    )
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    scan.add_argument("--threshold", type=_score, default=0.0, metavar="N")
    add_read_as(scan)
    _add_lists(scan)
    scan.add_argument("--json", action="store_true")
    scan.set_defaults(run=_scan)


def _add_redact(commands: Any) -> None:
    redact = commands.add_parser("redact", help="one-shot release of single files")
    redact.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    redact.add_argument("--out", type=Path, required=True, metavar="DIR")
    redact.add_argument("--terms", type=Path, metavar="FILE", help="one term a line, UTF-8")
    redact.add_argument("--accept", default="", metavar="LABEL,...")
    redact.add_argument("--accept-all", action="store_true")
    redact.add_argument("--exemption", default=DEFAULT_EXEMPTION)
    redact.add_argument(
        "--as",
        dest="target",
        default="same",
        choices=("same", *TARGETS),
    )
    add_pdf_look(redact)
    redact.add_argument("--drop-unread", action="store_true")
    add_read_as(redact)
    _add_lists(redact)
    redact.add_argument("--json", action="store_true")
    redact.set_defaults(run=_redact)


def _add_lists(parser: Any) -> None:
    """Add the options that put the authority's lists to use."""
    add_file_option(parser)
    add_passphrase(parser, "--lists-passphrase", "the lists'")


def _lists(arguments: argparse.Namespace) -> Lists:
    given = arguments.lists, arguments.lists_passphrase_file, arguments.lists_passphrase_fd
    if all(one is None for one in given):
        return NOTHING
    from redactor.cli.lists import given_site

    site = given_site(arguments.lists, arguments, "--lists")
    return NOTHING if site is None else site.lists


def _add_verify(commands: Any) -> None:
    verify = commands.add_parser("verify", help="every place where a term survives")
    verify.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    verify.add_argument("--terms", type=Path, required=True, metavar="FILE")
    verify.add_argument("--original", type=Path, metavar="PATH")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)


def _add_inspect(commands: Any) -> None:
    inspect = commands.add_parser("inspect", help="hidden content only, by kind")
    inspect.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    inspect.add_argument("--show", action="store_true", help="show the text itself")
    inspect.add_argument(
        "--report",
        type=Path,
        metavar="FILE.pdf",
        help="write the hidden-content report, a page a document, with the checklists",
    )
    add_read_as(inspect)
    inspect.add_argument("--json", action="store_true")
    inspect.set_defaults(run=_inspect)


# --- the commands -----------------------------------------------------------------------------


def _demo(arguments: argparse.Namespace) -> int:
    from redactor.app import demo

    out = _fresh_folder(arguments.out or Path("redactor-demo"))
    if not arguments.headless and not arguments.json and has_screen():
        officer, reviewer = demo.sample_people(out)
        case = demo.make_sample_case(out / "sample.redactor", officer)
        case.invite(reviewer.fingerprint, reviewer.name, reviewer.role)
        case.close()
        say(demo.SAMPLE_NOTE)
        return open_window([str(case.path)], (officer, demo.SAMPLE_PASSPHRASE, demo.SAMPLE_NOTE))
    done = demo.run_headless(out, say if arguments.json else print)
    if arguments.json:
        print_json(
            {
                "case": str(done.case),
                "release": str(done.released.folder),
                "files": [{"path": one.name, "sha256": one.sha256} for one in done.released.files],
                "redactions": done.submitted.redactions,
                "ok": done.submitted.report.ok,
            }
        )
    return OK


def _scan(arguments: argparse.Namespace) -> int:
    lists, way = _lists(arguments), read_as(arguments)
    with Lane() as lane:
        results = oneshot.scan_files(
            arguments.paths, lane, say, threshold=arguments.threshold, lists=lists, read_as=way
        )
        if arguments.json:
            return output_json.write_scan(results, sys.stdout)
        return output_json.tell_scan(results, print)


def _inspect(arguments: argparse.Namespace) -> int:
    way = read_as(arguments)
    with Lane() as lane:
        results = list(oneshot.inspect_files(arguments.paths, lane, say, read_as=way))
        shape, code = output_json.inspection(results, show=arguments.show)
        if arguments.report is not None:
            from redactor.app import hidden_report

            read = (one for one in results if isinstance(one, tuple))
            reports = hidden_report.report_on_files(read)
            written = hidden_report.export_reports(reports, arguments.report, lane)
            say(f"report    {written}")
    if arguments.json:
        print_json(shape)
    else:
        output_json.tell_inspection(shape, print)
    return code


def _redact(arguments: argparse.Namespace) -> int:
    labels = labels_named(arguments.accept)
    if not (arguments.accept_all or labels or arguments.terms):
        raise UsageError(
            "Nothing to redact was given. Nothing was written. Give --terms, --accept or "
            "--accept-all."
        )
    look = settle_look(pdf_look(arguments), "foi")
    order = oneshot.RedactOrder(
        arguments.out,
        arguments.exemption,
        _terms(arguments.terms) if arguments.terms else (),
        None if arguments.accept_all else labels,
        arguments.target,
        look.style,
        arguments.drop_unread,
        lists=_lists(arguments),
        read_as=read_as(arguments),
        stamps=look.stamps,
    )
    with Lane() as lane:
        results = list(oneshot.redact_files(arguments.paths, order, lane, say))
    shape, code = output_json.redaction(results)
    if arguments.json:
        print_json(shape)
    else:
        output_json.tell_redaction(results, print)
    return code


def _verify(arguments: argparse.Namespace) -> int:
    terms = _terms(arguments.terms)
    with Lane() as lane:
        report, refused = oneshot.verify_files(
            arguments.paths, terms, arguments.original, lane, say
        )
    for one in refused:
        say(one.message)
    if arguments.json:
        print_json(report.to_json())
    else:
        output_json.tell_verification(report, print)
    if refused:
        return max(one.exit_code for one in refused)
    return OK if report.ok else FOUND


# --- arguments --------------------------------------------------------------------------------


def _score(typed: str) -> float:
    """Read a score; beyond 0 to 1 it would keep back every finding without a word."""
    score = float(typed)
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{typed} is no score from 0 to 1")
    return score


def _terms(path: Path) -> tuple[str, ...]:
    """Read a list of terms; line numbers are kept, so an empty line stays."""
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"The list of terms {path.name} is not UTF-8. Nothing was done. Save it as UTF-8."
        ) from None
    return tuple(line.strip() for line in text.splitlines())


def _fresh_folder(wanted: Path) -> Path:
    """Give the folder, or the next free name beside it; the demo never writes over anything."""
    folder, count = wanted, 1
    while folder.exists() and any(folder.iterdir()):
        count += 1
        folder = wanted.with_name(f"{wanted.name}-{count}")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
