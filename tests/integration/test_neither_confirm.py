"""What is neither confirmed nor denied: nothing that goes out may say that it is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.justifying import justify
from redactor.app.reading import read_documents
from redactor.app.requests import record_request
from redactor.app.signoff import release, submit
from redactor.errors import Blocked, UsageError
from redactor.law.request import Question, Request, Stance
from redactor.model import Action
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, approve_as_reviewer, new_case

NEITHER = "s40(5B)(a)(i)"
_FILES = {
    "minutes.txt": b"The panel met on Monday.\nZebedee Marl spoke.\n",
    "Custody of Osric Penhale.txt": b"Osric Penhale was held from nine o'clock.\n",
    "costs.txt": b"The review cost 400 pounds.\nMarigold Thrupp paid.\n",
}


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor")) as made:
        for name, data in _FILES.items():
            made.add_bytes(name, data)
        read_documents(made, lane)
        yield made


def _neither(case: Case) -> int:
    change = justify(case, NEITHER, {}, reason="To say whether there is any would tell who it is.")
    return int(change.event.body["justification"])


def _ask(case: Case, *questions: Question) -> None:
    record_request(case, Request(questions))


def _decide_all(case: Case, but: int = 0) -> None:
    ids = [one.id for one in case.marks() if one.document != but and one.hidden is None]
    case.decide(ids, Action.REDACT, EXEMPTION, "They would not expect to be named.")


def test_a_document_that_would_confirm_is_in_no_file_row_name_or_gap(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _ask(
        case,
        Question("What did the panel say?", documents=(1, 3)),
        Question(
            "Was he in custody?", Stance.NEITHER, documents=(2,), justification=_neither(case)
        ),
    )
    _decide_all(case, but=2)
    assert not case.blocks()
    submit(case, lane)
    approve_as_reviewer(case, lane)
    released = release(case, tmp_path / "out")
    assert {one.name for one in released.files} >= {"minutes.txt", "costs.txt"}
    for path in (tmp_path / "out").iterdir():
        assert "Osric" not in path.name
        assert b"Osric" not in path.read_bytes()
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert [one["document"] for one in manifest["sources"]] == [1, 2]
    rows = (tmp_path / "out" / "schedule.csv").read_text("utf-8-sig")
    assert ",3," not in rows
    certificate = json.loads((tmp_path / "out" / "certificate.json").read_text("utf-8"))
    body = certificate["submitted"]["body"]
    assert [one["document"] for one in body["forms"]] == [1, 2]
    assert body["documents"] == 2


def test_findings_in_a_document_that_is_held_back_wait_for_nobody(case: Case) -> None:
    _ask(
        case, Question("Was he held?", Stance.NEITHER, documents=(2,), justification=_neither(case))
    )
    _decide_all(case, but=2)
    assert not case.blocks()


def test_the_name_of_a_document_that_is_held_back_is_searched_for(case: Case, lane: Lane) -> None:
    number = case.add_bytes("tasks of the week.txt", b"Nothing much.\n")
    case.add_bytes("index.txt", b"See tasks of the week.txt for more.\n")
    read_documents(case, lane)
    assert number is not None
    asked = Question(
        "Is there one?", Stance.NEITHER, documents=(2, number), justification=_neither(case)
    )
    _ask(case, asked)
    _decide_all(case)
    with pytest.raises(Blocked, match="where nobody has decided"):
        submit(case, lane)


def test_a_document_that_answers_another_question_too_blocks_the_release(case: Case) -> None:
    _ask(
        case,
        Question("What did the panel say?", documents=(1, 2)),
        Question("Was he held?", Stance.NEITHER, documents=(2,), justification=_neither(case)),
    )
    found = [one for one in case.blocks() if one.kind == "neither-confirm"]
    assert [one.document for one in found] == [2]
    assert "question 1" in found[0].message


def test_neither_confirming_nor_denying_needs_a_limb_for_it(case: Case) -> None:
    _ask(case, Question("Was he held?", Stance.NEITHER, documents=(2,)))
    assert "neither-confirm" in {one.kind for one in case.blocks()}
    other = justify(case, EXEMPTION, {}, reason="Personal data.").event.body["justification"]
    with pytest.raises(UsageError, match="not a limb for neither"):
        _ask(case, Question("Was he held?", Stance.NEITHER, justification=other))


def test_a_case_that_neither_confirms_nor_denies_releases_no_document_at_all(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    record_request(
        case,
        Request((Question("Was he held?"),), stance=Stance.NEITHER, justification=_neither(case)),
    )
    assert not case.blocks()
    submit(case, lane)
    approve_as_reviewer(case, lane)
    release(case, tmp_path / "out")
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert not names & set(_FILES)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["sources"] == []


def test_an_answer_in_a_case_that_neither_confirms_nor_denies_blocks(case: Case) -> None:
    asked = Question("Was he held?", answer="Yes, once.")
    record_request(case, Request((asked,), Stance.NEITHER, _neither(case)))
    assert any("has an answer" in one.message for one in case.blocks())
