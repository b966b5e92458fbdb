"""What a check of a log says: exactly what was changed, once for each cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redactor.case import log
from redactor.case.check import check_events, check_export, check_store, write_export
from redactor.case.check_log import Illegible, check_entries
from redactor.case.signing import Signer, new_signer
from redactor.errors import Cancelled, CaseError, UsageError
from redactor.events import Event, EventKind
from redactor.model import Progress, Role
from tests.case_kit import OBSERVER, OFFICER, REVIEWER, new_case

_DIGEST = "ab" * 32


class Writing:
    """Writes a log event by event, as whoever has a key, without asking whether they may."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.add(
            OFFICER,
            EventKind.CASE_CREATED,
            ref="MC/1",
            regime="foi",
            received="",
            case="c0",
            name=OFFICER.name,
            role="officer",
            public_key=OFFICER.public_key.hex(),
            case_key=OBSERVER.public_key.hex(),
            seal_key=_DIGEST,
        )

    def add(self, signer: Signer, event_kind: EventKind, **body: Any) -> Event:
        head = self.events[-1].digest if self.events else log.GENESIS
        seq = len(self.events) + 1
        self.events.append(log.seal(signer, signer.name, head, seq, event_kind, body))
        return self.events[-1]

    def keep(self, signer: Signer = OFFICER) -> Event:
        body: Mapping[str, Any] = {"action": "keep", "exemption": "", "reason": "No.", "marks": [1]}
        return self.add(signer, EventKind.DECIDED, **body)

    def introduce(self, signer: Signer, *, joins: bool = True) -> None:
        body = {"fingerprint": signer.fingerprint, "name": signer.name, "role": str(signer.role)}
        self.add(OFFICER, EventKind.PERSON_INVITED, **body)
        if joins:
            self.add(signer, EventKind.PERSON_JOINED, public_key=signer.public_key.hex())

    def submit(self, signer: Signer = OFFICER) -> Event:
        body = {"manifest": _DIGEST, "decisions": _DIGEST, "files": [], "seal": _DIGEST}
        return self.add(signer, EventKind.SUBMITTED, **body)

    def approve(self, signer: Signer, submitted: Event) -> Event:
        body = {"manifest": _DIGEST, "decisions": _DIGEST, "head": submitted.digest}
        return self.add(signer, EventKind.APPROVED, submission=submitted.seq, **body)


@pytest.fixture
def writing() -> Writing:
    """Give a log of ten events by an officer and a reviewer, in which all is well."""
    writing = Writing()
    writing.introduce(REVIEWER)
    for _ in range(5):
        writing.keep()
    writing.approve(REVIEWER, writing.submit())
    assert check_events(writing.events) == []
    return writing


def said(events: Sequence[Event]) -> list[tuple[int | None, str, str]]:
    return [(one.seq, one.kind, one.message) for one in check_events(events)]


def about(events: Sequence[Event]) -> list[tuple[int | None, str]]:
    return [(one.seq, one.kind) for one in check_events(events)]


# --- what was done to the log -----------------------------------------------------------------


def test_a_changed_event_is_named_and_no_later_one_is(writing: Writing):
    writing.events[3] = replace(writing.events[3], actor="Somebody Else")
    assert said(writing.events) == [
        (4, "changed", "Event 4 was changed: it is not what its digest says.")
    ]


def test_an_event_whose_number_was_changed_is_named_by_its_place(writing: Writing):
    writing.events[3] = replace(writing.events[3], seq=9)
    assert said(writing.events) == [
        (
            4,
            "changed",
            (
                "What stands after event 3 as event 9 was changed: it is not what its digest says. "
                "Event 4 should stand there."
            ),
        )
    ]


def test_dropped_events_are_named_gap_by_gap(writing: Writing):
    del writing.events[7], writing.events[2:4]
    assert said(writing.events) == [
        (3, "dropped", "Events 3 and 4 are missing."),
        (8, "dropped", "Event 8 is missing."),
    ]
    assert said(writing.events[4:]) == [
        (1, "dropped", "Events 1 to 6 are missing."),
        (8, "dropped", "Event 8 is missing."),
    ]


def test_a_log_without_events_is_a_problem():
    assert said([]) == [(None, "dropped", "The log is empty: not even its first event is there.")]


def test_events_out_of_place_are_named_together(writing: Writing):
    events = writing.events
    events[2], events[6] = events[6], events[2]
    assert said(events) == [
        (3, "reordered", "The log was reordered. Out of place: event 3, event 7.")
    ]


