"""A small case that went all the way to its certificate, made without workers, to be attacked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from redactor import review
from redactor.app import case_lists
from redactor.app.case import Case
from redactor.case.files import StoredOutput
from redactor.errors import UnreadableDocument
from redactor.events import Event, EventKind
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.lists import Which, new_entry
from redactor.model import (
    Action,
    FieldPlace,
    Finding,
    Incomplete,
    LinePlace,
    Ruling,
    Segment,
    Span,
    Unread,
)
from tests.case_kit import EXEMPTION, OFFICER, REVIEWER, new_case

#: The document that is being read, for which nothing is vouched yet.
BEING_READ = 4
REASON = "It identifies a living person."


def build(folder: Path) -> Case:
    """Make the case: two documents read, one refused, one being read again; approved."""
    case = new_case(folder / "small.redactor")
    for number in (1, 2, 3, 4):
        original = folder / f"draft {number}.txt"
        original.write_text(f"Draft {number}: Zebedee Quillfeather was there.", encoding="utf-8")
        case.add_file(original)
    for number in (1, 2):
        _read(case, number)
    case.refuse(3, UnreadableDocument("It is damaged.", "Get another copy."))
    _read(case, BEING_READ)
    case.begin_reading(BEING_READ)
    case.decide([1, 2], Action.REDACT, EXEMPTION, REASON)
    case.mark_spans(1, [(Span("line:2", 0, 5), "Petra")], Action.REDACT, EXEMPTION, REASON)
    case.rule(1, "page:2", Ruling.LEAVE_OUT, "Nothing in it was asked for.")
    case.undo()
    case.redo()
    case_lists.add(case, Which.NEVER, [new_entry("Operation Teasel", why="It was published.")])
    case.comment(1, "Is that the officer?")
    submit(case, b"first candidate")
    case.decide([3], Action.KEEP, "", "Already public.")
    submit(case, b"second candidate")
    approve(case)
    return case


def submit(case: Case, data: bytes) -> Event:
    """Hand in a candidate of these bytes."""
    body = {"manifest": hashlib.sha256(data).hexdigest(), "decisions": _decisions(case)}
    outputs = [output("draft 1.txt", data, 1), output("manifest.json", b"{}" + data)]
    events = case.events()
    approved = {one.body["submission"] for one in events if one.kind is EventKind.APPROVED}
    submitted = {one.seq for one in events if one.kind is EventKind.SUBMITTED}
    with case.store.vault.change():
        for seq in submitted - approved:
            case.store.files.drop(seq)
        event = case.store.draft_with_outputs(EventKind.SUBMITTED, body, outputs)
        case.store.insert_with_outputs(event, outputs)
    return case.took(event)


def approve(case: Case) -> Event:
    """Have the reviewer approve what stands, and certify it."""
    case.work_as(REVIEWER)
    approval = case.record_change(EventKind.APPROVED, approval_body(case))
    papers = [output("certificate.json", b'{"a":1}'), output("certificate.pdf", b"%PDF-")]
    with case.store.vault.change():
        body = {"approval": approval.seq}
        event = case.store.draft_with_outputs(EventKind.CERTIFIED, body, papers)
        case.store.insert_with_outputs(event, papers)
    case.took(event)
    case.work_as(OFFICER)
    return approval


def approval_body(case: Case) -> dict[str, Any]:
    """Say what an approval of what stands has to say."""
    submitted = case.life.submission
    assert submitted is not None
    return {
        "submission": submitted.seq,
        "manifest": submitted.body["manifest"],
        "decisions": submitted.body["decisions"],
        "head": submitted.digest,
    }


def output(name: str, data: bytes, document: int | None = None) -> StoredOutput:
    """Make a file of a candidate."""
    return StoredOutput(name, document, hashlib.sha256(data).hexdigest(), data)


def past_the_program(case: Case, statement: str, values: Sequence[Any] = ()) -> None:
    """Change the file as somebody who has the passphrase could, past triggers and constraints."""
    link = case.store.vault.link
    triggers = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    link.execute("PRAGMA foreign_keys = OFF")
    for name, _ in triggers:
        link.execute(f"DROP TRIGGER {name}")
    link.execute(statement, values)
    for _, sql in triggers:
        link.execute(sql)


def kinds(problems: Sequence[Any]) -> list[str]:
    """Give the kinds of some problems."""
    return [one.kind for one in problems]


def _decisions(case: Case) -> str:
    return review.digest_of(case.standing())


def _read(case: Case, number: int) -> None:
    lines = tuple(
        Segment(LinePlace(line), f"{number}: Zebedee Quillfeather, line {line}") for line in (1, 2)
    )
    cells = (Segment(FieldPlace(1, 2), "Petra Ashdown"),)
    findings = (Finding(lines[0].place, 3, 23, lines[0].text[3:23], "PERSON", 0.9, "names", "a"),)
    case.keep(number, SegmentBatch(lines + cells))
    case.keep(number, FindingBatch(findings, (None,)))
    unread = (Unread("page:2", "a picture", (Ruling.LEAVE_OUT,)),)
    incomplete = (Incomplete("page:3", "it took too long"),)
    pixels = b"read from pixels of %d" % number
    case.finish_reading(number, Reading("", "txt", unread, incomplete, ("a note",), pixels))
