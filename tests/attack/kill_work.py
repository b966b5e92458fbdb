"""What a person does in a case until somebody kills the program.

Run as ``python -m tests.attack.kill_work CASE SEED``: the same seed in the same case does the same.
Before each call a line of JSON goes to standard output, and another once it has returned.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from redactor import review
from redactor.case.files import StoredOutput
from redactor.case.signing import signer_of_seed
from redactor.events import EventKind
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.model import Action, Finding, LinePlace, Role, Ruling, Segment, Unread
from redactor.release.manifest import MANIFEST_NAME
from tests.case_kit import EXEMPTION, OFFICER, REVIEWER, open_case

PICTURE = "page:2/image:1"
_NAME = "Zebedee Quillfeather"
_REASON = "It identifies a living person."
_LINES = 120


def original(seed: int, padding: int = 0) -> bytes:
    """Give a draft: lines with a name, and padding that makes a change of the case a long one."""
    chance = random.Random(seed)
    lines = [f"{seed}-{line}: Mr {_NAME} was seen there." for line in range(_LINES)]
    return "\n".join(lines).encode() + b"\n" + chance.randbytes(padding)


class Work:
    """One person's work in a case; every method does one thing that is acknowledged."""

    def __init__(self, path: Path, seed: str, tell: Callable[[dict[str, object]], None]) -> None:
        self._path = path
        self._chance = random.Random(seed)
        self._tell = tell
        self._case = open_case(path)
        self._known = 0

    def go_on(self) -> None:
        """Work until the program is killed."""
        steps = [self._named(name) for name in _STEPS]
        weights = list(_STEPS.values())
        self._acknowledge("open")
        while True:
            (step,) = self._chance.choices(steps, weights)
            self._tell({"begins": step.__name__.strip("_")})
            step()
            self._acknowledge(step.__name__.strip("_"))

    def _named(self, name: str) -> Callable[[], None]:
        step: Callable[[], None] = getattr(self, f"_{name}")
        return step

    def _acknowledge(self, did: str) -> None:
        events = self._case.events()
        new = [[one.seq, one.digest] for one in events[self._known :]]
        self._known = len(events)
        self._tell({"did": did, "events": new, "marks": len(self._case.marks())})

    # --- what is done -------------------------------------------------------------------------

    def _add(self) -> None:
        draft = self._path.with_name("draft.txt")
        padding = self._chance.choice((0, 1000, 300_000))
        draft.write_bytes(original(self._chance.getrandbits(40), padding))
        self._case.add_file(draft)

    def _begin_reading(self) -> None:
        documents = self._case.documents()
        waiting = [one.number for one in documents if one.status == "reading"]
        self._case.begin_reading(self._chance.choice(waiting or [documents[0].number]))

    def _keep_segments(self) -> None:
        for number in self._being_read():
            self._case.keep(number, SegmentBatch(self._segments(number)))

    def _keep_findings(self) -> None:
        for number in self._being_read():
            found = tuple(
                Finding(one.place, at, at + len(_NAME), _NAME, "PERSON", 0.9, "names 1", "a title")
                for one in self._segments(number)
                if (at := one.text.find(_NAME)) >= 0
            )
            self._case.keep(number, FindingBatch(found, (None,) * len(found)))

    def _finish_reading(self) -> None:
        for number in self._being_read():
            source = self._case.source(number)
            unread = (Unread(PICTURE, "a picture", (Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN)),)
            self._case.finish_reading(number, Reading(source.sha256, "txt", unread, (), ()))

    def _decide(self) -> None:
        if ids := [mark.id for mark in self._case.marks()]:
            self._case.decide([self._chance.choice(ids)], Action.REDACT, EXEMPTION, _REASON)

    def _decide_many(self) -> None:
        if ids := [mark.id for mark in self._case.marks()]:
            chosen = self._chance.sample(ids, min(len(ids), 200))
            self._case.decide(chosen, Action.KEEP, "", "It is known to everybody.")

    def _decide_same_text(self) -> None:
        if marks := self._case.marks():
            mark = self._chance.choice(marks)
            self._case.decide_same_text(mark.id, Action.REDACT, EXEMPTION, _REASON)

    def _decide_term(self) -> None:
        for segment in self._case.segments(1):
            text = segment.text.split(":")[0]
            self._case.decide_term(text, Action.REDACT, EXEMPTION, _REASON)
            return

    def _rule(self) -> None:
        for document in self._case.documents():
            if document.status == "read":
                self._case.rule(document.number, PICTURE, Ruling.LEAVE_OUT, "It shows a person.")
                return

    def _undo(self) -> None:
        self._case.undo()

    def _redo(self) -> None:
        self._case.redo()

    def _comment(self) -> None:
        if marks := self._case.marks():
            self._case.work_as(REVIEWER)
            self._case.comment(self._chance.choice(marks).id, "Is this one needed?")
            self._case.work_as(OFFICER)

    def _invite(self) -> None:
        key = self._chance.randbytes(32)
        person = signer_of_seed(f"Observer {key.hex()[:8]}", Role.OBSERVER, key)
        self._case.invite(person.fingerprint, person.name, Role.OBSERVER)

    def _submit(self) -> None:
        """Keep a candidate as ``signoff.submit`` does, without building one."""
        case = self._case
        if case.objection(EventKind.SUBMITTED):
            return
        files = [self._chance.randbytes(size) for size in (2000, 400_000, 3_000_000)]
        outputs = [
            StoredOutput(name, None, hashlib.sha256(data).hexdigest(), data)
            for name, data in zip(("a.pdf", "b.csv", MANIFEST_NAME), files, strict=True)
        ]
        body = {
            "manifest": outputs[-1].sha256,
            "decisions": review.digest_of(case.standing()),
            "documents": 1,
            "redactions": 1,
            "kept": 0,
            "versions": {},
        }
        event = case.store.draft_with_outputs(EventKind.SUBMITTED, body, outputs)
        with case.store.vault.change():
            for earlier in case.events():
                if earlier.kind is EventKind.SUBMITTED:
                    case.store.files.drop(earlier.seq)
            case.store.insert_with_outputs(event, outputs)
        case.took(event)

    def _close_and_open(self) -> None:
        self._case.close()
        self._tell({"begins": "open"})
        self._case = open_case(self._path)

    # --- inside -------------------------------------------------------------------------------

    def _being_read(self) -> list[int]:
        documents = self._case.documents()
        return [one.number for one in documents if one.status == "reading"][:1]

    def _segments(self, number: int) -> tuple[Segment, ...]:
        lines = self._case.source(number).read().split(b"\n")[:_LINES]
        return tuple(Segment(LinePlace(at), line.decode()) for at, line in enumerate(lines))


#: What is done, with how often.
_STEPS = {
    "add": 3,
    "begin_reading": 1,
    "keep_segments": 2,
    "keep_findings": 3,
    "finish_reading": 3,
    "decide": 6,
    "decide_many": 3,
    "decide_same_text": 2,
    "decide_term": 1,
    "rule": 2,
    "undo": 3,
    "redo": 2,
    "comment": 2,
    "invite": 1,
    "submit": 3,
    "close_and_open": 1,
}


def _tell(what: dict[str, object]) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    Work(Path(sys.argv[1]), sys.argv[2], _tell).go_on()
