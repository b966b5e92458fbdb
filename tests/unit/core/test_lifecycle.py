"""The life of a case, and who may do what in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.events import Event, EventKind
from redactor.lifecycle import (
    CHANGES,
    PREPARING,
    CaseState,
    Life,
    advance,
    life_of,
    objection,
)

_AT = "2026-01-05T09:00:00+00:00"
_OFFICER, _SECOND, _REVIEWER, _OBSERVER = "0f" * 20, "1f" * 20, "2f" * 20, "3f" * 20
_NAMES = {
    _OFFICER: "Morwenna Teague",
    _SECOND: "Cador Penhale",
    _REVIEWER: "Idris Vaughan",
    _OBSERVER: "Agnes Pell",
}


class Log:
    """A log in the making; digests stand in for real ones."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.add(_OFFICER, EventKind.CASE_CREATED, ref="MC/1", public_key="aa")
        for who, role in ((_SECOND, "officer"), (_REVIEWER, "reviewer"), (_OBSERVER, "observer")):
            self.add(
                _OFFICER, EventKind.PERSON_INVITED, fingerprint=who, name=_NAMES[who], role=role
            )

    def add(self, who: str, kind: EventKind, **body: Any) -> Event:
        seq = len(self.events) + 1
        event = Event(seq, _AT, _NAMES[who], kind, body, who, digest=f"digest {seq}")
        self.events.append(event)
        return event

    def decide(self, who: str = _OFFICER) -> None:
        self.add(who, EventKind.DECIDED, marks=[1])

    def submit(self, who: str = _OFFICER) -> Event:
        return self.add(who, EventKind.SUBMITTED, manifest="m", decisions="d")

    def approve(self, who: str = _REVIEWER, **changed: Any) -> Event:
        of = self.life.submission
        seq, digest = (of.seq, of.digest) if of is not None else (0, "")
        body = {"submission": seq, "manifest": "m", "decisions": "d", "head": digest, **changed}
        event = self.add(who, EventKind.APPROVED, **body)
        self.add(who, EventKind.CERTIFIED, approval=event.seq)
        return event

    @property
    def life(self) -> Life:
        return life_of(self.events)


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_case_goes_from_open_to_released_through_two_people(log: Log):
    states = [log.life.state]
    log.decide()
    states.append(log.life.state)
    log.submit()
    states.append(log.life.state)
    approval = log.approve()
    states.append(log.life.state)
    log.add(_OFFICER, EventKind.RELEASED, approval=approval.seq)
    states.append(log.life.state)
    assert [str(state) for state in states] == [
        "open",
        "in review",
        "submitted",
        "approved",
        "released",
    ]


#: What only officers do.
_NOT_BY_HAND = {
    EventKind.SUBMITTED,
    EventKind.DOCUMENT_READ_AS,
    EventKind.CHECKLIST_ANSWERED,
}


@pytest.mark.parametrize("kind", sorted(PREPARING - _NOT_BY_HAND))
def test_whoever_changed_anything_cannot_approve(log: Log, kind: EventKind):
    log.add(_REVIEWER, kind, marks=[1], event=1, document=1)
    log.submit()
    log.approve()
    assert log.life.state is CaseState.SUBMITTED
    assert "cannot approve" in objection(log.life, EventKind.APPROVED, _REVIEWER, {})


def test_a_decision_that_was_undone_by_another_still_bars_who_made_it(log: Log):
    log.decide(_REVIEWER)
    log.add(_OFFICER, EventKind.UNDONE, event=log.events[-1].seq)
    log.submit()
    log.approve()
    assert log.life.approval is None


@pytest.mark.parametrize("who", [_OFFICER, _SECOND, _OBSERVER])
def test_only_a_reviewer_approves(log: Log, who: str):
    log.decide()
    log.submit()
    log.approve(who)
    assert log.life.state is CaseState.SUBMITTED


def test_nobody_approves_who_was_not_introduced(log: Log):
    log.decide()
    log.submit()
    stranger = Event(99, _AT, "A Stranger", EventKind.APPROVED, {}, "4f" * 20)
    assert advance(log.life, stranger) == log.life


def test_an_officer_is_not_made_a_reviewer_once_they_have_worked_in_the_case(log: Log):
    log.decide(_SECOND)
    body = {"fingerprint": _SECOND, "name": _NAMES[_SECOND], "role": "reviewer"}
    assert "has worked in this case" in objection(
        log.life, EventKind.PERSON_INVITED, _OFFICER, body
    )
    log.add(_OFFICER, EventKind.PERSON_INVITED, **body)
    log.submit()
    log.approve(_SECOND)
    assert log.life.approval is None


def test_one_person_does_not_come_in_twice_under_two_keys(log: Log):
    body = {"fingerprint": "5f" * 20, "name": "MORWENNA teague", "role": "reviewer"}
    assert "one person has one key" in objection(log.life, EventKind.PERSON_INVITED, _OFFICER, body)


@pytest.mark.parametrize("field", ["submission", "manifest", "decisions", "head"])
def test_an_approval_is_of_exactly_what_was_submitted(log: Log, field: str):
    log.decide()
    log.submit()
    log.approve(**{field: "other"})
    assert log.life.approval is None


