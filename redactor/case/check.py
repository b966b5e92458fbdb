"""Whether a case file is what its log says, and its log what people wrote and signed.

``check_store`` looks at everything in the encrypted file. Who has its passphrase and a key of their
own could put an older copy of the file in its place, or write the end of the log anew as far back
as it is all theirs: only a digest kept elsewhere shows that, such as a certificate's (``anchor``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from redactor.canonical import canonical
from redactor.case.bodies import case_key_in
from redactor.case.check_log import (
    Anchor,
    Checked,
    Entry,
    Illegible,
    check_anchor,
    check_entries,
    check_events,
)
from redactor.case.check_tables import check_tables
from redactor.case.export import check_export, read_export, write_export
from redactor.case.faults import explained
from redactor.case.problems import Problem
from redactor.case.sealing import commitment
from redactor.case.signing import signer_of_seed
from redactor.case.store import CASE_SIGNER_NAME, EVENT_COLUMNS, Store, event_of_row
from redactor.case.vault import APPLICATION_ID, Vault, expected_schema, latest_version
from redactor.errors import CaseError
from redactor.model import Progress, Report, Role, quiet

__all__ = [
    "Anchor",
    "Problem",
    "check_events",
    "check_export",
    "check_frame",
    "check_store",
    "read_export",
    "write_export",
]

#: What a log may be guilty of while the tables can still be held against it.
_OF_PEOPLE = frozenset({"not-allowed", "approved-by-preparer"})


def check_store(
    store: Store, report: Report = quiet, *, anchor: Anchor | None = None
) -> list[Problem]:
    """Say everything that is wrong with an open case file.

    Where the log itself was changed, nothing vouches for the tables any more, and only the log's
    problems are named.

    Args:
        anchor: the number and the digest of the event that a certificate was made of.
    """
    report(Progress(0, 1, "checking the file"))
    try:
        if frame := check_frame(store.vault):
            return frame
        damage = [Problem(None, "damaged", said) for said in store.vault.damage()]
        if damage:
            return damage
        with explained(store.vault.path):
            return _check(store, report, anchor)
    except CaseError as error:
        return [Problem(None, "damaged", error.user_message)]


def _check(store: Store, report: Report, anchor: Anchor | None) -> list[Problem]:
    checked = check_entries(_entries(store), report)
    problems = [*checked.problems, *check_anchor(checked, anchor)]
    if all(one.kind in _OF_PEOPLE for one in checked.problems):
        keys = _check_keys(store, checked)
        problems += keys
        if not keys:
            events = [event for _, event in sorted(checked.sound.items())]
            problems += check_tables(store, events, report)
    return problems


# --- the file itself --------------------------------------------------------------------------


def check_frame(vault: Vault) -> list[Problem]:
    """Look at what surrounds the tables: their making, and the marks of the file.

    Where these are not the program's, nothing in the tables is read: it might have no end.

    Raises:
        CaseError: they cannot be read.
    """
    with explained(vault.path):
        made, expected = vault.schema(), expected_schema()
        (kind,) = vault.link.execute("PRAGMA application_id").fetchone()
        (version,) = vault.link.execute("PRAGMA user_version").fetchone()
    problems = []
    more, fewer = len(set(made) - set(expected)), len(set(expected) - set(made))
    if made != expected:
        said = (
            f"The structure of the file was changed: {more} parts are not the program's, and "
            f"{fewer} of its parts are missing."
        )
        problems.append(Problem(None, "structure", said))
    if (kind, version) != (APPLICATION_ID, latest_version()):
        said = "The file does not say that it is a case of this version of Redactor."
        problems.append(Problem(None, "structure", said))
    return problems


def _check_keys(store: Store, checked: Checked) -> list[Problem]:
    """Hold the case's own keys against what the first event says of them."""
    kept = dict(store.vault.link.execute("SELECT name, value FROM secrets").fetchall())
    first = checked.sound[1]
    promised = {
        "sealing key": str(first.body["seal_key"]),
        "signing key": case_key_in(first),
    }
    if set(kept) != set(promised):
        said = "The case's own keys are not all there, or others are with them."
        return [Problem(None, "keys", said)]
    return [
        Problem(1, "keys", f"The case's own {name} is not the one that its first event names.")
        for name, value in sorted(kept.items())
        if _public_form(name, value) != promised[name]
    ]


def _public_form(name: str, value: str) -> str:
    """Give what the first event would say of a key; nothing where it is none."""
    try:
        key = bytes.fromhex(value)
        if key.hex() != value:
            return ""
        if name == "sealing key":
            return commitment(key)
        return signer_of_seed(CASE_SIGNER_NAME, Role.OBSERVER, key).public_key.hex()
    except ValueError:
        return ""


# --- the log ----------------------------------------------------------------------------------


def _entries(store: Store) -> list[Entry]:
    """Read the log as it is kept, and hold every row against its one form."""
    rows = store.vault.link.execute(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY seq")  # noqa: S608
    return [_entry(row) for row in rows]


def _entry(row: Sequence[Any]) -> Entry:
    seq = int(row[0])
    try:
        body = json.loads(row[5])
        if not isinstance(body, dict) or canonical(body) != row[5].encode("utf-8"):
            return Illegible(f"Event {seq}", "is not written as Redactor writes it", seq)
        return event_of_row(row)
    except (ValueError, KeyError, TypeError, RecursionError, sqlite.Error):
        return Illegible(f"Event {seq}", "cannot be read", seq)