def test_a_repeated_event_is_named(writing: Writing):
    events = [*writing.events[:5], writing.events[4], *writing.events[5:]]
    assert said(events) == [(5, "repeated", "Event 5 is there more than once.")]


def test_an_event_that_took_the_place_of_another_is_noticed_by_the_next(writing: Writing):
    other = Writing()
    other.introduce(REVIEWER)
    anew = log.seal(
        OFFICER, OFFICER.name, writing.events[2].digest, 4, EventKind.RULED,
        {"document": 1, "part": "", "ruling": "leave-out", "reason": "No."},
    )  # fmt: skip
    writing.events[3] = anew
    assert said(writing.events) == [
        (
            5,
            "spliced",
            "Event 5 does not follow the event before it: another stood there when it was written.",
        )
    ]


def test_signatures_by_another_key_are_named_run_by_run(writing: Writing):
    for place in (3, 4, 7):
        signature = REVIEWER.sign(log.signed_bytes(writing.events[place].digest)).hex()
        writing.events[place] = replace(writing.events[place], signature=signature)
    assert said(writing.events) == [
        (
            4,
            "forged",
            "Events 4 and 5 were not signed with the keys of the people they name.",
        ),
        (8, "forged", "Event 8 was not signed with the key of the person it names."),
    ]


def test_a_signature_in_capital_letters_is_not_the_one_that_was_written(writing: Writing):
    event = writing.events[3]
    writing.events[3] = replace(event, signature=event.signature.upper())
    assert about(writing.events) == [(4, "forged")]


def test_a_key_that_is_not_of_the_fingerprint_brings_nothing(writing: Writing):
    writing.introduce(OBSERVER, joins=False)
    own = new_signer("Somebody Else", Role.OBSERVER)
    writing.add(OBSERVER, EventKind.PERSON_JOINED, public_key=own.public_key.hex())
    assert said(writing.events) == [
        (12, "forged", "Event 12 is signed with a key that was never brought into the case.")
    ]


def test_an_illegible_entry_says_what_should_stand_there(writing: Writing):
    events = writing.events
    entries = [*events[:3], Illegible("Line 4", "is blank"), *events[5:]]
    (problem,) = check_entries(entries).problems
    assert (problem.seq, problem.kind) == (4, "malformed")
    assert problem.message == "Line 4 is blank. Events 4 and 5 should stand there."


def test_an_end_that_is_known_shows_what_was_cut_off(writing: Writing):
    (problem,) = check_entries(writing.events[:7], ends_with=10).problems
    assert (problem.seq, problem.kind) == (8, "cut-off")
    assert problem.message == "The log was cut off: events 8 to 10 are missing at its end."


# --- what was not allowed ---------------------------------------------------------------------


def test_an_approval_by_who_prepared_is_said_in_so_many_words(writing: Writing):
    writing.keep(REVIEWER)
    submitted = writing.submit()
    writing.approve(REVIEWER, submitted)
    assert said(writing.events) == [
        (
            13,
            "approved-by-preparer",
            (
                "Event 13 (approved) was not allowed. The program would have refused it: “You made "
                "or changed a decision in this case, added to it or submitted it; whoever prepared "
                "a case cannot approve it.”"
            ),
        )
    ]


def test_what_follows_from_a_barred_event_is_not_said_again(writing: Writing):
    writing.keep(REVIEWER)
    approval = writing.approve(REVIEWER, writing.submit())
    writing.add(REVIEWER, EventKind.CERTIFIED, approval=approval.seq, files=[], seal=_DIGEST)
    writing.add(OFFICER, EventKind.RELEASED, approval=approval.seq, files=[])
    assert about(writing.events) == [(13, "approved-by-preparer")]


def test_a_stranger_is_named_once():
    writing = Writing()
    writing.add(REVIEWER, EventKind.PERSON_JOINED, public_key=REVIEWER.public_key.hex())
    writing.keep(REVIEWER)
    writing.keep(REVIEWER)
    assert about(writing.events) == [(2, "not-allowed")]


def test_somebody_elses_name_is_not_allowed(writing: Writing):
    head = writing.events[-1].digest
    body = writing.events[4].body
    event = log.seal(OFFICER, REVIEWER.name, head, 11, EventKind.DECIDED, body)
    assert about([*writing.events, event]) == [(11, "not-allowed")]


