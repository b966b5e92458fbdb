"""The command line: arguments in, ``redactor.app`` called, JSON or plain sentences out.

Other programs call it, so its shape is fixed. Results go to standard output; progress and messages
go to standard error. Exit codes: 0 done; 1 found what it looks for; 2 wrong usage; 3 input could
not be read; 4 a person must rule first; 5 a check failed, no file written; 70 a fault of ours.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from redactor import __version__
from redactor.config import set_up_logging
from redactor.errors import Cancelled, RedactorError, UsageError
from redactor.labels import LABELS

log = logging.getLogger(__name__)

OK, FOUND, USAGE, FAULT = 0, 1, 2, 70
DEFAULT_EXEMPTION = "s40(2) by s40(3A)(a)"
_NOT_BUILT = ("numbers", "case", "identity", "letter", "bench")
#: Qt platforms that draw where nobody looks: the window opens there only when asked for itself.
_SCREENLESS = frozenset({"offscreen", "minimal"})
_COMMANDS = ("demo", "scan", "redact", "verify", "inspect", *_NOT_BUILT)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    set_up_logging()
    _speak_utf8()
    try:
        return _dispatch(arguments)
    except RedactorError as error:
        _say(error.user_message)
        return error.exit_code
    except (Cancelled, KeyboardInterrupt):
        _say("Stopped. Nothing more was written.")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    except Exception as error:
        log.exception("a command failed")
        _say(f"A fault in the program ({type(error).__name__}). Nothing more was written.")
    return FAULT


def _dispatch(arguments: list[str]) -> int:
    if not arguments or (arguments[0] not in _COMMANDS and not arguments[0].startswith("-")):
        return _open_window(arguments)
    if arguments[0] in _NOT_BUILT:
        return _not_built(arguments[0])
    return _run(_parser().parse_args(arguments))


def _parser() -> argparse.ArgumentParser:
    from redactor.formats import FORMATS

    readable = ", ".join(f"{one.title} ({' '.join(one.suffixes)})" for one in FORMATS)
    parser = argparse.ArgumentParser(
        prog="redactor",
        description="Find, decide, remove and prove. Without a command it opens the window.",
        epilog=f"Reads: {readable}.",
    )
    parser.add_argument("--version", action="version", version=f"redactor {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_demo(commands)
    _add_scan(commands)
    _add_redact(commands)
    _add_verify(commands)
    _add_inspect(commands)
    for name in _NOT_BUILT:
        commands.add_parser(name, help="not built yet")
    return parser


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser("demo", help="the main job on the bundled sample case")
    demo.add_argument("--out", type=Path, help="a folder for the case and the release")
    demo.add_argument("--headless", action="store_true", help="without a window")
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=_demo)


def _add_scan(commands: Any) -> None:
    scan = commands.add_parser("scan", help="findings, hidden content and unread parts")
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    scan.add_argument("--threshold", type=float, default=0.0, metavar="N")
    scan.add_argument("--json", action="store_true")
    scan.set_defaults(run=_scan)


def _add_redact(commands: Any) -> None:
    from redactor.formats.base import TARGETS

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
    redact.add_argument("--pdf-style", default="box", choices=("box", "line", "raster"))
    redact.add_argument("--drop-unread", action="store_true")
    redact.add_argument("--json", action="store_true")
    redact.set_defaults(run=_redact)


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
    inspect.add_argument("--json", action="store_true")
    inspect.set_defaults(run=_inspect)


def _run(arguments: argparse.Namespace) -> int:
    run: Callable[[argparse.Namespace], int] = arguments.run
    return run(arguments)


# --- the commands -----------------------------------------------------------------------------


def _demo(arguments: argparse.Namespace) -> int:
    from redactor.app import demo

    out = _fresh_folder(arguments.out or Path("redactor-demo"))
    if not arguments.headless and not arguments.json and _has_screen():
        case = demo.make_sample_case(out / "sample.redactor", demo.SAMPLE_OFFICER)
        case.close()
        return _open_window([str(case.path)])
    case, result = demo.run_headless(out, _say if arguments.json else print)
    case.close()
    if arguments.json:
        _print_json(
            {
                "case": str(out / "sample.redactor"),
                "release": str(result.folder),
                "files": [{"path": one.name, "sha256": one.sha256} for one in result.files],
                "redactions": result.redactions,
                "ok": result.report.ok,
            }
        )
    return OK


def _scan(arguments: argparse.Namespace) -> int:
    from redactor.app import oneshot, output_json
    from redactor.workers import Lane

    with Lane() as lane:
        results = oneshot.scan_files(arguments.paths, lane, _say, threshold=arguments.threshold)
        if arguments.json:
            return output_json.write_scan(results, sys.stdout)
        return output_json.tell_scan(results, print)


def _inspect(arguments: argparse.Namespace) -> int:
    from redactor.app import oneshot, output_json
    from redactor.workers import Lane

    with Lane() as lane:
        results = oneshot.inspect_files(arguments.paths, lane, _say)
        shape, code = output_json.inspection(results, show=arguments.show)
    if arguments.json:
        _print_json(shape)
    else:
        output_json.tell_inspection(shape, print)
    return code


def _redact(arguments: argparse.Namespace) -> int:
    from redactor.app import oneshot, output_json
    from redactor.workers import Lane

    labels = _labels(arguments.accept)
    if not (arguments.accept_all or labels or arguments.terms):
        raise UsageError(
            "Nothing to redact was given. Nothing was written. Give --terms, --accept or "
            "--accept-all."
        )
    order = oneshot.RedactOrder(
        arguments.out,
        arguments.exemption,
        _terms(arguments.terms) if arguments.terms else (),
        None if arguments.accept_all else labels,
        arguments.target,
        arguments.pdf_style,
        arguments.drop_unread,
    )
    with Lane() as lane:
        results = list(oneshot.redact_files(arguments.paths, order, lane, _say))
    shape, code = output_json.redaction(results)
    if arguments.json:
        _print_json(shape)
    else:
        output_json.tell_redaction(results, print)
    return code


def _verify(arguments: argparse.Namespace) -> int:
    from redactor.app import oneshot, output_json
    from redactor.workers import Lane

    terms = _terms(arguments.terms)
    with Lane() as lane:
        report, refused = oneshot.verify_files(
            arguments.paths, terms, arguments.original, lane, _say
        )
    for one in refused:
        _say(one.message)
    if arguments.json:
        _print_json(report.to_json())
    else:
        output_json.tell_verification(report, print)
    if refused:
        return max(one.exit_code for one in refused)
    return OK if report.ok else FOUND


def _not_built(command: str) -> int:
    _say(f"'redactor {command}' is not built yet.")
    return FAULT


def _open_window(arguments: list[str]) -> int:
    if not _has_screen() and os.environ.get("QT_QPA_PLATFORM") not in _SCREENLESS:
        raise UsageError(
            "There is no display to open the window on. Use a command instead: "
            "redactor --help lists them."
        )
    from importlib import import_module

    code: int = import_module("ui.__main__").main(arguments)
    return code


# --- arguments and output ---------------------------------------------------------------------


def _labels(given: str) -> frozenset[str]:
    known = {label.name for label in LABELS}
    asked = frozenset(name.strip().upper() for name in given.split(",") if name.strip())
    if unknown := sorted(asked - known):
        raise UsageError(
            f"There is no label {', '.join(unknown)}. Nothing was written. "
            f"Labels: {', '.join(sorted(known))}."
        )
    return asked


def _terms(path: Path) -> tuple[str, ...]:
    """Read a list of terms; line numbers are kept, so an empty line stays."""
    from redactor.jobs import read_file

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


def _has_screen() -> bool:
    """Say whether there is a screen on which a person would see the window."""
    if os.environ.get("QT_QPA_PLATFORM") in _SCREENLESS:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _print_json(shape: object) -> None:
    json.dump(shape, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page, so that names come out as they are."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
