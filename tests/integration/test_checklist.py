"""The Commissioner's checklist: answered by people in the log, shown by the program, certified."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from redactor import review
from redactor.app.case import Case
from redactor.app.checklist import answer_point, checklist_lines, open_points, told_open
from redactor.app.reading import read_documents
from redactor.app.signoff import approve, release, submit
from redactor.app.soundness import submitted_otherwise
from redactor.errors import Blocked, CheckFailed, NotAllowed, UsageError
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, PointAnswer
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, OFFICER, REVIEWER, approve_as_reviewer, new_case

_REMARK = "Two of the team begin their training in March."
_KEYS = (
    "policies-disclosing",
    "duties",
    "training-disclosing",
    "trained-staff",
    "circumstances",
)


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor")) as made:
        made.add_bytes("minutes.txt", b"The panel met on Monday.\nZebedee Marl spoke.\n")
        read_documents(made, lane)
        ids = [one.id for one in made.marks()]
        made.decide(ids, Action.REDACT, EXEMPTION, "They would not expect to be named.")
        yield made


def _released(case: Case, lane: Lane, folder: Path) -> dict[str, dict[str, str]]:
    approve_as_reviewer(case, lane)
    release(case, folder)
    certificate = json.loads((folder / "certificate.json").read_bytes())
    return {one["point"]: one for one in certificate["checklist"]}


def test_an_answer_stands_with_who_gave_it_and_undo_takes_it_back(case: Case) -> None:
    answer_point(case, "policies-disclosing", PointAnswer.YES)
    answer_point(case, "training-disclosing", PointAnswer.NO, f"  {_REMARK} ")
    tick = case.standing().ticks["training-disclosing"]
    assert (tick.answer, tick.remark, tick.actor) == (PointAnswer.NO, _REMARK, OFFICER.name)
    answer_point(case, "training-disclosing", PointAnswer.YES)
    case.undo()
    assert case.standing().ticks["training-disclosing"].answer is PointAnswer.NO
    case.undo()
    assert set(case.standing().ticks) == {"policies-disclosing"}
    case.redo()
    assert case.standing().ticks["training-disclosing"].remark == _REMARK


def test_a_case_without_answers_has_the_digest_it_had_before_there_were_any(case: Case) -> None:
    bare = review.digest_of(case.standing())
    assert bare == review.digest_of(replace(case.standing(), ticks={}))
    answer_point(case, "policies-disclosing", PointAnswer.YES)
    assert review.digest_of(case.standing()) != bare
    case.undo()
    assert review.digest_of(case.standing()) == bare


@pytest.mark.parametrize(
    ("key", "answer", "remark", "words"),
    [
        ("training-disclosing", PointAnswer.NO, " ", "bare no"),
        ("training-disclosing", PointAnswer.YES, "x" * 1001, "at most 1,000"),
        ("no-such", PointAnswer.YES, "", "no line of that key"),
        ("integrity", PointAnswer.YES, "", "answered by the program"),
    ],
)
def test_what_is_no_answer_is_refused(
    case: Case, key: str, answer: PointAnswer, remark: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        answer_point(case, key, answer, remark)
    assert "Nothing was recorded" in caught.value.user_message
    assert not case.standing().ticks


def test_only_officers_answer(case: Case) -> None:
    case.work_as(REVIEWER)
    with pytest.raises(NotAllowed, match="officer"):
        answer_point(case, "policies-disclosing", PointAnswer.YES)


def test_what_nobody_answered_holds_nothing_up_and_the_certificate_says_so(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    assert [one.key for one in open_points(case.standing())] == list(_KEYS)
    submitted = submit(case, lane)
    assert any("5 are not answered" in one for one in submitted.notes)
    listed = _released(case, lane, tmp_path / "out")
    assert {key: one["answer"] for key, one in listed.items()} == dict.fromkeys(_KEYS, "")


def test_the_certificate_gives_each_answer_with_name_date_and_remark(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    for key in _KEYS:
        answer_point(case, key, PointAnswer.YES)
    answered = answer_point(case, "training-disclosing", PointAnswer.NO, _REMARK).event
    assert told_open(case.standing()) == ()
    submit(case, lane)
    listed = _released(case, lane, tmp_path / "out")
    assert listed["policies-disclosing"]["answer"] == "yes"
    told = {name: listed["training-disclosing"][name] for name in ("answer", "remark", "by", "at")}
    assert told == {"answer": "no", "remark": _REMARK, "by": OFFICER.name, "at": answered.at}


def test_an_answer_after_the_submission_takes_it_away(case: Case, lane: Lane) -> None:
    submit(case, lane)
    answer_point(case, "policies-disclosing", PointAnswer.YES)
    assert case.life.state is CaseState.IN_REVIEW
    assert case.life.voided is not None
    assert case.life.voided.by.kind is EventKind.CHECKLIST_ANSWERED


@pytest.mark.parametrize("quoted", ["Zebedee Marl", "Mr Marl"])
def test_a_remark_that_quotes_what_is_withheld_stops_the_submission(
    case: Case, lane: Lane, quoted: str
) -> None:
    answer_point(case, "training-disclosing", PointAnswer.YES, f"As {quoted} asked.")
    with pytest.raises(Blocked, match="quotes something that is withheld") as caught:
        submit(case, lane)
    assert "Marl" not in caught.value.user_message
    assert "Staff are trained" in caught.value.user_message
    answer_point(case, "training-disclosing", PointAnswer.YES, "Last in March.")
    submit(case, lane)
    case.work_as(REVIEWER)
    approve(case, lane)
    assert case.life.state is CaseState.APPROVED


def test_the_program_shows_evidence_with_what_it_counted_once_submitted(
    case: Case, lane: Lane
) -> None:
    before = {one.point.key: one.evidence for one in checklist_lines(case)}
    assert "checks by" not in before["secure-redaction"]
    assert all(bool(before[one]) == (one not in _KEYS) for one in before)
    submit(case, lane)
    after = {one.point.key: one.evidence for one in checklist_lines(case)}
    assert "checks by" in after["secure-redaction"]
    assert "1 prepared it; it is not approved" in after["oversight"]


def test_a_log_that_tells_of_other_answers_is_caught(case: Case, lane: Lane) -> None:
    answer_point(case, "training-disclosing", PointAnswer.NO, _REMARK)
    submit(case, lane)
    events = list(case.events())
    assert submitted_otherwise(events) == []
    at = next(n for n, one in enumerate(events) if one.kind is EventKind.SUBMITTED)
    told = [{**one, "answer": "yes"} for one in events[at].body["checklist"]]
    events[at] = replace(events[at], body={**events[at].body, "checklist": told})
    assert [one.kind for one in submitted_otherwise(events)] == ["wrong-checklist"]


def _workbook_with_a_hidden_sheet() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Year", "Complaints"])
    workbook.active.append([2025, 214])
    aside = workbook.create_sheet("Earlier")
    aside.sheet_state = "veryHidden"
    aside.append([2019, 187])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


@pytest.fixture
def with_hidden_content(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "b.redactor")) as made:
        made.add_bytes("complaints.xlsx", _workbook_with_a_hidden_sheet())
        made.add_bytes("minutes.txt", b"The panel met.\n")
        read_documents(made, lane)
        if ids := [one.id for one in made.marks()]:
            made.decide(ids, Action.KEEP, "", "Years and counts name nobody.")
        yield made


def test_what_is_not_seen_in_the_originals_is_counted_as_evidence(
    with_hidden_content: Case, lane: Lane
) -> None:
    case = with_hidden_content
    pieces = sum(one.hidden is not None for one in case.segments(1))
    assert pieces > 0
    told = submit(case, lane).event.body["hidden"]
    assert told == {"documents": 1, "pieces": pieces, "spreadsheets": 1, "sheet_pieces": pieces}
    shown = {one.point.key: one.evidence for one in checklist_lines(case)}
    counted = f"{pieces:,} pieces were found in 1 spreadsheet, and none was carried over."
    assert shown["hidden-data"].endswith(counted)
    assert shown["unread-parts"].endswith("There was none.")


def test_a_reviewer_s_program_counts_hidden_content_for_itself(
    with_hidden_content: Case, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = with_hidden_content
    nothing = dict.fromkeys(("documents", "pieces", "spreadsheets", "sheet_pieces"), 0)
    with monkeypatch.context() as patched:
        patched.setattr("redactor.app.signoff.hidden_counts", lambda *_: nothing)
        submit(case, lane)
    case.work_as(REVIEWER)
    with pytest.raises(CheckFailed, match="tells otherwise of hidden content"):
        approve(case, lane)
