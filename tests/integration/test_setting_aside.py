"""A whole document that stays out of the release: with its limb, or because nobody needs it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.letters import letter_context
from redactor.app.reading import read_documents
from redactor.app.requests import record_request
from redactor.app.setting_aside import put_back, set_aside
from redactor.app.signoff import release, submit
from redactor.errors import UsageError
from redactor.law.request import Question, Request
from redactor.model import Action, Aside
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, approve_as_reviewer, new_case

QUALIFIED = "s31(1)(a)"
_FILES = {
    "minutes.txt": b"The panel met on Monday.\nZebedee Marl spoke.\n",
    "Statement of Osric Penhale.txt": b"Osric Penhale says that he was there.\n",
    "costs.txt": b"The review cost 400 pounds.\n",
}


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor")) as made:
        for name, data in _FILES.items():
            made.add_bytes(name, data)
        read_documents(made, lane)
        yield made


def _decide_all(case: Case, but: int) -> None:
    ids = [one.id for one in case.marks() if one.document != but and one.hidden is None]
    case.decide(ids, Action.REDACT, EXEMPTION, "They would not expect to be named.")


def _withhold(case: Case) -> None:
    set_aside(case, 2, Aside.WITHHELD, "All of it is about one person.", exemption=EXEMPTION)


def _tables(schedule: str) -> dict[str, list[list[str]]]:
    """Give the rows of a schedule under the title that they stand below."""
    found: dict[str, list[list[str]]] = {}
    title = ""
    for row in csv.reader(io.StringIO(schedule)):
        if len(row) == 1:
            title = row[0]
        elif row:
            found.setdefault(title, []).append(row)
    return found


def test_a_document_withheld_in_full_is_in_the_schedule_and_in_no_file(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    _withhold(case)
    _decide_all(case, but=2)
    assert not case.blocks()
    submit(case, lane)
    approve_as_reviewer(case, lane)
    released = release(case, tmp_path / "out")
    names = {one.name for one in released.files}
    assert {"minutes.txt", "costs.txt"} <= names
    for path in (tmp_path / "out").iterdir():
        assert "Osric" not in path.name
        assert b"Osric" not in path.read_bytes()
    tables = _tables((tmp_path / "out" / "schedule.csv").read_text("utf-8-sig"))
    assert tables["Documents withheld in full"][1:] == [["2", EXEMPTION]]


def test_the_letter_names_it_by_number_and_gives_its_limb_as_a_ground(case: Case) -> None:
    _withhold(case)
    _decide_all(case, but=2)
    record_request(case, Request((Question("What did he say?", documents=(1, 2)),)))
    context = letter_context(case, date(2026, 3, 2))
    assert [one["name"] for one in context["withheld"]] == ["document 2"]
    said = context["questions"][0]["files"]
    assert [(one["name"], one["whole"]) for one in said] == [
        ("document 1", False),
        ("document 2", True),
    ]
    (ground,) = context["grounds"]
    assert "All of it is about one person." in ground["reasons"]


def test_findings_in_a_document_that_is_left_out_wait_for_nobody(case: Case) -> None:
    set_aside(case, 2, Aside.NOT_ASKED, "The request is for the minutes.")
    _decide_all(case, but=2)
    assert not case.blocks()


def test_undo_and_putting_back_let_it_go_out_again(case: Case) -> None:
    _withhold(case)
    assert 2 in case.standing().set_aside
    case.undo()
    assert 2 not in case.standing().set_aside
    case.redo()
    assert case.standing().set_aside[2].why is Aside.WITHHELD
    put_back(case, 2)
    assert not case.standing().set_aside
    case.undo()
    assert case.standing().set_aside[2].decision.reason == "All of it is about one person."


def test_a_qualified_limb_for_a_whole_document_waits_for_the_public_interest(case: Case) -> None:
    _decide_all(case, but=2)
    set_aside(case, 2, Aside.WITHHELD, "It would help offenders.", exemption=QUALIFIED)
    assert [(one.kind, one.document) for one in case.blocks()] == [("public-interest", 2)]
    set_aside(
        case,
        2,
        Aside.WITHHELD,
        "It would help offenders.",
        exemption=QUALIFIED,
        public_interest="The public interest in safety is the greater.",
    )
    assert not case.blocks()


@pytest.mark.parametrize(
    ("why", "more"),
    [
        (Aside.WITHHELD, {}),
        (Aside.WITHHELD, {"exemption": "s40(2)"}),
        (Aside.WITHHELD, {"exemption": "s40(5B)(a)(i)"}),
        (Aside.PUBLIC, {"exemption": EXEMPTION}),
        (Aside.REPLACED, {}),
        (Aside.REPLACED, {"by": 2}),
        (Aside.WITHHELD, {"justification": 7}),
    ],
)
def test_what_does_not_fit_together_is_refused(case: Case, why: Aside, more: dict) -> None:
    with pytest.raises(UsageError, match="Nothing was recorded"):
        set_aside(case, 2, why, "A reason.", **more)
    assert not case.standing().set_aside


def test_a_reason_is_asked_for_and_a_document_has_to_be_there(case: Case) -> None:
    with pytest.raises(UsageError, match="reason"):
        set_aside(case, 2, Aside.PUBLIC, "  ")
    with pytest.raises(UsageError, match="no document 9"):
        set_aside(case, 9, Aside.PUBLIC, "It is on the website.")
