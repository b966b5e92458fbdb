"""Check a case, an exported log or a release, whichever a path is."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from redactor.app.case import Case
from redactor.app.soundness import submitted_otherwise
from redactor.case.backup import migration_copy
from redactor.case.check import check_export, check_frame, check_store, read_export, write_export
from redactor.case.check_log import Anchor
from redactor.case.lock import CaseLock
from redactor.case.problems import Problem
from redactor.case.store import Store
from redactor.case.vault import Vault
from redactor.errors import CaseError, DamagedCase, UsageError
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
        certificate: of a release; the log of the case has to hold the approval that it is of.

    Raises:
        UsageError: a certificate was given for a released folder, which holds its own.
        CaseError: it cannot be opened, for another reason than that it is damaged.
    """
    if path.is_dir():
        _require_no(certificate)
        return check_release(path)
    if not os.path.lexists(path):
        raise CaseError(
            f"{path.name} is not there. Nothing was checked. Check the name and the folder."
        )
    anchor = certificate_head(certificate) if certificate is not None else None
    if _is_export(path):
        return check_export(path, anchor, report) or submitted_otherwise(read_export(path)[0])
    try:
        return _check_case(path, passphrase(), anchor, report)
    except DamagedCase as damage:
        return [Problem(None, "damaged", damage.user_message)]


def export_log(case: Case, path: Path) -> None:
    """Write the log to a file, one event a line; an earlier export of that name is replaced.

    Raises:
        UsageError: there is another file or a folder of that name, or it cannot be written.
    """
    write_export(path, case.store)


def _check_case(
    path: Path, passphrase: str, anchor: Anchor | None, report: Report
) -> list[Problem]:
    """Check a case without adding up its log, which need not make any sense."""
    with ExitStack() as undo:
        lock, _ = CaseLock.acquire(path, None)
        undo.callback(lock.release)
        vault = Vault.open(
            path, passphrase, lambda version: migration_copy(path, version), to_change=False
        )
        undo.callback(vault.close)
        if frame := check_frame(vault):
            return frame
        store = Store(vault)
        problems = check_store(store, report, anchor=anchor)
        return problems or submitted_otherwise(store.events())


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
            "A released folder is checked against the certificate in it. Nothing was checked. "
            "Give --certificate with a case or with a log that `redactor case export-log` wrote."
        )
