"""Justifications that many redactions rest on, and the request, as a case keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.holding_back import request_of
from redactor.app.justifying import justify
from redactor.app.requests import record_request
from redactor.case.check import check_store
from redactor.case.marks import NewMark
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.law.request import Question, Request, Stance
from redactor.model import Span
from redactor.review import digest_of
from tests.case_kit import EXEMPTION, new_case, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = new_case(tmp_path / "a.redactor")
    made.add_bytes("note.txt", b"Ada Quill called.\nBo Quill called.\n")
    yield made
    made.close()


def _marks(case: Case, count: int = 2) -> list[int]:
    new = [
        (1, NewMark(Span(f"line:{n + 1}", 0, 3), "Ada", "PERSON", 1.0, "x@1", "", by_hand=True))
        for n in range(count)
    ]
    event, made = case.store.change_with_marks(EventKind.PLACES_ADDED, {}, (), new)
    case.took(event)
    return [one.id for one in made]


def _justify(case: Case, reason: str, number: int = 0) -> int:
    change = justify(case, EXEMPTION, {"harm": reason}, reason=reason, number=number)
    return int(change.event.body["justification"])


def _reasons(case: Case) -> set[str]:
    return {one.reason for one in case.standing().decisions.values()}


def test_one_justification_serves_many_redactions_and_its_next_version_changes_all_of_them(
    case: Case,
) -> None:
    number = _justify(case, "They would be known at work.")
    before = digest_of(case.decide_under(_marks(case), number).standing)
    assert _reasons(case) == {"They would be known at work."}
    change = justify(case, EXEMPTION, {"harm": "y"}, reason="They would be at risk.", number=number)
    assert _reasons(case) == {"They would be at risk."}
    assert digest_of(change.standing) != before


def test_undo_brings_the_version_before_back(case: Case) -> None:
    number = _justify(case, "First.")
    case.decide_under(_marks(case), number)
    _justify(case, "Second.", number)
    case.undo()
    assert _reasons(case) == {"First."}
    case.redo()
    assert _reasons(case) == {"Second."}


def test_a_justification_that_was_undone_keeps_its_number(case: Case) -> None:
    assert _justify(case, "First.") == 1
    case.undo()
    assert not case.standing().justifications
    assert _justify(case, "Another.") == 2


def test_nothing_rests_on_a_justification_that_is_not_there(case: Case) -> None:
    with pytest.raises(UsageError, match="no justification 4"):
        case.decide_under(_marks(case), 4)


def test_the_request_of_a_case_outlives_closing_it(case: Case) -> None:
    question = Question("How many complaints were made?", Stance.NEITHER, documents=(1,))
    asked = Request((question,), received=date(2026, 3, 2), advice="Ask by year.")
    record_request(case, asked)
    case.close()
    with closing(open_case(case.path)) as again:
        assert request_of(again) == asked
        assert request_of(again).neither_documents() == {1}


def test_undo_takes_back_what_was_recorded_of_the_request(case: Case) -> None:
    first = Request((Question("How many?"),))
    record_request(case, first)
    record_request(case, Request((Question("How many, and where?"),)))
    case.undo()
    assert request_of(case) == first


def test_the_log_holds_no_word_of_the_request_and_vouches_for_all_of_it(case: Case) -> None:
    record_request(case, Request((Question("Has Zebedee Marl been arrested?"),)))
    assert "Zebedee" not in str([one.body for one in case.events()])
    assert not check_store(case.store)
    row = case.standing().request
    with case.store.vault.change():
        case.store.vault.link.execute(
            "UPDATE list_entries SET payload = replace(payload, 'arrested', 'charged')"
        )
    assert row is not None
    assert {one.kind for one in check_store(case.store)} == {"changed"}


def test_a_question_about_a_document_that_is_not_there_is_refused(case: Case) -> None:
    with pytest.raises(UsageError, match="document 9"):
        record_request(case, Request((Question("How many?", documents=(9,)),)))
