"""The second look in a real case: taken, ruled on, undone, and asked for before a submission."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.demo import Rule, settle_leads
from redactor.app.looking import Dismissal, accept, dismiss, take_second_look
from redactor.app.signoff import submit
from redactor.app.soundness import require_sound
from redactor.case.marks import NewMark
from redactor.errors import Blocked, Cancelled, UsageError
from redactor.events import EventKind
from redactor.jobs import Reading, SegmentBatch, read_whole
from redactor.lifecycle import CaseState
from redactor.model import Action, Span
from redactor.second_look import FILE_NAME, LeadKind
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, REVIEWER, new_case, open_case

_NOTE = "Statement of Mr Zebedee Quillfeather, clerk.\nThe meeting began at ten.\n"
_REPLY = "they wrote to quillfeather again\nand Z. Qui11feather answered.\n"
_SHORT = "Everybody liked Zebedee there.\n"


def take_in(case: Case, path: Path, text: str) -> int:
    """Take in a text as one in which the search found nothing."""
    path.write_text(text, "utf-8")
    number = case.add_file(path)
    assert number is not None
    _, document = read_whole(case.source(number))
    case.begin_reading(number)
    case.keep(number, SegmentBatch(document.segments))
    case.finish_reading(number, Reading(document.sha256, document.format, (), (), ()))
    return number


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Give a case in which one name is redacted where it stands first, and nowhere else."""
    made = new_case(tmp_path / "case.redactor")
    for name, text in (("note.txt", _NOTE), ("reply.txt", _REPLY), ("quillfeather.txt", _SHORT)):
        take_in(made, tmp_path / name, text)
    name = "Zebedee Quillfeather"
    start = _NOTE.index(name)
    where = Span("line:1", start, start + len(name))
    mark = NewMark(where, name, "PERSON", 1.0, "test", "")
    made.begin_reading(1)
    _, document = read_whole(made.source(1))
    made.keep(1, SegmentBatch(document.segments))
    made.store.add_marks(1, [mark])
    made.finish_reading(1, Reading(document.sha256, document.format, (), (), ()))
    made.decide([made.marks()[0].id], Action.REDACT, EXEMPTION, "a private person")
    yield made
    made.close()


def sure(case: Case, lane: Lane) -> list:
    return [one for one in take_second_look(case, lane).waiting if one.lead.is_sure]


def test_what_was_missed_is_found_recorded_and_blocks(case: Case, lane: Lane):
    found = sure(case, lane)
    assert {(one.lead.document, one.lead.place) for one in found} >= {(2, "line:2"), (3, FILE_NAME)}
    look = case.standing().look
    assert look is not None
    assert set(look.sure) == {one.id for one in found}
    (block,) = [one for one in case.blocks() if one.kind == "second-look"]
    assert block.count == len(found)
    assert "found by the second look" in block.message
    for event in case.events():
        assert "uillfeather" not in str(event.body)
    require_sound(case)


def test_nothing_is_submitted_before_every_certain_place_is_ruled_on(case: Case, lane: Lane):
    with pytest.raises(Blocked, match="second look"):
        submit(case, lane)
    assert case.life.state is not CaseState.SUBMITTED
    while found := sure(case, lane):
        accept(case, found)
    submitted = submit(case, lane)
    assert submitted.event.body["second_look"]["sure"] == 0
    assert case.life.state is CaseState.SUBMITTED
    assert all("quillfeather" not in one.name.casefold() for one in submitted.files)
    require_sound(case)


def test_the_sample_s_rules_settle_what_is_certain_and_leave_the_rest(case: Case, lane: Lane):
    reason = "The street is named after him."
    found = sure(case, lane)
    named = next(one for one in found if one.lead.place != FILE_NAME)
    rule = Rule(Action.KEEP, "", reason, (named.lead.text,), frozenset(), frozenset())
    said = settle_leads(case, lane, [rule])
    assert not sure(case, lane)
    assert said.endswith(f"{len(take_second_look(case, lane).waiting)} less sure left as they are")
    ruled = case.standing().leads
    assert ruled[named.id].reason == reason
    assert ruled.keys() >= {one.id for one in found}
    submitted = submit(case, lane)
    assert all("quillfeather" not in one.name.casefold() for one in submitted.files)
    require_sound(case)


def test_a_name_too_short_to_be_searched_for_goes_from_the_file_name_all_the_same(
    case: Case, lane: Lane, tmp_path: Path
):
    while found := sure(case, lane):
        accept(case, found)
    number = take_in(case, tmp_path / "lee.txt", "Nothing of note.\n")
    take_in(case, tmp_path / "other.txt", "Written by Ah Lee himself.\n")
    name = Span("line:1", 11, 17)
    case.mark_spans(number + 1, [(name, "Ah Lee")], Action.REDACT, EXEMPTION, "private")
    chosen = [one for one in take_second_look(case, lane).waiting if one.lead.place == FILE_NAME]
    accept(case, chosen)
    submitted = submit(case, lane)
    assert f"document {number}.txt" in {one.name for one in submitted.files}


