"""The case on disk."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from redactor.case.store import NewMark, Store
from redactor.errors import CaseError
from redactor.events import EventKind
from redactor.model import (
    Area,
    CellPlace,
    FieldPlace,
    HiddenKind,
    Incomplete,
    LinePlace,
    PagePlace,
    PartPlace,
    Ruling,
    Segment,
    Span,
    Unread,
)


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.create(tmp_path / "case with ünicode.redactor", "MC/1", "A. Officer")
    yield opened
    opened.close()


def test_a_case_opens_again_with_all_that_was_kept(store: Store):
    number = store.add_document("a.txt", "ab" * 32, b"bytes", "A. Officer")
    assert number == 1
    segments = [
        Segment(PagePlace(0), "page"),
        Segment(CellPlace("Raw", 2, 3), "cell", HiddenKind.HIDDEN_SHEET, "sheet:Raw"),
        Segment(FieldPlace(4, 1), "field"),
        Segment(LinePlace(9), "line"),
        Segment(PartPlace("word/document.xml", 5), "part"),
    ]
    store.add_segments(number, segments)
    unread = (Unread("page:2", "a picture", (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)),)
    incomplete = (Incomplete("page:3", "timed out"),)
    store.finish_reading(number, "pdf", unread, incomplete, ("a note",), "A. Officer")
    path = store.path
    store.close()
    again = Store.open(path)
    assert again.ref == "MC/1"
    (document,) = again.documents()
    assert (document.status, document.unread, document.incomplete) == ("read", unread, incomplete)
    assert list(again.segments(1)) == segments
    assert again.original_of("1") == b"bytes"
    again.close()


def test_the_same_bytes_are_taken_in_once(store: Store):
    assert store.add_document("a.txt", "cd" * 32, b"x", "A") == 1
    assert store.add_document("b.txt", "cd" * 32, b"x", "A") is None


def test_rows_of_a_grid_come_without_the_rest(store: Store):
    number = store.add_document("a.csv", "ef" * 32, b"x", "A")
    assert number is not None
    cells = [Segment(FieldPlace(row, 0), f"r{row}") for row in range(9000)]
    store.add_segments(number, cells)
    assert [one.text for one in store.segments_between(number, "rows", 4000, 4002)] == [
        "r4000",
        "r4001",
        "r4002",
    ]
    assert store.containers(number) == (("rows", 8999),)


def test_a_mark_keeps_its_id_when_the_document_is_searched_again(store: Store):
    number = store.add_document("a.txt", "aa" * 32, b"x", "A")
    assert number is not None
    mark = NewMark(Span("line:1", 0, 5), "Okoro", "PERSON", 0.9, "names 1", "gazetteer")
    (first,) = store.add_marks(number, [mark])
    (second,) = store.add_marks(number, [mark])
    assert first == second
    (area,) = store.add_marks(
        number, [NewMark(Area(0, 1.004, 2, 3, 4), "", "MANUAL", 1, "h", "", by_hand=True)]
    )
    assert area.target == Area(0, 1.0, 2, 3, 4)
    assert len(store.marks()) == 2


def test_the_log_cannot_be_changed_or_deleted(store: Store):
    store.record("A", EventKind.RELEASED, {"files": []})
    for statement in ("UPDATE events SET actor = 'B'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store._link.execute(statement)


def test_the_log_holds_no_text_of_a_document(store: Store):
    number = store.add_document("secret.txt", "bb" * 32, b"Zebedee Quillfeather", "A")
    assert number is not None
    mark = NewMark(
        Span("sheet:Quillfeather!A1", 0, 20), "Zebedee Quillfeather", "PERSON", 1, "r", ""
    )
    store.decide("A", {"action": "redact", "exemption": "s", "reason": "r"}, [], [(number, mark)])
    assert "Quillfeather" not in repr([event.body for event in store.events()])
    assert "secret" not in repr([event.body for event in store.events()])


def test_a_file_that_is_no_case_is_refused_and_left_alone(tmp_path: Path):
    other = tmp_path / "notes.redactor"
    other.write_bytes(b"not a database at all, only some text")
    with pytest.raises(CaseError, match=r"notes\.redactor"):
        Store.open(other)
    assert other.read_bytes() == b"not a database at all, only some text"
    with pytest.raises(CaseError, match="not there"):
        Store.open(tmp_path / "absent.redactor")


def test_a_database_of_another_program_is_refused(tmp_path: Path):
    other = tmp_path / "other.db"
    link = sqlite3.connect(other)
    link.execute("CREATE TABLE t (x)")
    link.commit()
    link.close()
    with pytest.raises(CaseError, match="not a Redactor case"):
        Store.open(other)


def test_a_newer_case_is_refused(store: Store):
    store._link.execute("PRAGMA user_version = 99")
    path = store.path
    store.close()
    with pytest.raises(CaseError, match="newer version"):
        Store.open(path)


def test_a_case_of_that_name_is_never_written_over(store: Store):
    with pytest.raises(CaseError, match="exists already"):
        Store.create(store.path, "other", "B")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CaseError, match="cannot be opened"):
        Store.create(tmp_path / "nowhere" / "case.redactor", "ref", "A")


_KILLED = """
import os, sys
from pathlib import Path
from redactor.case.store import NewMark, Store
from redactor.model import Span
store = Store.open(Path(sys.argv[1]))
mark = NewMark(Span("line:1", 0, 5), "Okoro", "PERSON", 0.9, "names 1", "")
store.decide("A", {"action": "redact", "exemption": "s40(2)", "reason": "why"}, [], [(1, mark)])
os._exit(9)
"""


def test_a_killed_program_loses_no_decision(store: Store):
    store.add_document("a.txt", "cc" * 32, b"x", "A")
    path = store.path
    store.close()
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path)],
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.returncode == 9
    again = Store.open(path)
    assert again.events()[-1].kind is EventKind.DECIDED
    assert [mark.text for mark in again.marks()] == ["Okoro"]
    again.close()
