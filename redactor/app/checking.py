"""Check a case, an exported log or a release, whichever a path is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from redactor.app.case import Case
from redactor.case.check import check_export, check_store, write_export
from redactor.case.problems import Problem
from redactor.errors import DamagedCase, UsageError
from redactor.model import Report, quiet
from redactor.release.certificate import certificate_head, check_release


def check_path(
    path: Path,
    passphrase: Callable[[], str],
    certificate: Path | None = None,
    report: Report = quiet,
) -> list[Problem]:
    """Say everything that is wrong with a case, an exported log or a released folder.

    Args:
        passphrase: gives the passphrase of a case; it is asked for a case only.
        certificate: whose head an exported log has to hold.

    Raises:
        UsageError: a certificate was given for what is no exported log.
        CaseError: it cannot be opened, for another reason than that it is damaged.
    """
    if path.is_dir():
        _require_no(certificate)
        return check_release(path)
    if _is_export(path):
        return check_export(path, certificate_head(certificate) if certificate else None)
    _require_no(certificate)
    try:
        return _check_case(path, passphrase(), report)
    except DamagedCase as damage:
        return [Problem(None, "damaged", damage.user_message)]


def export_log(case: Case, path: Path) -> None:
    """Write the log to a file, one event a line.

    Raises:
        UsageError, CaseError: the file is there already or cannot be written.
    """
    write_export(path, case.store)


def _check_case(path: Path, passphrase: str, report: Report) -> list[Problem]:
    case = Case.open(path, passphrase)
    try:
        return check_store(case.store, report)
    finally:
        case.close()


def _is_export(path: Path) -> bool:
    """Say whether a file is meant to be an exported log; what cannot be read is not."""
    if path.suffix.lower() == ".jsonl":
        return True
    try:
        with path.open("rb") as file:
            return file.read(1) == b"{"
    except OSError:
        return False


def _require_no(certificate: Path | None) -> None:
    if certificate is not None:
        raise UsageError(
            "--certificate goes with an exported log. Nothing was checked. "
            "Name the file that `redactor case export-log` wrote."
        )
