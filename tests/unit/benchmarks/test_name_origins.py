"""Tests of the names by origin: what is put where, and how it is counted."""

from __future__ import annotations

from collections import Counter

from tests.benchmarks.name_origins import CARRIERS, Person, carried, measure, people
from tests.benchmarks.scoring import Piece

_MEI = Person("Mei", "Tan", "Tan Mei")


def test_every_origin_has_some_25_people_and_none_is_there_twice() -> None:
    everybody = list(people())
    counts = Counter(origin for origin, _ in everybody)
    assert len(counts) == 11
    assert all(25 <= count <= 28 for count in counts.values())
    assert len({one.full for _, one in everybody}) == len(everybody)


def test_chinese_names_stand_in_both_orders() -> None:
    chinese = [one for origin, one in people() if origin == "Chinese"]
    first = [one for one in chinese if one.full.startswith(one.surname)]
    assert len(first) == len(chinese) - len(first) == 13


def test_a_name_is_marked_wherever_it_stands() -> None:
    for carrier in CARRIERS.values():
        text, marks = carried(_MEI, carrier)
        assert marks
        for mark in marks:
            assert text[mark.start : mark.end].lower() in ("tan mei", "tan", "mei")
        assert "<" not in text
        assert ">" not in text


def test_no_layout_gives_a_title() -> None:
    for carrier in CARRIERS.values():
        assert not {"Mr", "Mrs", "Ms", "Dr", "PC", "DC"} & set(carrier.split())


def test_flagging_everything_finds_everybody_as_a_person() -> None:
    found = measure(lambda text: [Piece(0, len(text), "PERSON")])
    assert found["origin"]["all"].person.value == found["origin"]["all"].masked.value == 1.0


def test_a_name_that_is_masked_as_something_else_is_not_found_as_a_person() -> None:
    found = measure(lambda text: [Piece(0, len(text), "ORG")])
    assert found["layout"]["in a sentence"].masked.value == 1.0
    assert found["layout"]["in a sentence"].person.value == 0.0
