"""A case file made to break whoever opens it, by somebody who knows its passphrase."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from redactor.app import output_case, persons
from redactor.app.case import Case
from redactor.app.checking import check_path
from redactor.app.next_steps import next_steps
from redactor.case import vault
from redactor.case.check import check_store
from redactor.case.codec import encode_target
from redactor.case.vault import Vault
from redactor.errors import CaseError, DamagedCase, RedactorError
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.model import Action, Finding, LinePlace, Segment, Span
from tests.attack.small_case import build
from tests.case_kit import EXEMPTION, PASSPHRASE, new_case, open_case

_DEEP = "replace(hex(zeroblob(50000)), '00', '[')"
#: By table and column, what is put there; every one is a value in SQL.
_PUT: dict[tuple[str, str], tuple[str, ...]] = {
    ("events", "body"): (
        "'[]'", "'null'", "''", "'1'", "'{}'", _DEEP, """'{"a":NaN}'""", r"""'{"a":"\ud800"}'""",
        """'{"public_key":1}'""", """'{"marks":[[]],"action":"keep","reason":1,"exemption":""}'""",
        """'{"document":1e999,"part":"","reason":"","ruling":"leave-out"}'""",
        """'{"submission":9223372036854775807}'""", "CAST(x'ff' AS TEXT)",
    ),
    ("events", "kind"): ("'nothing'", "'undone'", "'released'"),
    ("events", "seq"): ("-1", "0", "9223372036854775807"),
    ("events", "digest"): ("''", "'zz'"),
    ("events", "fingerprint"): ("''",),
    ("documents", "summary"): ("'[]'", "'{}'", "''", "'null'", _DEEP),
    ("documents", "status"): ("'nothing'",),
    ("marks", "target"): ("''", "'null'", "'[]'", "'[1]'", """'["span"]'""", _DEEP),
    ("marks", "proposal"): ("''",),
    ("marks", "hidden"): ("'nothing'",),
    ("blocks", "payload"): ("x''", "x'00'", "zeroblob(1000)"),
    ("secrets", "value"): ("''", "'zz'", "'00'"),
    ("outputs", "name"): ("'../x'",),
}  # fmt: skip
_WHICH = {"events": ("1", "kind = 'commented'", "kind = 'ruled'", "kind = 'approved'")}


@pytest.fixture(scope="module", autouse=True)
def drawing_keys_once() -> Iterator[None]:
    """Draw the same key only once: it is meant to take long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "_key", functools.cache(vault._key))
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = build(tmp_path_factory.mktemp("hostile"))
    case.close(backup=False)
    return case.path


@contextmanager
def past_the_program(path: Path) -> Iterator[Any]:
    """Open the tables as nobody should."""
    opened = Vault.open(path, PASSPHRASE, lambda _: None)
    link = opened.link
    triggers = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for statement in ("PRAGMA foreign_keys = OFF", *(f"DROP TRIGGER {one}" for one, _ in triggers)):
        link.execute(statement)
    yield link
    for _, statement in triggers:
        with suppress(vault.sqlite.OperationalError):  # no table is there any more
            link.execute(statement)
    opened.close()


def use(case: Case) -> None:
    """Look at everything that the window and the commands show."""
    output_case.status(case)
    output_case.findings(case)
    persons.list_persons(case)
    next_steps(case)
    for document in case.documents():
        list(case.segments(document.number))
        case.rows(document.number, "rows", 0, 100)


def changes() -> Iterator[str]:
    for (table, column), values in _PUT.items():
        for value in values:
            for which in _WHICH.get(table, ("1",)):
                row = f"SELECT rowid FROM {table} WHERE {which} LIMIT 1"
                where = which if table in {"blocks", "outputs", "secrets"} else f"rowid = ({row})"
                yield f"UPDATE {table} SET {column} = {value} WHERE {where}"


