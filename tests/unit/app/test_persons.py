"""The persons of a case, as its user works with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor.app.case import Case
from redactor.app.persons import keep, list_persons, merge, persons, set_role, split
from redactor.case.marks import NewMark
from redactor.case.signing import new_signer
from redactor.errors import NotAllowed, UsageError
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
            "mentions": 3,
            "documents": [1],
            "undecided": 1,
            "redact": 1,
            "keep": 1,
        },
        {
            "id": "P3",
            "name": "Tom Vale",
            "role": None,
            "mentions": 3,
            "documents": [1],
            "undecided": 2,
            "redact": 0,
            "keep": 0,
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
