"""``redactor case checklist``, as it is called."""

from __future__ import annotations

import pytest

from tests.integration.case_office import Office

_REMARK = "Two of the team begin their training in March."


def _points(shape: dict) -> dict:
    return {one["point"]: one for one in shape["points"]}


def test_it_shows_what_the_program_answers_and_what_waits_for_a_person(office: Office):
    points = _points(office.done("officer", "checklist"))
    assert points["integrity"]["answered_by"] == "program"
    assert "SHA-256" in points["integrity"]["evidence"]
    assert points["hidden-data"]["lists"] == ["Spreadsheets"]
    assert points["duties"]["lists"] == ["Documents", "Spreadsheets", "Redacting"]
    assert points["training-disclosing"]["answered_by"] == "person"
    assert points["training-disclosing"]["answer"] is None
    assert [key for key, one in points.items() if one["answered_by"] == "person"] == [
        "policies-disclosing",
        "duties",
        "training-disclosing",
        "trained-staff",
        "circumstances",
    ]


def test_an_answer_is_recorded_with_its_remark(office: Office):
    answer = ("checklist", "--answer", "training-disclosing=no", "--remark", _REMARK)
    shape = office.done("officer", *answer)
    assert shape["event"] > 0
    training = _points(shape)["training-disclosing"]
    assert (training["answer"], training["remark"]) == ("no", _REMARK)
    office.done("officer", "checklist", "--answer", "policies-disclosing=na")
    points = _points(office.done("officer", "checklist"))
    assert points["policies-disclosing"]["answer"] == "not-applicable"
    assert points["training-disclosing"]["by"] == training["by"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--answer", "training-disclosing=no"), "bare no"),
        (("--answer", "training-disclosing=perhaps"), "KEY=yes"),
        (("--answer", "no-such=yes"), "no line of that key"),
        (("--remark", "A remark."), "belongs to an --answer"),
    ],
)
def test_what_is_no_answer_is_refused(
    office: Office,
    given: tuple[str, ...],
    words: str,
):
    told = office.work("officer", "checklist", *given)
    assert told.code == 2
    assert words in told.err
