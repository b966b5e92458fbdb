"""``redactor case numbers`` and ``case set-aside``, as they are called."""

from __future__ import annotations

import pytest

from tests.integration.case_office import EXEMPTION, Office

_TABLE = "Area,Upheld,Not upheld,Total\nNorth,2,9,11\nSouth,8,3,11\nWest,10,20,30\nTotal,20,32,52\n"
_GROUND = ("--exemption", EXEMPTION, "--reason", "They would be known.")
_WHO = ("--who", "Neighbours of those who complained.")


@pytest.fixture
def with_table(office: Office) -> Office:
    path = office.folder / "complaints.csv"
    path.write_text(_TABLE, "utf-8")
    office.done("officer", "add", path)
    office.done("officer", "scan")
    return office


def test_it_shows_the_tables_and_compares_four_answers(with_table: Office):
    shape = with_table.done("officer", "numbers")
    assert [one["range"] for one in shape["tables"]] == ["A1:D5"]
    assert {one["treatment"] for one in shape["answers"]} == {
        "suppress",
        "collapse",
        "round",
        "totals",
    }
    assert all(one["total"] for one in shape["relations"])


def test_it_applies_one_and_gives_it_up_again(with_table: Office):
    apply = ("--treatment", "suppress", "--apply", *_WHO, *_GROUND)
    done = with_table.done("officer", "numbers", *apply)
    assert done["withheld"] >= 4
    assert done["status"] == "proved_minimum"
    told = with_table.status()["small_numbers"]
    assert (told["rule"], told["treatment"], told["documents"]) == ("foi", "suppress", [3])
    withheld = [one for one in with_table.findings() if one["label"] == "COUNT"]
    assert len(withheld) == done["withheld"]
    applied = with_table.done("officer", "numbers")["applied"]
    assert len(applied["withheld"]) == done["withheld"]
    assert (applied["who"], applied["excepted"]) == (_WHO[1], {})
    given_up = with_table.done("officer", "numbers", "--give-up", "--reason", "It is published.")
    assert given_up["printed_again"] == done["withheld"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--apply", *_WHO, *_GROUND), "--treatment"),
        (("--treatment", "suppress", "--apply", *_GROUND), "who could recognise whom"),
        (("--preset", "no-such-rule"), "no preset"),
        (("--threshold", "1"), "threshold below 2"),
        (("--except", "B2"), "CELL=REASON"),
    ],
)
def test_what_is_wanting_is_said_and_nothing_recorded(
    with_table: Office, given: tuple[str, ...], words: str
):
    told = with_table.work("officer", "numbers", *given)
    assert told.code == 2
    assert words in told.err
    assert all(one["label"] != "COUNT" for one in with_table.findings())


def test_a_document_is_set_aside_and_taken_back(with_table: Office):
    aside = ("set-aside", "--document", "3", "--why", "withheld", *_GROUND)
    assert with_table.done("officer", *aside)["why"] == "withheld"
    assert [one["document"] for one in with_table.status()["set_aside"]] == [3]
    assert with_table.done("officer", "numbers") == {"tables": []}
    assert with_table.done("officer", "set-aside", "--document", "3", "--back")["why"] is None
    assert with_table.done("officer", "numbers")["documents"] == [3]
    told = with_table.work("officer", "set-aside", "--document", "3")
    assert (told.code, "--why" in told.err) == (2, True)