@pytest.mark.parametrize("kind", sorted(CHANGES))
@pytest.mark.parametrize("approved", [False, True])
def test_any_later_change_takes_a_submission_or_an_approval_away_visibly(
    log: Log, kind: EventKind, approved: bool
):
    log.decide()
    submission = log.submit()
    approval = log.approve() if approved else None
    change = log.add(_OFFICER, kind, marks=[1], event=1, document=1)
    life = log.life
    assert (life.submission, life.approval, life.certificate) == (None, None, None)
    assert life.state is CaseState.IN_REVIEW
    assert life.voided is not None
    assert life.voided.what == ("approval" if approved else "submission")
    assert life.voided.event == (approval or submission)
    assert life.voided.by == change


def test_a_released_case_that_is_changed_has_to_be_submitted_and_approved_again(log: Log):
    log.decide()
    log.submit()
    first = log.approve()
    log.add(_OFFICER, EventKind.RELEASED, approval=first.seq)
    log.decide()
    assert "not approved" in objection(
        log.life, EventKind.RELEASED, _OFFICER, {"approval": first.seq}
    )
    log.submit()
    second = log.approve()
    log.add(_REVIEWER, EventKind.RELEASED, approval=first.seq)
    assert log.life.state is CaseState.APPROVED, "an old approval releases nothing new"
    log.add(_REVIEWER, EventKind.RELEASED, approval=second.seq)
    assert log.life.state is CaseState.RELEASED


def test_a_returned_case_can_be_changed_and_submitted_again(log: Log):
    log.decide()
    log.submit()
    log.add(_REVIEWER, EventKind.RETURNED, reason="Page 2 names a witness.")
    assert log.life.state is CaseState.RETURNED
    log.decide()
    assert log.life.state is CaseState.RETURNED
    assert log.life.returned is not None
    log.submit()
    assert log.life.returned is None
    log.approve()
    assert log.life.state is CaseState.APPROVED


def test_comments_and_introductions_take_no_approval_away(log: Log):
    log.decide()
    log.submit()
    log.approve()
    log.add(_OFFICER, EventKind.COMMENTED, mark=1, text="Why?")
    log.add(
        _OFFICER,
        EventKind.PERSON_INVITED,
        fingerprint="6f" * 20,
        name="Elowen Hart",
        role="observer",
    )
    assert log.life.state is CaseState.APPROVED


def test_an_observer_changes_nothing(log: Log):
    for kind in EventKind:
        if kind not in {EventKind.PERSON_JOINED, EventKind.CASE_CREATED}:
            assert objection(log.life, kind, _OBSERVER, {}), kind
    before = log.life
    log.decide(_OBSERVER)
    assert log.life == before


def test_an_event_under_a_name_that_is_not_the_keys_counts_for_nothing(log: Log):
    event = Event(50, _AT, "Idris Vaughan", EventKind.DECIDED, {"marks": [1]}, _OFFICER)
    assert advance(log.life, event) == log.life


def test_a_failed_check_stands_until_something_is_changed(log: Log):
    log.decide()
    log.add(_OFFICER, EventKind.RELEASE_FAILED, code="check-failed", said="It failed.")
    assert log.life.failed is not None
    log.decide()
    assert log.life.failed is None
    log.add(_OFFICER, EventKind.RELEASE_FAILED, code="cancelled")
    assert log.life.failed is None


_BODIES = st.dictionaries(
    st.sampled_from(
        ["fingerprint", "name", "role", "public_key", "manifest", "submission", "code", "approval"]
    ),
    st.one_of(st.none(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(EventKind)), st.sampled_from(list(_NAMES)), _BODIES),
        max_size=12,
    )
)
def test_no_log_whatever_makes_a_preparer_an_approver_or_breaks_the_sum(made):
    log = Log()
    for kind, who, body in made:
        log.add(who, kind, **body)
    life = log.life
    if life.approval is not None:
        assert life.approval.fingerprint not in life.preparers


@pytest.mark.parametrize(
    "name",
    [
        "IDRIS VAUGHAN",
        "Idris  Vaughan",
        " Idris Vaughan ",
        "Idris\u00a0Vaughan",
        "Idris\u200b Vaughan",
        "Idris-Vaughan",
        "ldris Vaughan",
        "1dris Vaughan",
        "Idri\u0455 Vaughan",
        "\u0406dris Vaugh\u0430n",
        "\uff29dris Vaughan",
        "Idrıs Vaughan",
        "Ídris Vaughan",
        "I\u0301dris Vaughan",
    ],
)
def test_a_second_key_under_a_name_that_looks_the_same_is_not_introduced(log: Log, name: str):
    body = {"fingerprint": "5f" * 20, "name": name, "role": "officer"}
    assert "looks like it" in objection(log.life, EventKind.PERSON_INVITED, _OFFICER, body)


@pytest.mark.parametrize(
    "name", ["Idris Vaughn", "Iris Vaughan", "Neil Pell", "Idris A Vaughan", "Άννα Παππά"]
)
def test_another_name_is_another_person(log: Log, name: str):
    body = {"fingerprint": "5f" * 20, "name": name, "role": "officer"}
    assert objection(log.life, EventKind.PERSON_INVITED, _OFFICER, body) == ""


def test_nobody_changes_their_own_role(log: Log):
    for role in ("reviewer", "observer"):
        body = {"fingerprint": _OFFICER, "name": _NAMES[_OFFICER], "role": role}
        assert "their own role" in objection(log.life, EventKind.PERSON_INVITED, _OFFICER, body)
        assert objection(log.life, EventKind.PERSON_INVITED, _SECOND, body) == ""
