"""Submitting, returning, approving and releasing: two people, and exactly the bytes they signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.reading import read_documents
from redactor.app.signoff import approve, release, send_back, submit
from redactor.case.signing import new_signer
from redactor.case.store import Author
from redactor.errors import Blocked, CheckFailed, NotAllowed, UsageError
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Role
from redactor.release.certificate import check_release
from redactor.workers import Lane
from tests.case_kit import (
    EXEMPTION,
    OBSERVER,
    OFFICER,
    REVIEWER,
    approve_as_reviewer,
    new_case,
    open_case,
    release_case,
)

_TEXT = "Statement of Mr Zebedee Quillfeather.\nThe meeting began at ten.\n"


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    """Give a case in which everything is decided."""
    draft = tmp_path / "note.txt"
    draft.write_text(_TEXT, "utf-8")
    made = new_case(tmp_path / "case.redactor")
    made.add_file(draft)
    read_documents(made, lane)
    decide_all(made)
    yield made
    made.close()


def decide_all(case: Case) -> None:
    ids = [mark.id for mark in case.marks() if mark.hidden is None]
    case.decide(ids, Action.REDACT, EXEMPTION, "it identifies a living person")


def test_a_release_is_exactly_what_was_submitted_with_its_certificate(
    case: Case, lane: Lane, tmp_path: Path
):
    submitted, released = release_case(case, lane, tmp_path / "release")
    assert case.life.state is CaseState.RELEASED
    there = {file.name: file.read_bytes() for file in (tmp_path / "release").iterdir()}
    kept = {one.name: one.data for one in case.store.files.of_event(submitted.event.seq)}
    assert set(there) == {*kept, "certificate.json", "certificate.pdf"}
    assert all(there[name] == data for name, data in kept.items())
    assert {one.name for one in released.files} == set(there)
    assert b"Quillfeather" not in there["note.txt"]
    assert check_release(tmp_path / "release") == []


def test_the_certificate_says_who_prepared_and_who_approved(case: Case, lane: Lane, tmp_path: Path):
    release_case(case, lane, tmp_path / "release")
    certificate = json.loads((tmp_path / "release" / "certificate.json").read_bytes())
    assert [one["name"] for one in certificate["prepared_by"]] == [OFFICER.name]
    assert certificate["approved_by"]["name"] == REVIEWER.name
    assert certificate["approved_by"]["fingerprint"] == REVIEWER.fingerprint
    assert certificate["case"]["ref"] == "MC/1"
    assert certificate["versions"]["pikepdf"]


def test_who_prepared_a_case_cannot_approve_it(case: Case, lane: Lane):
    submit(case, lane)
    with pytest.raises(NotAllowed, match="Only a reviewer"):
        approve(case, lane)
    case.work_as(REVIEWER)
    case.comment(case.marks()[0].id, "Why is this withheld?")
    approve(case, lane)
    assert case.life.state is CaseState.APPROVED, "a comment does not make one a preparer"


def test_a_reviewer_who_changed_one_decision_cannot_approve(case: Case, lane: Lane):
    case.work_as(REVIEWER)
    case.decide([case.marks()[0].id], Action.KEEP, "", "they are a public official")
    case.work_as(OFFICER)
    submit(case, lane)
    case.work_as(REVIEWER)
    with pytest.raises(NotAllowed, match="cannot approve"):
        approve(case, lane)
    assert case.life.state is CaseState.SUBMITTED


def test_nobody_approves_who_was_not_introduced_or_only_looks_on(case: Case, lane: Lane):
    case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    submit(case, lane)
    for signer in (OBSERVER, new_signer("A Stranger", Role.REVIEWER), None):
        case.work_as(signer)
        with pytest.raises(NotAllowed):
            approve(case, lane)


def test_nothing_is_released_before_it_is_approved(case: Case, lane: Lane, tmp_path: Path):
    with pytest.raises(NotAllowed, match="not approved"):
        release(case, tmp_path / "release")
    submit(case, lane)
    with pytest.raises(NotAllowed, match="not approved"):
        release(case, tmp_path / "release")
    assert not (tmp_path / "release").exists()


def test_a_change_after_approval_takes_it_away_and_nothing_is_released(
    case: Case, lane: Lane, tmp_path: Path
):
    submit(case, lane)
    approve_as_reviewer(case, lane)
    case.undo()
    assert case.life.voided is not None
    assert case.life.voided.what == "approval"
    with pytest.raises(NotAllowed, match="not approved"):
        release(case, tmp_path / "release")


def test_a_returned_case_carries_its_comments_and_is_submitted_again(case: Case, lane: Lane):
    submit(case, lane)
    case.work_as(REVIEWER)
    mark = case.marks()[0].id
    send_back(case, "One name is missing.", [(mark, "See line 2.")])
    assert case.life.state is CaseState.RETURNED
    assert [(one.mark, one.text) for one in case.comments()] == [(mark, "See line 2.")]
    case.work_as(OFFICER)
    decide_all(case)
    submit(case, lane)
    assert case.life.state is CaseState.SUBMITTED


def test_returning_needs_words(case: Case, lane: Lane):
    submit(case, lane)
    case.work_as(REVIEWER)
    with pytest.raises(UsageError, match="needs a reason"):
        send_back(case, " ")


def test_a_candidate_of_which_one_byte_was_changed_is_not_released(
    case: Case, lane: Lane, tmp_path: Path
):
    submitted = submit(case, lane)
    approve_as_reviewer(case, lane)
    one = next(file for file in submitted.files if file.name == "note.txt")
    with case.store.vault.change() as link:
        (data,) = link.execute("SELECT data FROM blobs WHERE sha256 = ?", (one.sha256,)).fetchone()
        changed = bytes([data[0] ^ 1]) + data[1:]
        link.execute("UPDATE blobs SET data = ? WHERE sha256 = ?", (changed, one.sha256))
    with pytest.raises(CheckFailed, match="Nothing was"):
        release(case, tmp_path / "release")
    assert not (tmp_path / "release").exists()


def test_an_approval_written_into_the_file_by_the_preparer_lets_nothing_out(
    case: Case, lane: Lane, tmp_path: Path
):
    """The officer has the passphrase and edits the case: every way in ends at the same rule."""
    submitted = submit(case, lane).event
    body = {
        "submission": submitted.seq,
        "manifest": submitted.body["manifest"],
        "decisions": submitted.body["decisions"],
        "head": submitted.digest,
        "roster": "",
    }
    case.store.record(EventKind.APPROVED, body)
    path = case.path
    case.close(backup=False)
    again = open_case(path)
    assert again.life.state is CaseState.SUBMITTED
    with pytest.raises(NotAllowed, match="not approved"):
        release(again, tmp_path / "release")
    again.work_as(REVIEWER)
    with pytest.raises(CheckFailed, match="does not agree with its log"):
        approve(again, lane)
    again.close()


def test_an_edited_log_is_neither_submitted_nor_approved(case: Case, lane: Lane):
    with case.store.vault.change() as link:
        link.execute("DROP TRIGGER events_are_never_changed")
        link.execute("UPDATE events SET actor = ? WHERE kind = 'decided'", (REVIEWER.name,))
    with pytest.raises(CheckFailed, match="does not agree with its log"):
        submit(case, lane)


def test_a_roster_decides_who_may_be_introduced_and_approve(
    case: Case, lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    submit(case, lane)
    roster = tmp_path / "roster.toml"
    monkeypatch.setenv("REDACTOR_ROSTER", str(roster))
    entry = '[[reviewer]]\nname = "{}"\nfingerprint = "{}"\n'
    other = new_signer("Elowen Hart", Role.REVIEWER)
    roster.write_text(entry.format(other.name, other.fingerprint), "utf-8")
    case.work_as(REVIEWER)
    with pytest.raises(NotAllowed, match="list of reviewers"):
        approve(case, lane)
    case.work_as(OFFICER)
    stranger = new_signer("Cador Penhale", Role.REVIEWER)
    with pytest.raises(NotAllowed, match="list of reviewers"):
        case.invite(stranger.fingerprint, stranger.name, Role.REVIEWER)
    case.invite(other.fingerprint, other.name, Role.REVIEWER)
    case.work_as(other)
    event = approve(case, lane)
    assert len(event.body["roster"]) == 64


def test_a_ruling_that_quotes_what_is_withheld_stops_the_submission(tmp_path: Path, lane: Lane):
    (tmp_path / "note.txt").write_text(_TEXT, "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"")
    case = new_case(tmp_path / "case.redactor")
    for name in ("note.txt", "broken.pdf"):
        case.add_file(tmp_path / name)
    read_documents(case, lane)
    decide_all(case)
    (block,) = case.blocks()
    assert (block.kind, block.document) == ("unreadable", 2)
    from redactor.model import Ruling

    case.rule(2, "", Ruling.LEAVE_OUT, "It is the scan of Mr Quillfeather's statement.")
    with pytest.raises(Blocked, match="quotes something that is withheld") as caught:
        submit(case, lane)
    assert "Quillfeather" not in caught.value.user_message
    case.rule(2, "", Ruling.LEAVE_OUT, "It is an empty file.")
    _, released = release_case(case, lane, tmp_path / "release")
    certificate = json.loads((released.folder / "certificate.json").read_bytes())
    assert [(one["document"], one["reason"]) for one in certificate["rulings"]] == [
        (2, "It is an empty file.")
    ]
    case.close()


def test_a_second_submission_lets_go_of_files_that_nobody_approved(case: Case, lane: Lane):
    first = submit(case, lane)
    case.undo()
    decide_all(case)
    second = submit(case, lane)
    assert case.store.files.of_event(first.event.seq) == ()
    assert len(case.store.files.of_event(second.event.seq)) == len(second.files)
    approve_as_reviewer(case, lane)
    case.undo()
    decide_all(case)
    submit(case, lane)
    assert len(case.store.files.of_event(second.event.seq)) == len(second.files), (
        "approved files stay"
    )


def test_a_release_goes_into_a_folder_of_its_own(case: Case, lane: Lane, tmp_path: Path):
    submit(case, lane)
    approve_as_reviewer(case, lane)
    full = tmp_path / "full"
    full.mkdir()
    (full / "other.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="not empty"):
        release(case, full)
    assert [file.name for file in full.iterdir()] == ["other.txt"]
    release(case, tmp_path / "release")
    again = release(case, tmp_path / "again")
    assert {one.sha256 for one in again.files} == {
        event["sha256"] for event in case.events()[-2].body["files"]
    }


def test_a_decision_that_an_observer_wrote_into_the_file_counts_for_nothing(case: Case):
    case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    ids = [mark.id for mark in case.marks()]
    case.store.author = Author(OBSERVER, OBSERVER.name)
    body = {"action": "keep", "exemption": "", "reason": "let it out", "marks": ids}
    case.store.record(EventKind.DECIDED, body)
    path = case.path
    case.close(backup=False)
    again = open_case(path)
    assert {one.action for one in again.standing().decisions.values()} == {Action.REDACT}
    again.close()


def test_what_was_submitted_after_the_reviewer_was_shown_it_is_not_signed(case: Case, lane: Lane):
    shown = submit(case, lane).event.digest
    case.undo()
    case.redo()
    submitted = submit(case, lane).event
    case.work_as(REVIEWER)
    with pytest.raises(NotAllowed, match="not what is submitted now"):
        approve(case, lane, shown=shown)
    assert case.life.state is CaseState.SUBMITTED
    approve(case, lane, shown=submitted.digest)
    assert case.life.state is CaseState.APPROVED
