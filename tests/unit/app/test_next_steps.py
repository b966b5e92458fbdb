"""What may be done next is said with the reason, and an approval is offered only as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.next_steps import next_steps
from redactor.app.reading import read_documents
from redactor.app.signoff import submit
from redactor.case.roster import VARIABLE
from redactor.case.signing import grouped
from redactor.events import EventKind
from redactor.model import Action, Role
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, OBSERVER, OFFICER, REVIEWER, new_case

ROSTER = '[[reviewer]]\nname = "{}"\nfingerprint = "{}"\n'


@pytest.fixture
def submitted(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    """Give a case that the officer has just submitted."""
    draft = tmp_path / "note.txt"
    draft.write_text("Write to daniel.ashworth@example.org.\n", encoding="utf-8")
    case = new_case(tmp_path / "case.redactor")
    case.add_file(draft)
    read_documents(case, lane)
    ids = [one.id for one in case.marks()]
    case.decide(ids, Action.REDACT, EXEMPTION, "A private person.")
    submit(case, lane)
    yield case
    case.close()


def test_an_empty_case_says_what_is_missing_and_whose_turn_it_is(tmp_path: Path):
    case = new_case(tmp_path / "case.redactor")
    steps = next_steps(case)
    assert [one.kind for one in steps.blocks] == ["empty"]
    assert steps.against[EventKind.SUBMITTED] == "1 thing has to be settled first."
    assert steps.against[EventKind.APPROVED].startswith("Only a reviewer may do this")
    assert steps.against[EventKind.RELEASED] == "The case is not approved."
    assert steps.offered is None
    case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    case.work_as(OBSERVER)
    assert all("as observer" in why for why in next_steps(case).against.values())
    case.close()


def test_what_is_offered_is_what_was_submitted(submitted: Case):
    offered = next_steps(submitted).offered
    assert offered is not None
    kept = submitted.store.files.of_event(offered.event.seq)
    assert [(one.name, one.sha256, one.bytes) for one in offered.files] == [
        (one.name, one.sha256, len(one.data)) for one in kept
    ]
    assert offered.prepared_by == (OFFICER.name,)
    assert offered.decisions == len(submitted.marks())
    assert offered.head == submitted.life.submission.digest


def test_only_comments_made_since_go_with_a_return(submitted: Case):
    mark = submitted.marks()[0].id
    submitted.work_as(REVIEWER)
    submitted.comment(mark, "Who is this?")
    steps = next_steps(submitted)
    assert [one.text for one in steps.offered.comments] == ["Who is this?"]
    submitted.work_as(OFFICER)
    submitted.decide([mark], Action.KEEP, "", "It is the author.")
    after = next_steps(submitted)
    assert after.offered is None
    assert after.comments == (), "it was answered"


def test_a_reviewer_whom_the_authority_does_not_list_is_told_so(
    submitted: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    submitted.work_as(REVIEWER)
    assert next_steps(submitted).against[EventKind.APPROVED] == ""
    roster = tmp_path / "roster.toml"
    roster.write_text(ROSTER.format("Tomos Prys-Jones", grouped(OFFICER.fingerprint)), "utf-8")
    monkeypatch.setenv(VARIABLE, str(roster))
    assert "not on the authority's list" in next_steps(submitted).against[EventKind.APPROVED]
    roster.write_text("nothing of the kind", "utf-8")
    why = next_steps(submitted).against[EventKind.APPROVED]
    assert "roster" in why, "a list that cannot be read lets nobody through"