def test_accepting_redacts_on_the_ground_of_what_is_near_and_undo_takes_it_back(case, lane):
    (chosen,) = [one for one in sure(case, lane) if one.lead.place == "line:2"]
    (change,) = accept(case, [chosen])
    (mark,) = change.made
    decision = case.standing().decisions[mark.id]
    assert (decision.action, decision.exemption) == (Action.REDACT, EXEMPTION)
    assert mark.by_hand
    assert chosen.id in case.standing().leads
    case.undo()
    assert mark.id not in case.standing().decisions
    assert chosen.id not in case.standing().leads
    case.redo()
    assert chosen.id in case.standing().leads


def test_a_dismissal_holds_when_it_is_looked_again_and_can_be_undone(case: Case, lane: Lane):
    found = [one for one in sure(case, lane) if one.lead.kind is LeadKind.VARIANT]
    dismiss(case, found, Dismissal.ANOTHER, "A namesake in the other office.")
    again = {one.id: one for one in take_second_look(case, lane).found}
    assert all(again[one.id].ruling is not None for one in found)
    assert {again[one.id].ruling.category for one in found} == {"another-person"}
    assert not {one.id for one in found} & {one.id for one in sure(case, lane)}
    require_sound(case)
    while case.standing().leads:
        case.undo()
    assert {one.id for one in found} <= {one.id for one in sure(case, lane)}


def test_a_dismissal_takes_a_submission_away_and_looking_does_not(case: Case, lane: Lane):
    while found := sure(case, lane):
        accept(case, found)
    submit(case, lane)
    take_second_look(case, lane)
    assert case.life.state is CaseState.SUBMITTED
    others = take_second_look(case, lane).waiting
    if others:
        dismiss(case, others[:1], Dismissal.HARMLESS)
        assert case.life.state is CaseState.IN_REVIEW


def test_dismissing_the_very_words_keeps_that_place(case: Case, lane: Lane, tmp_path: Path):
    take_in(case, tmp_path / "third.txt", "Zebedee Quillfeather is a character in a novel.\n")
    (same,) = [one for one in sure(case, lane) if one.lead.kind is LeadKind.SAME_WORDS]
    dismiss(case, [same], Dismissal.ANOTHER)
    assert case.events()[-1].kind is EventKind.DECIDED
    assert case.events()[-1].body["action"] == Action.KEEP
    again = [one for one in take_second_look(case, lane).found if one.id == same.id]
    assert [one.lead.kind for one in again] == [LeadKind.UNEVEN]
    assert not again[0].waits
    while found := sure(case, lane):
        accept(case, found)
    submit(case, lane)
    assert case.life.state is CaseState.SUBMITTED, "it was kept, so the gate lets it stand there"


def test_another_reason_needs_words_and_a_whole_document_cannot_be_accepted(case, lane):
    found = sure(case, lane)
    with pytest.raises(UsageError, match="needs words"):
        dismiss(case, found, Dismissal.OTHER, " ")
    with pytest.raises(UsageError, match="chosen"):
        accept(case, [])


def test_it_can_be_stopped_and_then_nothing_is_recorded(case: Case, lane: Lane):
    def stop(_: object) -> None:
        raise Cancelled

    before = len(case.events())
    with Lane() as fresh, pytest.raises(Cancelled):  # its worker has to start first
        take_second_look(case, fresh, stop)
    assert len(case.events()) == before


def test_who_only_looks_at_a_case_sees_it_and_records_nothing(case, lane, tmp_path: Path):
    path = case.path
    case.close()
    looked = open_case(path, None)
    try:
        found = take_second_look(looked, lane)
        assert not found.is_recorded
        assert found.waiting
        looked.work_as(None)
    finally:
        looked.close()


def test_a_reviewer_who_looks_again_did_not_prepare_the_case(case: Case, lane: Lane):
    case.work_as(REVIEWER)
    take_second_look(case, lane)
    assert REVIEWER.fingerprint not in case.life.preparers


def test_what_was_decided_and_undone_since_lets_nothing_past_the_second_look(
    case: Case, lane: Lane
):
    assert sure(case, lane)
    place = [(Span("line:2", 4, 11), "meeting")]
    case.mark_spans(1, place, Action.REDACT, EXEMPTION, "why")
    case.undo()
    with pytest.raises(Blocked, match="second look"):
        submit(case, lane)
    assert case.life.state is not CaseState.SUBMITTED
