"""The persons of a case, as its user works with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.person_decisions import follow, told
from redactor.app.persons import (
    all_persons,
    decide_person,
    keep,
    list_persons,
    merge,
    persons,
    set_role,
    split,
    tell_apart,
)
from redactor.case.marks import NewMark
from redactor.case.signing import new_signer
from redactor.errors import NotAllowed, UsageError
from redactor.events import EventKind
from redactor.model import Action, Role, Span

_OFFICER = new_signer("Morwenna Teague", Role.OFFICER)
_OBSERVER = new_signer("Agnes Pell", Role.OBSERVER)
_PASSPHRASE = "four invented words here"
_TEXTS = ("Sarah Okoro", "PC Okoro", "Tom Vale", "Okoro’s", "T Vale")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    opened = Case.create(tmp_path / "one.redactor", "MC/1", _PASSPHRASE, _OFFICER)
    original = tmp_path / "note.txt"
    original.write_text("\n".join(_TEXTS), encoding="utf-8")
    assert opened.add_file(original) == 1
    opened.store.add_marks(
        1,
        [
            NewMark(Span(f"line:{line}", 0, len(text)), text, "PERSON", 0.9, "r", "a name")
            for line, text in enumerate(_TEXTS, start=1)
        ]
        + [
            NewMark(Span("part:core#1", 0, 8), "T. Vale", "PERSON", 0.9, "r", "", hidden="comment"),
            NewMark(Span("line:9", 0, 8), "Vale", "MANUAL", 1.0, "by hand", "", by_hand=True),
        ],
    )
    yield opened
    opened.close(backup=False)


def test_every_person_is_listed_with_how_the_mentions_stand(case: Case):
    case.decide([1], Action.REDACT, "s40(2) by s40(3A)(a)", "A private person.")
    case.decide([2], Action.KEEP, "", "In public already.")
    listed = list_persons(case)
    assert json.loads(json.dumps(listed)) == listed
    assert listed == [
        {
            "id": "P1",
            "name": "Sarah Okoro",
            "role": None,
            "proposed_role": None,
            "mentions": 3,
            "documents": [1],
            "file_names": [],
            "undecided": 1,
            "redact": 1,
            "keep": 1,
            "standing": [],
        },
        {
            "id": "P3",
            "name": "Tom Vale",
            "role": None,
            "proposed_role": None,
            "mentions": 3,
            "documents": [1],
            "file_names": [],
            "undecided": 2,
            "redact": 0,
            "keep": 0,
            "standing": [],
        },
    ]


def test_a_merge_and_its_taking_back_outlive_the_program(case: Case):
    merge(case, ["P1", "P5"])
    assert [one["mentions"] for one in list_persons(case)] == [6]
    split(case, [3, 5, 6])
    set_role(case, "P5", "witness")
    before = persons(case)
    assert [(one.id, one.role) for one in before] == [("P1", None), ("P3", "witness")]
    case.close(backup=False)
    again = Case.open(case.path, _PASSPHRASE)
    assert persons(again) == before
    again.close()


def test_the_log_of_persons_holds_no_name(case: Case):
    merge(case, ["P1", "P3"])
    split(case, [3])
    set_role(case, "P1", "victim")
    said = json.dumps([dict(event.body) for event in case.events()[-3:]])
    assert "koro" not in said.lower()
    assert "vale" not in said.lower()


def test_a_person_is_kept_in_one_step_that_undo_takes_back(case: Case):
    keep(case, "P4", "A chief officer acts in public.")
    assert [(one["undecided"], one["keep"]) for one in list_persons(case)] == [(0, 3), (2, 0)]
    case.undo()
    assert [(one["undecided"], one["keep"]) for one in list_persons(case)] == [(3, 0), (2, 0)]


def test_undo_does_not_reach_a_merge(case: Case):
    case.decide([1], Action.KEEP, "", "In public already.")
    merge(case, ["P1", "P3"])
    case.undo()
    assert [one["mentions"] for one in list_persons(case)] == [6]
    assert case.standing().decisions == {}


def test_what_cannot_be_done_is_refused_and_nothing_is_recorded(case: Case):
    before = case.events()
    for attempt in (
        lambda: merge(case, ["P1", "P2"]),
        lambda: merge(case, ["P1", "P99"]),
        lambda: split(case, [1, 3]),
        lambda: split(case, [7]),
        lambda: set_role(case, "P1", "Sarah Okoro"),
        lambda: set_role(case, "P99", "witness"),
        lambda: keep(case, "P99", "why"),
        lambda: keep(case, "P1", " "),
    ):
        with pytest.raises(UsageError) as refused:
            attempt()
        assert "Nothing was" in refused.value.user_message
        assert "Okoro" not in refused.value.user_message
    assert case.events() == before


def test_an_observer_changes_no_person(case: Case):
    case.invite(_OBSERVER.fingerprint, _OBSERVER.name, Role.OBSERVER)
    case.work_as(_OBSERVER)
    with pytest.raises(NotAllowed):
        merge(case, ["P1", "P3"])
    with pytest.raises(NotAllowed):
        keep(case, "P1", "why")
    assert [one["mentions"] for one in list_persons(case)] == [3, 3]


# --- decisions that stand --------------------------------------------------------------------


_GROUND = (Action.REDACT, "s40(2) by s40(3A)(a)", "A private person.")


def _add(case: Case, number: int, *texts: str) -> tuple[int, ...]:
    """Add a document in which some names were found; gives their ids."""
    original = case.path.with_name(f"{number}.txt")
    original.write_text("\n".join((str(number), *texts)), encoding="utf-8")
    assert case.add_file(original) == number
    made = case.store.add_marks(
        number,
        [
            NewMark(Span(f"line:{line}", 0, len(text)), text, "PERSON", 0.9, "r", "a name")
            for line, text in enumerate(texts, start=2)
        ],
    )
    return tuple(mark.id for mark in made)


def _standing(case: Case, person: str) -> list[tuple[int, str]]:
    (row,) = [one for one in all_persons(case).rows if one.subject.id == person]
    return [(one.seq, str(one.action)) for one in row.standing]


def test_a_decision_for_a_person_holds_for_documents_added_later(case: Case):
    made = decide_person(case, "P1", *_GROUND)
    assert _standing(case, "P1") == [(made.event.seq, "redact")]
    full, short, other = _add(case, 2, "Sarah Okoro", "Okoro", "Ann Lamb")
    (change,) = follow(case, 2)
    assert change.event.body["follows"] == made.event.seq
    assert change.event.actor == _OFFICER.name
    assert set(change.event.body["marks"]) == {full, short}
    decisions = case.standing().decisions
    assert decisions[full].exemption == _GROUND[1]
    assert other not in decisions
    assert told([change]).startswith("2 new mentions were decided")


def test_what_was_decided_so_can_be_undone_and_is_not_done_again(case: Case):
    decide_person(case, "P1", *_GROUND)
    full, _ = _add(case, 2, "Sarah Okoro", "Okoro")
    follow(case, 2)
    case.undo()
    assert full not in case.standing().decisions
    assert follow(case, 2) == ()
    assert told(()) == ""


def test_a_mention_that_may_be_of_two_people_stays_undecided(case: Case):
    decide_person(case, "P1", *_GROUND)
    doubtful, *_ = _add(case, 2, "Okoro", "Tim Okoro", "Sue Okoro")
    assert follow(case, 2) == ()
    assert doubtful not in case.standing().decisions


def test_undoing_or_changing_the_decision_for_a_person_ends_it(case: Case):
    decide_person(case, "P1", *_GROUND)
    case.undo()
    assert _standing(case, "P1") == []
    case.redo()
    kept = decide_person(case, "P1", Action.KEEP, "", "In public already.")
    assert _standing(case, "P1") == [(kept.event.seq, "keep")]
    decide_person(case, "P1", *_GROUND, later=False)
    assert _standing(case, "P1") == []
    _add(case, 2, "Sarah Okoro")
    assert follow(case, 2) == ()


def test_a_decision_for_one_mention_is_an_exception_and_ends_nothing(case: Case):
    decide_person(case, "P1", *_GROUND)
    case.decide([2], Action.KEEP, "", "Here in public.")
    assert len(_standing(case, "P1")) == 1


def test_nobody_is_kept_in_a_later_document_once_a_mention_was_withheld(case: Case):
    keep(case, "P1", "In public already.")
    (first,) = _add(case, 2, "Sarah Okoro")
    assert len(follow(case, 2)) == 1
    case.decide([first], *_GROUND)
    (second,) = _add(case, 3, "Sarah Okoro")
    assert follow(case, 3) == ()
    assert second not in case.standing().decisions
    case.undo()
    assert len(follow(case, 3)) == 1


def test_persons_who_stand_decided_otherwise_are_not_merged(case: Case):
    decide_person(case, "P1", *_GROUND)
    keep(case, "P3", "In public already.")
    before = case.events()
    with pytest.raises(UsageError, match="contradict"):
        merge(case, ["P1", "P3"])
    assert case.events() == before
    decide_person(case, "P3", *_GROUND)
    merge(case, ["P1", "P3"])
    assert len(_standing(case, "P1")) == 1


def test_where_a_later_document_joins_two_who_stand_decided_otherwise_nothing_is_decided(
    case: Case,
):
    first, second = _add(case, 2, "Ann Lamb", "Nan Lamb-Wood")
    decide_person(case, f"P{first}", *_GROUND)
    keep(case, f"P{second}", "In public already.")
    (third,) = _add(case, 3, "Ann Lamb")
    merged = case.record_change(
        EventKind.PERSONS_MERGED, {"persons": [first, second], "latest": third}
    )
    assert merged.seq
    assert follow(case, 3) == ()
    assert third not in case.standing().decisions


def test_only_whoever_added_a_document_decides_by_having_it_read(case: Case):
    decide_person(case, "P1", *_GROUND)
    _add(case, 2, "Sarah Okoro")
    case.invite(_OBSERVER.fingerprint, _OBSERVER.name, Role.OFFICER)
    case.work_as(_OBSERVER)
    assert follow(case, 2) == ()


def test_persons_told_apart_are_suggested_no_more(case: Case):
    (near,) = _add(case, 2, "Sara Okoro")
    pairs = [{one.one, one.other} for one in all_persons(case).suggestions]
    assert {"P1", f"P{near}"} in pairs
    tell_apart(case, ["P1", f"P{near}"])
    assert {"P1", f"P{near}"} not in [{one.one, one.other} for one in all_persons(case).suggestions]
