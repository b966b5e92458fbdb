"""What the store keeps of a case, and the events that say so."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from redactor.case.files import StoredOutput
from redactor.case.marks import NewMark
from redactor.case.store import Store
from redactor.errors import BugError, CaseError, DamagedCase
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
from tests.case_kit import OFFICER, new_case, open_case

_NAME = "Zebedee Quillfeather"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    case = new_case(tmp_path / "case.redactor")
    yield case.store
    case.close(backup=False)


def add(store: Store, name: str = "a.txt", data: bytes = b"bytes") -> int:
    number, event = store.add_document(name, hashlib.sha256(data).hexdigest(), data)
    assert number is not None
    assert event is not None
    return number


def finding(segment: str = "line:1") -> NewMark:
    return NewMark(Span(segment, 0, 20), _NAME, "PERSON", 0.9, "names 1", "gazetteer")


def body() -> dict[str, object]:
    return {"action": "redact", "exemption": "s40(2)", "reason": "why"}


def test_a_case_opens_again_with_all_that_was_kept(tmp_path: Path):
    before = new_case(tmp_path / "case with ünicode.redactor")
    store = before.store
    number = add(store)
    segments = [
        Segment(PagePlace(0), "page"),
        Segment(CellPlace("Raw", 2, 3), "cell", HiddenKind.HIDDEN_SHEET, "sheet:Raw"),
        Segment(FieldPlace(4, 1), "field"),
        Segment(LinePlace(9), "line"),
        Segment(PartPlace("word/document.xml", 5), "part"),
    ]
    store.add_segments(number, segments)
    (found,) = store.add_marks(number, [finding()])
    unread = (Unread("page:2", "a picture", (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)),)
    incomplete = (Incomplete("page:3", "timed out"),)
    store.finish_reading(number, "pdf", unread, incomplete, ("a note",))
    refused = add(store, "b.txt", b"other")
    store.refuse_document(refused, "damaged", "It is damaged.")
    events = store.events()
    before.close(backup=False)
    case = open_case(before.path)
    again = case.store
    assert case.ref == "MC/1"
    assert again.events() == events
    first, second = again.documents()
    assert (first.name, first.format, first.status) == ("a.txt", "pdf", "read")
    assert (first.unread, first.incomplete, first.notes) == (unread, incomplete, ("a note",))
    assert (second.status, second.refusal) == ("refused", "It is damaged.")
    assert list(again.segments.all(number)) == segments
    assert again.marks() == (found,)
    assert again.files.original_of("1") == b"bytes"
    case.close(backup=False)


def test_an_original_that_is_not_in_the_case_is_an_error(store: Store):
    with pytest.raises(CaseError, match="Document 7 is not in the case"):
        store.files.original_of("7")


def test_the_same_bytes_are_taken_in_once(store: Store):
    add(store, "a.txt", b"x")
    events = store.events()
    assert store.add_document("b.txt", hashlib.sha256(b"x").hexdigest(), b"x") == (None, None)
    assert store.events() == events


def test_rows_of_a_grid_come_without_the_rest(store: Store):
    number = add(store)
    store.add_segments(number, [Segment(FieldPlace(row, 0), f"r{row}") for row in range(9000)])
    rows = store.segments.between(number, "rows", 4000, 4002)
    assert [one.text for one in rows] == ["r4000", "r4001", "r4002"]
    assert store.segments.containers(number) == (("rows", 8999),)


def test_a_document_that_is_read_again_loses_its_text_and_keeps_its_marks(store: Store):
    number = add(store)
    assert store.begin_reading(number) is None  # it was being read already
    store.add_segments(number, [Segment(LinePlace(1), "once")])
    store.add_marks(number, [finding()])
    store.finish_reading(number, "txt", (), (), ())
    event = store.begin_reading(number)
    assert event is not None
    assert (event.kind, event.body["last_mark"]) == (EventKind.DOCUMENT_READING, 1)
    assert list(store.segments.all(number)) == []
    assert store.documents()[0].status == "reading"
    assert len(store.marks(number)) == 1


def test_a_mark_keeps_its_id_when_the_document_is_searched_again(store: Store):
    number = add(store)
    (first,) = store.add_marks(number, [finding()])
    assert store.marks() == (first,)
    (second,) = store.add_marks(number, [finding()])
    assert first == second
    box = NewMark(Area(0, 1.004, 2, 3, 4), "", "MANUAL", 1, "h", "", by_hand=True)
    (area,) = store.add_marks(number, [box])
    assert area.target == Area(0, 1.0, 2, 3, 4)
    assert store.marks(number) == (first, area)
    assert store.missing_marks([1, 2, 3, 99]) == [3, 99]


def test_a_decision_makes_its_marks_and_seals_only_the_new_ones(store: Store):
    number = add(store)
    (known,) = store.add_marks(number, [finding()])
    event, marks = store.change_with_marks(
        EventKind.DECIDED, body(), [known.id], [(number, finding()), (number, finding("line:2"))]
    )
    assert [mark.id for mark in marks] == [known.id, 2]
    assert (event.body["marks"], event.body["made"]) == ([known.id, 2], [2])
    assert event.body["seal"] == store.made_seal([2])


def test_a_change_that_fails_leaves_nothing_not_even_in_memory(store: Store):
    number = add(store)
    store.add_marks(number, [finding()])
    before, marks = store.events(), store.marks()
    store.author = None
    with pytest.raises(BugError, match="Nothing was recorded"):
        store.change_with_marks(EventKind.DECIDED, body(), [], [(number, finding("line:2"))])
    assert store.events() == before
    assert store.marks() == marks


def test_the_files_of_an_event_are_kept_and_let_go(store: Store):
    data = {name: name.encode() for name in ("a.txt", "b.txt")}
    outputs = [
        StoredOutput(name, 1, hashlib.sha256(one).hexdigest(), one) for name, one in data.items()
    ]
    number = add(store, "same bytes as an output.txt", data["a.txt"])
    event = store.draft_with_outputs(
        EventKind.SUBMITTED, {"manifest": "", "decisions": ""}, outputs
    )
    assert store.files.of_event(event.seq) == ()
    with store.vault.change():
        store.insert_with_outputs(event, outputs)
    assert store.files.of_event(event.seq) == tuple(outputs)
    assert event.body["files"] == [{"sha256": one.sha256, "bytes": 5} for one in outputs]
    assert event.body["seal"] == store.sealer.of_rows(store.files.rows(event.seq))
    with store.vault.change():
        store.files.drop(event.seq)
    assert store.files.of_event(event.seq) == ()
    assert [(name, size) for name, _, size in store.files.blobs()] == [(outputs[0].sha256, 5)]
    assert store.files.original_of(str(number)) == data["a.txt"]


def test_the_log_cannot_be_changed_or_deleted(store: Store):
    for statement in ("UPDATE events SET actor = 'B'", "DELETE FROM events"):
        with pytest.raises(sqlite.IntegrityError, match="append-only"):
            store.vault.link.execute(statement)


def test_the_log_holds_no_text_of_a_document(store: Store):
    number = add(store, f"{_NAME}.txt", _NAME.encode())
    store.add_segments(number, [Segment(LinePlace(1), _NAME)])
    place = f"sheet:{_NAME}!A1"
    store.add_marks(number, [finding(place)])
    store.finish_reading(number, "txt", (Unread(place, _NAME, ()),), (), (_NAME,))
    store.refuse_document(number, "damaged", f"{_NAME}.txt is damaged.")
    store.change_with_marks(EventKind.DECIDED, body(), [], [(number, finding("line:2"))])
    sealed = StoredOutput(f"{_NAME}.txt", number, "ab" * 32, b"")
    store.draft_with_outputs(EventKind.SUBMITTED, {"manifest": "", "decisions": ""}, [sealed])
    written = repr([event.body for event in store.events()])
    assert "Quillfeather" not in written
    assert "Zebedee" not in written


def test_a_log_that_cannot_be_read_is_damage(store: Store):
    store.vault.link.execute("DROP TRIGGER events_are_never_changed")
    for change in ("kind = 'no such kind'", "body = 'no JSON'"):
        store.vault.link.execute("BEGIN")
        store.vault.link.execute(f"UPDATE events SET {change} WHERE seq = 2")
        with pytest.raises(DamagedCase, match="changed outside Redactor"):
            store.events()
        store.vault.link.execute("ROLLBACK")


def test_a_case_without_its_own_keys_is_damaged(store: Store):
    store.vault.link.execute("DELETE FROM secrets WHERE name = 'signing key'")
    with pytest.raises(DamagedCase, match="changed outside Redactor"):
        Store(store.vault)


def test_every_event_is_signed_by_its_author(store: Store):
    assert {event.fingerprint for event in store.events()} == {OFFICER.fingerprint}
    assert {event.actor for event in store.events()} == {OFFICER.name}


_KILLED = """
import os, sys
from pathlib import Path
from redactor.case.marks import NewMark
from redactor.events import EventKind
from redactor.model import Span
from tests.case_kit import open_case
store = open_case(Path(sys.argv[1])).store
mark = NewMark(Span("line:1", 0, 5), "Okoro", "PERSON", 0.9, "names 1", "")
body = {"action": "redact", "exemption": "s40(2)", "reason": "why"}
store.change_with_marks(EventKind.DECIDED, body, [], [(1, mark)])
os._exit(9)
"""


def test_a_killed_program_loses_no_decision(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    add(case.store)
    case.close(backup=False)
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(case.path)],
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.returncode == 9
    again = open_case(case.path)
    assert EventKind.DECIDED in [event.kind for event in again.events()]
    assert [mark.text for mark in again.marks()] == ["Okoro"]
    again.close(backup=False)