def test_whatever_stands_in_the_tables_opening_and_checking_end_in_a_sentence(
    whole: Path, tmp_path: Path
):
    for number, change in enumerate(changes()):
        path = tmp_path / f"{number}.redactor"
        path.write_bytes(whole.read_bytes())
        with past_the_program(path) as link:
            try:
                link.execute(change)
            except vault.sqlite.IntegrityError:
                continue  # the same number twice
        assert check_path(path, lambda: PASSPHRASE), change
        try:
            case = open_case(path)
        except RedactorError:
            continue
        try:
            use(case)
        except CaseError:
            continue
        except Exception as error:
            raise AssertionError(change) from error
        finally:
            case.close(backup=False)


@pytest.mark.parametrize(("hidden", "by_hand"), [("comment", 0), (None, 1)])
def test_a_finding_put_in_before_a_document_is_read_does_not_stand_for_the_one_found(
    tmp_path: Path, hidden: str | None, by_hand: int
):
    case = new_case(tmp_path / "planted.redactor")
    (tmp_path / "draft.txt").write_text("Zebedee Quillfeather was there.", encoding="utf-8")
    case.add_file(tmp_path / "draft.txt")
    case.close(backup=False)
    with past_the_program(case.path) as link:
        link.execute(
            "INSERT INTO marks VALUES (1, 1, ?, 'x', 'PERSON', 0.1, 'names', '', 'keep', ?, ?)",
            (encode_target(Span("line:1", 0, 20)), hidden, by_hand),
        )
    case = open_case(case.path)
    assert case.marks()[0].text == "x"
    read_draft(case)
    (block,) = case.blocks()
    assert (block.kind, block.count, block.mark) == ("undecided", 1, 1)
    (mark,) = case.marks()
    assert (mark.text, mark.score) == ("Zebedee Quillfeather", 0.9)
    assert check_store(case.store) == []
    case.close(backup=False)


def test_a_finding_that_the_log_vouches_for_stays_as_it_is_when_it_is_found_again(tmp_path: Path):
    case = new_case(tmp_path / "again.redactor")
    (tmp_path / "draft.txt").write_text("Zebedee Quillfeather was there.", encoding="utf-8")
    case.add_file(tmp_path / "draft.txt")
    name = Span("line:1", 0, 20)
    by_hand = case.mark_spans(1, [(name, "by hand")], Action.REDACT, EXEMPTION, "A person.").made
    read_draft(case)
    assert case.marks() == by_hand
    read_draft(case)
    assert case.marks() == by_hand
    assert check_store(case.store) == []
    case.close(backup=False)


def read_draft(case: Case) -> None:
    line = LinePlace(0)
    found = Finding(line, 0, 20, "Zebedee Quillfeather", "PERSON", 0.9, "names", "a name")
    case.begin_reading(1)
    case.keep(1, SegmentBatch((Segment(line, "Zebedee Quillfeather was there."),)))
    case.keep(1, FindingBatch((found,), (None,)))
    case.finish_reading(1, Reading("", "txt", (), (), ()))


@pytest.mark.parametrize("table", ["secrets", "events", "documents", "marks", "outputs", "blobs"])
def test_a_table_that_never_ends_is_not_read(whole: Path, tmp_path: Path, table: str):
    path = tmp_path / "endless.redactor"
    path.write_bytes(whole.read_bytes())
    with past_the_program(path) as link:
        columns = [row[1] for row in link.execute(f"PRAGMA table_info({table})")]
        link.execute(f"ALTER TABLE {table} RENAME TO {table}_then")
        given = ", ".join(f"n AS {one}" for one in columns)
        link.execute(
            f"CREATE VIEW {table} AS WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1"
            f" FROM t) SELECT {given} FROM t"
        )
    with pytest.raises(DamagedCase, match="structure was changed"):
        open_case(path)
    assert [one.kind for one in check_path(path, lambda: PASSPHRASE)] == ["structure"]