def test_a_second_beginning_is_not_allowed(writing: Writing):
    writing.add(OFFICER, EventKind.CASE_CREATED, **writing.events[0].body)
    assert about(writing.events) == [(11, "not-allowed")]


def test_an_undo_of_another_step_than_the_last_is_not_allowed():
    writing = Writing()
    first, last = writing.keep(), writing.keep()
    writing.add(OFFICER, EventKind.UNDONE, event=last.seq)
    writing.add(OFFICER, EventKind.REDONE, event=last.seq)
    writing.add(OFFICER, EventKind.UNDONE, event=last.seq)
    assert check_events(writing.events) == []
    writing.add(OFFICER, EventKind.REDONE, event=first.seq)
    assert about(writing.events) == [(7, "not-allowed")]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (EventKind.DECIDED, {}),
        (EventKind.DECIDED, {"action": "burn", "exemption": "", "reason": "", "marks": []}),
        (EventKind.DECIDED, {"action": "keep", "exemption": "", "reason": "", "marks": [True]}),
        (EventKind.DECIDED, {"action": "keep", "exemption": "", "reason": "", "marks": [2**70]}),
        (EventKind.DECIDED, {"action": ["keep"], "exemption": "", "reason": "", "marks": [1]}),
        (
            EventKind.DECIDED,
            {"action": "keep", "exemption": "", "reason": "", "marks": [1], "made": [1]},
        ),
        (EventKind.RULED, {"document": 1, "part": "", "ruling": "no", "reason": ""}),
        (EventKind.UNDONE, {"event": "3"}),
        (EventKind.COMMENTED, {"mark": -1, "text": ""}),
        (EventKind.PERSON_INVITED, {"fingerprint": "x", "name": "x", "role": "king"}),
        (EventKind.SUBMITTED, {"manifest": "", "decisions": "", "files": [1], "seal": ""}),
        (EventKind.APPROVED, {"submission": None, "manifest": "", "decisions": "", "head": ""}),
        (EventKind.RELEASED, {"approval": {}, "files": []}),
        (EventKind.DOCUMENT_READ, {"document": 1}),
    ],
    ids=range(14),
)
def test_a_body_that_does_not_say_what_it_must_is_malformed(kind: EventKind, body: dict[str, Any]):
    writing = Writing()
    writing.add(OFFICER, kind, **body)
    ((seq, found, message),) = said(writing.events)
    assert (seq, found) == (2, "malformed")
    assert message.startswith(f"Event 2 ({kind}) is not complete: ")


def test_bodies_with_unexpected_values_never_raise(writing: Writing):
    writing.add(OFFICER, EventKind.RETURNED, reason="x", approval=[], submission={})
    assert about(writing.events) == [(11, "not-allowed")]


# --- the rest ---------------------------------------------------------------------------------


def test_progress_is_told_and_a_check_can_be_stopped(writing: Writing):
    told: list[object] = []
    check_events(writing.events, told.append)
    assert isinstance(told[0], Progress)

    def stop(_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        check_events(writing.events, stop)


def test_an_export_is_written_over_and_a_case_never_is(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    before = case.path.read_bytes()
    target = tmp_path / "log.jsonl"
    for _ in range(2):
        assert write_export(target, case.store) == 2
        assert check_export(target) == []
    (tmp_path / "link.jsonl").hardlink_to(case.path)
    for name in ("case.redactor", "other.Redactor", "link.jsonl", "."):
        with pytest.raises(UsageError, match="Nothing was written"):
            write_export(tmp_path / name, case.store)
    with pytest.raises(UsageError, match="could not be written"):
        write_export(tmp_path / "nowhere" / "log.jsonl", case.store)
    assert case.path.read_bytes() == before
    names = {one.name for one in tmp_path.iterdir()}
    assert names - {one for one in names if "case" in one} == {"log.jsonl", "link.jsonl"}
    case.close(backup=False)


def test_a_file_too_large_for_a_log_is_not_read(tmp_path: Path):
    with (tmp_path / "huge.jsonl").open("wb") as file:
        file.truncate(2_000_000_001)
    with pytest.raises(CaseError, match="too large"):
        check_export(tmp_path / "huge.jsonl")


def test_a_case_of_an_officer_alone_is_whole_from_its_first_event_on(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    told: list[object] = []
    assert check_store(case.store, told.append) == []
    assert {one.what for one in told if isinstance(one, Progress)} >= {
        "checking the file",
        "checking the log",
        "checking the findings",
    }
    case.close(backup=False)
