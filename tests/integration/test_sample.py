"""The re-check sample in a real case: drawn by lot, read by the reviewer, and certified."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.sample import answer, take_sample
from redactor.app.signoff import approve, release, send_back, submit
from redactor.app.soundness import require_sound, submitted_otherwise
from redactor.case.check_rules import broken_rules
from redactor.case.signing import new_signer
from redactor.errors import CheckFailed, NotAllowed, UsageError
from redactor.events import EventKind
from redactor.jobs import Reading, SegmentBatch, read_whole
from redactor.lifecycle import CaseState
from redactor.model import Action, Role, Span
from redactor.release.certificate import check_release
from redactor.sampling import lot_message
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, OFFICER, REVIEWER, new_case

_LINE = "The committee met at ten and talked of the roof of the hall at some length. "


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    """Give a submitted case of two texts and a table, in the hands of its reviewer."""
    made = new_case(tmp_path / "case.redactor")
    lines = [f"{number}. {_LINE * 6}" for number in range(90)]
    table = "".join(f"{row},{_LINE.strip()}\n" for row in range(60))
    lines[0] = f"1. Zebedee Quillfeather, {_LINE * 6}"
    files = {"first.txt": "\n".join(lines), "second.txt": _LINE * 9, "rows.csv": table}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        number = made.add_file(tmp_path / name)
        assert number is not None
        _, document = read_whole(made.source(number))
        made.begin_reading(number)
        made.keep(number, SegmentBatch(document.segments))
        made.finish_reading(number, Reading(document.sha256, document.format, (), (), ()))
    name = (Span("line:1", 3, 23), "Zebedee Quillfeather")
    made.mark_spans(1, [name], Action.REDACT, EXEMPTION, "why")
    submit(made, lane)
    made.work_as(REVIEWER)
    yield made
    made.close()


def read_all(case: Case, lane: Lane, missed: dict[int, int] | None = None) -> None:
    """Have the reviewer answer every passage; ``missed`` gives how many, by position."""
    for at, one in enumerate(take_sample(case, lane).passages):
        answer(case, one.number, (missed or {}).get(at, 0), "a name in the second line")


def test_a_sample_of_59_is_drawn_from_what_would_be_released(case: Case, lane: Lane):
    sample = take_sample(case, lane)
    assert len(sample.passages) == 59
    assert {one.file for one in sample.passages} >= {"first.txt", "rows.csv"}
    assert take_sample(case, lane) == sample, "asking again draws nothing anew"
    drawn = [one for one in case.events() if one.kind is EventKind.SAMPLE_DRAWN]
    assert len(drawn) == 1
    assert drawn[0].body["frame"] == sample.units
    assert all(40 <= len(" ".join(one.pieces).split()) <= 120 for one in sample.passages)
    texts = [" ".join(one.pieces) for one in sample.passages]
    assert not any("Quillfeather" in one for one in texts), "it is shown as it would leave"


def test_an_approval_says_what_the_sample_showed_and_the_release_holds(
    case: Case, lane: Lane, tmp_path: Path
):
    read_all(case, lane)
    approve(case, lane)
    release(case, tmp_path / "release")
    certificate = json.loads((tmp_path / "release" / "certificate.json").read_bytes())
    sample = certificate["sample"]
    assert (sample["drawn"], sample["looked_at"], sample["missed_units"]) == (59, 59, 0)
    assert (sample["high"], sample["most"]) == (607, 496)
    assert certificate["second_look"]["sure"] == 0
    assert check_release(tmp_path / "release") == []
    require_sound(case)


def test_approving_without_a_sample_says_that_none_was_taken(case, lane, tmp_path: Path):
    approve(case, lane)
    release(case, tmp_path / "release")
    certificate = json.loads((tmp_path / "release" / "certificate.json").read_bytes())
    assert certificate["sample"] == {}


def test_a_miss_bars_the_approval_and_the_last_answer_sends_the_case_back(case: Case, lane: Lane):
    passages = take_sample(case, lane).passages
    answer(case, passages[4].number, 2, "a name in the second line")
    with pytest.raises(NotAllowed, match="missed"):
        approve(case, lane)
    for one in passages:
        if one.number != passages[4].number:
            answer(case, one.number, 0)
    assert case.life.state is CaseState.RETURNED
    assert case.life.returned is not None
    said = case.life.returned.body["reason"]
    assert "2 places that were missed" in said
    assert f"passage {passages[4].number + 1}: 2 – a name in the second line" in said
    require_sound(case)


def test_the_next_submission_has_another_lot_and_tells_of_the_earlier_sample(case, lane):
    first = [one.number for one in take_sample(case, lane).passages]
    read_all(case, lane, {0: 1})
    case.work_as(OFFICER)
    case.decide([case.marks()[0].id], Action.REDACT, EXEMPTION, "for another reason")
    submit(case, lane)
    case.work_as(REVIEWER)
    assert [one.number for one in take_sample(case, lane).passages] != first
    read_all(case, lane)
    approved = approve(case, lane)
    (earlier,) = approved.body["sample"]["earlier"]
    assert (earlier["looked_at"], earlier["missed_units"]) == (59, 1)


def test_an_answer_can_be_corrected_before_the_case_is_approved(case: Case, lane: Lane):
    (first, *rest) = take_sample(case, lane).passages
    answer(case, first.number, 1)
    answer(case, first.number, 0)
    for one in rest:
        answer(case, one.number, 0)
    approve(case, lane)
    assert case.life.state is CaseState.APPROVED


def test_whoever_prepared_the_case_draws_and_answers_nothing(case: Case, lane: Lane):
    case.work_as(OFFICER)
    with pytest.raises(NotAllowed):
        take_sample(case, lane)
    case.work_as(REVIEWER)
    passages = take_sample(case, lane).passages
    case.work_as(OFFICER)
    with pytest.raises(NotAllowed):
        answer(case, passages[0].number, 0)
    case.work_as(REVIEWER)
    with pytest.raises(NotAllowed, match="not one of the sample"):
        answer(case, 10**6, 0)


def test_nothing_submitted_is_nothing_to_draw_from(case: Case, lane: Lane):
    send_back(case, "Once more.")
    with pytest.raises(NotAllowed, match="Nothing is submitted"):
        take_sample(case, lane)


def test_a_sample_that_somebody_chose_is_not_signed(case: Case, lane: Lane):
    submitted = case.life.submission
    assert submitted is not None
    units = take_sample_size(case, lane)
    lot = REVIEWER.sign(lot_message(submitted.digest, submitted.body["manifest"])).hex()
    chosen = {"submission": submitted.seq, "frame": units, "units": list(range(59)), "lot": lot}
    case.record_change(EventKind.SAMPLE_DRAWN, chosen)
    for unit in range(59):
        answer(case, unit, 0)
    with pytest.raises(CheckFailed, match="lot"):
        approve(case, lane)


@pytest.mark.parametrize("way", ["of-officer", "of-another-submission", "chosen", "none"])
def test_a_lot_that_the_reviewer_did_not_sign_for_this_submission_is_caught(
    case: Case, lane: Lane, way: str
):
    submitted = case.life.submission
    assert submitted is not None
    message = lot_message(submitted.digest, submitted.body["manifest"])
    lots = {
        "of-officer": OFFICER.sign(message),
        "of-another-submission": REVIEWER.sign(lot_message("ab" * 32, "cd" * 32)),
        "chosen": bytes(64),
        "none": b"",
    }
    take_sample_with(case, lane, lots[way])
    with pytest.raises(CheckFailed, match="lot"):
        take_sample(case, lane)
    assert [one.kind for one in broken_rules(case.events())] == ["chosen-sample"]
    with pytest.raises(CheckFailed, match="lot"):
        approve(case, lane)


def take_sample_with(case: Case, lane: Lane, lot: bytes) -> None:
    """Put a sample into the log that was drawn with some lot, past the program."""
    from redactor.app import sample
    from redactor.model import quiet

    files = sample._files_of(case, lane, quiet)
    submitted = case.life.submission
    assert submitted is not None
    units = sample._drawn_with(lot, files)
    frame = sample._frame_of(files)
    body = {"submission": submitted.seq, "frame": frame, "units": list(units), "lot": lot.hex()}
    case.record_change(EventKind.SAMPLE_DRAWN, body)


def test_a_sample_with_a_passage_twice_or_of_a_few_is_refused(case: Case, lane: Lane):
    submitted = case.life.submission
    assert submitted is not None
    units = take_sample_size(case, lane)
    for chosen in ([0] * 59, [0], list(range(units, units + 59)), 7, ["0"] * 59):
        body = {"submission": submitted.seq, "frame": units, "units": chosen, "lot": ""}
        with pytest.raises(NotAllowed):
            case.record_change(EventKind.SAMPLE_DRAWN, body)


def test_a_miss_cannot_be_taken_back_by_another_reviewer(case: Case, lane: Lane):
    passages = take_sample(case, lane).passages
    answer(case, passages[0].number, 1)
    second = new_signer("Nesta Brightwater", Role.REVIEWER)
    case.work_as(OFFICER)
    case.invite(second.fingerprint, second.name, Role.REVIEWER)
    case.work_as(second)
    with pytest.raises(NotAllowed, match="Another reviewer"):
        answer(case, passages[0].number, 0)


def take_sample_size(case: Case, lane: Lane) -> int:
    """Count the units without drawing."""
    from redactor.app import sample
    from redactor.model import quiet

    return sum(len(one.units) for one in sample._files_of(case, lane, quiet))


def test_a_release_without_text_has_nothing_to_draw_from(tmp_path: Path, lane: Lane):
    made = new_case(tmp_path / "empty.redactor")
    (tmp_path / "blank.txt").write_text("\n\n", "utf-8")
    number = made.add_file(tmp_path / "blank.txt")
    assert number is not None
    _, document = read_whole(made.source(number))
    made.begin_reading(number)
    made.keep(number, SegmentBatch(document.segments))
    made.finish_reading(number, Reading(document.sha256, document.format, (), (), ()))
    submit(made, lane)
    made.work_as(REVIEWER)
    with pytest.raises(UsageError, match="no text"):
        take_sample(made, lane)
    made.close()


def test_a_log_that_tells_of_another_second_look_is_caught(case: Case):
    from dataclasses import replace

    events = list(case.events())
    assert submitted_otherwise(events) == []
    at = next(n for n, one in enumerate(events) if one.kind is EventKind.SUBMITTED)
    told = {**events[at].body["second_look"], "others": 7}
    events[at] = replace(events[at], body={**events[at].body, "second_look": told})
    assert [one.kind for one in submitted_otherwise(events)] == ["wrong-second-look"]
