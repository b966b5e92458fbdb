"""Somebody who has the passphrase changes the encrypted file past the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from redactor.app.case import Case
from redactor.case import log
from redactor.case.check import check_store
from redactor.case.problems import Problem
from redactor.case.signing import Signer, new_signer
from redactor.events import EventKind
from redactor.jobs import SegmentBatch
from redactor.lifecycle import CaseState, life_of
from redactor.model import Action, LinePlace, Role, Segment
from tests.attack.small_case import (
    BEING_READ,
    approval_body,
    build,
    kinds,
    past_the_program,
    submit,
)
from tests.case_kit import EXEMPTION, OBSERVER, OFFICER, open_case

#: What a change in a table is called. (The last event of the log is of the certificate.)
_RIGHT_KINDS = {
    "secrets": {"keys"},
    "blobs": {"changed", "missing", "unlogged"},
    "documents": {"changed", "missing", "unlogged"},
    "blocks": {"changed", "unlogged"},
    "marks": {"changed", "missing", "unlogged"},
    "list_entries": {"changed", "missing", "unlogged"},
    "outputs": {"changed", "missing", "unlogged"},
    "readings": {"changed", "unlogged"},
    "events": {"changed", "dropped", "forged", "malformed", "unlogged"},
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    made = build(tmp_path_factory.mktemp("attacked"))
    assert check_store(made.store) == []
    yield made
    made.close(backup=False)


@contextmanager
def tampering(case: Case) -> Iterator[Any]:
    """Change the file, and put everything back in the end."""
    link = case.store.vault.link
    link.execute("PRAGMA foreign_keys = OFF")
    link.execute("BEGIN IMMEDIATE")
    try:
        yield link
    finally:
        link.execute("ROLLBACK")
        # Taking back a change of the structure makes SQLCipher look at the first page while it is
        # encrypted still, and about once in 5,000 times remember it as something that it is not.
        link.execute("PRAGMA shrink_memory")


def found(case: Case, statement: str, values: Sequence[Any] = ()) -> list[Problem]:
    with tampering(case):
        past_the_program(case, statement, values)
        return check_store(case.store)


def rows_of(case: Case) -> Iterator[tuple[str, list[str], tuple[Any, ...]]]:
    """Give every row of every table: the table, its columns with the key first, the values."""
    link = case.store.vault.link
    for (table,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [row[1] for row in link.execute(f"PRAGMA table_info({table})")]
        for row in link.execute(f"SELECT * FROM {table}").fetchall():
            yield table, columns, row


def other(value: Any) -> Any:
    """Give another value of the same type."""
    match value:
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case str():
            return ("b" if value[:1] == "a" else "a") + value[1:]
        case None:
            return 7
        case _:
            return value + 1000


def _where(columns: list[str]) -> str:
    return " AND ".join(f"{column} IS ?" for column in columns)


def test_every_value_of_every_row_of_every_table_is_vouched_for(case: Case):
    tables = set()
    for table, columns, row in rows_of(case):
        tables.add(table)
        for column, value in zip(columns, row, strict=True):
            statement = f"UPDATE {table} SET {column} = ? WHERE {_where(columns)}"
            problems = found(case, statement, (other(value), *row))
            assert problems, (table, column, row)
            assert set(kinds(problems)) <= _RIGHT_KINDS[table], (table, column, problems)
    assert tables == set(_RIGHT_KINDS)


def test_every_row_that_is_deleted_is_missed(case: Case):
    for table, columns, row in rows_of(case):
        statement = f"DELETE FROM {table} WHERE {_where(columns)}"
        problems = found(case, statement, row)
        assert problems, (table, row)
        assert set(kinds(problems)) <= _RIGHT_KINDS[table], (table, row, problems)


def test_every_row_that_is_put_in_beside_another_is_found(case: Case):
    for table, columns, row in rows_of(case):
        marks = ", ".join("?" * len(columns))
        copy = [
            other(value)
            if column in {"name", "sha256", "number", "id", "target", "position", "seq"}
            or (table, column) == ("readings", "document")
            else value
            for column, value in zip(columns, row, strict=True)
        ]
        problems = found(case, f"INSERT INTO {table} VALUES ({marks})", copy)
        is_read_now = table in {"marks", "blocks"} and row[columns.index("document")] == BEING_READ
        assert problems or is_read_now, (table, row)


def test_every_kind_of_event_that_takes_the_place_of_another_is_found(case: Case):
    for seq in range(1, len(case.events()) + 1):
        statement = (
            "UPDATE events SET kind = CASE kind WHEN 'ruled' THEN 'commented' ELSE 'ruled' END"
            " WHERE seq = ?"
        )
        problems = found(case, statement, (seq,))
        assert problems == [
            Problem(seq, "changed", f"Event {seq} was changed: it is not what its digest says.")
        ]


def test_a_body_that_is_only_written_in_another_way_is_found(case: Case):
    for body in ("body || ' '", "body || 'x'", "replace(body, ':', ': ')"):
        problems = found(case, f"UPDATE events SET body = {body} WHERE seq = 9")
        assert [(one.seq, one.kind) for one in problems] == [(9, "malformed")]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra (x)",
        "CREATE INDEX extra ON marks (text)",
        "CREATE VIEW extra AS SELECT * FROM events",
        "CREATE TRIGGER extra AFTER INSERT ON events BEGIN DELETE FROM marks; END",
        "DROP TRIGGER events_are_never_changed",
        "DROP TRIGGER events_are_never_deleted",
        "ALTER TABLE documents ADD COLUMN extra TEXT",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 1",
    ],
)
def test_another_structure_of_the_file_is_found(case: Case, statement: str):
    with tampering(case) as link:
        link.execute(statement)
        assert kinds(check_store(case.store)) == ["structure"]
    assert check_store(case.store) == []


def test_a_table_that_is_gone_is_said_and_nothing_breaks(case: Case):
    for table in _RIGHT_KINDS:
        with tampering(case) as link:
            link.execute(f"DROP TABLE {table}")
            assert check_store(case.store), table


def test_text_that_is_no_text_is_damage_and_nothing_breaks(case: Case):
    for statement in (
        "UPDATE documents SET summary = CAST(x'FF' AS TEXT)",
        "UPDATE events SET body = CAST(x'FF' AS TEXT) WHERE seq = 4",
        "UPDATE marks SET text = CAST(x'FF' AS TEXT)",
        "UPDATE secrets SET value = CAST(x'FF' AS TEXT)",
    ):
        assert found(case, statement), statement


def test_an_approval_put_in_by_who_prepared_is_named_and_is_none(tmp_path: Path):
    case = build(tmp_path)
    case.decide([1], Action.KEEP, "", "Consent was given.")
    submit(case, b"third candidate")
    with case.store.vault.change():
        event = case.store.append(EventKind.APPROVED, approval_body(case))
    assert event.fingerprint == OFFICER.fingerprint
    (problem,) = check_store(case.store)
    assert (problem.seq, problem.kind) == (event.seq, "approved-by-preparer")
    assert life_of(case.store.events()).state is CaseState.SUBMITTED
    case.close(backup=False)


def test_an_approval_in_the_name_of_the_reviewer_is_forged(tmp_path: Path):
    case = build(tmp_path)
    case.decide([1], Action.KEEP, "", "Consent was given.")
    submit(case, b"third candidate")
    honest = next(one for one in case.events() if one.kind is EventKind.APPROVED)
    last = case.events()[-1]
    pretended = log.seal(
        _pretending(honest.fingerprint),
        honest.actor,
        last.digest,
        last.seq + 1,
        EventKind.APPROVED,
        approval_body(case),
    )
    with case.store.vault.change():
        case.store.insert(pretended)
    assert [(one.seq, one.kind) for one in check_store(case.store)] == [(last.seq + 1, "forged")]
    case.close(backup=False)


def _pretending(fingerprint: str) -> Signer:
    """Make a signer who signs with a key of their own under the fingerprint of another."""
    own = new_signer("Somebody Else", Role.REVIEWER)

    class Pretender(Signer):
        @property
        def fingerprint(self) -> str:
            return fingerprint

    return Pretender(own.person, own.public_key, own._key)


def test_an_officer_who_writes_the_end_anew_is_caught_by_the_certificate(tmp_path: Path):
    case = build(tmp_path)
    submitted = case.life.submission
    assert submitted is not None
    anchor = (submitted.seq, submitted.digest)
    assert check_store(case.store, anchor=anchor) == []
    # Everything from the last decision on is taken out and written anew, signed with the
    # officer's own key; no later event is another person's.
    keep = next(one for one in case.events() if one.body.get("reason") == "Already public.")

    past_the_program(case, "DELETE FROM events WHERE seq >= ?", (keep.seq,))
    past_the_program(case, "DELETE FROM outputs WHERE event >= ?", (keep.seq,))
    case.close(backup=False)
    again = open_case(case.path)
    again.decide([3], Action.REDACT, EXEMPTION, "Changed my mind.")
    submit(again, b"another candidate")
    again.store.vault.link.execute(
        "DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM documents)"
        " AND sha256 NOT IN (SELECT sha256 FROM outputs)"
    )
    assert check_store(again.store) == []  # it is all theirs, and nothing in the file says more
    assert kinds(check_store(again.store, anchor=anchor)) == ["changed"]
    again.close(backup=False)


def test_a_log_whose_end_was_cut_off_is_caught_by_the_certificate(tmp_path: Path):
    case = build(tmp_path)
    case.comment(1, "One more thing.")
    last = case.events()[-1]
    anchor = (last.seq, last.digest)
    past_the_program(case, "DELETE FROM events WHERE seq = ?", (last.seq,))
    assert kinds(check_store(case.store, anchor=anchor)) == ["cut-off"]
    case.close(backup=False)


def test_a_decision_by_an_observer_or_a_stranger_is_not_allowed(tmp_path: Path):
    case = build(tmp_path)
    case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    case.work_as(OBSERVER)
    body = {"action": "keep", "exemption": "", "reason": "No.", "marks": [1]}
    with case.store.vault.change():
        case.store.append(EventKind.PERSON_JOINED, {"public_key": OBSERVER.public_key.hex()})
        event = case.store.append(EventKind.DECIDED, body)
    assert [(one.seq, one.kind) for one in check_store(case.store)] == [(event.seq, "not-allowed")]
    case.close(backup=False)


def test_what_is_being_read_just_now_is_no_problem(case: Case):
    with tampering(case):
        case.store.segments.add(BEING_READ, [Segment(LinePlace(1), "Just now")])
        assert check_store(case.store) == []


def test_a_finding_of_a_document_that_was_refused_is_vouched_for_still(tmp_path: Path):
    case = build(tmp_path)
    case.begin_reading(2)
    case.keep(2, SegmentBatch((Segment(LinePlace(1), "Half read"),)))
    case.store.refuse_document(2, "damaged", "It is damaged.")
    assert check_store(case.store) == []
    past_the_program(case, "UPDATE marks SET text = 'x' WHERE id = 2")
    assert kinds(check_store(case.store)) == ["changed"]
    case.close(backup=False)
